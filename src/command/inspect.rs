//! `depeche inspect`: what the program sees in a text, and why.

mod cases;
mod mentions;

use super::Outcome;
use crate::terminal::Terminal;
use std::path::Path;

/// Show what is found in a text, and why
#[derive(Debug, clap::Args)]
pub struct Inspect {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Mentions(mentions::Mentions),
}

/// Shows what was asked for.
///
/// # Errors
///
/// When a file can't be read, or its language is none whose prose is known.
pub fn run(arguments: &Inspect, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    match &arguments.what {
        What::Mentions(arguments) => mentions::run(arguments, root, terminal),
    }
}
