//! Editorial rules: what a careful editor would say of the briefs, one rule in each file.
//!
//! A rule looks at one document of the [`Library`] and adds what it has to say. Its severity is its code's, or what the
//! site sets under `[lints]`: rules never ask. To add one, write its file and its line in [`RULES`]. The few that compare
//! documents look at the whole library, and [`run`] names them.

mod ambiguous_mention;
mod bare_link;
mod call_before_parenthesis;
mod doubled_word;
mod duplicate_note;
mod duplicate_title;
mod empty_note;
mod leftover;
mod lost_call;
mod lost_link;
mod misplaced_call;
mod missing_alt;
mod missing_summary;
mod no_country;
mod numeric_label;
mod own_address;
mod raw_html;
mod repeated_source;
mod shadowed_source;
mod unarchived_source;
mod unclosed_code;
mod undated_source;
mod undeclared_country;
mod undefined_note;
mod unnamed_country;
mod unused_note;

use crate::atlas::Atlas;
use crate::brief::{Brief, Dossier};
use crate::data::Spanned;
use crate::diagnostic::Diagnostic;
use crate::language::LanguageTag;
use crate::library::{Document, Leads, Library};
use crate::project::Project;
use crate::reference::{Reference, label};
use crate::source::{ContentPath, Place};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// What a rule looks at.
#[derive(Clone, Copy)]
struct Subject<'a> {
    brief: &'a Brief,
    project: &'a Project,
    /// The anchors of notes that links lead to, wherever they stand.
    anchors: &'a BTreeSet<&'a str>,
}

impl Subject<'_> {
    /// Whether a link may lead to the note called `label`, or to a place in the source that it is.
    fn is_linked(&self, label: &str) -> bool {
        let anchor = format!("note-{}", label::id(label));
        self.anchors.range(&*anchor..).next().is_some_and(|linked| linked.starts_with(&anchor))
    }

    /// What the document is written in.
    fn language(&self) -> &LanguageTag {
        let own = self.brief.front.lang.as_ref().map(|lang| &lang.value);
        own.unwrap_or(&self.project.config.main_language().tag)
    }
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
    shadowed_source::check,
    bare_link::check,
    repeated_source::check,
    doubled_word::check,
    leftover::check,
    missing_summary::check,
    numeric_label::check,
];

/// A document, and what is known of the countries that it mentions.
#[derive(Clone, Copy)]
struct Mentioning<'a> {
    document: &'a Document,
    atlas: &'a Atlas,
    /// What it is written in.
    language: &'a LanguageTag,
}

const MENTION_RULES: &[fn(Mentioning<'_>, &mut Vec<Diagnostic>)] =
    &[undeclared_country::check, unnamed_country::check, ambiguous_mention::check];

/// A source as it is written down, in a brief or in the shared library.
#[derive(Clone, Copy)]
struct Written<'a> {
    label: &'a Spanned<String>,
    path: &'a ContentPath,
    reference: &'a Reference,
    project: &'a Project,
    today: Date,
}

impl Written<'_> {
    fn place(&self) -> Place {
        Place { path: self.path.clone(), span: self.label.span }
    }
}

const SOURCE_RULES: &[fn(Written<'_>, &mut Vec<Diagnostic>)] =
    &[undated_source::check, unarchived_source::check];

/// The anchors of notes that links of any document lead to.
fn note_anchors(library: &Library) -> BTreeSet<&str> {
    let introductions = library.introductions.values().flat_map(|introduction| &introduction.links);
    let links = library.documents.iter().flat_map(|document| &document.links).chain(introductions);
    let fragments = links.filter_map(|leads| match leads {
        Leads::Document { fragment, .. } | Leads::Here(fragment) => Some(&**fragment),
        Leads::Address(found) => Some(found.fragment.as_str()),
        _ => None,
    });
    fragments.filter(|fragment| fragment.starts_with("note-")).collect()
}

/// What the rules say of every document and introduction, each by itself and all together.
pub fn run(library: &Library, project: &Project) -> Vec<Diagnostic> {
    let (config, bibliography) = (&project.config, &project.bibliography);
    let documents = library.documents.par_iter().map(|document| &document.brief);
    let introductions: Vec<_> =
        library.introductions.values().map(|introduction| &introduction.brief).collect();
    let anchors = note_anchors(library);
    // What the site allows may be nearly everywhere: it is not kept.
    let told = |problem: &Diagnostic| config.lints.severity(problem.code).is_some();
    let of_file = |brief: &Dossier| {
        let mut found = Vec::new();
        RULES.iter().for_each(|rule| rule(Subject { brief, project, anchors: &anchors }, &mut found));
        found.retain(told);
        found
    };
    let found: Vec<Vec<Diagnostic>> = documents.chain(introductions.into_par_iter()).map(of_file).collect();
    let mut diagnostics: Vec<Diagnostic> = found.into_iter().flatten().collect();
    let introductions = library.introductions.values().map(|introduction| &introduction.brief);
    let briefs = library.documents.iter().map(|document| &document.brief).chain(introductions);
    let written = briefs.flat_map(|brief| {
        let references = brief.front.references();
        references.map(move |(label, reference)| (label, &brief.path, reference))
    });
    let shared = bibliography.entries().iter();
    let shared = shared.map(|entry| (&entry.label, &entry.path, &entry.reference));
    for (label, path, reference) in written.chain(shared) {
        let written = Written { label, path, reference, project, today: library.today };
        SOURCE_RULES.iter().for_each(|rule| rule(written, &mut diagnostics));
    }
    let mentioned = library.documents[..library.briefs].par_iter().map(|document| {
        let language = &config.languages[document.language.index()].tag;
        let mentioning = Mentioning { document, atlas: &project.atlas, language };
        let mut found = Vec::new();
        MENTION_RULES.iter().for_each(|rule| rule(mentioning, &mut found));
        found
    });
    diagnostics.extend(mentioned.collect::<Vec<_>>().into_iter().flatten());
    repeated_source::check_library(bibliography, &mut diagnostics);
    duplicate_title::check(library, project, &mut diagnostics);
    own_address::check(library, config, &mut diagnostics);
    diagnostics
}
