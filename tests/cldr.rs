//! The names of countries against those of CLDR: where ours differ, `cldr/differences.tsv` says why.

#![expect(clippy::unwrap_used, reason = "a test may fail")]

use depeche::atlas::Atlas;
use depeche::language::LanguageTag;
use std::collections::BTreeMap;

const TERRITORIES: &str = include_str!("cldr/territories.tsv");
const DIFFERENCES: &str = include_str!("cldr/differences.tsv");
const LANGUAGES: [&str; 6] = ["fr", "en", "es", "de", "it", "pl"];

/// The lines of a table, each by the names of its columns.
fn rows(table: &'static str) -> Vec<BTreeMap<&'static str, &'static str>> {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let head: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines.map(|line| head.iter().copied().zip(line.split('\t')).collect()).collect()
}

/// A name that is not CLDR's: code, language, ours, theirs.
type Difference = (&'static str, &'static str, String, &'static str);

/// Every name of ours that CLDR has neither as its name nor as another form.
fn differences() -> Vec<Difference> {
    let atlas = Atlas::world();
    let mut found = Vec::new();
    for row in rows(TERRITORIES) {
        let code = row["code"];
        let entity = atlas.by_key(code).unwrap_or_else(|| panic!("the atlas does not have {code}"));
        for language in LANGUAGES {
            let ours = atlas.name(entity, &LanguageTag::parse(language).unwrap());
            let others = row.get(format!("{language}-alt").as_str()).copied().unwrap_or_default();
            if ours != row[language] && others.split(" | ").all(|other| other != ours) {
                found.push((code, language, ours.to_owned(), row[language]));
            }
        }
    }
    found
}

#[test]
fn every_country_of_cldr_is_in_the_atlas_under_its_name_or_with_a_reason() {
    let listed: Vec<Difference> = rows(DIFFERENCES)
        .into_iter()
        .map(|row| (row["code"], row["language"], row["ours"].to_owned(), row["cldr"]))
        .collect();
    let found = differences();
    let unlisted: Vec<_> = found.iter().filter(|difference| !listed.contains(difference)).collect();
    let settled: Vec<_> = listed.iter().filter(|difference| !found.contains(difference)).collect();
    assert!(unlisted.is_empty(), "names that differ from CLDR's without a reason: {unlisted:#?}");
    assert!(settled.is_empty(), "names that no longer differ from CLDR's: {settled:#?}");
}

#[test]
fn each_difference_stands_once_with_its_reason() {
    let mut seen = BTreeMap::new();
    for row in rows(DIFFERENCES) {
        let (code, language) = (row["code"], row["language"]);
        assert!(row.get("why").is_some_and(|why| !why.trim().is_empty()), "{code} {language} has no reason");
        assert!(seen.insert((code, language), ()).is_none(), "{code} {language} stands twice");
    }
}
