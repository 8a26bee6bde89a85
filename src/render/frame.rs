//! What stands round the content of pages and is the same on many of them: made once for all of these.

use super::templates::Templates;
use crate::diagnostic::Diagnostic;
use crate::language::LanguageTag;
use crate::page::view::{Content, PageView, View};
use serde::Serialize;
use tera::{Context, Value};

/// The publication as templates see it, and what is printed of it alone.
#[derive(Debug)]
pub(super) struct Frame {
    site: Value,
    masthead: Value,
    colophon: Value,
}

/// What all pages of a language have in common.
#[derive(Serialize)]
struct AnyPage<'a> {
    language: &'a LanguageTag,
    direction: &'a str,
}

/// Whether a page is the front page of the publication, whose masthead is large.
pub(super) fn is_front(view: &View) -> bool {
    matches!(&view.content, Content::Home(home) if home.pagination.number == 1)
}

/// Whether a file is no page that readers see, and has neither masthead nor colophon.
pub(super) fn is_bare(view: &View) -> bool {
    matches!(
        view.content,
        Content::Feed(_) | Content::Sitemap(_) | Content::SitemapIndex(_) | Content::Robots(_)
    )
}

impl Frame {
    /// The frame of the page at `address`, and of all others that show as much of the publication.
    ///
    /// # Errors
    ///
    /// When the template of a part of it is mistaken.
    pub(super) fn of(view: &View, templates: &Templates<'_>, address: &str) -> Result<Self, Box<Diagnostic>> {
        let site = Value::try_from_serializable(&view.frame.site)
            .map_err(|error| Box::new(templates.fault(&error, "base.html", address)))?;
        let (mut masthead, mut colophon) = (Value::none(), Value::none());
        if !is_bare(view) {
            let mut context = Context::new();
            context.insert_value("site", site.clone());
            context.insert("front", &is_front(view));
            let PageView { language, direction, .. } = &view.frame.page;
            context.insert("page", &AnyPage { language, direction });
            let fill = |name| templates.part(name, &view.frame.page.language, &context, address);
            masthead = fill("masthead.html")?;
            colophon = fill("colophon.html")?;
        }
        Ok(Self { site, masthead, colophon })
    }

    /// Gives it to a page's template.
    pub(super) fn insert(&self, context: &mut Context) {
        for (name, value) in
            [("site", &self.site), ("masthead", &self.masthead), ("colophon", &self.colophon)]
        {
            context.insert_value(name, value.clone());
        }
    }
}
