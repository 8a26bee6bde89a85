//! A note that says nothing.

use super::Subject;
use crate::brief::Origin;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let faults = brief.notes.faults();
    for note in &faults.empty {
        let message = format!("the note `{}` is empty", note.label);
        let help = match note.origin {
            Origin::Body(_) => {
                "write its text behind the colon; lines after the first are indented by four spaces"
            }
            Origin::Front(_) | Origin::Shared(_) => {
                "give it a `text`, or the `title` of a source, or delete it"
            }
        };
        // What is called has a text that is still to be written.
        let mend = faults.is_unused(note.origin).then(|| brief.note_removal(note.origin)).flatten();
        let place = brief.note_place(note.origin);
        diagnostics.push(Diagnostic::new(&code::EMPTY_NOTE, place, message).help(help).mend(mend));
    }
}
