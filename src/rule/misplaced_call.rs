//! A call on the side of a punctuation mark where its language does not set it.

use super::Subject;
use crate::brief::sign::CallSide;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for found in &facts.remarks().misplaced_calls {
            let calls = brief.place(*passage, found.calls.clone());
            let (message, help) = match found.side {
                CallSide::Before => {
                    ("the note call stands after the punctuation mark", "in French the call comes before it")
                }
                CallSide::After => {
                    ("the note call stands before the punctuation mark", "in English the call comes after it")
                }
            };
            let both = found.mark.start.min(found.calls.start)..found.mark.end.max(found.calls.end);
            let exact = both.len() == found.calls.len() + found.mark.len();
            let exchanged = found.exchanged.as_ref().filter(|_| exact);
            let mend = exchanged.and_then(|exchanged| brief.mend(*passage, both, exchanged));
            diagnostics
                .push(Diagnostic::new(&code::MISPLACED_CALL, calls, message).help(help).mend(mend).safe());
        }
    }
}
