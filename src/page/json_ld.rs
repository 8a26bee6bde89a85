//! What search engines read of a brief: schema.org's vocabulary, from the same values as the page.

use super::json::{self, Object};
use super::view::{BriefView, PageImage, SourceView};
use super::{Here, document, source};
use crate::atlas::{EntityId, Kind};
use crate::library::{DocumentId, SourceId};
use crate::reference::{self, Locator, Reference, Unit};
use std::collections::{BTreeMap, BTreeSet};

/// How much room is made for a brief at first, in bytes: more than most need.
const JSON: usize = 4_096;

/// What has a name: a person, an organisation, a place, a series.
struct Thing<'a> {
    kind: &'static str,
    name: &'a str,
    /// A country's code.
    identifier: Option<&'a str>,
}

impl<'a> Thing<'a> {
    fn new(kind: &'static str, name: &'a str) -> Self {
        Self { kind, name, identifier: None }
    }

    fn push(json: &mut String, thing: Self) {
        json::push_object(json, |object| thing.write(object));
    }

    fn write(self, object: &mut Object<'_>) {
        object.word("@type", self.kind);
        object.text("name", self.name);
        object.optional("identifier", self.identifier);
    }
}

/// A `NewsArticle`, ready to stand in a script element.
pub(super) fn brief(here: Here<'_>, id: DocumentId, view: &BriefView, image: Option<&PageImage>) -> String {
    let document = here.library().document(id);
    let thing = |&it: &EntityId| entity(here, it);
    let mut json = String::with_capacity(JSON);
    json::push_object(&mut json, |article| {
        article.word("@context", "https://schema.org");
        article.word("@type", "NewsArticle");
        article.text("headline", &view.title);
        article.optional("abstract", Some(&*document::description(document)).filter(|it| !it.is_empty()));
        article.word("inLanguage", view.language.as_str());
        article.text("url", &here.address.absolute(here.base()));
        article.word("datePublished", &view.date.iso);
        article.optional("dateModified", Some(&*document::modified(document)).filter(|it| !it.is_empty()));
        article.optional("image", image.map(|image| image.url.as_str()));
        let authors = view.authors.iter().map(|author| Thing::new("Person", &author.name));
        article.list("author", authors, Thing::push);
        let publisher = Thing::new("Organization", &here.project().config.publisher);
        article.object("publisher", |object| publisher.write(object));
        if let Some(series) = &view.series {
            let series = Thing::new("CreativeWorkSeries", &series.name);
            article.object("isPartOf", |object| series.write(object));
        }
        article.list("keywords", view.topics.iter().map(|topic| topic.name.as_str()), json::push_string);
        let about = document.countries.iter().chain(&document.organisations).map(thing);
        article.list("about", about, Thing::push);
        article.list("mentions", document.mentions.iter().map(thing), Thing::push);
        article.list("citation", works(here, id, view), |json, work| work.push(json, here));
        article.list("correction", &document.brief.front.corrections, |json, correction| {
            json::push_object(json, |comment| {
                comment.word("@type", "CorrectionComment");
                comment.text("datePublished", &correction.date.value.to_string());
                comment.text("text", &crate::brief::markdown::plain(&correction.text.value));
            });
        });
    });
    // `</script>` in a title must not end the element.
    if memchr::memchr(b'<', json.as_bytes()).is_some() { json.replace('<', "\\u003c") } else { json }
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
fn works<'a>(here: Here<'a>, id: DocumentId, view: &'a BriefView) -> Vec<Work<'a>> {
    let document = here.library().document(id);
    let mut works: Vec<Work<'a>> = Vec::new();
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
    works
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

    fn push(&self, json: &mut String, here: Here<'_>) {
        let (reference, shown) = (self.reference, self.shown);
        let (kind, genre) = kind(reference.kind);
        json::push_object(json, |work| {
            work.word("@type", kind);
            work.text("name", &shown.title);
            work.word("inLanguage", shown.language.as_ref().unwrap_or(here.tag()).as_str());
            work.optional("genre", genre);
            let authors = reference.authors.iter().map(|author| Thing::new("Person", &author.value));
            work.list("author", authors, Thing::push);
            if let Some(name) = &shown.publisher {
                work.object("publisher", |object| Thing::new("Organization", name).write(object));
            }
            if let Some(date) = &shown.date {
                work.word("datePublished", &date.iso);
            }
            work.optional("identifier", shown.number.as_deref());
            work.optional("url", shown.url.as_deref());
            work.optional("archivedAt", shown.archive.as_ref().map(|archive| &*archive.url));
            for (name, places) in [("pagination", &self.pages), ("position", &self.positions)] {
                if !places.is_empty() {
                    work.text(name, &places.join(", "));
                }
            }
        });
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
