use super::{Outlines, Point};
use crate::atlas::{Atlas, Entity, Kind};
use std::collections::BTreeSet;

fn holders(outlines: &Outlines, lat: f64, lon: f64) -> Vec<&str> {
    let point = Point { lon, lat };
    outlines.iter().filter(|(_, shape)| outlines.holds(shape, point)).map(|(key, _)| key).collect()
}

#[test]
fn every_country_and_territory_with_a_code_has_a_shape_and_nothing_else_has() {
    let (outlines, atlas) = (Outlines::world(), Atlas::world());
    let drawn: Vec<&str> = outlines.iter().map(|(key, _)| key).collect();
    let is_there = |entity: &&Entity| entity.codes.is_some() && entity.kind != Kind::Historical;
    let known: Vec<&str> =
        atlas.iter().map(|(_, entity)| entity).filter(is_there).map(|entity| entity.key.as_str()).collect();
    assert_eq!(drawn, known);
    let marked: Vec<&str> =
        outlines.iter().filter(|(_, shape)| shape.polygons.is_empty()).map(|(key, _)| key).collect();
    assert_eq!(marked, ["MV", "VA"], "those that have a mark alone");
}

#[test]
fn a_place_is_where_it_is() {
    let outlines = Outlines::world();
    for (place, lat, lon, key) in [
        ("Simferopol", 44.95, 34.1, "UA"),
        ("Sevastopol", 44.6, 33.53, "UA"),
        ("Yalta", 44.52, 34.17, "UA"),
        ("Kerch", 45.35, 36.45, "UA"),
        ("Donetsk", 48.0, 37.8, "UA"),
        ("Laâyoune", 27.15, -13.2, "EH"),
        ("Dakhla, inland of the peninsula", 23.9, -15.6, "EH"),
        ("Smara", 26.74, -11.67, "EH"),
        ("Tifariti", 26.16, -10.57, "EH"),
        ("Tarfaya", 27.9, -12.9, "MA"),
        ("Tan-Tan", 28.43, -11.1, "MA"),
        ("Pristina", 42.67, 21.17, "XK"),
        ("Mitrovica", 42.89, 20.87, "XK"),
        ("Hargeisa", 9.56, 44.06, "SO"),
        ("Kyrenia", 35.31, 33.32, "CY"),
        ("Larnaca", 34.93, 33.6, "CY"),
        ("Majdal Shams", 33.27, 35.77, "SY"),
        ("Quneitra", 33.12, 35.82, "SY"),
        ("Kiryat Shmona", 33.2, 35.57, "IL"),
        ("Ein Gev", 32.78, 35.645, "IL"),
        ("East Jerusalem", 31.79, 35.25, "PS"),
        ("Srinagar", 34.08, 74.8, "IN"),
        ("Gilgit", 35.9, 74.3, "PK"),
        ("Cayenne, inland", 4.8, -52.4, "GF"),
        ("Saint-Denis, inland", -21.0, 55.5, "RE"),
        ("Longyearbyen", 78.2, 15.7, "SJ"),
        ("Bonaire", 12.2, -68.3, "BQ"),
        ("Sukhumi", 43.05, 41.05, "GE"),
        ("Stepanakert", 39.82, 46.75, "AZ"),
        ("Nakhchivan", 39.2, 45.4, "AZ"),
        ("Tiraspol", 46.85, 29.6, "MD"),
        ("Kaliningrad", 54.7, 20.5, "RU"),
        ("Anadyr", 64.73, 177.4, "RU"),
        ("Uelen, across 180°", 66.1, -170.5, "RU"),
        ("Nome", 64.55, -165.3, "US"),
        ("Honolulu", 21.4, -157.95, "US"),
        ("Suva", -18.1, 178.4, "FJ"),
        ("Taveuni, at 180°", -16.85, 180.0, "FJ"),
        ("the South Pole", -90.0, 0.0, "AQ"),
        ("near it, at the seam", -89.0, -169.0, "AQ"),
    ] {
        assert_eq!(holders(&outlines, lat, lon), [key], "{place}");
    }
}

#[test]
fn a_capital_is_in_its_country_and_in_no_other() {
    let outlines = Outlines::world();
    let (mut inside, mut strayed) = (0, Vec::new());
    for (key, shape) in outlines.iter() {
        let holders = holders(&outlines, shape.mark.lat, shape.mark.lon);
        inside += usize::from(holders == [key]);
        if !holders.is_empty() && holders != [key] {
            strayed.push((key, holders));
        }
    }
    assert!(inside >= 190, "{inside}");
    // Where an outline is a kilometre off, what stands on a border falls on its other side.
    let known = [("GI", vec!["ES"]), ("VA", vec!["IT"])];
    assert_eq!(strayed, known);
}

#[test]
fn neighbours_share_an_arc() {
    let outlines = Outlines::world();
    for (key, neighbours) in [
        ("KZ", "CN KG RU TM UZ"),
        ("FR", "AD BE CH DE ES IT LU MC"),
        ("GF", "BR SR"),
        ("UA", "BY HU MD PL RO RU SK"),
        ("EH", "DZ MA MR"),
        ("MA", "DZ EH"),
        ("XK", "AL ME MK RS"),
        ("SO", "DJ ET KE"),
        ("IL", "EG JO LB PS SY"),
        ("SY", "IL IQ JO LB TR"),
        ("LS", "ZA"),
        ("FJ", ""),
        ("US", "CA MX"),
    ] {
        let expected: BTreeSet<&str> = neighbours.split_whitespace().collect();
        assert_eq!(outlines.neighbours(key), expected, "{key}");
    }
}

#[test]
fn rings_are_closed_and_stay_where_longitudes_are_counted() {
    let outlines = Outlines::world();
    for (key, shape) in outlines.iter() {
        for ring in shape.polygons.iter().flat_map(|polygon| &polygon.rings) {
            let ends = ring.iter().map(|course| {
                let arc = outlines.arc(*course);
                let (first, last) = (arc[0], arc[arc.len() - 1]);
                if course.is_backwards() { (last, first) } else { (first, last) }
            });
            let ends: Vec<(Point, Point)> = ends.collect();
            let next = ends.iter().cycle().skip(1);
            assert!(ends.iter().zip(next).all(|(own, next)| own.1 == next.0), "{key}: a ring is open");
        }
        // The coast of Antarctica winds about the seam.
        if key == "AQ" {
            continue;
        }
        let bounds = shape.bounds().unwrap_or(super::Bounds::of(shape.mark));
        assert!(bounds.least.lon >= -176.0 && bounds.most.lon <= 192.0, "{key}: {bounds:?}");
    }
}
