//! What an entity is called in one language, and which language stands in for another.

use crate::language::LanguageTag;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What an entity is called in one language. `docs/atlas.md` tells what each field is, with examples.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Naming {
    /// The usual name, alone.
    pub name: String,
    /// The article before it in a sentence; none, or empty, for « Cuba ».
    pub article: Option<String>,
    /// All that stands before the name to say "in": « en », « aux », « à la ».
    #[serde(rename = "in")]
    pub in_: Option<String>,
    /// All that stands before the name to say "of", where it does not follow from article and spelling: « d’ » of « Haïti ».
    pub of: Option<String>,
    /// The name inside a sentence, where it differs: « îles Cook ».
    pub running: Option<String>,
    /// The name where room is short; an organisation's acronym.
    pub short: Option<String>,
    /// The name of treaties.
    pub formal: Option<String>,
    /// Other and older names, accepted from writers and never printed.
    #[serde(default)]
    pub others: Vec<String>,
    /// A sentence for readers on what the entity is, such as whose a disputed territory is.
    pub note: Option<String>,
    /// The article before the short name, where it is not that of the name: « l’OTAN ».
    pub short_article: Option<String>,
    /// Its adjectives, the usual one first: `kazakh/kazakhe` in French, `Kazakh` in English.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// What its people are called, where the adjectives do not say it: `Suisse/Suissesse`, `Dutchman/Dutchmen`.
    #[serde(default)]
    pub people: Vec<String>,
    /// What it is as the first part of a compound: `russo`.
    #[serde(default)]
    pub prefixes: Vec<String>,
    /// Its capital, and older and other names of it.
    #[serde(default)]
    pub capitals: Vec<String>,
    /// What stands for its government: `Kremlin`.
    #[serde(default)]
    pub seats: Vec<String>,
    /// Which of all these often mean something else.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Which of them people are called.
    #[serde(default)]
    pub given: Vec<String>,
    /// Expressions in which one of them stands and it is not meant: « montagnes russes ».
    #[serde(default)]
    pub phrases: Vec<String>,
    /// What decides for it, near a form that may mean something else.
    #[serde(default)]
    pub signs: Vec<String>,
}

impl Naming {
    /// The short name, or the usual one where there is no shorter.
    pub fn short_or_name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
    }

    /// Whether `form`, as it is written in the table, often means something else.
    pub(super) fn is_weak(&self, form: &str) -> bool {
        self.weak.iter().any(|weak| weak == form || form.split('/').any(|part| part == weak))
    }

    /// Every name a writer may use for the entity, the usual one first.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let more = [&self.short, &self.formal].into_iter().flatten();
        std::iter::once(&self.name).chain(more).chain(&self.others).map(String::as_str)
    }
}

/// What is said in `language`, and the language it is in: the tag itself, else another of the same primary language,
/// else English, else the first there is.
pub(super) fn in_language<'a, T>(
    said: &'a BTreeMap<LanguageTag, T>,
    language: &LanguageTag,
) -> Option<(&'a LanguageTag, &'a T)> {
    let of_primary = |primary: &str| said.iter().find(|(tag, _)| tag.primary() == primary);
    said.get_key_value(language)
        .or_else(|| of_primary(language.primary()))
        .or_else(|| of_primary("en"))
        .or_else(|| said.iter().next())
}
