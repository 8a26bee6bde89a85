//! What the page of a document shows: of a brief, or of a stand-alone page.

use super::{CountryLink, DateView, LanguageLink, LinkView, SharedEntry, SourceLink, SourceView};
use crate::brief::{Note, OtherLabels, Passage};
use crate::language::LanguageTag;
use crate::source::Digested;
use compact_str::CompactString;
use serde::Serialize;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The page of a brief.
#[derive(Debug, Serialize)]
pub struct BriefPage {
    /// The brief.
    pub brief: BriefView,
    /// What feeds show of it that are still to be made, so that its Markdown is parsed once for them and its page. The page is the
    /// same without.
    #[serde(skip)]
    pub entry: Option<Arc<SharedEntry>>,
}

impl Hash for BriefPage {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { brief, entry: _ } = self;
        brief.hash(state);
    }
}

/// A brief.
#[derive(Debug, Hash, Serialize)]
pub struct BriefView {
    /// Its title.
    pub title: String,
    /// What it is written in.
    pub language: LanguageTag,
    /// Its day.
    pub date: DateView,
    /// The day it was last changed, where its writer says so.
    pub updated: Option<DateView>,
    /// Whether it is a draft, shown because drafts were asked for.
    pub draft: bool,
    /// Its countries, the lead one first.
    pub countries: Vec<CountryLink>,
    /// The organisations it declares, by their short names.
    pub organisations: Vec<LinkView>,
    /// Who wrote it.
    pub authors: Vec<LinkView>,
    /// Its topics.
    pub topics: Vec<LinkView>,
    /// The series it is part of.
    pub series: Option<SeriesView>,
    /// The same brief in other languages.
    pub translations: Vec<LanguageLink>,
    /// The image above the text.
    pub image: Option<ImageView>,
    /// Its headings, for a table of contents.
    pub contents: Vec<ContentsEntry>,
    /// How many words it has, notes apart.
    pub words: usize,
    /// The briefs that link to it, newest first.
    pub cited_by: Vec<CitationView>,
    /// At most five others a reader may want.
    pub related: Vec<BriefLine>,
    /// What was written before and after on each of its countries.
    pub neighbours: Vec<NeighboursView>,
    /// How others cite it.
    pub cite: CiteView,
    /// The brief's own `[extra]`.
    pub extra: serde_json::Value,
    /// Its Markdown, from which rendering makes `summary`, `content`, `notes`, `corrections` and `image`'s texts.
    #[serde(skip)]
    pub text: Arc<Digested<TextView>>,
}

/// The Markdown of a document and all that rendering it takes. Templates see what is made of it instead:
/// `summary`, `content`, `notes`, `corrections`, `caption` and `credit`, at the top level.
#[derive(Debug, Default, Hash)]
pub struct TextView {
    /// The passages, the body among them.
    pub passages: BTreeMap<Passage, String>,
    /// Where each link leads: the passage and offset at which it begins, and its URL; `None` prints its words alone.
    pub links: BTreeMap<(Passage, usize), Option<String>>,
    /// What of the body leads to the page of a country: the offset at which its words begin, where they end, and the URL.
    pub mentions: BTreeMap<usize, (usize, String)>,
    /// The ids of the body's headings: the offset at which each begins, and its id.
    pub headings: BTreeMap<usize, CompactString>,
    /// The notes, numbered.
    pub notes: Vec<NoteText>,
    /// What calls some of them besides their own labels.
    pub other_labels: OtherLabels,
    /// The day of each correction, as [`DateView`] has it.
    pub corrections: Vec<DateView>,
    /// What is done with raw HTML.
    pub raw_html: crate::config::RawHtml,
}

/// A note and where its text comes from.
#[derive(Debug, Hash)]
pub struct NoteText {
    /// Its label, id, origin and number of calls.
    pub note: Note,
    /// The source it cites; what other notes say is a passage.
    pub source: Option<SourceView>,
    /// The link to the page of its source, where there is one.
    pub cited: Option<SourceLink>,
}

/// A correction, ready to print. Made by rendering.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CorrectionView {
    /// When it was made.
    pub date: DateView,
    /// What it says, HTML.
    pub html: String,
}

/// The series a brief is part of.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SeriesView {
    /// Its name.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// The brief's place in it, the oldest being 1.
    pub position: usize,
    /// How many it has.
    pub total: usize,
    /// The one before.
    pub previous: Option<LinkView>,
    /// The one after.
    pub next: Option<LinkView>,
}

/// The image above a brief. Its caption and credit are `caption` and `credit` at the top level.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ImageView {
    /// The link to the file.
    pub url: String,
    /// The alternative text.
    pub alt: String,
}

/// A heading of a brief.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ContentsEntry {
    /// From 2 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// `#…`.
    pub url: String,
}

/// A brief that links to this one.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CitationView {
    /// Its title.
    pub title: String,
    /// The link.
    pub url: String,
    /// Its day; a stand-alone page has none.
    pub date: Option<DateView>,
    /// What it is written in.
    pub language: LanguageTag,
    /// The sentence that links here: what stands before the link's words.
    pub before: String,
    /// The link's words.
    pub within: String,
    /// What stands after them.
    pub after: String,
}

/// A brief that another page leads to, in a line.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct BriefLine {
    /// Its title.
    pub title: String,
    /// The link.
    pub url: String,
    /// Its day.
    pub date: DateView,
    /// What it is written in.
    pub language: LanguageTag,
}

/// What was written before and after on one country, or on several where it is the same.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct NeighboursView {
    /// The countries.
    pub countries: Vec<CountryLink>,
    /// The brief before, if any.
    pub previous: Option<BriefLine>,
    /// The brief after, if any.
    pub next: Option<BriefLine>,
}

/// How to cite a brief.
#[derive(Debug, Default, Hash, Serialize)]
pub struct CiteView {
    /// The day of the text that readers have, where it was updated or corrected since its own.
    pub version: Option<DateView>,
    /// Its reference for programs.
    pub files: Vec<CiteFile>,
}

/// A brief's reference in a format of reference managers.
#[derive(Debug, Hash, Serialize)]
pub struct CiteFile {
    /// The format's name: `BibTeX` or `CSL-JSON`.
    pub format: &'static str,
    /// What the file is called: `2023-11-23-otsc.bib`.
    pub name: String,
    /// All that stands in it.
    pub text: String,
    /// The file itself, as a `data:` URL: `<a download="…" href="…">` saves it.
    pub url: String,
}

/// The page of a stand-alone page.
#[derive(Debug, Hash, Serialize)]
pub struct StandAlonePage {
    /// The document. Its `summary`, `content` and `notes` are at the top level.
    pub document: StandAloneView,
}

/// A stand-alone page.
#[derive(Debug, Hash, Serialize)]
pub struct StandAloneView {
    /// Its title.
    pub title: String,
    /// What it is written in.
    pub language: LanguageTag,
    /// The day it was last changed, where its writer says so.
    pub updated: Option<DateView>,
    /// The same page in other languages.
    pub translations: Vec<LanguageLink>,
    /// Its headings.
    pub contents: Vec<ContentsEntry>,
    /// The briefs that link to it, newest first.
    pub cited_by: Vec<CitationView>,
    /// The page's own `[extra]`.
    pub extra: serde_json::Value,
    /// Its Markdown.
    #[serde(skip)]
    pub text: Digested<TextView>,
}
