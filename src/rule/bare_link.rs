//! A note that is an address and nothing else: a reader does not learn whose words they are, nor from when.

use super::Subject;
use crate::brief::body::{self, BareLink};
use crate::brief::{FrontNote, Passage};
use crate::diagnostic::{Diagnostic, code};
use crate::reference;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let in_body = brief.body().definitions.iter();
    let in_body =
        in_body.filter_map(|it| Some((&*it.label, Passage::Body, BareLink::clone(it.bare_link.as_ref()?))));
    let in_front = brief.front.footnotes.iter().enumerate().filter_map(|(index, (label, note))| {
        let FrontNote::Text(text) = note else { return None };
        let link = body::bare_link(&text.value, 0..text.value.len())?;
        Some((label.value.as_str(), Passage::Note(index), link))
    });
    for (label, passage, link) in in_body.chain(in_front) {
        let host = reference::host(&link.url).unwrap_or_else(|| link.url.clone());
        let place = brief.place(passage, link.range.clone());
        let message = format!("the note `{label}` is an address and nothing else");
        diagnostics.push(
            Diagnostic::new(&code::BARE_LINK, place, message)
                .help(format!(
                    "write the source down, under `[footnotes.{label}]`: its title, publisher and date"
                ))
                .mend(brief.mend(passage, link.range, &format!("[{host}]({})", destination(&link.url)))),
        );
    }
}

/// An address as the destination of a link in Markdown.
fn destination(url: &str) -> String {
    if url.contains(['(', ')']) { format!("<{url}>") } else { url.to_owned() }
}
