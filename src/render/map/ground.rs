//! The lands of a country on a map: rings that are thinned to what can be seen, and clipped to the frame.

use super::Spot;
use super::path::{Pen, push_ring};
use crate::atlas::outline::{Course, Polygon};

/// A polygon on a map: its outer ring first.
pub(super) type Ground = Vec<Ring>;

/// A ring on a map.
#[derive(Debug)]
pub(super) struct Ring {
    corners: Vec<Corner>,
    /// The corner above and to the left of all of it.
    least: Spot,
    /// The corner below and to the right.
    most: Spot,
}

/// A corner of a ring.
#[derive(Clone, Copy, Debug)]
pub(super) struct Corner {
    pub spot: Spot,
    /// What it matters: it is the same for all whose border it is, so that those that neighbours share are thinned alike.
    pub weight: f64,
}

/// How much of a map is drawn, in units of its frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Detail {
    /// Least area of the triangle that a corner makes with those beside it.
    pub least: f64,
    /// Least area of a land.
    pub area: f64,
}

/// A polygon of which `arc` has the corners of each arc, always from the same end.
pub(super) fn ground<A>(polygon: &Polygon, arc: impl Fn(Course) -> A) -> Ground
where
    A: DoubleEndedIterator<Item = Corner>,
{
    let ring = |courses: &Vec<Course>| {
        let mut corners = Vec::new();
        for course in courses {
            let arc = arc(*course);
            corners.reserve(arc.size_hint().1.unwrap_or(0));
            // Each arc ends where the next begins.
            if course.is_backwards() {
                corners.extend(arc.rev().skip(1));
            } else {
                corners.extend(arc.skip(1));
            }
        }
        Ring::of(corners)
    };
    polygon.rings.iter().map(ring).collect()
}

impl Ring {
    fn of(corners: Vec<Corner>) -> Self {
        let (mut least, mut most) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for Corner { spot, .. } in &corners {
            for axis in [0, 1] {
                least[axis] = least[axis].min(spot[axis]);
                most[axis] = most[axis].max(spot[axis]);
            }
        }
        Self { corners, least, most }
    }

    /// Whether the ring and the frame may lie over each other.
    fn may_be_seen(&self, size: Spot) -> bool {
        [0, 1].into_iter().all(|axis| self.least[axis] <= size[axis] + MARGIN && self.most[axis] >= -MARGIN)
    }

    /// Whether it may go beyond the left, the right, the upper and the lower side of the frame.
    fn crossed(&self, [width, height]: Spot) -> [bool; 4] {
        let ([left, upper], [right, lower]) = (self.least, self.most);
        [left < -MARGIN, right > width + MARGIN, upper < -MARGIN, lower > height + MARGIN]
    }

    /// Whether it may be seen and be large enough.
    fn may_be_drawn(&self, size: Spot, detail: Detail) -> bool {
        let room = (self.most[0] - self.least[0]) * (self.most[1] - self.least[1]);
        room >= detail.area && self.may_be_seen(size)
    }

    /// Its spots within a frame from 0, 0 to `size`, without corners that matter less than `least`.
    fn within(&self, size: Spot, least: f64) -> Vec<Spot> {
        let mut kept = Vec::with_capacity(self.corners.len());
        kept.extend(self.corners.iter().filter(|corner| corner.weight >= least).map(|corner| corner.spot));
        clipped(kept, self.crossed(size), size)
    }
}

/// A polygon without the corners that nothing within a frame from 0, 0 to `size` depends on.
pub(super) fn trimmed(mut ground: Ground, size: Spot) -> Ground {
    for ring in &mut ground {
        if !ring.may_be_seen(size) {
            ring.corners = Vec::new();
        } else if ring.crossed(size) != [false; 4] {
            ring.corners = in_sight(std::mem::take(&mut ring.corners), size);
        }
    }
    ground
}

/// The corners of a ring, without those that lie between others beyond the same side of the frame.
fn in_sight(mut corners: Vec<Corner>, size: Spot) -> Vec<Corner> {
    let (mut kept, mut before, mut last) = (0, 0, 0);
    for at in 0..corners.len() {
        let sides = sides_beyond(corners[at].spot, size);
        if before & last & sides != 0 {
            // What joins those that are kept does not depend on how much of them is drawn.
            corners[kept - 2].weight = f64::INFINITY;
            corners[kept - 1] = Corner { weight: f64::INFINITY, ..corners[at] };
            last = sides;
        } else {
            corners[kept] = corners[at];
            kept += 1;
            (before, last) = (last, sides);
        }
    }
    corners.truncate(kept);
    corners
}

/// The sides of the frame that a spot lies beyond, one bit for each.
fn sides_beyond([x, y]: Spot, [width, height]: Spot) -> u8 {
    u8::from(x < -MARGIN)
        | u8::from(x > width + MARGIN) << 1
        | u8::from(y < -MARGIN) << 2
        | u8::from(y > height + MARGIN) << 3
}

/// The area of a polygon's outer ring.
pub(super) fn area(ground: &Ground) -> f64 {
    area_of(corners(ground))
}

/// The corners of a polygon's outer ring.
pub(super) fn corners(ground: &Ground) -> impl Iterator<Item = Spot> {
    ground[0].corners.iter().map(|corner| corner.spot)
}

/// How long the longest of some polygons is, from left to right or from top to bottom.
pub(super) fn longest<'g>(grounds: impl IntoIterator<Item = &'g Ground>) -> f64 {
    let along = |ground: &Ground, axis: usize| ground[0].most[axis] - ground[0].least[axis];
    grounds.into_iter().flat_map(|ground| [along(ground, 0), along(ground, 1)]).fold(0.0, f64::max)
}

/// The area of what can be seen of a polygon within a frame from 0, 0 to `size`.
pub(super) fn seen(ground: &Ground, size: Spot) -> f64 {
    match &ground[0] {
        ring if ring.may_be_seen(size) => area_of(ring.within(size, 0.0)),
        _ => 0.0,
    }
}

/// How many corners of a polygon lie within a frame from 0, 0 to `size`.
pub(super) fn corners_seen(ground: &Ground, size: Spot, detail: Detail) -> usize {
    let rings = ground.iter().filter(|ring| ring.may_be_drawn(size, detail));
    let corners = rings.flat_map(|ring| &ring.corners).filter(|corner| corner.weight >= detail.least);
    corners.filter(|corner| sides_beyond(corner.spot, size) == 0).count()
}

/// Writes what can be seen of a polygon within a frame from 0, 0 to `size`.
pub(super) fn push(pen: &mut Pen, ground: &Ground, size: Spot, detail: Detail) {
    for ring in ground.iter().filter(|ring| ring.may_be_drawn(size, detail)) {
        let ring = ring.within(size, detail.least);
        if area_of(ring.iter().copied()) >= detail.area {
            push_ring(pen, &ring);
        }
    }
}

/// How far beyond the frame lands go on, so that no coast is drawn along its edge.
const MARGIN: f64 = 4.0;

/// A ring within the sides of the frame that are crossed: the algorithm of Sutherland and Hodgman, one side after another.
fn clipped(ring: Vec<Spot>, crossed: [bool; 4], [width, height]: Spot) -> Vec<Spot> {
    let sides =
        [(0, 1.0, -MARGIN), (0, -1.0, -width - MARGIN), (1, 1.0, -MARGIN), (1, -1.0, -height - MARGIN)];
    let crossed = sides.into_iter().zip(crossed).filter(|(_, is_crossed)| *is_crossed);
    crossed.fold(ring, |ring, ((axis, sign, least), _)| {
        let depth = |spot: Spot| sign * spot[axis] - least;
        let mut inside = Vec::with_capacity(ring.len());
        let Some(mut before) = ring.last().copied() else { return ring };
        for spot in ring {
            let (from, to) = (depth(before), depth(spot));
            if (from < 0.0) != (to < 0.0) {
                let part = from / (from - to);
                inside.push([0, 1].map(|axis| before[axis] + part * (spot[axis] - before[axis])));
            }
            if to >= 0.0 {
                inside.push(spot);
            }
            before = spot;
        }
        inside
    })
}

/// The area within a ring.
fn area_of(ring: impl IntoIterator<Item = Spot>) -> f64 {
    let mut ring = ring.into_iter();
    let Some(first) = ring.next() else { return 0.0 };
    let across = |a: Spot, b: Spot| a[0] * b[1] - b[0] * a[1];
    let (last, sum) = ring.fold((first, 0.0), |(last, sum), spot| (spot, sum + across(last, spot)));
    (sum + across(last, first)).abs() / 2.0
}
