//! The interface's words in one language, as rendering says them.

use super::html::{escaped, push_text};
use crate::language::{Language, LanguageTag, Strings};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A language and the interface's strings in it. Cheap to clone: templates of each language keep one.
#[derive(Clone)]
pub struct Wording {
    language: Arc<Language>,
    strings: Arc<Strings>,
    labels: Arc<Labels>,
}

/// What is said of the first notes of a page, nearly all that any page has, and of their sources: ready to stand in HTML.
struct Labels {
    call_ends: Vec<String>,
    ways_back: Vec<String>,
    /// What is said of the ways back from a note to its calls, cut where the letter of each stands.
    lettered_ways_back: Vec<Vec<String>>,
    /// In how many briefs a source is cited.
    cited_in: Vec<String>,
    /// What is said of a copy, cut where its day stands.
    archived_copy: Vec<String>,
    /// What is said of a copy whose day is not known.
    undated_copy: String,
}

/// How many numbers have their labels ready.
const LABELLED: usize = 64;

/// What stands for a day or a letter while the words around it are made ready: no character, and in no string.
const HOLE: &str = "\u{fdd0}";

impl Wording {
    /// The words of `language`.
    pub fn new(language: Arc<Language>, strings: Arc<Strings>) -> Self {
        let say = |key: &str, arguments: &[(&str, &str)]| said(&language, &strings, key, arguments);
        let numbered = |key: &str, number: usize| escaped(&say(key, &[("number", &number.to_string())]));
        let labels = |key: &str| (1..=LABELLED).map(|number| numbered(key, number)).collect();
        let cut = |words: &str| words.split(HOLE).map(escaped).collect();
        let lettered = |number: usize| cut(&lettered_way_back(&language, &strings, number, HOLE));
        let labels = Labels {
            call_ends: (1..=LABELLED).map(|number| call_end(&numbered("note", number), number)).collect(),
            ways_back: labels("back-to-call"),
            cited_in: (1..=LABELLED).map(|count| cited_in(&language, &strings, count)).collect(),
            lettered_ways_back: (1..=LABELLED).map(lettered).collect(),
            archived_copy: cut(&say("archived-copy-of", &[("date", HOLE)])),
            undated_copy: escaped(&say("archived-copy", &[])),
        };
        Self { labels: Arc::new(labels), language, strings }
    }

    /// The language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The interface's strings.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }

    pub(super) fn tag(&self) -> &LanguageTag {
        self.language.tag()
    }

    /// How the link of a call of a note ends, from behind its `href`, with « Note 3 » for those who hear it.
    pub(super) fn call_end(&self, number: usize) -> Cow<'_, str> {
        match number.checked_sub(1).and_then(|index| self.labels.call_ends.get(index)) {
            Some(end) => Cow::Borrowed(end),
            None => call_end(&self.label(&[], "note", number), number).into(),
        }
    }

    /// « Retour à l’appel de la note 3 », ready to stand in HTML.
    pub(super) fn back_to_call(&self, number: usize) -> Cow<'_, str> {
        self.label(&self.labels.ways_back, "back-to-call", number)
    }

    /// « Retour à l’appel b de la note 3 », ready to stand in HTML.
    pub(super) fn back_to_lettered_call(&self, number: usize, letter: &str) -> String {
        match number.checked_sub(1).and_then(|index| self.labels.lettered_ways_back.get(index)) {
            Some(parts) => parts.join(letter),
            None => escaped(&lettered_way_back(&self.language, &self.strings, number, letter)),
        }
    }

    /// « Notes et sources »
    pub(super) fn notes_and_sources(&self) -> String {
        self.say("notes-and-sources", &[])
    }

    /// « Citée dans 3 articles », ready to stand in HTML.
    pub(super) fn cited_in(&self, count: usize) -> Cow<'_, str> {
        match count.checked_sub(1).and_then(|index| self.labels.cited_in.get(index)) {
            Some(label) => Cow::Borrowed(label),
            None => cited_in(&self.language, &self.strings, count).into(),
        }
    }

    /// « consulté le 14 mars 2024 »
    pub(super) fn accessed(&self, date: &str) -> String {
        self.say("accessed", &[("date", date)])
    }

    /// Writes « archive, 13 janvier 2022 », or « archive » alone where the day is not known.
    pub(super) fn push_archived_copy(&self, html: &mut String, date: Option<&str>) {
        let Some(date) = date else { return html.push_str(&self.labels.undated_copy) };
        for (rank, words) in self.labels.archived_copy.iter().enumerate() {
            if rank > 0 {
                push_text(html, date);
            }
            html.push_str(words);
        }
    }

    /// « Corrections »
    pub(super) fn corrections(&self) -> String {
        self.say("corrections", &[])
    }

    /// « Tableau 2 »
    pub(super) fn table(&self, number: usize) -> String {
        self.say("table", &[("number", &number.to_string())])
    }

    fn label<'a>(&'a self, ready: &'a [String], key: &str, number: usize) -> Cow<'a, str> {
        match number.checked_sub(1).and_then(|index| ready.get(index)) {
            Some(label) => Cow::Borrowed(label),
            None => escaped(&self.say(key, &[("number", &number.to_string())])).into(),
        }
    }

    fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        said(&self.language, &self.strings, key, arguments)
    }
}

/// `label` is ready to stand in HTML.
fn call_end(label: &str, number: usize) -> String {
    format!("\" role=\"doc-noteref\" aria-label=\"{label}\">{number}</a>")
}

fn lettered_way_back(language: &Language, strings: &Strings, number: usize, letter: &str) -> String {
    said(language, strings, "back-to-call-lettered", &[("number", &number.to_string()), ("letter", letter)])
}

fn cited_in(language: &Language, strings: &Strings, count: usize) -> String {
    let counted = u64::try_from(count).unwrap_or(u64::MAX);
    strings
        .get("cited-in", language, Some(counted), &[])
        .map_or_else(|| "cited-in".to_owned(), |said| escaped(&said))
}

/// The string under `key`. The default theme has all that are asked for here; where even it was replaced, the key itself
/// shows what is missing.
fn said(language: &Language, strings: &Strings, key: &str, arguments: &[(&str, &str)]) -> String {
    strings.get(key, language, None, arguments).unwrap_or_else(|| key.to_owned())
}

impl fmt::Debug for Wording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Wording").field(self.tag()).finish()
    }
}
