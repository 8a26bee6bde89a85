//! A few bytes in the place of many.

use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_128};

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
        let mut stream = Stream(Xxh3Default::new());
        what.hash(&mut stream);
        Self(stream.0.digest128())
    }
}

/// What is hashed, as a stream of bytes.
struct Stream(Xxh3Default);

impl Hasher for Stream {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        self.0.digest()
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
