//! A note that says nothing.

use super::Subject;
use crate::brief::Origin;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for note in &brief.notes.faults().empty {
        let message = format!("the note `{}` is empty", note.label);
        let help = match note.origin {
            Origin::Body(_) => {
                "write its text behind the colon; lines after the first are indented by four spaces"
            }
            Origin::Front(_) | Origin::Shared(_) => {
                "give it a `text`, or the `title` of a source, or delete it"
            }
        };
        diagnostics
            .push(Diagnostic::new(&code::EMPTY_NOTE, brief.note_place(note.origin), message).help(help));
    }
}
