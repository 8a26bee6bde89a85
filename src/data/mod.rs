//! Data as people write it: TOML and YAML read into one tree, in which everything has its place.
//!
//! 1. [`toml()`] and [`yaml()`] turn a stretch of a file into a [`Table`]. They never fail: what can't be read is
//!    reported and leaves a [`Node::Invalid`] behind, so that one slip does not hide, or cause, others.
//! 2. A [`Reader`] takes from a table the values a schema knows, and reports whatever is of the wrong type, bad,
//!    missing or unknown.
//!
//! A date is a [`Moment`], or a [`PartialDate`] where a month or a year will do.

mod addition;
mod fault;
mod moment;
mod reader;
mod toml;
mod yaml;

pub use addition::Addition;
pub use moment::{BadDate, Moment, PartialDate, iso};
pub use reader::{Reader, Refusal};
pub use toml::toml;
pub use yaml::yaml;

use crate::source::Span;
use compact_str::CompactString;
use std::ops::Range;
use std::sync::Arc;

/// A value and the bytes of the file that say it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where the file says it, counted from the file's first byte.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: change(self.value), span: self.span }
    }
}

impl Spanned<String> {
    /// The same text, which is mostly short.
    pub fn compact(self) -> Spanned<CompactString> {
        self.map(CompactString::from)
    }

    /// The same text, to be shared by what shows it.
    pub fn shared(self) -> Spanned<Arc<str>> {
        self.map(Arc::from)
    }

    /// Whether the file holds the value letter for letter at its span. It does not where the value is written with
    /// escapes or folded over lines; the span then covers the whole literal, quotation marks included.
    pub fn is_verbatim(&self, text: &str) -> bool {
        text.get(self.span.range()) == Some(self.value.as_str())
    }

    /// Where in the file's `text` these bytes of the value stand: exact where the value is verbatim, and an empty span
    /// at its start otherwise.
    pub fn span_of(&self, range: Range<usize>, text: &str) -> Span {
        if self.is_verbatim(text) {
            let end = range.end.min(self.value.len());
            Span::new(range.start.min(end)..end).shifted(self.span.start as usize)
        } else {
            Span { start: self.span.start, end: self.span.start }
        }
    }
}

/// Which of the two forms a table was written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// TOML 1.1.
    Toml,
    /// YAML 1.2, its core schema.
    Yaml,
}

impl Format {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
        }
    }
}

/// A value of either form. Places cover what is written, the quotation marks of a string included.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A day, or a day and a time.
    Date(Moment),
    /// A time of no day, which TOML has; kept as it is written.
    Time(String),
    /// A list.
    Array(Vec<Spanned<Node>>),
    /// A table.
    Table(Table),
    /// A YAML key that was given nothing.
    Null,
    /// A value that could not be read, and was reported.
    Invalid,
}

impl Node {
    /// What the value is, for a message: `a string`, `an integer`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Integer(_) => "an integer",
            Self::Float(_) => "a number",
            Self::Boolean(_) => "a boolean",
            Self::Date(_) => "a date",
            Self::Time(_) => "a time",
            Self::Array(_) => "a list",
            Self::Table(_) => "a table",
            Self::Null => "nothing",
            Self::Invalid => "unreadable",
        }
    }

    /// The value as JSON has it: dates as ISO 8601 text, what could not be read as `null`.
    pub fn to_json(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::String(text) | Self::Time(text) => Value::from(text.as_str()),
            Self::Integer(number) => Value::from(*number),
            Self::Float(number) => Value::from(*number),
            Self::Boolean(truth) => Value::from(*truth),
            Self::Date(moment) => Value::from(moment.to_string()),
            Self::Array(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Table(table) => Value::Object(table.to_json()),
            Self::Null | Self::Invalid => Value::Null,
        }
    }
}

impl Spanned<Node> {
    /// All that is written of the value: a table that stands below a header, with its keys and their values.
    pub fn extent(&self) -> Span {
        match &self.value {
            Node::Table(table) => {
                let parts = table.entries.iter().flat_map(|(key, value)| [key.span, value.extent()]);
                parts.fold(self.span, Span::through)
            }
            Node::Array(items) => items.iter().map(Self::extent).fold(self.span, Span::through),
            _ => self.span,
        }
    }
}

/// Keys and values in the order they were written, each key once.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The form it was written in.
    pub format: Format,
    /// What stands for the table as a whole: its header, its braces, or in YAML the key it belongs to.
    pub span: Span,
    /// The keys with their values.
    pub entries: Vec<(Spanned<String>, Spanned<Node>)>,
}

impl Table {
    /// A table with nothing in it.
    pub fn empty(format: Format, span: Span) -> Self {
        Self { format, span, entries: Vec::new() }
    }

    /// The value of `key`, with its place.
    pub fn get(&self, key: &str) -> Option<&Spanned<Node>> {
        self.entries.iter().find(|(name, _)| name.value == key).map(|(_, value)| value)
    }

    /// The table as JSON has it.
    pub fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
        self.entries.iter().map(|(key, value)| (key.value.clone(), value.value.to_json())).collect()
    }
}

/// What to delete in `text` for each item of a list to go without the others: where it follows another behind a comma, or
/// on a line of its own.
pub fn removals(text: &str, items: &[Spanned<String>]) -> Vec<Option<Span>> {
    let literals: Vec<Range<usize>> = items.iter().map(|item| literal(text, item.span)).collect();
    let removal = |pair: &[Range<usize>]| {
        let between = text.get(pair[0].end..pair[1].start)?;
        let is_plain = match between.trim() {
            "," => !between.contains('\n'),
            "-" => between.matches('\n').count() == 1,
            _ => false,
        };
        is_plain.then(|| Span::new(pair[0].end..pair[1].end))
    };
    let first = items.first().map(|_| None);
    first.into_iter().chain(literals.windows(2).map(removal)).collect()
}

/// The bytes of a value with the quotation marks around it.
fn literal(text: &str, span: Span) -> Range<usize> {
    let Range { start, end } = span.range();
    let (before, after) = (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
    let is_quoted = |mark: &char| before.ends_with(*mark) && after.starts_with(*mark);
    if ['"', '\''].iter().any(is_quoted) { start - 1..end + 1 } else { start..end }
}

/// `text` as a string that both TOML and YAML read, quotation marks included.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            character if character.is_control() => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(character)))
            }
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

/// `text` between backticks, cut short where it is too long to be read in a message.
pub fn in_message(text: &str) -> String {
    const LONGEST: usize = 48;
    let line = text.split(['\n', '\r']).next().unwrap_or_default();
    let mut shown: String = line.chars().filter(|character| !character.is_control()).take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("`{shown}`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn places_inside_a_verbatim_string_are_exact_and_others_fall_to_its_start() {
        let text = r#"a = "été à Minsk""#;
        let verbatim = Spanned::new("été à Minsk".to_owned(), Span::new(5..text.len() - 1));
        let at = verbatim.value.find("Minsk").unwrap();
        assert_eq!(&text[verbatim.span_of(at..at + 5, text).range()], "Minsk");

        let text = r#"a = "un \"mot\"""#;
        let escaped = Spanned::new("un \"mot\"".to_owned(), Span::new(4..text.len()));
        assert_eq!(escaped.span_of(4..7, text), Span::new(4..4));
    }

    /// What is left of a list of texts when an item is removed; `None` where there is no plain way.
    fn without(format: Format, list: &str, item: usize) -> Option<String> {
        use crate::source::{ContentPath, Source};
        let text = entry(format, list);
        let source = Source::new(ContentPath::new("a.md").unwrap(), text.as_str());
        let read = if format == Format::Toml { toml } else { yaml };
        let table = read(&source, 0..text.len(), &mut Vec::new());
        let items = Reader::new(&source, &table, "it", &mut Vec::new()).strings("a");
        let removal = removals(&text, &items)[item]?.range();
        let left = format!("{}{}", &text[..removal.start], &text[removal.end..]);
        assert_eq!(parsed(format, &left).1, []);
        Some(left["a =".len()..].trim().to_owned())
    }

    #[test]
    fn an_item_goes_out_of_a_list_with_what_parts_it_from_the_one_before() {
        let toml = |list, item| without(Format::Toml, list, item);
        assert_eq!(toml(r#"["AM", 'RU', "KZ"]"#, 1).as_deref(), Some(r#"["AM", "KZ"]"#));
        assert_eq!(toml(r#"["AM","R\u0055" ]"#, 1).as_deref(), Some(r#"["AM" ]"#));
        assert_eq!(toml(r#"["AM", "RU"]"#, 0), None);
        assert_eq!(toml("[\"AM\", # la première\n\"RU\"]", 1), None);
        assert_eq!(toml(r#"["AM", """RU"""]"#, 1), None);
        let yaml = |list, item| without(Format::Yaml, list, item);
        assert_eq!(yaml("[AM, RU]", 1).as_deref(), Some("[AM]"));
        assert_eq!(yaml("\n  - AM\n  - RU # x\n  - 'KZ'", 2).as_deref(), None);
        assert_eq!(yaml("\n  - AM\n  - 'RU'\n  - KZ", 1).as_deref(), Some("- AM\n  - KZ"));
    }

    #[test]
    fn a_quoted_text_is_read_back_by_both_forms() {
        let awkward = "l'« été » \"à\" C:\\ \n\t🗺";
        for format in [Format::Toml, Format::Yaml] {
            let (table, diagnostics) = parsed(format, &entry(format, &quote(awkward)));
            assert_eq!(diagnostics, []);
            assert_eq!(table.get("a").unwrap().value, Node::String(awkward.into()));
        }
    }

    #[test]
    fn both_forms_become_the_same_json() {
        let toml = "z = 1\na = [1.5, true, 2023-11-23]\n[t]\nb = \"x\"\n";
        let yaml = "z: 1\na: [1.5, true, 2023-11-23]\nt:\n  b: x\n";
        let json = serde_json::json!({"z": 1, "a": [1.5, true, "2023-11-23"], "t": {"b": "x"}});
        assert_eq!(Some(&parsed(Format::Toml, toml).0.to_json()), json.as_object());
        assert_eq!(Some(&parsed(Format::Yaml, yaml).0.to_json()), json.as_object());
    }

    fn entry(format: Format, value: &str) -> String {
        match format {
            Format::Toml => format!("a = {value}\n"),
            Format::Yaml => format!("a: {value}\n"),
        }
    }

    /// `text` read after a prefix, so that a forgotten offset shows.
    fn parsed(format: Format, text: &str) -> (Table, Vec<crate::diagnostic::Diagnostic>) {
        use crate::source::{ContentPath, Source};
        let prefix = "\u{feff}🗺\n";
        let path = ContentPath::new("content/a.md").unwrap();
        let source = Source::new(path, format!("{prefix}{text}"));
        let mut diagnostics = Vec::new();
        let range = prefix.len()..source.text.len();
        let table = match format {
            Format::Toml => toml(&source, range, &mut diagnostics),
            Format::Yaml => yaml(&source, range, &mut diagnostics),
        };
        for span in spans(&table).into_iter().chain(diagnostics.iter().flat_map(diagnostic_spans)) {
            assert!(source.text.get(span.range()).is_some(), "{span:?} of {text:?}");
            assert!(span.start as usize >= prefix.len(), "{span:?} of {text:?}");
        }
        (table, diagnostics)
    }

    fn spans(table: &Table) -> Vec<Span> {
        fn visit(node: &Spanned<Node>, found: &mut Vec<Span>) {
            found.push(node.span);
            match &node.value {
                Node::Array(items) => items.iter().for_each(|item| visit(item, found)),
                Node::Table(table) => found.extend(spans(table)),
                _ => {}
            }
        }
        let mut found = vec![table.span];
        for (key, value) in &table.entries {
            found.push(key.span);
            visit(value, &mut found);
        }
        found
    }

    fn diagnostic_spans(diagnostic: &crate::diagnostic::Diagnostic) -> Vec<Span> {
        let mut spans = vec![diagnostic.place.span];
        spans.extend(diagnostic.related.iter().map(|(place, _)| place.span));
        let edits = diagnostic.fix.iter().flat_map(crate::diagnostic::Fix::edits);
        spans.extend(edits.map(|edit| edit.span));
        spans
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

        #[test]
        fn any_text_is_read_without_panic_and_every_place_lies_within_it(text in "(?s).{0,60}") {
            parsed(Format::Toml, &text);
            parsed(Format::Yaml, &text);
        }

        #[test]
        fn text_that_resembles_data_is_read_without_panic(
            text in r#"([a-cé]{1,2}|[ \t]{1,3}|\r?\n|= ?|: |- |[\[\]{},#&*|>!?%@]|"|'|"""|\\|2023-[01][0-9]-[0-9]{1,2}|[0-9]+|🗺|« |true|\[\[?a\.b\]){0,30}"#
        ) {
            parsed(Format::Toml, &text);
            parsed(Format::Yaml, &text);
        }
    }
}
