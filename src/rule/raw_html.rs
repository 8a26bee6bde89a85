//! HTML in a brief, where the site prints it as text.

use super::Subject;
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if subject.config.raw_html != RawHtml::Escape {
        return;
    }
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for html in &facts.raw_html {
            diagnostics.push(
                Diagnostic::new(
                    &code::RAW_HTML,
                    brief.place(*passage, html.clone()),
                    "HTML is printed as text on this site",
                )
                .help("write it in Markdown, or set `raw_html = \"sanitise\"` in `site.toml`"),
            );
        }
    }
}
