//! A broken TOML text cut into its statements: a header, or a key with its value, each read alone so that an error in
//! one says nothing of the next.

use std::ops::Range;
use toml::de::DeTable;

/// A header, or a key with its value, with the whole lines it stands on.
pub(super) struct Statement {
    /// Its lines.
    pub range: Range<usize>,
    /// What the parser says of it, with places in the whole text.
    pub errors: Vec<(Range<usize>, String)>,
}

impl Statement {
    /// Whether its value, opened by a bracket, a brace or three quotation marks, is still open at the end.
    pub fn is_unclosed(&self) -> bool {
        self.errors.iter().any(|(_, message)| {
            message.starts_with("unclosed array, ")
                || message.starts_with("unclosed inline table")
                || (message.starts_with("invalid multi-line") && message.contains("string, expected `"))
                    && !message.contains("visible")
        })
    }
}

/// Every statement of `text` that is not blank, in order, sound or not.
pub(super) fn all(text: &str) -> Vec<Statement> {
    let lines = lines(text);
    let mut statements = Vec::new();
    // What may be spent on looking for the ends of unclosed values, in bytes parsed: it keeps the time linear.
    let mut budget = 32 * text.len() + 4096;
    let mut index = 0;
    while index < lines.len() {
        let count = if is_blank(&text[lines[index].clone()]) {
            1
        } else {
            let (statement, count) = at(text, &lines[index..], &mut budget);
            statements.push(statement);
            count
        };
        index += count;
    }
    statements
}

/// The statement at the head of `lines`, and how many lines it takes.
fn at(text: &str, lines: &[Range<usize>], budget: &mut usize) -> (Statement, usize) {
    let alone = parse(text, lines[0].clone());
    if !alone.is_unclosed() {
        return (alone, 1);
    }
    for (count, last) in lines.iter().enumerate().skip(1).map(|(index, line)| (index + 1, line)) {
        let longer = lines[0].start..last.end;
        let Some(rest) = budget.checked_sub(longer.len()) else { break };
        *budget = rest;
        let statement = parse(text, longer);
        if statement.is_unclosed() {
            continue;
        }
        let swallowed = || lines[1..count].iter().any(|line| begins_statement(&text[line.clone()]));
        if statement.errors.is_empty() || !swallowed() {
            return (statement, count);
        }
        break;
    }
    // Never closed, or by the bracket of another: it ends where the next begins.
    let count = 1 + lines[1..].iter().take_while(|line| !begins_statement(&text[(*line).clone()])).count();
    (parse(text, lines[0].start..lines[count - 1].end), count)
}

fn parse(text: &str, range: Range<usize>) -> Statement {
    let (_, errors) = DeTable::parse_recoverable(&text[range.clone()]);
    let errors = errors
        .iter()
        .filter(|error| !is_about_tables(error.message()))
        .map(|error| {
            let span = error.span().unwrap_or(0..0);
            let span = range.start + span.start..range.start + span.end;
            (whole_characters(text, span), error.message().to_owned())
        })
        .collect();
    Statement { range, errors }
}

/// The range widened to whole characters: the parser's places may fall inside one.
fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start.min(text.len()), range.end.min(text.len()));
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Errors that are no matter of syntax but of what other statements say.
fn is_about_tables(message: &str) -> bool {
    message == "duplicate key" || message.starts_with("cannot extend")
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        })
        .collect()
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#') && !line.contains(|character: char| character.is_control())
}

/// Whether the statement is the header of a table.
pub(super) fn is_header(statement: &str) -> bool {
    statement.trim_start().starts_with('[')
}

/// Whether the line looks as if a statement began on it, and not like the inside of a list or of a text.
fn begins_statement(line: &str) -> bool {
    let line = line.trim_start();
    if let Some(name) = line.strip_prefix('[') {
        return name.trim_start_matches('[').starts_with(is_bare);
    }
    key_of(line).is_some_and(|key| line[key.len()..].trim_start().starts_with('='))
}

fn is_bare(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// The bare key, dots included, that `text` begins with.
pub(super) fn key_of(text: &str) -> Option<&str> {
    let end = text.find(|character| !(is_bare(character) || character == '.')).unwrap_or(text.len());
    let key = text[..end].trim_end_matches('.');
    (!key.is_empty() && !key.starts_with('.') && !key.contains("..")).then_some(key)
}

/// Overwrites all but the line ends with spaces.
pub(super) fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
}

/// Overwrites a broken statement by its key and a stand-in value where the key can be made out, and by spaces where it
/// can't.
pub(super) fn set_aside(bytes: &mut [u8], statement: &str) {
    blank(bytes);
    let start = statement.len() - statement.trim_start().len();
    let line = statement[start..].lines().next().unwrap_or_default();
    let Some(key) = key_of(line) else { return };
    let rest = &line[key.len()..];
    let names_a_value = rest.trim_start().starts_with(['=', ':', '"', '\'']);
    if names_a_value && rest.len() >= 2 {
        let end = start + key.len();
        bytes[start..end].copy_from_slice(key.as_bytes());
        bytes[end..end + 2].copy_from_slice(b"=0");
    }
}

/// If `offset` stands in a header, the lines above it that hold the same header, brackets included.
pub(super) fn header_before(text: &str, offset: usize) -> Option<Range<usize>> {
    let bare = |line: &str| -> String {
        line.split('#')
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect()
    };
    let lines = lines(text);
    let own = lines.iter().position(|line| line.contains(&offset))?;
    let header = bare(&text[lines[own].clone()]);
    if !is_header(&header) {
        return None;
    }
    let first = lines[..own].iter().find(|line| {
        let line = &text[(*line).clone()];
        is_header(line) && bare(line) == header
    })?;
    let line = &text[first.clone()];
    let start = first.start + line.len() - line.trim_start().len();
    Some(start..start + line.trim().split('#').next().unwrap_or_default().trim_end().len())
}

/// Where the first header after `offset` begins, or the end of the text.
pub(super) fn next_header(text: &str, offset: usize) -> usize {
    let next = lines(text).into_iter().find(|line| line.start > offset && is_header(&text[line.clone()]));
    next.map_or(text.len(), |line| line.start)
}
