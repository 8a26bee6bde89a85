//! The territories and organisations of `site.toml`, handed to the atlas, and what the atlas says of them.

use crate::atlas::declaration::{DeclarationProblem, Field, Problem};
use crate::atlas::{Atlas, Declaration, Entity, Kind, Naming};
use crate::config::{Config, EntityName, Territory, TerritoryKind, is_code};
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use crate::source::Span;
use std::collections::BTreeMap;

/// The site's own entities, and what it says otherwise of those of `built_in`, as the atlas takes them: territories, then
/// organisations.
pub fn declarations(config: &Config, built_in: &Atlas) -> Vec<Declaration> {
    let territories = config.territories.iter().map(|territory| self::territory(territory, config, built_in));
    let organisations = config.organisations.iter().map(|organisation| Declaration {
        key: organisation.key.value.clone(),
        kind: Some(Kind::Organisation),
        names: names(&organisation.names),
        members: organisation.members.iter().map(|member| member.value.clone()).collect(),
        ..Declaration::default()
    });
    territories.chain(organisations).collect()
}

fn territory(territory: &Territory, config: &Config, built_in: &Atlas) -> Declaration {
    let known = built_in.by_key(&territory.key.value);
    let kind = territory.kind.map(|kind| match kind {
        TerritoryKind::Territory => Kind::Territory,
        TerritoryKind::Disputed => Kind::Disputed,
        TerritoryKind::Historical => Kind::Historical,
    });
    let mut names = names(&territory.names);
    if let Some(note) = &territory.note {
        add_note(&mut names, note, known.map(|known| built_in.get(known)), &config.main_language().tag);
    }
    Declaration {
        key: territory.key.value.clone(),
        // What is built in stays what it is.
        kind: kind.or(known.is_none().then_some(Kind::Territory)),
        names,
        parent: territory.parent.as_ref().map(|parent| parent.value.clone()),
        region: territory.region.as_ref().map(|region| region.value.clone()),
        members: Vec::new(),
        without_page: !territory.page,
    }
}

/// Puts a note in the publication's language `main` to the name it has there, which may be the built-in one; to all names where
/// there is none.
fn add_note(
    names: &mut BTreeMap<LanguageTag, Naming>,
    note: &str,
    built_in: Option<&Entity>,
    main: &LanguageTag,
) {
    if let (None, Some(naming)) = (names.get(main), built_in.and_then(|entity| entity.names.get(main))) {
        names.insert(main.clone(), Naming { note: None, ..naming.clone() });
    }
    let is_in_it = names.contains_key(main);
    let noted = names.iter_mut().filter(|(tag, naming)| naming.note.is_none() && (!is_in_it || *tag == main));
    for (_, naming) in noted {
        naming.note = Some(note.to_owned());
    }
}

fn names(written: &[(LanguageTag, EntityName)]) -> BTreeMap<LanguageTag, Naming> {
    let naming = |name: &EntityName| Naming {
        article: name.article.clone(),
        in_: name.preposition.clone(),
        short: name.short.clone(),
        others: name.others.iter().map(|other| other.value.clone()).collect(),
        note: name.note.clone(),
        ..named(&name.name.value)
    };
    written.iter().map(|(tag, name)| (tag.clone(), naming(name))).collect()
}

fn named(name: &str) -> Naming {
    Naming { name: name.to_owned(), ..Naming::default() }
}

/// What is wrong with a declaration, at its place in `site.toml`; `None` where the settings have told of it already.
pub fn problem(config: &Config, problem: DeclarationProblem) -> Option<Diagnostic> {
    let code = match &problem.problem {
        Problem::BadKey(key) if !is_code(key) => return None,
        Problem::NoName(_) => return no_name(config, problem.declaration),
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

/// That a territory or organisation of the site's own has no name, unless one was refused.
fn no_name(config: &Config, declaration: usize) -> Option<Diagnostic> {
    let organisation = || config.organisations.get(declaration.checked_sub(config.territories.len())?);
    let (what, key, is_told) = match config.territories.get(declaration) {
        Some(territory) => ("territory", &territory.key, territory.has_refused_names),
        None => {
            let organisation = organisation()?;
            ("organisation", &organisation.key, organisation.has_refused_names)
        }
    };
    let message = format!("the {what} `{}` has no name in any language", key.value);
    let problem = Diagnostic::new(&code::MISSING_KEY, config.place(key.span), message);
    (!is_told).then(|| problem.help("write `fr = { name = \"…\" }`"))
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
