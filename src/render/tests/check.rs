//! A strict reader of the HTML that rendering writes: every `<` begins a well-formed tag, every element is closed where it
//! should be, no id stands twice, every `#…` leads to an id, and nothing can run.

use super::Rendered;
use std::collections::BTreeSet;

/// What was found on a page.
#[derive(Debug, Default)]
pub(in crate::render) struct Page {
    /// Its HTML, all parts in a row.
    pub html: String,
    pub ids: BTreeSet<String>,
    /// The targets of links within the page.
    pub fragments: Vec<String>,
}

const VOID: [&str; 5] = ["br", "hr", "img", "col", "wbr"];
const PHRASING: [&str; 31] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    "ruby", "rt",
];

impl Page {
    /// Checks all that was made of a document, as if it stood on one page.
    pub fn of(rendered: &Rendered) -> Self {
        let mut html = format!("<p>{}</p>\n", rendered.summary);
        html.push_str(&format!("<p>{} {}</p>\n", rendered.caption, rendered.credit));
        html.push_str(&rendered.content);
        for correction in &rendered.corrections {
            html.push_str(&format!("<div>{}</div>\n", correction.html));
        }
        for note in &rendered.notes {
            html.push_str(&format!("<li id=\"{}\"><div>{}</div>", note.id, note.html));
            for back in &note.back_links {
                html.push_str(&format!("<a href=\"{}\">{}</a>", back.url, back.text()));
            }
            html.push_str("</li>\n");
        }
        let page = Self::read(&html);
        for fragment in &page.fragments {
            assert!(page.ids.contains(fragment), "nothing has the id {fragment} in {html}");
        }
        page
    }

    /// Checks a piece of HTML, its links apart.
    pub fn read(html: &str) -> Self {
        let mut page = Self { html: html.to_owned(), ..Self::default() };
        let mut open: Vec<String> = Vec::new();
        assert!(!html.contains(super::super::html::is_forbidden), "a forbidden character in {html:?}");
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            assert!(!rest[..at].contains('>'), "a loose > in {html}");
            let end = tag_end(&rest[at..]).unwrap_or_else(|| panic!("a tag without end in {html}"));
            page.tag(&rest[at + 1..at + end], &mut open);
            rest = &rest[at + end + 1..];
        }
        assert!(!rest.contains('>'), "a loose > in {html}");
        assert_eq!(open, [""; 0], "left open in {html}");
        page
    }

    fn tag(&mut self, tag: &str, open: &mut Vec<String>) {
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closed in {}", self.html);
            return;
        }
        let name = tag.split(' ').next().unwrap().to_owned();
        assert!(
            !name.is_empty()
                && name.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit()),
            "<{tag}> in {}",
            self.html
        );
        assert!(
            !["script", "style", "iframe", "object", "embed", "svg", "math", "base", "meta", "link", "form"]
                .contains(&name.as_str()),
            "<{tag}> in {}",
            self.html
        );
        assert!(!(name == "a" && open.contains(&name)), "a link in a link in {}", self.html);
        let in_text = open.iter().any(|open| open == "p" || PHRASING.contains(&open.as_str()));
        assert!(!in_text || PHRASING.contains(&name.as_str()), "<{name}> in running text in {}", self.html);
        self.attributes(&tag[name.len()..]);
        if !VOID.contains(&name.as_str()) {
            open.push(name);
        }
    }

    fn attributes(&mut self, mut rest: &str) {
        let mut names = BTreeSet::new();
        while !rest.is_empty() {
            let (name, after) =
                rest.split_once("=\"").unwrap_or_else(|| panic!("attributes {rest} in {}", self.html));
            let (value, after) = after.split_once('"').unwrap();
            let name = name.strip_prefix(' ').unwrap();
            assert!(
                name.chars().all(|character| character.is_ascii_lowercase() || character == '-'),
                "{name} in {}",
                self.html
            );
            assert!(!name.starts_with("on"), "{name} in {}", self.html);
            assert!(names.insert(name.to_owned()), "{name} twice in {}", self.html);
            if matches!(name, "href" | "src" | "cite") {
                let bare: String = unescaped(value)
                    .chars()
                    .filter(|character| !character.is_whitespace() && !character.is_control())
                    .collect();
                let bare = bare.to_lowercase();
                assert!(
                    !["javascript:", "vbscript:", "data:", "file:"]
                        .iter()
                        .any(|scheme| bare.starts_with(scheme)),
                    "{value} in {}",
                    self.html
                );
                if let Some(fragment) = value.strip_prefix('#') {
                    self.fragments.push(crate::brief::link::percent_decoded(fragment));
                }
            }
            if name == "id" {
                assert!(self.ids.insert(unescaped(value)), "the id {value} twice in {}", self.html);
            }
            rest = after;
        }
    }
}

fn tag_end(html: &str) -> Option<usize> {
    let mut quoted = false;
    html.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

fn unescaped(value: &str) -> String {
    value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}
