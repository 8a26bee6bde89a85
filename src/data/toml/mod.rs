//! TOML into a [`Table`]. Where the text is broken, each broken statement is reported, set aside, and the rest is read
//! as if it were sound.

mod statement;
mod wording;

use super::fault::{Fault, Faults};
use super::{Format, Moment, Node, Spanned, Table, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Source, Span, without_controls};
use ::toml::de::{DeTable, DeValue, Error};
use std::cmp::Ordering;
use std::ops::Range;

/// The table written as TOML in the `range` of bytes of a file.
pub fn toml(source: &Source, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Table {
    let text = source.text.get(range.clone()).unwrap_or_default();
    let whole = Span::new(range.start..range.start);
    let faults = Faults::new(source, range.start, diagnostics);
    let mut reading = Reading { text, broken: Vec::new(), faults };
    let (table, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() {
        return reading.table(table.get_ref(), whole);
    }
    let mended = reading.set_broken_statements_aside();
    let (table, errors) = DeTable::parse_recoverable(&mended);
    let table = reading.table(table.get_ref(), whole);
    reading.report_repetitions(&table, &errors);
    table
}

struct Reading<'a> {
    text: &'a str,
    /// The statements set aside, in order.
    broken: Vec<Range<usize>>,
    faults: Faults<'a>,
}

impl Reading<'_> {
    /// Reports the faults of every broken statement, and gives the text with those statements overwritten byte for
    /// byte, so that places stay what they were. A broken header takes with it all that stands below it: there is no
    /// telling whose keys those are.
    fn set_broken_statements_aside(&mut self) -> String {
        let mut mended = self.text.as_bytes().to_vec();
        let mut lost_header = false;
        for statement in statement::all(self.text) {
            let written = &self.text[statement.range.clone()];
            let is_header = statement::is_header(written);
            if statement.errors.is_empty() && (is_header || !lost_header) {
                lost_header &= !is_header;
                continue;
            }
            for fault in wording::all(self.text, &statement) {
                self.faults.report(fault);
            }
            if is_header || lost_header {
                lost_header = true;
                statement::blank(&mut mended[statement.range.clone()]);
            } else {
                statement::set_aside(&mut mended[statement.range.clone()], written);
            }
            self.broken.push(statement.range);
        }
        // Whole lines were overwritten by ASCII, so this is still UTF-8.
        String::from_utf8(mended).unwrap_or_default()
    }

    fn table(&mut self, table: &DeTable<'_>, span: Span) -> Table {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let name = self.string(key.get_ref(), key.span());
            let key = Spanned::new(name, self.faults.span(key.span()));
            entries.push((key, self.value(value.get_ref(), value.span())));
        }
        Table { format: Format::Toml, span, entries }
    }

    fn value(&mut self, value: &DeValue<'_>, range: Range<usize>) -> Spanned<Node> {
        if let Some(broken) = self.broken_around(range.start) {
            return Spanned::new(Node::Invalid, self.faults.span(broken));
        }
        let span = self.faults.span(range.clone());
        let node = match value {
            DeValue::String(text) => Node::String(self.string(text, range)),
            DeValue::Boolean(truth) => Node::Boolean(*truth),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Node::Integer(number),
                Err(_) => self.too_large(range),
            },
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(float) if !float.is_infinite() || number.as_str().ends_with("inf") => Node::Float(float),
                _ => self.too_large(range),
            },
            DeValue::Datetime(moment) if moment.date.is_none() => Node::Time(moment.to_string()),
            DeValue::Datetime(_) => self.date(range),
            DeValue::Array(items) => {
                Node::Array(items.iter().map(|item| self.value(item.get_ref(), item.span())).collect())
            }
            DeValue::Table(table) => Node::Table(self.table(table, span)),
        };
        Spanned::new(node, span)
    }

    /// What a key or a value says, fit for a page.
    fn string(&mut self, text: &str, range: Range<usize>) -> String {
        Fault::control(range, text).into_iter().for_each(|fault| self.faults.report(fault));
        without_controls(text).into_owned()
    }

    /// The broken statement that `offset` stands in.
    fn broken_around(&self, offset: usize) -> Option<Range<usize>> {
        let compare = |broken: &Range<usize>| match () {
            () if broken.end <= offset => Ordering::Less,
            () if broken.start > offset => Ordering::Greater,
            () => Ordering::Equal,
        };
        self.broken.binary_search_by(compare).ok().map(|index| self.broken[index].clone())
    }

    fn too_large(&mut self, range: Range<usize>) -> Node {
        let message =
            format!("{} is too large a number", in_message(self.text.get(range.clone()).unwrap_or_default()));
        self.faults.report(Fault { code: &code::BAD_VALUE, ..Fault::new(range, message) });
        Node::Invalid
    }

    fn date(&mut self, range: Range<usize>) -> Node {
        match Moment::parse(self.text.get(range.clone()).unwrap_or_default()) {
            Ok(moment) => Node::Date(moment),
            Err(problem) => {
                self.faults.report(Fault::date(range, problem));
                Node::Invalid
            }
        }
    }

    /// Reports keys and tables that are there twice: the only errors left once broken statements are set aside.
    fn report_repetitions(&mut self, table: &Table, errors: &[Error]) {
        let mut told_until = 0;
        for error in errors {
            let Some(again) = error.span().filter(|range| self.text.get(range.clone()).is_some()) else {
                continue;
            };
            // The keys below a repeated header repeat those below the first.
            if again.start < told_until || self.faults.are_enough() {
                continue;
            }
            let key = self.text[again.clone()].trim_matches(['"', '\'']);
            let first = match statement::header_before(self.text, again.start) {
                Some(header) => {
                    told_until = statement::next_header(self.text, again.end);
                    Some(header)
                }
                None => {
                    let first = self.last_before(table, key, self.faults.span(again.clone()).start);
                    first.map(|first| self.faults.range(first))
                }
            };
            let message = match error.message() {
                "duplicate key" => format!("{} is there twice", in_message(key)),
                _ => format!("{} has a value already, so it can't be a table as well", in_message(key)),
            };
            let related = first.map(|first| (first, "first here"));
            self.faults.report(Fault { code: &code::DUPLICATE_KEY, related, ..Fault::new(again, message) });
        }
    }

    /// The last key of this name that begins before `offset`, braces that close before it left out: of two keys in one
    /// table, that is the first.
    fn last_before(&self, table: &Table, key: &str, offset: u32) -> Option<Span> {
        let mut last = None;
        for (name, value) in &table.entries {
            if name.value == key && name.span.start < offset {
                last = last.max(Some(name.span));
            }
            let has_braces =
                self.faults.source.text[value.span.start as usize..].starts_with(['{', '"', '\'']);
            if let Node::Table(inner) = &value.value
                && !(has_braces && value.span.end <= offset)
            {
                last = last.max(self.last_before(inner, key, offset));
            }
        }
        last
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ContentPath;

    fn parsed(text: &str) -> (Table, Vec<Diagnostic>) {
        let source = Source::new(ContentPath::new("site.toml").unwrap(), text);
        let mut diagnostics = Vec::new();
        let table = toml(&source, 0..text.len(), &mut diagnostics);
        (table, diagnostics)
    }

    /// The text with its only fix applied.
    fn mended(text: &str, diagnostics: &[Diagnostic]) -> Option<String> {
        let fix = diagnostics.iter().find_map(|diagnostic| diagnostic.fix.as_ref())?;
        let [edit] = fix.edits() else { panic!("{fix:?}") };
        let range = edit.span.range();
        Some(format!("{}{}{}", &text[..range.start], edit.replacement, &text[range.end..]))
    }

    #[test]
    fn each_slip_is_told_in_our_words_at_its_place_with_its_mend() {
        // Written, code, the text underlined, message, mended.
        let cases: &[(&str, &str, &str, &str, Option<&str>)] = &[
            ("a = Hello", "D204", "Hello", "text must stand between quotation marks", Some("a = \"Hello\"")),
            ("a = l'été", "D204", "l'été", "text must stand between quotation marks", Some("a = \"l'été\"")),
            ("a = “x”", "D204", "“x”", "typographic quotation marks do not delimit text", Some("a = \"x\"")),
            (
                "a = « x »",
                "D204",
                "« x »",
                "typographic quotation marks do not delimit text",
                Some("a = \"x\""),
            ),
            ("a = True", "D204", "True", "`True` is written in lower case", Some("a = true")),
            (
                "a = oui",
                "D204",
                "oui",
                "`oui` is neither text between quotation marks nor `true` or `false`",
                None,
            ),
            ("a = ", "D204", "a =", "`a` has no value", None),
            ("a = # rien", "D204", "a =", "`a` has no value", None),
            ("title", "D204", "title", "this line is not `key = value`", None),
            ("title: x", "D204", ":", "in TOML a key is followed by `=`, not `:`", Some("title = x")),
            (
                "le titre = 1",
                "D204",
                "le titre",
                "a key is one word of plain letters, digits, `-` and `_`",
                None,
            ),
            ("résumé = 1", "D204", "résumé", "a key is one word of plain letters, digits, `-` and `_`", None),
            ("= 3", "D204", "=", "there is no key before `=`", None),
            ("a = \"abc", "D204", "\"abc", "this text is never closed", Some("a = \"abc\"")),
            ("a = 'abc", "D204", "'abc", "this text is never closed", Some("a = 'abc'")),
            ("a = [\"abc]", "D204", "\"abc]", "this text is never closed", None),
            ("a = \"abc”", "D204", "”", "`”` does not close a text opened by `\"`", Some("a = \"abc\"")),
            ("a = \"x\" y", "D204", "y", "nothing may follow a value on its line", None),
            ("a = 1,", "D204", ",", "there is no comma at the end of a line", Some("a = 1")),
            ("a = 1;", "D204", ";", "there is no semicolon at the end of a line", Some("a = 1")),
            (
                "a = 'l'Arménie'",
                "D204",
                "Arménie'",
                "the text ended at the second `'`",
                Some("a = \"l'Arménie\""),
            ),
            (
                "a = \"le \"mot\" dit\"",
                "D204",
                "mot\" dit\"",
                "the text ended at the second `\"`",
                Some("a = 'le \"mot\" dit'"),
            ),
            ("a = \"C:\\qui\"", "D204", "\\q", "`\\q` does not stand for anything", None),
            (
                "a = \"\\uD800\"",
                "D204",
                "\\u",
                "`\\u` must be followed by the hexadecimal number of a character",
                None,
            ),
            ("a = \"x\u{1}y\"", "D204", "\u{1}", "the control character U+0001 can't stand in text", None),
            (
                "a = [\"x\" \"y\"]",
                "D204",
                "",
                "a comma is missing between two values",
                Some("a = [\"x\", \"y\"]"),
            ),
            ("a = [\"x\",, \"y\"]", "D204", ",", "there is one comma too many", Some("a = [\"x\", \"y\"]")),
            (
                "a = { b = 'x' c = 2 }",
                "D204",
                "",
                "a comma is missing between two values",
                Some("a = { b = 'x', c = 2 }"),
            ),
            ("a = { b = 1 c = 2 }", "D204", "=", "this `=` follows a value, not a key", None),
            ("a = [1, 2", "D204", "[", "this list is never closed", None),
            ("a = { b = 1", "D204", "{", "this table is never closed", None),
            ("a = \"\"\"x", "D204", "\"\"\"", "this text is never closed", None),
            ("a = ]", "D204", "]", "this `]` closes nothing", None),
            ("[tab", "D204", "[tab", "the header of this table is never closed", Some("[tab]")),
            ("[notes.a b]", "D204", "[notes.a b]", "a name of several words is quoted in a header", None),
            ("a = 007", "D204", "0", "a number does not begin with a zero", None),
            (
                "a = 99999999999999999999",
                "D208",
                "99999999999999999999",
                "`99999999999999999999` is too large a number",
                None,
            ),
            ("a = 1e999", "D208", "1e999", "`1e999` is too large a number", None),
            (
                "a = 2023-02-30",
                "D210",
                "2023-02-30",
                "`2023-02-30` is not a date: February 2023 has 28 days",
                None,
            ),
            (
                "a = 23/11/2023",
                "D210",
                "23/11/2023",
                "`23/11/2023` is not how a date is written",
                Some("a = 2023-11-23"),
            ),
            (
                "a = 2023-2-3",
                "D210",
                "2023-2-3",
                "`2023-2-3` is not how a date is written",
                Some("a = 2023-02-03"),
            ),
            ("a = 2023-10", "D210", "2023-10", "`2023-10` is not a whole date", None),
            ("a = 1\nb = 2\na = 3", "D206", "a", "`a` is there twice", None),
            ("a = 1\n[a]\nb = 1", "D206", "a", "`a` is there twice", None),
            ("a = 1\na.b = 2", "D206", "a", "`a` has a value already, so it can't be a table as well", None),
        ];
        for (text, code, underlined, message, mend) in cases {
            for (before, after) in [("", "\n"), ("", "\r\n"), ("# 🗺\n", "")] {
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
        let text = "title = Sans guillemets\ncountries = [\"AM\",\nlang = \"fr\"\ndate = 2023-02-30\n\n[footnotes.a b]\n\
                    title = \"perdu\"\n\n[image]\nfile = \"🗺.jpg\"\nalt = 'l'été'\n";
        let (table, diagnostics) = parsed(text);
        let told: Vec<&str> = diagnostics.iter().map(|told| told.message.as_str()).collect();
        assert_eq!(
            told,
            [
                "text must stand between quotation marks",
                "this list is never closed",
                "`2023-02-30` is not a date: February 2023 has 28 days",
                "a name of several words is quoted in a header",
                "the text ended at the second `'`",
            ]
        );
        let keys: Vec<&str> = table.entries.iter().map(|(key, _)| key.value.as_str()).collect();
        assert_eq!(keys, ["title", "countries", "lang", "date", "image"]);
        assert_eq!(table.get("title").unwrap().value, Node::Invalid);
        assert_eq!(table.get("lang").unwrap().value, Node::String("fr".into()));
        let Node::Table(image) = &table.get("image").unwrap().value else { panic!() };
        assert_eq!(image.get("file").unwrap().value, Node::String("🗺.jpg".into()));
    }

    #[test]
    fn values_over_several_lines_survive_a_slip_elsewhere() {
        let text = "a = [\n  \"x\", # un\n  [\"y\"],\n]\nb = \"\"\"\nc = 1\n[d]\n\"\"\"\ne = {\n  f = 1,\n}\ng = oops\n";
        let (table, diagnostics) = parsed(text);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(table.get("b").unwrap().value, Node::String("c = 1\n[d]\n".into()));
        assert!(matches!(&table.get("a").unwrap().value, Node::Array(items) if items.len() == 2));
        assert!(matches!(&table.get("e").unwrap().value, Node::Table(_)));
    }

    #[test]
    fn each_line_of_a_list_tells_its_own_slip() {
        let (_, diagnostics) = parsed("a = [\n  \"x\"\n  \"y\",\n  zut,\n]\nb = 1\n");
        let told: Vec<&str> = diagnostics.iter().map(|told| told.message.as_str()).collect();
        assert_eq!(
            told,
            ["a comma is missing between two values", "text must stand between quotation marks"]
        );
    }

    #[test]
    fn a_repeated_key_is_told_with_both_places() {
        let cases = [
            ("a = 1\nb = { a = 2 }\na = 3\n", 0..1),
            ("[x]\nt = 1\n[y]\nt = 1\nt = 2\n", 14..15),
            ("a = { b = 1, b = 2 }\n", 6..7),
            ("[n.a]\nt = 1\n[n.b]\nt = 1\n[ n.a ]\nt = 3\n", 0..5),
        ];
        for (text, first) in cases {
            let (_, diagnostics) = parsed(text);
            assert_eq!(diagnostics.len(), 1, "{text:?} {diagnostics:#?}");
            assert_eq!(diagnostics[0].related[0].0.span, Span::new(first), "{text:?}");
        }
    }

    #[test]
    fn places_cover_what_is_written() {
        let text = "# 🗺 é\nl = ['é', 2023-11-23]\n[t.\"à b\"]\nx.y = 1.5\n";
        let (table, diagnostics) = parsed(text);
        assert_eq!(diagnostics, []);
        let shown = |span: Span| &text[span.range()];
        let Node::Array(items) = &table.get("l").unwrap().value else { panic!() };
        assert_eq!((shown(items[0].span), shown(items[1].span)), ("'é'", "2023-11-23"));
        let Node::Table(outer) = &table.get("t").unwrap().value else { panic!() };
        assert_eq!(shown(outer.entries[0].0.span), "\"à b\"");
        assert_eq!(shown(outer.entries[0].1.span), "[t.\"à b\"]");
    }

    #[test]
    fn a_file_of_some_other_kind_is_told_off_within_reason() {
        let text = "ceci n'est pas du TOML = [ { \"\n".repeat(20_000);
        let (_, diagnostics) = parsed(&text);
        assert_eq!(diagnostics.len(), crate::data::fault::MOST);
    }
}
