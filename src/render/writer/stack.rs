//! The elements that are open. A start tag is written only when something comes to stand in its element.

use super::{Kind, Open, Writer, begin_line};
use std::borrow::Cow;

impl Writer<'_, '_> {
    pub(super) fn open(
        &mut self,
        kind: Kind,
        start: impl Into<Cow<'static, str>>,
        end: impl Into<Cow<'static, str>>,
    ) {
        let opened = Open { kind, start: start.into(), end: end.into(), lifted: false };
        if opened.is_link() {
            self.link = self.link.or(Some(self.open.len()));
        }
        self.open.push(opened);
    }

    /// Closes the innermost element; one in which nothing stands may never have been there.
    pub(super) fn close(&mut self) {
        let Some(innermost) = self.open.last() else { return };
        if self.open.len() > self.written {
            let vanishes = match innermost.kind {
                Kind::Inline | Kind::Link | Kind::Raw { .. } | Kind::Paragraph => true,
                Kind::Block | Kind::Cell | Kind::Rows => innermost.lifted,
            };
            if vanishes {
                let lifted = innermost.lifted;
                self.pop();
                if let Some(outer) = self.open.last_mut() {
                    outer.lifted |= lifted;
                }
                return;
            }
            if innermost.kind == Kind::Cell {
                self.leave_cell_empty();
            }
            self.content();
        }
        self.end_calls();
        let Some(closed) = self.pop() else { return };
        self.html.push_str(&closed.end);
        self.written = self.open.len();
        self.after_call &= closed.is_inline();
    }

    fn pop(&mut self) -> Option<Open> {
        let popped = self.open.pop();
        self.link = self.link.filter(|&link| link < self.open.len());
        popped
    }

    /// Writes the start tags that are still to be written, of the outermost `depth` elements.
    pub(super) fn flush(&mut self, depth: usize) {
        if self.written >= depth {
            return;
        }
        self.end_calls();
        for open in &self.open[self.written..depth] {
            if matches!(open.kind, Kind::Block | Kind::Paragraph | Kind::Rows) {
                begin_line(&mut self.html);
            }
            self.html.push_str(&open.start);
        }
        self.written = depth;
    }

    /// Makes ready for something that is shown.
    pub(super) fn content(&mut self) {
        self.end_calls();
        self.after_call = false;
        self.end_gap();
        self.flush(self.open.len());
    }

    /// Makes ready for a block.
    pub(super) fn block(&mut self) {
        self.content();
        begin_line(&mut self.html);
    }

    pub(super) fn end_gap(&mut self) {
        if std::mem::take(&mut self.gap) && !self.html.is_empty() && !self.html.ends_with([' ', '\n']) {
            self.html.push(' ');
        }
    }

    pub(super) fn end_calls(&mut self) {
        if std::mem::take(&mut self.sup) {
            self.html.push_str("</sup>");
        }
    }
}
