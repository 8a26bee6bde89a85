//! A note that is called by a number, where a site asks for names.

use super::Subject;
use crate::brief::markdown::plain;
use crate::brief::{Brief, FrontNote, Origin, WrittenNotes};
use crate::diagnostic::{Diagnostic, Fix, code};
use crate::language::slug;
use crate::reference::Reference;
use std::collections::{BTreeMap, BTreeSet};

/// How many words of a note make a name for it.
const WORDS: usize = 3;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Subject { brief, project, .. } = subject;
    // The file is read again for a mend: not where the site wants none.
    if project.config.lints.severity(&code::NUMERIC_LABEL).is_none() {
        return;
    }
    let body = brief.body().definitions.iter().enumerate();
    let body = body.map(|(index, definition)| (&*definition.label, Origin::Body(index)));
    let front = brief.front.footnotes.iter().enumerate();
    let front = front.map(|(index, (label, _))| (label.value.as_str(), Origin::Front(index)));
    let mut numbered = body.chain(front).filter(|(label, _)| is_number(label)).peekable();
    if numbered.peek().is_none() {
        return;
    }
    let source = project.same_source(&brief.path, brief.hash).ok();
    let notes = source.as_ref().map(|source| WrittenNotes::of(brief, source));
    let mut names =
        notes.as_ref().map(|notes| Names { subject, notes, given: BTreeSet::new(), met: BTreeMap::new() });
    // A call that leads nowhere may have meant one of the notes.
    let has_lost_calls = brief.has_lost_calls();
    for (label, origin) in numbered {
        let name =
            names.as_mut().zip(source.as_ref()).and_then(|(names, source)| names.of(origin, &source.text));
        let is_certain =
            |notes: &WrittenNotes<'_>| !(has_lost_calls || notes.repeats(label) || subject.is_linked(label));
        let mend = notes.as_ref().filter(|notes| is_certain(notes)).zip(name.as_ref());
        let mend = mend.and_then(|(notes, name)| mend_by(notes, (label, origin), name));
        diagnostics.push(problem(brief, label, origin, name).mend(mend));
    }
}

fn is_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())
}

/// What notes could be called by: names that nothing has yet.
struct Names<'a> {
    subject: Subject<'a>,
    notes: &'a WrittenNotes<'a>,
    given: BTreeSet<String>,
    /// How often each name was met without a number.
    met: BTreeMap<String, usize>,
}

impl Names<'_> {
    fn of(&mut self, origin: Origin, text: &str) -> Option<String> {
        let brief = self.subject.brief;
        let name = match origin {
            Origin::Front(entry) => match &brief.front.footnotes.get(entry)?.1 {
                FrontNote::Source(source) => of_source(source)?,
                FrontNote::Text(text) => of_words(&text.value)?,
            },
            Origin::Body(index) => {
                let start = brief.body_start + brief.body().definitions.get(index)?.span.range().end;
                of_words(text.get(start..)?.lines().next()?)?
            }
            Origin::Shared(_) => return None,
        };
        Some(self.free(name))
    }

    /// The name itself, or with the first number behind it that makes it one that nothing has.
    fn free(&mut self, name: String) -> String {
        let met = self.met.entry(name.clone()).or_insert(0);
        loop {
            *met += 1;
            let numbered = if *met == 1 { name.clone() } else { format!("{name}-{met}") };
            let is_known =
                self.notes.defines(&numbered) || self.subject.project.bibliography.find(&numbered).is_some();
            if !is_known && self.given.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Who published a source, or else how its title begins, and when it was published.
fn of_source(source: &Reference) -> Option<String> {
    let publisher = source.publisher.as_ref().map(|publisher| slug(&publisher.value));
    let name = publisher.filter(|name| has_letter(name)).or_else(|| of_words(&source.title.value))?;
    Some(match &source.date {
        Some(date) => format!("{name}-{}", date.value.year),
        None => name,
    })
}

/// The first words of a note, or the host of the address that it begins with.
fn of_words(text: &str) -> Option<String> {
    let words = plain(text.trim());
    let words =
        words.split_once("://").filter(|(scheme, _)| !scheme.contains(' ')).map_or(&*words, |(_, rest)| {
            let host = rest.split(['/', '?', '#', ' ']).next().unwrap_or_default();
            host.strip_prefix("www.").unwrap_or(host)
        });
    let slug = slug(words);
    let first: Vec<&str> = slug.split('-').take(WORDS).collect();
    Some(first.join("-")).filter(|name| has_letter(name))
}

fn has_letter(name: &str) -> bool {
    name.contains(|character: char| character.is_ascii_alphabetic())
}

/// What calls a note by `name` where it is defined and wherever it is called.
fn mend_by(notes: &WrittenNotes<'_>, (label, origin): (&str, Origin), name: &str) -> Option<Fix> {
    let mut edits = notes.renamed(label, name, None)?;
    edits.push(notes.redefined(origin, name)?);
    Fix::of(edits)
}

fn problem(brief: &Brief, label: &str, origin: Origin, name: Option<String>) -> Diagnostic {
    let message = format!("the note `{label}` is called by a number");
    let name = name.as_deref().unwrap_or("tass-2022");
    let help = format!("call it by a name, in its definition and in each call: `[^{name}]`");
    Diagnostic::new(&code::NUMERIC_LABEL, brief.note_place(origin), message).help(help)
}
