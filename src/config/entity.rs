//! What a site itself says of the world: territories that no list has, and organisations with their members.

use crate::data::{Node, Reader, Refusal, Spanned, Table};
use crate::diagnostic::{Diagnostic, code};
use crate::language::{LanguageTag, slug};

/// A territory the site declares: `[territories.haut-karabagh]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Territory {
    /// What briefs call it by, and its slug: lower case letters, digits, hyphens.
    pub key: Spanned<String>,
    /// Its name in each language that has one, in written order; never empty.
    pub names: Vec<(LanguageTag, EntityName)>,
    /// What it is.
    pub kind: TerritoryKind,
    /// The country it is counted to, as it was written.
    pub parent: Option<Spanned<String>>,
    /// Its region, as a code of UN M49, as it was written.
    pub region: Option<Spanned<String>>,
    /// What the publication has to say of its status.
    pub note: Option<String>,
}

/// What a territory is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TerritoryKind {
    /// Part of a country, or dependent on one.
    #[default]
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
    /// Its name in each language that has one, in written order; never empty.
    pub names: Vec<(LanguageTag, EntityName)>,
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
}

const KINDS: [(&str, TerritoryKind); 3] = [
    ("territory", TerritoryKind::Territory),
    ("disputed", TerritoryKind::Disputed),
    ("historical", TerritoryKind::Historical),
];

impl Territory {
    /// Every table under `[territories]`.
    pub(super) fn read_all(reader: &mut Reader<'_>) -> Vec<Self> {
        each(reader, "territory", |key, mut reader| {
            let kind = reader.choice("kind", &KINDS).unwrap_or_default();
            let parent = reader.text("parent");
            let region = reader.parsed("region", parse_region);
            let note = reader.text("note").map(|note| note.value);
            let names = names(&mut reader, &key, "territory");
            reader.finish();
            Self { key, names, kind, parent, region, note }
        })
    }
}

impl Organisation {
    /// Every table under `[organisations]`.
    pub(super) fn read_all(reader: &mut Reader<'_>) -> Vec<Self> {
        each(reader, "organisation", |key, mut reader| {
            let members = reader.strings("members");
            let names = names(&mut reader, &key, "organisation");
            reader.finish();
            Self { key, names, members }
        })
    }
}

/// Reads each table whose key is the site's own.
fn each<T>(reader: &mut Reader<'_>, what: &str, read: impl Fn(Spanned<String>, Reader<'_>) -> T) -> Vec<T> {
    let mut entities = Vec::new();
    for (key, value) in reader.others(|_| true) {
        if slug(&key.value) != key.value {
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

/// The names of an entity: every table whose key is a language's tag.
fn names(reader: &mut Reader<'_>, key: &Spanned<String>, what: &str) -> Vec<(LanguageTag, EntityName)> {
    let mut names = Vec::new();
    let mut are_broken = false;
    for (language, value) in reader.others(|value| matches!(value, Node::Table(_))) {
        let Some(tag) = LanguageTag::parse(&language.value) else {
            let refusal = Refusal::new(format!("`{}` is not the tag of a language", language.value));
            reader.refuse(&language, refusal.help("a tag is written `fr`, `en` or `pt-BR`"));
            are_broken = true;
            continue;
        };
        let Some(table) = table_of(reader, &language, value) else { continue };
        let mut inner = reader.inner(table, format!("`{tag}` of the {what} `{}`", key.value));
        inner.require("name");
        let name = inner.line("name");
        let short = inner.line("short").map(|short| short.value);
        let article = inner.line("article").map(|article| article.value);
        let preposition = inner.line("in").map(|preposition| preposition.value);
        let others = inner.strings("others");
        inner.finish();
        match name {
            Some(name) => names.push((tag, EntityName { name, short, article, preposition, others })),
            None => are_broken = true,
        }
    }
    if names.is_empty() && !are_broken {
        let message = format!("the {what} `{}` has no name in any language", key.value);
        let place = reader.source().place(key.span);
        reader.report(
            Diagnostic::new(&code::MISSING_KEY, place, message).help("write `fr = { name = \"…\" }`"),
        );
    }
    names
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
