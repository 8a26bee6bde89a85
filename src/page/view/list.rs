//! Lists of briefs: the home page, topics, authors and series, years and months.

use super::{CountryCount, CountryLink, DateView, LinkView};
use crate::language::LanguageTag;
use serde::Serialize;

/// A brief as lists show it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Card {
    /// Its title.
    pub title: String,
    /// The link.
    pub url: String,
    /// Its day.
    pub date: DateView,
    /// What it is written in.
    pub language: LanguageTag,
    /// Its standfirst, or else its first words; Markdown. May be empty.
    pub summary: String,
    /// Its countries.
    pub countries: Vec<CountryLink>,
    /// On a country's page: whether that country is its lead one.
    pub lead: bool,
}

/// Where a page stands in a list cut into pages.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct Pagination {
    /// This page's number, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The link to the page with newer briefs.
    pub newer: Option<String>,
    /// The link to the page with older briefs.
    pub older: Option<String>,
    /// The pages to offer: first, last and those around this one; gaps are left out.
    pub pages: Vec<PageNumber>,
}

/// One page of a pagination.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PageNumber {
    /// Its number.
    pub number: usize,
    /// The link.
    pub url: String,
    /// Whether it is this page.
    pub current: bool,
    /// Whether pages are left out before it.
    pub gap: bool,
}

/// Briefs of one year.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct YearView {
    /// The year.
    pub year: i16,
    /// The link to its archive page.
    pub url: String,
    /// Its months, newest first.
    pub months: Vec<MonthView>,
}

/// Briefs of one month.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MonthView {
    /// From 1 to 12.
    pub month: i8,
    /// « novembre 2023 ».
    pub title: String,
    /// « novembre ».
    pub name: String,
    /// The link to its archive page.
    pub url: String,
    /// How many briefs the month has in all.
    pub count: usize,
    /// The briefs shown here, newest first; empty where only counts are shown.
    pub briefs: Vec<Card>,
}

/// The home page, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct HomeView {
    /// The briefs, newest first.
    pub briefs: Vec<Card>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// The countries with most briefs, at most a dozen.
    pub countries: Vec<CountryCount>,
}

/// The index of topics, authors or series.
#[derive(Debug, Hash, Serialize)]
pub struct GroupsView {
    /// In the order of the language.
    pub groups: Vec<GroupCount>,
}

/// A topic, author or series, and how many briefs it has.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct GroupCount {
    /// Its name.
    pub name: String,
    /// The link to its page.
    pub url: String,
    /// How many briefs.
    pub count: usize,
    /// The day of the newest.
    pub latest: DateView,
}

/// The page of a topic, author or series, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct GroupView {
    /// Its name.
    pub name: String,
    /// The briefs on this page: newest first, but a series from its first on.
    pub briefs: Vec<Card>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// The link to the index of its kind.
    pub index: LinkView,
}

/// All years and months.
#[derive(Debug, Hash, Serialize)]
pub struct ArchiveView {
    /// The years, newest first; months come with counts alone.
    pub years: Vec<YearView>,
    /// How many briefs there are in all.
    pub count: usize,
}

/// A year or a month.
#[derive(Debug, Hash, Serialize)]
pub struct PeriodView {
    /// « 2023 » or « novembre 2023 ».
    pub title: String,
    /// One year; of a month's page only that month, with the briefs of this page. Of a year with more briefs than a page of a
    /// list holds, its months come with counts alone.
    pub years: Vec<YearView>,
    /// How many briefs there are in the period.
    pub count: usize,
    /// Where in a month's briefs this page stands; a year has one page.
    pub pagination: Pagination,
    /// The period before, where it has briefs.
    pub older: Option<LinkView>,
    /// The period after, where it has briefs.
    pub newer: Option<LinkView>,
    /// The link to the page above: the year of a month, the archive of a year.
    pub up: LinkView,
}
