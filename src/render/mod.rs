//! Page to bytes: Markdown to HTML with its notes numbered, templates filled, feeds written.
//!
//! A [`Renderer`] is made once for a site and shared by all threads. Of each page's view it makes what the Markdown in it
//! says, then fills the page's template with both:
//!
//! 1. `body` takes a document's passages through the `writer`, which turns `pieces` of Markdown into HTML; a `sheet` holds
//!    what the passages share, among it the `calls`: their numbers, and the ways back, with which the `notes` are printed. `autolink`, `embed`, `code` and `raw`
//!    each know one thing that text may hold. The notes of sources come printed, by the template of their kind, which mostly is a
//!    `formula` of `parts`, or by the `style` that the site chooses;
//! 2. `templates` fills the page's template, which asks for words through `wording`, for running text through `inline` and
//!    for parts put together through `sentence`; what is wrong with a template becomes a diagnostic in `fault`;
//! 3. `frame` is what many pages have in common, made once for them: the masthead, the colophon;
//! 4. `feed` gives a feed's entries their HTML, once for all feeds and, where it is made at the same time, with the page of the brief;
//!    and writes JSON feeds, which have no template.
//!
//! What is drawn has no template either: `map` and `chart` write it as SVG, `coverage` the map of what the archive covers. A
//! build reads the outlines when the first page asks for a map.
//!
//! Nothing that a writer types can run in a reader's browser, unless the site trusts raw HTML.

mod html;
mod wording;
mod notes;
mod calls;
mod autolink;
mod code;
mod sentence;
mod parts;
mod formula;
mod style;
mod raw;
mod embed;
mod inline;
mod pieces;
mod sheet;
mod writer;
mod body;
mod fault;
mod templates;
mod frame;
mod feed;
mod recent;
mod chart;
mod coverage;
pub mod map;
#[cfg(test)]
mod tests;

pub use body::{Manuscript, Rendered, Style, render_text};
pub use code::Highlighter;
pub use templates::Templates;
pub use wording::Wording;

use crate::diagnostic::Diagnostic;
use crate::language::{Language, LanguageTag};
use crate::page::view::{
    BriefPage, Content, CountryPage, FeedEntry, FeedView, LocatorView, NoteText, RenderedEntry, SharedEntry,
    SourceEntry, SourceView, TextView, View,
};
use crate::page::{FeedFormat, Page, Planned};
use crate::project::Project;
use crate::source::Source;
use frame::Frame;
use recent::Recent;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use style::Stylist;
use tera::{Context, Value};

/// All that turns views into bytes.
#[derive(Debug)]
pub struct Renderer<'a> {
    templates: Templates<'a>,
    /// The words of each language of the site, its own first.
    wordings: Vec<Wording>,
    highlighter: Highlighter,
    /// The style that sources are printed in, where the site chooses one.
    stylist: Option<Stylist>,
    /// What maps are drawn from; read when the first is.
    sheets: LazyLock<map::Sheets>,
    /// What stands round the latest pages.
    frames: Recent<Frame>,
}

impl<'a> Renderer<'a> {
    /// The renderer of a site, and what is wrong with its templates. With an error among that, it renders nothing.
    pub fn new(project: &'a Project) -> (Self, Vec<Diagnostic>) {
        let wording = |tag: &LanguageTag| {
            let strings = project.theme.strings.get(tag).cloned().unwrap_or_default();
            Wording::new(Arc::new(Language::new(tag)), Arc::new(strings))
        };
        let wordings = project.config.languages.iter().map(|language| wording(&language.tag)).collect();
        let (renderer, mut diagnostics) = Self::with(&project.theme.templates, wordings);
        let stylist = Stylist::of(project).unwrap_or_else(|refusal| {
            diagnostics.push(*refusal);
            None
        });
        (Self { stylist, ..renderer }, diagnostics)
    }

    /// What the site's style has made of sources, to be kept for the next build; nothing where it has none.
    pub fn styled(&self) -> Option<String> {
        self.stylist.as_ref().map(Stylist::remembered)
    }

    /// The renderer of a site with these templates by name, and these languages, its own first.
    pub fn with(templates: &'a BTreeMap<String, Source>, wordings: Vec<Wording>) -> (Self, Vec<Diagnostic>) {
        let (templates, diagnostics) = Templates::new(templates, &wordings);
        let sheets = LazyLock::new(map::Sheets::world as fn() -> map::Sheets);
        let highlighter = Highlighter::default();
        let frames = Recent::default();
        (Self { templates, wordings, highlighter, stylist: None, sheets, frames }, diagnostics)
    }

    /// The bytes of a page.
    ///
    /// # Errors
    ///
    /// When its template is mistaken; the diagnostic names the page.
    pub fn render(&self, view: &View, planned: &Planned) -> Result<Vec<u8>, Box<Diagnostic>> {
        let format = match planned.page {
            Page::Feed(_, format) => format,
            _ => FeedFormat::Atom,
        };
        self.render_at(view, format, planned.address.as_str())
    }

    fn render_at(&self, view: &View, format: FeedFormat, address: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        if let (Content::Feed(feed), FeedFormat::Json) = (&view.content, format) {
            return Ok(feed::json(feed, &view.frame, &self.entries(feed, address)?));
        }
        let template = template(&view.content);
        let context = self.context(view, template, address)?;
        self.templates.fill(template, &view.frame.page.language, &context, address)
    }

    /// A feed's entries, and what is made of each: of those that were shown before, what was made then.
    fn entries<'f>(&self, feed: &'f FeedView, address: &str) -> Result<Vec<Printed<'f>>, Box<Diagnostic>> {
        let printed = |shared: &'f Arc<SharedEntry>| {
            let entry: &FeedEntry = &shared.entry;
            if let Some(rendered) = shared.rendered.get() {
                return Ok((entry, rendered));
            }
            let [rendered] = self.text(&entry.text, &entry.language, [feed_style(entry)], address)?;
            Ok((entry, self.remember(shared, &rendered)))
        };
        feed.entries.iter().map(printed).collect()
    }

    fn remember<'e>(&self, shared: &'e SharedEntry, rendered: &Rendered) -> &'e RenderedEntry {
        let entry = &shared.entry;
        shared.rendered.get_or_init(|| feed::entry(entry, rendered, self.wording(&entry.language)))
    }

    /// What the page of a brief shows of its Markdown; and what feeds show of it, if they are still to be made.
    fn brief(&self, page: &BriefPage, address: &str) -> Result<Rendered, Box<Diagnostic>> {
        let (text, language) = (&page.brief.text, &page.brief.language);
        let awaited = page.entry.as_deref().filter(|shared| shared.rendered.get().is_none());
        let Some(shared) = awaited else {
            let [rendered] = self.text(text, language, [Style::Page], address)?;
            return Ok(rendered);
        };
        let styles = [Style::Page, feed_style(&shared.entry)];
        let [rendered, in_feed] = self.text(text, language, styles, address)?;
        self.remember(shared, &in_feed);
        Ok(rendered)
    }

    /// What is made of a document's Markdown for each of these, its sources printed by their templates.
    fn text<const N: usize>(
        &self,
        text: &TextView,
        language: &LanguageTag,
        styles: [Style<'_>; N],
        address: &str,
    ) -> Result<[Rendered; N], Box<Diagnostic>> {
        let print = |source| self.source(source, language, address);
        let sources = text.notes.iter().map(|note| note.source.as_ref().map(print).transpose());
        let manuscript = Manuscript { text, sources: sources.collect::<Result<_, _>>()? };
        Ok(render_text(manuscript, self.wording(language), styles, &self.highlighter))
    }

    /// A source as the site prints it, HTML.
    fn source(
        &self,
        source: &SourceView,
        language: &LanguageTag,
        address: &str,
    ) -> Result<String, Box<Diagnostic>> {
        let styled = self.stylist.as_ref().and_then(|stylist| stylist.note(source, language));
        self.templates.source(source, styled, language, address)
    }

    /// A source as a page that lists it prints it.
    fn reference(&self, source: &SourceView, view: &View, address: &str) -> Result<Value, Box<Diagnostic>> {
        self.source(source, &view.frame.page.language, address).map(|html| Value::safe_string(&html))
    }

    fn wording(&self, language: &LanguageTag) -> &Wording {
        let found = self.wordings.iter().find(|wording| wording.tag() == language);
        let Some(wording) = found.or(self.wordings.first()) else { unreachable!("a site has a language") };
        wording
    }

    /// Gives the template of a country what is drawn of it.
    fn draw(&self, context: &mut Context, page: &CountryPage) {
        let maps = page.facts.iter().flat_map(|facts| &facts.maps);
        let map = maps.filter_map(|map| self.locator(map)).next();
        let history = page.facts.as_ref().and_then(|facts| facts.history.as_ref());
        let chart = history.map(|history| chart::chart(history, "chart-"));
        for (name, svg) in [("map", map), ("chart", chart)] {
            context.insert_value(name, Value::safe_string(&svg.unwrap_or_default()));
        }
    }

    fn locator(&self, map: &LocatorView) -> Option<String> {
        let caption = map::Caption { prefix: "map-", title: &map.title, description: &map.description };
        self.sheets.locator(map::Locator { key: &map.key, caption })
    }

    /// What stands round the page: of one that shows the publication as another does, what was made for that.
    fn frame(&self, view: &View, address: &str) -> Result<Arc<Frame>, Box<Diagnostic>> {
        let of = (&view.frame.site, &view.frame.page.language, frame::is_front(view), frame::is_bare(view));
        self.frames.of(&of, || Frame::of(view, &self.templates, address))
    }

    /// What the template sees: the view, and what its Markdown says.
    fn context(&self, view: &View, template: &str, address: &str) -> Result<Context, Box<Diagnostic>> {
        let context = Context::from_serialize(&view.content);
        let mut context =
            context.map_err(|error| Box::new(self.templates.fault(&error, template, address)))?;
        context.insert("page", &view.frame.page);
        self.frame(view, address)?.insert(&mut context);
        let language = &view.frame.page.language;
        let text: Option<&TextView> = match &view.content {
            Content::Brief(page) => {
                let rendered = self.brief(page, address)?;
                insert(&mut context, &rendered, &page.brief.text.notes, self.wording(language));
                return Ok(context);
            }
            Content::StandAlone(page) => Some(&page.document.text),
            Content::Countries(page) => {
                let map = page.map.as_ref().map(|map| coverage::map(&self.sheets, map));
                context.insert_value("world_map", Value::safe_string(&map.unwrap_or_default()));
                return Ok(context);
            }
            Content::Country(page) => {
                self.draw(&mut context, page);
                page.introduction.as_ref()
            }
            Content::Organisation(page) => page.introduction.as_ref(),
            Content::Publisher(page) => {
                let print = |entry: &SourceEntry| self.reference(&entry.source, view, address);
                let references = page.sources.iter().map(print).collect::<Result<Vec<_>, _>>()?;
                context.insert("references", &references);
                return Ok(context);
            }
            Content::Source(page) => {
                context.insert_value("reference", self.reference(&page.source, view, address)?);
                return Ok(context);
            }
            Content::Feed(feed) => {
                let entries = self.entries(feed, address)?;
                let values = entries.into_iter().map(|(entry, rendered)| feed::value(entry, rendered));
                context.insert("entries", &values.collect::<Vec<_>>());
                return Ok(context);
            }
            _ => return Ok(context),
        };
        let rendered = text.map(|text| self.text(text, language, [Style::Page], address)).transpose()?;
        let [rendered] = rendered.unwrap_or_default();
        let notes = text.map_or(&[][..], |text| &text.notes);
        insert(&mut context, &rendered, notes, self.wording(language));
        Ok(context)
    }
}

/// An entry of a feed, and what is made of it.
type Printed<'f> = (&'f FeedEntry, &'f RenderedEntry);

/// How an entry is written.
fn feed_style(entry: &FeedEntry) -> Style<'_> {
    Style::Feed { prefix: &entry.prefix, base: &entry.url }
}

/// The template that shows a page.
fn template(content: &Content) -> &'static str {
    match content {
        Content::Home(_) => "home.html",
        Content::Brief(_) => "brief.html",
        Content::StandAlone(_) => "page.html",
        Content::Countries(_) => "countries.html",
        Content::Country(_) => "country.html",
        Content::AboutIndex(_) => "about-index.html",
        Content::Organisations(_) => "organisations.html",
        Content::Organisation(_) => "organisation.html",
        Content::Groups(_) => "groups.html",
        Content::Group(_) => "group.html",
        Content::Sources(_) => "sources.html",
        Content::Publisher(_) => "publisher.html",
        Content::Source(_) => "source.html",
        Content::Archive(_) => "archive.html",
        Content::Period(_) => "period.html",
        Content::NotFound {} => "404.html",
        Content::Redirect(_) => "redirect.html",
        Content::Feed(_) => "atom.xml",
        Content::Sitemap(_) => "sitemap.xml",
        Content::SitemapIndex(_) => "sitemap-index.xml",
        Content::Robots(_) => "robots.txt",
    }
}

/// Gives the template what was made of Markdown. HTML is marked as such, and not escaped again.
fn insert(context: &mut Context, rendered: &Rendered, notes: &[NoteText], wording: &Wording) {
    #[derive(Serialize)]
    struct Correction<'a> {
        date: &'a crate::page::view::DateView,
        html: Value,
    }
    let parts = [
        ("summary", rendered.summary.as_str()),
        ("content", rendered.content.trim()),
        ("caption", &rendered.caption),
        ("credit", &rendered.credit),
        ("notes", &notes::items(&rendered.notes, notes, wording)),
        ("note_anchors", &notes::anchors(&rendered.notes)),
    ];
    for (name, html) in parts {
        context.insert_value(name, Value::safe_string(html));
    }
    let corrections = rendered
        .corrections
        .iter()
        .map(|correction| Correction { date: &correction.date, html: Value::safe_string(&correction.html) });
    context.insert("corrections", &corrections.collect::<Vec<_>>());
}
