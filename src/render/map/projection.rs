//! From the globe to the plane.

use super::Spot;
use crate::atlas::outline::{Bounds, Point};

/// Lambert's azimuthal equal-area projection: the globe as seen above a point, areas being true.
///
/// J. P. Snyder, *Map Projections: A Working Manual*, 1987, equations 24-2 to 24-4.
#[derive(Clone, Copy, Debug)]
pub(super) struct Azimuthal {
    lon: f64,
    sin: f64,
    cos: f64,
}

impl Azimuthal {
    pub(super) fn above(Point { lon, lat }: Point) -> Self {
        let (sin, cos) = lat.to_radians().sin_cos();
        Self { lon, sin, cos }
    }

    /// A point, in radii of the Earth from the centre.
    pub(super) fn spot(self, Point { lon, lat }: Point) -> Spot {
        let (sin, cos) = lat.to_radians().sin_cos();
        let (sin_lon, cos_lon) = (lon - self.lon).to_radians().sin_cos();
        // The antipode is nowhere; a hair beside it is as far away as can be.
        let nearness = (1.0 + self.sin * sin + self.cos * cos * cos_lon).max(1e-9);
        let scale = (2.0 / nearness).sqrt();
        [scale * cos * sin_lon, -scale * (self.cos * sin - self.sin * cos * cos_lon)]
    }

    /// The point that is seen at a spot.
    pub(super) fn point(self, [x, y]: Spot) -> Point {
        let distance = x.hypot(y);
        if distance == 0.0 {
            return Point { lon: self.lon, lat: self.sin.asin().to_degrees() };
        }
        let (sin, cos) = (2.0 * (distance / 2.0).min(1.0).asin()).sin_cos();
        let lat = (cos * self.sin - y * sin * self.cos / distance).asin();
        let lon = (x * sin).atan2(distance * self.cos * cos + y * self.sin * sin);
        Point { lon: self.lon + lon.to_degrees(), lat: lat.to_degrees() }
    }

    /// Whether anything between `bounds` can lie so near the centre, in radii of the Earth. It may say yes where nothing
    /// does.
    pub(super) fn reaches(self, bounds: Bounds, distance: f64) -> bool {
        let angle = 2.0 * (distance / 2.0).min(1.0).asin();
        let (lat, reach) = (self.sin.asin().to_degrees(), angle.to_degrees());
        if bounds.most.lat < lat - reach || bounds.least.lat > lat + reach {
            return false;
        }
        if lat.abs() + reach >= 90.0 {
            return true;
        }
        let aside = (angle.sin() / self.cos).asin().to_degrees();
        [-360.0, 0.0, 360.0].into_iter().any(|turn| {
            bounds.least.lon + turn <= self.lon + aside && bounds.most.lon + turn >= self.lon - aside
        })
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
