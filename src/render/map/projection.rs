//! From the globe to the plane.

use super::Spot;
use super::globe::{Ball, Place, along, square, way};
use crate::atlas::outline::Point;

/// Lambert's azimuthal equal-area projection: the globe as seen above a place, areas being true.
///
/// A spot is as far from the centre as its place is from that which the globe is seen above, in a straight line through the
/// Earth: J. P. Snyder, *Map Projections: A Working Manual*, 1987, equations 24-2 to 24-4.
#[derive(Clone, Copy, Debug)]
pub(super) struct Azimuthal {
    up: Place,
    east: Place,
    south: Place,
}

impl Azimuthal {
    pub(super) fn above(up: Place) -> Self {
        let [x, y, z] = up;
        let level = x.hypot(y);
        // At a pole any direction will do.
        let (sin, cos) = if level == 0.0 { (0.0, 1.0) } else { (y / level, x / level) };
        Self { up, east: [-sin, cos, 0.0], south: [z * cos, z * sin, -level] }
    }

    /// A place, in radii of the Earth from the centre.
    pub(super) fn spot(self, place: Place) -> Spot {
        // The antipode is nowhere; a hair beside it is as far away as can be.
        let nearness = (1.0 + along(self.up, place)).max(1e-9);
        let scale = (2.0 / nearness).sqrt();
        [scale * along(self.east, place), scale * along(self.south, place)]
    }

    /// The place that is seen at a spot.
    pub(super) fn place(self, [x, y]: Spot) -> Place {
        let square = (x * x + y * y).min(4.0);
        let (up, level) = (1.0 - square / 2.0, (1.0 - square / 4.0).sqrt());
        [0, 1, 2].map(|axis| up * self.up[axis] + level * (x * self.east[axis] + y * self.south[axis]))
    }

    /// Whether anything in a ball can lie so near the centre, in radii of the Earth.
    pub(super) fn reaches(self, ball: Ball, distance: f64) -> bool {
        let reach = ball.radius + distance;
        square(way(self.up, ball.centre)) <= reach * reach
    }

    /// Whether a straight line so far from the centre has all that is in a ball, and what is drawn between, on its other side.
    pub(super) fn is_aside(self, ball: Ball, distance: f64) -> bool {
        // To an eye that is infinitely far above the globe places are nearer the centre than here.
        along(self.east, ball.centre).hypot(along(self.south, ball.centre)) > ball.radius + distance
    }
}

/// The meridian in the middle of the world: its edge is where longitudes of outlines begin, in the Bering Strait.
const MIDDLE: f64 = 11.0;

/// A point on the Equal Earth projection of the world, in radii of the Earth from its middle.
///
/// B. Šavrič, T. Patterson and B. Jenny, “The Equal Earth map projection”, *International Journal of Geographical Information
/// Science* 33 (3), 2019, doi:10.1080/13658816.2018.1504949.
pub(super) fn equal_earth(Point { lon, lat }: Point) -> Spot {
    const A: [f64; 4] = [1.340264, -0.081106, 0.000893, 0.003796];
    let root = 3.0_f64.sqrt() / 2.0;
    let t = (root * lat.to_radians().sin()).asin();
    let (t2, t6) = (t * t, t.powi(6));
    let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
    let height = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
    [(lon - MIDDLE).to_radians() * t.cos() / (root * slope), -height]
}
