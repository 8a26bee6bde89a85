//! The text of each file, written out by formatting strings.

use super::brief::Brief;
use super::edition::{Edition, List};
use std::fmt::{Display, Formatter, Result, Write as _};

const BASE: &str = "https://mesure.example";
const NAME: &str = "Le Relevé de mesure";
const FOOT: &str = "</main>\n<footer><p>Une archive inventée, pour mesurer.</p></footer>\n</body>\n</html>\n";
/// How many related briefs a page offers.
const RELATED: usize = 5;

/// A text, escaped for HTML and XML.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"']) {
            formatter.write_str(&rest[..at])?;
            formatter.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            })?;
            rest = &rest[at + 1..];
        }
        formatter.write_str(rest)
    }
}

/// Adds formatted text to a page: writing to a string can't fail.
macro_rules! put {
    ($page:ident, $($text:tt)+) => {
        let _ = write!($page, $($text)+);
    };
}

/// The page of a brief alone.
pub fn plain(brief: &Brief) -> String {
    let title = Escaped(&brief.front.title);
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n</head>\n<body>\n\
         <h1>{title}</h1>\n<p><time>{}</time></p>\n<p>{}</p>\n{}</body>\n</html>\n",
        brief.front.lang,
        brief.date,
        Escaped(&brief.front.summary),
        brief.html,
    )
}

/// The page of a brief with all that stands around it.
pub fn brief(edition: &Edition<'_>, rank: usize, brief: &Brief) -> String {
    let mut page = String::with_capacity(brief.html.len() + 8192);
    let front = &brief.front;
    open(&mut page, edition, &front.title, &front.summary, &brief.address());
    put!(
        page,
        "<article>\n<h1>{}</h1>\n<p class=\"meta\"><time datetime=\"{date}\">{date}</time></p>\n",
        Escaped(&front.title),
        date = brief.date
    );
    countries(&mut page, edition, brief);
    put!(page, "<p class=\"authors\">{}</p>\n", Escaped(&front.authors.join(", ")));
    put!(page, "<p class=\"summary\">{}</p>\n{}</article>\n", Escaped(&front.summary), brief.html);
    for country in &front.countries {
        neighbours(&mut page, edition, rank, country);
    }
    page.push_str("<aside>\n<ul>\n");
    let lead =
        front.countries.first().map(|lead| edition.countries[lead.as_str()].as_slice()).unwrap_or_default();
    for &other in lead.iter().filter(|other| **other != rank).take(RELATED) {
        card(&mut page, edition, edition.briefs[other]);
    }
    page.push_str("</ul>\n</aside>\n");
    page.push_str(FOOT);
    page
}

fn neighbours(page: &mut String, edition: &Edition<'_>, rank: usize, country: &str) {
    let ranks = &edition.countries[country];
    let Ok(at) = ranks.binary_search(&rank) else { return };
    put!(page, "<nav><h2>{country}</h2>\n");
    let both = [("prev", ranks.get(at + 1)), ("next", at.checked_sub(1).and_then(|at| ranks.get(at)))];
    for (relation, other) in both {
        if let Some(&other) = other {
            let other = edition.briefs[other];
            put!(
                page,
                "<a rel=\"{relation}\" href=\"{}\">{}</a> {}\n",
                other.address(),
                Escaped(&other.front.title),
                other.date
            );
        }
    }
    page.push_str("</nav>\n");
}

/// One page of a list.
pub fn list(edition: &Edition<'_>, list: &List<'_>, number: usize, pages: usize, shown: &[&Brief]) -> String {
    let mut page = String::with_capacity(shown.len() * 1024 + 4096);
    open(&mut page, edition, &list.title, &list.title, &list.address(number));
    put!(page, "<h1>{}</h1>\n<ol>\n", Escaped(&list.title));
    shown.iter().for_each(|brief| card(&mut page, edition, brief));
    page.push_str("</ol>\n<nav>\n");
    if number > 1 {
        put!(page, "<a rel=\"prev\" href=\"{}\">{}</a>\n", list.address(number - 1), number - 1);
    }
    put!(page, "<span>{number} / {pages}</span>\n");
    if number < pages {
        put!(page, "<a rel=\"next\" href=\"{}\">{}</a>\n", list.address(number + 1), number + 1);
    }
    page.push_str("</nav>\n");
    page.push_str(FOOT);
    page
}

fn card(page: &mut String, edition: &Edition<'_>, brief: &Brief) {
    let front = &brief.front;
    put!(page, "<li><article>\n<h2><a href=\"{}\">{}</a></h2>\n", brief.address(), Escaped(&front.title));
    put!(page, "<p class=\"meta\"><time datetime=\"{date}\">{date}</time></p>\n", date = brief.date);
    countries(page, edition, brief);
    put!(page, "<p class=\"summary\">{}</p>\n</article></li>\n", Escaped(&front.summary));
}

fn countries(page: &mut String, edition: &Edition<'_>, brief: &Brief) {
    page.push_str("<ul class=\"countries\">");
    for code in &brief.front.countries {
        put!(page, "<li><a href=\"{}pays/{}/\">{code}</a></li>", edition.home, code.to_lowercase());
    }
    page.push_str("</ul>\n");
}

/// An index of lists.
pub fn index(edition: &Edition<'_>, address: &str, title: &str, lists: &[&List<'_>]) -> String {
    let mut page = String::with_capacity(lists.len() * 128 + 4096);
    open(&mut page, edition, title, title, address);
    put!(page, "<h1>{title}</h1>\n<ul>\n");
    for list in lists {
        put!(
            page,
            "<li><a href=\"{}\">{}</a> ({})</li>\n",
            list.address,
            Escaped(&list.title),
            list.briefs.len()
        );
    }
    page.push_str("</ul>\n");
    page.push_str(FOOT);
    page
}

pub fn not_found(edition: &Edition<'_>) -> String {
    let mut page = String::new();
    open(&mut page, edition, "404", "404", edition.home);
    page.push_str("<h1>404</h1>\n");
    page.push_str(FOOT);
    page
}

fn open(page: &mut String, edition: &Edition<'_>, title: &str, description: &str, address: &str) {
    let (title, description, home) = (Escaped(title), Escaped(description), edition.home);
    put!(page, "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n", edition.language);
    page.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    put!(page, "<title>{title} – {NAME}</title>\n<meta name=\"description\" content=\"{description}\">\n");
    put!(
        page,
        "<link rel=\"canonical\" href=\"{BASE}{address}\">\n<link rel=\"stylesheet\" href=\"/style.css\">\n"
    );
    put!(
        page,
        "<meta property=\"og:title\" content=\"{title}\">\n<meta property=\"og:url\" content=\"{BASE}{address}\">\n"
    );
    put!(
        page,
        "<meta property=\"og:description\" content=\"{description}\">\n<meta property=\"og:site_name\" content=\"{NAME}\">\n"
    );
    put!(page, "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"{home}atom.xml\">\n");
    put!(
        page,
        "<link rel=\"alternate\" type=\"application/feed+json\" href=\"{home}feed.json\">\n</head>\n<body>\n"
    );
    put!(
        page,
        "<a href=\"#contenu\">Aller au contenu</a>\n<header><p><a href=\"{home}\">{NAME}</a></p>\n<nav><ul>"
    );
    for part in ["pays", "auteurs", "archives"] {
        put!(page, "<li><a href=\"{home}{part}/\">{part}</a></li>");
    }
    page.push_str("</ul></nav></header>\n<main id=\"contenu\">\n");
}

/// RFC 4287.
pub fn atom(list: &List<'_>) -> String {
    let mut feed = String::with_capacity(list.newest().len() * 16_384);
    let (url, title) = (&list.address, Escaped(&list.title));
    feed.push_str(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    put!(
        feed,
        "<title>{title} – {NAME}</title>\n<id>{BASE}{url}atom.xml</id>\n<link rel=\"self\" href=\"{BASE}{url}atom.xml\"/>\n"
    );
    for brief in list.newest() {
        let (front, address) = (&brief.front, brief.address());
        put!(feed, "<entry xml:lang=\"{}\">\n<title>{}</title>\n", front.lang, Escaped(&front.title));
        put!(
            feed,
            "<published>{date}T00:00:00Z</published>\n<updated>{date}T00:00:00Z</updated>\n",
            date = brief.date
        );
        put!(feed, "<id>{BASE}{address}</id>\n<link href=\"{BASE}{address}\"/>\n");
        for author in &front.authors {
            put!(feed, "<author><name>{}</name></author>\n", Escaped(author));
        }
        for country in &front.countries {
            put!(feed, "<category term=\"{country}\"/>\n");
        }
        put!(
            feed,
            "<summary>{}</summary>\n<content type=\"html\">{}</content>\n</entry>\n",
            Escaped(&front.summary),
            Escaped(&brief.html)
        );
    }
    feed.push_str("</feed>\n");
    feed
}

/// JSON Feed 1.1.
pub fn json(list: &List<'_>) -> String {
    let mut feed = String::with_capacity(list.newest().len() * 16_384);
    feed.push_str("{\"version\":\"https://jsonfeed.org/version/1.1\",");
    put!(
        feed,
        "\"title\":{},\"feed_url\":\"{BASE}{url}feed.json\",\"items\":[",
        quoted(&list.title),
        url = list.address
    );
    for (rank, brief) in list.newest().iter().enumerate() {
        let (front, address) = (&brief.front, brief.address());
        put!(
            feed,
            "{}{{\"id\":\"{BASE}{address}\",\"url\":\"{BASE}{address}\",",
            if rank == 0 { "" } else { "," }
        );
        put!(feed, "\"title\":{},\"date_published\":\"{}T00:00:00Z\",", quoted(&front.title), brief.date);
        put!(feed, "\"summary\":{},\"content_html\":{}}}", quoted(&front.summary), quoted(&brief.html));
    }
    feed.push_str("]}\n");
    feed
}

fn quoted(text: &str) -> serde_json::Value {
    serde_json::Value::from(text)
}

pub fn sitemap(editions: &[Edition<'_>]) -> String {
    let mut map = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    map.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for edition in editions {
        for brief in &edition.briefs {
            put!(map, "<url><loc>{BASE}{}</loc><lastmod>{}</lastmod></url>\n", brief.address(), brief.date);
        }
        for list in &edition.lists {
            for (number, _) in (1..).zip(list.pages()) {
                put!(map, "<url><loc>{BASE}{}</loc></url>\n", list.address(number));
            }
        }
    }
    map.push_str("</urlset>\n");
    map
}

pub fn robots() -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {BASE}/sitemap.xml\n")
}
