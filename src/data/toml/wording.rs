//! What is wrong with a broken statement, in words for the writer.

use super::statement::{Statement, key_of};
use crate::data::fault::{Fault, character_at, line_around, open_text, trimmed};
use crate::data::{Moment, in_message, quote};
use crate::diagnostic::code;
use std::ops::Range;

/// What to tell of a broken statement: the first error of each line, since the others mostly follow from it.
pub(super) fn all(text: &str, statement: &Statement) -> Vec<Fault> {
    if statement.is_unclosed() {
        // A text left open inside a list or a table hides the bracket that closes it.
        let open = statement.errors.iter().find(|(range, message)| {
            range.is_empty()
                && (message.starts_with("invalid basic string")
                    || message.starts_with("invalid literal string"))
        });
        return vec![match open {
            Some((range, _)) => open_text(text, &line_around(text, range.start), range.start),
            None => unclosed(text, statement),
        }];
    }
    let mut faults = Vec::new();
    let mut told = Vec::new();
    for (range, message) in &statement.errors {
        let line = line_around(text, range.start);
        if !told.contains(&line.start) {
            told.push(line.start);
            faults.push(one(text, statement, range.clone(), message));
        }
    }
    faults.sort_by_key(|fault| fault.range.start);
    faults
}

fn one(text: &str, statement: &Statement, range: Range<usize>, message: &str) -> Fault {
    let written = text.get(range.clone()).unwrap_or_default();
    let line = line_around(text, range.start);
    match message.split_once(", expected").map_or(message, |(problem, _)| problem) {
        "string values must be quoted" if written.is_empty() => no_value(text, &line),
        "string values must be quoted" => unquoted(range, written),
        "invalid boolean" => Fault::new(range.clone(), format!("`{written}` is written in lower case"))
            .fix(range, written.to_lowercase())
            .safe(),
        problem if problem.starts_with("invalid date") || problem.starts_with("invalid time") => {
            bad_date(range, written)
        }
        "key with no value" => no_equals_sign(text, &line),
        "invalid unquoted key" => bad_key(text, &line, range.start),
        "unquoted keys cannot be empty" => {
            Fault::new(first_of(text, &line, '='), "there is no key before `=`").help("write `key = value`")
        }
        "invalid basic string" | "invalid literal string" if written.is_empty() => {
            open_text(text, &line, range.start)
        }
        "invalid basic string"
        | "invalid literal string"
        | "invalid multi-line basic string"
        | "invalid multi-line literal string"
        | "invalid comment character" => control_character(range, written),
        "missing escaped value" => bad_escape(text, range.start),
        "invalid value" | "too few unicode value digits" => bad_number_escape(text, range.start),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            missing_comma(text, statement, range.start)
        }
        "extra assignment between key-value pairs" | "unexpected `=` in array" | "extra `=`" => {
            let equals = text[range.start..line.end.max(range.start)]
                .find('=')
                .map_or(range.start, |index| range.start + index);
            Fault::new(character_at(text, equals), "this `=` follows a value, not a key")
                .help("is a comma missing?")
        }
        "extra comma in array" | "extra comma in inline table" => {
            Fault::new(range.clone(), "there is one comma too many").fix(range, "").safe()
        }
        "missing array opening" | "missing inline table opening" => {
            let bracket = character_at(text, range.start);
            let shown = text[bracket.clone()].to_owned();
            Fault::new(bracket, format!("this `{shown}` closes nothing"))
        }
        "unclosed table" | "unclosed array table" => open_header(text, &line),
        "unexpected key or value" => trailing(text, statement, &line, range.start),
        "unexpected leading zero" => Fault::new(range, "a number does not begin with a zero")
            .help("put it between quotation marks if it is text"),
        "carriage return must be followed by newline" => {
            Fault::new(range, "a carriage return stands here without a line feed")
        }
        "cannot recurse further; max recursion depth met" | "recursion limit" => {
            Fault::new(range, "lists or tables are nested too deeply")
        }
        problem => Fault::new(range, format!("this is not TOML: {problem}")),
    }
}

fn first_of(text: &str, line: &Range<usize>, character: char) -> Range<usize> {
    let offset = text[line.clone()].find(character).map_or(line.start, |index| line.start + index);
    character_at(text, offset)
}

fn no_value(text: &str, line: &Range<usize>) -> Fault {
    let equals = first_of(text, line, '=');
    let range = trimmed(text, line.start..equals.end);
    match key_of(&text[range.clone()]) {
        Some(key) => {
            let message = format!("{} has no value", in_message(key));
            Fault::new(range, message).help("give it one, or remove the line")
        }
        None => Fault::new(range, "a value is missing after `=`"),
    }
}

fn unquoted(range: Range<usize>, written: &str) -> Fault {
    const OPENING: [char; 5] = ['“', '”', '«', '„', '‘'];
    const CLOSING: [char; 5] = ['”', '“', '»', '’', '"'];
    if let Some(inside) = written.strip_prefix(OPENING) {
        let inside = inside.strip_suffix(CLOSING).unwrap_or(inside).trim();
        return Fault::new(range.clone(), "typographic quotation marks do not delimit text")
            .help("write `\"` around it")
            .fix(range, quote(inside));
    }
    if matches!(written.to_lowercase().as_str(), "yes" | "no" | "on" | "off" | "oui" | "non") {
        let message = format!("`{written}` is neither text between quotation marks nor `true` or `false`");
        return Fault::new(range, message);
    }
    if let Some(value) = written.strip_suffix(';')
        && toml::de::DeValue::parse(value).is_ok()
    {
        return stray(range.end - 1..range.end, "semicolon");
    }
    if written.starts_with(|first: char| first.is_ascii_digit())
        && let Err(problem) = Moment::parse(written)
        && problem.replacement.is_some() | problem.message.contains(" may be ")
    {
        return Fault::date(range, problem);
    }
    // Part of it may be between quotation marks already, or a comment.
    let is_safe = !written.contains(['"', '#', '=']);
    let fault =
        Fault::new(range.clone(), "text must stand between quotation marks").fix(range, quote(written));
    if is_safe { fault.safe() } else { fault }
}

fn bad_date(range: Range<usize>, written: &str) -> Fault {
    let is_month = written.len() == 7 && written.as_bytes()[4] == b'-';
    match Moment::parse(written) {
        Err(_) if is_month => Fault {
            code: &code::BAD_DATE,
            ..Fault::new(range, format!("{} is not a whole date", in_message(written))).help(format!(
                "write the day too, or, where a month alone will do, as in a source, quotation marks: `\"{written}\"`"
            ))
        },
        Err(problem) => Fault::date(range, problem),
        Ok(_) => Fault {
            code: &code::BAD_DATE,
            ..Fault::new(range, format!("{} is not a date", in_message(written)))
        },
    }
}

fn no_equals_sign(text: &str, line: &Range<usize>) -> Fault {
    let range = trimmed(text, line.clone());
    let written = &text[range.clone()];
    let Some(key) = key_of(written) else { return not_a_statement(range) };
    let rest = &written[key.len()..];
    if rest.trim_start().starts_with(':') {
        let colon = first_of(text, &range, ':');
        let space = if rest.starts_with(':') { " =" } else { "=" };
        return Fault::new(colon.clone(), "in TOML a key is followed by `=`, not `:`")
            .fix(colon, space)
            .safe();
    }
    match written.split_once('=') {
        Some((name, _)) => bad_name(range.start..range.start + name.trim_end().len()),
        None => not_a_statement(range),
    }
}

fn not_a_statement(range: Range<usize>) -> Fault {
    Fault::new(range, "this line is not `key = value`")
}

fn bad_key(text: &str, line: &Range<usize>, at: usize) -> Fault {
    let range = match text[line.start..at].rfind(['{', ',']) {
        Some(before) => trimmed(text, line.start + before + 1..line.end),
        None => trimmed(text, line.clone()),
    };
    match text[range.clone()].split_once('=') {
        Some((name, _)) if !name.starts_with('[') => {
            bad_name(range.start..range.start + name.trim_end().len())
        }
        _ if text[range.clone()].starts_with('[') => bad_name(range),
        _ => not_a_statement(range),
    }
}

fn bad_name(range: Range<usize>) -> Fault {
    Fault::new(range, "a key is one word of plain letters, digits, `-` and `_`")
        .help("any other stands between quotation marks")
}

fn control_character(range: Range<usize>, written: &str) -> Fault {
    let number = written.chars().next().map_or(0, u32::from);
    Fault::new(range, format!("the control character U+{number:04X} can't stand in text"))
}

fn bad_escape(text: &str, after_backslash: usize) -> Fault {
    let range = text[..after_backslash].rfind('\\').unwrap_or(after_backslash)
        ..character_at(text, after_backslash).end.max(after_backslash);
    let message = format!("{} does not stand for anything", in_message(&text[range.clone()]));
    Fault::new(range, message).help("for a backslash write two, or put the text between `'`")
}

fn bad_number_escape(text: &str, offset: usize) -> Fault {
    let start = text[..offset].rfind('\\').unwrap_or(offset);
    let range = start..character_at(text, (start + 1).min(text.len())).end;
    let message = format!(
        "{} must be followed by the hexadecimal number of a character",
        in_message(&text[range.clone()])
    );
    Fault::new(range, message).help("for a backslash write two, or put the text between `'`")
}

fn missing_comma(text: &str, statement: &Statement, offset: usize) -> Fault {
    let after_value = text[..offset].trim_end().len();
    let fault = Fault::new(after_value..after_value, "a comma is missing between two values");
    if parts_two_values(text, statement, after_value) {
        fault.fix(after_value..after_value, ",")
    } else {
        fault
    }
}

/// Whether a whole value ends at byte `at` of a statement and, past white space, another or a key begins. A text whose
/// quotation mark is missing, or that goes on past its line, looks like two values.
fn parts_two_values(text: &str, statement: &Statement, at: usize) -> bool {
    let has_broken_text = statement.errors.iter().any(|(_, message)| message.contains(" string"));
    let has_comment = text[line_around(text, at)].contains('#');
    let ends_value = |last: char| matches!(last, '"' | '\'' | ']' | '}') || last.is_ascii_alphanumeric();
    let after = &text[at..statement.range.end.max(at)];
    let next = after.trim_start();
    let begins_value = next.starts_with(['"', '\'', '[', '{', '-', '+'])
        || next.starts_with(|first: char| first.is_ascii_digit())
        || key_of(next).is_some_and(|key| {
            matches!(key, "true" | "false") || next[key.len()..].trim_start().starts_with('=')
        });
    !has_broken_text
        && !has_comment
        && text[..at].ends_with(ends_value)
        && next.len() < after.len()
        && begins_value
}

fn unclosed(text: &str, statement: &Statement) -> Fault {
    let written = &text[statement.range.clone()];
    let value = written.find('=').map_or(0, |index| index + 1);
    let opening = ["[", "{", "\"\"\"", "'''"]
        .iter()
        .filter_map(|opening| written[value..].find(opening).map(|index| (index, *opening)))
        .min();
    let Some((index, opening)) = opening else {
        return Fault::new(trimmed(text, statement.range.clone()), "a value is never closed");
    };
    let start = statement.range.start + value + index;
    let (what, closing) = match opening {
        "[" => ("list", "]"),
        "{" => ("table", "}"),
        mark => ("text", mark),
    };
    Fault::new(start..start + opening.len(), format!("this {what} is never closed"))
        .help(format!("close it with `{closing}`"))
}

fn open_header(text: &str, line: &Range<usize>) -> Fault {
    let range = trimmed(text, line.clone());
    let written = &text[range.clone()];
    if written.ends_with(']') {
        return Fault::new(range, "a name of several words is quoted in a header")
            .help("as in `[footnotes.\"two words\"]`");
    }
    let brackets = if written.starts_with("[[") { "]]" } else { "]" };
    let fault = Fault::new(range.clone(), "the header of this table is never closed");
    if key_of(written.trim_start_matches('[')).is_some_and(|key| written.ends_with(key)) {
        fault.fix(range.end..range.end, brackets).safe()
    } else {
        fault.help(format!("close it with `{brackets}`"))
    }
}

fn stray(range: Range<usize>, what: &str) -> Fault {
    Fault::new(range.clone(), format!("there is no {what} at the end of a line")).fix(range, "").safe()
}

/// Something after the end of a value: mostly text whose own quotation marks ended it.
fn trailing(text: &str, statement: &Statement, line: &Range<usize>, offset: usize) -> Fault {
    let rest = trimmed(text, offset..line.end.max(offset));
    match &text[rest.clone()] {
        "," => return stray(rest, "comma"),
        ";" => return stray(rest, "semicolon"),
        _ => {}
    }
    let equals = first_of(text, &statement.range, '=');
    let value = trimmed(text, equals.end.min(line.end)..line.end);
    let written = &text[value.clone()];
    let mark = if written.starts_with('"') { '"' } else { '\'' };
    let ended_early = written.starts_with(mark) && !text[..rest.start].ends_with(char::is_whitespace);
    if !ended_early {
        return Fault::new(rest, "nothing may follow a value on its line");
    }
    let other = if mark == '"' { '\'' } else { '"' };
    let fault = Fault::new(rest, format!("the text ended at the second `{mark}`"));
    let inside = written.get(1..written.len() - 1).filter(|_| written.ends_with(mark));
    match inside {
        Some(inside) if !inside.contains([other, '\\']) => {
            fault.help(format!("put it between `{other}`")).fix(value, format!("{other}{inside}{other}"))
        }
        _ => fault.help("write `\\\"` for a quotation mark inside a text between `\"`"),
    }
}
