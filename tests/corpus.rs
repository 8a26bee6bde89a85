//! The archive that the benchmark measures with: always the same, and without a mistake.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use corpus::{Corpus, SITE, TODAY};
use depeche::atlas::mention::Finders;
use depeche::brief::{self, Dossier, Newsroom};
use depeche::diagnostic::{Diagnostic, Severity};
use depeche::library::edition::Now;
use depeche::library::{Edition, Library};
use depeche::project::{Overrides, Project};
use depeche::rule;
use depeche::source::ContentPath;
use std::collections::BTreeSet;

const SEED: u64 = 1;

fn words(text: &str) -> usize {
    text.split("+++\n").nth(2).unwrap().split_whitespace().count()
}

#[test]
fn a_brief_depends_on_the_seed_and_its_rank_alone() {
    let one = Corpus::new(SEED);
    let later = one.brief(40);
    let again = Corpus::new(SEED).brief(40);
    assert_eq!((&later.path, &later.text), (&again.path, &again.text));
    assert_ne!(Corpus::new(SEED + 1).brief(40).text, later.text);
    assert_ne!(one.brief(41).text, later.text);
}

#[test]
fn a_brief_has_about_725_words_and_two_to_nine_notes() {
    let corpus = Corpus::new(SEED);
    let texts: Vec<String> = (0..400).map(|index| corpus.brief(index).text).collect();
    let mean = texts.iter().map(|text| words(text)).sum::<usize>() / texts.len();
    assert!((690..=760).contains(&mean), "{mean} words");
    for text in &texts {
        let notes = text.lines().filter(|line| line.starts_with("[^")).count();
        assert!((2..=9).contains(&notes), "{notes} notes:\n{text}");
    }
    let french = texts.iter().filter(|text| text.contains("lang = \"fr\"")).count();
    assert!((360..400).contains(&french), "{french} in French");
}

#[test]
fn the_archive_has_no_error_and_hardly_a_warning() {
    let corpus = Corpus::new(SEED);
    let briefs = 400;
    let files = (0..briefs).map(|index| corpus.brief(index)).map(|file| (file.path, file.text));
    let files: Vec<_> = files
        .chain([("site.toml".to_owned(), SITE.to_owned())])
        .map(|(path, text)| (ContentPath::new(&path).unwrap(), text.into_bytes()))
        .collect();
    assert_eq!(files.iter().map(|(path, _)| path).collect::<BTreeSet<_>>().len(), briefs + 1);

    let found = diagnose(files);
    let shown = |severity| -> Vec<String> {
        let those = found.iter().filter(|diagnostic: &&Diagnostic| diagnostic.severity == severity);
        those.map(|diagnostic| format!("{}: {}", diagnostic.place.path, diagnostic.message)).collect()
    };
    assert!(shown(Severity::Error).is_empty(), "{:#?}", shown(Severity::Error));
    let warnings = shown(Severity::Warning);
    assert!(warnings.len() < briefs / 50, "{} warnings: {:#?}", warnings.len(), &warnings[..5]);
}

fn diagnose(files: Vec<(ContentPath, Vec<u8>)>) -> Vec<Diagnostic> {
    let (project, mut found) = Project::in_memory(files, &Overrides::default()).unwrap();
    let languages = project.config.languages.iter().map(|language| &language.tag);
    let finders = Finders::new(&project.atlas, languages);
    let newsroom = Newsroom {
        language: &project.config.languages[0].tag,
        base_url: &project.config.base_url.value,
        bibliography: &project.bibliography,
        finders: &finders,
    };
    let briefs = project.sources.iter().map(|file| {
        let source = project.source(&file.path).unwrap();
        brief::parse(&source, file.kind, newsroom)
    });
    let mut briefs: Vec<_> = briefs.collect();
    for brief in &mut briefs {
        found.append(&mut brief.diagnostics);
    }
    let edition = Edition { now: Now::day(TODAY), drafts: false, scheduled: false };
    let briefs = briefs.into_iter().map(Dossier::from).collect();
    let (library, links) = Library::build(briefs, &project, &edition);
    found.extend(links);
    found.extend(rule::run(&library, &project));
    found
}
