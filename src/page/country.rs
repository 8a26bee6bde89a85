//! The view of a country's page: what is known of the country, how it is covered, and its briefs.

use super::frame::Head;
use super::listing::{pagination, slice, years};
use super::view::{
    Content, CountryFacts, CountryPage, CountryView, EntityCount, EntityLink, LinkView, LocatorView,
};
use super::{Feed, GroupKind, Here, Subject, catalogue, document, history, membership};
use crate::atlas::{EntityId, Form};
use crate::library::related::together;
use crate::library::{DocumentId, Groups};
use std::collections::BTreeMap;

/// How many of the countries treated together with it a country's page offers.
const TOGETHER: usize = 8;
/// How many of the briefs that only mention a country its page shows.
const MENTIONS: usize = 50;

pub(super) fn view(here: Here<'_>, country: EntityId, number: usize) -> anyhow::Result<(Head, Content)> {
    let groups = here.groups();
    let briefs = groups.declaring(country);
    let mentions = groups.mentioning(country);
    let is_first = number == 1;
    let view = country_view(here, country);
    let head = Head {
        kind: "country",
        title: view.name.clone(),
        description: here.string("briefs-on", &[("country", &view.definite)]),
        feed: here.country_feed(country),
        ..Head::default()
    };
    let (publishers, sources) =
        if is_first { catalogue::most_cited(here, briefs) } else { Default::default() };
    let newest = mentions.iter().take(if is_first { MENTIONS } else { 0 });
    let page = CountryPage {
        years: years(here, slice(here, briefs, number), Some(country)),
        count: briefs.len(),
        pagination: pagination(here, &Subject::Country(here.language, country), briefs.len(), number),
        facts: is_first.then(|| facts(here, country, briefs)),
        mentions: newest.map(|&id| here.line(id)).collect(),
        mention_count: mentions.len(),
        publishers,
        sources,
        about: here.about_index(),
        introduction: document::introduction(here, country, number)?,
        country: view,
    };
    Ok((head, Content::Country(Box::new(page))))
}

impl<'a> Here<'a> {
    /// The feed of a country, with its title.
    pub(super) fn country_feed(&self, country: EntityId) -> Option<(Feed, String)> {
        let subject = Subject::Country(self.language, country);
        self.world.plan.list(&subject)?;
        let site = &self.project().config.languages[self.language.index()].title;
        let name = self.project().atlas.name(country, self.tag());
        Some((Feed { language: self.language, country: Some(country) }, format!("{name} – {site}")))
    }

    /// The lists of the page's language.
    pub(super) fn groups(&self) -> &'a Groups {
        &self.library().groups[self.language.index()]
    }

    /// The link to the page of a country or an organisation, where it has one.
    pub(super) fn link_to_entity(&self, entity: EntityId) -> Option<String> {
        self.link_to_list(&Subject::of_entity(self.language, entity, &self.project().atlas))
    }

    pub(super) fn entity(&self, entity: EntityId) -> EntityLink {
        EntityLink {
            name: self.project().atlas.name(entity, self.tag()).to_owned(),
            url: self.link_to_entity(entity),
        }
    }

    /// The way to the page that tells how countries are found and counted.
    pub(super) fn about_index(&self) -> LinkView {
        let url = self.link_to_list(&Subject::AboutIndex(self.language)).unwrap_or_default();
        LinkView { name: self.string("about-index", &[]), url }
    }

    fn entity_count(&self, entity: EntityId, count: usize) -> EntityCount {
        let EntityLink { name, url } = self.entity(entity);
        EntityCount { name, url, count }
    }
}

fn country_view(here: Here<'_>, country: EntityId) -> CountryView {
    let (atlas, tag) = (&here.project().atlas, here.tag());
    let entity = atlas.get(country);
    CountryView {
        code: entity.key.to_string(),
        name: atlas.name(country, tag).to_owned(),
        definite: atlas.phrase(country, tag, Form::Definite),
        of: atlas.phrase(country, tag, Form::Of),
        within: atlas.phrase(country, tag, Form::In),
        on: atlas.phrase(country, tag, Form::On),
        region: region(here, country),
        parent: entity.parent.map(|parent| here.entity(parent)),
        successors: entity.successors.iter().map(|&successor| here.entity(successor)).collect(),
        note: atlas.note(country, tag).unwrap_or_default().to_owned(),
    }
}

/// A country's region, and its place in the index of countries.
fn region(here: Here<'_>, country: EntityId) -> Option<LinkView> {
    let atlas = &here.project().atlas;
    let region = atlas.get(country).region?;
    let index = here.link_to_list(&Subject::Countries(here.language))?;
    Some(LinkView {
        name: atlas.region_name(region, here.tag()).to_owned(),
        url: format!("{index}#region-{}", atlas.region(region).code),
    })
}

fn facts(here: Here<'_>, country: EntityId, briefs: &[DocumentId]) -> CountryFacts {
    let atlas = &here.project().atlas;
    let (organisations, former_organisations) = membership::of_country(here, country);
    CountryFacts {
        capital: atlas.capital(country, here.tag()).map(str::to_owned),
        neighbours: by_name(here, here.project().atlas.get(country).neighbours.iter().copied()),
        territories: by_name(here, territories(here, country)),
        organisations,
        former_organisations,
        history: history::view(here, briefs),
        together: together(here.library(), briefs, country, TOGETHER)
            .into_iter()
            .map(|(other, count)| here.entity_count(other, count))
            .collect(),
        series: series(here, briefs),
        maps: maps(here, country),
    }
}

/// Those whose parent a country is, and that are not merely counted to it.
fn territories(here: Here<'_>, country: EntityId) -> impl Iterator<Item = EntityId> {
    let all = here.project().atlas.iter();
    all.filter(move |(_, entity)| entity.parent == Some(country) && !entity.without_page).map(|(id, _)| id)
}

/// These with how many briefs there are on each, in the order of the language.
fn by_name(here: Here<'_>, entities: impl Iterator<Item = EntityId>) -> Vec<EntityCount> {
    let count = |entity| here.entity_count(entity, here.groups().declaring(entity).len());
    let mut counts: Vec<EntityCount> = entities.map(count).collect();
    counts.sort_by(|one, other| here.words().compare(&one.name, &other.name));
    counts
}

/// The series that these briefs are part of, with how many of them are.
fn series(here: Here<'_>, briefs: &[DocumentId]) -> Vec<EntityCount> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let fronts = briefs.iter().map(|&id| &here.library().document(id).brief.front);
    for series in fronts.filter_map(|front| front.series.as_ref()) {
        *counts.entry(crate::language::slug(&series.value)).or_default() += 1;
    }
    let view = |(key, count): (String, usize)| {
        let LinkView { name, url } = here.group(GroupKind::Series, &key);
        EntityCount { name, url: Some(url).filter(|url| !url.is_empty()), count }
    };
    let mut series: Vec<EntityCount> = counts.into_iter().map(view).collect();
    series.sort_by(|one, other| here.words().compare(&one.name, &other.name));
    series
}

/// The map of a country, then that of the state it is a part of, and so on up.
fn maps(here: Here<'_>, country: EntityId) -> Vec<LocatorView> {
    let atlas = &here.project().atlas;
    std::iter::successors(Some(country), |&country| atlas.get(country).parent)
        .map(|country| locator(here, country))
        .collect()
}

fn locator(here: Here<'_>, country: EntityId) -> LocatorView {
    let (atlas, tag) = (&here.project().atlas, here.tag());
    let phrase = |country, form| atlas.phrase(country, tag, form);
    let near = atlas.get(country).neighbours.iter();
    let near: Vec<String> = near.map(|&other| phrase(other, Form::Definite)).collect();
    let description = if near.is_empty() {
        here.string("no-neighbour", &[])
    } else {
        here.string("map-neighbours", &[("countries", &here.words().list(&near))])
    };
    LocatorView {
        key: atlas.get(country).key.to_string(),
        title: here.string("map-of", &[("of", &phrase(country, Form::Of))]),
        description,
    }
}
