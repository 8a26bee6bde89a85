//! What finding the briefs close to one costs, in a small archive and in one ten times as large.
//!
//! `cargo bench --bench related` makes archives of 10,000 and of 100,000 briefs in memory and asks, for each of their briefs, which
//! are related to it, and which stand before and after it on each of its countries. `docs/performance.md` says how to read the table.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark is a program of its own")]

mod corpus;

use anyhow::Context;
use corpus::{Corpus, Random, SITE, TODAY};
use depeche::library::related::{neighbours, related};
use depeche::library::{DocumentId, Edition, Library, Now};
use depeche::pipeline;
use depeche::project::{Overrides, Project};
use depeche::source::ContentPath;
use std::fmt::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The seed of the archive, and that of what it gets here: any will do, so long as they stay.
const SEED: u64 = 1;
const OWN_SEED: u64 = 2;
const ROUNDS: usize = 25;
/// How many briefs are asked about between two looks at the clock.
const SLICE: usize = 1_000;

/// What is asked of each brief of an archive.
type Question = fn(&Library, DocumentId) -> usize;

const QUESTIONS: [(&str, Question); 2] = [
    ("related briefs, µs", |library, id| related(library, id, |_| false).len()),
    ("before and after by country, µs", |library, id| {
        let document = library.document(id);
        let groups = &library.groups[document.language.index()];
        let near = document.countries.iter().map(|&country| neighbours(groups.declaring(country), id));
        near.filter(|near| near.previous.is_some() || near.next.is_some()).count()
    }),
];

fn main() -> anyhow::Result<()> {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (sizes, rounds) = if is_bench { ([10_000, 100_000], ROUNDS) } else { ([20, 200], 1) };
    let [small, large] = sizes.map(archive);
    let archives = [small?, large?];
    let mut times: [[Vec<Duration>; 2]; 2] = Default::default();
    // In turn, so that whatever else the machine does falls on all alike.
    for _ in 0..rounds {
        for (times, library) in times.iter_mut().zip(&archives) {
            for (times, (_, question)) in times.iter_mut().zip(QUESTIONS) {
                keep_quickest(times, asking(library, question));
            }
        }
    }
    let times = times.map(|times| times.map(|times| times.iter().sum::<Duration>()));
    println!("the quickest of {rounds} rounds for every {SLICE} briefs, one thread\n");
    println!("| | {} briefs | {} briefs | to the first |\n|---|---:|---:|---:|", sizes[0], sizes[1]);
    let [small, large] = [0, 1].map(|archive| compared(&archives[archive]));
    println!("| briefs that one is compared with | {small:.0} | {large:.0} | {:.2} × |", large / small);
    let [small, large] = [0, 1].map(|archive| times[archive].map(|time| a_brief(time, sizes[archive])));
    for (rank, (name, _)) in QUESTIONS.iter().enumerate() {
        row(name, small[rank], large[rank]);
    }
    row("both, µs", small.iter().sum(), large.iter().sum());
    Ok(())
}

/// How long it takes to ask it of every brief, in the order in which their pages are made, slice by slice.
fn asking(library: &Library, question: Question) -> Vec<Duration> {
    let briefs: Vec<DocumentId> = library.iter().take(library.briefs).map(|(id, _)| id).collect();
    let slice = |slice: &[DocumentId]| {
        let start = Instant::now();
        std::hint::black_box(slice.iter().map(|&id| question(library, id)).sum::<usize>());
        start.elapsed()
    };
    briefs.chunks(SLICE).map(slice).collect()
}

/// What else the machine does can only add: of many rounds the quickest is the one to compare. It is sought for each slice, because
/// a whole round of the large archive seldom passes undisturbed.
fn keep_quickest(times: &mut Vec<Duration>, round: Vec<Duration>) {
    if times.is_empty() {
        *times = round;
    } else {
        times.iter_mut().zip(round).for_each(|(least, time)| *least = time.min(*least));
    }
}

/// With how many briefs one is compared, one counting again for each thing that both share.
fn compared(library: &Library) -> f64 {
    let briefs = library.iter().take(library.briefs);
    let near = briefs.flat_map(|(id, _)| library.bonds.of(id)).map(|(_, near)| near.len());
    near.sum::<usize>() as f64 / library.briefs as f64
}

fn a_brief(time: Duration, briefs: usize) -> f64 {
    time.as_secs_f64() * 1e6 / briefs as f64
}

fn row(name: &str, small: f64, large: f64) {
    println!("| {name} | {small:.2} | {large:.2} | {:.2} × |", large / small);
}

/// An archive of so many briefs, read and understood.
fn archive(briefs: usize) -> anyhow::Result<Library> {
    let corpus = Corpus::new(SEED);
    let path = |path: &str| ContentPath::new(path).context("a path of the archive");
    let mut files = vec![(path("site.toml")?, SITE.as_bytes().to_vec())];
    for index in 0..briefs {
        let file = corpus.brief(index);
        files.push((path(&file.path)?, brief(&corpus, index, &file.text)?.into_bytes()));
    }
    let (project, diagnostics) = Project::in_memory(files, &Overrides::default())?;
    let edition = Edition { now: Now::day(TODAY), drafts: false, scheduled: false };
    let checked = pipeline::understand(project, diagnostics, &edition, &|| ());
    anyhow::ensure!(!checked.is_refused(), "the archive has errors: {:?}", checked.diagnostics.first());
    Arc::into_inner(checked.library).context("nobody else has it")
}

/// The front matter of a brief with all that briefs may share: one or two of sixty topics, a few of them in most of the news; for one
/// in five a series of twelve; four sources, one of them cited by an earlier brief, and one by many. Its text is short, and mentions
/// the countries of another.
fn brief(corpus: &Corpus, index: usize, text: &str) -> anyhow::Result<String> {
    let (front, _) = text.split_once("\n+++\n").context("a brief has a front matter")?;
    let mut random = Random::of(OWN_SEED, index);
    let topics = random.between(1, 2);
    let topics: Vec<String> = (0..topics).map(|_| format!("sujet-{}", seldom(&mut random, 60))).collect();
    let mut text = format!("{front}\ntopics = {topics:?}\n");
    if index.is_multiple_of(5) {
        writeln!(text, "series = \"suite-{}\"", index / 60)?;
    }
    let mut body = String::from("Un texte");
    let sources = [2 * index, 2 * index + 1, 2 * random.below(index + 1), 2 * seldom(&mut random, index + 1)];
    for (number, source) in sources.into_iter().enumerate() {
        writeln!(
            text,
            "[footnotes.s{number}]\ntitle = \"Source {source}\"\npublisher = \"Agence\"\nurl = \"https://agence.example/{source}\""
        )?;
        write!(body, " et un fait[^s{number}]")?;
    }
    let other = corpus.brief(random.below(index + 1)).text;
    let countries = other.lines().find_map(|line| line.strip_prefix("countries = ")).unwrap_or_default();
    for country in countries.split('"').skip(1).step_by(2) {
        write!(body, ", [un pays](country:{country})")?;
    }
    Ok(format!("{text}+++\n\n{body}.\n"))
}

/// One of so many, the first the most often: each twice as far on half as often.
fn seldom(random: &mut Random, of: usize) -> usize {
    ((of as f64).powf(random.fraction()) - 1.0) as usize
}
