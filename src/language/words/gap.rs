//! What stands between two words.

use super::Joint;
use unicode_normalization::char::is_combining_mark;

/// The characters between the end of a word, or of the text, and the next of either.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    /// Where the next word begins.
    pub end: usize,
    /// How many tokens begin in it, that of the next word among them.
    pub tokens: usize,
    /// The kinds of its characters, together.
    kinds: u8,
    line_ends: usize,
}

/// White space of ASCII.
const BLANK: u8 = 1;
/// Other white space.
const WIDE: u8 = 1 << 1;
/// A mark that may end a sentence wherever it stands.
const STOP: u8 = 1 << 2;
/// A square bracket.
const BRACKET: u8 = 1 << 3;
/// A letter or a figure that is part of no word: `²`, `º`.
const ODD: u8 = 1 << 4;
/// A quotation mark that tells whether it opens or closes: `«`, `”`.
const QUOTATION: u8 = 1 << 5;
/// Any other mark.
const MARK: u8 = 1 << 6;
/// What a word begins with.
const WORD: u8 = 0;

/// The kinds of the characters of ASCII.
const KINDS: [u8; 128] = {
    let mut kinds = [MARK; 128];
    let mut byte: u8 = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => WORD,
            0x0b => WIDE,
            b'\t'..=b'\r' | b' ' => BLANK,
            b'!' | b'?' | b';' => STOP,
            b'[' | b']' => BRACKET,
            _ => MARK,
        };
        byte += 1;
    }
    kinds
};

impl Gap {
    /// The gap that begins at byte `start` of `text`.
    pub(super) fn at(text: &str, start: usize) -> Self {
        let mut gap = Self { end: start, tokens: 0, kinds: 0, line_ends: 0 };
        let mut begins_token = start == 0;
        while let Some(&byte) = text.as_bytes().get(gap.end) {
            let (kind, length) = match KINDS.get(usize::from(byte)) {
                Some(&kind) => (kind, 1),
                None => kind_beyond_ascii(text, gap.end),
            };
            if kind & (BLANK | WIDE) != 0 {
                begins_token = true;
                gap.line_ends += usize::from(byte == b'\n');
            } else {
                gap.tokens += usize::from(begins_token);
                begins_token = false;
            }
            if kind == WORD {
                break;
            }
            gap.kinds |= kind;
            gap.end += length;
        }
        gap
    }

    /// Whether there is white space in it.
    #[inline]
    pub(super) fn has_space(&self) -> bool {
        self.kinds & (BLANK | WIDE) != 0
    }

    #[inline]
    pub(super) fn has_brackets(&self) -> bool {
        self.kinds & BRACKET != 0
    }

    #[inline]
    pub(super) fn has_quotations(&self) -> bool {
        self.kinds & QUOTATION != 0
    }

    /// Whether there are letters or figures in it.
    #[inline]
    pub(super) fn has_odd_figures(&self) -> bool {
        self.kinds & ODD != 0
    }

    /// What it is between two words; `between` is its text.
    pub(super) fn joint(&self, between: &[u8]) -> Joint {
        match between {
            b" " | b"\n" => Joint::Space,
            // A space that does not break, a narrow one, a thin one.
            [0xc2, 0xa0] | [0xe2, 0x80, 0xaf | 0x89] => Joint::Space,
            // The hyphen of ASCII, that of Unicode, the one that does not break.
            b"-" | [0xe2, 0x80, 0x90 | 0x91] => Joint::Hyphen,
            // `'` and `’`.
            b"'" | [0xe2, 0x80, 0x99] => Joint::Apostrophe,
            b"." => Joint::Point,
            b". " | b".\n" | [b'.', 0xc2, 0xa0] => Joint::PointAndSpace,
            b", " | b",\n" => Joint::Comma,
            b" & " => Joint::And,
            b" (" | [0xc2, 0xa0, b'('] => Joint::Bracket,
            [b'.', ..] => Joint::Sentence,
            _ if self.kinds & STOP != 0 || self.line_ends > 1 => Joint::Sentence,
            _ if self.kinds == BLANK => Joint::Space,
            _ => Joint::Break,
        }
    }
}

/// The kind of the character that begins at byte `at`, which is none of ASCII, and its length in bytes.
fn kind_beyond_ascii(text: &str, at: usize) -> (u8, usize) {
    match &text.as_bytes()[at..] {
        // Signs of Latin-1, as `«` and the space that does not break.
        [0xc2, sign, ..] => match *sign {
            0x85 | 0xa0 => (WIDE, 2),
            0xaa | 0xb2 | 0xb3 | 0xb5 | 0xb9 | 0xba | 0xbc..=0xbe => (ODD, 2),
            0xab | 0xbb => (QUOTATION, 2),
            _ => (MARK, 2),
        },
        // Letters of Latin-1, all but `×` and `÷`.
        [0xc3, letter, ..] => (if matches!(letter, 0x97 | 0xb7) { MARK } else { WORD }, 2),
        // Punctuation, as `’` and `…`, and spaces of many widths.
        [0xe2, 0x80, mark, ..] => match *mark {
            0x80..=0x8a | 0xa8 | 0xa9 | 0xaf => (WIDE, 3),
            0xa6 => (STOP, 3),
            0x9c | 0x9d => (QUOTATION, 3),
            _ => (MARK, 3),
        },
        _ => text[at..].chars().next().map_or((MARK, 1), |character| (kind(character), character.len_utf8())),
    }
}

fn kind(character: char) -> u8 {
    if character.is_whitespace() {
        WIDE
    } else if is_part_of_word(character) {
        WORD
    } else if character.is_alphanumeric() {
        ODD
    } else {
        MARK
    }
}

/// Whether a character beyond ASCII is part of a word: a letter, a figure on the line, or a mark that is combined with one.
pub(super) fn is_part_of_word(character: char) -> bool {
    let is_odd = matches!(character, '\u{80}'..='\u{bf}' | '\u{2070}'..='\u{207f}');
    !is_odd && (character.is_alphanumeric() || is_combining_mark(character))
}
