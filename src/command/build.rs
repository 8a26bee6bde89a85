//! `depeche build`: the site, written to its folder.

mod changes;
mod lost;
mod understood;

use super::Outcome;
use super::edition::{EditionArguments, ReportArguments};
use crate::diagnostic::report::{self, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::library::Edition;
use crate::memory::{self, Asked, Memory, Span, Understood};
use crate::pipeline::{Before, Built, Checked, Unbuilt};
use crate::project::{self, Inputs, STYLED};
use crate::site::{self, OutputPath};
use crate::source::Status;
use crate::terminal::{Stopwatch, Terminal};
use anyhow::Context;
use changes::Changes;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use understood::Site;

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
    let building = Building { arguments, root, edition: &edition, terminal, stopwatch: &stopwatch };
    arguments.edition.in_threads(|| building.run())
}

/// A build: what it was asked, of which site, and to whom it talks.
#[derive(Clone, Copy)]
struct Building<'a> {
    arguments: &'a Build,
    root: &'a Path,
    edition: &'a Edition,
    terminal: &'a Terminal,
    stopwatch: &'a Stopwatch,
}

impl Building<'_> {
    fn run(self) -> anyhow::Result<Outcome> {
        let Self { arguments, root, edition, terminal, .. } = self;
        let asked = arguments.asked();
        let output = match &arguments.output {
            Some(output) => Some(output.clone()),
            None => project::output(root).map(|output| root.join(output)),
        };
        let (inputs, memory) =
            rayon::join(|| Inputs::of(root, clock()).ok(), || Memory::recall(output.as_ref()?, &asked));
        let recalled = memory.as_ref().zip(output.as_ref());
        let changed = recalled.and_then(|(memory, output)| memory.changed(output, edition, inputs.as_ref()));
        let site = match (recalled, changed) {
            (Some((memory, output)), Some(changed)) if changed.is_empty() => {
                return self.told_again(memory, output);
            }
            (Some((memory, output)), Some(changed)) => self.restored(memory, output, &changed)?,
            _ => None,
        };
        let site = match site {
            Some(site) => site,
            None => self.anew()?,
        };
        if arguments.refuses(&site.checked.diagnostics) {
            return self.refused(&site.checked, &site.checked.diagnostics);
        }
        let settings = site::Settings {
            folder: &site.folder,
            force: arguments.force,
            as_recorded: memory.as_ref().filter(|_| site.is_seen_alike).and_then(|memory| memory.record),
            order: &[],
        };
        let files = memory.as_ref().map(Memory::by_path).unwrap_or_default();
        let before = Before { files, is_seen_alike: site.is_seen_alike };
        let progress = terminal.progress("building", site.checked.plan.pages.len());
        let built = site.checked.build(settings, &asked.program, &before, &|| progress.advance());
        drop(progress);
        match built {
            Ok(built) => self.done(site, built, &before, asked, inputs),
            Err(Unbuilt::Refused(mistakes)) => {
                let all: Vec<Diagnostic> = site.checked.diagnostics.iter().cloned().chain(mistakes).collect();
                self.refused(&site.checked, &all)
            }
            Err(Unbuilt::Unwritable(error)) => Err(error),
        }
    }

    /// Tells what was built, and keeps what the next build may want to know.
    fn done(
        self,
        site: Site,
        built: Built,
        before: &Before<'_>,
        asked: Asked,
        inputs: Option<Inputs>,
    ) -> anyhow::Result<Outcome> {
        let Site { mut checked, folder, told, told_next, lasting, understood, is_seen_alike } = site;
        keep(self.root, built.styled.as_deref());
        let changes = Changes::of(&checked, &built, before);
        self.arguments.tell(&checked, &told.diagnostics, self.terminal)?;
        self.arguments.tell_changes(&changes, &folder, self.terminal)?;
        self.terminal.talk(&changes.closing(&told, &folder, self.stopwatch));
        let written: BTreeSet<&OutputPath> = changes.written().collect();
        let stands = |path: &OutputPath| is_seen_alike && !written.contains(path);
        let known = |path: &OutputPath| {
            let file = before.files.get(path.as_str()).copied();
            file.filter(|_| stands(path))
        };
        // An address that was lost is nothing to go on with.
        checked.diagnostics = lasting;
        let understood = understood.or_else(|| {
            let rest = checked.kept()?;
            Understood::keep(checked.texts()?, &rest, &folder)
        });
        let files: Vec<_> = checked.paths().into_iter().zip(built.made_of).collect();
        let next_change = checked.next_change;
        // What is remembered needs the room that all this takes.
        drop(checked);
        let memory = Memory {
            asked,
            span: Span::of(self.edition, next_change),
            // A style's own memory is an input, which this build may have changed.
            inputs: inputs.filter(|_| built.styled.is_none()),
            understood,
            record: built.record,
            files: memory::remembered(&folder, &files, &known, clock()),
            told: told_next,
        };
        // Where another build has written there since, the files may be its own.
        if memory.record == site::record_status(&folder) {
            memory.keep(&folder);
        }
        Ok(Outcome::Done)
    }

    fn refused(self, checked: &Checked, diagnostics: &[Diagnostic]) -> anyhow::Result<Outcome> {
        self.arguments.tell(checked, diagnostics, self.terminal)?;
        self.terminal.talk(&refused(diagnostics));
        Ok(Outcome::Refused)
    }

    /// Tells what a build told of which nothing has changed since.
    fn told_again(self, memory: &Memory, output: &Path) -> anyhow::Result<Outcome> {
        let Self { arguments, root, terminal, .. } = self;
        let changes = Changes::none(memory.files.len());
        arguments.tell_of(&|path| project::text(root, path), &memory.told.diagnostics, terminal)?;
        arguments.tell_changes(&changes, output, terminal)?;
        terminal.talk(&changes.closing(&memory.told, output, self.stopwatch));
        Ok(Outcome::Done)
    }
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

/// The closing line of a build that was refused.
pub(super) fn refused(diagnostics: &[Diagnostic]) -> String {
    format!("nothing was written: {}", report::closing(diagnostics).unwrap_or_default())
}
