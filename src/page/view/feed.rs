//! Feeds, and what else programs read: site maps, `robots.txt`.

use super::{Alternate, PageImage, TextView};
use crate::language::LanguageTag;
use crate::source::Digested;
use compact_str::CompactString;
use serde::Serialize;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

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
