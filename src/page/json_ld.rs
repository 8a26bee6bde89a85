//! What search engines read of a brief: schema.org's vocabulary, from the same values as the page.

use super::view::{BriefView, PageImage, SourceView};
use super::{Here, document, source};
use crate::atlas::{EntityId, Kind};
use crate::language::LanguageTag;
use crate::library::{DocumentId, SourceId};
use crate::reference::{self, Locator, Reference, Unit};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How much room is made for a brief at first, in bytes: more than most need.
const JSON: usize = 4_096;

/// A brief.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NewsArticle<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(rename = "abstract", skip_serializing_if = "String::is_empty")]
    summary: String,
    in_language: &'a LanguageTag,
    url: String,
    date_published: &'a str,
    #[serde(skip_serializing_if = "String::is_empty")]
    date_modified: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    publisher: Thing<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mentions: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<CreativeWork<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<CorrectionComment>,
}

/// What has a name: a person, an organisation, a place, a series.
#[derive(Serialize)]
struct Thing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    /// A country's code.
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
}

impl<'a> Thing<'a> {
    fn new(kind: &'static str, name: &'a str) -> Self {
        Self { kind, name, identifier: None }
    }
}

/// A correction of a brief.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CorrectionComment {
    #[serde(rename = "@type")]
    kind: &'static str,
    date_published: String,
    text: String,
}

/// A source that a brief cites.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CreativeWork<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    in_language: &'a LanguageTag,
    #[serde(skip_serializing_if = "Option::is_none")]
    genre: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    archived_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pagination: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<String>,
}

/// A `NewsArticle`, ready to stand in a script element.
pub(super) fn brief(here: Here<'_>, id: DocumentId, view: &BriefView, image: Option<&PageImage>) -> String {
    let document = here.library().document(id);
    let corrections = document.brief.front.corrections.iter();
    let thing = |&it: &EntityId| entity(here, it);
    let article = NewsArticle {
        context: "https://schema.org",
        kind: "NewsArticle",
        headline: &view.title,
        summary: document::description(document),
        in_language: &view.language,
        url: here.address.absolute(here.base()),
        date_published: &view.date.iso,
        date_modified: document::modified(document),
        image: image.map(|image| image.url.as_str()),
        author: view.authors.iter().map(|author| Thing::new("Person", &author.name)).collect(),
        publisher: Thing::new("Organization", &here.project().config.publisher),
        is_part_of: view.series.as_ref().map(|series| Thing::new("CreativeWorkSeries", &series.name)),
        keywords: view.topics.iter().map(|topic| topic.name.as_str()).collect(),
        about: document.countries.iter().chain(&document.organisations).map(thing).collect(),
        mentions: document.mentions.iter().map(thing).collect(),
        citation: citations(here, id, view),
        correction: corrections
            .map(|correction| CorrectionComment {
                kind: "CorrectionComment",
                date_published: correction.date.value.to_string(),
                text: crate::brief::markdown::plain(&correction.text.value),
            })
            .collect(),
    };
    let mut json = Vec::with_capacity(JSON);
    let written = serde_json::to_writer(&mut json, &article);
    let (Ok(()), Ok(json)) = (written, String::from_utf8(json)) else {
        unreachable!("strings and lists are always written")
    };
    // `</script>` in a title must not end the element.
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
}

fn entity(here: Here<'_>, id: EntityId) -> Thing<'_> {
    let atlas = &here.world.project.atlas;
    let entity = atlas.get(id);
    let kind = match entity.kind {
        Kind::State => "Country",
        Kind::Organisation => "Organization",
        _ => "Place",
    };
    let codes = entity.codes.as_ref();
    let identifier = codes.map(|codes| codes.alpha2.as_str());
    Thing { identifier, ..Thing::new(kind, atlas.name(id, here.tag())) }
}

/// The sources that the brief cites, in the order of their first notes, each once.
fn citations<'a>(here: Here<'a>, id: DocumentId, view: &'a BriefView) -> Vec<CreativeWork<'a>> {
    let document = here.library().document(id);
    let mut works: Vec<Work<'_>> = Vec::new();
    let mut known: BTreeMap<SourceId, usize> = BTreeMap::new();
    let mut placed: BTreeSet<(usize, Option<&Locator>)> = BTreeSet::new();
    for (citation, &source) in document.brief.citations.iter().zip(&document.sources) {
        let note = &document.brief.notes.called[citation.note];
        let Some(reference) = document.brief.reference(note.origin, &here.project().bibliography) else {
            continue;
        };
        let Some(shown) = view.text.notes.get(citation.note).and_then(|note| note.source.as_ref()) else {
            continue;
        };
        let at = *known.entry(source).or_insert(works.len());
        if at == works.len() {
            works.push(Work { reference, shown, pages: Vec::new(), positions: Vec::new() });
        }
        let locator = source::locator(reference, note);
        if placed.insert((at, locator)) {
            works[at].add_place(locator, shown);
        }
    }
    works.into_iter().map(|work| work.cited(here)).collect()
}

/// A source as a work that the brief cites, and where in it.
struct Work<'a> {
    reference: &'a Reference,
    shown: &'a SourceView,
    /// Of the places cited, the pages.
    pages: Vec<&'a str>,
    /// And the others.
    positions: Vec<&'a str>,
}

impl<'a> Work<'a> {
    fn add_place(&mut self, locator: Option<&'a Locator>, shown: &'a SourceView) {
        match locator {
            Some(Locator { unit: Unit::Page, value }) => self.pages.push(value),
            _ => self.positions.extend(shown.locator.as_deref()),
        }
    }

    fn cited(self, here: Here<'a>) -> CreativeWork<'a> {
        let (reference, shown) = (self.reference, self.shown);
        let (kind, genre) = kind(reference.kind);
        let joined = |places: Vec<&str>| (!places.is_empty()).then(|| places.join(", "));
        let publisher = shown.publisher.as_deref();
        CreativeWork {
            kind,
            name: &shown.title,
            in_language: shown.language.as_ref().unwrap_or(here.tag()),
            genre,
            author: reference.authors.iter().map(|author| Thing::new("Person", &author.value)).collect(),
            publisher: publisher.map(|name| Thing::new("Organization", name)),
            date_published: shown.date.as_ref().map(|date| date.iso.as_str()),
            identifier: shown.number.as_deref(),
            url: shown.url.as_deref(),
            archived_at: shown.archive.as_ref().map(|archive| archive.url.as_str()),
            pagination: joined(self.pages),
            position: joined(self.positions),
        }
    }
}

/// The type of a kind of source in schema.org's vocabulary, and its genre where that has no type for it.
fn kind(kind: reference::Kind) -> (&'static str, Option<&'static str>) {
    match kind {
        reference::Kind::Document => ("CreativeWork", None),
        reference::Kind::Article => ("Article", None),
        reference::Kind::Dispatch => ("NewsArticle", None),
        reference::Kind::Report => ("Report", None),
        reference::Kind::Law => ("Legislation", None),
        reference::Kind::Resolution => ("Legislation", Some("resolution")),
        reference::Kind::Speech => ("CreativeWork", Some("speech")),
        reference::Kind::Interview => ("CreativeWork", Some("interview")),
        reference::Kind::Post => ("SocialMediaPosting", None),
        reference::Kind::Video => ("VideoObject", None),
        reference::Kind::Dataset => ("Dataset", None),
        reference::Kind::Book => ("Book", None),
    }
}
