//! A country that a brief declares and never names.

use super::Mentioning;
use crate::atlas::EntityId;
use crate::brief::FEW_WORDS;
use crate::diagnostic::{Diagnostic, code};
use crate::source::Place;

pub(super) fn check(subject: Mentioning<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Mentioning { document, atlas, language } = subject;
    let brief = &document.brief;
    if brief.spoken_of.is_none() || brief.body().words < FEW_WORDS {
        return;
    }
    let written = &brief.front.countries;
    // With one that was not found, it is not known which is which.
    if written.len() != document.countries.len() {
        return;
    }
    for (&entity, written) in document.countries.iter().zip(written) {
        if is_named(subject, entity) {
            continue;
        }
        let name = atlas.name(entity, language);
        let place = Place { path: brief.path.clone(), span: written.span };
        let message = format!("this brief declares {name}, and never names it");
        diagnostics.push(
            Diagnostic::new(&code::UNNAMED_COUNTRY, place, message)
                .label("not in the text")
                .help("name it in the text, or take it out of `countries`"),
        );
    }
}

/// Whether the text may speak of the entity, of a part of it, of what it is a part of, or of an organisation that it was a
/// member of on the day of the brief; or, of an organisation, whether the text may speak of a member.
fn is_named(subject: Mentioning<'_>, entity: EntityId) -> bool {
    let Mentioning { document, atlas, .. } = subject;
    let it = atlas.get(entity);
    let found = || document.brief.spoken().map(|(_, found)| found);
    let day = document.brief.front.day();
    let has = |whole: EntityId, part: EntityId| {
        let members = &atlas.get(whole).members;
        atlas.get(part).parent == Some(whole)
            || members.iter().any(|member| member.of == part && member.holds(day))
    };
    found().any(|found| found.may_be(entity))
        || document.mentions.contains(&entity)
        || it.members.iter().any(|member| found().any(|found| found.may_be(member.of)))
        || found()
            .flat_map(|found| &found.entities)
            .any(|spoken| has(spoken.entity, entity) || has(entity, spoken.entity))
}
