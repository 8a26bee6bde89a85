//! The `depeche` command.

use clap::Parser;
use depeche::command::Cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    Cli::parse().run()
}
