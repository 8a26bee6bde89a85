//! From the template engine's errors to diagnostics at the place in the template that is wrong.
//!
//! Most errors carry a span. Those found when all templates are put together come as one finished text instead, from which
//! files, lines and columns are read back; so does the chain of components that led to an error.

use crate::diagnostic::{Code, Diagnostic, code, nearest};
use crate::language::LanguageTag;
use crate::source::{ContentPath, Place, Source, Span};
use std::collections::BTreeMap;
use tera::{Error, ErrorKind, ReportError};

type Files = BTreeMap<String, Source>;

/// What is wrong with the templates: the syntax errors where there are any, or else what `error` says.
pub(super) fn of_loading(error: &Error, files: &Files, syntax: &[Error]) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = match (syntax, error.kind()) {
        ([], ErrorKind::Msg(text)) if text.starts_with("error: ") => reports(text, files),
        ([], _) => vec![of_filling(error, files, "")],
        _ => syntax.iter().map(|error| of_filling(error, files, "")).collect(),
    };
    // One file may be there under two names.
    let mut seen: Vec<(Place, String)> = Vec::new();
    diagnostics.retain(|diagnostic| {
        let known = (diagnostic.place.clone(), diagnostic.message.clone());
        let new = !seen.contains(&known);
        seen.push(known);
        new
    });
    diagnostics
}

/// What is wrong where the template called `name` was filled.
pub(super) fn of_filling(error: &Error, files: &Files, name: &str) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => reported(report, error, files),
        ErrorKind::TemplateNotFound(absent) => {
            let message = format!("the theme has no template `{absent}`");
            diagnostic(&code::TEMPLATE_ERROR, place(files, absent, 0..0), &message)
        }
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("`{current}` extends `{parent}`, which does not exist");
            diagnostic(&code::TEMPLATE_ERROR, quoted(files, current, parent), &message)
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            circle(files, tpl, "extends", inheritance_chain)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => circle(files, tpl, "includes", include_chain),
        _ => {
            let text = error.to_string();
            let named = files.keys().find(|file| text.contains(&format!("`{file}`")));
            diagnostic(&code::TEMPLATE_ERROR, place(files, named.map_or(name, String::as_str), 0..0), &text)
        }
    }
}

/// How a template that asks for an unknown string is told of it; see [`diagnostic`].
pub(super) fn missing_string(key: &str, language: &LanguageTag, nearest: Option<&str>) -> String {
    let hint = nearest.map(|near| format!("\ndid you mean `{near}`?")).unwrap_or_default();
    format!("{MISSING_STRING}`{key}` in {language}{hint}")
}

const MISSING_STRING: &str = "the interface has no string ";

fn reported(report: &ReportError, error: &Error, files: &Files) -> Diagnostic {
    let place = place(files, report.filename(), report.span().range.clone());
    let mut diagnostic = diagnostic(&code::TEMPLATE_ERROR, place, report.message());
    let text = error.to_string();
    for line in text.lines() {
        if let Some((name, line, column)) = line.strip_prefix("note: called from ").and_then(locus) {
            diagnostic = diagnostic.related(at(files, name, line, column, 1), "called from here");
        }
    }
    diagnostic
}

/// The diagnostic of an error's text: its first line is the message, the others say what to do.
fn diagnostic(code: &'static Code, place: Place, text: &str) -> Diagnostic {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let message = lines.next().unwrap_or("the template is wrong");
    let code = if message.starts_with(MISSING_STRING) { &code::MISSING_STRING } else { code };
    let (message, available) = match message.split_once(". Available ") {
        Some((message, available)) => (message, Some(available)),
        None => (message, None),
    };
    let mut diagnostic = Diagnostic::new(code, place, in_our_manner(message));
    if let Some(available) = available {
        diagnostic = diagnostic.help(offer(message, available));
    }
    for line in lines {
        diagnostic = diagnostic.help(in_our_manner(line));
    }
    if code.id == code::MISSING_STRING.id {
        diagnostic = diagnostic.help("add it to `i18n/<language>.toml`");
    }
    diagnostic
}

/// Of what there is, `fields: a, b, c`, the name nearest to the one in `message`, or else all.
fn offer(message: &str, available: &str) -> String {
    let written = message.split('`').nth(1).unwrap_or_default();
    let names = available.split_once(": ").map_or("", |(_, names)| names);
    match nearest(written, names.split(", ")) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are the {available}"),
    }
}

/// Lower case, no final period.
fn in_our_manner(text: &str) -> String {
    let text = text.strip_suffix('.').filter(|text| !text.ends_with('.')).unwrap_or(text);
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    // A word in capitals stays so.
    let second = letters.clone().next();
    let lower = second.is_none_or(|second| !second.is_uppercase());
    if lower { first.to_lowercase().chain(letters).collect() } else { text.to_owned() }
}

fn circle(files: &Files, name: &str, verb: &str, chain: &[String]) -> Diagnostic {
    let message = format!("`{name}` {verb} itself");
    let chain: Vec<String> = chain.iter().map(|name| format!("`{name}`")).collect();
    let next = files
        .get(name)
        .and_then(|source| files.keys().find(|other| source.text.contains(&format!("\"{other}\""))));
    let place = quoted(files, name, next.map_or(name, String::as_str));
    diagnostic(&code::TEMPLATE_ERROR, place, &message).help(format!("the circle is {}", chain.join(" → ")))
}

/// The diagnostics of a text that holds several finished reports, each beginning with `error: ` and its place.
fn reports(text: &str, files: &Files) -> Vec<Diagnostic> {
    let mut lines = text.lines().peekable();
    let mut diagnostics = Vec::new();
    while let Some(line) = lines.next() {
        let Some(message) = line.strip_prefix("error: ") else { continue };
        let locus = lines.peek().and_then(|line| line.trim_start().strip_prefix("--> ")).and_then(locus);
        // The report quotes the line and underlines what is wrong in it.
        let width = lines.clone().nth(3).map_or(1, |line| line.matches('^').count());
        let place = match locus {
            Some((name, line, column)) => at(files, name, line, column, width),
            None => place(files, "", 0..0),
        };
        diagnostics.push(diagnostic(&code::TEMPLATE_ERROR, place, message));
    }
    diagnostics
}

/// Name, line and column of `base.html:12:4`.
fn locus(text: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = text.trim_end().rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

/// `width` characters from a line and a column on, both counted from 1.
fn at(files: &Files, name: &str, line: usize, column: usize, width: usize) -> Place {
    let text = files.get(name).map_or("", |source| source.text.as_str());
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let after = |from: usize, characters: usize| {
        let rest = text.get(from..).unwrap_or_default();
        from + rest.char_indices().nth(characters).map_or(rest.len(), |(offset, _)| offset)
    };
    let start = after(start, column.saturating_sub(1));
    place(files, name, start..after(start, width))
}

/// Where a template names another.
fn quoted(files: &Files, name: &str, other: &str) -> Place {
    let found = files.get(name).and_then(|source| source.text.find(&format!("\"{other}\"")));
    place(files, name, found.map_or(0..0, |start| start..start + other.len() + 2))
}

/// A range of the template called `name`; of one that does not exist, the file it should be.
fn place(files: &Files, name: &str, range: std::ops::Range<usize>) -> Place {
    if let Some(source) = files.get(name) {
        return source.place(Span::new(range));
    }
    let path = ContentPath::new(&format!("templates/{name}"));
    let Some(path) = path.or_else(|| ContentPath::new("templates")) else {
        unreachable!("a path of letters is one")
    };
    Place { path, span: Span::default() }
}
