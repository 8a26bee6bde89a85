//! A brief without a standfirst: lists show the beginning of its text instead.

use super::Subject;
use crate::brief::{Brief, FileKind, markdown};
use crate::data::quote;
use crate::diagnostic::{Diagnostic, Fix, code};
use crate::language::sentence_around;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    if brief.kind == FileKind::Brief && brief.front.title.is_some() && brief.front.summary.is_none() {
        diagnostics.push(
            Diagnostic::new(&code::MISSING_SUMMARY, brief.start(), "this brief has no standfirst")
                .help("say in a sentence or two, under `summary` in its front matter, what a reader should know")
                .mend(mend(brief)),
        );
    }
}

/// What makes a standfirst of the first sentence, where a text goes on behind it and there is nothing to remark on in its
/// words.
fn mend(brief: &Brief) -> Option<Fix> {
    let (addition, body) = (brief.front.summary_addition.as_ref()?, brief.body());
    let sentence = first_sentence(&body.excerpt)?;
    let goes_on = sentence.len() < body.excerpt.len() || body.goes_on();
    let is_sound = body.is_faultless() && brief.diagnostics.is_empty();
    (goes_on && is_sound && markdown::plain(sentence) == sentence)
        .then(|| addition.fix("summary", &quote(sentence)))
}

/// The first sentence of a text, if it ends in it.
fn first_sentence(excerpt: &str) -> Option<&str> {
    let first = excerpt.chars().next()?;
    let sentence = sentence_around(excerpt, 0..first.len_utf8(), excerpt.len());
    let length = sentence.within.len() + sentence.after.len();
    let whole = excerpt.get(..length)?;
    (!sentence.cut_after && whole.ends_with(['.', '!', '?', '»', '”', '"'])).then_some(whole)
}
