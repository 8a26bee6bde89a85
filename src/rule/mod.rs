//! Editorial rules: what a careful editor would say of the briefs, one rule in each file.
//!
//! A rule looks at one document of the [`Library`] and adds what it has to say. Its severity is its code's, or what the
//! site sets under `[lints]`: rules never ask. To add one, write its file and its line in [`RULES`].

mod call_before_parenthesis;
mod duplicate_note;
mod empty_note;
mod lost_call;
mod lost_link;
mod misplaced_call;
mod missing_alt;
mod no_country;
mod raw_html;
mod unclosed_code;
mod undefined_note;
mod unused_note;

use crate::brief::Brief;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::library::Library;
use crate::project::Project;
use crate::reference::Bibliography;

/// What a rule looks at.
#[derive(Clone, Copy)]
struct Subject<'a> {
    brief: &'a Brief,
    config: &'a Config,
    bibliography: &'a Bibliography,
}

type Rule = fn(Subject<'_>, &mut Vec<Diagnostic>);

const RULES: &[Rule] = &[
    undefined_note::check,
    unused_note::check,
    duplicate_note::check,
    empty_note::check,
    lost_call::check,
    misplaced_call::check,
    call_before_parenthesis::check,
    no_country::check,
    missing_alt::check,
    raw_html::check,
    unclosed_code::check,
    lost_link::check,
];

/// What the rules say of every document and introduction.
pub fn run(library: &Library, project: &Project) -> Vec<Diagnostic> {
    let (config, bibliography) = (&project.config, &project.bibliography);
    let documents = library.documents.iter().map(|document| &document.brief);
    let introductions = library.introductions.values().map(|introduction| &introduction.brief);
    let mut diagnostics = Vec::new();
    for brief in documents.chain(introductions) {
        RULES.iter().for_each(|rule| rule(Subject { brief, config, bibliography }, &mut diagnostics));
    }
    diagnostics
}
