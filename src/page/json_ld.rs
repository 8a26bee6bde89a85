//! What search engines read of a brief: schema.org's vocabulary, from the same values as the page.

use super::view::{BriefView, PageImage};
use super::{Here, document};
use crate::atlas::Kind;
use crate::library::DocumentId;
use crate::reference::Reference;
use serde_json::{Map, Value, json};

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
    put(
        "citation",
        document
            .brief
            .notes
            .called
            .iter()
            .filter_map(|note| document.brief.reference(note.origin, &here.project().bibliography))
            .map(citation)
            .collect(),
    );
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

/// A source as a work that the brief cites.
fn citation(reference: &Reference) -> Value {
    let mut work = json!({"@type": "CreativeWork", "name": reference.title.value});
    if let Some(url) = &reference.url {
        work["url"] = json!(url.value);
    }
    if let Some(archive) = &reference.archive {
        work["archivedAt"] = json!(archive.value);
    }
    if let Some(publisher) = &reference.publisher {
        work["publisher"] = json!({"@type": "Organization", "name": publisher.value});
    }
    if let Some(date) = &reference.date {
        work["datePublished"] = json!(date.value.to_string());
    }
    work
}
