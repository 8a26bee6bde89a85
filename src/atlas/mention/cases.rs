//! Sentences with the entities they speak of, and how well a [`Finder`] does on them.
//!
//! A file of cases has four columns between tabs, and their names in the first line: the language, the sentence, what is
//! expected, and why. What is expected are keys between spaces: `KZ`, `org:otan`, `crimee`. Besides:
//!
//! | written | what it means |
//! |---|---|
//! | `(none)` | nothing |
//! | `?CD/CG` | an ambiguity between these must be reported |
//! | `US?`, `MF\|SX?` | one of these must be reported as doubtful, and none as sure |
//! | `KZ~` | it may be found, but must not be strong |
//! | `(hist: SU)`, `(territory: Crimée → UA, occupied)` | the entity of that key or name |

use super::{Finder, Mentions, Strength};
use crate::atlas::entity::EntityId;
use crate::atlas::{Atlas, Lookup};
use crate::language::LanguageTag;
use std::collections::{BTreeMap, BTreeSet};

/// A sentence and what it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The line of the file, from 1.
    pub line: usize,
    /// What it is in.
    pub language: LanguageTag,
    /// The sentence.
    pub text: String,
    /// What must be found.
    pub expected: BTreeSet<EntityId>,
    /// What may be found, but not as strong.
    pub weak: BTreeSet<EntityId>,
    /// What must be reported as ambiguous: one of the choices at least where nothing is sure, all of them otherwise.
    pub ambiguous: Vec<Doubt>,
}

/// An ambiguity that is expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Which entities may be meant.
    pub choices: BTreeSet<EntityId>,
    /// Whether all of them must be offered, and not one at least.
    pub all: bool,
}

/// A case that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The line of the file, from 1.
    pub line: usize,
    /// What was found and is not expected.
    pub wrong: Vec<EntityId>,
    /// What was expected and not found.
    pub missed: Vec<EntityId>,
    /// The ambiguities that were not reported.
    pub unreported: Vec<Doubt>,
}

/// How well entities were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// How many cases there were.
    pub cases: usize,
    /// How many entities were found that were expected.
    pub right: usize,
    /// How many were found that were not.
    pub wrong: usize,
    /// How many were expected and not found.
    pub missed: usize,
    /// How many ambiguities were expected, and how many of them reported.
    pub ambiguous: (usize, usize),
    /// The cases that went wrong.
    pub failures: Vec<Failure>,
}

impl Score {
    /// The share of what was found that is right.
    pub fn precision(&self) -> f64 {
        share(self.right, self.right + self.wrong)
    }

    /// The share of what was expected that was found.
    pub fn recall(&self) -> f64 {
        share(self.right, self.right + self.missed)
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The cases of a file, or what is wrong with one of its lines and which.
pub fn read(text: &str, atlas: &Atlas) -> Result<Vec<Case>, (usize, String)> {
    let lines = text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| case(index + 1, line, atlas).map_err(|problem| (index + 1, problem))).collect()
}

fn case(number: usize, line: &str, atlas: &Atlas) -> Result<Case, String> {
    let mut columns = line.split('\t');
    let (Some(language), Some(text), Some(expected)) = (columns.next(), columns.next(), columns.next())
    else {
        return Err("a case has a language, a sentence and what is expected, between tabs".to_owned());
    };
    let language =
        LanguageTag::parse(language).ok_or_else(|| format!("`{language}` is not the tag of a language"))?;
    let mut case = Case {
        line: number,
        language,
        text: text.to_owned(),
        expected: BTreeSet::new(),
        weak: BTreeSet::new(),
        ambiguous: Vec::new(),
    };
    for written in items(expected) {
        case.expect(written, atlas)?;
    }
    Ok(case)
}

/// What is expected, item by item; one in brackets holds spaces.
fn items(expected: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut rest = expected.trim();
    while !rest.is_empty() {
        let end = match rest.strip_prefix('(') {
            Some(_) => rest.find(')').map_or(rest.len(), |end| end + 1),
            None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
        };
        items.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    items
}

impl Case {
    fn expect(&mut self, written: &str, atlas: &Atlas) -> Result<(), String> {
        let entity = |written: &str| entity(written, &self.language, atlas);
        if written == "(none)" {
            return Ok(());
        }
        if let Some(inside) = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            let (_, named) = inside.split_once(':').unwrap_or(("", inside));
            let named = named.split(['→', ',']).next().unwrap_or(named);
            self.expected.insert(entity(named.trim())?);
        } else if let Some(choices) = written.strip_prefix('?') {
            let choices = choices.split('/').map(entity).collect::<Result<_, _>>()?;
            self.ambiguous.push(Doubt { choices, all: true });
        } else if let Some(choices) = written.strip_suffix('?') {
            let choices = choices.split('|').map(entity).collect::<Result<_, _>>()?;
            self.ambiguous.push(Doubt { choices, all: false });
        } else if let Some(weak) = written.strip_suffix('~') {
            self.weak.insert(entity(weak)?);
        } else {
            self.expected.insert(entity(written)?);
        }
        Ok(())
    }
}

fn entity(written: &str, language: &LanguageTag, atlas: &Atlas) -> Result<EntityId, String> {
    match atlas.find(written, std::slice::from_ref(language)) {
        Lookup::Found(id) => Ok(id),
        _ => Err(format!("`{written}` is the key of no entity")),
    }
}

/// How well the cases come out.
pub fn score(cases: &[Case], atlas: &Atlas) -> Score {
    let mut finders: BTreeMap<&LanguageTag, Option<Finder>> = BTreeMap::new();
    let mut score = Score { cases: cases.len(), ..Score::default() };
    for case in cases {
        let finder = finders.entry(&case.language).or_insert_with(|| Finder::new(atlas, &case.language));
        let mentions = finder.as_ref().map(|finder| finder.find(&case.text, &[])).unwrap_or_default();
        score.add(case, &mentions, atlas);
    }
    score
}

impl Score {
    fn add(&mut self, case: &Case, mentions: &Mentions, atlas: &Atlas) {
        let is_strong = |entity: EntityId| {
            mentions.found.iter().any(|it| it.entity == entity && it.strength == Strength::Strong)
        };
        // The state that a territory is a part of is not wrong beside it.
        let parents: BTreeSet<EntityId> =
            case.expected.iter().filter_map(|&entity| atlas.get(entity).parent).collect();
        let found: BTreeSet<EntityId> = mentions.found.iter().map(|mention| mention.entity).collect();
        let doubtful = |entity: &EntityId| {
            case.ambiguous.iter().any(|doubt| !doubt.all && doubt.choices.contains(entity))
        };
        let is_wrong = |entity: &EntityId| {
            let is_expected = case.expected.contains(entity) || parents.contains(entity);
            let is_allowed = (case.weak.contains(entity) || doubtful(entity)) && !is_strong(*entity);
            !is_expected && !is_allowed
        };
        let wrong: Vec<EntityId> = found.iter().copied().filter(is_wrong).collect();
        let missed: Vec<EntityId> = case.expected.difference(&found).copied().collect();
        let is_reported = |doubt: &&Doubt| {
            mentions.ambiguous.iter().any(|reported| {
                let choices: BTreeSet<EntityId> = reported.choices.iter().copied().collect();
                if doubt.all { choices == doubt.choices } else { !choices.is_disjoint(&doubt.choices) }
            })
        };
        let unreported: Vec<Doubt> =
            case.ambiguous.iter().filter(|doubt| !is_reported(doubt)).cloned().collect();
        self.right += case.expected.len() - missed.len();
        self.wrong += wrong.len();
        self.missed += missed.len();
        self.ambiguous.0 += case.ambiguous.len();
        self.ambiguous.1 += case.ambiguous.len() - unreported.len();
        if !(wrong.is_empty() && missed.is_empty() && unreported.is_empty()) {
            self.failures.push(Failure { line: case.line, wrong, missed, unreported });
        }
    }
}
