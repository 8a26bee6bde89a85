use super::{BadDate, Format, Moment, Node, PartialDate, Spanned, Table, in_message, quote};
use crate::diagnostic::{Applicability, Code, Diagnostic, Fix, code, nearest};
use crate::source::{Place, Source, Span};
use std::ops::RangeInclusive;

/// Takes from a table the values a schema knows, and reports what is wrong with the others.
///
/// A value that is not there, was given nothing (`authors:` in YAML) or could not be read is `None` alike: the first two
/// are allowed unless [`Reader::require`] says otherwise, and the last was told already. What is of the wrong type but
/// has one clear meaning is reported and used.
pub struct Reader<'a> {
    source: &'a Source,
    table: &'a Table,
    name: String,
    known: Vec<&'static str>,
    taken: Vec<bool>,
    synonyms: &'static [(&'static str, &'static str)],
    outer: &'static [&'static str],
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// Why a text will not do, in words for the writer.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// The kind of mistake.
    pub code: &'static Code,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What was meant.
    pub replacement: Option<String>,
    /// Whether that is sure.
    pub applicability: Applicability,
}

impl Refusal {
    /// A refusal as a bad value.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            code: &code::BAD_VALUE,
            message: message.into(),
            help: None,
            replacement: None,
            applicability: Applicability::default(),
        }
    }

    /// The same, of another kind.
    #[must_use]
    pub fn code(mut self, code: &'static Code) -> Self {
        self.code = code;
        self
    }

    /// The same, with a sentence on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, with the text that was likely meant.
    #[must_use]
    pub fn meant(mut self, replacement: impl Into<String>) -> Self {
        self.replacement = Some(replacement.into());
        self
    }

    /// The same, that text being the only one that can have been meant.
    #[must_use]
    pub fn safe(self) -> Self {
        Self { applicability: Applicability::Safe, ..self }
    }

    /// The refusal of what stands at `place`, letter for letter.
    pub fn told(self, place: Place) -> Diagnostic {
        let span = place.span;
        let mut diagnostic = Diagnostic::new(self.code, place, self.message);
        diagnostic.help.extend(self.help);
        let fix = |replacement| Fix::new(span, replacement).with(self.applicability);
        diagnostic.mend(self.replacement.map(fix))
    }

    /// The same, with the known name nearest to what was written, or with all of them where none is near.
    #[must_use]
    pub fn nearest<'n>(self, written: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        match nearest(written, known.iter().copied()) {
            Some(name) => self.help(format!("did you mean `{name}`?")).meant(name),
            None => self.help(format!("known are {}", listed(&known))),
        }
    }
}

impl From<BadDate> for Refusal {
    fn from(problem: BadDate) -> Self {
        let BadDate { message, help, replacement, applicability } = problem;
        Self { code: &code::BAD_DATE, message, help, replacement, applicability }
    }
}

impl<'a> Reader<'a> {
    /// A reader of `table`, which messages call by its `name`: `the front matter`.
    pub fn new(
        source: &'a Source,
        table: &'a Table,
        name: impl Into<String>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let taken = vec![false; table.entries.len()];
        Self {
            source,
            table,
            name: name.into(),
            known: Vec::new(),
            taken,
            synonyms: &[],
            outer: &[],
            diagnostics,
        }
    }

    /// The same, knowing what people write for some of its keys: `("pays", "countries")`.
    #[must_use]
    pub fn synonyms(mut self, synonyms: &'static [(&'static str, &'static str)]) -> Self {
        self.synonyms = synonyms;
        self
    }

    /// The same, knowing the keys of the table around it, which TOML makes easy to write in the wrong place.
    #[must_use]
    pub fn outer(mut self, keys: &'static [&'static str]) -> Self {
        self.outer = keys;
        self
    }

    /// A reader of a table within this one.
    pub fn inner<'b>(&'b mut self, table: &'b Table, name: impl Into<String>) -> Reader<'b> {
        Reader::new(self.source, table, name, self.diagnostics)
    }

    /// The file that is read.
    pub fn source(&self) -> &'a Source {
        self.source
    }

    /// The form the table was written in.
    pub fn format(&self) -> Format {
        self.table.format
    }

    /// Adds a diagnostic of the caller's own.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Says why the text at this place will not do.
    pub fn refuse(&mut self, text: &Spanned<String>, refusal: Refusal) {
        let is_verbatim = text.is_verbatim(&self.source.text);
        let as_written = |replacement: String| if is_verbatim { replacement } else { quote(&replacement) };
        let replacement = refusal.replacement.map(as_written);
        self.report(Refusal { replacement, ..refusal }.told(self.source.place(text.span)));
    }

    /// Whether the key is there with a value, be it readable or not.
    pub fn has(&self, key: &str) -> bool {
        self.table.get(key).is_some_and(|value| value.value != Node::Null)
    }

    /// Reports the key if it is not there or was given nothing.
    pub fn require(&mut self, key: &'static str) {
        if self.has(key) {
            return;
        }
        let (span, message) = match self.table.entries.iter().find(|(name, _)| name.value == key) {
            Some((name, _)) => (name.span, format!("`{key}` has no value")),
            None => (self.table.span, format!("{} has no `{key}`", self.name)),
        };
        self.report(Diagnostic::new(&code::MISSING_KEY, self.source.place(span), message));
    }

    /// Any value, as it is.
    pub fn raw(&mut self, key: &'static str) -> Option<&'a Spanned<Node>> {
        self.entry(key).map(|(_, value)| value)
    }

    /// The key with its value, whatever it is.
    pub fn entry(&mut self, key: &'static str) -> Option<(&'a Spanned<String>, &'a Spanned<Node>)> {
        if !self.known.contains(&key) {
            self.known.push(key);
        }
        let index = self.table.entries.iter().position(|(name, _)| name.value == key)?;
        self.taken[index] = true;
        let (name, value) = &self.table.entries[index];
        (!matches!(value.value, Node::Null | Node::Invalid)).then_some((name, value))
    }

    /// Every entry not asked for by name, where the keys are the writer's own: all are taken whose value `wanted` says
    /// it wants.
    pub fn others(&mut self, wanted: impl Fn(&Node) -> bool) -> Vec<(Spanned<String>, &'a Spanned<Node>)> {
        let mut others = Vec::new();
        for (index, (name, value)) in self.table.entries.iter().enumerate() {
            if !self.taken[index] && wanted(&value.value) {
                self.taken[index] = true;
                if !matches!(value.value, Node::Null | Node::Invalid) {
                    others.push((self.content(&name.value, name.span), value));
                }
            }
        }
        others
    }

    /// Text, which may be empty.
    pub fn string(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let value = self.raw(key)?;
        let string = self.as_string(value);
        if string.is_none() {
            self.wrong_type(key, value, "a string", self.as_quoted(value));
        }
        string
    }

    /// Text with something in it.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let string = self.string(key)?;
        if !string.value.trim().is_empty() {
            return Some(string);
        }
        self.refuse(&string, Refusal::new(format!("`{key}` is empty")).help("give it a value, or remove it"));
        None
    }

    /// Text of one line with something in it.
    pub fn line(&mut self, key: &'static str) -> Option<Spanned<String>> {
        let string = self.text(key)?;
        if !string.value.trim_end().contains(['\n', '\r']) {
            return Some(string);
        }
        let one_line = string.value.split_whitespace().collect::<Vec<_>>().join(" ");
        self.refuse(&string, Refusal::new(format!("`{key}` must stand on one line")));
        Some(Spanned::new(one_line, string.span))
    }

    /// Text that `parse` makes something of.
    pub fn parsed<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<Spanned<T>> {
        let string = self.text(key)?;
        match parse(&string.value) {
            Ok(value) => Some(Spanned::new(value, string.span)),
            Err(refusal) => {
                self.refuse(&string, refusal);
                None
            }
        }
    }

    /// One of some words, each with what it stands for.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&'static str, T)]) -> Option<T> {
        let parsed = self.parsed(key, |written| match choices.iter().find(|(word, _)| *word == written) {
            Some((_, meaning)) => Ok(*meaning),
            None => Err(Refusal::new(format!("`{key}` can't be {}", in_message(written)))
                .nearest(written, choices.iter().map(|(word, _)| *word))),
        });
        parsed.map(|choice| choice.value)
    }

    /// A list of texts, none of them empty.
    pub fn strings(&mut self, key: &'static str) -> Vec<Spanned<String>> {
        let Some(value) = self.raw(key) else { return Vec::new() };
        let Node::Array(items) = &value.value else {
            let quoted = match &value.value {
                Node::String(_) => {
                    Some(self.written(value).to_owned()).filter(|written| written.starts_with(['"', '\'']))
                }
                _ => None,
            };
            let list = quoted.or_else(|| self.as_quoted(value)).map(|item| format!("[{item}]"));
            let one = self.as_string(value).filter(|text| !text.value.trim().is_empty());
            // « KZ, UZ » is two things, written as one.
            let parts: Vec<String> = match &one {
                Some(text) => text.value.split([',', ';']).map(|part| quote(part.trim())).collect(),
                None => Vec::new(),
            };
            let list = if parts.len() > 1 { Some(format!("[{}]", parts.join(", "))) } else { list };
            // A name may hold a comma of its own.
            let applicability = if parts.len() > 1 { Applicability::Guess } else { Applicability::Safe };
            let diagnostic = self.mistyped(key, value, "a list of strings");
            self.report_fixed(diagnostic, value, list, applicability);
            return if parts.len() > 1 { Vec::new() } else { one.into_iter().collect() };
        };
        let mut strings = Vec::with_capacity(items.len());
        for item in items {
            match self.as_string(item) {
                Some(string) if !string.value.trim().is_empty() => strings.push(string),
                None if !matches!(item.value, Node::Null) => self.wrong_item(key, item),
                _ => {
                    let place = self.source.place(item.span);
                    self.report(Diagnostic::new(
                        &code::BAD_VALUE,
                        place,
                        format!("`{key}` holds an empty text"),
                    ));
                }
            }
        }
        strings
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &'static str) -> Option<Spanned<bool>> {
        let value = self.raw(key)?;
        match &value.value {
            Node::Boolean(truth) => Some(Spanned::new(*truth, value.span)),
            Node::String(text) => {
                let truth = truth(text);
                self.wrong_type(key, value, "`true` or `false`", truth.map(|truth: bool| truth.to_string()));
                truth.map(|truth| Spanned::new(truth, value.span))
            }
            _ => {
                self.wrong_type(key, value, "`true` or `false`", None);
                None
            }
        }
    }

    /// A whole number within bounds.
    pub fn integer(&mut self, key: &'static str, bounds: RangeInclusive<i64>) -> Option<Spanned<i64>> {
        let value = self.raw(key)?;
        match &value.value {
            Node::Integer(number) if bounds.contains(number) => Some(Spanned::new(*number, value.span)),
            Node::Integer(_) => {
                let message = format!("`{key}` must be between {} and {}", bounds.start(), bounds.end());
                self.report(Diagnostic::new(&code::BAD_VALUE, self.source.place(value.span), message));
                None
            }
            Node::String(text) => {
                let number = text.trim().parse::<i64>().ok().filter(|number| bounds.contains(number));
                self.wrong_type(key, value, "an integer", number.map(|number| number.to_string()));
                number.map(|number| Spanned::new(number, value.span))
            }
            _ => {
                self.wrong_type(key, value, "an integer", None);
                None
            }
        }
    }

    /// A day, with or without its time. YAML has no dates of its own, so there one between quotation marks will do.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Moment>> {
        let value = self.raw(key)?;
        let moment = match &value.value {
            Node::Date(moment) => *moment,
            Node::String(text) => match Moment::parse(text) {
                Ok(moment) => {
                    if self.table.format == Format::Toml {
                        self.wrong_type(key, value, "a date", Some(moment.to_string()));
                    }
                    moment
                }
                Err(problem) => {
                    self.bad_date(value, problem);
                    return None;
                }
            },
            _ => {
                self.wrong_type(key, value, "a date", None);
                return None;
            }
        };
        Some(Spanned::new(moment, value.span))
    }

    /// A day, a month or a year. TOML has no months, so there one stands between quotation marks.
    pub fn partial_date(&mut self, key: &'static str) -> Option<Spanned<PartialDate>> {
        let value = self.raw(key)?;
        let parsed = match &value.value {
            Node::Date(moment) => Ok(moment.date.into()),
            Node::Integer(year) => PartialDate::parse(&year.to_string()),
            Node::String(text) => PartialDate::parse(text.trim()),
            _ => {
                self.wrong_type(key, value, "a date", None);
                return None;
            }
        };
        match parsed {
            Ok(date) => Some(Spanned::new(date, value.span)),
            Err(problem) => {
                self.bad_date(value, problem);
                None
            }
        }
    }

    /// A table.
    pub fn table(&mut self, key: &'static str) -> Option<&'a Table> {
        let value = self.raw(key)?;
        let table = as_table(&value.value);
        if table.is_none() {
            self.wrong_type(key, value, "a table", None);
        }
        table
    }

    /// A list of tables.
    pub fn tables(&mut self, key: &'static str) -> Vec<&'a Table> {
        let Some(value) = self.raw(key) else { return Vec::new() };
        let Node::Array(items) = &value.value else {
            let fix = as_table(&value.value).and_then(|_| match self.written(value) {
                written if written.starts_with(['{', '[']) => Some(format!("[{written}]")),
                _ => None,
            });
            self.wrong_type(key, value, "a list of tables", fix);
            return as_table(&value.value).into_iter().collect();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Node::Table(table) => tables.push(table),
                Node::Invalid => {}
                other => {
                    let message = format!("`{key}` must hold tables only, not {}", other.kind());
                    self.report(Diagnostic::new(&code::WRONG_TYPE, self.source.place(item.span), message));
                }
            }
        }
        tables
    }

    /// Reports the keys that were not asked for.
    pub fn finish(mut self) {
        let table = self.table;
        for (index, (key, value)) in table.entries.iter().enumerate() {
            if !self.taken[index] && value.value != Node::Invalid {
                let unknown = self.unknown(key);
                self.report(unknown);
            }
        }
    }

    fn unknown(&self, key: &Spanned<String>) -> Diagnostic {
        let message = format!("unknown key {} in {}", in_message(&key.value), self.name);
        let diagnostic = Diagnostic::new(&code::UNKNOWN_KEY, self.source.place(key.span), message);
        let lower = key.value.to_lowercase();
        let synonym = self.synonyms.iter().find(|(word, _)| *word == lower).map(|(_, meant)| *meant);
        if synonym.is_none() && self.outer.contains(&key.value.as_str()) && self.table.format == Format::Toml
        {
            return diagnostic
                .help("in TOML a key belongs to the header above it: move it up, before the first header");
        }
        match synonym.or_else(|| nearest(&key.value, self.known.iter().copied())) {
            Some(meant) if self.table.get(meant).is_some() => {
                diagnostic.help(format!("did you mean `{meant}`, which is there already?"))
            }
            Some(meant) => {
                let diagnostic = diagnostic.help(format!("did you mean `{meant}`?")).fix(key.span, meant);
                let is_safe = synonym.is_some() && !self.is_rivalled(key, meant) && !self.is_in_header(key);
                if is_safe { diagnostic.safe() } else { diagnostic }
            }
            None if self.known.is_empty() => diagnostic,
            None => diagnostic.help(format!("known are {}", listed(&self.known))),
        }
    }

    /// Whether another key is a synonym of `meant` too: only one of them can become it.
    fn is_rivalled(&self, key: &Spanned<String>, meant: &str) -> bool {
        let is_rival = |other: &Spanned<String>| {
            let lower = other.value.to_lowercase();
            other.span != key.span
                && self.synonyms.iter().any(|(word, means)| *word == lower && *means == meant)
        };
        self.table.entries.iter().any(|(other, _)| is_rival(other))
    }

    /// Whether the key is part of a header, of which the same table may have several.
    fn is_in_header(&self, key: &Spanned<String>) -> bool {
        let before = self.source.text.get(..key.span.start as usize).unwrap_or_default();
        before.trim_end_matches([' ', '\t', '"', '\'']).ends_with(['[', '.'])
    }

    /// Reports a value of the wrong type; `fix`, the same in the right one, replaces it where it stands on one line.
    fn wrong_type(&mut self, key: &str, value: &Spanned<Node>, expected: &str, fix: Option<String>) {
        let diagnostic = self.mistyped(key, value, expected);
        self.report_fixed(diagnostic, value, fix, Applicability::Safe);
    }

    fn mistyped(&self, key: &str, value: &Spanned<Node>, expected: &str) -> Diagnostic {
        let message = format!("`{key}` must be {expected}, not {}", value.value.kind());
        Diagnostic::new(&code::WRONG_TYPE, self.source.place(value.span), message)
    }

    fn wrong_item(&mut self, key: &str, item: &Spanned<Node>) {
        if item.value == Node::Invalid {
            return;
        }
        let message = format!("`{key}` must hold strings only, not {}", item.value.kind());
        let diagnostic = Diagnostic::new(&code::WRONG_TYPE, self.source.place(item.span), message);
        self.report_fixed(diagnostic, item, self.as_quoted(item), Applicability::Safe);
    }

    fn bad_date(&mut self, value: &Spanned<Node>, problem: BadDate) {
        let mut diagnostic = Diagnostic::new(&code::BAD_DATE, self.source.place(value.span), problem.message);
        diagnostic.help.extend(problem.help);
        self.report_fixed(diagnostic, value, problem.replacement, problem.applicability);
    }

    fn report_fixed(
        &mut self,
        diagnostic: Diagnostic,
        value: &Spanned<Node>,
        fix: Option<String>,
        applicability: Applicability,
    ) {
        let fix = fix.filter(|_| !self.written(value).contains('\n'));
        let fix = fix.map(|replacement| Fix::new(value.span, replacement).with(applicability));
        self.report(diagnostic.mend(fix));
    }

    fn written(&self, value: &Spanned<Node>) -> &'a str {
        self.source.text.get(value.span.range()).unwrap_or_default()
    }

    /// A value that is no text, as the text it looks like.
    fn as_quoted(&self, value: &Spanned<Node>) -> Option<String> {
        match &value.value {
            Node::String(text) => Some(quote(text)),
            Node::Integer(_) | Node::Float(_) | Node::Boolean(_) | Node::Date(_) | Node::Time(_) => {
                Some(quote(self.written(value)))
            }
            _ => None,
        }
    }

    /// A value as text, where it is a string.
    pub fn as_string(&self, value: &Spanned<Node>) -> Option<Spanned<String>> {
        match &value.value {
            Node::String(text) => Some(self.content(text, value.span)),
            _ => None,
        }
    }

    /// The text with the place of its letters where the file holds them as they are, and else of the whole literal.
    fn content(&self, text: &str, span: Span) -> Spanned<String> {
        let literal = self.source.text.get(span.range()).unwrap_or_default();
        let inside = ["\"\"\"", "'''", "\"", "'"].iter().find_map(|mark| {
            let inside = literal.strip_prefix(mark)?.strip_suffix(mark)?;
            (inside == text).then_some(mark.len())
        });
        let span = match inside {
            Some(mark) => Span::new(span.start as usize + mark..span.end as usize - mark),
            None => span,
        };
        Spanned::new(text.to_owned(), span)
    }
}

/// What people write for `true` and `false`; YAML once took some of it for that.
fn truth(written: &str) -> Option<bool> {
    match written.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "oui" | "vrai" => Some(true),
        "false" | "no" | "off" | "non" | "faux" => Some(false),
        _ => None,
    }
}

fn as_table(node: &Node) -> Option<&Table> {
    match node {
        Node::Table(table) => Some(table),
        _ => None,
    }
}

/// The names between backticks, with commas.
fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentPath;

    /// Reads `text` in the form it is written in by `read`, and gives what was reported, each as
    /// `D207 text under the place: message`, and the text with the fixes applied.
    fn told<T>(text: &str, read: impl FnOnce(&mut Reader<'_>) -> T) -> (T, Vec<String>, String) {
        let source = Source::new(ContentPath::new("content/é.md").unwrap(), format!("🗺\n{text}"));
        let mut diagnostics = Vec::new();
        let range = "🗺\n".len()..source.text.len();
        let is_toml = text.contains(" = ") || text.starts_with('[');
        let table = match is_toml {
            true => crate::data::toml(&source, range, &mut diagnostics),
            false => crate::data::yaml(&source, range, &mut diagnostics),
        };
        let mut reader = Reader::new(&source, &table, "the front matter", &mut diagnostics);
        let value = read(&mut reader);
        reader.finish();
        let shown = diagnostics
            .iter()
            .map(|told| {
                format!("{} {}: {}", told.code.id, &source.text[told.place.span.range()], told.message)
            })
            .collect();
        let mut mended = source.text.clone();
        let fixes = diagnostics.iter().filter_map(|told| told.fix.as_ref());
        let mut edits: Vec<_> = fixes.flat_map(Fix::edits).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        edits.iter().for_each(|edit| mended.replace_range(edit.span.range(), &edit.replacement));
        (value, shown, mended["🗺\n".len()..].to_owned())
    }

    #[test]
    fn a_right_value_is_taken_with_the_place_of_its_letters() {
        for text in ["a = \"été\"", "a = '''été'''", "a: été", "a: 'été'", "a: \"été\" # 🗺"] {
            let ((value, shown), told, _) = told(text, |reader| {
                let string = reader.string("a").unwrap();
                let shown = reader.source().text[string.span.range()].to_owned();
                (string.value, shown)
            });
            assert_eq!((value.as_str(), shown.as_str()), ("été", "été"), "{text}");
            assert_eq!(told, [""; 0], "{text}");
        }
    }

    #[test]
    fn a_text_with_escapes_is_taken_with_the_place_of_its_literal() {
        let (shown, _, _) = told(r#"a = "l\u00e9""#, |reader| {
            let string = reader.string("a").unwrap();
            assert_eq!(string.value, "lé");
            reader.source().text[string.span.range()].to_owned()
        });
        assert_eq!(shown, r#""l\u00e9""#);
    }

    #[test]
    fn a_wrong_value_is_told_at_its_place_with_its_mend() {
        type Read = fn(&mut Reader<'_>);
        let string: Read = |reader| drop(reader.string("a"));
        let text: Read = |reader| drop(reader.text("a"));
        let line: Read = |reader| drop(reader.line("a"));
        let strings: Read = |reader| drop(reader.strings("a"));
        let boolean: Read = |reader| assert!(reader.boolean("a").is_none_or(|truth| truth.value));
        let integer: Read =
            |reader| assert!(reader.integer("a", 1..=20).is_none_or(|number| number.value == 12));
        let date: Read = |reader| assert!(reader.date("a").is_none_or(|date| date.value.date.year() == 2023));
        let partial: Read =
            |reader| assert!(reader.partial_date("a").is_none_or(|date| date.value.year == 2023));
        let table: Read = |reader| assert!(reader.table("a").is_none());
        let tables: Read = |reader| drop(reader.tables("a"));
        let require: Read = |reader| {
            reader.require("a");
            drop(reader.string("a"));
        };
        let cases: &[(&str, Read, &str, &str)] = &[
            ("a = 3", string, "D207 3: `a` must be a string, not an integer", "a = \"3\""),
            (
                "a: 2023-11-23",
                string,
                "D207 2023-11-23: `a` must be a string, not a date",
                "a: \"2023-11-23\"",
            ),
            ("a = ['x']", string, "D207 ['x']: `a` must be a string, not a list", "a = ['x']"),
            ("a = ''", text, "D208 : `a` is empty", "a = ''"),
            ("a: ' '", text, "D208  : `a` is empty", "a: ' '"),
            ("a: |\n  x\n  y\n", line, "D208 |\n  x\n  y\n: `a` must stand on one line", "a: |\n  x\n  y\n"),
            ("a = 'AM'", strings, "D207 'AM': `a` must be a list of strings, not a string", "a = ['AM']"),
            (
                "a: Chili",
                strings,
                "D207 Chili: `a` must be a list of strings, not a string",
                "a: [\"Chili\"]",
            ),
            ("a = 3", strings, "D207 3: `a` must be a list of strings, not an integer", "a = [\"3\"]"),
            (
                "a = ['x', 3]",
                strings,
                "D207 3: `a` must hold strings only, not an integer",
                "a = ['x', \"3\"]",
            ),
            ("a = ['x', '']", strings, "D208 '': `a` holds an empty text", "a = ['x', '']"),
            ("a = 'true'", boolean, "D207 'true': `a` must be `true` or `false`, not a string", "a = true"),
            ("a: oui", boolean, "D207 oui: `a` must be `true` or `false`, not a string", "a: true"),
            ("a = 1", boolean, "D207 1: `a` must be `true` or `false`, not an integer", "a = 1"),
            ("a = '12'", integer, "D207 '12': `a` must be an integer, not a string", "a = 12"),
            ("a = 21", integer, "D208 21: `a` must be between 1 and 20", "a = 21"),
            ("a = 1.5", integer, "D207 1.5: `a` must be an integer, not a number", "a = 1.5"),
            (
                "a = \"2023-11-23\"",
                date,
                "D207 \"2023-11-23\": `a` must be a date, not a string",
                "a = 2023-11-23",
            ),
            (
                "a = '23/11/2023'",
                date,
                "D210 '23/11/2023': `23/11/2023` is not how a date is written",
                "a = 2023-11-23",
            ),
            (
                "a: 23/11/2023",
                date,
                "D210 23/11/2023: `23/11/2023` is not how a date is written",
                "a: 2023-11-23",
            ),
            (
                "a: 2023-02-30",
                date,
                "D210 2023-02-30: `2023-02-30` is not a date: February 2023 has 28 days",
                "a: 2023-02-30",
            ),
            ("a = 2023", date, "D207 2023: `a` must be a date, not an integer", "a = 2023"),
            ("a = 10:00:00", date, "D207 10:00:00: `a` must be a date, not a time", "a = 10:00:00"),
            ("a = 23", partial, "D210 23: `23` is not a date", "a = 23"),
            ("a: [x]", partial, "D207 [x]: `a` must be a date, not a list", "a: [x]"),
            ("a = 'x'", table, "D207 'x': `a` must be a table, not a string", "a = 'x'"),
            ("[a]\nb = 1", tables, "D207 [a]: `a` must be a list of tables, not a table", "[[a]]\nb = 1"),
            (
                "a = { b = 1 }",
                tables,
                "D207 { b = 1 }: `a` must be a list of tables, not a table",
                "a = [{ b = 1 }]",
            ),
            ("a = [1]", tables, "D207 1: `a` must hold tables only, not an integer", "a = [1]"),
            ("# b = 1", require, "D209 : the front matter has no `a`", "# b = 1"),
            ("a:", require, "D209 a: `a` has no value", "a:"),
        ];
        for (text, read, message, mend) in cases {
            let ((), told, mended) = told(text, read);
            assert_eq!(told, [*message], "{text}");
            assert_eq!(mended, *mend, "{text}");
        }
    }

    #[test]
    fn dates_are_taken_in_every_form_that_is_clear() {
        for text in ["a = 2023-11-23", "a: 2023-11-23", "a: '2023-11-23'", "a: \"2023-11-23T10:00:00Z\""] {
            let (date, told, _) = told(text, |reader| reader.date("a"));
            assert_eq!(date.unwrap().value.date.to_string(), "2023-11-23", "{text}");
            assert_eq!(told, [""; 0], "{text}");
        }
        for (text, date) in [("a = 2023", "2023"), ("a = '2023-10'", "2023-10"), ("a: 2023-10", "2023-10")] {
            let (read, told, _) = told(text, |reader| reader.partial_date("a"));
            assert_eq!((read.unwrap().value.to_string(), told), (date.to_owned(), vec![]), "{text}");
        }
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest_one_and_its_mend() {
        let read = |reader: &mut Reader<'_>| {
            reader.strings("countries");
            drop(reader.string("title"));
        };
        let (_, shown, mended) = told("coutries = ['AM']\ntitle = 'x'", read);
        assert_eq!(shown, ["D205 coutries: unknown key `coutries` in the front matter"]);
        assert_eq!(mended, "countries = ['AM']\ntitle = 'x'");
        let (_, shown, mended) = told("titel = 'y'\ntitle = 'x'", read);
        assert_eq!(shown.len(), 1);
        assert_eq!(mended, "titel = 'y'\ntitle = 'x'");
    }

    #[test]
    fn a_far_key_is_told_with_the_known_ones_or_with_what_it_is_called_here() {
        let source = Source::new(ContentPath::new("a.md").unwrap(), "pays = []\nmeteo = 1\nlang = 'fr'\n");
        let mut diagnostics = Vec::new();
        let table = crate::data::toml(&source, 0..source.text.len(), &mut diagnostics);
        let mut reader = Reader::new(&source, &table, "the image", &mut diagnostics)
            .synonyms(&[("pays", "countries")])
            .outer(&["lang"]);
        reader.strings("countries");
        reader.finish();
        let help: Vec<&str> = diagnostics.iter().map(|told| told.help[0].as_str()).collect();
        assert_eq!(
            help,
            [
                "did you mean `countries`?",
                "known are `countries`",
                "in TOML a key belongs to the header above it: move it up, before the first header",
            ]
        );
    }

    #[test]
    fn what_could_not_be_read_is_told_once() {
        let read = |reader: &mut Reader<'_>| {
            reader.require("a");
            drop(reader.strings("a"));
        };
        let (_, shown, _) = told("a = AM\n", read);
        assert_eq!(shown, ["D204 AM: text must stand between quotation marks"]);
    }
}
