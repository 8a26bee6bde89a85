//! What templates see: everything that can stand on a page, as finished values.
//!
//! A template gets [`View::frame`]'s fields and those of its content at the top level, and nothing else. Links are relative
//! to the page, dates and numbers are written out in its language, lists are in the order they are to be shown. Fields that
//! hold Markdown say so; the templates' `inline` filter turns it to HTML, without links and note calls. HTML made by
//! Dépêche is marked as safe and is not escaped again.
//!
//! `docs/themes.md` lists these types for theme makers; `tests/themes.rs` compares the two.

use crate::brief::{Note, Numbers, Passage};
use crate::language::LanguageTag;
use crate::source::Digested;
use compact_str::CompactString;
use serde::Serialize;
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// All that one page shows.
#[derive(Debug, Hash, Serialize)]
pub struct View {
    /// What every page has.
    #[serde(flatten)]
    pub frame: Frame,
    /// What this one has.
    #[serde(flatten)]
    pub content: Content,
}

/// What every page has.
#[derive(Debug, Hash, Serialize)]
pub struct Frame {
    /// The publication.
    pub site: Digested<SiteView>,
    /// This page.
    pub page: PageView,
}

/// The publication, in the page's language.
#[derive(Debug, Hash, Serialize)]
pub struct SiteView {
    /// Its title.
    pub title: String,
    /// What it is about, in a sentence; may be empty.
    pub description: String,
    /// Who publishes it.
    pub publisher: String,
    /// The base URL, with a slash at its end.
    pub base_url: String,
    /// The link to the site's root, to be put before the path of a static file: `{{ site.root }}courrier.css`.
    pub root: String,
    /// The link to the home page in this language.
    pub home: String,
    /// The site's main parts, then the menu of `site.toml`.
    pub menu: Vec<MenuItem>,
    /// The same page, or else the home page, in each language of the site; empty where there is one language.
    pub languages: Vec<LanguageLink>,
    /// The feeds of all its briefs in this language.
    pub feeds: Vec<FeedLink>,
    /// Program and version, for `<meta name="generator">`.
    pub generator: String,
    /// The site's own `[extra]`.
    pub extra: serde_json::Value,
}

/// One entry of a menu.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MenuItem {
    /// Its words.
    pub title: String,
    /// Its link.
    pub url: String,
    /// Whether it leads to this page.
    pub current: bool,
}

/// A page in another language.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct LanguageLink {
    /// BCP 47 tag.
    pub language: LanguageTag,
    /// The language's name in itself: « français ».
    pub name: String,
    /// The link.
    pub url: String,
    /// Whether it is this page's language.
    pub current: bool,
    /// Whether this very page exists in it; otherwise the link leads to the home page.
    pub translated: bool,
}

/// This page.
#[derive(Debug, Hash, Serialize)]
pub struct PageView {
    /// Which kind of page: `home`, `brief`, `page`, `countries`, `country`, `about-index`, `organisations`, `organisation`, `topics`, `topic`, `authors`, `author`,
    /// `series-index`, `series`, `sources`, `publisher`, `source`, `archive`, `year`, `month`, `not-found`.
    pub kind: &'static str,
    /// What stands in `<title>`, without the publication's; empty on the home page.
    pub title: String,
    /// For `<meta name="description">`; may be empty. Plain text.
    pub description: String,
    /// BCP 47 tag.
    pub language: LanguageTag,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// The absolute URL of the page.
    pub canonical: String,
    /// The same content in other languages, this one included; empty where there is none.
    pub alternates: Vec<Alternate>,
    /// Feeds of what the page lists, the most particular first.
    pub feeds: Vec<FeedLink>,
    /// JSON-LD that describes the page, ready to stand in a script element; empty where there is none.
    #[serde(serialize_with = "as_markup")]
    pub json_ld: String,
    /// For `og:image`: the absolute URL and the alternative text of the page's image.
    pub image: Option<PageImage>,
}

/// Hands a text to templates as markup, which is not escaped.
fn as_markup<S: serde::Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    tera::Value::safe_string(text).serialize(serializer)
}

/// For `<link rel="alternate" hreflang>`.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Alternate {
    /// BCP 47 tag, or `x-default`.
    pub language: String,
    /// The absolute URL.
    pub url: String,
}

/// For `<link rel="alternate" type>`, and the links readers see.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct FeedLink {
    /// What the feed holds.
    pub title: String,
    /// `application/atom+xml` or `application/feed+json`.
    pub media_type: &'static str,
    /// The link.
    pub url: String,
}

/// An image for cards that others make of the page.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PageImage {
    /// The absolute URL.
    pub url: String,
    /// The alternative text.
    pub alt: String,
}

/// What one kind of page has.
#[derive(Debug, Hash, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// `home.html`.
    Home(HomeView),
    /// `brief.html`.
    Brief(Box<BriefPage>),
    /// `page.html`: a stand-alone page.
    StandAlone(Box<StandAlonePage>),
    /// `countries.html`: the index of countries.
    Countries(CountriesView),
    /// `country.html`.
    Country(Box<CountryPage>),
    /// `about-index.html`: how countries are found and counted.
    AboutIndex(AboutIndexView),
    /// `organisations.html`: the index of organisations.
    Organisations(OrganisationsView),
    /// `organisation.html`.
    Organisation(Box<OrganisationPage>),
    /// `groups.html`: the index of topics, of authors or of series.
    Groups(GroupsView),
    /// `group.html`: a topic, an author or a series.
    Group(GroupView),
    /// `sources.html`: the index of sources, by publisher.
    Sources(SourcesView),
    /// `publisher.html`: the sources of a publisher.
    Publisher(PublisherPage),
    /// `source.html`: a source that several briefs cite.
    Source(Box<SourcePage>),
    /// `archive.html`: all years and months.
    Archive(ArchiveView),
    /// `period.html`: a year or a month.
    Period(PeriodView),
    /// `404.html`.
    NotFound {},
    /// `redirect.html`.
    Redirect(RedirectView),
    /// `atom.xml`, and the JSON feed.
    Feed(Box<FeedView>),
    /// `sitemap.xml`.
    Sitemap(SitemapView),
    /// `sitemap-index.xml`: the site map of a large site.
    SitemapIndex(SitemapIndexView),
    /// `robots.txt`.
    Robots(RobotsView),
}

/// A link and its words.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct LinkView {
    /// The words.
    pub name: String,
    /// The link.
    pub url: String,
}

/// A day; of a source also a month or a year.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct DateView {
    /// `2023-11-23`, or with its time where the brief gives one; for `<time datetime>`. Of a source also `2023-11` or `2023`.
    pub iso: CompactString,
    /// Written out: « 23 novembre 2023 ».
    pub text: CompactString,
}

/// A country as other pages name it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CountryLink {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: CompactString,
    /// Its name in the page's language.
    pub name: CompactString,
    /// The link to its page.
    pub url: String,
    /// Whether it is the brief's lead country.
    pub lead: bool,
}

/// A brief as lists show it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// The link.
    pub url: String,
    /// Its day.
    pub date: DateView,
    /// What it is written in.
    pub language: LanguageTag,
    /// Its standfirst, or else its first words; Markdown. May be empty.
    pub summary: String,
    /// Its countries.
    pub countries: Vec<CountryLink>,
    /// On a country's page: whether that country is its lead one.
    pub lead: bool,
}

/// Where a page stands in a list cut into pages.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Pagination {
    /// This page's number, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The link to the page with newer briefs.
    pub newer: Option<String>,
    /// The link to the page with older briefs.
    pub older: Option<String>,
    /// The pages to offer: first, last and those around this one; gaps are left out.
    pub pages: Vec<PageNumber>,
}

/// One page of a pagination.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PageNumber {
    /// Its number.
    pub number: usize,
    /// The link.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether pages are left out before it.
    pub gap: bool,
}

/// Briefs of one year.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// The link to its archive page.
    pub url: String,
    /// Its months, newest first.
    pub months: Vec<MonthView>,
}

/// Briefs of one month.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MonthView {
    /// From 1 to 12.
    pub month: i8,
    /// « novembre 2023 ».
    pub title: String,
    /// « novembre ».
    pub name: String,
    /// The link to its archive page.
    pub url: String,
    /// How many briefs the month has in all.
    pub count: usize,
    /// The briefs shown here, newest first; empty where only counts are shown.
    pub briefs: Vec<Card>,
}

/// The home page, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct HomeView {
    /// The briefs, newest first.
    pub briefs: Vec<Card>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// The countries with most briefs, at most a dozen.
    pub countries: Vec<CountryCount>,
}

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
    /// Which of them each label calls.
    pub calls: Numbers,
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
    pub title: String,
    /// What it is written in, where that is not the brief's language.
    pub language: Option<LanguageTag>,
    /// Who wrote it or speaks in it, as a list: « Anne Dupont et Igor Petrov ».
    pub authors: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The number of a law, a resolution or a report.
    pub number: Option<String>,
    /// When it was published: a day, a month or a year.
    pub date: Option<DateView>,
    /// Where it can be read: a URL that begins with `https://` or `http://`.
    pub url: Option<String>,
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
    pub url: String,
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

/// The index of countries.
#[derive(Debug, Hash, Serialize)]
pub struct CountriesView {
    /// The regions that have countries with briefs.
    pub regions: Vec<RegionView>,
    /// How many countries there are.
    pub count: usize,
    /// What the map of them shows; none where there are none.
    pub map: Option<WorldMapView>,
    /// The link to the page about the index.
    pub about: LinkView,
}

/// The world, and how much there is on each country. Rendering makes the map itself of it: `world_map`.
#[derive(Debug, Hash, Serialize)]
pub struct WorldMapView {
    /// What it is called.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub description: String,
    /// The classes of coverage that it has, the lowest first; what has no brief is of class 0.
    pub classes: Vec<CoverageClass>,
    /// The countries of the index, in its order.
    #[serde(skip)]
    pub countries: Vec<MappedCountry>,
}

/// A class of coverage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CoverageClass {
    /// Its number, from 1 to 5: what is of it has the class `map-1`…
    pub class: usize,
    /// How many briefs a country of it has: « 2 à 4 ».
    pub text: String,
}

/// A country on the map of the world.
#[derive(Clone, Debug, Hash)]
pub struct MappedCountry {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub key: String,
    /// Its class of coverage.
    pub class: usize,
    /// The link to its page.
    pub url: String,
    /// What the link says: « Kazakhstan : 12 articles ».
    pub title: String,
}

/// A region of the world, by UN M49.
#[derive(Debug, Hash, Serialize)]
pub struct RegionView {
    /// Its M49 code; empty for what belongs to none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its countries, in the order of the language.
    pub countries: Vec<CountryCount>,
}

/// A country and how much was written on it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CountryCount {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: CompactString,
    /// Its name.
    pub name: CompactString,
    /// The link to its page.
    pub url: String,
    /// How many briefs declare it.
    pub count: usize,
    /// The day of the newest.
    pub latest: DateView,
}

/// The page of a country, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct CountryPage {
    /// The country.
    pub country: CountryView,
    /// Its briefs on this page, newest first.
    pub years: Vec<YearView>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// On the first page, what is known of the country and of its briefs.
    pub facts: Option<CountryFacts>,
    /// On the first page, the newest briefs that mention the country and do not declare it, at most fifty.
    pub mentions: Vec<BriefLine>,
    /// How many such briefs there are.
    pub mention_count: usize,
    /// On the first page, the publishers that most of its briefs cite, at most ten.
    pub publishers: Vec<CitedPublisher>,
    /// On the first page, the sources that most of its briefs cite, at most ten, each cited by several.
    pub sources: Vec<CitedSource>,
    /// The link to the page about the index.
    pub about: LinkView,
    /// The introduction's Markdown, on the first page; rendering makes `content` and `notes` of it.
    #[serde(skip)]
    pub introduction: Option<TextView>,
}

/// A country.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CountryView {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: String,
    /// Its name alone: « Arménie ».
    pub name: String,
    /// With its article: « l’Arménie ».
    pub definite: String,
    /// « de l’Arménie ».
    pub of: String,
    /// « en Arménie ».
    #[serde(rename = "in")]
    pub within: String,
    /// « sur l’Arménie ».
    pub on: String,
    /// Its region's name, and the link to its place in the index of countries.
    pub region: Option<LinkView>,
    /// The state a territory is disputed with or part of.
    pub parent: Option<EntityLink>,
    /// What came in the place of what is no more.
    pub successors: Vec<EntityLink>,
    /// What the site says of it; may be empty.
    pub note: String,
}

/// A country or an organisation that the site may have a page of.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct EntityLink {
    /// Its name.
    pub name: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
}

/// The page that tells how countries are found and counted, and what the publication makes of territories.
#[derive(Debug, Hash, Serialize)]
pub struct AboutIndexView {
    /// The link to the index of countries.
    pub index: LinkView,
    /// The territories of which there is something to say: those that are disputed, those that the site declares, and of the
    /// others those that have a page. By what they are.
    pub kinds: Vec<TerritoriesView>,
}

/// Territories of one sort.
#[derive(Debug, Hash, Serialize)]
pub struct TerritoriesView {
    /// What they are: `disputed`, `historical`, `territory` or `state`.
    pub kind: &'static str,
    /// The same in words: « Territoires disputés ».
    pub name: String,
    /// The territories, in the order of the language.
    pub territories: Vec<TerritoryView>,
}

/// What the publication makes of a territory.
#[derive(Debug, Hash, Serialize)]
pub struct TerritoryView {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
    /// The state it is disputed with or part of, with a link where it has a page.
    pub parent: Option<EntityLink>,
    /// What there is to say of its status; may be empty.
    pub note: String,
    /// Whether the site itself declares it, or says something else of it than what is built in.
    pub own: bool,
    /// Whether it has a place in the index; what is on one that has none is counted to its parent.
    pub indexed: bool,
}

/// What is known of a country, and how it is covered. Rendering makes `map` of it, the country among its neighbours, and `chart`,
/// its briefs in time: SVG, empty where there is nothing to draw.
#[derive(Debug, Hash, Serialize)]
pub struct CountryFacts {
    /// Its capital.
    pub capital: Option<String>,
    /// Those with which it shares a border on land.
    pub neighbours: Vec<EntityCount>,
    /// The territories that are attributed to it and have a place in the index, in the order of the language.
    pub territories: Vec<EntityCount>,
    /// The organisations it belongs to, in the order of the language.
    pub organisations: Vec<MembershipView>,
    /// Those it belonged to.
    pub former_organisations: Vec<MembershipView>,
    /// How many briefs it had, period by period; none where there is one period.
    pub history: Option<HistoryView>,
    /// The countries that most of its briefs declare beside it, at most eight.
    pub together: Vec<EntityCount>,
    /// The series its briefs are part of, in the order of the language.
    pub series: Vec<EntityCount>,
    /// The maps that show where it is; the first that can be drawn is.
    #[serde(skip)]
    pub maps: Vec<LocatorView>,
}

/// A name with how many briefs there are.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct EntityCount {
    /// The name.
    pub name: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
    /// How many briefs.
    pub count: usize,
}

/// That a country belongs to an organisation, or did; on the page of either, it names the other.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MembershipView {
    /// The name of the organisation, or of the country.
    pub name: String,
    /// The short name; the same where there is no shorter.
    pub short: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
    /// What the country is: `member`, `suspended`, `associate`, `candidate`, `partner` or `observer`.
    pub status: &'static str,
    /// Since when, where that is known.
    pub since: Option<DateView>,
    /// Until when, of what is over.
    pub until: Option<DateView>,
    /// « depuis 1994 »; of what is over « 1994–1999 ». Empty where nothing is known.
    pub years: String,
    /// What a reader should know of it; may be empty.
    pub note: String,
}

/// How many briefs there were in each period.
#[derive(Debug, Hash, Serialize)]
pub struct HistoryView {
    /// « Articles par mois ».
    pub title: String,
    /// What a period is: « Mois ».
    pub period: String,
    /// The chart in words.
    pub description: String,
    /// Every period from the first that has briefs to the last, in order.
    pub periods: Vec<PeriodCount>,
}

/// A period and how many briefs it has.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PeriodCount {
    /// « mars 2022 ».
    pub name: String,
    /// How many briefs.
    pub count: usize,
}

/// A map that shows where a country is.
#[derive(Debug, Hash)]
pub struct LocatorView {
    /// The country's key in the atlas.
    pub key: String,
    /// « Carte de situation de l’Arménie ».
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
}

/// The index of organisations.
#[derive(Debug, Hash, Serialize)]
pub struct OrganisationsView {
    /// The organisations, in the order of the language.
    pub organisations: Vec<OrganisationCount>,
}

/// An organisation and how much was written on it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct OrganisationCount {
    /// Its name.
    pub name: String,
    /// Its short name; the same where there is no shorter.
    pub short: String,
    /// The link to its page.
    pub url: String,
    /// How many briefs declare or mention it.
    pub count: usize,
}

/// The page of an organisation, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct OrganisationPage {
    /// The organisation.
    pub organisation: OrganisationView,
    /// On the first page, those that belong to it on the day of the edition, by what they are to it.
    pub members: Vec<MembersView>,
    /// On the first page, those that did.
    pub former_members: Vec<MembershipView>,
    /// On the first page, where the dates are written.
    pub dates_from: Vec<String>,
    /// The briefs on this page that declare it, newest first.
    pub briefs: Vec<Card>,
    /// The briefs on this page that mention it: they come after all that declare it, newest first.
    pub mentions: Vec<BriefLine>,
    /// How many briefs there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// The link to the index of organisations.
    pub index: LinkView,
    /// The introduction's Markdown, on the first page; rendering makes `content` and `notes` of it.
    #[serde(skip)]
    pub introduction: Option<TextView>,
}

/// An organisation.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct OrganisationView {
    /// Its key: `org:otsc`.
    pub key: String,
    /// Its name alone.
    pub name: String,
    /// Its short name; the same where there is no shorter.
    pub short: String,
    /// With its article: « l’Organisation du traité de sécurité collective ».
    pub definite: String,
    /// « sur l’Organisation du traité de sécurité collective ».
    pub on: String,
    /// When it was founded.
    pub founded: Option<DateView>,
    /// The last day of one that is no more.
    pub dissolved: Option<DateView>,
    /// The URL of its official site.
    pub site: Option<String>,
    /// What the site says of it; may be empty.
    pub note: String,
}

/// Those that are the same to an organisation.
#[derive(Debug, Hash, Serialize)]
pub struct MembersView {
    /// What they are: `member`, `suspended`, `associate`, `candidate`, `partner` or `observer`.
    pub status: &'static str,
    /// They, in the order of the language.
    pub members: Vec<MembershipView>,
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

/// The index of topics, authors or series.
#[derive(Debug, Hash, Serialize)]
pub struct GroupsView {
    /// In the order of the language.
    pub groups: Vec<GroupCount>,
}

/// A topic, author or series, and how many briefs it has.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GroupCount {
    /// Its name.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// How many briefs.
    pub count: usize,
    /// The day of the newest.
    pub latest: DateView,
}

/// The page of a topic, author or series, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct GroupView {
    /// Its name.
    pub name: String,
    /// The briefs on this page: newest first, but a series from its first on.
    pub briefs: Vec<Card>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// The link to the index of its kind.
    pub index: LinkView,
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

/// All years and months.
#[derive(Debug, Hash, Serialize)]
pub struct ArchiveView {
    /// The years, newest first; months come with counts alone.
    pub years: Vec<YearView>,
    /// How many briefs there are in all.
    pub count: usize,
}

/// A year or a month.
#[derive(Debug, Hash, Serialize)]
pub struct PeriodView {
    /// « 2023 » or « novembre 2023 ».
    pub title: String,
    /// One year; of a month's page only that month, with the briefs of this page. Of a year with more briefs than a page of a
    /// list holds, its months come with counts alone.
    pub years: Vec<YearView>,
    /// How many briefs there are in the period.
    pub count: usize,
    /// Where in a month's briefs this page stands; a year has one page.
    pub pagination: Pagination,
    /// The period before, where it has briefs.
    pub older: Option<LinkView>,
    /// The period after, where it has briefs.
    pub newer: Option<LinkView>,
    /// The link to the page above: the year of a month, the archive of a year.
    pub up: LinkView,
}

/// An address that leads on.
#[derive(Debug, Hash, Serialize)]
pub struct RedirectView {
    /// The link to the new address.
    pub url: String,
    /// The title of what is found there.
    pub title: String,
}

/// A feed. Rendering adds `entries`, its list of `FeedEntry`, the newest first.
#[derive(Debug, Hash, Serialize)]
pub struct FeedView {
    /// What it holds.
    pub title: String,
    /// What it is about; may be empty.
    pub description: String,
    /// Its own URL.
    pub self_url: String,
    /// The URL of the page it follows.
    pub page_url: String,
    /// RFC 3339 instant of its newest entry.
    pub updated: String,
    /// The entries, newest first.
    #[serde(skip)]
    pub entries: Vec<Arc<SharedEntry>>,
}

/// A brief in feeds, and what is made of it: once for all of them.
#[derive(Debug)]
pub struct SharedEntry {
    /// The brief.
    pub entry: Digested<FeedEntry>,
    /// What rendering makes of it, as soon as it is asked for.
    pub rendered: OnceLock<RenderedEntry>,
}

impl Hash for SharedEntry {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.entry.hash(state);
    }
}

/// What rendering makes of a brief in a feed.
#[derive(Debug)]
pub struct RenderedEntry {
    /// Standfirst, text and notes: HTML that stands on its own wherever it is shown.
    pub html: String,
    /// The standfirst without markup.
    pub summary: String,
}

/// A brief in a feed. Rendering adds `html`, its standfirst, text and notes.
#[derive(Debug, Hash, Serialize)]
pub struct FeedEntry {
    /// Its title.
    pub title: String,
    /// Its URL, which is its id too.
    pub url: String,
    /// What it is written in.
    pub language: LanguageTag,
    /// RFC 3339 instant.
    pub published: String,
    /// RFC 3339 instant.
    pub updated: String,
    /// Its authors' names.
    pub authors: Vec<String>,
    /// Its countries' codes and names.
    pub countries: Vec<CategoryView>,
    /// Its standfirst, Markdown.
    pub summary: String,
    /// The image above its text.
    #[serde(skip)]
    pub image: Option<PageImage>,
    /// What tells its ids from those of other entries on one page.
    #[serde(skip)]
    pub prefix: String,
    /// Its Markdown.
    #[serde(skip)]
    pub text: Arc<Digested<TextView>>,
}

/// A category of a feed's entry.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CategoryView {
    /// What a machine reads.
    pub term: CompactString,
    /// What a reader reads.
    pub label: CompactString,
}

/// Every address a search engine should know.
#[derive(Debug, Hash, Serialize)]
pub struct SitemapView {
    /// The addresses.
    pub urls: Vec<SitemapUrl>,
}

/// One of them.
#[derive(Debug, Hash, Serialize)]
pub struct SitemapUrl {
    /// The absolute URL.
    pub url: String,
    /// `2023-11-24`; empty where it is not known.
    pub modified: String,
    /// The same content in other languages, this one included.
    pub alternates: Vec<Alternate>,
}

/// The parts of a site map that is too large for one file.
#[derive(Debug, Hash, Serialize)]
pub struct SitemapIndexView {
    /// The absolute URL of each.
    pub parts: Vec<String>,
}

/// `robots.txt`.
#[derive(Debug, Hash, Serialize)]
pub struct RobotsView {
    /// The URL of the site map.
    pub sitemap: String,
}
