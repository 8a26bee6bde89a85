//! What to write in a file for a note to be called by another name, in its definition and in all that calls it, or to go.

use super::front_matter::{self, Split};
use super::markdown::{Markdown, Piece};
use super::note_removal::Written;
use super::notes::MOST_COMMAS;
use super::{Brief, Origin, Passage};
use crate::data::Spanned;
use crate::diagnostic::Edit;
use crate::reference::label;
use crate::source::{Source, Span};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The notes that a file defines, and where it calls them: read from its text again, since few files have to be written in.
pub struct WrittenNotes<'a> {
    brief: &'a Brief,
    source: &'a Source,
    split: Split,
    /// Those of each note that is defined, by [`label::key`].
    of: BTreeMap<CompactString, Vec<Call>>,
    /// What several notes have for a label, by [`label::key`].
    repeated: BTreeSet<CompactString>,
    /// The labels of the front matter's notes that have tables within their own.
    divided: BTreeSet<&'a str>,
}

/// Where a note is called.
struct Call {
    /// Its label, as the call writes it; nothing where that is not written letter for letter.
    label: Option<Span>,
    is_in_body: bool,
    /// Whether it names a place in the source.
    names_place: bool,
}

impl<'a> WrittenNotes<'a> {
    /// Those of `source`, the file of `brief`.
    pub fn of(brief: &'a Brief, source: &'a Source) -> Self {
        let in_body = brief.body().definitions.iter().map(|definition| &*definition.label);
        let in_front = brief.front.footnotes.iter().map(|(label, _)| label.value.as_str());
        let of = in_body.chain(in_front).map(|label| (label::key(label), Vec::new())).collect();
        let split = front_matter::split(source, &mut Vec::new());
        let divided = source.text[split.front.clone()].lines().filter_map(divided).collect();
        let duplicates = brief.notes.faults().duplicates.iter();
        let repeated = duplicates.map(|(first, _)| label::key(&first.label)).collect();
        let mut notes = Self { brief, source, split, of, repeated, divided };
        for (passage, _) in &brief.passages {
            match passage {
                Passage::Body => {
                    let body = notes.split.body.clone();
                    let at = |label: Range<usize>| Some(Span::new(label).shifted(body.start));
                    notes.read(&source.text[body.clone()], true, &at);
                }
                passage => {
                    let Some(written) = brief.front.passage(*passage) else { continue };
                    notes.read(&written.value, false, &|label| place_in(written, label, &source.text));
                }
            }
        }
        notes
    }

    /// Finds the calls in a passage, of which `at` tells where in the file its bytes stand.
    fn read(&mut self, passage: &str, is_in_body: bool, at: &dyn Fn(Range<usize>) -> Option<Span>) {
        let markdown = Markdown::new(passage);
        for (piece, range) in markdown.pieces() {
            let Piece::Call(written) = piece else { continue };
            // A place in a source may follow its label.
            let commas = written.rmatch_indices(',').take(MOST_COMMAS).map(|(comma, _)| comma);
            let mut ends = std::iter::once(written.len()).chain(commas);
            let Some(end) = ends.find(|&end| self.defines(&written[..end])) else { continue };
            let label = range.start + "[^".len()..range.start + "[^".len() + end;
            let is_plain = passage.get(label.clone()) == written.get(..end);
            let label = if is_plain { at(label) } else { None };
            let call = Call { label, is_in_body, names_place: end < written.len() };
            self.of.entry(label::key(&written[..end])).or_default().push(call);
        }
    }

    /// Whether the file defines a note for `label` to call.
    pub fn defines(&self, label: &str) -> bool {
        self.of.contains_key(&label::key(label))
    }

    /// Whether several notes of the file have this label: no one knows which of them a call means.
    pub fn repeats(&self, label: &str) -> bool {
        self.repeated.contains(&label::key(label))
    }

    /// What to write for all calls of `label` to call `name` instead, those that name no place in a source with `place`, such as
    /// `p. 12`. Nothing where one of them is not written letter for letter, so that its place is not known to the byte.
    pub fn renamed(&self, label: &str, name: &str, place: Option<&str>) -> Option<Vec<Edit>> {
        let edit = |call: &Call| {
            let name = match place.filter(|_| !call.names_place) {
                Some(place) => format!("{name}, {place}"),
                None => name.to_owned(),
            };
            let fits = call.is_in_body || !name.contains(['"', '\'', '\\', '#', ':', '&', '\n', '\r']);
            call.label.filter(|_| fits).map(|written| Edit::new(written, name))
        };
        self.of.get(&label::key(label))?.iter().map(edit).collect()
    }

    /// What to write for a note to be defined as `name`; nothing where that takes more than one edit.
    pub fn redefined(&self, note: Origin, name: &str) -> Option<Edit> {
        let (label, at) = match note {
            Origin::Body(index) => {
                let definition = self.brief.body().definitions.get(index)?;
                (&*definition.label, self.brief.body_start + definition.span.range().start + "[^".len())
            }
            Origin::Front(entry) => {
                let (label, _) = self.brief.front.footnotes.get(entry)?;
                (label.value.as_str(), label.span.range().start)
            }
            Origin::Shared(_) => return None,
        };
        let written = at..at + label.len();
        let is_whole = matches!(note, Origin::Body(_)) || self.is_whole_key(label, written.end);
        (is_whole && self.source.text.get(written.clone()) == Some(label))
            .then(|| Edit::new(Span::new(written), name))
    }

    /// What deletes a note of the front matter; nothing where that takes more than to delete its lines.
    pub fn removed(&self, entry: usize) -> Option<Edit> {
        let written =
            Written { source: self.source, split: &self.split, front: &self.brief.front, passages: &[] };
        written.removal(Origin::Front(entry)).map(|span| Edit::new(span, ""))
    }

    /// Whether a label that ends at `end` of the front matter is all of a key there, and the only one that names its note.
    fn is_whole_key(&self, label: &str, end: usize) -> bool {
        let behind = self.source.text.get(end..).unwrap_or_default();
        let behind = behind.trim_start_matches(['"', '\'']).trim_start_matches([' ', '\t']);
        behind.starts_with([']', '=', ':']) && !self.divided.contains(label)
    }
}

/// Where in the file a range of a value stands, if its text writes that letter for letter.
fn place_in(value: &Spanned<String>, range: Range<usize>, text: &str) -> Option<Span> {
    value.is_verbatim(text).then(|| value.span_of(range, text))
}

/// The label of the note whose table holds the one that a line of TOML opens: `[footnotes.a.allow]`.
fn divided(line: &str) -> Option<&str> {
    let header = line.trim_start().trim_start_matches('[').strip_prefix("footnotes.")?;
    let (label, _) = match header.chars().next()? {
        quote @ ('"' | '\'') => header[1..].split_once(quote).filter(|(_, rest)| rest.starts_with('.'))?,
        _ => header.split_once('.')?,
    };
    Some(label)
}
