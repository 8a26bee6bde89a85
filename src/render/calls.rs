//! The calls of a page as they are printed: each with its note's number and an id of its own, to which the note leads back.

use super::Style;
use super::html::push_number;
use super::notes::BackLink;
use super::wording::Wording;
use crate::brief::{Numbers, OtherLabels};
use crate::page::view::{NoteText, TextView};
use compact_str::CompactString;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// How many notes back a label is looked for before all labels are.
const NEAR: usize = 16;

/// The notes of a page, and how many calls of each have been printed so far.
pub(super) struct Calls<'a> {
    notes: &'a [NoteText],
    other_labels: &'a OtherLabels,
    by_label: OnceCell<Numbers>,
    numbered: OnceCell<BTreeSet<(&'a str, usize)>>,
    printed: Vec<usize>,
    /// The first note of which no call has been printed.
    next: usize,
    wording: &'a Wording,
    style: Style<'a>,
}

impl<'a> Calls<'a> {
    pub(super) fn new(text: &'a TextView, wording: &'a Wording, style: Style<'a>) -> Self {
        let notes = &text.notes;
        Self {
            notes,
            other_labels: &text.other_labels,
            by_label: OnceCell::new(),
            numbered: OnceCell::new(),
            printed: vec![0; notes.len()],
            next: 0,
            wording,
            style,
        }
    }

    /// The index of the note that `label` calls, if it calls one.
    pub(super) fn note(&self, label: &str) -> Option<usize> {
        // Notes are numbered in the order of their first calls: nearly every call is of the next one, or of one that was called a
        // little before.
        let is_called = |index: &usize| {
            let note = &self.notes[*index].note;
            note.locator.is_none() && note.label == label
        };
        let near = self.next.saturating_sub(NEAR)..self.notes.len().min(self.next + 1);
        if let Some(index) = near.rev().find(is_called) {
            return Some(index);
        }
        let by_label = || Numbers::new(self.notes.iter().map(|text| &text.note), self.other_labels);
        self.by_label.get_or_init(by_label).of(label)
    }

    /// Prints the next call of the note at `index`.
    pub(super) fn push(&mut self, html: &mut String, index: usize) {
        self.printed[index] += 1;
        while self.printed.get(self.next).is_some_and(|calls| *calls > 0) {
            self.next += 1;
        }
        html.push_str(if self.style.is_feed() { "<a class=\"footnote\" id=\"" } else { "<a id=\"" });
        self.push_call_id(html, index, self.printed[index]);
        html.push_str("\" href=\"#");
        self.push_note_id(html, index);
        html.push_str(&self.wording.call_end(index + 1));
    }

    /// The id of a note's list item. It is written in `room`.
    pub(super) fn note_id(&self, index: usize, room: &mut String) -> CompactString {
        room.clear();
        self.push_note_id(room, index);
        room.as_str().into()
    }

    fn push_note_id(&self, html: &mut String, index: usize) {
        self.style.push_prefix(html);
        html.push_str("note-");
        html.push_str(self.notes[index].note.id());
    }

    /// Writes the id of a note's call, the first being 1.
    fn push_call_id(&self, html: &mut String, index: usize, call: usize) {
        let id = self.notes[index].note.id();
        self.style.push_prefix(html);
        html.push_str("ref-");
        html.push_str(id);
        if call > 1 {
            // A note may be called `tass-2` while `tass` is called twice.
            let is_taken = self.numbered().contains(&(id, call));
            html.push_str(if is_taken { "--" } else { "-" });
            push_number(html, call);
        }
    }

    /// The ids of notes that end as those of later calls do, parted at the hyphen.
    fn numbered(&self) -> &BTreeSet<(&'a str, usize)> {
        let parted = |text: &'a NoteText| {
            let (id, number) = text.note.id().rsplit_once('-')?;
            Some((id, number.parse().ok().filter(|_| !number.starts_with(['0', '+']))?))
        };
        self.numbered.get_or_init(|| self.notes.iter().filter_map(parted).collect())
    }

    /// The ways back from a note to the calls of it that were printed. They are written in `room`.
    pub(super) fn back_links(&self, index: usize, room: &mut String) -> Vec<BackLink> {
        let calls = self.printed[index];
        let link = |call| {
            room.clear();
            room.push('#');
            self.push_call_id(room, index, call);
            BackLink { url: room.as_str().into(), letter: (calls > 1).then(|| letter(call)) }
        };
        (1..=calls).map(link).collect()
    }
}

/// `a`, `b` … `z`, `aa`, `ab` …, the first being 1.
fn letter(mut number: usize) -> CompactString {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(b"abcdefghijklmnopqrstuvwxyz"[number % 26]);
        number /= 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn after_z_comes_aa() {
        assert_eq!(
            [1, 2, 26, 27, 28, 52, 53, 702, 703].map(letter),
            ["a", "b", "z", "aa", "ab", "az", "ba", "zz", "aaa"]
        );
    }
}
