//! Words of which one is sought.

/// Words in small letters, none of them empty.
#[derive(Clone, Copy, Debug)]
pub struct List {
    pub(super) words: &'static [&'static str],
    /// A bit for each, by its ends and its length: a word whose bit is not set is none of them.
    bits: u128,
}

impl List {
    /// The list of `words`.
    pub const fn of(words: &'static [&'static str]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < words.len() {
            bits |= bit(words[index].as_bytes());
            index += 1;
        }
        Self { words, bits }
    }

    /// Whether `word` may be one of them, but for the case of letters of ASCII.
    #[inline]
    pub(super) fn may_have(&self, word: &str) -> bool {
        self.bits & bit(word.as_bytes()) != 0
    }
}

/// The bit of a word, which is the same for its capitals.
const fn bit(word: &[u8]) -> u128 {
    match word {
        [first, .., last] => {
            let (first, last) = (first.to_ascii_lowercase() as usize, last.to_ascii_lowercase() as usize);
            1 << ((first * 5 + last * 11 + word.len() * 3) % 128)
        }
        [letter] => 1 << (letter.to_ascii_lowercase() as usize % 128),
        [] => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_may_have_its_words_in_any_case() {
        let list = List::of(&["à", "d", "océan", "premier"]);
        for word in ["à", "D", "OCéAN", "Premier"] {
            assert!(list.may_have(word), "{word}");
        }
        assert!(!list.may_have("") && !list.may_have("e"));
    }
}
