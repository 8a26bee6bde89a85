//! `depeche build`: the site, written to its folder.

mod changes;
mod lost;

use super::Outcome;
use super::edition::{EditionArguments, ReportArguments};
use crate::diagnostic::report::{self, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::memory::{self, Asked, Memory, Span, Told};
use crate::pipeline::{Checked, Unbuilt};
use crate::project::{self, Inputs, STYLED};
use crate::site;
use crate::source::Status;
use crate::terminal::{Stopwatch, Terminal};
use anyhow::Context;
use changes::Changes;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

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

    /// Print the path of each file that was written, new or changed, and nothing else
    #[arg(long)]
    list_changed: bool,

    /// Take warnings for errors: with one of them, nothing is written
    #[arg(long)]
    strict: bool,

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
    let edition = arguments.edition.edition()?;
    arguments.edition.in_threads(|| {
        let asked = arguments.asked();
        let output = match &arguments.output {
            Some(output) => Some(output.clone()),
            None => project::output(root).map(|output| root.join(output)),
        };
        // Before they are looked at: what was settled then shows a change that comes while they are.
        let now = clock();
        let settled = Inputs::of(root).ok().filter(|inputs| inputs.are_settled(now));
        let memory = output.as_ref().and_then(|output| Memory::recall(output, &asked));
        if let (Some(memory), Some(output)) = (&memory, &output)
            && memory.still_holds(output, &edition, settled.as_ref())
        {
            return arguments.told_again(memory, (root, output), terminal, &stopwatch);
        }
        let checked = arguments.edition.check(root)?;
        let folder =
            arguments.output.clone().unwrap_or_else(|| root.join(checked.project.config.output.as_str()));
        not_among_sources(root, &folder)?;
        // An address is lost once: the next build tells only what is wrong with the site itself.
        let told_next = told(&checked);
        let checked = with_lost_addresses(checked, &folder);
        if arguments.refuses(&checked.diagnostics) {
            arguments.tell(&checked, &checked.diagnostics, terminal)?;
            terminal.talk(&refused(&checked.diagnostics));
            return Ok(Outcome::Refused);
        }
        let settings = site::Settings { folder: &folder, force: arguments.force };
        let before = memory.as_ref().map(Memory::by_path).unwrap_or_default();
        let progress = terminal.progress("building", checked.plan.pages.len());
        let built = checked.build(settings, &asked.program, &before, &|| progress.advance());
        drop(progress);
        match built {
            Ok(built) => {
                keep(root, built.styled.as_deref());
                let told = told(&checked);
                let changes = Changes::of(&checked, &built, &before);
                arguments.tell(&checked, &told.diagnostics, terminal)?;
                arguments.tell_changes(&changes, &folder, terminal)?;
                terminal.talk(&changes.closing(&told, &folder, &stopwatch));
                let (paths, next_change) = (checked.paths(), checked.next_change);
                // What is remembered needs the room that all this takes.
                drop(checked);
                let files = memory::remembered(&folder, &paths, &built.made_of, clock());
                let span = Span::of(&edition, next_change);
                // A style's own memory is an input, which this build may have changed.
                let inputs = settled.filter(|_| built.styled.is_none());
                let record = site::record_status(&folder);
                Memory { asked, span, inputs, record, files, told: told_next }.keep(&folder);
                Ok(Outcome::Done)
            }
            Err(Unbuilt::Refused(mistakes)) => {
                let all: Vec<Diagnostic> = checked.diagnostics.iter().cloned().chain(mistakes).collect();
                arguments.tell(&checked, &all, terminal)?;
                terminal.talk(&refused(&all));
                Ok(Outcome::Refused)
            }
            Err(Unbuilt::Unwritable(error)) => Err(error),
        }
    })
}

/// Now, to tell which files were changed so shortly before that a later change might not show.
#[expect(clippy::disallowed_methods, reason = "nothing of the site depends on it")]
fn clock() -> SystemTime {
    SystemTime::now()
}

impl Build {
    fn asked(&self) -> Asked {
        Asked {
            program: program(),
            base_url: self.edition.base_url.clone(),
            drafts: self.edition.drafts,
            strict: self.strict,
        }
    }

    fn refuses(&self, diagnostics: &[Diagnostic]) -> bool {
        let gravest = if self.strict { Severity::Warning } else { Severity::Error };
        diagnostics.iter().any(|diagnostic| diagnostic.severity <= gravest)
    }

    fn tell(&self, checked: &Checked, diagnostics: &[Diagnostic], terminal: &Terminal) -> anyhow::Result<()> {
        self.tell_of(&|path| checked.project.text(path), diagnostics, terminal)
    }

    /// Prints diagnostics where they don't stand in the way of what was asked for.
    fn tell_of(
        &self,
        texts: report::Texts<'_>,
        diagnostics: &[Diagnostic],
        terminal: &Terminal,
    ) -> anyhow::Result<()> {
        if !self.list_changed {
            return self.report.report_of(texts, diagnostics, terminal);
        }
        let text = report::render(diagnostics, self.report.format, texts, terminal.talk_style());
        if !text.is_empty() {
            terminal.talk(text.trim_end_matches('\n'));
        }
        Ok(())
    }

    /// Prints what was written, in the form that is asked for.
    fn tell_changes(&self, changes: &Changes, folder: &Path, terminal: &Terminal) -> anyhow::Result<()> {
        let text = match self.report.format {
            _ if self.list_changed => changes.written().map(|path| format!("{path}\n")).collect(),
            Format::Json => changes.json(folder),
            Format::Human => changes.lines(),
            Format::Short | Format::Github => return Ok(()),
        };
        terminal.result(&text).context("can't write to standard output")
    }

    /// Tells what a build told of which nothing has changed since.
    fn told_again(
        &self,
        memory: &Memory,
        (root, output): (&Path, &Path),
        terminal: &Terminal,
        stopwatch: &Stopwatch,
    ) -> anyhow::Result<Outcome> {
        let changes = Changes::none(memory.files.len());
        self.tell_of(&|path| project::text(root, path), &memory.told.diagnostics, terminal)?;
        self.tell_changes(&changes, output, terminal)?;
        terminal.talk(&changes.closing(&memory.told, output, stopwatch));
        Ok(Outcome::Done)
    }
}

/// The site, and which addresses of the last build it lost.
fn with_lost_addresses(mut checked: Checked, folder: &Path) -> Checked {
    let lost = lost::addresses(&checked, &site::written(folder));
    if !lost.is_empty() {
        let mut diagnostics = checked.diagnostics.to_vec();
        diagnostics.extend(lost);
        report::order(&mut diagnostics);
        checked.diagnostics = Arc::new(diagnostics);
    }
    checked
}

/// What the build tells of a site: warnings, and how many suggestions there are, which `check` lists.
fn told(checked: &Checked) -> Told {
    let diagnostics = checked.diagnostics.iter();
    Told {
        diagnostics: diagnostics.filter(|it| it.severity < Severity::Suggestion).cloned().collect(),
        pages: super::check::pages(checked),
        counts: super::check::counts(checked),
    }
}

/// The program, and which build of it: of two that are not the same, neither believes what the other remembers.
fn program() -> String {
    let executable = std::env::current_exe().and_then(|path| path.metadata()).ok();
    let status = executable.map(|metadata| Status::of(&metadata));
    format!("{} {status:?}", env!("CARGO_PKG_VERSION"))
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
