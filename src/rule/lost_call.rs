//! A digit glued to a word: what is left of a note call when a text is pasted from a page.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for lost in &facts.lost_calls {
            let place = brief.place(*passage, lost.source.clone());
            let number = lost.number.to_string();
            let message =
                format!("`{}` is followed by the digit `{number}`: is it a lost note call?", lost.word);
            let problem = Diagnostic::new(&code::LOST_CALL, place, message).help(format!(
                "write the call as `[^{number}]`, or leave it if the digit belongs to the word"
            ));
            let call = format!("[^{number}]");
            let defined = brief.notes.defines(&number);
            let mend = defined.then(|| brief.mend(*passage, lost.source.clone(), &call)).flatten();
            diagnostics.push(problem.mend(mend));
        }
    }
}
