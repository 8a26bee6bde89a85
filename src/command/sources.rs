//! `depeche sources`: what the publication cites, how often and where, and which of it has no archive.

pub mod check;
mod inventory;

use super::Outcome;
use super::check::counted;
use super::edition::EditionArguments;
use crate::diagnostic::report;
use crate::terminal::Terminal;
use anyhow::Context;
use inventory::Item;
use std::path::Path;

/// List the sources of the publication
///
/// Those cited most come first; sources of the shared library that no brief cites come last.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Examples:
  depeche sources
  depeche sources --without-archive
  depeche sources check --archives
  depeche sources --format json | jq -r .url")]
pub struct Sources {
    #[command(subcommand)]
    action: Option<Action>,

    /// How they are told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: ListFormat,

    /// Only those with an address and no archive
    #[arg(long)]
    without_archive: bool,

    /// Only those of the shared library that no brief cites
    #[arg(long, conflicts_with = "without_archive")]
    uncited: bool,

    #[command(flatten)]
    edition: EditionArguments,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    Check(check::Check),
}

/// A form in which sources are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// A few lines each.
    #[default]
    Human,
    /// One JSON object to a line.
    Json,
}

/// Lists the sources of the site at `root`.
///
/// # Errors
///
/// When the disk refuses, or what counts as now can't be told.
pub fn run(arguments: &Sources, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    if let Some(Action::Check(arguments)) = &arguments.action {
        return check::run(arguments, root, terminal);
    }
    let edition = &arguments.edition;
    edition.in_threads(|| {
        let checked = edition.check(root, terminal)?;
        let mut items = inventory::take(&checked);
        items.retain(|item| is_wanted(item, arguments));
        for item in &items {
            let text = match arguments.format {
                ListFormat::Human => inventory::human(item, &checked, terminal.style()),
                ListFormat::Json => inventory::json(item, &checked),
            };
            terminal.result(&text).context("can't write to standard output")?;
        }
        if let Some(closing) = report::closing(&checked.diagnostics).filter(|_| checked.is_refused()) {
            terminal.talk(&format!("{closing}; the list is of what could be read"));
        }
        terminal.talk(&counts(&items));
        Ok(Outcome::Done)
    })
}

fn is_wanted(item: &Item<'_>, arguments: &Sources) -> bool {
    let archived = !arguments.without_archive || item.lacks_archive();
    let cited = !arguments.uncited || item.is_idle();
    archived && cited
}

fn counts(items: &[Item<'_>]) -> String {
    let lacking = items.iter().filter(|item| item.lacks_archive()).count();
    let uncited = items.iter().filter(|item| item.is_idle()).count();
    format!("{}, {lacking} without archive, {uncited} not cited", counted(items.len(), "source", "sources"))
}
