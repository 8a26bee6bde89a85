//! Front matter: what a file says of itself above its text.
//!
//! 1. [`split`] finds the fences: where the front matter and the body stand.
//! 2. [`read`] reads what is between the fences, TOML or YAML, into a [`FrontMatter`].
//!
//! Both always give something to go on with, and report everything that is wrong in one go.

mod note;
mod split;

pub use note::FrontNote;
use note::read_notes;
pub use split::{Split, split};

use crate::config::parse_language;
use crate::data::{self, Addition, Format, Moment, Node, Reader, Refusal, Spanned, Table, quote};
use crate::diagnostic::{Diagnostic, code};
use crate::language::{self, LanguageTag};
use crate::project::FileKind;
use crate::source::{ContentPath, Source, Span};
use crate::waiver::{self, Reach, Waiver};
use jiff::civil::Date;

/// What a file says of itself, every key as it was written.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct FrontMatter {
    /// The title, on one line. A brief or a page without one was told.
    pub title: Option<Spanned<String>>,
    /// The date; the one in the file's name, with an empty place, where no key says it.
    pub date: Option<Spanned<Moment>>,
    /// The countries, as they were spelled, the lead one first.
    pub countries: Box<[Spanned<String>]>,
    /// What to delete for each of them to go, where that is plain.
    pub country_removals: Box<[Option<Span>]>,
    /// The standfirst, in Markdown.
    pub summary: Option<Spanned<String>>,
    /// The authors.
    pub authors: Box<[Spanned<String>]>,
    /// The topics.
    pub topics: Box<[Spanned<String>]>,
    /// The series it belongs to.
    pub series: Option<Spanned<String>>,
    /// The language, if it is not the site's own.
    pub lang: Option<Spanned<LanguageTag>>,
    /// What it shares with its translations.
    pub translations_key: Option<Spanned<String>>,
    /// The day, or the instant, it was last changed.
    pub updated: Option<Spanned<Moment>>,
    /// What was wrong and has been put right.
    pub corrections: Box<[Correction]>,
    /// The image above the text.
    pub image: Option<Box<Image>>,
    /// Addresses that lead here, each beginning with `/`.
    pub aliases: Box<[Spanned<String>]>,
    /// The slug, if it is not that of the file's name.
    pub slug: Option<Spanned<String>>,
    /// Whether it is kept from readers.
    pub draft: bool,
    /// Whether the first mention of a country leads to its page, where the brief says so.
    pub link_mentions: Option<bool>,
    /// The last day it is built on, or the instant from which it no longer is.
    pub expires: Option<Spanned<Moment>>,
    /// Notes and sources by their label, in written order.
    pub footnotes: Box<[(Spanned<String>, FrontNote)]>,
    /// Where all of each of them is written, label and header included.
    pub note_extents: Box<[Span]>,
    /// Where the standfirst of a brief could be written that has none.
    pub summary_addition: Option<Box<Addition>>,
    /// What is let pass in this file.
    pub allow: Box<[Waiver]>,
    /// The site's own keys, for its templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// Something that was wrong and has been put right.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Correction {
    /// The day it was put right.
    pub date: Spanned<Date>,
    /// What, in Markdown.
    pub text: Spanned<String>,
}

/// The image above the text.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Image {
    /// The path of its file, from the brief's folder.
    pub file: Spanned<String>,
    /// What it shows, for those who do not see it; empty where it shows nothing of note.
    pub alt: Option<Spanned<String>>,
    /// Whose it is.
    pub credit: Option<Spanned<String>>,
    /// What stands below it, in Markdown.
    pub caption: Option<Spanned<String>>,
}

impl FrontMatter {
    /// The title, or a stand-in where there is none.
    pub fn title_text(&self) -> &str {
        self.title.as_ref().map_or("?", |title| &title.value)
    }

    /// The day of a brief, or a stand-in where it has none.
    pub fn day(&self) -> Date {
        self.date.map_or(Date::ZERO, |date| date.value.date)
    }
}

/// Every key, in the order of the documentation.
const KEYS: &[&str] = &[
    "title",
    "date",
    "countries",
    "summary",
    "authors",
    "topics",
    "series",
    "lang",
    "translations_key",
    "updated",
    "corrections",
    "image",
    "aliases",
    "slug",
    "draft",
    "link_mentions",
    "expires",
    "footnotes",
    "allow",
    "extra",
];

/// What people call keys elsewhere, in French or in other generators.
const SYNONYMS: &[(&str, &str)] = &[
    ("titre", "title"),
    ("pays", "countries"),
    ("published", "date"),
    ("pubdate", "date"),
    ("publishdate", "date"),
    ("chapo", "summary"),
    ("chapeau", "summary"),
    ("résumé", "summary"),
    ("resume", "summary"),
    ("description", "summary"),
    ("excerpt", "summary"),
    ("standfirst", "summary"),
    ("auteur", "authors"),
    ("auteurs", "authors"),
    ("author", "authors"),
    ("byline", "authors"),
    ("tags", "topics"),
    ("tag", "topics"),
    ("keywords", "topics"),
    ("categories", "topics"),
    ("category", "topics"),
    ("thèmes", "topics"),
    ("themes", "topics"),
    ("sujets", "topics"),
    ("série", "series"),
    ("langue", "lang"),
    ("language", "lang"),
    ("locale", "lang"),
    ("modified", "updated"),
    ("lastmod", "updated"),
    ("last_modified_at", "updated"),
    ("erratum", "corrections"),
    ("errata", "corrections"),
    ("cover", "image"),
    ("photo", "image"),
    ("redirect_from", "aliases"),
    ("permalink", "slug"),
    ("brouillon", "draft"),
    ("expirydate", "expires"),
    ("notes", "footnotes"),
    ("sources", "footnotes"),
    ("params", "extra"),
];

/// Reads the front matter that `split` found.
pub fn read(
    source: &Source,
    split: &Split,
    kind: FileKind,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let first = diagnostics.len();
    let front_matter = match split.format {
        None => FrontMatter { date: dated_name(&source.path).map(in_name), ..FrontMatter::default() },
        Some(format) => {
            let mut table = match format {
                Format::Toml => data::toml(source, split.front.clone(), diagnostics),
                Format::Yaml => data::yaml(source, split.front.clone(), diagnostics),
            };
            table.span = split.opening;
            read_table(source, &table, kind, diagnostics)
        }
    };
    diagnostics[first..].sort_by_key(|diagnostic| diagnostic.place.span);
    front_matter
}

fn read_table(
    source: &Source,
    table: &Table,
    kind: FileKind,
    diagnostics: &mut Vec<Diagnostic>,
) -> FrontMatter {
    let mut reader = Reader::new(source, table, "the front matter", diagnostics).synonyms(SYNONYMS);
    if kind != FileKind::Country {
        reader.require("title");
    }
    let title = reader.line("title");
    for key in idle_keys(kind) {
        misplaced(&mut reader, key, kind);
    }
    let (date, countries) = match kind {
        FileKind::Brief => (read_date(&mut reader, table, kind), reader.strings("countries")),
        FileKind::Country => (read_date(&mut reader, table, kind), Vec::new()),
        FileKind::Page => (None, Vec::new()),
    };
    let summary = reader.text("summary");
    let summary_addition = match table.get("summary") {
        None if kind == FileKind::Brief => Addition::behind(&mut reader, "title").map(Box::new),
        _ => None,
    };
    let (footnotes, note_extents): (Vec<_>, Vec<_>) = match reader.table("footnotes") {
        Some(table) => read_notes(reader.inner(table, "`[footnotes]`").outer(KEYS)).into_iter().unzip(),
        None => Default::default(),
    };
    let front_matter = FrontMatter {
        title,
        date,
        country_removals: data::removals(&source.text, &countries).into(),
        countries: countries.into(),
        summary,
        summary_addition,
        authors: reader.strings("authors").into(),
        topics: reader.strings("topics").into(),
        series: reader.line("series"),
        lang: reader.parsed("lang", parse_language),
        translations_key: reader.line("translations_key"),
        updated: not_before(&mut reader, "updated", date),
        corrections: read_corrections(&mut reader).into(),
        image: read_image(&mut reader).map(Box::new),
        aliases: read_aliases(&mut reader).into(),
        slug: read_slug(&mut reader),
        draft: reader.boolean("draft").is_some_and(|draft| draft.value),
        link_mentions: reader.boolean("link_mentions").map(|link| link.value),
        expires: not_before(&mut reader, "expires", date),
        footnotes: footnotes.into(),
        note_extents: note_extents.into(),
        allow: match reader.table("allow") {
            Some(table) => waiver::read(reader.inner(table, "`[allow]`").outer(KEYS), Reach::File).into(),
            None => Box::default(),
        },
        extra: reader.table("extra").map(Table::to_json).unwrap_or_default(),
    };
    reader.finish();
    front_matter
}

/// A file's stem without the date it begins with and the hyphen or the underscore after it: `minsk` of `2023-11-23-minsk`.
pub fn without_date(stem: &str) -> &str {
    split_stem(stem).1
}

/// The date that a file's stem begins with, and what follows it. A name that begins with no day that ever was begins
/// with no date.
fn split_stem(stem: &str) -> (Option<Date>, &str) {
    let Some((day, rest)) = stem.split_at_checked("2023-11-23".len()) else { return (None, stem) };
    let name = if rest.is_empty() { Some(rest) } else { rest.strip_prefix(['-', '_']) };
    match (Moment::parse(day), name) {
        (Ok(moment), Some(name)) => (Some(moment.date), name),
        _ => (None, stem),
    }
}

fn dated_name(path: &ContentPath) -> Option<Date> {
    split_stem(path.stem()).0
}

fn in_name(date: Date) -> Spanned<Moment> {
    Spanned::new(date.into(), Span::default())
}

fn read_date(reader: &mut Reader<'_>, table: &Table, kind: FileKind) -> Option<Spanned<Moment>> {
    let in_name = dated_name(&reader.source().path).map(in_name);
    if in_name.is_none() && kind == FileKind::Brief && !reader.has("date") {
        let place = reader.source().place(table.span);
        let message = "the front matter has no `date`, and the file's name begins with none";
        let diagnostic = Diagnostic::new(&code::MISSING_KEY, place, message);
        reader.report(
            diagnostic
                .help("add a line such as `date = 2023-11-23`, or begin the file's name with `2023-11-23-`"),
        );
    }
    reader.date("date").or(in_name)
}

/// The keys that do nothing in a file of this kind.
fn idle_keys(kind: FileKind) -> &'static [&'static str] {
    match kind {
        FileKind::Brief => &[],
        FileKind::Page => &["date", "countries", "authors", "topics", "series", "image"],
        FileKind::Country => &[
            "countries",
            "summary",
            "authors",
            "topics",
            "series",
            "translations_key",
            "updated",
            "corrections",
            "image",
            "aliases",
            "slug",
        ],
    }
}

fn misplaced(reader: &mut Reader<'_>, key: &'static str, kind: FileKind) {
    let (what, folder) = match kind {
        FileKind::Country => ("the introduction of a country", "countries"),
        _ => ("a stand-alone page", "pages"),
    };
    if let Some((name, _)) = reader.entry(key) {
        let place = reader.source().place(name.span);
        let message = format!("{what} has no `{key}`");
        let help = format!("remove it, or move the file out of `{folder}`");
        reader.report(Diagnostic::new(&code::MISPLACED_KEY, place, message).help(help));
    }
}

fn day(reader: &mut Reader<'_>, key: &'static str) -> Option<Spanned<Date>> {
    reader.date(key).map(|moment| moment.map(|moment| moment.date))
}

/// A moment that can't come before the brief's own.
fn not_before(
    reader: &mut Reader<'_>,
    key: &'static str,
    date: Option<Spanned<Moment>>,
) -> Option<Spanned<Moment>> {
    let moment = reader.date(key)?;
    if let Some(date) = date.filter(|date| moment.value.is_before(&date.value)) {
        let source = reader.source();
        let message = format!("`{key}` comes before the date of the brief, {}", date.value);
        let diagnostic = Diagnostic::new(&code::BAD_DATE, source.place(moment.span), message);
        reader.report(match date.span == Span::default() {
            true => diagnostic.help("that date is in the name of the file"),
            false => diagnostic.related(source.place(date.span), "the date of the brief"),
        });
    }
    Some(moment)
}

fn read_corrections(reader: &mut Reader<'_>) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for table in reader.tables("corrections") {
        let mut inner = reader.inner(table, "a correction").outer(KEYS);
        inner.require("date");
        inner.require("text");
        let (date, text) = (day(&mut inner, "date"), inner.text("text"));
        inner.finish();
        if let (Some(date), Some(text)) = (date, text) {
            corrections.push(Correction { date, text });
        }
    }
    corrections
}

fn read_image(reader: &mut Reader<'_>) -> Option<Image> {
    let value = reader.raw("image")?;
    if let Node::String(file) = &value.value {
        let table = match reader.format() {
            Format::Toml => format!("{{ file = {} }}", quote(file)),
            Format::Yaml => format!("{{ file: {} }}", quote(file)),
        };
        let place = reader.source().place(value.span);
        let message = "`image` must be a table, not a string";
        reader.report(Diagnostic::new(&code::WRONG_TYPE, place, message).fix(value.span, table).safe());
        let file = Spanned::new(file.clone(), value.span);
        return Some(Image { file, alt: None, credit: None, caption: None });
    }
    let table = reader.table("image")?;
    let mut inner = reader.inner(table, "the image").outer(KEYS);
    inner.require("file");
    let file = inner.line("file");
    let alt = inner.string("alt");
    let credit = inner.text("credit");
    let caption = inner.text("caption");
    inner.finish();
    Some(Image { file: file?, alt, credit, caption })
}

fn read_slug(reader: &mut Reader<'_>) -> Option<Spanned<String>> {
    let slug = reader.text("slug")?;
    if language::slug(&slug.value) == slug.value {
        return Some(slug);
    }
    let meant = language::slug(&slug.value);
    let refusal = Refusal::new("a slug is made of lower case letters, digits and single hyphens")
        .code(&code::BAD_ADDRESS);
    if meant.is_empty() {
        reader.refuse(&slug, refusal);
        return None;
    }
    let refusal = refusal.meant(meant.clone());
    // A path is another thing than the name at its end.
    reader.refuse(&slug, if slug.value.contains('/') { refusal } else { refusal.safe() });
    Some(Spanned::new(meant, slug.span))
}

fn read_aliases(reader: &mut Reader<'_>) -> Vec<Spanned<String>> {
    let mut aliases = reader.strings("aliases");
    aliases.retain(|alias| match check_alias(&alias.value) {
        Ok(()) => true,
        Err(refusal) => {
            reader.refuse(alias, refusal.code(&code::BAD_ADDRESS));
            false
        }
    });
    aliases
}

fn check_alias(alias: &str) -> Result<(), Refusal> {
    if let Some((_, rest)) = alias.split_once("://") {
        let refusal = Refusal::new("an alias is an address on this site, without scheme and host");
        return Err(match rest.split_once('/') {
            Some((_, path)) if check_alias(&format!("/{path}")).is_ok() => refusal.meant(format!("/{path}")),
            _ => refusal,
        });
    }
    if let Some((address, _)) = alias.split_once(['?', '#']) {
        let refusal = Refusal::new("an alias has neither query nor fragment");
        return Err(if check_alias(address).is_ok() { refusal.meant(address) } else { refusal });
    }
    if !alias.starts_with('/') {
        let refusal = Refusal::new("an alias begins with `/`");
        let meant = format!("/{alias}");
        return Err(if check_alias(&meant).is_ok() { refusal.meant(meant).safe() } else { refusal });
    }
    if alias == "/" {
        return Err(Refusal::new("`/` is the address of the home page"));
    }
    if let Some(odd) = alias.chars().find(|odd| odd.is_whitespace() || odd.is_control() || *odd == '\\') {
        return Err(Refusal::new(format!("`{}` can't stand in an alias", odd.escape_default())));
    }
    if alias.contains("//") || alias.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(Refusal::new("an alias has no `.`, `..` or empty part"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
