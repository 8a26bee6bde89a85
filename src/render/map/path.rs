//! Rings as the data of an SVG path: whole numbers, each counted from the one before.

use super::Spot;

/// A path that is being written.
#[derive(Debug, Default)]
pub(super) struct Pen {
    path: Vec<u8>,
    /// Where the last ring began, and the next is counted from.
    at: [i64; 2],
}

impl Pen {
    /// How many bytes the data of the path takes.
    pub(super) fn len(&self) -> usize {
        self.path.len()
    }

    /// The data of the path.
    pub(super) fn into_path(self) -> String {
        String::from_utf8(self.path).expect("figures, signs and letters are ASCII")
    }
}

/// Adds a ring, if anything is left of it on the grid.
pub(super) fn push_ring(pen: &mut Pen, ring: &[Spot]) {
    let corners = corners(ring);
    let Some(&first) = corners.first().filter(|_| corners.len() > 2) else { return };
    let mut last = pen.at;
    pen.path.push(b'm');
    for corner in corners {
        push_step(&mut pen.path, [corner[0] - last[0], corner[1] - last[1]]);
        last = corner;
    }
    pen.path.push(b'z');
    pen.at = first;
}

/// The corners of a ring on the grid, without ways that lead to a place and straight back.
fn corners(ring: &[Spot]) -> Vec<[i64; 2]> {
    let mut corners: Vec<[i64; 2]> = Vec::with_capacity(ring.len());
    for &[x, y] in ring {
        let corner = [nearest(x), nearest(y)];
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

/// The whole number that is nearest to a length.
fn nearest(length: f64) -> i64 {
    // Farther than any frame is wide. What lies on the other side of 0 is made whole as what lies on this.
    const ASIDE: i64 = 1 << 20;
    (length + ASIDE as f64 + 0.5) as i64 - ASIDE
}

/// Two numbers, apart from what stands before them: a sign does that too.
fn push_step(path: &mut Vec<u8>, step: [i64; 2]) {
    for number in step {
        if number < 0 {
            path.push(b'-');
        } else if path.last().is_some_and(u8::is_ascii_digit) {
            path.push(b' ');
        }
        push_number(path, number.unsigned_abs());
    }
}

fn push_number(path: &mut Vec<u8>, number: u64) {
    if number > 9 {
        push_number(path, number / 10);
    }
    path.push(b'0' + (number % 10) as u8);
}
