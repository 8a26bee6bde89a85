//! The pages that were shown, each as it was last good: of a brief with an error no page can be made any more, for its text
//! is another one.

use std::collections::{BTreeMap, VecDeque};

/// How many bytes are kept. Picked by feel: some hundreds of pages.
const MOST: usize = 32 << 20;

/// The last pages that were made.
#[derive(Debug, Default)]
pub(super) struct Kept {
    pages: BTreeMap<String, Vec<u8>>,
    /// The files of the pages, the one made longest ago first.
    order: VecDeque<String>,
    bytes: usize,
}

impl Kept {
    /// Keeps the page of this file.
    pub(super) fn keep(&mut self, file: &str, page: &[u8]) {
        if let Some(before) = self.pages.insert(file.to_owned(), page.to_owned()) {
            self.bytes -= before.len();
            self.order.retain(|known| known != file);
        }
        self.order.push_back(file.to_owned());
        self.bytes += page.len();
        while self.bytes > MOST
            && let Some(oldest) = self.order.pop_front()
        {
            self.bytes -= self.pages.remove(&oldest).map_or(0, |page| page.len());
        }
    }

    /// The page of this file, if it was made.
    pub(super) fn get(&self, file: &str) -> Option<&[u8]> {
        self.pages.get(file).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_are_kept() {
        let mut kept = Kept::default();
        kept.keep("a", b"1");
        kept.keep("b", b"2");
        kept.keep("a", b"3");
        kept.keep("c", &vec![0; MOST - 1]);
        assert_eq!((kept.get("a"), kept.get("b")), (Some(b"3".as_slice()), None));
        kept.keep("d", &vec![0; MOST + 1]);
        assert_eq!((kept.get("a"), kept.get("d"), kept.bytes), (None, None, 0));
    }
}
