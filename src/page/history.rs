//! The view of how many briefs there were in time.

use super::Here;
use super::view::{HistoryView, PeriodCount};
use crate::library::DocumentId;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many periods are shown at most, unless they are years.
const MOST: i32 = 120;

/// What briefs are counted by.
#[derive(Clone, Copy)]
enum Unit {
    Month,
    Quarter,
    Year,
}

impl Unit {
    /// The finest in which the time from `first` to `last` has not too many periods.
    fn for_time(first: Date, last: Date) -> Self {
        let fits = |unit: &Self| unit.number(last) - unit.number(first) < MOST;
        [Self::Month, Self::Quarter].into_iter().find(fits).unwrap_or(Self::Year)
    }

    fn months(self) -> i32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }

    /// The period of a day, counted from the year 0.
    fn number(self, day: Date) -> i32 {
        (i32::from(day.year()) * 12 + i32::from(day.month()) - 1).div_euclid(self.months())
    }

    /// What a reader calls a period.
    fn name(self, here: Here<'_>, number: i32) -> String {
        let month = number * self.months();
        let year = i16::try_from(month.div_euclid(12)).unwrap_or(i16::MAX);
        let month = i8::try_from(month.rem_euclid(12)).unwrap_or_default() + 1;
        match self {
            Self::Month => here.words().month(year, month).into(),
            Self::Quarter => {
                let (quarter, year) = ((month / 3 + 1).to_string(), year.to_string());
                here.string("quarter-of-year", &[("quarter", &quarter), ("year", &year)])
            }
            Self::Year => year.to_string(),
        }
    }

    /// The keys of what one is called, and of the title of a history in it.
    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Month => ("month", "briefs-by-month"),
            Self::Quarter => ("quarter", "briefs-by-quarter"),
            Self::Year => ("year", "briefs-by-year"),
        }
    }
}

/// How many of `briefs`, newest first, there were in each month, or longer period where there are many; nothing where one
/// period has all of them.
pub(super) fn view(here: Here<'_>, briefs: &[DocumentId]) -> Option<HistoryView> {
    let day = |id: &DocumentId| here.library().document(*id).date;
    let unit = Unit::for_time(briefs.last().and_then(day)?, briefs.first().and_then(day)?);
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for day in briefs.iter().filter_map(day) {
        *counts.entry(unit.number(day)).or_default() += 1;
    }
    let (&first, &last) = (counts.keys().next()?, counts.keys().next_back()?);
    let count = |number| counts.get(&number).copied().unwrap_or_default();
    let periods: Vec<PeriodCount> = (first..=last)
        .map(|number| PeriodCount { name: unit.name(here, number), count: count(number) })
        .collect();
    let (period, title) = unit.keys();
    (periods.len() > 1).then(|| HistoryView {
        title: here.string(title, &[]),
        period: here.string(period, &[]),
        description: description(here, &periods),
        periods,
    })
}

fn description(here: Here<'_>, periods: &[PeriodCount]) -> String {
    // Of several that have most, the first.
    let most = periods.iter().rev().max_by_key(|period| period.count);
    let [Some(first), Some(most), Some(last)] = [periods.first(), most, periods.last()] else {
        return String::new();
    };
    let count = here.counted("brief-count", periods.iter().map(|period| period.count).sum());
    let arguments = [
        ("first", first.name.as_str()),
        ("last", &last.name),
        ("briefs", &count),
        ("peak", &most.name),
        ("most", &here.words().number(most.count as u64)),
    ];
    here.string("history", &arguments)
}
