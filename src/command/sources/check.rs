//! `depeche sources check`: whether the addresses of sources still answer, and where copies of them are kept.

use super::inventory::{self, Item};
use crate::availability::{Answer, ArchivedCopy, Availability, Renewal};
use crate::command::Outcome;
use crate::command::check::counted;
use crate::command::edition::{self, now};
use crate::command::lock_file;
use crate::library::{Edition, Now};
use crate::network::{self, Finding, Manners, Notebook, PrivateHosts, Question};
use crate::pipeline::Checked;
use crate::project::{Laid, Overrides};
use crate::terminal::Terminal;
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Duration;

/// After how many findings what was learnt is saved.
const SAVED_AFTER: usize = 10;

/// Ask the network whether the sources still answer
///
/// Answers are remembered in content/sources.lock, which is to be committed, so that a build never needs the network. Drafts and
/// scheduled briefs are asked about too. The exit code is 1 where an address fails of which no copy is known.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche sources check
  depeche sources check --archives
  depeche sources check --all --pause 5")]
pub struct Check {
    /// Look for a copy of each source that names none, near its date
    #[arg(long)]
    archives: bool,

    /// Ask again about every address, however lately it answered
    #[arg(long)]
    all: bool,

    /// Ask again about those last asked so many days ago
    #[arg(long, value_name = "DAYS", default_value_t = 30, conflicts_with = "all")]
    older_than: u16,

    /// How they are told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: super::ListFormat,

    /// How many hosts are asked at once; each of them one thing at a time
    #[arg(long, value_name = "N", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=32))]
    at_once: u8,

    /// How many seconds a host is left alone after each request
    #[arg(long, value_name = "SECONDS", default_value_t = 1.0, value_parser = seconds)]
    pause: f64,

    /// How many seconds one request may take
    #[arg(long, value_name = "SECONDS", default_value_t = 20.0, value_parser = seconds)]
    time_out: f64,

    /// A host that may stand in a private network, with its port where it is not the usual one; may be repeated
    #[arg(long, value_name = "HOST")]
    private_host: Vec<String>,

    /// The archive's service that tells of copies
    #[arg(long, value_name = "URL", default_value = "https://archive.org/wayback/available")]
    archive_service: String,

    /// The day that counts as today
    #[arg(long, value_name = "DATE", value_parser = crate::command::edition::parse_now)]
    date: Option<Now>,
}

fn seconds(written: &str) -> Result<f64, String> {
    let number = written.parse::<f64>().ok().filter(|seconds| (0.0..=3600.0).contains(seconds));
    number.ok_or_else(|| "write a number of seconds, at most 3600".to_owned())
}

/// Asks about the sources of the site at `root`.
///
/// # Errors
///
/// When the disk refuses, or this program was built without the network.
pub fn run(arguments: &Check, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let now = now(arguments.date)?;
    let edition = Edition { now, drafts: true, scheduled: true };
    let checked = edition::checked(root, Laid::new(), &Overrides::default(), &edition, terminal)?;
    let items = inventory::take(&checked);
    let addresses = addresses(&items);
    let renewal = if arguments.all { Renewal::All } else { Renewal::After { days: arguments.older_than } };
    let questions = questions(&addresses, &checked.project.availability, now, (renewal, arguments.archives));

    let mut notebook = Notebook::new(checked.project.availability.clone(), now.date);
    let progress = terminal.progress("asking", questions.len());
    let mut found = 0_usize;
    let mut failure = None;
    let mut tell = |finding: Finding| {
        notebook.note(finding);
        progress.advance();
        found += 1;
        if found.is_multiple_of(SAVED_AFTER) {
            failure = lock_file::write(root, notebook.availability()).err();
        }
        if failure.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    network::ask(questions, &manners(arguments, &checked), &mut tell)?;
    drop(progress);
    if let Some(error) = failure {
        return Err(error);
    }
    anyhow::ensure!(
        !notebook.is_cut_off(),
        "no host can be reached: see whether this machine is on the network"
    );
    let mut availability = notebook.availability().clone();
    availability.keep_only(|url| addresses.contains_key(url));
    lock_file::write(root, &availability)?;
    report(arguments, &addresses, &availability, &checked, terminal)
}

/// The sources that have an address, by it.
fn addresses<'a>(items: &'a [Item<'a>]) -> BTreeMap<&'a str, &'a Item<'a>> {
    let address = |item: &'a Item<'a>| Some((&*item.reference.url.as_ref()?.value, item));
    items.iter().rev().filter_map(address).collect()
}

fn questions(
    addresses: &BTreeMap<&str, &Item<'_>>,
    known: &Availability,
    now: Now,
    (renewal, archives): (Renewal, bool),
) -> Vec<Question> {
    let pages = known.to_ask(addresses.keys().copied(), now.date, renewal);
    let pages = pages.into_iter().map(|url| Question::Page { url: url.to_owned() });
    let lacking = addresses.iter().filter(|(_, item)| archives && item.reference.archive.is_none());
    let copies = known.to_look_up(lacking.map(|(url, _)| *url), now.date, renewal);
    let copies = copies.into_iter().map(|url| {
        let date = addresses.get(url).and_then(|item| item.reference.date);
        Question::Copy { url: url.to_owned(), near: date.and_then(|date| date.value.end()) }
    });
    pages.chain(copies).collect()
}

fn manners(arguments: &Check, checked: &Checked) -> Manners {
    let private_hosts = match arguments.private_host.as_slice() {
        [] => PrivateHosts::None,
        hosts => PrivateHosts::These(hosts.iter().cloned().collect()),
    };
    Manners {
        user_agent: network::user_agent(Some(checked.project.config.base_url.value.as_str())),
        at_once: usize::from(arguments.at_once),
        pause: Duration::from_secs_f64(arguments.pause),
        time_out: Duration::from_secs_f64(arguments.time_out),
        private_hosts,
        archive: arguments.archive_service.clone(),
        ..Manners::default()
    }
}

/// What is known of one address now.
struct State<'a> {
    url: &'a str,
    item: &'a Item<'a>,
    answer: Option<&'a Answer>,
    copy: Option<&'a ArchivedCopy>,
}

impl State<'_> {
    fn has_copy(&self) -> bool {
        self.copy.is_some() || self.item.reference.archive.is_some()
    }

    fn is_failure(&self) -> bool {
        self.answer.is_some_and(Answer::is_failure)
    }
}

fn report(
    arguments: &Check,
    addresses: &BTreeMap<&str, &Item<'_>>,
    availability: &Availability,
    checked: &Checked,
    terminal: &Terminal,
) -> anyhow::Result<Outcome> {
    let states = addresses.iter().map(|(&url, &item)| State {
        url,
        item,
        answer: availability.get(url).and_then(|known| known.visit.as_ref()).map(|visit| &visit.answer),
        copy: availability.copy_of(url),
    });
    let states: Vec<State<'_>> = states.collect();
    for state in &states {
        let text = match arguments.format {
            super::ListFormat::Json => json(state, availability, checked),
            super::ListFormat::Human => human(state, checked),
        };
        terminal.result(&text).context("can't write to standard output")?;
    }
    terminal.talk(&closing(&states));
    let is_lost = |state: &State<'_>| state.is_failure() && !state.has_copy();
    Ok(if states.iter().any(is_lost) { Outcome::Refused } else { Outcome::Done })
}

/// What somebody should look at; nothing for an address that answers where it always did.
fn human(state: &State<'_>, checked: &Checked) -> String {
    let Some(answer) = state.answer.filter(|answer| **answer != Answer::of(200, None) && !is_there(answer))
    else {
        return String::new();
    };
    let place = inventory::shown(&state.item.place, checked);
    let copy = match (state.is_failure(), state.has_copy()) {
        (false, _) => "",
        (true, true) => "; a copy is known",
        (true, false) => "; no copy is known",
    };
    format!("{place}: `{}` {answer}{copy}\n", state.url)
}

fn is_there(answer: &Answer) -> bool {
    matches!(answer, Answer::Found { moved: None, .. })
}

fn closing(states: &[State<'_>]) -> String {
    let count = |wanted: &dyn Fn(&State<'_>) -> bool| states.iter().filter(|state| wanted(state)).count();
    let there = count(&|state| state.answer.is_some_and(|answer| matches!(answer, Answer::Found { .. })));
    let refused = count(&|state| matches!(state.answer, Some(Answer::Refused { .. })));
    format!(
        "{}: {there} answer, {refused} shown to readers only, {} fail, {} never asked; {} with a copy",
        counted(states.len(), "address", "addresses"),
        count(&|state| state.is_failure()),
        count(&|state| state.answer.is_none()),
        count(&|state| state.has_copy()),
    )
}

#[derive(Serialize)]
struct JsonState<'a> {
    url: &'a str,
    answer: Option<&'static str>,
    status: Option<u16>,
    moved: Option<&'a str>,
    asked: Option<String>,
    archive: Option<&'a str>,
    archive_date: Option<String>,
    place: String,
}

fn json(state: &State<'_>, availability: &Availability, checked: &Checked) -> String {
    let (answer, status, moved) = match state.answer {
        None => (None, None, None),
        Some(Answer::Found { status, moved }) => (Some("found"), Some(*status), moved.as_deref()),
        Some(Answer::Gone { status }) => (Some("gone"), Some(*status), None),
        Some(Answer::Refused { status }) => (Some("refused"), Some(*status), None),
        Some(Answer::ServerError { status }) => (Some("server-error"), Some(*status), None),
        Some(Answer::Unreachable(failure)) => (Some(failure.name()), None, None),
    };
    let asked = availability.get(state.url).and_then(|known| known.visit.as_ref());
    let reference = state.item.reference;
    let own = reference.archive.as_ref().map(|archive| &*archive.value);
    let line = JsonState {
        url: state.url,
        answer,
        status,
        moved,
        asked: asked.map(|visit| visit.asked.to_string()),
        archive: own.or(state.copy.map(|copy| &*copy.url)),
        archive_date: reference
            .archived_on()
            .or(state.copy.map(|copy| copy.date))
            .map(|date| date.to_string()),
        place: inventory::shown(&state.item.place, checked),
    };
    let Ok(mut line) = serde_json::to_string(&line) else {
        unreachable!("strings and numbers are always written")
    };
    line.push('\n');
    line
}
