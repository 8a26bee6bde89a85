//! A few bytes in the place of many.

use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The XXH3 hash of something, of 128 bits: equal for no two things that differ by accident. Who means to can make two; it is no
/// proof of anything to anybody else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest(u128);

impl Digest {
    /// The digest of bytes.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The digest of anything that can be hashed.
    pub fn of(what: &(impl Hash + ?Sized)) -> Self {
        let mut bytes = Bytes(Vec::with_capacity(4_096));
        what.hash(&mut bytes);
        Self::of_bytes(&bytes.0)
    }
}

/// What is hashed, gathered: things are hashed in many small parts, and XXH3 is quick with large ones.
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    #[inline]
    fn write_u8(&mut self, byte: u8) {
        self.0.push(byte);
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.0.extend_from_slice(&number.to_ne_bytes());
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_string_ends_and_the_next_begins_counts() {
        assert_ne!(Digest::of(&("ab", "c")), Digest::of(&("a", "bc")));
        assert_eq!(Digest::of("a"), Digest::of(&String::from("a")));
        assert_ne!(Digest::of_bytes(b"a"), Digest::of_bytes(b"b"));
    }
}
