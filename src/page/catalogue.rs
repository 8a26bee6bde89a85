//! The views of what is cited: the index of publishers, a publisher, a source, and the sources most used for a country.

use super::frame::Head;
use super::listing::{pagination, slice};
use super::output::OutputPath;
use super::view::{
    CitedPublisher, CitedSource, Content, InitialView, LinkView, PublisherCount, PublisherPage,
    SourceCitationView, SourceEntry, SourceLink, SourcePage, SourceView, SourcesView,
};
use super::{Here, Subject, source};
use crate::language::{slug, slug_within};
use crate::library::catalogue::{Publisher, Shelf};
use crate::library::{
    Catalogue, DocumentId, LanguageId, Library, PublisherId, Record, SourceCitation, SourceId,
};
use crate::project::Project;
use crate::reference::label;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The greatest number of characters that a title or a publisher's name gives to an address.
const LONGEST: usize = 60;
/// How many of the briefs that cite a source its publisher's page shows.
const CITATIONS_SHOWN: usize = 3;
/// How many publishers, and how many sources, the page of a country offers.
const MOST_CITED: usize = 10;

/// What stands for a publisher in addresses; `nameless` is what is said of those without a name. Two hyphens keep what is no
/// name out of every name's way.
pub(super) fn publisher_slug(publisher: &Publisher, nameless: &str) -> String {
    let Some(name) = &publisher.name else { return format!("x--{}", slug(nameless)) };
    match slug_within(name, LONGEST) {
        short if short == publisher.key => fit(short, &digits(&publisher.key)),
        short if short.is_empty() => format!("x--{}", digits(&publisher.key)),
        short => format!("{short}--{}", digits(&publisher.key)),
    }
}

/// What stands for a source in addresses, whatever else is cited: its label in the shared library, or else the first words of
/// its title and what tells it from others.
pub(super) fn source_slug(
    library: &Library,
    project: &Project,
    language: LanguageId,
    id: SourceId,
) -> String {
    let digits = library.sources.get(id).identity.digits();
    let record = library.record(id, language);
    if let Record::Shared(entry) = record {
        return fit(label::id(&project.bibliography.entries()[entry].label.value), &digits);
    }
    let reference = record.reference(&library.documents, &project.bibliography);
    match slug_within(&reference.title.value, LONGEST) {
        title if title.is_empty() => format!("x--{digits}"),
        title => format!("{title}--{digits}"),
    }
}

/// A slug as the name of a folder: with `digits` where some system keeps the name for itself, as Windows does `con`.
fn fit(slug: String, digits: &str) -> String {
    if OutputPath::new(&slug).is_some() { slug } else { format!("{slug}--{digits}") }
}

fn digits(key: &str) -> String {
    blake3::hash(key.as_bytes()).to_hex().chars().take(10).collect()
}

impl<'a> Here<'a> {
    /// The link to the page of a source, if it has one in the page's language.
    pub(super) fn source_link(&self, id: SourceId) -> Option<SourceLink> {
        if !self.library().sources.is_repeated(id) {
            return None;
        }
        let citations = self.catalogue().repeated.get(&id)?;
        let url = self.link_to_list(&Subject::Source(self.language, id))?;
        Some(SourceLink { url, count: citations.len() })
    }

    fn catalogue(&self) -> &'a Catalogue {
        &self.library().catalogues[self.language.index()]
    }

    /// A source as its record in the page's language has it.
    fn whole_source(&self, id: SourceId) -> SourceView {
        let (library, bibliography) = (self.library(), &self.project().bibliography);
        let record = library.record(id, self.language);
        let label = match record {
            Record::Shared(entry) => bibliography.entries()[entry].label.value.as_str(),
            Record::Note(document, note) => &*library.document(document).brief.notes.called[note].label,
        };
        source::whole(*self, record.reference(&library.documents, bibliography), label)
    }

    fn publisher_of(&self, id: SourceId) -> PublisherId {
        self.library().publisher(id, self.language)
    }

    /// The name of a publisher, unless it stands for what has none.
    fn publisher_name(&self, id: PublisherId) -> Option<&'a str> {
        self.library().publishers.get(id).name.as_deref()
    }

    fn publisher_link(&self, id: PublisherId) -> LinkView {
        LinkView {
            name: self.publisher_name(id).map_or_else(|| self.string("no-publisher", &[]), str::to_owned),
            url: self.link_to_list(&Subject::Publisher(self.language, id)).unwrap_or_default(),
        }
    }

    fn citing(&self, citation: &SourceCitation) -> SourceCitationView {
        let document = self.library().document(citation.from);
        let cited = document.brief.citations.get(citation.citation);
        SourceCitationView {
            title: document.brief.front.title_text().to_owned(),
            url: self.link_to(citation.from),
            date: document.date.is_some().then(|| self.day_of(document)),
            language: self.tag_of(document.language),
            sentence: cited.map(|cited| cited.sentence.to_string()).unwrap_or_default(),
        }
    }
}

/// The newest document that cites a source.
pub(super) fn newest(here: Here<'_>, language: LanguageId, id: SourceId) -> Option<&DocumentId> {
    here.library().citations(id, language).first().map(|citation| &citation.from)
}

/// The newest document that cites a source of a publisher.
pub(super) fn newest_of(here: Here<'_>, language: LanguageId, id: PublisherId) -> Option<&DocumentId> {
    let shelf = here.library().catalogues[language.index()].publishers.get(&id)?;
    newest(here, language, *shelf.sources.first()?)
}

pub(super) fn index(here: Here<'_>) -> (Head, Content) {
    let catalogue = here.catalogue();
    let (named, nameless): (Vec<_>, Vec<_>) = catalogue
        .publishers
        .iter()
        .map(|(&id, shelf)| (here.publisher_name(id).is_some(), count(here, id, shelf)))
        .partition(|(named, _)| *named);
    let view = SourcesView {
        publishers: named.len(),
        count: catalogue.publishers.values().map(|shelf| shelf.sources.len()).sum(),
        initials: by_initial(here, named.into_iter().map(|(_, publisher)| publisher)),
        nameless: nameless.into_iter().map(|(_, publisher)| publisher).next(),
    };
    let head = Head {
        kind: "sources",
        title: here.string("sources", &[]),
        description: here.string("sources-by-publisher", &[]),
        ..Head::default()
    };
    (head, Content::Sources(view))
}

fn count(here: Here<'_>, id: PublisherId, shelf: &Shelf) -> PublisherCount {
    let LinkView { name, url } = here.publisher_link(id);
    PublisherCount { name, url, sources: shelf.sources.len(), briefs: shelf.documents }
}

/// Publishers in the order of the page's language. The initial counts first: what stands before it is not a letter.
fn by_initial(here: Here<'_>, publishers: impl Iterator<Item = PublisherCount>) -> Vec<InitialView> {
    let words = here.words();
    let mut sorted: Vec<(String, PublisherCount)> =
        publishers.map(|publisher| (words.initial(&publisher.name), publisher)).collect();
    sorted.sort_by_cached_key(|(initial, publisher)| {
        (words.sort_key(initial), words.sort_key(&publisher.name))
    });
    let mut initials: Vec<InitialView> = Vec::new();
    for (initial, publisher) in sorted {
        match initials.last_mut().filter(|last| last.initial == initial) {
            Some(last) => last.publishers.push(publisher),
            None => initials.push(InitialView { initial, publishers: vec![publisher] }),
        }
    }
    initials
}

pub(super) fn publisher(here: Here<'_>, id: PublisherId, number: usize) -> (Head, Content) {
    let shelf = &here.catalogue().publishers[&id];
    let name = here.publisher_link(id).name;
    let description = match here.publisher_name(id) {
        Some(name) => here.string("sources-of", &[("publisher", name)]),
        None => String::new(),
    };
    let head = Head { kind: "publisher", title: name.clone(), description, ..Head::default() };
    let index = here.link_to_list(&Subject::Sources(here.language)).unwrap_or_default();
    let page = PublisherPage {
        name,
        sources: slice(here, &shelf.sources, number).iter().map(|&id| entry(here, id)).collect(),
        count: shelf.sources.len(),
        briefs: shelf.documents,
        pagination: pagination(here, &Subject::Publisher(here.language, id), shelf.sources.len(), number),
        index: LinkView { name: here.string("sources", &[]), url: index },
    };
    (head, Content::Publisher(page))
}

fn entry(here: Here<'_>, id: SourceId) -> SourceEntry {
    let citations = here.library().citations(id, here.language);
    SourceEntry {
        source: here.whole_source(id),
        page: here.source_link(id),
        citations: citations.iter().take(CITATIONS_SHOWN).map(|citation| here.citing(citation)).collect(),
    }
}

pub(super) fn source(here: Here<'_>, id: SourceId, number: usize) -> (Head, Content) {
    let citations = here.library().citations(id, here.language);
    let source = here.whole_source(id);
    let head = Head {
        kind: "source",
        title: source.title.to_string(),
        description: here.string("citing-source", &[("title", &here.words().quote(&source.title))]),
        ..Head::default()
    };
    let page = SourcePage {
        source,
        publisher: here.publisher_link(here.publisher_of(id)),
        citations: slice(here, citations, number).iter().map(|citation| here.citing(citation)).collect(),
        count: citations.len(),
        pagination: pagination(here, &Subject::Source(here.language, id), citations.len(), number),
    };
    (head, Content::Source(Box::new(page)))
}

/// The publishers and the sources that most of `briefs` cite. What one of them cites says nothing of the country.
pub(super) fn most_cited(here: Here<'_>, briefs: &[DocumentId]) -> (Vec<CitedPublisher>, Vec<CitedSource>) {
    let mut publishers: BTreeMap<PublisherId, usize> = BTreeMap::new();
    let mut sources: BTreeMap<SourceId, usize> = BTreeMap::new();
    for &id in briefs {
        let cited: BTreeSet<SourceId> = here.library().document(id).sources.iter().copied().collect();
        for publisher in cited.iter().map(|&source| here.publisher_of(source)).collect::<BTreeSet<_>>() {
            *publishers.entry(publisher).or_default() += 1;
        }
        for source in cited {
            *sources.entry(source).or_default() += 1;
        }
    }
    publishers.retain(|&id, count| *count > 1 && here.publisher_name(id).is_some());
    sources.retain(|_, count| *count > 1);
    let publishers = first(publishers).into_iter().map(|(id, count)| {
        let LinkView { name, url } = here.publisher_link(id);
        CitedPublisher { name, url, count }
    });
    let sources = first(sources).into_iter().filter_map(|(id, count)| {
        let source = here.whole_source(id);
        Some(CitedSource {
            title: source.title.to_string(),
            language: source.language,
            publisher: here.publisher_name(here.publisher_of(id)).unwrap_or_default().to_owned(),
            url: here.source_link(id)?.url,
            count,
        })
    });
    (publishers.collect(), sources.collect())
}

/// Those counted most; of those with one count, the most recent.
fn first<T: Ord + Copy>(counts: BTreeMap<T, usize>) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(id, count)| (Reverse(count), id));
    counts.truncate(MOST_CITED);
    counts
}
