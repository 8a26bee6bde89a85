//! A call whose note is nowhere: a reader would meet brackets, or a number that leads nowhere.

use super::Subject;
use crate::diagnostic::{Diagnostic, Guesses, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let guesses = Guesses::default();
    for call in &brief.notes.undefined {
        let place = brief.place(call.passage, call.range.clone());
        let problem =
            Diagnostic::new(&code::UNDEFINED_NOTE, place, format!("no note is called `{}`", call.label))
                .label("not defined in this brief");
        let body = brief.body().definitions.iter().map(|definition| definition.label.as_str());
        let front = brief.front.footnotes.iter().map(|(label, _)| label.value.as_str());
        diagnostics.push(match guesses.nearest("notes", &call.label, body.chain(front)) {
            Some(found) => {
                // A call in the title of an image by reference stands where only the image is.
                let exact = call.range.len() == call.label.len() + "[^]".len();
                let label = call.range.start + 2..call.range.end - 1;
                let mend = exact.then(|| brief.mend(call.passage, label, &found)).flatten();
                problem.help(format!("did you mean `[^{found}]`?")).mend(mend)
            }
            None => problem.help(format!(
                "define it by a line `[^{}]: …`, or under `[footnotes]` in the front matter",
                call.label
            )),
        });
    }
}
