//! One brief, read: its front matter, and its Markdown made HTML.

use super::Extent;
use anyhow::Context;
use pulldown_cmark::{CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// A brief and its HTML.
pub struct Brief {
    pub slug: String,
    pub date: String,
    pub front: FrontMatter,
    pub html: String,
}

#[derive(serde::Deserialize)]
pub struct FrontMatter {
    pub title: String,
    pub date: toml::value::Datetime,
    pub countries: Vec<String>,
    pub summary: String,
    pub authors: Vec<String>,
    pub lang: String,
}

/// The length of `2023-11-23-`.
const DATE: usize = 11;

impl Brief {
    pub fn read(path: &Path, extent: Extent) -> anyhow::Result<Self> {
        let text = fs::read_to_string(path)?;
        let (_, rest) = text.split_once("+++\n").context("front matter")?;
        let (front, body) = rest.split_once("\n+++\n").context("the end of the front matter")?;
        let front: FrontMatter = toml::from_str(front)?;
        let mut html = String::with_capacity(body.len() * 3 / 2);
        let parser = Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES);
        match extent {
            Extent::Plain => html::push_html(&mut html, parser),
            Extent::Full => push_with_notes(&mut html, parser),
        }
        let name = path.file_stem().and_then(|stem| stem.to_str()).context("a file's name")?;
        Ok(Self { slug: name[DATE..].to_owned(), date: front.date.to_string(), front, html })
    }

    pub fn address(&self) -> String {
        format!("{}briefs/{}/", if self.front.lang == "fr" { "/" } else { "/en/" }, self.slug)
    }
}

/// The notes of a brief in the making.
#[derive(Default)]
struct Notes<'a> {
    /// In the order of their first calls, each with the number of its calls.
    called: Vec<(CowStr<'a>, usize)>,
    texts: HashMap<CowStr<'a>, Vec<Event<'a>>>,
}

impl<'a> Notes<'a> {
    fn call(&mut self, label: CowStr<'a>) -> Event<'a> {
        let rank = self.called.iter().position(|(known, _)| *known == label).unwrap_or_else(|| {
            self.called.push((label, 0));
            self.called.len() - 1
        });
        let (label, calls) = &mut self.called[rank];
        *calls += 1;
        let number = rank + 1;
        let html = format!("<sup id=\"ref-{label}-{calls}\"><a href=\"#note-{label}\">{number}</a></sup>");
        Event::InlineHtml(html.into())
    }

    fn push(mut self, html: &mut String) {
        html.push_str("<section class=\"notes\">\n<ol>\n");
        for (label, calls) in &self.called {
            let _ = writeln!(html, "<li id=\"note-{label}\">");
            html::push_html(html, self.texts.remove(label).unwrap_or_default().into_iter());
            let closed = html.strip_suffix("</p>\n").map(str::len).unwrap_or(html.len());
            html.truncate(closed);
            for call in 1..=*calls {
                let _ = write!(html, " <a href=\"#ref-{label}-{call}\">↩</a>");
            }
            html.push_str("</p>\n</li>\n");
        }
        html.push_str("</ol>\n</section>\n");
    }
}

/// Writes a text and then its notes, each numbered by its first call and with a link back to each of its calls.
fn push_with_notes<'a>(html: &mut String, parser: Parser<'a>) {
    let mut notes = Notes::default();
    let mut body: Vec<Event<'a>> = Vec::new();
    let mut note: Option<(CowStr<'a>, Vec<Event<'a>>)> = None;
    for event in parser {
        let event = match event {
            Event::Start(Tag::FootnoteDefinition(label)) => {
                note = Some((label, Vec::new()));
                continue;
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                notes.texts.extend(note.take());
                continue;
            }
            Event::FootnoteReference(label) => notes.call(label),
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title, id }) => {
                Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url: resolved(dest_url),
                    title,
                    id,
                })
            }
            event => event,
        };
        note.as_mut().map_or(&mut body, |(_, events)| events).push(event);
    }
    html::push_html(html, body.into_iter());
    notes.push(html);
}

/// Where a link to a file leads on the site.
fn resolved(destination: CowStr<'_>) -> CowStr<'_> {
    let slug = destination.rsplit('/').next().and_then(|name| name.strip_suffix(".md")?.get(DATE..));
    match slug {
        Some(slug) => format!("../{slug}/").into(),
        None => destination,
    }
}
