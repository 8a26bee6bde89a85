use super::KEYS;
use crate::data::{Node, Reader, Spanned, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::reference::{self, Reference, label};
use crate::source::Span;

/// A note that stands in data and not in the text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum FrontNote {
    /// A plain note, in Markdown; it may be empty, which is for a rule to tell.
    Text(Spanned<String>),
    /// A source.
    Source(Box<Reference>),
}

impl FrontNote {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.value.trim().is_empty())
    }
}

/// Reads every note of `[footnotes]`, whose keys are their labels, and where all of it is written. A text alone is a plain
/// note.
pub(super) fn read_notes(mut reader: Reader<'_>) -> Vec<((Spanned<String>, FrontNote), Span)> {
    let mut notes = Vec::new();
    for (label, value) in reader.others(|_| true) {
        label::check(&mut reader, &label);
        let note = match &value.value {
            Node::Table(table) => {
                let name = format!("the note {}", in_message(&label.value));
                let inner = reader.inner(table, name).synonyms(reference::SYNONYMS).outer(KEYS);
                Some(read_note(inner, &label))
            }
            Node::String(_) => reader.as_string(value).map(FrontNote::Text),
            other => {
                let place = reader.source().place(value.span);
                let message = format!(
                    "the note {} must be a table or a text, not {}",
                    in_message(&label.value),
                    other.kind()
                );
                reader.report(Diagnostic::new(&code::WRONG_TYPE, place, message));
                None
            }
        };
        let extent = label.span.through(value.extent());
        notes.extend(note.map(|note| ((label, note), extent)));
    }
    reader.finish();
    notes
}

fn read_note(mut reader: Reader<'_>, label: &Spanned<String>) -> FrontNote {
    if let Some(text) = reader.string("text") {
        for &key in reference::KEYS.iter().filter(|key| **key != "allow") {
            if let Some((name, _)) = reader.entry(key) {
                let message = format!("a note with a `text` has no `{key}`");
                let diagnostic =
                    Diagnostic::new(&code::MISPLACED_KEY, reader.source().place(name.span), message);
                reader.report(diagnostic.help("a note is either a text or a source"));
            }
        }
        reader.finish();
        return FrontNote::Text(text);
    }
    if !reader.has("text") {
        reader.require("title");
    }
    FrontNote::Source(Box::new(Reference::read(reader, label)))
}
