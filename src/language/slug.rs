use super::fold::is_invisible;
use super::latin;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// The greatest number of characters in a slug.
const LONGEST: usize = 80;

/// A text as part of an address: « L'OTSC se réunit à Minsk » becomes `l-otsc-se-reunit-a-minsk`.
///
/// Words are in lower case and joined by single hyphens. Latin letters are written in ASCII; those of other scripts are
/// kept, so that a Russian title has an address too. At most 80 characters, cut between words. A text without a letter or a
/// figure gives an empty slug.
pub fn slug(text: &str) -> String {
    slug_within(text, LONGEST)
}

/// The same, of another length: at most `longest` characters, cut between words.
pub fn slug_within(text: &str, longest: usize) -> String {
    let mut words = Words::default();
    for character in normal(text).chars() {
        if character.is_ascii_alphanumeric() {
            words.push(character);
        } else if let Some(letters) = latin::ascii(character) {
            letters.chars().for_each(|letter| words.push(letter));
        } else if let Some(base) = ascii_base(character) {
            words.push(base);
        } else if is_combining_mark(character) {
            words.push_mark(character);
        } else if character.is_alphanumeric() && !is_enclosed(character) {
            words.push(character);
        } else {
            words.end();
        }
    }
    shortened(words.joined, longest)
}

/// Words in the making, joined by hyphens.
#[derive(Default)]
struct Words {
    joined: String,
    ended: bool,
}

impl Words {
    fn push(&mut self, character: char) {
        if self.ended && !self.joined.is_empty() {
            self.joined.push('-');
        }
        self.ended = false;
        self.joined.push(character);
    }

    /// Adds a mark to the letter it belongs to. On ASCII it is an accent, and left out.
    fn push_mark(&mut self, mark: char) {
        if !self.ended && self.joined.ends_with(|last: char| !last.is_ascii()) {
            self.joined.push(mark);
        }
    }

    fn end(&mut self) {
        self.ended = true;
    }
}

/// Compatibility forms resolved, invisible characters gone, in lower case.
fn normal(text: &str) -> String {
    if is_normal(text) {
        let lower = text.to_lowercase();
        return if is_normal(&lower) { lower } else { lower.nfkc().collect() };
    }
    let visible: String = text.nfkc().filter(|character| !is_invisible(*character)).collect();
    visible.to_lowercase().nfkc().collect()
}

/// Whether it is seen at a glance that a text has neither compatibility forms nor invisible characters.
fn is_normal(text: &str) -> bool {
    let is_normal = |text: &str| is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    text.is_ascii() || (!text.chars().any(is_invisible) && is_normal(text))
}

/// The ASCII letter that a letter is with marks on it.
fn ascii_base(character: char) -> Option<char> {
    std::iter::once(character).nfd().next().filter(char::is_ascii_alphanumeric)
}

/// Letters in circles and squares, which Unicode counts as letters and people as pictures.
fn is_enclosed(character: char) -> bool {
    matches!(character, '\u{1f100}'..='\u{1f1ff}')
}

fn shortened(mut slug: String, longest: usize) -> String {
    if let Some((end, next)) = slug.char_indices().nth(longest) {
        let between_words = if next == '-' { Some(end) } else { slug[..end].rfind('-') };
        slug.truncate(between_words.unwrap_or(end));
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_title_becomes_part_of_an_address() {
        let cases = [
            ("L'OTSC se réunit à Minsk", "l-otsc-se-reunit-a-minsk"),
            ("L’œuvre — n° 5 : « l’été »", "l-oeuvre-n-5-l-ete"),
            ("Zażółć gęślą jaźń", "zazolc-gesla-jazn"),
            ("Łódź", "lodz"),
            ("Diyarbakır’da İstanbul IŞIK", "diyarbakir-da-istanbul-isik"),
            ("Straße GROẞ Österreich", "strasse-gross-osterreich"),
            ("Þingvellir, Ærø, Đồng", "thingvellir-aero-dong"),
            ("Azərbaycan", "azerbaycan"),
            ("Путин в Минске: Ёлка и Йод", "путин-в-минске-ёлка-и-йод"),
            ("قمة منسك", "قمة-منسك"),
            ("हिन्दी समाचार", "हिन्दी-समाचार"),
            ("東京。会議", "東京-会議"),
            ("서울", "서울"),
            ("../../etc/passwd", "etc-passwd"),
            ("1er mars 2024", "1er-mars-2024"),
            ("Les 10 000 m²", "les-10-000-m2"),
            ("№ 5 ﬁn", "no-5-fin"),
            ("a\u{200b}b\u{ad}c\u{202e}d", "abcd"),
            ("e\u{301}te\u{301}", "ete"),
            ("🇫🇷🗺️ 🅰️", ""),
            ("  —  ", ""),
            ("", ""),
        ];
        for (title, expected) in cases {
            assert_eq!(slug(title), expected, "{title}");
        }
    }

    #[test]
    fn a_long_title_is_cut_between_words() {
        assert_eq!(slug(&"minsk ".repeat(30)), ["minsk"; 13].join("-"));
        // Exactly 80 characters, then another word.
        let exact = format!("{}-{}", "a".repeat(40), "b".repeat(39));
        assert_eq!(slug(&exact), exact);
        assert_eq!(slug(&format!("{exact} c")), exact);
        assert_eq!(slug(&format!("{exact}c")), "a".repeat(40));
        assert_eq!(slug(&"é".repeat(100)), "e".repeat(80));
        assert_eq!(slug(&"京".repeat(100)), "京".repeat(80));
        assert_eq!(slug_within("Un sommet à Minsk", 12), "un-sommet-a");
        assert_eq!(slug_within(&"minsk ".repeat(30), usize::MAX), ["minsk"; 30].join("-"));
    }

    proptest! {
        #[test]
        fn a_slug_is_safe_in_an_address_and_its_own_slug(text in "(?s).{0,120}|\\PC{0,40}|[a-zÀ-ʯ ./'-]{0,120}") {
            let slug = slug(&text);
            let safe = |character: char| match character {
                '-' => true,
                _ if character.is_ascii() => character.is_ascii_lowercase() || character.is_ascii_digit(),
                _ => character.is_alphanumeric() || is_combining_mark(character),
            };
            prop_assert!(slug.chars().all(safe), "{slug:?}");
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{slug:?}");
            prop_assert!(slug.chars().count() <= LONGEST);
            prop_assert_eq!(super::slug(&slug), slug);
        }
    }
}
