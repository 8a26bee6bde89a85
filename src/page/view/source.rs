//! Sources: in the notes of a brief, and on pages of their own and of their publishers.

use super::{DateView, LinkView, Pagination};
use crate::language::LanguageTag;
use compact_str::CompactString;
use serde::Serialize;
use std::sync::Arc;

/// A source, as a note or a page of sources cites it: its values, written out in the page's language. What it does not have
/// is none.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct SourceView {
    /// What kind of thing it is: `document`, `article`, `dispatch`, `report`, `law`, `resolution`, `speech`, `interview`,
    /// `post`, `video`, `dataset` or `book`. Its template is `sources/<kind>.html`.
    pub kind: &'static str,
    /// The label that calls it.
    pub label: CompactString,
    /// Its title, in its own language.
    pub title: Arc<str>,
    /// What it is written in, where that is not the brief's language.
    pub language: Option<LanguageTag>,
    /// Who wrote it or speaks in it, as a list: « Anne Dupont et Igor Petrov ».
    pub authors: Option<String>,
    /// Who published it.
    pub publisher: Option<CompactString>,
    /// The number of a law, a resolution or a report.
    pub number: Option<CompactString>,
    /// When it was published: a day, a month or a year.
    pub date: Option<DateView>,
    /// Where it can be read: a URL that begins with `https://` or `http://`.
    pub url: Option<Arc<str>>,
    /// Where a copy of it is kept.
    pub archive: Option<ArchiveCopyView>,
    /// The day it was read.
    pub accessed: Option<DateView>,
    /// The place in it: « p. 12–14 ».
    pub locator: Option<String>,
    /// The same as an item of CSL-JSON, with `locator` and `label`; where the site prints sources by a style in CSL.
    #[serde(skip)]
    pub csl: Option<String>,
}

/// The kept copy of a source.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct ArchiveCopyView {
    /// Its URL.
    pub url: Arc<str>,
    /// The day it was made, where that is known.
    pub date: Option<DateView>,
}

/// The page of a source that several briefs cite.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SourceLink {
    /// The link.
    pub url: String,
    /// How many briefs cite it, this one among them.
    pub count: usize,
}

/// A publisher, and how many briefs on a country cite a source of it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CitedPublisher {
    /// Its name.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// How many briefs.
    pub count: usize,
}

/// A source, and how many briefs on a country cite it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CitedSource {
    /// Its title.
    pub title: String,
    /// What it is written in, where that is not the page's language.
    pub language: Option<LanguageTag>,
    /// Its publisher's name, or the host it is read at; empty where there is neither.
    pub publisher: String,
    /// The link to its page.
    pub url: String,
    /// How many briefs.
    pub count: usize,
}

/// The index of sources: their publishers.
#[derive(Debug, Hash, Serialize)]
pub struct SourcesView {
    /// The publishers, under their initials, in the order of the language.
    pub initials: Vec<InitialView>,
    /// What has neither publisher nor address.
    pub nameless: Option<PublisherCount>,
    /// How many publishers there are.
    pub publishers: usize,
    /// How many sources there are.
    pub count: usize,
}

/// The publishers whose names begin with one letter.
#[derive(Debug, Hash, Serialize)]
pub struct InitialView {
    /// The letter, or `#` for figures.
    pub initial: String,
    /// The publishers, in the order of the language.
    pub publishers: Vec<PublisherCount>,
}

/// A publisher, and how much is cited of it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PublisherCount {
    /// Its name, or the host its sources are read at.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// How many sources it has.
    pub sources: usize,
    /// How many briefs cite one of them.
    pub briefs: usize,
}

/// The page of a publisher, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct PublisherPage {
    /// Its name, or the host its sources are read at.
    pub name: String,
    /// Its sources on this page: those that the newest briefs cite come first.
    pub sources: Vec<SourceEntry>,
    /// How many there are in all.
    pub count: usize,
    /// How many briefs cite one of them.
    pub briefs: usize,
    /// Where in the sources this page stands.
    pub pagination: Pagination,
    /// The link to the index of sources.
    pub index: LinkView,
}

/// A source on the page of its publisher.
#[derive(Debug, Hash, Serialize)]
pub struct SourceEntry {
    /// The source.
    pub source: SourceView,
    /// The link to its own page, where several briefs cite it.
    pub page: Option<SourceLink>,
    /// The newest briefs that cite it, at most three.
    pub citations: Vec<SourceCitationView>,
}

/// A brief that cites a source.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct SourceCitationView {
    /// Its title.
    pub title: String,
    /// The link.
    pub url: String,
    /// Its day; a stand-alone page has none.
    pub date: Option<DateView>,
    /// What it is written in.
    pub language: LanguageTag,
    /// The sentence in which it cites the source first; may be empty.
    pub sentence: String,
}

/// The page of a source that several briefs cite, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct SourcePage {
    /// The source.
    pub source: SourceView,
    /// The link to the page of its publisher.
    pub publisher: LinkView,
    /// The briefs on this page that cite it, newest first.
    pub citations: Vec<SourceCitationView>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
}
