//! CSL-JSON, the input of citation styles: a list of items, by the schema `csl-data`.

use super::{Item, ItemType, Name};
use crate::data::PartialDate;
use serde::Serialize;

/// The file of these items, each field on a line of its own.
pub fn csl_json(items: &[Item]) -> String {
    let mut file = String::with_capacity(512 * items.len() + 3);
    file.push('[');
    for (rank, item) in items.iter().enumerate() {
        file.push_str(if rank > 0 { ", " } else { "" });
        push_object(&mut file, item);
    }
    file.push_str("]\n");
    file
}

fn push_object(file: &mut String, item: &Item) {
    let authors: Vec<CslName<'_>> = item.author.iter().map(CslName::of).collect();
    let issued = item.issued.map(|date| Issued { date_parts: [date_parts(date)] });
    let fields = [
        ("id", Some(json(&item.id))),
        ("type", Some(json(item_type(item.item_type)))),
        ("title", Some(json(&item.title))),
        ("author", (!authors.is_empty()).then(|| json(&authors))),
        ("container-title", item.container_title.as_ref().map(json)),
        ("publisher", item.publisher.as_ref().map(json)),
        ("issued", issued.as_ref().map(json)),
        ("version", item.version.as_ref().map(json)),
        ("URL", item.url.as_ref().map(json)),
        ("language", item.language.as_ref().map(json)),
    ];
    let mut before = "{\n";
    for (field, value) in fields {
        let Some(value) = value else { continue };
        file.extend([before, "  \"", field, "\": ", &value]);
        before = ",\n";
    }
    file.push_str("\n}");
}

fn json(value: &(impl Serialize + ?Sized)) -> String {
    let Ok(json) = serde_json::to_string(value) else {
        unreachable!("strings, numbers and lists are always written")
    };
    json
}

fn item_type(item_type: ItemType) -> &'static str {
    match item_type {
        ItemType::ArticleNewspaper => "article-newspaper",
        ItemType::Webpage => "webpage",
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum CslName<'a> {
    Person { family: &'a str, given: &'a str },
    Literal { literal: &'a str },
}

impl<'a> CslName<'a> {
    fn of(name: &'a Name) -> Self {
        match name {
            Name::Person { family, given } => Self::Person { family, given },
            Name::Literal(literal) => Self::Literal { literal },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Issued {
    date_parts: [Vec<i16>; 1],
}

/// Year, month and day, as many of them as are known.
fn date_parts(date: PartialDate) -> Vec<i16> {
    let parts = [Some(date.year), date.month.map(i16::from), date.day.map(i16::from)];
    parts.into_iter().map_while(|part| part).collect()
}
