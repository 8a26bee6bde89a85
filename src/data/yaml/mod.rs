//! YAML into a [`Table`]: the core schema of YAML 1.2, and of the rest of the language no more than people write by
//! hand. Anchors, aliases and tags are refused.
//!
//! Where the text is broken, each of its outermost entries is read alone, so that a slip in one hides no other.

mod wording;

use super::fault::{Fault, Faults};
use super::{Format, Moment, Node, Spanned, Table, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Source, Span, without_controls};
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, StrInput};
use std::collections::BTreeMap;
use std::ops::Range;

/// The table written as YAML in the `range` of bytes of a file.
pub fn yaml(source: &Source, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let text = source.text.get(range.clone()).unwrap_or_default();
    let mut told = Vec::new();
    let entries = match Document::read(text, 0..text.len(), range.start) {
        Ok(document) => {
            told = document.faults;
            document.entries
        }
        Err(_) => {
            let mut entries = Vec::new();
            for part in outermost_entries(text) {
                entries.extend(read_alone(text, part, range.start, &mut told));
            }
            each_key_once(entries, range.start, &mut told)
        }
    };
    let mut faults = Faults::new(source, range.start, diagnostics);
    told.into_iter().for_each(|fault| faults.report(fault));
    Table { format: Format::Yaml, span: faults.span(0..0), entries }
}

type Entry = (Spanned<String>, Spanned<Node>);

/// What the parser stumbled on, and where in the text.
struct Broken {
    at: usize,
    problem: String,
}

/// What [`Broken::problem`] says of a text that is sound but no table.
const NO_TABLE: &str = "no table";

/// The outermost entries of `text`, each with the lines below it that belong to it.
fn outermost_entries(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let continues = line.trim().is_empty()
            || line.starts_with([' ', '\t', '#', ']', '}', '\u{feff}'])
            || line.starts_with("- ") && parts.last().is_some_and(|part| awaits_block(&text[part.clone()]));
        match parts.last_mut() {
            Some(part) if continues => part.end = range.end,
            None if line.trim().is_empty() || line.starts_with('#') => {}
            _ => parts.push(range),
        }
    }
    parts
}

/// Whether the first line of an entry holds its key alone, so that a list may follow without indentation.
fn awaits_block(entry: &str) -> bool {
    let line = entry.lines().next().unwrap_or_default();
    line.split(" #").next().unwrap_or_default().trim_end().ends_with(':')
}

/// One outermost entry read by itself. A broken one keeps its key, so that nobody misses it.
fn read_alone(text: &str, part: Range<usize>, offset: usize, told: &mut Vec<Fault>) -> Vec<Entry> {
    match Document::read(text, part.clone(), offset) {
        Ok(document) => {
            told.extend(document.faults);
            document.entries
        }
        Err(broken) => {
            told.push(wording::of(text, &part, &broken));
            let line = text[part.clone()].lines().next().unwrap_or_default();
            let Some(key) = wording::key_of(line) else { return Vec::new() };
            let span = Span::new(part.start..part.start + key.len()).shifted(offset);
            vec![(Spanned::new(key.to_owned(), span), Spanned::new(Node::Invalid, span))]
        }
    }
}

/// The entries without those whose key came before, which are told.
fn each_key_once(entries: Vec<Entry>, offset: usize, told: &mut Vec<Fault>) -> Vec<Entry> {
    let range = |span: Span| span.start as usize - offset..span.end as usize - offset;
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    let mut once = Vec::with_capacity(entries.len());
    for (key, value) in entries {
        match first.get(&key.value) {
            None => {
                first.insert(key.value.clone(), key.span);
                once.push((key, value));
            }
            Some(&before) => told.push(Fault {
                code: &code::DUPLICATE_KEY,
                related: Some((range(before), "first here")),
                ..Fault::new(range(key.span), format!("{} is there twice", in_message(&key.value)))
            }),
        }
    }
    once
}

/// One document on its way from the parser's events to a tree.
struct Document<'a> {
    /// The stretch of the file that holds the YAML; places in faults are counted from its start.
    text: &'a str,
    /// The part of it that is read.
    part: Range<usize>,
    /// Where the stretch begins in the file.
    offset: usize,
    parser: Parser<'a, StrInput<'a>>,
    characters: Characters,
    /// Where the last thing read ended.
    end: usize,
    entries: Vec<Entry>,
    faults: Vec<Fault>,
}

/// Lists and tables within one another, at most.
const DEEPEST: usize = 64;

impl<'a> Document<'a> {
    fn read(text: &'a str, part: Range<usize>, offset: usize) -> Result<Self, Broken> {
        let read = &text[part.clone()];
        let mut document = Self {
            text,
            offset,
            parser: Parser::new_from_str(read),
            characters: Characters::of(read),
            end: part.start,
            part,
            entries: Vec::new(),
            faults: Vec::new(),
        };
        loop {
            match document.next()? {
                (Event::StreamEnd, _) => return Ok(document),
                (Event::DocumentStart(_), range) if !document.entries.is_empty() => {
                    let range = range.start..range.start.max(range.end);
                    document.faults.push(
                        Fault::new(range, "a second YAML document begins here")
                            .help("there can be only one: join them"),
                    );
                    return Ok(document);
                }
                (Event::MappingStart(anchor, tag), range) => {
                    document.refuse(anchor, tag.is_some(), &range);
                    document.entries = document.mapping(0)?;
                }
                (Event::Scalar(..) | Event::SequenceStart(..), range) => {
                    return Err(Broken { at: range.start, problem: NO_TABLE.to_owned() });
                }
                _ => {}
            }
        }
    }

    fn next(&mut self) -> Result<(Event<'a>, Range<usize>), Broken> {
        match self.parser.next_event() {
            None => Ok((Event::StreamEnd, self.end..self.end)),
            Some(Ok((event, span))) => {
                let range = self.byte(span.start)..self.byte(span.end).max(self.byte(span.start));
                Ok((event, range))
            }
            Some(Err(error)) => {
                Err(Broken { at: self.byte(*error.marker()), problem: error.info().to_owned() })
            }
        }
    }

    fn byte(&self, marker: Marker) -> usize {
        self.part.start + self.characters.byte(marker.index())
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).shifted(self.offset)
    }

    fn node(&mut self, event: Event<'a>, range: Range<usize>, depth: usize) -> Result<Spanned<Node>, Broken> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let refused = self.refuse(anchor, tag.is_some(), &range);
                let range = self.literal(range, style);
                self.end = range.end;
                let text = self.string(&text, &range);
                let node = if refused { Node::Invalid } else { self.scalar(&text, style, &range) };
                Ok(Spanned::new(node, self.span(range)))
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if depth > DEEPEST => {
                self.faults.push(Fault::new(range.clone(), "lists or tables are nested too deeply"));
                self.skip()?;
                Ok(Spanned::new(Node::Invalid, self.span(range)))
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(anchor, tag.is_some(), &range);
                let items = self.sequence(depth)?;
                Ok(Spanned::new(Node::Array(items), self.span(range.start..self.end.max(range.end))))
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(anchor, tag.is_some(), &range);
                let has_braces = !range.is_empty();
                let entries = self.mapping(depth)?;
                let span = match entries.first() {
                    Some((key, _)) if !has_braces => key.span,
                    _ => self.span(range.start..self.end.max(range.end)),
                };
                Ok(Spanned::new(Node::Table(Table { format: Format::Yaml, span, entries }), span))
            }
            _ => {
                self.refuse(1, false, &range);
                Ok(Spanned::new(Node::Invalid, self.span(range)))
            }
        }
    }

    /// What a key or a value says, fit for a page.
    fn string(&mut self, text: &str, range: &Range<usize>) -> String {
        self.faults.extend(Fault::control(range.clone(), text));
        without_controls(text).into_owned()
    }

    fn sequence(&mut self, depth: usize) -> Result<Vec<Spanned<Node>>, Broken> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, range) => {
                    self.close(range);
                    return Ok(items);
                }
                (event, range) => items.push(self.node(event, range, depth + 1)?),
            }
        }
    }

    fn mapping(&mut self, depth: usize) -> Result<Vec<Entry>, Broken> {
        let mut entries = Vec::new();
        loop {
            let key = match self.next()? {
                (Event::MappingEnd, range) => {
                    self.close(range);
                    return Ok(each_key_once(entries, self.offset, &mut self.faults));
                }
                (Event::Scalar(text, _, anchor, tag), range) => {
                    self.refuse(anchor, tag.is_some(), &range);
                    Some(Spanned::new(self.string(&text, &range), self.span(range)))
                }
                (event, range) => {
                    let key = self.node(event, range, depth + 1)?;
                    if key.value != Node::Invalid {
                        let range =
                            key.span.start as usize - self.offset..key.span.end as usize - self.offset;
                        self.faults
                            .push(Fault::new(range, format!("a key must be text, not {}", key.value.kind())));
                    }
                    None
                }
            };
            let (event, range) = self.next()?;
            let mut value = self.node(event, range, depth + 1)?;
            let Some(key) = key else { continue };
            // A block has no brackets to point at: its key stands for it.
            if let Node::Table(table) = &mut value.value
                && !self.text[table.span.start as usize - self.offset..].starts_with('{')
            {
                table.span = key.span;
                value.span = key.span;
            }
            entries.push((key, value));
        }
    }

    /// A flow ends with its bracket; a block where its last item did, though it is told of later.
    fn close(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.end = range.end;
        }
    }

    fn skip(&mut self) -> Result<(), Broken> {
        let mut open = 1;
        while open > 0 {
            match self.next()?.0 {
                Event::SequenceStart(..) | Event::MappingStart(..) => open += 1,
                Event::SequenceEnd | Event::MappingEnd => open -= 1,
                Event::StreamEnd => return Ok(()),
                _ => {}
            }
        }
        Ok(())
    }

    /// The place of a scalar as it is written, with its quotation marks or the `|` or `>` that introduces it, and
    /// without the white space and the comment that the parser may count in.
    fn literal(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let written = &self.text[range.clone()];
        match style {
            ScalarStyle::Plain => range.start..range.start + written.trim_end().len(),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                range.start..range.start + quoted_length(written).unwrap_or(written.len())
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let before = &self.text[self.part.start..range.start];
                let start = before.rfind(['|', '>']).map_or(range.start, |index| self.part.start + index);
                start..range.end
            }
        }
    }

    /// Tells of an anchor, an alias or a tag, none of which a writer needs.
    fn refuse(&mut self, anchor: usize, is_tagged: bool, range: &Range<usize>) -> bool {
        let written = &self.text[range.clone()];
        let word = written.split_whitespace().next().unwrap_or(written);
        let range = range.start..range.start + word.len();
        if anchor > 0 {
            self.faults.push(wording::anchor(self.text, range));
        } else if is_tagged {
            self.faults.push(Fault::new(range, "tags are not read here").help("write the value alone"));
        }
        anchor > 0 || is_tagged
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, range: &Range<usize>) -> Node {
        if style != ScalarStyle::Plain {
            return Node::String(text.to_owned());
        }
        match core_schema(text) {
            Some(node) => node,
            None => {
                let message = format!("{} is too large a number", in_message(text));
                self.faults.push(Fault { code: &code::BAD_VALUE, ..Fault::new(range.clone(), message) });
                Node::Invalid
            }
        }
    }
}

/// How long the literal is that `written` begins with, both quotation marks included.
fn quoted_length(written: &str) -> Option<usize> {
    let mark = written.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let mut characters = written.char_indices().skip(1).peekable();
    while let Some((index, character)) = characters.next() {
        let is_doubled =
            mark == '\'' && character == mark && characters.peek().is_some_and(|next| next.1 == mark);
        if is_doubled || mark == '"' && character == '\\' {
            characters.next();
        } else if character == mark {
            return Some(index + 1);
        }
    }
    None
}

/// What a plain scalar stands for in the core schema, dates added to it; `None` for a number too large to be held.
fn core_schema(text: &str) -> Option<Node> {
    let node = match text {
        "" | "~" | "null" | "Null" | "NULL" => Node::Null,
        "true" | "True" | "TRUE" => Node::Boolean(true),
        "false" | "False" | "FALSE" => Node::Boolean(false),
        ".nan" | ".NaN" | ".NAN" => Node::Float(f64::NAN),
        _ => match text.strip_prefix(['-', '+']).unwrap_or(text) {
            ".inf" | ".Inf" | ".INF" if text.starts_with('-') => Node::Float(f64::NEG_INFINITY),
            ".inf" | ".Inf" | ".INF" => Node::Float(f64::INFINITY),
            unsigned if is_number(unsigned) => return number(text, unsigned),
            _ => return with_radix(text).unwrap_or_else(|| Some(date_or_string(text))),
        },
    };
    Some(node)
}

fn date_or_string(text: &str) -> Node {
    let begins_as_date = text
        .as_bytes()
        .first_chunk()
        .is_some_and(|[year @ .., dash]: &[u8; 5]| year.iter().all(u8::is_ascii_digit) && *dash == b'-');
    match Moment::parse(text) {
        Ok(moment) if begins_as_date => Node::Date(moment),
        _ => Node::String(text.to_owned()),
    }
}

/// `.5`, `1`, `1.`, `1.5e-3`.
fn is_number(unsigned: &str) -> bool {
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.strip_prefix(['-', '+']).unwrap_or(exponent)),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    has_digits && all_digits(whole) && all_digits(fraction) && !exponent.is_empty() && all_digits(exponent)
}

fn number(text: &str, unsigned: &str) -> Option<Node> {
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Node::Integer);
    }
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Node::Float)
}

/// `0o14` or `0x1F`: `None` where the text is neither, `Some(None)` where the number is too large.
fn with_radix(text: &str) -> Option<Option<Node>> {
    let (digits, radix) = match text.split_at_checked(2)? {
        ("0o", digits) => (digits, 8),
        ("0x", digits) => (digits, 16),
        _ => return None,
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    Some(i64::from_str_radix(digits, radix).ok().map(Node::Integer))
}

/// From the parser's places, counted in characters, to bytes.
enum Characters {
    /// One byte each.
    Ascii { length: usize },
    /// Where each begins, and then where the text ends.
    Starts(Vec<u32>),
}

impl Characters {
    fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Ascii { length: text.len() };
        }
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        Self::Starts(starts.map(|start| u32::try_from(start).unwrap_or(u32::MAX)).collect())
    }

    fn byte(&self, index: usize) -> usize {
        match self {
            Self::Ascii { length } => index.min(*length),
            Self::Starts(starts) => starts.get(index).or(starts.last()).map_or(0, |&start| start as usize),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentPath;

    fn parsed(text: &str) -> (Table, Vec<Diagnostic>) {
        let source = Source::new(ContentPath::new("content/a.md").unwrap(), text);
        let mut diagnostics = Vec::new();
        let table = yaml(&source, 0..text.len(), &mut diagnostics);
        (table, diagnostics)
    }

    fn mended(text: &str, diagnostics: &[Diagnostic]) -> Option<String> {
        let fix = diagnostics.iter().find_map(|diagnostic| diagnostic.fix.as_ref())?;
        let [edit] = fix.edits() else { panic!("{fix:?}") };
        let range = edit.span.range();
        Some(format!("{}{}{}", &text[..range.start], edit.replacement, &text[range.end..]))
    }

    #[test]
    fn a_plain_scalar_is_what_the_core_schema_says() {
        let string = |text: &str| Node::String(text.into());
        let cases = [
            ("NO", string("NO")),
            ("yes", string("yes")),
            ("True", Node::Boolean(true)),
            ("~", Node::Null),
            ("", Node::Null),
            ("007", Node::Integer(7)),
            ("-12", Node::Integer(-12)),
            ("0x1F", Node::Integer(31)),
            ("0o14", Node::Integer(12)),
            ("1.5", Node::Float(1.5)),
            (".5e1", Node::Float(5.0)),
            ("-.inf", Node::Float(f64::NEG_INFINITY)),
            ("1.2.3", string("1.2.3")),
            ("-", string("-")),
            ("2023-11-23", Node::Date(Moment::parse("2023-11-23").unwrap())),
            ("2023-11-23 10:00:00 +0100", Node::Date(Moment::parse("2023-11-23T10:00:00+01:00").unwrap())),
            ("2023-11-23 sommet de Minsk", string("2023-11-23 sommet de Minsk")),
            ("2023-02-30", string("2023-02-30")),
            ("2023-11", string("2023-11")),
        ];
        for (written, node) in cases {
            assert_eq!(core_schema(written), Some(node), "{written:?}");
        }
        assert_eq!(core_schema("99999999999999999999"), None);
        assert_eq!(core_schema("1e999"), None);
    }

    #[test]
    fn places_cover_what_is_written_after_accents_and_emoji() {
        let text = "é🗺: à\nliste: [x, \"🗺 é\", 'l''été']\nbloc:\r\n  - un\r\n  - deux: ç\r\nlong: |\n  é\n  à\nsuite: fin # 🗺\n";
        let (table, diagnostics) = parsed(text);
        assert_eq!(diagnostics, []);
        let shown = |span: Span| &text[span.range()];
        let at = |key: &str| table.get(key).unwrap();
        let keys: Vec<&str> = table.entries.iter().map(|(key, _)| shown(key.span)).collect();
        assert_eq!(keys, ["é🗺", "liste", "bloc", "long", "suite"]);
        assert_eq!(shown(at("é🗺").span), "à");
        assert_eq!(shown(at("liste").span), "[x, \"🗺 é\", 'l''été']");
        let Node::Array(items) = &at("liste").value else { panic!() };
        assert_eq!(shown(items[1].span), "\"🗺 é\"");
        assert_eq!(items[2], Spanned::new(Node::String("l'été".into()), items[2].span));
        let Node::Array(items) = &at("bloc").value else { panic!() };
        assert_eq!(shown(items[0].span), "un");
        assert_eq!(shown(items[1].span), "deux");
        assert!(shown(at("long").span).starts_with("|\n  é"));
        assert_eq!(at("long").value, Node::String("é\nà\n".into()));
        assert_eq!(shown(at("suite").span), "fin");
    }

    #[test]
    fn each_slip_is_told_in_our_words_at_its_place_with_its_mend() {
        // Written, code, the text underlined, message, mended.
        let cases: &[(&str, &str, &str, &str, Option<&str>)] = &[
            (
                "a: L'OTSC : la suite",
                "D204",
                "L'OTSC : la suite",
                "text that holds `: ` must stand between quotation marks",
                Some("a: \"L'OTSC : la suite\""),
            ),
            (
                "a: @lire",
                "D204",
                "@lire",
                "text that begins with `@` must stand between quotation marks",
                Some("a: \"@lire\""),
            ),
            (
                "a: %x",
                "D204",
                "%x",
                "text that begins with `%` must stand between quotation marks",
                Some("a: \"%x\""),
            ),
            (
                "a: *Minsk* reçoit",
                "D204",
                "*Minsk* reçoit",
                "text that begins with `*` must stand between quotation marks",
                Some("a: \"*Minsk* reçoit\""),
            ),
            (
                "a: [Minsk] reçoit",
                "D204",
                "[Minsk] reçoit",
                "text that begins with `[` must stand between quotation marks",
                Some("a: \"[Minsk] reçoit\""),
            ),
            ("a: &x 1", "D204", "&x", "anchors and aliases are not read here", None),
            ("a: !!str 3", "D204", "!!str", "tags are not read here", None),
            (
                "a: 'l'Arménie'",
                "D204",
                "'l'Arménie'",
                "this text ends before its last quotation mark",
                Some("a: \"l'Arménie\""),
            ),
            (
                "a: \"le \"mot\" dit\"",
                "D204",
                "\"le \"mot\" dit\"",
                "this text ends before its last quotation mark",
                Some("a: 'le \"mot\" dit'"),
            ),
            (
                "a: \"Minsk\" reçoit",
                "D204",
                "\"Minsk\" reçoit",
                "nothing may follow a text after its closing quotation mark",
                Some("a: '\"Minsk\" reçoit'"),
            ),
            ("a: \"abc", "D204", "\"abc", "this text is never closed", Some("a: \"abc\"")),
            ("a: [1, 2", "D204", "[", "this list is never closed", None),
            ("a: {b: 1", "D204", "{", "this table is never closed", None),
            ("a: \"C:\\qui\"", "D204", "\\q", "`\\q` does not stand for anything", None),
            ("a:\n\t- b", "D204", "\t", "a tab can't indent in YAML", Some("a:\n  - b")),
            ("a:1", "D204", "a:1", "this line is not `key: value`", Some("a: 1")),
            ("bonjour", "D204", "bonjour", "this line is not `key: value`", None),
            ("a = 1", "D204", "a = 1", "this line is not `key: value`", Some("a: 1")),
            ("- a", "D204", "- a", "this is a list, where keys with values are expected", None),
            ("a: - b", "D204", "- b", "a list begins on a line of its own", None),
            ("a: 1\n b: 2", "D204", " b: 2", "this line is not indented like its neighbours", None),
            ("? [x]\n: y", "D204", "[x]", "a key must be text, not a list", None),
            ("a: 1\n...\nb: 2", "D204", "", "a second YAML document begins here", None),
            ("a: 1\nb: 2\na: 3", "D206", "a", "`a` is there twice", None),
            (
                "a: 99999999999999999999",
                "D208",
                "99999999999999999999",
                "`99999999999999999999` is too large a number",
                None,
            ),
        ];
        for (text, code, underlined, message, mend) in cases {
            for (before, after) in [("", "\n"), ("", "\r\n"), ("# 🗺\n", ""), ("é: 1\n", "\nz: 2\n")] {
                let text = format!("{before}{text}{after}");
                let (_, diagnostics) = parsed(&text);
                assert_eq!(diagnostics.len(), 1, "{text:?}: {diagnostics:#?}");
                let told = &diagnostics[0];
                let place = &text[told.place.span.range()];
                assert_eq!(
                    (told.code.id, place, told.message.as_str()),
                    (*code, *underlined, *message),
                    "{text:?}"
                );
                let expected = mend.map(|mend| format!("{before}{mend}{after}"));
                assert_eq!(mended(&text, &diagnostics), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn one_slip_neither_hides_nor_causes_another() {
        let text = "title: L'OTSC : la suite\ncountries: [AM\nlang: fr\nimage:\n  file: 🗺.jpg\n  alt: 'l'été'\nauthors:\n- A\n- B\nlang: en\n";
        let (table, diagnostics) = parsed(text);
        let told: Vec<&str> = diagnostics.iter().map(|told| told.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "text that holds `: ` must stand between quotation marks",
                "this list is never closed",
                "this text ends before its last quotation mark",
                "`lang` is there twice",
            ]
        );
        let keys: Vec<&str> = table.entries.iter().map(|(key, _)| key.value.as_str()).collect();
        assert_eq!(keys, ["title", "countries", "lang", "image", "authors"]);
        assert_eq!(table.get("title").unwrap().value, Node::Invalid);
        assert!(matches!(&table.get("authors").unwrap().value, Node::Array(items) if items.len() == 2));
    }

    #[test]
    fn a_laugh_is_not_multiplied() {
        let text = "a: &a [x]\nb: [*a, *a]\n";
        let (table, diagnostics) = parsed(text);
        assert_eq!(diagnostics.len(), 3);
        assert_eq!(diagnostics[1].message, "anchors and aliases are not read here");
        assert!(
            matches!(&table.get("b").unwrap().value, Node::Array(items) if items[0].value == Node::Invalid)
        );
    }

    #[test]
    fn deep_nesting_is_refused_and_not_overflowed() {
        let text = format!("a: {}", "[".repeat(100_000));
        assert_eq!(parsed(&text).1.len(), 1);
        let text = format!("a: {}{}\n", "[".repeat(200), "]".repeat(200));
        assert_eq!(parsed(&text).1[0].message, "lists or tables are nested too deeply");
    }
}
