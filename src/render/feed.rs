//! Feeds: the HTML of their entries, as feed readers understand notes, and JSON feeds, which have no template.

use super::body::Rendered;
use super::html::{push_attribute, push_plain_attribute, push_text};
use super::notes::PrintedNote;
use super::wording::Wording;
use crate::brief::markdown::plain;
use crate::page::json;
use crate::page::view::{CategoryView, FeedEntry, FeedView, Frame, PageImage, RenderedEntry};
use serde::Serialize;

/// About how many bytes of HTML stand round a note, and round the text, of most entries.
const NOTE: usize = 192;
const FRAME: usize = 256;

/// What is made of an entry.
pub(super) fn entry(entry: &FeedEntry, rendered: &Rendered, wording: &Wording) -> RenderedEntry {
    RenderedEntry { html: html(entry, rendered, wording), summary: plain(&entry.summary) }
}

/// An entry as the template sees it.
pub(super) fn value<'a>(entry: &'a FeedEntry, rendered: &'a RenderedEntry) -> impl Serialize + use<'a> {
    EntryValue {
        title: &entry.title,
        url: &entry.url,
        language: entry.language.as_str(),
        published: &entry.published,
        updated: &entry.updated,
        authors: &entry.authors,
        countries: &entry.countries,
        summary: &rendered.summary,
        html: &rendered.html,
    }
}

#[derive(Serialize)]
struct EntryValue<'a> {
    title: &'a str,
    url: &'a str,
    language: &'a str,
    published: &'a str,
    updated: &'a str,
    authors: &'a [String],
    countries: &'a [CategoryView],
    summary: &'a str,
    html: &'a str,
}

/// An entry's HTML. Readers that show notes in place look for `footnotes` and `reversefootnote`; a note makes sense without
/// any of its links.
fn html(entry: &FeedEntry, rendered: &Rendered, wording: &Wording) -> String {
    let notes: usize = rendered.notes.iter().map(|note| note.html.len() + NOTE).sum();
    let mut html = String::with_capacity(rendered.summary.len() + rendered.content.len() + notes + FRAME);
    if !rendered.summary.is_empty() {
        html.extend(["<p>", &rendered.summary, "</p>\n"]);
    }
    if let Some(image) = &entry.image {
        push_image(&mut html, image, rendered);
    }
    html.push_str(&rendered.content);
    if !rendered.corrections.is_empty() {
        push_corrections(&mut html, rendered, wording);
    }
    if !rendered.notes.is_empty() {
        html.push_str("<section class=\"footnotes\" role=\"doc-endnotes\">\n<h2>");
        push_text(&mut html, &wording.notes_and_sources());
        html.push_str("</h2>\n<ol>\n");
        rendered.notes.iter().for_each(|note| push_note(&mut html, note, wording));
        html.push_str("</ol>\n</section>\n");
    }
    html
}

/// The image above the text, its caption and its credit below it.
fn push_image(html: &mut String, image: &PageImage, rendered: &Rendered) {
    html.push_str("<figure><img");
    push_attribute(html, "src", &image.url);
    push_attribute(html, "alt", &image.alt);
    html.push('>');
    let below: Vec<&str> =
        [&*rendered.caption, &*rendered.credit].into_iter().filter(|text| !text.is_empty()).collect();
    if !below.is_empty() {
        html.extend(["<figcaption>", &below.join(" "), "</figcaption>"]);
    }
    html.push_str("</figure>\n");
}

fn push_corrections(html: &mut String, rendered: &Rendered, wording: &Wording) {
    html.push_str("<section role=\"doc-errata\">\n<h2>");
    push_text(html, &wording.corrections());
    html.push_str("</h2>\n<dl>\n");
    for correction in &rendered.corrections {
        html.push_str("<dt>");
        push_text(html, &correction.date.text);
        html.extend(["</dt>\n<dd>", &correction.html, "</dd>\n"]);
    }
    html.push_str("</dl>\n</section>\n");
}

fn push_note(html: &mut String, note: &PrintedNote, wording: &Wording) {
    html.push_str("<li");
    push_plain_attribute(html, "id", &note.id);
    html.push('>');
    html.push_str(&note.html);
    for back in &note.back_links {
        html.push_str(" <a class=\"reversefootnote\"");
        push_plain_attribute(html, "href", &back.url);
        html.push_str(" role=\"doc-backlink\"");
        push_plain_attribute(html, "aria-label", &back.label(note.number, wording));
        html.push('>');
        // A letter alone would seem to belong to the note.
        html.push_str(if note.back_links.len() > 1 { "↩\u{a0}" } else { "" });
        html.push_str(back.text());
        html.push_str("</a>");
    }
    html.push_str("</li>\n");
}

/// A feed in JSON Feed 1.1.
pub(super) fn json(feed: &FeedView, frame: &Frame, entries: &[(&FeedEntry, &RenderedEntry)]) -> Vec<u8> {
    let publisher = if frame.site.publisher.is_empty() { &frame.site.title } else { &frame.site.publisher };
    // Of HTML, about one character in ten is escaped.
    let lengths = entries.iter().map(|(_, rendered)| rendered.html.len() / 8 * 9 + 1_024);
    let mut json = String::with_capacity(lengths.sum());
    json::push_object(&mut json, |object| {
        object.word("version", "https://jsonfeed.org/version/1.1");
        object.text("title", &feed.title);
        object.text("home_page_url", &feed.page_url);
        object.text("feed_url", &feed.self_url);
        object.optional("description", Some(&*feed.description).filter(|it| !it.is_empty()));
        object.word("language", frame.page.language.as_str());
        object.list("authors", [publisher], |json, name| push_author(json, name));
        object.list("items", entries, |json, (entry, rendered)| push_item(json, entry, rendered));
    });
    json.push('\n');
    json.into_bytes()
}

fn push_item(json: &mut String, entry: &FeedEntry, rendered: &RenderedEntry) {
    json::push_object(json, |item| {
        item.text("id", &entry.url);
        item.text("url", &entry.url);
        item.text("title", &entry.title);
        item.word("language", entry.language.as_str());
        item.optional("summary", Some(&*rendered.summary).filter(|it| !it.is_empty()));
        item.text("content_html", &rendered.html);
        item.word("date_published", &entry.published);
        item.word("date_modified", &entry.updated);
        item.list("authors", &entry.authors, |json, name| push_author(json, name));
        item.list("tags", &entry.countries, |json, country| json::push_string(json, &country.label));
    });
}

fn push_author(json: &mut String, name: &str) {
    json::push_object(json, |author| author.text("name", name));
}
