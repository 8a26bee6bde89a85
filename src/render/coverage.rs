//! The map of what the archive covers, as a page has it.

use super::map::{Caption, Coverage, Sheets, WorldMap};
use crate::page::view::WorldMapView;

/// The map as SVG. Its ids begin with `world`.
pub(super) fn map(sheets: &Sheets, view: &WorldMapView) -> String {
    let countries: Vec<Coverage<'_>> = view
        .countries
        .iter()
        .map(|country| Coverage {
            key: &country.key,
            class: u8::try_from(country.class).unwrap_or(u8::MAX),
            href: &country.url,
            title: &country.title,
        })
        .collect();
    let caption = Caption { prefix: "world", title: &view.title, description: &view.description };
    sheets.world_map(WorldMap { caption, countries: &countries })
}
