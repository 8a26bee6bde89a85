//! The world, and what the archive covers of it.

use super::globe::Globe;
use super::ground::{Corner, Detail, Ground, ground, longest, push};
use super::path::Pen;
use super::projection::equal_earth;
use super::{Caption, Spot, open, push_mark, push_path};
use crate::atlas::outline::{Course, Point, Shape};
use crate::render::html::{push_attribute, push_text, push_url_attribute};
use std::collections::BTreeSet;

/// Units of the frame in a radius of the Earth: the equator is as long as the frame is wide.
const SCALE: f64 = 295.5;
/// The frame, which is as high as the poles are apart.
const SIZE: Spot = [1600.0, 780.0];
/// The spot in the frame where the equator crosses the meridian in the middle of the world.
const MIDDLE: Spot = [800.0, 390.0];
/// How finely lands are drawn.
const DETAIL: Detail = Detail { least: 1.5, area: 4.0 };
/// A country is marked if it is no longer than this.
const SMALL: f64 = 10.0;
const MARK: f64 = 8.0;
/// The highest class of coverage.
const MOST: u8 = 5;

/// A country that the archive covers.
#[derive(Clone, Copy, Debug)]
pub struct Coverage<'a> {
    /// Its key.
    pub key: &'a str,
    /// How much there is on it, from 0 to 5; more is 5.
    pub class: u8,
    /// Where its page is.
    pub href: &'a str,
    /// What the link says: « Kazakhstan : 12 briefs ».
    pub title: &'a str,
}

/// What a map of the world shows.
#[derive(Clone, Copy, Debug)]
pub struct WorldMap<'a> {
    /// What the map is called.
    pub caption: Caption<'a>,
    /// The countries that are links, in the order of reading. Those without an outline are left out.
    pub countries: &'a [Coverage<'a>],
}

/// The map of the world. Links to large countries come first, then those to marks, which lie over them.
pub(super) fn world(globe: &Globe, map: WorldMap<'_>) -> String {
    let mut svg = String::new();
    // A picture has no links in it for those who do not see it; a group has.
    open(&mut svg, "map-world", "group", SIZE, map.caption);
    push_path(&mut svg, "map-land", &rest(globe, map.countries).into_path());
    let known = map.countries.iter().filter_map(|country| {
        let shape = globe.outlines().shape(country.key)?;
        Some((country, shape.mark, lands(globe, shape)))
    });
    let (small, large): (Vec<_>, Vec<_>) = known.partition(|(_, _, lands)| longest(lands) <= SMALL);
    for (country, _, lands) in large {
        let mut pen = Pen::default();
        lands.iter().for_each(|land| push(&mut pen, land, SIZE, DETAIL));
        push_link(&mut svg, country, |svg| push_shape(svg, &pen.into_path()));
    }
    for (country, mark, _) in small {
        push_link(&mut svg, country, |svg| push_mark(svg, "map-mark", spot(mark), MARK));
    }
    svg.push_str("</svg>");
    svg
}

/// All countries but these, in one path.
fn rest(globe: &Globe, countries: &[Coverage<'_>]) -> Pen {
    let linked: BTreeSet<&str> = countries.iter().map(|country| country.key).collect();
    let mut pen = Pen::default();
    for (_, shape) in globe.outlines().iter().filter(|(key, _)| !linked.contains(key)) {
        lands(globe, shape).iter().for_each(|land| push(&mut pen, land, SIZE, DETAIL));
    }
    pen
}

fn lands(globe: &Globe, shape: &Shape) -> Vec<Ground> {
    let arc = |course: Course| {
        let weights = globe.line(course).weights().iter().map(|weight| weight * SCALE * SCALE);
        let corners = globe.points(course).into_iter().zip(weights);
        let kept = corners.filter(|(_, weight)| *weight >= DETAIL.least);
        kept.map(|(point, weight)| Corner { spot: spot(point), weight })
    };
    shape.polygons.iter().map(|polygon| ground(polygon, arc)).collect()
}

fn spot(point: Point) -> Spot {
    let spot = equal_earth(point);
    [0, 1].map(|axis| MIDDLE[axis] + SCALE * spot[axis])
}

fn push_link(svg: &mut String, country: &Coverage<'_>, push: impl FnOnce(&mut String)) {
    svg.push_str("<a");
    push_attribute(svg, "class", &format!("map-{}", country.class.min(MOST)));
    push_url_attribute(svg, "href", country.href);
    svg.push_str("><title>");
    push_text(svg, country.title);
    svg.push_str("</title>");
    push(svg);
    svg.push_str("</a>");
}

fn push_shape(svg: &mut String, path: &str) {
    svg.push_str("<path d=\"");
    svg.push_str(path);
    svg.push_str("\"/>");
}
