//! CSL-JSON, the input of citation styles: a list of items, by the schema `csl-data`.

use super::{Item, ItemType, Name};
use crate::data::PartialDate;
use serde_json::{Value, json};

/// The file of these items, each field on a line of its own.
pub fn csl_json(items: &[Item]) -> String {
    let items: Vec<String> = items.iter().map(object).collect();
    format!("[{}]\n", items.join(", "))
}

fn object(item: &Item) -> String {
    let authors: Vec<Value> = item.author.iter().map(name).collect();
    let fields = [
        ("id", Some(json!(item.id))),
        ("type", Some(json!(item_type(item.item_type)))),
        ("title", Some(json!(item.title))),
        ("author", (!authors.is_empty()).then_some(Value::Array(authors))),
        ("container-title", item.container_title.as_ref().map(|title| json!(title))),
        ("publisher", item.publisher.as_ref().map(|name| json!(name))),
        ("issued", item.issued.map(|date| json!({ "date-parts": [date_parts(date)] }))),
        ("version", item.version.as_ref().map(|version| json!(version))),
        ("URL", item.url.as_ref().map(|url| json!(url))),
        ("language", item.language.as_ref().map(|language| json!(language))),
    ];
    let lines = fields.into_iter().filter_map(|(field, value)| Some(format!("  \"{field}\": {}", value?)));
    format!("{{\n{}\n}}", lines.collect::<Vec<_>>().join(",\n"))
}

fn item_type(item_type: ItemType) -> &'static str {
    match item_type {
        ItemType::ArticleNewspaper => "article-newspaper",
        ItemType::Webpage => "webpage",
    }
}

fn name(name: &Name) -> Value {
    match name {
        Name::Person { family, given } => json!({ "family": family, "given": given }),
        Name::Literal(name) => json!({ "literal": name }),
    }
}

/// Year, month and day, as many of them as are known.
fn date_parts(date: PartialDate) -> Vec<i16> {
    let parts = [Some(date.year), date.month.map(i16::from), date.day.map(i16::from)];
    parts.into_iter().map_while(|part| part).collect()
}
