//! A source old enough to disappear, of which no copy is known. A site says how old that is.

use super::Written;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(written: Written<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Written { reference, project, .. } = written;
    let Some(limit) = project.config.sources.archive_after else { return };
    if reference.url.is_none() || project.kept_copy(reference).is_some() {
        return;
    }
    let Some(day) = reference.date.and_then(|date| date.value.end()) else { return };
    let age = (written.today - day).get_days();
    if age <= limit {
        return;
    }
    let message = format!("the source `{}` is {age} days old and has no archive", written.label.value);
    diagnostics.push(Diagnostic::new(&code::UNARCHIVED_SOURCE, written.place(), message).help(
        "`depeche sources check --archives` looks for copies; or write the address of one as its `archive`",
    ));
}
