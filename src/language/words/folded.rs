//! A word's letters without case and accents, as one number.

/// The letters of a word as they come, eight to a number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Folded {
    hash: u64,
    /// Letters that are not mixed yet, the first in the lowest byte.
    waiting: u64,
    /// How many bits they take, fewer than 64.
    bits: u32,
}

/// The multiplier of the hash, odd and without pattern; that of FxHash.
const MULTIPLIER: u64 = 0x517c_c1b7_2722_0a95;

impl Folded {
    /// Adds the bytes of some letters, the first in the lowest: as many as `count` says, at most eight.
    #[inline]
    pub(super) fn push(&mut self, letters: u64, count: u32) {
        self.waiting |= letters << self.bits;
        let bits = self.bits + 8 * count;
        if bits < 64 {
            self.bits = bits;
            return;
        }
        self.hash = mixed(self.hash, self.waiting);
        self.waiting = letters.checked_shr(64 - self.bits).unwrap_or_default();
        self.bits = bits - 64;
    }

    /// The number that all words of these letters have, and others hardly ever: never two of fewer than eight.
    #[inline]
    pub(super) fn hash(self) -> u64 {
        let hash = mixed(self.hash, self.waiting);
        // The highest bits tell most, the lowest are looked at.
        hash ^ (hash >> 47)
    }
}

/// The same number for a word of fewer than eight letters, each of one byte.
#[inline]
pub(super) fn hash_of_few(letters: u64) -> u64 {
    Folded { waiting: letters, ..Folded::default() }.hash()
}

#[inline]
fn mixed(hash: u64, letters: u64) -> u64 {
    (hash.rotate_left(5) ^ letters).wrapping_mul(MULTIPLIER)
}
