//! Blocks: paragraphs and the cards of bare URLs, headings, code, tables; and definitions of notes, which are lifted out.

use super::{Form, Kind, Table, Writer};
use crate::brief::Passage;
use crate::brief::markdown::Piece;
use crate::render::html::{push_attribute, push_text};
use crate::render::pieces::{Placed, verbatim};
use crate::render::{Style, autolink, embed};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

impl Writer<'_, '_> {
    pub(super) fn paragraph(&mut self, pieces: &[Placed<'_>]) -> usize {
        if self.embeds
            && self.open.is_empty()
            && let [
                _,
                (Piece::Markdown(Event::Text(url)), _),
                (Piece::Markdown(Event::End(TagEnd::Paragraph)), _),
                ..,
            ] = pieces
            && autolink::is_url(url)
        {
            self.block();
            embed::push(&mut self.html, url);
            return 3;
        }
        if let Some(length) = self.figure(pieces) {
            return length;
        }
        self.open(Kind::Paragraph, "<p>", "</p>\n");
        1
    }

    pub(super) fn heading(&mut self, level: HeadingLevel, at: usize) {
        let level = (level as usize + usize::from(self.sheet.shift)).min(6);
        let mut start = format!("<h{level}");
        let id = match (self.passage, self.offset) {
            (Passage::Body, Some(offset)) => self.sheet.text.headings.get(&(offset + at)),
            _ => None,
        };
        if let Some(id) = id {
            push_attribute(&mut start, "id", &self.sheet.style.id(id));
        }
        start.push('>');
        self.open(Kind::Block, start, format!("</h{level}>\n"));
    }

    /// A note's definition has its place in the list of notes; how many pieces it has.
    pub(super) fn lift(&mut self, pieces: &[Placed<'_>]) -> usize {
        if let Some(innermost) = self.open.last_mut() {
            innermost.lifted = true;
        }
        let mut depth = 0_usize;
        for (length, (piece, _)) in pieces.iter().enumerate() {
            match piece {
                Piece::Markdown(Event::Start(Tag::FootnoteDefinition(_))) => depth += 1,
                Piece::Markdown(Event::End(TagEnd::FootnoteDefinition)) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return length + 1;
            }
        }
        pieces.len()
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>, pieces: &[Placed<'_>]) -> usize {
        let (code, length) = verbatim(pieces);
        if self.form == Form::Inline {
            self.content();
            self.html.push_str("<code>");
            push_text(&mut self.html, code.trim_end());
            self.html.push_str("</code>");
            self.gap = true;
            return length;
        }
        let language = match kind {
            CodeBlockKind::Fenced(info) => language_of(info),
            CodeBlockKind::Indented => "",
        };
        self.block();
        // What scrolls must be reached without a mouse.
        self.html.push_str(if self.sheet.style.is_feed() {
            "<pre><code"
        } else {
            "<pre tabindex=\"0\"><code"
        });
        if !language.is_empty() {
            push_attribute(&mut self.html, "class", &format!("language-{language}"));
        }
        self.html.push('>');
        match self.sheet.style {
            Style::Page => self.sheet.highlighter.push(&mut self.html, language, &code),
            // A feed reader has no style sheet for the classes.
            Style::Feed { .. } => push_text(&mut self.html, &code),
        }
        self.html.push_str("</code></pre>\n");
        length
    }

    pub(super) fn table(&mut self, alignments: &[Alignment]) {
        self.table = Table { alignments: alignments.to_vec(), ..Table::default() };
        if self.sheet.style.is_feed() {
            return self.open(Kind::Block, "<table>\n", "</table>\n");
        }
        self.sheet.tables += 1;
        let mut start = "<div class=\"table\" role=\"region\" tabindex=\"0\"".to_owned();
        push_attribute(&mut start, "aria-label", &self.sheet.wording.table(self.sheet.tables));
        start.push_str(">\n<table>\n");
        self.open(Kind::Block, start, "</table>\n</div>\n");
    }

    pub(super) fn head(&mut self) {
        self.table.head = true;
        self.table.column = 0;
        self.open(Kind::Block, "<thead>\n<tr>", "</tr>\n</thead>\n");
    }

    pub(super) fn row(&mut self) {
        self.table.column = 0;
        if self.open.last().is_none_or(|open| open.kind != Kind::Rows) {
            self.open(Kind::Rows, "<tbody>\n", "</tbody>\n");
        }
        self.open(Kind::Block, "<tr>", "</tr>\n");
    }

    pub(super) fn cell(&mut self) {
        let style = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " style=\"text-align: left\"",
            Some(Alignment::Center) => " style=\"text-align: center\"",
            Some(Alignment::Right) => " style=\"text-align: right\"",
            Some(Alignment::None) | None => "",
        };
        if self.table.head {
            self.open(Kind::Cell, format!("<th scope=\"col\"{style}>"), "</th>");
        } else {
            self.open(Kind::Cell, format!("<td{style}>"), "</td>");
        }
    }

    /// A cell without words heads nothing, wherever it stands.
    pub(super) fn leave_cell_empty(&mut self) {
        if let Some(cell) = self.open.last_mut().filter(|_| self.table.head) {
            (cell.start, cell.end) = ("<td>".into(), "</td>".into());
        }
    }
}

/// The language that the words after a code fence name.
fn language_of(info: &str) -> &str {
    let language = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    let is_name = |character: char| character.is_ascii_alphanumeric() || "+-#._".contains(character);
    if language.chars().all(is_name) { language } else { "" }
}
