use super::*;
use proptest::prelude::*;

/// The words of a text, cut letter by letter: for each where it stands and its letters without case and accents.
fn cut(text: &str) -> Vec<(Range<usize>, String)> {
    let is_part = |letter: char| {
        let is_odd = matches!(letter, '\u{a0}'..='\u{bf}' | '\u{2070}'..='\u{207f}');
        !is_odd && (letter.is_alphanumeric() || is_combining_mark(letter))
    };
    let mut words: Vec<(Range<usize>, String)> = Vec::new();
    for (at, letter) in text.char_indices().filter(|&(_, letter)| is_part(letter)) {
        if words.last().is_none_or(|(range, _)| range.end < at) {
            words.push((at..at, String::new()));
        }
        if let Some((range, folded)) = words.last_mut() {
            range.end = at + letter.len_utf8();
            if !is_combining_mark(letter) {
                let base = letter.to_lowercase().nfd().find(|letter| !is_combining_mark(*letter));
                match base {
                    Some('œ') => folded.push_str("oe"),
                    Some('æ') => folded.push_str("ae"),
                    base => folded.extend(base),
                }
            }
        }
    }
    words
}

/// What stands between two words, as its name says.
fn joint(between: &str) -> Joint {
    let is_blank = !between.is_empty() && between.bytes().all(|byte| byte.is_ascii_whitespace());
    match between {
        " " | "\n" | "\u{a0}" | "\u{202f}" | "\u{2009}" => Joint::Space,
        "-" | "\u{2010}" | "\u{2011}" => Joint::Hyphen,
        "'" | "’" => Joint::Apostrophe,
        "." => Joint::Point,
        ". " | ".\n" | ".\u{a0}" => Joint::PointAndSpace,
        ", " | ",\n" => Joint::Comma,
        " & " => Joint::And,
        " (" | "\u{a0}(" => Joint::Bracket,
        _ if between.starts_with('.') || between.contains(['!', '?', '…', ';']) => Joint::Sentence,
        _ if between.matches('\n').count() > 1 => Joint::Sentence,
        _ if is_blank => Joint::Space,
        _ => Joint::Break,
    }
}

fn case(word: &str) -> Case {
    let letters: Vec<char> = word.chars().filter(|letter| !is_combining_mark(*letter)).collect();
    let capitals = letters.iter().filter(|letter| letter.is_uppercase()).count();
    match capitals {
        0 => Case::Small,
        _ if capitals == letters.len() && capitals > 1 => Case::Capitals,
        1 if letters[0].is_uppercase() => Case::Title,
        _ => Case::Mixed,
    }
}

fn texts(text: &str) -> Vec<&str> {
    let words = Words::of(text);
    (0..words.len()).map(|index| words.text(index)).collect()
}

fn hash(text: &str) -> u64 {
    Words::of(text).get(0).unwrap().hash
}

#[test]
fn a_text_falls_into_runs_of_letters_and_figures() {
    assert_eq!(texts("L’été 2022, à Saint-Étienne."), ["L", "été", "2022", "à", "Saint", "Étienne"]);
    assert_eq!(texts("internationalement"), ["internationalement"]);
    assert_eq!(texts("« e\u{301}te\u{301} »"), ["e\u{301}te\u{301}"]);
    assert_eq!(texts("m² × µ ÷ nº"), ["m", "n"]);
    assert_eq!(texts(" — … "), [""; 0]);
    assert!(Words::of("").is_empty());
}

#[test]
fn words_are_alike_whatever_their_case_and_accents() {
    for [one, other] in
        [["État", "ETAT"], ["e\u{301}tat", "état"], ["Cœur", "COEUR"], ["ÇA", "ca"], ["ÿ", "Y"]]
    {
        assert_eq!(hash(one), hash(other), "{one} and {other}");
    }
    for [one, other] in
        [["sept", "spet"], ["quatrevingt", "quatrevingts"], ["a", "aa"], ["abcdefgh", "abcdefg"]]
    {
        assert_ne!(hash(one), hash(other), "{one} and {other}");
    }
}

#[test]
fn raised_figures_and_combined_marks_make_words_inexact() {
    for text in ["m²", "x⁴", "nº 5", "½", "e\u{301}", "\u{301}", "⚠\u{fe0f}"] {
        assert!(Words::of(text).exact().is_none(), "{text}");
    }
    assert!(Words::of("L’État, 2022 : « œuvre » (Ελλάδα) — n° 5 …").exact().is_some());
}

#[test]
fn brackets_are_met_wherever_they_stand() {
    for text in ["[", "a]", "[a", "a [b] c", "a b ["] {
        assert!(Words::of(text).has_brackets(), "{text}");
    }
    assert!(!Words::of("(a) {b} <c>").has_brackets());
}

proptest! {
    #[test]
    fn words_are_cut_as_letter_by_letter(
        text in "(\\PC|[a-zA-Z0-9]|[a-zA-Zé]{1,9}|[ \\n\u{a0}’'.,;(\\[\\]&²ºµⁿ\u{301}ŒÆéÉ×-]){0,40}"
    ) {
        let (words, expected) = (Words::of(&text), cut(&text));
        let ranges: Vec<Range<usize>> = words.iter().map(|(_, word)| word.range()).collect();
        prop_assert_eq!(&ranges, &expected.iter().map(|(range, _)| range.clone()).collect::<Vec<_>>());
        prop_assert_eq!(words.tokens(), text.split_whitespace().count());
        prop_assert_eq!(words.has_brackets(), text.contains(['[', ']']));
        let letters: String = expected.iter().map(|(range, _)| &text[range.clone()]).collect();
        let is_exact = text.chars().filter(|letter| letter.is_alphanumeric()).eq(letters.chars());
        prop_assert_eq!(words.exact().is_some(), is_exact && !text.contains(is_combining_mark));
        let mut end = 0;
        for (index, word) in words.iter() {
            let between = &text[end..word.range().start];
            let written = words.text(index);
            prop_assert_eq!(word.joint, if index == 0 { Joint::Sentence } else { joint(between) }, "{:?}", between);
            prop_assert_eq!(word.begins_token, index == 0 || between.contains(char::is_whitespace));
            prop_assert_eq!(word.has_figures, written.contains(|letter: char| letter.is_ascii_digit()));
            prop_assert_eq!(word.case, case(written), "{:?}", written);
            for (other, (_, folded)) in words.iter().zip(&expected) {
                prop_assert_eq!(word.hash == other.1.hash, expected[index].1 == *folded);
            }
            end = word.range().end;
        }
    }
}
