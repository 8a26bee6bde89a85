//! Markdown as briefs write it: CommonMark, tables, strikethrough, heading attributes, wikilinks, and note calls.
//!
//! pulldown-cmark recognises a call only where its definition stands in the same text, and destroys a link that has one in
//! its text. Here a note may be defined in the front matter, and a call is a call wherever it stands. So before parsing,
//! each `[^label]` is *masked*: replaced, byte for byte, by characters that Markdown has no use for. The parser sees inert
//! text between two punctuation marks (which is what decides whether `**` before it may close), every offset stays true,
//! and the mask is taken off again from what comes out. A call may be broken by one line end behind its comma, where
//! editors wrap `[^label, p. 12]`; masked, it stands on one line.

use crate::source::without_controls;
use compact_str::{CompactString, format_compact};
use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// Follows the `^` that stands for a call's opening bracket. A call is masked as `^`, this, the label, `^`.
const MARK: u8 = 0x02;

/// Characters that would mean something to Markdown inside a label, and the control characters that stand for them. Form
/// feed and vertical tab are left out: the parser takes them for white space.
const MASKED: [(u8, u8); 22] = [
    (b'!', 0x03),
    (b'"', 0x04),
    (b'$', 0x05),
    (b'&', 0x06),
    (b'\'', 0x07),
    (b'(', 0x08),
    (b')', 0x0E),
    (b'*', 0x0F),
    (b'|', 0x10),
    (b'<', 0x11),
    (b'>', 0x12),
    (b'\\', 0x13),
    (b'_', 0x14),
    (b'~', 0x15),
    (b'=', 0x16),
    (b'{', 0x17),
    (b'}', 0x18),
    (b'^', 0x19),
    (b'#', 0x1A),
    (b':', 0x1B),
    (b'\n', 0x1C),
    (b'\r', 0x1D),
];

/// The last of the control characters that stand for others.
const LAST_STAND_IN: u8 = 0x1D;

/// Longest label CommonMark allows, in bytes here.
const LONGEST_LABEL: usize = 999;

/// How many calls room is made for at first; more than most texts have.
const CALLS: usize = 16;

/// One Markdown text, made ready for parsing. Offsets in it are offsets in the text it was made from.
#[derive(Debug)]
pub struct Markdown<'a> {
    masked: Cow<'a, str>,
    /// Where calls are masked in it, in order.
    calls: Vec<Range<usize>>,
}

/// What the parser meets, in order: its own events, with calls told apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece<'a> {
    /// A call, `[^label]`, with the label as it is written, on one line.
    Call(CompactString),
    /// Anything else. Never a footnote reference.
    Markdown(Event<'a>),
}

impl<'a> Markdown<'a> {
    /// Makes `text` ready. Control characters, which neither HTML nor XML can hold, are read as spaces.
    pub fn new(text: &'a str) -> Self {
        let clean = without_controls(text);
        let calls = call_ranges(&clean);
        if calls.is_empty() {
            return Self { masked: clean, calls };
        }
        let mut masked = String::with_capacity(clean.len());
        let mut end = 0;
        for call in &calls {
            masked.push_str(&clean[end..call.start]);
            push_masked(&mut masked, &clean[call.clone()]);
            end = call.end;
        }
        masked.push_str(&clean[end..]);
        Self { masked: Cow::Owned(masked), calls }
    }

    /// How many bytes the text has.
    pub fn length(&self) -> usize {
        self.masked.len()
    }

    /// The pieces in reading order, each with its range in the text.
    pub fn pieces(&self) -> impl Iterator<Item = (Piece<'_>, Range<usize>)> {
        let parser = self.parser().into_offset_iter();
        Pieces { parser, cut: None, verbatim: false, calls: &self.calls }
    }

    fn parser(&self) -> Parser<'_> {
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_WIKILINKS;
        Parser::new_ext(&self.masked, options)
    }
}

/// The words of a short Markdown text, without its marks and calls.
pub fn plain(text: &str) -> String {
    if let Some(words) = words(text) {
        return words.trim_end().to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    for (piece, _) in Markdown::new(text).pieces() {
        match piece {
            Piece::Markdown(Event::Text(text) | Event::Code(text)) => plain.push_str(&text),
            Piece::Markdown(Event::SoftBreak | Event::HardBreak) => plain.push(' '),
            Piece::Markdown(Event::End(end)) if !is_inline(end) && !plain.ends_with(' ') => plain.push(' '),
            Piece::Markdown(_) | Piece::Call(_) => {}
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The words of a Markdown text that is a line of them, without marks but such as are escaped; nothing where the text has to be
/// parsed to know.
pub fn words(text: &str) -> Option<Cow<'_, str>> {
    let bytes = text.as_bytes();
    let first = *bytes.first()?;
    if !(first.is_ascii_alphabetic() || first == b'\\' || first >= 0x80) {
        return None;
    }
    let may_mean = |byte: u8| MAY_MEAN[usize::from(byte)];
    let Some(mut at) = bytes.iter().position(|&byte| may_mean(byte)) else {
        return Some(Cow::Borrowed(text));
    };
    let mut words = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        let is_escape = bytes[at] == b'\\' && bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation);
        if !is_escape {
            return None;
        }
        words.push_str(&text[from..at]);
        from = at + 1;
        match bytes[at + 2..].iter().position(|&byte| may_mean(byte)) {
            Some(next) => at += 2 + next,
            None => break,
        }
    }
    words.push_str(&text[from..]);
    Some(Cow::Owned(words))
}

/// The bytes that may mean something within a line of words, and those of which controls are made.
const MAY_MEAN: [bool; 256] = {
    let mut may_mean = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        may_mean[byte] = matches!(
            byte as u8,
            0..0x20 | b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'<' | b'>' | b'&' | b'~' | 0x7f | 0xef
        );
        byte += 1;
    }
    may_mean
};

/// Plain text as Markdown that reads just so: each mark that could mean something is escaped.
pub fn escaped(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            markdown.push('\\');
        }
        markdown.push(character);
    }
    markdown
}

fn is_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Where calls stand in `text`: every `[^label]` that is neither escaped nor the start of a definition. Those in code are
/// among them: the mask is taken off again there.
fn call_ranges(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut calls = Vec::new();
    let mut from = 0;
    while let Some(found) = memchr::memchr(b'[', &bytes[from..]) {
        let start = from + found;
        if bytes.get(start + 1) != Some(&b'^') {
            from = start + 1;
            continue;
        }
        from = start + 2;
        if is_escaped(bytes, start) {
            continue;
        }
        let Some(end) = call_end(bytes, start) else { continue };
        let opens_definition = bytes.get(end) == Some(&b':') && begins_line(bytes, start);
        if !opens_definition {
            if calls.is_empty() {
                calls.reserve(CALLS);
            }
            calls.push(start..end);
        }
        from = end;
    }
    calls
}

/// Whether an odd number of backslashes stands before `at`.
pub(super) fn is_escaped(bytes: &[u8], at: usize) -> bool {
    bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// One past the `]` of the call that opens at `start`, if what stands there is a label.
fn call_end(bytes: &[u8], start: usize) -> Option<usize> {
    let label = start + 2;
    if matches!(bytes.get(label), None | Some(b' ' | b'\t')) {
        return None;
    }
    let (mut behind_comma, mut is_broken) = (false, false);
    let mut at = label;
    while at <= label + LONGEST_LABEL {
        match bytes.get(at)? {
            b']' if at > label => return Some(at + 1),
            b'\n' | b'\r' if behind_comma && !is_broken => {
                is_broken = true;
                at = next_line(bytes, start, at)?;
                continue;
            }
            b']' | b'[' | b'\n' | b'\r' | b'`' => return None,
            byte => behind_comma |= *byte == b',',
        }
        at += 1;
    }
    None
}

/// Where the words begin in the line after the line end at `end`, if they can only go on what stands at `start`: behind
/// white space and the marks of the same quotations, and not as a block of their own.
fn next_line(bytes: &[u8], start: usize, end: usize) -> Option<usize> {
    let line = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    let (words, quotations) = margin(bytes, line);
    let first = *bytes.get(words)?;
    let is_word = first.is_ascii_alphanumeric() || !first.is_ascii();
    let begins_block = !is_word || list_marker(&bytes[words..]).is_some();
    let goes_on = quotations == 0 || quotations == margin(bytes, line_start(bytes, start)).1;
    (!begins_block && goes_on).then_some(words)
}

/// Where the words of a line begin, and how many marks of quotations stand before them.
fn margin(bytes: &[u8], line: usize) -> (usize, usize) {
    let margin = bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    margin.fold((line, 0), |(at, quotations), &byte| (at + 1, quotations + usize::from(byte == b'>')))
}

fn line_start(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().rposition(|&byte| matches!(byte, b'\n' | b'\r')).map_or(0, |end| end + 1)
}

/// Whether only what may open a block (indentation, quotation and list markers) stands between `at` and its line's start.
fn begins_line(bytes: &[u8], at: usize) -> bool {
    let mut before = &bytes[line_start(bytes, at)..at];
    while let Some((first, rest)) = before.split_first() {
        before = match first {
            b' ' | b'\t' | b'>' => rest,
            _ => match list_marker(before) {
                Some(length) => &before[length..],
                None => return false,
            },
        };
    }
    true
}

/// The length of the list marker that `line` begins with, white space follows.
fn list_marker(line: &[u8]) -> Option<usize> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let length = match (line.get(digits)?, digits) {
        (b'-' | b'+' | b'*', 0) | (b'.' | b')', 1..) => digits + 1,
        _ => return None,
    };
    matches!(line.get(length), Some(b' ' | b'\t')).then_some(length)
}

/// Writes a call so that the parser takes it for words, as long as it was.
fn push_masked(masked: &mut String, call: &str) {
    masked.push('^');
    masked.push(char::from(MARK));
    let label = &call["[^".len()..call.len() - "]".len()];
    // Most labels hold nothing that is masked.
    if label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        masked.push_str(label);
    } else {
        masked.extend(label.chars().map(|character| {
            let found = MASKED.iter().find(|(plain, _)| char::from(*plain) == character);
            found.map_or(character, |(_, stand_in)| char::from(*stand_in))
        }));
    }
    masked.push('^');
}

fn unmask_label(masked: &str) -> CompactString {
    if masked.bytes().all(|byte| byte > LAST_STAND_IN) {
        return masked.into();
    }
    masked
        .chars()
        .map(|character| {
            MASKED
                .iter()
                .find(|(_, stand_in)| char::from(*stand_in) == character)
                .map_or(character, |(plain, _)| char::from(*plain))
        })
        .collect()
}

/// The label of a masked call, on one line.
fn label_of(masked: &str) -> CompactString {
    let label = unmask_label(masked);
    let Some((before, after)) = label.split_once(['\r', '\n']) else { return label };
    format_compact!("{} {}", before.trim_end(), after.trim_start_matches(['\n', ' ', '\t', '>']))
}

/// The range of the first masked call in `text`, brackets included.
fn masked_call(text: &str) -> Option<Range<usize>> {
    let mark = memchr::memchr(MARK, text.as_bytes())?;
    let end = mark + 1 + text[mark + 1..].find('^')? + 1;
    (mark > 0).then(|| mark - 1..end)
}

/// Takes the mask off: calls are as they were written.
fn unmask(text: &mut CowStr<'_>) {
    let mut rest = &**text;
    let mut plain = String::new();
    while let Some(call) = masked_call(rest) {
        plain.push_str(&rest[..call.start]);
        plain.push_str("[^");
        plain.push_str(&unmask_label(&rest[call.start + 2..call.end - 1]));
        plain.push(']');
        rest = &rest[call.end..];
    }
    if !plain.is_empty() {
        plain.push_str(rest);
        *text = plain.into();
    }
}

struct Pieces<'a, I> {
    parser: I,
    /// A text with calls in it, of which there is more to give.
    cut: Option<Cut<'a>>,
    /// Inside a code block, where a call is only its letters.
    verbatim: bool,
    /// Where calls are masked.
    calls: &'a [Range<usize>],
}

impl<'a, I: Iterator<Item = (Event<'a>, Range<usize>)>> Iterator for Pieces<'a, I> {
    type Item = (Piece<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(cut) = &mut self.cut {
                match cut.next() {
                    None => self.cut = None,
                    piece => return piece,
                }
            }
            let (mut event, range) = self.parser.next()?;
            match &mut event {
                // A text whose length differs from its range's holds an entity or an escape, and never a mask.
                Event::Text(text) if !self.verbatim && text.len() == range.len() => {
                    let calls = self.calls_within(&range);
                    if calls.is_empty() {
                        return Some((Piece::Markdown(event), range));
                    }
                    let text = std::mem::replace(text, CowStr::Borrowed(""));
                    self.cut = Some(Cut { text, start: range.start, rest: range, calls });
                    continue;
                }
                Event::FootnoteReference(label) => {
                    let label = std::mem::replace(label, CowStr::Borrowed(""));
                    return Some((Piece::Call((&*label).into()), range));
                }
                Event::Start(Tag::CodeBlock(_)) => self.verbatim = true,
                Event::End(TagEnd::CodeBlock) => self.verbatim = false,
                _ => {}
            }
            // Ranges do not tell here: a link's title may be written elsewhere, and code behind a `|` has too narrow a range.
            if !self.calls.is_empty() {
                unmask_event(&mut event);
            }
            return Some((Piece::Markdown(event), range));
        }
    }
}

impl<'a, I> Pieces<'a, I> {
    /// The calls that stand in `range`. Nothing is remembered of the last one: the parser may step back.
    fn calls_within(&self, range: &Range<usize>) -> &'a [Range<usize>] {
        let calls = &self.calls[self.calls.partition_point(|call| call.start < range.start)..];
        &calls[..calls.iter().take_while(|call| call.end <= range.end).count()]
    }
}

/// A text of the parser's that is given in pieces: the calls in it, and what stands between them.
struct Cut<'a> {
    text: CowStr<'a>,
    /// Where it begins in all of the Markdown.
    start: usize,
    /// What of it is still to be given, and the calls in that.
    rest: Range<usize>,
    calls: &'a [Range<usize>],
}

impl<'a> Cut<'a> {
    fn next(&mut self) -> Option<(Piece<'a>, Range<usize>)> {
        let end = match self.calls.split_first() {
            Some((call, calls)) if call.start == self.rest.start => {
                self.calls = calls;
                self.rest.start = call.end;
                let masked = &self.text[call.start - self.start..call.end - self.start];
                let label = label_of(&masked["^\u{2}".len()..masked.len() - "^".len()]);
                return Some((Piece::Call(label), call.clone()));
            }
            Some((call, _)) => call.start,
            None if self.rest.is_empty() => return None,
            None => self.rest.end,
        };
        let place = self.rest.start..end;
        let part = place.start - self.start..end - self.start;
        let part = match &self.text {
            CowStr::Borrowed(text) => CowStr::Borrowed(&text[part]),
            text => CowStr::from(text[part].to_owned()),
        };
        self.rest.start = end;
        Some((Piece::Markdown(Event::Text(part)), place))
    }
}

/// Takes the mask off all texts of an event but those of calls.
fn unmask_event(event: &mut Event<'_>) {
    match event {
        Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => unmask(text),
        Event::Start(Tag::Link { dest_url, title, id, .. } | Tag::Image { dest_url, title, id, .. }) => {
            [dest_url, title, id].into_iter().for_each(unmask);
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => unmask(info),
        Event::Start(Tag::FootnoteDefinition(label)) => {
            // Behind another bracket the mask of a call opens a definition, and has lost its first mark to it.
            if label.as_bytes().first() == Some(&MARK) {
                *label = format!("^{label}").into();
            }
            unmask(label);
        }
        Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
            let attributes = attrs.iter_mut().flat_map(|(name, value)| std::iter::once(name).chain(value));
            id.iter_mut().chain(classes).chain(attributes).for_each(unmask);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The calls met in `text`, as label and source text, and the HTML of the rest.
    fn parse(text: &str) -> (Vec<CompactString>, String) {
        let markdown = Markdown::new(text);
        let mut calls = Vec::new();
        let events = markdown.pieces().filter_map(|(piece, range)| match piece {
            Piece::Call(label) => {
                assert_eq!(text[range.clone()], format!("[^{label}]"), "the range of a call is the call");
                calls.push(label);
                None
            }
            Piece::Markdown(event) => Some(event),
        });
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, events);
        (calls, html)
    }

    #[test]
    fn a_call_is_found_whether_or_not_its_note_is_defined_here() {
        assert_eq!(parse("Un[^absent] mot."), (vec!["absent".into()], "<p>Un mot.</p>\n".into()));
        assert_eq!(parse("Un[^a].\n\n[^a]: Note.").0, ["a"]);
    }

    #[test]
    fn a_call_before_a_colon_is_no_definition_but_where_a_block_begins() {
        for text in ["2022[^a]: x", "1.[^a]: x", "2022 [^a]: x", "-[^a]: x", "*[^a]: x", "> 2022)[^a]: x"] {
            assert_eq!(parse(text).0, ["a"], "{text}");
        }
        for text in ["[^a]: x", "  [^a]: x", "> [^a]: x", ">[^a]: x", "- [^a]: x", "> 1. [^a]: x"] {
            assert_eq!(parse(text).0, [""; 0], "{text}");
        }
    }

    #[test]
    fn labels_may_hold_spaces_accents_capitals_and_marks() {
        let labels = [
            "Décret n° 12",
            "É t é",
            "a_b_c",
            "x*y*",
            "p. 12 & suiv.",
            "R/2690 (2023)",
            "<b>",
            "a\\b",
            "^",
            "{#id}",
        ];
        for label in labels {
            assert_eq!(parse(&format!("**Mot**[^{label}], suite.")).0, [label], "{label}");
        }
    }

    #[test]
    fn a_link_with_a_call_in_its_text_stays_a_link() {
        let (calls, html) = parse("Voir [le texte[^a] voté](https://x.example/) ici.\n\n[^a]: N.");
        assert_eq!(calls, ["a"]);
        assert!(html.contains("<a href=\"https://x.example/\">le texte voté</a>"), "{html}");
    }

    #[test]
    fn a_call_after_emphasis_lets_it_close() {
        for text in ["**« mot »**[^a]", "_mot_[^a]", "*mot.*[^a]", "~~mot !~~[^a]"] {
            let (calls, html) = parse(text);
            assert_eq!(calls, ["a"]);
            assert!(html.contains("</"), "{html}");
            assert!(!html.contains(['*', '_', '~']), "{html}");
        }
    }

    #[test]
    fn code_is_left_as_it_is_written() {
        assert_eq!(parse("`[^a_b]` et"), (vec![], "<p><code>[^a_b]</code> et</p>\n".into()));
        assert_eq!(parse("```\nx[^a*]\n```").1, "<pre><code>x[^a*]\n</code></pre>\n");
        assert_eq!(parse("    x[^a]\n").1, "<pre><code>x[^a]\n</code></pre>\n");
    }

    #[test]
    fn a_line_of_words_is_read_as_the_parser_reads_it() {
        for text in ["Le prix, non révisé : 1 234.", "« Non ! » dit-il {#x} | a = b", "L’État\\. \\*Fin\\*  "]
        {
            let words = words(text).unwrap();
            assert_eq!(format!("<p>{}</p>\n", words.trim_end()), parse(text).1, "{text:?}");
        }
        for text in [
            "", "un *mot*", "- un", "1. un", "# un", "    un", "un\ndeux", "un\\mot", "un\\", "[a](b)",
            "&amp;",
        ] {
            assert_eq!(words(text), None, "{text:?}");
        }
    }

    #[test]
    fn escaped_text_reads_as_it_was() {
        for text in ["Le prix *non* révisé [^1]", "<b> & [x](y) `c` #1 \\"] {
            assert_eq!(plain(&escaped(text)), text);
            assert_eq!(parse(&escaped(text)).0, [""; 0]);
        }
    }

    #[test]
    fn an_escaped_call_is_text() {
        assert_eq!(parse("\\[^a]"), (vec![], "<p>[^a]</p>\n".into()));
        assert_eq!(parse("\\\\[^a]").0, ["a"]);
    }

    #[test]
    fn what_is_no_label_is_no_call() {
        for text in ["[^]", "[^ a]", "[^a\nb]", "[^a", "[^a[b]"] {
            assert_eq!(parse(text).0, [""; 0], "{text:?}");
        }
    }

    #[test]
    fn a_line_end_behind_the_comma_of_a_call_breaks_nothing() {
        let cases = [
            ("Un[^tass, p.\n12].", "tass, p. 12"),
            ("Un[^tass,\r\np. 12].", "tass, p. 12"),
            ("- Un[^tass, p.  \n  12].", "tass, p. 12"),
            ("> Un[^tass,\n> § 12].", "tass, § 12"),
            ("> Un[^tass,\np. 12].", "tass, p. 12"),
            ("> - > Un[^x].\n\n>> Un[^tass,\n> > p. 12].", "tass, p. 12"),
        ];
        for (text, label) in cases {
            let markdown = Markdown::new(text);
            let calls = markdown.pieces().filter_map(|(piece, range)| match piece {
                Piece::Call(label) => Some((label, text[range].to_owned())),
                Piece::Markdown(_) => None,
            });
            let (last, written) = calls.last().unwrap();
            assert_eq!(last, label, "{text:?}");
            assert!(written.starts_with("[^tass") && written.ends_with("12]"), "{written:?}");
        }
        let kept = "<pre><code>x[^a,\nb]\n</code></pre>\n";
        assert_eq!(parse("```\nx[^a,\nb]\n```"), (vec![], kept.into()));
    }

    #[test]
    fn a_line_that_may_begin_a_block_is_no_part_of_a_call() {
        for text in [
            "Un[^a, p.\n\n12]",
            "Un[^a,\n- 12]",
            "Un[^a,\n1. 12]",
            "Un[^a,\n# 12]",
            "Un[^a,\n> 12]",
            "> Un[^a,\n> > 12]",
            "Un[^a,\n===\n12]",
            "Un[^a, p.\n12,\n13]",
        ] {
            assert_eq!(parse(text).0, [""; 0], "{text:?}");
        }
    }

    #[test]
    fn a_title_keeps_its_letters() {
        let (calls, html) = parse("[a](/x \"t[^z_]\")");
        assert_eq!(calls, [""; 0]);
        assert!(html.contains("title=\"t[^z_]\""), "{html}");
        let (_, html) = parse("[a][r]\n\n[r]: /x \"t[^z_]\"");
        assert!(html.contains("title=\"t[^z_]\""), "{html}");
    }

    #[test]
    fn no_mask_comes_out_where_the_parser_steps_back() {
        for text in [
            "[[`[^a]|`]]",
            "[[w|![A[]][^a]]()x",
            "# T {#id[^a_b] .c[^d] e=[^f]}",
            "[[^b_c]\\[^d]: x",
            "[[^a]]: x",
            "[^1. <b title=\"[^a]\">\\[r]: /x",
        ] {
            no_mask_comes_out_of(text);
        }
    }

    #[test]
    fn a_call_in_brackets_before_a_colon_is_not_lost_unseen() {
        let markdown = Markdown::new("[[^a_b]]: x");
        let label = markdown.pieces().find_map(|(piece, _)| match piece {
            Piece::Markdown(Event::Start(Tag::FootnoteDefinition(label))) => Some(label.into_string()),
            _ => None,
        });
        assert_eq!(label.as_deref(), Some("[^a_b]"), "it is told as a note that nothing calls");
    }

    #[test]
    fn a_call_glued_to_a_parenthesis_is_a_call() {
        let (calls, html) = parse("x[^a](/u)\n\n[^a]: N");
        assert_eq!(calls, ["a"]);
        assert!(html.contains("x(/u)"), "{html}");
    }

    #[test]
    fn calls_stand_in_headings_tables_lists_and_wikilinks() {
        let text = "# T[^a]\n\n| x[^b] |\n|---|\n| y[^c] |\n\n- i[^d]\n\n[[cible|texte[^e]]]";
        assert_eq!(parse(text).0, ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn control_characters_are_read_as_spaces() {
        assert_eq!(parse("a\u{2}b\u{0}c").1, "<p>a b c</p>\n");
    }

    /// Calls among the marks that Markdown has a use for.
    fn marked_text() -> impl proptest::strategy::Strategy<Value = String> {
        let parts = [
            "[^a]", "[^b_c]", "[[", "]]", "[", "]", "(", ")", "!", "|", "`", "*", "\\", "<", ">", "\"", ":",
            "#", "{#", "}", "\n", "\n\n", "- ", "> ", "|-|", "```", "x", " ",
        ];
        let part = proptest::sample::select(parts.to_vec());
        proptest::strategy::Strategy::prop_map(proptest::collection::vec(part, 0..24), |parts| parts.concat())
    }

    fn no_mask_comes_out_of(text: &str) {
        let markdown = Markdown::new(text);
        for (piece, range) in markdown.pieces() {
            assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            let shown = format!("{piece:?}");
            for mask in ["\\u{2}", "\\u{1c}", "\\u{1d}"] {
                assert!(!shown.contains(mask), "the mask shows in {text:?}: {shown}");
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_parsed_and_no_mask_comes_out(text in "[\\[\\]^!a`*_~\\\\<>|:,\\r\\n ()\"é\u{2}-]{0,60}") {
            no_mask_comes_out_of(&text);
        }

        #[test]
        fn no_mask_comes_out_of_calls_among_marks(text in marked_text()) {
            no_mask_comes_out_of(&text);
        }
    }
}
