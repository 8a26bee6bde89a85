use std::ops::Range;
use std::sync::Arc;

use super::Position;

/// A text whose lines and characters have been counted once, so that a place in it is found without reading it again.
#[derive(Clone, Debug)]
pub struct Lines {
    text: Arc<str>,
    /// Where each line begins.
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes: a line may be a megabyte long.
    characters: Vec<usize>,
}

const BLOCK: usize = 1024;

impl Lines {
    /// Counts the lines and characters of `text`. A line ends at `\n`; there is always one line, if an empty one.
    pub fn new(text: Arc<str>) -> Self {
        let newlines = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        let mut characters = vec![0];
        let mut total = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            total += begun(block);
            characters.push(total);
        }
        Self { text, starts, characters }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The number of the line, from 1, that byte `offset` stands in. One past the end stands in the last.
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// The bytes of line `number`, from 1, without its end (`\n` or `\r\n`) and without the file's byte order mark. Empty
    /// at the end of the text where there is no such line.
    pub fn line(&self, number: usize) -> Range<usize> {
        let Some(&start) = self.starts.get(number.saturating_sub(1)) else {
            return self.text.len()..self.text.len();
        };
        let end = self.starts.get(number.max(1)).map_or(self.text.len(), |next| next - 1);
        let line = &self.text[start..end];
        let mark = if start == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let carriage_return = usize::from(end < self.text.len() && line.ends_with('\r'));
        start + mark..end - carriage_return
    }

    /// The position of byte `offset`, as [`Position::of`] has it.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.floor(offset);
        let line = self.number(offset);
        let start = self.line(line).start;
        let column = 1 + self.characters_before(offset).saturating_sub(self.characters_before(start));
        Position { line, column }
    }

    /// The beginning of the character that byte `offset` is in, or the end of the text.
    pub fn floor(&self, offset: usize) -> usize {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.characters[block] + begun(&self.text.as_bytes()[block * BLOCK..offset])
    }
}

/// How many characters begin among these bytes: all but those that continue one.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counting_once_gives_the_same_positions_as_counting_each_time(
            mark in "\u{feff}?", text in "[a-zé🗺\r\n]{0,40}", times in 1..200_usize, offset in 0..20_000_usize,
        ) {
            let text: Arc<str> = (mark + &text.repeat(times)).into();
            prop_assert_eq!(Lines::new(Arc::clone(&text)).position(offset), Position::of(&text, offset));
        }
    }

    #[test]
    fn a_line_is_without_its_end_and_the_first_without_the_byte_order_mark() {
        let lines = Lines::new("\u{feff}un\r\ndeux\r\n".into());
        let line = |number| &lines.text()[lines.line(number)];
        assert_eq!([line(1), line(2), line(3), line(4)], ["un", "deux", "", ""]);
        assert_eq!(lines.position(0), Position { line: 1, column: 1 });
        assert_eq!(lines.position(3), Position { line: 1, column: 1 });
        assert_eq!(lines.position(99), Position { line: 3, column: 1 });
    }
}
