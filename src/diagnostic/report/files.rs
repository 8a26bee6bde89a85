//! The files that diagnostics speak of, read again to be shown.

use std::rc::Rc;

use super::Texts;
use crate::source::{ContentPath, Lines, Place, Position};

/// The last few files that were needed, each read and its lines counted once. Diagnostics come file by file, so a few are
/// enough, and the memory does not grow with the site.
pub(super) struct Files<'a> {
    texts: Texts<'a>,
    recent: Vec<(ContentPath, Option<Rc<Lines>>)>,
}

const KEPT: usize = 8;

/// Where a place begins and where it ends (the position after its last character).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Location {
    pub(super) start: Position,
    pub(super) end: Position,
}

impl<'a> Files<'a> {
    pub(super) fn new(texts: Texts<'a>) -> Self {
        Self { texts, recent: Vec::new() }
    }

    /// The file's text, if it can be read.
    pub(super) fn lines(&mut self, path: &ContentPath) -> Option<Rc<Lines>> {
        if let Some(at) = self.recent.iter().position(|(known, _)| known == path) {
            self.recent[..=at].rotate_right(1);
        } else {
            let lines = (self.texts)(path).map(|text| Rc::new(Lines::new(text)));
            self.recent.insert(0, (path.clone(), lines));
            self.recent.truncate(KEPT);
        }
        self.recent[0].1.clone()
    }

    /// The lines and columns of a place; `None` when the file can't be read.
    pub(super) fn location(&mut self, place: &Place) -> Option<Location> {
        let lines = self.lines(&place.path)?;
        let span = place.span.range();
        Some(Location { start: lines.position(span.start), end: lines.position(span.end.max(span.start)) })
    }

    /// The same, or the first character of the file when it can't be read, for forms that need a number.
    pub(super) fn location_or_first(&mut self, place: &Place) -> Location {
        let first = Position { line: 1, column: 1 };
        self.location(place).unwrap_or(Location { start: first, end: first })
    }
}
