//! The last part of a build, as a list of steps that each take effect at once or not at all.
//!
//! After any of them the build may be interrupted. The record is widened before anything else changes and narrowed after
//! everything else has, so it names every file of ours at every moment, and the next build mends the rest.

use std::path::Path;

use anyhow::Result;

use super::OutputPath;
use super::disk;
use super::place::Staging;
use super::record::{self, Record};
use super::survey::Survey;

/// One change to the output.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// A record takes the place of the one before.
    Record(Record),
    /// A file whose bytes are staged under a number takes its place.
    Place(usize, &'a OutputPath),
    RemoveFile(&'a OutputPath),
    MakeFolder(&'a str),
    /// Only if it is empty.
    RemoveFolder(&'a str),
}

impl<'a> Step<'a> {
    pub fn run(&self, output: &Path, staging: &Staging) -> Result<()> {
        match self {
            Self::Record(record) => disk::rename(&staging.record(record)?, &output.join(record::NAME)),
            Self::Place(number, path) => disk::rename(&staging.file(*number), &path.below(output)),
            Self::RemoveFile(path) => disk::remove_file(&path.below(output)),
            Self::MakeFolder(path) => disk::make_folder(&output.join(path)),
            Self::RemoveFolder(path) => disk::remove_folder_if_empty(&output.join(path)),
        }
    }
}

/// The steps from what was surveyed to the output that `after` records. `changed` are the staged files, by number.
pub(super) fn steps<'a>(
    survey: &Survey<'a>,
    changed: Vec<(usize, &'a OutputPath)>,
    before: Option<&Record>,
    after: Record,
) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    steps.extend(survey.obstacles.iter().copied().map(Step::RemoveFile));
    steps.extend(survey.cleared.iter().copied().map(Step::RemoveFolder));
    steps.extend(survey.missing.iter().copied().map(Step::MakeFolder));
    steps.extend(changed.into_iter().map(|(number, path)| Step::Place(number, path)));
    steps.extend(survey.stale.iter().copied().map(Step::RemoveFile));
    steps.extend(survey.left.iter().copied().map(Step::RemoveFolder));
    let during = before.map_or_else(|| after.clone(), |before| before.union(&after));
    if !steps.is_empty() && before != Some(&during) {
        steps.insert(0, Step::Record(during.clone()));
        if during != after {
            steps.push(Step::Record(after));
        }
    } else if before != Some(&after) {
        steps.push(Step::Record(after));
    }
    steps
}
