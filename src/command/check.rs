//! `depeche check`: everything `build` would report, and nothing written.

use super::Outcome;
use super::edition::{EditionArguments, ReportArguments};
use crate::atlas::EntityId;
use crate::diagnostic::{Severity, report};
use crate::library::{Library, Withholding};
use crate::page::{Page, Planned};
use crate::pipeline::Checked;
use crate::terminal::{Stopwatch, Terminal};
use std::collections::BTreeSet;
use std::path::Path;

/// Report every mistake, and write nothing
///
/// The exit code is 1 where there are errors: fit for a script that runs before each publication.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche check
  depeche check --drafts
  depeche check --format github
  depeche check --format json | jq .message")]
pub struct Check {
    #[command(flatten)]
    edition: EditionArguments,

    #[command(flatten)]
    report: ReportArguments,
}

/// Checks the site at `root`.
///
/// # Errors
///
/// When the disk refuses, or what counts as now can't be told.
pub fn run(arguments: &Check, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let stopwatch = Stopwatch::start();
    let edition = &arguments.edition;
    edition.in_threads(|| {
        let checked = edition.check(root, terminal)?;
        arguments.report.report(&checked, &checked.diagnostics, terminal)?;
        if checked.is_refused() {
            terminal.talk(&report::closing(&checked.diagnostics).unwrap_or_default());
            return Ok(Outcome::Refused);
        }
        let mut line = format!("{} would be written: {}, in {stopwatch}", pages(&checked), counts(&checked));
        match report::mendable(&checked.diagnostics) {
            0 => {}
            number => line += &format!("; {number} of the remarks can be mended by `depeche fix`"),
        }
        terminal.talk(&line);
        leave(checked);
        Ok(Outcome::Done)
    })
}

/// Leaves a site to the system, which takes back all of a process at once when it ends, and sooner than piece by piece.
fn leave(checked: Checked) {
    std::mem::forget(checked);
}

/// How many pages a reader can open.
pub(super) fn pages(checked: &Checked) -> String {
    let shown = |planned: &&Planned| {
        matches!(planned.page, Page::Document(_) | Page::List { .. } | Page::NotFound(_))
    };
    counted(checked.plan.pages.iter().filter(shown).count(), "page", "pages")
}

/// What a site has, for a closing line.
pub(super) fn counts(checked: &Checked) -> String {
    let library = &checked.library;
    let countries: BTreeSet<EntityId> =
        library.groups.iter().flat_map(|groups| groups.countries.keys().copied()).collect();
    let notes = library.documents.iter().map(|document| document.brief.notes.called.len()).sum();
    let counts = [
        counted(library.briefs, "brief", "briefs"),
        counted(countries.len(), "country", "countries"),
        counted(notes, "note", "notes"),
        counted(report::count(&checked.diagnostics, Severity::Warning), "warning", "warnings"),
    ];
    let suggestions = report::count(&checked.diagnostics, Severity::Suggestion);
    let suggestions = (suggestions > 0).then(|| counted(suggestions, "suggestion", "suggestions"));
    counts.into_iter().chain(suggestions).chain(withheld(library)).collect::<Vec<_>>().join(", ")
}

/// How many files wait, or are no longer shown, and why: nobody should wonder where one is.
fn withheld(library: &Library) -> Vec<String> {
    let count = |is_it: fn(&Withholding) -> bool| {
        library.withheld.iter().filter(|withheld| is_it(&withheld.why)).count()
    };
    let counts = [
        (count(|why| matches!(why, Withholding::Scheduled(_))), "scheduled", "scheduled"),
        (count(|why| matches!(why, Withholding::Draft)), "draft", "drafts"),
        (count(|why| matches!(why, Withholding::Expired(_))), "expired", "expired"),
    ];
    let some = counts.into_iter().filter(|(number, ..)| *number > 0);
    some.map(|(number, one, several)| counted(number, one, several)).collect()
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}
