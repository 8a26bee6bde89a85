//! A note of a brief whose label is a source's of the shared library: a call means the one, and may be thought to mean the
//! other.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (note, entry) in &brief.notes.faults().shadowing {
        let Some(entry) = subject.project.bibliography.get(*entry) else { continue };
        let message = format!("the note `{}` hides a source of the library", note.label);
        diagnostics.push(
            Diagnostic::new(&code::SHADOWED_SOURCE, brief.note_place(note.origin), message)
                .label("this one is called here")
                .related(entry.place(), "the source of the library")
                .help("delete it to cite the library's, or give it another label")
                .mend(brief.note_removal(note.origin)),
        );
    }
}
