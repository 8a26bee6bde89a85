//! The briefs that a brief's page offers beside its own: related ones, and those before and after it on its countries.

use crate::site::{Site, site};
use depeche::library::bonds::REACH;
use depeche::library::related::related;
use depeche::library::{Document, DocumentId, Edition, Leads, Library, Now};
use depeche::pipeline;
use depeche::project::Overrides;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A brief by its name and its day: its countries, lines of its front matter, its text.
struct Brief<'a>(&'a str, &'a str, &'a [&'a str], &'a str, &'a str);

impl Brief<'_> {
    fn file(&self) -> (String, String) {
        let Self(name, day, countries, front, text) = self;
        let text = format!(
            "+++\ntitle = \"Titre {name}\"\ncountries = {countries:?}\nsummary = \"S.\"\n{front}\n+++\n\n{text}\n"
        );
        (format!("content/{day}-{name}.md"), text)
    }
}

fn newsroom(briefs: &[Brief<'_>]) -> Site {
    let site = site(&[(
        "site.toml",
        "title = \"Essai\"\nbase_url = \"https://essai.example/\"\nlanguage = \"fr\"\n[languages.en]\n",
    )]);
    for (path, text) in briefs.iter().map(Brief::file) {
        site.write(&path, text);
    }
    site
}

/// The page of the brief with this name.
fn page(files: &BTreeMap<String, String>, name: &str) -> String {
    files[&format!("briefs/{name}/index.html")].clone()
}

/// The names of the briefs that a part of a page leads to, in its order.
fn names(part: &str) -> Vec<&str> {
    part.split(" href=\"../").skip(1).filter_map(|rest| rest.split('/').next()).collect()
}

/// What the page of a brief says is related to it.
fn offered(site: &Site, name: &str) -> Vec<String> {
    offered_on(&page(&site.build(), name))
}

fn offered_on(page: &str) -> Vec<String> {
    let Some((_, section)) = page.split_once("<section class=\"related") else { return Vec::new() };
    names(section.split("</section>").next().unwrap()).into_iter().map(str::to_owned).collect()
}

/// Briefs of these days on Russia alone.
fn on_russia(days: &[&'static str]) -> Vec<Brief<'static>> {
    let names = ["r1", "r2", "r3", "r4", "r5", "r6", "r7"];
    names.into_iter().zip(days).map(|(name, day)| Brief(name, day, &["RU"], "", "Texte.")).collect()
}

#[test]
fn a_rare_country_weighs_more_than_one_of_all_the_news() {
    let mut briefs = on_russia(&["2024-03-01", "2024-02-28", "2024-02-27", "2024-02-26"]);
    briefs.push(Brief("sujet", "2024-03-02", &["RU", "TJ"], "", "Texte."));
    briefs.push(Brief("ancien", "2019-01-01", &["TJ"], "", "Texte."));
    assert_eq!(offered(&newsroom(&briefs), "sujet"), ["ancien", "r1", "r2", "r3", "r4"]);
}

#[test]
fn what_a_brief_shares_with_another_relates_them() {
    let source =
        "[footnotes.onu]\ntitle = \"Rapport\"\npublisher = \"ONU\"\nurl = \"https://onu.example/rapport\"";
    let citing = "Un fait[^onu].";
    let cases = [
        // What both have, and the text of both.
        (["AM", "FR"], "topics = [\"Énergie\"]", "Texte."),
        (["AM", "FR"], "series = \"Gaz\"", "Texte."),
        (["AM", "FR"], source, citing),
        (["AM", "FR"], "", "Le Kazakhstan négocie."),
        (["OTSC", "OTSC"], "", "Texte."),
    ];
    for ([one, other], front, text) in cases {
        let mut briefs = on_russia(&["2024-03-01", "2024-02-01"]);
        let [one, other] = [[one], [other]];
        briefs.push(Brief("sujet", "2024-03-02", &one, front, text));
        briefs.push(Brief("proche", "2019-01-01", &other, front, text));
        assert_eq!(offered(&newsroom(&briefs), "sujet"), ["proche"], "{front} {text}");
    }
}

#[test]
fn what_is_declared_weighs_more_than_what_is_mentioned_and_the_lead_country_more_than_others() {
    let briefs = [
        Brief("sujet", "2024-03-02", &["KZ", "FR"], "", "Texte."),
        Brief("mention", "2024-03-01", &["AM"], "", "Le Kazakhstan négocie."),
        Brief("second", "2024-01-01", &["AM", "KZ"], "", "Texte."),
        Brief("premier", "2023-01-01", &["KZ", "AM"], "", "Texte."),
    ];
    assert_eq!(offered(&newsroom(&briefs), "sujet"), ["premier", "second", "mention"]);
}

#[test]
fn a_series_weighs_more_than_a_topic() {
    let briefs = [
        Brief("sujet", "2024-03-02", &["FR"], "series = \"Gaz\"\ntopics = [\"Énergie\"]", "Texte."),
        Brief("matiere", "2024-03-01", &["AM"], "topics = [\"énergie\"]", "Texte."),
        Brief("suite", "2020-01-01", &["KZ"], "series = \"gaz\"", "Texte."),
    ];
    assert_eq!(offered(&newsroom(&briefs), "sujet"), ["suite", "matiere"]);
}

#[test]
fn of_those_that_share_as_much_the_nearest_in_time_come_first_and_then_the_newest() {
    let days = ["2024-06-01", "2024-04-05", "2024-03-30", "2024-03-20", "2023-06-01"];
    let mut briefs = on_russia(&days);
    briefs.push(Brief("sujet", "2024-04-01", &["RU"], "", "Texte."));
    assert_eq!(offered(&newsroom(&briefs), "sujet"), ["r3", "r2", "r4", "r1", "r5"]);
    let mut briefs = on_russia(&["2024-04-03", "2024-03-30", "2016-06-01", "2009-01-01"]);
    briefs.push(Brief("sujet", "2024-04-01", &["RU"], "", "Texte."));
    assert_eq!(offered(&newsroom(&briefs), "sujet"), ["r1", "r2", "r3", "r4"]);
    let mut briefs = on_russia(&["2024-04-03", "2023-04-03"]);
    briefs.push(Brief("sujet", "2009-04-01", &["RU"], "", "Texte."));
    assert_eq!(offered(&newsroom(&briefs), "sujet"), ["r2", "r1"]);
}

#[test]
fn at_most_five_are_offered_and_none_where_nothing_is_shared() {
    let days =
        ["2024-03-07", "2024-03-06", "2024-03-05", "2024-03-04", "2024-03-03", "2024-03-02", "2024-03-01"];
    let mut briefs = on_russia(&days);
    briefs.push(Brief("seul", "2024-03-02", &["FR"], "", "Texte."));
    let site = newsroom(&briefs);
    assert_eq!(offered(&site, "r1"), ["r2", "r3", "r4", "r5", "r6"]);
    assert_eq!(offered(&site, "seul"), [""; 0]);
    assert!(!page(&site.build(), "seul").contains("À lire aussi"));
}

#[test]
fn what_is_linked_already_is_not_offered() {
    let briefs = [
        Brief(
            "sujet",
            "2024-03-10",
            &["TJ"],
            "translations_key = \"s\"",
            "Voir [un](2024-03-09-lie.md), [[cite]], [plus haut](/briefs/adresse/) et le même[^n].\n\n[^n]: Voir [deux](2024-03-08-note.md).",
        ),
        Brief("lie", "2024-03-09", &["TJ"], "", "Texte."),
        Brief("note", "2024-03-08", &["TJ"], "", "Texte."),
        Brief("cite", "2024-03-07", &["TJ"], "", "Texte."),
        Brief("adresse", "2024-03-06", &["TJ"], "", "Texte."),
        Brief("citant", "2024-03-05", &["TJ"], "", "Voir [[sujet]]."),
        Brief("reste", "2020-03-04", &["TJ"], "", "Texte."),
        Brief("matter", "2024-03-10", &["TJ"], "lang = \"en\"\ntranslations_key = \"s\"", "Text."),
        Brief("other", "2024-03-10", &["TJ"], "lang = \"en\"", "Text."),
    ];
    let site = newsroom(&briefs);
    assert_eq!(offered(&site, "sujet"), ["reste"]);
    assert_eq!(offered(&site, "citant"), ["adresse", "cite", "note", "lie", "reste"]);
    // Each language by itself.
    assert_eq!(offered_on(&site.build()["en/briefs/matter/index.html"]), ["other"]);
}

#[test]
fn drafts_are_not_offered() {
    let briefs = [
        Brief("sujet", "2024-03-02", &["TJ"], "", "Texte."),
        Brief("brouillon", "2024-03-01", &["TJ"], "draft = true", "Texte."),
    ];
    assert_eq!(offered(&newsroom(&briefs), "sujet"), [""; 0]);
}

/// A small archive in which briefs share this and that, a few by day.
fn archive(briefs: usize) -> Site {
    let countries = ["RU", "TJ", "KZ", "FR", "AM", "GE", "OTSC", "OTAN"];
    let mentions = ["L’Iran négocie.", "La Chine et le Mali aussi.", "Le Kazakhstan attend.", "Rien."];
    let site = newsroom(&[]);
    for number in 0..briefs {
        let mix = |salt: usize, of: usize| (number + 1) * (2 * salt + 7_919) / (salt + 3) % of;
        let declared = [countries[mix(1, 8)], countries[mix(2, 5)]];
        let declared = if declared[0] == declared[1] { &declared[..1] } else { &declared[..] };
        let mut front = format!("topics = [\"t{}\"]", mix(3, 6));
        if mix(4, 3) == 0 {
            front += &format!("\nseries = \"s{}\"", mix(5, 3));
        }
        front += &format!(
            "\n[footnotes.n]\ntitle = \"Source\"\npublisher = \"P\"\nurl = \"https://p.example/{}\"",
            mix(6, 12)
        );
        let linked = if number > 0 && mix(7, 2) == 0 {
            format!(" Voir [[b{}]].", mix(8, number))
        } else {
            String::new()
        };
        let text = format!("{} Un fait[^n].{linked}", mentions[mix(9, 4)]);
        let day = format!("2023-{:02}-{:02}", 1 + mix(10, 12), 1 + mix(11, 5));
        let (path, text) = Brief(&format!("b{number}"), &day, declared, &front, &text).file();
        site.write(&path, text);
    }
    site
}

/// All that a brief shares with others, each with what its kind weighs.
fn shared(document: &Document) -> BTreeSet<(String, u64)> {
    let front = &document.brief.front;
    let declared = document.countries.iter().chain(&document.organisations);
    let lead = document.countries.first().map(|entity| (format!("lead {entity:?}"), 2));
    let declares = declared.clone().map(|entity| (format!("declared {entity:?}"), 3));
    let names = declared.chain(&document.mentions).map(|entity| (format!("named {entity:?}"), 1));
    let topics = front.topics.iter().map(|topic| (format!("topic {}", topic.value), 3));
    let series = front.series.iter().map(|series| (format!("series {}", series.value), 6));
    let sources = document.sources.iter().map(|source| (format!("source {source:?}"), 3));
    lead.into_iter().chain(declares).chain(names).chain(topics).chain(series).chain(sources).collect()
}

/// The five by comparing each of all briefs with this one, which the library does not.
fn by_comparison(library: &Library, id: DocumentId) -> Vec<DocumentId> {
    let document = library.document(id);
    let links = |one: &Document, to: DocumentId| {
        one.links.iter().any(|leads| matches!(leads, Leads::Document { id, .. } if *id == to))
    };
    let all = library.documents.len();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (thing, _) in library.documents.iter().flat_map(shared) {
        *counts.entry(thing).or_default() += 1;
    }
    // The logarithm of all / sharing, in 64ths, straight between the powers of two.
    let rarity = |thing: &str| {
        let ratio = 64 * all as u64 / counts[thing] as u64;
        let power = (0..).find(|power| ratio < 128 << power).unwrap();
        64 * power + (ratio >> power) - 64
    };
    let own = shared(document);
    let key = |other: &Document| {
        let common: Vec<u64> =
            own.intersection(&shared(other)).map(|(thing, weight)| weight * rarity(thing)).collect();
        let days = document.date.unwrap().duration_until(other.date.unwrap()).as_hours().unsigned_abs() / 24;
        let score = common.iter().sum::<u64>() + 64 * 30 / (30 + days);
        (!common.is_empty()).then_some((Reverse(score), days))
    };
    let is_other =
        |other: DocumentId| other != id && !links(document, other) && !links(library.document(other), id);
    let others = library.iter().filter(|&(other, _)| is_other(other));
    let mut others: Vec<_> = others.filter_map(|(other, document)| Some((key(document)?, other))).collect();
    others.sort();
    others.into_iter().take(5).map(|(_, other)| other).collect()
}

#[test]
fn the_five_are_the_closest_of_all() {
    // In which every list is short enough to be looked at as a whole.
    let checked = archive(33).checked();
    assert!(!checked.is_refused(), "{:?}", checked.diagnostics.first());
    let library = &checked.library;
    for (id, document) in library.iter() {
        let found = related(library, id, |_| false);
        assert_eq!(found, by_comparison(library, id), "{}", document.slug);
        assert_eq!(found.len(), 5, "{}", document.slug);
    }
}

#[test]
fn of_a_long_list_a_brief_is_compared_with_those_near_it_alone() {
    let checked = archive(150).checked();
    let bonds = &checked.library.bonds;
    let lists: Vec<_> =
        checked.library.iter().flat_map(|(id, _)| bonds.of(id).map(move |it| (id, it.1))).collect();
    assert!(lists.iter().all(|(id, near)| near.contains(id) && near.len() <= REACH + 1));
    assert!(lists.iter().any(|(_, near)| near.len() > REACH));
}

#[test]
fn the_order_in_which_briefs_are_read_changes_nothing() {
    let site = archive(70);
    let checked = site.checked();
    let edition = Edition { now: Now::day("2024-06-01".parse().unwrap()), drafts: false, scheduled: false };
    let again = pipeline::check(site.root(), &Overrides::default(), &edition).unwrap();
    let mut briefs: Vec<_> = again.library.documents.iter().map(|document| document.brief.clone()).collect();
    briefs.reverse();
    let (library, _) = Library::build(briefs, &checked.project, &edition);
    for (id, _) in checked.library.iter() {
        assert_eq!(related(&library, id, |_| false), related(&checked.library, id, |_| false));
    }
}

#[test]
fn each_lead_country_has_its_own_way_back_and_forth() {
    let briefs = [
        Brief("a1", "2024-01-01", &["AM"], "", "Texte."),
        Brief("k1", "2024-01-02", &["FR", "KZ"], "", "Texte."),
        Brief("sujet", "2024-02-01", &["AM", "KZ"], "", "Texte."),
        Brief("k2", "2024-03-01", &["KZ"], "", "Texte."),
        Brief("a2", "2024-03-02", &["AM"], "", "Texte."),
        Brief("a3", "2024-03-03", &["AM"], "", "Texte."),
    ];
    let files = newsroom(&briefs).build();
    let page = page(&files, "sujet");
    let (_, ways) = page.split_once("<nav class=\"neighbours").unwrap();
    let rows: Vec<&str> = ways.split("</nav>").next().unwrap().split("<li>").skip(1).collect();
    assert_eq!(rows.len(), 2, "{ways}");
    for (row, (country, before, after)) in
        rows.into_iter().zip([("Arménie", "a1", "a2"), ("Kazakhstan", "k1", "k2")])
    {
        assert!(row.contains(country), "{row}");
        assert_eq!(names(row), [before, after]);
        assert!(row.contains("Précédent") && row.contains("Suivant"), "{row}");
    }
}
