//! The interface's words in one language, as rendering says them.

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

/// What is said of the first notes of a page: nearly all that any page has.
struct Labels {
    notes: Vec<String>,
    ways_back: Vec<String>,
}

/// How many notes have their labels ready.
const LABELLED: usize = 32;

impl Wording {
    /// The words of `language`.
    pub fn new(language: Arc<Language>, strings: Arc<Strings>) -> Self {
        let say =
            |key: &str, number: usize| said(&language, &strings, key, &[("number", &number.to_string())]);
        let labels = |key: &str| (1..=LABELLED).map(|number| say(key, number)).collect();
        let labels = Labels { notes: labels("note"), ways_back: labels("back-to-call") };
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

    /// « Note 3 »
    pub(super) fn note(&self, number: usize) -> Cow<'_, str> {
        self.label(&self.labels.notes, "note", number)
    }

    /// « Retour à l’appel de la note 3 »
    pub(super) fn back_to_call(&self, number: usize) -> Cow<'_, str> {
        self.label(&self.labels.ways_back, "back-to-call", number)
    }

    /// « Retour à l’appel b de la note 3 »
    pub(super) fn back_to_lettered_call(&self, number: usize, letter: &str) -> String {
        self.say("back-to-call-lettered", &[("number", &number.to_string()), ("letter", letter)])
    }

    /// « Notes et sources »
    pub(super) fn notes_and_sources(&self) -> String {
        self.say("notes-and-sources", &[])
    }

    /// « Citée dans 3 articles »
    pub(super) fn cited_in(&self, count: usize) -> String {
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        let said = self.strings.get("cited-in", &self.language, Some(count), &[]);
        said.unwrap_or_else(|| "cited-in".to_owned())
    }

    /// « consulté le 14 mars 2024 »
    pub(super) fn accessed(&self, date: &str) -> String {
        self.say("accessed", &[("date", date)])
    }

    /// « archive, 13 janvier 2022 », or « archive » alone where the day is not known.
    pub(super) fn archived_copy(&self, date: Option<&str>) -> String {
        match date {
            Some(date) => self.say("archived-copy-of", &[("date", date)]),
            None => self.say("archived-copy", &[]),
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
            None => self.say(key, &[("number", &number.to_string())]).into(),
        }
    }

    fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        said(&self.language, &self.strings, key, arguments)
    }
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
