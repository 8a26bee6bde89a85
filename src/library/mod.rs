//! All briefs together: links resolved, who cites whom, countries, topics, authors, series, translations, the timeline.
//!
//! [`Library::build`] takes every file's facts once and returns a finished value; what it finds wrong between files comes
//! beside it. Withheld briefs (drafts, scheduled, expired) are set apart at the door: nothing after it can show them.
//!
//! 1. [`edition`] decides which briefs are published;
//! 2. documents are put in the order of the timeline, newest first, so that a [`DocumentId`] is also a rank;
//! 3. [`groups`] gathers them by country, topic, author and series;
//! 4. [`links`] resolves every link, and lists citations;
//! 5. [`sources`] tells apart what is cited, and by whom; [`catalogue`] files it by publisher;
//! 6. [`bonds`] lists what briefs share;
//! 7. [`translations`] pairs the languages, [`related`] finds neighbours on demand.
//!
//! A build keeps its library for the next one: [`kept`].

pub mod bonds;
pub mod catalogue;
pub mod edition;
pub mod groups;
pub mod kept;
pub mod links;
pub mod related;
pub mod sources;
pub mod translations;

pub use bonds::Bonds;
pub use catalogue::{Catalogue, PublisherId, Publishers};
pub use edition::{Edition, Now, Withheld, Withholding};
pub use groups::{Group, Groups};
pub use kept::KeptLibrary;
pub use links::{Citation, Leads, Located};
pub use sources::{Record, SourceCitation, SourceId, Sources};

use crate::atlas::{Atlas, EntityId, Lookup};
use crate::brief::{Brief, Dossier, FileKind, Target};
use crate::config::{Config, Filling, Route};
use crate::data::{Spanned, quote};
use crate::diagnostic::{Diagnostic, Fix, code};
use crate::language::{self, LanguageTag};
use crate::project::Project;
use crate::source::{ContentPath, Place};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A published document: its index in [`Library::documents`]. Of two briefs the newer has the smaller id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentId(u32);

impl DocumentId {
    fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One of the site's languages: its index in [`Config::languages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LanguageId(u16);

impl LanguageId {
    /// The publication's own language.
    pub const MAIN: Self = Self(0);

    /// The language with this tag, if the site declares it.
    pub fn find(config: &Config, tag: &LanguageTag) -> Option<Self> {
        let index = config.languages.iter().position(|language| language.tag == *tag)?;
        u16::try_from(index).ok().map(Self)
    }

    /// All languages of the site, its own first.
    pub fn all(config: &Config) -> impl Iterator<Item = Self> + use<> {
        (0..u16::try_from(config.languages.len()).unwrap_or(u16::MAX)).map(Self)
    }

    /// The index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// A published brief or stand-alone page, with all that other files have to do with it.
#[derive(Debug)]
pub struct Document {
    /// The file's own facts, which a later library may share.
    pub brief: Dossier,
    /// What it is written in.
    pub language: LanguageId,
    /// Its name in addresses and wikilinks. Others may have it where addresses hold a date; a wikilink then says too little.
    pub slug: Box<str>,
    /// The day of a brief; stand-alone pages have none.
    pub date: Option<Date>,
    /// The countries it declares, the lead one first, each once.
    pub countries: Box<[EntityId]>,
    /// The organisations it declares among them, each once.
    pub organisations: Box<[EntityId]>,
    /// The countries and organisations that its text mentions for certain and it does not declare, in the order of the atlas.
    pub mentions: Box<[EntityId]>,
    /// What its links lead to, in the order of [`Brief::links`].
    pub links: Box<[Leads]>,
    /// The source of each of [`Brief::citations`].
    pub sources: Box<[SourceId]>,
    /// The briefs that link to it, newest first, each once.
    pub cited_by: Box<[Citation]>,
    /// The same text in other languages, in the order of the site's languages.
    pub translations: Box<[DocumentId]>,
}

/// The editorial introduction of a country's or an organisation's page.
#[derive(Debug)]
pub struct Introduction {
    /// The file's facts.
    pub brief: Dossier,
    /// What its links lead to, in the order of [`Brief::links`].
    pub links: Box<[Leads]>,
}

/// Every published document, and what they have to do with one another.
#[derive(Debug)]
pub struct Library {
    /// Briefs, newest first; then stand-alone pages, by path.
    pub documents: Vec<Document>,
    /// How many of the documents are briefs.
    pub briefs: usize,
    /// Briefs that are not published today.
    pub withheld: Vec<Withheld>,
    /// The briefs of each language by country, topic, author and series.
    pub groups: Vec<Groups>,
    /// Everything that documents cite.
    pub sources: Sources,
    /// Who published it.
    pub publishers: Publishers,
    /// What the documents of each language cite.
    pub catalogues: Vec<Catalogue>,
    /// What briefs share.
    pub bonds: Bonds,
    /// Introductions of pages of countries and organisations, of those that the site has.
    pub introductions: BTreeMap<(LanguageId, EntityId), Introduction>,
    /// Every file beside a document that one of them shows or links to.
    pub assets: BTreeSet<ContentPath>,
    /// The day of this edition.
    pub today: Date,
}

impl Library {
    /// Gathers the `briefs` of `project`, in any order.
    pub fn build(briefs: Vec<Dossier>, project: &Project, edition: &Edition) -> (Self, Vec<Diagnostic>) {
        let (config, atlas) = (&project.config, &project.atlas);
        let mut diagnostics = Vec::new();
        let (published, withheld) = edition::divide(briefs, edition);
        let (introductions, published): (Vec<_>, Vec<_>) =
            published.into_iter().partition(|brief| brief.kind == FileKind::Country);
        let made = published.into_par_iter().map(|brief| {
            let mut found = Vec::new();
            (document(brief, config, atlas, &mut found), found)
        });
        let (mut documents, found): (Vec<Document>, Vec<Vec<Diagnostic>>) = made.unzip();
        diagnostics.extend(found.into_iter().flatten());
        documents.sort_by(timeline);
        let briefs = documents.partition_point(|document| document.brief.kind == FileKind::Brief);
        let groups = groups::gather(&documents[..briefs], config, &mut diagnostics);
        let mut introductions = introduce(introductions, config, atlas, &mut diagnostics);
        introductions.retain(|&(language, country), introduction| {
            let groups = &groups[language.index()];
            let has_page =
                groups.countries.contains_key(&country) || groups.with_page(project).contains(&country);
            if !has_page {
                let name = atlas.name(country, &config.languages[language.index()].tag);
                diagnostics.push(unshown_introduction(introduction, name));
            }
            has_page
        });
        let (sources, cited) = Sources::gather(&documents, &project.bibliography);
        let (publishers, catalogues) =
            catalogue::gather(&sources, &documents, &cited, &project.bibliography, groups.len());
        for (document, cited) in documents.iter_mut().zip(cited) {
            document.sources = cited.into();
        }
        let bonds = Bonds::gather(&documents[..briefs], &groups, &catalogues);
        let mut library = Self {
            groups,
            sources,
            publishers,
            catalogues,
            bonds,
            introductions,
            documents,
            briefs,
            withheld,
            assets: BTreeSet::new(),
            today: edition.now.date,
        };
        translations::pair(&mut library.documents, config, &mut diagnostics);
        links::resolve(&mut library, project, &mut diagnostics);
        (library, diagnostics)
    }

    /// A document.
    pub fn document(&self, id: DocumentId) -> &Document {
        &self.documents[id.index()]
    }

    /// Every document, with its id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (DocumentId, &Document)> {
        self.documents.iter().enumerate().map(|(index, document)| (DocumentId::new(index), document))
    }

    /// Where a source is written down for the readers of a language.
    pub fn record(&self, source: SourceId, language: LanguageId) -> Record {
        self.catalogues[language.index()].record(source, &self.sources)
    }

    /// Who published a source, as a language names it.
    pub fn publisher(&self, source: SourceId, language: LanguageId) -> PublisherId {
        self.catalogues[language.index()].publisher(source, &self.publishers)
    }

    /// The documents of a language that cite a source, newest first.
    pub fn citations(&self, source: SourceId, language: LanguageId) -> &[SourceCitation] {
        if let Some(several) = self.catalogues[language.index()].repeated.get(&source) {
            return several;
        }
        let all = &self.sources.get(source).citations;
        let is_own = |citation: &SourceCitation| self.document(citation.from).language == language;
        all.iter().find(|citation| is_own(citation)).map(std::slice::from_ref).unwrap_or_default()
    }

    /// The briefs of a language, newest first.
    pub fn timeline(&self, language: LanguageId) -> &[DocumentId] {
        &self.groups[language.index()].all
    }
}

impl Document {
    /// The address of its page, which follows from the site's permalinks.
    pub fn address(&self, config: &Config) -> String {
        let permalinks = &config.languages[self.language.index()].permalinks;
        let slug = &self.slug;
        match self.date {
            Some(date) => permalinks.get(Route::Brief).fill(&Filling { slug, date, number: 0 }),
            None => permalinks.get(Route::Page).fill(&Filling { slug, ..Filling::default() }),
        }
    }

    /// Whether the site has the language it says it is in. If not, that was told, and where it is filed means nothing.
    pub fn is_in_its_language(&self, config: &Config) -> bool {
        self.brief.front.lang.as_ref().is_none_or(|lang| config.language(&lang.value).is_some())
    }
}

/// What the site makes of one file.
fn document(brief: Dossier, config: &Config, atlas: &Atlas, diagnostics: &mut Vec<Diagnostic>) -> Document {
    let declared = countries_of(&brief, config, atlas, diagnostics);
    let mentions = mentions_of(&brief, &declared, config, atlas);
    let (organisations, countries): (Vec<_>, Vec<_>) =
        declared.into_iter().partition(|&entity| atlas.is_organisation(entity));
    Document {
        language: language_of(&brief, config, diagnostics),
        slug: slug_of(&brief).into(),
        date: (brief.kind == FileKind::Brief).then(|| brief.front.day()),
        countries: countries.into(),
        organisations: organisations.into(),
        mentions: mentions.into(),
        links: Box::default(),
        sources: Box::default(),
        cited_by: Box::default(),
        translations: Box::default(),
        brief,
    }
}

/// Briefs before pages. Briefs by the day as it is written, which is the one archives show, newest first; within a day by
/// instant, a day without a time being its start; then by path, which no two files share.
fn timeline(one: &Document, other: &Document) -> std::cmp::Ordering {
    let rank = |document: &Document| document.brief.kind != FileKind::Brief;
    let moment = |document: &Document| {
        (document.date, document.brief.front.date.as_ref().map(|date| date.value.start()))
    };
    rank(one)
        .cmp(&rank(other))
        .then_with(|| moment(other).cmp(&moment(one)))
        .then_with(|| one.brief.path.cmp(&other.brief.path))
}

fn language_of(brief: &Brief, config: &Config, diagnostics: &mut Vec<Diagnostic>) -> LanguageId {
    let Some(written) = &brief.front.lang else { return LanguageId::MAIN };
    LanguageId::find(config, &written.value).unwrap_or_else(|| {
        let tag = &written.value;
        let place = Place { path: brief.path.clone(), span: written.span };
        diagnostics.push(
            Diagnostic::new(
                &code::BAD_VALUE,
                place,
                format!("the site does not declare the language `{tag}`"),
            )
            .label("not a language of this site")
            .help(format!("declare it in `site.toml` by a table `[languages.{tag}]`")),
        );
        LanguageId::MAIN
    })
}

/// The name of a file in addresses: the one it declares, or its file name's, a leading date and its language removed.
fn slug_of(brief: &Brief) -> String {
    if let Some(slug) = &brief.front.slug {
        return slug.value.clone();
    }
    let stem = brief.path.stem();
    let stem = match &brief.front.lang {
        Some(lang) => stem.strip_suffix(&format!(".{}", lang.value)).unwrap_or(stem),
        None => stem,
    };
    let name = crate::brief::front_matter::without_date(stem);
    match language::slug(name) {
        slug if slug.is_empty() => language::slug(stem),
        slug => slug,
    }
}

fn countries_of(
    brief: &Brief,
    config: &Config,
    atlas: &Atlas,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<EntityId> {
    let mut countries: Vec<EntityId> = Vec::new();
    let mut named: Vec<EntityId> = Vec::new();
    let languages: Vec<LanguageTag> = config.languages.iter().map(|language| language.tag.clone()).collect();
    for (index, written) in brief.front.countries.iter().enumerate() {
        let place = Place { path: brief.path.clone(), span: written.span };
        match atlas.find(&written.value, &languages) {
            Lookup::Found(entity) if named.contains(&entity) => {
                let name = atlas.name(entity, &languages[0]);
                let message = format!("`{}` names {name} a second time", written.value);
                diagnostics.push(
                    Diagnostic::new(&code::REPEATED_COUNTRY, place, message)
                        .help("name each country once, the lead one first")
                        .mend(removal(brief, index))
                        .safe(),
                );
            }
            Lookup::Found(entity) => {
                named.push(entity);
                match atlas.counted(entity) {
                    Some(counted) if countries.contains(&counted) => {}
                    Some(counted) => countries.push(counted),
                    None => diagnostics.push(without_page(written, place)),
                }
            }
            Lookup::Ambiguous(choices) => {
                let codes: Vec<String> = choices
                    .into_iter()
                    .map(|choice| {
                        format!("`{}` ({})", atlas.get(choice).key, atlas.name(choice, &languages[0]))
                    })
                    .collect();
                let message = format!("`{}` names more than one country", written.value);
                diagnostics.push(
                    Diagnostic::new(&code::AMBIGUOUS_COUNTRY, place, message)
                        .help(format!("write the code of the one that is meant: {}", codes.join(", "))),
                );
            }
            Lookup::Unknown { nearest } => diagnostics.push(unknown_country(written, place, &nearest)),
        }
    }
    countries
}

/// What a brief means for certain and does not declare, in the order of the atlas: by its words, or as its writer says of them.
fn mentions_of(brief: &Brief, declared: &[EntityId], config: &Config, atlas: &Atlas) -> Vec<EntityId> {
    let languages: Vec<LanguageTag> = config.languages.iter().map(|language| language.tag.clone()).collect();
    let told = brief.links().filter_map(|(_, link)| match &link.target {
        Target::Entity(written) => match atlas.find(written, &languages) {
            Lookup::Found(entity) => Some(entity),
            _ => None,
        },
        _ => None,
    });
    let strong = brief.spoken().flat_map(|(_, found)| &found.entities).filter(|spoken| spoken.strong > 0);
    let mentioned = strong.map(|spoken| spoken.entity).chain(told);
    let mentions: BTreeSet<EntityId> = mentioned.filter_map(|entity| atlas.counted(entity)).collect();
    mentions.into_iter().filter(|entity| !declared.contains(entity)).collect()
}

/// The mend that deletes a country that is named already.
fn removal(brief: &Brief, index: usize) -> Option<Fix> {
    let removal = brief.front.country_removals.get(index).copied().flatten();
    removal.map(|span| Fix::new(span, ""))
}

/// A brief would be found under no country by what it names.
fn without_page(written: &Spanned<String>, place: Place) -> Diagnostic {
    let message = format!("the site gives `{}` no page, and counts it to no country", written.value);
    Diagnostic::new(&code::UNKNOWN_COUNTRY, place, message)
        .label("not in the index")
        .help("name the countries that the brief is to be found under, or give it a `parent` in `site.toml`")
}

fn unknown_country(written: &Spanned<String>, place: Place, nearest: &[String]) -> Diagnostic {
    let message = format!("no country is called `{}`", written.value);
    let diagnostic = Diagnostic::new(&code::UNKNOWN_COUNTRY, place, message).label("not in the atlas");
    // A string with escapes is replaced with its quotation marks.
    let verbatim = written.span.range().len() == written.value.len();
    match nearest {
        [] => diagnostic.help("write an ISO 3166-1 code, a name in a language of the site, or declare the territory in `site.toml`"),
        [only] => diagnostic.help(format!("did you mean `{only}`?")).fix(written.span, if verbatim { only.clone() } else { quote(only) }),
        several => {
            let names: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            diagnostic.help(format!("did you mean {}?", names.join(" or ")))
        }
    }
}

/// Which country and language each introduction is for: `content/countries/kz.md`, `content/countries/kz.en.md`.
fn introduce(
    files: Vec<Dossier>,
    config: &Config,
    atlas: &Atlas,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<(LanguageId, EntityId), Introduction> {
    let mut introductions: BTreeMap<(LanguageId, EntityId), Introduction> = BTreeMap::new();
    let languages: Vec<LanguageTag> = config.languages.iter().map(|language| language.tag.clone()).collect();
    for brief in files {
        let name = brief.path.stem().split('.').next().unwrap_or_default().to_owned();
        let language = language_of(&brief, config, diagnostics);
        let Lookup::Found(entity) = atlas.find(&name, &languages) else {
            let message = format!("`{name}` is not the code of a country");
            diagnostics.push(
                Diagnostic::new(&code::UNKNOWN_COUNTRY, brief.start(), message)
                    .help("a file of `content/countries/` is named after the country it introduces: `kz.md`, `kz.en.md`"),
            );
            continue;
        };
        if let Some(first) = introductions.get(&(language, entity)) {
            let message =
                format!("{} already has an introduction in this language", atlas.name(entity, &languages[0]));
            diagnostics.push(
                Diagnostic::new(&code::ADDRESS_CLASH, brief.start(), message)
                    .related(first.brief.start(), "the other one")
                    .help("keep one of them, or give one its `lang`"),
            );
            continue;
        }
        introductions.insert((language, entity), Introduction { brief, links: Box::default() });
    }
    introductions
}

/// A country has a page by its briefs, and an introduction is shown nowhere else: nothing of it is kept.
fn unshown_introduction(introduction: &Introduction, country: &str) -> Diagnostic {
    let message =
        format!("no brief about {country} is published in this language: this introduction is not shown");
    Diagnostic::new(&code::UNSHOWN_INTRODUCTION, introduction.brief.start(), message)
        .help("it is shown as soon as a brief names the country in its `countries`")
}
