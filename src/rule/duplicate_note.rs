//! One label, two notes: which one a reader gets would be chance.

use super::Subject;
use crate::brief::Origin;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (first, second) in &brief.notes.faults().duplicates {
        let message = match (first.origin, second.origin) {
            (Origin::Body(_), Origin::Front(_)) => {
                format!("the note `{}` is defined in the body and in the front matter", second.label)
            }
            _ => format!("the note `{}` is defined twice", second.label),
        };
        diagnostics.push(
            Diagnostic::new(&code::DUPLICATE_NOTE, brief.note_place(second.origin), message)
                .label("defined again here")
                .related(brief.note_place(first.origin), "first defined here")
                .help("give one of them another label, or delete it"),
        );
    }
}
