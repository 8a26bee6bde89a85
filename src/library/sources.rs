//! Sources: what the documents of the site cite, and where.

use super::{Document, DocumentId};
use crate::reference::{Bibliography, Identity, Reference};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A source that is cited: its index in [`Sources::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceId(u32);

impl SourceId {
    fn new(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Every source that a published document cites.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sources {
    /// Each once, however often it was written down; those that the newest documents cite come first.
    pub all: Vec<CitedSource>,
    /// Which of them several documents cite: every note asks, and most sources are cited once.
    repeated: Vec<bool>,
}

/// A source, and who cites it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CitedSource {
    /// What it is.
    pub identity: Identity,
    /// Where its record stands that speaks for all of them.
    pub record: Record,
    /// Who cites it, newest first, each document once.
    pub citations: Vec<SourceCitation>,
}

/// Where a source is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Record {
    /// In the shared library: its n-th entry.
    Shared(usize),
    /// In the front matter of the document that cited it first, the oldest: the n-th of its called notes.
    Note(DocumentId, usize),
}

/// A document that cites a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceCitation {
    /// The document.
    pub from: DocumentId,
    /// Which of its citations, an index in [`crate::brief::Brief::citations`], is the first of this source.
    pub citation: usize,
    /// How many calls of it the document has.
    pub calls: u32,
}

impl Sources {
    /// Gathers what `documents`, in their order, cite. Beside it comes which source each of their citations is of.
    pub(super) fn gather(documents: &[Document], bibliography: &Bibliography) -> (Self, Vec<Vec<SourceId>>) {
        let shared: Vec<Identity> =
            bibliography.entries().iter().map(|entry| Identity::of(&entry.reference)).collect();
        let mut by_identity: BTreeMap<Identity, SourceId> = BTreeMap::new();
        let mut sources = Self::default();
        let mut cited = Vec::with_capacity(documents.len());
        for (index, document) in documents.iter().enumerate() {
            let from = DocumentId::new(index);
            let mut found = Vec::with_capacity(document.brief.citations.len());
            for (citation, it) in document.brief.citations.iter().enumerate() {
                let note = &document.brief.notes.called[it.note];
                let Some(reference) = document.brief.reference(note.origin, bibliography) else { continue };
                let identity = Identity::of(reference);
                let id = *by_identity.entry(identity.clone()).or_insert_with(|| {
                    let record = Record::Note(from, it.note);
                    sources.all.push(CitedSource { identity, record, citations: Vec::new() });
                    SourceId::new(sources.all.len() - 1)
                });
                let source = &mut sources.all[id.index()];
                source.record = Record::Note(from, it.note);
                match source.citations.last_mut().filter(|last| last.from == from) {
                    Some(last) => last.calls += note.calls,
                    None => source.citations.push(SourceCitation { from, citation, calls: note.calls }),
                }
                found.push(id);
            }
            cited.push(found);
        }
        // Of two entries of one source the first speaks.
        for (entry, identity) in shared.iter().enumerate().rev() {
            if let Some(id) = by_identity.get(identity) {
                sources.all[id.index()].record = Record::Shared(entry);
            }
        }
        sources.repeated = sources.all.iter().map(|source| source.citations.len() > 1).collect();
        (sources, cited)
    }

    /// A source.
    pub fn get(&self, id: SourceId) -> &CitedSource {
        &self.all[id.index()]
    }

    /// Whether several documents cite a source.
    pub fn is_repeated(&self, id: SourceId) -> bool {
        self.repeated[id.index()]
    }

    /// Every source, with its id.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &CitedSource)> {
        self.all.iter().enumerate().map(|(index, source)| (SourceId::new(index), source))
    }
}

impl CitedSource {
    /// Its record.
    pub fn reference<'a>(&self, documents: &'a [Document], bibliography: &'a Bibliography) -> &'a Reference {
        self.record.reference(documents, bibliography)
    }
}

impl Record {
    /// What is written there.
    pub fn reference<'a>(self, documents: &'a [Document], bibliography: &'a Bibliography) -> &'a Reference {
        let found = match self {
            Self::Shared(entry) => bibliography.get(entry).map(|entry| &entry.reference),
            Self::Note(document, note) => {
                let brief = &documents[document.index()].brief;
                brief.reference(brief.notes.called[note].origin, bibliography)
            }
        };
        let Some(reference) = found else { unreachable!("a source is gathered from its record") };
        reference
    }
}
