//! The page about the index: how countries are found and counted, and what the publication makes of territories whose name, or
//! whose belonging, is a choice.

use super::frame::Head;
use super::view::{AboutIndexView, Content, LinkView, TerritoriesView, TerritoryView};
use super::{Here, Subject};
use crate::atlas::{Entity, EntityId, Kind};
use std::collections::BTreeSet;

/// The sorts of territories, in the order of the page, each with its name in `kind` and among the strings of the theme.
const KINDS: [(Kind, &str, &str); 4] = [
    (Kind::Disputed, "disputed", "disputed-territories"),
    (Kind::Historical, "historical", "historical-states"),
    (Kind::Territory, "territory", "other-territories"),
    (Kind::State, "state", "states"),
];

pub(super) fn view(here: Here<'_>) -> (Head, Content) {
    let kinds = KINDS.into_iter().map(|(kind, key, name)| TerritoriesView {
        kind: key,
        name: here.string(name, &[]),
        territories: territories(here, kind),
    });
    let index = here.link_to_list(&Subject::Countries(here.language)).unwrap_or_default();
    let content = Content::AboutIndex(AboutIndexView {
        index: LinkView { name: here.string("countries", &[]), url: index },
        kinds: kinds.filter(|kind| !kind.territories.is_empty()).collect(),
    });
    let title = here.string("about-index", &[]);
    let description = here.string("about-index-description", &[]);
    (Head { kind: "about-index", title, description, ..Head::default() }, content)
}

/// The territories of one sort that the page speaks of.
fn territories(here: Here<'_>, kind: Kind) -> Vec<TerritoryView> {
    let atlas = &here.project().atlas;
    let declared = here.project().config.territories.iter();
    let declared: BTreeSet<EntityId> =
        declared.filter_map(|territory| atlas.by_key(&territory.key.value)).collect();
    let of_kind = atlas.iter().filter(|(_, entity)| entity.kind == kind);
    let mut territories: Vec<TerritoryView> = of_kind
        .map(|(id, entity)| territory(here, id, entity, declared.contains(&id)))
        .filter(|territory| {
            territory.own || kind == Kind::Disputed || (kind != Kind::State && territory.url.is_some())
        })
        .collect();
    territories.sort_by(|one, other| here.words().compare(&one.name, &other.name));
    territories
}

fn territory(here: Here<'_>, id: EntityId, entity: &Entity, own: bool) -> TerritoryView {
    let (atlas, tag) = (&here.project().atlas, here.tag());
    TerritoryView {
        code: entity.key.to_string(),
        name: atlas.name(id, tag).to_owned(),
        url: here.link_to_list(&Subject::Country(here.language, id)),
        parent: entity.parent.map(|parent| here.entity(parent)),
        note: atlas.note(id, tag).unwrap_or_default().to_owned(),
        own,
        indexed: !entity.without_page,
    }
}
