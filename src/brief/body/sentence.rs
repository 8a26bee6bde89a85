//! Sentences around links and calls, and the beginning of a text, as plain words.

use super::{EXCERPT, Sentence};
use crate::language::sentence_around;
use std::ops::Range;

/// How many characters of a sentence are shown around a link.
const SENTENCE: usize = 280;

pub(super) fn sentence(text: &str, words: Range<usize>) -> Sentence {
    let found = sentence_around(text, words, SENTENCE);
    let ellipsis = |cut| if cut { "…" } else { "" };
    Sentence {
        before: format!("{}{}", ellipsis(found.cut_before), found.before),
        within: found.within.to_owned(),
        after: format!("{}{}", found.after, ellipsis(found.cut_after)),
    }
}

/// Whether a block tells whose words a quotation is, which is no sentence: « — Statut de Rome, préambule ».
pub(super) fn is_attribution(text: &str) -> bool {
    text.trim_start().starts_with(['—', '–'])
}

/// The sentence that a call at `at` bears on: that of the character before it, for in some languages a call follows the
/// period.
pub(super) fn call_sentence(text: &str, at: usize) -> String {
    let before = text[..at].trim_end();
    let start = before.char_indices().next_back().map_or(0, |(start, _)| start);
    let sentence = sentence_around(text, start..before.len(), SENTENCE).to_string();
    without_lone_marks(sentence.trim()).to_owned()
}

/// A sentence of a quotation that goes on beyond it, without the mark that closes the quotation, or opens it.
fn without_lone_marks(sentence: &str) -> &str {
    [('«', '»'), ('“', '”')].into_iter().fold(sentence, |sentence, (open, close)| {
        let (opened, closed) = (sentence.matches(open).count(), sentence.matches(close).count());
        if closed == opened + 1 {
            sentence.strip_suffix(close).map_or(sentence, str::trim_end)
        } else if opened == closed + 1 {
            sentence.strip_prefix(open).map_or(sentence, str::trim_start)
        } else {
            sentence
        }
    })
}

/// The first [`EXCERPT`] characters of `text`, cut between words, white space folded.
pub(super) fn excerpt(text: &str) -> String {
    let mut excerpt = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        let characters = word.chars().count();
        if length + characters >= EXCERPT {
            excerpt.push('…');
            break;
        }
        if !excerpt.is_empty() {
            excerpt.push(' ');
            length += 1;
        }
        excerpt.push_str(word);
        length += characters;
    }
    excerpt
}
