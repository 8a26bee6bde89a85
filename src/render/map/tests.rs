use super::globe::{Globe, along, place, square, way};
use super::ground::{Corner, corners as outer_corners, ground, seen, trimmed};
use super::locator::{Drawing, with_caption};
use super::projection::{Azimuthal, equal_earth};
use super::world::world;
use super::{Caption, Coverage, Locator, WorldMap};
use crate::atlas::outline::Point;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::collections::BTreeSet;

/// As long as captions get.
const CAPTION: Caption<'_> = Caption {
    prefix: "carte-du-pays",
    title: "La République démocratique du Congo et ses voisins, carte de situation",
    description: "La République démocratique du Congo parmi ses neuf voisins : la République du Congo, la République \
                  centrafricaine, le Soudan du Sud, l’Ouganda, le Rwanda, le Burundi, la Tanzanie, la Zambie et l’Angola.",
};

fn locator(globe: &Globe, of: Locator<'_>) -> Option<String> {
    Drawing::of(globe, of.key).map(|drawing| with_caption(&drawing, of.caption))
}

fn map_of(globe: &Globe, key: &str) -> String {
    locator(globe, Locator { key, caption: CAPTION }).unwrap()
}

fn assert_well_formed(svg: &str) {
    let mut reader = Reader::from_str(svg);
    while reader.read_event().unwrap_or_else(|error| panic!("{error}: {svg}")) != Event::Eof {}
}

/// The data of the path of a class.
fn path<'s>(svg: &'s str, class: &str) -> Option<&'s str> {
    let (_, rest) = svg.split_once(&format!("<path class=\"{class}\" d=\""))?;
    rest.split('"').next()
}

/// The corners of a path in the frame.
fn corners(path: &str) -> Vec<[i64; 2]> {
    let (mut corners, mut start) = (Vec::new(), [0, 0]);
    for ring in path.split('z').filter(|ring| !ring.is_empty()) {
        let numbers = ring.strip_prefix('m').unwrap().replace('-', " -");
        let numbers: Vec<i64> = numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let mut at = start;
        let ring = numbers.chunks(2).map(|step| {
            at = [at[0] + step[0], at[1] + step[1]];
            at
        });
        let ring: Vec<[i64; 2]> = ring.collect();
        start = ring[0];
        corners.extend(ring);
    }
    corners
}

#[test]
fn a_locator_of_any_entity_is_small_and_shows_it() {
    let globe = Globe::world();
    for (key, _) in globe.outlines().iter() {
        let svg = map_of(&globe, key);
        assert!(svg.len() <= 6_000, "{key}: {} bytes", svg.len());
        assert_well_formed(&svg);
        let here = corners(path(&svg, "map-here").unwrap_or_default());
        let within = here.iter().filter(|[x, y]| (0..=640).contains(x) && (0..=480).contains(y)).count();
        assert!(svg.contains("<circle class=\"map-mark\"") || within > here.len() / 2, "{key}: {svg}");
    }
}

#[test]
fn a_country_across_180_degrees_is_in_one_piece() {
    let globe = Globe::world();
    for (key, width) in [("RU", 540), ("FJ", 100), ("US", 350), ("NZ", 150), ("AQ", 350)] {
        let here = corners(path(&map_of(&globe, key), "map-here").unwrap());
        let (least, most) =
            (here.iter().map(|[x, _]| *x).min().unwrap(), here.iter().map(|[x, _]| *x).max().unwrap());
        assert!(least >= 0 && most <= 640 && most - least >= width, "{key}: from {least} to {most}");
    }
}

#[test]
fn neighbours_fit() {
    let globe = Globe::world();
    for (key, class) in [("LS", "map-near"), ("XK", "map-near")] {
        let svg = map_of(&globe, key);
        let near: BTreeSet<[i64; 2]> = corners(path(&svg, class).unwrap()).into_iter().collect();
        let here = corners(path(&svg, "map-here").unwrap());
        assert!(here.iter().all(|corner| near.contains(corner)), "{key}: {svg}");
    }
}

#[test]
fn neighbours_are_those_on_land_and_what_lies_round_a_mark() {
    let globe = Globe::world();
    let has_near = |key| path(&map_of(&globe, key), "map-near").is_some();
    assert!(has_near("KZ") && has_near("VA"));
    assert!(!has_near("IS") && !has_near("MV"));
}

#[test]
fn an_entity_without_an_outline_has_no_map() {
    assert!(locator(&Globe::world(), Locator { key: "org:otsc", caption: CAPTION }).is_none());
}

#[test]
fn a_caption_is_text() {
    let caption = Caption { prefix: "a\"b", title: "<i>Titre</i>", description: "x & y" };
    let svg = locator(&Globe::world(), Locator { key: "TV", caption }).unwrap();
    assert!(
        svg.starts_with(
            "<svg class=\"map map-locator\" viewBox=\"0 0 640 480\" role=\"img\" \
             aria-labelledby=\"a&quot;b-title\" aria-describedby=\"a&quot;b-description\">\
             <title id=\"a&quot;b-title\">&lt;i&gt;Titre&lt;/i&gt;</title>\
             <desc id=\"a&quot;b-description\">x &amp; y</desc><rect class=\"map-sea\""
        ),
        "{svg}"
    );
    assert_well_formed(&svg);
}

#[test]
fn the_world_links_each_country_that_is_covered() {
    let globe = Globe::world();
    let country = |key, class| Coverage { key, class, href: "pays/?a&b", title: "Pays <x> : 12 briefs" };
    let countries = [country("KZ", 3), country("MC", 9), country("org:otsc", 1)];
    let svg = world(&globe, WorldMap { caption: CAPTION, countries: &countries });
    assert_well_formed(&svg);
    assert_eq!(svg.matches("<a ").count(), 2);
    assert!(svg.contains(
        "<a class=\"map-3\" href=\"pays/?a&amp;b\"><title>Pays &lt;x&gt; : 12 briefs</title><path d=\"m"
    ));
    assert!(svg.contains(
        "<a class=\"map-5\" href=\"pays/?a&amp;b\"><title>Pays &lt;x&gt; : 12 briefs</title><circle class=\"map-mark\""
    ));
    assert_eq!(svg.matches("class=\"map-land\"").count(), 1);
}

#[test]
fn the_world_is_small_with_every_country_or_none_covered() {
    let globe = Globe::world();
    let titles =
        globe.outlines().iter().map(|(key, _)| (key, format!("Un pays dont le code est {key} : 12 briefs")));
    let titles: Vec<(&str, String)> = titles.collect();
    let countries = titles.iter().map(|(key, title)| Coverage {
        key,
        class: key.as_bytes()[1] % 6,
        href: "../pays/republique-democratique-du-congo/",
        title,
    });
    let countries: Vec<Coverage<'_>> = countries.collect();
    let all = world(&globe, WorldMap { caption: CAPTION, countries: &countries });
    let none = world(&globe, WorldMap { caption: CAPTION, countries: &[] });
    // Measured by hand, 77 kB are 17 after gzip, which may be 40.
    assert!(all.len() <= 80_000 && none.len() <= 45_000, "{} and {} bytes", all.len(), none.len());
    assert_well_formed(&all);
    assert_eq!(all.matches("<a ").count(), 250);
}

#[test]
fn equal_earth_is_as_published() {
    let near = |[x, y]: [f64; 2], [a, b]: [f64; 2]| (x - a).abs() < 1e-4 && (y - b).abs() < 1e-4;
    // The half of the equator and of the middle meridian.
    assert!(near(equal_earth(Point { lon: 191.0, lat: 0.0 }), [2.706_63, 0.0]));
    assert!(near(equal_earth(Point { lon: 11.0, lat: 90.0 }), [0.0, -1.317_36]));
}

#[test]
fn the_globe_is_seen_from_above_and_back() {
    let above = Azimuthal::above(place(Point { lon: 170.0, lat: -40.0 }));
    for (lon, lat) in [(190.0, -10.0), (170.0, -40.0), (100.0, 20.0)] {
        let place = place(Point { lon, lat });
        let seen = above.place(above.spot(place));
        assert!(square(way(place, seen)) < 1e-20, "{seen:?}");
    }
    // Half a sphere away is as far as the root of two.
    let [x, y] = above.spot(place(Point { lon: 170.0, lat: 50.0 }));
    assert!(x.abs() < 1e-9 && (y + 2.0_f64.sqrt()).abs() < 1e-9);
    assert!(above.spot(place(Point { lon: -10.0, lat: 40.0 })).iter().all(|length| length.is_finite()));
    // From above a pole the meridian of Greenwich is seen upright.
    let [x, y] = Azimuthal::above([0.0, 0.0, -1.0]).spot(place(Point { lon: 0.0, lat: -80.0 }));
    assert!(x.abs() < 1e-9 && y < -0.1);
}

/// Places that a globe is seen above: Tallinn, near the pole, beside 180°, and alone in the sea.
fn above() -> impl Iterator<Item = Azimuthal> {
    let points = [(24.75, 59.4), (20.0, -88.0), (178.5, -18.0), (-150.0, -40.0)];
    points.into_iter().map(|(lon, lat)| Azimuthal::above(place(Point { lon, lat })))
}

#[test]
fn a_line_aside_is_seen_behind_a_straight_line() {
    let globe = Globe::world();
    let courses = globe.outlines().iter().flat_map(|(_, shape)| &shape.polygons).flat_map(|land| &land.rings);
    let lines: Vec<_> = courses.flatten().map(|course| globe.line(*course)).collect();
    for (above, distance) in above().flat_map(|above| [0.1, 0.4].map(|distance| (above, distance))) {
        let aside: Vec<_> = lines.iter().filter(|line| above.is_aside(line.ball, distance)).collect();
        assert!(aside.len() > lines.len() / 4, "{}", aside.len());
        for line in aside {
            let [x, y] = above.spot(line.ball.centre);
            let depth = |[a, b]: [f64; 2]| (a * x + b * y) / x.hypot(y);
            assert!(line.places().iter().all(|&place| depth(above.spot(place)) > distance));
        }
    }
}

#[test]
fn what_lies_beyond_the_frame_is_left_out_without_a_trace() {
    let globe = Globe::world();
    let frame = [640.0, 480.0];
    let (mut whole_length, mut trimmed_length) = (0, 0);
    for above in above() {
        let spot = |place| above.spot(place).map(|length| length * 900.0 + 100.0);
        let arc = |course| {
            let line = globe.line(course);
            line.places().iter().map(|&place| Corner { spot: spot(place), weight: 1.0 })
        };
        for polygon in globe.outlines().iter().flat_map(|(_, shape)| &shape.polygons) {
            let (whole, trimmed) = (ground(polygon, arc), trimmed(ground(polygon, arc), frame));
            assert!((seen(&whole, frame) - seen(&trimmed, frame)).abs() < 1e-6);
            whole_length += outer_corners(&whole).count();
            trimmed_length += outer_corners(&trimmed).count();
        }
    }
    assert!(trimmed_length < whole_length / 5, "{trimmed_length} of {whole_length}");
}

#[test]
fn ends_matter_more_than_anything_and_so_does_what_closes_antarctica() {
    let globe = Globe::world();
    let polygons = globe.outlines().iter().flat_map(|(_, shape)| &shape.polygons);
    let mut lowest = 0;
    for course in polygons.flat_map(|polygon| &polygon.rings).flatten() {
        let line = globe.line(*course);
        let ([first, .., last], weights) = (line.weights(), line.weights()) else { continue };
        assert!(first.is_infinite() && last.is_infinite());
        for (place, weight) in line.places().iter().zip(weights) {
            let is_pole = along([0.0, 0.0, -1.0], *place) >= 1.0;
            lowest += usize::from(is_pole);
            assert!(*weight >= 0.0 && (!is_pole || weight.is_infinite()));
        }
    }
    assert_eq!(lowest, 2);
}
