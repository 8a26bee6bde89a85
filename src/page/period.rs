//! The views of the archive's years and months.

use super::frame::Head;
use super::listing::{month, pagination, slice, year, years};
use super::view::{Content, LinkView, PeriodView, YearView};
use super::{Here, Subject};
use crate::library::{DocumentId, LanguageId, Library};
use std::cmp::Ordering;

pub(super) fn view(here: Here<'_>, of_year: i16, of_month: Option<i8>, number: usize) -> (Head, Content) {
    let (library, language) = (here.library(), here.language);
    let briefs = within(library, language, of_year, of_month);
    let all = library.timeline(language);
    let first = all.partition_point(|&id| in_period(library, id, of_year, of_month).is_gt());
    let title = title(here, of_year, of_month);
    let view = PeriodView {
        title: title.clone(),
        years: shown(here, of_year, of_month, briefs, number),
        count: briefs.len(),
        pagination: pages(here, of_year, of_month, briefs.len(), number),
        newer: neighbour(here, of_month, first.checked_sub(1).and_then(|rank| all.get(rank))),
        older: neighbour(here, of_month, all.get(first + briefs.len())),
        up: up(here, of_year, of_month),
    };
    let kind = if of_month.is_some() { "month" } else { "year" };
    (Head { kind, title, ..Head::default() }, Content::Period(view))
}

/// The briefs of a period: a run of the timeline, found by halving.
pub(super) fn within(library: &Library, language: LanguageId, year: i16, month: Option<i8>) -> &[DocumentId] {
    let all = library.timeline(language);
    let start = all.partition_point(|&id| in_period(library, id, year, month).is_gt());
    let end = all.partition_point(|&id| in_period(library, id, year, month).is_ge());
    &all[start..end]
}

/// Whether a brief is of a later time than a period (greater), in it (equal) or of an earlier one.
fn in_period(library: &Library, id: DocumentId, year: i16, month: Option<i8>) -> Ordering {
    let date = library.document(id).date.unwrap_or_default();
    let of_month = month.map_or(Ordering::Equal, |month| date.month().cmp(&month));
    date.year().cmp(&year).then(of_month)
}

/// A month's briefs, page by page; a year's whole where they are few, and else its months with their counts.
fn shown(
    here: Here<'_>,
    of_year: i16,
    of_month: Option<i8>,
    briefs: &[DocumentId],
    number: usize,
) -> Vec<YearView> {
    if of_month.is_some() || briefs.len() <= here.project().config.per_page {
        return years(here, slice(here, briefs, number), None);
    }
    let months =
        (1..=12).rev().map(|of_month| month(here, of_year, of_month)).filter(|month| month.count > 0);
    vec![YearView { months: months.collect(), ..year(here, of_year) }]
}

fn pages(
    here: Here<'_>,
    of_year: i16,
    of_month: Option<i8>,
    count: usize,
    number: usize,
) -> super::view::Pagination {
    let count = if of_month.is_some() { count } else { 0 };
    pagination(here, &subject(here, of_year, of_month), count, number)
}

fn title(here: Here<'_>, year: i16, month: Option<i8>) -> String {
    month.map_or_else(|| year.to_string(), |month| here.words().month(year, month).into())
}

fn subject(here: Here<'_>, year: i16, month: Option<i8>) -> Subject {
    match month {
        Some(month) => Subject::Month(here.language, year, month),
        None => Subject::Year(here.language, year),
    }
}

/// The period, as long as this one, in which a brief stands.
fn neighbour(here: Here<'_>, month: Option<i8>, id: Option<&DocumentId>) -> Option<LinkView> {
    let date = here.library().document(*id?).date?;
    let month = month.map(|_| date.month());
    let url = here.link_to_list(&subject(here, date.year(), month))?;
    Some(LinkView { name: title(here, date.year(), month), url })
}

/// The page above: the year of a month, the archive of a year.
fn up(here: Here<'_>, year: i16, month: Option<i8>) -> LinkView {
    let (name, subject) = match month {
        Some(_) => (year.to_string(), Subject::Year(here.language, year)),
        None => (here.string("archive", &[]), Subject::Archive(here.language)),
    };
    LinkView { name, url: here.link_to_list(&subject).unwrap_or_default() }
}
