//! What to write in a file for a note to be called by another name: in its definition, and in all that calls it.

use super::markdown::{Markdown, Piece};
use super::notes::MOST_COMMAS;
use super::{Brief, Origin, Passage};
use crate::diagnostic::Edit;
use crate::reference::label;
use crate::source::Span;

/// What becomes of the calls of a note.
#[derive(Clone, Copy, Debug)]
pub struct Renaming<'a> {
    /// The label that they call.
    pub label: &'a str,
    /// What they are to call instead.
    pub name: &'a str,
    /// The place in the source for those that name none, such as `p. 12`.
    pub place: Option<&'a str>,
}

impl Renaming<'_> {
    /// What to write in all calls of the note in the file of `brief`, whose text is `text`. Nothing where one of them is not
    /// written letter for letter, so that its place is not known to the byte, or where a link leads to a note by its label.
    pub fn calls(self, brief: &Brief, text: &str) -> Option<Vec<Edit>> {
        if text.contains("#note-") {
            return None;
        }
        let mut edits = Vec::new();
        for (passage, _) in &brief.passages {
            let written = match passage {
                Passage::Body => text.get(brief.body_start..)?,
                passage => &brief.front.passage(*passage)?.value,
            };
            self.calls_in(brief, (*passage, written), &mut edits)?;
        }
        Some(edits)
    }

    fn calls_in(
        self,
        brief: &Brief,
        (passage, written): (Passage, &str),
        edits: &mut Vec<Edit>,
    ) -> Option<()> {
        let markdown = Markdown::new(written);
        for (piece, range) in markdown.pieces() {
            let Piece::Call(call) = piece else { continue };
            let Some(length) = self.called_by(&call, brief) else { continue };
            let start = range.start + "[^".len();
            let own = start..start + length;
            if written.get(own.clone()) != call.get(..length) {
                return None;
            }
            let names_place = length < call.len();
            let name = match self.place.filter(|_| !names_place) {
                Some(place) => format!("{}, {place}", self.name),
                None => self.name.to_owned(),
            };
            edits.extend(brief.mend(passage, own, &name)?.edits().iter().cloned());
        }
        Some(())
    }

    /// How many bytes of what a call says are the note's label, if the call is one of it: a place in its source may follow.
    fn called_by(self, call: &str, brief: &Brief) -> Option<usize> {
        let key = label::key(self.label);
        let commas = call.rmatch_indices(',').take(MOST_COMMAS).map(|(at, _)| at);
        let defined = std::iter::once(call.len()).chain(commas).find(|&end| brief.defines(&call[..end]))?;
        (label::key(&call[..defined]) == key).then_some(defined)
    }
}

/// What to write for a note to be defined as `name` in the file of `brief`, whose text is `text`; nothing where that takes more
/// than one edit.
pub fn definition(brief: &Brief, text: &str, note: Origin, name: &str) -> Option<Edit> {
    let (label, at) = match note {
        Origin::Body(index) => {
            let definition = brief.body().definitions.get(index)?;
            let start = brief.body_start + definition.span.range().start + "[^".len();
            (&*definition.label, start)
        }
        Origin::Front(entry) => {
            let (label, _) = brief.front.footnotes.get(entry)?;
            (label.value.as_str(), label.span.range().start)
        }
        Origin::Shared(_) => return None,
    };
    let written = at..at + label.len();
    let is_key = || is_whole_key(text.get(..brief.body_start)?, label, written.end);
    let is_plain = matches!(note, Origin::Body(_)) || is_key() == Some(true);
    (is_plain && text.get(written.clone()) == Some(label)).then(|| Edit::new(Span::new(written), name))
}

/// Whether a label that ends at `end` of a front matter is all of a key there, and the only key that names its note.
fn is_whole_key(front: &str, label: &str, end: usize) -> Option<bool> {
    let behind = front.get(end..)?.trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
    let names_table_within = |line: &str| {
        let header = line.trim_start().trim_start_matches('[').replace(['"', '\''], "");
        header.strip_prefix("footnotes.").is_some_and(|rest| rest.starts_with(&format!("{label}.")))
    };
    Some(behind.starts_with([']', '=', ':']) && !front.lines().any(names_table_within))
}
