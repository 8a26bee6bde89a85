//! `site.toml` as it is written: every setting with its place, and nothing supposed where it is silent.

use super::entity::table_of;
use super::{
    BaseUrl, LinkStyle, Lints, MenuEntry, Organisation, Permalink, RawHtml, Route, SourceStyle, Territory,
};
use crate::data::{self, Reader, Refusal, Spanned, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use crate::source::{ContentPath, Source, Span};

/// The settings of `site.toml`.
#[derive(Default)]
pub(super) struct Written {
    pub main: WrittenLanguage,
    pub base_url: Option<Spanned<BaseUrl>>,
    pub language: Option<Spanned<LanguageTag>>,
    pub theme: Option<Spanned<String>>,
    pub publisher: Option<Spanned<String>>,
    pub output: Option<Spanned<ContentPath>>,
    pub per_page: Option<Spanned<i64>>,
    pub feed_entries: Option<Spanned<i64>>,
    pub max_file_size: Option<Spanned<i64>>,
    pub raw_html: Option<RawHtml>,
    pub link_style: Option<LinkStyle>,
    pub link_mentions: Option<Spanned<bool>>,
    pub languages: Vec<(Spanned<LanguageTag>, WrittenLanguage)>,
    pub sources: WrittenSources,
    pub lints: Lints,
    pub territories: Vec<Territory>,
    pub organisations: Vec<Organisation>,
    pub menu: Vec<MenuEntry>,
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The settings of one language: at the top of the file for the main one, and under `[languages]`.
#[derive(Default)]
pub(super) struct WrittenLanguage {
    pub title: Option<Spanned<String>>,
    pub description: Option<Spanned<String>>,
    pub permalinks: Vec<(Route, Spanned<Permalink>)>,
}

/// What the site asks of its sources.
#[derive(Default)]
pub(super) struct WrittenSources {
    pub archive_after: Option<Spanned<i64>>,
    pub style: Option<Spanned<SourceStyle>>,
}

impl WrittenSources {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            archive_after: reader.integer("archive_after", 0..=36_500),
            style: reader.parsed("style", SourceStyle::parse),
        }
    }
}

/// What people call settings elsewhere, in French or in other generators.
const SYNONYMS: &[(&str, &str)] = &[
    ("titre", "title"),
    ("url", "base_url"),
    ("baseurl", "base_url"),
    ("site_url", "base_url"),
    ("adresse", "base_url"),
    ("lang", "language"),
    ("locale", "language"),
    ("default_language", "language"),
    ("languagecode", "language"),
    ("langue", "language"),
    ("langues", "languages"),
    ("éditeur", "publisher"),
    ("sortie", "output"),
    ("output_dir", "output"),
    ("publishdir", "output"),
    ("thème", "theme"),
    ("paginate", "per_page"),
    ("paginate_by", "per_page"),
    ("params", "extra"),
    ("territoires", "territories"),
    ("organizations", "organisations"),
    ("nav", "menu"),
];

const KEYS: &[&str] = &[
    "title",
    "description",
    "base_url",
    "language",
    "theme",
    "publisher",
    "output",
    "per_page",
    "feed_entries",
    "max_file_size",
    "raw_html",
    "link_style",
    "link_mentions",
];

impl Written {
    /// Reads the whole file.
    pub fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut table = data::toml(source, start..source.text.len(), diagnostics);
        table.span = Span::default();
        let mut reader = Reader::new(source, &table, "`site.toml`", diagnostics).synonyms(SYNONYMS);
        reader.require("title");
        let written = Self {
            main: WrittenLanguage::read(&mut reader),
            base_url: reader.parsed("base_url", BaseUrl::parse),
            language: reader.parsed("language", parse_language),
            theme: reader.parsed("theme", parse_theme),
            publisher: reader.line("publisher"),
            output: reader.parsed("output", parse_output),
            per_page: reader.integer("per_page", 1..=1000),
            feed_entries: reader.integer("feed_entries", 1..=1000),
            max_file_size: reader.integer("max_file_size", 1..=1024),
            raw_html: reader.choice("raw_html", &RawHtml::CHOICES),
            link_style: reader.choice("link_style", &LinkStyle::CHOICES),
            link_mentions: reader.boolean("link_mentions"),
            languages: read_languages(&mut reader),
            sources: in_table(&mut reader, "sources", WrittenSources::read),
            lints: in_table(&mut reader, "lints", Lints::read),
            territories: in_table(&mut reader, "territories", Territory::read_all),
            organisations: in_table(&mut reader, "organisations", Organisation::read_all),
            menu: read_menu(&mut reader),
            extra: reader.table("extra").map(data::Table::to_json).unwrap_or_default(),
        };
        reader.finish();
        written
    }
}

impl WrittenLanguage {
    fn read(reader: &mut Reader<'_>) -> Self {
        Self {
            title: reader.line("title"),
            description: reader.text("description"),
            permalinks: in_table(reader, "permalinks", |inner| {
                Route::all()
                    .filter_map(|(route, key)| {
                        Some((route, inner.parsed(key, |written| Permalink::parse(written, route))?))
                    })
                    .collect()
            }),
        }
    }
}

/// Reads the table under `key`, if there is one, to its last key.
fn in_table<T: Default>(
    reader: &mut Reader<'_>,
    key: &'static str,
    read: impl FnOnce(&mut Reader<'_>) -> T,
) -> T {
    let Some(table) = reader.table(key) else { return T::default() };
    let mut inner = reader.inner(table, format!("`[{key}]`")).outer(KEYS);
    let value = read(&mut inner);
    inner.finish();
    value
}

fn read_languages(reader: &mut Reader<'_>) -> Vec<(Spanned<LanguageTag>, WrittenLanguage)> {
    in_table(reader, "languages", |reader| {
        let mut languages: Vec<(Spanned<LanguageTag>, WrittenLanguage)> = Vec::new();
        for (key, value) in reader.others(|_| true) {
            let tag = match parse_language(&key.value) {
                Ok(tag) => tag,
                Err(refusal) => {
                    reader.refuse(&key, refusal);
                    continue;
                }
            };
            if let Some((first, _)) = languages.iter().find(|(first, _)| first.value == tag) {
                let source = reader.source();
                let message = format!("the language `{tag}` is there twice");
                let again = Diagnostic::new(&code::DUPLICATE_KEY, source.place(key.span), message);
                reader.report(again.label("again here").related(source.place(first.span), "first here"));
                continue;
            }
            let Some(table) = table_of(reader, &key, value) else { continue };
            let mut inner = reader.inner(table, format!("`[languages.{tag}]`")).outer(KEYS);
            let language = WrittenLanguage::read(&mut inner);
            inner.finish();
            languages.push((Spanned::new(tag, key.span), language));
        }
        languages
    })
}

fn read_menu(reader: &mut Reader<'_>) -> Vec<MenuEntry> {
    let mut menu = Vec::new();
    for table in reader.tables("menu") {
        let mut inner = reader.inner(table, "an entry of the menu").outer(KEYS);
        inner.require("title");
        inner.require("url");
        let title = inner.line("title");
        let url = inner.parsed("url", parse_menu_url);
        let language = inner.parsed("lang", parse_language);
        inner.finish();
        if let (Some(title), Some(url)) = (title, url) {
            menu.push(MenuEntry { title, url, language });
        }
    }
    menu
}

/// The language whose tag is `written`.
pub(crate) fn parse_language(written: &str) -> Result<LanguageTag, Refusal> {
    LanguageTag::parse(written).ok_or_else(|| {
        let refusal = Refusal::new(format!("{} is not the tag of a language", in_message(written)))
            .help("a tag is written `fr`, `en` or `pt-BR`");
        match LanguageTag::parse(&written.trim().replace('_', "-")) {
            Some(tag) => refusal.meant(tag.as_str()).safe(),
            None => refusal,
        }
    })
}

fn parse_theme(written: &str) -> Result<String, Refusal> {
    if written.starts_with('.') || written.contains(['/', '\\', '\0']) {
        let refusal = Refusal::new(format!("{} is not the name of a theme", in_message(written)));
        return Err(refusal.help("it is the name of a folder in `themes/`"));
    }
    Ok(written.to_owned())
}

fn parse_output(written: &str) -> Result<ContentPath, Refusal> {
    let refused = |reason: &str| {
        Err(Refusal::new(format!("the site can't be written to {}: {reason}", in_message(written)))
            .help("name a folder of its own, as in `public`"))
    };
    if written.starts_with(['/', '~']) || written.contains([':', '\\']) {
        return refused("it must be a folder inside the site's own");
    }
    let stays_below = written.split('/').all(|part| part != "..");
    let Some(path) = ContentPath::new(written).filter(|_| stays_below) else {
        return refused("it must be a folder inside the site's own");
    };
    match path.as_str().split('/').next() {
        Some("content" | "themes" | "static" | "templates" | "site.toml") => {
            refused("the sources stand there")
        }
        Some(hidden) if hidden.starts_with('.') => refused("it is hidden"),
        _ => Ok(path),
    }
}

fn parse_menu_url(written: &str) -> Result<String, Refusal> {
    let scheme =
        written.split(['/', '?', '#']).next().unwrap_or_default().split_once(':').map(|(scheme, _)| scheme);
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        None | Some("http" | "https" | "mailto") => Ok(written.to_owned()),
        Some(scheme) => {
            Err(Refusal::new(format!("a menu can't lead to a `{scheme}:` address")).code(&code::UNSAFE_LINK))
        }
    }
}
