//! A library as a build keeps it for the next one: all but the facts of its texts, which stand for themselves.

use super::{
    Bonds, Catalogue, Citation, Document, DocumentId, Groups, Introduction, LanguageId, Leads, Library,
    Publishers, SourceId, Sources, Withheld,
};
use crate::atlas::EntityId;
use crate::brief::Dossier;
use crate::source::ContentPath;
use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A library without the facts of its texts.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptLibrary<'a> {
    documents: Documents<'a>,
    introductions: Vec<KeptIntroduction<'a>>,
    briefs: usize,
    withheld: Cow<'a, [Withheld]>,
    groups: Cow<'a, [Groups]>,
    sources: Cow<'a, Sources>,
    publishers: Cow<'a, Publishers>,
    catalogues: Cow<'a, [Catalogue]>,
    bonds: Cow<'a, Bonds>,
    assets: Cow<'a, BTreeSet<ContentPath>>,
    today: Date,
}

/// The documents: those of a library with the numbers of their texts, to be written one by one; or those that were read.
#[derive(Debug)]
enum Documents<'a> {
    AtHand(&'a [Document], Vec<u32>),
    Read(Vec<KeptDocument<'static>>),
}

impl Serialize for Documents<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::AtHand(documents, numbers) => {
                let kept = documents.iter().zip(numbers);
                serializer.collect_seq(kept.map(|(document, &number)| KeptDocument::of(document, number)))
            }
            Self::Read(documents) => documents.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Documents<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::Read)
    }
}

/// A document, its text by its number.
#[derive(Debug, Serialize, Deserialize)]
struct KeptDocument<'a> {
    text: u32,
    language: LanguageId,
    slug: Cow<'a, str>,
    date: Option<Date>,
    countries: Cow<'a, [EntityId]>,
    organisations: Cow<'a, [EntityId]>,
    mentions: Cow<'a, [EntityId]>,
    links: Cow<'a, [Leads]>,
    sources: Cow<'a, [SourceId]>,
    cited_by: Cow<'a, [Citation]>,
    translations: Cow<'a, [DocumentId]>,
}

/// An introduction, its text by its number.
#[derive(Debug, Serialize, Deserialize)]
struct KeptIntroduction<'a> {
    of: (LanguageId, EntityId),
    text: u32,
    links: Cow<'a, [Leads]>,
}

impl<'a> KeptDocument<'a> {
    fn of(document: &'a Document, text: u32) -> Self {
        let Document {
            brief: _,
            language,
            slug,
            date,
            countries,
            organisations,
            mentions,
            links,
            sources,
            cited_by,
            translations,
        } = document;
        Self {
            text,
            language: *language,
            slug: (&**slug).into(),
            date: *date,
            countries: (&**countries).into(),
            organisations: (&**organisations).into(),
            mentions: (&**mentions).into(),
            links: (&**links).into(),
            sources: (&**sources).into(),
            cited_by: (&**cited_by).into(),
            translations: (&**translations).into(),
        }
    }
}

impl<'a> KeptIntroduction<'a> {
    fn of(of: (LanguageId, EntityId), introduction: &'a Introduction, text: u32) -> Self {
        let Introduction { brief: _, links } = introduction;
        Self { of, text, links: (&**links).into() }
    }
}

impl Library {
    /// What is to be kept of it, where `number` tells the number of each text; nothing if it does not know one.
    pub fn kept(&self, number: impl Fn(&ContentPath) -> Option<u32>) -> Option<KeptLibrary<'_>> {
        let Self {
            documents,
            briefs,
            withheld,
            groups,
            sources,
            publishers,
            catalogues,
            bonds,
            introductions,
            assets,
            today,
        } = self;
        Some(KeptLibrary {
            documents: Documents::AtHand(
                documents,
                documents.iter().map(|document| number(document.brief.path())).collect::<Option<_>>()?,
            ),
            introductions: introductions
                .iter()
                .map(|(&of, it)| Some(KeptIntroduction::of(of, it, number(it.brief.path())?)))
                .collect::<Option<_>>()?,
            briefs: *briefs,
            withheld: withheld.into(),
            groups: groups.into(),
            sources: Cow::Borrowed(sources),
            publishers: Cow::Borrowed(publishers),
            catalogues: catalogues.into(),
            bonds: Cow::Borrowed(bonds),
            assets: Cow::Borrowed(assets),
            today: *today,
        })
    }
}

impl KeptLibrary<'_> {
    /// The library of these texts, given by their numbers; nothing if it is of others.
    pub fn with_texts(self, texts: &[Dossier]) -> Option<Library> {
        let Documents::Read(documents) = self.documents else { return None };
        let text = |number: u32| texts.get(number as usize).cloned();
        let document = |kept: KeptDocument<'static>| {
            Some(Document {
                brief: text(kept.text)?,
                language: kept.language,
                slug: kept.slug.into_owned().into(),
                date: kept.date,
                countries: kept.countries.into_owned().into(),
                organisations: kept.organisations.into_owned().into(),
                mentions: kept.mentions.into_owned().into(),
                links: kept.links.into_owned().into(),
                sources: kept.sources.into_owned().into(),
                cited_by: kept.cited_by.into_owned().into(),
                translations: kept.translations.into_owned().into(),
            })
        };
        let introduction = |kept: KeptIntroduction<'_>| {
            let introduction =
                Introduction { brief: text(kept.text)?, links: kept.links.into_owned().into() };
            Some((kept.of, introduction))
        };
        Some(Library {
            documents: documents.into_iter().map(document).collect::<Option<_>>()?,
            introductions: self
                .introductions
                .into_iter()
                .map(introduction)
                .collect::<Option<BTreeMap<_, _>>>()?,
            briefs: self.briefs,
            withheld: self.withheld.into_owned(),
            groups: self.groups.into_owned(),
            sources: self.sources.into_owned(),
            publishers: self.publishers.into_owned(),
            catalogues: self.catalogues.into_owned(),
            bonds: self.bonds.into_owned(),
            assets: self.assets.into_owned(),
            today: self.today,
        })
    }
}
