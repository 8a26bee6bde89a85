//! The parts that the note of a source is made of, as its template sees them: HTML or text, or nothing where the source has no
//! such thing.

use super::html::{push_attribute, push_text, push_url_attribute};
use super::sentence::Written;
use super::wording::Wording;
use crate::page::view::{DateView, SourceView};
use tera::{Context, Value};

/// A part of a note. `docs/themes.md` says what each is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Authors,
    Title,
    Cite,
    Publisher,
    Periodical,
    Number,
    Date,
    Locator,
    Accessed,
    Archive,
    Url,
}

impl Part {
    /// Every part, and what templates call it.
    pub(super) const ALL: [(&'static str, Self); 11] = [
        ("authors", Self::Authors),
        ("title", Self::Title),
        ("cite", Self::Cite),
        ("publisher", Self::Publisher),
        ("periodical", Self::Periodical),
        ("number", Self::Number),
        ("date", Self::Date),
        ("locator", Self::Locator),
        ("accessed", Self::Accessed),
        ("archive", Self::Archive),
        ("url", Self::Url),
    ];

    /// The part of `source`.
    pub(super) fn of<'a>(self, source: &'a SourceView, wording: &Wording) -> Option<Written<'a>> {
        let text = |text: &'a Option<String>| text.as_deref().map(|text| Written::Text(text.into()));
        let html = |html: String| Written::Html(html.into());
        match self {
            Self::Authors => text(&source.authors),
            Self::Title => Some(html(title(source, "span", " class=\"title\""))),
            Self::Cite => Some(html(title(source, "cite", ""))),
            Self::Publisher => text(&source.publisher),
            Self::Periodical => source.publisher.as_deref().map(|publisher| html(periodical(publisher))),
            Self::Number => source.number.as_deref().map(|shelf_mark| html(number(shelf_mark))),
            Self::Date => source.date.as_ref().map(|day| html(date(day))),
            Self::Locator => text(&source.locator),
            Self::Accessed => {
                source.accessed.as_ref().map(|day| Written::Text(wording.accessed(&day.text).into()))
            }
            Self::Archive => source.archive.as_ref().map(|_| html(archive(source, wording))),
            Self::Url => text(&source.url),
        }
    }
}

/// What the template of a source sees. `whole` says whether it asks for `source` itself, which takes longer to hand over.
pub(super) fn context(source: &SourceView, wording: &Wording, whole: bool) -> Context {
    let mut context = Context::new();
    for (name, part) in Part::ALL {
        context.insert_value(
            name,
            match part.of(source, wording) {
                Some(Written::Html(html)) => Value::safe_string(&html),
                Some(Written::Text(text)) => Value::from(&*text),
                None => Value::none(),
            },
        );
    }
    if whole {
        context.insert("source", source);
    }
    context
}

/// The title in an element of its own, in its own language, leading to the source where it can be read. A tool that knows
/// Robust Links finds the kept copy.
fn title(source: &SourceView, element: &str, class: &str) -> String {
    let mut html = String::with_capacity(512);
    html.extend(["<", element, class]);
    if let Some(language) = &source.language {
        push_attribute(&mut html, "lang", language.as_str());
    }
    html.push('>');
    match &source.url {
        Some(url) => {
            push_link(&mut html, source, url);
            push_text(&mut html, &source.title);
            html.push_str("</a>");
        }
        None => push_text(&mut html, &source.title),
    }
    html.extend(["</", element, ">"]);
    html
}

fn push_link(html: &mut String, source: &SourceView, url: &str) {
    html.push_str("<a");
    let start = html.len();
    push_url_attribute(html, "href", url);
    let written = start + " href".len()..html.len();
    if let Some(language) = &source.language {
        push_attribute(html, "hreflang", language.as_str());
    }
    if let Some(archive) = &source.archive {
        html.push_str(" data-originalurl");
        html.extend_from_within(written);
        push_url_attribute(html, "data-versionurl", &archive.url);
        if let Some(date) = &archive.date {
            push_attribute(html, "data-versiondate", &date.iso);
        }
    }
    html.push('>');
}

/// The newspaper or review an article appeared in.
fn periodical(publisher: &str) -> String {
    let mut html = String::from("<cite>");
    push_text(&mut html, publisher);
    html.push_str("</cite>");
    html
}

/// A shelf mark, which is set on one line.
fn number(number: &str) -> String {
    let mut html = String::from("<span class=\"number\">");
    push_text(&mut html, number);
    html.push_str("</span>");
    html
}

fn date(date: &DateView) -> String {
    let mut html = String::with_capacity(64);
    html.push_str("<time");
    push_attribute(&mut html, "datetime", &date.iso);
    html.push('>');
    push_text(&mut html, &date.text);
    html.push_str("</time>");
    html
}

/// The way to the kept copy: « (archive, 13 janvier 2022) ».
fn archive(source: &SourceView, wording: &Wording) -> String {
    let Some(archive) = &source.archive else { return String::new() };
    let mut html = String::with_capacity(256);
    html.push_str("(<a");
    push_url_attribute(&mut html, "href", &archive.url);
    html.push('>');
    push_text(&mut html, &wording.archived_copy(archive.date.as_ref().map(|date| date.text.as_str())));
    html.push_str("</a>)");
    html
}
