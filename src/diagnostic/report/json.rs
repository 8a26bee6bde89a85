//! One JSON object to a line, for editors and scripts. The shape is documented, with an example that is tested, in
//! `docs/diagnostics-json.md`.

use serde::Serialize;

use super::files::Files;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::source::Place;

/// A diagnostic as it is written; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct Written<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: WrittenPlace<'a>,
    help: Option<String>,
    label: &'a str,
    related: Vec<WrittenRelated<'a>>,
    fix: Option<WrittenFix<'a>>,
}

#[derive(Serialize)]
struct WrittenPlace<'a> {
    file: &'a str,
    #[serde(flatten)]
    range: WrittenRange,
}

#[derive(Serialize)]
struct WrittenRange {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct WrittenRelated<'a> {
    #[serde(flatten)]
    place: WrittenPlace<'a>,
    message: &'a str,
}

/// A fix, its first edit as if it were the only one: most are.
#[derive(Serialize)]
struct WrittenFix<'a> {
    #[serde(flatten)]
    first: WrittenEdit<'a>,
    applicability: &'a str,
    also: Vec<WrittenEdit<'a>>,
}

#[derive(Serialize)]
struct WrittenEdit<'a> {
    #[serde(flatten)]
    range: WrittenRange,
    start: u32,
    end: u32,
    replacement: &'a str,
}

pub(super) fn render(diagnostic: &Diagnostic, files: &mut Files<'_>) -> String {
    let related = diagnostic.related.iter();
    let written = Written {
        code: diagnostic.code.id,
        name: diagnostic.code.name,
        severity: diagnostic.severity.name(),
        message: &diagnostic.message,
        place: place(&diagnostic.place, files),
        help: (!diagnostic.help.is_empty()).then(|| diagnostic.help.join("\n")),
        label: &diagnostic.label,
        related: related.map(|(at, message)| WrittenRelated { place: place(at, files), message }).collect(),
        fix: diagnostic.fix.as_ref().and_then(|it| fix(it, &diagnostic.place, files)),
    };
    let json = serde_json::to_string(&written);
    json.expect("a struct of strings and numbers is always written") + "\n"
}

fn place<'a>(place: &'a Place, files: &mut Files<'_>) -> WrittenPlace<'a> {
    WrittenPlace { file: place.path.as_str(), range: range(place, files) }
}

fn range(place: &Place, files: &mut Files<'_>) -> WrittenRange {
    let location = files.location_or_first(place);
    WrittenRange {
        line: location.start.line,
        column: location.start.column,
        end_line: location.end.line,
        end_column: location.end.column,
    }
}

fn fix<'a>(fix: &'a Fix, place: &Place, files: &mut Files<'_>) -> Option<WrittenFix<'a>> {
    let mut edits = fix.edits().iter().map(|edit| {
        let Edit { span, replacement } = edit;
        let range = range(&Place { path: place.path.clone(), span: *span }, files);
        WrittenEdit { range, start: span.start, end: span.end, replacement }
    });
    let first = edits.next()?;
    Some(WrittenFix { first, applicability: fix.applicability.name(), also: edits.collect() })
}
