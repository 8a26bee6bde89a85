//! What a page is made of, in a few bytes: two pages with the same fingerprint are the same page.
//!
//! A page's bytes follow from its view and from what renders it, so the hash of the view is all that has to be remembered of
//! a page to know that it need not be made again. It is taken in parts, to say what has changed.

use super::plan::Planned;
use super::view::{Content, View};
use super::{FeedFormat, Page};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};

/// The first half of a BLAKE3 hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest([u8; 16]);

/// The fingerprint of a page's view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Where the page is, and what all pages of the site show.
    pub frame: Digest,
    /// What its own file says, if one does.
    pub text: Digest,
    /// All that it shows.
    pub whole: Digest,
}

impl Digest {
    /// The digest of anything that can be hashed.
    pub fn of(what: &(impl Hash + ?Sized)) -> Self {
        let mut bytes = Bytes::default();
        what.hash(&mut bytes);
        let hash = blake3::hash(&bytes.0);
        let mut digest = [0; 16];
        digest.copy_from_slice(&hash.as_bytes()[..16]);
        Self(digest)
    }
}

impl Fingerprint {
    /// The fingerprint of a planned page with this view.
    pub fn of(view: &View, planned: &Planned) -> Self {
        let format = match planned.page {
            Page::Feed(_, FeedFormat::Json) => 1_u8,
            _ => 0,
        };
        let text = match &view.content {
            Content::Brief(page) => Digest::of(&page.brief.text),
            Content::StandAlone(page) => Digest::of(&page.document.text),
            _ => Digest::default(),
        };
        Self {
            frame: Digest::of(&(&view.frame.site, planned.address.as_str())),
            text,
            whole: Digest::of(&(view, planned.address.as_str(), format)),
        }
    }
}

/// What is hashed, as bytes: one hash of many is cheaper than many of a few.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        unreachable!("the bytes are what is wanted")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_one_string_ends_and_the_next_begins_counts() {
        assert_ne!(Digest::of(&("ab", "c")), Digest::of(&("a", "bc")));
        assert_eq!(Digest::of("a"), Digest::of(&String::from("a")));
    }
}
