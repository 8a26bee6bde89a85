//! Links between files: what each leads to, and who is cited by whom.

use super::{Document, DocumentId, Introduction, LanguageId, Library, Withheld, Withholding};
use crate::atlas::{Atlas, EntityId, Lookup};
use crate::brief::link::{NO_ENTITY, percent_encoded};
use crate::brief::{Brief, KeptLink, KeptSentence, LinkKind, Note, Passage, Target};
use crate::diagnostic::{Diagnostic, Fix, Guesses, code};
use crate::language::{LanguageTag, fold, slug};
use crate::project::Project;
use crate::source::ContentPath;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// Where a link leads, as far as files go. Addresses are made of it when pages are planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leads {
    /// To another document, or this one.
    Document {
        /// Which.
        id: DocumentId,
        /// The anchor in it; empty for its top.
        fragment: Box<str>,
    },
    /// To a place in the same document.
    Here(Box<str>),
    /// To the page of a country, by the file of its introduction.
    Country(LanguageId, EntityId),
    /// To the page of a country or an organisation that the writer names, if it has one.
    Entity(EntityId),
    /// To a file that is copied to the site.
    Asset(Box<Located<ContentPath>>),
    /// To an address of the site, by its path that begins with `/`: to be looked up in its plan, which checks the anchor too.
    Address(Box<Located<String>>),
    /// Out of the site; printed as it is written.
    Elsewhere,
    /// Nowhere: a diagnostic has been made, and nothing is printed.
    Nowhere,
}

/// A path, and what a link has behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located<Path> {
    /// The path.
    pub path: Path,
    /// What follows `?`, as it is written; empty for nothing.
    pub query: String,
    /// What follows `#`; empty for nothing.
    pub fragment: String,
}

/// A brief that links here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The brief.
    pub from: DocumentId,
    /// The first of its links that leads here: an index in [`Brief::links`].
    link: u32,
}

impl Citation {
    /// The sentence of the brief that links here, if the link stands in one.
    pub fn sentence(self, library: &Library) -> Option<&KeptSentence> {
        let mut links = library.document(self.from).brief.links();
        links.nth(self.link as usize)?.1.sentence.as_ref()
    }
}

/// Resolves the links of every document and introduction, tells the cited by whom, and gathers the files to copy.
pub fn resolve(library: &mut Library, project: &Project, diagnostics: &mut Vec<Diagnostic>) {
    let files = &project.files;
    let languages: Vec<LanguageTag> =
        project.config.languages.iter().map(|language| language.tag.clone()).collect();
    let index = Index::new(library, files, &project.atlas, &languages);
    let mut links: Vec<Box<[Leads]>> = Vec::with_capacity(library.documents.len());
    let mut citations: BTreeMap<DocumentId, Vec<Citation>> = BTreeMap::new();
    for (from, document) in library.iter() {
        let resolved = resolve_file(&index, &document.brief, Some(from), diagnostics);
        cite(&mut citations, from, &resolved);
        links.push(resolved);
    }
    let introductions: Vec<Box<[Leads]>> = library
        .introductions
        .values()
        .map(|introduction| resolve_file(&index, &introduction.brief, None, diagnostics))
        .collect();
    let assets: BTreeSet<ContentPath> =
        links.iter().chain(&introductions).flat_map(|links| links.iter().filter_map(asset)).collect();
    let images = header_images(library, files, diagnostics);

    library.assets = assets;
    library.assets.extend(images);
    for (document, links) in library.documents.iter_mut().zip(links) {
        document.links = links;
    }
    for (introduction, links) in library.introductions.values_mut().zip(introductions) {
        let introduction: &mut Introduction = introduction;
        introduction.links = links;
    }
    for (cited, citing) in citations {
        library.documents[cited.index()].cited_by = citing.into();
    }
}

fn asset(leads: &Leads) -> Option<ContentPath> {
    match leads {
        Leads::Asset(asset) => Some(asset.path.clone()),
        _ => None,
    }
}

/// Adds a brief to the citations of each document it links to, once.
fn cite(citations: &mut BTreeMap<DocumentId, Vec<Citation>>, from: DocumentId, links: &[Leads]) {
    for (link, leads) in (0..).zip(links) {
        let Leads::Document { id, .. } = leads else { continue };
        let citing = citations.entry(*id).or_default();
        if *id != from && citing.last().is_none_or(|last| last.from != from) {
            citing.push(Citation { from, link });
        }
    }
}

/// What links can lead to, by path and, once it is asked for, by slug and by file name.
struct Index<'a> {
    documents: &'a [Document],
    by_path: BTreeMap<&'a ContentPath, DocumentId>,
    by_file_name: OnceCell<BTreeMap<&'a str, Vec<&'a ContentPath>>>,
    by_slug: OnceCell<BTreeMap<String, Vec<DocumentId>>>,
    introductions: BTreeMap<&'a ContentPath, (LanguageId, EntityId)>,
    withheld_by_path: BTreeMap<&'a ContentPath, &'a Withheld>,
    withheld_by_slug: BTreeMap<String, &'a Withheld>,
    files: &'a BTreeSet<ContentPath>,
    atlas: &'a Atlas,
    languages: &'a [LanguageTag],
    guesses: Guesses,
}

impl<'a> Index<'a> {
    fn new(
        library: &'a Library,
        files: &'a BTreeSet<ContentPath>,
        atlas: &'a Atlas,
        languages: &'a [LanguageTag],
    ) -> Self {
        Self {
            documents: &library.documents,
            by_path: library.iter().map(|(id, document)| (&document.brief.path, id)).collect(),
            by_file_name: OnceCell::new(),
            by_slug: OnceCell::new(),
            introductions: library
                .introductions
                .iter()
                .map(|(&place, introduction)| (&introduction.brief.path, place))
                .collect(),
            withheld_by_path: library.withheld.iter().map(|withheld| (&withheld.path, withheld)).collect(),
            withheld_by_slug: library
                .withheld
                .iter()
                .map(|withheld| (fold(&withheld.slug), withheld))
                .collect(),
            files,
            atlas,
            languages,
            guesses: Guesses::default(),
        }
    }
}

impl<'a> Index<'a> {
    fn by_file_name(&self) -> &BTreeMap<&'a str, Vec<&'a ContentPath>> {
        self.by_file_name.get_or_init(|| {
            let mut by_file_name: BTreeMap<&str, Vec<&ContentPath>> = BTreeMap::new();
            for &path in self.by_path.keys() {
                by_file_name.entry(path.file_name()).or_default().push(path);
            }
            by_file_name
        })
    }

    fn by_slug(&self) -> &BTreeMap<String, Vec<DocumentId>> {
        self.by_slug.get_or_init(|| {
            let mut by_slug: BTreeMap<String, Vec<DocumentId>> = BTreeMap::new();
            for (index, document) in self.documents.iter().enumerate() {
                by_slug.entry(fold(&document.slug)).or_default().push(DocumentId::new(index));
            }
            by_slug
        })
    }
}

/// A link on its way to be resolved.
struct Asked<'a, 'i> {
    index: &'a Index<'i>,
    brief: &'a Brief,
    passage: Passage,
    link: &'a KeptLink,
}

fn resolve_file(
    index: &Index<'_>,
    brief: &Brief,
    id: Option<DocumentId>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Box<[Leads]> {
    let resolved = brief.links().map(|(passage, link)| {
        let asked = Asked { index, brief, passage, link };
        asked.resolve(id).unwrap_or_else(|diagnostic| {
            diagnostics.push(*diagnostic);
            Leads::Nowhere
        })
    });
    resolved.collect()
}

type Resolution = Result<Leads, Box<Diagnostic>>;

impl Asked<'_, '_> {
    fn resolve(&self, here: Option<DocumentId>) -> Resolution {
        match &self.link.target {
            Target::File { path, fragment, .. } if path.is_text() => {
                self.document_at(path, fragment.as_deref().unwrap_or_default())
            }
            Target::File { path, query, fragment } => {
                let (query, fragment) =
                    (query.clone().unwrap_or_default(), fragment.clone().unwrap_or_default());
                self.asset(path).map(|path| Leads::Asset(Located { path, query, fragment }.into()))
            }
            Target::Slug { slug, fragment } => self.slug(slug, fragment.as_deref().unwrap_or_default(), here),
            Target::Address { path, query, fragment } => {
                let path = path.clone();
                let (query, fragment) =
                    (query.clone().unwrap_or_default(), fragment.clone().unwrap_or_default());
                Ok(Leads::Address(Located { path, query, fragment }.into()))
            }
            Target::Anchor(fragment) if fragment.is_empty() => {
                let problem = self.problem(&code::BROKEN_LINK, "this link leads nowhere".to_owned());
                Err(problem.help("write between the parentheses where it leads").into())
            }
            Target::Anchor(fragment) => {
                self.anchored(self.brief, fragment).map(|()| Leads::Here(fragment.as_str().into()))
            }
            Target::Elsewhere => Ok(Leads::Elsewhere),
            Target::Outside => {
                let message = "this path leads out of the site's folder".to_owned();
                Err(self
                    .problem(&code::PATH_LEAVES_SITE, message)
                    .help("move the file into `content/`")
                    .into())
            }
            Target::Entity(written) => self.entity(written),
            Target::Unsafe(scheme) => {
                let message = format!("a link can't begin with `{scheme}:`");
                Err(self
                    .problem(&code::UNSAFE_LINK, message)
                    .help("link to a page by `https:`, or write the words without a link")
                    .into())
            }
        }
    }

    /// The page of a country that the writer names; where it has none, and for none, the words stand alone.
    fn entity(&self, written: &str) -> Resolution {
        if written == NO_ENTITY {
            return Ok(Leads::Nowhere);
        }
        match self.index.atlas.find(written, self.index.languages) {
            Lookup::Found(entity) => Ok(Leads::Entity(entity)),
            Lookup::Ambiguous(choices) => {
                let keys: Vec<String> =
                    choices.iter().map(|&id| format!("`{}`", self.index.atlas.get(id).key)).collect();
                let problem =
                    self.problem(&code::BROKEN_LINK, format!("`{written}` may be several countries"));
                Err(problem.help(format!("write the code of one: {}", keys.join(" or "))).into())
            }
            Lookup::Unknown { nearest } => {
                let problem = self.problem(&code::BROKEN_LINK, format!("no country is called `{written}`"));
                let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
                let help = match names.is_empty() {
                    true => "write the code of a country, or `none` where the words mean none".to_owned(),
                    false => format!("did you mean {}?", names.join(" or ")),
                };
                Err(problem.help(help).into())
            }
        }
    }

    fn document_at(&self, path: &ContentPath, fragment: &str) -> Resolution {
        if let Some(&id) = self.index.by_path.get(path) {
            return self.document(id, fragment);
        }
        if let Some(withheld) = self.index.withheld_by_path.get(path) {
            return Err(self.embargoed(withheld).into());
        }
        if let Some(&(language, country)) = self.index.introductions.get(path) {
            return Ok(Leads::Country(language, country));
        }
        let message = format!("no brief stands at `{path}`");
        let problem = self.problem(&code::BROKEN_LINK, message).label("nothing there");
        let found = match self.index.by_file_name().get(path.file_name()).map(Vec::as_slice) {
            Some([moved]) => Some(*moved),
            _ => self.nearest_path(path),
        };
        Err(match found {
            Some(found) => {
                let relative = percent_encoded(&relative(&self.brief.path, found));
                let anchor = if fragment.is_empty() { "" } else { "#" };
                let mended = format!("{relative}{anchor}{}", percent_encoded(fragment));
                problem.help(format!("did you mean `{relative}`?")).mend(self.mend(None, &mended))
            }
            None => problem.help("write the path of the file from the folder this brief is in"),
        }
        .into())
    }

    /// The document whose path is nearest, sought among file names first by the letters they share.
    fn nearest_path(&self, path: &ContentPath) -> Option<&ContentPath> {
        let known = self.index.by_file_name();
        let found = self.index.guesses.nearest("briefs", path.file_name(), known.keys().copied())?;
        known.get(found.as_str())?.first().copied()
    }

    fn slug(&self, slug: &str, fragment: &str, here: Option<DocumentId>) -> Resolution {
        let found = self.index.by_slug().get(&fold(slug)).map(Vec::as_slice).unwrap_or_default();
        let language = here.map(|here| self.index.documents[here.index()].language);
        let same: Vec<DocumentId> = found
            .iter()
            .copied()
            .filter(|id| Some(self.index.documents[id.index()].language) == language)
            .collect();
        match (same.as_slice(), found) {
            ([only], _) | ([], [only]) => self.document(*only, fragment),
            ([], []) => Err(self.unknown_slug(slug).into()),
            (several, all) => {
                let choices = if several.is_empty() { all } else { several };
                let message = format!("`{slug}` is the slug of {} files", choices.len());
                let mut problem =
                    self.problem(&code::AMBIGUOUS_LINK, message).help("link to the file by its path");
                for id in choices.iter().take(3) {
                    problem = problem.related(self.index.documents[id.index()].brief.start(), "one of them");
                }
                Err(problem.into())
            }
        }
    }

    fn unknown_slug(&self, slug: &str) -> Diagnostic {
        if let Some(withheld) = self.index.withheld_by_slug.get(&fold(slug)) {
            return self.embargoed(withheld);
        }
        let problem = self
            .problem(&code::BROKEN_LINK, format!("no brief has the slug `{slug}`"))
            .label("not a slug of this site");
        let known = self.index.by_slug().keys().map(String::as_str);
        match self.index.guesses.nearest("slugs", slug, known) {
            Some(found) => {
                let id = self.index.by_slug()[&found][0];
                let found = &self.index.documents[id.index()].slug;
                problem.help(format!("did you mean `{found}`?")).mend(self.mend(Some(slug.len()), found))
            }
            None => problem.help("a slug is the file's name without its date and ending, or its `slug` key"),
        }
    }

    fn document(&self, id: DocumentId, fragment: &str) -> Resolution {
        self.anchored(&self.index.documents[id.index()].brief, fragment)?;
        Ok(Leads::Document { id, fragment: fragment.into() })
    }

    fn anchored(&self, brief: &Brief, fragment: &str) -> Result<(), Box<Diagnostic>> {
        if brief.has_anchor(fragment) {
            return Ok(());
        }
        let message = if brief.path == self.brief.path {
            format!("this brief has no heading `#{fragment}`")
        } else {
            format!("`{}` has no heading `#{fragment}`", brief.path)
        };
        let problem = self.problem(&code::BROKEN_ANCHOR, message).label("no such anchor");
        if let Some(note) = note_meant(brief, fragment) {
            return Err(problem.help(format!("did you mean `#note-{}`?", note.id())).into());
        }
        let headings = &brief.body().headings;
        let known = headings.iter().map(|heading| &*heading.id);
        Err(match self.index.guesses.nearest(brief.path.as_str(), fragment, known) {
            Some(found) => problem.help(format!("did you mean `#{found}`?")),
            None if headings.is_empty() => problem.help("it has no headings: link to the brief as a whole"),
            None => {
                let ids: Vec<String> =
                    headings.iter().take(8).map(|heading| format!("`#{}`", heading.id)).collect();
                problem.help(format!("its headings are {}", ids.join(", ")))
            }
        }
        .into())
    }

    fn asset(&self, path: &ContentPath) -> Result<ContentPath, Box<Diagnostic>> {
        if self.index.files.contains(path) {
            return Ok(path.clone());
        }
        if let Some(name) = path.below("static") {
            let message = "a file of `static/` is linked by its address, not by its path".to_owned();
            return Err(self.problem(&code::MISSING_FILE, message).help(format!("write `/{name}`")).into());
        }
        if let Some((meant, insertion)) = self.meant_by(path) {
            let message = format!("no file stands at `{path}`");
            let problem = self.problem(&code::MISSING_FILE, message).help(format!("did you mean `{meant}`?"));
            return Err(problem.mend(insertion.map(Fix::safe)).into());
        }
        let what = if matches!(self.link.kind, LinkKind::Image { .. }) { "image" } else { "file" };
        let problem =
            self.problem(&code::MISSING_FILE, format!("no {what} stands at `{path}`")).label("nothing there");
        let known = self.index.files.iter().filter(|known| known.parent() == path.parent());
        let guesses = &self.index.guesses;
        Err(match guesses.nearest(path.parent(), path.file_name(), known.map(ContentPath::file_name)) {
            Some(found) => problem.help(format!("did you mean `{found}`?")),
            None => problem.help("put it there, or write its path from the folder this brief is in"),
        }
        .into())
    }

    /// What a path was surely meant for, and what to insert: a site without its scheme, a brief without its ending.
    fn meant_by(&self, path: &ContentPath) -> Option<(String, Option<Fix>)> {
        if let Some((_, host)) = path.as_str().split_once("/www.") {
            let host = format!("www.{host}");
            return Some((format!("https://{host}"), self.insert(&host, 0, "https://")));
        }
        let brief = ContentPath::new(&format!("{path}.md"))?;
        let written = relative(&self.brief.path, path);
        self.index
            .by_path
            .contains_key(&brief)
            .then(|| (format!("{written}.md"), self.insert(&written, written.len(), ".md")))
    }

    /// The mend that inserts something into a destination whose path is written as `path`. There is none where it is
    /// written otherwise, with `./` or `%20` say: then it is longer.
    fn insert(&self, path: &str, at: usize, insertion: &str) -> Option<Fix> {
        let destination = self.link.destination?.range();
        let Target::File { query, fragment, .. } = &self.link.target else { return None };
        let behind = [query, fragment].into_iter().flatten().map(|part| 1 + part.len()).sum::<usize>();
        // The path does not have a final slash, before which nothing can be inserted.
        let slash = usize::from(at == 0 && destination.len() == path.len() + behind + 1);
        let is_plain = destination.len() == path.len() + behind + slash;
        let at = destination.start + at;
        if is_plain { self.brief.mend(self.passage, at..at, insertion) } else { None }
    }

    fn embargoed(&self, withheld: &Withheld) -> Diagnostic {
        embargoed(self.problem(&code::EMBARGOED_LINK, String::new()), withheld)
    }

    fn problem(&self, code: &'static crate::diagnostic::Code, message: String) -> Diagnostic {
        Diagnostic::new(code, self.place(), message)
    }

    fn place(&self) -> crate::source::Place {
        self.brief.place(self.passage, self.link.pointed_at())
    }

    /// The mend that replaces the destination, or as many of its first bytes, where it is written as it reads.
    fn mend(&self, length: Option<usize>, replacement: &str) -> Option<Fix> {
        let destination = self.link.destination?.range();
        let end = length.map_or(destination.end, |length| destination.start + length);
        self.brief.mend(self.passage, destination.start..end, replacement)
    }
}

fn embargoed(problem: Diagnostic, withheld: &Withheld) -> Diagnostic {
    let (why, mend) = match withheld.why {
        Withholding::Draft => {
            ("is a draft".to_owned(), "publish it, build with `--drafts`, or take the link away".to_owned())
        }
        Withholding::Scheduled(date) => (
            format!("is scheduled for {date}"),
            format!("take the link away until then, or build with `--date {date}` to see it"),
        ),
        Withholding::Expired(date) => {
            (format!("expired on {date}"), "take the link away, or move its `expires`".to_owned())
        }
    };
    Diagnostic { message: format!("`{}` {why}: this edition does not have it", withheld.path), ..problem }
        .label("not published")
        .help(mend)
}

/// The note whose letters a broken anchor has, without the digits behind them.
fn note_meant<'a>(brief: &'a Brief, fragment: &str) -> Option<&'a Note> {
    let letters = slug(fragment.strip_prefix("note-")?);
    let letters_of = |note: &Note| note.id().split_once("--").is_some_and(|(found, _)| found == letters);
    brief.notes.called.iter().find(|note| letters_of(note))
}

/// The path of `to` as a link in `from` writes it.
pub fn relative(from: &ContentPath, to: &ContentPath) -> String {
    let from: Vec<&str> = from.parent().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", from.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The images that front matter shows, each looked for beside its brief.
fn header_images(
    library: &Library,
    files: &BTreeSet<ContentPath>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<ContentPath> {
    let mut images = Vec::new();
    for document in &library.documents {
        let brief = &document.brief;
        let Some(image) = &brief.front.image else { continue };
        let place = crate::source::Place { path: brief.path.clone(), span: image.file.span };
        match brief.path.join(&image.file.value) {
            Some(path) if files.contains(&path) => images.push(path),
            Some(path) => diagnostics.push(
                Diagnostic::new(&code::MISSING_FILE, place, format!("no image stands at `{path}`"))
                    .label("nothing there")
                    .help("put it there, or write its path from the folder this brief is in"),
            ),
            None => diagnostics.push(
                Diagnostic::new(&code::PATH_LEAVES_SITE, place, "an image must stand within `content/`")
                    .help(
                        "move the file into `content/`, and write its path from the folder this brief is in",
                    ),
            ),
        }
    }
    images
}
