//! What a site itself says of the world: territories that no list has, and organisations with their members.

use crate::data::{Node, Reader, Refusal, Spanned, Table};
use crate::diagnostic::{Diagnostic, code};
use crate::language::{LanguageTag, slug};

/// A territory the site declares, `[territories.haut-karabagh]`, or a state or territory of which it says something else than
/// what is built in: `[territories.TW]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Territory {
    /// What briefs call it by, and its slug: lower case letters, digits, hyphens; or two capitals, the code of a country.
    pub key: Spanned<String>,
    /// Its name in each language that has one, in written order.
    pub names: Vec<(LanguageTag, EntityName)>,
    /// Whether a name is missing because it was refused, which was told.
    pub has_refused_names: bool,
    /// What it is, where the site says so.
    pub kind: Option<TerritoryKind>,
    /// The country it is counted to, as it was written.
    pub parent: Option<Spanned<String>>,
    /// Its region, as a code of UN M49, as it was written.
    pub region: Option<Spanned<String>>,
    /// What the publication has to say of its status, in its own language.
    pub note: Option<String>,
    /// Whether it has a page, and a place in the index. What is on one that has none is counted to its parent.
    pub page: bool,
}

/// What a territory is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TerritoryKind {
    /// Part of a country, or dependent on one.
    Territory,
    /// Claimed by several.
    Disputed,
    /// No longer there.
    Historical,
}

/// An organisation the site declares: `[organisations.otsc]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Organisation {
    /// What briefs call it by, and its slug.
    pub key: Spanned<String>,
    /// Its name in each language that has one, in written order.
    pub names: Vec<(LanguageTag, EntityName)>,
    /// Whether a name is missing because it was refused, which was told.
    pub has_refused_names: bool,
    /// Its members, as they were written.
    pub members: Vec<Spanned<String>>,
}

/// The name of a territory or an organisation in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct EntityName {
    /// The full name, without article.
    pub name: Spanned<String>,
    /// A shorter one, or an acronym.
    pub short: Option<String>,
    /// The article it takes: `le`.
    pub article: Option<String>,
    /// What says "in" it: `au`.
    pub preposition: Option<String>,
    /// Other names it is found by.
    pub others: Vec<Spanned<String>>,
    /// What the publication has to say of its status in this language.
    pub note: Option<String>,
}

const KINDS: [(&str, TerritoryKind); 3] = [
    ("territory", TerritoryKind::Territory),
    ("disputed", TerritoryKind::Disputed),
    ("historical", TerritoryKind::Historical),
];

impl Territory {
    /// Every table under `[territories]`.
    pub(super) fn read_all(reader: &mut Reader<'_>) -> Vec<Self> {
        let is_key = |key: &str| slug(key) == key || is_code(key);
        each(reader, "territory", is_key, |key, mut reader| {
            let kind = reader.choice("kind", &KINDS);
            let parent = reader.text("parent");
            let region = reader.parsed("region", parse_region);
            let note = reader.text("note").map(|note| note.value);
            let page = reader.boolean("page").is_none_or(|page| page.value);
            let (names, has_refused_names) = names(&mut reader, &key, "territory");
            reader.finish();
            Self { key, names, has_refused_names, kind, parent, region, note, page }
        })
    }
}

impl Organisation {
    /// Every table under `[organisations]`.
    pub(super) fn read_all(reader: &mut Reader<'_>) -> Vec<Self> {
        each(
            reader,
            "organisation",
            |key| slug(key) == key,
            |key, mut reader| {
                let members = reader.strings("members");
                let (names, has_refused_names) = names(&mut reader, &key, "organisation");
                reader.finish();
                Self { key, names, has_refused_names, members }
            },
        )
    }
}

/// Whether a key is written as the code of a country: `TW`.
pub fn is_code(key: &str) -> bool {
    key.len() == 2 && key.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Reads each table whose key is the site's own.
fn each<T>(
    reader: &mut Reader<'_>,
    what: &str,
    is_key: impl Fn(&str) -> bool,
    read: impl Fn(Spanned<String>, Reader<'_>) -> T,
) -> Vec<T> {
    let mut entities = Vec::new();
    for (key, value) in reader.others(|_| true) {
        if !is_key(&key.value) {
            let refusal = Refusal::new(format!(
                "the key of a {what} is made of lower case letters, digits and hyphens"
            ));
            let meant = slug(&key.value);
            reader.refuse(&key, if meant.is_empty() { refusal } else { refusal.meant(meant) });
        }
        if let Some(table) = table_of(reader, &key, value) {
            let name = format!("the {what} `{}`", key.value);
            entities.push(read(key, reader.inner(table, name)));
        }
    }
    entities
}

/// The names of an entity, every table whose key is a language's tag, and whether one of them was refused.
fn names(
    reader: &mut Reader<'_>,
    key: &Spanned<String>,
    what: &str,
) -> (Vec<(LanguageTag, EntityName)>, bool) {
    let mut names = Vec::new();
    let mut are_refused = false;
    for (language, value) in reader.others(|value| matches!(value, Node::Table(_))) {
        let Some(tag) = LanguageTag::parse(&language.value) else {
            let refusal = Refusal::new(format!("`{}` is not the tag of a language", language.value));
            reader.refuse(&language, refusal.help("a tag is written `fr`, `en` or `pt-BR`"));
            are_refused = true;
            continue;
        };
        let Some(table) = table_of(reader, &language, value) else { continue };
        let mut inner = reader.inner(table, format!("`{tag}` of the {what} `{}`", key.value));
        match name(&mut inner) {
            Some(name) => names.push((tag, name)),
            None => are_refused = true,
        }
        inner.finish();
    }
    (names, are_refused)
}

/// A name in one language.
fn name(reader: &mut Reader<'_>) -> Option<EntityName> {
    reader.require("name");
    let name = reader.line("name");
    let short = reader.line("short").map(|short| short.value);
    let article = reader.line("article").map(|article| article.value);
    let preposition = reader.line("in").map(|preposition| preposition.value);
    let others = reader.strings("others");
    let note = reader.text("note").map(|note| note.value);
    Some(EntityName { name: name?, short, article, preposition, others, note })
}

/// The value as a table, or a diagnostic.
pub(super) fn table_of<'a>(
    reader: &mut Reader<'_>,
    key: &Spanned<String>,
    value: &'a Spanned<Node>,
) -> Option<&'a Table> {
    if let Node::Table(table) = &value.value {
        return Some(table);
    }
    let message = format!("`{}` must be a table, not {}", key.value, value.value.kind());
    reader.report(Diagnostic::new(&code::WRONG_TYPE, reader.source().place(value.span), message));
    None
}

fn parse_region(written: &str) -> Result<String, Refusal> {
    if written.len() == 3 && written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(written.to_owned());
    }
    Err(Refusal::new(format!("`{written}` is not the code of a region"))
        .help("it is three digits of UN M49: `145`"))
}
