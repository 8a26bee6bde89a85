//! The map of the world on the index of countries: how much there is on each.

use super::Here;
use super::view::{CoverageClass, MappedCountry, RegionView, WorldMapView};

/// From how many briefs on each class of coverage begins, of an archive whose most covered country has at least as many as
/// the last. Each class holds some times what the one below does, for few countries have most of the briefs; and numbers are
/// round, so that a class keeps its meaning while the archive grows.
const SCALES: [[usize; 5]; 6] = [
    [1, 2, 3, 4, 5],
    [1, 2, 5, 10, 20],
    [1, 3, 10, 30, 100],
    [1, 5, 20, 100, 500],
    [1, 10, 50, 250, 1000],
    [1, 10, 100, 1000, 10_000],
];

/// The map of what is listed; none where nothing is.
pub(super) fn view(here: Here<'_>, regions: &[RegionView]) -> Option<WorldMapView> {
    let countries = || regions.iter().flat_map(|region| &region.countries);
    let most = countries().map(|country| country.count).max()?;
    let scale = scale(most);
    let mapped = countries().map(|country| {
        let count = counted(here, "brief-count", country.count);
        MappedCountry {
            key: country.code.to_string(),
            class: class(scale, country.count),
            url: country.url.clone(),
            title: here.string("country-coverage", &[("country", &country.name), ("count", &count)]),
        }
    });
    Some(WorldMapView {
        title: here.string("world-map", &[]),
        description: here.string("world-map-description", &[]),
        classes: classes(here, scale, most),
        countries: mapped.collect(),
    })
}

/// The last scale whose highest class the most covered country reaches, or else the first.
fn scale(most: usize) -> &'static [usize; 5] {
    SCALES.iter().rev().find(|scale| scale[4] <= most).unwrap_or(&SCALES[0])
}

/// The class of a country, from 1 for the least; 0 for no brief.
fn class(scale: &[usize; 5], count: usize) -> usize {
    scale.partition_point(|&from| from <= count)
}

/// The classes that the map has, with their numbers of briefs in words.
fn classes(here: Here<'_>, scale: &[usize; 5], most: usize) -> Vec<CoverageClass> {
    let number = |count: usize| here.words().number(u64::try_from(count).unwrap_or(u64::MAX));
    let text = |class: usize, from: usize| match scale.get(class) {
        None => here.string("coverage-from", &[("from", &number(from))]),
        Some(&next) if next == from + 1 => number(from),
        Some(&next) => here.string("coverage-range", &[("from", &number(from)), ("to", &number(next - 1))]),
    };
    let reached = (1..).zip(scale.iter().copied()).take_while(|&(_, from)| from <= most);
    reached.map(|(class, from)| CoverageClass { class, text: text(class, from) }).collect()
}

/// A string of the interface that depends on a number.
fn counted(here: Here<'_>, key: &str, count: usize) -> String {
    let count = u64::try_from(count).unwrap_or(u64::MAX);
    let strings = here.project().theme.strings.get(here.tag());
    let said = strings.and_then(|strings| strings.get(key, here.words(), Some(count), &[]));
    said.unwrap_or_else(|| here.words().number(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_covered_country_is_of_the_highest_class_there_is() {
        for most in [5, 19, 20, 99, 100, 499, 500, 999, 1000, 9999, 10_000, 1_000_000] {
            assert_eq!(class(scale(most), most), 5, "{most}");
        }
        assert_eq!([1, 2, 3, 4].map(|most| class(scale(most), most)), [1, 2, 3, 4]);
    }

    #[test]
    fn a_class_begins_at_its_number() {
        let scale = scale(37);
        let counts = [0, 1, 2, 4, 5, 9, 10, 19, 20, 37];
        assert_eq!(counts.map(|count| class(scale, count)), [0, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    }
}
