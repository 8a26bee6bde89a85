//! The views of lists: home, the index of countries, topics, authors, series, the archive.

use super::frame::Head;
use super::period;
use super::plan::numbered;
use super::view::{
    Alternate, ArchiveView, Card, Content, CountriesView, CountryCount, GroupCount, GroupView, GroupsView,
    HomeView, LinkView, MonthView, PageNumber, Pagination, RegionView, View, YearView,
};
use super::{
    Address, GroupKind, Here, Subject, about_index, catalogue, country, document, organisation, world_map,
};
use crate::atlas::EntityId;
use crate::library::{DocumentId, LanguageId};
use std::collections::BTreeMap;

/// How many countries the home page offers.
const COUNTRIES_AT_HOME: usize = 12;

pub(super) fn view(here: Here<'_>, subject: &Subject, number: usize) -> anyhow::Result<View> {
    let (mut head, content) = match subject {
        Subject::Home(language) => home(here, *language, number),
        Subject::Countries(language) => countries(here, *language),
        Subject::AboutIndex(_) => about_index::view(here),
        Subject::Country(_, of) => country::view(here, *of, number)?,
        Subject::Organisations(_) => organisation::index(here),
        Subject::Organisation(_, of) => organisation::view(here, *of, number)?,
        Subject::Groups(_, kind) => groups(here, *kind),
        Subject::Group(_, kind, key) => group(here, *kind, key, number),
        Subject::Sources(_) => catalogue::index(here),
        Subject::Publisher(_, publisher) => catalogue::publisher(here, *publisher, number),
        Subject::Source(_, source) => catalogue::source(here, *source, number),
        Subject::Archive(language) => archive(here, *language),
        Subject::Year(_, year) => period::view(here, *year, None, number),
        Subject::Month(_, year, month) => period::view(here, *year, Some(*month), number),
    };
    if number == 1 {
        head.alternates = alternates(here, subject);
        head.versions = versions(here, subject)
            .into_iter()
            .filter(|(language, _)| *language != here.language)
            .map(|(language, address)| (language, here.link(&address)))
            .collect();
    } else {
        let number = number.to_string();
        let arguments = [("title", head.title.as_str()), ("page", number.as_str())];
        head.title = here.string("titled-page", &arguments);
    }
    Ok(here.framed(head, content))
}

/// The same list in each language that has it.
fn versions(here: Here<'_>, subject: &Subject) -> Vec<(LanguageId, Address)> {
    let same = |language: LanguageId| match subject {
        Subject::Home(_) => Some(Subject::Home(language)),
        Subject::Countries(_) => Some(Subject::Countries(language)),
        Subject::AboutIndex(_) => Some(Subject::AboutIndex(language)),
        Subject::Country(_, country) => Some(Subject::Country(language, *country)),
        Subject::Organisations(_) => Some(Subject::Organisations(language)),
        Subject::Organisation(_, organisation) => Some(Subject::Organisation(language, *organisation)),
        Subject::Groups(_, kind) => Some(Subject::Groups(language, *kind)),
        Subject::Sources(_) => Some(Subject::Sources(language)),
        Subject::Publisher(_, publisher) => Some(Subject::Publisher(language, *publisher)),
        Subject::Source(_, source) => Some(Subject::Source(language, *source)),
        Subject::Archive(_) => Some(Subject::Archive(language)),
        Subject::Year(_, year) => Some(Subject::Year(language, *year)),
        Subject::Month(_, year, month) => Some(Subject::Month(language, *year, *month)),
        // A topic's word in one language says nothing of its word in another.
        Subject::Group(..) => None,
    };
    LanguageId::all(&here.project().config)
        .filter_map(|language| Some((language, here.world.plan.list(&same(language)?)?.clone())))
        .collect()
}

pub(super) fn alternates(here: Here<'_>, subject: &Subject) -> Vec<Alternate> {
    here.alternates(&versions(here, subject))
}

/// The day of the newest brief of a list.
pub(super) fn modified(here: Here<'_>, subject: &Subject) -> String {
    let groups = &here.library().groups[subject.language().index()];
    let newest = match subject {
        Subject::Country(_, country) => groups.countries.get(country).and_then(|briefs| briefs.first()),
        Subject::Organisation(_, organisation) => {
            let lists = [groups.declaring(*organisation), groups.mentioning(*organisation)];
            lists.into_iter().filter_map(<[DocumentId]>::first).min()
        }
        Subject::Group(_, kind, key) => kind.of(groups).get(key).and_then(|group| group.briefs.first()),
        Subject::Publisher(language, publisher) => catalogue::newest_of(here, *language, *publisher),
        Subject::Source(language, source) => catalogue::newest(here, *language, *source),
        Subject::Year(language, year) => period::within(here.library(), *language, *year, None).first(),
        Subject::Month(language, year, month) => {
            period::within(here.library(), *language, *year, Some(*month)).first()
        }
        _ => groups.all.first(),
    };
    newest.map(|&id| document::modified(here.library().document(id))).unwrap_or_default()
}

fn home(here: Here<'_>, language: LanguageId, number: usize) -> (Head, Content) {
    let all = here.library().timeline(language);
    let settings = &here.project().config.languages[language.index()];
    let mut most: Vec<(usize, EntityId)> = here.library().groups[language.index()]
        .countries
        .iter()
        .map(|(&country, briefs)| (briefs.len(), country))
        .collect();
    most.sort_by_key(|&(count, country)| (std::cmp::Reverse(count), country));
    most.truncate(COUNTRIES_AT_HOME);
    let countries = &here.library().groups[language.index()].countries;
    let countries = most.into_iter().map(|(_, country)| count(here, country, &countries[&country])).collect();
    let content = Content::Home(HomeView {
        briefs: slice(here, all, number).iter().map(|&id| here.card(id)).collect(),
        count: all.len(),
        pagination: pagination(here, &Subject::Home(language), all.len(), number),
        countries,
    });
    let title = if number == 1 { String::new() } else { settings.title.clone() };
    (
        Head {
            kind: "home",
            title,
            description: settings.description.clone().unwrap_or_default(),
            ..Head::default()
        },
        content,
    )
}

fn countries(here: Here<'_>, language: LanguageId) -> (Head, Content) {
    let atlas = &here.project().atlas;
    let groups = &here.library().groups[language.index()];
    let mut regions: BTreeMap<_, Vec<CountryCount>> = BTreeMap::new();
    for (&country, briefs) in &groups.countries {
        let region = atlas.get(country).region;
        // What belongs to no region comes last.
        regions.entry((region.is_none(), region)).or_default().push(count(here, country, briefs));
    }
    let tag = here.tag();
    let views: Vec<RegionView> = regions
        .into_iter()
        .map(|((_, region), mut countries)| {
            countries.sort_by(|one, other| here.words().compare(&one.name, &other.name));
            RegionView {
                code: region.map(|region| atlas.region(region).code.to_string()).unwrap_or_default(),
                name: region.map_or_else(
                    || here.string("other-places", &[]),
                    |region| atlas.region_name(region, tag).to_owned(),
                ),
                countries,
            }
        })
        .collect();
    let content = Content::Countries(CountriesView {
        map: world_map::view(here, &views),
        regions: views,
        count: groups.countries.len(),
        about: here.about_index(),
    });
    (Head { kind: "countries", title: here.string("countries", &[]), ..Head::default() }, content)
}

fn count(here: Here<'_>, country: EntityId, briefs: &[DocumentId]) -> CountryCount {
    let link = here.country(country, false);
    CountryCount {
        code: link.code,
        name: link.name,
        url: link.url,
        count: briefs.len(),
        latest: latest(here, briefs),
    }
}

fn latest(here: Here<'_>, briefs: &[DocumentId]) -> super::view::DateView {
    match briefs.first() {
        Some(&id) => here.day_of(here.library().document(id)),
        None => here.date(here.library().today),
    }
}

fn groups(here: Here<'_>, kind: GroupKind) -> (Head, Content) {
    let found = kind.of(&here.library().groups[here.language.index()]);
    let mut groups: Vec<GroupCount> = found
        .values()
        .map(|group| GroupCount {
            name: group.name.clone(),
            url: here.group(kind, &group.name).url,
            count: group.briefs.len(),
            latest: latest(here, &group.briefs),
        })
        .collect();
    groups.sort_by(|one, other| here.words().compare(&one.name, &other.name));
    let name = match kind {
        GroupKind::Topic => "topics",
        GroupKind::Author => "authors",
        GroupKind::Series => "series-index",
    };
    let title = here.string(if kind == GroupKind::Series { "all-series" } else { name }, &[]);
    (Head { kind: name, title, ..Head::default() }, Content::Groups(GroupsView { groups }))
}

fn group(here: Here<'_>, kind: GroupKind, key: &str, number: usize) -> (Head, Content) {
    let group = &kind.of(&here.library().groups[here.language.index()])[key];
    let briefs = &group.briefs;
    let shown: Vec<DocumentId> = if kind == GroupKind::Series {
        let size = here.project().config.per_page;
        briefs.iter().rev().skip((number - 1) * size).take(size).copied().collect()
    } else {
        slice(here, briefs, number).to_vec()
    };
    let (name, title) = match kind {
        GroupKind::Topic => ("topic", "topics"),
        GroupKind::Author => ("author", "authors"),
        GroupKind::Series => ("series", "all-series"),
    };
    let index = here.link_to_list(&Subject::Groups(here.language, kind)).unwrap_or_default();
    let subject = Subject::Group(here.language, kind, key.to_owned());
    let view = GroupView {
        name: group.name.clone(),
        briefs: shown.into_iter().map(|id| here.card(id)).collect(),
        count: briefs.len(),
        pagination: pagination(here, &subject, briefs.len(), number),
        index: LinkView { name: here.string(title, &[]), url: index },
    };
    (Head { kind: name, title: group.name.clone(), ..Head::default() }, Content::Group(view))
}

fn archive(here: Here<'_>, language: LanguageId) -> (Head, Content) {
    let all = here.library().timeline(language);
    let mut years: Vec<YearView> = Vec::new();
    let mut at = 0;
    // From month to month, not from brief to brief.
    while let Some(date) = all.get(at).and_then(|&id| here.library().document(id).date) {
        let month = month(here, date.year(), date.month());
        at += month.count.max(1);
        match years.last_mut().filter(|year| year.year == date.year()) {
            Some(year) => year.months.push(month),
            None => years.push(YearView { months: vec![month], ..year(here, date.year()) }),
        }
    }
    let title = here.string("archive", &[]);
    (
        Head { kind: "archive", title, ..Head::default() },
        Content::Archive(ArchiveView { years, count: all.len() }),
    )
}

/// The entries of one page of a list.
pub(super) fn slice<'a, T>(here: Here<'_>, entries: &'a [T], number: usize) -> &'a [T] {
    let size = here.project().config.per_page;
    let start = (number - 1).saturating_mul(size).min(entries.len());
    &entries[start..(start + size).min(entries.len())]
}

/// `briefs`, newest first, under their years and months. A country's own are marked where it leads.
pub(super) fn years(here: Here<'_>, briefs: &[DocumentId], country: Option<EntityId>) -> Vec<YearView> {
    let mut years: Vec<YearView> = Vec::new();
    for &id in briefs {
        let document = here.library().document(id);
        let Some(date) = document.date else { continue };
        if years.last().is_none_or(|year| year.year != date.year()) {
            years.push(year(here, date.year()));
        }
        let Some(year) = years.last_mut() else { continue };
        if year.months.last().is_none_or(|month| month.month != date.month()) {
            year.months.push(month(here, date.year(), date.month()));
        }
        let Some(month) = year.months.last_mut() else { continue };
        month.briefs.push(Card {
            lead: country.is_some() && document.countries.first() == country.as_ref(),
            ..here.card(id)
        });
    }
    years
}

pub(super) fn year(here: Here<'_>, year: i16) -> YearView {
    let url = here.link_to_list(&Subject::Year(here.language, year)).unwrap_or_default();
    YearView { year, url, months: Vec::new() }
}

pub(super) fn month(here: Here<'_>, year: i16, month: i8) -> MonthView {
    MonthView {
        month,
        title: here.words().month(year, month).into(),
        name: here.words().month_name(month),
        url: here.link_to_list(&Subject::Month(here.language, year, month)).unwrap_or_default(),
        count: period::within(here.library(), here.language, year, Some(month)).len(),
        briefs: Vec::new(),
    }
}

pub(super) fn pagination(here: Here<'_>, subject: &Subject, entries: usize, number: usize) -> Pagination {
    let total = entries.div_ceil(here.project().config.per_page).max(1);
    let first = here.world.plan.list(subject);
    let permalinks = &here.project().config.languages[here.language.index()].permalinks;
    let url = |number: usize| {
        first.map(|first| here.link(&numbered(permalinks, first, number))).unwrap_or_default()
    };
    let near = |page: usize| page == 1 || page == total || page.abs_diff(number) <= 2;
    let mut pages: Vec<PageNumber> = Vec::new();
    for page in (1..=total).filter(|&page| near(page)) {
        let gap = pages.last().is_some_and(|last| last.number + 1 < page);
        pages.push(PageNumber { number: page, url: url(page), current: page == number, gap });
    }
    Pagination {
        number,
        total,
        newer: (number > 1).then(|| url(number - 1)),
        older: (number < total).then(|| url(number + 1)),
        pages,
    }
}
