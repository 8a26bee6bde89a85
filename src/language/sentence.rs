use std::fmt;
use std::ops::Range;

/// The sentence in which something stands, in three parts, so that the thing itself can be marked.
///
/// Written out ([`Display`](fmt::Display)), it is the three parts in a row, with « … » wherever it was cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence<'text> {
    /// What comes before the thing.
    pub before: &'text str,
    /// The thing itself.
    pub within: &'text str,
    /// What comes after it.
    pub after: &'text str,
    /// Whether the sentence begins earlier than `before`.
    pub cut_before: bool,
    /// Whether the sentence goes on after `after`.
    pub cut_after: bool,
}

impl fmt::Display for Sentence<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ellipsis = |cut| if cut { "…" } else { "" };
        formatter.write_str(ellipsis(self.cut_before))?;
        formatter.write_str(self.before)?;
        formatter.write_str(self.within)?;
        formatter.write_str(self.after)?;
        formatter.write_str(ellipsis(self.cut_after))
    }
}

/// The sentence around `span`, or the sentences if it runs through several, in at most `limit` characters (never fewer than
/// two), the ellipses among them.
///
/// `text` is plain: no markup, blank lines between its paragraphs. A sentence ends after `.`, `!`, `?` or `…`, with the
/// quotation marks and parentheses that close there, when what follows does not begin in lower case and the period belongs
/// to no abbreviation common in French or English. In doubt the sentence goes on: one too long reads better than one broken
/// off after « M. ».
///
/// A span that lies outside of the text, or inside a character, is taken as the nearest that does not.
pub fn sentence_around(text: &str, span: Range<usize>, limit: usize) -> Sentence<'_> {
    let text = text.trim_end();
    let limit = limit.max(2);
    let span = nearest_span(text, span);
    let start = start_of_sentence(text, span.start, limit);
    let end = end_of_sentence(text, &span, limit);
    let whole = Sentence {
        before: &text[start..span.start],
        within: &text[span.clone()],
        after: &text[span.end..end],
        cut_before: false,
        cut_after: false,
    };
    shortened(whole, limit)
}

fn nearest_span(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// Where the sentence begins in which `offset` stands, looking back over `reach` characters (spaces not counted) and no
/// further: it is cut there anyway, and many citations in one long text must not cost the square of its length.
fn start_of_sentence(text: &str, offset: usize, reach: usize) -> usize {
    let begins_behind = |end: usize| offset - text[end..offset].trim_start().len();
    let is_before = |end: &usize| *end <= offset && *end < text.len();
    let mut passed = 0;
    // Most sentences begin in reach.
    for (at, character) in text[..offset].char_indices().rev() {
        passed += usize::from(!character.is_whitespace());
        if passed > reach {
            break;
        }
        if let Some(end) = sentence_end(text, at, character).filter(is_before) {
            return begins_behind(end);
        }
    }
    let farthest = text[..offset].char_indices().rev().filter(is_shown).nth(reach).map_or(0, |(at, _)| at);
    // A sentence that ends in reach may have its period out of reach, before its closing marks.
    let closing = text[farthest..offset].chars().next().map_or(farthest, |first| farthest + first.len_utf8());
    let before_closing =
        text[..closing].trim_end_matches(|mark: char| mark.is_whitespace() || is_closing(mark));
    let searched = before_closing.char_indices().next_back().map_or(0, |(at, _)| at);
    let previous_end = text[searched..offset]
        .char_indices()
        .rev()
        .filter_map(|(at, character)| sentence_end(text, searched + at, character))
        .find(is_before);
    match previous_end {
        None if farthest > 0 => farthest,
        previous_end => begins_behind(previous_end.unwrap_or(0)),
    }
}

/// Where the sentence ends in which `span` stands, looking ahead over `reach` characters (spaces not counted) and no further.
fn end_of_sentence(text: &str, span: &Range<usize>, reach: usize) -> usize {
    let mut passed = 0;
    for (at, character) in text[span.start..].char_indices() {
        let at = span.start + at;
        passed += usize::from(at >= span.end && !character.is_whitespace());
        // The first may be a mark that ends the sentence.
        if passed > reach.saturating_add(1) {
            return at;
        }
        if let Some(end) = sentence_end(text, at, character).filter(|end| *end >= span.end) {
            return span.end + text[span.end..end].trim_end().len();
        }
    }
    text.len()
}

fn is_shown((_, character): &(usize, char)) -> bool {
    !character.is_whitespace()
}

/// Where the sentence ends that `character`, which stands at byte `at`, closes; nothing if it closes none.
#[inline]
fn sentence_end(text: &str, at: usize, character: char) -> Option<usize> {
    let rest = || &text[at + character.len_utf8()..];
    match character {
        '\n' => rest().trim_start_matches([' ', '\t', '\r']).starts_with('\n').then_some(at),
        // These need no space after them.
        '。' | '！' | '？' => Some(text.len() - after_closing_marks(rest()).len()),
        _ if is_terminator(character) && !rest().starts_with(is_terminator) => {
            let rest = after_closing_marks(rest());
            ends_here(&text[..at], character, rest).then(|| text.len() - rest.len())
        }
        _ => None,
    }
}

/// Whether a sentence ends between `terminator`, with its closing marks, and `rest`.
fn ends_here(before: &str, terminator: char, rest: &str) -> bool {
    let following = rest.trim_start();
    if following.is_empty() {
        return true;
    }
    if following.len() == rest.len() {
        return false;
    }
    let next = following.trim_start_matches(is_opening).chars().next();
    if next.is_some_and(char::is_lowercase) {
        return false;
    }
    let dots = before.trim_end_matches('.');
    if terminator == '…' || dots.len() + 1 < before.len() {
        // « […] » stands for words left out, wherever they stood.
        return !dots.ends_with(['[', '(']);
    }
    terminator != '.' || before.ends_with(is_terminator) || !is_abbreviation(before, next)
}

fn is_terminator(character: char) -> bool {
    matches!(character, '.' | '!' | '?' | '…' | '؟' | '۔' | '।')
}

fn is_opening(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '«' | '»' | '“' | '„' | '‹' | '(' | '[' | '"' | '\'' | '‘' | '—' | '–' | '-')
}

fn is_closing(character: char) -> bool {
    matches!(character, '»' | '«' | '›' | '”' | '“' | '’' | '"' | '\'' | ')' | ']' | '」' | '』' | '）')
}

/// What is left of `rest` after the marks that close with the sentence: `»`, also after a space, `”`, `)`; tight against the
/// sentence also `«`, as the Germans write.
fn after_closing_marks(rest: &str) -> &str {
    let mut rest = rest;
    loop {
        let tight =
            rest.trim_start_matches(['»', '«', '›', '”', '“', '’', '"', '\'', ')', ']', '」', '』', '）']);
        let spaced = tight.trim_start().strip_prefix(['»', '›']);
        // A guillemet with a letter right after it opens what follows, in the German manner.
        match spaced.filter(|after| !after.starts_with(char::is_alphanumeric)) {
            Some(after) => rest = after,
            None => return tight,
        }
    }
}

/// Abbreviations that something always follows.
const LEADING: &[&str] = &[
    "Adm", "Capt", "Ch", "Cmdr", "Col", "Dr", "Drs", "Gen", "Gov", "Gén", "Hon", "Lt", "MM", "Messrs", "Mgr",
    "Mlle", "Mlles", "Mme", "Mmes", "Mr", "Mrs", "Ms", "Ph", "Pr", "Prof", "Rep", "Rev", "Sen", "Sgt", "St",
    "Ste", "Th", "apr", "av", "ca", "cf", "Cf", "ed", "env", "ibid", "op", "p", "p.ex", "pp", "réf", "trad",
    "tél", "vs", "éd",
];

/// Abbreviations, in lower case, that a number follows; without one they are words like others.
const BEFORE_FIGURES: &[&str] = &[
    "al", "ann", "apr", "art", "arts", "aug", "avr", "c", "chap", "dec", "déc", "feb", "fig", "févr", "jan",
    "janv", "juil", "jul", "jun", "mar", "no", "nos", "nov", "nr", "oct", "par", "sect", "sep", "sept", "t",
    "v", "vol",
];

/// Whether the word that ends `before` is one whose period closes no sentence when `next` comes after it.
fn is_abbreviation(before: &str, next: Option<char>) -> bool {
    let word = before.rsplit(is_opening_of_word).next().unwrap_or(before);
    is_initials(word)
        || LEADING.contains(&word)
        || next.is_some_and(char::is_numeric) && BEFORE_FIGURES.contains(&word.to_lowercase().as_str())
}

/// Where a word begins, for telling abbreviations: after a hyphen it goes on, as in « J.-C. ».
fn is_opening_of_word(character: char) -> bool {
    character != '-' && (is_opening(character) || character == '’')
}

/// Letters that stand for words, each with its period: « V. », « J.-C. », « U.S. », « e.g. », « c.-à-d. ».
fn is_initials(word: &str) -> bool {
    let is_letter = |part: &str| {
        let mut characters = part.chars();
        characters.next().is_none_or(char::is_alphabetic) && characters.next().is_none()
    };
    (word.contains('.') || word.starts_with(char::is_uppercase)) && word.split(['.', '-']).all(is_letter)
}

/// The sentence in at most `limit` characters, as much of it on the one side of the thing as on the other where there is.
fn shortened(whole: Sentence<'_>, limit: usize) -> Sentence<'_> {
    let [before, within, after] = [whole.before, whole.within, whole.after].map(|part| part.chars().count());
    if before + within + after <= limit {
        return whole;
    }
    let room = limit - 2;
    if within > room {
        let kept = head(whole.within, room, 0);
        return Sentence { before: "", within: kept, after: "", cut_before: before > 0, cut_after: true };
    }
    let room = room - within;
    let room_before = before.min((room / 2).max(room.saturating_sub(after)));
    let kept_before = tail(whole.before, room_before, LONGEST_WORD);
    let kept_after = head(whole.after, room - room_before, LONGEST_WORD);
    Sentence {
        before: kept_before,
        within: whole.within,
        after: kept_after,
        cut_before: kept_before.len() < whole.before.len(),
        cut_after: kept_after.len() < whole.after.len(),
    }
}

/// How many characters without a space are no longer taken for a word but for a script without spaces. Picked by feel.
const LONGEST_WORD: usize = 30;

/// The first words of `text`, in at most `room` characters; a word is cut only if it is longer than `longest_word`.
fn head(text: &str, room: usize, longest_word: usize) -> &str {
    let Some((end, next)) = text.char_indices().nth(room) else { return text };
    let kept = &text[..end];
    let last_space = if next.is_whitespace() { Some(end) } else { kept.rfind(char::is_whitespace) };
    let kept = match last_space {
        Some(space) => &kept[..space],
        None if room > longest_word => kept,
        None => "",
    };
    kept.trim_end_matches(|character| is_opening(character) || matches!(character, ',' | ';' | ':'))
}

/// The last words of `text`, in the manner of [`head`].
fn tail(text: &str, room: usize, longest_word: usize) -> &str {
    let Some(skipped) = text.chars().count().checked_sub(room).filter(|skipped| *skipped > 0) else {
        return text;
    };
    let mut characters = text.char_indices().skip(skipped - 1);
    let previous = characters.next().map_or(' ', |(_, character)| character);
    let kept = characters.next().map_or("", |(start, _)| &text[start..]);
    let kept = match kept.find(char::is_whitespace) {
        _ if previous.is_whitespace() => kept,
        Some(space) => &kept[space..],
        None if room > longest_word => kept,
        None => "",
    };
    kept.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, ',' | ';' | ':' | '.' | '»' | '”' | ')' | ']')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The sentence around the thing between `[[` and `]]`, which stays marked.
    fn around(marked: &str, limit: usize) -> String {
        let start = marked.find("[[").unwrap();
        let end = marked.find("]]").unwrap() - 2;
        let text = marked.replacen("[[", "", 1).replacen("]]", "", 1);
        let sentence = sentence_around(&text, start..end, limit);
        let parts = Sentence { within: "§", ..sentence };
        parts.to_string().replacen('§', &format!("[[{}]]", sentence.within), 1)
    }

    /// Checks that of `first` and `second`, two sentences in a row, each stands alone.
    #[track_caller]
    fn check_apart(first: &str, second: &str) {
        let text = format!("{first} {second}");
        let middle = first.len() / 2;
        assert_eq!(sentence_around(&text, middle..middle, 500).to_string(), first);
        assert_eq!(sentence_around(&text, text.len() - 2..text.len(), 500).to_string(), second);
    }

    /// Checks that `text` is one sentence, wherever in it one looks.
    #[track_caller]
    fn check_one(text: &str) {
        for (offset, character) in text.char_indices() {
            let sentence = sentence_around(text, offset..offset + character.len_utf8(), 500).to_string();
            assert_eq!(sentence, text, "around byte {offset}");
        }
    }

    #[test]
    fn the_citing_sentence_is_shown_with_the_link_in_it() {
        let paragraph = "L’Arménie boude l’alliance. Elle n’a pas envoyé M. Pachinian [[au sommet de Minsk]], \
                         le 23 novembre. Moscou a pris acte.";
        let expected = "Elle n’a pas envoyé M. Pachinian [[au sommet de Minsk]], le 23 novembre.";
        assert_eq!(around(paragraph, 300), expected);
        assert_eq!(around("[[Le sommet de Minsk.]] Puis rien.", 300), "[[Le sommet de Minsk.]]");
        assert_eq!(around("Avant. « [[Le sommet]]. » Puis rien.", 300), "« [[Le sommet]]. »");
        assert_eq!(around("Un. [[Deux. Trois]] fin. Quatre.", 300), "[[Deux. Trois]] fin.");
        assert_eq!(around("Sans point, [[le lien]]", 300), "Sans point, [[le lien]]");
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check_apart("Le sommet est fini.", "Moscou se tait.");
        check_apart("Est-ce la fin ?", "Nul ne le sait !");
        check_apart("Il a dit : « Le sommet est annulé. »", "Moscou se tait.");
        check_apart("Il a dit : « Est-ce annulé\u{202f}?\u{a0}»", "Moscou se tait.");
        check_apart("He said: “It is over.”", "“Not yet,” she said.");
        check_apart("(Le sommet est annulé.)", "Moscou se tait.");
        check_apart("Il a parlé de « paix ».", "« Paix » est un grand mot.");
        check_apart("Moscou hésite…", "Minsk attend...");
        check_apart("C’était en 2022.", "120 soldats sont partis.");
        check_apart("C’est ce qu’il a.", "Rien de plus.");
        check_apart("She said no.", "Then she left.");
        check_apart("La Russie, le Mali, etc.", "Tous ont signé.");
        check_apart("Er sagte: »Nein.«", "Dann ging er.");
        check_apart("Er ging.", "»Nein«, sagte er.");
        check_apart("Саммит окончен.", "Москва молчит.");
        check_apart("انتهت القمة.", "موسكو صامتة.");
        assert_eq!(around("会議は終わった。[[東京]]は黙る。", 300), "[[東京]]は黙る。");
    }

    #[test]
    fn abbreviations_decimals_and_ellipses_end_no_sentence() {
        check_one("Le communiqué de M. Poutine, de Mme Zakharova et du Dr. Ivanov est bref.");
        check_one("V. Poutine et N. Pachinian ont vu J.-P. Dupont et S.V. Lavrov.");
        check_one("Selon l’art. 4 du traité (cf. Annexe B, p. 12, n° 5, vol. 2), il faut 3.5 voix.");
        check_one("César meurt en 44 av. J.-C. César le savait.");
        check_one("Le Mali, le Niger, etc. ont signé.");
        check_one("Mr. Smith met Dr. Jones of the U.S. Army in St. Petersburg, e.g. On Nov. 5.");
        check_one("Il hésite… puis part... enfin.");
        check_one("Le texte dit : « […] Les parties [...] Conviennent ».");
        check_one("« Vous partez ? » demanda-t-il.");
        check_one("« C’est fini ! » s’écria Minsk, « n’est-ce pas ? », puis rien.");
        check_one("L’adresse est example.org, version 2.0.1.");
    }

    #[test]
    fn a_blank_line_ends_a_sentence_and_a_single_break_does_not() {
        let text = "Un titre\n\nUne phrase\nsur deux lignes\n \nUne autre";
        let at = text.find("phrase").unwrap();
        assert_eq!(sentence_around(text, at..at, 300).to_string(), "Une phrase\nsur deux lignes");
    }

    #[test]
    fn a_long_sentence_is_cut_between_words_around_the_link() {
        let long = "Au terme de longues discussions, les ministres ont confirmé [[le retrait]] des forces, \
                    prévu de longue date par les trois pays";
        assert_eq!(around(long, 50), "…ont confirmé [[le retrait]] des forces, prévu…");
        assert_eq!(around(long, 13), "…[[le retrait]]…");
        assert_eq!(around(long, 8), "…[[le]]…");
        assert_eq!(
            around("[[Le retrait]] des forces prévu de longue date", 30),
            "[[Le retrait]] des forces prévu…"
        );
        assert_eq!(
            around("Les forces prévues de longue date au [[retrait]]", 30),
            "…de longue date au [[retrait]]"
        );
        assert_eq!(around("Au sommet [[de]]    ensuite", 6), "…[[de]]…");
        assert_eq!(around("[[anticonstitutionnellement]] dit", 10), "[[anticons]]…");
        let scripts = format!("{}[[東京]]{}", "京".repeat(100), "都".repeat(100));
        assert_eq!(around(&scripts, 84), format!("…{}[[東京]]{}…", "京".repeat(40), "都".repeat(40)));
    }

    #[test]
    fn a_span_that_is_none_is_the_nearest() {
        assert_eq!(sentence_around("Été. Hiver.", 1..1, 99).within, "É");
        assert_eq!(sentence_around("Été. Hiver.", 900..999, usize::MAX).to_string(), "Hiver.");
        let backwards = Range { start: 8, end: 2 };
        assert_eq!(sentence_around("Été. Hiver.", backwards, 99).to_string(), "Hiver.");
        assert_eq!(sentence_around("", 3..9, 99).to_string(), "");
    }

    #[test]
    fn many_citations_in_one_long_text_cost_little() {
        // Looking from each to both ends of the text would take minutes.
        let text = "de Minsk, ".repeat(20_000);
        let shown =
            (0..text.len()).step_by(10).map(|at| sentence_around(&text, at..at + 2, 60).to_string().len());
        assert!(shown.sum::<usize>() < 20_000 * 70);
    }

    proptest! {
        #[test]
        fn any_span_of_any_text_has_a_sentence(
            text in "(?s).{0,60}|([a-zA-Zé]{0,4}[ .…!?»«”()\n\u{a0}]{0,3}){0,20}",
            start in 0usize..90,
            end in 0usize..90,
            limit in 0usize..60,
        ) {
            let sentence = sentence_around(&text, start..end, limit);
            let joined = [sentence.before, sentence.within, sentence.after].concat();
            prop_assert!(text.contains(&joined));
            prop_assert!(sentence.to_string().chars().count() <= limit.max(2));

            let whole = sentence_around(&text, start..end, usize::MAX);
            let length = whole.to_string().chars().count();
            prop_assert!(!whole.cut_before && !whole.cut_after);
            prop_assert_eq!(sentence_around(&text, start..end, length), whole, "with just enough room");
            let narrow = sentence_around(&text, start..end, length.saturating_sub(1));
            prop_assert!(length <= 2 || narrow.cut_before || narrow.cut_after, "{narrow:?} with too little room");
        }
    }
}
