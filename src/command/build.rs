//! `depeche build`: the site, written to its folder.

use super::edition::{EditionArguments, ReportArguments};
use super::{Outcome, shown};
use crate::diagnostic::{Diagnostic, report};
use crate::pipeline::{Built, Checked, Unbuilt};
use crate::project::STYLED;
use crate::site;
use crate::terminal::{Stopwatch, Terminal};
use std::path::{Path, PathBuf};

/// Build the site
///
/// Every file is read and checked first. If anything is wrong enough to be an error, nothing is written, and the site that
/// was there stays as it was. Otherwise only the files that changed are replaced.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche build
  depeche build --base-url https://www.example.org/revue/
  depeche build --drafts --output ../relecture
  depeche build --date 2026-11-20")]
pub struct Build {
    /// The folder to write, instead of `output` in site.toml
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Write into a folder that holds other files too; they are left alone
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    edition: EditionArguments,

    #[command(flatten)]
    report: ReportArguments,
}

/// Builds the site at `root`.
///
/// # Errors
///
/// When the disk refuses, or what counts as now can't be told.
pub fn run(arguments: &Build, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let stopwatch = Stopwatch::start();
    let edition = &arguments.edition;
    edition.in_threads(|| {
        let checked = edition.check(root)?;
        if checked.is_refused() {
            arguments.report.report(&checked, &checked.diagnostics, terminal)?;
            terminal.talk(&refused(&checked.diagnostics));
            return Ok(Outcome::Refused);
        }
        let folder =
            arguments.output.clone().unwrap_or_else(|| root.join(checked.project.config.output.as_str()));
        not_among_sources(root, &folder)?;
        let settings = site::Settings { folder: &folder, force: arguments.force };
        let progress = terminal.progress("building", checked.plan.pages.len());
        let built = checked.build(settings, &|| progress.advance());
        drop(progress);
        match built {
            Ok(built) => {
                keep(root, built.styled.as_deref());
                arguments.report.report(&checked, &checked.diagnostics, terminal)?;
                terminal.talk(&done(&checked, &built, &stopwatch));
                Ok(Outcome::Done)
            }
            Err(Unbuilt::Refused(mistakes)) => {
                let all: Vec<Diagnostic> = checked.diagnostics.iter().cloned().chain(mistakes).collect();
                arguments.report.report(&checked, &all, terminal)?;
                terminal.talk(&refused(&all));
                Ok(Outcome::Refused)
            }
            Err(Unbuilt::Unwritable(error)) => Err(error),
        }
    })
}

/// Keeps what a style has made of sources for the next build, which only takes longer where that fails.
#[expect(clippy::disallowed_methods, reason = "it stands beside the sources, where no reader gets it")]
fn keep(root: &Path, styled: Option<&str>) {
    if let Some(styled) = styled {
        let _ = std::fs::write(root.join(STYLED), styled);
    }
}

/// Refuses a folder in which the site's own sources stand: the next build would take the output for one.
fn not_among_sources(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (root, folder) = (absolute(root), absolute(folder));
    let sources = ["content", "static", "themes", "templates", "i18n"].map(|name| root.join(name));
    let among = sources.iter().any(|source| folder.starts_with(source)) || folder == root;
    anyhow::ensure!(
        !among,
        "`{}` can't be the output: the sources stand there; name a folder of its own",
        folder.display()
    );
    Ok(())
}

/// The closing line of a build that was refused.
pub(super) fn refused(diagnostics: &[Diagnostic]) -> String {
    format!("nothing was written: {}", report::closing(diagnostics).unwrap_or_default())
}

/// The closing line of a build: what there is, what has changed, and how long it took.
fn done(checked: &Checked, built: &Built, stopwatch: &Stopwatch) -> String {
    let counts = super::check::counts(checked);
    let outcome = &built.outcome;
    let made = outcome.created.len() + outcome.replaced.len();
    let mut line = format!(
        "{} in {}: {counts}; {} written, {} unchanged, {} removed, in {stopwatch}",
        super::check::pages(checked),
        shown(&built.folder),
        super::check::counted(made, "file", "files"),
        outcome.kept,
        outcome.removed.len(),
    );
    for path in &outcome.edited {
        line.push_str(&format!("\nleft alone, for it was changed by hand since: {path}"));
    }
    line
}
