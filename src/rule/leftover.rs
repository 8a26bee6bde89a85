//! What was left to be done, and would be printed: `FIXME`, « À VÉRIFIER ».

use super::Subject;
use crate::brief::leftover::leftovers;
use crate::diagnostic::{Diagnostic, code};
use crate::language::words::Words;
use crate::source::Place;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        let left = facts.remarks().leftovers.iter();
        diagnostics.extend(left.map(|left| problem(&left.mark, brief.place(*passage, left.range.clone()))));
    }
    let title = brief.front.title.as_ref().map_or("", |title| &title.value);
    for mark in leftovers(title, &Words::of(title)) {
        let place = brief.title_place(mark.clone());
        diagnostics.extend(place.map(|place| problem(&title[mark], place)));
    }
}

fn problem(mark: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&code::LEFTOVER, place, format!("`{mark}` was left here"))
        .help("do what is still to be done, and delete it")
}
