//! The parts that the note of a source is made of, as its template sees them: HTML or text, or nothing where the source has no
//! such thing.

use super::html::{push_plain_attribute, push_text, push_url_attribute};
use super::sentence::Sentence;
use super::wording::Wording;
use crate::page::view::{ArchiveCopyView, DateView, SourceView};
use std::borrow::Cow;
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
        let text = |text: Option<&'a str>| text.map(|text| Written::Text(text.into()));
        match self {
            Self::Authors => text(source.authors.as_deref()),
            Self::Title => Some(Written::Title(source)),
            Self::Cite => Some(Written::Cite(source)),
            Self::Publisher => text(source.publisher.as_deref()),
            Self::Periodical => source.publisher.as_deref().map(Written::Periodical),
            Self::Number => source.number.as_deref().map(Written::Number),
            Self::Date => source.date.as_ref().map(Written::Date),
            Self::Locator => text(source.locator.as_deref()),
            Self::Accessed => {
                source.accessed.as_ref().map(|day| Written::Text(wording.accessed(&day.text).into()))
            }
            Self::Archive => source.archive.as_ref().map(Written::Archive),
            Self::Url => text(source.url.as_deref()),
        }
    }
}

/// A part that is there, to be written where it belongs.
pub(super) enum Written<'a> {
    /// Words, which are escaped.
    Text(Cow<'a, str>),
    /// The title of a source.
    Title(&'a SourceView),
    /// The same, as that of a work.
    Cite(&'a SourceView),
    /// The newspaper or review an article appeared in.
    Periodical(&'a str),
    /// A shelf mark.
    Number(&'a str),
    Date(&'a DateView),
    /// The way to the kept copy.
    Archive(&'a ArchiveCopyView),
}

impl Written<'_> {
    /// Adds it to a sentence.
    pub(super) fn join(&self, sentence: &mut Sentence<'_>, wording: &Wording) {
        match self {
            Self::Text(text) => sentence.text(text),
            markup => markup.push(sentence.next(matches!(markup, Self::Archive(_))), wording),
        }
    }

    /// Writes it.
    pub(super) fn push(&self, html: &mut String, wording: &Wording) {
        match *self {
            Self::Text(ref text) => push_text(html, text),
            Self::Title(source) => push_title(html, source, ("<span class=\"title\"", "</span>")),
            Self::Cite(source) => push_title(html, source, ("<cite", "</cite>")),
            Self::Periodical(publisher) => push_element(html, ("<cite>", "</cite>"), publisher),
            // It is set on one line.
            Self::Number(number) => push_element(html, ("<span class=\"number\">", "</span>"), number),
            Self::Date(date) => push_date(html, date),
            Self::Archive(archive) => push_archive(html, archive, wording),
        }
    }

    fn value(&self, wording: &Wording) -> Value {
        match self {
            Self::Text(text) => Value::from(&**text),
            markup => {
                let mut html = String::new();
                markup.push(&mut html, wording);
                Value::safe_string(&html)
            }
        }
    }
}

/// What the template of a source sees. `whole` says whether it asks for `source` itself, which takes longer to hand over.
pub(super) fn context(source: &SourceView, wording: &Wording, whole: bool) -> Context {
    let mut context = Context::new();
    for (name, part) in Part::ALL {
        let part = part.of(source, wording);
        context.insert_value(name, part.map_or_else(Value::none, |part| part.value(wording)));
    }
    if whole {
        context.insert("source", source);
    }
    context
}

/// The title in an element of its own, in its own language, leading to the source where it can be read. A tool that knows
/// Robust Links finds the kept copy.
fn push_title(html: &mut String, source: &SourceView, (open, close): (&str, &str)) {
    html.push_str(open);
    if let Some(language) = &source.language {
        push_plain_attribute(html, "lang", language.as_str());
    }
    html.push('>');
    match &source.url {
        Some(url) => {
            push_link(html, source, url);
            push_text(html, &source.title);
            html.push_str("</a>");
        }
        None => push_text(html, &source.title),
    }
    html.push_str(close);
}

fn push_link(html: &mut String, source: &SourceView, url: &str) {
    html.push_str("<a");
    let start = html.len();
    push_url_attribute(html, "href", url);
    let written = start + " href".len()..html.len();
    if let Some(language) = &source.language {
        push_plain_attribute(html, "hreflang", language.as_str());
    }
    if let Some(archive) = &source.archive {
        html.push_str(" data-originalurl");
        html.extend_from_within(written);
        push_url_attribute(html, "data-versionurl", &archive.url);
        if let Some(date) = &archive.date {
            push_plain_attribute(html, "data-versiondate", &date.iso);
        }
    }
    html.push('>');
}

fn push_element(html: &mut String, (open, close): (&str, &str), text: &str) {
    html.push_str(open);
    push_text(html, text);
    html.push_str(close);
}

fn push_date(html: &mut String, date: &DateView) {
    html.push_str("<time");
    push_plain_attribute(html, "datetime", &date.iso);
    html.push('>');
    push_text(html, &date.text);
    html.push_str("</time>");
}

/// « (archive, 13 janvier 2022) ».
fn push_archive(html: &mut String, archive: &ArchiveCopyView, wording: &Wording) {
    html.push_str("(<a");
    push_url_attribute(html, "href", &archive.url);
    html.push('>');
    wording.push_archived_copy(html, archive.date.as_ref().map(|date| &*date.text));
    html.push_str("</a>)");
}
