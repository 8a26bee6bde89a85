use super::KEYS;
use crate::config::parse_language;
use crate::data::{Node, PartialDate, Reader, Refusal, Spanned, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;

/// A note that stands in data and not in the text.
#[derive(Clone, Debug, PartialEq)]
pub enum FrontNote {
    /// A plain note, in Markdown; it may be empty, which is for a rule to tell.
    Text(Spanned<String>),
    /// A source.
    Source(Box<SourceNote>),
}

impl FrontNote {
    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.value.trim().is_empty())
    }
}

/// A source: what is cited, by whom it was published, and where it can be read.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceNote {
    /// Its title; its label where it has none, which is an error.
    pub title: Spanned<String>,
    /// Who wrote it.
    pub authors: Vec<Spanned<String>>,
    /// Who published it.
    pub publisher: Option<Spanned<String>>,
    /// When: a day, a month or a year.
    pub date: Option<Spanned<PartialDate>>,
    /// Where it can be read.
    pub url: Option<Spanned<String>>,
    /// Where a copy of it is kept.
    pub archive: Option<Spanned<String>>,
    /// The language it is in.
    pub language: Option<Spanned<LanguageTag>>,
    /// The place in it: a page, an article.
    pub page: Option<Spanned<String>>,
}

const SYNONYMS: &[(&str, &str)] = &[
    ("titre", "title"),
    ("texte", "text"),
    ("note", "text"),
    ("author", "authors"),
    ("auteur", "authors"),
    ("auteurs", "authors"),
    ("éditeur", "publisher"),
    ("media", "publisher"),
    ("média", "publisher"),
    ("site", "publisher"),
    ("year", "date"),
    ("année", "date"),
    ("link", "url"),
    ("lien", "url"),
    ("href", "url"),
    ("archive_url", "archive"),
    ("archived", "archive"),
    ("lang", "language"),
    ("langue", "language"),
];

/// Reads every note of a table whose keys are their labels: `[footnotes]`, or a file of sources. A text alone is a plain
/// note.
pub fn read_notes(mut reader: Reader<'_>) -> Vec<(Spanned<String>, FrontNote)> {
    let mut notes = Vec::new();
    for (label, value) in reader.others(|_| true) {
        check_label(&mut reader, &label);
        let note = match &value.value {
            Node::Table(table) => {
                let name = format!("the note {}", in_message(&label.value));
                Some(read_note(reader.inner(table, name).synonyms(SYNONYMS).outer(KEYS), &label))
            }
            Node::String(_) => reader.as_string(value).map(FrontNote::Text),
            other => {
                let place = reader.source().place(value.span);
                let message = format!(
                    "the note {} must be a table or a text, not {}",
                    in_message(&label.value),
                    other.kind()
                );
                reader.report(Diagnostic::new(&code::WRONG_TYPE, place, message));
                None
            }
        };
        notes.extend(note.map(|note| (label, note)));
    }
    reader.finish();
    notes
}

/// A label is called as `[^label]`, so it can't hold what would end the call.
fn check_label(reader: &mut Reader<'_>, label: &Spanned<String>) {
    let is_callable = |character: char| !(character.is_whitespace() || "[]^".contains(character));
    if label.value.is_empty() || !label.value.chars().all(is_callable) {
        let refusal = Refusal::new(format!("no call can be made to the note {}", in_message(&label.value)))
            .help("a label is one word without brackets, called as `[^label]`");
        reader.refuse(label, refusal);
    }
}

fn read_note(mut reader: Reader<'_>, label: &Spanned<String>) -> FrontNote {
    if let Some(text) = reader.string("text") {
        for key in ["title", "authors", "publisher", "date", "url", "archive", "language", "page"] {
            if let Some((name, _)) = reader.entry(key) {
                let message = format!("a note with a `text` has no `{key}`");
                let diagnostic =
                    Diagnostic::new(&code::MISPLACED_KEY, reader.source().place(name.span), message);
                reader.report(diagnostic.help("a note is either a text or a source"));
            }
        }
        reader.finish();
        return FrontNote::Text(text);
    }
    if !reader.has("text") {
        reader.require("title");
    }
    let note = SourceNote {
        title: reader.line("title").unwrap_or_else(|| label.clone()),
        authors: reader.strings("authors"),
        publisher: reader.line("publisher"),
        date: reader.partial_date("date"),
        url: reader.parsed("url", parse_url),
        archive: reader.parsed("archive", parse_url),
        language: reader.parsed("language", parse_language),
        page: reader.line("page"),
    };
    reader.finish();
    FrontNote::Source(Box::new(note))
}

fn parse_url(written: &str) -> Result<String, Refusal> {
    let lower = written.to_ascii_lowercase();
    let refusal = Refusal::new(format!("{} is not the address of a web page", in_message(written)));
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        let refusal = refusal.help("it begins with `https://` or `http://`");
        return Err(if lower.starts_with("www.") {
            refusal.meant(format!("https://{written}"))
        } else {
            refusal
        });
    };
    if let Some(odd) =
        rest.chars().find(|odd| odd.is_whitespace() || odd.is_control() || "<>\"\\".contains(*odd))
    {
        return Err(refusal.help(format!("`{}` can't stand in it", odd.escape_default())));
    }
    if rest.is_empty() || rest.starts_with(['/', '?', '#']) {
        return Err(refusal.help("the name of its host is missing"));
    }
    Ok(written.to_owned())
}
