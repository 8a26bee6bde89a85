//! Running text: words, bare URLs, links, and note calls, which part the link they stand in.

use super::{Kind, Open, Writer};
use crate::brief::Passage;
use crate::brief::link::{is_safe, leads_elsewhere};
use crate::render::autolink;
use crate::render::html::{push_attribute, push_text, push_url_attribute};
use pulldown_cmark::LinkType;
use std::borrow::Cow;
use std::ops::Range;

impl Writer<'_, '_> {
    /// Text that stands at `range`, in which mentions of countries lead to their pages.
    pub(super) fn words(&mut self, text: &str, range: &Range<usize>) {
        let is_body = self.passage == Passage::Body && self.offset == Some(0);
        let mentions = &self.sheet.text.mentions;
        // Text that is written otherwise than it reads has no known places.
        if !is_body || mentions.is_empty() || text.len() != range.len() || self.in_link() {
            return self.text(text);
        }
        let mut shown = 0;
        for (start, (end, url)) in mentions.range(range.clone()).filter(|(_, (end, _))| *end <= range.end) {
            let words = start - range.start..end - range.start;
            let (Some(before), Some(inside)) = (text.get(shown..words.start), text.get(words.clone())) else {
                continue;
            };
            self.text(before);
            self.content();
            self.after_call = false;
            self.html.push_str("<a class=\"mention\"");
            let url = self.sheet.url(url);
            push_url_attribute(&mut self.html, "href", &url);
            self.html.push('>');
            push_text(&mut self.html, inside);
            self.html.push_str("</a>");
            shown = words.end;
        }
        self.text(&text[shown..]);
    }

    pub(super) fn text(&mut self, text: &str) {
        let mut shown = 0;
        if !self.in_link() && autolink::may_be_in(text) {
            while let Some(found) = autolink::find(text, shown) {
                self.plain(&text[shown..found.start]);
                let url = &text[found.clone()];
                self.content();
                self.html.push_str("<a");
                let scheme = if url.contains("://") { "" } else { "http://" };
                push_url_attribute(&mut self.html, "href", &format!("{scheme}{url}"));
                self.html.push('>');
                push_text(&mut self.html, url);
                self.html.push_str("</a>");
                shown = found.end;
            }
        }
        self.plain(&text[shown..]);
    }

    pub(super) fn plain(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        // White space alone does not open again what a call has closed. In running text stands only running text.
        let reopens = self.open.get(self.written).is_none_or(Open::is_inline);
        if self.written > 0 && reopens && text.trim().is_empty() {
            self.end_calls();
        } else {
            self.content();
        }
        self.after_call = false;
        push_text(&mut self.html, text);
    }

    pub(super) fn call(&mut self, label: &str) {
        let Some(note) = self.sheet.calls.note(label) else {
            return self.plain(&format!("[^{label}]"));
        };
        // A link can't hold another: one that is open ends here, and goes on after the call if it has more to say.
        let link = self.link.unwrap_or(self.open.len());
        if link < self.written {
            self.end_calls();
            for open in self.open[link..self.written].iter().rev() {
                self.html.push_str(&open.end);
            }
            self.written = link;
        }
        self.end_gap();
        self.flush(link);
        if !self.sup {
            self.html.push_str(if self.sheet.style.is_feed() { "<sup>" } else { "<sup class=\"call\">" });
        }
        if self.after_call {
            self.html.push_str(", ");
        }
        self.sheet.calls.push(&mut self.html, note);
        self.sup = true;
        self.after_call = true;
    }

    pub(super) fn in_link(&self) -> bool {
        self.link.is_some()
    }

    pub(super) fn link(&mut self, kind: LinkType, destination: &str, title: &str, at: usize) {
        let url = if self.in_link() { None } else { self.destination(kind, destination, at) };
        let Some(url) = url else {
            return self.open(Kind::Link, "", "");
        };
        let mut start = "<a".to_owned();
        push_url_attribute(&mut start, "href", &url);
        if !title.is_empty() {
            push_attribute(&mut start, "title", title);
        }
        start.push('>');
        self.open(Kind::Link, start, "</a>");
    }

    /// Where the link or image that begins at `at` leads; `None` if nowhere a reader should go.
    pub(super) fn destination(&self, kind: LinkType, destination: &str, at: usize) -> Option<String> {
        let known = self.offset.and_then(|offset| self.sheet.text.links.get(&(self.passage, offset + at)));
        let url = match known {
            Some(url) => Cow::Borrowed(url.as_deref()?),
            None if !leads_elsewhere(kind, destination) => return None,
            None if kind == LinkType::Email => Cow::Owned(format!("mailto:{destination}")),
            None => Cow::Borrowed(destination),
        };
        is_safe(&url).then(|| self.sheet.url(&url))
    }
}
