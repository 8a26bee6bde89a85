//! A country that a brief names often and does not declare.

use super::Mentioning;
use crate::atlas::Kind;
use crate::diagnostic::{Diagnostic, code};

/// How often a country is named that the brief seems to be about.
const OFTEN: u32 = 4;

pub(super) fn check(subject: Mentioning<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Mentioning { document, atlas, language } = subject;
    let brief = &document.brief;
    if brief.front.countries.is_empty() {
        return;
    }
    for &entity in &document.mentions {
        let it = atlas.get(entity);
        let is_covered = document.countries.iter().any(|&declared| {
            declared == entity || it.parent == Some(declared) || atlas.get(declared).parent == Some(entity)
        });
        let times = brief.strong_mentions(entity);
        if it.kind == Kind::Organisation || is_covered || times < OFTEN {
            continue;
        }
        let Some((part, spoken)) = brief.spoken().find_map(|(part, found)| {
            Some((*part, found.entities.iter().find(|spoken| spoken.entity == entity)?))
        }) else {
            continue;
        };
        let name = atlas.name(entity, language);
        let place = brief.part_place(part, spoken.first.range());
        let message = format!("this brief names {name} {times} times, and does not declare it");
        diagnostics.push(
            Diagnostic::new(&code::UNDECLARED_COUNTRY, place, message)
                .label("named here first")
                .help(format!("add `{}` to `countries`, so that it stands on the page of {name}", it.key)),
        );
    }
}
