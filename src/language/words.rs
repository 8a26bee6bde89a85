//! A text cut into words, each with its place and what stands before it. Whatever is sought by its words is sought in one cut.

mod folded;
mod gap;
mod list;
mod run;
mod shape;
#[cfg(test)]
mod tests;

use gap::Gap;
pub use list::List;
use run::Run;
use shape::Shape;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text cut into words.
#[derive(Debug)]
pub struct Words<'t> {
    text: &'t str,
    words: Vec<Word>,
    tokens: usize,
    is_exact: bool,
    has_brackets: bool,
    has_quotations: bool,
}

/// A run of letters, or of figures, with the marks that are combined with them.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    start: u32,
    end: u32,
    /// What its letters are without case and accents: alike for « État », « ETAT » and « état ».
    pub hash: u64,
    /// What stands between it and the word before.
    pub joint: Joint,
    /// How it is written.
    pub case: Case,
    /// Whether it is the first in its token: white space stands between it and the word before, whatever else does.
    pub begins_token: bool,
    /// Whether one of the figures from 0 to 9 stands in it.
    pub has_figures: bool,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// One space of any kind, or the end of a line.
    Space,
    /// One that joins: `-`.
    Hyphen,
    /// One that elides: `’`.
    Apostrophe,
    /// A period with nothing after it: `U.S`.
    Point,
    /// A period and a space, which may end a sentence or an abbreviation: `St. Lucia`.
    PointAndSpace,
    /// A comma and a space.
    Comma,
    /// “&” between spaces.
    And,
    /// A space and an opening bracket.
    Bracket,
    /// The beginning of the text, or of a sentence.
    Sentence,
    /// Anything else.
    Break,
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Small letters, or letters without case, or figures.
    Small,
    /// A capital first: `Niger`.
    Title,
    /// Capitals, of which there are several: `NIGER`.
    Capitals,
    /// `McDonald`, `iPhone`.
    Mixed,
}

/// How far the end of a sentence is sought, in words.
const REACH: usize = 80;

impl<'t> Words<'t> {
    /// The words of `text`.
    pub fn of(text: &'t str) -> Self {
        let mut cut = Self {
            text,
            words: Vec::with_capacity(text.len() / 5),
            tokens: 0,
            is_exact: true,
            has_brackets: false,
            has_quotations: false,
        };
        let bytes = text.as_bytes();
        let mut end = 0;
        while end < bytes.len() {
            // Most words stand one space behind another, and begin with a letter of ASCII.
            let spaced = (end > 0 && bytes[end] == b' ').then(|| Run::at(bytes, end + 1));
            let (start, joint, begins_token, run) = match spaced {
                Some(run) if !run.is_empty() => {
                    cut.tokens += 1;
                    (end + 1, Joint::Space, true, run)
                }
                _ => {
                    let gap = Gap::at(text, end);
                    cut.pass(&gap);
                    if gap.end == bytes.len() {
                        break;
                    }
                    let joint =
                        if cut.is_empty() { Joint::Sentence } else { gap.joint(&bytes[end..gap.end]) };
                    (gap.end, joint, gap.has_space() || cut.is_empty(), Run::at(bytes, gap.end))
                }
            };
            let shape = Shape::of(text, start, run);
            cut.is_exact &= !shape.has_marks;
            end = shape.end;
            let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else { break };
            cut.words.push(Word {
                start: from,
                end: to,
                hash: shape.hash,
                joint,
                case: shape.case,
                begins_token,
                has_figures: shape.has_figures,
            });
        }
        cut
    }

    fn pass(&mut self, gap: &Gap) {
        self.tokens += gap.tokens;
        self.is_exact &= !gap.has_odd_figures();
        self.has_brackets |= gap.has_brackets();
        self.has_quotations |= gap.has_quotations();
    }

    /// How many tokens the text has: runs of characters without white space.
    pub fn tokens(&self) -> usize {
        self.tokens
    }

    /// The words, where they are just the runs of letters and figures that the text has: no figure is raised (`m²`), no mark is
    /// combined with a letter.
    pub fn exact(&self) -> Option<&[Word]> {
        self.is_exact.then_some(&self.words)
    }

    /// Whether a square bracket stands in the text.
    pub fn has_brackets(&self) -> bool {
        self.has_brackets
    }

    /// Whether one of the quotation marks `«»“”` stands in the text.
    pub fn has_quotations(&self) -> bool {
        self.has_quotations
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The word at `index`.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    /// The words at `range`, if it is all within the text.
    #[inline]
    pub fn slice(&self, range: Range<usize>) -> Option<&[Word]> {
        self.words.get(range)
    }

    /// All of them, each with its index.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate()
    }

    /// The word as it is written; empty where there is none.
    #[inline]
    pub fn text(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| &self.text[word.range()])
    }

    /// Whether the word ends with the letters of `ending`, which are of ASCII, in either case.
    pub fn ends_with(&self, index: usize, ending: &str) -> bool {
        let word = self.text(index).as_bytes();
        let last = word.len().checked_sub(ending.len()).map(|start| &word[start..]);
        last.is_some_and(|last| last.eq_ignore_ascii_case(ending.as_bytes()))
    }

    /// Whether the word is one of `list`.
    pub fn is_one_of(&self, index: usize, list: &List) -> bool {
        let word = self.text(index);
        if list.may_have(word) && list.words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return true;
        }
        // « À », or a letter and its mark apart.
        let is_odd =
            |letter: char| !letter.is_ascii() && (letter.is_uppercase() || is_combining_mark(letter));
        !word.is_ascii() && word.chars().any(is_odd) && list.words.contains(&small(word).as_str())
    }

    /// What stands between the word at `index` and the one before; at the end of the text, what a sentence begins with.
    #[inline]
    pub fn joint(&self, index: usize) -> Joint {
        self.words.get(index).map_or(Joint::Sentence, |word| word.joint)
    }

    /// Where these words stand in the text, in bytes.
    pub fn range(&self, words: &Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The words of the sentence in which these stand.
    /// Of a sentence without end, a stretch on both sides.
    pub fn sentence(&self, words: &Range<usize>) -> Range<usize> {
        let begins = |index: &usize| {
            matches!(self.joint(*index), Joint::Sentence)
                || self.joint(*index) == Joint::PointAndSpace && self.words[*index].case != Case::Small
        };
        let first = words.start.saturating_sub(REACH);
        let last = self.words.len().min(words.end + REACH);
        let start = (first..=words.start).rev().find(begins).unwrap_or(first);
        let end = (words.end..last).find(begins).unwrap_or(last);
        start..end
    }
}

impl Word {
    /// Where it stands in the text, in bytes.
    #[inline]
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// `text` in small letters, composed.
pub fn small(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else if text.chars().all(|letter| letter < FIRST_COMBINING) {
        text.chars().flat_map(char::to_lowercase).collect()
    } else {
        text.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// Before this one there are neither marks that are combined with letters nor characters that are other ones composed.
const FIRST_COMBINING: char = '\u{300}';
