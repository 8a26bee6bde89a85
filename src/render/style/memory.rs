//! What a style has made of sources, from one build to the next.

use super::Run;
use crate::language::LanguageTag;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What a style has made of items, in each language. One that was made by another style or another version of the program is
/// empty, and so is one that can't be read: it is never an error.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Memory {
    /// The hash of all that decides how an item is formatted: the program's version and the style.
    made_by: String,
    /// By the hash of language and item.
    notes: BTreeMap<String, Vec<Run>>,
    /// Which of them were asked for since it was read; others are let go when it is written.
    #[serde(skip)]
    used: BTreeSet<String>,
}

impl Memory {
    /// The memory in the text of a file, of the style made from `style`, its name or its text.
    pub(super) fn read(text: Option<&str>, style: &str) -> Self {
        let made_by = hash(&[env!("CARGO_PKG_VERSION"), style]);
        let kept = text.and_then(|text| serde_json::from_str::<Self>(text).ok());
        kept.filter(|kept| kept.made_by == made_by).unwrap_or(Self { made_by, ..Self::default() })
    }

    pub(super) fn recall(&mut self, language: &LanguageTag, item: &str) -> Option<Vec<Run>> {
        let key = hash(&[language.as_str(), item]);
        let note = self.notes.get(&key).cloned()?;
        self.used.insert(key);
        Some(note)
    }

    pub(super) fn remember(&mut self, language: &LanguageTag, item: &str, note: Vec<Run>) {
        let key = hash(&[language.as_str(), item]);
        self.used.insert(key.clone());
        self.notes.insert(key, note);
    }

    /// As a file holds it: the notes that were asked for, in an order that depends on nothing else.
    pub(super) fn written(&self) -> String {
        let notes = self.notes.iter().filter(|(key, _)| self.used.contains(*key));
        let kept = Self {
            made_by: self.made_by.clone(),
            notes: notes.map(|(key, note)| (key.clone(), note.clone())).collect(),
            used: BTreeSet::new(),
        };
        let Ok(text) = serde_json::to_string(&kept) else {
            unreachable!("strings and lists are always written")
        };
        text + "\n"
    }
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update(b"\0");
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Vec<Run> {
        vec![Run { text: "A".into(), ..Run::default() }]
    }

    #[test]
    fn a_note_is_recalled_in_its_language_by_the_next_build() {
        let [french, english] = ["fr", "en"].map(|tag| LanguageTag::parse(tag).unwrap());
        let mut memory = Memory::read(None, "chicago-notes");
        memory.remember(&french, "{}", note());
        let mut next = Memory::read(Some(&memory.written()), "chicago-notes");
        assert_eq!(next.recall(&french, "{}"), Some(note()));
        assert_eq!(next.recall(&english, "{}"), None);
    }

    #[test]
    fn what_was_not_asked_for_is_let_go() {
        let french = LanguageTag::parse("fr").unwrap();
        let mut memory = Memory::read(None, "chicago-notes");
        memory.remember(&french, "{}", note());
        let next = Memory::read(Some(&memory.written()), "chicago-notes");
        assert_eq!(Memory::read(Some(&next.written()), "chicago-notes").recall(&french, "{}"), None);
    }

    #[test]
    fn what_another_style_made_or_nobody_can_read_is_forgotten() {
        let french = LanguageTag::parse("fr").unwrap();
        let mut memory = Memory::read(None, "chicago-notes");
        memory.remember(&french, "{}", note());
        assert_eq!(Memory::read(Some(&memory.written()), "apa").recall(&french, "{}"), None);
        for text in ["", "null", "{\"made_by\": 3}", "\u{0}"] {
            assert_eq!(Memory::read(Some(text), "apa").recall(&french, "{}"), None);
        }
    }
}
