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
    assert_eq!(problems.len(), 5, "{problems:#?}");
}

/// A brief with these sources, and nothing in the library.
fn front(front: &str, body: &str) -> Site {
    newsroom(front, body, "")
}

fn mended_front(site: &Site) -> String {
    let text = site.mended(PATH);
    text.split("+++")
        .nth(1)
        .unwrap()
        .trim_start_matches("\ntitle = \"Un sommet\"\ncountries = [\"AM\"]\n")
        .to_owned()
}

#[test]
fn a_source_without_a_date_is_told_and_given_the_one_its_address_tells() {
    let site =
        front("[footnotes.a]\ntitle = \"T\" # titre\nurl = \"https://x.example/2023/10/19/a\"\n", "Un[^a].");
    assert_eq!(site.problems(), [format!("D311 {PATH}:4:12 the source `a` has no date")]);
    assert_eq!(
        mended_front(&site),
        "[footnotes.a]\ntitle = \"T\" # titre\ndate = 2023-10-19\nurl = \"https://x.example/2023/10/19/a\"\n"
    );
    let inline =
        front("footnotes = { a = { title = \"T\", url = \"https://x.example/2023-10-19\" } }\n", "Un[^a].");
    assert_eq!(
        mended_front(&inline),
        "footnotes = { a = { title = \"T\", date = 2023-10-19, url = \"https://x.example/2023-10-19\" } }\n"
    );
    let read = front("[footnotes.a]\ntitle = \"T\"\naccessed = 2023-10-19\n", "Un[^a].");
    assert_eq!(read.problems(), [""; 0]);
}

#[test]
fn a_source_in_yaml_and_in_the_library_gets_its_date_too() {
    let text = "---\ntitle: Un sommet\ncountries: [AM]\nfootnotes:\n  a:\n    title: T\n    url: https://x.example/2023/10/19/a\n---\n\nUn[^a].\n";
    let site = site(&[("site.toml", "title = \"Essai\"\n"), (PATH, text)]);
    assert_eq!(site.codes(), ["D311"]);
    assert!(
        site.mended(PATH).contains("    title: T\n    date: 2023-10-19\n    url:"),
        "{}",
        site.mended(PATH)
    );
    let library = "[onu]\r\ntitle = \"R\"\r\nurl = \"https://x.example/2023/10/19/a\"\r\n";
    let site = newsroom("", "Un[^onu].", library);
    assert_eq!(site.problems(), ["D311 content/sources.toml:1:2 the source `onu` has no date"]);
    assert!(site.mended("content/sources.toml").contains("title = \"R\"\r\ndate = 2023-10-19\r\nurl"));
}

#[test]
fn a_rule_is_waived_for_one_source_with_a_reason() {
    let waived =
        "[footnotes.a]\ntitle = \"T\"\nallow = { undated-source = \"la page ne porte pas de date\" }\n";
    assert_eq!(front(waived, "Un[^a].").problems(), [""; 0]);
    let idle = "[footnotes.a]\ntitle = \"T\"\ndate = 2023-10-19\nallow = { undated-source = \"rien\" }\n";
    assert_eq!(front(idle, "Un[^a].").codes().len(), 1);
    let library = "[onu]\ntitle = \"R\"\n[onu.allow]\nundated-source = \"sans date\"\n";
    assert_eq!(newsroom("", "Un[^onu].", library).problems(), [""; 0]);
}

#[test]
fn an_old_source_needs_an_archive_where_the_site_says_so() {
    let brief = "+++\ntitle = \"Un\"\ncountries = [\"AM\"]\n[footnotes.a]\ntitle = \"T\"\ndate = \"2023\"\nurl = \"https://x.example/\"\n+++\n\nUn[^a].\n";
    let with = |settings: &str| site(&[("site.toml", settings), (PATH, brief)]).on("2024-02-01");
    assert_eq!(with("title = \"Essai\"\n").problems(), [""; 0]);
    assert_eq!(with("title = \"Essai\"\n[sources]\narchive_after = 32\n").problems(), [""; 0]);
    let told = with("title = \"Essai\"\n[sources]\narchive_after = 31\n").problems();
    assert_eq!(told, [format!("D312 {PATH}:4:12 the source `a` is 32 days old and has no archive")]);
}

#[test]
fn an_address_alone_is_no_source() {
    let site = front(
        "[footnotes]\nb = \"https://www.x.example/a\"\n",
        "Un[^a] deux[^b].\n\n[^a]: <https://x.example/1>",
    );
    assert_eq!(
        site.problems(),
        [
            format!("D313 {PATH}:5:6 the note `b` is an address and nothing else"),
            format!("D313 {PATH}:10:7 the note `a` is an address and nothing else")
        ]
    );
    let mended = site.mended(PATH);
    assert!(mended.contains("b = \"[x.example](https://www.x.example/a)\""), "{mended}");
    assert!(mended.contains("[^a]: [x.example](https://x.example/1)"), "{mended}");
    let fine =
        front("", "Un[^a] deux[^b].\n\n[^a]: Voir <https://x.example/1>\n\n[^b]: https://x.example/1 et 2");
    assert_eq!(fine.problems(), [""; 0]);
}

#[test]
fn a_source_written_twice_is_told_with_the_first() {
    let twice = "[footnotes.a]\ntitle = \"T\"\ndate = 2023-10-19\nurl = \"https://www.x.example/1/\"\n\
                 [footnotes.b]\ntitle = \"U\"\ndate = 2023-10-19\nurl = \"http://x.example/1?utm_medium=x\"\n";
    let site = front(twice, "Un[^a] deux[^b].");
    assert_eq!(site.problems(), [format!("D314 {PATH}:8:12 the source `b` is here already as `a`")]);
    let shared =
        "[footnotes.b]\ntitle = \"U\"\ndate = 2023-06-30\nurl = \"https://onu.example/2690?fbclid=x\"\n";
    let shared = newsroom(shared, "Un[^b].", LIBRARY);
    assert_eq!(
        shared.problems(),
        [format!("D314 {PATH}:4:12 the source `b` is in the library as `onu-2690`")]
    );
    let library = format!(
        "{LIBRARY}\n[encore]\ntitle = \"R\"\ndate = 2023-06-30\nurl = \"https://onu.example/2690#x\"\n"
    );
    let library = newsroom("", "Un[^encore].", &library);
    assert_eq!(
        library.problems(),
        ["D314 content/sources.toml:9:2 the source `encore` is in the library already as `onu-2690`"]
    );
}

#[test]
fn a_note_that_hides_a_source_of_the_library_is_told() {
    let site = newsroom("", "Un[^onu-2690].\n\n[^onu-2690]: N.", LIBRARY);
    assert_eq!(
        site.problems(),
        [format!("D310 {PATH}:8:1 the note `onu-2690` hides a source of the library")]
    );
}

#[test]
fn the_library_may_be_in_bibtex_and_yaml_beside_its_own_form() {
    let site = newsroom(
        "",
        "Un[^onu-2690], deux[^lemonde:2024/03, p. 12], trois[^Rapport], quatre[^loi, art. 5].",
        LIBRARY,
    );
    let bibtex = "@article{lemonde:2024/03,\n  title = {Les {\\'E}tats <i>du</i> nord},\n  author = {Exemple, Ana},\n  \
                  journal = {La Gazette},\n  year = 2024, month = mar,\n  url = {https://gazette.example/a}\n}\n";
    site.write("content/sources.bib", bibtex);
    site.write("content/sources.yml", "rapport:\n  type: report\n  title: Un rapport\n  date: 2021\n");
    site.write("content/sources.yaml", "loi:\n  type: legislation\n  title: Une loi\n  date: 2020-05\n");
    assert_eq!(site.problems(), [""; 0]);
    let page = site.build()["briefs/a/index.html"].clone();
    for printed in [
        "Résolution 2690",
        "Les États &lt;i&gt;du&lt;/i&gt; nord",
        "Ana Exemple",
        "La Gazette",
        "mars 2024",
        "p.\u{a0}12",
        "Un rapport",
        "Une loi",
        "mai 2020",
    ] {
        assert!(page.contains(printed), "{printed}: {page}");
    }
}

#[test]
fn one_label_in_two_files_of_the_library_is_told_in_the_second() {
    let site = newsroom("", "Un[^onu-2690].", LIBRARY);
    site.write("content/sources.bib", "@misc{ONU-2690, title = {T}}\n");
    assert_eq!(site.problems(), ["D303 content/sources.bib:1:7 the source `ONU-2690` is there twice"]);
}

#[test]
fn a_slip_in_bibtex_hides_no_other_entry() {
    let site = newsroom("", "Un[^a] deux[^b] trois[^c].", "");
    let bibtex = "@misc{a,\n  title = {Un titre,\n  year = 2024\n}\n\n@misc{b\n  title = {T}, year = 2024}\n@misc{c, title = {U}, year = 2023}\n";
    site.write("content/sources.bib", bibtex);
    assert_eq!(
        site.problems(),
        [
            "D204 content/sources.bib:1:1 this entry is never closed",
            "D204 content/sources.bib:6:8 a comma is missing here",
        ]
    );
    assert!(site.mended("content/sources.bib").contains("@misc{b,\n"));
}

#[test]
fn what_each_language_cites_is_filed_by_publisher() {
    let brief = |day: usize, front: &str, publisher: &str| {
        let source = format!("title = \"T\"\npublisher = \"{publisher}\"\nurl = \"https://tass.example/1\"");
        let text = format!(
            "+++\ntitle = \"T{day}\"\ncountries = [\"AM\"]\n{front}[footnotes.a]\n{source}\n\
             [footnotes.b]\ntitle = \"Livre {day}\"\n+++\n\nUn[^a], deux[^b].\n"
        );
        (format!("content/2024-01-0{day}-b{day}.md"), text)
    };
    let briefs = [brief(1, "lang = \"en\"\n", "Tass"), brief(2, "", "TASS"), brief(3, "", "TASS")];
    let mut files = vec![("site.toml", "title = \"E\"\nlanguage = \"fr\"\n[languages.en]\n")];
    files.extend(briefs.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let library = site(&files).checked().library;
    let filed = |language: usize| -> Vec<(Option<&str>, usize, usize)> {
        let publishers = library.catalogues[language].publishers.iter();
        let shown = publishers.map(|(&id, shelf)| {
            (library.publishers.get(id).name.as_deref(), shelf.sources.len(), shelf.documents)
        });
        shown.collect()
    };
    assert_eq!(filed(0), [(Some("TASS"), 1, 2), (None, 2, 2)]);
    assert_eq!(filed(1), [(Some("TASS"), 1, 1), (None, 1, 1)]);
    let repeated = [0, 1].map(|language| library.catalogues[language].repeated.len());
    assert_eq!(repeated, [1, 0], "a brief and its translation are not two briefs");
}
