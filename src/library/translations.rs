//! Briefs that are translations of one another: those that share a `translations_key`.

use super::{Document, DocumentId};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::source::Place;
use std::collections::BTreeMap;

/// Tells every document which others are the same text in another language.
pub fn pair(documents: &mut [Document], config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut families: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
    for (index, document) in documents.iter().enumerate() {
        if !document.is_in_its_language(config) {
            continue;
        }
        if let Some(key) = &document.brief.front.translations_key {
            families.entry(key.value.clone()).or_default().push(DocumentId::new(index));
        }
    }
    for (key, mut family) in families {
        family.sort_by_key(|id| (documents[id.index()].language, *id));
        for pair in family.windows(2) {
            let (newer, older) = (&documents[pair[0].index()], &documents[pair[1].index()]);
            if newer.language == older.language {
                diagnostics.push(same_language(&key, newer, older));
            }
        }
        for &id in &family {
            let language = documents[id.index()].language;
            let others = family.iter().filter(|other| documents[other.index()].language != language);
            documents[id.index()].translations = others.copied().collect();
        }
    }
}

fn same_language(key: &str, newer: &Document, older: &Document) -> Diagnostic {
    let place = |document: &Document| Place {
        path: document.brief.path.clone(),
        span: document.brief.front.translations_key.as_ref().map(|key| key.span).unwrap_or_default(),
    };
    let message = format!("two briefs in one language have the translations key `{key}`");
    Diagnostic::new(&code::DUPLICATE_TRANSLATION, place(newer), message)
        .related(place(older), "the other one")
        .help("a translation is in another language: set its `lang`, or give one of them another key")
}
