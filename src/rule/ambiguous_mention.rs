//! Words that may mean one of several countries, and the brief does not say which: « le gouvernement congolais ».

use super::Mentioning;
use crate::brief::Part;
use crate::brief::link::{ENTITY, NO_ENTITY};
use crate::diagnostic::{Diagnostic, code};

pub(super) fn check(subject: Mentioning<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Mentioning { document, atlas, language } = subject;
    let brief = &document.brief;
    for (part, found) in brief.spoken() {
        for doubt in &found.doubts {
            // A title holds no link that could tell, and what is declared decides.
            let declared = doubt.choices.iter().filter(|choice| document.countries.contains(choice)).count();
            if *part == Part::Title || doubt.choices.len() < 2 || declared == 1 {
                continue;
            }
            let choices: Vec<String> = doubt
                .choices
                .iter()
                .map(|&choice| format!("`{}` ({})", atlas.get(choice).key, atlas.name(choice, language)))
                .collect();
            let place = brief.part_place(*part, doubt.range.clone());
            let help = format!(
                "declare the one that is meant under `countries`, or write `[…]({ENTITY}{})`, or `[…]({ENTITY}{NO_ENTITY})`",
                atlas.get(doubt.choices[0]).key
            );
            let message = format!("these words may mean {}", choices.join(" or "));
            diagnostics.push(Diagnostic::new(&code::AMBIGUOUS_MENTION, place, message).help(help));
        }
    }
}
