//! The regions of the world, by continent, in editorial order.

use crate::language::LanguageTag;
use std::collections::BTreeMap;

/// A sub-region of UN M49, such as Central Asia.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its code of UN M49: `143`.
    pub code: String,
    /// The continent it is a part of.
    pub continent: ContinentId,
    /// What it is called.
    pub names: BTreeMap<LanguageTag, String>,
}

/// A continent, which has regions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Continent {
    /// Its code of UN M49: `142`.
    pub code: String,
    /// What it is called.
    pub names: BTreeMap<LanguageTag, String>,
}

/// One region of one atlas. Ids are in editorial order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionId(u8);

/// One continent of one atlas. Ids are in editorial order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContinentId(u8);

/// All regions, those of one continent side by side.
#[derive(Clone, Debug, Default)]
pub(super) struct Regions {
    continents: Vec<Continent>,
    regions: Vec<Region>,
}

impl Regions {
    pub(super) fn add_continent(&mut self, continent: Continent) -> ContinentId {
        self.continents.push(continent);
        ContinentId(small(self.continents.len() - 1))
    }

    pub(super) fn add_region(&mut self, region: Region) {
        self.regions.push(region);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.regions.iter().enumerate().map(|(index, region)| (RegionId(small(index)), region))
    }

    pub(super) fn region(&self, id: RegionId) -> &Region {
        &self.regions[usize::from(id.0)]
    }

    pub(super) fn by_code(&self, code: &str) -> Option<RegionId> {
        self.iter().find(|(_, region)| region.code == code).map(|(id, _)| id)
    }

    pub(super) fn continent(&self, id: ContinentId) -> &Continent {
        &self.continents[usize::from(id.0)]
    }
}

fn small(index: usize) -> u8 {
    u8::try_from(index).expect("regions are all built in, and there are some twenty")
}
