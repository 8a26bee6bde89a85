//! A country among its neighbours.

use super::globe::{Globe, Place, place};
use super::ground::{
    Corner, Detail, Ground, area, corners, corners_seen, ground, longest, push, seen, trimmed,
};
use super::path::Pen;
use super::projection::Azimuthal;
use super::{Caption, Spot, open, push_mark, push_path};
use crate::atlas::outline::{Course, Shape};

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
/// Bytes that a corner takes of them at least: two numbers, each after a space or a sign.
const CORNER: usize = 4;
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
    pub(super) fn of(globe: &Globe, key: &str) -> Option<Self> {
        let shape = globe.outlines().shape(key)?;
        let (view, scene) = view_and_scene(globe, key, shape);
        let paths = drawn(&scene).map(Pen::into_path);
        let mark = (own_length(&scene) < SMALL).then(|| view.spot(place(shape.mark)));
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
fn view_and_scene(globe: &Globe, key: &str, shape: &Shape) -> (View, Scene) {
    let mut view = View::of(globe, shape);
    loop {
        let scene = scene(globe, view, (key, shape));
        let length = own_length(&scene);
        let would_vanish = length >= SMALL && length / STEP < 2.0 * SMALL;
        if SIZE[0] / view.scale >= WIDEST || would_vanish || has_company(&scene) {
            return (view, scene);
        }
        view.scale /= STEP;
    }
}

/// Whether enough is seen of other lands.
fn has_company(scene: &Scene) -> bool {
    let mut others = scene.iter().filter(|(part, _)| *part != Part::Here);
    let mut least = COMPANY * SIZE[0] * SIZE[1];
    others.any(|(_, land)| {
        least -= seen(land, SIZE);
        least <= 0.0
    })
}

/// The lands that may be seen on a map.
type Scene = Vec<(Part, Ground)>;

/// What a country is on the map of another, in the order in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Land,
    Near,
    Here,
}

/// The globe seen from above, and the frame laid over it.
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
    fn of(globe: &Globe, shape: &Shape) -> Self {
        let mark = place(shape.mark);
        let above_mark = Azimuthal::above(mark);
        let [least, most] = extent(&lands(globe, shape, above_mark), above_mark.spot(mark));
        let above_middle = Azimuthal::above(above_mark.place(between(least, most)));
        let lands = lands(globe, shape, above_middle);
        let [least, most] = extent(&lands, above_middle.spot(mark));
        let width = (most[0] - least[0]).max((most[1] - least[1]) * SIZE[0] / SIZE[1]);
        let view = Self { globe: above_middle, middle: between(least, most), scale: scale(width) };
        if longest(&lands) * view.scale < SMALL {
            return Self { globe: above_mark, middle: [0.0, 0.0], scale: scale(0.0) };
        }
        view
    }

    fn spot(self, place: Place) -> Spot {
        let [x, y] = self.globe.spot(place);
        [(x - self.middle[0]) * self.scale + SIZE[0] / 2.0, (y - self.middle[1]) * self.scale + SIZE[1] / 2.0]
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

fn lands(globe: &Globe, shape: &Shape, above: Azimuthal) -> Vec<Ground> {
    let arc = |course: Course| {
        let line = globe.line(course);
        let corners = line.places().iter().zip(line.weights());
        corners.map(|(&place, &weight)| Corner { spot: above.spot(place), weight })
    };
    shape.polygons.iter().map(|polygon| ground(polygon, arc)).collect()
}

/// The least and the most of the spots where a country's mark and main lands are.
fn extent(lands: &[Ground], mark: Spot) -> [Spot; 2] {
    let areas: Vec<f64> = lands.iter().map(area).collect();
    let largest = areas.iter().copied().fold(0.0, f64::max);
    let main = lands.iter().zip(areas).filter(|(_, area)| *area >= OUTLYING * largest);
    main.flat_map(|(land, _)| corners(land)).fold([mark, mark], |[least, most], spot| {
        [[0, 1].map(|axis| least[axis].min(spot[axis])), [0, 1].map(|axis| most[axis].max(spot[axis]))]
    })
}

fn between(a: Spot, b: Spot) -> Spot {
    [0, 1].map(|axis| (a[axis] + b[axis]) / 2.0)
}

/// All lands that may be seen in a view of an entity, with the corners that the finest map of it can show.
fn scene(globe: &Globe, view: View, (own_key, own): (&str, &Shape)) -> Scene {
    let part = |key: &str, shape: &Shape| match key {
        _ if key == own_key => Part::Here,
        // What has no outline lies inside its neighbour.
        _ if own.touches(shape) || globe.outlines().holds(shape, own.mark) => Part::Near,
        _ => Part::Land,
    };
    let (reach, square) = (view.reach(), view.scale * view.scale);
    let arc = |course: Course| {
        let line = globe.line(course);
        // Of what lies aside only the ends are needed, which join it to the rest.
        let least =
            if view.globe.is_aside(line.ball, reach) { f64::INFINITY } else { DETAILS[0].least / square };
        let kept = line.places().iter().zip(line.weights()).filter(move |(_, weight)| **weight >= least);
        kept.map(move |(&place, &weight)| Corner { spot: view.spot(place), weight: weight * square })
    };
    let mut scene = Vec::new();
    for (key, shape, balls) in globe.entities() {
        let polygons = shape.polygons.iter().zip(balls);
        let mut reached = polygons.filter(|(_, ball)| view.globe.reaches(**ball, reach)).peekable();
        if reached.peek().is_some() {
            let part = part(key, shape);
            scene.extend(reached.map(|(polygon, _)| (part, trimmed(ground(polygon, arc), SIZE))));
        }
    }
    scene
}

/// The paths of the parts, as finely drawn as there is room for.
fn drawn(scene: &Scene) -> [Pen; 3] {
    let [finer @ .., coarsest] = DETAILS;
    let least_room =
        |detail| scene.iter().map(|(_, land)| corners_seen(land, SIZE, detail)).sum::<usize>() * CORNER;
    let mut may_fit = finer.into_iter().filter(|detail| least_room(*detail) <= ROOM);
    let drawn = may_fit.find_map(|detail| drawn_within(scene, detail, ROOM));
    drawn.or_else(|| drawn_within(scene, coarsest, usize::MAX)).unwrap_or_default()
}

/// The paths of the parts, unless they take more than so many bytes.
fn drawn_within(scene: &Scene, detail: Detail, room: usize) -> Option<[Pen; 3]> {
    let mut pens: [Pen; 3] = Default::default();
    for (part, land) in scene {
        push(&mut pens[*part as usize], land, SIZE, detail);
        if pens.iter().map(Pen::len).sum::<usize>() > room {
            return None;
        }
    }
    Some(pens)
}

/// How long the country's longest land is on its own map.
fn own_length(scene: &[(Part, Ground)]) -> f64 {
    longest(scene.iter().filter(|(part, _)| *part == Part::Here).map(|(_, land)| land))
}
