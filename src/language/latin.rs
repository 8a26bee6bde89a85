use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters from U+00C0 to U+00FF without case and accents; nought for those that are not one ASCII letter with a mark.
pub(super) const LATIN: [u8; 64] =
    *b"aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0\0aaaaaa\0ceeeeiiii\0nooooo\0\0uuuuy\0y";

/// The small letter that a common letter of Latin script is without its accent; a figure is itself. Nothing for all others.
#[inline]
pub(crate) fn base(letter: char) -> Option<char> {
    match letter {
        'a'..='z' | '0'..='9' => Some(letter),
        'A'..='Z' => Some(letter.to_ascii_lowercase()),
        'À'..='ÿ' => {
            let base = LATIN[letter as usize - 'À' as usize];
            (base != 0).then_some(char::from(base))
        }
        _ => None,
    }
}

/// The ASCII letters for a lower-case Latin letter that Unicode does not decompose: `œ` is `oe`, `ł` is `l`.
pub(super) fn ascii(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'þ' => "th",
        'ŋ' => "ng",
        'ĳ' => "ij",
        'ƀ' | 'ɓ' => "b",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ə' | 'ɛ' | 'ǝ' => "e",
        'ɣ' => "g",
        'ħ' => "h",
        'ı' | 'ɨ' | 'ɩ' => "i",
        'ƙ' | 'ĸ' => "k",
        'ł' => "l",
        'ɲ' => "n",
        'ø' | 'ɔ' => "o",
        'ŧ' => "t",
        'ʋ' => "v",
        'ƴ' => "y",
        'ƶ' => "z",
        _ => return None,
    })
}

/// A letter without its marks, in lower case, and in ASCII where it is a Latin one: « É » is `e`, « Œ » is `oe`, « Ё » is `е`.
pub(super) fn plain(letter: char) -> String {
    let mut plain = String::new();
    for part in letter.to_lowercase().nfd().filter(|part| !is_combining_mark(*part)) {
        match ascii(part) {
            Some(letters) => plain.push_str(letters),
            None => plain.push(part),
        }
    }
    plain
}
