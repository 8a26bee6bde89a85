//! The look: templates, strings and static files, in three layers: the site's own over its theme's over the default theme,
//! which is embedded in the program.

pub mod embedded;

use crate::diagnostic::{Diagnostic, code};
use crate::language::{Language, LanguageTag, Messages, Strings};
use crate::source::{ContentPath, Place, Source};
use std::collections::BTreeMap;

/// The name of the default theme.
pub const DEFAULT: &str = "courrier";

/// Everything that decides how pages look.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// The site's own templates by name, and the theme's under `theme/<name>`: what the site lacks is sought there, and
    /// what replaces a template can extend it.
    pub templates: BTreeMap<String, Source>,
    /// Static files of the theme by their path in the output.
    pub assets: BTreeMap<String, Asset>,
    /// The strings of each language of the site.
    pub strings: BTreeMap<LanguageTag, Strings>,
}

/// A static file of the theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asset {
    /// One of the default theme's.
    Embedded(&'static [u8]),
    /// One of the site's folder.
    File(ContentPath),
}

/// What a theme's folder, or the site's own folders, hold.
#[derive(Debug, Default)]
pub struct Layer {
    /// Files of `templates/`.
    pub templates: Vec<(String, Source)>,
    /// Files of `static/`.
    pub assets: Vec<(String, Asset)>,
    /// Files of `i18n/`, by language.
    pub strings: Vec<(String, Source)>,
}

/// Lays the site's own files over its theme's, and those over the default theme, for a site in `languages`.
pub fn compose(site: Layer, themes: Vec<Layer>, languages: &[LanguageTag]) -> (Theme, Vec<Diagnostic>) {
    let mut theme = Theme::default();
    let mut diagnostics = Vec::new();
    let mut messages: BTreeMap<String, Vec<Messages>> = BTreeMap::new();
    let layers = themes.into_iter().map(|layer| ("theme/", layer)).chain([("", site)]);
    for (prefix, layer) in layers {
        let templates = layer.templates.into_iter();
        theme.templates.extend(templates.map(|(name, source)| (format!("{prefix}{name}"), source)));
        theme.assets.extend(layer.assets);
        for (language, source) in layer.strings {
            let (parsed, errors) = Messages::parse(&source.text);
            let place = |span| source.place(span);
            diagnostics.extend(
                errors
                    .into_iter()
                    .map(|error| Diagnostic::new(&code::SYNTAX, place(error.span), error.message)),
            );
            messages.entry(language).or_default().push(parsed);
        }
    }
    for tag in languages {
        let own =
            [tag.primary(), tag.as_str()].into_iter().take(if tag.primary() == tag.as_str() { 1 } else { 2 });
        let own = own.flat_map(|name| messages.get(name).into_iter().flatten().cloned()).collect::<Vec<_>>();
        let english = messages.get("en").into_iter().flatten().cloned().collect::<Vec<_>>();
        theme.strings.insert(tag.clone(), Strings::layered(own, english));
    }
    (theme, diagnostics)
}

impl Theme {
    /// One of the interface's strings, in a language of the site; the key itself where no layer has it, which a template
    /// would report as [`code::MISSING_STRING`].
    pub fn string(&self, language: &Language, key: &str, arguments: &[(&str, &str)]) -> String {
        self.strings
            .get(language.tag())
            .and_then(|strings| strings.get(key, language, None, arguments))
            .unwrap_or_else(|| key.to_owned())
    }

    /// A language's name in itself, if its strings have one. That of English names no other.
    pub fn endonym(&self, tag: &LanguageTag) -> Option<String> {
        self.strings.get(tag)?.own("language-name")
    }
}

/// The name of a theme that is neither embedded nor in `themes/`.
pub fn unknown(name: &str, place: Place, known: &[String]) -> Diagnostic {
    let problem = Diagnostic::new(&code::UNKNOWN_THEME, place, format!("there is no theme `{name}`"));
    match crate::diagnostic::nearest(name, known.iter().map(String::as_str)) {
        Some(found) => problem.help(format!("did you mean `{found}`?")),
        None => problem.help(format!("put it into `themes/{name}/`, or take the default theme `{DEFAULT}`")),
    }
}
