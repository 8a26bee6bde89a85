//! What finding countries in prose costs, beside the parsing of its Markdown.
//!
//! `cargo bench --bench mentions` takes the texts of the archive that the other benchmarks build, French and English, and
//! gives each, block by block, to the finder of its language; and each as a whole to the parser, which lists its events.
//! `docs/performance.md` says how to read the table.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark is a program of its own")]

#[expect(dead_code, reason = "this benchmark needs the texts alone")]
mod corpus;

use corpus::Corpus;
use depeche::atlas::Atlas;
use depeche::atlas::mention::Finder;
use depeche::language::LanguageTag;
use pulldown_cmark::{Options, Parser};
use std::time::{Duration, Instant};

/// The seed of the archive: any will do, so long as it stays.
const SEED: u64 = 1;
/// How many briefs are read, and how often.
const BRIEFS: usize = 1_000;
const ROUNDS: usize = 25;

fn main() {
    let is_bench = std::env::args().any(|argument| argument == "--bench");
    let (briefs, rounds) = if is_bench { (BRIEFS, ROUNDS) } else { (20, 1) };
    let corpus = Corpus::new(SEED);
    let texts: Vec<String> = (0..briefs).map(|index| body(&corpus.brief(index).text).to_owned()).collect();
    let atlas = Atlas::world();
    let blocks: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{briefs} briefs, {bytes} bytes, the quickest of {rounds} rounds, one thread\n");
    println!("| | MB/s | to the parser |\n|---|---:|---:|");
    let parsing =
        quickest(rounds, || texts.iter().map(|text| Parser::new_ext(text, Options::all()).count()).sum());
    row("Markdown parsed", bytes, parsing, parsing);
    for tag in ["fr", "en"] {
        let Some(finder) = LanguageTag::parse(tag).and_then(|tag| Finder::new(&atlas, &tag)) else {
            continue;
        };
        let finding =
            quickest(rounds, || blocks.iter().map(|block| finder.find(block, &[]).found.len()).sum());
        row(&format!("countries found, `{tag}`"), bytes, finding, parsing);
    }
}

/// What follows the front matter.
fn body(text: &str) -> &str {
    text.split_once("\n+++\n").map_or(text, |(_, body)| body)
}

/// What else the machine does can only add: of many rounds the quickest is the one to compare.
fn quickest(rounds: usize, work: impl Fn() -> usize) -> Duration {
    let round = || {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed()
    };
    (0..rounds).map(|_| round()).min().unwrap_or_default()
}

fn row(name: &str, bytes: usize, time: Duration, parsing: Duration) {
    let (seconds, to_parser) = (time.as_secs_f64(), time.as_secs_f64() / parsing.as_secs_f64());
    println!("| {name} | {:.0} | {to_parser:.2} × |", bytes as f64 / seconds / 1e6);
}
