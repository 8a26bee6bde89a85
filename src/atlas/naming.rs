//! What an entity is called in one language, and which language stands in for another.

use crate::language::LanguageTag;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What an entity is called in one language. `world.toml` tells what each field is, with examples.
///
/// Demonyms will stand here too.
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
}

impl Naming {
    /// The short name, or the usual one where there is no shorter.
    pub fn short_or_name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.name)
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
