//! The view of a source: its values, written out in the language of the brief that cites it.

use super::view::{ArchiveCopyView, DateView, SourceView};
use super::{Here, csl};
use crate::brief::Note;
use crate::brief::link::scheme;
use crate::data::{PartialDate, Spanned};
use crate::language::Language;
use crate::reference::{Locator, Reference, Unit};
use compact_str::{CompactString, ToCompactString};
use jiff::civil::Date;
use std::sync::Arc;

/// What the template of `note`, which cites `reference`, sees.
pub(super) fn view(here: Here<'_>, reference: &Reference, note: &Note) -> SourceView {
    let locator = note.locator.as_deref().or(reference.page.as_ref().map(|page| &page.value));
    at(here, reference, &note.label, locator)
}

/// The same of `reference` as a whole, which `label` calls.
pub(super) fn whole(here: Here<'_>, reference: &Reference, label: &str) -> SourceView {
    at(here, reference, label, None)
}

fn at(here: Here<'_>, reference: &Reference, label: &str, locator: Option<&Locator>) -> SourceView {
    let authors: Vec<&str> = reference.authors.iter().map(|author| author.value.as_str()).collect();
    let language = reference.language.as_ref().map(|language| &language.value);
    let authors = (!authors.is_empty()).then(|| here.words().list(&authors));
    // An institution that publishes what it wrote is named once.
    let publisher = value(&reference.publisher).filter(|publisher| Some(&**publisher) != authors.as_deref());
    // What is shared is waited for, each in its turn; what is looked at before, all at once.
    let url = web(&reference.url);
    let copy = here.project().kept_copy(reference).filter(|copy| is_web(copy.url));
    SourceView {
        kind: reference.kind.name(),
        label: label.into(),
        title: reference.title.value.clone(),
        language: language.filter(|language| *language != here.tag()).cloned(),
        authors,
        publisher,
        number: value(&reference.number),
        date: reference.date.as_ref().map(|date| partial_date(here, date.value)),
        url: url.cloned(),
        archive: copy
            .map(|copy| ArchiveCopyView { url: copy.url.clone(), date: copy.date.map(|day| here.date(day)) }),
        accessed: reference.accessed.as_ref().map(|day| here.date(day.value)),
        locator: locator.map(|locator| place(here, locator)),
        csl: here.project().config.sources.style.is_some().then(|| csl::item(here, reference, locator)),
    }
}

fn value<T: Clone>(value: &Option<Spanned<T>>) -> Option<T> {
    value.as_ref().map(|value| value.value.clone())
}

/// A URL that a browser may follow: whatever a source was read from, a template never sees another.
pub(super) fn web(url: &Option<Spanned<Arc<str>>>) -> Option<&Arc<str>> {
    url.as_ref().map(|url| &url.value).filter(|url| is_web(url))
}

fn is_web(url: &str) -> bool {
    // Nearly all are written plainly.
    url.starts_with("https:")
        || url.starts_with("http:")
        || scheme(url).is_some_and(|scheme| scheme == "http" || scheme == "https")
}

/// The place in the source that its note names: the call's, or else the record's own.
pub(super) fn locator<'a>(reference: &'a Reference, note: &'a Note) -> Option<&'a Locator> {
    note.locator.as_deref().or(reference.page.as_ref().map(|page| &page.value))
}

/// A place as the brief's language writes it: « p. 12–14 ».
fn place(here: Here<'_>, locator: &Locator) -> String {
    let value = match locator.unit {
        Unit::Other => return locator.value.clone(),
        _ => locator.value.replace('-', "–"),
    };
    let key = format!("locator-{}", locator.unit.name());
    let count = if locator.is_several() { 2 } else { 1 };
    let strings = here.project().theme.strings.get(here.tag());
    let written =
        strings.and_then(|strings| strings.get(&key, here.words(), Some(count), &[("value", &value)]));
    written.unwrap_or(value)
}

/// A day, a month or a year.
pub(super) fn partial_date(here: Here<'_>, date: PartialDate) -> DateView {
    DateView { iso: date.iso(), text: written(here.words(), date) }
}

/// A day, a month or a year, as a reader reads it.
fn written(words: &Language, date: PartialDate) -> CompactString {
    match (date.month, date.day) {
        (Some(month), Some(day)) => {
            Date::new(date.year, month, day).map_or_else(|_| date.iso(), |date| words.date(date))
        }
        (Some(month), None) => words.month(date.year, month),
        _ => date.year.to_compact_string(),
    }
}
