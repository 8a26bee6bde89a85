//! One passage's pieces to HTML.
//!
//! The writer keeps the elements that are open on a `stack` and writes a start tag only when something comes to stand in
//! the element. So what is left empty never shows: the list item whose note was lifted out, the half of a link after the
//! call that cut it in two. What each piece becomes stands in `running`, `image`, `block` and `raw_html`.

mod stack;
mod running;
mod image;
mod block;
mod raw_html;

use super::html::push_text;
use super::pieces::Placed;
use super::raw;
use super::sheet::Sheet;
use crate::brief::Passage;
use crate::brief::markdown::Piece;
use pulldown_cmark::{Alignment, Event, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// What is written of a passage.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Paragraphs and all other blocks.
    Blocks,
    /// Running text alone, to stand in an element of the template.
    Inline,
}

/// Writes one passage.
pub(super) struct Writer<'s, 'a> {
    sheet: &'s mut Sheet<'a>,
    html: String,
    passage: Passage,
    /// Where in the passage the text begins that is being written; `None` where that can't be told.
    offset: Option<usize>,
    form: Form,
    /// Whether a paragraph that is only a URL becomes a card.
    embeds: bool,
    open: Vec<Open>,
    /// How many of the open elements have their start tag written: those below.
    written: usize,
    /// Where on the stack the outermost link stands.
    link: Option<usize>,
    /// Whether the `<sup>` of neighbouring calls is open.
    sup: bool,
    /// Whether a call is the last thing that was shown.
    after_call: bool,
    /// Whether a block has ended that is written as running text.
    gap: bool,
    table: Table,
}

/// An open element.
struct Open {
    kind: Kind,
    start: Cow<'static, str>,
    end: Cow<'static, str>,
    /// Whether a note was lifted out of it.
    lifted: bool,
}

impl Open {
    fn is_link(&self) -> bool {
        match &self.kind {
            Kind::Link => true,
            Kind::Raw { name } => name == "a",
            _ => false,
        }
    }

    fn is_raw(&self) -> bool {
        matches!(self.kind, Kind::Raw { .. })
    }

    /// Whether it stands in running text.
    fn is_inline(&self) -> bool {
        match &self.kind {
            Kind::Inline | Kind::Link => true,
            Kind::Raw { name } => raw::is_phrasing(name),
            _ => false,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Block,
    Paragraph,
    Cell,
    Inline,
    /// One of Markdown's; see [`Open::is_link`].
    Link,
    /// `<tbody>`, which Markdown has no event for.
    Rows,
    /// A raw tag that was let through.
    Raw {
        name: String,
    },
}

/// The table that is being written.
#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
}

impl<'s, 'a> Writer<'s, 'a> {
    pub(super) fn new(sheet: &'s mut Sheet<'a>, passage: Passage, form: Form) -> Self {
        Self {
            sheet,
            html: String::new(),
            passage,
            offset: Some(0),
            form,
            embeds: false,
            open: Vec::new(),
            written: 0,
            link: None,
            sup: false,
            after_call: false,
            gap: false,
            table: Table::default(),
        }
    }

    /// The same, but that bare URLs on a line of their own become cards.
    pub(super) fn with_embeds(mut self) -> Self {
        self.embeds = true;
        self
    }

    /// The HTML of `pieces`.
    pub(super) fn html(mut self, pieces: &[Placed<'_>]) -> String {
        if let (Some((_, first)), Some((_, last))) = (pieces.first(), pieces.last()) {
            self.html.reserve(last.end.saturating_sub(first.start) * 3 / 2);
        }
        self.write(pieces);
        self.html
    }

    fn write(&mut self, pieces: &[Placed<'_>]) {
        let depth = self.open.len();
        let mut at = 0;
        while at < pieces.len() {
            at += self.piece(&pieces[at..]);
        }
        while self.open.len() > depth {
            self.close();
        }
        self.end_calls();
    }

    /// Writes the first of `pieces`, and those that belong to it; how many they were.
    fn piece(&mut self, pieces: &[Placed<'_>]) -> usize {
        let Some((piece, range)) = pieces.first() else { return 0 };
        match piece {
            Piece::Call(label) => self.call(label),
            Piece::Markdown(Event::Start(tag)) => return self.start(tag, range, pieces),
            Piece::Markdown(Event::End(end)) => self.end(*end),
            Piece::Markdown(Event::Text(text)) => self.words(text, range),
            Piece::Markdown(Event::Code(code)) => {
                self.content();
                self.html.push_str("<code>");
                push_text(&mut self.html, code);
                self.html.push_str("</code>");
            }
            Piece::Markdown(Event::Html(html) | Event::InlineHtml(html)) => self.raw_inline(html),
            Piece::Markdown(Event::SoftBreak) => self.plain("\n"),
            Piece::Markdown(Event::HardBreak) => {
                self.content();
                self.html.push_str("<br>\n");
            }
            Piece::Markdown(Event::Rule) if self.form == Form::Blocks => {
                self.close_raw_phrasing();
                self.block();
                self.html.push_str("<hr>\n");
            }
            Piece::Markdown(_) => {}
        }
        1
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>, pieces: &[Placed<'_>]) -> usize {
        match tag {
            Tag::Emphasis => self.open(Kind::Inline, "<em>", "</em>"),
            Tag::Strong => self.open(Kind::Inline, "<strong>", "</strong>"),
            Tag::Strikethrough => self.open(Kind::Inline, "<del>", "</del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.link(*link_type, dest_url, title, range.start)
            }
            Tag::Image { .. } => return self.image(pieces),
            Tag::FootnoteDefinition(_) => return self.lift(pieces),
            _ => return self.start_block(tag, range, pieces),
        }
        1
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: &Range<usize>, pieces: &[Placed<'_>]) -> usize {
        if self.form == Form::Blocks {
            self.close_raw_phrasing();
        }
        match tag {
            Tag::CodeBlock(kind) => return self.code_block(kind, pieces),
            Tag::HtmlBlock => return self.html_block(pieces),
            _ if self.form == Form::Inline => {}
            Tag::Paragraph => return self.paragraph(pieces),
            Tag::Heading { level, .. } => self.heading(*level, range.start),
            Tag::BlockQuote(_) => self.open(Kind::Block, "<blockquote>\n", "</blockquote>\n"),
            Tag::List(None) => self.open(Kind::Block, "<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => self.open(Kind::Block, "<ol>\n", "</ol>\n"),
            Tag::List(Some(first)) => self.open(Kind::Block, format!("<ol start=\"{first}\">\n"), "</ol>\n"),
            Tag::Item => self.open(Kind::Block, "<li>", "</li>\n"),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.head(),
            Tag::TableRow => self.row(),
            Tag::TableCell => self.cell(),
            _ => {}
        }
        1
    }

    fn end(&mut self, end: TagEnd) {
        let inline = matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link);
        if !inline && self.form == Form::Inline {
            self.gap = true;
            return;
        }
        // What raw HTML left open ends with the element of Markdown it stands in.
        while self.open.last().is_some_and(Open::is_raw)
            || (end == TagEnd::Table && self.open.last().is_some_and(|open| open.kind == Kind::Rows))
        {
            self.close();
        }
        self.close();
        match end {
            TagEnd::TableCell => self.table.column += 1,
            TagEnd::TableHead => self.table.head = false,
            _ => {}
        }
    }
}

fn begin_line(html: &mut String) {
    if !html.is_empty() && !html.ends_with('\n') {
        html.push('\n');
    }
}
