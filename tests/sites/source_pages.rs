//! The pages of sources: publishers, a publisher's sources, the briefs that cite a source, and the ways from page to page.

use crate::site::{Site, site};
use std::collections::{BTreeMap, BTreeSet};

const SETTINGS: &str =
    "title = \"Essai\"\nbase_url = \"https://essai.example/\"\nlanguage = \"fr\"\nper_page = 2\n";

/// A brief of the n-th day of January that cites these sources, each in a sentence of its own, on one line each.
fn brief(day: usize, front: &str, sources: &[&str]) -> (String, String) {
    let notes: String =
        sources.iter().enumerate().map(|(n, source)| format!("\n[footnotes.s{n}]\n{source}\n")).collect();
    let body: String = (0..sources.len()).map(|n| format!("Le fait {n} du {day} janvier[^s{n}]. ")).collect();
    let text = format!(
        "+++\ntitle = \"Titre {day}\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n{front}\n{notes}+++\n\n{body}\n"
    );
    (format!("content/2024-01-{day:02}-b{day}.md"), text)
}

fn newsroom(settings: &str, briefs: &[(String, String)]) -> Site {
    let mut files = vec![("site.toml", settings)];
    files.extend(briefs.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    site(&files)
}

fn built(briefs: &[(String, String)]) -> BTreeMap<String, String> {
    newsroom(SETTINGS, briefs).build()
}

/// A page without its tags, its spaces made plain.
fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or_default().split("</main>").next().unwrap_or_default();
    let text = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    let text = text.collect::<Vec<_>>().join(" ").replace(['\u{a0}', '\u{202f}'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is made below these addresses.
fn pages<'a>(files: &'a BTreeMap<String, String>, below: &str) -> Vec<&'a str> {
    let made = files.keys().filter_map(|path| path.strip_prefix(below)?.strip_suffix("index.html"));
    made.collect::<BTreeSet<_>>().into_iter().collect()
}

const TASS: &str = "title = \"Une dépêche\"\npublisher = \"TASS\"\nurl = \"https://tass.example/1\"";
const OTHER: &str = "title = \"Une autre\"\npublisher = \"TASS\"\nurl = \"https://tass.example/2\"";
const ONU: &str = "title = \"Résolution\"\npublisher = \"Écho\"\nurl = \"https://onu.example/1\"";
const BOOK: &str = "title = \"Un livre\"";

#[test]
fn publishers_are_listed_with_their_counts_in_the_order_of_the_language() {
    let files = built(&[brief(1, "", &[TASS, ONU, BOOK]), brief(2, "", &[TASS, OTHER])]);
    let index = words(&files["sources/index.html"]);
    assert!(index.contains("4 sources · 2 éditeurs"), "{index}");
    let listed =
        ["Écho 1 source · 1 article", "TASS 2 sources · 2 articles", "Sans éditeur 1 source · 1 article"];
    let places: Vec<usize> = listed.iter().map(|line| index.find(line).expect(line)).collect();
    assert!(places.is_sorted(), "{index}");
    assert_eq!(pages(&files, "sources/"), ["", "echo/", "tass/", "x--sans-editeur/"]);
    assert!(files["index.html"].contains("<a href=\"sources/\">Sources</a>"));
}

#[test]
fn many_publishers_have_an_index_of_initials() {
    let sources: Vec<String> = (0..31)
        .map(|n| {
            format!("title = \"T{n}\"\npublisher = \"{} {n:02}\"", if n < 3 { "Éditeur" } else { "Zed" })
        })
        .collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let index = &built(&[brief(1, "", &sources)])["sources/index.html"];
    assert!(index.contains("<li><a href=\"#initial-1\">E</a></li>"), "{index}");
    assert!(index.contains("<h2 id=\"initial-2\">Z</h2>"), "{index}");
    assert!(!built(&[brief(1, "", &sources[..30])])["sources/index.html"].contains("initial-1"));
}

#[test]
fn a_publisher_s_page_shows_its_sources_and_the_sentences_that_cite_them() {
    let files = built(&[brief(1, "", &[TASS, OTHER]), brief(2, "", &[TASS])]);
    let page = words(&files["sources/tass/index.html"]);
    let order = [
        "2 sources · 2 articles",
        "Une dépêche , TASS. Citée dans 2 articles",
        "Titre 2 , 2 janvier 2024 « Le fait 0 du 2 janvier. »",
        "Titre 1 , 1er janvier 2024 « Le fait 0 du 1 janvier. »",
        "Une autre , TASS. Titre 1",
        "« Le fait 1 du 1 janvier. »",
    ];
    let places: Vec<usize> =
        order.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("{part}: {page}"))).collect();
    assert!(places.is_sorted(), "{page}");
}

#[test]
fn a_source_that_several_briefs_cite_has_a_page_and_others_have_none() {
    let files = built(&[brief(1, "", &[TASS, OTHER]), brief(2, "", &[TASS]), brief(3, "", &[ONU, ONU])]);
    let [slug] = pages(&files, "source/")[..] else { panic!("{:?}", pages(&files, "source/")) };
    assert!(slug.starts_with("une-depeche--"), "{slug}");
    let page = &files[&format!("source/{slug}index.html")];
    let shown = words(page);
    assert!(shown.contains("Une dépêche , TASS."), "{shown}");
    assert!(shown.contains("TASS. 2 articles Citée par"), "{shown}");
    let [newer, older] =
        ["Titre 2 , 2 janvier 2024 « Le fait 0 du 2 janvier. »", "« Le fait 0 du 1 janvier. »"]
            .map(|line| shown.find(line).expect(line));
    assert!(newer < older, "{shown}");
    assert!(page.contains("<a href=\"../../sources/tass/\">TASS</a>"), "{page}");
    assert!(page.contains("<a href=\"../../briefs/b2/\""), "{page}");
}

#[test]
fn a_note_leads_to_the_page_of_its_source_and_not_in_feeds() {
    let files = built(&[brief(1, "", &[TASS, OTHER]), brief(2, "", &[TASS])]);
    let page = &files["briefs/b1/index.html"];
    assert_eq!(page.matches("class=\"cited-in\"").count(), 1, "{page}");
    let slug = pages(&files, "source/")[0];
    assert!(page.contains(&format!("href=\"../../source/{slug}\">Citée dans 2 articles</a>")), "{page}");
    for feed in ["atom.xml", "feed.json"] {
        assert!(!files[feed].contains("cited-in") && !files[feed].contains("Citée dans"), "{feed}");
    }
}

#[test]
fn a_source_of_the_library_is_found_by_its_label_and_cited_from_anywhere() {
    let body = |day: usize| {
        let text =
            "+++\ntitle = \"T\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n+++\n\nUn fait[^onu-2690, p. 12].\n";
        (format!("content/2024-01-{day:02}-b{day}.md"), text.to_owned())
    };
    let library = ("content/sources.toml".to_owned(), format!("[onu-2690]\n{ONU}\n"));
    let page = (
        "content/pages/methode.md".to_owned(),
        "+++\ntitle = \"Méthode\"\n+++\n\nUn principe[^onu-2690].\n".to_owned(),
    );
    let files =
        newsroom("title = \"Essai\"\nlanguage = \"fr\"\n", &[body(1), body(2), library, page]).build();
    assert_eq!(pages(&files, "source/"), ["onu-2690/"]);
    let shown = words(&files["source/onu-2690/index.html"]);
    assert!(shown.contains("3 articles Citée par"), "{shown}");
    assert!(shown.ends_with("Méthode « Un principe. »"), "what has no day comes last: {shown}");
    assert!(files["methode/index.html"].contains("source/onu-2690/"));
}

#[test]
fn what_a_source_is_called_in_its_address_does_not_depend_on_others() {
    let before = built(&[brief(1, "", &[TASS]), brief(2, "", &[TASS])]);
    let same = "title = \"Une dépêche\"\npublisher = \"AFP\"\nurl = \"https://afp.example/1\"";
    let after = built(&[brief(1, "", &[same, TASS]), brief(2, "", &[same, TASS])]);
    let (before, after) = (pages(&before, "source/"), pages(&after, "source/"));
    assert_eq!(after.len(), 2);
    assert!(after.contains(&before[0]), "{before:?} {after:?}");
}

#[test]
fn lists_of_sources_and_of_citations_are_cut_into_pages_and_stand_in_the_site_map() {
    let briefs: Vec<_> = (1..=5)
        .map(|day| brief(day, "", &[TASS, OTHER, ONU, &format!("title = \"N{day}\"\npublisher = \"TASS\"")]))
        .collect();
    let files = built(&briefs);
    assert_eq!(
        pages(&files, "sources/tass/"),
        ["", "page/2/", "page/3/", "page/4/"],
        "seven sources, two on each page"
    );
    let of_source: Vec<&str> = pages(&files, "source/resolution--");
    assert_eq!(of_source.len(), 3, "five briefs, two on each page: {of_source:?}");
    let second = files
        .iter()
        .find(|(path, _)| path.starts_with("source/resolution--") && path.contains("page/2/"))
        .unwrap();
    assert!(second.1.contains("<title>Résolution, page 2 · Essai</title>"), "{}", second.1);
    assert!(words(second.1).contains("Titre 3 , 3 janvier 2024"), "{}", second.1);
    for path in ["sources/", "sources/tass/", "sources/tass/page/2/", "source/resolution--"] {
        assert!(files["sitemap.xml"].contains(&format!("<loc>https://essai.example/{path}")), "{path}");
    }
}

#[test]
fn each_language_has_what_its_own_briefs_cite_and_leads_to_the_others() {
    let settings = format!("{SETTINGS}[languages.en]\n");
    let files = newsroom(
        &settings,
        &[
            brief(1, "", &[TASS, OTHER]),
            brief(2, "", &[TASS]),
            brief(3, "lang = \"en\"", &[TASS]),
            brief(4, "lang = \"en\"", &[TASS, ONU]),
        ],
    )
    .build();
    assert_eq!(pages(&files, "en/sources/"), ["", "echo/", "tass/"]);
    assert_eq!(pages(&files, "sources/"), ["", "tass/"]);
    let page = files.iter().find(|(path, _)| path.starts_with("en/source/")).unwrap().1;
    let shown = words(page);
    assert!(shown.contains("2 briefs Cited by") && shown.contains("“Le fait 0 du 4 janvier.”"), "{shown}");
    assert!(!shown.contains("Titre 1"), "{shown}");
    assert!(page.contains("hreflang=\"fr\" href=\"https://essai.example/source/une-depeche--"), "{page}");
    assert!(
        files["en/sources/tass/index.html"]
            .contains("hreflang=\"fr\" href=\"https://essai.example/sources/tass/\"")
    );
    assert!(
        !files["en/sources/echo/index.html"].contains("hreflang=\"fr\" href=\"https://essai.example/sources")
    );
}

#[test]
fn a_source_and_its_publisher_are_named_as_the_language_writes_them() {
    let french = "title = \"Dépêche\"\npublisher = \"Radio publique\"\nurl = \"https://radio.example/1\"";
    let english = "title = \"Dispatch\"\npublisher = \"Public Radio\"\nurl = \"https://radio.example/1\"";
    let settings = format!("{SETTINGS}[languages.en]\n");
    let [one, other] = ["lang = \"en\"", ""];
    let briefs = [brief(1, one, &[english]), brief(2, other, &[french]), brief(3, other, &[french])];
    let files = newsroom(&settings, &briefs).build();
    assert_eq!(pages(&files, "sources/"), ["", "radio-publique/"]);
    assert_eq!(pages(&files, "en/sources/"), ["", "public-radio/"]);
    assert!(pages(&files, "source/")[0].starts_with("depeche--"));
}

#[test]
fn a_brief_and_its_translation_are_not_two_briefs() {
    let settings = format!("{SETTINGS}[languages.en]\n");
    let files = newsroom(&settings, &[brief(1, "", &[TASS]), brief(2, "lang = \"en\"", &[TASS])]).build();
    assert_eq!(pages(&files, "source/"), [""; 0]);
    assert_eq!(pages(&files, "en/source/"), [""; 0]);
}

#[test]
fn what_a_country_s_briefs_cite_most_stands_on_its_first_page() {
    let files =
        built(&[brief(1, "", &[TASS, ONU]), brief(2, "", &[TASS, OTHER]), brief(3, "", &[TASS, BOOK])]);
    let first = words(&files["pays/armenie/index.html"]);
    let cited = first.split("Sources les plus citées").nth(1).unwrap();
    assert!(cited.starts_with(" Éditeurs TASS 3 Textes Une dépêche , TASS 3 articles"), "{cited}");
    assert!(!cited.contains("Un livre") && !cited.contains("Une autre"), "{cited}");
    assert!(!files["pays/armenie/page/2/index.html"].contains("Sources les plus citées"));
}

#[test]
fn a_country_offers_ten_publishers_at_most() {
    let sources: Vec<String> = (0..12).map(|n| format!("title = \"T{n}\"\npublisher = \"P{n}\"")).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let files = built(&[brief(1, "", &sources), brief(2, "", &sources)]);
    let page = words(&files["pays/armenie/index.html"]);
    let cited = page.split("Sources les plus citées").nth(1).unwrap();
    assert_eq!((0..12).filter(|n| cited.contains(&format!(" T{n} , P{n} 2"))).count(), 10, "{cited}");
    assert_eq!((0..12).filter(|n| cited.contains(&format!(" P{n} 2"))).count(), 10, "{cited}");
}

#[test]
fn spellings_of_one_publisher_are_one_named_as_most_write_it() {
    let source = |n: usize, name: &str| format!("title = \"T{n}\"\npublisher = \"{name}\"");
    let sources = [source(0, "TASS"), source(1, "Tass"), source(2, "Tass"), source(3, "tass")];
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let files = built(&[brief(1, "", &sources)]);
    assert_eq!(pages(&files, "sources/tass/"), ["", "page/2/"]);
    assert!(words(&files["sources/index.html"]).contains("Tass 4 sources · 1 article"));
}

#[test]
fn long_names_that_begin_alike_are_two_publishers_with_addresses_of_their_own() {
    let long = "Office ".repeat(40);
    let sources = ["Nord", "Sud"].map(|end| format!("title = \"{end}\"\npublisher = \"{long}{end}\""));
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let files = built(&[brief(1, "", &sources)]);
    let made = pages(&files, "sources/");
    assert_eq!(made.len(), 3, "{made:?}");
    assert!(made[1..].iter().all(|slug| slug.starts_with("office-office") && slug.len() < 80), "{made:?}");
}

#[test]
fn nothing_a_source_is_called_escapes_its_page_or_its_folder() {
    let hostile = [
        "title = \"<script>alert(1)</script>\"\npublisher = \"<script>alert(2)</script>\"",
        "title = \"../../..\"\npublisher = \"../..\"",
        "title = \"con\"\npublisher = \"CON\"",
        "title = \"!!!\"\npublisher = \"…\"",
    ];
    let library = ("content/sources.toml".to_owned(), "[con]\ntitle = \"Aux\"\n".to_owned());
    let mut briefs: Vec<_> = (1..=2).map(|day| brief(day, "", &hostile)).collect();
    briefs.iter_mut().for_each(|(_, text)| text.push_str("Encore[^con].\n"));
    briefs.push(library);
    let files = newsroom("title = \"Essai\"\nlanguage = \"fr\"\n", &briefs).build();
    assert_eq!(pages(&files, "source/").len(), 5, "{:?}", files.keys());
    let publishers = pages(&files, "sources/");
    assert_eq!(publishers.len(), 6, "{publishers:?}");
    assert!(publishers.iter().all(|slug| !slug.contains("..") && *slug != "con/"), "{publishers:?}");
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!text.contains("<script>"), "{path}: {text}");
    }
}

#[test]
fn a_withheld_brief_s_sources_are_nowhere() {
    let secret = "title = \"Zythum\"\npublisher = \"Zythum\"\nurl = \"https://zythum.example/\"";
    for withheld in ["draft = true", "expires = 2024-05-31", "date = 2024-06-02"] {
        let site = newsroom(SETTINGS, &[brief(1, "", &[TASS]), brief(2, withheld, &[TASS, secret])]);
        let files = site.build();
        let told = files
            .iter()
            .filter(|(path, text)| path.contains("zythum") || text.to_lowercase().contains("zythum"));
        assert_eq!(told.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0], "{withheld}");
        assert_eq!(pages(&files, "source/"), [""; 0], "{withheld}");
    }
}

#[test]
fn a_site_that_cites_nothing_has_no_page_of_sources() {
    let files = built(&[brief(1, "", &[])]);
    assert!(files.keys().all(|path| !path.starts_with("source")), "{:?}", files.keys());
    assert!(!files["index.html"].contains("Sources"));
}

#[test]
fn addresses_of_sources_can_be_chosen() {
    let settings = format!(
        "{SETTINGS}[permalinks]\nsources = \"/bibliographie/\"\npublisher = \"/bibliographie/{{slug}}/\"\nsource = \"/document/{{slug}}/\"\n"
    );
    let files = newsroom(&settings, &[brief(1, "", &[TASS]), brief(2, "", &[TASS])]).build();
    assert!(files.contains_key("bibliographie/tass/index.html"));
    assert_eq!(pages(&files, "document/").len(), 1);
}
