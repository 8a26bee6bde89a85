//! Addresses: where each page stands in the site, and how one page's link to another is written.

use crate::config::LinkStyle;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A page's or file's place in the site: `/` and the path from the site's root, whatever the base URL. A page ends in `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address(Arc<str>);

impl Address {
    /// The address of a path written by Dépêche itself; a leading slash is added where it lacks.
    pub fn new(path: impl AsRef<str>) -> Self {
        let path = path.as_ref();
        Self(if path.starts_with('/') { path.into() } else { format!("/{path}").into() })
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address `segment` below this one.
    pub fn below(&self, segment: &str) -> Self {
        Self(format!("{}{segment}", self.0).into())
    }

    /// The path of its file in the output.
    pub fn file(&self) -> String {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
    }

    /// The address as a URL of the site at `base`, which ends in `/`.
    pub fn absolute(&self, base: &str) -> String {
        format!("{base}{}", encoded(self.0.trim_start_matches('/')))
    }

    /// The address as a link in the page at `from` writes it: relative, so that a site works under any base URL.
    pub fn relative(&self, from: &Self, style: LinkStyle) -> String {
        let (from, to) = (from.as_str(), self.as_str());
        let shared = shared_folder(from.as_bytes(), to.as_bytes());
        let mut link = String::with_capacity(from.len() + to.len() + "index.html".len());
        for &byte in &from.as_bytes()[shared..] {
            if byte == b'/' {
                link.push_str("../");
            }
        }
        link.push_str(&encoded(&to[shared..]));
        if to.ends_with('/') && style == LinkStyle::File {
            link.push_str("index.html");
        }
        if link.is_empty() { "./".to_owned() } else { link }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.0)
    }
}

/// How long the path is of the last folder that both are in.
fn shared_folder(one: &[u8], other: &[u8]) -> usize {
    let mut shared = 0;
    for (at, (one, other)) in one.iter().zip(other).enumerate() {
        if one != other {
            break;
        }
        if *one == b'/' {
            shared = at + 1;
        }
    }
    shared
}

/// A path percent-encoded for a URL (RFC 3986: all but unreserved characters, sub-delimiters, `:`, `@` and `/`).
pub fn encoded(path: &str) -> Cow<'_, str> {
    let Some(first) = path.bytes().position(|byte| !PLAIN[usize::from(byte)]) else {
        return Cow::Borrowed(path);
    };
    let mut url = String::with_capacity(path.len() * 3 / 2);
    url.push_str(&path[..first]);
    for byte in path[first..].bytes() {
        if PLAIN[usize::from(byte)] {
            url.push(char::from(byte));
        } else {
            url.extend(encoded_byte(byte).map(char::from));
        }
    }
    url.into()
}

/// A byte, percent-encoded.
pub(super) fn encoded_byte(byte: u8) -> [u8; 3] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    [b'%', DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]
}

/// The bytes that stand in a URL as they are.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        plain[byte] = matches!(
            byte as u8,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'('
                | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/'
        );
        byte += 1;
    }
    plain
};

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: &str, to: &str) -> String {
        Address::new(to).relative(&Address::new(from), LinkStyle::Folder)
    }

    #[test]
    fn links_are_relative_to_the_page_that_holds_them() {
        assert_eq!(link("/", "/pays/armenie/"), "pays/armenie/");
        assert_eq!(link("/briefs/minsk/", "/briefs/erevan/"), "../erevan/");
        assert_eq!(link("/briefs/minsk/", "/"), "../../");
        assert_eq!(link("/briefs/minsk/", "/courrier.css"), "../../courrier.css");
        assert_eq!(link("/briefs/minsk/", "/briefs/minsk/"), "./");
        assert_eq!(link("/atom.xml", "/a/"), "a/");
    }

    #[test]
    fn a_site_on_a_disk_names_its_files() {
        let link = Address::new("/").relative(&Address::new("/a/"), LinkStyle::File);
        assert_eq!(link, "../index.html");
        let link = Address::new("/x.css").relative(&Address::new("/a/"), LinkStyle::File);
        assert_eq!(link, "../x.css");
    }

    #[test]
    fn the_file_of_a_page_is_an_index() {
        assert_eq!(Address::new("/").file(), "index.html");
        assert_eq!(Address::new("/a/b/").file(), "a/b/index.html");
        assert_eq!(Address::new("/sitemap.xml").file(), "sitemap.xml");
    }

    #[test]
    fn urls_are_encoded() {
        let address = Address::new("/briefs/приказ/");
        assert!(
            address.absolute("https://x.example/revue/").starts_with("https://x.example/revue/briefs/%D0%BF")
        );
    }
}
