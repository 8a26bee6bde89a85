//! Raw HTML, as the site wants it: shown, sanitised, or trusted.

use super::{Form, Kind, Open, Writer, begin_line};
use crate::config::RawHtml;
use crate::render::html::push_markup;
use crate::render::pieces::{Placed, verbatim};
use crate::render::raw::{self, Token};

/// How many elements may be open where a raw tag still opens another: browsers give up at a few hundred.
const DEEPEST: usize = 200;

impl Writer<'_, '_> {
    pub(super) fn raw_inline(&mut self, html: &str) {
        match self.sheet.text.raw_html {
            _ if raw::is_comment(html) => {}
            RawHtml::Escape => self.plain(html),
            RawHtml::Sanitise => self.raw_tokens(&raw::tokens(html), raw::is_phrasing),
            RawHtml::Trust => {
                self.content();
                push_markup(&mut self.html, html);
            }
        }
    }

    pub(super) fn html_block(&mut self, pieces: &[Placed<'_>]) -> usize {
        let (html, length) = verbatim(pieces);
        match self.sheet.text.raw_html {
            _ if raw::is_comment(&html) => {}
            RawHtml::Escape if self.form == Form::Inline => {
                self.plain(raw::without_comments(&html).trim());
                self.gap = true;
            }
            _ if self.form == Form::Inline => {
                self.raw_inline(html.trim());
                self.gap = true;
            }
            RawHtml::Escape => {
                self.open(Kind::Paragraph, "<p>", "</p>\n");
                self.plain(raw::without_comments(&html).trim());
                self.close();
            }
            RawHtml::Sanitise if raw::is_emptied(&html) => {}
            RawHtml::Sanitise => self.sanitised_block(&html),
            RawHtml::Trust => {
                self.block();
                push_markup(&mut self.html, &html);
                begin_line(&mut self.html);
            }
        }
        length
    }

    fn sanitised_block(&mut self, html: &str) {
        let tokens = raw::tokens(html);
        if raw::is_whole(&tokens) {
            self.block();
            let clean = self.sheet.sanitiser().clean(html);
            push_markup(&mut self.html, &clean);
            begin_line(&mut self.html);
            return;
        }
        self.raw_tokens(&tokens, |name| raw::is_phrasing(name) || raw::is_container(name));
        // Only what may hold blocks stays open for the Markdown that follows.
        self.close_raw_phrasing();
    }

    pub(super) fn close_raw_phrasing(&mut self) {
        while self.open.last().is_some_and(|open| open.is_raw() && open.is_inline()) {
            self.close();
        }
    }

    fn raw_tokens(&mut self, tokens: &[Token<'_>], may_stand: impl Fn(&str) -> bool) {
        for token in tokens {
            match token {
                Token::Text(text) => self.raw_text(text),
                Token::Start { name, tag } if may_stand(name) => self.raw_start(name, tag),
                Token::Start { .. } => {}
                Token::End { name } => self.raw_end(name),
            }
        }
    }

    /// Text among raw tags: its entities are HTML's own.
    fn raw_text(&mut self, text: &str) {
        if text.trim().is_empty() {
            return self.plain(text);
        }
        self.content();
        push_markup(&mut self.html, &text.replace('<', "&lt;").replace('>', "&gt;"));
    }

    fn raw_start(&mut self, name: &str, tag: &str) {
        let nested_link = name == "a" && self.in_link();
        if nested_link || self.open.len() > DEEPEST {
            return;
        }
        let Some(start) = self.sheet.sanitiser().start(name, tag) else { return };
        if raw::is_void(name) {
            self.content();
            self.html.push_str(&start);
            return;
        }
        if raw::is_container(name) {
            self.close_raw_phrasing();
            self.block();
        }
        self.open(Kind::Raw { name: name.to_owned() }, start, format!("</{name}>"));
    }

    /// Closes a raw tag, and those inside it; never an element of Markdown's.
    fn raw_end(&mut self, name: &str) {
        let is_it = |open: &Open| match &open.kind {
            Kind::Raw { name: open } => open == name,
            _ => false,
        };
        let raw = self.open.iter().rev().take_while(|open| open.is_raw());
        let Some(depth) = raw.enumerate().find(|(_, open)| is_it(open)).map(|(depth, _)| depth) else {
            return;
        };
        for _ in 0..=depth {
            self.close();
        }
    }
}
