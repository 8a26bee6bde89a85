//! A brief's neighbours: what was written before and after on the same country, and what else a reader may want; and the
//! countries that are treated together.

use super::{Document, DocumentId, Groups, Leads, Library};
use crate::atlas::EntityId;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How many related briefs a page offers at most.
const MOST: usize = 5;
/// How many briefs of each group, on either side in time, are looked at: the work does not grow with the archive.
const REACH: usize = 24;

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

/// At most five briefs close to this one: same series, topics and countries, rare ones weighing more, then nearness in time.
/// Never one that it links to, that links to it, or that translates it.
pub fn related(library: &Library, id: DocumentId) -> Vec<DocumentId> {
    let document = library.document(id);
    let mut scores: BTreeMap<DocumentId, f64> = BTreeMap::new();
    for (weight, briefs) in shared_lists(&library.groups[document.language.index()], document) {
        let rank = briefs.binary_search(&id).unwrap_or_else(|rank| rank);
        let near = &briefs[rank.saturating_sub(REACH)..(rank + REACH + 1).min(briefs.len())];
        // A list of two says more than one of a thousand.
        let rarity = 1.0 / f64::from(u32::try_from(briefs.len()).unwrap_or(u32::MAX)).ln_1p();
        for &other in near {
            *scores.entry(other).or_default() += weight * rarity;
        }
    }
    let known = already_linked(document);
    let mut ranked: Vec<(DocumentId, f64)> = scores
        .into_iter()
        .filter(|(other, _)| *other != id && !known.contains(other))
        .map(|(other, score)| (other, score + nearness(document, library.document(other))))
        .collect();
    ranked.sort_by(|(one, high), (other, low)| low.total_cmp(high).then(one.cmp(other)));
    ranked.into_iter().take(MOST).map(|(other, _)| other).collect()
}

fn shared_lists<'a>(
    groups: &'a Groups,
    document: &'a Document,
) -> impl Iterator<Item = (f64, &'a [DocumentId])> {
    let front = &document.brief.front;
    let declared = |entity: &EntityId| (1.0, groups.declaring(*entity));
    let named = |weight: f64, map: &'a BTreeMap<String, super::Group>, name: &str| {
        map.get(&crate::language::slug(name)).map(|group| (weight, group.briefs.as_slice()))
    };
    let declaring = document.countries.iter().chain(&document.organisations).map(declared);
    let topics = front.topics.iter().filter_map(move |topic| named(0.8, &groups.topics, &topic.value));
    let series = front.series.iter().filter_map(move |series| named(2.0, &groups.series, &series.value));
    declaring.chain(topics).chain(series)
}

fn already_linked(document: &Document) -> Vec<DocumentId> {
    let cited = document.links.iter().filter_map(|link| match &link.leads {
        Leads::Document { id, .. } => Some(*id),
        _ => None,
    });
    let citing = document.cited_by.iter().map(|citation| citation.from);
    cited.chain(citing).chain(document.translations.iter().copied()).collect()
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

/// At most a tenth, for the same day; half of it at a month's distance.
fn nearness(one: &Document, other: &Document) -> f64 {
    let days = match (one.date, other.date) {
        (Some(one), Some(other)) => (one - other).get_days().abs(),
        _ => return 0.0,
    };
    0.1 / (1.0 + f64::from(days) / 30.0)
}
