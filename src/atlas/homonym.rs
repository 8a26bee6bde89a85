//! Names that mean something else in context, and plurals that mean several entities: `homonyms.toml`.

use super::Atlas;
use super::entity::EntityId;
use super::mention::Sequence;
use crate::language::words::{Joint, Words};
use serde::Deserialize;
use std::ops::Range;

const TABLE: &str = include_str!("homonyms.toml");

/// The whole of `homonyms.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    homonym: Vec<HomonymRow>,
    together: Vec<TogetherRow>,
}

/// A name that may mean something else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HomonymRow {
    language: String,
    text: String,
    entity: Option<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    near: Vec<String>,
}

/// A plural that means several entities.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TogetherRow {
    language: String,
    text: String,
    entities: Vec<String>,
}

/// A name, and the words around it that make it mean something else.
#[derive(Clone, Debug)]
pub(super) struct Homonym {
    /// What it means then; nothing where that is no entity.
    pub entity: Option<EntityId>,
    text: Sequence,
    before: Vec<Sequence>,
    /// Each with what stands before it, where that is not a space.
    after: Vec<(Option<Joint>, Sequence)>,
    near: Vec<Sequence>,
}

/// A plural, and all that it means.
#[derive(Clone, Debug)]
pub(super) struct Together {
    pub text: String,
    pub entities: Vec<EntityId>,
}

impl Homonym {
    /// The hash of the word that the name begins with.
    pub(super) fn first_word(&self) -> u64 {
        self.text.first_word()
    }

    /// Whether the words of `span` are this name, and those around say that it means something else.
    pub(super) fn fits(&self, words: &Words<'_>, span: &Range<usize>) -> bool {
        self.text.len() == span.len()
            && self.text.is_in(words, span)
            && (self.before.iter().any(|before| before.ends_at(words, span.start))
                || self.after.iter().any(|(joint, after)| after.begins_at(words, span.end, *joint))
                || self.near.iter().any(|near| near.is_in(words, &words.sentence(span))))
    }
}

/// What the table has of a language.
pub(super) fn of(atlas: &Atlas, language: &str) -> (Vec<Homonym>, Vec<Together>) {
    let table: Table = toml::from_str(TABLE).expect("the tables that are built in are well formed");
    let sequences = |texts: Vec<String>| texts.iter().map(|text| Sequence::of(text)).collect();
    let homonyms = table.homonym.into_iter().filter(|row| row.language == language).map(|row| Homonym {
        entity: row.entity.and_then(|key| atlas.by_key(&key)),
        text: Sequence::of(&row.text),
        before: sequences(row.before),
        after: row
            .after
            .iter()
            .map(|text| (text.starts_with(',').then_some(Joint::Comma), Sequence::of(text)))
            .collect(),
        near: sequences(row.near),
    });
    let together = table.together.into_iter().filter(|row| row.language == language).map(|row| Together {
        text: row.text,
        entities: row.entities.iter().filter_map(|key| atlas.by_key(key)).collect(),
    });
    (homonyms.collect(), together.collect())
}
