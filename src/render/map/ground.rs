//! The lands of a country on a map: rings that are projected, thinned to what can be seen, and clipped to the frame.

use super::Spot;
use super::path::{Pen, push_ring};
use crate::atlas::Outlines;
use crate::atlas::outline::{Course, Point, Polygon};

/// Longest side that is drawn straight, in degrees: a parallel is a curve on most maps.
const STRAIGHT: f64 = 4.0;

/// A polygon on a map. Of each ring, its arcs as they are run through; those that neighbours share are thinned alike.
pub(super) type Ground = Vec<Vec<Arc>>;

/// An arc on a map, always from the same end.
#[derive(Debug)]
pub(super) struct Arc {
    spots: Vec<Spot>,
    backwards: bool,
}

/// How much of a map is drawn, in units of its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Detail {
    /// Least area of the triangle that a corner makes with those beside it.
    pub least: f64,
    /// Least area of a land.
    pub area: f64,
}

/// A polygon as `project` has it.
pub(super) fn ground(outlines: &Outlines, polygon: &Polygon, project: impl Fn(Point) -> Spot) -> Ground {
    let arc = |course: &Course| {
        let points = with_curves(outlines.arc(*course));
        Arc { spots: points.into_iter().map(&project).collect(), backwards: course.is_backwards() }
    };
    polygon.rings.iter().map(|ring| ring.iter().map(arc).collect()).collect()
}

/// The points of an arc, and more on its long sides. Those that close Antarctica at the pole stay as they are.
fn with_curves(arc: &[Point]) -> Vec<Point> {
    let mut points = Vec::with_capacity(arc.len());
    points.extend(arc.first());
    for side in arc.windows(2) {
        let (from, to) = (side[0], side[1]);
        let (lon, lat) = (to.lon - from.lon, to.lat - from.lat);
        let steps = if from.lat.min(to.lat) <= -90.0 { 1.0 } else { (lon.abs() / STRAIGHT).ceil() };
        let parts = (1..steps as u32).map(|step| f64::from(step) / steps);
        points.extend(parts.map(|part| Point { lon: from.lon + part * lon, lat: from.lat + part * lat }));
        points.push(to);
    }
    points
}

/// The area of a polygon's outer ring.
pub(super) fn area(ground: &Ground) -> f64 {
    area_of(&ring(&ground[0], 0.0))
}

/// The corners of a polygon's outer ring.
pub(super) fn corners(ground: &Ground) -> impl Iterator<Item = Spot> {
    ground[0].iter().flat_map(|arc| arc.spots.iter().copied())
}

/// How long the longest of some polygons is, from left to right or from top to bottom.
pub(super) fn longest<'g>(grounds: impl IntoIterator<Item = &'g Ground>) -> f64 {
    let along = |ground: &Ground, axis: usize| {
        let all = corners(ground).map(|spot| spot[axis]);
        let (least, most) = all.fold((f64::MAX, f64::MIN), |(least, most), at| (least.min(at), most.max(at)));
        most - least
    };
    grounds.into_iter().flat_map(|ground| [along(ground, 0), along(ground, 1)]).fold(0.0, f64::max)
}

/// The area of what can be seen of a polygon within a frame from 0, 0 to `size`.
pub(super) fn seen(ground: &Ground, size: Spot) -> f64 {
    area_of(&clipped(ring(&ground[0], 1.0), size))
}

/// Writes what can be seen of a polygon within a frame from 0, 0 to `size`.
pub(super) fn push(pen: &mut Pen, ground: &Ground, size: Spot, detail: Detail) {
    for arcs in ground {
        let ring = clipped(ring(arcs, detail.least), size);
        if area_of(&ring) >= detail.area {
            push_ring(pen, &ring);
        }
    }
}

/// A ring, without corners that make a triangle of less than `least`.
fn ring(arcs: &[Arc], least: f64) -> Vec<Spot> {
    let mut ring = Vec::new();
    for arc in arcs {
        let spots = thinned(&arc.spots, least);
        if arc.backwards {
            ring.extend(spots.into_iter().rev().skip(1));
        } else {
            ring.extend(spots.into_iter().skip(1));
        }
    }
    ring
}

/// A line without the corners that matter least, each by the triangle it makes with those beside it: the algorithm of
/// Visvalingam and Whyatt.
fn thinned(line: &[Spot], least: f64) -> Vec<Spot> {
    let mut kept = line.to_vec();
    let weigh = |kept: &[Spot], at: usize| triangle(kept[at - 1], kept[at], kept[at + 1]);
    let mut weights: Vec<f64> = (0..line.len())
        .map(|at| if at == 0 || at + 1 == line.len() { f64::INFINITY } else { weigh(line, at) })
        .collect();
    while let Some((at, _)) =
        weights.iter().enumerate().filter(|(_, weight)| **weight < least).min_by(|a, b| a.1.total_cmp(b.1))
    {
        kept.remove(at);
        let gone = weights.remove(at);
        for beside in [at - 1, at] {
            if weights[beside].is_finite() {
                weights[beside] = weigh(&kept, beside).max(gone);
            }
        }
    }
    kept
}

fn triangle([ax, ay]: Spot, [bx, by]: Spot, [cx, cy]: Spot) -> f64 {
    ((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)).abs() / 2.0
}

/// How far beyond the frame lands go on, so that no coast is drawn along its edge.
const MARGIN: f64 = 4.0;

/// A ring within the frame: the algorithm of Sutherland and Hodgman, one side of the frame after another.
fn clipped(ring: Vec<Spot>, [width, height]: Spot) -> Vec<Spot> {
    let sides =
        [(0, 1.0, -MARGIN), (0, -1.0, -width - MARGIN), (1, 1.0, -MARGIN), (1, -1.0, -height - MARGIN)];
    sides.into_iter().fold(ring, |ring, (axis, sign, least)| {
        let depth = |spot: Spot| sign * spot[axis] - least;
        let mut inside = Vec::with_capacity(ring.len());
        for (at, &spot) in ring.iter().enumerate() {
            let before = ring[if at == 0 { ring.len() - 1 } else { at - 1 }];
            let (from, to) = (depth(before), depth(spot));
            if (from < 0.0) != (to < 0.0) {
                let part = from / (from - to);
                inside.push([0, 1].map(|axis| before[axis] + part * (spot[axis] - before[axis])));
            }
            if to >= 0.0 {
                inside.push(spot);
            }
        }
        inside
    })
}

fn area_of(ring: &[Spot]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>().abs() / 2.0
}
