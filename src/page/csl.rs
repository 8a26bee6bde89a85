//! A source as the Citation Style Language has it: an item of CSL-JSON.

use super::{Here, source};
use crate::data::{PartialDate, Spanned};
use crate::reference::{Kind, Locator, Reference, Unit};
use compact_str::CompactString;
use serde_json::{Value, json};

/// The item for `reference`, or for the place in it that `locator` names. It depends on nothing but what the source says, so that equal items are
/// printed alike.
pub(super) fn item(here: Here<'_>, reference: &Reference, locator: Option<&Locator>) -> String {
    let language = reference.language.as_ref().map_or(here.tag(), |language| &language.value);
    let mut item = json!({
        "id": "source",
        "type": kind(reference.kind),
        "title": reference.title.value,
        "language": language,
    });
    let mut put = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            item[key] = value;
        }
    };
    let text = |value: &Option<Spanned<CompactString>>| value.as_ref().map(|value| json!(value.value));
    // A name is one whole: nothing tells which part of it is the family's, nor an institution from a person.
    let authors = reference.authors.iter().map(|author| json!({"literal": author.value}));
    put("author", (!reference.authors.is_empty()).then(|| authors.collect()));
    put(publisher(reference.kind), text(&reference.publisher));
    put(number(reference.kind), text(&reference.number));
    put("issued", reference.date.as_ref().map(|date| parts(date.value)));
    put("accessed", reference.accessed.as_ref().map(|day| parts(day.value.into())));
    put("URL", source::web(&reference.url).map(|url| json!(url)));
    if let Some(locator) = locator.filter(|locator| locator.unit != Unit::Other) {
        put("label", Some(json!(locator.unit.name())));
        put("locator", Some(json!(locator.value)));
    }
    item.to_string()
}

/// The type of a kind. CSL has none for dispatches, nor for the resolutions of an assembly, which it numbers like laws.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "document",
        Kind::Article | Kind::Dispatch => "article-newspaper",
        Kind::Report => "report",
        Kind::Law | Kind::Resolution => "legislation",
        Kind::Speech => "speech",
        Kind::Interview => "interview",
        Kind::Post => "post",
        Kind::Video => "motion_picture",
        Kind::Dataset => "dataset",
        Kind::Book => "book",
    }
}

/// What the publisher of a kind is: who publishes it, or what it appeared in.
fn publisher(kind: Kind) -> &'static str {
    match kind {
        Kind::Article | Kind::Dispatch | Kind::Interview | Kind::Post => "container-title",
        Kind::Law | Kind::Resolution => "authority",
        _ => "publisher",
    }
}

fn number(kind: Kind) -> &'static str {
    if kind == Kind::Dataset { "version" } else { "number" }
}

fn parts(date: PartialDate) -> Value {
    let parts: Vec<i16> =
        [Some(date.year), date.month.map(i16::from), date.day.map(i16::from)].into_iter().flatten().collect();
    json!({"date-parts": [parts]})
}
