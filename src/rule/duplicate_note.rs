//! One label, two notes: which one a reader gets would be chance.

use super::Subject;
use crate::brief::notes::Defined;
use crate::brief::{Brief, Origin};
use crate::diagnostic::{Applicability, Diagnostic, Fix, code};
use std::cell::LazyCell;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let has_lost_calls = LazyCell::new(|| brief.has_lost_calls());
    for (first, second) in &brief.notes.faults().duplicates {
        let message = match (first.origin, second.origin) {
            (Origin::Body(_), Origin::Front(_)) => {
                format!("the note `{}` is defined in the body and in the front matter", second.label)
            }
            _ => format!("the note `{}` is defined twice", second.label),
        };
        // A call that leads nowhere may have meant the one that would go.
        let mend = mend(brief, first, second).filter(|fix| is_safe(fix) || !*has_lost_calls);
        diagnostics.push(
            Diagnostic::new(&code::DUPLICATE_NOTE, brief.note_place(second.origin), message)
                .label("defined again here")
                .related(brief.note_place(first.origin), "first defined here")
                .help("give one of them another label, or delete it")
                .mend(mend),
        );
    }
}

/// What deletes the second, which nobody sees, or the first where that one says nothing.
fn mend(brief: &Brief, first: &Defined, second: &Defined) -> Option<Fix> {
    let says_nothing = brief.notes.faults().is_empty(first.origin);
    brief.note_removal(if says_nothing { first.origin } else { second.origin })
}

fn is_safe(fix: &Fix) -> bool {
    fix.applicability == Applicability::Safe
}
