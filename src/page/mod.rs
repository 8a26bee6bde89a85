//! What the site contains: the plan of its pages, their addresses, and the view of each.
//!
//! 1. [`plan()`] lists every file of the site, by [`kind`], with its [`address`];
//! 2. [`view()`] makes of one planned page all that its template can see: the [`frame`] that every page has, and the content
//!    of its kind: a [`document`] with its [`source`]s and how to [`cite`] it, a list ([`listing`]), a [`country`] and an
//!    [`organisation`] with what is known of them, the [`world_map`] and what is to be known [`about_index`], what all of
//!    them cite ([`catalogue`]), a [`feed`].
//!
//! A view is made for one page, rendered, and dropped: memory does not grow with the site. What is remembered of it, if
//! anything, is its [`fingerprint`].

pub mod address;
pub mod cite;
pub mod entries;
pub mod fingerprint;
pub mod kind;
pub(crate) mod json;
pub(crate) mod output;
pub mod plan;
pub mod view;
mod about_index;
mod csl;
mod catalogue;
mod country;
mod document;
mod feed;
mod frame;
mod history;
mod json_ld;
mod kept;
mod listing;
mod membership;
mod organisation;
mod period;
mod source;
mod world_map;

pub use address::Address;
pub use entries::Entries;
pub use fingerprint::Fingerprint;
pub use kept::KeptPlan;
pub use kind::{Feed, FeedFormat, GroupKind, Page, Subject};
pub use output::OutputPath;
pub use plan::{Plan, Planned, plan};
pub use view::View;

use crate::brief::Dossier;
use crate::language::{Language, LanguageTag};
use crate::library::{DocumentId, LanguageId, Library};
use crate::project::Project;
use crate::source::ContentPath;
use std::collections::BTreeMap;
use view::{
    Content, CountryLink, DateView, LinkView, RedirectView, RobotsView, SitemapIndexView, SitemapUrl,
    SitemapView,
};

/// Everything known when a page is viewed.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The site as it was read.
    pub project: &'a Project,
    /// All briefs together.
    pub library: &'a Library,
    /// All pages together.
    pub plan: &'a Plan,
    /// The facts of texts that were changed since the library was made.
    pub revised: &'a Revised,
    /// The entries of the feeds, where all of them are made with the pages of their briefs.
    pub entries: Option<&'a Entries>,
}

/// The facts of texts that were changed since a library was made of what they were, by path. Others see the same of them, and
/// only what is made of their words is made anew: see [`Brief::seen`](crate::brief::Brief::seen).
pub type Revised = BTreeMap<ContentPath, Dossier>;

/// What the template of `planned` sees; `None` for a file that is copied as it is.
///
/// # Errors
///
/// When a brief's text was changed since it was analysed.
pub fn view(world: World<'_>, planned: &Planned) -> anyhow::Result<Option<View>> {
    let language = world.language_of(&planned.page);
    let here = Here {
        world,
        address: &planned.address,
        language,
        absolute: matches!(planned.page, Page::NotFound(_)),
    };
    let view = match &planned.page {
        Page::File(_) | Page::Theme(_) => return Ok(None),
        Page::Document(id) => document::view(here, *id)?,
        Page::List { subject, number } => listing::view(here, subject, *number)?,
        Page::Feed(feed, _) => feed::view(here, feed)?,
        Page::NotFound(_) => {
            let title = here.string("not-found-title", &[]);
            here.framed(
                frame::Head { kind: "not-found", title, ..frame::Head::default() },
                Content::NotFound {},
            )
        }
        Page::Redirect(id, _) => redirect(here, *id),
        Page::Sitemap => here.framed(frame::Head::default(), sitemap(here)),
        Page::SitemapPart(part) => {
            here.framed(frame::Head::default(), Content::Sitemap(sitemap_part(here, *part)))
        }
        Page::Robots => {
            let sitemap = Address::new("/sitemap.xml").absolute(here.base());
            here.framed(frame::Head::default(), Content::Robots(RobotsView { sitemap }))
        }
    };
    Ok(Some(view))
}

/// Whether a page shows words of a text that is `among` some: its own page, the feeds it stands in, the page it introduces.
/// Of another page, others see the same in a text as long as its [`Brief::seen`](crate::brief::Brief::seen) is the same.
pub fn shows_words(world: World<'_>, planned: &Planned, among: &dyn Fn(&ContentPath) -> bool) -> bool {
    let library = world.library;
    match &planned.page {
        Page::Document(id) => among(library.document(*id).brief.path()),
        Page::Feed(feed, _) => {
            let newest = feed::newest(library, &world.project.config, feed);
            newest.iter().any(|&id| among(library.document(id).brief.path()))
        }
        Page::List {
            subject: Subject::Country(language, of) | Subject::Organisation(language, of), ..
        } => {
            let introduction = library.introductions.get(&(*language, *of));
            introduction.is_some_and(|introduction| among(introduction.brief.path()))
        }
        _ => false,
    }
}

impl World<'_> {
    fn language_of(&self, page: &Page) -> LanguageId {
        match page {
            Page::Document(id) | Page::Redirect(id, _) => self.library.document(*id).language,
            Page::List { subject, .. } => subject.language(),
            Page::Feed(feed, _) => feed.language,
            Page::NotFound(language) => *language,
            Page::Sitemap | Page::SitemapPart(_) | Page::Robots | Page::File(_) | Page::Theme(_) => {
                LanguageId::MAIN
            }
        }
    }
}

/// The page that is being viewed: from where links start, and in which language words are said.
#[derive(Clone, Copy)]
struct Here<'a> {
    world: World<'a>,
    address: &'a Address,
    language: LanguageId,
    /// Whether links start at the host's root: a server shows the page for what is not found at any address.
    absolute: bool,
}

impl<'a> Here<'a> {
    fn project(&self) -> &'a Project {
        self.world.project
    }

    fn library(&self) -> &'a Library {
        self.world.library
    }

    /// The facts of a file as its text is now.
    fn current(&self, brief: &'a Dossier) -> &'a Dossier {
        self.world.revised.get(brief.path()).unwrap_or(brief)
    }

    fn words(&self) -> &'a Language {
        &self.project().languages[self.language.index()]
    }

    fn tag(&self) -> &'a LanguageTag {
        &self.project().config.languages[self.language.index()].tag
    }

    fn base(&self) -> &'a str {
        self.project().config.base_url.value.as_str()
    }

    /// The link from this page to an address of the site.
    fn link(&self, to: &Address) -> String {
        if self.absolute {
            return to.absolute(self.project().config.base_url.value.path());
        }
        to.relative(self.address, self.project().config.link_style)
    }

    fn link_to(&self, id: DocumentId) -> String {
        self.link(self.world.plan.document(id))
    }

    fn link_to_list(&self, subject: &Subject) -> Option<String> {
        self.world.plan.list(subject).map(|address| self.link(address))
    }

    /// One of the interface's strings in the page's language.
    fn string(&self, key: &str, arguments: &[(&str, &str)]) -> String {
        self.project().theme.string(self.words(), key, arguments)
    }

    /// One of the interface's counts in the page's language: « 12 articles ».
    fn counted(&self, key: &str, count: usize) -> String {
        let strings = self.project().theme.strings.get(self.tag());
        let counted = strings.and_then(|strings| strings.get(key, self.words(), Some(count as u64), &[]));
        counted.unwrap_or_else(|| count.to_string())
    }

    fn date(&self, date: jiff::civil::Date) -> DateView {
        DateView { iso: crate::data::iso(date), text: self.words().date(date) }
    }

    fn country(&self, country: crate::atlas::EntityId, lead: bool) -> CountryLink {
        let entity = self.project().atlas.get(country);
        CountryLink {
            code: entity.key.as_str().into(),
            name: self.project().atlas.name(country, self.tag()).into(),
            url: self.link_to_list(&Subject::Country(self.language, country)).unwrap_or_default(),
            lead,
        }
    }

    fn group(&self, kind: GroupKind, name: &str) -> LinkView {
        let key = crate::language::slug(name);
        let found = kind.of(&self.library().groups[self.language.index()]).get(&key);
        let name = found.map_or(name, |group| &group.name).to_owned();
        let url = self.link_to_list(&Subject::Group(self.language, kind, key)).unwrap_or_default();
        LinkView { name, url }
    }
}

fn redirect(here: Here<'_>, id: DocumentId) -> View {
    let document = here.library().document(id);
    let title = document.brief.front.title_text().to_owned();
    let canonical = here.world.plan.document(id).absolute(here.base());
    let content = Content::Redirect(RedirectView { url: here.link_to(id), title: title.clone() });
    let head = frame::Head { kind: "redirect", title, canonical: Some(canonical), ..frame::Head::default() };
    here.framed(head, content)
}

/// The site map, or the list of its parts where there are any.
fn sitemap(here: Here<'_>) -> Content {
    let parts = here.world.plan.pages.iter().filter(|planned| matches!(planned.page, Page::SitemapPart(_)));
    let parts: Vec<String> = parts.map(|planned| planned.address.absolute(here.base())).collect();
    if parts.is_empty() {
        Content::Sitemap(sitemap_part(here, 1))
    } else {
        Content::SitemapIndex(SitemapIndexView { parts })
    }
}

fn sitemap_part(here: Here<'_>, part: usize) -> SitemapView {
    let mut urls = Vec::new();
    let listed = here.world.plan.pages.iter().filter(|planned| planned.page.is_in_sitemap());
    for planned in listed.skip((part - 1) * plan::SITEMAP_URLS).take(plan::SITEMAP_URLS) {
        let here =
            Here { language: here.world.language_of(&planned.page), address: &planned.address, ..here };
        let (modified, alternates) = match &planned.page {
            Page::Document(id) => {
                (document::modified(here.library().document(*id)), document::alternates(here, *id))
            }
            Page::List { subject, number } => (
                listing::modified(here, subject),
                if *number == 1 { listing::alternates(here, subject) } else { Vec::new() },
            ),
            _ => continue,
        };
        urls.push(SitemapUrl { url: planned.address.absolute(here.base()), modified, alternates });
    }
    SitemapView { urls }
}
