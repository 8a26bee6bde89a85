//! The pieces of a Markdown text as rendering takes them: in a row, so that one can look ahead.

use crate::brief::markdown::{Markdown, Piece};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// How many bytes of text give a piece, at the least: a list of names makes more of them than prose does.
const BYTES_A_PIECE: usize = 24;

/// A piece of Markdown and its range in the text.
pub(super) type Placed<'m> = (Piece<'m>, Range<usize>);

/// The pieces of a text. Text that the parser gives in parts is one.
pub(super) fn pieces<'m>(markdown: &'m Markdown<'_>) -> Vec<Placed<'m>> {
    let mut parts = markdown.pieces().peekable();
    let mut pieces = Vec::with_capacity(markdown.length() / BYTES_A_PIECE + 4);
    while let Some((mut piece, mut range)) = parts.next() {
        if is_text(&piece) && parts.peek().is_some_and(|(next, _)| is_text(next)) {
            let mut text = String::new();
            push_text(&mut text, &piece);
            while let Some((part, place)) = parts.next_if(|(next, _)| is_text(next)) {
                push_text(&mut text, &part);
                range.end = place.end;
            }
            piece = Piece::Markdown(Event::Text(text.into()));
        }
        pieces.push((piece, range));
    }
    pieces
}

fn is_text(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Markdown(Event::Text(_)))
}

fn push_text(text: &mut String, piece: &Piece<'_>) {
    if let Piece::Markdown(Event::Text(part)) = piece {
        text.push_str(part);
    }
}

/// The pieces inside each definition, in the order in which they stand.
pub(super) fn definitions(pieces: &[Placed<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = Vec::new();
    for (at, (piece, _)) in pieces.iter().enumerate() {
        match piece {
            Piece::Markdown(Event::Start(Tag::FootnoteDefinition(_))) => {
                open.push(found.len());
                found.push(at + 1..at + 1);
            }
            Piece::Markdown(Event::End(TagEnd::FootnoteDefinition)) => {
                if let Some(index) = open.pop() {
                    found[index].end = at;
                }
            }
            _ => {}
        }
    }
    found
}

/// The text of a block of code or HTML, and how many pieces it has.
pub(super) fn verbatim(pieces: &[Placed<'_>]) -> (String, usize) {
    let mut text = String::new();
    for (at, (piece, _)) in pieces.iter().enumerate() {
        match piece {
            Piece::Markdown(Event::Text(part) | Event::Html(part)) => text.push_str(part),
            Piece::Markdown(Event::End(TagEnd::CodeBlock | TagEnd::HtmlBlock)) => return (text, at + 1),
            _ => {}
        }
    }
    (text, pieces.len())
}
