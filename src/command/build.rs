//! `depeche build`: the site, written to its folder.

mod changes;
mod lost;

use super::Outcome;
use super::check::leave;
use super::edition::{EditionArguments, ReportArguments};
use crate::diagnostic::report::{self, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::library::Edition;
use crate::memory::{self, Asked, Memory, Span, Told, Understood};
use crate::pipeline::{Before, Checked, Unbuilt};
use crate::project::{self, Inputs, STYLED};
use crate::site::{self, OutputPath};
use crate::source::{ContentPath, Status};
use crate::terminal::{Stopwatch, Terminal};
use anyhow::Context;
use changes::Changes;
use std::collections::BTreeSet;
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
        let (inputs, memory) =
            rayon::join(|| Inputs::of(root, clock()).ok(), || Memory::recall(output.as_ref()?, &asked));
        let changed = memory.as_ref().zip(output.as_ref());
        let changed = changed.and_then(|(memory, output)| memory.changed(output, &edition, inputs.as_ref()));
        if let (Some([]), Some(memory), Some(output)) = (changed.as_deref(), &memory, &output) {
            return arguments.told_again(memory, (root, output), terminal, &stopwatch);
        }
        let understanding = Understanding { arguments, root, edition: &edition, terminal };
        let restored = match (changed, &memory, &output) {
            (Some(changed), Some(memory), Some(output)) => {
                understanding.restored(memory, output, &changed)?
            }
            _ => None,
        };
        let site = match restored {
            Some(site) => site,
            None => understanding.anew()?,
        };
        let Site { checked, folder, told, told_next, understood, is_seen_alike } = site;
        if arguments.refuses(&checked.diagnostics) {
            arguments.tell(&checked, &checked.diagnostics, terminal)?;
            terminal.talk(&refused(&checked.diagnostics));
            return Ok(Outcome::Refused);
        }
        let settings = site::Settings { folder: &folder, force: arguments.force, as_recorded: is_seen_alike };
        let files = memory.as_ref().map(Memory::by_path).unwrap_or_default();
        let before = Before { files, is_seen_alike };
        let progress = terminal.progress("building", checked.plan.pages.len());
        let built = checked.build(settings, &asked.program, &before, &|| progress.advance());
        drop(progress);
        match built {
            Ok(built) => {
                keep(root, built.styled.as_deref());
                let changes = Changes::of(&checked, &built, &before);
                arguments.tell(&checked, &told.diagnostics, terminal)?;
                arguments.tell_changes(&changes, &folder, terminal)?;
                terminal.talk(&changes.closing(&told, &folder, &stopwatch));
                let written: BTreeSet<&OutputPath> = changes.written().collect();
                let stands = |path: &OutputPath| is_seen_alike && !written.contains(path);
                let known = |path: &OutputPath| {
                    let file = before.files.get(path.as_str()).copied();
                    file.filter(|_| stands(path))
                };
                let files: Vec<_> = checked.paths().into_iter().zip(built.made_of).collect();
                let files = memory::remembered(&folder, &files, &known, clock());
                let span = Span::of(&edition, checked.next_change);
                // A style's own memory is an input, which this build may have changed.
                let inputs = inputs.filter(|_| built.styled.is_none());
                let record = site::record_status(&folder);
                let understood = understood.or_else(|| {
                    let rest = checked.kept()?;
                    Understood::keep(checked.texts()?, &rest, &folder)
                });
                Memory { asked, span, inputs, understood, record, files, told: told_next }.keep(&folder);
                leave(checked);
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

/// A site that is to be written, and what is to be told of it.
struct Site {
    checked: Checked,
    folder: PathBuf,
    told: Told,
    /// What the next build tells where nothing has changed. An address is lost once.
    told_next: Told,
    /// What is known already of what was understood, where it is kept.
    understood: Option<Understood>,
    /// Whether the last build would make the same, but for pages with words of a revised text.
    is_seen_alike: bool,
}

/// What a site is understood from.
#[derive(Clone, Copy)]
struct Understanding<'a> {
    arguments: &'a Build,
    root: &'a Path,
    edition: &'a Edition,
    terminal: &'a Terminal,
}

impl Understanding<'_> {
    /// Reads all of it.
    fn anew(self) -> anyhow::Result<Site> {
        let checked = self.arguments.edition.check(self.root, self.terminal)?;
        let output = checked.project.config.output.as_str();
        let folder = self.arguments.output.clone().unwrap_or_else(|| self.root.join(output));
        not_among_sources(self.root, &folder)?;
        let told_next = told(&checked);
        let checked = with_lost_addresses(checked, &folder);
        let told = told(&checked);
        Ok(Site { checked, folder, told, told_next, understood: None, is_seen_alike: false })
    }

    /// Goes on with what the last build understood, where only texts have changed and others see in them what they saw.
    fn restored(self, memory: &Memory, output: &Path, changed: &[&str]) -> anyhow::Result<Option<Site>> {
        let changed: Option<BTreeSet<ContentPath>> =
            changed.iter().map(|path| ContentPath::new(path).filter(ContentPath::is_text)).collect();
        let known = memory.understood.as_ref().zip(changed);
        let Some((understood, changed)) = known else { return Ok(None) };
        let Some(rest) = understood.rest(output) else { return Ok(None) };
        let overrides = self.arguments.edition.overrides();
        let restored =
            Checked::restored(self.root, &overrides, self.edition, &rest, &understood.texts, &changed)?;
        let site = |checked: Checked| {
            let understood = checked.texts().map(|texts| understood.with_texts(texts));
            Site {
                folder: output.to_owned(),
                told: memory.told.clone(),
                told_next: memory.told.clone(),
                understood,
                is_seen_alike: true,
                checked,
            }
        };
        Ok(restored.map(site))
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
