//! What was left to be done, and would be printed: `FIXME`, « À VÉRIFIER ».

use super::Subject;
use crate::brief::leftover::{leftovers, removal};
use crate::brief::prose::Prose;
use crate::diagnostic::{Diagnostic, code};
use crate::language::words::Words;
use crate::source::Place;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        let left = facts.remarks().leftovers.iter();
        diagnostics.extend(left.map(|left| {
            let mend = left.removal.clone().and_then(|gone| brief.mend(*passage, gone, ""));
            problem(&left.mark, brief.place(*passage, left.range.clone())).mend(mend)
        }));
    }
    let title = brief.front.title.as_ref().map_or("", |title| &title.value);
    for mark in leftovers(title, &Words::of(title)) {
        let Some(place) = brief.title_place(mark.clone()) else { continue };
        let mut prose = Prose::default();
        prose.push(title, 0..title.len());
        let mend = removal(&prose, title, mark.clone()).and_then(|gone| brief.title_mend(gone, ""));
        diagnostics.push(problem(&title[mark], place).mend(mend));
    }
}

fn problem(mark: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&code::LEFTOVER, place, format!("`{mark}` was left here"))
        .help("do what is still to be done, and delete it")
}
