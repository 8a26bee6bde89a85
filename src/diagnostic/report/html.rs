//! For a browser: a list, with the lines that show each place and a link to it. Everything that a file holds is escaped.

use super::excerpt::{self, Room};
use super::files::Files;
use super::human::{MOST_EDITS, shown_path, told_of_others};
use super::{Texts, title, visible};
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{ContentPath, Lines, Place, Position, Span};
use std::fmt::Write;

/// Where a link to a place in a file leads.
pub type Links<'a> = &'a dyn Fn(&ContentPath, Position) -> String;

/// As much of a line as is shown.
const ROOM: Room = Room { columns: 160, label: 0, ellipsis: "…" };

/// The diagnostics as the items of a list, in the order given.
pub fn html(diagnostics: &[Diagnostic], texts: Texts<'_>, links: Links<'_>) -> String {
    let mut files = Files::new(texts);
    diagnostics.iter().map(|diagnostic| item(diagnostic, &mut files, links)).collect()
}

fn item(diagnostic: &Diagnostic, files: &mut Files<'_>, links: Links<'_>) -> String {
    let severity = diagnostic.severity.name();
    let mut html = format!(
        "<li class=\"{severity}\">\n<p class=\"message\"><b>{severity}</b> {} <span class=\"code\">{}</span></p>\n",
        spoken(&diagnostic.message),
        title(diagnostic)
    );
    html += &shown(&diagnostic.place, &diagnostic.label, files, links);
    for (place, label) in &diagnostic.related {
        html += &shown(place, label, files, links);
    }
    for help in &diagnostic.help {
        let _ = writeln!(html, "<p class=\"help\"><b>help</b> {}</p>", spoken(help));
    }
    if let Some(fix) = &diagnostic.fix
        && let Some(lines) = files.lines(&diagnostic.place.path)
    {
        let edits = fix.edits();
        edits.iter().take(MOST_EDITS).for_each(|edit| html += &mend(edit, edits.len() > 1, &lines));
        if let Some(others) = told_of_others(edits) {
            let _ = writeln!(html, "<p class=\"help\"><b>help</b> {others}</p>");
        }
    }
    html + "</li>\n"
}

/// A place: the link to it, and its lines, the place marked in them.
fn shown(place: &Place, label: &str, files: &mut Files<'_>, links: Links<'_>) -> String {
    let is_whole_file = place.span == Span::default();
    let start = files.location_or_first(place).start;
    let name = match is_whole_file && label.is_empty() {
        true => shown_path(&place.path),
        false => format!("{}:{}:{}", shown_path(&place.path), start.line, start.column),
    };
    let mut html = format!(
        "<p class=\"place\"><a href=\"{}\">{}</a>",
        escaped(&links(&place.path, start)),
        escaped(&name)
    );
    if !label.is_empty() {
        let _ = write!(html, " {}", spoken(label));
    }
    html += "</p>\n";
    if let Some(lines) = files.lines(&place.path).filter(|_| !is_whole_file) {
        html += &excerpt(&lines, place.span);
    }
    html
}

/// The lines of a place, numbered.
fn excerpt(lines: &Lines, span: Span) -> String {
    let excerpt = excerpt::of(lines, span.range(), ROOM);
    let mut html = String::from("<pre>");
    let mut start = 0;
    for (number, line) in (excerpt.first..).zip(excerpt.text.split('\n')) {
        let within = |offset: usize| offset.clamp(start, start + line.len()) - start;
        let marked = within(excerpt.span.start)..within(excerpt.span.end);
        let _ = write!(html, "<span class=\"line\">{number}</span>{}", escaped(&line[..marked.start]));
        if !marked.is_empty() || excerpt.span.is_empty() && excerpt.span.start == start + marked.start {
            let _ = write!(html, "<mark>{}</mark>", escaped(&line[marked.clone()]));
        }
        html += &escaped(&line[marked.end..]);
        html.push('\n');
        start += line.len() + 1;
    }
    if let Some(last) = excerpt.continues_to {
        let _ = writeln!(html, "<span class=\"line\">…</span>to line {last}");
    }
    html + "</pre>\n"
}

/// What to write instead, and in which line where there are several things to write.
fn mend(edit: &Edit, is_one_of_several: bool, lines: &Lines) -> String {
    let removed = excerpt::of(lines, edit.span.range(), ROOM);
    let replaced = removed.text.get(removed.span).unwrap_or_default();
    let shown: String = visible::lines(&edit.replacement).chars().take(ROOM.columns * 4).collect();
    let what = match (edit.span.start == edit.span.end, edit.replacement.is_empty()) {
        (true, _) => "insert this",
        (false, true) => "remove this",
        (false, false) => "write this instead",
    };
    let place = if is_one_of_several { format!(" in line {}", removed.first) } else { String::new() };
    let deleted =
        if replaced.is_empty() { String::new() } else { format!("<del>{}</del>", escaped(replaced)) };
    let inserted = if shown.is_empty() { String::new() } else { format!("<ins>{}</ins>", escaped(&shown)) };
    format!("<p class=\"help\"><b>help</b> {what}{place}: {deleted} {inserted}</p>\n")
}

/// Words with code between backticks.
fn spoken(text: &str) -> String {
    let text = visible::lines(text);
    // A backtick without a second one is one that is meant.
    if !text.matches('`').count().is_multiple_of(2) {
        return escaped(&text);
    }
    let parts = text.split('`').enumerate();
    let part = |(index, part): (usize, &str)| match index % 2 {
        0 => escaped(part),
        _ => format!("<code>{}</code>", escaped(part)),
    };
    parts.map(part).collect()
}

/// The text as HTML shows it, in an element or between quotation marks.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            _ => html.push(character),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;
    use crate::diagnostic::code;

    fn told(text: &'static str, diagnostic: &Diagnostic) -> String {
        let links = |path: &ContentPath, at: Position| format!("x:{path}?a=1&l={}:{}", at.line, at.column);
        html(std::slice::from_ref(diagnostic), &|_| Some(text.into()), &links)
    }

    fn at(range: std::ops::Range<usize>) -> Place {
        Place { path: ContentPath::new("content/\"<x>.md").unwrap(), span: Span::new(range) }
    }

    #[test]
    fn a_place_is_marked_and_linked() {
        let problem = Diagnostic::new(&code::UNKNOWN_COUNTRY, at(3..7), "no country is called `Kazak`")
            .label("not in the atlas")
            .help("did you mean `Kazakhstan`?")
            .fix(Span::new(3..7), "Peru");
        let html = told("ab Kzak c\n", &problem);
        assert!(
            html.contains("<p class=\"message\"><b>error</b> no country is called <code>Kazak</code>"),
            "{html}"
        );
        assert!(html.contains("<pre><span class=\"line\">1</span>ab <mark>Kzak</mark> c\n</pre>"), "{html}");
        assert!(html.contains("write this instead: <del>Kzak</del> <ins>Peru</ins>"), "{html}");
        assert!(html.contains("did you mean <code>Kazakhstan</code>?"), "{html}");
    }

    #[test]
    fn all_that_a_mend_writes_is_shown() {
        let edits = [0..1, 3..4, 6..7, 9..10].map(|range| Edit::new(Span::new(range), "x"));
        let problem = Diagnostic::new(&code::UNKNOWN_COUNTRY, at(0..1), "").mend(Fix::of(edits.to_vec()));
        let html = told("ab\ncd\nef\ngh\n", &problem);
        assert!(html.contains("write this instead in line 1: <del>a</del> <ins>x</ins>"), "{html}");
        assert!(html.contains("write this instead in line 3: <del>e</del> <ins>x</ins>"), "{html}");
        assert!(html.contains("<b>help</b> and 1 more edit, all of them or none"), "{html}");
    }

    #[test]
    fn nothing_that_a_file_holds_is_markup() {
        let hostile = "<script>alert(1)</script>\"'&\u{202e}\u{1b}";
        let problem = Diagnostic::new(&code::UNKNOWN_COUNTRY, at(0..8), format!("`{hostile}` and ` alone"))
            .label(hostile)
            .help(hostile)
            .related(at(2..4), hostile)
            .fix(Span::new(0..8), hostile);
        let html = told("<script>alert(1)</script>\"'&\u{202e}\u{1b}", &problem);
        assert!(
            !html.contains("<script") && !html.contains("\u{1b}") && !html.contains('\u{202e}'),
            "{html}"
        );
        assert!(html.contains("href=\"x:content/&quot;&lt;x&gt;.md?a=1&amp;l=1:1\""), "{html}");
    }

    #[test]
    fn a_place_of_several_lines_is_marked_in_each() {
        let problem = Diagnostic::new(&code::SYNTAX, at(1..6), "wrong");
        let html = told("abc\ndef\n", &problem);
        assert!(
            html.contains("<span class=\"line\">1</span>a<mark>bc</mark>\n<span class=\"line\">2</span><mark>de</mark>f\n"),
            "{html}"
        );
    }
}
