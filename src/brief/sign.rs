//! Signs of a misplaced or a lost note call in a block's plain text.

use super::markdown::is_escaped;
use super::prose::{CallMark, Prose};
use crate::language::words::Words;
use std::ops::Range;

/// On which side of a punctuation mark a language sets its note calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallSide {
    /// `…le retrait[^1].` (Imprimerie nationale, OQLF)
    Before,
    /// `…the withdrawal.[^1]` (Chicago Manual of Style)
    After,
}

impl CallSide {
    /// The custom of a language, by its BCP 47 primary subtag, where there is a settled one.
    pub fn of(language: &str) -> Option<Self> {
        match language {
            "fr" => Some(Self::Before),
            "en" => Some(Self::After),
            _ => None,
        }
    }
}

/// Digits glued to a word, as a call looks when a text was pasted from a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostCall {
    /// The digits, in the source.
    pub source: Range<usize>,
    /// The number they spell.
    pub number: u32,
    /// The word they hang on.
    pub word: String,
}

/// A call, or neighbouring calls, on the wrong side of a punctuation mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MisplacedCall {
    /// The calls, in the source.
    pub calls: Range<usize>,
    /// The punctuation mark and the space that belongs to it, in the source; it touches the calls.
    pub mark: Range<usize>,
    /// Where the language wants the call.
    pub side: CallSide,
    /// What to write instead of both, where the exchange is plain.
    pub exchanged: Option<String>,
}

/// Brackets and a parenthesis that were meant as a link, and are read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostLink {
    /// The parenthesis, in the source.
    pub parenthesis: Range<usize>,
    /// Where the bracket before it ends, in the source.
    pub behind_bracket: usize,
    /// What stands in the parenthesis, where it only has to be written otherwise for a link.
    pub destination: Option<Box<str>>,
}

/// Shortest word on which a digit looks like a lost call: `mp3`, `Su27` and `km2` are not words with a call.
const SHORTEST_WORD: usize = 3;

/// How many digits the number of a call has at most.
const MOST_DIGITS: usize = 2;

/// What may stand at the end of `word` digits without being a call.
const NAMES_WITH_DIGITS: [&str; 9] =
    ["covid", "mach", "type", "web", "bloc", "phase", "ariane", "soyouz", "spoutnik"];

/// Abbreviations whose point belongs to them, so that a call may follow it.
const ABBREVIATIONS: [&str; 17] = [
    "etc", "cf", "ibid", "id", "op", "cit", "art", "al", "av", "apr", "C", "p", "vol", "éd", "dir", "trad",
    "chap",
];

/// The lost calls in `prose`, in order, which falls into `words`.
///
/// Told apart from `G7`, `CO2`, `A400M` (a capital before the digit), `20ème` and dates (digits first), `km2` (too short),
/// `Boeing737` (three digits), and anything within an address, a file name or code.
pub fn lost_calls(prose: &Prose, words: &Words<'_>) -> Vec<LostCall> {
    let text = prose.text();
    let mut token = Token::default();
    let mut lost_call = |digits: Range<usize>| {
        let word = bearer(&text[..digits.start])?;
        let number = call_number(&text[digits.clone()])?;
        if !ends_word(&text[digits.end..]) || prose.is_verbatim(digits.start) {
            return None;
        }
        if !token.range.contains(&digits.start) {
            token = Token::around(text, digits.start);
        }
        let source = prose.source_of(digits.start)..prose.source_of(digits.end - 1) + 1;
        (!token.is_address).then(|| LostCall { source, number, word: word.to_owned() })
    };
    let Some(words) = words.exact() else { return digits(text).filter_map(lost_call).collect() };
    let mut lost = Vec::new();
    for word in words {
        // Few words are looked at twice.
        if word.has_figures {
            lost.extend(last_digits(text, word.range()).and_then(&mut lost_call));
        }
    }
    lost
}

/// The digits that a word ends with: behind others the word goes on. Those of a year are too many.
fn last_digits(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let last = text.as_bytes()[word.clone()].iter().rev().take(MOST_DIGITS + 1);
    let count = last.take_while(|byte| byte.is_ascii_digit()).count();
    (1..=MOST_DIGITS).contains(&count).then(|| word.end - count..word.end)
}

/// All runs of digits in a text, raised ones among them.
fn digits(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_call_digit)?;
        at = text[start..].find(|next| !is_call_digit(next)).map_or(text.len(), |length| start + length);
        Some(start..at)
    })
}

fn is_call_digit(character: char) -> bool {
    character.is_ascii_digit() || superscript_digit(character).is_some()
}

fn superscript_digit(character: char) -> Option<u32> {
    match character {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '⁰' => Some(0),
        '⁴'..='⁹' => Some(u32::from(character) - u32::from('⁴') + 4),
        _ => None,
    }
}

/// The number of one or two digits, not begun by a zero.
fn call_number(digits: &str) -> Option<u32> {
    let values: Vec<u32> =
        digits.chars().filter_map(|digit| digit.to_digit(10).or_else(|| superscript_digit(digit))).collect();
    match values[..] {
        [units] if units > 0 => Some(units),
        [tens, units] if tens > 0 => Some(tens * 10 + units),
        _ => None,
    }
}

/// The word, or the closing quotation mark, that digits after `before` would hang on.
fn bearer(before: &str) -> Option<&str> {
    let last = before.chars().next_back()?;
    if matches!(last, '»' | '”') {
        return Some(&before[before.len() - last.len_utf8()..]);
    }
    if !last.is_lowercase() {
        return None;
    }
    let start = before
        .char_indices()
        .rev()
        .find(|&(_, character)| !character.is_alphabetic() && !matches!(character, '-' | '\'' | '’'))
        .map_or(0, |(offset, character)| offset + character.len_utf8());
    let word = before[start..].trim_start_matches(['-', '\'', '’']);
    let is_name = NAMES_WITH_DIGITS.iter().any(|name| word.to_lowercase() == *name);
    (word.chars().count() >= SHORTEST_WORD && !is_name).then_some(word)
}

/// Whether a word may end before `after`: at a space or a punctuation mark that does not go on into a name.
fn ends_word(after: &str) -> bool {
    let mut rest = after.chars();
    match rest.next() {
        None => true,
        Some('.' | ',' | ':') => rest.next().is_none_or(|next| !next.is_alphanumeric() && next != '/'),
        Some(next) => !next.is_alphanumeric() && !matches!(next, '-' | '_' | '/' | '@' | '=' | '%' | '&'),
    }
}

/// A run of characters without white space. It may hold many digits, and is looked at once.
#[derive(Default)]
struct Token {
    range: Range<usize>,
    /// Whether it looks like a URL, an e-mail address, a path or a file name.
    is_address: bool,
}

impl Token {
    fn around(text: &str, at: usize) -> Self {
        let start = text[..at].rfind(char::is_whitespace).map_or(0, |space| space + 1);
        let end = text[at..].find(char::is_whitespace).map_or(text.len(), |space| at + space);
        let token = text.get(start..end).unwrap_or_default();
        let is_address = token.contains(['/', '@', '_', '#', '=', '\\']) || token.starts_with("www.");
        Self { range: start..end, is_address }
    }
}

/// The parentheses in `prose` that were meant as the destination of a link: right behind a bracket with a space in them,
/// `](ma carte.jpg)`, or with an address in them and a space before, `] (https://…)`.
pub fn lost_links(prose: &Prose, source: &str) -> Vec<LostLink> {
    let text = prose.text();
    let mut lost = Vec::new();
    let mut opened = None;
    for bracket in memchr::memchr2_iter(b'[', b']', text.as_bytes()) {
        if text[bracket..].starts_with('[') {
            opened = Some(bracket);
            continue;
        }
        let opening = opened.take();
        let after = &text[bracket + 1..];
        let glued = after.starts_with('(');
        let spaced = after.starts_with(" (http://") || after.starts_with(" (https://");
        let open = bracket + 1 + usize::from(spaced);
        let Some(close) = text[open..].find(')').filter(|_| glued || spaced) else { continue };
        let inside = &text[open + 1..open + close];
        let undone = spaced || (inside.trim().contains(' ') && inside.contains(['.', '/']));
        if undone && !prose.is_verbatim(open) {
            let parenthesis = prose.source_of(open)..prose.source_of(open + close) + 1;
            let is_plain = !inside.contains(['(', '<', '>', '"', '\'', '\\', '\n']);
            let whole = opening.filter(|_| is_plain).map(|opening| opening..open + close + 1);
            let whole = whole.and_then(|whole| prose.written(source, whole));
            let whole = whole.filter(|whole| !is_escaped(source.as_bytes(), whole.start));
            lost.push(LostLink {
                behind_bracket: parenthesis.start - usize::from(spaced),
                parenthesis,
                destination: whole.map(|_| inside.trim().into()),
            });
        }
    }
    lost
}

/// The `[^` in `prose` that begin no call, each with what stands behind it up to the next bracket.
pub fn broken_calls(prose: &Prose, source: &str) -> Vec<Range<usize>> {
    let text = prose.text();
    let mut broken = Vec::new();
    let brackets = memchr::memchr_iter(b'[', text.as_bytes());
    for open in brackets.filter(|open| text[open + 1..].starts_with('^')) {
        let start = prose.source_of(open);
        let is_written = source.get(start..).is_some_and(|rest| rest.starts_with("[^"));
        if !is_written || is_escaped(source.as_bytes(), start) || prose.is_verbatim(open) {
            continue;
        }
        let inside = open + "[^".len();
        let bracket = text[inside..].find(['[', ']']).map(|length| inside + length);
        let last = bracket.filter(|&at| text[at..].starts_with(']')).unwrap_or(open + 1);
        broken.push(start..prose.source_of(last) + 1);
    }
    broken
}

/// The calls of `prose` that stand on the wrong side of a mark, in order; neighbours count as one.
pub fn misplaced_calls(prose: &Prose, side: CallSide, source: &str) -> Vec<MisplacedCall> {
    let mut misplaced = Vec::new();
    for group in prose.calls().chunk_by(|one, next| one.at == next.at && one.source.end == next.source.start)
    {
        let mark = match side {
            CallSide::Before => mark_before(prose, group),
            CallSide::After => mark_after(prose, group),
        };
        if let (Some(mark), [first, ..], [.., last]) = (mark, group, group) {
            let mark = with_escape(source, mark);
            let calls = first.source.start..last.source.end;
            let exchanged = source.get(calls.clone()).zip(source.get(mark.clone()));
            let exchanged = exchanged.map(|(calls, mark)| match side {
                CallSide::Before => format!("{calls}{mark}"),
                CallSide::After => format!("{mark}{calls}"),
            });
            misplaced.push(MisplacedCall { calls, mark, side, exchanged });
        }
    }
    misplaced
}

/// The range of a mark with the backslash that keeps it from being markup.
fn with_escape(source: &str, mark: Range<usize>) -> Range<usize> {
    let (Some(before), Some(written)) = (source.get(..mark.start), source.get(mark.clone())) else {
        return mark;
    };
    let backslashes = before.len() - before.trim_end_matches('\\').len();
    let is_escaped = backslashes % 2 == 1 && written.starts_with(|first: char| first.is_ascii_punctuation());
    mark.start - usize::from(is_escaped)..mark.end
}

/// The mark that stands right before the calls of `group` and should follow them.
fn mark_before(prose: &Prose, group: &[CallMark]) -> Option<Range<usize>> {
    let call = group.first()?;
    let before = &prose.text()[..call.at];
    let mark = before.chars().next_back()?;
    let start = before.len() - mark.len_utf8();
    let word = &before[..start];
    let belongs = match mark {
        '.' => {
            word.ends_with('.') || is_abbreviation(word) || prose.text()[call.at..].starts_with(['.', ','])
        }
        ',' | ';' | ':' | '!' | '?' => false,
        _ => true,
    };
    // The space before a high mark goes with it, and so does the mark before it in `?!`.
    let marked = if matches!(mark, '!' | '?') { word.trim_end_matches(['!', '?']) } else { word };
    let spaced = marked.trim_end_matches([' ', '\u{a0}', '\u{202f}']).len();
    let start = if matches!(mark, ';' | ':' | '!' | '?') { spaced } else { start };
    if belongs || start == 0 || prose.is_verbatim(start) {
        return None;
    }
    let source = prose.source_of(start)..call.source.start;
    // Where markup stands between the mark and the call, as in `**mot.**[^a]`, there is no plain exchange to offer.
    (source.len() == call.at - start).then_some(source)
}

/// The mark that stands right after the calls of `group` and should precede them.
fn mark_after(prose: &Prose, group: &[CallMark]) -> Option<Range<usize>> {
    let call = group.last()?;
    let (before, after) = prose.text().split_at(call.at);
    let mark = after.chars().next()?;
    let marked = before.ends_with(['.', ',', ';', ':', '!', '?', '…', '”', '"', ')', '»']);
    if before.is_empty()
        || marked
        || !matches!(mark, '.' | ',' | ';' | ':' | '!' | '?')
        || after.starts_with("..")
    {
        return None;
    }
    let marks = after.len() - after.trim_start_matches(['!', '?']).len();
    let marks = marks.max(mark.len_utf8());
    // Quotation marks that close behind it go with it: “so.”[^a]
    let rest = &after[marks..];
    let closing = rest.len() - rest.trim_start_matches(['”', '’', '"', '»']).len();
    let start = prose.source_of(call.at);
    // An escape or an entity among them takes more room in the source than in the text.
    let is_plain = |length: usize| prose.source_of(call.at + length - 1) == start + length - 1;
    let length = if is_plain(marks + closing) { marks + closing } else { marks };
    (start == call.source.end && is_plain(length)).then_some(start..start + length)
}

fn is_abbreviation(word: &str) -> bool {
    let last = word.rsplit(|character: char| !character.is_alphabetic()).next().unwrap_or_default();
    last.chars().count() == 1 || ABBREVIATIONS.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::brief::markdown::{Markdown, Piece};
    use pulldown_cmark::Event;

    fn plain(text: &str) -> Prose {
        let mut prose = Prose::default();
        prose.push(text, 0..text.len());
        prose
    }

    fn prose(text: &str) -> Prose {
        let mut prose = Prose::default();
        for (piece, range) in Markdown::new(text).pieces() {
            match piece {
                Piece::Call(_) => prose.push_call(range),
                Piece::Markdown(Event::Text(text)) => prose.push(&text, range),
                Piece::Markdown(Event::Code(text)) => prose.push_verbatim(&text, range),
                Piece::Markdown(_) => {}
            }
        }
        prose
    }

    fn lost(prose: &Prose) -> Vec<LostCall> {
        lost_calls(prose, &Words::of(prose.text()))
    }

    #[test]
    fn digits_glued_to_a_word_are_a_lost_call() {
        for (text, digits) in [
            ("selon l’annonce1 du ministre", "1"),
            ("reçu par Poutine1.", "1"),
            ("« ouvert et volontaire »2. Elle", "2"),
            ("que seule Ankara reconnaît3.", "3"),
            ("sans s’y opposer ouvertement12 ;", "12"),
            ("**l’accord**, dit-on4, tient", "4"),
            ("la dépêche¹ parle", "¹"),
        ] {
            let lost = lost(&prose(text));
            assert_eq!(lost.len(), 1, "{text}");
            assert_eq!(&text[lost[0].source.clone()], digits, "{text}");
        }
    }

    #[test]
    fn many_digits_in_one_run_of_characters_are_each_looked_at() {
        assert_eq!(lost(&prose(&"mot1;".repeat(3))).len(), 3);
        assert_eq!(lost(&prose("mot1;mot2 x.example/mot3;mot4 mot5")).len(), 3);
    }

    #[test]
    fn names_units_dates_and_numbers_are_not_lost_calls() {
        for text in [
            "Le G7 et le G20",
            "la COP 27",
            "la COP27",
            "la 20ème fois",
            "le 1er mars",
            "le CO2 et H2O",
            "un A400M",
            "500 km2 et 3 m3",
            "le 01/11/2022",
            "10 000 soldats",
            "en 2022",
            "Boeing737",
            "MiG29",
            "Su27",
            "le fichier carte1.png",
            "https://x.example/page1 et",
            "`mot1`",
            "a@mail1.example",
            "la Covid19",
            "l’art. 5",
            "km²",
            "mot12ème",
            "la section2-3",
            "x_mot1",
            "R2690",
        ] {
            assert_eq!(lost(&prose(text)), [], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_the_words_tell_of_is_found_as_everywhere(
            text in "([a-zé]{1,4}|mot[1-9]{1,3}|[0-9]{1,3}|[A-Z»”\\]),.:;/_ \u{a0}%-]|www\\.){0,24}"
        ) {
            // A raised figure makes words inexact, so that all digits are looked at.
            let everywhere = format!("{text} ²");
            proptest::prop_assert_eq!(lost(&plain(&text)), lost(&plain(&everywhere)));
        }
    }

    fn misplaced(text: &str, side: CallSide) -> Vec<String> {
        misplaced_calls(&prose(text), side, text)
            .into_iter()
            .map(|found| format!("{}|{}", &text[found.mark], &text[found.calls]))
            .collect()
    }

    #[test]
    fn in_french_the_call_precedes_the_mark() {
        let before = |text| misplaced(text, CallSide::Before);
        assert_eq!(before("Le retrait commence.[^1]"), [".|[^1]"]);
        assert_eq!(before("Le retrait,[^1] dit-il"), [",|[^1]"]);
        assert_eq!(before("Il part ;[^1][^2] elle reste"), [" ;|[^1][^2]"]);
        assert_eq!(before("« Tout est calme.[^1] »"), [".|[^1]"]);
        assert_eq!(before("Est-ce fini ?![^1]"), [" ?!|[^1]"]);
        assert_eq!(before("en 1986\\.[^1] déjà"), ["\\.|[^1]"]);
        assert_eq!(before("la paix\\?![^1]"), ["\\?!|[^1]"]);
        assert_eq!(before("une barre\\\\.[^1]"), [".|[^1]"]);
        for right in [
            "Le retrait commence[^1].",
            "des territoires, etc.[^2].",
            "« Tout est calme »[^1].",
            "en 52 av. J.-C.[^1] déjà",
            "le plan B.[^1]",
            "[^1] seul",
            "il attend…[^1]",
            "voir p.[^1]",
        ] {
            assert_eq!(before(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn in_english_the_call_follows_the_mark() {
        let after = |text| misplaced(text, CallSide::After);
        assert_eq!(after("The withdrawal began[^1]."), [".|[^1]"]);
        assert_eq!(after("The withdrawal[^1], he said"), [",|[^1]"]);
        assert_eq!(after("Is it over[^1]?!"), ["?!|[^1]"]);
        for right in [
            "The withdrawal began.[^1]",
            "“All is calm.”[^1]",
            "the talks[^1] went on",
            "“a word”[^1], he said",
            "Is it over[^1]!\\!",
        ] {
            assert_eq!(after(right), [""; 0], "{right}");
        }
    }
}
