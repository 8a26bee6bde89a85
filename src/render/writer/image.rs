//! Images, and figures: an image alone in its paragraph, its title as its caption.

use super::{Form, Writer};
use crate::brief::body::title_offset;
use crate::brief::markdown::{Markdown, Piece};
use crate::render::html::{push_attribute, push_url_attribute};
use crate::render::pieces::{Placed, pieces};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

impl Writer<'_, '_> {
    pub(super) fn image(&mut self, pieces: &[Placed<'_>]) -> usize {
        let image = Image::read(pieces);
        self.show_image(&image, image.title);
        for label in &image.calls {
            self.call(label);
        }
        image.length
    }

    /// Writes an image; its words alone where it can't be shown.
    fn show_image(&mut self, image: &Image<'_>, title: &str) {
        let Some(url) = self.destination(image.kind, image.destination, image.at) else {
            return self.plain(&image.alt);
        };
        self.content();
        self.html.push_str("<img");
        push_url_attribute(&mut self.html, "src", &url);
        push_attribute(&mut self.html, "alt", &image.alt);
        if !title.is_empty() {
            push_attribute(&mut self.html, "title", title);
        }
        self.html.push_str(" loading=\"lazy\" decoding=\"async\">");
    }

    /// An image alone in its paragraph, its title as its caption; calls may follow it.
    pub(super) fn figure(&mut self, pieces: &[Placed<'_>]) -> Option<usize> {
        if !matches!(pieces.get(1), Some((Piece::Markdown(Event::Start(Tag::Image { .. })), _))) {
            return None;
        }
        let image = Image::read(&pieces[1..]);
        let mut length = 1 + image.length;
        let mut calls: Vec<&str> = image.calls.clone();
        while let Some((Piece::Call(label), _)) = pieces.get(length) {
            calls.push(label);
            length += 1;
        }
        let alone = matches!(pieces.get(length), Some((Piece::Markdown(Event::End(TagEnd::Paragraph)), _)));
        if !alone || image.title.is_empty() {
            return None;
        }
        self.block();
        self.html.push_str("<figure>\n");
        self.show_image(&image, "");
        self.html.push_str("\n<figcaption>");
        self.caption(&image);
        calls.into_iter().for_each(|label| self.call(label));
        self.end_calls();
        self.html.push_str("</figcaption>\n</figure>\n");
        self.after_call = false;
        Some(length + 1)
    }

    fn caption(&mut self, image: &Image<'_>) {
        let text = self.sheet.text.passages.get(&self.passage).map_or("", String::as_str);
        let range = self.offset.map(|offset| offset + image.at..offset + image.end);
        let offset = range.and_then(|range| title_offset(text, &range, image.title));
        let outer = (self.offset, self.form, self.gap);
        (self.offset, self.form, self.gap) = (offset, Form::Inline, false);
        let markdown = Markdown::new(image.title);
        self.write(&pieces(&markdown));
        (self.offset, self.form, self.gap) = outer;
    }
}

/// An image as it is written.
struct Image<'p> {
    kind: LinkType,
    destination: &'p str,
    title: &'p str,
    /// What it shows, in words.
    alt: String,
    /// The calls among those words, which can't stand in them.
    calls: Vec<&'p str>,
    at: usize,
    end: usize,
    /// How many pieces it is.
    length: usize,
}

impl<'p> Image<'p> {
    /// The image that `pieces` begin with.
    fn read(pieces: &'p [Placed<'_>]) -> Self {
        let mut image = Self {
            kind: LinkType::Inline,
            destination: "",
            title: "",
            alt: String::new(),
            calls: Vec::new(),
            at: 0,
            end: 0,
            length: pieces.len(),
        };
        if let Some((Piece::Markdown(Event::Start(Tag::Image { link_type, dest_url, title, .. })), range)) =
            pieces.first()
        {
            (image.kind, image.destination, image.title) = (*link_type, dest_url, title);
            (image.at, image.end) = (range.start, range.end);
        }
        let mut depth = 0_usize;
        for (at, (piece, _)) in pieces.iter().enumerate() {
            match piece {
                Piece::Call(label) => image.calls.push(label),
                Piece::Markdown(Event::Text(text) | Event::Code(text)) => image.alt.push_str(text),
                Piece::Markdown(Event::SoftBreak | Event::HardBreak) => image.alt.push(' '),
                Piece::Markdown(Event::Start(Tag::Image { .. })) => depth += 1,
                Piece::Markdown(Event::End(TagEnd::Image)) => depth -= 1,
                Piece::Markdown(_) => {}
            }
            if depth == 0 {
                image.length = at + 1;
                break;
            }
        }
        image
    }
}
