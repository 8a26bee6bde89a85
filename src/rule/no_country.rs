//! A brief that declares no country: no reader would find it by its place.

use super::Subject;
use crate::brief::FileKind;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let declares = brief.front.title.is_some();
    if brief.kind == FileKind::Brief && declares && brief.front.countries.is_empty() {
        diagnostics.push(
            Diagnostic::new(&code::NO_COUNTRY, brief.start(), "this brief declares no country")
                .help("name them under `countries` in its front matter, the lead country first"),
        );
    }
}
