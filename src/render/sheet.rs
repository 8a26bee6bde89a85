//! What the passages of one document share while they are written.

use super::Style;
use super::calls::Calls;
use super::code::Highlighter;
use super::html::absolute;
use super::raw::Sanitiser;
use super::wording::Wording;
use crate::brief::link::percent_decoded;
use crate::page::view::TextView;
use compact_str::{CompactString, format_compact};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// The document that is being written, and what has been written of it so far.
pub(super) struct Sheet<'a> {
    pub text: &'a TextView,
    pub wording: &'a Wording,
    pub style: Style<'a>,
    pub highlighter: &'a Highlighter,
    pub calls: Calls<'a>,
    /// How many levels headings are moved down: 1 where the body has one of the first level, which is the page title's.
    pub shift: u8,
    /// How many tables have been written.
    pub tables: usize,
    anchors: OnceCell<BTreeSet<CompactString>>,
    sanitiser: OnceCell<Sanitiser>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(
        text: &'a TextView,
        wording: &'a Wording,
        style: Style<'a>,
        highlighter: &'a Highlighter,
    ) -> Self {
        Self {
            text,
            wording,
            style,
            highlighter,
            calls: Calls::new(text, wording, style),
            shift: 0,
            tables: 0,
            anchors: OnceCell::new(),
            sanitiser: OnceCell::new(),
        }
    }

    /// Where a link of this page leads, as the page writes it.
    pub(super) fn url(&self, url: &str) -> String {
        let Style::Feed { base, .. } = self.style else { return url.to_owned() };
        match url.strip_prefix('#') {
            Some(anchor) if self.anchors().contains(&*percent_decoded(anchor)) => {
                format!("#{}", self.style.id(anchor))
            }
            _ => absolute(base, url),
        }
    }

    /// The ids that the document's own HTML has.
    fn anchors(&self) -> &BTreeSet<CompactString> {
        self.anchors.get_or_init(|| {
            let notes = self.text.notes.iter().map(|text| format_compact!("note-{}", text.note.id()));
            self.text.headings.values().cloned().chain(notes).collect()
        })
    }

    pub(super) fn sanitiser(&self) -> &Sanitiser {
        self.sanitiser.get_or_init(|| {
            Sanitiser::new(match self.style {
                Style::Page => None,
                Style::Feed { base, .. } => Some(base),
            })
        })
    }
}
