//! Every file the site will have: an address, and what stands there. A list, not bytes.

use super::address::Address;
use super::kind::{Feed, FeedFormat, GroupKind, Page, Subject};
use super::output::OutputPath;
use super::{catalogue, period};
use crate::atlas::{Atlas, EntityId};
use crate::brief::Brief;
use crate::config::{Config, Filling, Permalinks, Route};
use crate::data::in_message;
use crate::diagnostic::{Diagnostic, Guesses, code};
use crate::language::{LanguageTag, slug};
use crate::library::{Document, DocumentId, LanguageId, Leads, Library, Record};
use crate::project::Project;
use crate::source::{ContentPath, Place, Span};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The pages of a site, in the order they are written, and where each document and list is found.
#[derive(Debug)]
pub struct Plan {
    /// Every file, files copied as they are before pages that may show them.
    pub pages: Vec<Planned>,
    pub(super) documents: Vec<Address>,
    pub(super) lists: FxHashMap<Subject, Address>,
    pub(super) files: BTreeSet<Address>,
    pub(super) menu: Vec<MenuTarget>,
    /// The site's main parts in each language: the key of their title, and where they stand.
    pub(super) main: Vec<Vec<(&'static str, Address)>>,
}

/// One file of the site.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Unplaced")]
pub struct Planned {
    /// Where it stands.
    pub address: Address,
    /// Its place in the output, which follows from where it stands.
    #[serde(skip_serializing)]
    pub output: OutputPath,
    /// What stands there.
    pub page: Page,
}

/// What is kept of a file of the site.
#[derive(Deserialize)]
struct Unplaced {
    address: Address,
    page: Page,
}

impl TryFrom<Unplaced> for Planned {
    type Error = &'static str;

    fn try_from(Unplaced { address, page }: Unplaced) -> Result<Self, Self::Error> {
        let output = OutputPath::new(&address.file()).ok_or("an address that has no place in an output")?;
        Ok(Self { address, output, page })
    }
}

/// How many addresses one file of a site map holds. sitemaps.org allows 50,000; a file is made in one piece, and takes a kilobyte
/// of memory for each.
pub const SITEMAP_URLS: usize = 10_000;

/// Where a part of a large site map stands.
pub fn sitemap_part(part: usize) -> Address {
    Address::new(format!("/sitemap-{part}.xml"))
}

/// Where an entry of the menu leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MenuTarget {
    /// To a page of the site.
    Here(Address),
    /// To another site.
    Elsewhere,
    /// To a page the site does not have.
    Nowhere,
}

/// Plans the site.
pub fn plan(library: &Library, project: &Project) -> (Plan, Vec<Diagnostic>) {
    let mut planning = Planning {
        library,
        project,
        planned: Vec::new(),
        diagnostics: Vec::new(),
        lists: FxHashMap::default(),
    };
    planning.files();
    let documents = planning.documents();
    for language in LanguageId::all(&project.config) {
        planning.language(language);
    }
    planning.whole_site();
    planning.redirects(&documents);
    let pages = planning.settle();
    let Planning { mut diagnostics, lists, .. } = planning;
    let files = pages.iter().map(|planned| planned.address.clone()).collect();
    let menu = project.config.menu.iter();
    let menu = menu.map(|entry| menu_target(&entry.url.value, library, &documents, &files)).collect();
    let main = main_parts(&project.config, &lists);
    let plan = Plan { pages, documents, lists, files, menu, main };
    diagnostics.extend(plan.check_addresses(library));
    diagnostics.extend(plan.check_menu(&project.config));
    (plan, diagnostics)
}

impl Plan {
    /// Where a document stands.
    pub fn document(&self, id: DocumentId) -> &Address {
        &self.documents[id.index()]
    }

    /// Where the first page of a list stands, if the site has that list.
    pub fn list(&self, subject: &Subject) -> Option<&Address> {
        self.lists.get(subject)
    }

    /// The address that a link to `path` leads to: the path itself, or with the slash that it lacks.
    pub fn find(&self, path: &str) -> Option<Address> {
        find(&self.files, path)
    }

    /// Whether every link to an address of the site leads somewhere, and to an anchor that is there if it is a document's.
    fn check_addresses(&self, library: &Library) -> Vec<Diagnostic> {
        let documents = library.documents.iter().map(|document| (&document.brief, &document.links));
        let introductions = library.introductions.values().map(|found| (&found.brief, &found.links));
        // Few sites link by address: what it takes is made when the first link does.
        let at: LazyCell<BTreeMap<&Address, &Document>, _> =
            LazyCell::new(|| self.documents.iter().zip(&library.documents).collect());
        let guesses = Guesses::default();
        let mut diagnostics = Vec::new();
        for (brief, links) in documents.chain(introductions) {
            for (leads, (passage, written)) in links.iter().zip(brief.links()) {
                let Leads::Address(found) = leads else { continue };
                let (path, fragment) = (&found.path, &found.fragment);
                let place = brief.place(passage, written.pointed_at());
                let Some(address) = self.find(path) else {
                    diagnostics.push(self.nowhere(path, place, &guesses));
                    continue;
                };
                let brief = at.get(&address).map(|document| &document.brief);
                if let Some(brief) = brief.filter(|brief| !brief.has_anchor(fragment)) {
                    diagnostics.push(no_anchor(place, brief, fragment));
                }
            }
        }
        diagnostics
    }

    /// Where each entry of the menu leads.
    pub fn menu(&self) -> &[MenuTarget] {
        &self.menu
    }

    /// The main parts that the site has in a language: the key of the title of each, and where it stands.
    pub fn main(&self, language: LanguageId) -> &[(&'static str, Address)] {
        &self.main[language.index()]
    }

    fn check_menu(&self, config: &Config) -> Vec<Diagnostic> {
        let lost = config.menu.iter().zip(&self.menu).filter(|(_, target)| **target == MenuTarget::Nowhere);
        let guesses = Guesses::default();
        lost.map(|(entry, _)| self.nowhere(&entry.url.value, config.place(entry.url.span), &guesses))
            .collect()
    }

    fn nowhere(&self, path: &str, place: Place, guesses: &Guesses) -> Diagnostic {
        let problem = Diagnostic::new(&code::BROKEN_LINK, place, format!("the site has no page at `{path}`"))
            .label("nothing there");
        match guesses.nearest("", path, self.files.iter().map(Address::as_str)) {
            Some(found) => problem.help(format!("did you mean `{found}`?")),
            None => problem.help(
                "link to a brief by its file, `[…](../2023/brief.md)`: that is checked and never goes stale",
            ),
        }
    }
}

fn no_anchor(place: Place, brief: &Brief, fragment: &str) -> Diagnostic {
    let message = format!("`{}` has no heading `#{fragment}`", brief.path);
    let problem = Diagnostic::new(&code::BROKEN_ANCHOR, place, message).label("no such anchor");
    let headings = brief.body().headings.iter().map(|heading| &*heading.id);
    match crate::diagnostic::nearest(fragment, headings) {
        Some(found) => problem.help(format!("did you mean `#{found}`?")),
        None => problem.help("link to the page as a whole, or to one of its headings"),
    }
}

fn find(files: &BTreeSet<Address>, path: &str) -> Option<Address> {
    let address = Address::new(path);
    let slashed = Address::new(format!("{}/", path.trim_end_matches('/')));
    let indexed = path.strip_suffix("index.html").map(Address::new);
    [Some(address), Some(slashed), indexed].into_iter().flatten().find(|address| files.contains(address))
}

pub(super) fn main_parts(
    config: &Config,
    lists: &FxHashMap<Subject, Address>,
) -> Vec<Vec<(&'static str, Address)>> {
    let parts = |language| {
        let parts = [
            ("countries", Subject::Countries(language)),
            ("organisations", Subject::Organisations(language)),
            ("topics", Subject::Groups(language, GroupKind::Topic)),
            ("all-series", Subject::Groups(language, GroupKind::Series)),
            ("authors", Subject::Groups(language, GroupKind::Author)),
            ("sources", Subject::Sources(language)),
            ("archive", Subject::Archive(language)),
        ];
        parts.into_iter().filter_map(|(key, subject)| Some((key, lists.get(&subject)?.clone()))).collect()
    };
    LanguageId::all(config).map(parts).collect()
}

/// Where an entry of the menu leads: to an address of the site, to a document's file, or to another site.
fn menu_target(url: &str, library: &Library, documents: &[Address], files: &BTreeSet<Address>) -> MenuTarget {
    if url.contains(':') || url.starts_with("//") {
        return MenuTarget::Elsewhere;
    }
    let found = if ContentPath::new(url).is_some_and(|path| path.is_text()) {
        let paths = [ContentPath::new(url), ContentPath::new(&format!("content/{url}"))];
        let is_it = |document: &Document| paths.iter().flatten().any(|path| *path == document.brief.path);
        library.documents.iter().position(is_it).map(|index| documents[index].clone())
    } else {
        find(files, url)
    };
    found.map_or(MenuTarget::Nowhere, MenuTarget::Here)
}

/// A plan in the making.
struct Planning<'a> {
    library: &'a Library,
    project: &'a Project,
    planned: Vec<(Address, Page)>,
    lists: FxHashMap<Subject, Address>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Planning<'a> {
    fn config(&self) -> &'a Config {
        &self.project.config
    }

    fn permalinks(&self, language: LanguageId) -> &'a Permalinks {
        &self.config().languages[language.index()].permalinks
    }

    fn add(&mut self, address: Address, page: Page) {
        self.planned.push((address, page));
    }

    /// What is copied as it is.
    fn files(&mut self) {
        for name in self.project.theme.assets.keys() {
            if !self.project.statics.contains(&in_static(name)) {
                self.add(Address::new(name.as_str()), Page::Theme(name.clone()));
            }
        }
        for path in &self.project.statics {
            if let Some(name) = path.below("static") {
                self.add(Address::new(name), Page::File(path.clone()));
            }
        }
        for path in &self.library.assets {
            self.add(asset_address(path), Page::File(path.clone()));
        }
    }

    fn documents(&mut self) -> Vec<Address> {
        let addresses: Vec<Address> =
            self.library.documents.iter().map(|document| self.document_address(document)).collect();
        for ((id, _), address) in self.library.iter().zip(&addresses) {
            self.planned.push((address.clone(), Page::Document(id)));
        }
        addresses
    }

    fn document_address(&self, document: &Document) -> Address {
        Address::new(document.address(self.config()))
    }

    /// The lists, archives and feeds of one language.
    fn language(&mut self, language: LanguageId) {
        let links = self.permalinks(language);
        let groups = &self.library.groups[language.index()];
        let home = Address::new(self.config().languages[language.index()].home.as_str());
        let whole = Subject::Home(language);
        self.feeds(&home, &Feed { language, country: None });
        self.paginated(whole, home.clone(), groups.all.len());
        self.add(home.below("404.html"), Page::NotFound(language));

        self.index(Subject::Countries(language), named(links, Route::Countries, ""));
        self.index(Subject::AboutIndex(language), named(links, Route::AboutIndex, ""));
        let names = self.slugs(language, groups.countries.keys().copied(), Atlas::name);
        for (&country, briefs) in &groups.countries {
            let name = &names[&country];
            let address = named(links, Route::Country, name);
            self.feeds(&address, &Feed { language, country: Some(country) });
            self.paginated(Subject::Country(language, country), address, briefs.len());
        }
        self.organisations(language);
        let kinds = [
            (GroupKind::Topic, Route::Topics, Route::Topic),
            (GroupKind::Author, Route::Authors, Route::Author),
            (GroupKind::Series, Route::SeriesIndex, Route::Series),
        ];
        for (kind, index, each) in kinds {
            let groups = kind.of(groups);
            if !groups.is_empty() {
                self.index(Subject::Groups(language, kind), named(links, index, ""));
            }
            for (key, group) in groups {
                let address = named(links, each, key);
                self.paginated(Subject::Group(language, kind, key.clone()), address, group.briefs.len());
            }
        }
        self.sources(language);
        self.archive(language);
    }

    /// The index of organisations, if there is any, and the page of each.
    fn organisations(&mut self, language: LanguageId) {
        let (links, groups) = (self.permalinks(language), &self.library.groups[language.index()]);
        let organisations = groups.with_page(self.project);
        if organisations.is_empty() {
            return;
        }
        self.index(Subject::Organisations(language), named(links, Route::Organisations, ""));
        let slugs = self.slugs(language, organisations.into_iter(), Atlas::short_name);
        for (organisation, slug) in slugs {
            let briefs = groups.declaring(organisation).len() + groups.mentioning(organisation).len();
            let address = named(links, Route::Organisation, &slug);
            self.paginated(Subject::Organisation(language, organisation), address, briefs);
        }
    }

    /// What the documents of one language cite, by publisher, and the sources that several of them cite.
    fn sources(&mut self, language: LanguageId) {
        let (library, links) = (self.library, self.permalinks(language));
        let cited = &library.catalogues[language.index()];
        if cited.publishers.is_empty() {
            return;
        }
        self.index(Subject::Sources(language), named(links, Route::Sources, ""));
        let words = &self.project.languages[language.index()];
        let nameless = self.project.theme.string(words, "no-publisher", &[]);
        for (&publisher, shelf) in &cited.publishers {
            let slug = catalogue::publisher_slug(library.publishers.get(publisher), &nameless);
            let address = named(links, Route::Publisher, &slug);
            self.paginated(Subject::Publisher(language, publisher), address, shelf.sources.len());
        }
        for (&source, citations) in &cited.repeated {
            let slug = catalogue::source_slug(library, self.project, language, source);
            let address = named(links, Route::Source, &slug);
            self.paginated(Subject::Source(language, source), address, citations.len());
        }
    }

    /// What each of these is called in its address: its name in the page's language, or its key where another's is alike.
    fn slugs(
        &self,
        language: LanguageId,
        entities: impl Iterator<Item = EntityId>,
        name: for<'n> fn(&'n Atlas, EntityId, &LanguageTag) -> &'n str,
    ) -> BTreeMap<EntityId, String> {
        let tag = &self.config().languages[language.index()].tag;
        let mut names: BTreeMap<EntityId, String> =
            entities.map(|entity| (entity, slug(name(&self.project.atlas, entity, tag)))).collect();
        let mut shared: BTreeMap<String, usize> = BTreeMap::new();
        for name in names.values() {
            *shared.entry(name.clone()).or_default() += 1;
        }
        for (&entity, name) in &mut names {
            if name.is_empty() || shared.get(name).is_some_and(|&count| count > 1) {
                *name = slug(self.project.atlas.get(entity).key.as_str());
            }
        }
        names
    }

    fn index(&mut self, subject: Subject, address: Address) {
        self.lists.insert(subject.clone(), address.clone());
        self.add(address, Page::List { subject, number: 1 });
    }

    fn paginated(&mut self, subject: Subject, address: Address, entries: usize) {
        let pages = entries.div_ceil(self.config().per_page).max(1);
        for number in 1..=pages {
            let address = numbered(self.permalinks(subject.language()), &address, number);
            self.add(address, Page::List { subject: subject.clone(), number });
        }
        self.lists.insert(subject, address);
    }

    fn feeds(&mut self, address: &Address, feed: &Feed) {
        for format in [FeedFormat::Atom, FeedFormat::Json] {
            self.add(address.below(format.file_name()), Page::Feed(feed.clone(), format));
        }
    }

    fn archive(&mut self, language: LanguageId) {
        let links = self.permalinks(language);
        let briefs = self.library.timeline(language);
        let days = briefs.iter().filter_map(|&id| self.library.document(id).date);
        let months: BTreeSet<(i16, i8)> = days.map(|date| (date.year(), date.month())).collect();
        self.index(Subject::Archive(language), named(links, Route::Archive, ""));
        for year in months.iter().map(|(year, _)| *year).collect::<BTreeSet<_>>() {
            self.index(Subject::Year(language, year), dated(links, Route::ArchiveYear, year, 1));
        }
        for (year, month) in months {
            let count = period::within(self.library, language, year, Some(month)).len();
            let address = dated(links, Route::ArchiveMonth, year, month);
            self.paginated(Subject::Month(language, year, month), address, count);
        }
    }

    fn whole_site(&mut self) {
        let listed = self.planned.iter().filter(|(_, page)| page.is_in_sitemap()).count();
        self.add(Address::new("/sitemap.xml"), Page::Sitemap);
        if listed > SITEMAP_URLS {
            for part in 1..=listed.div_ceil(SITEMAP_URLS) {
                self.add(sitemap_part(part), Page::SitemapPart(part));
            }
        }
        self.add(Address::new("/robots.txt"), Page::Robots);
    }

    fn redirects(&mut self, documents: &[Address]) {
        // Oldest first, for of two that claim one address the newer is told.
        for (id, document) in self.library.iter().rev() {
            for (index, alias) in document.brief.front.aliases.iter().enumerate() {
                let address = alias_address(&alias.value);
                if address != documents[id.index()] {
                    self.add(address, Page::Redirect(id, index));
                }
            }
        }
    }

    /// Puts aside whatever can't stand where it wants to, each with a diagnostic, and gives the rest.
    fn settle(&mut self) -> Vec<Planned> {
        let mut taken: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        let mut settled: Vec<Planned> = Vec::with_capacity(self.planned.len());
        for (address, page) in std::mem::take(&mut self.planned) {
            let Some(output) = OutputPath::new(&address.file()) else {
                self.diagnostics.push(self.no_address(&address, &page));
                continue;
            };
            // What differs by case alone is one file on many systems.
            let key = output.folded();
            match taken.get(&key) {
                Some(&first) => self.clash(&settled[first], &address, &page),
                None => {
                    taken.insert(key, settled.len());
                    settled.push(Planned { address, output, page });
                }
            }
        }
        self.files_under_files(&settled, &taken);
        settled
    }

    fn no_address(&self, address: &Address, page: &Page) -> Diagnostic {
        let problem = |message| Diagnostic::new(&code::BAD_ADDRESS, self.owner(page), message);
        match page {
            Page::Document(id) if self.library.document(*id).slug.is_empty() => {
                let message = "the file's name has no letter or digit to make an address of".to_owned();
                problem(message).help("add a `slug`, such as `slug = \"sommet\"`")
            }
            _ => problem(format!("`{address}` can't be an address")).help(
                "an address has no `..`, no control character, and nothing Windows refuses in a file's name",
            ),
        }
    }

    /// A file can't stand where a folder must, `/a` and `/a/b`: told once for each such file.
    fn files_under_files(&mut self, settled: &[Planned], taken: &BTreeMap<Arc<str>, usize>) {
        let mut told = BTreeSet::new();
        for planned in settled {
            let path = planned.output.folded();
            let above = path.match_indices('/').filter_map(|(slash, _)| taken.get(&path[..slash])).next();
            let Some(&above) = above.filter(|&&above| told.insert(above)) else { continue };
            let file = &settled[above];
            let message = format!(
                "{} stands at `{}`, where {} needs a folder",
                self.describe(&file.page),
                file.address,
                self.describe(&planned.page)
            );
            let (owner, other) = self.owners(&file.page, &planned.page);
            let problem = Diagnostic::new(&code::ADDRESS_CLASH, owner, message);
            self.diagnostics.push(with_other(problem, other).help("give the file another name"));
        }
    }

    /// The place that is to be changed and the other one: the complaint goes to the file that chose its address, if either
    /// did, and to that of `page` if both did.
    fn owners(&self, page: &Page, other: &Page) -> (Place, Place) {
        match (self.owner(page), self.owner(other)) {
            (own, other) if own.path.as_str() == "site.toml" => (other, own),
            places => places,
        }
    }

    fn clash(&mut self, first: &Planned, address: &Address, page: &Page) {
        if let (Page::Document(one), Page::Document(other)) = (&first.page, page)
            && self.library.document(*one).slug == self.library.document(*other).slug
        {
            let (newer, older) =
                (self.library.document(*one.min(other)), self.library.document(*one.max(other)));
            if !newer.is_in_its_language(self.config()) || !older.is_in_its_language(self.config()) {
                return;
            }
            // The newer brief is told: the older one's address is known.
            let (told, known) = if newer.date.is_some() {
                (one.min(other), one.max(other))
            } else {
                (one.max(other), one.min(other))
            };
            let slug = &self.library.document(*one).slug;
            let message = format!("two files have the slug `{slug}`, and so the address `{address}`");
            let problem = Diagnostic::new(&code::DUPLICATE_SLUG, self.owner(&Page::Document(*told)), message)
                .related(self.owner(&Page::Document(*known)), "the other one")
                .help("give one of them another `slug`, or have the year in addresses: see `[permalinks]`");
            self.diagnostics.push(problem);
            return;
        }
        let (one, other) = (self.describe(&first.page), self.describe(page));
        let message = if *address == first.address {
            format!("`{address}` is the address of {one} and of {other}")
        } else {
            format!(
                "`{}`, the address of {one}, and `{address}`, that of {other}, differ by capitals alone",
                first.address
            )
        };
        let (owner, other) = self.owners(page, &first.page);
        let problem = with_other(Diagnostic::new(&code::ADDRESS_CLASH, owner, message), other);
        self.diagnostics.push(
            problem
                .help("give the file another `slug` or `aliases`, or set another permalink in `site.toml`"),
        );
    }

    /// The place in a writer's file that decides where a page stands.
    fn owner(&self, page: &Page) -> Place {
        let of = |id: DocumentId| {
            let brief = &self.library.document(id).brief;
            let span = brief.front.slug.as_ref().map(|slug| slug.span).unwrap_or_default();
            Place { path: brief.path.clone(), span }
        };
        match page {
            Page::Document(id) => of(*id),
            Page::Redirect(id, index) => {
                let brief = &self.library.document(*id).brief;
                let span = brief.front.aliases.get(*index).map(|alias| alias.span).unwrap_or_default();
                Place { path: brief.path.clone(), span }
            }
            Page::File(path) => Place { path: path.clone(), span: Span::default() },
            Page::List { subject: Subject::Source(language, source), .. } => {
                self.record_place(self.library.record(*source, *language))
            }
            Page::List { subject: Subject::Group(language, kind, key), .. } => self
                .group_place(*language, *kind, key)
                .unwrap_or_else(|| self.config().place(Span::default())),
            _ => self.config().place(Span::default()),
        }
    }

    fn group_place(&self, language: LanguageId, kind: GroupKind, key: &str) -> Option<Place> {
        let group = kind.of(&self.library.groups[language.index()]).get(key)?;
        Some(self.library.document(*group.briefs.first()?).brief.start())
    }

    fn record_place(&self, record: Record) -> Place {
        match record {
            Record::Shared(entry) => self.project.bibliography.entries()[entry].place(),
            Record::Note(document, note) => {
                let brief = &self.library.document(document).brief;
                brief.note_place(brief.notes.called[note].origin)
            }
        }
    }

    fn describe(&self, page: &Page) -> String {
        match page {
            Page::Document(id) => format!("`{}`", self.library.document(*id).brief.path),
            Page::Redirect(id, _) => format!("an alias of `{}`", self.library.document(*id).brief.path),
            Page::File(path) => format!("the file `{path}`"),
            Page::Theme(name) => format!("the theme's file `{name}`"),
            Page::List { subject, .. } => match subject {
                Subject::Home(_) => "the home page".to_owned(),
                Subject::Countries(_) => "the index of countries".to_owned(),
                Subject::AboutIndex(_) => "the page about the index".to_owned(),
                Subject::Country(_, country) => {
                    let tag = &self.config().languages[0].tag;
                    format!("the page of the country `{}`", self.project.atlas.name(*country, tag))
                }
                Subject::Organisations(_) => "the index of organisations".to_owned(),
                Subject::Organisation(_, organisation) => {
                    let tag = &self.config().languages[0].tag;
                    format!(
                        "the page of the organisation `{}`",
                        self.project.atlas.short_name(*organisation, tag)
                    )
                }
                Subject::Groups(_, kind) => format!("the index of {}", kind.plural()),
                Subject::Group(_, kind, key) => format!("the page of the {} `{key}`", kind.singular()),
                Subject::Sources(_) => "the index of sources".to_owned(),
                Subject::Publisher(_, publisher) => {
                    let name = self.library.publishers.get(*publisher).name.as_deref();
                    format!("the page of the publisher {}", in_message(name.unwrap_or_default()))
                }
                Subject::Source(language, source) => {
                    let record = self.library.record(*source, *language);
                    let reference = record.reference(&self.library.documents, &self.project.bibliography);
                    format!("the page of the source {}", in_message(&reference.title.value))
                }
                Subject::Archive(_) | Subject::Year(..) | Subject::Month(..) => {
                    "a page of the archive".to_owned()
                }
            },
            Page::Feed(..) => "a feed".to_owned(),
            Page::NotFound(_) => "the page for what is not found".to_owned(),
            Page::Sitemap | Page::SitemapPart(_) => "the site map".to_owned(),
            Page::Robots => "`robots.txt`".to_owned(),
        }
    }
}

/// The address that an alias stands for: a folder, unless its last part has an ending.
fn alias_address(alias: &str) -> Address {
    match alias.rsplit('/').next() {
        Some(last) if last.contains('.') => Address::new(alias),
        _ => Address::new(format!("{}/", alias.trim_end_matches('/'))),
    }
}

/// The same, with the other place that has a part in it, unless that is the settings and the complaint's own place is not.
fn with_other(problem: Diagnostic, other: Place) -> Diagnostic {
    let is_settings = |place: &Place| place.path.as_str() == "site.toml";
    if is_settings(&other) && !is_settings(&problem.place) {
        problem
    } else {
        problem.related(other, "the other one")
    }
}

/// The address of the n-th page of a list.
pub fn numbered(permalinks: &Permalinks, first: &Address, number: usize) -> Address {
    if number == 1 {
        return first.clone();
    }
    first.below(&permalinks.get(Route::Pagination).fill(&Filling { number, ..Filling::default() }))
}

fn filled(permalinks: &Permalinks, route: Route, filling: &Filling<'_>) -> Address {
    Address::new(permalinks.get(route).fill(filling))
}

fn named(permalinks: &Permalinks, route: Route, slug: &str) -> Address {
    filled(permalinks, route, &Filling { slug, ..Filling::default() })
}

fn dated(permalinks: &Permalinks, route: Route, year: i16, month: i8) -> Address {
    let date = Date::new(year, month, 1).unwrap_or_default();
    filled(permalinks, route, &Filling { date, ..Filling::default() })
}

/// Where a file of `content/` is copied: as it stands there.
pub fn asset_address(path: &ContentPath) -> Address {
    Address::new(path.below("content").unwrap_or(path.as_str()))
}

fn in_static(name: &str) -> ContentPath {
    let Some(path) = ContentPath::new(&format!("static/{name}")) else {
        unreachable!("the theme's names are paths")
    };
    path
}
