//! Words written twice in a row, « de de », in a block's plain text.

use super::prose::Prose;
use crate::language::words::Words;
use std::ops::Range;

/// A word that stands twice in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DoubledWord {
    /// The word, as it is written the second time.
    pub word: String,
    /// Both, and what stands between, in the source.
    pub both: Range<usize>,
    /// The second with the white space before it, where nothing else stands between.
    pub second: Option<Range<usize>>,
}

/// Words that are right twice in a row: « nous nous réunissons », "he had had", « oui oui ». A text quotes the other language,
/// so there is one list for all.
const RIGHT_TWICE: [&str; 52] = [
    // Pronouns, auxiliaries, conjunctions.
    "nous", "vous", "en", "faire", "had", "that", "will", "may", "is", "was", "her", "in",
    "on", // Emphasis and interjections.
    "ah", "aïe", "bien", "bis", "bla", "blah", "bof", "boum", "bye", "chut", "eh", "ha", "hé", "hey", "ho",
    "hop", "là", "long", "many", "never", "no", "non", "oh", "oui", "si", "so", "toc", "très", "very", "yes",
    // Names of things.
    "agar", "bling", "cha", "gri", "kif", "tam", "tuk", "ylang", "yo",
];

/// What makes a Latin phrase of an `a` before it: « il en a a priori parlé ».
const BEHIND_LATIN_A: [&str; 6] = ["contrario", "fortiori", "maxima", "minima", "posteriori", "priori"];

/// Whether doubled words are looked for in a language, by its BCP 47 primary subtag: only where it is known what may stand
/// twice. Turkish doubles by its grammar, German by the order of its words (« Leute, die die Tür… »).
pub fn is_known(language: &str) -> bool {
    matches!(language, "fr" | "en")
}

/// The doubled words in `prose`, in order, which was written in `source` and falls into `words`.
pub fn doubled_words(prose: &Prose, words: &Words<'_>, source: &str) -> Vec<DoubledWord> {
    let doubled = |start| doubled_at(prose, source, start);
    let Some(words) = words.exact() else { return tokens(prose.text()).filter_map(doubled).collect() };
    let mut found = Vec::new();
    let mut before = words.first().map_or(0, |first| !first.hash);
    for word in words {
        if !word.begins_token {
            continue;
        }
        // Few tokens begin with the same word as the one before.
        if word.hash == before {
            found.extend(doubled(word.range().start));
        }
        before = word.hash;
    }
    found
}

/// Where all tokens begin.
fn tokens(text: &str) -> impl Iterator<Item = usize> {
    let mut is_behind_space = true;
    text.char_indices().filter_map(move |(at, character)| {
        let is_space = character.is_whitespace();
        let was_space = std::mem::replace(&mut is_behind_space, is_space);
        (was_space && !is_space).then_some(at)
    })
}

/// The word that begins at byte `start`, if it begins a token and ends the one before.
fn doubled_at(prose: &Prose, source: &str, start: usize) -> Option<DoubledWord> {
    let (above, rest) = prose.text().split_at(start);
    let until_first = Some(above.trim_end()).filter(|trimmed| trimmed.len() < above.len())?;
    let (before, first) = until_first.rsplit_once(char::is_whitespace).unwrap_or(("", until_first));
    let mut tokens = rest.split_whitespace();
    let second = tokens.next()?;
    let length = repeated(before.trim_end(), first, second)?;
    let is_latin = second[..length] == *"a" && tokens.next().is_some_and(is_behind_latin_a);
    let end = until_first.len();
    if is_latin || prose.is_verbatim(end - first.len()) || prose.is_verbatim(start) {
        return None;
    }
    Some(found(prose, source, end - length..end, start..start + length))
}

/// The length of the word that ends `first` and begins `second`, if it is one too many. `before` stands before both.
fn repeated(before: &str, first: &str, second: &str) -> Option<usize> {
    // Behind a mark nothing is doubled.
    if first.ends_with(|last: char| !last.is_alphabetic()) {
        return None;
    }
    let word = first.trim_start_matches(|opening: char| !opening.is_alphanumeric());
    let again = second.get(..word.len())?;
    let same = again == word
        || (begins_sentence(before, word.len() < first.len()) && differ_by_capital(word, again));
    let ends = |rest: &str| !rest.chars().any(char::is_alphanumeric);
    (same && is_word(again) && ends(&second[word.len()..])).then_some(word.len())
}

fn is_behind_latin_a(token: &str) -> bool {
    let word = token.trim_end_matches(|mark: char| !mark.is_alphanumeric());
    BEHIND_LATIN_A.contains(&word)
}

/// Whether a word in lower case may begin with a capital: at the beginning of a text or a sentence, or of what is quoted.
fn begins_sentence(before: &str, is_opened: bool) -> bool {
    is_opened
        || before.is_empty()
        || before.ends_with(['.', '!', '?', '…', ':', '»', '”', '—', '–', '«', '“', '('])
}

fn differ_by_capital(word: &str, again: &str) -> bool {
    let (mut one, mut other) = (word.chars(), again.chars());
    let capital = one.next().zip(other.next());
    capital.is_some_and(|(one, other)| one.to_lowercase().eq([other])) && one.as_str() == other.as_str()
}

/// Whether `text` is a word that should not stand twice. What begins with a capital is a name: « Bora Bora ».
fn is_word(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_alphabetic() || matches!(letter, '\'' | '’' | '-');
    let is_long_enough = text.chars().nth(1).is_some() || matches!(text, "a" | "à" | "y");
    is_long_enough
        && text.starts_with(char::is_lowercase)
        && text.chars().all(is_letter)
        && !RIGHT_TWICE.contains(&text)
}

fn found(prose: &Prose, source: &str, one: Range<usize>, other: Range<usize>) -> DoubledWord {
    let in_source = |range: &Range<usize>| prose.source_of(range.start)..prose.source_of(range.end - 1) + 1;
    let word = prose.text()[other.clone()].to_owned();
    let (first, second) = (in_source(&one), in_source(&other));
    let between = source.get(first.end..second.start);
    let is_plain =
        between.is_some_and(|between| between.trim().is_empty()) && source.get(second.clone()) == Some(&word);
    DoubledWord { word, both: first.start..second.end, second: is_plain.then_some(first.end..second.end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The doubled words of a text without marks.
    fn doubled(text: &str) -> Vec<String> {
        let mut prose = Prose::default();
        prose.push(text, 0..text.len());
        doubled_words(&prose, &Words::of(text), text)
            .into_iter()
            .map(|found| text[found.both].to_owned())
            .collect()
    }

    #[test]
    fn a_word_that_stands_twice_is_found() {
        for (text, both) in [
            ("Le sommet de de Minsk", "de de"),
            ("Le le sommet", "Le le"),
            ("Il dit : « Le le sommet »", "Le le"),
            ("the the", "the the"),
            ("il va à à Minsk, dit-on", "à à"),
            ("à l’été, l’été, dans (l’été l’été).", "l’été l’été"),
            ("peut-être peut-être.", "peut-être peut-être"),
            ("il en a a parlé", "a a"),
            ("au\u{a0}\nau nord", "au\u{a0}\nau"),
        ] {
            assert_eq!(doubled(text), [both], "{text}");
        }
        assert_eq!(doubled("de de de"), ["de de", "de de"]);
    }

    #[test]
    fn what_is_right_twice_is_left_alone() {
        for text in [
            "Nous nous sommes réunis, et vous vous taisez",
            "qu’en en parlant",
            "Bora Bora, Pago Pago, Baden Baden, Baden-Baden, Le Le",
            "les mémoires de De Gaulle",
            "He had had what that that meant",
            "She gave her her book; what it is is clear, what it was was not",
            "The rule came in in force, and went on on its own",
            "il en a a priori parlé, il l’a a posteriori nié, il a a minima, « il a a fortiori »",
            "In May may and Will will",
            "oui, oui, et non : non",
            "100 100 ou 3 3",
            "n n b b",
            "de de-là, rendez rendez-vous",
            "la LA la",
            "... ... — —",
            "https://x.example/ https://x.example/",
        ] {
            assert_eq!(doubled(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_capital_is_that_of_a_name_but_at_the_beginning_of_a_sentence() {
        assert_eq!(doubled("la loi Mark mark"), [""; 0]);
        assert_eq!(doubled("Fini. Mais mais on part"), ["Mais mais"]);
    }

    /// The same, by a walk over all tokens.
    fn by_tokens(text: &str) -> Vec<String> {
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let word = |at: usize| {
            let before = at.checked_sub(2).map_or("", |before| tokens[before]);
            let (first, second) = (tokens[at - 1], tokens[at]);
            let length = repeated(before, first, second)?;
            let is_latin =
                second[..length] == *"a" && tokens.get(at + 1).is_some_and(|next| is_behind_latin_a(next));
            (!is_latin).then(|| second[..length].to_owned())
        };
        (1..tokens.len()).filter_map(word).collect()
    }

    proptest::proptest! {
        #[test]
        fn what_the_words_tell_of_is_found_as_by_all_tokens(
            text in "((de|De|le|à|À|a|priori|être|ªª|mot2|m²|e\u{301}|[a-zé]|\\PC)?[ \n\u{a0}\u{3000}’.,«(-]{0,2}){0,24}"
        ) {
            let mut prose = Prose::default();
            prose.push(&text, 0..text.len());
            let found = doubled_words(&prose, &Words::of(&text), &text);
            let words: Vec<String> = found.into_iter().map(|found| found.word).collect();
            proptest::prop_assert_eq!(words, by_tokens(&text));
        }
    }
}
