//! A document's passages to HTML: standfirst, body, corrections and notes, numbered as one.

use super::code::Highlighter;
use super::html::push_text;
use super::notes::PrintedNote;
use super::pieces::{Placed, definitions, pieces};
use super::sheet::Sheet;
use super::wording::Wording;
use super::writer::{Form, Writer};
use crate::brief::markdown::{Markdown, Piece};
use crate::brief::{Origin, Passage};
use crate::page::view::{CorrectionView, NoteText, TextView};
use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// For whom HTML is written.
#[derive(Clone, Copy, Debug)]
pub enum Style<'a> {
    /// A page of the site, with its style sheet.
    Page,
    /// A feed, whose entries may come to stand together on one page somewhere else.
    Feed {
        /// What tells the entry's ids from those of others.
        prefix: &'a str,
        /// The absolute URL of the entry's own page, from which relative links are made absolute.
        base: &'a str,
    },
}

impl Style<'_> {
    /// An id of the document, as it is printed.
    pub(super) fn id(&self, id: &str) -> String {
        match self {
            Self::Page => id.to_owned(),
            Self::Feed { prefix, .. } => format!("{prefix}-{id}"),
        }
    }

    /// Writes what stands before each id of the document.
    pub(super) fn push_prefix(&self, html: &mut String) {
        if let Self::Feed { prefix, .. } = self {
            push_text(html, prefix);
            html.push('-');
        }
    }

    pub(super) fn is_feed(&self) -> bool {
        matches!(self, Self::Feed { .. })
    }
}

/// What is made of a document's Markdown. All of it is HTML; what the document lacks is empty.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// The standfirst, running text.
    pub summary: String,
    /// The body, its notes lifted out.
    pub content: String,
    /// The notes, in the order of their numbers.
    pub notes: Vec<PrintedNote>,
    /// The corrections, as they were written down.
    pub corrections: Vec<CorrectionView>,
    /// The caption of the image above the text, running text.
    pub caption: String,
    /// Its credit, running text.
    pub credit: String,
}

/// A document as it is rendered: its text, and its sources' notes, which are printed already.
#[derive(Clone, Debug)]
pub struct Manuscript<'a> {
    /// The text.
    pub text: &'a TextView,
    /// What each of its notes says that cites a source: HTML.
    pub sources: Vec<Option<String>>,
}

/// Renders all passages of a document in each of some styles, its body being parsed once. Calls are printed in reading order, those
/// in notes last, and each note leads back to its calls in that order.
pub fn render_text<const N: usize>(
    manuscript: Manuscript<'_>,
    wording: &Wording,
    styles: [Style<'_>; N],
    highlighter: &Highlighter,
) -> [Rendered; N] {
    let Manuscript { text, mut sources } = manuscript;
    let body = text.passages.get(&Passage::Body).map_or("", String::as_str);
    let markdown = Markdown::new(body);
    let body = pieces(&markdown);
    // The last takes what sources were printed as; those before it copy it.
    let mut left = N;
    styles.map(|style| {
        left -= 1;
        let sources = if left == 0 { std::mem::take(&mut sources) } else { sources.clone() };
        written(Sheet::new(text, wording, style, highlighter), &body, sources)
    })
}

fn written(mut sheet: Sheet<'_>, body: &[Placed<'_>], sources: Vec<Option<String>>) -> Rendered {
    sheet.shift = u8::from(has_first_level(body));
    let mut rendered = Rendered { summary: inline(&mut sheet, Passage::Summary), ..Rendered::default() };
    rendered.caption = inline(&mut sheet, Passage::Caption);
    rendered.credit = inline(&mut sheet, Passage::Credit);
    rendered.content = Writer::new(&mut sheet, Passage::Body, Form::Blocks).with_embeds().html(body);
    rendered.corrections = corrections(&mut sheet);
    rendered.notes = notes(&mut sheet, body, sources);
    rendered
}

/// Whether the body has a heading of the level that is the page title's.
fn has_first_level(body: &[Placed<'_>]) -> bool {
    let mut depth = 0_usize;
    body.iter().any(|(piece, _)| match piece {
        Piece::Markdown(Event::Start(Tag::FootnoteDefinition(_))) => {
            depth += 1;
            false
        }
        Piece::Markdown(Event::End(TagEnd::FootnoteDefinition)) => {
            depth -= 1;
            false
        }
        Piece::Markdown(Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })) => depth == 0,
        _ => false,
    })
}

fn inline(sheet: &mut Sheet<'_>, passage: Passage) -> String {
    passage_html(sheet, passage, Form::Inline)
}

fn passage_html(sheet: &mut Sheet<'_>, passage: Passage, form: Form) -> String {
    let text = sheet.text;
    let Some(text) = text.passages.get(&passage) else { return String::new() };
    let markdown = Markdown::new(text);
    Writer::new(sheet, passage, form).html(&pieces(&markdown))
}

fn corrections(sheet: &mut Sheet<'_>) -> Vec<CorrectionView> {
    let text = sheet.text;
    let corrections = text.corrections.iter().enumerate();
    corrections
        .map(|(index, date)| CorrectionView {
            date: date.clone(),
            html: without_paragraph(passage_html(sheet, Passage::Correction(index), Form::Blocks)),
        })
        .collect()
}

/// All notes. A note may call any other, so their ways back are known when all are written.
fn notes(sheet: &mut Sheet<'_>, body: &[Placed<'_>], sources: Vec<Option<String>>) -> Vec<PrintedNote> {
    let definitions = definitions(body);
    let text = sheet.text;
    let mut sources = sources.into_iter();
    let html = text.notes.iter().map(|note| {
        let source = sources.next().flatten();
        source.unwrap_or_else(|| note_html(sheet, note, body, &definitions))
    });
    let html: Vec<String> = html.collect();
    let mut room = String::new();
    let notes = html.into_iter().enumerate();
    notes
        .map(|(index, html)| PrintedNote {
            number: index + 1,
            id: sheet.calls.note_id(index, &mut room),
            html,
            back_links: sheet.calls.back_links(index, &mut room),
        })
        .collect()
}

fn note_html(
    sheet: &mut Sheet<'_>,
    note: &NoteText,
    body: &[Placed<'_>],
    definitions: &[Range<usize>],
) -> String {
    let html = match note.note.origin {
        Origin::Front(entry) => passage_html(sheet, Passage::Note(entry), Form::Blocks),
        Origin::Shared(_) => String::new(),
        Origin::Body(definition) => {
            let pieces =
                definitions.get(definition).and_then(|range| body.get(range.clone())).unwrap_or_default();
            Writer::new(sheet, Passage::Body, Form::Blocks).html(pieces)
        }
    };
    without_paragraph(html)
}

/// The words of a text that is one paragraph, so that something may follow them on their line; other texts as they are.
fn without_paragraph(mut html: String) -> String {
    let words = html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>\n"));
    if let Some(words) = words.filter(|words| memchr::memmem::find(words.as_bytes(), b"</p>").is_none()) {
        html.truncate("<p>".len() + words.len());
        html.drain(.."<p>".len());
    }
    html
}
