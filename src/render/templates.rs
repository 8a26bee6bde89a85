//! A site's templates, read once, and what they may ask for: filters, and the strings of the interface.

use super::fault;
use super::formula::Formula;
use super::html::is_forbidden;
use super::parts;
use super::sentence;
use super::style::StyledNote;
use super::wording::Wording;
use crate::brief::markdown::plain;
use crate::diagnostic::{Diagnostic, nearest};
use crate::language::LanguageTag;
use crate::page::view::SourceView;
use crate::source::Source;
use crate::source::may_hold_controls;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use tera::{Context, Error, ErrorKind, Kwargs, State, Tera, TeraResult, Value};

/// How much room a page is given at first, in bytes: more than most need.
const PAGE: usize = 32_768;

/// Where a template is sought that the site does not have of its own.
const THEME: &str = "theme/";

/// The templates of a site, ready to be filled in each of its languages.
#[derive(Debug)]
pub struct Templates<'a> {
    files: &'a BTreeMap<String, Source>,
    /// One set for each language: what filters and `t` give does not depend on what a component was handed.
    languages: Vec<(Wording, Tera)>,
    /// Whether a template of sources asks for `source` itself, and not only for the parts that are made of it.
    wants_sources: bool,
    /// The templates of sources that only put parts together, each with the kind of source. There are a dozen.
    formulas: Vec<(String, Formula)>,
}

impl<'a> Templates<'a> {
    /// Reads `files`, by name. A template that is missing is sought under `theme/<name>`. With a mistake in one of them
    /// there is none.
    pub fn new(files: &'a BTreeMap<String, Source>, wordings: &[Wording]) -> (Self, Vec<Diagnostic>) {
        let mut languages: Vec<(Wording, Tera)> = Vec::new();
        let wants_sources = files.iter().any(|(name, file)| asks_for_source(name, file));
        let unread = Self { files, languages: Vec::new(), wants_sources, formulas: Vec::new() };
        for wording in wordings {
            // What is read for one language serves the others: only the words differ.
            let read = match languages.first() {
                Some((_, read)) => Ok(with_words(read.clone(), wording)),
                None => read(files, wording),
            };
            match read {
                Ok(tera) => languages.push((wording.clone(), tera)),
                Err(error) => {
                    let diagnostics = fault::of_loading(&error, files, &syntax_errors(files));
                    return (unread, diagnostics);
                }
            }
        }
        (Self { languages, formulas: formulas(files), ..unread }, Vec::new())
    }

    /// The template called `name`, filled with `context` for the page at `address`.
    pub(super) fn fill(
        &self,
        name: &str,
        language: &LanguageTag,
        context: &Context,
        address: &str,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(PAGE);
        let filled = match self.of(language) {
            Some((_, tera)) => tera.render_to(name, context, &mut page),
            None => Err(Error::new(ErrorKind::TemplateNotFound(name.to_owned()))),
        };
        filled.map(|()| without_controls(page)).map_err(|error| Box::new(self.fault(&error, name, address)))
    }

    /// What the template called `name` prints, if the site has it: a part of pages, without the white space round it.
    pub(super) fn part(
        &self,
        name: &str,
        language: &LanguageTag,
        context: &Context,
        address: &str,
    ) -> Result<Value, Box<Diagnostic>> {
        if !self.files.contains_key(name) && !self.files.contains_key(&format!("{THEME}{name}")) {
            return Ok(Value::none());
        }
        let part = self.fill(name, language, context, address)?;
        Ok(Value::safe_string(String::from_utf8_lossy(&part).trim()))
    }

    /// What the note of a source says: the template of its kind, or that of styles, filled with it for the page at
    /// `address`.
    pub(super) fn source(
        &self,
        source: &SourceView,
        styled: Option<StyledNote>,
        language: &LanguageTag,
        address: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let formula = self.formulas.iter().find(|(kind, _)| kind == source.kind);
        if let (None, Some((_, formula)), Some((wording, _))) = (&styled, formula, self.of(language))
            && let Some(note) = formula.print(source, wording)
        {
            return Ok(note);
        }
        let mut context = match self.of(language) {
            Some((wording, _)) => parts::context(source, wording, self.wants_sources),
            None => Context::new(),
        };
        let name = match styled {
            Some(note) => {
                if let Some((wording, _)) = self.of(language) {
                    insert_styled(&mut context, (source, note), wording, self.wants_sources);
                }
                "sources/styled.html".to_owned()
            }
            None => format!("sources/{}.html", source.kind),
        };
        let note = self.fill(&name, language, &context, address)?;
        Ok(String::from_utf8_lossy(&note).trim().to_owned())
    }

    fn of(&self, language: &LanguageTag) -> Option<&(Wording, Tera)> {
        self.languages.iter().find(|(wording, _)| wording.tag() == language).or(self.languages.first())
    }

    /// What is wrong with the template called `name`, met on the page at `address`.
    pub(super) fn fault(&self, error: &Error, name: &str, address: &str) -> Diagnostic {
        fault::of_filling(error, self.files, name).help(format!("met while making the page `{address}`"))
    }
}

/// Gives the template what a style has made of a source; its title is then written as the style writes it.
fn insert_styled(
    context: &mut Context,
    (source, note): (&SourceView, StyledNote),
    wording: &Wording,
    whole: bool,
) {
    let after = note.titled.map(|(title, after)| {
        *context = parts::context(&SourceView { title: title.into(), ..source.clone() }, wording, whole);
        Value::safe_string(&after)
    });
    context.insert_value("before", Value::safe_string(&note.before));
    context.insert("has_place", &note.has_place);
    context.insert_value("after", after.unwrap_or_else(Value::none));
}

/// The formulas among the templates of sources, each by the kind of source. What a site has of its own takes the place of the theme's.
fn formulas(files: &BTreeMap<String, Source>) -> Vec<(String, Formula)> {
    let mut formulas = Vec::new();
    for (name, file) in files {
        let of_theme = name.strip_prefix(THEME);
        let own = of_theme.unwrap_or(name);
        let kind = own.strip_prefix("sources/").and_then(|name| name.strip_suffix(".html"));
        if let Some(kind) = kind.filter(|_| of_theme.is_none() || !files.contains_key(own)) {
            formulas.extend(Formula::read(&file.text).map(|formula| (kind.to_owned(), formula)));
        }
    }
    formulas
}

fn asks_for_source(name: &str, file: &Source) -> bool {
    let of_sources = name.strip_prefix(THEME).unwrap_or(name).starts_with("sources/");
    of_sources && file.text.contains("source.")
}

fn read(files: &BTreeMap<String, Source>, wording: &Wording) -> TeraResult<Tera> {
    let mut tera = with_words(Tera::new(), wording);
    tera.set_fallback_prefixes([THEME])?;
    tera.add_raw_templates(files.iter().map(|(name, source)| (name, &source.text)))?;
    Ok(tera)
}

/// The syntax error of each file that has one: loading all of them stops at the first.
fn syntax_errors(files: &BTreeMap<String, Source>) -> Vec<Error> {
    let alone =
        files.iter().filter_map(|(name, source)| Tera::new().add_raw_template(name, &source.text).err());
    alone.filter(|error| matches!(error.kind(), ErrorKind::SyntaxError(_))).collect()
}

/// The page, without the characters that neither HTML nor XML can hold: a title may have brought one.
fn without_controls(page: Vec<u8>) -> Vec<u8> {
    if !may_hold_controls(&page) {
        return page;
    }
    let mut page = String::from_utf8_lossy(&page).into_owned();
    page.retain(|character| !is_forbidden(character));
    page.into_bytes()
}

/// Teaches `tera` the filters, and the words of a language.
fn with_words(mut tera: Tera, wording: &Wording) -> Tera {
    tera.register_filter("inline", |text: &str, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&super::inline::html(text))
    });
    tera.register_filter("plain", |text: &str, _: Kwargs, _: &State<'_>| plain(text));
    let words = wording.clone();
    tera.register_filter("number", move |number: u64, _: Kwargs, _: &State<'_>| {
        words.language().number(number)
    });
    let words = wording.clone();
    tera.register_filter("quote", move |text: &Value, _: Kwargs, _: &State<'_>| quote(&words, text));
    let words = wording.clone();
    tera.register_filter("sentence", move |parts: Vec<Value>, _: Kwargs, _: &State<'_>| {
        Value::safe_string(&sentence::of_values(&parts, words.language()))
    });
    let words = wording.clone();
    tera.register_filter("list", move |items: Vec<String>, _: Kwargs, _: &State<'_>| {
        words.language().list(&items)
    });
    let words = wording.clone();
    tera.register_filter("initial", move |text: &str, _: Kwargs, _: &State<'_>| {
        words.language().initial(text)
    });
    let words = wording.clone();
    let plain = plain_strings(wording);
    tera.register_function("t", move |arguments: Kwargs, _: &State<'_>| {
        let key = arguments.must_get::<&str>("key")?;
        match plain.get(key) {
            Some(string) if arguments.iter().nth(1).is_none() => Ok(string.clone()),
            _ => string(&words, key, &arguments).map(Value::from),
        }
    });
    tera
}

/// A text between quotation marks; of HTML, HTML.
fn quote(wording: &Wording, text: &Value) -> TeraResult<Value> {
    let written = text
        .as_str()
        .ok_or_else(|| Error::message(format!("`quote` takes a string, not {}", text.name())))?;
    let quoted = Value::from(wording.language().quote(written));
    Ok(if text.is_safe() { quoted.mark_safe() } else { quoted })
}

/// The strings of the interface as they are without arguments: most are asked for so.
fn plain_strings(wording: &Wording) -> HashMap<String, Value> {
    let strings = wording.strings();
    let plain = |key: &str| strings.get(key, wording.language(), None, &[]).map(Value::from);
    strings.keys().filter_map(|key| Some((key.to_owned(), plain(key)?))).collect()
}

/// The string of the interface that a template asks for.
fn string(wording: &Wording, key: &str, arguments: &Kwargs) -> TeraResult<String> {
    let count = arguments.get::<u64>("count")?;
    let values: Vec<(Cow<'_, str>, Cow<'_, str>)> = arguments
        .iter()
        .filter(|(name, _)| name.as_str() != Some("key"))
        .map(|(name, value)| {
            let name = name.as_str().map_or_else(|| name.to_string().into(), Cow::Borrowed);
            (name, value.as_str().map_or_else(|| value.to_string().into(), Cow::Borrowed))
        })
        .collect();
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (&**name, &**value)).collect();
    wording.strings().get(key, wording.language(), count, &values).ok_or_else(|| {
        let nearest = nearest(key, wording.strings().keys());
        Error::message(fault::missing_string(key, wording.tag(), nearest))
    })
}
