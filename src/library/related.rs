//! A brief's neighbours: what was written before and after on the same country, and what else a reader may want; and the
//! countries that are treated together.

use super::{Bonds, Document, DocumentId, Leads, Library, bonds};
use crate::atlas::EntityId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many related briefs a page offers at most.
const MOST: usize = 5;
/// What the nearest in time has for that.
const NEAREST: u32 = bonds::UNIT;
/// At how many days' distance half of it is left.
const MONTH: u32 = 30;

/// The briefs on either side of one in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbours {
    /// The one before it in time.
    pub previous: Option<DocumentId>,
    /// The one after it in time.
    pub next: Option<DocumentId>,
}

/// Those next to `id` in `briefs`, which is newest first.
pub fn neighbours(briefs: &[DocumentId], id: DocumentId) -> Neighbours {
    match briefs.binary_search(&id) {
        Ok(rank) => Neighbours {
            previous: briefs.get(rank + 1).copied(),
            next: rank.checked_sub(1).and_then(|rank| briefs.get(rank)).copied(),
        },
        Err(_) => Neighbours { previous: None, next: None },
    }
}

/// At most five briefs close to this one, the closest first: by the [`Bonds`] they share, and by nearness in time; of two as
/// close the nearer, and then the newer.
///
/// Never one that it links to, that links to it or that translates it, nor one that the caller knows to be `linked` otherwise. The
/// previous and the next on a country, or in a series, may well be among them: where two briefs alone are on a country, each is the
/// other's neighbour, and nothing is closer to it.
pub fn related(library: &Library, id: DocumentId, linked: impl Fn(DocumentId) -> bool) -> Vec<DocumentId> {
    let (document, bonds) = (library.document(id), &library.bonds);
    let mut best: Vec<(Reverse<u32>, u32, DocumentId)> = Vec::with_capacity(MOST);
    for (other, score) in Scores::of(bonds, id).found.into_iter().filter(|&(other, _)| other != id) {
        let least = best.get(MOST - 1).map_or(0, |(Reverse(least), ..)| *least);
        if score + NEAREST < least {
            continue;
        }
        let days = bonds.days_between(id, other);
        let candidate = (Reverse(score + nearness(days)), days, other);
        let rank = best.partition_point(|better| *better < candidate);
        if rank < MOST && !is_linked(document, other) && !linked(other) {
            best.truncate(MOST - 1);
            best.insert(rank, candidate);
        }
    }
    best.into_iter().map(|(.., other)| other).collect()
}

/// What nearness in time counts beside the bonds: for the same day as much as a country that half of the briefs mention; half of it
/// at a month's distance.
fn nearness(days: u32) -> u32 {
    NEAREST * MONTH / (MONTH + days)
}

fn is_linked(document: &Document, other: DocumentId) -> bool {
    let leads = |leads: &Leads| matches!(leads, Leads::Document { id, .. } if *id == other);
    document.translations.contains(&other)
        || document.links.iter().any(leads)
        || document.cited_by.binary_search_by_key(&other, |citation| citation.from).is_ok()
}

/// What the bonds of a brief weigh with each of the others, this one among them. A table of its own kind, since it is filled and
/// read some hundred times for every page.
struct Scores {
    found: Vec<(DocumentId, u32)>,
    /// Where each stands among those found, counted from 1: by a number made of its own, or at the first free place after it. Two
    /// to a power of them, half of them free.
    slots: Vec<u32>,
}

impl Scores {
    fn of(bonds: &Bonds, id: DocumentId) -> Self {
        let most: usize = bonds.of(id).map(|(_, near)| near.len()).sum();
        let mut scores =
            Self { found: Vec::with_capacity(most), slots: vec![0; (2 * most).next_power_of_two()] };
        for (weight, near) in bonds.of(id) {
            near.iter().for_each(|&other| scores.add(other, weight));
        }
        scores
    }

    fn add(&mut self, other: DocumentId, weight: u32) {
        // The golden ratio scatters numbers that follow one another.
        let scattered = u64::from(other.0.wrapping_mul(0x9E37_79B9));
        let mut slot = ((scattered * self.slots.len() as u64) >> 32) as usize;
        loop {
            match self.slots[slot].checked_sub(1).map(|rank| &mut self.found[rank as usize]) {
                Some(known) if known.0 == other => {
                    known.1 += weight;
                    return;
                }
                Some(_) => slot = (slot + 1) & (self.slots.len() - 1),
                None => break,
            }
        }
        self.found.push((other, weight));
        self.slots[slot] = self.found.len() as u32;
    }
}

/// The countries that `briefs`, which are on `country`, declare beside it, at most `most`: those that most of them do first,
/// each with how many.
pub fn together(
    library: &Library,
    briefs: &[DocumentId],
    country: EntityId,
    most: usize,
) -> Vec<(EntityId, usize)> {
    let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
    let others = briefs.iter().flat_map(|&id| &library.document(id).countries);
    for &other in others.filter(|&&other| other != country) {
        *counts.entry(other).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(other, count)| (Reverse(count), other));
    counts.truncate(most);
    counts
}
