//! Two briefs with one title: in a list, nobody can tell them apart.

use crate::diagnostic::{Diagnostic, code};
use crate::language::fold;
use crate::library::{Document, LanguageId, Library};
use crate::project::Project;
use crate::source::Place;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Tells each brief that has the title of an older one in its language.
pub(super) fn check(library: &Library, project: &Project, diagnostics: &mut Vec<Diagnostic>) {
    let mut oldest: BTreeMap<(LanguageId, String), (Place, Date)> = BTreeMap::new();
    let briefs = library.documents[..library.briefs].iter().rev();
    for document in briefs.filter(|document| document.is_in_its_language(&project.config)) {
        let Some((title, place)) = title(document) else { continue };
        let key = (document.language, fold(title));
        let brief = &document.brief;
        let day = brief.front.day();
        let Some((first, first_day)) = oldest.get(&key) else {
            oldest.insert(key, (place, day));
            continue;
        };
        let dated = format!(" ({})", project.languages[document.language.index()].date(day));
        let is_told_apart = day != *first_day && !title.ends_with(&dated);
        let mend = is_told_apart.then(|| brief.title_mend(title.len()..title.len(), &dated)).flatten();
        diagnostics.push(
            Diagnostic::new(&code::DUPLICATE_TITLE, place, "this brief has the title of another")
                .related(first.clone(), "the older one")
                .help("tell them apart by a word or a date: readers meet both in the same lists")
                .mend(mend),
        );
    }
}

fn title(document: &Document) -> Option<(&str, Place)> {
    let title = document.brief.front.title.as_ref()?;
    Some((&title.value, Place { path: document.brief.path.clone(), span: title.span }))
}
