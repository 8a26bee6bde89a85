//! A brief without a standfirst: lists show the beginning of its text instead.

use super::Subject;
use crate::brief::FileKind;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    if brief.kind == FileKind::Brief && brief.front.title.is_some() && brief.front.summary.is_none() {
        diagnostics.push(
            Diagnostic::new(&code::MISSING_SUMMARY, brief.start(), "this brief has no standfirst").help(
                "say in a sentence or two, under `summary` in its front matter, what a reader should know",
            ),
        );
    }
}
