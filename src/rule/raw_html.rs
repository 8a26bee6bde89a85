//! HTML in a brief, and what is taken for it, where the site prints it as text.

use super::Subject;
use crate::config::RawHtml;
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if subject.project.config.raw_html != RawHtml::Escape {
        return;
    }
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for html in &facts.remarks().raw_html {
            let (message, help) = if html.behind_comment {
                (
                    "what follows the comment in its line is read as HTML, and printed as text",
                    "put the comment behind the words, or alone on the line above",
                )
            } else {
                (
                    "HTML is printed as text on this site",
                    "write it in Markdown, or set `raw_html = \"sanitise\"` in `site.toml`",
                )
            };
            let place = brief.place(*passage, html.range.clone());
            diagnostics.push(Diagnostic::new(&code::RAW_HTML, place, message).help(help));
        }
    }
}
