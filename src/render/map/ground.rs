//! The lands of a country on a map: rings that are projected, thinned to what can be seen, and clipped to the frame.

use super::Spot;
use super::path::{Pen, push_ring};
use crate::atlas::Outlines;
use crate::atlas::outline::{Course, Point, Polygon};
use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Longest side that is drawn straight, in degrees: a parallel is a curve on most maps.
const STRAIGHT: f64 = 4.0;

/// A polygon on a map: its outer ring first.
pub(super) type Ground = Vec<Ring>;

/// A ring on a map: its arcs as they are run through; those that neighbours share are thinned alike.
#[derive(Debug)]
pub(super) struct Ring {
    arcs: Vec<Arc>,
    /// The corner above and to the left of all of it.
    least: Spot,
    /// The corner below and to the right.
    most: Spot,
}

/// An arc on a map, always from the same end.
#[derive(Debug)]
pub(super) struct Arc {
    spots: Vec<Spot>,
    /// What each spot matters, see [`weights`]; found when it is first asked for.
    weights: OnceCell<Vec<f64>>,
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
        let spots = points.into_iter().map(&project).collect();
        Arc { spots, weights: OnceCell::new(), backwards: course.is_backwards() }
    };
    polygon.rings.iter().map(|ring| Ring::of(ring.iter().map(arc).collect())).collect()
}

impl Ring {
    fn of(arcs: Vec<Arc>) -> Self {
        let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for spot in arcs.iter().flat_map(|arc| &arc.spots) {
            for axis in [0, 1] {
                least[axis] = least[axis].min(spot[axis]);
                most[axis] = most[axis].max(spot[axis]);
            }
        }
        Self { arcs, least, most }
    }

    /// Whether the ring and the frame may lie over each other.
    fn may_be_seen(&self, size: Spot) -> bool {
        [0, 1].into_iter().all(|axis| self.least[axis] <= size[axis] + MARGIN && self.most[axis] >= -MARGIN)
    }

    /// More than the area that it takes.
    fn room(&self) -> f64 {
        (self.most[0] - self.least[0]) * (self.most[1] - self.least[1])
    }

    /// Its spots, without corners that matter less than `least`.
    fn spots(&self, least: f64) -> Vec<Spot> {
        let mut ring = Vec::with_capacity(self.arcs.iter().map(|arc| arc.spots.len()).sum());
        for arc in &self.arcs {
            let spots = arc.spots.iter().copied();
            if least <= 0.0 {
                push_arc(&mut ring, spots, arc.backwards);
            } else {
                let weights = arc.weights.get_or_init(|| weights(&arc.spots));
                let kept = spots.zip(weights).filter(|(_, weight)| **weight >= least).map(|(spot, _)| spot);
                push_arc(&mut ring, kept, arc.backwards);
            }
        }
        ring
    }
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
    area_of(&ground[0].spots(0.0))
}

/// The corners of a polygon's outer ring.
pub(super) fn corners(ground: &Ground) -> impl Iterator<Item = Spot> {
    ground[0].arcs.iter().flat_map(|arc| arc.spots.iter().copied())
}

/// How long the longest of some polygons is, from left to right or from top to bottom.
pub(super) fn longest<'g>(grounds: impl IntoIterator<Item = &'g Ground>) -> f64 {
    let along = |ground: &Ground, axis: usize| ground[0].most[axis] - ground[0].least[axis];
    grounds.into_iter().flat_map(|ground| [along(ground, 0), along(ground, 1)]).fold(0.0, f64::max)
}

/// The area of what can be seen of a polygon within a frame from 0, 0 to `size`.
pub(super) fn seen(ground: &Ground, size: Spot) -> f64 {
    match &ground[0] {
        ring if ring.may_be_seen(size) => area_of(&clipped(ring.spots(0.0), size)),
        _ => 0.0,
    }
}

/// Writes what can be seen of a polygon within a frame from 0, 0 to `size`.
pub(super) fn push(pen: &mut Pen, ground: &Ground, size: Spot, detail: Detail) {
    for ring in ground.iter().filter(|ring| ring.may_be_seen(size) && ring.room() >= detail.area) {
        let ring = clipped(ring.spots(detail.least), size);
        if area_of(&ring) >= detail.area {
            push_ring(pen, &ring);
        }
    }
}

/// Adds an arc, from the end that joins the ring, without the spot that the ring ends with.
fn push_arc(ring: &mut Vec<Spot>, spots: impl DoubleEndedIterator<Item = Spot>, backwards: bool) {
    if backwards {
        ring.extend(spots.rev().skip(1));
    } else {
        ring.extend(spots.skip(1));
    }
}

/// What each spot of a line matters: the area of the triangle that it makes with those beside it when it is the least that is
/// left, and no less than that of one gone before. Those that matter less than some area are what a line so thinned can do
/// without: the algorithm of Visvalingam and Whyatt. The ends matter more than anything.
fn weights(line: &[Spot]) -> Vec<f64> {
    let mut weights = vec![f64::INFINITY; line.len()];
    let mut beside: Vec<[usize; 2]> = (0..line.len()).map(|at| [at.wrapping_sub(1), at + 1]).collect();
    // Of two that matter alike the first goes first. The bits of numbers that are not negative are in their order.
    let weighed = |weight: f64, at: usize| Reverse((weight.to_bits(), at));
    let mut heap = Vec::with_capacity(line.len());
    for at in 1..line.len().saturating_sub(1) {
        weights[at] = triangle(line[at - 1], line[at], line[at + 1]);
        heap.push(weighed(weights[at], at));
    }
    let mut heap = BinaryHeap::from(heap);
    let mut gone = vec![false; line.len()];
    while let Some(Reverse((bits, at))) = heap.pop() {
        // Of a spot that was weighed anew, only the last weight counts.
        if gone[at] || bits != weights[at].to_bits() {
            continue;
        }
        gone[at] = true;
        let [before, after] = beside[at];
        beside[before][1] = after;
        beside[after][0] = before;
        for near in [before, after] {
            if weights[near].is_finite() {
                let [one, other] = beside[near];
                weights[near] = triangle(line[one], line[near], line[other]).max(weights[at]);
                heap.push(weighed(weights[near], near));
            }
        }
    }
    weights
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
        // Most rings lie on the inner side of most of them.
        if ring.iter().all(|&spot| depth(spot) >= 0.0) {
            return ring;
        }
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
