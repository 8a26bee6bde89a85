//! A note that is called by a number, where a site asks for names.

use super::Subject;
use crate::brief::{Brief, FrontNote, Origin};
use crate::diagnostic::{Diagnostic, code};
use crate::language::slug;
use crate::reference::Reference;

pub(super) fn check(subject: Subject<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let brief = subject.brief;
    let body = brief.body().definitions.iter().enumerate();
    for (index, definition) in body.filter(|(_, definition)| is_number(&definition.label)) {
        diagnostics.push(problem(brief, &definition.label, Origin::Body(index), None));
    }
    let front = brief.front.footnotes.iter().enumerate();
    for (index, (label, note)) in front.filter(|(_, (label, _))| is_number(&label.value)) {
        let name = match note {
            FrontNote::Source(source) => name(source).filter(|name| !brief.defines(name)),
            FrontNote::Text(_) => None,
        };
        diagnostics.push(problem(brief, &label.value, Origin::Front(index), name));
    }
}

fn is_number(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit())
}

/// What a source could be called by: who published it, and when.
fn name(source: &Reference) -> Option<String> {
    let publisher = slug(&source.publisher.as_ref()?.value);
    let year = source.date.as_ref()?.value.year;
    (!publisher.is_empty()).then(|| format!("{publisher}-{year}"))
}

fn problem(brief: &Brief, label: &str, origin: Origin, name: Option<String>) -> Diagnostic {
    let message = format!("the note `{label}` is called by a number");
    let help = match name {
        Some(name) => format!("call it by a name, in its definition and in each call: `[^{name}]`"),
        None => "call it by a name, in its definition and in each call: `[^tass-2022]`".to_owned(),
    };
    Diagnostic::new(&code::NUMERIC_LABEL, brief.note_place(origin), message).help(help)
}
