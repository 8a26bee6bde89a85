//! A few bytes in the place of many.

use serde::{Deserialize, Serialize, Serializer};
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// The XXH3 hash of something, of 128 bits: equal for no two things that differ by accident. Who means to can make two; it is no
/// proof of anything to anybody else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

/// A finished value with its digest, which is taken once: what it is a part of is hashed by that.
#[derive(Debug)]
pub struct Digested<T> {
    value: T,
    digest: Digest,
}

impl<T> Digested<T> {
    /// The digest of the value.
    pub fn digest(&self) -> Digest {
        self.digest
    }
}

impl<T: Hash> From<T> for Digested<T> {
    fn from(value: T) -> Self {
        let digest = Digest::of(&value);
        Self { value, digest }
    }
}

impl<T> Deref for Digested<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> Hash for Digested<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.digest.hash(state);
    }
}

impl<T: Serialize> Serialize for Digested<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// What is hashed, gathered: things are hashed in many small parts, and XXH3 is quick with large ones. A large part is digested
/// where it is.
struct Bytes(Vec<u8>);

/// From how many bytes on a part is large.
const LARGE: usize = 512;

impl Hasher for Bytes {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        if bytes.len() < LARGE {
            self.0.extend_from_slice(bytes);
        } else {
            self.0.extend_from_slice(&xxh3_128(bytes).to_ne_bytes());
        }
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

    #[test]
    fn a_value_that_has_its_digest_is_hashed_by_it() {
        let [one, same, other] = ["a", "a", "b"].map(|text| Digested::from(text.repeat(1_000)));
        assert_eq!(Digest::of(&one), Digest::of(&same.digest()));
        assert_ne!(Digest::of(&one), Digest::of(&other));
        assert_eq!(one.len(), 1_000);
    }
}
