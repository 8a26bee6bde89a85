//! A word as its letters come.

use super::Case;
use super::folded::{Folded, hash_of_few};
use super::gap::is_part_of_word;
use super::run::{self, Run};
use crate::language::latin::LATIN;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What there is to know of a word, once it has been passed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Where it ends.
    pub end: usize,
    /// What its letters are without case and accents.
    pub hash: u64,
    pub case: Case,
    /// Whether one of the figures from 0 to 9 is in it.
    pub has_figures: bool,
    /// Whether marks are combined with its letters.
    pub has_marks: bool,
}

/// A word of which some letters have been taken.
#[derive(Clone, Copy, Debug, Default)]
struct Letters {
    end: usize,
    folded: Folded,
    has_figures: bool,
    has_marks: bool,
    count: u32,
    capitals: u32,
    begins_with_capital: bool,
}

/// The first byte that may begin a letter or a figure beyond ASCII.
const FIRST_OF_LETTERS: u8 = 0xc3;

impl Shape {
    /// The word that begins at byte `start` of `text`, with the letters of `run`, if they are of ASCII.
    #[inline]
    pub(super) fn of(text: &str, start: usize, run: Run) -> Self {
        let end = start + run.length as usize;
        if run.length == run::LONGEST || may_go_on(text.as_bytes(), end) {
            return Self::long(text, start, run);
        }
        Self {
            end,
            hash: hash_of_few(run.small),
            case: case(run.capitals(), run.length, run.begins_with_capital()),
            has_figures: run.has_figures(),
            has_marks: false,
        }
    }

    /// The same, of more letters than a run has, or of some beyond ASCII.
    #[inline(never)]
    fn long(text: &str, start: usize, first: Run) -> Self {
        let bytes = text.as_bytes();
        let mut letters = Letters { end: start, ..Letters::default() };
        let mut run = first;
        loop {
            letters.take_run(run);
            let goes_on =
                run.length == run::LONGEST || may_go_on(bytes, letters.end) && letters.take_next(text);
            if !goes_on {
                break;
            }
            run = Run::at(bytes, letters.end);
        }
        Self {
            end: letters.end,
            hash: letters.folded.hash(),
            case: case(letters.capitals, letters.count, letters.begins_with_capital),
            has_figures: letters.has_figures,
            has_marks: letters.has_marks,
        }
    }
}

impl Letters {
    #[inline]
    fn take_run(&mut self, run: Run) {
        self.begins_with_capital |= run.begins_with_capital() & (self.count == 0);
        self.folded.push(run.small, run.length);
        self.has_figures |= run.has_figures();
        self.count += run.length;
        self.capitals += run.capitals();
        self.end += run.length as usize;
    }

    /// Takes the letter, figure or mark beyond ASCII that follows, if one does.
    #[inline]
    fn take_next(&mut self, text: &str) -> bool {
        // The letters of Latin-1 are most that French has besides.
        if let [0xc3, second, ..] = text.as_bytes()[self.end..]
            && let base @ 1.. = LATIN[usize::from(second & 0x3f)]
        {
            self.count(second < 0x9f);
            self.folded.push(base.into(), 1);
            self.end += 2;
            return true;
        }
        let Some(letter) = text[self.end..].chars().next().filter(|&letter| is_part_of_word(letter)) else {
            return false;
        };
        self.end += letter.len_utf8();
        if is_combining_mark(letter) {
            self.has_marks = true;
        } else {
            self.count(letter.is_uppercase());
            let (base, length) = folded(letter);
            self.folded.push(base, length);
        }
        true
    }

    #[inline]
    fn count(&mut self, is_capital: bool) {
        self.begins_with_capital |= is_capital & (self.count == 0);
        self.count += 1;
        self.capitals += u32::from(is_capital);
    }
}

/// A letter without case and accents, as [`Folded::push`] takes it.
#[inline(never)]
fn folded(letter: char) -> (u64, u32) {
    let mut base = [letter].into_iter().flat_map(char::to_lowercase).nfd();
    match base.find(|mark| !is_combining_mark(*mark)) {
        Some('œ') => (u64::from_le_bytes(*b"oe\0\0\0\0\0\0"), 2),
        Some('æ') => (u64::from_le_bytes(*b"ae\0\0\0\0\0\0"), 2),
        Some(base) => {
            let mut bytes = [0; 8];
            let length = base.encode_utf8(&mut bytes).len();
            (u64::from_le_bytes(bytes), length as u32)
        }
        None => (0, 0),
    }
}

#[inline]
fn case(capitals: u32, letters: u32, begins_with_capital: bool) -> Case {
    match capitals {
        0 => Case::Small,
        _ if capitals == letters && letters > 1 => Case::Capitals,
        1 if begins_with_capital => Case::Title,
        _ => Case::Mixed,
    }
}

/// Whether a letter beyond ASCII may stand at byte `at`: no sign of Latin-1 does, and none of the marks that follow words, as `’`.
#[inline]
fn may_go_on(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at) {
        Some(0xe2) => bytes.get(at + 1) != Some(&0x80),
        Some(&byte) => byte >= FIRST_OF_LETTERS,
        None => false,
    }
}
