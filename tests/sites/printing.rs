//! How sources are printed: a form for each kind, by the rules of the page's language. The sources are made up.

use crate::site::{Site, site};
use std::collections::BTreeMap;

const SITE: &str = "title = \"Essai\"\nlanguage = \"fr\"\nbase_url = \"https://essai.example/\"\n[languages.en]\ntitle = \"Essay\"\n";

/// For each kind: a record with all that such a source has, and the note a French and an English reader sees.
const KINDS: [(&str, &str, &str, &str); 12] = [
    (
        "document",
        "title = \"Note de service\"\nauthors = [\"A. Dupont\"]\npublisher = \"Ministère\"\ndate = 2022-01-01",
        "Note de service, A. Dupont, Ministère, 1er\u{a0}janvier 2022.",
        "Note de service, A. Dupont, Ministère, January 1, 2022.",
    ),
    (
        "article",
        "title = \"Un sommet\"\nauthors = [\"A. Dupont\", \"B. Durand\"]\npublisher = \"Le Journal\"\ndate = 2022-01-13\npage = \"4-6\"",
        "A. Dupont et B. Durand, «\u{a0}Un sommet\u{a0}», Le Journal, 13\u{a0}janvier 2022, p.\u{a0}4–6.",
        "A. Dupont and B. Durand, “Un sommet,” Le Journal, January 13, 2022, pp.\u{a0}4–6.",
    ),
    (
        "dispatch",
        "title = \"Un sommet ?\"\npublisher = \"Agence\"\ndate = 2022-01-13\nurl = \"https://agence.example/1\"\n\
         archive = \"https://web.archive.org/web/20220114080000/https://agence.example/1\"",
        "«\u{a0}Un sommet ?\u{a0}», Agence, 13\u{a0}janvier 2022 (archive, 14\u{a0}janvier 2022).",
        "“Un sommet ?,” Agence, January 13, 2022 (archive, January 14, 2022).",
    ),
    (
        "report",
        "title = \"L’eau en partage\"\nauthors = [\"A. Dupont\"]\nnumber = \"rapport 7\"\npublisher = \"Institut\"\ndate = \"2022-01\"\npage = \"12\"",
        "A. Dupont, L’eau en partage, rapport 7, Institut, janvier 2022, p.\u{a0}12.",
        "A. Dupont, L’eau en partage, rapport 7, Institut, January 2022, p.\u{a0}12.",
    ),
    (
        "law",
        "title = \"Loi sur l’eau\"\nnumber = \"2022-7\"\npublisher = \"Parlement\"\ndate = 2022-01-13\npage = \"art. 5\"",
        "Loi sur l’eau, 2022-7, Parlement, 13\u{a0}janvier 2022, art.\u{a0}5.",
        "Loi sur l’eau, 2022-7, Parlement, January 13, 2022, art.\u{a0}5.",
    ),
    (
        "resolution",
        "title = \"La situation au Sahel\"\nnumber = \"S/RES/7 (2022)\"\npublisher = \"Conseil de sécurité\"\ndate = 2022-01-13\npage = \"§ 4-6\"",
        "La situation au Sahel, S/RES/7 (2022), Conseil de sécurité, 13\u{a0}janvier 2022, §§\u{a0}4–6.",
        "La situation au Sahel, S/RES/7 (2022), Conseil de sécurité, January 13, 2022, paras.\u{a0}4–6.",
    ),
    (
        "speech",
        "title = \"L’eau en partage\"\nauthors = [\"A. Dupont\"]\npublisher = \"Institut\"\ndate = 2022-01-13",
        "A. Dupont, «\u{a0}L’eau en partage\u{a0}» (discours), Institut, 13\u{a0}janvier 2022.",
        "A. Dupont, “L’eau en partage” (speech), Institut, January 13, 2022.",
    ),
    (
        "interview",
        "title = \"L’eau en partage\"\nauthors = [\"A. Dupont\"]\npublisher = \"Le Journal\"\ndate = 2022-01-13",
        "A. Dupont, «\u{a0}L’eau en partage\u{a0}» (entretien), Le Journal, 13\u{a0}janvier 2022.",
        "A. Dupont, “L’eau en partage” (interview), Le Journal, January 13, 2022.",
    ),
    (
        "post",
        "title = \"Je viendrai.\"\nauthors = [\"A. Dupont\"]\npublisher = \"Réseau\"\ndate = 2022-01-13",
        "A. Dupont, «\u{a0}Je viendrai\u{a0}», Réseau, 13\u{a0}janvier 2022.",
        "A. Dupont, “Je viendrai,” Réseau, January 13, 2022.",
    ),
    (
        "video",
        "title = \"L’eau en partage\"\npublisher = \"Chaîne\"\ndate = 2022-01-13\npage = \"12:30\"",
        "L’eau en partage [vidéo], Chaîne, 13\u{a0}janvier 2022, 12:30.",
        "L’eau en partage [video], Chaîne, January 13, 2022, 12:30.",
    ),
    (
        "dataset",
        "title = \"Débits\"\nnumber = \"version 3\"\npublisher = \"Institut\"\ndate = \"2022\"\naccessed = 2024-03-14",
        "Débits [jeu de données], version 3, Institut, 2022, consulté le 14\u{a0}mars 2024.",
        "Débits [data set], version 3, Institut, 2022, accessed March 14, 2024.",
    ),
    (
        "book",
        "title = \"Que faire ?\"\nauthors = [\"A. Dupont\"]",
        "A. Dupont, Que faire ?",
        "A. Dupont, Que faire ?",
    ),
];

/// A site whose library holds these sources, all of them called by a brief in each language.
fn newsroom(sources: &[(&str, &str)], files: &[(&str, &str)]) -> Site {
    let library: String = sources
        .iter()
        .map(|(kind, record)| format!("[source-{kind}]\nkind = \"{kind}\"\n{record}\n"))
        .collect();
    let calls: String = sources.iter().map(|(kind, _)| format!("Mot[^source-{kind}] suivi.\n\n")).collect();
    let brief = |language: &str| {
        format!(
            "+++\ntitle = \"Un sommet\"\ndate = 2024-01-01\ncountries = [\"AM\"]\nlang = \"{language}\"\n+++\n\n{calls}"
        )
    };
    let (french, english) = (brief("fr"), brief("en"));
    let given = [
        ("site.toml", SITE),
        ("content/sources.toml", &library),
        ("content/fr.md", &french),
        ("content/en.md", &english),
    ];
    site(&[&given, files].concat())
}

/// The HTML of each note of a page or a feed's entry, by the label that calls it.
fn notes(html: &str) -> BTreeMap<&str, &str> {
    let items = html.split("note-source-").skip(1).filter_map(|item| {
        let (kind, rest) = item.split_once("\">")?;
        let rest = rest.strip_prefix("<div class=\"note-body\">").unwrap_or(rest);
        let end = rest.find("</div>").into_iter().chain(rest.find(" <a class=\"reversefootnote\"")).min()?;
        (!kind.contains('"')).then(|| (kind, &rest[..end]))
    });
    items.collect()
}

fn text(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, words)| words));
    }
    text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
}

#[test]
fn each_kind_of_source_has_its_form_in_each_language() {
    let sources: Vec<_> = KINDS.iter().map(|(kind, record, ..)| (*kind, *record)).collect();
    let files = newsroom(&sources, &[]).build();
    let (french, english) = (notes(&files["briefs/fr/index.html"]), notes(&files["en/briefs/en/index.html"]));
    for (kind, _, in_french, in_english) in KINDS {
        assert_eq!(text(french[kind]), in_french, "{kind}");
        assert_eq!(text(english[kind]), in_english, "{kind}");
    }
}

#[test]
fn a_feed_prints_sources_as_pages_do() {
    let sources: Vec<_> = KINDS.iter().map(|(kind, record, ..)| (*kind, *record)).collect();
    let files = newsroom(&sources, &[]).build();
    let feed: serde_json::Value = serde_json::from_str(&files["feed.json"]).unwrap();
    let html = feed["items"][0]["content_html"].as_str().unwrap();
    assert_eq!(notes(html), notes(&files["briefs/fr/index.html"]));
}

#[test]
fn whatever_its_kind_all_that_a_source_says_is_printed() {
    let record = "title = \"TITRE\"\nauthors = [\"AUTEUR\"]\npublisher = \"EDITEUR\"\nnumber = \"NUMERO\"\ndate = 2022-01-13\n\
                  url = \"https://adresse.example/\"\narchive = \"https://copie.example/\"\narchive_date = 2022-02-14\n\
                  accessed = 2022-03-15\nlanguage = \"ru\"\npage = \"annexe LIEU\"";
    let kinds = KINDS.map(|(kind, ..)| (kind, record));
    // All are one source by their address: told apart, so that nobody merges them.
    let records = kinds.map(|(kind, record)| (kind, record.replace("adresse", kind)));
    let records: Vec<_> = records.iter().map(|(kind, record)| (*kind, record.as_str())).collect();
    let files = newsroom(&records, &[]).build();
    for (kind, note) in notes(&files["briefs/fr/index.html"]) {
        for said in [
            "TITRE",
            "AUTEUR",
            "EDITEUR",
            "NUMERO",
            "13\u{a0}janvier 2022",
            "datetime=\"2022-01-13\"",
            "14\u{a0}février 2022",
            "15\u{a0}mars 2022",
            "LIEU",
            "lang=\"ru\"",
            "hreflang=\"ru\"",
            "data-versiondate=\"2022-02-14\"",
            "data-versionurl=\"https://copie.example/\"",
            "href=\"https://copie.example/\"",
        ] {
            assert!(note.contains(said), "{kind} lacks {said}: {note}");
        }
        for address in ["href", "data-originalurl"] {
            assert!(note.contains(&format!("{address}=\"https://{kind}.example/\"")), "{note}");
        }
    }
}

#[test]
fn a_title_is_text_in_its_own_language_whatever_it_holds() {
    let record = "title = '<script>alert(1)</script> & \"x\"'\nauthors = [\"<b>A\"]\npublisher = '\"><i>'\nnumber = \"<u>\"\n\
                  page = \"<s> 3\"\nurl = \"https://x.example/?a=1&b='2'\"\nlanguage = \"en\"";
    let kinds = KINDS.map(|(kind, ..)| (kind, record));
    let files = newsroom(&kinds, &[]).build();
    for (path, is_foreign) in [("briefs/fr/index.html", true), ("en/briefs/en/index.html", false)] {
        for (kind, note) in notes(&files[path]) {
            assert!(
                !["<script", "<b>", "<i>", "<u>", "<s>"].iter().any(|tag| note.contains(tag)),
                "{kind}: {note}"
            );
            assert!(note.contains("href=\"https://x.example/?a=1&amp;b="), "{note}");
            assert_eq!(note.contains(" lang=\"en\""), is_foreign, "{note}");
        }
    }
}

#[test]
fn a_copy_that_an_archive_was_found_to_have_is_printed_where_the_record_names_none() {
    let lock = "[\"https://x.example/a\"]\nasked = 2024-01-01\nstatus = 200\n\
                archive = \"https://web.archive.org/web/20230302000000/https://x.example/a\"\narchive_date = 2023-03-02\n";
    let record = "title = \"Note\"\nurl = \"https://x.example/a\"";
    let named = format!("{record}\narchive = \"https://y.example/a\"");
    let printed = |record: &str| {
        let site = newsroom(&[("document", record)], &[("content/sources.lock", lock)]);
        text(notes(&site.build()["briefs/fr/index.html"])["document"])
    };
    assert_eq!(printed(record), "Note (archive, 2\u{a0}mars 2023).");
    assert_eq!(printed(&named), "Note (archive).");
}

#[test]
fn a_site_prints_a_kind_its_own_way() {
    let template = "{{ [title | quote, source.label | upper] | sentence }}";
    let site = newsroom(&[("law", "title = \"Loi\"")], &[("templates/sources/law.html", template)]);
    let files = site.build();
    assert_eq!(text(notes(&files["briefs/fr/index.html"])["law"]), "«\u{a0}Loi\u{a0}», SOURCE-LAW.");
}

#[test]
fn a_mistake_in_the_template_of_a_kind_is_told_at_its_place() {
    let site =
        newsroom(&[("law", "title = \"Loi\"")], &[("templates/sources/law.html", "{{ source.titre }}")]);
    let told = site.refusal();
    let told: Vec<String> =
        told.iter().map(|problem| format!("{} {}", problem.place.path, problem.message)).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("templates/sources/law.html") && told[0].contains("titre"), "{told:?}");
}
