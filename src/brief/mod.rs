//! One file's meaning: its front matter, headings, notes and links, and the places of all of them.
//!
//! [`parse`] reads one file alone and cannot fail: what is wrong is listed in [`Brief::diagnostics`], and there is always a
//! brief to go on with. A brief keeps facts, never its body: that is read again when its page is rendered.
//!
//! 1. [`front_matter`] splits the file and reads what stands between the fences;
//! 2. [`markdown`] turns a text into pieces, with calls told apart;
//! 3. [`body`] walks over the pieces and collects facts, with the help of [`link`], [`prose`], [`sign`],
//!    [`doubled`], [`leftover`] and [`spoken`], and of `removal` where something should go;
//! 4. [`notes`] numbers the notes; `note_removal` says what to delete for one to go.
//!
//! The site keeps it as a [`Dossier`], whose facts may wait to be read until they are asked for.

pub mod front_matter;
pub mod link;
pub mod markdown;
pub mod prose;
pub mod sign;
pub mod doubled;
pub mod leftover;
pub mod spoken;
pub mod body;
pub mod notes;
mod dossier;
mod removal;
mod note_removal;
mod written_notes;
mod seen;

pub use crate::project::FileKind;
pub use body::{KeptFacts, KeptHeading, KeptLink, KeptSentence, LinkKind};
pub use dossier::{Dossier, KnownText, Reread};
pub use front_matter::{FrontMatter, FrontNote};
pub use link::Target;
pub use notes::{Note, Notes, Numbers, Origin, OtherLabels};
pub use written_notes::WrittenNotes;

use crate::atlas::EntityId;
use crate::atlas::mention::{Finder, Finders};
use crate::config::BaseUrl;
use crate::data::Spanned;
use crate::diagnostic::{Diagnostic, Fix, code};
use crate::language::LanguageTag;
use crate::language::words::Words;
use crate::project::SourceFile;
use crate::reference::{Bibliography, Reference, label};
use crate::source::{self, ContentPath, Digest, Place, Source, Span};
use crate::waiver::{self, Reach, Waiver};
use body::{Facts, Setting};
use note_removal::{NoteRemoval, Written, note_removals};
use notes::FrontEntry;
use prose::Prose;
use sign::CallSide;
use spoken::{Reserved, SpokenOf};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A text of fewer words is too short to be judged by what it does not say.
pub const FEW_WORDS: usize = 40;

/// One of the texts of a file in which Markdown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// The standfirst.
    Summary,
    /// The caption of the front matter's image.
    Caption,
    /// The credit of the front matter's image.
    Credit,
    /// All that follows the front matter.
    Body,
    /// The n-th entry of the front matter's `[footnotes]`.
    Note(usize),
    /// The n-th correction.
    Correction(usize),
}

/// One file's facts.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The file.
    pub path: ContentPath,
    /// What its place in the folder makes it.
    pub kind: FileKind,
    /// What its writer declared.
    pub front: FrontMatter,
    /// Where the body begins, in bytes from the start of the file.
    pub body_start: usize,
    /// The hash of the whole text, by which a later reader knows that it is still the text these facts are of.
    pub hash: Digest,
    /// The facts of each passage, in reading order: standfirst, image, body, corrections, notes of the front matter.
    pub passages: Box<[(Passage, KeptFacts)]>,
    /// The passages of the front matter that can be mended in place, see [`Brief::mend`].
    mendable: Box<[Passage]>,
    /// The notes, numbered.
    pub notes: Notes,
    /// What deletes the notes that are to be remarked on, see [`Brief::note_removal`].
    note_removals: Box<[NoteRemoval]>,
    /// The notes that cite a source, in the order of their numbers.
    pub citations: Box<[Citation]>,
    /// What its title, its standfirst and its body speak of; nothing where its language is not one whose prose is known.
    pub spoken_of: Option<Box<[(Part, SpokenOf)]>>,
    /// What is let pass in it.
    pub waivers: Vec<Waiver>,
    /// What is wrong with the file taken alone.
    pub diagnostics: Vec<Diagnostic>,
}

/// A part of a file that is looked at for what it speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The title.
    Title,
    /// A passage: the standfirst or the body.
    Passage(Passage),
}

/// What a newsroom has for all its files alike.
#[derive(Clone, Copy, Debug)]
pub struct Newsroom<'a> {
    /// The language of a file that names none.
    pub language: &'a LanguageTag,
    /// Where the site will stand.
    pub base_url: &'a BaseUrl,
    /// The shared library of sources.
    pub bibliography: &'a Bibliography,
    /// What finds countries in the languages of the site.
    pub finders: &'a Finders,
}

/// A note that cites a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// Its index in [`Notes::called`].
    pub note: usize,
    /// The sentence that calls it first, as plain text.
    pub sentence: Box<str>,
    /// Where it is called first.
    call: Option<(Passage, Span)>,
}

impl Newsroom<'_> {
    fn has_sources(&self) -> bool {
        !self.bibliography.entries().is_empty()
    }
}

/// The countries that `source`, a file with or without front matter, speaks of in its body; ranges are in the file.
pub fn mentions(source: &Source, finder: &Finder) -> (Vec<spoken::Placed>, Vec<spoken::Doubt>) {
    let clean = Source::new(source.path.clone(), source::without_controls(&source.text));
    let mut lines = clean.text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let has_front = lines.find(|line| !line.is_empty()).is_some_and(|line| matches!(line, "+++" | "---"));
    let start = if has_front { front_matter::split(&clean, &mut Vec::new()).body.start } else { 0 };
    let setting = Setting {
        path: &clean.path,
        call_side: None,
        doubled_words: false,
        base_url: None,
        sentences: false,
        excerpt: false,
        finder: Some(finder),
    };
    let facts = body::read(&clean.text[start..], setting);
    let in_file = |range: Range<usize>| range.start + start..range.end + start;
    let mentions = facts.mentions.into_iter().map(|mut placed| {
        placed.mention.range = in_file(placed.mention.range);
        placed
    });
    let doubts = facts.doubts.into_iter();
    let doubts = doubts.map(|doubt| spoken::Doubt { range: in_file(doubt.range), ..doubt });
    (mentions.collect(), doubts.collect())
}

/// Reads one file.
pub fn parse(source: &Source, kind: FileKind, newsroom: Newsroom<'_>) -> Brief {
    let clean = source::without_controls(&source.text);
    let mut diagnostics = Vec::new();
    if matches!(clean, Cow::Owned(_)) {
        diagnostics.extend(controls(source));
    }
    let hash = Digest::of_bytes(source.text.as_bytes());
    let source = &Source::new(source.path.clone(), clean);
    let split = front_matter::split(source, &mut diagnostics);
    let front = front_matter::read(source, &split, kind, &mut diagnostics);
    let language = front.lang.as_ref().map_or(newsroom.language, |lang| &lang.value);
    let setting = Setting {
        path: &source.path,
        call_side: CallSide::of(language.primary()),
        doubled_words: doubled::is_known(language.primary()),
        base_url: Some(newsroom.base_url),
        sentences: newsroom.has_sources() || front.has_sources(),
        excerpt: false,
        finder: newsroom.finders.of(language),
    };
    let body = &source.text[split.body.clone()];
    let mut passages = read_passages(&front, body, setting);
    let spoken_of = setting.finder.map(|finder| spoken_of(&front, &mut passages, finder));
    let waivers = read_waivers(source, &front, split.body.start, &passages, &mut diagnostics);
    let entries: Vec<FrontEntry<'_>> = front
        .footnotes
        .iter()
        .map(|(label, note)| FrontEntry {
            label: &label.value,
            empty: note.is_empty(),
            is_source: matches!(note, FrontNote::Source(_)),
            page: match note {
                FrontNote::Source(source) => source.page.as_ref().map(|page| &page.value),
                _ => None,
            },
        })
        .collect();
    let notes = Notes::resolve(&passages, &entries, newsroom.bibliography);
    let written = Written { source, split: &split, front: &front, passages: &passages };
    let note_removals = note_removals(written, &notes);
    let citations = citations(&mut passages, &notes);
    let body_start = split.body.start;
    Brief {
        path: source.path.clone(),
        kind,
        body_start,
        hash,
        mendable: mendable(source, &front, &passages),
        front,
        passages: passages.into_iter().map(|(passage, facts)| (passage, facts.into())).collect(),
        notes,
        note_removals,
        citations,
        spoken_of,
        waivers,
        diagnostics,
    }
}

/// What the title speaks of, and what was found on the way in standfirst and body.
fn spoken_of(
    front: &FrontMatter,
    passages: &mut [(Passage, Facts)],
    finder: &Finder,
) -> Box<[(Part, SpokenOf)]> {
    let mut parts = Vec::new();
    if let Some(title) = &front.title {
        let mut prose = Prose::default();
        prose.push(&title.value, 0..title.value.len());
        let reserved = Reserved { block: true, ..Reserved::default() };
        let (mentions, doubts) =
            spoken::read(&prose, &Words::of(&title.value), &title.value, finder, &reserved);
        parts.push((Part::Title, SpokenOf::of(mentions, doubts)));
    }
    for (passage, facts) in passages {
        let (mentions, doubts) = (std::mem::take(&mut facts.mentions), std::mem::take(&mut facts.doubts));
        parts.push((Part::Passage(*passage), SpokenOf::of(mentions, doubts)));
    }
    parts.retain(|(_, found)| *found != SpokenOf::default());
    parts.into()
}

/// The waivers of the front matter's table, and those of the comments in the body.
fn read_waivers(
    source: &Source,
    front: &FrontMatter,
    body_start: usize,
    passages: &[(Passage, Facts)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Waiver> {
    let mut waivers = front.allow.to_vec();
    waivers.extend(front.references().flat_map(|(_, reference)| reference.allow.iter().cloned()));
    let body = passages.iter().filter(|(passage, _)| *passage == Passage::Body);
    for found in body.flat_map(|(_, facts)| &facts.waivers) {
        let in_file = |range: &Range<usize>| Span::new(range.clone()).shifted(body_start);
        let written = in_file(&found.range);
        let text = &source.text[written.range()];
        let Some(comment) = waiver::in_comment(text) else { continue };
        match comment.code(text) {
            Ok(code) => waivers.push(Waiver {
                code,
                written,
                reach: Reach::Lines(in_file(&found.reach)),
                removal: found.removal.as_ref().map(in_file),
            }),
            Err(refusal) => {
                let name = Span::new(comment.name).shifted(written.start as usize);
                diagnostics.push(refusal.told(source.place(name)));
            }
        }
    }
    waivers
}

fn read_passages(front: &FrontMatter, body: &str, setting: Setting<'_>) -> Vec<(Passage, Facts)> {
    let order = [Passage::Summary, Passage::Caption, Passage::Credit, Passage::Body];
    let corrections = (0..front.corrections.len()).map(Passage::Correction);
    let notes = (0..front.footnotes.len()).map(Passage::Note);
    let mut passages = Vec::new();
    for passage in order.into_iter().chain(corrections).chain(notes) {
        let text = if passage == Passage::Body {
            Some(body)
        } else {
            front.passage(passage).map(|text| &*text.value)
        };
        if let Some(text) = text {
            // What notes and captions name is not what the brief is about.
            let is_read = matches!(passage, Passage::Summary | Passage::Body);
            // A standfirst stands in the stead of how the body begins, and nobody asks how others begin.
            let excerpt = passage == Passage::Body && front.summary.is_none();
            let setting = Setting { finder: setting.finder.filter(|_| is_read), excerpt, ..setting };
            passages.push((passage, body::read(text, setting)));
        }
    }
    passages
}

/// The notes that cite sources, with the sentences that were found on the way; those of other notes are let go.
fn citations(passages: &mut [(Passage, Facts)], notes: &Notes) -> Box<[Citation]> {
    let cited: Vec<usize> = (0..notes.called.len()).filter(|&note| notes.cites(note)).collect();
    if cited.is_empty() {
        return Box::default();
    }
    let numbers = notes.numbers();
    let mut sentences: BTreeMap<usize, String> = BTreeMap::new();
    let mut first: BTreeMap<usize, (Passage, Span)> = BTreeMap::new();
    for (passage, facts) in passages {
        let mut found: BTreeMap<usize, String> =
            std::mem::take(&mut facts.call_sentences).into_iter().collect();
        for call in &facts.calls {
            let Some(note) = numbers.of(&call.label).filter(|&note| notes.cites(note)) else { continue };
            first.entry(note).or_insert_with(|| (*passage, Span::new(call.range.clone())));
            if !sentences.contains_key(&note) {
                sentences.extend(found.remove(&call.range.start).map(|sentence| (note, sentence)));
            }
        }
    }
    let citation = |note| Citation {
        note,
        sentence: sentences.remove(&note).unwrap_or_default().into(),
        call: first.get(&note).copied(),
    };
    cited.into_iter().map(citation).collect()
}

/// The passages that the front matter writes letter for letter, between quotation marks.
fn mendable(source: &Source, front: &FrontMatter, passages: &[(Passage, Facts)]) -> Box<[Passage]> {
    let is_verbatim = |passage: &Passage| {
        front.passage(*passage).is_some_and(|text| {
            let range = text.span.range();
            source.text.get(range.clone()) == Some(text.value.as_str())
                && source.text[..range.start].ends_with(['"', '\''])
        })
    };
    passages.iter().map(|(passage, _)| *passage).filter(is_verbatim).collect()
}

/// The file's first control character, wherever it stands. All of them are read as spaces, and go by one mend.
fn controls(source: &Source) -> Option<Diagnostic> {
    let (at, character) = source::controls(&source.text).next()?;
    let (last, other) = source::controls(&source.text).last()?;
    let span = Span::new(at..at + character.len_utf8());
    let all = Span::new(at..last + other.len_utf8());
    let without = source::stripped_of_controls(&source.text[all.range()]);
    let message = format!(
        "the text holds the control character U+{:04X}, which no page can show",
        u32::from(character)
    );
    Some(
        Diagnostic::new(&code::CONTROL_CHARACTER, source.place(span), message)
            .label("read as a space")
            .help("delete it")
            .fix(all, without)
            .safe(),
    )
}

impl FrontMatter {
    fn has_sources(&self) -> bool {
        self.references().next().is_some()
    }

    /// The sources of `[footnotes]`, with their labels.
    pub fn references(&self) -> impl Iterator<Item = (&Spanned<String>, &Reference)> {
        self.footnotes.iter().filter_map(|(label, note)| match note {
            FrontNote::Source(reference) => Some((label, &**reference)),
            FrontNote::Text(_) => None,
        })
    }

    /// The text of a passage of the front matter, if there is one.
    pub fn passage(&self, passage: Passage) -> Option<&Spanned<String>> {
        match passage {
            Passage::Summary => self.summary.as_ref(),
            Passage::Caption => self.image.as_ref()?.caption.as_ref(),
            Passage::Credit => self.image.as_ref()?.credit.as_ref(),
            Passage::Body => None,
            Passage::Correction(index) => Some(&self.corrections.get(index)?.text),
            Passage::Note(index) => match &self.footnotes.get(index)?.1 {
                FrontNote::Text(text) => Some(text),
                FrontNote::Source(_) => None,
            },
        }
    }
}

/// Where a range of a value stands in its file: exact where the value is written letter for letter, so that its span is as
/// long as it is; at its start otherwise.
fn within(text: &Spanned<String>, range: Range<usize>) -> Span {
    if text.span.range().len() == text.value.len() {
        Span::new(range).shifted(text.span.start as usize)
    } else {
        Span { end: text.span.start, ..text.span }
    }
}

impl Brief {
    /// The same, its links sharing the paths of the `files` that they lead to, which are in the order of their paths.
    #[must_use]
    pub fn sharing_paths(mut self, files: &[SourceFile]) -> Self {
        let links = self.passages.iter_mut().flat_map(|(_, facts)| &mut facts.links);
        for link in links {
            let Target::File { path, .. } = &mut link.target else { continue };
            if let Ok(index) = files.binary_search_by(|file| file.path.cmp(path)) {
                *path = files[index].path.clone();
            }
        }
        self
    }

    /// What each part of the file speaks of; nothing where that is not known.
    pub fn spoken(&self) -> impl Iterator<Item = &(Part, SpokenOf)> {
        self.spoken_of.iter().flat_map(|parts| parts.iter())
    }

    /// How often the file means `entity` for certain.
    pub fn strong_mentions(&self, entity: EntityId) -> u32 {
        let of_entity = self.spoken().flat_map(|(_, found)| &found.entities).filter(|it| it.entity == entity);
        of_entity.map(|spoken| spoken.strong).sum()
    }

    /// Where a range of a part of the file stands.
    pub fn part_place(&self, part: Part, range: Range<usize>) -> Place {
        match part {
            Part::Title => self.title_place(range).unwrap_or_else(|| self.start()),
            Part::Passage(passage) => self.place(passage, range),
        }
    }

    /// The facts of the body.
    pub fn body(&self) -> &KeptFacts {
        let Some(facts) = self.facts(Passage::Body) else {
            unreachable!("every brief is parsed with its body")
        };
        facts
    }

    /// The facts of a passage, if the file has it.
    pub fn facts(&self, passage: Passage) -> Option<&KeptFacts> {
        self.passages.iter().find(|(found, _)| *found == passage).map(|(_, facts)| facts)
    }

    /// Every link of the file, with the passage it stands in.
    pub fn links(&self) -> impl Iterator<Item = (Passage, &KeptLink)> {
        self.passages.iter().flat_map(|(passage, facts)| facts.links.iter().map(move |link| (*passage, link)))
    }

    /// Where in the file a range of a passage's text stands.
    pub fn place(&self, passage: Passage, range: Range<usize>) -> Place {
        let span = match self.front.passage(passage) {
            Some(text) => within(text, range),
            None => Span::new(range).shifted(self.body_start),
        };
        Place { path: self.path.clone(), span }
    }

    /// The mend that puts `replacement` in the place of a range of a passage's text.
    ///
    /// There is none where the passage is a value that the front matter does not write letter for letter, since the place is
    /// not known to the byte, nor where the replacement would have to be escaped to stand in it.
    pub fn mend(&self, passage: Passage, range: Range<usize>, replacement: &str) -> Option<Fix> {
        let is_body = passage == Passage::Body;
        let fits = is_body || !replacement.contains(['"', '\'', '\\', '\n', '\r']);
        (fits && (is_body || self.mendable.contains(&passage)))
            .then(|| Fix::new(self.place(passage, range).span, replacement))
    }

    /// The source that a note cites, if it cites one.
    pub fn reference<'a>(&'a self, origin: Origin, bibliography: &'a Bibliography) -> Option<&'a Reference> {
        match origin {
            Origin::Body(_) => None,
            Origin::Front(entry) => match &self.front.footnotes.get(entry)?.1 {
                FrontNote::Source(reference) => Some(reference),
                FrontNote::Text(_) => None,
            },
            Origin::Shared(entry) => bibliography.get(entry).map(|entry| &entry.reference),
        }
    }

    /// Where a note of the file is defined; the file as a whole for one of the shared library.
    pub fn note_place(&self, origin: Origin) -> Place {
        match origin {
            Origin::Body(definition) => {
                let range = self.body().definitions.get(definition).map_or(0..0, |found| found.span.range());
                self.place(Passage::Body, range)
            }
            Origin::Front(entry) => {
                let span = self.front.footnotes.get(entry).map_or(Span::default(), |(label, _)| label.span);
                Place { path: self.path.clone(), span }
            }
            Origin::Shared(_) => self.start(),
        }
    }

    /// The mend that deletes a note which is to be remarked on, where it stands on lines of its own and nothing else reads
    /// otherwise without them. It is safe where the note only repeats another.
    pub fn note_removal(&self, origin: Origin) -> Option<Fix> {
        let found = self.note_removals.binary_search_by_key(&origin, |removal| removal.origin).ok()?;
        let removal = &self.note_removals[found];
        let fix = Fix::new(removal.span, "");
        Some(if removal.is_repetition { fix.safe() } else { fix })
    }

    /// Whether a call is broken, or leads to no note: one of those that nobody calls may be meant.
    pub fn has_lost_calls(&self) -> bool {
        let is_lost = |facts: &KeptFacts| {
            !facts.remarks().lost_calls.is_empty() || !facts.remarks().broken_calls.is_empty()
        };
        !self.notes.faults().undefined.is_empty() || self.passages.iter().any(|(_, facts)| is_lost(facts))
    }

    /// Where the note of a citation is called first.
    pub fn first_call(&self, citation: &Citation) -> Option<Place> {
        citation.call.map(|(passage, call)| self.place(passage, call.range()))
    }

    /// Whether the file defines a note for `label` to call.
    pub fn defines(&self, label: &str) -> bool {
        let key = label::key(label);
        let in_body = self.body().definitions.iter().map(|definition| &*definition.label);
        let in_front = self.front.footnotes.iter().map(|(label, _)| label.value.as_str());
        in_body.chain(in_front).any(|label| label::key(label) == key)
    }

    /// Where a range of the title stands, if there is one; an empty place where the title is not written letter for letter.
    pub fn title_place(&self, range: Range<usize>) -> Option<Place> {
        let title = self.front.title.as_ref()?;
        Some(Place { path: self.path.clone(), span: within(title, range) })
    }

    /// The mend that puts `replacement` in the place of a range of the title, if the front matter writes it letter for letter
    /// and the replacement too can stand there so.
    pub fn title_mend(&self, range: Range<usize>, replacement: &str) -> Option<Fix> {
        let title = self.front.title.as_ref()?;
        let is_verbatim = title.span.range().len() == title.value.len();
        let fits = !replacement.contains(['"', '\'', '\\', '#', ':', '\n', '\r']);
        (is_verbatim && fits).then(|| Fix::new(within(title, range), replacement))
    }

    /// The file as a whole.
    pub fn start(&self) -> Place {
        Place { path: self.path.clone(), span: Span::default() }
    }

    /// Whether `id` is an anchor of the file's page: a heading's or a note's, or one of the page's own, which every theme
    /// is to keep.
    pub fn has_anchor(&self, id: &str) -> bool {
        let is_of_page = match id {
            "" | "content" => true,
            "notes" => !self.notes.called.is_empty(),
            "errata" => !self.front.corrections.is_empty(),
            _ => false,
        };
        is_of_page
            || self.body().headings.iter().any(|heading| *heading.id == *id)
            || id.strip_prefix("note-").is_some_and(|id| self.notes.called.iter().any(|note| note.id() == id))
    }
}
