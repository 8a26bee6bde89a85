//! What templates see: everything that can stand on a page, as finished values.
//!
//! A template gets [`View::frame`]'s fields and those of its content at the top level, and nothing else. Links are relative
//! to the page, dates and numbers are written out in its language, lists are in the order they are to be shown. Fields that
//! hold Markdown say so; the templates' `inline` filter turns it to HTML, without links and note calls. HTML made by
//! Dépêche is marked as safe and is not escaped again.
//!
//! `docs/themes.md` lists these types for theme makers; `tests/themes.rs` compares the two.

mod document;
mod feed;
mod list;
mod place;
mod source;

pub use document::*;
pub use feed::*;
pub use list::*;
pub use place::*;
pub use source::*;

use crate::language::LanguageTag;
use crate::source::Digested;
use compact_str::CompactString;
use serde::Serialize;

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

/// An address that leads on.
#[derive(Debug, Hash, Serialize)]
pub struct RedirectView {
    /// The link to the new address.
    pub url: String,
    /// The title of what is found there.
    pub title: String,
}
