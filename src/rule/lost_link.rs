//! What was meant as a link and is read as text.

use super::Subject;
use crate::brief::link::target;
use crate::brief::sign::LostLink;
use crate::brief::{Passage, Target};
use crate::diagnostic::{Diagnostic, Fix, code};
use pulldown_cmark::LinkType;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    for (passage, facts) in &brief.passages {
        for lost in &facts.remarks().lost_links {
            let place = brief.place(*passage, lost.parenthesis.clone());
            let message = "this is printed as it is: a space keeps it from being a link";
            diagnostics.push(
                Diagnostic::new(&code::LOST_LINK, place, message)
                    .help("set the parenthesis right behind the bracket, and a path with spaces between `<` and `>`")
                    .mend(mend(subject, *passage, lost)),
            );
        }
    }
}

/// What makes a link of it, where there is something for it to lead to.
fn mend(subject: Subject<'_>, passage: Passage, lost: &LostLink) -> Option<Fix> {
    let destination =
        lost.destination.as_deref().filter(|destination| leads_somewhere(subject, destination))?;
    let written =
        if destination.contains(' ') { format!("(<{destination}>)") } else { format!("({destination})") };
    subject.brief.mend(passage, lost.behind_bracket..lost.parenthesis.end, &written)
}

/// Whether it is the address of a page elsewhere, or the path of a file that a page may show.
fn leads_somewhere(subject: Subject<'_>, destination: &str) -> bool {
    match target(&subject.brief.path, LinkType::Inline, destination) {
        Target::Elsewhere => !destination.contains(char::is_whitespace),
        Target::File { path, .. } => subject.project.files.contains(&path),
        _ => false,
    }
}
