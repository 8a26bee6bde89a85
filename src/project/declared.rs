//! The territories and organisations of `site.toml`, handed to the atlas, and what the atlas says of them.

use crate::atlas::declaration::{DeclarationProblem, Field, Problem};
use crate::atlas::{Declaration, Kind, Naming};
use crate::config::{Config, EntityName, TerritoryKind};
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use crate::source::Span;
use std::collections::BTreeMap;

/// The site's own entities, as the atlas takes them: territories, then organisations.
pub fn declarations(config: &Config) -> Vec<Declaration> {
    let territories = config.territories.iter().map(|territory| {
        let kind = match territory.kind {
            TerritoryKind::Territory => Kind::Territory,
            TerritoryKind::Disputed => Kind::Disputed,
            TerritoryKind::Historical => Kind::Historical,
        };
        let mut names = names(&territory.names);
        names.values_mut().for_each(|naming| naming.note.clone_from(&territory.note));
        Declaration {
            key: territory.key.value.clone(),
            kind: Some(kind),
            names,
            parent: territory.parent.as_ref().map(|parent| parent.value.clone()),
            region: territory.region.as_ref().map(|region| region.value.clone()),
            members: Vec::new(),
        }
    });
    let organisations = config.organisations.iter().map(|organisation| Declaration {
        key: organisation.key.value.clone(),
        kind: Some(Kind::Organisation),
        names: names(&organisation.names),
        members: organisation.members.iter().map(|member| member.value.clone()).collect(),
        ..Declaration::default()
    });
    territories.chain(organisations).collect()
}

fn names(written: &[(LanguageTag, EntityName)]) -> BTreeMap<LanguageTag, Naming> {
    let naming = |name: &EntityName| Naming {
        name: name.name.value.clone(),
        article: name.article.clone(),
        in_: name.preposition.clone(),
        short: name.short.clone(),
        others: name.others.iter().map(|other| other.value.clone()).collect(),
        ..Naming::default()
    };
    written.iter().map(|(tag, name)| (tag.clone(), naming(name))).collect()
}

/// What is wrong with a declaration, at its place in `site.toml`; `None` where the settings have told of it already.
pub fn problem(config: &Config, problem: DeclarationProblem) -> Option<Diagnostic> {
    let code = match &problem.problem {
        Problem::BadKey(_) | Problem::NoName(_) => return None,
        Problem::Unknown { .. } => &code::UNKNOWN_COUNTRY,
        Problem::Ambiguous { .. } => &code::AMBIGUOUS_COUNTRY,
        _ => &code::BAD_VALUE,
    };
    let place = config.place(span(config, &problem).unwrap_or_default());
    let diagnostic = Diagnostic::new(code, place, problem.problem.to_string());
    Some(match &problem.problem {
        Problem::Unknown { nearest, .. } if !nearest.is_empty() => {
            let names: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
            diagnostic.help(format!("did you mean {}?", names.join(" or ")))
        }
        _ => diagnostic,
    })
}

fn span(config: &Config, problem: &DeclarationProblem) -> Option<Span> {
    let territory = config.territories.get(problem.declaration);
    let organisation = problem
        .declaration
        .checked_sub(config.territories.len())
        .and_then(|index| config.organisations.get(index));
    let (key, names) = match (territory, organisation) {
        (Some(territory), _) => (territory.key.span, &territory.names),
        (None, Some(organisation)) => (organisation.key.span, &organisation.names),
        (None, None) => return None,
    };
    match &problem.field {
        Field::Name(tag) => names.iter().find(|(named, _)| named == tag).map(|(_, name)| name.name.span),
        Field::Parent => territory?.parent.as_ref().map(|parent| parent.span),
        Field::Region => territory?.region.as_ref().map(|region| region.span),
        Field::Member(index) => organisation?.members.get(*index).map(|member| member.span),
        Field::Key | Field::Kind | Field::Names => Some(key),
    }
}
