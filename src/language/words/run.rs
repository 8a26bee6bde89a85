//! Up to eight letters and figures of ASCII, looked at in one go.

/// The letters and figures that stand in a row at one place of a text, as far as they are ASCII: eight at most.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// In small letters, the first in the lowest byte; nought behind the last.
    pub small: u64,
    /// How many there are.
    pub length: u32,
    /// A bit for each capital.
    capitals: u64,
    /// A bit for each figure.
    figures: u64,
}

/// How many a run has at most.
pub(super) const LONGEST: u32 = 8;

/// One in each byte.
const ONES: u64 = u64::MAX / 0xff;
/// The bit of each byte that ASCII leaves free.
const HIGH: u64 = ONES << 7;
/// The bit that small letters have and capitals have not. Figures have it too.
const SMALL: u64 = ONES << 5;

impl Run {
    /// The run that begins at byte `at`.
    #[inline]
    pub(super) fn at(bytes: &[u8], at: usize) -> Self {
        let chunk = eight(bytes, at);
        let low = chunk & !HIGH;
        let small = low | SMALL;
        // In each byte the highest bit tells, and no sum goes beyond its byte.
        let letters = (small + FROM_A) & !(small + BEYOND_Z);
        let figures = (low + FROM_0) & !(low + BEYOND_9) & HIGH;
        let others = (!(letters | figures) | chunk) & HIGH;
        let kept = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
        Self {
            small: small & kept,
            length: others.trailing_zeros() / 8,
            capitals: !chunk & SMALL & kept,
            figures: figures & kept,
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    #[inline]
    pub(super) fn has_figures(&self) -> bool {
        self.figures != 0
    }

    /// How many capitals are among them.
    #[inline]
    pub(super) fn capitals(&self) -> u32 {
        // Each is one in its byte, and all add up in the highest.
        if self.capitals == 0 { 0 } else { ((self.capitals >> 5).wrapping_mul(ONES) >> 56) as u32 }
    }

    #[inline]
    pub(super) fn begins_with_capital(&self) -> bool {
        self.capitals & 0xff != 0
    }
}

/// What lifts each byte from `a` on to 128 or more by addition; and so with the others.
const FROM_A: u64 = lift(b'a');
const BEYOND_Z: u64 = lift(b'z' + 1);
const FROM_0: u64 = lift(b'0');
const BEYOND_9: u64 = lift(b'9' + 1);

const fn lift(byte: u8) -> u64 {
    ONES * (0x80 - byte as u64)
}

/// The eight bytes from `at` on, the first in the lowest; nought behind the last of the text.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let from =
        |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).map(|eight| u64::from_le_bytes(*eight));
    from(at).unwrap_or_else(|| {
        let rest = bytes.get(at..).unwrap_or_default();
        rest.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte))
    })
}
