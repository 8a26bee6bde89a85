//! The form of a BibTeX file: entries, their labels and fields, and the `@string`s that stand for texts.
//!
//! What can't be read is told, and reading goes on with the next line that begins an entry.

use crate::data::{Spanned, in_message};
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// An entry as it is written: its fields hold TeX.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// What it is, in small letters, without the `@`.
    pub kind: Spanned<String>,
    /// Its label, in the letters it is written in.
    pub label: Spanned<String>,
    /// Its fields by their names, in small letters.
    pub fields: BTreeMap<String, Field<'a>>,
    /// Whether it was read to its end.
    pub is_whole: bool,
}

/// A field's value, its `@string`s replaced; `None` where it could not be read, and was told. Its place is what stands
/// between the braces or the quotation marks, where it is a single text.
pub(super) type Field<'a> = Option<Spanned<Cow<'a, str>>>;

/// Every entry of `source` that has a label.
pub(super) fn entries<'a>(source: &'a Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<Entry<'a>> {
    let strings = MONTHS.iter().map(|month| ((*month).to_owned(), Some(Cow::Borrowed(*month)))).collect();
    Parser { source, text: &source.text, at: 0, strings, told: 0, diagnostics }.entries()
}

/// The `@string`s that are there from the first.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Past this many slips the file is rather of some other kind. Each may cost a look at the rest of the file, so that this
/// also keeps the time linear. Picked by feel.
const MOST: usize = 100;

/// How long the text of a `@string` may be: it may be made of others, and would else grow without bounds.
const LONGEST_STRING: usize = 1000;

/// What can't be read.
struct Slip {
    range: Range<usize>,
    code: &'static Code,
    message: String,
    help: String,
    fix: Option<(usize, &'static str)>,
}

impl Slip {
    fn new(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { range, code: &code::SYNTAX, message: message.into(), help: help.into(), fix: None }
    }

    fn insert(self, at: usize, text: &'static str) -> Self {
        Self { fix: Some((at, text)), ..self }
    }
}

struct Parser<'a, 'd> {
    source: &'a Source,
    text: &'a str,
    at: usize,
    /// `None` stands for one that can't be read, and was told.
    strings: BTreeMap<String, Option<Cow<'a, str>>>,
    told: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Parser<'a, '_> {
    fn entries(mut self) -> Vec<Entry<'a>> {
        let mut entries = Vec::new();
        while self.told < MOST && self.find_entry() {
            let start = self.at;
            if let Err(slip) = self.entry(&mut entries) {
                let from = slip.range.start.max(start + 1);
                self.report(slip);
                self.at = next_entry(self.text, from);
            }
        }
        entries
    }

    fn report(&mut self, slip: Slip) {
        if self.told == MOST {
            return;
        }
        self.told += 1;
        let place = self.source.place(Span::new(slip.range));
        let mut diagnostic = Diagnostic::new(slip.code, place, slip.message).help(slip.help);
        if let Some((at, text)) = slip.fix {
            diagnostic = diagnostic.fix(Span::new(at..at), text);
        }
        self.diagnostics.push(diagnostic);
    }

    /// Goes to the next `@` that begins an entry. What stands between entries is a comment.
    fn find_entry(&mut self) -> bool {
        while let Some(skipped) = self.text[self.at..].find(['@', '%', '}']) {
            self.at += skipped;
            match self.text.as_bytes()[self.at] {
                b'@' if opens_entry(&self.text[self.at..]) => return true,
                b'@' => self.lost_sign(),
                b'%' => self.at = line_end(self.text, self.at),
                _ => {
                    let slip = Slip::new(
                        self.at..self.at + 1,
                        "this brace closes nothing",
                        "the entry above it ends earlier: see which of its braces is one too many",
                    );
                    self.report(slip);
                    self.at = next_entry(self.text, self.at + 1);
                }
            }
        }
        false
    }

    /// An `@` that begins no entry is a letter like others, unless it begins a line.
    fn lost_sign(&mut self) {
        let word = self.at + 1..self.at + 1 + word_length(&self.text[self.at + 1..]);
        if !word.is_empty() && begins_line(self.text, self.at) {
            let help = format!("an entry is written `@{}{{label, title = {{…}}}}`", &self.text[word.clone()]);
            self.report(Slip::new(self.at..word.end, "no brace opens this entry", help));
            self.at = next_entry(self.text, word.end);
        } else {
            self.at = word.end;
        }
    }

    fn entry(&mut self, entries: &mut Vec<Entry<'a>>) -> Result<(), Slip> {
        let start = self.at;
        self.at += 1;
        let kind = self.word();
        let kind = Spanned::new(kind.value.to_ascii_lowercase(), kind.span);
        self.space();
        let close = if self.peek() == Some(b'(') { b')' } else { b'}' };
        self.at += 1;
        let opening = start..self.at;
        match kind.value.as_str() {
            "comment" | "preamble" => self.skip_group(&opening, close),
            "string" => self.define(&opening, close),
            _ => {
                let label = self.label(&opening)?;
                let mut fields = BTreeMap::new();
                let end = self.fields(&mut fields, &opening, close);
                let is_whole = end.is_ok();
                entries.extend(label.map(|label| Entry { kind, label, fields, is_whole }));
                end
            }
        }
    }

    /// The label, and the comma behind it. `None` where there is none, which is told.
    fn label(&mut self, opening: &Range<usize>) -> Result<Option<Spanned<String>>, Slip> {
        self.space();
        let start = self.at;
        let written = &self.text[start..];
        let length = written.find([',', '}', ')', '=', '{', '"']).unwrap_or(written.len());
        let label = written[..length].trim_end();
        let first = label.split_whitespace().next().unwrap_or_default();
        match written.as_bytes().get(length) {
            None => return Err(unclosed(opening)),
            Some(b'=') if first.len() == label.len() => {
                self.report(
                    Slip::new(start..start, "this entry has no label", "a label and a comma come first")
                        .insert(start, "label, "),
                );
                return Ok(None);
            }
            Some(b'=') => {
                self.at = start + first.len();
                self.report(missing_comma(self.at));
                return Ok(Some(Spanned::new(first.to_owned(), Span::new(start..self.at))));
            }
            Some(b'{' | b'"') => {
                let help = "a label and a comma come first: `@article{label, title = {…}}`";
                return Err(Slip::new(start + length..start + length + 1, "a label can't hold this", help));
            }
            _ => self.at = start + length,
        }
        Ok(Some(Spanned::new(label.to_owned(), Span::new(start..start + label.len()))))
    }

    fn fields(
        &mut self,
        fields: &mut BTreeMap<String, Field<'a>>,
        opening: &Range<usize>,
        close: u8,
    ) -> Result<(), Slip> {
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        loop {
            self.space();
            match self.peek() {
                None => return Err(unclosed(opening)),
                Some(b'@') if opens_entry(&self.text[self.at..]) => return Err(unclosed(opening)),
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return Ok(());
                }
                Some(_) => {
                    let (name, value) = self.field()?;
                    if let Some(&first) = places.get(&name.value) {
                        self.repeated(&name, first);
                    } else {
                        places.insert(name.value.clone(), name.span);
                        fields.insert(name.value, value);
                    }
                    self.after_field(close)?;
                }
            }
        }
    }

    fn repeated(&mut self, name: &Spanned<String>, first: Span) {
        let message = format!("{} is there twice", in_message(&name.value));
        let diagnostic = Diagnostic::new(&code::DUPLICATE_KEY, self.source.place(name.span), message)
            .label("again here")
            .related(self.source.place(first), "first here");
        self.diagnostics.push(diagnostic);
    }

    fn field(&mut self) -> Result<(Spanned<String>, Field<'a>), Slip> {
        let name = self.word();
        let help = "a field is written `title = {…}`";
        if name.value.is_empty() {
            let end = self.at + self.text[self.at..].chars().next().map_or(0, char::len_utf8);
            return Err(Slip::new(self.at..end, "a field can't begin with this", help));
        }
        let name = Spanned::new(name.value.to_ascii_lowercase(), name.span);
        self.space();
        if self.peek() != Some(b'=') {
            let message = format!("the field {} has no value", in_message(&name.value));
            return Err(Slip::new(name.span.range(), message, help));
        }
        self.at += 1;
        Ok((name, self.value()?))
    }

    /// Sees that a comma stands between one field and the next.
    fn after_field(&mut self, close: u8) -> Result<(), Slip> {
        let end = self.at;
        self.space();
        match self.peek() {
            None | Some(b',' | b'@') => Ok(()),
            Some(byte) if byte == close => Ok(()),
            Some(_) => {
                let next = &self.text[self.at..];
                let is_field = next[word_length(next)..].trim_start().starts_with('=');
                if is_field {
                    self.report(missing_comma(end));
                    return Ok(());
                }
                let help = "a comma or the brace that closes the entry is expected";
                Err(Slip::new(self.at..self.at + word_length(next), "this is no part of the field", help))
            }
        }
    }

    /// Texts, figures and `@string`s, joined by `#`.
    fn value(&mut self) -> Result<Field<'a>, Slip> {
        let mut joined: Option<Spanned<Cow<'a, str>>> = None;
        let mut is_readable = true;
        self.space();
        let start = self.at;
        loop {
            match self.part()? {
                None => is_readable = false,
                Some(part) => match &mut joined {
                    None => joined = Some(part),
                    Some(before) => {
                        before.value.to_mut().push_str(&part.value);
                        before.span = Span::new(start..self.at);
                    }
                },
            }
            let end = self.at;
            self.space();
            if self.peek() != Some(b'#') {
                self.at = end;
                return Ok(joined.filter(|_| is_readable));
            }
            self.at += 1;
            self.space();
        }
    }

    fn part(&mut self) -> Result<Field<'a>, Slip> {
        let start = self.at;
        match self.peek() {
            Some(b'{') => {
                let end = closing_brace(self.text, start + 1).ok_or_else(|| {
                    Slip::new(start..start + 1, "this brace is never closed", "close the text with `}`")
                })?;
                self.at = end + 1;
                Ok(Some(self.literal(start + 1..end)))
            }
            Some(b'"') => {
                let end = closing_quote(self.text, start + 1).ok_or_else(|| {
                    let line = line_end(self.text, start);
                    Slip::new(start..line, "this text is never closed", "close it with `\"`")
                })?;
                self.at = end + 1;
                Ok(Some(self.literal(start + 1..end)))
            }
            _ => self.bare(),
        }
    }

    fn literal(&self, range: Range<usize>) -> Spanned<Cow<'a, str>> {
        Spanned::new(Cow::Borrowed(&self.text[range.clone()]), Span::new(range))
    }

    /// What stands there without braces: figures, or the name of a `@string`.
    fn bare(&mut self) -> Result<Field<'a>, Slip> {
        let rest = &self.text[self.at..];
        let length = rest.find([',', '}', ')', '#', '\n', '"', '{', '%']).unwrap_or(rest.len());
        let written = rest[..length].trim_end();
        let range = self.at..self.at + written.len();
        if written.is_empty() {
            let help = "a field is written `title = {…}`";
            return Err(Slip::new(range.start..range.start, "a value is missing here", help));
        }
        self.at = range.end;
        if written.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(Some(self.literal(range)));
        }
        if let Some(text) = self.strings.get(&written.to_lowercase()) {
            return Ok(text.clone().map(|text| Spanned::new(text, Span::new(range))));
        }
        let is_word =
            word_length(written) == written.len() && !written.starts_with(|c: char| c.is_ascii_digit());
        self.report(if is_word {
            let message = format!("no `@string` is called {}", in_message(written));
            let help = "put the text between braces, or define it above";
            Slip { code: &code::BAD_VALUE, ..Slip::new(range, message, help) }
        } else {
            Slip::new(range, "text must stand between braces", format!("write `{{{written}}}`"))
        });
        Ok(None)
    }

    fn define(&mut self, opening: &Range<usize>, close: u8) -> Result<(), Slip> {
        self.space();
        let (name, value) = self.field()?;
        self.space();
        if self.peek() != Some(close) {
            return Err(unclosed(opening));
        }
        self.at += 1;
        let is_too_long = value.as_ref().is_some_and(|value| value.value.len() > LONGEST_STRING);
        if is_too_long {
            let message = format!("the text of {} is too long", in_message(&name.value));
            let help = format!("a `@string` has at most {LONGEST_STRING} letters");
            self.report(Slip { code: &code::BAD_VALUE, ..Slip::new(name.span.range(), message, help) });
        }
        let text = value.filter(|_| !is_too_long).map(|value| value.value);
        self.strings.insert(name.value.to_lowercase(), text);
        Ok(())
    }

    fn skip_group(&mut self, opening: &Range<usize>, close: u8) -> Result<(), Slip> {
        let end = match close {
            b'}' => closing_brace(self.text, self.at),
            _ => self.text[self.at..].find(')').map(|length| self.at + length),
        };
        self.at = end.ok_or_else(|| unclosed(opening))? + 1;
        Ok(())
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes white space and comments, which run from `%` to the end of the line.
    fn space(&mut self) {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start().len();
            if self.peek() != Some(b'%') {
                return;
            }
            self.at = line_end(self.text, self.at);
        }
    }

    fn word(&mut self) -> Spanned<&'a str> {
        let start = self.at;
        self.at += word_length(&self.text[start..]);
        Spanned::new(&self.text[start..self.at], Span::new(start..self.at))
    }
}

fn unclosed(opening: &Range<usize>) -> Slip {
    Slip::new(opening.clone(), "this entry is never closed", "a brace is missing in it, or at its end")
}

fn missing_comma(at: usize) -> Slip {
    Slip::new(at..at, "a comma is missing here", "each field ends with one").insert(at, ",")
}

/// How long the name is that `text` begins with.
fn word_length(text: &str) -> usize {
    text.find(|character: char| character.is_whitespace() || "=,{}()\"#%'@\\".contains(character))
        .unwrap_or(text.len())
}

/// Whether `text`, which begins with `@`, goes on as an entry does.
fn opens_entry(text: &str) -> bool {
    let length = word_length(&text[1..]);
    length > 0 && text[1 + length..].trim_start().starts_with(['{', '('])
}

fn begins_line(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|before| before == '\n')
}

/// Where the first line after `from` stands that begins an entry.
fn next_entry(text: &str, from: usize) -> usize {
    let mut at = line_end(text, from);
    while at < text.len() {
        let line = &text[at + 1..];
        let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
        if line[indentation..].starts_with('@') && opens_entry(&line[indentation..]) {
            return at + 1 + indentation;
        }
        at = line_end(text, at + 1);
    }
    text.len()
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |length| from + length)
}

/// The brace that closes the group whose text begins at `from`. A backslash takes the character behind it out of count.
fn closing_brace(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0;
    let mut bytes = text.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'{' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The quotation mark that closes the text that begins at `from`. Those between braces are its own.
fn closing_quote(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0;
    let mut bytes = text.bytes().enumerate().skip(from);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'{' => depth += 1,
            b'}' if depth == 0 => return None,
            b'}' => depth -= 1,
            b'"' if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentPath;
    use proptest::prelude::*;

    fn source(text: &str) -> Source {
        Source::new(ContentPath::new("content/sources.bib").unwrap(), text)
    }

    /// What was read, `kind label name=value …`, and what was told, `D204 text under the place: message`.
    fn parsed(text: &str) -> (Vec<String>, Vec<String>) {
        let source = source(text);
        let mut diagnostics = Vec::new();
        let read = entries(&source, &mut diagnostics);
        let shown = read.iter().map(|entry| {
            let value =
                |field: &Field<'_>| field.as_ref().map_or("?".to_owned(), |field| field.value.to_string());
            let fields = entry.fields.iter().map(|(name, field)| format!(" {name}={}", value(field)));
            format!("{} {}{}", entry.kind.value, entry.label.value, fields.collect::<String>())
        });
        let shown = shown.collect();
        let told = diagnostics
            .iter()
            .map(|told| format!("{} {}: {}", told.code.id, &text[told.place.span.range()], told.message));
        (shown, told.collect())
    }

    #[test]
    fn every_form_of_an_entry_is_read() {
        let cases = [
            ("@Article{a, Title = {Un {OTSC}}, year = 2024}", "article a title=Un {OTSC} year=2024"),
            ("@misc(a, title = \"Le {\"}mot{\"}\")", "misc a title=Le {\"}mot{\"}"),
            ("@misc{lemonde:2024/03,\n  title = {a \\} b},\n}", "misc lemonde:2024/03 title=a \\} b"),
            ("% Encoding: UTF-8\nfree text, me@home.example\n@misc{a,title={x}}", "misc a title=x"),
            ("@misc{a, % why\n title = {x} % so\n}", "misc a title=x"),
            (
                "@string{LM = \"Le \" # {Monde}}\n@misc{a, journal = lm # { diplo}}",
                "misc a journal=Le Monde diplo",
            ),
            ("@misc{a, month = \"10~\" # Jan}", "misc a month=10~jan"),
            (
                "@comment{@misc{b, title = {x}}}\n@preamble{\"\\x\" # {y}}@misc{a, title={x}}",
                "misc a title=x",
            ),
            ("\u{feff}@misc{a}", "misc a"),
        ];
        for (text, shown) in cases {
            assert_eq!(parsed(text), (vec![shown.to_owned()], vec![]), "{text}");
        }
    }

    #[test]
    fn a_slip_is_told_at_its_place_and_the_other_entries_are_read() {
        let cases = [
            ("@misc{a, title = {{x, year = 2024\n}", "misc a", "D204 {: this brace is never closed"),
            (
                "@misc{a, title = \"x, year = 2024\n}",
                "misc a",
                "D204 \"x, year = 2024: this text is never closed",
            ),
            ("@misc{a, title = {x}", "misc a title=x", "D204 @misc{: this entry is never closed"),
            ("@misc{a, title = {x,\n}", "misc a title=x,\n", "D204 @misc{: this entry is never closed"),
            (
                "@misc{a, title = {x} year = 2024}",
                "misc a title=x year=2024",
                "D204 : a comma is missing here",
            ),
            ("@misc{a\n title = {x}}", "misc a title=x", "D204 : a comma is missing here"),
            ("@misc{a, title = {x}y}", "misc a title=x", "D204 y: this is no part of the field"),
            ("@misc{a, title {x}}", "misc a", "D204 title: the field `title` has no value"),
            ("@misc{a, title = }", "misc a", "D204 : a value is missing here"),
            ("@misc{a, = {x}}", "misc a", "D204 =: a field can't begin with this"),
            (
                "@misc{a, title = Un sommet}",
                "misc a title=?",
                "D204 Un sommet: text must stand between braces",
            ),
            (
                "@misc{a, date = 2024-01-02}",
                "misc a date=?",
                "D204 2024-01-02: text must stand between braces",
            ),
            ("@misc{a, journal = lm}", "misc a journal=?", "D208 lm: no `@string` is called `lm`"),
            ("@misc{a, title = {x}, Title = {y}}", "misc a title=x", "D206 Title: `title` is there twice"),
            ("@misc{a, title = {x}}}", "misc a title=x", "D204 }: this brace closes nothing"),
        ];
        for (text, shown, message) in cases {
            let text = format!("{text}\n@book{{z, title = {{Z}}}}\n");
            let (read, told) = parsed(&text);
            assert_eq!(read, [shown, "book z title=Z"], "{text}");
            assert_eq!(told, [message], "{text}");
        }
        for (text, message) in [
            ("@misc{title = {x}}", "D204 : this entry has no label"),
            ("@misc a, title = {x}", "D204 @misc: no brace opens this entry"),
            ("@misc{{a}, title = {x}}", "D204 {: a label can't hold this"),
        ] {
            let text = format!("{text}\n@book{{z, title = {{Z}}}}\n");
            assert_eq!(
                parsed(&text),
                (vec!["book z title=Z".to_owned()], vec![message.to_owned()]),
                "{text}"
            );
        }
    }

    #[test]
    fn a_string_made_of_strings_does_not_grow_without_bounds() {
        let mut text = "@string{s0 = {0123456789}}\n".to_owned();
        (1..60).for_each(|n| text += &format!("@string{{s{n} = s{0} # s{0}}}\n", n - 1));
        let (_, told) = parsed(&(text + "@misc{a, title = s6 # s5}\n@string{a = a}"));
        assert_eq!(told[0], "D208 s7: the text of `s7` is too long");
        assert_eq!(told.last().unwrap(), "D208 a: no `@string` is called `a`");
    }

    proptest! {
        #[test]
        fn nothing_panics_and_every_place_is_in_the_text(
            text in "(@|misc|string|comment|\\{|\\}|\\(|\\)|\"|,|=|#|%|\\\\|\n| |é|a|title|2024){0,60}",
        ) {
            let source = source(&text);
            let mut diagnostics = Vec::new();
            for entry in entries(&source, &mut diagnostics) {
                prop_assert_eq!(&text[entry.label.span.range()], &entry.label.value);
                for field in entry.fields.values().flatten() {
                    prop_assert!(text.get(field.span.range()).is_some());
                }
            }
            prop_assert!(diagnostics.iter().all(|told| text.get(told.place.span.range()).is_some()));
        }
    }
}
