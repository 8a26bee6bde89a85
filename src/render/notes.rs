//! The notes of a page as they are printed: the items of their list, each with the ways back, and the names by which a style
//! sheet sets them beside the text.

use super::html::{push_attribute, push_number, push_text};
use super::wording::Wording;
use crate::page::view::SourceLink;

/// A note, and how to come back from it.
#[derive(Clone, Debug)]
pub struct PrintedNote {
    /// Its number, from 1.
    pub number: usize,
    /// The id of its list item: `note-` and its label's letters.
    pub id: String,
    /// What it says, HTML.
    pub html: String,
    /// The link to the page of its source, where several briefs cite it; feeds have none.
    pub source: Option<SourceLink>,
    /// The way back to each of its calls, in reading order.
    pub back_links: Vec<BackLink>,
}

/// The way back from a note to one of its calls.
#[derive(Clone, Debug)]
pub struct BackLink {
    /// `#ref-…`.
    pub url: String,
    /// `a`, `b`, `c`… where there are several; `↩` where there is one.
    pub text: String,
    /// What a screen reader says: « Retour à l’appel a de la note 1 ».
    pub label: String,
}

/// The items of the list of a page's notes; nothing where there are none.
pub(super) fn items(notes: &[PrintedNote], wording: &Wording) -> String {
    let mut html = String::with_capacity(notes.iter().map(|note| note.html.len() + 256).sum());
    for note in notes {
        html.push_str("<li");
        push_attribute(&mut html, "id", &note.id);
        html.extend(["><div class=\"note-body\">", &note.html, "</div>"]);
        if let Some(source) = &note.source {
            push_source(&mut html, source, wording);
        }
        if !note.back_links.is_empty() {
            html.push_str(" <span class=\"backrefs\">");
            push_ways_back(&mut html, &note.back_links);
            html.push_str("</span>");
        }
        html.push_str("</li>\n");
    }
    html
}

/// The way to all the briefs that cite the note's source.
fn push_source(html: &mut String, source: &SourceLink, wording: &Wording) {
    html.push_str(" <a class=\"cited-in\"");
    push_attribute(html, "href", &source.url);
    html.push('>');
    push_text(html, &wording.cited_in(source.count));
    html.push_str("</a>");
}

/// `↩`, or `↩ a b c` where there are several.
fn push_ways_back(html: &mut String, links: &[BackLink]) {
    if links.len() > 1 {
        html.push_str("↩\u{a0}");
    }
    for (index, link) in links.iter().enumerate() {
        html.push_str(if index > 0 { " <a" } else { "<a" });
        push_attribute(html, "href", &link.url);
        push_attribute(html, "role", "doc-backlink");
        push_attribute(html, "aria-label", &link.label);
        html.push('>');
        push_text(html, &link.text);
        html.push_str("</a>");
    }
}

/// The names by which a style sheet finds each note, its first call and the note above, so that it can set them beside one
/// another.
pub(super) fn anchors(notes: &[PrintedNote]) -> String {
    let mut css = String::with_capacity(notes.len() * 128 + 64);
    push_numbered(&mut css, "body{--in-margin: ;--last-note:--n", notes.len());
    css.push('}');
    for note in notes {
        let number = note.number;
        if let Some(first) = note.back_links.first() {
            css.extend(["\n", &first.url]);
            push_numbered(&mut css, "{anchor-name:--c", number);
            css.push('}');
        }
        push_numbered(&mut css, "\n.notes>ol>:nth-child(", number);
        push_numbered(&mut css, "){--call:--c", number);
        push_numbered(&mut css, ";--note:--n", number);
        push_numbered(&mut css, ";--above:--n", number - 1);
        css.push('}');
    }
    css
}

fn push_numbered(css: &mut String, name: &str, number: usize) {
    css.push_str(name);
    push_number(css, number);
}
