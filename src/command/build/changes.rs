//! What a build changed in the output, and why.

use crate::command::{check::counted, shown};
use crate::memory::{MadeOf, Told};
use crate::pipeline::{Before, Built, Checked};
use crate::site::OutputPath;
use crate::terminal::Stopwatch;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many changed files are told one by one.
const FEW: usize = 20;

/// What a build changed.
#[derive(Debug, Default)]
pub(super) struct Changes {
    written: Vec<Change>,
    kept: usize,
    removed: Vec<OutputPath>,
    edited: Vec<OutputPath>,
    /// Whether there was an output before.
    is_first: bool,
}

/// A file that was written.
#[derive(Debug)]
struct Change {
    path: OutputPath,
    why: Why,
}

/// Why a file was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Why {
    /// It was not there.
    New,
    /// The theme, its words or the program are others.
    Look,
    /// The settings are others: the site's title, its menu, its languages.
    Settings,
    /// Its own text is another.
    Text,
    /// What it says of others is: the briefs it lists or is linked with, their sources.
    Context,
    /// It is copied, and what it is copied from is another.
    Copied,
    /// Somebody else changed it, or it is not known what it was made of.
    Restored,
}

impl Why {
    fn says(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Look => "the theme, its words or the program changed",
            Self::Settings => "the site's settings changed",
            Self::Text => "its text changed",
            Self::Context => "what it shows of others changed",
            Self::Copied => "the file it is copied from changed",
            Self::Restored => "not as the last build left it",
        }
    }

    fn of(now: Option<MadeOf>, before: Option<MadeOf>) -> Self {
        match (now, before) {
            (None, _) => Self::Copied,
            (Some(now), Some(before)) if now.look != before.look => Self::Look,
            (Some(now), Some(before)) if now.page.frame != before.page.frame => Self::Settings,
            (Some(now), Some(before)) if now.page.text != before.page.text => Self::Text,
            (Some(now), Some(before)) if now != before => Self::Context,
            _ => Self::Restored,
        }
    }
}

impl Changes {
    /// What `built` changed, where an earlier build left the files `before`.
    pub(super) fn of(checked: &Checked, built: &Built, before: &Before<'_>) -> Self {
        let outcome = &built.outcome;
        let replaced: BTreeSet<&OutputPath> = outcome.replaced.iter().collect();
        let pages = checked.plan.pages.iter().zip(&built.made_of);
        let pages = pages.filter(|(planned, _)| replaced.contains(&planned.output));
        let made_of: BTreeMap<&str, Option<MadeOf>> =
            pages.map(|(planned, of)| (planned.output.as_str(), *of)).collect();
        let created = outcome.created.iter().map(|path| Change { path: path.clone(), why: Why::New });
        let replaced = outcome.replaced.iter().map(|path| {
            let now = made_of.get(path.as_str()).copied().flatten();
            let before = before.files.get(path.as_str()).and_then(|file| file.of);
            Change { path: path.clone(), why: Why::of(now, before) }
        });
        Self {
            written: created.chain(replaced).collect(),
            kept: outcome.kept,
            removed: outcome.removed.clone(),
            edited: outcome.edited.clone(),
            is_first: outcome.kept == 0 && outcome.replaced.is_empty() && outcome.removed.is_empty(),
        }
    }

    /// Nothing, where there are so many files.
    pub(super) fn none(files: usize) -> Self {
        Self { kept: files, ..Self::default() }
    }

    /// The files that were written.
    pub(super) fn written(&self) -> impl Iterator<Item = &OutputPath> {
        self.written.iter().map(|change| &change.path)
    }

    /// A few changed files, one by one; of more, how many there are for each reason. Nothing of a first build.
    pub(super) fn lines(&self) -> String {
        if self.is_first {
            return String::new();
        }
        if self.written.len() <= FEW {
            let lines = self.written.iter().map(|change| format!("{}: {}\n", change.path, change.why.says()));
            return lines.collect();
        }
        let mut reasons: BTreeMap<Why, usize> = BTreeMap::new();
        for change in &self.written {
            *reasons.entry(change.why).or_default() += 1;
        }
        let line =
            |(why, count): (&Why, &usize)| format!("{}: {}\n", counted(*count, "file", "files"), why.says());
        reasons.iter().map(line).collect()
    }

    /// One JSON object on a line, with the key `build`.
    pub(super) fn json(&self, folder: &Path) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            build: Written<'a>,
        }
        #[derive(Serialize)]
        struct Written<'a> {
            folder: String,
            written: Vec<File<'a>>,
            kept: usize,
            removed: Vec<String>,
            left_alone: Vec<String>,
        }
        #[derive(Serialize)]
        struct File<'a> {
            path: &'a str,
            why: Why,
        }
        let names = |paths: &[OutputPath]| paths.iter().map(OutputPath::to_string).collect();
        let written = self.written.iter().map(|change| File { path: change.path.as_str(), why: change.why });
        let line = Line {
            build: Written {
                folder: folder.to_string_lossy().into_owned(),
                written: written.collect(),
                kept: self.kept,
                removed: names(&self.removed),
                left_alone: names(&self.edited),
            },
        };
        serde_json::to_string(&line).map(|line| line + "\n").unwrap_or_default()
    }

    /// The closing line of a build: what there is, what has changed, and how long it took.
    pub(super) fn closing(&self, told: &Told, folder: &Path, stopwatch: &Stopwatch) -> String {
        let mut line = format!(
            "{} in {}: {}; {} written, {} unchanged, {} removed, in {stopwatch}",
            told.pages,
            shown(folder),
            told.counts,
            counted(self.written.len(), "file", "files"),
            self.kept,
            self.removed.len(),
        );
        for path in &self.edited {
            line.push_str(&format!("\nleft alone, for it was changed by hand since: {path}"));
        }
        line
    }
}
