//! What search engines read of a brief: schema.org's vocabulary, from the same values as the page.

use super::view::{BriefView, PageImage, SourceView};
use super::{Here, document, source};
use crate::atlas::Kind;
use crate::library::{DocumentId, SourceId};
use crate::reference::{self, Locator, Reference, Unit};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A `NewsArticle`, ready to stand in a script element.
pub(super) fn brief(here: Here<'_>, id: DocumentId, view: &BriefView, image: Option<&PageImage>) -> String {
    let document = here.library().document(id);
    let front = &document.brief.front;
    let mut article = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            _ => false,
        };
        if !empty {
            article.insert(key.to_owned(), value);
        }
    };
    put("@context", json!("https://schema.org"));
    put("@type", json!("NewsArticle"));
    put("headline", json!(view.title));
    put("abstract", json!(document::description(document)));
    put("inLanguage", json!(view.language));
    put("url", json!(here.address.absolute(here.base())));
    put("datePublished", json!(view.date.iso));
    put("dateModified", json!(document::modified(document)));
    put("image", image.map_or(Value::Null, |image| json!(image.url)));
    put(
        "author",
        view.authors.iter().map(|author| json!({"@type": "Person", "name": author.name})).collect(),
    );
    put("publisher", json!({"@type": "Organization", "name": here.project().config.publisher}));
    put("isPartOf", series(view));
    put("keywords", view.topics.iter().map(|topic| json!(topic.name)).collect());
    put("about", document.countries.iter().map(|&country| place(here, country)).collect());
    put("citation", citations(here, id, view));
    put(
        "correction",
        front
            .corrections
            .iter()
            .map(|correction| {
                json!({
                    "@type": "CorrectionComment",
                    "datePublished": correction.date.value.to_string(),
                    "text": crate::brief::markdown::plain(&correction.text.value),
                })
            })
            .collect(),
    );
    // `</script>` in a title must not end the element.
    Value::Object(article).to_string().replace('<', "\\u003c")
}

fn series(view: &BriefView) -> Value {
    view.series
        .as_ref()
        .map_or(Value::Null, |series| json!({"@type": "CreativeWorkSeries", "name": series.name}))
}

fn place(here: Here<'_>, country: crate::atlas::EntityId) -> Value {
    let entity = here.project().atlas.get(country);
    let kind = if matches!(entity.kind, Kind::State) { "Country" } else { "Place" };
    let mut place = json!({"@type": kind, "name": here.project().atlas.name(country, here.tag())});
    if let Some(codes) = &entity.codes {
        place["identifier"] = json!(codes.alpha2);
    }
    place
}

/// The sources that the brief cites, in the order of their first notes, each once.
fn citations(here: Here<'_>, id: DocumentId, view: &BriefView) -> Value {
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
    works.iter().map(|work| work.json(here)).collect()
}

/// A source as a work that the brief cites, and where in it.
struct Work<'a> {
    reference: &'a Reference,
    shown: &'a SourceView,
    /// Of the places cited, the pages.
    pages: Vec<String>,
    /// And the others.
    positions: Vec<String>,
}

impl Work<'_> {
    fn add_place(&mut self, locator: Option<&Locator>, shown: &SourceView) {
        match locator {
            Some(Locator { unit: Unit::Page, value }) => self.pages.push(value.clone()),
            _ => self.positions.extend(shown.locator.clone()),
        }
    }

    fn json(&self, here: Here<'_>) -> Value {
        let (reference, shown) = (self.reference, self.shown);
        let (kind, genre) = kind(reference.kind);
        let language = shown.language.as_ref().unwrap_or(here.tag());
        let mut work = json!({"@type": kind, "name": shown.title, "inLanguage": language});
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                work[key] = value;
            }
        };
        let authors = reference.authors.iter().map(|author| json!({"@type": "Person", "name": author.value}));
        let organisation = |name: &String| json!({"@type": "Organization", "name": name});
        put("genre", genre.map(Value::from));
        put("author", (!reference.authors.is_empty()).then(|| authors.collect()));
        put("publisher", shown.publisher.as_ref().map(organisation));
        put("datePublished", shown.date.as_ref().map(|date| json!(date.iso)));
        put("identifier", shown.number.as_ref().map(|number| json!(number)));
        put("url", shown.url.as_ref().map(|url| json!(url)));
        put("archivedAt", shown.archive.as_ref().map(|archive| json!(archive.url)));
        put("pagination", (!self.pages.is_empty()).then(|| json!(self.pages.join(", "))));
        put("position", (!self.positions.is_empty()).then(|| json!(self.positions.join(", "))));
        work
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
