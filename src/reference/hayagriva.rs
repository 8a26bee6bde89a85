//! Hayagriva's YAML: a table for each source, nested in the tables of what it was published in, its parents.

use super::{Kind, Locator, Reference, person, web};
use crate::config::parse_language;
use crate::data::{Node, PartialDate, Reader, Refusal, Spanned, Table, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use jiff::civil::Date;

/// Every type that the format has, with the kind it is, and whether such a thing is published in another, whose title then
/// says where it can be read.
const TYPES: [(&str, Kind, bool); 31] = [
    ("article", Kind::Article, true),
    ("chapter", Kind::Book, true),
    ("entry", Kind::Article, true),
    ("anthos", Kind::Book, true),
    ("report", Kind::Report, false),
    ("thesis", Kind::Report, false),
    ("web", Kind::Document, true),
    ("scene", Kind::Video, true),
    ("artwork", Kind::Document, false),
    ("patent", Kind::Document, false),
    ("case", Kind::Law, false),
    ("newspaper", Kind::Document, false),
    ("legislation", Kind::Law, true),
    ("manuscript", Kind::Document, false),
    ("original", Kind::Document, false),
    ("post", Kind::Post, true),
    ("tweet", Kind::Post, true),
    ("misc", Kind::Document, false),
    ("performance", Kind::Document, false),
    ("periodical", Kind::Document, false),
    ("proceedings", Kind::Book, false),
    ("book", Kind::Book, false),
    ("blog", Kind::Document, false),
    ("reference", Kind::Book, false),
    ("conference", Kind::Document, false),
    ("anthology", Kind::Book, false),
    ("repository", Kind::Dataset, false),
    ("thread", Kind::Post, true),
    ("video", Kind::Video, true),
    ("audio", Kind::Document, true),
    ("exhibition", Kind::Document, false),
];

/// The fields that no note has a use for.
const UNUSED: [&str; 18] = [
    "abstract",
    "affiliated",
    "annote",
    "archive",
    "archive-location",
    "call-number",
    "chapter",
    "edition",
    "isbn",
    "issn",
    "issue",
    "location",
    "note",
    "page-total",
    "runtime",
    "time-range",
    "volume",
    "volume-total",
];

/// What may stand beside the text of a field that is given as a table.
const VARIANTS: [&str; 7] =
    ["verbatim", "short", "title-case", "sentence-case", "translation", "shorthand", "location"];

/// What a table says, of a source or of one of its parents.
#[derive(Default)]
struct Item {
    /// Its type, by its place in [`TYPES`].
    kind: Option<usize>,
    genre: Option<Spanned<String>>,
    title: Option<Spanned<String>>,
    authors: Vec<Spanned<String>>,
    editors: Vec<Spanned<String>>,
    publisher: Option<Spanned<String>>,
    organization: Option<Spanned<String>>,
    number: Option<Spanned<String>>,
    date: Option<Spanned<PartialDate>>,
    url: Option<Spanned<String>>,
    accessed: Option<Spanned<Date>>,
    language: Option<Spanned<LanguageTag>>,
    pages: Option<Spanned<String>>,
    parents: Vec<Item>,
}

/// Reads the source called `label` from its table, to the last field.
pub(super) fn read(mut reader: Reader<'_>, label: &Spanned<String>) -> Reference {
    reader.require("title");
    let has_date = reader.has("date");
    let item = item(reader, label);
    let date = item.date.or_else(|| item.parents.iter().find_map(|parent| parent.date));
    let accessed = item.accessed.or_else(|| item.parents.iter().find_map(|parent| parent.accessed));
    let (kind, is_part) = item.form();
    let has_number =
        matches!(kind, Kind::Document | Kind::Report | Kind::Law | Kind::Resolution | Kind::Dataset);
    Reference {
        kind,
        publisher: item.publisher(is_part).map(Spanned::compact),
        title: item.title.unwrap_or_else(|| label.clone()).shared(),
        authors: if item.authors.is_empty() { item.editors } else { item.authors },
        number: item.number.filter(|_| has_number).map(Spanned::compact),
        date,
        url: item
            .url
            .or_else(|| item.parents.iter().find_map(|parent| parent.url.clone()))
            .map(Spanned::shared),
        archive: None,
        archive_date: None,
        accessed,
        language: item.language.or_else(|| item.parents.iter().find_map(|parent| parent.language.clone())),
        page: item.pages.filter(|_| is_part).map(|pages| pages.map(|pages| Locator::parse(&pages))),
        undated: !has_date && date.is_none() && accessed.is_none(),
        allow: Vec::new(),
        addition: None,
    }
}

impl Item {
    /// Its kind, and whether it is published in another thing.
    fn form(&self) -> (Kind, bool) {
        let type_of = |item: &Self| item.kind.map(|index| TYPES[index]);
        let (name, kind, is_part) = type_of(self).unwrap_or(("misc", Kind::Document, false));
        let is_in_blog = self.parents.iter().filter_map(type_of).any(|(name, ..)| name == "blog");
        let kind = if name == "article" && is_in_blog { Kind::Post } else { kind };
        let genre = self.genre.as_ref().and_then(|genre| Kind::called(&genre.value));
        (genre.unwrap_or(kind), is_part)
    }

    fn publisher(&self, is_part: bool) -> Option<Spanned<String>> {
        let own = || self.publisher.clone().or_else(|| self.organization.clone());
        let title = || self.parents.iter().find_map(|parent| parent.title.clone());
        let of_parents = || {
            let named = |parent: &Self| parent.publisher.clone().or_else(|| parent.organization.clone());
            self.parents.iter().find_map(named)
        };
        let found = if is_part { title().or_else(own) } else { own().or_else(title) };
        found.or_else(of_parents)
    }
}

fn item(mut reader: Reader<'_>, label: &Spanned<String>) -> Item {
    let (url, accessed) = url(&mut reader);
    let serial = serial_number(&mut reader);
    let item = Item {
        kind: reader.parsed("type", parse_type).map(|kind| kind.value),
        genre: text(&mut reader, "genre", "value"),
        title: text(&mut reader, "title", "value"),
        authors: people(&mut reader, "author"),
        editors: people(&mut reader, "editor"),
        publisher: text(&mut reader, "publisher", "name"),
        organization: text(&mut reader, "organization", "value"),
        number: serial.number,
        date: reader.partial_date("date"),
        url: url.or(serial.url),
        accessed,
        language: reader.parsed("language", parse_language),
        pages: plain(&mut reader, "page-range"),
        parents: parents(&mut reader, label),
    };
    for field in UNUSED {
        reader.raw(field);
    }
    reader.finish();
    item
}

fn parse_type(written: &str) -> Result<usize, Refusal> {
    TYPES.iter().position(|(name, ..)| name.eq_ignore_ascii_case(written)).ok_or_else(|| {
        Refusal::new(format!("`type` can't be {}", in_message(written)))
            .nearest(written, TYPES.iter().map(|(name, ..)| *name))
    })
}

fn parents(reader: &mut Reader<'_>, label: &Spanned<String>) -> Vec<Item> {
    let tables = match reader.raw("parent").map(|value| &value.value) {
        Some(Node::Table(table)) => vec![table],
        Some(_) => reader.tables("parent"),
        None => Vec::new(),
    };
    let name = format!("a parent of the source {}", in_message(&label.value));
    tables.into_iter().map(|table| item(reader.inner(table, name.clone()), label)).collect()
}

/// A text, or a table that holds it as its `key`. The braces that keep the case of words are none of the text.
fn text(reader: &mut Reader<'_>, field: &'static str, key: &'static str) -> Option<Spanned<String>> {
    let written = match table_of(reader, field) {
        None => reader.line(field),
        Some(table) => {
            let mut inner = reader.inner(table, format!("the table `{field}`"));
            let key = if table.get("value").is_some() { "value" } else { key };
            inner.require(key);
            let written = inner.line(key);
            for variant in VARIANTS {
                inner.raw(variant);
            }
            inner.finish();
            written
        }
    };
    written.map(|text| text.map(|text| text.replace(['{', '}'], "")))
}

fn table_of<'a>(reader: &mut Reader<'a>, field: &'static str) -> Option<&'a Table> {
    match &reader.raw(field)?.value {
        Node::Table(table) => Some(table),
        _ => None,
    }
}

/// A text that may look like a number.
fn plain(reader: &mut Reader<'_>, field: &'static str) -> Option<Spanned<String>> {
    let value = reader.raw(field)?;
    match value.value {
        Node::Integer(_) | Node::Float(_) | Node::Date(_) => {
            let written = reader.source().text.get(value.span.range())?;
            Some(Spanned::new(written.to_owned(), value.span))
        }
        _ => reader.line(field),
    }
}

/// The address, and the day it was read.
fn url(reader: &mut Reader<'_>) -> (Option<Spanned<String>>, Option<Spanned<Date>>) {
    let Some(table) = table_of(reader, "url") else { return (reader.parsed("url", web::parse), None) };
    let mut inner = reader.inner(table, "the table `url`");
    inner.require("value");
    let url = inner.parsed("value", web::parse);
    let accessed =
        inner.partial_date("date").and_then(|date| Some(Spanned::new(date.value.to_day()?, date.span)));
    inner.finish();
    (url, accessed)
}

/// What the numbers of a thing give.
#[derive(Default)]
struct Serial {
    number: Option<Spanned<String>>,
    url: Option<Spanned<String>>,
}

fn serial_number(reader: &mut Reader<'_>) -> Serial {
    let doi =
        |reader: &mut Reader<'_>| plain(reader, "doi").and_then(|doi| address(reader, doi, web::of_doi));
    let Some(table) = table_of(reader, "serial-number") else {
        let url = doi(reader);
        return Serial { number: plain(reader, "serial-number"), url };
    };
    let outer = doi(reader);
    let mut inner = reader.inner(table, "the table `serial-number`");
    let url = doi(&mut inner).or_else(|| {
        let number = plain(&mut inner, "arxiv")?;
        let number = number.map(|number| format!("https://arxiv.org/abs/{}", number.trim()));
        address(&mut inner, number, web::parse)
    });
    Serial { number: plain(&mut inner, "serial"), url: url.or(outer) }
}

fn address(
    reader: &mut Reader<'_>,
    written: Spanned<String>,
    parse: fn(&str) -> Result<String, Refusal>,
) -> Option<Spanned<String>> {
    match parse(&written.value) {
        Ok(url) => Some(Spanned::new(url, written.span)),
        Err(refusal) => {
            reader.refuse(&written, refusal);
            None
        }
    }
}

/// A person, or a list of them: each a name with the family name first, or a table of its parts.
fn people(reader: &mut Reader<'_>, field: &'static str) -> Vec<Spanned<String>> {
    let Some(value) = reader.raw(field) else { return Vec::new() };
    let people = match &value.value {
        Node::Array(people) => people.as_slice(),
        _ => std::slice::from_ref(value),
    };
    people.iter().filter_map(|value| one_person(reader, field, value)).collect()
}

fn one_person(
    reader: &mut Reader<'_>,
    field: &'static str,
    value: &Spanned<Node>,
) -> Option<Spanned<String>> {
    let name = match &value.value {
        Node::String(_) => reader.as_string(value)?.map(|name| person::printed(&name)),
        Node::Table(table) => {
            let mut inner = reader.inner(table, format!("a name of `{field}`"));
            inner.require("name");
            let [given, prefix, family, suffix] =
                ["given-name", "prefix", "name", "suffix"].map(|part| inner.line(part));
            inner.raw("alias");
            inner.finish();
            let parts = [&given, &prefix, &family, &suffix].into_iter().flatten();
            let name = person::joined(parts.map(|part| part.value.trim()));
            Spanned::new(name, family?.span)
        }
        Node::Invalid => return None,
        other => {
            let message = format!("`{field}` must hold names, not {}", other.kind());
            let place = reader.source().place(value.span);
            reader.report(Diagnostic::new(&code::WRONG_TYPE, place, message));
            return None;
        }
    };
    (!name.value.is_empty()).then_some(name)
}
