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
    pub(in crate::atlas) fn of(text: &'t str) -> Self {
        let mut words = Vec::with_capacity(text.len() / 5);
        let bytes = text.as_bytes();
        let (mut at, mut end) = (0, 0);
        while let Some(&byte) = bytes.get(at) {
            let start = at;
            if SMALL[usize::from(byte)] == 0 && byte < FIRST_OF_LETTERS {
                at += 1;
                continue;
            }
            let mut shape = Shape::default();
            at = shape.take_word(text, start);
            if at == start {
                at += 1;
                continue;
            }
            let joint = match end {
                _ if words.is_empty() => Joint::Sentence,
                end if start == end + 1 && bytes[end] == b' ' => Joint::Space,
                end => joint(&text[end..start]),
            };
            end = at;
            let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else { break };
            words.push(Word { start: from, end: to, hash: shape.hash(), joint, case: shape.case() });
        }
        Self { text, words }
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<&Word> {
        self.words.get(index)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Word)> {
        self.words.iter().enumerate()
    }

    /// The word as it is written.
    #[inline]
    pub(super) fn text(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| &self.text[word.start as usize..word.end as usize])
    }

    /// The word in small letters, composed; empty where there is none.
    pub(super) fn small(&self, index: usize) -> String {
        small(self.text(index))
    }

    /// Whether the word is one of `list`, which is in small letters.
    pub(super) fn is_one_of(&self, index: usize, list: &[&str]) -> bool {
        let word = self.text(index);
        if list.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            return true;
        }
        // « À », or a letter and its mark apart.
        let is_odd =
            |letter: char| !letter.is_ascii() && (letter.is_uppercase() || is_combining_mark(letter));
        !word.is_ascii() && word.chars().any(is_odd) && list.contains(&small(word).as_str())
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
    } else if text.chars().all(|letter| letter < FIRST_COMBINING) {
        text.chars().flat_map(char::to_lowercase).collect()
    } else {
        text.nfc().flat_map(char::to_lowercase).collect()
    }
}

/// Before this one there are neither marks that are combined with letters nor characters that are other ones composed.
const FIRST_COMBINING: char = '\u{300}';

/// What `between`, the text between two words, is.
fn joint(between: &str) -> Joint {
    let is_blank = || between.bytes().all(|byte| byte.is_ascii_whitespace());
    let is_gap = || between.bytes().filter(|&byte| byte == b'\n').count() > 1;
    match between {
        " " | "\n" | "\u{a0}" | "\u{202f}" | "\u{2009}" => Joint::Space,
        "-" | "\u{2010}" | "\u{2011}" => Joint::Hyphen,
        "'" | "’" | "ʼ" => Joint::Apostrophe,
        "." => Joint::Point,
        ". " | ".\n" | ".\u{a0}" => Joint::PointAndSpace,
        ", " | ",\n" => Joint::Comma,
        " & " => Joint::And,
        " (" | "\u{a0}(" => Joint::Bracket,
        _ if between.starts_with('.') || between.contains(['!', '?', '…', ';']) || is_gap() => {
            Joint::Sentence
        }
        _ if !between.is_empty() && is_blank() => Joint::Space,
        _ => Joint::Break,
    }
}

/// A word as its letters come.
#[derive(Default)]
struct Shape {
    hash: u64,
    letters: u32,
    capitals: u32,
    begins_with_capital: bool,
}

/// The multiplier of the hash, odd and without pattern; that of FxHash.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

/// The letters from U+00C0 to U+00FF without case and accents; nought for those that are not one ASCII letter with a mark.
const LATIN: [u8; 64] = *b"aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

/// What an ASCII letter or figure is in small letters; nought for all other bytes.
const SMALL: [u8; 256] = {
    let mut small = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            small[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    small
};

/// The first byte that may begin a letter or a figure beyond ASCII.
const FIRST_OF_LETTERS: u8 = 0xc3;

fn mixed(hash: u64, byte: u8) -> u64 {
    (hash.rotate_left(5) ^ u64::from(byte)).wrapping_mul(MULTIPLIER)
}

impl Shape {
    /// Takes all of the word that begins at `at`, and says where it ends: there, if none does.
    fn take_word(&mut self, text: &str, mut at: usize) -> usize {
        let bytes = text.as_bytes();
        loop {
            at += self.take_ascii(&bytes[at..]);
            let width = match bytes.get(at) {
                Some(FIRST_OF_LETTERS..) => self.take(text, at),
                _ => 0,
            };
            if width == 0 {
                return at;
            }
            at += width;
        }
    }

    /// Takes the ASCII letters and figures that `bytes` begins with, which most words are made of, and says how many.
    fn take_ascii(&mut self, bytes: &[u8]) -> usize {
        let (mut hash, mut capitals, mut length) = (self.hash, 0, 0);
        for &byte in bytes {
            let small = SMALL[usize::from(byte)];
            if small == 0 {
                break;
            }
            capitals += u32::from(byte != small);
            hash = mixed(hash, small);
            length += 1;
        }
        if self.letters == 0 && length > 0 {
            self.begins_with_capital = bytes[0] != SMALL[usize::from(bytes[0])];
        }
        (self.hash, self.capitals) = (hash, self.capitals + capitals);
        // A word is shorter than the text, whose places are of 32 bits.
        self.letters = self.letters.saturating_add(length as u32);
        length
    }

    /// Takes the letter, figure or mark of `text` at `at`, and says how many bytes it has: none if it is another character.
    /// Those of ASCII are taken already.
    fn take(&mut self, text: &str, at: usize) -> usize {
        let byte = text.as_bytes()[at];
        match byte {
            ..FIRST_OF_LETTERS => 0,
            // The letters of Latin-1 are most that French has besides.
            0xc3 => match text.as_bytes().get(at + 1).map(|&next| LATIN[usize::from(next & 0x3f)]) {
                Some(base) if base != 0 => {
                    self.count(text.as_bytes()[at + 1] < 0x9f);
                    self.mix(base);
                    2
                }
                _ => text[at..].chars().next().map_or(0, |letter| self.take_letter(letter)),
            },
            // Punctuation from U+2000 to U+206F.
            0xe2 if matches!(text.as_bytes().get(at + 1), Some(0x80 | 0x81)) => 0,
            _ => text[at..].chars().next().map_or(0, |letter| self.take_letter(letter)),
        }
    }

    fn take_letter(&mut self, letter: char) -> usize {
        if matches!(letter, '\u{a0}'..='\u{bf}' | '×' | '÷') {
            return 0;
        }
        if is_combining_mark(letter) {
            return letter.len_utf8();
        }
        if !letter.is_alphanumeric() {
            return 0;
        }
        self.count(letter.is_uppercase());
        let mut folded = [letter].into_iter().flat_map(char::to_lowercase).nfd();
        match folded.find(|mark| !is_combining_mark(*mark)) {
            Some('œ') => b"oe".iter().for_each(|&byte| self.mix(byte)),
            Some('æ') => b"ae".iter().for_each(|&byte| self.mix(byte)),
            Some(base) => {
                let mut room = [0; 4];
                base.encode_utf8(&mut room).bytes().for_each(|byte| self.mix(byte));
            }
            None => {}
        }
        letter.len_utf8()
    }

    fn count(&mut self, is_capital: bool) {
        self.begins_with_capital |= is_capital & (self.letters == 0);
        self.letters += 1;
        self.capitals += u32::from(is_capital);
    }

    fn mix(&mut self, byte: u8) {
        self.hash = mixed(self.hash, byte);
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
