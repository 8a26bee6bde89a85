//! Bonds: what several briefs of one language share, and how much it says of those that share it.
//!
//! They are listed once, so that what a brief shares, and with whom, is known without a look at the rest of the archive.
//!
//! A bond weighs the share of its kind times its rarity, the binary logarithm of *all briefs* / *those that share it*: 1 where half
//! of them do, 12.3 for two of ten thousand. What all share ties them and weighs nothing.

use super::{Catalogue, Document, DocumentId, Groups};
use crate::atlas::EntityId;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How many briefs of a bond one brief is compared with: all, or those nearest in time. What more of them share says something
/// of those near in time alone, and the work does not grow with the archive.
pub const REACH: usize = 32;

/// What bonds weigh beside one another, by kind. Picked by feel.
mod share {
    /// A country or an organisation that both name: declare, or mention for certain.
    pub(super) const NAMED: u32 = 1;
    /// That both declare it, on top of that.
    pub(super) const DECLARED: u32 = 3;
    /// That it is the lead country of both, on top of that.
    pub(super) const LEAD: u32 = 2;
    pub(super) const TOPIC: u32 = 3;
    pub(super) const SOURCE: u32 = 3;
    pub(super) const SERIES: u32 = 6;
}

/// What a rarity is counted in: so many are 1.
pub const UNIT: u32 = 64;

/// All that briefs share.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Bonds {
    bonds: Vec<Bond>,
    /// The briefs of every bond, newest first, one bond after the other.
    members: Vec<DocumentId>,
    /// Where every brief stands among the members, one brief after the other.
    places: Vec<Place>,
    /// Where the places of each brief begin, and where those of the last end.
    starts: Vec<u32>,
    /// The day of each brief, counted from any: what is asked of hundreds should stand close together.
    days: Vec<i32>,
}

/// Something that several briefs share.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Bond {
    /// Those briefs, among the members.
    members: Range<u32>,
    weight: u32,
}

#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
struct Place {
    bond: u32,
    /// An index in the members.
    at: u32,
}

impl Bonds {
    /// What `briefs` share, in the order of the timeline, each as its language's lists have it.
    pub(super) fn gather(briefs: &[Document], groups: &[Groups], catalogues: &[Catalogue]) -> Self {
        let mut bonds = Self::default();
        for (groups, catalogue) in groups.iter().zip(catalogues) {
            bonds.gather_language(briefs, groups, catalogue);
        }
        bonds.place(briefs.len());
        let days = briefs.iter().map(|brief| brief.date.unwrap_or_default());
        bonds.days = days.map(|date| (date - jiff::civil::Date::ZERO).get_days()).collect();
        bonds
    }

    fn gather_language(&mut self, briefs: &[Document], groups: &Groups, catalogue: &Catalogue) {
        let all = groups.all.len();
        let mut add =
            |share: u32, members: &mut dyn Iterator<Item = DocumentId>| self.add(share, all, members);
        for (entity, declaring) in groups.countries.iter().chain(&groups.organisations) {
            let leads = |id: &DocumentId| briefs[id.index()].countries.first() == Some(entity);
            add(share::LEAD, &mut declaring.iter().copied().filter(leads));
            add(share::DECLARED, &mut declaring.iter().copied());
            add(share::NAMED, &mut naming(groups, *entity).into_iter());
        }
        for (entity, mentioning) in &groups.mentions {
            if groups.declaring(*entity).is_empty() {
                add(share::NAMED, &mut mentioning.iter().copied());
            }
        }
        for (share, words) in [(share::TOPIC, &groups.topics), (share::SERIES, &groups.series)] {
            words.values().for_each(|group| add(share, &mut group.briefs.iter().copied()));
        }
        for citations in catalogue.repeated.values() {
            // Stand-alone pages, which cite too, come after the briefs.
            let citing = citations.iter().map(|citation| citation.from);
            add(share::SOURCE, &mut citing.filter(|from| from.index() < briefs.len()));
        }
    }

    /// Adds what these of `all` briefs share, if there are several.
    fn add(&mut self, share: u32, all: usize, members: &mut dyn Iterator<Item = DocumentId>) {
        let start = self.members.len();
        self.members.extend(members);
        match self.members.len() - start {
            0 | 1 => self.members.truncate(start),
            sharing => {
                let weight = share * rarity(all, sharing);
                self.bonds.push(Bond { members: index(start)..index(self.members.len()), weight });
            }
        }
    }

    /// Lists the places of each of so many briefs.
    fn place(&mut self, briefs: usize) {
        self.starts = vec![0; briefs + 1];
        for member in &self.members {
            self.starts[member.index() + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = self.starts.clone();
        self.places = vec![Place::default(); self.members.len()];
        for (bond, it) in self.bonds.iter().enumerate() {
            for at in it.members.clone() {
                let next = &mut next[self.members[at as usize].index()];
                self.places[*next as usize] = Place { bond: index(bond), at };
                *next += 1;
            }
        }
    }

    /// What a brief shares: the weight of each bond, and those of the briefs it ties that are near, this one among them.
    pub fn of(&self, id: DocumentId) -> impl ExactSizeIterator<Item = (u32, &[DocumentId])> {
        let places = match self.starts.get(id.index()..id.index() + 2) {
            Some(&[start, end]) => &self.places[start as usize..end as usize],
            _ => &[],
        };
        places.iter().map(|place| {
            let bond = &self.bonds[place.bond as usize];
            (bond.weight, &self.members[near(&bond.members, place.at)])
        })
    }

    /// How many days lie between two briefs.
    pub fn days_between(&self, one: DocumentId, other: DocumentId) -> u32 {
        self.days[one.index()].abs_diff(self.days[other.index()])
    }
}

/// Those that declare an entity or mention it, newest first.
fn naming(groups: &Groups, entity: EntityId) -> Vec<DocumentId> {
    let mut naming = [groups.declaring(entity), groups.mentioning(entity)].concat();
    naming.sort();
    naming
}

/// What stands around `at`: as many after it as before, unless there are fewer on a side, and so many in all.
fn near(members: &Range<u32>, at: u32) -> Range<usize> {
    let most = REACH + 1;
    let (start, end) = (members.start as usize, members.end as usize);
    let from = (at as usize).saturating_sub(REACH / 2).min(end.saturating_sub(most)).max(start);
    from..(from + most).min(end)
}

/// How rare it is that `sharing` of `all` briefs do: the binary logarithm of all / sharing, straight between the powers of two. In
/// whole numbers, so that it is the same on every machine.
fn rarity(all: usize, sharing: usize) -> u32 {
    let ratio = (UNIT as usize * all / sharing).max(UNIT as usize);
    let power = (ratio / UNIT as usize).ilog2();
    power * UNIT + index(ratio >> power) - UNIT
}

fn index(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{REACH, near, rarity};

    #[test]
    fn what_fewer_share_is_rarer() {
        assert_eq!([rarity(8, 8), rarity(8, 1), rarity(10_000, 2)], [0, 3 * 64, 782]);
        for all in [1, 2, 10, 1_000, 100_000] {
            let by_number: Vec<u32> = (1..=all).map(|sharing| rarity(all, sharing)).collect();
            assert!(by_number.is_sorted_by(|rarer, commoner| rarer >= commoner), "{all}");
            assert_eq!(by_number.last(), Some(&0), "{all}");
        }
    }

    #[test]
    fn short_lists_are_near_as_a_whole_and_long_ones_around_a_place() {
        let most = REACH as u32 + 1;
        for length in [2, most - 1, most] {
            let all = 10..10 + length;
            assert!(all.clone().all(|at| near(&all, at) == (10..10 + length as usize)), "{length}");
        }
        for (at, from) in [(10, 10), (26, 10), (27, 11), (500, 484), (993, 977), (994, 977), (1_009, 977)] {
            assert_eq!(near(&(10..1_010), at), from..from + REACH + 1, "{at}");
        }
    }
}
