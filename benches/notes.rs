//! What notes add to the rendering of a brief.
//!
//! `cargo bench --bench notes` renders the pages of one archive four times over: without its notes, with its notes as the
//! briefs write them, and with each note turned into a source of the front matter, in its own language and then in another
//! with a kept copy besides. `docs/performance.md` says how to read the table.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark is a program of its own")]

mod corpus;

use anyhow::Context;
use corpus::{Corpus, SITE, TODAY};
use depeche::library::{Edition, Now};
use depeche::page::{self, Page, Planned, World};
use depeche::pipeline::{self, Checked};
use depeche::project::{Overrides, Project};
use depeche::render::Renderer;
use depeche::source::ContentPath;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The program's own allocator: what notes cost beside it depends on what each of their small strings does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The seed of the archive: any will do, so long as it stays.
const SEED: u64 = 1;
/// How many briefs are rendered, and how often; `cargo bench --bench notes -- 200` says how often otherwise.
const BRIEFS: usize = 1_000;
const ROUNDS: usize = 50;
/// How many pages are timed in one go: a round of all seldom passes undisturbed, and one of so few often does.
const TIMED: usize = 50;

/// What becomes of the notes of a brief.
#[derive(Clone, Copy, Debug)]
enum Notes {
    Without,
    Written,
    Sources,
    /// Sources in another language, of which a copy is kept.
    Archived,
}

impl Notes {
    /// The one that a profile is to be made of: `cargo bench --bench notes -- sources`, and how often: `-- sources 20`.
    fn read(argument: &str) -> Option<Self> {
        match argument {
            "without" => Some(Self::Without),
            "written" => Some(Self::Written),
            "sources" => Some(Self::Sources),
            "archived" => Some(Self::Archived),
            _ => None,
        }
    }
}

fn main() -> anyhow::Result<()> {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let rounds = std::env::args().find_map(|argument| argument.parse().ok());
    if let Some(notes) = std::env::args().find_map(|argument| Notes::read(&argument)) {
        let archive = archive(BRIEFS, notes)?;
        for _ in 0..rounds.unwrap_or(1) {
            let times = rendering(&archive)?;
            println!("{notes:?}: {:?}", times.iter().sum::<Duration>() / BRIEFS as u32);
        }
        return Ok(());
    }
    let (briefs, rounds) = if is_bench { (BRIEFS, rounds.unwrap_or(ROUNDS)) } else { (20, 1) };
    let kinds = [Notes::Without, Notes::Written, Notes::Sources, Notes::Archived];
    let archives = kinds.map(|notes| archive(briefs, notes));
    let mut quickest: [Vec<Duration>; 4] = Default::default();
    // In turn, so that whatever else the machine does falls on all alike. It can only add: of many rounds the quickest counts.
    for _ in 0..rounds {
        for (quickest, checked) in quickest.iter_mut().zip(&archives) {
            let times = rendering(checked.as_ref().map_err(|error| anyhow::anyhow!("{error}"))?)?;
            quickest.resize(times.len(), Duration::MAX);
            quickest.iter_mut().zip(times).for_each(|(quickest, time)| *quickest = time.min(*quickest));
        }
    }
    let [without, written, sources, archived] =
        quickest.map(|times| times.iter().sum::<Duration>().as_secs_f64() * 1e6 / briefs as f64);
    println!("{briefs} briefs, of each {TIMED} the quickest of {rounds} rounds, one thread\n");
    println!("| a brief's page | µs | to the first |\n|---|---:|---:|");
    let rows = [
        ("without notes", without),
        ("with notes", written),
        ("with sources", sources),
        ("with sources in another language, archived", archived),
    ];
    for (name, time) in rows {
        println!("| {name} | {time:.0} | {:.2} × |", time / without);
    }
    Ok(())
}

/// The archive, read and understood.
fn archive(briefs: usize, notes: Notes) -> anyhow::Result<Checked> {
    let corpus = Corpus::new(SEED);
    let mut files = vec![("site.toml".to_owned(), SITE.to_owned())];
    files.extend((0..briefs).map(|index| {
        let file = corpus.brief(index);
        let text = match notes {
            Notes::Without => without_notes(&file.text),
            Notes::Written => file.text,
            Notes::Sources => with_sources(&file.text, false),
            Notes::Archived => with_sources(&file.text, true),
        };
        (file.path, text)
    }));
    let path = |path: String| ContentPath::new(&path).context("a path of the archive");
    let files: anyhow::Result<Vec<_>> =
        files.into_iter().map(|(name, text)| Ok((path(name)?, text.into_bytes()))).collect();
    let (project, diagnostics) = Project::in_memory(files?, &Overrides::default())?;
    let edition = Edition { now: Now::day(TODAY), drafts: false, scheduled: false };
    let checked = pipeline::understand(project, diagnostics, &edition, &|| ());
    anyhow::ensure!(!checked.is_refused(), "{:?} has errors: {:?}", notes, checked.diagnostics.first());
    Ok(checked)
}

/// Whether a line defines a note.
fn is_definition(line: &str) -> bool {
    line.starts_with("[^") && line.contains("]:")
}

fn without_calls(text: &str) -> String {
    let mut rest = text;
    let mut plain = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once("[^") {
        plain.push_str(before);
        rest = after.split_once(']').map_or("", |(_, after)| after);
    }
    plain + rest
}

fn without_notes(text: &str) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !is_definition(line)).collect();
    without_calls(&lines.join("\n"))
}

/// The same calls, each of a source that its brief's front matter defines. Where two notes say the same they cite one source, as
/// they do in any archive; most say what no other does.
fn with_sources(text: &str, archived: bool) -> String {
    let (definitions, body): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| is_definition(line));
    let body = body.join("\n");
    let Some((front, body)) = body.split_once("\n+++\n") else { return body };
    let mut sources = String::new();
    for definition in definitions {
        let Some((label, words)) = definition[2..].split_once("]:") else { continue };
        let title: String =
            words.chars().filter(|mark| mark.is_alphanumeric() || *mark == ' ').take(60).collect();
        let digest = blake3::hash(words.as_bytes());
        let (name, [agency, day, ..]) = (&digest.to_hex()[..12], digest.as_bytes());
        let _ = write!(
            sources,
            "\n[footnotes.{label}]\nkind = \"dispatch\"\ntitle = \"{}\"\npublisher = \"Agence {}\"\ndate = 2024-03-{:02}\n\
             url = \"https://agence.example/2024/03/{name}\"\n",
            title.trim(),
            agency % 9,
            day % 28 + 1,
        );
        if archived {
            let _ = write!(
                sources,
                "archive = \"https://web.archive.org/web/20240401000000/https://agence.example/2024/03/{name}\"\n\
                 language = \"ru\"\n",
            );
        }
    }
    format!("{front}\n{sources}+++\n{body}")
}

/// How long the pages of all briefs take, so many at a time.
fn rendering(checked: &Checked) -> anyhow::Result<Vec<Duration>> {
    let (renderer, _) = Renderer::new(&checked.project);
    let world = World {
        project: &checked.project,
        library: &checked.library,
        plan: &checked.plan,
        revised: &checked.revised,
        entries: None,
    };
    let is_brief = |planned: &&Planned| matches!(planned.page, Page::Document(_));
    let briefs: Vec<&Planned> = checked.plan.pages.iter().filter(is_brief).collect();
    let timed = briefs.chunks(TIMED).map(|briefs| {
        let start = Instant::now();
        for planned in briefs {
            let view = page::view(world, planned)?.context("a brief has a view")?;
            let bytes =
                renderer.render(&view, planned).map_err(|problem| anyhow::anyhow!("{}", problem.message))?;
            std::hint::black_box(bytes);
        }
        Ok(start.elapsed())
    });
    timed.collect()
}
