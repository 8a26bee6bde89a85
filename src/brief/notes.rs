//! From calls and definitions to numbered notes.
//!
//! Notes are numbered by the first call met in reading order: standfirst, image, body, then the notes themselves in the
//! order they were numbered. A note that no reader reaches has no number. Labels match as CommonMark matches them,
//! and an accent matches itself whether it was typed as one character with its letter or as two.

use super::Passage;
use super::body::Facts;
use crate::language::{fold_label, slug};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// The notes of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The notes a reader meets; the first is note 1.
    pub called: Vec<Note>,
    /// Calls whose label nothing defines.
    pub undefined: Vec<Undefined>,
    /// Definitions that no reader reaches.
    pub unused: Vec<Defined>,
    /// Pairs of definitions of one label, the one that counts first.
    pub duplicates: Vec<(Defined, Defined)>,
    /// Definitions without content.
    pub empty: Vec<Defined>,
    /// What labels there are, by what those that call one note have in common.
    defined: BTreeSet<String>,
}

/// One note, as its page prints it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The label as its definition writes it.
    pub label: String,
    /// Fit for an anchor, unique in the file, made of the label alone: it survives whatever is done to other notes.
    pub id: String,
    /// Where its content stands.
    pub origin: Origin,
    /// How often it is called.
    pub calls: u32,
}

/// Where a note's content stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// In the body: the n-th definition.
    Body(usize),
    /// In the front matter: the n-th entry of `[footnotes]`.
    Front(usize),
}

/// A definition, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defined {
    /// The label as it is written.
    pub label: String,
    /// Body or front matter.
    pub origin: Origin,
}

/// A call that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// The label as it is written.
    pub label: String,
    /// The text it stands in.
    pub passage: Passage,
    /// The call in that text.
    pub range: Range<usize>,
}

/// One entry of the front matter's `[footnotes]`.
#[derive(Clone, Copy, Debug)]
pub struct FrontEntry<'a> {
    /// Its label.
    pub label: &'a str,
    /// Whether it says nothing.
    pub empty: bool,
}

impl Notes {
    /// The notes that `front` and the body define, numbered by the calls in `passages`, which come in reading order, the
    /// notes of the front matter last.
    pub fn resolve(passages: &[(Passage, Facts)], front: &[FrontEntry<'_>]) -> Self {
        let no_facts = Facts::default();
        let body = facts_of(passages, Passage::Body).unwrap_or(&no_facts);
        let definitions = Definitions::gather(body, front);
        let within = calls_within(passages);
        let mut notes = Self { duplicates: definitions.duplicates.clone(), ..Self::default() };

        let mut numbers: BTreeMap<Origin, usize> = BTreeMap::new();
        let mut meet = |called: &mut Vec<Note>, label: &str| {
            let Some(&origin) = definitions.by_label.get(&key(label)) else { return };
            let number = *numbers.entry(origin).or_insert_with(|| {
                let label = definitions.label(origin, body, front).to_owned();
                called.push(Note { id: id(&label), label, origin, calls: 0 });
                called.len() - 1
            });
            called[number].calls += 1;
        };
        for (passage, facts) in passages {
            if !matches!(passage, Passage::Note(_)) {
                facts
                    .calls
                    .iter()
                    .filter(|call| call.within.is_none())
                    .for_each(|call| meet(&mut notes.called, &call.label));
            }
        }
        // Notes call notes: the list grows under the loop, and ends, for each note is numbered once.
        let mut next = 0;
        while let Some(note) = notes.called.get(next) {
            within.get(&note.origin).into_iter().flatten().for_each(|label| meet(&mut notes.called, label));
            next += 1;
        }

        for (&origin, label) in &definitions.labels {
            let defined = || Defined { label: label.clone(), origin };
            if !numbers.contains_key(&origin) {
                notes.unused.push(defined());
            }
            let empty = match origin {
                Origin::Body(definition) => body.definitions[definition].empty,
                Origin::Front(entry) => front[entry].empty,
            };
            if empty {
                notes.empty.push(defined());
            }
        }
        notes.undefined = undefined(passages, &definitions);
        notes.defined = definitions.by_label.into_keys().collect();
        notes
    }

    /// Whether there is a note for `label` to call.
    pub fn defines(&self, label: &str) -> bool {
        self.defined.contains(&key(label))
    }
}

fn facts_of(passages: &[(Passage, Facts)], wanted: Passage) -> Option<&Facts> {
    passages.iter().find(|(passage, _)| *passage == wanted).map(|(_, facts)| facts)
}

/// The labels called inside each note.
fn calls_within(passages: &[(Passage, Facts)]) -> BTreeMap<Origin, Vec<&str>> {
    let mut within: BTreeMap<Origin, Vec<&str>> = BTreeMap::new();
    for (passage, facts) in passages {
        for call in &facts.calls {
            let origin = match (passage, call.within) {
                (Passage::Body, Some(definition)) => Origin::Body(definition),
                (Passage::Note(entry), _) => Origin::Front(*entry),
                _ => continue,
            };
            within.entry(origin).or_default().push(&call.label);
        }
    }
    within
}

/// What defines what.
#[derive(Default)]
struct Definitions {
    by_label: BTreeMap<String, Origin>,
    /// Those that count, with their labels as written.
    labels: BTreeMap<Origin, String>,
    duplicates: Vec<(Defined, Defined)>,
}

impl Definitions {
    fn gather(body: &Facts, front: &[FrontEntry<'_>]) -> Self {
        let mut gathered = Self::default();
        for (index, definition) in body.definitions.iter().enumerate() {
            gathered.add(&definition.label, Origin::Body(index));
        }
        for (index, entry) in front.iter().enumerate() {
            gathered.add(entry.label, Origin::Front(index));
        }
        gathered
    }

    fn add(&mut self, label: &str, origin: Origin) {
        let key = key(label);
        if let Some(&first) = self.by_label.get(&key) {
            let first = Defined { label: self.labels[&first].clone(), origin: first };
            self.duplicates.push((first, Defined { label: label.to_owned(), origin }));
        } else {
            self.by_label.insert(key, origin);
            self.labels.insert(origin, label.to_owned());
        }
    }

    fn label<'a>(&self, origin: Origin, body: &'a Facts, front: &'a [FrontEntry<'_>]) -> &'a str {
        match origin {
            Origin::Body(definition) => &body.definitions[definition].label,
            Origin::Front(entry) => front[entry].label,
        }
    }
}

fn undefined(passages: &[(Passage, Facts)], definitions: &Definitions) -> Vec<Undefined> {
    let calls =
        passages.iter().flat_map(|(passage, facts)| facts.calls.iter().map(move |call| (*passage, call)));
    calls
        .filter(|(_, call)| !definitions.by_label.contains_key(&key(&call.label)))
        .map(|(passage, call)| Undefined { label: call.label.clone(), passage, range: call.range.clone() })
        .collect()
}

/// The id of the note with this label: the label itself where it is fit for an address, its case apart; its letters and a few
/// digits of its hash otherwise. It depends on nothing else, so an address stays when other notes come and go.
fn id(label: &str) -> String {
    let letters = slug(label);
    match letters.as_str() {
        "" => format!("x--{}", digits(label)),
        letters if key(label) == letters => letters.to_owned(),
        letters => format!("{letters}--{}", digits(label)),
    }
}

/// Six hexadecimal digits that tell labels apart. Two hyphens before them keep them out of every slug's way.
fn digits(label: &str) -> String {
    blake3::hash(key(label).as_bytes()).to_hex().chars().take(6).collect()
}

/// What two labels have in common that call one note.
fn key(label: &str) -> String {
    fold_label(label).nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::body::{self, Setting};
    use crate::source::ContentPath;

    fn facts(text: &str) -> Facts {
        let path = ContentPath::new("content/a.md").unwrap();
        body::read(text, Setting { path: &path, call_side: None })
    }

    /// The labels of the notes of a body, each with how often it is called, in the order of their numbers.
    fn numbered(text: &str) -> Vec<(String, u32)> {
        let notes = Notes::resolve(&[(Passage::Body, facts(text))], &[]);
        notes.called.into_iter().map(|note| (note.label, note.calls)).collect()
    }

    fn notes(text: &str) -> Notes {
        Notes::resolve(&[(Passage::Body, facts(text))], &[])
    }

    #[test]
    fn numbers_follow_the_first_call_whatever_the_labels() {
        let text = "Un[^9] deux[^2] trois[^9].\n\n[^2]: B.\n\n[^9]: A.";
        assert_eq!(numbered(text), [("9".into(), 2), ("2".into(), 1)]);
    }

    #[test]
    fn calls_inside_notes_come_after_the_body_s() {
        let text = "Un[^a] deux[^b].\n\n[^a]: Voir[^c].\n\n[^b]: B.\n\n[^c]: C.";
        let labels: Vec<_> = numbered(text).into_iter().map(|(label, _)| label).collect();
        assert_eq!(labels, ["a", "b", "c"]);
    }

    #[test]
    fn a_cycle_ends() {
        let text = "Un[^a].\n\n[^a]: Voir[^b].\n\n[^b]: Encore[^a], et moi[^b].";
        assert_eq!(numbered(text), [("a".into(), 2), ("b".into(), 2)]);
    }

    #[test]
    fn a_note_called_only_by_an_unused_note_is_unused() {
        let notes = notes("Rien.\n\n[^a]: Voir[^b].\n\n[^b]: B.");
        assert!(notes.called.is_empty());
        assert_eq!(notes.unused.iter().map(|defined| defined.label.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn labels_match_as_common_mark_matches_them() {
        assert_eq!(numbered("A[^É  t] B[^é T].\n\n[^é t]: N."), [("é t".into(), 2)]);
        assert_eq!(notes("A[^é].\n\n[^e]: N.").undefined.len(), 1);
        assert_eq!(numbered("A[^e\u{301}].\n\n[^é]: N."), [("é".into(), 1)]);
    }

    #[test]
    fn the_body_comes_before_the_front_matter_and_both_is_a_duplicate() {
        let passages = [(Passage::Body, facts("A[^a] B[^b].\n\n[^a]: Corps.\n\n[^A]: Encore."))];
        let front = [FrontEntry { label: "a", empty: false }, FrontEntry { label: "b", empty: true }];
        let notes = Notes::resolve(&passages, &front);
        assert_eq!(notes.called[0].origin, Origin::Body(0));
        assert_eq!(notes.called[1].origin, Origin::Front(1));
        assert_eq!(notes.duplicates.len(), 2);
        assert_eq!(notes.empty.len(), 1);
        assert!(notes.unused.is_empty());
    }

    #[test]
    fn the_standfirst_is_read_before_the_body_and_notes_of_the_front_matter_after() {
        let passages = [
            (Passage::Summary, facts("S[^s].")),
            (Passage::Body, facts("A[^a] B[^f].\n\n[^a]: N.\n\n[^s]: N.\n\n[^z]: N.")),
            (Passage::Note(0), facts("Voir[^z].")),
        ];
        let notes = Notes::resolve(&passages, &[FrontEntry { label: "f", empty: false }]);
        assert_eq!(
            notes.called.iter().map(|note| note.label.as_str()).collect::<Vec<_>>(),
            ["s", "a", "f", "z"]
        );
        assert!(notes.defines("F") && !notes.defines("g"));
    }

    #[test]
    fn an_id_is_the_label_s_whatever_other_notes_there_are() {
        let ids = |text: &str| notes(text).called.into_iter().map(|note| note.id).collect::<Vec<_>>();
        assert_eq!(ids("A[^tass-2022] B[^É-1].\n\n[^TASS-2022]: N.\n\n[^É-1]: N.")[0], "tass-2022");
        let spaced = ids("A[^TASS 2022].\n\n[^TASS 2022]: N.");
        assert!(spaced[0].starts_with("tass-2022--"), "{spaced:?}");
        let both = ids("A[^TASS 2022] B[^tass-2022].\n\n[^TASS 2022]: N.\n\n[^tass-2022]: N.");
        assert_eq!(both, [spaced[0].as_str(), "tass-2022"]);
        let clash = ids("A[^é] B[^e] C[^*].\n\n[^é]: 1\n\n[^e]: 2\n\n[^*]: 3");
        assert_eq!(clash[1], "e");
        assert!(clash[0].starts_with("e--") && clash[2].starts_with("x--"), "{clash:?}");
        assert_eq!(clash[2], ids("C[^*].\n\n[^*]: 3")[0]);
    }
}
