//! The outlines of countries and territories: what a map is drawn from, and what it says of where a place is.
//!
//! [`Outlines::world`] is what is built in, `outlines.txt`, read into arcs and the [`Shape`]s made of them. What two
//! entities share is one [arc](Outlines::arc), so that neighbours fit however they are drawn.

mod read;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

const WORLD: &str = include_str!("outlines.txt");

/// A point on Earth, in degrees: east and north are positive. Longitudes of outlines begin at −169°, and run on for 360°.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Degrees east.
    pub lon: f64,
    /// Degrees north.
    pub lat: f64,
}

/// What lies between two meridians and two parallels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Its corner in the south and west.
    pub least: Point,
    /// Its corner in the north and east.
    pub most: Point,
}

/// An arc as a ring runs through it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    arc: usize,
    backwards: bool,
}

/// Land in one piece: its outer ring first, then those of its holes.
#[derive(Clone, Debug)]
pub struct Polygon {
    /// Each ring as arcs in a row, the end of each being the beginning of the next.
    pub rings: Vec<Vec<Course>>,
    /// What it lies between.
    pub bounds: Bounds,
}

/// Where an entity is.
#[derive(Clone, Debug)]
pub struct Shape {
    /// Where it is marked: its seat of government or chief settlement.
    pub mark: Point,
    /// Its lands; none where it is too small to have an outline.
    pub polygons: Vec<Polygon>,
}

/// The outlines of every entity that is built in.
#[derive(Clone, Debug)]
pub struct Outlines {
    arcs: Vec<Vec<Point>>,
    shapes: BTreeMap<String, Shape>,
}

impl Outlines {
    /// The outlines that are built in.
    pub fn world() -> Self {
        read::outlines(WORLD)
    }

    /// Where the entity with this key is, if its outline is built in.
    pub fn shape(&self, key: &str) -> Option<&Shape> {
        self.shapes.get(key)
    }

    /// Every entity and where it is, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Shape)> {
        self.shapes.iter().map(|(key, shape)| (key.as_str(), shape))
    }

    /// The points of an arc, always from the same end.
    pub fn arc(&self, course: Course) -> &[Point] {
        &self.arcs[course.arc]
    }

    /// The points of every arc.
    pub fn arcs(&self) -> impl Iterator<Item = &[Point]> {
        self.arcs.iter().map(Vec::as_slice)
    }

    /// Whether a point lies in the lands of an entity.
    pub fn holds(&self, shape: &Shape, point: Point) -> bool {
        shape.polygons.iter().any(|polygon| self.polygon_holds(polygon, point))
    }

    /// The entities that share a border with this one on land, by key.
    pub fn neighbours(&self, key: &str) -> BTreeSet<&str> {
        let Some(shape) = self.shape(key) else { return BTreeSet::new() };
        let others = self.iter().filter(|(other, _)| *other != key);
        others.filter(|(_, other)| shape.touches(other)).map(|(other, _)| other).collect()
    }

    /// Whether a point lies in a polygon, wherever its longitude is counted from.
    fn polygon_holds(&self, polygon: &Polygon, Point { lon, lat }: Point) -> bool {
        let turned = [lon - 360.0, lon, lon + 360.0].map(|lon| Point { lon, lat });
        turned.into_iter().any(|point| {
            polygon.bounds.contains(point)
                && polygon.rings.iter().filter(|ring| self.winds_round(ring, point)).count() % 2 == 1
        })
    }

    /// Whether a ray from the point eastwards crosses the ring an odd number of times.
    fn winds_round(&self, ring: &[Course], point: Point) -> bool {
        let sides = ring.iter().flat_map(|course| self.arc(*course).windows(2));
        let crossed = sides.filter(|side| {
            let (a, b) = (side[0], side[1]);
            let at = || a.lon + (b.lon - a.lon) * (point.lat - a.lat) / (b.lat - a.lat);
            (a.lat > point.lat) != (b.lat > point.lat) && point.lon < at()
        });
        crossed.count() % 2 == 1
    }
}

impl Course {
    /// Which of the arcs it is, counted from 0.
    pub fn arc(self) -> usize {
        self.arc
    }

    /// Whether the ring runs through the arc from its end.
    pub fn is_backwards(self) -> bool {
        self.backwards
    }
}

impl Shape {
    /// What its lands lie between, if it has any.
    pub fn bounds(&self) -> Option<Bounds> {
        self.polygons.iter().map(|polygon| polygon.bounds).reduce(Bounds::with)
    }

    /// Whether it shares a border with another on land.
    pub fn touches(&self, other: &Self) -> bool {
        self.arcs().any(|arc| other.arcs().any(|others| arc == others))
    }

    fn arcs(&self) -> impl Iterator<Item = usize> {
        self.polygons.iter().flat_map(|polygon| &polygon.rings).flatten().map(|course| course.arc)
    }
}

impl Bounds {
    /// Of one point.
    pub fn of(point: Point) -> Self {
        Self { least: point, most: point }
    }

    /// What it takes to hold both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (least, most) = (
            |a: Point, b: Point| Point { lon: a.lon.min(b.lon), lat: a.lat.min(b.lat) },
            |a: Point, b: Point| Point { lon: a.lon.max(b.lon), lat: a.lat.max(b.lat) },
        );
        Self { least: least(self.least, other.least), most: most(self.most, other.most) }
    }

    /// Whether a point, its longitude counted as these are, lies between them.
    pub fn contains(self, point: Point) -> bool {
        (self.least.lon..=self.most.lon).contains(&point.lon)
            && (self.least.lat..=self.most.lat).contains(&point.lat)
    }
}
