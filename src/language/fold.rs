use super::latin;
use unicode_normalization::UnicodeNormalization;

/// A text as a reader compares it: two spellings fold alike when a reader would call them the same.
///
/// Case, accents, ligatures, the kinds of apostrophe and invisible characters make no difference; hyphens and spaces of
/// every kind and number are one space, and none at the ends. It is a key for comparing, not a text for showing.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    if !text.chars().all(|character| push_common(&mut folded, character)) {
        folded.clear();
        // Decomposed again after the change of case, which may bring marks of its own (`İ`).
        text.nfkd()
            .flat_map(char::to_lowercase)
            .nfkd()
            .for_each(|character| push_any(&mut folded, character));
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Adds a character of which nearly all texts in Latin letters are made, and which folds alike wherever it stands. Says whether it
/// was one.
fn push_common(folded: &mut String, character: char) -> bool {
    if let Some(letter) = latin::base(character) {
        folded.push(letter);
        return true;
    }
    let is_common = matches!(character, '\0'..='\x7f' | '\u{a0}' | '\u{202f}' | '«' | '»' | '’');
    if is_common {
        push_any(folded, character);
    }
    is_common
}

/// Adds a decomposed character in lower case.
fn push_any(folded: &mut String, character: char) {
    match character {
        _ if is_accent(character) || is_invisible(character) => {}
        _ if character.is_whitespace() || is_hyphen(character) => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        '’' | '‘' | 'ʼ' | 'ʻ' | '′' => folded.push('\''),
        'ς' => folded.push('σ'),
        _ => match latin::ascii(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(character),
        },
    }
}

/// A label as Markdown compares it: two labels of notes or links are the same when they fold alike.
///
/// Case makes no difference, and a run of white space is one space, none at the ends; accents do make one. The fold of case
/// is a round trip through upper case, which gives the same classes as Unicode's full case folding: `ß`, `ẞ` and `SS` are
/// one.
pub fn fold_label(label: &str) -> String {
    let is_space = |character| matches!(character, ' ' | '\t'..='\r');
    let words: Vec<&str> = label.split(is_space).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().flat_map(fold_case).collect()
}

/// Full case folding of one character. Lower case comes first for `ẞ`, whose upper case is itself.
fn fold_case(character: char) -> impl Iterator<Item = char> {
    let dotless = (character == 'ı').then_some(character);
    let others = (character != 'ı').then(|| character.to_lowercase()).into_iter().flatten();
    dotless.into_iter().chain(others.flat_map(char::to_uppercase).flat_map(char::to_lowercase))
}

/// The marks a reader may leave out: accents, Arabic vowels, Hebrew points. Not those that are letters in their script, as
/// in Devanagari.
fn is_accent(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}' | '\u{5c7}'
        | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}')
}

/// Characters without a glyph of their own: soft hyphens, joiners, marks of direction and of presentation.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '־')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Parser, Tag};

    #[test]
    fn spellings_a_reader_calls_the_same_fold_alike() {
        let pairs = [
            ("États-Unis", "etats unis"),
            ("Côte d’Ivoire", "COTE D'IVOIRE"),
            ("Côte dʼIvoire", "Cote d'Ivoire"),
            ("Œuvre", "oeuvre"),
            ("É", "E\u{301}"),
            ("Guinée‑Bissau", "guinee – bissau"),
            ("  13\u{a0}janvier\t2022 ", "13 janvier 2022"),
            ("Türkiye", "TÜRKİYE"),
            ("Łódź", "lodz"),
            ("Straße", "STRASSE"),
            ("ΣΊΣΥΦΟΣ", "σισυφος"),
            ("Ёлка", "елка"),
            ("pu\u{ad}blic", "public"),
            ("ﬁn", "fin"),
        ];
        for (left, right) in pairs {
            assert_eq!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn different_words_fold_apart() {
        for (left, right) in [("Niger", "Nigeria"), ("l'eau", "leau"), ("हिन्दी", "हन्दी"), ("Iran", "Irak")]
        {
            assert_ne!(fold(left), fold(right), "{left} and {right}");
        }
    }

    #[test]
    fn labels_fold_case_and_white_space_and_keep_accents() {
        assert_eq!(fold_label("  TASS\t\n 1019 "), "tass 1019");
        assert_eq!(fold_label("Straße"), fold_label("STRASSE"));
        assert_eq!(fold_label("STRAẞE"), fold_label("strasse"));
        assert_eq!(fold_label("ΣΟΦΟΣ"), fold_label("σοφος"));
        assert_ne!(fold_label("été"), fold_label("ete"));
        assert_ne!(fold_label("a\u{a0}b"), fold_label("a b"));
        assert_ne!(fold_label("a-b"), fold_label("a b"));
        assert_eq!(fold_label(" \n"), "");
    }

    #[test]
    fn labels_match_as_the_markdown_parser_matches_them() {
        let with_case = ('\u{80}'..=char::MAX).filter(|c| fold_label(&c.to_string()) != c.to_string());
        let dotless = ['ı', 'I'].map(|c| (c.to_string(), "i".to_owned()));
        for (call, label) in with_case.map(|c| (c.to_string(), fold_label(&c.to_string()))).chain(dotless) {
            let markdown = format!("[é{call}]\n\n[É{label}]: /there");
            let resolved =
                Parser::new(&markdown).any(|event| matches!(event, Event::Start(Tag::Link { .. })));
            assert_eq!(resolved, fold_label(&call) == fold_label(&label), "{call:?} and {label:?}");
        }
    }

    proptest! {
        #[test]
        fn common_characters_fold_as_all_others_do(text in "[\u{0}-\u{ff}\u{202f}’ -]{0,12}") {
            let mut folded = String::new();
            if text.chars().all(|character| push_common(&mut folded, character)) {
                let mut slowly = String::new();
                text.nfkd().flat_map(char::to_lowercase).nfkd().for_each(|character| push_any(&mut slowly, character));
                prop_assert_eq!(folded, slowly);
            }
        }

        #[test]
        fn folding_twice_is_folding_once(text in "\\PC{0,24}|[\u{0}-\u{17f}\u{300}-\u{345}’ß-]{0,12}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
            let label = fold_label(&text);
            prop_assert_eq!(fold_label(&label), label);
        }
    }
}
