//! Rings as the data of an SVG path: whole numbers, each counted from the one before.

use super::Spot;
use std::fmt::Write;

/// A path that is being written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    path: String,
    /// Where the last ring began, and the next is counted from.
    at: [i64; 2],
}

impl Pen {
    /// The data of the path.
    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

/// Adds a ring, if anything is left of it on the grid.
pub(super) fn push_ring(pen: &mut Pen, ring: &[Spot]) {
    let corners = corners(ring);
    let Some(&first) = corners.first().filter(|_| corners.len() > 2) else { return };
    let mut last = pen.at;
    pen.path.push('m');
    for corner in corners {
        push_step(&mut pen.path, [corner[0] - last[0], corner[1] - last[1]]);
        last = corner;
    }
    pen.path.push('z');
    pen.at = first;
}

/// The corners of a ring on the grid, without ways that lead to a place and straight back.
fn corners(ring: &[Spot]) -> Vec<[i64; 2]> {
    let mut corners: Vec<[i64; 2]> = Vec::with_capacity(ring.len());
    for spot in ring {
        let corner = spot.map(|length| length.round() as i64);
        match corners.as_slice() {
            [.., last] if *last == corner => {}
            [.., before, _] if *before == corner => _ = corners.pop(),
            _ => corners.push(corner),
        }
    }
    // The same across the place where the ring begins and ends.
    while let [first, .., before, last] = corners.as_slice()
        && (last == first || before == first)
    {
        corners.pop();
    }
    corners
}

/// Two numbers, apart from what stands before them: a sign does that too.
fn push_step(path: &mut String, step: [i64; 2]) {
    for number in step {
        if number >= 0 && path.ends_with(|last: char| last.is_ascii_digit()) {
            path.push(' ');
        }
        let _ = write!(path, "{number}");
    }
}
