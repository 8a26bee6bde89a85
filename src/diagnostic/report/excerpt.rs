//! The few lines of a file that show a place, each cut to the width there is.

use std::ops::Range;

use super::visible;
use crate::source::Lines;

/// More lines than this are not shown: the first stands for all.
pub(super) const MOST_LINES: usize = 6;

/// The shown lines of a place, made harmless and cut, with the place in them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Whole lines, joined by `\n`.
    pub(super) text: String,
    /// The number of the first of them.
    pub(super) first: usize,
    /// The bytes of `text` that stand for the place.
    pub(super) span: Range<usize>,
    /// The last line of a place too long to be shown to its end.
    pub(super) continues_to: Option<usize>,
}

/// The room an excerpt has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Columns for the text.
    pub(super) columns: usize,
    /// Columns wanted for a label at the right of the place.
    pub(super) label: usize,
    /// What stands for text that is cut away.
    pub(super) ellipsis: &'static str,
}

/// The lines of `span`. Any span will do: one past the end is brought back to it, one inside a character covers it.
pub(super) fn of(lines: &Lines, span: Range<usize>, room: Room) -> Excerpt {
    let span = shown(lines, span);
    let first = lines.number(span.start);
    let last = lines.number(span.end);
    if first == last {
        let (text, span) = cut(lines, first, span, room);
        return Excerpt { text, first, span, continues_to: None };
    }
    if last - first >= MOST_LINES {
        let (text, span) = cut(lines, first, span.start..lines.line(first).end, room);
        return Excerpt { text, first, span, continues_to: Some(last) };
    }
    let (mut text, start) = cut(lines, first, span.start..span.start, room);
    for number in first + 1..last {
        let start = lines.line(number).start;
        text.push('\n');
        text.push_str(&cut(lines, number, start..start, room).0);
    }
    let (closing, end) = cut(lines, last, span.end..span.end, room);
    text.push('\n');
    let span = start.start..text.len() + end.end;
    text.push_str(&closing);
    Excerpt { text, first, span, continues_to: None }
}

/// The characters that `span` touches, without the line ends that close it.
fn shown(lines: &Lines, span: Range<usize>) -> Range<usize> {
    let text = lines.text();
    let start = lines.floor(span.start);
    let mut end = lines.floor(span.end.max(start));
    if end < span.end {
        end += text[end..].chars().next().map_or(0, char::len_utf8);
    }
    let kept = text[start..end].trim_end_matches(['\r', '\n']).len();
    // A span of nothing but line ends is shown where it begins.
    start..start + kept
}

/// One line, cut to the room around `place`, and the place in it.
fn cut(lines: &Lines, number: usize, place: Range<usize>, room: Room) -> (String, Range<usize>) {
    let line = lines.line(number);
    let within = |offset: usize| offset.clamp(line.start, line.end);
    let (start, end) = (within(place.start), within(place.end));
    let text = lines.text();
    let window = window(&text[line.start..start], &text[start..end], &text[end..line.end], room);
    let window = start - window.start..start + window.end;

    let mut shown = String::new();
    if window.start > line.start {
        shown.push_str(room.ellipsis);
    }
    shown.push_str(&visible::one_line(&text[window.start..start]));
    let shown_start = shown.len();
    shown.push_str(&visible::one_line(&text[start..end.min(window.end)]));
    let cut_inside = end > window.end;
    let mut shown_end = shown.len();
    shown.push_str(&visible::one_line(&text[end.min(window.end)..window.end]));
    if window.end < line.end {
        shown.push_str(room.ellipsis);
    }
    if cut_inside {
        shown_end = shown.len();
    }
    (shown, shown_start..shown_end)
}

/// How many bytes to show of a line: before the start of the place, and from there on. Only as much of the line is read as
/// is shown.
fn window(before: &str, place: &str, after: &str, room: Room) -> Range<usize> {
    let columns = room.columns.saturating_sub(2 * room.ellipsis.chars().count()).max(16);
    let place_columns = take(place.chars(), columns).1;
    let wanted = place_columns + take(after.chars(), columns - place_columns).1;
    let beside_label = columns.saturating_sub(place_columns + room.label).max(columns / 6);
    let (start, used) = take(before.chars().rev(), (columns - wanted).max(columns / 3).min(beside_label));
    start..take(place.chars().chain(after.chars()), columns - used).0
}

/// The bytes and columns of as many characters as fit in `columns`.
fn take(characters: impl Iterator<Item = char>, columns: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for character in characters {
        let next = used + visible::columns(character);
        if next > columns {
            break;
        }
        used = next;
        bytes += character.len_utf8();
    }
    (bytes, used)
}
