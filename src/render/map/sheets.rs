//! What maps are drawn from, and what was drawn of each entity: a locator is drawn once, whatever it is called in each language.

use super::globe::Globe;
use super::locator::{Drawing, with_caption};
use super::world::world;
use super::{Locator, WorldMap};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The globe, and the locators drawn so far.
#[derive(Debug)]
pub struct Sheets {
    globe: Globe,
    drawn: BTreeMap<String, OnceLock<Option<Drawing>>>,
}

impl Sheets {
    /// Those of the outlines that are built in.
    pub fn world() -> Self {
        let globe = Globe::world();
        let drawn = globe.outlines().iter().map(|(key, _)| (key.to_owned(), OnceLock::new())).collect();
        Self { globe, drawn }
    }

    /// The map of a country among its neighbours, if its outline is known.
    pub fn locator(&self, locator: Locator<'_>) -> Option<String> {
        let drawn = self.drawn.get(locator.key)?;
        let drawing = drawn.get_or_init(|| Drawing::of(&self.globe, locator.key)).as_ref()?;
        Some(with_caption(drawing, locator.caption))
    }

    /// The map of the world.
    pub fn world_map(&self, map: WorldMap<'_>) -> String {
        world(&self.globe, map)
    }
}
