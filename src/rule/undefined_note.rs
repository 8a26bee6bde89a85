//! A call whose note is nowhere: a reader would meet brackets, or a number that leads nowhere.

use super::Subject;
use crate::brief::notes::Undefined;
use crate::diagnostic::{Diagnostic, Guesses, code};
use std::cell::LazyCell;
use std::ops::Range;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let guesses = Guesses::default();
    let known = LazyCell::new(|| known(subject));
    for call in &brief.notes.faults().undefined {
        let place = brief.place(call.passage, call.range.clone());
        let problem =
            Diagnostic::new(&code::UNDEFINED_NOTE, place, format!("no note is called `{}`", call.label))
                .label("not defined in this brief");
        // What stands behind a comma is a place in the source.
        let (label, locator) = call.label.split_once(',').unwrap_or((&call.label, ""));
        if let Some((label, place)) = without_comma(subject, &call.label) {
            let written = format!("{label}, {place}");
            let mend = exact_label(call, &call.label).and_then(|at| brief.mend(call.passage, at, &written));
            diagnostics.push(problem.help(format!("did you mean `[^{written}]`?")).mend(mend));
            continue;
        }
        if locator.trim().is_empty() && call.label.contains(',') && known.contains(&label) {
            let mend = exact_label(call, &call.label).and_then(|at| brief.mend(call.passage, at, label));
            let help = format!("no place stands behind the comma: call it `[^{label}]`");
            diagnostics.push(problem.help(help).mend(mend));
            continue;
        }
        diagnostics.push(match guesses.nearest("notes", label, known.iter().copied()) {
            Some(found) if found == label => problem.help(format!(
                "`[^{label}]` is a plain note, and only a source has places: call it without `,{locator}`"
            )),
            Some(found) => {
                let mend = exact_label(call, label).and_then(|label| brief.mend(call.passage, label, &found));
                problem.help(format!("did you mean `[^{found}]`?")).mend(mend)
            }
            None if subject.project.bibliography.entries().is_empty() => problem.help(format!(
                "define it by a line `[^{label}]: …`, or under `[footnotes]` in the front matter"
            )),
            None => problem.help(format!(
                "define it by a line `[^{label}]: …`, under `[footnotes]` in the front matter, or in the library of sources"
            )),
        });
    }
}

/// The source that a call means, and the place in it, where something else than a comma stands between the two.
fn without_comma<'a>(subject: Subject<'_>, written: &'a str) -> Option<(&'a str, &'a str)> {
    let at = written.find([' ', ';', ':'])?;
    let (label, place) = (&written[..at], written[at..].trim_start_matches([' ', ';', ':']));
    let in_front = || subject.brief.front.references().any(|(known, _)| known.value == label);
    let is_source = in_front() || subject.project.bibliography.find(label).is_some();
    (is_source && !place.is_empty() && !written.contains(',')).then_some((label, place))
}

/// Every label that a call of this file could have meant, those of the file first.
fn known<'a>(subject: Subject<'a>) -> Vec<&'a str> {
    let body = subject.brief.body().definitions.iter().map(|definition| &*definition.label);
    let front = subject.brief.front.footnotes.iter().map(|(label, _)| label.value.as_str());
    let shared = subject.project.bibliography.entries().iter().map(|entry| entry.label.value.as_str());
    body.chain(front).chain(shared).collect()
}

/// Where the label stands in its call; a call in the title of an image by reference stands where only the image is.
fn exact_label(call: &Undefined, label: &str) -> Option<Range<usize>> {
    let start = call.range.start + "[^".len();
    (call.range.len() == call.label.len() + "[^]".len()).then(|| start..start + label.len())
}
