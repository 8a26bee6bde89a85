//! What to delete for a note to go, where it stands on lines of its own.

use super::body::{Definition, Facts};
use super::front_matter::{FrontMatter, Split};
use super::notes::{Defined, Faults, MOST_COMMAS, Notes, Origin};
use super::{Passage, removal};
use crate::reference::label;
use crate::source::{Source, Span};
use compact_str::CompactString;
use std::collections::BTreeSet;

/// What deletes a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoteRemoval {
    /// The note.
    pub origin: Origin,
    /// What to delete.
    pub span: Span,
    /// Whether a note of the same label comes first and says the very same.
    pub is_repetition: bool,
}

/// One file as it is written, with what was read of it so far.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub source: &'a Source,
    pub split: &'a Split,
    pub front: &'a FrontMatter,
    pub passages: &'a [(Passage, Facts)],
}

/// What deletes each of the notes that are to be remarked on, where that is plain, in the order of their origins.
pub(super) fn note_removals(written: Written<'_>, notes: &Notes) -> Box<[NoteRemoval]> {
    let Faults { undefined: _, unused, duplicates, empty, shadowing } = notes.faults();
    let repeated = duplicates.iter().flat_map(|(first, second)| [first, second]);
    let shadowing = shadowing.iter().map(|(note, _)| note);
    // A note that no reader reaches may be called by another, which would then lead nowhere.
    let called = if unused.is_empty() { BTreeSet::new() } else { called(written.passages) };
    let uncalled = |note: &&Defined| !called.contains(&label::key(&note.label));
    let notes = unused.iter().chain(empty).filter(uncalled).chain(shadowing).chain(repeated);
    let origins: BTreeSet<Origin> = notes.map(|note| note.origin).collect();
    let say_the_same = |(first, second): &&(Defined, Defined)| {
        let words = written.words(first.origin);
        words.is_some() && words == written.words(second.origin)
    };
    let repetitions: BTreeSet<Origin> =
        duplicates.iter().filter(say_the_same).map(|(_, second)| second.origin).collect();
    let removal = |origin| {
        let span = written.removal(origin)?;
        Some(NoteRemoval { origin, span, is_repetition: repetitions.contains(&origin) })
    };
    origins.into_iter().filter_map(removal).collect()
}

/// What the calls of a file may mean, by [`label::key`]: a place may follow the label.
fn called(passages: &[(Passage, Facts)]) -> BTreeSet<CompactString> {
    let calls = passages.iter().flat_map(|(_, facts)| &facts.calls);
    let labels = calls.flat_map(|call| {
        let commas = call.label.rmatch_indices(',').take(MOST_COMMAS).map(|(comma, _)| comma);
        std::iter::once(call.label.len()).chain(commas).map(|end| label::key(&call.label[..end]))
    });
    labels.collect()
}

impl<'a> Written<'a> {
    fn body(self) -> &'a str {
        &self.source.text[self.split.body.clone()]
    }

    fn definition(self, index: usize) -> Option<&'a Definition> {
        let (_, body) = self.passages.iter().find(|(passage, _)| *passage == Passage::Body)?;
        body.definitions.get(index)
    }

    /// What a note says, if it is a plain one.
    fn words(self, note: Origin) -> Option<&'a str> {
        let words = match note {
            Origin::Body(index) => {
                let definition = self.definition(index)?;
                self.body().get(definition.range.end..definition.extent.end)?
            }
            Origin::Front(entry) => &self.front.passage(Passage::Note(entry))?.value,
            Origin::Shared(_) => return None,
        };
        Some(words.trim())
    }

    /// What to delete for a note to go, where that is plain.
    pub fn removal(self, note: Origin) -> Option<Span> {
        match note {
            Origin::Body(index) => {
                let lines = removal::block(self.body(), self.definition(index)?.extent.clone())?;
                Some(Span::new(lines).shifted(self.split.body.start))
            }
            // Without its fence, it takes all that is written to know a front matter by.
            Origin::Front(_) if self.split.opening.range().is_empty() => None,
            Origin::Front(entry) => {
                let (label, _) = self.front.footnotes.get(entry)?;
                let (format, above) = (self.split.format?, &self.source.text[..self.split.front.end]);
                let extent = *self.front.note_extents.get(entry)?;
                removal::entry(above, format, label.span, extent).map(Span::new)
            }
            Origin::Shared(_) => None,
        }
    }
}
