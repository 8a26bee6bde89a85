//! The commands: one file for each, with its arguments and one function.
//!
//! What is asked of the program is read here alone: arguments, the clock and the environment. The files beside those of the
//! commands hold what several of them share: [`edition`] the options of those that read a site, [`new_file`] the writing of
//! files that were not there before, [`rewrite`] of those that were, [`lock_file`] of what is known of the sources' addresses.

pub mod build;
pub mod check;
pub mod edition;
pub mod explain;
pub mod fix;
pub mod init;
pub mod inspect;
pub mod lock_file;
pub mod new;
pub mod new_file;
pub mod rewrite;
pub mod serve;
pub mod sources;

use crate::terminal::{ColorChoice, Terminal};
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write;
use std::path::{Display, Path, PathBuf};
use std::process::ExitCode;

/// How a command ended that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it was asked for.
    Done,
    /// The site has errors, or files to mend, and nothing was written.
    Refused,
}

/// The arguments of the program.
#[derive(Debug, clap::Parser)]
#[command(name = "depeche", version, about, arg_required_else_help = true, subcommand_required = true)]
#[command(after_help = AFTER_HELP)]
pub struct Cli {
    /// The site's folder, where `site.toml` stands
    #[arg(long, global = true, value_name = "DIR", default_value = ".", display_order = 500)]
    root: PathBuf,

    /// When to colour what is printed
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", display_order = 501)]
    color: ColorChoice,

    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Exit codes:
  0  done
  1  the site has errors, or files to mend
  2  the command could not run

Examples:
  depeche init revue
  cd revue
  depeche new \"Un sommet se prépare\" --country Kazakhstan
  depeche check
  depeche fix --diff
  depeche serve --open
  depeche build";

#[derive(Debug, clap::Subcommand)]
enum Command {
    Init(init::Init),
    New(new::New),
    Build(build::Build),
    Serve(serve::Serve),
    Check(check::Check),
    Fix(fix::Fix),
    Sources(sources::Sources),
    Inspect(inspect::Inspect),
    Explain(explain::Explain),
}

impl Cli {
    /// Runs the command, tells what kept it from running, and turns the outcome into an exit code.
    pub fn run(self) -> ExitCode {
        let terminal = Terminal::new(self.color);
        let outcome = match self.command {
            Command::Init(arguments) => init::run(&arguments, &self.root, &terminal),
            Command::New(arguments) => new::run(&arguments, &self.root, &terminal),
            Command::Build(arguments) => build::run(&arguments, &self.root, &terminal),
            Command::Serve(arguments) => serve::run(&arguments, &self.root, &terminal),
            Command::Check(arguments) => check::run(&arguments, &self.root, &terminal),
            Command::Fix(arguments) => fix::run(&arguments, &self.root, &terminal),
            Command::Sources(arguments) => sources::run(&arguments, &self.root, &terminal),
            Command::Inspect(arguments) => inspect::run(&arguments, &self.root, &terminal),
            Command::Explain(arguments) => explain::run(&arguments, &terminal),
        };
        match outcome {
            Ok(Outcome::Done) => ExitCode::SUCCESS,
            Ok(Outcome::Refused) => ExitCode::from(1),
            Err(error) => {
                terminal.talk(&told(&error, terminal.talk_style().colour));
                ExitCode::from(2)
            }
        }
    }
}

/// An error and what caused it, one to a line.
fn told(error: &anyhow::Error, colour: bool) -> String {
    let style =
        if colour { Style::new().bold().fg_color(Some(AnsiColor::BrightRed.into())) } else { Style::new() };
    let mut text = format!("{style}error{style:#}: {error}");
    for cause in error.chain().skip(1) {
        let _ = write!(text, "\n  because: {cause}");
    }
    text
}

/// A path as it is shown: `content/x.md` rather than `./content/x.md`.
fn shown(path: &Path) -> Display<'_> {
    match path.strip_prefix(".") {
        Ok(rest) if rest.as_os_str().is_empty() => path.display(),
        Ok(rest) => rest.display(),
        Err(_) => path.display(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_one_another() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_path_is_shown_as_people_write_it() {
        let shown = |path| shown(Path::new(path)).to_string();
        assert_eq!(shown("./content/x.md"), "content/x.md");
        assert_eq!(shown("../x.md"), "../x.md");
        assert_eq!(shown("."), ".");
    }

    #[test]
    fn an_error_is_told_with_its_causes() {
        let error = anyhow::anyhow!("permission denied").context("can't write `site.toml`");
        assert_eq!(told(&error, false), "error: can't write `site.toml`\n  because: permission denied");
    }
}
