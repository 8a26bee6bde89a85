//! Sentences with the entities they speak of.

use super::*;
use crate::atlas::Atlas;

const CASES: &str = include_str!("../../../tests/mentions/sample.tsv");
const MORE: &str = include_str!("../../../tests/mentions/more.tsv");

/// What the cases show that go wrong.
fn failures(text: &str) -> (cases::Score, String) {
    let atlas = Atlas::world();
    let cases = cases::read(text, &atlas).unwrap();
    let score = cases::score(&cases, &atlas);
    let mut told = String::new();
    for failure in &score.failures {
        let keys = |ids: &[EntityId]| {
            ids.iter().map(|id| atlas.get(*id).key.to_string()).collect::<Vec<_>>().join(" ")
        };
        let unreported: Vec<String> = failure
            .unreported
            .iter()
            .map(|doubt| keys(&doubt.choices.iter().copied().collect::<Vec<_>>()))
            .collect();
        let text = &cases.iter().find(|case| case.line == failure.line).unwrap().text;
        told += &format!(
            "{}: wrong [{}] missed [{}] unreported {unreported:?}: {text}\n",
            failure.line,
            keys(&failure.wrong),
            keys(&failure.missed)
        );
    }
    (score, told)
}

#[test]
fn sentences_speak_of_what_they_speak_of() {
    let (score, told) = failures(CASES);
    assert_eq!(score.failures, [], "\n{told}");
}

/// Sentences of the same kinds, written after the finder was made, by someone who had not read it.
#[test]
fn other_sentences_of_the_same_kinds_come_out_as_well() {
    let (score, told) = failures(MORE);
    assert!(score.cases > 500, "{}", score.cases);
    assert_eq!(score.wrong, 0, "\n{told}");
    assert!(score.recall() > 0.99, "recall {}\n{told}", score.recall());
    assert_eq!(score.ambiguous.0, score.ambiguous.1, "\n{told}");
}

fn found(language: &str, text: &str) -> Vec<String> {
    let atlas = Atlas::world();
    let finder = Finder::new(&atlas, &LanguageTag::parse(language).unwrap()).unwrap();
    let mentions = finder.find(text, &[]);
    let told = mentions.found.iter().map(|it| {
        format!("{} {:?} {:?} {}", atlas.get(it.entity).key, it.strength, it.reason, &text[it.range.clone()])
    });
    told.collect()
}

#[test]
fn a_mention_says_where_it_stands_how_sure_it_is_and_why() {
    assert_eq!(
        found("fr", "Réunis à Astana, les Kazakhs et la minorité ouzbèke ; le Kremlin s’en félicite."),
        [
            "KZ Weak Capital Astana",
            "KZ Strong People Kazakhs",
            "UZ Weak Adjective ouzbèke",
            "RU Strong Seat Kremlin"
        ]
    );
    assert_eq!(found("fr", "Le conflit russo-turc."), ["RU Strong Prefix russo", "TR Strong Adjective turc"]);
}

#[test]
fn a_declared_country_decides_what_an_adjective_means() {
    let atlas = Atlas::world();
    let finder = Finder::new(&atlas, &LanguageTag::parse("fr").unwrap()).unwrap();
    let text = "Le gouvernement congolais réagit.";
    let [cd, cg] = ["CD", "CG"].map(|key| atlas.by_key(key).unwrap());
    assert_eq!(finder.find(text, &[]).ambiguous[0].choices, [cd, cg]);
    assert_eq!(finder.find(text, &[cd]).found[0].entity, cd);
    assert_eq!(finder.find(text, &[cd, cg]).ambiguous.len(), 1);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test measures time")]
fn hostile_texts_take_time_in_proportion() {
    let atlas = Atlas::world();
    let finder = Finder::new(&atlas, &LanguageTag::parse("fr").unwrap()).unwrap();
    for piece in ["Géorgie ", "congolais ", "a-", "russo-", "le Cap-Vert ", "\u{301}", "’", "Kim Jong-un "]
    {
        let time = |times: usize| {
            let text = piece.repeat(times);
            let start = std::time::Instant::now();
            finder.find(&text, &[]);
            start.elapsed()
        };
        time(200);
        let (short, long) = (time(1_000), time(8_000));
        assert!(long < short * 40 + std::time::Duration::from_millis(50), "{piece}: {short:?}, {long:?}");
    }
}
