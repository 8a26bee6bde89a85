//! What is wrong with a broken entry, in words for the writer.

use super::{Broken, NO_TABLE};
use crate::data::fault::{Fault, character_at, line_around, open_text, trimmed};
use crate::data::{in_message, quote};
use std::ops::Range;

/// The plain key that `line` begins with, where a colon follows it.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let end =
        line.find(|character: char| !(character.is_alphanumeric() || matches!(character, '-' | '_')))?;
    (end > 0 && line[end..].starts_with(':')).then(|| &line[..end])
}

/// What to tell of the entry in `part` of the text.
pub(super) fn of(text: &str, part: &Range<usize>, broken: &Broken) -> Fault {
    let at = broken.at.clamp(part.start, part.end);
    let line = line_around(text, at);
    let value = value_of(text, &line);
    let problem = broken.problem.as_str();
    match problem {
        NO_TABLE => no_table(text, part),
        "mapping values are not allowed in this context" => colon(text, part, &line, value),
        "while parsing node, found unknown anchor" => match text[value.clone()].starts_with('*') {
            true => must_be_quoted(text, value),
            false => anchor(text, trimmed(text, at..line.end.max(at))),
        },
        "while scanning a quoted scalar, found unexpected end of stream" => open_text(text, &line, line.end),
        "invalid trailing content after double-quoted scalar" => trailing(text, value),
        "while parsing a quoted scalar, found unknown escape character" => escape(text, part, at),
        "block sequence entries are not allowed in this context" => {
            Fault::new(value, "a list begins on a line of its own").help("or stands between `[` and `]`")
        }
        problem if problem.starts_with("unexpected character") => must_be_quoted(text, value),
        problem if problem.contains("anchor or alias") => must_be_quoted(text, value),
        problem if problem.contains("tab") && text[line.clone()].contains('\t') => tab(text, &line, at),
        problem
            if problem.contains("flow")
                || text[value.clone()].starts_with(['[', '{'])
                || problem.contains("node content") && is_left_open(&text[part.clone()]) =>
        {
            bracket(text, part, at)
        }
        problem
            if problem.contains("expected key")
                || problem.contains("indentation")
                || problem.contains("'-'") =>
        {
            Fault::new(trimmed(text, line), "this line is not indented like its neighbours")
        }
        problem => Fault::new(trimmed(text, line), format!("this is not YAML: {problem}")),
    }
}

/// An anchor or an alias, which is mostly text that happens to begin like one.
pub(super) fn anchor(_text: &str, range: Range<usize>) -> Fault {
    Fault::new(range, "anchors and aliases are not read here")
        .help("write the value out; text that begins with `&` or `*` stands between quotation marks")
}

/// What follows the key on its line.
fn value_of(text: &str, line: &Range<usize>) -> Range<usize> {
    let start = match text[line.clone()].find(": ") {
        Some(colon) => line.start + colon + 1,
        None => line.start,
    };
    let value = trimmed(text, start..line.end);
    match text[value.clone()].find(" #") {
        Some(comment) => trimmed(text, value.start..value.start + comment),
        None => value,
    }
}

fn must_be_quoted(text: &str, value: Range<usize>) -> Fault {
    let first = &text[character_at(text, value.start)];
    let message = format!("text that begins with `{first}` must stand between quotation marks");
    let quoted = quote(&text[value.clone()]);
    // Anchors, aliases and tags begin with a mark of their own.
    let is_safe = matches!(first, "@" | "`" | "%") && follows_key(text, &value);
    let fault = Fault::new(value.clone(), message).fix(value, quoted);
    if is_safe { fault.safe() } else { fault }
}

/// Whether a plain key is all that stands before the value on its line.
fn follows_key(text: &str, value: &Range<usize>) -> bool {
    let line = line_around(text, value.start);
    let before = text[line.start..value.start].trim();
    key_of(before).is_some_and(|key| before.len() == key.len() + 1)
}

fn no_table(text: &str, part: &Range<usize>) -> Fault {
    let line = trimmed(text, line_around(text, part.start));
    let written = &text[line.clone()];
    if written.starts_with("- ") {
        return Fault::new(line, "this is a list, where keys with values are expected");
    }
    let fault = Fault::new(line.clone(), "this line is not `key: value`");
    let (key, rest) = match written.split_once([':', '=']) {
        Some((key, rest)) => (key.trim(), rest.trim()),
        None => return fault,
    };
    if key.is_empty() || key.contains(char::is_whitespace) || rest.is_empty() {
        return fault;
    }
    let is_plain = key.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
    let fault = fault.help("a space follows the colon").fix(line, format!("{key}: {rest}"));
    // What follows the colon of an address is no value.
    if is_plain && !rest.starts_with('/') { fault.safe() } else { fault }
}

/// A colon where none can be: inside text, or on a line that is not indented right.
fn colon(text: &str, part: &Range<usize>, line: &Range<usize>, value: Range<usize>) -> Fault {
    let holds_colon = text[value.clone()].contains(": ") || text[value.clone()].ends_with(':');
    if holds_colon && value.start > line.start + 1 {
        let quoted = quote(&text[value.clone()]);
        let is_safe = follows_key(text, &value) && !text[value.clone()].starts_with(['"', '\'', '[', '{']);
        let fault = Fault::new(value.clone(), "text that holds `: ` must stand between quotation marks")
            .fix(value, quoted);
        return if is_safe { fault.safe() } else { fault };
    }
    if line.start > part.start {
        return Fault::new(
            line.start..trimmed(text, line.clone()).end,
            "this line is not indented like its neighbours",
        );
    }
    no_table(text, part)
}

/// Something after a closing quotation mark.
fn trailing(text: &str, value: Range<usize>) -> Fault {
    let written = &text[value.clone()];
    let mark = if written.starts_with('\'') { '\'' } else { '"' };
    let other = if mark == '"' { '\'' } else { '"' };
    if !written.starts_with(mark) {
        return Fault::new(value, "nothing may follow a text after its closing quotation mark");
    }
    let (message, inside) = if written.len() > 1 && written.ends_with(mark) {
        ("this text ends before its last quotation mark", &written[1..written.len() - 1])
    } else {
        ("nothing may follow a text after its closing quotation mark", written)
    };
    let fault = Fault::new(value.clone(), message);
    if inside.contains([other, '\\']) {
        return fault.help(format!("put it between `{other}`"));
    }
    fault.help(format!("put it between `{other}`")).fix(value, format!("{other}{inside}{other}"))
}

fn escape(text: &str, part: &Range<usize>, at: usize) -> Fault {
    const KNOWN: &str = "0abt\tnvfre \"/\\N_LPxuU\n\r";
    let mut characters = text[at..part.end].char_indices();
    let mut range = at..at;
    while let Some((index, character)) = characters.next() {
        if character == '\\'
            && let Some((next, escaped)) = characters.next()
            && !KNOWN.contains(escaped)
        {
            range = at + index..at + next + escaped.len_utf8();
            break;
        }
    }
    let message = format!("{} does not stand for anything", in_message(&text[range.clone()]));
    Fault::new(range, message).help("for a backslash write two, or put the text between `'`")
}

fn tab(text: &str, line: &Range<usize>, at: usize) -> Fault {
    let start = text[line.clone()].find('\t').map_or(at, |index| line.start + index);
    let written = &text[start..line.end];
    let end = start + written.len() - written.trim_start_matches('\t').len();
    Fault::new(start..end, "a tab can't indent in YAML")
        .help("indent with spaces")
        .fix(start..end, "  ".repeat(end - start))
}

/// Whether a list or a table is begun and not ended.
fn is_left_open(written: &str) -> bool {
    [('[', ']'), ('{', '}')]
        .iter()
        .any(|&(opening, closing)| written.matches(opening).count() > written.matches(closing).count())
}

fn bracket(text: &str, part: &Range<usize>, at: usize) -> Fault {
    let first = text[part.clone()].find(['[', '{']).map(|index| part.start + index);
    let Some(start) = first.filter(|start| *start <= at) else {
        return Fault::new(character_at(text, at), "this bracket closes nothing");
    };
    let (opening, closing, what) =
        if text[start..].starts_with('[') { ('[', ']', "list") } else { ('{', '}', "table") };
    let written = &text[start..part.end];
    if written.matches(opening).count() > written.matches(closing).count() {
        return Fault::new(start..start + 1, format!("this {what} is never closed"))
            .help(format!("close it with `{closing}`"));
    }
    let value = value_of(text, &line_around(text, start));
    if value.start == start && !text[value.clone()].ends_with(closing) {
        return must_be_quoted(text, value);
    }
    Fault::new(character_at(text, at), format!("a comma or `{closing}` is missing before this"))
}
