//! What a writer left for later and should not be printed: `FIXME`, « À VÉRIFIER », « [chiffre à compléter] ».

use super::prose::Prose;
use super::removal;
use crate::language::fold;
use crate::language::words::{Case, Words};
use std::ops::Range;

/// Words in capitals by which people mark what is not done. `TK` is to come, in English newsrooms.
const MARKS: [&str; 4] = ["FIXME", "TODO", "XXX", "TK"];

/// What makes the name of a company of a `TK` before it.
const COMPANIES_BEHIND_TK: [&str; 2] = ["Elevator", "Maxx"];

/// What follows `À` or `A` in such a mark.
const TO_DO: [&str; 5] = ["VÉRIFIER", "VERIFIER", "COMPLÉTER", "COMPLETER", "CONFIRMER"];

/// How such a remark between brackets ends, folded.
const REMARKS: [&str; 4] = ["a completer", "a confirmer", "a preciser", "a verifier"];

/// The longest remark between brackets, in bytes. Picked by feel.
const LONGEST_REMARK: usize = 160;

/// Nouns that a Roman number follows, folded: « chapitre XXX ».
const NUMBERED: [&str; 27] = [
    "acte",
    "annex",
    "annexe",
    "annexes",
    "appendix",
    "art",
    "article",
    "articles",
    "book",
    "bowl",
    "chap",
    "chapitre",
    "chapitres",
    "chapter",
    "chapters",
    "livre",
    "livres",
    "olympiade",
    "part",
    "partie",
    "section",
    "sections",
    "titre",
    "title",
    "tome",
    "vol",
    "volume",
];

/// The marks left in `text`, in order, which falls into `words`.
pub fn leftovers(text: &str, words: &Words<'_>) -> Vec<Range<usize>> {
    let mut left: Vec<Range<usize>> = Vec::new();
    let mut look = |at: usize| {
        let is_within = left.last().is_some_and(|mark| at < mark.end);
        if may_begin(text.as_bytes(), at) && !is_within {
            left.extend(mark_at(text, at).map(|length| at..at + length));
        }
    };
    match words.exact().filter(|_| !words.has_brackets()) {
        Some(words) => {
            for word in words {
                // Few words have capitals.
                if word.case != Case::Small {
                    look(word.range().start);
                }
            }
        }
        None => (0..text.len()).for_each(look),
    }
    left
}

/// What to delete for the mark at `mark` of a block's prose to go, where the words around it make a sentence without it: a
/// reminder behind them, or between brackets. What stands for something that is still missing, `XXX`, is not deleted.
pub fn removal(prose: &Prose, source: &str, mark: Range<usize>) -> Option<Range<usize>> {
    let text = prose.text();
    if stands_for_something(&text[mark.clone()]) {
        return None;
    }
    let (before, after) = (&text[..mark.start], &text[mark.end..]);
    if before.ends_with('(') && after.starts_with(')') {
        return removal::words(prose, source, mark.start - 1..mark.end + 1);
    }
    let is_bracketed = text[mark.clone()].starts_with('[');
    let next = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']).chars().next();
    let is_last = next.is_none_or(|next| ".,;!?…)»".contains(next));
    (is_bracketed || is_last).then(|| removal::words(prose, source, mark)).flatten()
}

/// Whether a mark holds the place of words to come. Any other says of words that are there what is to be done.
fn stands_for_something(mark: &str) -> bool {
    let mark = fold(mark.trim_matches(['[', ']']));
    ["xxx", "tk"].iter().any(|start| mark.starts_with(start))
        || ["completer", "preciser"].iter().any(|ending| mark.ends_with(ending))
}

/// Whether a mark may begin at byte `at`: few do, as this and the next byte tell.
#[inline]
fn may_begin(text: &[u8], at: usize) -> bool {
    let next = text.get(at + 1).copied().unwrap_or_default();
    // `À` is C3 80; a space that does not break begins with C2 or E2. Marks go on in capitals.
    match text[at] {
        b'F' | b'T' | b'X' => (b'I'..=b'X').contains(&next),
        b'A' => next <= b' ' || next >= 0xc2,
        0xc3 => next == 0x80,
        byte => byte == b'[',
    }
}

/// The length of the mark that stands at byte `at`.
fn mark_at(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if let Some(inside) = rest.strip_prefix('[') {
        return remark(inside).map(|length| length + "[]".len());
    }
    if !begins_word(&text[..at]) {
        return None;
    }
    let length = to_do(rest).or_else(|| mark(rest))?;
    let is_number = rest[..length] == *"XXX" && is_roman(&text[..at], &rest[length..]);
    let is_name = rest[..length] == *"TK" && is_name_behind_tk(&rest[length..]);
    (ends_word(&rest[length..]) && !is_number && !is_name).then_some(length)
}

/// The length of one of [`MARKS`], or of one that goes on in its own letters: `XXXX`, `TKTK`.
fn mark(rest: &str) -> Option<usize> {
    let mark = MARKS.into_iter().find(|mark| rest.starts_with(mark))?;
    Some(match mark {
        "XXX" => rest.len() - rest.trim_start_matches('X').len(),
        "TK" => rest.len() - rest.trim_start_matches("TK").len(),
        mark => mark.len(),
    })
}

fn to_do(rest: &str) -> Option<usize> {
    let word = rest.strip_prefix(['À', 'A'])?.strip_prefix([' ', '\u{a0}', '\u{202f}', '\n'])?;
    let found = TO_DO.into_iter().find(|to_do| word.starts_with(to_do))?;
    Some(rest.len() - word.len() + found.len())
}

/// The length of what stands before a closing bracket, if it is a remark.
fn remark(inside: &str) -> Option<usize> {
    let end = inside.bytes().take(LONGEST_REMARK).position(|byte| matches!(byte, b']' | b'['))?;
    let remark = inside.get(..end).filter(|_| inside[end..].starts_with(']'))?;
    let folded = fold(remark);
    REMARKS.iter().any(|ending| folded.ends_with(ending)).then_some(end)
}

fn begins_word(before: &str) -> bool {
    !before.ends_with(|last: char| last.is_alphanumeric() || "_-–/@#=&.".contains(last))
}

fn ends_word(after: &str) -> bool {
    let mut rest = after.chars();
    match rest.next() {
        Some('.' | ':') => rest.next().is_none_or(|next| !next.is_alphanumeric()),
        Some(next) => !next.is_alphanumeric() && !"_-–/@=&".contains(next),
        None => true,
    }
}

/// Whether `TK` begins a name: the number of a flight of Turkish Airlines, or a company.
fn is_name_behind_tk(after: &str) -> bool {
    let next = after.split_whitespace().next().unwrap_or_default();
    let word = next.split(|character: char| !character.is_alphanumeric()).next().unwrap_or_default();
    next.starts_with(|first: char| first.is_ascii_digit()) || COMPANIES_BEHIND_TK.contains(&word)
}

/// Whether `XXX` is the number thirty here: behind a word that is numbered, before a century, or before what is numbered
/// by it: « XXX Corps ».
fn is_roman(before: &str, after: &str) -> bool {
    let is_numbered = |word: &str| {
        let word = fold(word.trim_matches(|mark: char| !mark.is_alphanumeric()));
        NUMBERED.contains(&word.as_str())
    };
    let next = after.split_whitespace().next().unwrap_or_default();
    before.split_whitespace().rev().take(3).any(is_numbered)
        || next.starts_with("siècle")
        || next.starts_with("centur")
        || (after.starts_with(char::is_whitespace) && is_capitalised(next))
}

/// Whether only the first letter is a capital. A sentence in capitals, or another mark, has more of them.
fn is_capitalised(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str) -> Vec<&str> {
        leftovers(text, &Words::of(text)).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn marks_in_capitals_and_remarks_between_brackets_are_found() {
        for (text, mark) in [
            ("FIXME", "FIXME"),
            ("(TODO: relire)", "TODO"),
            ("le XXX mars", "XXX"),
            ("M. XXXX.", "XXXX"),
            ("TK délégués", "TK"),
            ("XXX. Le sommet", "XXX"),
            ("XXX À vérifier", "XXX"),
            ("TK Délégués", "TK"),
            ("the TKTK.", "TKTK"),
            ("« À VÉRIFIER »", "À VÉRIFIER"),
            ("À\u{a0}VERIFIER", "À\u{a0}VERIFIER"),
            ("A CONFIRMER", "A CONFIRMER"),
            ("soit [… à compléter] euros", "[… à compléter]"),
            ("soit [chiffre À  VÉRIFIER] euros", "[chiffre À  VÉRIFIER]"),
        ] {
            assert_eq!(left(text), [mark], "{text}");
        }
        assert_eq!(left("FIXME TODO"), ["FIXME", "TODO"]);
    }

    #[test]
    fn a_reminder_goes_where_the_words_around_it_do_without_and_what_holds_a_place_stays() {
        for (text, without) in [
            ("Dix pays FIXME.", Some("Dix pays.")),
            ("Dix pays TODO", Some("Dix pays")),
            ("Dix (TODO) pays.", Some("Dix pays.")),
            ("Dix pays\u{a0}À VÉRIFIER\u{a0}; douze", Some("Dix pays\u{a0}; douze")),
            ("Dix [chiffre à vérifier] pays", Some("Dix pays")),
            ("Dix[à confirmer] pays", Some("Dix pays")),
            ("Dix pays TODO relire", None),
            ("Dix pays FIXME : relire", None),
            ("FIXME.", None),
            ("« À VÉRIFIER »", None),
            ("Dix pays et XXX.", None),
            ("soit [chiffre à compléter] euros", None),
        ] {
            let mut prose = Prose::default();
            prose.push(text, 0..text.len());
            let mark = leftovers(text, &Words::of(text)).remove(0);
            let removal = removal(&prose, text, mark);
            let left = removal.map(|gone| format!("{}{}", &text[..gone.start], &text[gone.end..]));
            assert_eq!(left.as_deref(), without, "{text}");
        }
    }

    #[test]
    fn other_words_and_addresses_are_not() {
        for text in [
            "todo, à vérifier, xxx, Todo",
            "le XXXe siècle, le XXXᵉ, XXXIX, le XXX siècle, the XXX century",
            "Titre XXX, chapitres XX et XXX, art. XXX, XXIX-XXX",
            "FIXMES TODOS MTODO STKS",
            "https://x.example/TODO, TODO.md, a_TODO, #TODO, TODO@x.example",
            "le vol TK 1980, TK1980",
            "the XXX Corps, la XXX Assemblée",
            "chez TK Maxx, TK Maxx’s, TK Elevator",
            "À VÉRIFIERAIT, LÀ VÉRIFIER",
            "[à compléter par lui], [[a], [sic]",
            "É è À A ÀÀ",
        ] {
            assert_eq!(left(text), [""; 0], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_the_words_tell_of_is_found_as_everywhere(
            text in "((FIXME|TODO|XXX|TK|À|A|VÉRIFIER|CONFIRMER|tome|siècle|Maxx|à compléter|[A-Zé])?[ \n\u{a0}.:,«(@/\\[\\]-]{0,2}){0,24}"
        ) {
            // A raised figure makes words inexact, so that all places are looked at.
            let everywhere = format!("{text} ²");
            proptest::prop_assert_eq!(left(&text), left(&everywhere));
        }
    }
}
