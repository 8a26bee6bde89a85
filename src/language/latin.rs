use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The small letter that a common letter of Latin script is without its accent; a figure is itself. Nothing for all others.
#[inline]
pub(crate) fn base(letter: char) -> Option<char> {
    Some(match letter {
        'a'..='z' | '0'..='9' => letter,
        'A'..='Z' => letter.to_ascii_lowercase(),
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        _ => return None,
    })
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
