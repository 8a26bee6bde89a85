//! What maps are drawn from, and what was drawn of each entity: a locator is drawn once, whatever it is called in each language.

use super::Locator;
use super::locator::{Drawing, with_caption};
use crate::atlas::Outlines;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// The outlines, and the locators drawn so far.
#[derive(Debug)]
pub struct Sheets {
    outlines: Outlines,
    drawn: BTreeMap<String, OnceLock<Option<Drawing>>>,
}

impl Sheets {
    /// Those of the outlines that are built in.
    pub fn world() -> Self {
        let outlines = Outlines::world();
        let drawn = outlines.iter().map(|(key, _)| (key.to_owned(), OnceLock::new())).collect();
        Self { outlines, drawn }
    }

    /// The outlines.
    pub fn outlines(&self) -> &Outlines {
        &self.outlines
    }

    /// The map of a country among its neighbours, if its outline is known.
    pub fn locator(&self, locator: Locator<'_>) -> Option<String> {
        let drawn = self.drawn.get(locator.key)?;
        let drawing = drawn.get_or_init(|| Drawing::of(&self.outlines, locator.key)).as_ref()?;
        Some(with_caption(drawing, locator.caption))
    }
}
