//! The report on sentences whose entities are known.

use crate::atlas::mention::cases::{self, Failure, Score};
use crate::atlas::{Atlas, EntityId};
use crate::command::Outcome;
use crate::terminal::Terminal;
use anyhow::{Context, anyhow};
use std::fmt::Write;
use std::path::Path;

/// Reports how well the sentences of `text`, which stand in `file`, come out; refused where one goes wrong.
pub(super) fn run(text: &str, file: &Path, atlas: &Atlas, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let read = cases::read(text, atlas);
    let cases = read.map_err(|(line, problem)| anyhow!("{}:{line}: {problem}", file.display()))?;
    let score = cases::score(&cases, atlas);
    let mut report = String::new();
    for failure in &score.failures {
        let sentence = cases.iter().find(|case| case.line == failure.line).map_or("", |case| &case.text);
        let _ = writeln!(report, "{}:{}: {}", file.display(), failure.line, told(failure, atlas));
        let _ = writeln!(report, "    {sentence}");
    }
    report.push_str(&figures(&score));
    terminal.result(&report).context("can't write to standard output")?;
    Ok(if score.failures.is_empty() { Outcome::Done } else { Outcome::Refused })
}

fn told(failure: &Failure, atlas: &Atlas) -> String {
    let keys = |ids: &mut dyn Iterator<Item = EntityId>| {
        ids.map(|id| atlas.get(id).key.to_string()).collect::<Vec<_>>().join(" ")
    };
    let wrong = keys(&mut failure.wrong.iter().copied());
    let missed = keys(&mut failure.missed.iter().copied());
    let unreported = keys(&mut failure.unreported.iter().flat_map(|doubt| doubt.choices.iter().copied()));
    let parts = [("wrong", wrong), ("missed", missed), ("not reported as ambiguous", unreported)];
    let parts = parts.into_iter().filter(|(_, keys)| !keys.is_empty());
    parts.map(|(what, keys)| format!("{what}: {keys}")).collect::<Vec<_>>().join("; ")
}

fn figures(score: &Score) -> String {
    let (expected, reported) = score.ambiguous;
    format!(
        "{} sentences: precision {:.1} % ({} right, {} wrong), recall {:.1} % ({} missed), ambiguous {reported} of {expected}\n",
        score.cases,
        score.precision() * 100.0,
        score.right,
        score.wrong,
        score.recall() * 100.0,
        score.missed,
    )
}
