//! Catalogues: what the documents of each language cite, by who published it.

use super::sources::{Record, SourceCitation};
use super::{Document, DocumentId, LanguageId, SourceId, Sources};
use crate::language::slug_within;
use crate::reference::{Bibliography, Reference};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A publisher of sources: its index in [`Publishers::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PublisherId(u32);

impl PublisherId {
    fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who made sources public: by name, or else by the host they are read at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publisher {
    /// The name as most sources have it; what has neither publisher nor address has none.
    pub name: Option<String>,
    /// What its spellings have in common: the whole slug, or the name itself where that has no letter.
    pub key: String,
}

/// Who published the sources that are cited.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Publishers {
    /// Each once, however its name is spelt.
    pub all: Vec<Publisher>,
    /// The publisher of each source, as its record names it.
    of: Vec<PublisherId>,
}

/// What the documents of one language cite.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// The sources of each publisher.
    pub publishers: BTreeMap<PublisherId, Shelf>,
    /// The sources that several documents cite, and who does, newest first.
    pub repeated: BTreeMap<SourceId, Vec<SourceCitation>>,
    /// The sources whose record stands in a document of another language, and where this one writes them down.
    records: BTreeMap<SourceId, (Record, PublisherId)>,
}

/// What the documents of one language cite of one publisher.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Shelf {
    /// Its sources, those that the newest documents cite first.
    pub sources: Vec<SourceId>,
    /// How many documents cite one of them.
    pub documents: usize,
}

impl Publishers {
    /// A publisher.
    pub fn get(&self, id: PublisherId) -> &Publisher {
        &self.all[id.index()]
    }
}

impl Catalogue {
    /// Where a source is written down that speaks for all its records in this language.
    pub fn record(&self, id: SourceId, sources: &Sources) -> Record {
        self.records.get(&id).map_or_else(|| sources.get(id).record, |(record, _)| *record)
    }

    /// Who published a source, as this language names it.
    pub fn publisher(&self, id: SourceId, publishers: &Publishers) -> PublisherId {
        self.records.get(&id).map_or_else(|| publishers.of[id.index()], |(_, publisher)| *publisher)
    }
}

/// The publishers of `sources`, and the catalogue of each language; `cited` holds the sources of each of the documents.
pub(super) fn gather(
    sources: &Sources,
    documents: &[Document],
    cited: &[Vec<SourceId>],
    bibliography: &Bibliography,
    languages: usize,
) -> (Publishers, Vec<Catalogue>) {
    let mut naming = Naming::default();
    let of = sources.all.iter().map(|source| naming.file(source.reference(documents, bibliography)));
    let of = of.collect();
    let mut catalogues: Vec<Catalogue> = (0..languages).map(|_| Catalogue::default()).collect();
    for ((language, id), record) in other_records(sources, documents, cited) {
        let publisher = naming.file(record.reference(documents, bibliography));
        catalogues[language.index()].records.insert(id, (record, publisher));
    }
    let publishers = Publishers { all: naming.publishers(), of };
    shelve(&mut catalogues, &publishers, documents, cited);
    for (id, source) in sources.iter().filter(|(id, _)| sources.is_repeated(*id)) {
        for (language, citations) in by_language(&source.citations, documents) {
            if citations.len() > 1 {
                catalogues[language.index()].repeated.insert(id, citations);
            }
        }
    }
    (publishers, catalogues)
}

/// The oldest record of each source in each language that is not the one of the note which speaks for it.
fn other_records(
    sources: &Sources,
    documents: &[Document],
    cited: &[Vec<SourceId>],
) -> BTreeMap<(LanguageId, SourceId), Record> {
    let mut records = BTreeMap::new();
    for (index, (document, cited)) in documents.iter().zip(cited).enumerate() {
        for (citation, &id) in document.brief.citations.iter().zip(cited) {
            let Record::Note(speaking, _) = sources.get(id).record else { continue };
            if documents[speaking.index()].language != document.language {
                let record = Record::Note(DocumentId::new(index), citation.note);
                records.insert((document.language, id), record);
            }
        }
    }
    records
}

/// Puts each source on the shelf of its publisher when the first document of a language, the newest, cites it.
fn shelve(
    catalogues: &mut [Catalogue],
    publishers: &Publishers,
    documents: &[Document],
    cited: &[Vec<SourceId>],
) {
    let mut shelved: BTreeSet<(LanguageId, SourceId)> = BTreeSet::new();
    for (document, cited) in documents.iter().zip(cited) {
        let own = &mut catalogues[document.language.index()];
        let mut counted: BTreeSet<PublisherId> = BTreeSet::new();
        for &id in cited {
            let publisher = own.publisher(id, publishers);
            let shelf = own.publishers.entry(publisher).or_default();
            shelf.documents += usize::from(counted.insert(publisher));
            if shelved.insert((document.language, id)) {
                shelf.sources.push(id);
            }
        }
    }
}

fn by_language(
    citations: &[SourceCitation],
    documents: &[Document],
) -> BTreeMap<LanguageId, Vec<SourceCitation>> {
    let mut found: BTreeMap<LanguageId, Vec<SourceCitation>> = BTreeMap::new();
    for citation in citations {
        found.entry(documents[citation.from.index()].language).or_default().push(*citation);
    }
    found
}

/// Publishers told apart by their keys, and how often each spelling was met.
#[derive(Default)]
struct Naming {
    by_key: BTreeMap<String, PublisherId>,
    spellings: BTreeMap<(PublisherId, String), usize>,
}

impl Naming {
    /// The publisher of a source, by its name or its host; of all that have neither, the same.
    fn file(&mut self, reference: &Reference) -> PublisherId {
        let name = reference.publisher_or_host().map(|name| name.trim().to_owned()).unwrap_or_default();
        let next = PublisherId::new(self.by_key.len());
        let id = *self.by_key.entry(key_of(&name)).or_insert(next);
        *self.spellings.entry((id, name)).or_default() += 1;
        id
    }

    /// Every publisher, in the order of the ids, by its most frequent spelling; of several the first by its letters.
    fn publishers(self) -> Vec<Publisher> {
        let mut names: Vec<(usize, String)> = Vec::with_capacity(self.by_key.len());
        for ((id, name), count) in self.spellings {
            match names.get_mut(id.index()) {
                Some(most) if count > most.0 => *most = (count, name),
                Some(_) => {}
                None => names.push((count, name)),
            }
        }
        let mut keys: Vec<(PublisherId, String)> =
            self.by_key.into_iter().map(|(key, id)| (id, key)).collect();
        keys.sort_unstable();
        let named = |name: String| Some(name).filter(|name| !name.is_empty());
        keys.into_iter()
            .zip(names)
            .map(|((_, key), (_, name))| Publisher { name: named(name), key })
            .collect()
    }
}

fn key_of(name: &str) -> String {
    match slug_within(name, usize::MAX) {
        slug if slug.is_empty() => name.to_owned(),
        slug => slug,
    }
}
