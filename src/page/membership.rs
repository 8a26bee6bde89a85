//! The views of who belongs, or belonged, to which organisation, on the day of the edition.

use super::view::{MembersView, MembershipView};
use super::{Here, source};
use crate::atlas::{EntityId, MemberStatus, Membership};

/// The organisations a country belongs to, and those it belonged to, in the order of the language.
pub(super) fn of_country(here: Here<'_>, country: EntityId) -> (Vec<MembershipView>, Vec<MembershipView>) {
    let all = here.project().atlas.iter();
    let all = all.flat_map(|(id, entity)| entity.members.iter().map(move |membership| (id, membership)));
    let (current, former) = split(here, all.filter(|(_, membership)| membership.of == country));
    (views(here, &current), views(here, &former))
}

/// Those that belong to an organisation, by what they are to it, and those that did. Each stands in one place: a suspended member
/// among those, and what was suspended for a while among the members alone.
pub(super) fn of_organisation(
    here: Here<'_>,
    organisation: EntityId,
) -> (Vec<MembersView>, Vec<MembershipView>) {
    let members = here.project().atlas.get(organisation).members.iter();
    let (mut current, mut former) = split(here, members.map(|membership| (membership.of, membership)));
    let is_suspension = |(_, membership): &Side<'_>| membership.status == MemberStatus::Suspended;
    let suspended: Vec<EntityId> = current.iter().filter(|it| is_suspension(it)).map(|(of, _)| *of).collect();
    current.retain(|it| it.1.status != MemberStatus::Member || !suspended.contains(&it.0));
    former.retain(|it| !is_suspension(it));
    current.sort_by_key(|(_, membership)| membership.status);
    let members = current.chunk_by(|(_, one), (_, other)| one.status == other.status);
    let members = members
        .map(|members| MembersView { status: name(members[0].1.status), members: views(here, members) });
    (members.collect(), views(here, &former))
}

/// A membership, and the other side of it.
type Side<'a> = (EntityId, &'a Membership);

/// What holds on the day of the edition, and what is over. What has yet to begin is neither.
fn split<'a>(here: Here<'_>, memberships: impl Iterator<Item = Side<'a>>) -> (Vec<Side<'a>>, Vec<Side<'a>>) {
    let today = here.library().today;
    let (current, other): (Vec<_>, Vec<_>) = memberships.partition(|(_, membership)| membership.holds(today));
    let is_over =
        |membership: &Membership| membership.to.and_then(|to| to.end()).is_some_and(|end| end < today);
    (current, other.into_iter().filter(|(_, membership)| is_over(membership)).collect())
}

fn views(here: Here<'_>, sides: &[Side<'_>]) -> Vec<MembershipView> {
    let mut views: Vec<MembershipView> = sides.iter().map(|side| view(here, *side)).collect();
    views.sort_by(|one, other| here.words().compare(&one.short, &other.short));
    views
}

fn view(here: Here<'_>, (other, membership): Side<'_>) -> MembershipView {
    let atlas = &here.project().atlas;
    let until = membership.to.filter(|_| !membership.holds(here.library().today));
    MembershipView {
        name: atlas.name(other, here.tag()).to_owned(),
        short: short_name(here, other),
        url: here.link_to_entity(other),
        status: name(membership.status),
        since: membership.from.map(|from| source::partial_date(here, from)),
        until: until.map(|until| source::partial_date(here, until)),
        years: years(here, membership.from.map(|from| from.year), until.map(|until| until.year)),
        note: membership.note(here.tag()).unwrap_or_default().to_owned(),
    }
}

/// An organisation's acronym; a country has its name.
fn short_name(here: Here<'_>, entity: EntityId) -> String {
    let (atlas, tag) = (&here.project().atlas, here.tag());
    let short =
        if atlas.is_organisation(entity) { atlas.short_name(entity, tag) } else { atlas.name(entity, tag) };
    short.to_owned()
}

fn years(here: Here<'_>, from: Option<i16>, until: Option<i16>) -> String {
    let [since, end] = [from, until].map(|year| year.map(|year| year.to_string()).unwrap_or_default());
    match (from, until) {
        (None, None) => String::new(),
        (Some(_), None) => here.string("since", &[("year", &since)]),
        (None, Some(_)) => here.string("until", &[("year", &end)]),
        (Some(from), Some(until)) if from == until => since,
        (Some(_), Some(_)) => format!("{since}–{end}"),
    }
}

fn name(status: MemberStatus) -> &'static str {
    match status {
        MemberStatus::Member => "member",
        MemberStatus::Suspended => "suspended",
        MemberStatus::Associate => "associate",
        MemberStatus::Candidate => "candidate",
        MemberStatus::Partner => "partner",
        MemberStatus::Observer => "observer",
    }
}
