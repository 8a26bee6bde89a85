//! Words written twice in a row, « de de », in a block's plain text.

use super::prose::Prose;
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

/// The doubled words in `prose`, in order, which was written in `source`; and how many words there are in all, since both
/// take a walk from space to space.
pub fn doubled_words(prose: &Prose, source: &str) -> (Vec<DoubledWord>, usize) {
    let mut doubled = Vec::new();
    let mut count = 0;
    let text = prose.text();
    let (mut before, mut first) = (0..0, 0..0);
    let mut next = token(text, 0);
    while let Some(second) = next {
        next = token(text, second.end);
        count += 1;
        let follows = || next.clone().is_some_and(|next| is_behind_latin_a(&text[next]));
        if may_repeat(text, &first, &second)
            && let Some(length) = repeated(&text[before], &text[first.clone()], &text[second.clone()])
            && !(text[second.start..][..length] == *"a" && follows())
            && !prose.is_verbatim(first.start)
            && !prose.is_verbatim(second.start)
        {
            let one = first.end - length..first.end;
            let other = second.start..second.start + length;
            doubled.push(found(prose, source, one, other));
        }
        before = std::mem::replace(&mut first, second);
    }
    (doubled, count)
}

/// The first run of characters without white space from byte `at` on.
fn token(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = at;
    loop {
        match SPACE[usize::from(*bytes.get(start)?)] {
            Space::No => break,
            Space::Yes => start += 1,
            Space::Begins => match space_at(text, start) {
                Some(length) => start += length,
                None => break,
            },
        }
    }
    let mut end = start;
    while let Some(&byte) = bytes.get(end) {
        match SPACE[usize::from(byte)] {
            Space::No => {}
            Space::Yes => break,
            Space::Begins if space_at(text, end).is_some() => break,
            Space::Begins => {}
        }
        end += 1;
    }
    Some(start..end)
}

/// Whether a byte is white space, as Unicode's `White_Space` has it, or may begin a character that is.
#[derive(Clone, Copy, PartialEq)]
enum Space {
    No,
    Yes,
    Begins,
}

const SPACE: [Space; 256] = {
    let mut space = [Space::No; 256];
    let single = [b' ', b'\t', b'\n', 0x0b, 0x0c, b'\r'];
    let first = [0xc2, 0xe1, 0xe2, 0xe3];
    let mut index = 0;
    while index < single.len() {
        space[single[index] as usize] = Space::Yes;
        index += 1;
    }
    let mut index = 0;
    while index < first.len() {
        space[first[index]] = Space::Begins;
        index += 1;
    }
    space
};

/// The length of the white space of several bytes that begins at `at`, if it does.
fn space_at(text: &str, at: usize) -> Option<usize> {
    let character = text.get(at..)?.chars().next()?;
    character.is_whitespace().then_some(character.len_utf8())
}

/// Whether two tokens may be one word twice, as far as their bytes tell: most do not even begin alike.
fn may_repeat(text: &str, first: &Range<usize>, second: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let (Some(&one), Some(&other)) = (bytes.get(first.start), bytes.get(second.start)) else { return false };
    !first.is_empty() && (!one.is_ascii_alphanumeric() || one.eq_ignore_ascii_case(&other))
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
        doubled_words(&prose, text).0.into_iter().map(|found| text[found.both].to_owned()).collect()
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
}
