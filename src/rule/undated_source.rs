//! A source without a date: a reader can't tell what it knew.

use super::Written;
use crate::diagnostic::{Diagnostic, code};
use crate::reference;

pub(super) fn check(written: Written<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let reference = written.reference;
    if !reference.undated {
        return;
    }
    let message = format!("the source `{}` has no date", written.label.value);
    let problem = Diagnostic::new(&code::UNDATED_SOURCE, written.place(), message);
    let told = reference.url.as_ref().and_then(|url| reference::dated(&url.value));
    diagnostics.push(match told {
        Some(day) => problem
            .help(format!("its address tells one: `date = {day}`"))
            .mend(reference.addition.as_ref().map(|addition| addition.fix("date", &day.to_string()))),
        None => {
            let problem = problem.help(
                "give its `date` (a year, or a month, `\"2024-01\"`, will do), or the day it was read, `accessed`, if it bears none",
            );
            match &reference.addition {
                Some(addition) => problem
                    .help("the mend says that it was read today: look at it now")
                    .mend(Some(addition.fix("accessed", &written.today.to_string()))),
                None => problem,
            }
        }
    });
}
