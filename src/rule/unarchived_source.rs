//! A source old enough to disappear, of which no copy is known. A site says how old that is.

use super::Written;
use crate::diagnostic::{Diagnostic, code};
use crate::reference::original;

pub(super) fn check(written: Written<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Written { reference, project, .. } = written;
    let Some(limit) = project.config.sources.archive_after else { return };
    let Some(url) = reference.url.as_ref().filter(|_| project.kept_copy(reference).is_none()) else { return };
    let Some(day) = reference.date.and_then(|date| date.value.end()) else { return };
    let age = (written.today - day).get_days();
    if age <= limit {
        return;
    }
    let message = format!("the source `{}` is {age} days old and has no archive", written.label.value);
    let page = original(&url.value).unwrap_or(&url.value);
    // The Wayback Machine answers with the copy that is nearest to the day.
    let copy = format!("https://web.archive.org/web/{}/{}", day.strftime("%Y%m%d"), page);
    let addition = reference.addition.as_ref();
    diagnostics.push(
        Diagnostic::new(&code::UNARCHIVED_SOURCE, written.place(), message)
            .help("`depeche sources check --archives` looks for copies; or write the address of one as its `archive`")
            .help(format!(
                "{copy} leads to the copy nearest to its date, if there is one: look, and keep the address that it leads to"
            ))
            .mend(addition.map(|addition| addition.fix("archive", &format!("\"{copy}\"")))),
    );
}
