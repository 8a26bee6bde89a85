//! What was meant as a link and is read as text.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for lost in &facts.remarks().lost_links {
            let message = "this is printed as it is: a space keeps it from being a link";
            diagnostics
                .push(Diagnostic::new(&code::LOST_LINK, brief.place(*passage, lost.clone()), message).help(
                "set the parenthesis right behind the bracket, and a path with spaces between `<` and `>`",
            ));
        }
    }
}
