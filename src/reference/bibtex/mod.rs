//! BibTeX, as Zotero, JabRef and people write it, in the dialects of BibTeX and biblatex.
//!
//! 1. The [`syntax`] finds the entries and their fields, which hold TeX.
//! 2. A [`family`] is an entry with those it takes fields from.
//! 3. Each becomes a [`Reference`]: a [`record`] is read field by field, and [`tex`] becomes plain text.

mod date;
mod family;
mod language;
mod record;
mod syntax;
mod tex;

use super::{Reference, label};
use crate::data::Spanned;
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Source, Span, controls, without_controls};
use family::Index;
use record::Record;

/// Entries that are no sources: sets of others, and data that others take.
const NO_SOURCES: [&str; 2] = ["set", "xdata"];

/// The sources of a BibTeX file, with their labels.
pub(super) fn read(file: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Reference)> {
    if let Some((at, character)) = controls(&file.text).next() {
        diagnostics.push(control(file, at, character));
        // Byte for byte the same but for them, so that every place stays true.
        let file = &Source::new(file.path.clone(), without_controls(&file.text));
        return read_entries(file, diagnostics);
    }
    read_entries(file, diagnostics)
}

fn control(file: &Source, at: usize, character: char) -> Diagnostic {
    let number = u32::from(character);
    let message = format!("the file holds the control character U+{number:04X}, which no page can show");
    let place = file.place(Span::new(at..at + character.len_utf8()));
    Diagnostic::new(&code::CONTROL_CHARACTER, place, message)
        .help("it is read as a space, like others further on: delete it")
}

fn read_entries(file: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Reference)> {
    let entries = syntax::entries(file, diagnostics);
    let index = Index::of(&entries);
    let sources = entries.iter().filter(|entry| !NO_SOURCES.contains(&entry.kind.value.as_str()));
    let mut references = Vec::new();
    for entry in sources {
        if let Some(refusal) = label::refusal(&entry.label.value) {
            diagnostics.push(refusal.told(file.place(entry.label.span)));
        }
        let record = Record { source: file, family: index.family(entry), diagnostics };
        references.push((entry.label.clone(), record.read()));
    }
    references
}
