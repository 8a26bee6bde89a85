//! A call with a parenthesis glued behind it: elsewhere in Markdown that is a link.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for call in &facts.remarks().calls_before_parenthesis {
            let place = brief.place(*passage, call.clone());
            diagnostics.push(
                Diagnostic::new(&code::CALL_BEFORE_PARENTHESIS, place, "a parenthesis is glued to this note call")
                    .help("read as a call, not as a link: set a space between them, or write the words of the link without `^`")
                    .mend(brief.mend(*passage, call.end..call.end, " ")),
            );
        }
    }
}
