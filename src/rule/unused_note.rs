//! A note that no call leads to: no reader would ever see it.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};
use std::cell::LazyCell;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let may_be_meant = LazyCell::new(|| brief.has_lost_calls());
    for note in &brief.notes.faults().unused {
        let mend = if *may_be_meant { None } else { brief.note_removal(note.origin) };
        let message = format!("the note `{}` is never called", note.label);
        diagnostics.push(
            Diagnostic::new(&code::UNUSED_NOTE, brief.note_place(note.origin), message)
                .label("not printed")
                .help(format!("call it by `[^{}]` where it belongs, or delete it", note.label))
                .mend(mend),
        );
    }
}
