//! The countries and organisations that a text speaks of, each with where it may be linked.

use super::prose::Prose;
use crate::atlas::EntityId;
use crate::atlas::mention::{Finder, Mention, Mentions, Strength};
use crate::language::words::Words;
use crate::source::Span;
use std::ops::Range;

/// An entity that a text speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// Which.
    pub entity: EntityId,
    /// How often it is meant for certain.
    pub strong: u32,
    /// How often it may be meant.
    pub weak: u32,
    /// Where it is spoken of first.
    pub first: Span,
    /// Where it is meant for certain first in plain words: not in a heading, a link, a quotation or code.
    pub linkable: Option<Span>,
}

/// Words that may mean one of several entities, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where.
    pub range: Range<usize>,
    /// Which entities they may mean.
    pub choices: Vec<EntityId>,
}

/// One mention, and where it stands in the text as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// What is spoken of, why and how surely; its range is in the source.
    pub mention: Mention,
    /// Whether it may be linked.
    pub is_linkable: bool,
}

/// What a text speaks of, in the order in which it does first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpokenOf {
    /// The entities, each once.
    pub entities: Box<[Spoken]>,
    /// What may be one of several.
    pub doubts: Box<[Doubt]>,
}

/// What of a block is not for links, or not for mentions: ranges of its plain text.
#[derive(Debug, Default)]
pub struct Reserved {
    /// The words of links.
    pub links: Vec<Range<usize>>,
    /// Words of which the writer said what they are.
    pub told: Vec<Range<usize>>,
    /// Whether nothing in the block is linked: it is a heading, or a quotation.
    pub block: bool,
}

/// What the block `prose` of `text`, which falls into `words`, speaks of: what is found for some reason, and what may be one of
/// several.
pub(super) fn read(
    prose: &Prose,
    words: &Words<'_>,
    text: &str,
    finder: &Finder,
    reserved: &Reserved,
) -> (Vec<Placed>, Vec<Doubt>) {
    let mentions = finder.find_in(words, &[]);
    if mentions == Mentions::default() {
        return Default::default();
    }
    let has_quotations = words.has_quotations() && !mentions.found.is_empty();
    let quoted = if has_quotations { quotations(prose.text()) } else { Vec::new() };
    let is_prose = |range: &Range<usize>| !prose.is_verbatim(range.start) && !is_in(&reserved.told, range);
    let in_source = |range: &Range<usize>| prose.source_of(range.start)..prose.source_of(range.end - 1) + 1;
    let found = mentions.found.into_iter().filter(|mention| is_prose(&mention.range)).map(|mention| {
        let source = in_source(&mention.range);
        let is_free = !reserved.block
            && !is_in(&reserved.links, &mention.range)
            && !is_in(&quoted, &mention.range)
            && !is_beside_call(prose, &mention.range);
        // Where it is written otherwise than it reads, the place of its letters is not known.
        let is_plain = text.get(source.clone()) == Some(&prose.text()[mention.range.clone()]);
        let is_linkable = is_free && is_plain && mention.strength == Strength::Strong;
        Placed { mention: Mention { range: source, ..mention }, is_linkable }
    });
    let doubts = mentions.ambiguous.into_iter().filter(|doubt| is_prose(&doubt.range));
    let doubts = doubts.map(|doubt| Doubt { range: in_source(&doubt.range), choices: doubt.choices });
    (found.collect(), doubts.collect())
}

impl Reserved {
    /// Empties it, keeping its memory for the next block.
    pub fn clear(&mut self) {
        self.links.clear();
        self.told.clear();
        self.block = false;
    }
}

impl SpokenOf {
    /// The mentions of one text, each entity once.
    pub(super) fn of(mentions: Vec<Placed>, doubts: Vec<Doubt>) -> Self {
        let mut entities = Vec::new();
        mentions.into_iter().for_each(|placed| add(&mut entities, placed));
        Self { entities: entities.into(), doubts: doubts.into() }
    }

    /// Whether `entity` is spoken of, if only perhaps.
    pub fn may_be(&self, entity: EntityId) -> bool {
        self.entities.iter().any(|spoken| spoken.entity == entity)
            || self.doubts.iter().any(|doubt| doubt.choices.contains(&entity))
    }
}

fn add(entities: &mut Vec<Spoken>, Placed { mention, is_linkable }: Placed) {
    let Mention { entity, range, strength, .. } = mention;
    let span = Span::new(range);
    let index = entities.iter().position(|spoken| spoken.entity == entity).unwrap_or_else(|| {
        entities.push(Spoken { entity, strong: 0, weak: 0, first: span, linkable: None });
        entities.len() - 1
    });
    let spoken = &mut entities[index];
    match strength {
        Strength::Strong => spoken.strong += 1,
        Strength::Weak => spoken.weak += 1,
    }
    if is_linkable && spoken.linkable.is_none() {
        spoken.linkable = Some(span);
    }
}

/// How many bytes stand between a link and a call so that a finger finds either.
const APART: usize = 3;

/// Whether a call of a note is so near that a link here would be in its way.
fn is_beside_call(prose: &Prose, range: &Range<usize>) -> bool {
    let calls = prose.calls();
    let next = calls.partition_point(|call| call.at + APART <= range.start);
    calls.get(next).is_some_and(|call| call.at < range.end + APART)
}

fn is_in(ranges: &[Range<usize>], range: &Range<usize>) -> bool {
    ranges.iter().any(|other| other.start < range.end && range.start < other.end)
}

/// What stands between quotation marks.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut quotations = Vec::new();
    let mut open: Vec<(usize, char)> = Vec::new();
    // `«` and `»` begin with C2, `“` and `”` with E2.
    for at in memchr::memchr2_iter(0xc2, 0xe2, text.as_bytes()) {
        let Some(mark) = text[at..].chars().next() else { break };
        match mark {
            '«' => open.push((at, '»')),
            '“' => open.push((at, '”')),
            '»' | '”' => {
                if let Some(from) = open.iter().rposition(|(_, close)| *close == mark) {
                    quotations.push(open[from].0..at);
                    open.truncate(from);
                }
            }
            _ => {}
        }
    }
    quotations
}
