//! `depeche fix`: the mends that `check` offers, applied.

use super::check::counted;
use super::edition::{self, EditionArguments};
use super::{Outcome, explain, rewrite, shown};
use crate::diagnostic::{Applicability, Code, Diagnostic, report};
use crate::mend::{self, Choice, Mended, Mending, difference};
use crate::source::ContentPath;
use crate::terminal::{Stopwatch, Terminal};
use anyhow::{Context, bail, ensure};
use std::path::{Path, PathBuf};

/// Apply the mends that are safe
///
/// A mend is safe that keeps the meaning, or is the only thing that can have been meant. Nothing else of a file changes, byte
/// for byte, and doing it twice changes nothing more.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes:
  0  done, or nothing to mend
  1  with --diff: there is something to mend
  2  the command could not run, or could not write a file; the others are written

Examples:
  depeche fix --diff
  depeche fix
  depeche fix content/2024 --code misplaced-call
  depeche fix --guesses --diff")]
pub struct Fix {
    /// The files to mend, or the folders with them; the whole site unless given
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,

    /// Show what would change, and write nothing
    #[arg(long)]
    diff: bool,

    /// Apply guesses too, such as the nearest name; look at them first by --diff
    #[arg(long)]
    guesses: bool,

    /// Mend this diagnostic alone, by number or name; several times for several
    #[arg(long = "code", value_name = "CODE")]
    codes: Vec<String>,

    #[command(flatten)]
    edition: EditionArguments,
}

/// Mends the site at `root`.
///
/// # Errors
///
/// When the disk refuses, when an argument names no file of the site or no diagnostic, or when what counts as now can't be
/// told.
pub fn run(arguments: &Fix, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let stopwatch = Stopwatch::start();
    let choice = choice(arguments, root)?;
    let (overrides, edition) = (arguments.edition.overrides(), arguments.edition.edition()?);
    let mending = arguments.edition.in_threads(|| {
        mend::site(&|laid| edition::checked(root, laid, &overrides, &edition, terminal), &choice)
    })?;
    for mend in &mending.unsound {
        terminal.talk(&format!(
            "{}: a mend of {} was left out, for it would break the file or mend nothing",
            mend.path, mend.code
        ));
    }
    if arguments.diff { show(&mending, terminal) } else { write(&mending, root, terminal, &stopwatch) }
}

fn choice(arguments: &Fix, root: &Path) -> anyhow::Result<Choice> {
    let codes = arguments.codes.iter().map(|code| explain::find(code));
    let codes = codes.collect::<anyhow::Result<Vec<&'static Code>>>()?;
    let files = arguments.files.iter().map(|file| among(root, file));
    let files = files.collect::<anyhow::Result<Vec<Option<ContentPath>>>>()?;
    // The site's own folder is no limit.
    let among = files.into_iter().collect::<Option<Vec<ContentPath>>>().unwrap_or_default();
    Ok(Choice { guesses: arguments.guesses, codes, among })
}

/// The path from the site's root of a file that is named from where the command is run; `None` for the root itself.
fn among(root: &Path, file: &Path) -> anyhow::Result<Option<ContentPath>> {
    ensure!(file.symlink_metadata().is_ok(), "there is no `{}`", shown(file));
    let real = |path: &Path| {
        path.canonicalize().with_context(|| format!("can't tell where `{}` stands", shown(path)))
    };
    let (root, file_there) = (real(root)?, real(file)?);
    let Ok(below) = file_there.strip_prefix(&root) else {
        bail!("`{}` does not stand in the site's folder, `{}`", shown(file), root.display());
    };
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    match parts.map(|parts| parts.join("/")) {
        Some(path) if path.is_empty() => Ok(None),
        path => path
            .and_then(|path| ContentPath::new(&path))
            .with_context(|| format!("the name of `{}` is not UTF-8, or holds a backslash", shown(file)))
            .map(Some),
    }
}

/// Prints what would change.
fn show(mending: &Mending, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let look = difference::Look { colour: terminal.style().colour, terminal: terminal.is_watched() };
    for file in &mending.files {
        let text = difference::unified(file, look);
        terminal.result(&text).context("can't write to standard output")?;
    }
    if mending.files.is_empty() {
        terminal.talk(&closing("nothing to mend", mending));
        return Ok(Outcome::Done);
    }
    terminal.talk(&closing(&format!("{} would be made", made(&mending.files)), mending));
    Ok(Outcome::Refused)
}

/// Writes what changes, each file by itself.
fn write(
    mending: &Mending,
    root: &Path,
    terminal: &Terminal,
    stopwatch: &Stopwatch,
) -> anyhow::Result<Outcome> {
    let mut written = Vec::new();
    for file in &mending.files {
        match rewrite::write(root, file) {
            Ok(()) => {
                let line = format!("{}: {}\n", shown(&root.join(file.path.as_str())), mends(file.mends));
                terminal.result(&line).context("can't write to standard output")?;
                written.push(file.clone());
            }
            Err(error) => terminal.talk(&super::told(&error, terminal.talk_style().colour)),
        }
    }
    let unwritten = mending.files.len() - written.len();
    let done = match (mending.files.len(), written.len()) {
        (0, _) => "nothing to mend".to_owned(),
        (_, 0) => "nothing was mended".to_owned(),
        _ => format!("{}, in {stopwatch}", made(&written)),
    };
    ensure!(unwritten == 0, "{done}; {} could not be written", counted(unwritten, "file", "files"));
    terminal.talk(&closing(&done, mending));
    Ok(Outcome::Done)
}

fn mends(number: usize) -> String {
    counted(number, "mend", "mends")
}

/// How many mends there are, and in how many files.
fn made(files: &[Mended]) -> String {
    let number = files.iter().map(|file| file.mends).sum();
    format!("{} in {}", mends(number), counted(files.len(), "file", "files"))
}

/// The closing line: what was done, what is left, and what can be done about it.
fn closing(done: &str, mending: &Mending) -> String {
    let left = &mending.checked.diagnostics;
    let guessed = |diagnostic: &&Diagnostic| {
        diagnostic.fix.as_ref().is_some_and(|fix| fix.applicability == Applicability::Guess)
    };
    let mut line = match report::closing(left) {
        Some(left) => format!("{done}; left: {left}"),
        None => format!("{done}; no mistake is left"),
    };
    let guesses = left.iter().filter(guessed).count();
    if guesses > 0 {
        line += &format!("\nfor {guesses} of them `depeche fix --guesses --diff` shows a guess");
    }
    if !mending.is_complete {
        line += "\nthere may be more to mend: run `depeche fix` again";
    }
    line
}
