//! A country among its neighbours.

use super::ground::{Detail, Ground, area, corners, ground, longest, push, seen};
use super::path::Pen;
use super::projection::Azimuthal;
use super::{Caption, Spot, open, push_mark, push_path};
use crate::atlas::Outlines;
use crate::atlas::outline::{Point, Shape};

/// The frame.
const SIZE: Spot = [640.0, 480.0];
/// Least width of what is shown, in radii of the Earth: some 1,150 km.
const NARROWEST: f64 = 0.18;
/// Width of what is shown, in radii of the Earth, from which it is not widened for want of other lands: some 2,900 km.
const WIDEST: f64 = 0.45;
/// By how much it is widened at once.
const STEP: f64 = 1.4;
/// The part of the frame that other lands take at least.
const COMPANY: f64 = 0.003;
/// Lands of less than this part of a country's largest do not decide what is shown.
const OUTLYING: f64 = 0.04;
/// A country is marked if it is no longer than this.
const SMALL: f64 = 28.0;
const MARK: f64 = 10.0;
/// Most bytes that paths take.
const ROOM: usize = 5_300;
/// How finely lands are drawn, from the finest; the first that there is room for is chosen.
const DETAILS: [Detail; 10] = [
    Detail { least: 0.7, area: 1.0 },
    Detail { least: 2.0, area: 4.0 },
    Detail { least: 3.0, area: 9.0 },
    Detail { least: 5.0, area: 14.0 },
    Detail { least: 7.0, area: 20.0 },
    Detail { least: 10.0, area: 30.0 },
    Detail { least: 14.0, area: 40.0 },
    Detail { least: 20.0, area: 60.0 },
    Detail { least: 28.0, area: 80.0 },
    Detail { least: 40.0, area: 120.0 },
];

/// What a locator shows.
#[derive(Clone, Copy, Debug)]
pub struct Locator<'a> {
    /// The key of the country.
    pub key: &'a str,
    /// What the map is called.
    pub caption: Caption<'a>,
}

/// What a locator shows of a country, whatever it is called: the same in every language.
#[derive(Debug)]
pub(super) struct Drawing {
    paths: [String; 3],
    mark: Option<Spot>,
}

impl Drawing {
    /// The country with this key among its neighbours, if its outline is known.
    pub(super) fn of(outlines: &Outlines, key: &str) -> Option<Self> {
        let shape = outlines.shape(key)?;
        let (view, scene) = view_and_scene(outlines, key, shape);
        let paths = drawn(&scene).map(Pen::into_path);
        let mark = (own_length(&scene) < SMALL).then(|| view.spot(shape.mark));
        Some(Self { paths, mark })
    }
}

/// A drawing as a map of its own.
pub(super) fn with_caption(drawing: &Drawing, caption: Caption<'_>) -> String {
    let mut svg = String::with_capacity(ROOM + 1_000);
    open(&mut svg, "map-locator", "img", SIZE, caption);
    for (class, path) in ["map-land", "map-near", "map-here"].into_iter().zip(&drawing.paths) {
        push_path(&mut svg, class, path);
    }
    if let Some(mark) = drawing.mark {
        push_mark(&mut svg, "map-mark", mark, MARK);
    }
    svg.push_str("</svg>");
    svg
}

/// What shows a country and something round it: one that is alone in the sea is seen from higher, as long as it can be seen.
fn view_and_scene(outlines: &Outlines, key: &str, shape: &Shape) -> (View, Vec<(Part, Ground)>) {
    let mut view = View::of(outlines, shape);
    loop {
        let scene = scene(outlines, key, view);
        let others = scene.iter().filter(|(part, _)| *part != Part::Here);
        let seen: f64 = others.map(|(_, land)| seen(land, SIZE)).sum();
        let length = own_length(&scene);
        let would_vanish = length >= SMALL && length / STEP < 2.0 * SMALL;
        if seen >= COMPANY * SIZE[0] * SIZE[1] || SIZE[0] / view.scale >= WIDEST || would_vanish {
            return (view, scene);
        }
        view.scale /= STEP;
    }
}

/// What a country is on the map of another, in the order in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Land,
    Near,
    Here,
}

/// A globe seen from above, and the frame laid over it.
#[derive(Clone, Copy, Debug)]
struct View {
    globe: Azimuthal,
    /// The spot on the globe in the middle of the frame.
    middle: Spot,
    /// Units of the frame in a radius of the Earth.
    scale: f64,
}

impl View {
    /// What shows the main lands of a country, its mark and what is round them; its mark alone where no land could be seen.
    fn of(outlines: &Outlines, shape: &Shape) -> Self {
        let above_mark = Azimuthal::above(shape.mark);
        let [least, most] = extent(outlines, shape, above_mark);
        let globe = Azimuthal::above(above_mark.point(between(least, most)));
        let [least, most] = extent(outlines, shape, globe);
        let width = (most[0] - least[0]).max((most[1] - least[1]) * SIZE[0] / SIZE[1]);
        let view = Self { globe, middle: between(least, most), scale: scale(width) };
        if longest(&lands(outlines, shape, globe)) * view.scale < SMALL {
            return Self { globe: above_mark, middle: [0.0, 0.0], scale: scale(0.0) };
        }
        view
    }

    fn spot(self, point: Point) -> Spot {
        let spot = self.globe.spot(point);
        [0, 1].map(|axis| (spot[axis] - self.middle[axis]) * self.scale + SIZE[axis] / 2.0)
    }

    /// How far the corners of the frame are from the middle of the globe, at most.
    fn reach(self) -> f64 {
        self.middle[0].hypot(self.middle[1]) + SIZE[0].hypot(SIZE[1]) / 2.0 / self.scale
    }
}

/// Units of the frame in a radius of the Earth, where what is to be shown is so wide.
fn scale(width: f64) -> f64 {
    // A large country needs less round it to be found.
    let share = 0.5 + 0.35 * (width / 0.8).min(1.0);
    SIZE[0] / (width / share).max(NARROWEST)
}

fn lands(outlines: &Outlines, shape: &Shape, globe: Azimuthal) -> Vec<Ground> {
    shape.polygons.iter().map(|polygon| ground(outlines, polygon, |point| globe.spot(point))).collect()
}

/// The least and the most of the spots where a country's mark and main lands are.
fn extent(outlines: &Outlines, shape: &Shape, globe: Azimuthal) -> [Spot; 2] {
    let lands = lands(outlines, shape, globe);
    let largest = lands.iter().map(area).fold(0.0, f64::max);
    let main = lands.iter().filter(|land| area(land) >= OUTLYING * largest);
    let mark = globe.spot(shape.mark);
    main.flat_map(corners).fold([mark, mark], |[least, most], spot| {
        [[0, 1].map(|axis| least[axis].min(spot[axis])), [0, 1].map(|axis| most[axis].max(spot[axis]))]
    })
}

fn between(a: Spot, b: Spot) -> Spot {
    [0, 1].map(|axis| (a[axis] + b[axis]) / 2.0)
}

/// All lands that may be seen on the map of the country `key`.
fn scene(outlines: &Outlines, key: &str, view: View) -> Vec<(Part, Ground)> {
    let (neighbours, reach) = (outlines.neighbours(key), view.reach());
    let mark = outlines.shape(key).map(|shape| shape.mark);
    let lands = outlines.iter().flat_map(|(other, shape)| {
        let part = match other {
            _ if other == key => Part::Here,
            // What has no outline lies inside its neighbour.
            _ if neighbours.contains(other) || mark.is_some_and(|mark| outlines.contains(other, mark)) => {
                Part::Near
            }
            _ => Part::Land,
        };
        shape.polygons.iter().map(move |polygon| (part, polygon))
    });
    lands
        .filter(|(_, polygon)| view.globe.reaches(polygon.bounds, reach))
        .map(|(part, polygon)| (part, ground(outlines, polygon, |point| view.spot(point))))
        .collect()
}

/// The paths of the parts, as finely drawn as there is room for.
fn drawn(scene: &[(Part, Ground)]) -> [Pen; 3] {
    let [finer @ .., coarsest] = DETAILS;
    let finer = finer.into_iter().map(|detail| drawn_with(scene, detail));
    let fits = |pens: &[Pen; 3]| pens.iter().map(Pen::len).sum::<usize>() <= ROOM;
    finer.into_iter().find(fits).unwrap_or_else(|| drawn_with(scene, coarsest))
}

fn drawn_with(scene: &[(Part, Ground)], detail: Detail) -> [Pen; 3] {
    [Part::Land, Part::Near, Part::Here].map(|part| {
        let mut pen = Pen::default();
        for (_, land) in scene.iter().filter(|(other, _)| *other == part) {
            push(&mut pen, land, SIZE, detail);
        }
        pen
    })
}

/// How long the country's longest land is on its own map.
fn own_length(scene: &[(Part, Ground)]) -> f64 {
    longest(scene.iter().filter(|(part, _)| *part == Part::Here).map(|(_, land)| land))
}
