//! What stands for styles in a program that was built without them.

use super::{Refused, Run};
use crate::language::LanguageTag;

/// No style.
#[derive(Debug)]
pub(super) enum Style {}

pub(super) fn named(_: &str) -> Result<Style, Refused> {
    Err(Refused {
        problem: "this Dépêche was built without styles of citations".to_owned(),
        help: "build it with `cargo build --release --features csl`, or delete the line and have sources printed by templates"
            .to_owned(),
    })
}

pub(super) fn parsed(text: &str) -> Result<Style, Refused> {
    named(text)
}

impl Style {
    pub(super) fn format(&self, _: &str, _: &LanguageTag) -> Vec<Run> {
        match *self {}
    }

    pub(super) fn prints_places(&self) -> bool {
        match *self {}
    }
}
