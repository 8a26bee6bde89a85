//! The words of a text, each with the place where it stands and what stands before it.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text cut into words.
#[derive(Debug)]
pub(in crate::atlas) struct Words<'t> {
    text: &'t str,
    words: Vec<Word>,
}

/// A run of letters, or of figures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    start: u32,
    end: u32,
    /// What its letters are without case and accents: alike for « État », « ETAT » and « état ».
    pub(super) hash: u64,
    /// What stands between it and the word before.
    pub(super) joint: Joint,
    pub(super) case: Case,
}

/// What stands between two words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::atlas) enum Joint {
    /// One space of any kind, or the end of a line.
    Space,
    Hyphen,
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
pub(super) enum Case {
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
    pub(super) fn of(text: &'t str) -> Self {
        let mut words = Vec::with_capacity(text.len() / 5);
        let bytes = text.as_bytes();
        let (mut at, mut end) = (0, 0);
        while at < bytes.len() {
            let Some(width) = letter_at(text, at) else {
                at += 1;
                continue;
            };
            let joint = if words.is_empty() { Joint::Sentence } else { joint(&text[end..at]) };
            let start = at;
            let mut shape = Shape::default();
            let mut next = Some(width);
            while let Some(width) = next {
                shape.take(&text[at..at + width]);
                at += width;
                next = if at < bytes.len() { letter_at(text, at) } else { None };
            }
            end = at;
            let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { break };
            words.push(Word { start, end, hash: shape.hash(), joint, case: shape.case() });
        }
        Self { text, words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate()
    }

    /// The word as it is written.
    pub(super) fn text(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| &self.text[word.start as usize..word.end as usize])
    }

    /// The word in small letters, composed; empty where there is none.
    pub(super) fn small(&self, index: usize) -> String {
        small(self.text(index))
    }

    /// What stands between the word at `index` and the one before; at the end of the text, what a sentence begins with.
    pub(super) fn joint(&self, index: usize) -> Joint {
        self.words.get(index).map_or(Joint::Sentence, |word| word.joint)
    }

    /// Where these words stand in the text, in bytes.
    pub(super) fn range(&self, words: &Range<usize>) -> Range<usize> {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) => first.start as usize..last.end as usize,
            _ => 0..0,
        }
    }

    /// The words of the sentence in which these stand.
    /// Of a sentence without end, a stretch on both sides.
    pub(in crate::atlas) fn sentence(&self, words: &Range<usize>) -> Range<usize> {
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

/// `text` in small letters, composed.
pub(super) fn small(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// How many bytes the letter, figure or mark at `at` takes; nothing if it is none.
fn letter_at(text: &str, at: usize) -> Option<usize> {
    match text.as_bytes()[at] {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Some(1),
        byte if byte < 0xc2 => None,
        // Punctuation from U+2000 to U+206F, and the no-break space and quotation marks of Latin-1.
        0xe2 if matches!(text.as_bytes().get(at + 1), Some(0x80 | 0x81)) => None,
        _ => {
            let letter = text[at..].chars().next()?;
            (letter.is_alphanumeric() || is_combining_mark(letter)).then(|| letter.len_utf8())
        }
    }
}

/// What `between`, the text between two words, is.
fn joint(between: &str) -> Joint {
    match between {
        " " | "\n" | "\u{a0}" | "\u{202f}" | "\u{2009}" => Joint::Space,
        "-" | "\u{2010}" | "\u{2011}" => Joint::Hyphen,
        "'" | "’" | "ʼ" => Joint::Apostrophe,
        "." => Joint::Point,
        ". " | ".\n" | ".\u{a0}" => Joint::PointAndSpace,
        ", " | ",\n" => Joint::Comma,
        " & " => Joint::And,
        " (" | "\u{a0}(" => Joint::Bracket,
        _ if ends_sentence(between) => Joint::Sentence,
        _ if !between.is_empty() && between.trim().is_empty() && !between.contains("\n\n") => Joint::Space,
        _ => Joint::Break,
    }
}

fn ends_sentence(between: &str) -> bool {
    between.contains(['!', '?', '…', ';']) || between.contains("\n\n") || between.starts_with('.')
}

/// A word as its letters come.
#[derive(Default)]
struct Shape {
    hash: u64,
    letters: u32,
    capitals: u32,
    begins_with_capital: bool,
}

const MULTIPLIER: u64 = 0x0000_0100_0000_01b3;
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

impl Shape {
    fn take(&mut self, letter: &str) {
        let bytes = letter.as_bytes();
        if let [byte] = bytes {
            let is_capital = byte.is_ascii_uppercase();
            self.count(is_capital);
            self.mix(byte.to_ascii_lowercase());
            return;
        }
        let Some(letter) = letter.chars().next() else { return };
        if is_combining_mark(letter) {
            return;
        }
        self.count(letter.is_uppercase());
        let mut folded =
            [letter].into_iter().flat_map(char::to_lowercase).nfd().filter(|mark| !is_combining_mark(*mark));
        match folded.next() {
            Some('œ') => b"oe".iter().for_each(|&byte| self.mix(byte)),
            Some('æ') => b"ae".iter().for_each(|&byte| self.mix(byte)),
            Some(base) => {
                let mut room = [0; 4];
                base.encode_utf8(&mut room).bytes().for_each(|byte| self.mix(byte));
            }
            None => {}
        }
    }

    fn count(&mut self, is_capital: bool) {
        self.begins_with_capital |= is_capital && self.letters == 0;
        self.letters += 1;
        self.capitals += u32::from(is_capital);
    }

    fn mix(&mut self, byte: u8) {
        if self.hash == 0 {
            self.hash = OFFSET;
        }
        self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(MULTIPLIER);
    }

    fn hash(&self) -> u64 {
        self.hash ^ (self.hash >> 32)
    }

    fn case(&self) -> Case {
        match (self.capitals, self.letters) {
            (0, _) => Case::Small,
            (capitals, letters) if capitals == letters && letters > 1 => Case::Capitals,
            (1, _) if self.begins_with_capital => Case::Title,
            _ => Case::Mixed,
        }
    }
}
