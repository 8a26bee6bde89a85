//! The kinds of pages: a closed set.

use crate::atlas::{Atlas, EntityId, Kind};
use crate::library::{DocumentId, Group, Groups, LanguageId, PublisherId, SourceId};
use crate::source::ContentPath;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What stands at an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Page {
    /// A brief or a stand-alone page.
    Document(DocumentId),
    /// A list of briefs or of sources, or an index of lists.
    List {
        /// What it lists.
        subject: Subject,
        /// Which page of it, from 1.
        number: usize,
    },
    /// A feed.
    Feed(Feed, FeedFormat),
    /// What a server shows when there is nothing.
    NotFound(LanguageId),
    /// A former address of a document: the n-th of its `aliases`.
    Redirect(DocumentId, usize),
    /// `sitemap.xml`: the addresses, or where there are too many for one file, its parts.
    Sitemap,
    /// One part of a large site map, from 1.
    SitemapPart(usize),
    /// `robots.txt`.
    Robots,
    /// A file of the site, copied.
    File(ContentPath),
    /// A file of the theme, copied.
    Theme(String),
}

impl Page {
    /// Whether search engines are told of it.
    pub fn is_in_sitemap(&self) -> bool {
        matches!(self, Self::Document(_) | Self::List { .. })
    }
}

/// What a list is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// All briefs.
    Home(LanguageId),
    /// The countries.
    Countries(LanguageId),
    /// A country.
    Country(LanguageId, EntityId),
    /// How countries are found and counted.
    AboutIndex(LanguageId),
    /// The organisations.
    Organisations(LanguageId),
    /// An organisation.
    Organisation(LanguageId, EntityId),
    /// The topics, authors or series.
    Groups(LanguageId, GroupKind),
    /// One of them, by its slug.
    Group(LanguageId, GroupKind, String),
    /// The publishers of sources.
    Sources(LanguageId),
    /// The sources of one of them.
    Publisher(LanguageId, PublisherId),
    /// The documents that cite a source, of which there are several.
    Source(LanguageId, SourceId),
    /// The years and months.
    Archive(LanguageId),
    /// A year.
    Year(LanguageId, i16),
    /// A month.
    Month(LanguageId, i16, i8),
}

impl Subject {
    /// What the page of an entity is of.
    pub fn of_entity(language: LanguageId, entity: EntityId, atlas: &Atlas) -> Self {
        match atlas.get(entity).kind {
            Kind::Organisation => Self::Organisation(language, entity),
            _ => Self::Country(language, entity),
        }
    }

    /// The language of its page.
    pub fn language(&self) -> LanguageId {
        match self {
            Self::Home(language)
            | Self::Countries(language)
            | Self::AboutIndex(language)
            | Self::Country(language, _)
            | Self::Organisations(language)
            | Self::Organisation(language, _)
            | Self::Groups(language, _)
            | Self::Group(language, ..)
            | Self::Sources(language)
            | Self::Publisher(language, _)
            | Self::Source(language, _)
            | Self::Archive(language)
            | Self::Year(language, _)
            | Self::Month(language, ..) => *language,
        }
    }
}

/// By which word of the front matter briefs are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum GroupKind {
    /// `topics`.
    Topic,
    /// `authors`.
    Author,
    /// `series`.
    Series,
}

impl GroupKind {
    /// The groups of this kind.
    pub fn of(self, groups: &Groups) -> &BTreeMap<String, Group> {
        match self {
            Self::Topic => &groups.topics,
            Self::Author => &groups.authors,
            Self::Series => &groups.series,
        }
    }

    /// The word for one, in messages.
    pub fn singular(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Author => "author",
            Self::Series => "series",
        }
    }

    /// The word for several, in messages, and the key of their name in the theme's strings.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Author => "authors",
            Self::Series => "series",
        }
    }
}

/// What a feed follows: a language of the site, or a country in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The language.
    pub language: LanguageId,
    /// The country.
    pub country: Option<EntityId>,
}

/// How a feed is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}
