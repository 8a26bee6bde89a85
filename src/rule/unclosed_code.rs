//! A fence of code that is never closed: the rest of the brief is code.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        if let Some(fence) = &facts.remarks().unclosed_code {
            let message = "this block of code is never closed: all below it is printed as code";
            diagnostics.push(
                Diagnostic::new(&code::UNCLOSED_CODE, brief.place(*passage, fence.clone()), message)
                    .label("opened here")
                    .help("write the same marks on a line of their own where the code ends"),
            );
        }
    }
}
