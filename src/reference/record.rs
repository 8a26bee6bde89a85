use super::locator::Locator;
use super::{Kind, web};
use crate::config::parse_language;
use crate::data::{Addition, PartialDate, Reader, Spanned};
use crate::language::LanguageTag;
use crate::waiver::{self, Reach, Waiver};
use compact_str::CompactString;
use jiff::civil::Date;
use std::sync::Arc;

/// What is known of a source: what it is, by whom it was written and published, and where it can be read.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Reference {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Its title; its label where it has none, which is an error.
    pub title: Spanned<Arc<str>>,
    /// Who wrote it, or who speaks in it.
    pub authors: Vec<Spanned<String>>,
    /// Who published it.
    pub publisher: Option<Spanned<CompactString>>,
    /// The number of a law, a resolution or a report: `S/RES/2690 (2023)`.
    pub number: Option<Spanned<CompactString>>,
    /// When it was published: a day, a month or a year.
    pub date: Option<Spanned<PartialDate>>,
    /// Where it can be read.
    pub url: Option<Spanned<Arc<str>>>,
    /// Where a copy of it is kept.
    pub archive: Option<Spanned<Arc<str>>>,
    /// The day the copy was made.
    pub archive_date: Option<Spanned<Date>>,
    /// The day it was read.
    pub accessed: Option<Spanned<Date>>,
    /// The language it is in.
    pub language: Option<Spanned<LanguageTag>>,
    /// The place in it, unless a call names another.
    pub page: Option<Spanned<Locator>>,
    /// Whether nothing was written of when it was published or read, not even a slip.
    pub undated: bool,
    /// What is let pass in it.
    pub allow: Vec<Waiver>,
    /// Where a further key can be written, if anywhere.
    pub addition: Option<Addition>,
}

/// Every key, in the order of the documentation.
pub const KEYS: &[&str] = &[
    "kind",
    "title",
    "authors",
    "publisher",
    "number",
    "date",
    "url",
    "archive",
    "archive_date",
    "accessed",
    "language",
    "page",
    "allow",
];

/// What people call keys elsewhere, in French or in other programs.
pub const SYNONYMS: &[(&str, &str)] = &[
    ("type", "kind"),
    ("genre", "kind"),
    ("titre", "title"),
    ("texte", "text"),
    ("note", "text"),
    ("author", "authors"),
    ("auteur", "authors"),
    ("auteurs", "authors"),
    ("éditeur", "publisher"),
    ("editeur", "publisher"),
    ("media", "publisher"),
    ("média", "publisher"),
    ("journal", "publisher"),
    ("site", "publisher"),
    ("numéro", "number"),
    ("numero", "number"),
    ("year", "date"),
    ("année", "date"),
    ("link", "url"),
    ("lien", "url"),
    ("href", "url"),
    ("archive_url", "archive"),
    ("archived", "archive_date"),
    ("archivedate", "archive_date"),
    ("urldate", "accessed"),
    ("consulté", "accessed"),
    ("lang", "language"),
    ("langue", "language"),
    ("pages", "page"),
    ("locator", "page"),
];

impl Reference {
    /// Reads the source called `label` from its table, to the last key.
    pub fn read(mut reader: Reader<'_>, label: &Spanned<String>) -> Self {
        let reference = Self {
            addition: Addition::behind(&mut reader, "title"),
            undated: !(reader.has("date") || reader.has("accessed")),
            kind: reader.choice("kind", &Kind::CHOICES).unwrap_or_default(),
            title: reader.line("title").unwrap_or_else(|| label.clone()).shared(),
            authors: reader.strings("authors"),
            publisher: reader.line("publisher").map(Spanned::compact),
            number: reader.line("number").map(Spanned::compact),
            date: reader.partial_date("date"),
            url: reader.parsed("url", web::parse).map(Spanned::shared),
            archive: reader.parsed("archive", web::parse).map(Spanned::shared),
            archive_date: day(&mut reader, "archive_date"),
            accessed: day(&mut reader, "accessed"),
            language: reader.parsed("language", parse_language),
            page: reader.line("page").map(|page| page.map(|page| Locator::parse(&page))),
            allow: match reader.table("allow") {
                // What is told of a source as a whole is told at its label.
                Some(table) => waiver::read(reader.inner(table, "`allow`"), Reach::Lines(label.span)),
                None => Vec::new(),
            },
        };
        reader.finish();
        reference
    }

    /// Whether there is enough of it to tell it from others: an address, or a title of its own and not its label.
    pub fn is_identified(&self, label: &Spanned<String>) -> bool {
        self.url.is_some() || self.title.span != label.span
    }

    /// The day its copy was made: the one it gives, or the one that the copy's address tells.
    pub fn archived_on(&self) -> Option<Date> {
        let given = self.archive_date.map(|date| date.value);
        given.or_else(|| web::archived_on(&self.archive.as_ref()?.value))
    }

    /// Who published it, as its page is filed: the publisher's name, or else the host it is read at.
    pub fn publisher_or_host(&self) -> Option<String> {
        let named = self.publisher.as_ref().map(|publisher| publisher.value.to_string());
        named.or_else(|| web::host(&self.url.as_ref()?.value))
    }
}

fn day(reader: &mut Reader<'_>, key: &'static str) -> Option<Spanned<Date>> {
    reader.date(key).map(|moment| moment.map(|moment| moment.date))
}
