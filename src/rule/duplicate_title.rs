//! Two briefs with one title: in a list, nobody can tell them apart.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::language::fold;
use crate::library::{Document, LanguageId, Library};
use crate::source::Place;
use std::collections::BTreeMap;

/// Tells each brief that has the title of an older one in its language.
pub(super) fn check(library: &Library, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut oldest: BTreeMap<(LanguageId, String), Place> = BTreeMap::new();
    let briefs = library.documents[..library.briefs].iter().rev();
    for document in briefs.filter(|document| document.is_in_its_language(config)) {
        let Some((title, place)) = title(document) else { continue };
        let key = (document.language, fold(title));
        let Some(first) = oldest.get(&key) else {
            oldest.insert(key, place);
            continue;
        };
        diagnostics.push(
            Diagnostic::new(&code::DUPLICATE_TITLE, place, "this brief has the title of another")
                .related(first.clone(), "the older one")
                .help("tell them apart by a word or a date: readers meet both in the same lists"),
        );
    }
}

fn title(document: &Document) -> Option<(&str, Place)> {
    let title = document.brief.front.title.as_ref()?;
    Some((&title.value, Place { path: document.brief.path.clone(), span: title.span }))
}
