//! What is left of a note call: a digit glued to a word when a text is pasted from a page, or a `[^` that begins none.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for lost in &facts.remarks().lost_calls {
            let place = brief.place(*passage, lost.source.clone());
            let number = lost.number.to_string();
            let message =
                format!("`{}` is followed by the digit `{number}`: is it a lost note call?", lost.word);
            let problem = Diagnostic::new(&code::LOST_CALL, place, message).help(format!(
                "write the call as `[^{number}]`, or leave it if the digit belongs to the word"
            ));
            let call = format!("[^{number}]");
            let defined = brief.defines(&number);
            let mend = defined.then(|| brief.mend(*passage, lost.source.clone(), &call)).flatten();
            diagnostics.push(problem.mend(mend));
        }
        for broken in &facts.remarks().broken_calls {
            let message = "`[^` begins no call here, and is printed as it is";
            diagnostics.push(
                Diagnostic::new(&code::LOST_CALL, brief.place(*passage, broken.clone()), message).help(
                    "write the call on one line, its label right behind: `[^label]`; `\\[^` is never a call",
                ),
            );
        }
    }
}
