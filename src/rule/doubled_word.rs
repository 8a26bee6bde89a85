//! A word that stands twice in a row: « le sommet de de Minsk ».

use super::Subject;
use crate::brief::doubled::{doubled_words, is_known};
use crate::brief::prose::Prose;
use crate::diagnostic::{Diagnostic, code};
use crate::language::words::Words;
use crate::source::Place;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for found in &facts.remarks().doubled_words {
            let mend = found.second.clone().and_then(|second| brief.mend(*passage, second, ""));
            let place = brief.place(*passage, found.both.clone());
            diagnostics.push(doubled(&found.word, place).mend(mend));
        }
    }
    in_title(subject, diagnostics);
}

fn in_title(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let title = brief.front.title.as_ref().filter(|_| is_known(subject.language().primary()));
    let Some(title) = title.map(|title| &title.value) else { return };
    let mut prose = Prose::default();
    prose.push(title, 0..title.len());
    for found in doubled_words(&prose, &Words::of(title), title) {
        let Some(place) = brief.title_place(found.both) else { continue };
        let problem = doubled(&found.word, place);
        let second = found.second.and_then(|second| brief.title_place(second)).map(|place| place.span);
        diagnostics.push(match second.filter(|second| !second.range().is_empty()) {
            Some(second) => problem.fix(second, ""),
            None => problem,
        });
    }
}

fn doubled(word: &str, place: Place) -> Diagnostic {
    Diagnostic::new(&code::DOUBLED_WORD, place, format!("the word `{word}` stands twice in a row"))
        .help("delete one of them")
}
