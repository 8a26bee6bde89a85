//! For people at a terminal: the source lines, the place underlined, and the mend, as Rust's own compiler has them.
//!
//! The drawing is `annotate-snippets`'s. It is given short excerpts that already fit, so that a line of a megabyte costs
//! no more than another and nothing in a file reaches the terminal as a command.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};

use super::excerpt::{self, Excerpt, MOST_LINES, Room};
use super::files::Files;
use super::{Style, title, visible};
use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::source::{ContentPath, Lines, Place, Span};

/// Stands for a location while the renderer draws. It would count lines and columns in the excerpt, whose lines are cut,
/// so the right ones are written in afterwards. No shown text holds this character.
const LOCATION: &str = "\u{1}";

/// Of a fix that writes in several places, so many are shown.
pub(super) const MOST_EDITS: usize = 3;

/// A place to be shown, and the words beside it.
struct Mark<'a> {
    place: &'a Place,
    label: String,
    kind: AnnotationKind,
}

pub(super) fn render(diagnostic: &Diagnostic, files: &mut Files<'_>, style: Style) -> String {
    let marks = marks(diagnostic);
    let room = room(&marks, files, style);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Suggestion => Level::INFO.with_name(Severity::Suggestion.name()),
    };
    let heading = level.primary_title(visible::lines(&diagnostic.message)).id(title(diagnostic));
    let mut main = Group::with_title(heading);
    for mark in &marks {
        main = show_mark(main, mark, files, room);
    }
    for help in &diagnostic.help {
        main = main.element(Level::HELP.message(visible::lines(help)));
    }
    let mut groups = vec![main];
    if let Some(fix) = &diagnostic.fix
        && let Some(lines) = files.lines(&diagnostic.place.path)
    {
        groups.extend(show_fix(fix, &lines, room));
    }
    let locations: Vec<String> = marks.iter().map(|mark| location(mark, files)).collect();
    with_locations(&renderer(style).render(&groups), &locations) + "\n\n"
}

fn marks(diagnostic: &Diagnostic) -> Vec<Mark<'_>> {
    let mark = |place, label: &str, kind| Mark { place, label: visible::one_line(label), kind };
    let primary = mark(&diagnostic.place, &diagnostic.label, AnnotationKind::Primary);
    let related = diagnostic.related.iter().map(|(place, label)| mark(place, label, AnnotationKind::Context));
    std::iter::once(primary).chain(related).collect()
}

fn renderer(style: Style) -> Renderer {
    let renderer = if style.colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let decoration = if style.unicode { DecorStyle::Unicode } else { DecorStyle::Ascii };
    // The excerpts fit already, and the renderer's own cutting can't be relied upon where characters have no width.
    renderer.decor_style(decoration).term_width(usize::MAX / 4)
}

/// What is left of the width beside the line numbers and the lines that join a place of several lines.
fn room(marks: &[Mark<'_>], files: &mut Files<'_>, style: Style) -> Room {
    let last = marks.iter().filter_map(|mark| files.location(mark.place)).map(|it| it.end.line).max();
    let columns = style.width.saturating_sub(last.unwrap_or(1).to_string().len() + 6);
    Room { columns, label: 0, ellipsis: if style.unicode { "…" } else { "..." } }
}

fn show_mark<'a>(group: Group<'a>, mark: &Mark<'_>, files: &mut Files<'_>, room: Room) -> Group<'a> {
    let label = mark.label.clone();
    let Some(lines) = files.lines(&mark.place.path).filter(|_| !is_whole_file(mark)) else {
        let group = group.element(Origin::path(LOCATION));
        return if label.is_empty() { group } else { group.element(Level::NOTE.message(label)) };
    };
    let room = Room { label: label.chars().map(visible::columns).sum(), ..room };
    let Excerpt { text, first, span, continues_to } = excerpt::of(&lines, mark.place.span.range(), room);
    let label = match continues_to {
        None => label,
        Some(last) if label.is_empty() => format!("to line {last}"),
        Some(last) => format!("{label} (to line {last})"),
    };
    let annotation = mark.kind.span(span).label((!label.is_empty()).then_some(label));
    group.element(Snippet::source(text).line_start(first).path(LOCATION).annotation(annotation))
}

/// An empty span at the start of a file speaks of the whole file: there is nothing to underline, unless words go with it.
fn is_whole_file(mark: &Mark<'_>) -> bool {
    mark.place.span == Span::default() && mark.label.is_empty()
}

fn location(mark: &Mark<'_>, files: &mut Files<'_>) -> String {
    let path = shown_path(&mark.place.path);
    match files.location(mark.place).filter(|_| !is_whole_file(mark)) {
        Some(location) => format!("{path}:{}:{}", location.start.line, location.start.column),
        None => path,
    }
}

/// A file's name as it is shown: on a system where it may, it can hold a line end or an escape.
pub(super) fn shown_path(path: &ContentPath) -> String {
    visible::one_line(path.as_str())
}

/// What a fix writes: its first edits, and how many others there are.
fn show_fix<'a>(fix: &Fix, lines: &Lines, room: Room) -> Vec<Group<'a>> {
    let shown = fix.edits().iter().take(MOST_EDITS).enumerate();
    let mut groups: Vec<Group<'a>> =
        shown.map(|(rank, edit)| show_edit(edit, rank > 0, lines, room)).collect();
    let others = told_of_others(fix.edits());
    groups.extend(others.map(|title| Group::with_title(Level::HELP.secondary_title(title))));
    groups
}

/// What is said of the edits that are not shown.
pub(super) fn told_of_others(edits: &[Edit]) -> Option<String> {
    let others = edits.len().checked_sub(MOST_EDITS).filter(|others| *others > 0)?;
    let edits = if others == 1 { "edit" } else { "edits" };
    Some(format!("and {others} more {edits}, all of them or none"))
}

fn show_edit<'a>(edit: &Edit, goes_on: bool, lines: &Lines, room: Room) -> Group<'a> {
    let excerpt = excerpt::of(lines, edit.span.range(), room);
    let lines_touched = match excerpt.continues_to {
        Some(last) => format!(" in lines {} to {last}", excerpt.first),
        None => String::new(),
    };
    let what = match (edit.span.start == edit.span.end, edit.replacement.is_empty()) {
        (true, _) => "insert this",
        (false, true) => "remove this",
        (false, false) => "write this instead",
    };
    let and = if goes_on { "and " } else { "" };
    let group = Group::with_title(Level::HELP.secondary_title(format!("{and}{what}{lines_touched}")));
    if excerpt.continues_to.is_some() {
        return group;
    }
    let patch = Patch::new(excerpt.span, shortened(&edit.replacement, room));
    group.element(Snippet::source(excerpt.text).line_start(excerpt.first).patch(patch))
}

/// A replacement made harmless, and cut where it is too long to be read.
fn shortened(replacement: &str, room: Room) -> String {
    let mut shown: Vec<String> = Vec::new();
    for line in replacement.split('\n') {
        if shown.len() == MOST_LINES {
            shown.push(room.ellipsis.to_owned());
            break;
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        let kept = line.char_indices().nth(room.columns).map_or(line.len(), |(at, _)| at);
        let ellipsis = if kept < line.len() { room.ellipsis } else { "" };
        shown.push(visible::one_line(&line[..kept]) + ellipsis);
    }
    shown.join("\n")
}

/// The drawing with each line that stands for a location ended by the next of `locations`.
fn with_locations(drawing: &str, locations: &[String]) -> String {
    let mut locations = locations.iter();
    let mut lines = Vec::new();
    for line in drawing.split('\n') {
        lines.push(match line.split_once(LOCATION) {
            Some((arrow, _)) => format!("{arrow}{}", locations.next().map_or("", String::as_str)),
            None => line.trim_end().to_owned(),
        });
    }
    lines.join("\n")
}
