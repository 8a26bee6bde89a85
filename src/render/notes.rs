//! The notes of a page as they are printed: the items of their list, each with the ways back, and the names by which a style
//! sheet sets them beside the text.

use super::html::{push_attribute, push_number, push_plain_attribute};
use super::wording::Wording;
use crate::page::view::{NoteText, SourceLink};
use compact_str::CompactString;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A note, and how to come back from it.
#[derive(Clone, Debug)]
pub struct PrintedNote {
    /// Its number, from 1.
    pub number: usize,
    /// The id of its list item: `note-` and its label's letters.
    pub id: CompactString,
    /// What it says, HTML.
    pub html: String,
    /// The way back to each of its calls, in reading order.
    pub back_links: Vec<BackLink>,
}

/// The way back from a note to one of its calls.
#[derive(Clone, Debug)]
pub struct BackLink {
    /// `#ref-…`.
    pub url: CompactString,
    /// `a`, `b`, `c`… where there are several.
    pub letter: Option<CompactString>,
}

impl BackLink {
    /// What is shown: the letter, or `↩`.
    pub(super) fn text(&self) -> &str {
        self.letter.as_deref().unwrap_or("↩")
    }

    /// What a screen reader says, ready to stand in HTML: « Retour à l’appel a de la note 1 ».
    pub(super) fn label<'w>(&self, number: usize, wording: &'w Wording) -> Cow<'w, str> {
        match &self.letter {
            Some(letter) => wording.back_to_lettered_call(number, letter).into(),
            None => wording.back_to_call(number),
        }
    }
}

/// The items of the list of a page's notes, which were made of `texts`; nothing where there are none.
pub(super) fn items(notes: &[PrintedNote], texts: &[NoteText], wording: &Wording) -> String {
    let mut html = String::with_capacity(notes.iter().map(|note| note.html.len() + 384).sum());
    for (note, text) in notes.iter().zip(texts) {
        html.push_str("<li");
        push_plain_attribute(&mut html, "id", &note.id);
        html.push_str("><div class=\"note-body\">");
        html.push_str(&note.html);
        html.push_str("</div>");
        if let Some(source) = &text.cited {
            push_source(&mut html, source, wording);
        }
        if !note.back_links.is_empty() {
            html.push_str(" <span class=\"backrefs\">");
            push_ways_back(&mut html, note, wording);
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
    html.push_str(&wording.cited_in(source.count));
    html.push_str("</a>");
}

/// `↩`, or `↩ a b c` where there are several.
fn push_ways_back(html: &mut String, note: &PrintedNote, wording: &Wording) {
    if note.back_links.len() > 1 {
        html.push_str("↩\u{a0}");
    }
    for (index, link) in note.back_links.iter().enumerate() {
        html.push_str(if index > 0 { " <a" } else { "<a" });
        push_plain_attribute(html, "href", &link.url);
        html.push_str(" role=\"doc-backlink\"");
        push_plain_attribute(html, "aria-label", &link.label(note.number, wording));
        html.push('>');
        html.push_str(link.text());
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
        let ready = RULES.get(note.number - 1).map_or_else(|| Cow::Owned(rules(note.number)), Cow::Borrowed);
        let [of_call, of_note] = &*ready;
        if let Some(first) = note.back_links.first() {
            css.extend(["\n", &first.url, of_call]);
        }
        css.push_str(of_note);
    }
    css
}

/// The rules of the first notes, which every page has alike.
static RULES: LazyLock<Vec<[String; 2]>> = LazyLock::new(|| (1..=64).map(rules).collect());

/// What the rule of a note's first call says, and the whole rule of the note.
fn rules(number: usize) -> [String; 2] {
    let above = number - 1;
    let names = format!("{{--call:--c{number};--note:--n{number};--above:--n{above}}}");
    [format!("{{anchor-name:--c{number}}}"), format!("\n.notes>ol>:nth-child({number}){names}")]
}

fn push_numbered(css: &mut String, name: &str, number: usize) {
    css.push_str(name);
    push_number(css, number);
}
