//! The parts that the note of a source is made of, as its template sees them: HTML, or none where the source has no such thing.

use super::html::{push_attribute, push_text, push_url_attribute};
use super::wording::Wording;
use crate::page::view::{DateView, SourceView};
use tera::{Context, Value};

/// What the template of a source sees. `whole` says whether it asks for `source` itself, which takes longer to hand over.
pub(super) fn context(source: &SourceView, wording: &Wording, whole: bool) -> Context {
    let mut context = Context::new();
    let mut put = |name: &'static str, value: Option<Value>| {
        context.insert_value(name, value.unwrap_or_else(Value::none));
    };
    let text = |text: &Option<String>| text.as_deref().map(Value::from);
    let html = |html: String| Some(Value::safe_string(&html));
    put("authors", text(&source.authors));
    let link = link(source);
    put("title", html(title(source, &link, "span", " class=\"title\"")));
    put("cite", html(title(source, &link, "cite", "")));
    put("publisher", text(&source.publisher));
    put("periodical", source.publisher.as_deref().map(periodical));
    put("number", source.number.as_deref().map(number));
    put("date", source.date.as_ref().map(date));
    put("locator", text(&source.locator));
    put("accessed", source.accessed.as_ref().map(|date| Value::from(wording.accessed(&date.text))));
    put("archive", source.archive.as_ref().map(|_| Value::safe_string(&archive(source, wording))));
    put("url", text(&source.url));
    if whole {
        context.insert("source", source);
    }
    context
}

/// The title, leading to the source where it can be read. A tool that knows Robust Links finds the kept copy.
fn link(source: &SourceView) -> String {
    let mut html = String::with_capacity(256);
    match &source.url {
        Some(url) => {
            push_link(&mut html, source, url);
            push_text(&mut html, &source.title);
            html.push_str("</a>");
        }
        None => push_text(&mut html, &source.title),
    }
    html
}

/// The title with its link in an element of its own, in its own language.
fn title(source: &SourceView, link: &str, element: &str, class: &str) -> String {
    let mut html = String::with_capacity(link.len() + 48);
    html.extend(["<", element, class]);
    if let Some(language) = &source.language {
        push_attribute(&mut html, "lang", language.as_str());
    }
    html.extend([">", link, "</", element, ">"]);
    html
}

fn push_link(html: &mut String, source: &SourceView, url: &str) {
    html.push_str("<a");
    push_url_attribute(html, "href", url);
    if let Some(language) = &source.language {
        push_attribute(html, "hreflang", language.as_str());
    }
    if let Some(archive) = &source.archive {
        push_url_attribute(html, "data-originalurl", url);
        push_url_attribute(html, "data-versionurl", &archive.url);
        if let Some(date) = &archive.date {
            push_attribute(html, "data-versiondate", &date.iso);
        }
    }
    html.push('>');
}

/// The newspaper or review an article appeared in.
fn periodical(publisher: &str) -> Value {
    let mut html = String::from("<cite>");
    push_text(&mut html, publisher);
    html.push_str("</cite>");
    Value::safe_string(&html)
}

/// A shelf mark, which is set on one line.
fn number(number: &str) -> Value {
    let mut html = String::from("<span class=\"number\">");
    push_text(&mut html, number);
    html.push_str("</span>");
    Value::safe_string(&html)
}

fn date(date: &DateView) -> Value {
    let mut html = String::from("<time");
    push_attribute(&mut html, "datetime", &date.iso);
    html.push('>');
    push_text(&mut html, &date.text);
    html.push_str("</time>");
    Value::safe_string(&html)
}

/// The way to the kept copy: « (archive, 13 janvier 2022) ».
fn archive(source: &SourceView, wording: &Wording) -> String {
    let Some(archive) = &source.archive else { return String::new() };
    let mut html = String::from("(<a");
    push_url_attribute(&mut html, "href", &archive.url);
    html.push('>');
    push_text(&mut html, &wording.archived_copy(archive.date.as_ref().map(|date| date.text.as_str())));
    html.push_str("</a>)");
    html
}
