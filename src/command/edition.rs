//! What several commands are told: which edition of the site to make, and how to report on it.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::report::{self, Format};
use crate::library::{Edition, Now};
use crate::pipeline::{self, Checked};
use crate::project::{Laid, Overrides, Project};
use crate::source::ContentPath;
use crate::terminal::Terminal;
use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use std::num::NonZeroUsize;
use std::path::Path;

/// The options of commands that read a whole edition of the site.
#[derive(Debug, clap::Args)]
pub struct EditionArguments {
    /// Where the site will be published, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Include drafts
    #[arg(long)]
    pub drafts: bool,

    /// The day, or the instant, that counts as now: 2026-11-20, 2026-11-20T08:00:00+01:00
    ///
    /// Briefs dated later are left out. Without it, now is what SOURCE_DATE_EPOCH says, or else the clock, in UTC.
    #[arg(long, value_name = "DATE", value_parser = parse_now)]
    pub date: Option<Now>,

    /// How many threads may work at once; as many as there are processors unless given
    #[arg(long, value_name = "N", value_parser = parse_threads)]
    pub threads: Option<NonZeroUsize>,
}

impl EditionArguments {
    /// The edition that is asked for.
    ///
    /// # Errors
    ///
    /// When `SOURCE_DATE_EPOCH` is set and is no instant.
    pub fn edition(&self) -> anyhow::Result<Edition> {
        Ok(Edition { now: now(self.date)?, drafts: self.drafts, scheduled: false })
    }

    /// What the command line says otherwise than `site.toml`.
    pub fn overrides(&self) -> Overrides {
        Overrides { base_url: self.base_url.clone() }
    }

    /// The site at `root`, read and understood.
    ///
    /// # Errors
    ///
    /// When there is no site, or the machine refuses to show it.
    pub fn check(&self, root: &Path, terminal: &Terminal) -> anyhow::Result<Checked> {
        checked(root, Laid::new(), &self.overrides(), &self.edition()?, terminal)
    }

    /// Does `work` in as many threads as are asked for.
    ///
    /// # Errors
    ///
    /// Those of `work`, and when threads can't be had.
    pub fn in_threads<T: Send>(&self, work: impl FnOnce() -> anyhow::Result<T> + Send) -> anyhow::Result<T> {
        match self.threads {
            None => work(),
            Some(number) => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(number.get()).build();
                pool.context("can't start threads")?.install(work)
            }
        }
    }
}

/// The site at `root`, some of its files as they would be with the texts that are laid over them; while it is read, the terminal
/// shows how far that has come.
///
/// # Errors
///
/// When there is no site, or the machine refuses to show it.
pub fn checked(
    root: &Path,
    laid: Laid,
    overrides: &Overrides,
    edition: &Edition,
    terminal: &Terminal,
) -> anyhow::Result<Checked> {
    let (project, opening) = Project::open_under(root, laid, overrides)?;
    let progress = terminal.progress("reading", project.sources.len());
    Ok(pipeline::understand(project, opening, edition, &|| progress.advance()))
}

/// The option of commands that report mistakes.
#[derive(Debug, clap::Args)]
pub struct ReportArguments {
    /// How mistakes are told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: Format,
}

impl ReportArguments {
    /// Prints diagnostics in the format that is asked for.
    ///
    /// # Errors
    ///
    /// When standard output can't be written.
    pub fn report(
        &self,
        checked: &Checked,
        diagnostics: &[Diagnostic],
        terminal: &Terminal,
    ) -> anyhow::Result<()> {
        self.report_of(&|path: &ContentPath| checked.project.text(path), diagnostics, terminal)
    }

    /// The same, of files whose `texts` are had otherwise.
    ///
    /// # Errors
    ///
    /// When standard output can't be written.
    pub fn report_of(
        &self,
        texts: report::Texts<'_>,
        diagnostics: &[Diagnostic],
        terminal: &Terminal,
    ) -> anyhow::Result<()> {
        let text = report::render(diagnostics, self.format, texts, terminal.style());
        terminal.result(&text).context("can't write to standard output")
    }
}

fn parse_threads(written: &str) -> Result<NonZeroUsize, String> {
    written.parse().map_err(|_| "it takes at least one thread: write a whole number from 1".to_owned())
}

/// What counts as now: the argument, or `SOURCE_DATE_EPOCH`, or the clock.
///
/// # Errors
///
/// When `SOURCE_DATE_EPOCH` is set and is no instant.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads the clock, and the variable that replaces it"
)]
pub fn now(argument: Option<Now>) -> anyhow::Result<Now> {
    if let Some(now) = argument {
        return Ok(now);
    }
    match std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) {
        Some(value) => epoch(&value.to_string_lossy()).map(Now::instant),
        None => Ok(Now::instant(Timestamp::now())),
    }
}

fn epoch(seconds: &str) -> anyhow::Result<Timestamp> {
    let number = seconds.parse().ok();
    number.and_then(|number| Timestamp::from_second(number).ok()).with_context(|| {
        format!("`SOURCE_DATE_EPOCH` is `{seconds}`, which is no number of seconds since 1970")
    })
}

/// The day or the instant that `written` says.
///
/// # Errors
///
/// What to write instead, where it is neither.
pub fn parse_now(written: &str) -> Result<Now, String> {
    let written = written.trim();
    if has_shape(written) {
        return written.parse::<Date>().map(Now::day).map_err(|_| "there is no such day".to_owned());
    }
    let has_time = written.get(..10).is_some_and(has_shape)
        && written.get(10..11).is_some_and(|mark| "Tt ".contains(mark));
    if !has_time {
        return Err("write a day, `2026-11-20`, or an instant, `2026-11-20T08:00:00+01:00`".to_owned());
    }
    written.parse::<Timestamp>().map(Now::instant).map_err(|_| match written.parse::<DateTime>() {
        Ok(_) => format!("the time lacks its offset from UTC: write `{written}Z`, or `{written}+01:00`"),
        Err(_) => "there is no such instant; one is written `2026-11-20T08:00:00+01:00`".to_owned(),
    })
}

/// Whether `text` is written as a day is: `2026-11-20`.
fn has_shape(text: &str) -> bool {
    text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_the_whole_of_it() {
        let now = parse_now("2026-11-20").unwrap();
        assert_eq!(now.date, date(2026, 11, 20));
        assert_eq!(now.instant, "2026-11-20T23:59:59Z".parse().unwrap());
    }

    #[test]
    fn an_instant_has_its_day_in_utc() {
        for written in ["2026-11-20T00:30:00+01:00", "2026-11-19 23:30:00Z", "2026-11-19T23:30Z"] {
            let now = parse_now(written).unwrap();
            assert_eq!(now.date, date(2026, 11, 19), "{written}");
            assert_eq!(now.instant, "2026-11-19T23:30:00Z".parse().unwrap(), "{written}");
        }
    }

    #[test]
    fn what_is_neither_is_refused_with_what_to_write() {
        let cases = [
            ("2026-02-30", "no such day"),
            ("20 novembre 2026", "write a day"),
            ("20/11/2026", "write a day"),
            ("", "write a day"),
            ("2026-11-20T08:00:00", "lacks its offset"),
            ("2026-11-20T25:00:00Z", "no such instant"),
        ];
        for (written, expected) in cases {
            let refusal = parse_now(written).unwrap_err();
            assert!(refusal.contains(expected), "{written}: {refusal}");
        }
    }

    #[test]
    fn source_date_epoch_counts_seconds() {
        assert_eq!(epoch("1700000000").unwrap(), "2023-11-14T22:13:20Z".parse().unwrap());
        for wrong in ["hier", "1.5", "99999999999999999"] {
            assert!(epoch(wrong).unwrap_err().to_string().contains(wrong));
        }
    }
}
