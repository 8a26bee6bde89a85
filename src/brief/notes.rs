//! From calls and definitions to numbered notes.
//!
//! Notes are numbered by the first call met in reading order: standfirst, image, body, then the notes themselves in the
//! order they were numbered. A note that no reader reaches has no number. Labels match as CommonMark matches them,
//! and an accent matches itself whether it was typed as one character with its letter or as two.

use super::Passage;
use super::body::Facts;
use crate::reference::{Bibliography, Locator, label};
use compact_str::CompactString;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How many commas the place in a source may hold: `p. 3, 5, 7`.
pub(super) const MOST_COMMAS: usize = 8;

/// The notes of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Notes {
    /// The notes a reader meets; the first is note 1.
    pub called: Box<[Note]>,
    /// What calls some of them besides their own labels.
    pub others: OtherLabels,
    faults: Option<Box<Faults>>,
    /// Which entries of the front matter are sources.
    sources: Box<[u32]>,
}

/// What is to be remarked on in the notes of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Faults {
    /// Calls whose label nothing defines.
    pub undefined: Vec<Undefined>,
    /// Definitions that no reader reaches.
    pub unused: Vec<Defined>,
    /// Pairs of definitions of one label, the one that counts first.
    pub duplicates: Vec<(Defined, Defined)>,
    /// Definitions without content.
    pub empty: Vec<Defined>,
    /// Definitions whose label calls a source of the shared library elsewhere, each with the index of that source.
    pub shadowing: Vec<(Defined, usize)>,
}

static NO_FAULTS: Faults = Faults {
    undefined: Vec::new(),
    unused: Vec::new(),
    duplicates: Vec::new(),
    empty: Vec::new(),
    shadowing: Vec::new(),
};

/// One note, as its page prints it. Two places in one source are two notes; the place that its record gives is that of a call
/// which names none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The label as its definition writes it.
    pub label: CompactString,
    /// What is fit for an anchor, where the label is not.
    id: Option<CompactString>,
    /// Where its content stands.
    pub origin: Origin,
    /// The place in the source that its calls name, unless its record gives the same.
    pub locator: Option<Box<Locator>>,
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
    /// In the shared library of sources: its n-th entry.
    Shared(usize),
}

impl Faults {
    /// Whether the note is among those that no reader reaches.
    pub fn is_unused(&self, note: Origin) -> bool {
        has(&self.unused, note)
    }

    /// Whether the note is among those without content.
    pub fn is_empty(&self, note: Origin) -> bool {
        has(&self.empty, note)
    }
}

/// Whether a note is among some that come in the order of their origins.
fn has(notes: &[Defined], note: Origin) -> bool {
    notes.binary_search_by_key(&note, |defined| defined.origin).is_ok()
}

/// A definition, and its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Defined {
    /// The label as it is written.
    pub label: CompactString,
    /// Body or front matter.
    pub origin: Origin,
}

/// A call that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Undefined {
    /// The label as it is written.
    pub label: CompactString,
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
    /// Whether it is a source, in which a call may name a place.
    pub is_source: bool,
    /// The place in it that its record gives.
    pub page: Option<&'a Locator>,
}

/// What calls notes besides their own labels, by [`label::key`], with the index of the note: what names a place in a source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OtherLabels(Box<[(CompactString, u32)]>);

/// Which note each label calls.
#[derive(Clone, Debug, Default)]
pub struct Numbers(Vec<(CompactString, usize)>);

impl Numbers {
    /// What calls each of `notes`: its own label, or one of the `others`.
    pub fn new<'n>(notes: impl IntoIterator<Item = &'n Note>, others: &OtherLabels) -> Self {
        let own = notes.into_iter().enumerate().filter(|(_, note)| note.locator.is_none());
        let own = own.map(|(number, note)| (label::key(&note.label), number));
        let others = others.0.iter().map(|(key, number)| (key.clone(), *number as usize));
        let mut numbers: Vec<_> = own.chain(others).collect();
        numbers.sort_unstable();
        Self(numbers)
    }

    /// The index of the note that `label` calls, if it calls one.
    pub fn of(&self, label: &str) -> Option<usize> {
        let key = label::key(label);
        let found = self.0.binary_search_by(|(known, _)| known.cmp(&key)).ok()?;
        Some(self.0[found].1)
    }
}

impl Notes {
    /// Which of them each label calls.
    pub fn numbers(&self) -> Numbers {
        Numbers::new(&self.called, &self.others)
    }

    /// Whether there is nothing to remark on any of them.
    pub fn is_faultless(&self) -> bool {
        self.faults.is_none()
    }

    /// What is to be remarked on in them.
    pub fn faults(&self) -> &Faults {
        self.faults.as_deref().unwrap_or(&NO_FAULTS)
    }

    /// The notes that the body, `front` and the shared library define, in that order of right, numbered by the calls in
    /// `passages`, which come in reading order, the notes of the front matter last.
    pub fn resolve(
        passages: &[(Passage, Facts)],
        front: &[FrontEntry<'_>],
        bibliography: &Bibliography,
    ) -> Self {
        let no_facts = Facts::default();
        let body = facts_of(passages, Passage::Body).unwrap_or(&no_facts);
        let definitions = Definitions::gather(body, front, bibliography);
        let within = calls_within(passages);
        let mut numbering = Numbering {
            definitions: &definitions,
            called: Vec::new(),
            numbers: BTreeMap::new(),
            known: BTreeMap::new(),
        };
        for (passage, facts) in passages {
            if !matches!(passage, Passage::Note(_)) {
                let calls = facts.calls.iter().filter(|call| call.within.is_none());
                calls.for_each(|call| numbering.meet(&call.label));
            }
        }
        // Notes call notes: the list grows under the loop, and ends, for each note is numbered once.
        let mut next = 0;
        while let Some(note) = numbering.called.get(next) {
            // Of a source met at two places, the text is one.
            let calls = if note.locator.is_none() { within.get(&note.origin) } else { None };
            calls.into_iter().flatten().for_each(|label| numbering.meet(label));
            next += 1;
        }

        let Numbering { called, numbers, .. } = numbering;
        let mut faults = Faults::default();
        let reached: BTreeSet<Origin> = called.iter().map(|note| note.origin).collect();
        for (&origin, label) in &definitions.labels {
            let defined = || Defined { label: label.clone(), origin };
            if !reached.contains(&origin) {
                faults.unused.push(defined());
            }
            let empty = match origin {
                Origin::Body(definition) => body.definitions[definition].empty,
                Origin::Front(entry) => front[entry].empty,
                Origin::Shared(_) => false,
            };
            if empty {
                faults.empty.push(defined());
            }
            faults.shadowing.extend(bibliography.find(label).map(|entry| (defined(), entry)));
        }
        faults.undefined = undefined(passages, &definitions);
        faults.duplicates = definitions.duplicates;
        let sources = (0..).zip(front).filter(|(_, entry)| entry.is_source).map(|(index, _)| index);
        Self {
            others: others(&called, numbers),
            called: called.into(),
            faults: (faults != NO_FAULTS).then(|| faults.into()),
            sources: sources.collect(),
        }
    }

    /// Whether a note cites a source, of the front matter or of the shared library.
    pub fn cites(&self, note: usize) -> bool {
        self.called.get(note).is_some_and(|note| match note.origin {
            Origin::Body(_) => false,
            Origin::Front(entry) => self.sources.iter().any(|&source| source as usize == entry),
            Origin::Shared(_) => true,
        })
    }
}

impl Note {
    /// Fit for an anchor, unique in the file, made of the label and the place alone: it survives whatever is done to other
    /// notes.
    pub fn id(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.label)
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

/// Notes that are being numbered.
struct Numbering<'a> {
    definitions: &'a Definitions<'a>,
    called: Vec<Note>,
    numbers: BTreeMap<CompactString, usize>,
    known: BTreeMap<(Origin, Option<Locator>), usize>,
}

impl Numbering<'_> {
    /// Counts a call; the first of a note gives it its number.
    fn meet(&mut self, written: &str) {
        let key = label::key(written);
        if let Some(&number) = self.numbers.get(&key) {
            self.called[number].calls += 1;
            return;
        }
        let Some((origin, locator)) = self.definitions.find(written) else { return };
        let called = &mut self.called;
        let number = *self.known.entry((origin, locator.clone())).or_insert_with(|| {
            let label = self.definitions.label(origin);
            let id = Some(id(label, locator.as_ref())).filter(|id| id != label).map(Into::into);
            let locator = locator.map(Box::new);
            called.push(Note { label: label.into(), id, origin, locator, calls: 0 });
            called.len() - 1
        });
        called[number].calls += 1;
        self.numbers.insert(key, number);
    }
}

/// What defines what.
struct Definitions<'a> {
    by_label: BTreeMap<CompactString, Origin>,
    /// Those of the file that count, with their labels as written.
    labels: BTreeMap<Origin, CompactString>,
    duplicates: Vec<(Defined, Defined)>,
    front: &'a [FrontEntry<'a>],
    bibliography: &'a Bibliography,
}

impl<'a> Definitions<'a> {
    fn gather(body: &Facts, front: &'a [FrontEntry<'a>], bibliography: &'a Bibliography) -> Self {
        let (by_label, labels, duplicates) = Default::default();
        let mut gathered = Self { by_label, labels, duplicates, front, bibliography };
        for (index, definition) in body.definitions.iter().enumerate() {
            gathered.add(&definition.label, Origin::Body(index));
        }
        for (index, entry) in front.iter().enumerate() {
            gathered.add(entry.label, Origin::Front(index));
        }
        gathered
    }

    fn add(&mut self, label: &str, origin: Origin) {
        let key = label::key(label);
        if let Some(&first) = self.by_label.get(&key) {
            let first = Defined { label: self.labels[&first].clone(), origin: first };
            self.duplicates.push((first, Defined { label: label.into(), origin }));
        } else {
            self.by_label.insert(key, origin);
            self.labels.insert(origin, label.into());
        }
    }

    /// The note that `written` calls, and the place in it that it names: what stands behind the last comma that leaves the
    /// label of a source before it.
    fn find(&self, written: &str) -> Option<(Origin, Option<Locator>)> {
        if let Some(origin) = self.named(written) {
            return Some((origin, None));
        }
        let commas = written.rmatch_indices(',').take(MOST_COMMAS).map(|(at, _)| written.split_at(at));
        let mut split = commas.map(|(label, place)| (label, place[1..].trim()));
        split.find_map(|(label, place)| {
            let origin = self.named(label).filter(|&origin| !place.is_empty() && self.is_source(origin))?;
            let place = Locator::parse(place);
            Some((origin, (self.page(origin) != Some(&place)).then_some(place)))
        })
    }

    fn named(&self, label: &str) -> Option<Origin> {
        let here = self.by_label.get(&label::key(label)).copied();
        here.or_else(|| self.bibliography.find(label).map(Origin::Shared))
    }

    fn is_source(&self, origin: Origin) -> bool {
        match origin {
            Origin::Body(_) => false,
            Origin::Front(entry) => self.front[entry].is_source,
            Origin::Shared(_) => true,
        }
    }

    /// The place that the record of a source gives.
    fn page(&self, origin: Origin) -> Option<&Locator> {
        match origin {
            Origin::Body(_) => None,
            Origin::Front(entry) => self.front[entry].page,
            Origin::Shared(entry) => {
                self.bibliography.get(entry)?.reference.page.as_ref().map(|page| &page.value)
            }
        }
    }

    fn label(&self, origin: Origin) -> &str {
        match origin {
            Origin::Shared(entry) => self.bibliography.get(entry).map_or("", |entry| &entry.label.value),
            origin => &self.labels[&origin],
        }
    }
}

fn others(called: &[Note], numbers: BTreeMap<CompactString, usize>) -> OtherLabels {
    let is_own = |key: &str, note: &Note| {
        note.locator.is_none() && (*note.label == *key || label::key(&note.label) == key)
    };
    let others = numbers.into_iter().filter(|(key, number)| !is_own(key, &called[*number]));
    OtherLabels(others.map(|(key, number)| (key, u32::try_from(number).unwrap_or(u32::MAX))).collect())
}

fn undefined(passages: &[(Passage, Facts)], definitions: &Definitions<'_>) -> Vec<Undefined> {
    let calls =
        passages.iter().flat_map(|(passage, facts)| facts.calls.iter().map(move |call| (*passage, call)));
    calls
        .filter(|(_, call)| definitions.find(&call.label).is_none())
        .map(|(passage, call)| Undefined { label: call.label.clone(), passage, range: call.range.clone() })
        .collect()
}

/// The id of a note: that of its label, and of the place in the source where calls name one.
fn id(written: &str, locator: Option<&Locator>) -> String {
    let label = label::id(written);
    match locator {
        None => label,
        Some(place) => format!("{label}--at-{}", place.id()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::body::{self, Setting};
    use crate::source::ContentPath;

    fn facts(text: &str) -> Facts {
        let path = ContentPath::new("content/a.md").unwrap();
        body::read(
            text,
            Setting {
                path: &path,
                call_side: None,
                doubled_words: true,
                base_url: None,
                sentences: false,
                excerpt: false,
                finder: None,
            },
        )
    }

    fn entry(label: &str, empty: bool) -> FrontEntry<'_> {
        FrontEntry { label, empty, is_source: false, page: None }
    }

    /// The labels of the notes of a body, each with how often it is called, in the order of their numbers.
    fn numbered(text: &str) -> Vec<(String, u32)> {
        let notes = Notes::resolve(&[(Passage::Body, facts(text))], &[], &Bibliography::default());
        notes.called.into_iter().map(|note| (note.label.into(), note.calls)).collect()
    }

    fn notes(text: &str) -> Notes {
        Notes::resolve(&[(Passage::Body, facts(text))], &[], &Bibliography::default())
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
        assert_eq!(
            notes.faults().unused.iter().map(|defined| defined.label.as_str()).collect::<Vec<_>>(),
            ["a", "b"]
        );
    }

    #[test]
    fn labels_match_as_common_mark_matches_them() {
        assert_eq!(numbered("A[^É  t] B[^é T].\n\n[^é t]: N."), [("é t".into(), 2)]);
        assert_eq!(notes("A[^é].\n\n[^e]: N.").faults().undefined.len(), 1);
        assert_eq!(numbered("A[^e\u{301}].\n\n[^é]: N."), [("é".into(), 1)]);
    }

    #[test]
    fn the_body_comes_before_the_front_matter_and_both_is_a_duplicate() {
        let passages = [(Passage::Body, facts("A[^a] B[^b].\n\n[^a]: Corps.\n\n[^A]: Encore."))];
        let front = [entry("a", false), entry("b", true)];
        let notes = Notes::resolve(&passages, &front, &Bibliography::default());
        assert_eq!(notes.called[0].origin, Origin::Body(0));
        assert_eq!(notes.called[1].origin, Origin::Front(1));
        assert_eq!(notes.faults().duplicates.len(), 2);
        assert_eq!(notes.faults().empty.len(), 1);
        assert!(notes.faults().unused.is_empty());
    }

    #[test]
    fn the_standfirst_is_read_before_the_body_and_notes_of_the_front_matter_after() {
        let passages = [
            (Passage::Summary, facts("S[^s].")),
            (Passage::Body, facts("A[^a] B[^f].\n\n[^a]: N.\n\n[^s]: N.\n\n[^z]: N.")),
            (Passage::Note(0), facts("Voir[^z].")),
        ];
        let notes = Notes::resolve(&passages, &[entry("f", false)], &Bibliography::default());
        assert_eq!(notes.called.iter().map(|note| &*note.label).collect::<Vec<_>>(), ["s", "a", "f", "z"]);
    }

    /// The notes of a body where `[footnotes]` has the source `tass` and the library `un`, each with its place.
    fn located(text: &str) -> Notes {
        let path = ContentPath::new("content/sources.toml").unwrap();
        let library = crate::source::Source::new(
            path,
            "[un]\ntitle = \"R\"\npage = \"art. 2\"\n\n[tass]\ntitle = \"T\"\n",
        );
        let library = Bibliography::read(
            &[library],
            &crate::language::LanguageTag::parse("fr").unwrap(),
            &mut Vec::new(),
        );
        let page = Locator::parse("p. 7");
        let tass = FrontEntry { label: "tass", empty: false, is_source: true, page: Some(&page) };
        let front = [tass, entry("texte", false)];
        Notes::resolve(&[(Passage::Body, facts(text))], &front, &library)
    }

    #[test]
    fn the_library_is_asked_last() {
        let notes = located("A[^un] B[^tass] C[^un].");
        let origins: Vec<_> = notes.called.iter().map(|note| (note.origin, note.calls)).collect();
        assert_eq!(origins, [(Origin::Shared(0), 2), (Origin::Front(0), 1)]);
        assert_eq!(
            notes.faults().shadowing,
            [(Defined { label: "tass".into(), origin: Origin::Front(0) }, 1)]
        );
    }

    #[test]
    fn each_place_in_a_source_is_a_note_of_its_own() {
        let notes = located("A[^un] B[^un, p. 12] C[^UN,12] D[^tass, art. 5 bis] E[^un, p. 3, 5].");
        let ids: Vec<_> = notes.called.iter().map(|note| (note.id(), note.calls)).collect();
        assert_eq!(ids[..2], [("un", 1), ("un--at-page-12", 2)]);
        assert!(ids[2].0.starts_with("tass--at-article-5-bis--"), "{ids:?}");
        assert_eq!(notes.called[3].locator, Some(Locator::parse("p. 3, 5").into()));
        assert_eq!(notes.numbers().of("un, p. 12"), Some(1));
        assert!(notes.faults().undefined.is_empty() && notes.faults().unused.len() == 1);
    }

    #[test]
    fn the_place_that_the_record_gives_is_that_of_the_source_itself() {
        let notes = located("A[^tass, page 7] B[^tass] C[^un] D[^un, art. 2] E[^un, p. 7].");
        let found: Vec<_> = notes.called.iter().map(|note| (note.id(), note.calls)).collect();
        assert_eq!(found, [("tass", 2), ("un", 2), ("un--at-page-7", 1)]);
        assert_eq!(notes.called[0].locator, None);
    }

    #[test]
    fn only_a_source_has_places() {
        let notes = located("A[^texte, p. 12] B[^un,] C[^inconnu, p. 3].");
        assert_eq!(notes.faults().undefined.len(), 3);
    }

    #[test]
    fn an_id_is_the_label_s_whatever_other_notes_there_are() {
        let ids = |text: &str| notes(text).called.iter().map(|note| note.id().to_owned()).collect::<Vec<_>>();
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
