//! The views of organisations: their index, and the page of one with its members and the briefs that name it.

use super::frame::Head;
use super::listing::{pagination, slice};
use super::view::{
    Content, LinkView, OrganisationCount, OrganisationPage, OrganisationView, OrganisationsView,
};
use super::{Here, Subject, document, membership, source};
use crate::atlas::{EntityId, Form};
use std::collections::BTreeSet;

pub(super) fn index(here: Here<'_>) -> (Head, Content) {
    let organisations = here.groups().with_page(here.project()).into_iter();
    let mut organisations: Vec<OrganisationCount> = organisations.map(|it| count(here, it)).collect();
    organisations.sort_by(|one, other| here.words().compare(&one.name, &other.name));
    let title = here.string("organisations", &[]);
    let head = Head { kind: "organisations", title, ..Head::default() };
    (head, Content::Organisations(OrganisationsView { organisations }))
}

fn count(here: Here<'_>, organisation: EntityId) -> OrganisationCount {
    let (atlas, groups) = (&here.project().atlas, here.groups());
    OrganisationCount {
        name: atlas.name(organisation, here.tag()).to_owned(),
        short: atlas.short_name(organisation, here.tag()).to_owned(),
        url: here.link_to_entity(organisation).unwrap_or_default(),
        count: groups.declaring(organisation).len() + groups.mentioning(organisation).len(),
    }
}

pub(super) fn view(here: Here<'_>, organisation: EntityId, number: usize) -> anyhow::Result<(Head, Content)> {
    let declaring = here.groups().declaring(organisation);
    let all = [declaring, here.groups().mentioning(organisation)].concat();
    let shown = slice(here, &all, number);
    let (briefs, mentions) = shown.split_at(still_declaring(here, declaring.len(), number).min(shown.len()));
    let subject = Subject::Organisation(here.language, organisation);
    let is_first = number == 1;
    let (members, former_members) =
        if is_first { membership::of_organisation(here, organisation) } else { Default::default() };
    let view = organisation_view(here, organisation);
    let head = Head {
        kind: "organisation",
        title: view.name.clone(),
        description: here.string("briefs-on", &[("country", &view.definite)]),
        ..Head::default()
    };
    let page = OrganisationPage {
        organisation: view,
        members,
        former_members,
        dates_from: if is_first { dates_from(here, organisation) } else { Vec::new() },
        briefs: briefs.iter().map(|&id| here.card(id)).collect(),
        mentions: mentions.iter().map(|&id| here.line(id)).collect(),
        count: all.len(),
        pagination: pagination(here, &subject, all.len(), number),
        index: index_link(here),
        introduction: document::introduction(here, organisation, number)?,
    };
    Ok((head, Content::Organisation(Box::new(page))))
}

/// How many of the `declaring` briefs come from the page `number` on.
fn still_declaring(here: Here<'_>, declaring: usize, number: usize) -> usize {
    declaring.saturating_sub((number - 1) * here.project().config.per_page)
}

fn index_link(here: Here<'_>) -> LinkView {
    LinkView {
        name: here.string("organisations", &[]),
        url: here.link_to_list(&Subject::Organisations(here.language)).unwrap_or_default(),
    }
}

fn organisation_view(here: Here<'_>, organisation: EntityId) -> OrganisationView {
    let (atlas, tag) = (&here.project().atlas, here.tag());
    let entity = atlas.get(organisation);
    OrganisationView {
        key: entity.key.to_string(),
        name: atlas.name(organisation, tag).to_owned(),
        short: atlas.short_name(organisation, tag).to_owned(),
        definite: atlas.phrase(organisation, tag, Form::Definite),
        on: atlas.phrase(organisation, tag, Form::On),
        founded: entity.from.map(|date| source::partial_date(here, date)),
        dissolved: entity.until.map(|date| source::partial_date(here, date)),
        site: entity.site.clone(),
        note: atlas.note(organisation, tag).unwrap_or_default().to_owned(),
    }
}

/// Where the dates of members are written, each once, in the order of the table.
fn dates_from(here: Here<'_>, organisation: EntityId) -> Vec<String> {
    let members = here.project().atlas.get(organisation).members.iter();
    let mut known = BTreeSet::new();
    let sources = members.filter_map(|membership| membership.source.as_ref());
    sources.filter(|source| known.insert(*source)).cloned().collect()
}
