//! The outlines on the globe, before a map is made of them: each arc as places, and what every one of them matters.
//!
//! What a corner matters is the area of the triangle that it makes with those beside it. The projections here keep areas as
//! they are, so it is the same wherever the globe is seen from, but for the scale: it is found once for all maps, and each map
//! takes of an arc the corners that it can show, and no others.

use crate::atlas::Outlines;
use crate::atlas::outline::{Course, Point, Polygon, Shape};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::OnceLock;

/// Longest side that is drawn straight, in degrees: a parallel is a curve on most maps.
const STRAIGHT: f64 = 4.0;

/// A place in radii of the Earth from its centre: towards 0° and 90° east on the equator, and towards the North Pole.
pub(super) type Place = [f64; 3];

/// The outlines as they lie on the globe.
#[derive(Debug)]
pub(super) struct Globe {
    outlines: Outlines,
    lines: Vec<Line>,
    /// What holds each polygon of an entity, by key.
    balls: BTreeMap<String, Vec<Ball>>,
}

/// An arc on the globe.
#[derive(Debug)]
pub(super) struct Line {
    places: Vec<Place>,
    /// What holds all of it.
    pub ball: Ball,
    /// What each place matters, see [`weights`]; found when it is first asked for.
    weights: OnceLock<Vec<f64>>,
}

/// What some places lie in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ball {
    pub centre: Place,
    pub radius: f64,
}

/// Where a point is.
pub(super) fn place(Point { lon, lat }: Point) -> Place {
    let ((sin_lat, cos_lat), (sin_lon, cos_lon)) = (lat.to_radians().sin_cos(), lon.to_radians().sin_cos());
    [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
}

impl Globe {
    /// The outlines that are built in.
    pub(super) fn world() -> Self {
        let outlines = Outlines::world();
        let lines: Vec<Line> = outlines.arcs().map(Line::of).collect();
        let ball = |polygon: &Polygon| {
            Ball::of(polygon.rings[0].iter().flat_map(|course| &lines[course.arc()].places))
        };
        let balls = |shape: &Shape| shape.polygons.iter().map(ball).collect();
        let balls = outlines.iter().map(|(key, shape)| (key.to_owned(), balls(shape))).collect();
        Self { outlines, lines, balls }
    }

    /// The outlines.
    pub(super) fn outlines(&self) -> &Outlines {
        &self.outlines
    }

    /// The arc that a ring runs through.
    pub(super) fn line(&self, course: Course) -> &Line {
        &self.lines[course.arc()]
    }

    /// The points of an arc, one for each of its places.
    pub(super) fn points(&self, course: Course) -> Vec<Point> {
        with_curves(self.outlines.arc(course))
    }

    /// Every entity by key, and what holds each of its polygons.
    pub(super) fn entities(&self) -> impl Iterator<Item = (&str, &Shape, &[Ball])> {
        self.outlines
            .iter()
            .zip(self.balls.values())
            .map(|((key, shape), balls)| (key, shape, balls.as_slice()))
    }
}

impl Line {
    fn of(arc: &[Point]) -> Self {
        let places: Vec<Place> = with_curves(arc).into_iter().map(place).collect();
        Self { ball: Ball::of(&places), places, weights: OnceLock::new() }
    }

    /// Its places from one end to the other.
    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    /// What each place matters, in squares of the Earth's radius: the ends more than anything.
    pub(super) fn weights(&self) -> &[f64] {
        self.weights.get_or_init(|| weights(&self.places))
    }
}

impl Ball {
    fn of<'p>(places: impl IntoIterator<Item = &'p Place, IntoIter: Clone>) -> Self {
        let places = places.into_iter();
        let (mut least, mut most) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
        for place in places.clone() {
            for axis in [0, 1, 2] {
                least[axis] = least[axis].min(place[axis]);
                most[axis] = most[axis].max(place[axis]);
            }
        }
        let centre = [0, 1, 2].map(|axis| (least[axis] + most[axis]) / 2.0);
        let farthest = places.map(|&place| square(way(centre, place))).fold(0.0, f64::max);
        Self { centre, radius: farthest.sqrt() }
    }
}

/// The points of an arc, and more on its long sides. Those that close Antarctica at the pole stay as they are.
fn with_curves(arc: &[Point]) -> Vec<Point> {
    let mut points = Vec::with_capacity(arc.len());
    points.extend(arc.first());
    for side in arc.windows(2) {
        let (from, to) = (side[0], side[1]);
        let (lon, lat) = (to.lon - from.lon, to.lat - from.lat);
        if lon.abs() > STRAIGHT && from.lat.min(to.lat) > -90.0 {
            let steps = (lon.abs() / STRAIGHT).ceil();
            let parts = (1..steps as u32).map(|step| f64::from(step) / steps);
            points.extend(parts.map(|part| Point { lon: from.lon + part * lon, lat: from.lat + part * lat }));
        }
        points.push(to);
    }
    points
}

/// What each place of a line matters: the area of the triangle that it makes with those beside it when it is the least that is
/// left, and no less than that of one gone before. Those that matter less than some area are what a line so thinned can do
/// without: the algorithm of Visvalingam and Whyatt. The ends matter more than anything.
fn weights(line: &[Place]) -> Vec<f64> {
    let mut weights = vec![f64::INFINITY; line.len()];
    let mut beside: Vec<[usize; 2]> = (0..line.len()).map(|at| [at.wrapping_sub(1), at + 1]).collect();
    // Of two that matter alike the first goes first. The bits of numbers that are not negative are in their order.
    let weighed = |weight: f64, at: usize| Reverse((weight.to_bits(), at));
    let mut heap = Vec::with_capacity(line.len());
    for (at, corner) in (1..).zip(line.windows(3)) {
        // On a map of the world the South Pole is as long as the equator: what closes Antarctica there stays.
        if corner.iter().all(|place| place[2] > -1.0) {
            weights[at] = triangle(corner[0], corner[1], corner[2]);
            heap.push(weighed(weights[at], at));
        }
    }
    let mut heap = BinaryHeap::from(heap);
    let mut gone = vec![false; line.len()];
    while let Some(Reverse((bits, at))) = heap.pop() {
        // Of a place that was weighed anew, only the last weight counts.
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

/// The area of a triangle.
fn triangle(a: Place, b: Place, c: Place) -> f64 {
    let (b, c) = (way(a, b), way(a, c));
    let across = [b[1] * c[2] - b[2] * c[1], b[2] * c[0] - b[0] * c[2], b[0] * c[1] - b[1] * c[0]];
    square(across).sqrt() / 2.0
}

/// The way from one place to another.
pub(super) fn way(a: Place, b: Place) -> Place {
    [b[0] - a[0], b[1] - a[1], b[2] - a[2]]
}

/// How far a way leads in a direction that is as long as the Earth's radius.
pub(super) fn along(direction: Place, way: Place) -> f64 {
    direction[0] * way[0] + direction[1] * way[1] + direction[2] * way[2]
}

/// The square of how long a way is.
pub(super) fn square(way: Place) -> f64 {
    along(way, way)
}
