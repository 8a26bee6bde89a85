//! Settings: `site.toml` as it is written, and [`Config`], resolved.
//!
//! 1. `written` reads the file, each setting with its place.
//! 2. [`parse`] resolves it: what the file does not say gets its default, and languages get their permalinks.

mod base_url;
mod entity;
mod lint;
mod permalink;
mod source_style;
mod written;

pub use base_url::BaseUrl;
pub use entity::{EntityName, Organisation, Territory, TerritoryKind, is_code};
pub use lint::Lints;
pub(crate) use lint::{adjustable, by_code};
pub use permalink::{Filling, Permalink, Permalinks, Route};
pub use source_style::SourceStyle;

use crate::data::Spanned;
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use crate::source::{ContentPath, Place, Source, Span};
pub(crate) use written::parse_language;
use written::{Written, WrittenLanguage};

/// The settings of a site, all of them there.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Where the site will stand; an empty place where the file does not say.
    pub base_url: Spanned<BaseUrl>,
    /// The theme's name, if it is not the one the program brings along.
    pub theme: Option<Spanned<String>>,
    /// Who publishes the site.
    pub publisher: String,
    /// The folder it is written to, below the root.
    pub output: ContentPath,
    /// How many entries a page of a list holds.
    pub per_page: usize,
    /// How many entries a feed holds.
    pub feed_entries: usize,
    /// The largest file that is read, in bytes.
    pub max_file_size: u64,
    /// What becomes of HTML in the briefs.
    pub raw_html: RawHtml,
    /// How links to pages end.
    pub link_style: LinkStyle,
    /// Whether the first mention of a country in a brief leads to its page, where the brief does not say.
    pub link_mentions: bool,
    /// The main language first, then the others as they are written.
    pub languages: Vec<LanguageSettings>,
    /// What the site asks of its sources.
    pub sources: SourceSettings,
    /// How grave each kind of mistake is.
    pub lints: Lints,
    /// Territories the site declares.
    pub territories: Vec<Territory>,
    /// Organisations the site declares.
    pub organisations: Vec<Organisation>,
    /// The menu, as it is written.
    pub menu: Vec<MenuEntry>,
    /// The site's own settings, for its templates.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// The publication in one of its languages.
#[derive(Clone, Debug, PartialEq)]
pub struct LanguageSettings {
    /// The language.
    pub tag: LanguageTag,
    /// Where its pages begin: `/` for the main language, `/en/` for another.
    pub home: String,
    /// The publication's title; empty only where `site.toml` has none, which is an error.
    pub title: String,
    /// What the publication is, in a sentence or two.
    pub description: Option<String>,
    /// The addresses of its pages, the language's prefix included.
    pub permalinks: Permalinks,
}

/// What becomes of HTML in the text of a brief.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RawHtml {
    /// It is shown as it is written.
    #[default]
    Escape,
    /// What can do no harm is kept.
    Sanitise,
    /// All of it is kept.
    Trust,
}

impl RawHtml {
    const CHOICES: [(&'static str, Self); 3] =
        [("escape", Self::Escape), ("sanitise", Self::Sanitise), ("trust", Self::Trust)];
}

/// How links to pages end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkStyle {
    /// `../erevan/`, as servers like it.
    #[default]
    Folder,
    /// `../erevan/index.html`, so that the site can also be read from a disk without a server.
    File,
}

impl LinkStyle {
    const CHOICES: [(&'static str, Self); 2] = [("folder", Self::Folder), ("file", Self::File)];
}

/// What a site asks of its sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSettings {
    /// How many days old a source may be before it needs an archive; none need one where the site does not say.
    pub archive_after: Option<i32>,
    /// The style they are printed in, if it is not that of the theme's templates.
    pub style: Option<Spanned<SourceStyle>>,
}

/// An entry of the menu.
#[derive(Clone, Debug, PartialEq)]
pub struct MenuEntry {
    /// What it says.
    pub title: Spanned<String>,
    /// Where it leads: an address (`/pays/`), a URL, or the path of a page's file.
    pub url: Spanned<String>,
    /// The only language it is shown in, if it is not shown in all.
    pub language: Option<Spanned<LanguageTag>>,
}

impl Config {
    /// A place in `site.toml`.
    pub fn place(&self, span: Span) -> Place {
        let Some(path) = ContentPath::new("site.toml") else { unreachable!("`site.toml` is a path") };
        Place { path, span }
    }

    /// The main language.
    pub fn main_language(&self) -> &LanguageSettings {
        &self.languages[0]
    }

    /// The settings of a language, if the site has it.
    pub fn language(&self, tag: &LanguageTag) -> Option<&LanguageSettings> {
        self.languages.iter().find(|language| language.tag == *tag)
    }
}

/// The settings in the text of `site.toml`, and what is wrong with it.
pub fn parse(source: &Source) -> (Config, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let written = Written::read(source, &mut diagnostics);
    let config = resolve(written);
    check_menu(source, &config, &mut diagnostics);
    diagnostics.sort_by_key(|diagnostic| diagnostic.place.span);
    (config, diagnostics)
}

fn resolve(written: Written) -> Config {
    let number = |written: Option<Spanned<i64>>, default: u32| {
        written.and_then(|number| u32::try_from(number.value).ok()).unwrap_or(default)
    };
    let Some(public) = ContentPath::new("public") else { unreachable!("`public` is a path") };
    let Some(french) = LanguageTag::parse("fr") else { unreachable!("`fr` is a tag") };
    let main = written.language.map_or(french, |language| language.value);
    let languages = resolve_languages(main, written.main, written.languages);
    Config {
        base_url: written.base_url.unwrap_or_else(|| Spanned::new(BaseUrl::local(), Span::default())),
        theme: written.theme,
        publisher: written.publisher.map_or_else(|| languages[0].title.clone(), |publisher| publisher.value),
        output: written.output.map_or(public, |output| output.value),
        per_page: number(written.per_page, 20) as usize,
        feed_entries: number(written.feed_entries, 20) as usize,
        max_file_size: u64::from(number(written.max_file_size, 8)) * 1024 * 1024,
        raw_html: written.raw_html.unwrap_or_default(),
        link_style: written.link_style.unwrap_or_default(),
        link_mentions: written.link_mentions.is_none_or(|link| link.value),
        languages,
        sources: SourceSettings {
            archive_after: written.sources.archive_after.and_then(|days| i32::try_from(days.value).ok()),
            style: written.sources.style,
        },
        lints: written.lints,
        territories: written.territories,
        organisations: written.organisations,
        menu: written.menu,
        extra: written.extra,
    }
}

/// The main language, of which the top of the file and `[languages]` may both speak, and then the others.
fn resolve_languages(
    main: LanguageTag,
    top: WrittenLanguage,
    others: Vec<(Spanned<LanguageTag>, WrittenLanguage)>,
) -> Vec<LanguageSettings> {
    let (own, others): (Vec<_>, Vec<_>) = others.into_iter().partition(|(tag, _)| tag.value == main);
    let own = own.into_iter().next().map(|(_, own)| own).unwrap_or_default();
    let title = own.title.or(top.title).map(|title| title.value).unwrap_or_default();
    let permalinks: Vec<_> = own.permalinks.into_iter().chain(top.permalinks).collect();
    let mut languages = vec![LanguageSettings {
        permalinks: Permalinks::resolve(&main, "/", &permalinks),
        tag: main,
        home: "/".to_owned(),
        title: title.clone(),
        description: own.description.or(top.description).map(|description| description.value),
    }];
    languages.extend(others.into_iter().map(|(tag, other)| {
        let home = format!("/{}/", tag.value.as_str().to_lowercase());
        LanguageSettings {
            permalinks: Permalinks::resolve(&tag.value, &home, &other.permalinks),
            tag: tag.value,
            home,
            title: other.title.map_or_else(|| title.clone(), |title| title.value),
            description: other.description.map(|description| description.value),
        }
    }));
    languages
}

/// Reports the entries of the menu that are for a language the site has not.
fn check_menu(source: &Source, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let known: Vec<String> = config.languages.iter().map(|language| format!("`{}`", language.tag)).collect();
    for language in config.menu.iter().filter_map(|entry| entry.language.as_ref()) {
        if config.language(&language.value).is_none() {
            let message = format!("the site has no language `{}`", language.value);
            let diagnostic = Diagnostic::new(&code::BAD_VALUE, source.place(language.span), message);
            diagnostics.push(diagnostic.help(format!("known are {}", known.join(", "))));
        }
    }
}

#[cfg(test)]
mod tests;
