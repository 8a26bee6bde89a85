//! How readers are told to cite a brief: what stands in its reference, for them and for programs.

use crate::site::{Site, site};
use biblatex::{Bibliography, ChunksExt, Entry};
use serde_json::{Value, json};

const BRIEF: &str = "content/2023-11-23-otsc.md";

/// A site of one brief on Armenia, with these lines in its front matter.
fn with(lines: &str) -> Site {
    let settings =
        "title = \"Le Relevé\"\npublisher = \"Presses & Cie\"\nbase_url = \"https://releve.example/\"\n";
    site(&[("site.toml", settings), (BRIEF, &format!("+++\ncountries = [\"AM\"]\n{lines}\n+++\n\nTexte.\n"))])
}

/// The files that a page offers: what each is called, and what stands in it.
fn offered(page: &str) -> Vec<(String, String)> {
    let links = page.split("<a href=\"data:").skip(1).map(|rest| {
        let (url, rest) = rest.split_once("\" download=\"").unwrap();
        let (name, rest) = rest.split_once('"').unwrap();
        let (_, rest) = rest.split_once("<code>").unwrap();
        let (shown, _) = rest.split_once("</code>").unwrap();
        let shown = unescaped(shown);
        assert_eq!(
            decoded(&unescaped(url.split_once(',').unwrap().1)),
            shown,
            "what is shown is what is saved"
        );
        (name.to_owned(), shown)
    });
    links.collect()
}

fn unescaped(html: &str) -> String {
    assert!(!html.contains(['<', '>', '"']), "{html}");
    let html = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    html.replace("&#39;", "'").replace("&#x27;", "'").replace("&amp;", "&")
}

fn decoded(url: &str) -> String {
    let mut parts = url.split('%');
    let mut bytes = parts.next().unwrap().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).unwrap()
}

/// What programs read in the reference of the brief at `path`.
fn read(site: &Site, path: &str) -> (Entry, Value) {
    let files = offered(&site.build()[path]);
    let entries = Bibliography::parse(&files[0].1).unwrap().into_vec();
    let items: Vec<Value> = serde_json::from_str(&files[1].1).unwrap();
    assert_eq!((files.len(), entries.len(), items.len()), (2, 1, 1));
    assert_eq!(
        [&files[0].0, &files[1].0],
        [&format!("{}.bib", entries[0].key), &format!("{}.json", entries[0].key)]
    );
    (entries.into_iter().next().unwrap(), items.into_iter().next().unwrap())
}

#[test]
fn a_brief_offers_its_reference_to_programs() {
    let site = with("title = \"L’OTSC à Minsk\"\nauthors = [\"La rédaction\", \"Morel, Ariane\"]");
    let (entry, item) = read(&site, "briefs/otsc/index.html");
    assert_eq!(
        item,
        json!({
            "id": "2023-11-23-otsc",
            "type": "article-newspaper",
            "title": "L’OTSC à Minsk",
            "author": [{ "literal": "La rédaction" }, { "family": "Morel", "given": "Ariane" }],
            "container-title": "Le Relevé",
            "publisher": "Presses & Cie",
            "issued": { "date-parts": [[2023, 11, 23]] },
            "URL": "https://releve.example/briefs/otsc/",
            "language": "fr",
        })
    );
    let field = |name: &str| entry.get_as::<String>(name).unwrap();
    assert_eq!(entry.key, "2023-11-23-otsc");
    assert_eq!(entry.title().unwrap().format_verbatim(), "L’OTSC à Minsk");
    assert_eq!(field("author"), "La rédaction and Morel, Ariane");
    assert_eq!(
        (field("organization"), field("publisher")),
        ("Le Relevé".to_owned(), "Presses & Cie".to_owned())
    );
    assert_eq!((field("date"), field("langid")), ("2023-11-23".to_owned(), "french".to_owned()));
    assert_eq!(entry.url().unwrap(), "https://releve.example/briefs/otsc/");
}

#[test]
fn a_reference_makes_no_file_of_its_own() {
    let files = with("title = \"Un titre\"").build();
    assert!(!files.keys().any(|path| path.contains("2023-11-23-otsc")), "{:?}", files.keys());
}

#[test]
fn a_brief_that_changed_is_cited_with_the_day_of_its_text() {
    let corrections = |day: &str| format!("corrections = [{{ date = {day}, text = \"Un nom.\" }}]");
    for (lines, version) in [
        (String::new(), None),
        ("updated = 2023-11-25".to_owned(), Some("2023-11-25")),
        (corrections("2023-11-26"), Some("2023-11-26")),
        (format!("updated = 2023-11-25\n{}", corrections("2023-11-24")), Some("2023-11-25")),
        ("updated = 2023-11-23".to_owned(), None),
    ] {
        let site = with(&format!("title = \"Un titre\"\n{lines}"));
        let (entry, item) = read(&site, "briefs/otsc/index.html");
        assert_eq!(item.get("version").and_then(Value::as_str), version, "{lines}");
        assert_eq!(
            entry.version().ok().map(|chunks| chunks.format_verbatim()).as_deref(),
            version,
            "{lines}"
        );
        assert_eq!(item["issued"]["date-parts"], json!([[2023, 11, 23]]));
        let page = &site.build()["briefs/otsc/index.html"];
        let said = page.contains("\u{a0}novembre 2023, version du ");
        assert_eq!(said, version.is_some(), "{lines}");
    }
}

#[test]
fn translations_are_not_taken_for_one_another() {
    let site = with("title = \"Un titre\"\ntranslations_key = \"k\"");
    site.write("site.toml", "title = \"Le Relevé\"\n[languages.en]\ntitle = \"The Record\"\n");
    let english =
        "+++\ntitle = \"A title\"\ndate = 2023-11-23\nlang = \"en\"\ncountries = [\"AM\"]\n+++\n\nText.\n";
    site.write("content/otsc.en.md", english.replace("lang", "translations_key = \"k\"\nlang"));
    let (french, _) = read(&site, "briefs/otsc/index.html");
    let (entry, item) = read(&site, "en/briefs/otsc/index.html");
    assert_eq!((french.key.as_str(), entry.key.as_str()), ("2023-11-23-otsc", "2023-11-23-otsc-en"));
    assert_eq!((&item["language"], &item["container-title"]), (&json!("en"), &json!("The Record")));
}

#[test]
fn nothing_in_a_title_or_a_name_gets_out_of_the_reference() {
    let title = "</code></pre><script>alert('1')</script> {\"a\": 1}, \\\\ & % # @misc{x}";
    let site = with(&format!("title = '''{title}'''\nauthors = ['\"><b>Nom</b> and Fils']"));
    let (entry, item) = read(&site, "briefs/otsc/index.html");
    assert_eq!(item["title"], title);
    assert_eq!(entry.title().unwrap().format_verbatim(), title);
    assert_eq!(item["author"], json!([{ "literal": "\"><b>Nom</b> and Fils" }]));
    assert_eq!(entry.author().unwrap().len(), 1);
}

/// What Zotero's translator for embedded metadata looks for, each where it looks for it.
#[test]
fn the_head_tells_reference_managers_the_same() {
    let site = with(
        "title = \"Un titre\"\nauthors = [\"La rédaction\", \"Ariane Morel\"]\nsummary = \"Un *chapô*.\"",
    );
    let page = &site.build()["briefs/otsc/index.html"];
    let (head, _) = page.split_once("</head>").unwrap();
    for told in [
        "<html lang=\"fr\"",
        "<meta name=\"dc.type\" content=\"newspaperArticle\">",
        "<meta property=\"og:title\" content=\"Un titre\">",
        "<meta name=\"author\" content=\"La rédaction\">\n<meta name=\"author\" content=\"Ariane Morel\">",
        "<meta property=\"og:site_name\" content=\"Le Relevé\">",
        "<meta property=\"article:published_time\" content=\"2023-11-23\">",
        "<meta property=\"og:url\" content=\"https://releve.example/briefs/otsc/\">",
        "<meta property=\"og:description\" content=\"Un chapô.\">",
    ] {
        assert!(head.contains(told), "{told} is not in {head}");
    }
    assert!(!head.contains("citation_"), "Zotero would take it for an article of a journal");
}
