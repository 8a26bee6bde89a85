//! The file: TOML, a table for each address, in the order of the addresses, so that a change is a few lines of a diff.

use super::{Answer, Archive, ArchivedCopy, Availability, Failure, Known, Visit, is_web_address};
use crate::data::{self, Node, Spanned, Table, in_message, quote};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Source, Span};
use jiff::civil::Date;
use std::fmt;

const HEADER: &str = "\
# What the addresses of the sources answered, and where copies of the pages are kept.
# Written by `depeche sources check`, and committed: a build reads it, and never asks the network.
";

/// More than these are rather a file of some other kind. Picked by feel.
const MOST: usize = 10;

impl Availability {
    /// What the file says, and what is wrong with it: warnings all, for a build can do without.
    ///
    /// Keys that are not known are left alone: a later version may have written them.
    pub fn parse(source: &Source) -> (Self, Vec<Diagnostic>) {
        let mut slips = Vec::new();
        let table = data::toml(source, 0..source.text.len(), &mut slips);
        let mut slips: Vec<Diagnostic> = slips
            .into_iter()
            .map(|slip| Diagnostic { label: slip.label, ..broken(source, slip.place.span, slip.message) })
            .collect();
        let mut availability = Self::default();
        for (url, value) in &table.entries {
            if let Node::Table(table) = &value.value
                && is_web_address(&url.value)
            {
                let known = Reading { source, table, slips: &mut slips }.known();
                availability.known.insert(url.value.clone(), known);
            }
        }
        slips.truncate(MOST);
        (availability, slips)
    }
}

fn broken(source: &Source, span: Span, message: String) -> Diagnostic {
    Diagnostic::new(&code::BROKEN_LOCK, source.place(span), message)
        .help("delete what is wrong, or the file: `depeche sources check` writes it again")
}

/// One address's table, as it is read.
struct Reading<'a> {
    source: &'a Source,
    table: &'a Table,
    slips: &'a mut Vec<Diagnostic>,
}

impl Reading<'_> {
    fn known(mut self) -> Known {
        Known { visit: self.visit(), archive: self.archive() }
    }

    fn visit(&mut self) -> Option<Visit> {
        let status = self.status();
        let moved = self.address("moved");
        let failure = self.failure();
        let asked = self.day("asked");
        let answer = failure.map(Answer::Unreachable).or_else(|| Some(Answer::of(status?, moved)))?;
        Some(Visit { asked: asked?, answer })
    }

    fn archive(&mut self) -> Option<Archive> {
        let url = self.address("archive");
        let date = self.day("archive_date");
        let asked = self.day("not_archived");
        match (url, date) {
            (Some(url), Some(date)) => Some(Archive::Copy(ArchivedCopy { url: url.into(), date })),
            _ => asked.map(|asked| Archive::Nothing { asked }),
        }
    }

    fn status(&mut self) -> Option<u16> {
        self.value("status", "a status, from 100 to 999", |node| match node {
            Node::Integer(status) => {
                u16::try_from(*status).ok().filter(|status| (100..=999).contains(status))
            }
            _ => None,
        })
    }

    fn failure(&mut self) -> Option<Failure> {
        self.value("unreachable", "a reason known here", |node| match node {
            Node::String(name) => Failure::named(name),
            _ => None,
        })
    }

    fn day(&mut self, key: &str) -> Option<Date> {
        self.value(key, "a day, as in `2023-11-23`", |node| match node {
            Node::Date(moment) => Some(moment.date),
            _ => None,
        })
    }

    fn address(&mut self, key: &str) -> Option<String> {
        self.value(key, "the address of a web page", |node| match node {
            Node::String(url) if is_web_address(url) => Some(url.clone()),
            _ => None,
        })
    }

    /// What `read` makes of the value of `key`; a slip where it makes nothing of it.
    fn value<T>(&mut self, key: &str, expected: &str, read: impl FnOnce(&Node) -> Option<T>) -> Option<T> {
        let Spanned { value: node, span } = self.table.get(key)?;
        let value = read(node);
        // The first few are told, so there is no end of memory in a file of slips. An invalid value was told already.
        if value.is_none() && *node != Node::Invalid && self.slips.len() < MOST {
            let written = match node {
                Node::String(text) => in_message(text),
                other => other.kind().to_owned(),
            };
            let message = format!("`{key}` must be {expected}, not {written}");
            self.slips.push(broken(self.source, *span, message));
        }
        value
    }
}

impl fmt::Display for Availability {
    /// The whole file: the same bytes for the same knowledge.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(HEADER)?;
        for (url, known) in &self.known {
            write!(formatter, "\n[{}]\n{known}", quote(url))?;
        }
        Ok(())
    }
}

impl fmt::Display for Known {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(Visit { asked, answer }) = &self.visit {
            writeln!(formatter, "asked = {asked}")?;
            match answer {
                Answer::Found { status, moved } => {
                    writeln!(formatter, "status = {status}")?;
                    moved.iter().try_for_each(|url| writeln!(formatter, "moved = {}", quote(url)))?;
                }
                Answer::Gone { status } | Answer::Refused { status } | Answer::ServerError { status } => {
                    writeln!(formatter, "status = {status}")?;
                }
                Answer::Unreachable(failure) => {
                    writeln!(formatter, "unreachable = {}", quote(failure.name()))?
                }
            }
        }
        match &self.archive {
            Some(Archive::Copy(ArchivedCopy { url, date })) => {
                writeln!(formatter, "archive = {}\narchive_date = {date}", quote(url))
            }
            Some(Archive::Nothing { asked }) => writeln!(formatter, "not_archived = {asked}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::PATH;
    use crate::diagnostic::Severity;
    use crate::source::{ContentPath, Position};
    use proptest::prelude::*;

    fn parse(text: &str) -> (Availability, Vec<String>) {
        let source = Source::new(ContentPath::new(PATH).unwrap(), text);
        let (availability, slips) = Availability::parse(&source);
        let told = |slip: &Diagnostic| {
            assert_eq!((slip.code.name, slip.severity), ("broken-lock", Severity::Warning));
            let Position { line, column } = Position::of(text, slip.place.span.start as usize);
            format!("{line}:{column} {}", slip.message)
        };
        (availability, slips.iter().map(told).collect())
    }

    const WHOLE: &str = r#"
["https://a.example/"]
asked = 2026-11-20
status = 200
archive = "https://archive.example/2023/https://a.example/"
archive_date = 2023-10-19

["https://a.example/old?q=\"é\""]
asked = 2026-11-20
status = 200
moved = "https://a.example/new"
not_archived = 2026-11-20

["https://b.example/"]
asked = 2026-10-01
unreachable = "no-such-host"

["https://c.example/"]
archive = "https://archive.example/1"
archive_date = 2022-01-31

["https://d.example/"]
asked = 2026-11-20
status = 410
"#;

    #[test]
    fn a_file_is_written_as_it_was_read() {
        let whole = WHOLE.replace("\\\"", "'");
        let (availability, slips) = parse(&whole);
        assert_eq!(slips, [""; 0]);
        assert_eq!(availability.to_string(), format!("{HEADER}{whole}"));
        assert_eq!(
            availability.get("https://a.example/old?q='é'").unwrap().visit.as_ref().unwrap().answer,
            Answer::Found { status: 200, moved: Some("https://a.example/new".into()) }
        );
        assert_eq!(availability.copy_of("https://c.example/").unwrap().date.to_string(), "2022-01-31");
    }

    #[test]
    fn what_a_later_version_wrote_is_left_alone() {
        let (availability, slips) = parse(
            "version = 2\n[settings]\na = 1\n[\"https://a.example/\"]\nmood = 1\nstatus = 200\nasked = 2026-11-20\n",
        );
        assert_eq!(slips, [""; 0]);
        assert_eq!(availability.iter().count(), 1);
    }

    #[test]
    fn what_can_be_read_of_a_broken_file_is_used() {
        let (availability, slips) = parse(
            "[\"https://a.example/\"]\n<<<<<<< HEAD\nasked = 2026-11-20\n=======\nasked = 2026-11-19\n>>>>>>> x\nstatus = 200\n\
             archive = \"javascript:alert(1)\"\narchive_date = 2023-02-30\nmoved = 3\n\
             [\"https://b.example/\"]\nasked = \"soon\"\nunreachable = \"mood\"\nstatus = 99\n\
             [\"javascript:alert(1)\"]\nstatus = 200\n",
        );
        let known = availability.get("https://a.example/").unwrap();
        assert_eq!(known.visit.as_ref().unwrap().answer, Answer::of(200, None));
        assert_eq!(known.archive, None);
        assert_eq!(availability.get("https://b.example/"), Some(&Known::default()));
        assert_eq!(availability.iter().count(), 2);
        for told in [
            "8:11 `archive` must be the address of a web page, not `javascript:alert(1)`",
            "10:9 `moved` must be the address of a web page, not an integer",
            "12:9 `asked` must be a day, as in `2023-11-23`, not `soon`",
            "13:15 `unreachable` must be a reason known here, not `mood`",
        ] {
            assert!(slips.iter().any(|slip| slip == told), "{told}\n{slips:#?}");
        }
        assert!(slips.iter().any(|slip| slip.starts_with("2:1 ")), "{slips:#?}");
    }

    #[test]
    fn a_file_of_slips_is_told_of_in_a_few_lines() {
        let text: String =
            (0..1000).map(|number| format!("[\"https://a.example/{number}\"]\nstatus = 1\n")).collect();
        assert_eq!(parse(&text).1.len(), MOST);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

        #[test]
        fn any_text_is_read_without_panic(
            text in r#"(\["https://a\.example/[a-z]?"\]|\n|asked|status|moved|archive|archive_date|unreachable| = |2026-1[0-9]-[0-9]{1,2}|200|"https://b\.example"|"|<<<<|é|[\[\]{}]){0,40}"#
        ) {
            parse(&text);
        }

        #[test]
        fn whatever_is_known_is_read_back(
            paths in proptest::collection::vec(("[^\\s<>\"\\\\\\p{Cc}\u{fffe}\u{ffff}]{1,12}", 100u16..1000, 0i16..4000), 0..6)
        ) {
            let mut availability = Availability::default();
            for (path, status, year) in paths {
                let url = format!("https://a.example/{path}");
                let asked = Date::new(year, 2, 28).unwrap();
                let moved = (200..300).contains(&status).then(|| format!("http://{path}.example"));
                let answer = Answer::of(status, moved.filter(|url| is_web_address(url)));
                availability.answered(&url, Visit { asked, answer });
                availability.looked_up(&url, Archive::Copy(ArchivedCopy { url: url.as_str().into(), date: asked }));
            }
            prop_assert_eq!(parse(&availability.to_string()), (availability, vec![]));
        }
    }
}
