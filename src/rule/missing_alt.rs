//! An image without a text for who does not see it.

use super::Subject;
use crate::brief::LinkKind;
use crate::diagnostic::{Diagnostic, code};
use crate::source::Place;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let message = "this image has no alternative text";
    for (passage, link) in brief.links() {
        if link.kind == (LinkKind::Image { has_alt: false }) {
            diagnostics.push(
                Diagnostic::new(&code::MISSING_ALT, brief.place(passage, link.span.range()), message)
                    .help("say between the brackets what it shows: `![…](…)`"),
            );
        }
    }
    if let Some(image) = &brief.front.image
        && image.alt.as_ref().is_none_or(|alt| alt.value.trim().is_empty())
    {
        let place = Place { path: brief.path.clone(), span: image.file.span };
        diagnostics.push(
            Diagnostic::new(&code::MISSING_ALT, place, message).help("say what it shows by `alt = \"…\"`"),
        );
    }
}
