//! Text and places: a file's text, where in the site it stands, and byte spans in it turned to lines and columns.
//!
//! Everything said of a writer's file is said with a [`Place`]: a [`ContentPath`] and a [`Span`]. Lines and columns are
//! worked out only when a person is told.

mod control;
mod digest;
pub(crate) mod glance;
mod lines;
mod path;
mod status;

pub use control::{controls, may_hold_controls, stripped_of_controls, without_controls};
pub use digest::{Digest, Digested};
pub use lines::Lines;
pub use path::ContentPath;
pub use status::Status;

use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::string::FromUtf8Error;

/// A half-open range of bytes in a file's text, from its very first byte, byte order mark and front matter included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over the bytes of `range`; offsets past 4 GiB are clamped (no readable file is that long).
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end.max(range.start)) }
    }

    /// The bytes, as an index into the text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The bytes from where the first of the two begins to where the last ends.
    #[must_use]
    pub fn through(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same bytes, seen from a text that begins `offset` bytes earlier.
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset..self.end as usize + offset)
    }
}

/// A span in a named file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file, from the site's root.
    pub path: ContentPath,
    /// Where in it.
    pub span: Span,
}

/// One file's text, held only while it is being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where the file stands, from the site's root.
    pub path: ContentPath,
    /// The whole text, as it is on disk.
    pub text: String,
}

/// Bytes as text, if they are UTF-8: most are, and are told so quickly.
///
/// # Errors
///
/// The bytes, with the place of the first that begins no character.
pub fn utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
    match simdutf8::basic::from_utf8(&bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => String::from_utf8(bytes),
    }
}

impl Source {
    /// A source out of a path and its text.
    pub fn new(path: ContentPath, text: impl Into<String>) -> Self {
        Self { path, text: text.into() }
    }

    /// A place in this file.
    pub fn place(&self, span: Span) -> Place {
        Place { path: self.path.clone(), span }
    }
}

/// A position a person can find: line and column, both from 1, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
}

impl Position {
    /// The position of byte `offset` in `text`. An offset inside a character counts as that character's; one past the
    /// end is the end. A byte order mark is not counted as a character of the first line.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = 1 + before.bytes().filter(|&byte| byte == b'\n').count();
        let column = 1 + before[line_start..].trim_start_matches('\u{feff}').chars().count();
        Self { line, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "été 🗺️ là\nœuvre";
        let offset = text.find("là").unwrap();
        assert_eq!(Position::of(text, offset), Position { line: 1, column: 8 });
        assert_eq!(Position::of(text, text.find("uvre").unwrap()), Position { line: 2, column: 2 });
    }

    #[test]
    fn a_byte_order_mark_takes_no_column() {
        assert_eq!(Position::of("\u{feff}+++", 3), Position { line: 1, column: 1 });
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        assert_eq!(Position::of("a\nb", 99), Position { line: 2, column: 2 });
    }
}
