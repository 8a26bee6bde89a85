//! The interface's words in one language, as rendering says them.

use crate::language::{Language, LanguageTag, Strings};
use std::fmt;
use std::sync::Arc;

/// A language and the interface's strings in it. Cheap to clone: templates of each language keep one.
#[derive(Clone)]
pub struct Wording {
    language: Arc<Language>,
    strings: Arc<Strings>,
}

impl Wording {
    /// The words of `language`.
    pub fn new(language: Arc<Language>, strings: Arc<Strings>) -> Self {
        Self { language, strings }
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
    pub(super) fn note(&self, number: usize) -> String {
        self.say("note", &[("number", &number.to_string())])
    }

    /// « Retour à l’appel de la note 3 »
    pub(super) fn back_to_call(&self, number: usize) -> String {
        self.say("back-to-call", &[("number", &number.to_string())])
    }

    /// « Retour à l’appel b de la note 3 »
    pub(super) fn back_to_lettered_call(&self, number: usize, letter: &str) -> String {
        self.say("back-to-call-lettered", &[("number", &number.to_string()), ("letter", letter)])
    }

    /// « Notes et sources »
    pub(super) fn notes_and_sources(&self) -> String {
        self.say("notes-and-sources", &[])
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

    /// The string under `key`. The default theme has all that are asked for here; where even it was replaced, the key
    /// itself shows what is missing.
    fn say(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.strings.get(key, &self.language, None, arguments).unwrap_or_else(|| key.to_owned())
    }
}

impl fmt::Debug for Wording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Wording").field(self.tag()).finish()
    }
}
