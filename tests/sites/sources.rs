//! Sources as data: the shared library, places in a source, and what tells two records of one source apart.

use crate::site::{Site, site};

const PATH: &str = "content/2024-01-01-a.md";
const LIBRARY: &str = "[onu-2690]\nkind = \"resolution\"\ntitle = \"Résolution 2690\"\npublisher = \"Conseil de sécurité\"\n\
                       number = \"S/RES/2690 (2023)\"\ndate = 2023-06-30\nurl = \"https://onu.example/2690\"\n";

fn newsroom(front: &str, body: &str, library: &str) -> Site {
    let settings = "title = \"Essai\"\nlanguage = \"fr\"\n";
    let text = format!("+++\ntitle = \"Un sommet\"\ncountries = [\"AM\"]\n{front}+++\n\n{body}\n");
    site(&[("site.toml", settings), (PATH, &text), ("content/sources.toml", library)])
}

fn helps(site: &Site) -> Vec<String> {
    site.diagnostics().iter().map(|problem| problem.help.join("; ")).collect()
}

#[test]
fn a_source_of_the_library_is_called_as_any_note() {
    let site = newsroom("", "Un texte[^onu-2690].", LIBRARY);
    assert_eq!(site.problems(), [""; 0]);
    let page = site.build()["briefs/a/index.html"].clone();
    assert!(page.contains("id=\"note-onu-2690\""), "{page}");
    assert!(page.contains("Résolution 2690"), "{page}");
}

#[test]
fn a_place_in_a_source_is_a_note_of_its_own() {
    let site = newsroom("", "Un[^onu-2690, p. 12], deux[^onu-2690], trois[^onu-2690, 12].", LIBRARY);
    assert_eq!(site.problems(), [""; 0]);
    let page = site.build()["briefs/a/index.html"].clone();
    assert!(page.contains("id=\"note-onu-2690--at-page-12\""), "{page}");
    assert_eq!(page.matches("href=\"#note-onu-2690--at-page-12\"").count(), 2, "{page}");
    assert!(page.contains("p.\u{a0}12"), "{page}");
}

#[test]
fn a_label_nearly_that_of_a_source_is_mended_and_its_place_kept() {
    let site = newsroom("", "Un[^onu-2609, p. 12].", LIBRARY);
    assert_eq!(site.problems(), [format!("D301 {PATH}:6:3 no note is called `onu-2609, p. 12`")]);
    assert_eq!(helps(&site), ["did you mean `[^onu-2690]`?"]);
    assert!(site.mended(PATH).contains("Un[^onu-2690, p. 12]."));
}

#[test]
fn a_plain_note_has_no_places() {
    let site = newsroom("", "Un[^a, p. 12] deux[^a].\n\n[^a]: N.", LIBRARY);
    assert_eq!(site.codes(), ["D301"]);
    assert_eq!(
        helps(&site),
        ["`[^a]` is a plain note, and only a source has places: call it without `, p. 12`"]
    );
}

#[test]
fn a_mistake_in_the_library_is_told_at_its_place_there() {
    let library = "[tass]\ntitre = \"T\"\n\n[tass-2]\ntitle = \"T\"\ndate = 2023-02-30\nurl = \"tass.com\"\n";
    let site = newsroom("", "Un[^tass] deux[^tass-2].", library);
    let problems = site.problems();
    assert!(problems.iter().all(|problem| problem.contains(" content/sources.toml:")), "{problems:#?}");
    assert_eq!(problems.len(), 4, "{problems:#?}");
}
