//! One source written down twice: its two records come to differ, and it has two numbers on one page.

use super::Subject;
use crate::diagnostic::{Diagnostic, code};
use crate::reference::{Bibliography, Identity};
use crate::source::Place;
use std::collections::BTreeMap;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (brief, bibliography) = (subject.brief, &subject.project.bibliography);
    let mut met: BTreeMap<Identity, (&str, Place)> = BTreeMap::new();
    for (label, reference) in
        brief.front.references().filter(|(label, reference)| reference.is_identified(label))
    {
        let place = Place { path: brief.path.clone(), span: label.span };
        let identity = Identity::of(reference);
        let shared =
            bibliography.with_identity(&identity).map(|entry| (entry.label.value.as_str(), entry.place()));
        // One label for both is told by another rule.
        let shared = shared.filter(|(name, _)| bibliography.find(name) != bibliography.find(&label.value));
        match (shared, met.get(&identity)) {
            (Some((name, first)), _) => diagnostics.push(
                problem(&label.value, place.clone(), format!("is in the library as `{name}`"))
                    .related(first, "the source of the library")
                    .help(format!(
                        "call it `[^{name}]`, or `[^{name}, p. 12]` at a place in it, and delete this one"
                    )),
            ),
            (None, Some((name, first))) => diagnostics.push(
                problem(&label.value, place.clone(), format!("is here already as `{name}`"))
                    .related(first.clone(), "first written here")
                    .help(format!(
                        "call it `[^{name}]`, or `[^{name}, p. 12]` at a place in it, and delete this one"
                    )),
            ),
            (None, None) => {}
        }
        met.entry(identity).or_insert((&label.value, place));
    }
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
            .help("keep one of them: a call may name a place in it, `[^label, p. 12]`"),
        );
    }
}

fn problem(label: &str, place: Place, what: String) -> Diagnostic {
    Diagnostic::new(&code::REPEATED_SOURCE, place, format!("the source `{label}` {what}"))
}
