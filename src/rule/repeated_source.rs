//! One source written down twice: its two records come to differ, and it has two numbers on one page.

use super::Subject;
use crate::brief::{FrontNote, WrittenNotes};
use crate::data::Spanned;
use crate::diagnostic::{Diagnostic, Fix, code};
use crate::reference::{Bibliography, Identity, Kind, Locator, Reference, Unit, original};
use crate::source::Place;
use std::cell::LazyCell;
use std::collections::BTreeMap;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (brief, bibliography) = (subject.brief, &subject.project.bibliography);
    // The file is read again where there is something to mend.
    let source = LazyCell::new(|| subject.project.same_source(&brief.path, brief.hash).ok());
    let notes = LazyCell::new(|| {
        // A call that leads nowhere may have meant the note that would go.
        source.as_ref().filter(|_| !brief.has_lost_calls()).map(|source| WrittenNotes::of(brief, source))
    });
    let mut met: BTreeMap<Identity, Kept<'_>> = BTreeMap::new();
    for (entry, (label, note)) in brief.front.footnotes.iter().enumerate() {
        let FrontNote::Source(reference) = note else { continue };
        if !reference.is_identified(label) {
            continue;
        }
        let own = Kept {
            label: &label.value,
            reference,
            place: Place { path: brief.path.clone(), span: label.span },
        };
        let identity = Identity::of(reference);
        // One label for both is told by another rule.
        let shared = bibliography
            .with_identity(&identity)
            .filter(|shared| bibliography.find(&shared.label.value) != bibliography.find(&label.value));
        let shared = shared.map(|entry| Kept {
            label: &entry.label.value,
            reference: &entry.reference,
            place: entry.place(),
        });
        let found = match (&shared, met.get(&identity)) {
            (Some(shared), _) => Some((shared, "in the library", "the source of the library")),
            (None, Some(first)) => Some((first, "here already", "first written here")),
            (None, None) => None,
        };
        if let Some((kept, place, told)) = found {
            let mend = || {
                let notes = notes.as_ref().filter(|_| !subject.is_linked(own.label))?;
                // Calls would lead to another note that has the label.
                let is_hidden = shared.is_some() && notes.defines(kept.label) || notes.repeats(kept.label);
                let is_certain = !is_hidden && !notes.repeats(own.label);
                if is_certain { mend(notes, kept, (entry, own.label, reference)) } else { None }
            };
            let name = kept.label;
            diagnostics.push(
                problem(own.label, own.place.clone(), format!("is {place} as `{name}`"))
                    .related(kept.place.clone(), told)
                    .help(format!(
                        "call it `[^{name}]`, or `[^{name}, p. 12]` at a place in it, and delete this one"
                    ))
                    .mend(mend()),
            );
        }
        met.entry(identity).or_insert(own);
    }
}

/// A record that is to stay.
struct Kept<'a> {
    label: &'a str,
    reference: &'a Reference,
    place: Place,
}

/// What lets all calls of a record call the one that stays, and deletes it. Nothing where it tells what that one does not.
fn mend(
    notes: &WrittenNotes<'_>,
    kept: &Kept<'_>,
    (entry, label, reference): (usize, &str, &Reference),
) -> Option<Fix> {
    let place = match (&reference.page, &kept.reference.page) {
        (None, None) => None,
        (Some(own), Some(other)) if own.value == other.value => None,
        (Some(own), _) => Some(written(&own.value)?),
        // A call that names no place would name that one.
        (None, Some(_)) => return None,
    };
    if !tells_all(kept.reference, reference) {
        return None;
    }
    let mut edits = notes.renamed(label, kept.label, place.as_deref())?;
    edits.push(notes.removed(entry)?);
    Fix::of(edits)
}

/// A place as a call can name it.
fn written(place: &Locator) -> Option<String> {
    let written = match place.unit {
        Unit::Page => format!("p. {}", place.value),
        _ => place.value.clone(),
    };
    (Locator::parse(&written) == *place && !written.contains(['[', ']', '^', ',', '`'])).then_some(written)
}

/// Whether nothing is lost of a record where another stays.
fn tells_all(kept: &Reference, gone: &Reference) -> bool {
    fn tells<T: PartialEq>(kept: &Option<Spanned<T>>, gone: &Option<Spanned<T>>) -> bool {
        gone.as_ref().is_none_or(|gone| kept.as_ref().is_some_and(|kept| kept.value == gone.value))
    }
    let authors = |reference: &Reference| -> Vec<String> {
        reference.authors.iter().map(|author| author.value.clone()).collect()
    };
    (gone.kind == Kind::default() || gone.kind == kept.kind)
        && gone.title.value == kept.title.value
        && (gone.authors.is_empty() || authors(gone) == authors(kept))
        && tells(&kept.publisher, &gone.publisher)
        && tells(&kept.number, &gone.number)
        && tells(&kept.date, &gone.date)
        && is_same_page(kept, gone)
        && tells(&kept.archive, &gone.archive)
        && tells(&kept.archive_date, &gone.archive_date)
        && tells(&kept.accessed, &gone.accessed)
        && tells(&kept.language, &gone.language)
        && gone.allow.is_empty()
}

/// The same, between the entries of the shared library.
pub(super) fn check_library(bibliography: &Bibliography, diagnostics: &mut Vec<Diagnostic>) {
    for entry in bibliography.entries().iter().filter(|entry| entry.reference.is_identified(&entry.label)) {
        let first = bibliography.with_identity(&Identity::of(&entry.reference));
        let Some(first) = first.filter(|first| first.label != entry.label) else { continue };
        diagnostics.push(
            problem(
                &entry.label.value,
                entry.place(),
                format!("is in the library already as `{}`", first.label.value),
            )
            .related(first.place(), "first written here")
            .help(
                "keep one of them, and let the briefs that call the other call it: a call may name a place in it, `[^label, p. 12]`",
            ),
        );
    }
}

/// Whether two records of one source name the same address of it, but for what tells where a reader came from: not a copy of the
/// page, nor a place in it.
fn is_same_page(kept: &Reference, gone: &Reference) -> bool {
    let [kept, gone] = [kept, gone].map(|reference| reference.url.as_ref().map(|url| &*url.value));
    gone == kept || gone.is_none_or(|url| !url.contains('#') && original(url).is_none())
}

fn problem(label: &str, place: Place, what: String) -> Diagnostic {
    Diagnostic::new(&code::REPEATED_SOURCE, place, format!("the source `{label}` {what}"))
}
