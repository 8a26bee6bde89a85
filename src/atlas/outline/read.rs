//! `outlines.txt` read into values. It is ours, so a fault in it is a fault of the program.

use super::{Bounds, Course, Outlines, Point, Polygon, Shape};

/// Steps of the file's grid in a degree.
const GRID: f64 = 100.0;

/// The outlines that a text in the shape of `outlines.txt` has.
pub(super) fn outlines(text: &str) -> Outlines {
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let count = count(lines.next(), "arcs");
    let arcs: Vec<Vec<Point>> = lines.by_ref().take(count).map(arc).collect();
    let count = self::count(lines.next(), "shapes");
    let shapes = lines.by_ref().take(count).map(|line| shape(line, &arcs)).collect();
    assert!(lines.next().is_none(), "nothing follows the shapes");
    Outlines { shapes, arcs }
}

/// The N of a line `arcs N`.
fn count(line: Option<&str>, word: &str) -> usize {
    let count = line.and_then(|line| line.strip_prefix(word)?.trim().parse().ok());
    count.unwrap_or_else(|| panic!("a line says how many {word} there are"))
}

/// `x y dx dy dx dy …`
fn arc(line: &str) -> Vec<Point> {
    let (mut x, mut y) = (0, 0);
    let steps = numbers(line);
    let points = steps.chunks(2).map(|step| {
        (x, y) = (x + step[0], y + step[1]);
        point(x, y)
    });
    points.collect()
}

/// `key x y | arc arc / arc | arc …`
fn shape(line: &str, arcs: &[Vec<Point>]) -> (String, Shape) {
    let mut parts = line.split('|');
    let (key, mark) = parts.next().and_then(|head| head.split_once(' ')).expect("a key stands first");
    let mark = numbers(mark);
    let polygons = parts.map(|part| polygon(part, arcs)).collect();
    (key.to_owned(), Shape { mark: point(mark[0], mark[1]), polygons })
}

fn polygon(part: &str, arcs: &[Vec<Point>]) -> Polygon {
    let rings: Vec<Vec<Course>> =
        part.split('/').map(|ring| numbers(ring).into_iter().map(course).collect()).collect();
    let corners = rings[0].iter().flat_map(|course| &arcs[course.arc]);
    let bounds = corners.copied().map(Bounds::of).reduce(Bounds::with).expect("a ring has corners");
    Polygon { rings, bounds }
}

fn course(number: i32) -> Course {
    let arc = number.unsigned_abs() as usize - 1;
    Course { arc, backwards: number < 0 }
}

fn point(x: i32, y: i32) -> Point {
    Point { lon: f64::from(x) / GRID, lat: f64::from(y) / GRID }
}

fn numbers(text: &str) -> Vec<i32> {
    text.split_ascii_whitespace().map(|number| number.parse().expect("a whole number")).collect()
}
