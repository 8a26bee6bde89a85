//! The sources of a brief, as its page, its feeds and its JSON-LD give them.

use crate::site::{Site, site};
use depeche::brief::Brief;
use depeche::reference::{Bibliography, Identity};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A source as one of them tells it: title, address and day.
#[derive(Debug, PartialEq, Eq)]
struct Cited {
    title: String,
    url: String,
    date: String,
}

/// The publication of this repository, each of whose briefs is in a feed.
fn publication() -> Site {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = fs::read_to_string(root.join("site.toml")).unwrap();
    let site = site(&[("site.toml", &format!("feed_entries = 1000\n{settings}"))]);
    copy(root, "content", &site);
    site
}

fn copy(root: &Path, folder: &str, site: &Site) {
    for entry in fs::read_dir(root.join(folder)).unwrap() {
        let path = format!("{folder}/{}", entry.unwrap().file_name().to_str().unwrap());
        match fs::read(root.join(&path)) {
            Ok(bytes) => site.write(&path, bytes),
            Err(_) => copy(root, &path, site),
        }
    }
}

/// What the front matter and the library say, read without any of what prints it: each source once.
fn written(brief: &Brief, bibliography: &Bibliography) -> Vec<Cited> {
    let references = brief.notes.called.iter().filter_map(|note| brief.reference(note.origin, bibliography));
    let mut known = Vec::new();
    let mut cited = Vec::new();
    for reference in references {
        let identity = Identity::of(reference);
        if !known.contains(&identity) {
            known.push(identity);
            cited.push(Cited {
                title: reference.title.value.to_string(),
                url: reference.url.as_ref().map(|url| url.value.to_string()).unwrap_or_default(),
                date: reference.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default(),
            });
        }
    }
    cited
}

/// The sources among the notes of an article's HTML; several places of one follow one another as often as they are cited.
fn printed(html: &str) -> Vec<Cited> {
    let Some((_, list)) = html.split_once("role=\"doc-endnotes\"") else { return Vec::new() };
    let list = list.split("</ol>").next().unwrap();
    let mut cited: Vec<Cited> = Vec::new();
    for note in list.split("<li id=").skip(1) {
        let titles = [("<cite", "</cite>"), ("<span class=\"title\"", "</span>")];
        let title = titles.iter().filter_map(|(start, end)| {
            let (before, rest) = note.split_once(start)?;
            Some((before.len(), rest.split_once('>')?.1.split(end).next()?))
        });
        let Some((_, title)) = title.min_by_key(|(at, _)| *at) else { continue };
        let source =
            Cited { title: text(title), url: attribute(title, "href"), date: attribute(note, "datetime") };
        if !cited.contains(&source) {
            cited.push(source);
        }
    }
    cited
}

fn attribute(html: &str, name: &str) -> String {
    let value =
        html.split_once(&format!("{name}=\"")).map_or("", |(_, rest)| rest.split('"').next().unwrap());
    unescaped(value)
}

fn text(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    unescaped(&parts.collect::<String>())
}

fn unescaped(html: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(html.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

fn json_ld(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").unwrap();
    serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap()
}

fn described(article: &Value) -> Vec<Cited> {
    let works = article["citation"].as_array().cloned().unwrap_or_default();
    let text = |work: &Value, key: &str| work[key].as_str().unwrap_or_default().to_owned();
    let cited = works.iter().map(|work| Cited {
        title: text(work, "name"),
        url: text(work, "url"),
        date: text(work, "datePublished"),
    });
    cited.collect()
}

/// The HTML of the entry of the article at `url` in an Atom feed and a JSON feed.
fn entries(atom: &str, json: &str, url: &str) -> [String; 2] {
    let entry = atom.split("<entry").find(|entry| entry.contains(&format!("<id>{url}</id>"))).unwrap();
    let content = entry.split_once("<content type=\"html\">").unwrap().1.split("</content>").next().unwrap();
    let feed: Value = serde_json::from_str(json).unwrap();
    let items = feed["items"].as_array().unwrap();
    let item = items.iter().find(|item| item["url"] == url).unwrap();
    [unescaped(content), item["content_html"].as_str().unwrap().to_owned()]
}

#[test]
fn page_feeds_and_json_ld_give_the_same_sources_of_every_brief_of_the_publication() {
    let site = publication();
    let files = site.build();
    let checked = site.checked();
    let mut sources = 0;
    for document in checked.library.documents.iter().filter(|document| document.date.is_some()) {
        let expected = written(&document.brief, &checked.project.bibliography);
        sources += expected.len();
        let of_it = files.iter().filter(|(path, _)| {
            let folder = path.strip_suffix("/index.html").unwrap_or_default();
            folder.ends_with(&format!("briefs/{}", document.slug))
                && folder.starts_with("en/") == (document.language.index() == 1)
        });
        let [(path, page)] = of_it.collect::<Vec<_>>()[..] else { panic!("{} has one page", document.slug) };
        let article = json_ld(page);
        assert_eq!(described(&article), expected, "{path}, its JSON-LD");
        assert_eq!(printed(page), expected, "{path}");
        let home = if path.starts_with("en/") { "en/" } else { "" };
        let [atom, json] = ["atom.xml", "feed.json"].map(|feed| &files[&format!("{home}{feed}")]);
        let [atom, json] = entries(atom, json, article["url"].as_str().unwrap());
        assert_eq!(printed(&atom), expected, "{path}, in the Atom feed");
        assert_eq!(printed(&json), expected, "{path}, in the JSON feed");
    }
    assert!(sources > 20, "the publication cites {sources} sources");
}

#[test]
fn json_ld_says_of_a_source_what_it_is_and_where_it_is_cited() {
    let library = "[loi]\nkind = \"law\"\ntitle = \"Loi\"\nauthors = [\"A. Dupont\"]\npublisher = \"Parlement\"\nnumber = \"7\"\n\
                   date = \"2022-01\"\nurl = \"https://x.example/loi\"\narchive = \"https://y.example/loi\"\nlanguage = \"kk\"\n";
    let brief = "+++\ntitle = \"Un sommet\"\ndate = 2024-01-01\ncountries = [\"AM\"]\n+++\n\nUn[^loi, p. 3], deux[^loi, p. 7], \
                 trois[^loi, art. 5].\n";
    let files = site(&[("content/a.md", brief), ("content/sources.toml", library)]).build();
    let expected = serde_json::json!([{
        "@type": "Legislation",
        "name": "Loi",
        "inLanguage": "kk",
        "author": [{"@type": "Person", "name": "A. Dupont"}],
        "publisher": {"@type": "Organization", "name": "Parlement"},
        "datePublished": "2022-01",
        "identifier": "7",
        "url": "https://x.example/loi",
        "archivedAt": "https://y.example/loi",
        "pagination": "3, 7",
        "position": "art.\u{a0}5",
    }]);
    assert_eq!(json_ld(&files["briefs/a/index.html"])["citation"], expected);
}

#[test]
fn a_place_that_several_notes_name_is_given_once() {
    let front = "[footnotes.tass]\ntitle = \"Un titre\"\nurl = \"https://x.example/1\"\npage = \"p. 7\"\n";
    let other = "[footnotes.autre]\ntitle = \"Un titre\"\nurl = \"https://x.example/1\"\n";
    let text = format!(
        "+++\ntitle = \"Un sommet\"\ncountries = [\"AM\"]\n{front}{other}+++\n\nUn[^tass] deux[^tass, p. 7] trois[^autre, p. 7] quatre[^autre, p. 8].\n"
    );
    let site = site(&[("site.toml", "title = \"Essai\"\n"), ("content/2024-01-01-a.md", &text)]);
    let page = &site.build()["briefs/a/index.html"];
    let ids: Vec<_> = page.split("id=\"note-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids, ["tass", "autre--at-page-7", "autre--at-page-8"]);
    assert_eq!(json_ld(page)["citation"][0]["pagination"], "7, 8");
}
