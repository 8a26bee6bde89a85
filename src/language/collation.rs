use super::{for_language, latin};
use icu_collator::CollatorBorrowed;
use icu_collator::options::{CollatorOptions, Strength};
use icu_locale_core::LanguageIdentifier;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// A text's place in the order of a language's words: keys compare as [`compare`](super::Language::compare) compares texts.
///
/// It is for sorting in memory; its bytes change with the Unicode data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey(Box<[u8]>);

/// The order of a language's words.
pub(super) struct Collation {
    words: CollatorBorrowed<'static>,
    /// Sees letters alone: neither accents nor case.
    letters: CollatorBorrowed<'static>,
    dotted_i: bool,
}

impl Collation {
    pub(super) fn new(language: &LanguageIdentifier) -> Self {
        let mut letters_alone = CollatorOptions::default();
        letters_alone.strength = Some(Strength::Primary);
        Self {
            words: for_language(language, |it| {
                CollatorBorrowed::try_new(it.into(), CollatorOptions::default())
            }),
            letters: for_language(language, |it| CollatorBorrowed::try_new(it.into(), letters_alone)),
            dotted_i: matches!(language.language.as_str(), "tr" | "az"),
        }
    }

    pub(super) fn compare(&self, left: &str, right: &str) -> Ordering {
        self.words.compare(left, right).then_with(|| left.cmp(right))
    }

    pub(super) fn sort_key(&self, text: &str) -> SortKey {
        let mut key = Vec::new();
        let Ok(()) = self.words.write_sort_key_to(text, &mut key);
        // The collator writes no zero, so a shorter key stays before a longer one that begins with it.
        key.push(0);
        key.extend_from_slice(text.as_bytes());
        SortKey(key.into())
    }

    pub(super) fn initial(&self, text: &str) -> String {
        let first = text.nfkc().find(|character| character.is_alphanumeric());
        let Some(letter) = first.filter(|character| !character.is_numeric()) else { return "#".to_owned() };
        let letter = self.upper(letter);
        let plain = letter.chars().map(latin::plain).collect::<String>().to_uppercase();
        // An accented letter that is one of the alphabet keeps its own place: Å in Swedish, Ñ in Spanish.
        let under = if self.letters.compare(&letter, &plain) == Ordering::Equal { plain } else { letter };
        under.chars().take(1).collect()
    }

    fn upper(&self, letter: char) -> String {
        if self.dotted_i && letter == 'i' { "İ".to_owned() } else { letter.to_uppercase().nfc().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, language};
    use proptest::prelude::*;

    fn sorted(language: &Language, words: &[&str]) -> Vec<String> {
        let mut words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        words.sort_by(|left, right| language.compare(left, right));
        words
    }

    #[test]
    fn accented_letters_stand_with_their_letter_in_french() {
        let names =
            ["États-Unis", "Espagne", "Émirats", "Oman", "Égypte", "Équateur", "Œuvre", "Zambie", "Estonie"];
        let expected =
            ["Égypte", "Émirats", "Équateur", "Espagne", "Estonie", "États-Unis", "Œuvre", "Oman", "Zambie"];
        assert_eq!(sorted(&language("fr"), &names), expected);
    }

    #[test]
    fn the_order_is_the_language_s_own() {
        assert_eq!(sorted(&language("sv"), &["Ö", "Z", "O"]), ["O", "Z", "Ö"]);
        assert_eq!(sorted(&language("de"), &["Ö", "Z", "O"]), ["O", "Ö", "Z"]);
    }

    #[test]
    fn a_text_stands_under_its_letter() {
        let cases = [
            ("fr", "Égypte", "E"),
            ("fr", "œuvre", "O"),
            ("fr", "« À propos »", "A"),
            ("fr", "5e République", "#"),
            ("fr", "…", "#"),
            ("fr", "", "#"),
            ("sv", "Åland", "Å"),
            ("fr", "Åland", "A"),
            ("es", "ñandú", "Ñ"),
            ("de", "Österreich", "O"),
            ("pl", "Łódź", "Ł"),
            ("tr", "ıslak", "I"),
            ("tr", "istanbul", "İ"),
            ("ru", "ёлка", "Е"),
            ("ru", "Йошкар-Ола", "Й"),
            ("ja", "東京", "東"),
        ];
        for (tag, text, expected) in cases {
            assert_eq!(language(tag).initial(text), expected, "{text} in {tag}");
        }
    }

    proptest! {
        #[test]
        fn sort_keys_are_in_the_order_of_their_texts(left in "\\PC{0,12}|[aàeéEÉoœ -]{0,5}", right in "\\PC{0,12}|[aàeéEÉoœ -]{0,5}") {
            let french = language("fr");
            prop_assert_eq!(french.sort_key(&left).cmp(&french.sort_key(&right)), french.compare(&left, &right));
        }

        #[test]
        fn only_equal_texts_compare_as_equal(left in "[eé\u{301}\u{0}]{0,3}", right in "[eé\u{301}\u{0}]{0,3}") {
            prop_assert_eq!(language("fr").compare(&left, &right).is_eq(), left == right);
        }
    }
}
