//! Finding countries, territories and organisations in prose: « Le Kremlin dément », « la frontière tadjiko-kirghize ».
//!
//! Finding proposes, the writer decides: a wrong entity is worse than a missing one. So a [`Finder`] says of each thing it
//! finds how sure it is, and reports what may be one of several entities instead of guessing.
//!
//! 1. `lexicon` holds every form of every entity, and finds those that stand in the [words](Words) of a text, longest first;
//! 2. `context` looks at the words around a form, by the rules of the language in `french` or `english`: a river, a person,
//!    a language is no country;
//! 3. what is left is one entity, several at once (« les deux Corées »), or one of several, for which the names around it
//!    may decide.

pub mod cases;
mod lexicon;
mod context;
mod french;
mod english;
#[cfg(test)]
mod tests;

use super::Atlas;
use super::entity::EntityId;
use super::homonym::{self, Homonym};
use crate::language::LanguageTag;
use crate::language::words::Words;
use context::{Context, Verdict};
use lexicon::{Form, Hit, Lexicon, Role, Unmixed};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

pub(super) use lexicon::Sequence;

/// What a text speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// What was found, in the order of the text.
    pub found: Vec<Mention>,
    /// What may be one of several entities, or an entity or something else, in the order of the text.
    pub ambiguous: Vec<Ambiguity>,
}

/// An entity that a text speaks of, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which it is.
    pub entity: EntityId,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
    /// How sure that is.
    pub strength: Strength,
    /// Why it was taken for one.
    pub reason: Reason,
}

/// How sure it is that an entity is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// It may be a people elsewhere, a town as a place, or a word that mostly means something else.
    Weak,
    /// It is meant, as itself or its government.
    Strong,
}

/// What a mention is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// One of its names.
    Name,
    /// An adjective made of its name: « kazakhe ».
    Adjective,
    /// Its people: « les Kazakhs ».
    People,
    /// The first part of a compound: « russo-turc ».
    Prefix,
    /// Its capital, for its government or as a place.
    Capital,
    /// A palace, a ministry or a town that stands for its government.
    Seat,
    /// The name of another entity, which means this one here: « le sénateur de Géorgie ».
    Homonym,
}

impl Reason {
    /// A word for it, in the machine's formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Adjective => "adjective",
            Self::People => "people",
            Self::Prefix => "prefix",
            Self::Capital => "capital",
            Self::Seat => "seat",
            Self::Homonym => "homonym",
        }
    }
}

/// Words that may mean one of several entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguity {
    /// Where they stand in the text, in bytes.
    pub range: Range<usize>,
    /// Which entities they may mean, in the order of the atlas. Where there is one, they may as well mean something else.
    pub choices: Vec<EntityId>,
}

/// Finds the entities of one atlas in texts of one language.
#[derive(Clone, Debug)]
pub struct Finder {
    lexicon: Lexicon,
    /// By the first words of the names.
    homonyms: HashMap<u64, Vec<Homonym>, Unmixed>,
    grammar: context::Grammar,
}

impl Finder {
    /// The finder of `language`; nothing where it is none whose prose is known: French and English are.
    pub fn new(atlas: &Atlas, language: &LanguageTag) -> Option<Self> {
        let grammar = match language.primary() {
            "fr" => french::GRAMMAR,
            "en" => english::GRAMMAR,
            _ => return None,
        };
        let (all, together) = homonym::of(atlas, language.primary());
        let mut homonyms: HashMap<u64, Vec<Homonym>, Unmixed> = HashMap::default();
        for homonym in all {
            homonyms.entry(homonym.first_word()).or_default().push(homonym);
        }
        Some(Self { lexicon: Lexicon::new(atlas, language, &together), homonyms, grammar })
    }

    /// What `text`, a passage of prose, speaks of. Of several entities that a form may mean, one that is `declared` is meant,
    /// if the others are not.
    pub fn find(&self, text: &str, declared: &[EntityId]) -> Mentions {
        self.find_in(&Words::of(text), declared)
    }

    /// The same, where the text has been cut into `words`.
    pub fn find_in(&self, words: &Words<'_>, declared: &[EntityId]) -> Mentions {
        let hits = self.lexicon.hits(words);
        let mut found = Mentions::default();
        if hits.is_empty() {
            return found;
        }
        let context = Context::new(words, &self.grammar, &hits, &self.lexicon);
        for group in groups(&hits) {
            self.weigh(&context, group, declared, &mut found);
        }
        found
    }

    /// Judges the forms that stand at one place.
    fn weigh(&self, context: &Context<'_>, group: &[Hit], declared: &[EntityId], found: &mut Mentions) {
        let span = group[0].words.clone();
        let range = context.words.range(&span);
        let first = context.words.get(span.start).and_then(|word| self.homonyms.get(&word.hash));
        if let Some(homonym) = first.into_iter().flatten().find(|homonym| homonym.fits(context.words, &span))
        {
            if let Some(entity) = homonym.entity {
                let (strength, reason) = (Strength::Weak, Reason::Homonym);
                found.found.push(Mention { entity, range, strength, reason });
            }
            return;
        }
        let judged: Vec<(EntityId, &Form, Verdict)> = group
            .iter()
            .map(|hit| (hit, self.lexicon.form(hit.form)))
            .filter(|(hit, form)| !context.is_blocked(hit, form.entity))
            .map(|(hit, form)| (form.entity, form, context.judge(hit, form)))
            .filter(|(_, _, verdict)| *verdict != Verdict::Nothing)
            .collect();
        let is_together = judged.iter().all(|(_, form, _)| form.role == Role::Together);
        let mut entities: Vec<EntityId> = judged.iter().map(|(entity, ..)| *entity).collect();
        entities.sort_unstable();
        entities.dedup();
        if entities.len() > 1 && !is_together {
            entities = self.lexicon.decided(entities, context, &span, declared);
        }
        if entities.len() > 1 && !is_together {
            found.ambiguous.push(Ambiguity { range, choices: entities });
            return;
        }
        for entity in entities {
            let of_entity = judged.iter().filter(|(other, ..)| *other == entity);
            let Some((_, form, verdict)) = of_entity.max_by_key(|(_, form, verdict)| (*verdict, form.role))
            else {
                continue;
            };
            let strength = match verdict {
                Verdict::Strong => Strength::Strong,
                Verdict::Weak if context.has_sign(self.lexicon.signs(entity), &span) => Strength::Strong,
                Verdict::Weak if declared.contains(&entity) => Strength::Strong,
                // An acronym with nothing to support it is another's.
                Verdict::Weak if self.lexicon.is_organisation(entity) => continue,
                Verdict::Weak => Strength::Weak,
                Verdict::Doubtful => {
                    found.ambiguous.push(Ambiguity { range: range.clone(), choices: vec![entity] });
                    continue;
                }
                Verdict::Nothing => continue,
            };
            found.found.push(Mention {
                entity,
                range: range.clone(),
                strength,
                reason: context.reason(&span, form),
            });
        }
    }
}

/// The finders of a site's languages.
#[derive(Clone, Debug, Default)]
pub struct Finders(Vec<(LanguageTag, Made)>);

/// A finder, or where the one of what is built in is found. That takes a while to make, and is when a text asks for it first.
#[derive(Clone, Debug)]
enum Made {
    World(&'static OnceLock<Option<Finder>>),
    Own(Arc<Finder>),
}

/// The finders of what is built in, by language.
static WORLD: [(&str, OnceLock<Option<Finder>>); 2] = [("en", OnceLock::new()), ("fr", OnceLock::new())];

impl Finders {
    /// Those of `languages` whose prose is known.
    pub fn new<'a>(atlas: &Atlas, languages: impl IntoIterator<Item = &'a LanguageTag>) -> Self {
        let finder = |tag: &LanguageTag| {
            let world = WORLD.iter().find(|(language, _)| *language == tag.as_str());
            let made = match world.filter(|_| atlas.is_world()) {
                Some((_, finder)) => Made::World(finder),
                None => Made::Own(Arc::new(Finder::new(atlas, tag)?)),
            };
            Some((tag.clone(), made))
        };
        Self(languages.into_iter().filter_map(finder).collect())
    }

    /// The finder of a language.
    pub fn of(&self, language: &LanguageTag) -> Option<&Finder> {
        match self.0.iter().find(|(tag, _)| tag == language)? {
            (tag, Made::World(made)) => made.get_or_init(|| Finder::new(&Atlas::world(), tag)).as_ref(),
            (_, Made::Own(finder)) => Some(finder),
        }
    }
}

/// The hits that stand at the same place, together.
fn groups(hits: &[Hit]) -> impl Iterator<Item = &[Hit]> {
    hits.chunk_by(|one, other| one.words == other.words).filter(|group| !group[0].is_phrase)
}
