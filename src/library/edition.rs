//! Which briefs are published on a given day.

use crate::brief::{Brief, Dossier};
use crate::source::ContentPath;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// The day a site is built for, and what is shown besides that day's briefs.
#[derive(Clone, Copy, Debug)]
pub struct Edition {
    /// What counts as now.
    pub now: Now,
    /// Whether drafts are published too.
    pub drafts: bool,
    /// Whether scheduled briefs are published before their time: in no site, but in the library they are checked in.
    pub scheduled: bool,
}

/// A day, and the instant in it up to which briefs with a date and a time are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The day, in UTC where it was taken from a clock.
    pub date: Date,
    /// The instant; the end of the day in UTC where only a day was given.
    pub instant: Timestamp,
}

impl Now {
    /// The whole of a day.
    pub fn day(date: Date) -> Self {
        let end = date.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
        Self { date, instant: end.unwrap_or(Timestamp::MAX) }
    }

    /// An instant, and its day in UTC.
    pub fn instant(instant: Timestamp) -> Self {
        Self { date: instant.to_zoned(TimeZone::UTC).date(), instant }
    }
}

/// A brief that is not published, of which nothing is kept but what messages to its writers need.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Withheld {
    /// The file.
    pub path: ContentPath,
    /// The name it would have in addresses.
    pub slug: String,
    /// Why.
    pub why: Withholding,
}

/// Why a brief is not published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Withholding {
    /// Its front matter says `draft = true`.
    Draft,
    /// Its date is to come.
    Scheduled(Date),
    /// It was to be shown until that day, or a time of it.
    Expired(Date),
}

/// Parts the briefs to publish from the others.
pub fn divide(briefs: Vec<Dossier>, edition: &Edition) -> (Vec<Dossier>, Vec<Withheld>) {
    let mut published = Vec::with_capacity(briefs.len());
    let mut withheld = Vec::new();
    for brief in briefs {
        match withholding(&brief, edition) {
            None => published.push(brief),
            Some(why) => {
                withheld.push(Withheld { slug: super::slug_of(&brief), path: brief.path.clone(), why })
            }
        }
    }
    (published, withheld)
}

/// The next instant of the day at which an edition of these briefs would be another.
pub fn next_change(briefs: &[Dossier], edition: &Edition) -> Option<Timestamp> {
    let moments = briefs.iter().flat_map(|brief| {
        let date = brief.front.date.as_ref().map(|date| date.value);
        let expires = brief.front.expires.as_ref().map(|expires| expires.value);
        [date, expires].into_iter().flatten()
    });
    moments.filter_map(|moment| moment.instant()).filter(|instant| *instant > edition.now.instant).min()
}

/// Why a brief is withheld from an edition, if it is.
pub fn withholding(brief: &Brief, edition: &Edition) -> Option<Withholding> {
    if brief.front.draft && !edition.drafts {
        return Some(Withholding::Draft);
    }
    // An introduction may have a date too, and then waits for it; a stand-alone page is read without one.
    if let Some(date) = &brief.front.date
        && !edition.scheduled
    {
        let to_come = match date.value.instant() {
            Some(instant) => instant > edition.now.instant,
            None => date.value.date > edition.now.date,
        };
        if to_come {
            return Some(Withholding::Scheduled(date.value.date));
        }
    }
    let expires = brief.front.expires?.value;
    let is_over = match expires.instant() {
        Some(instant) => instant <= edition.now.instant,
        None => expires.date < edition.now.date,
    };
    is_over.then_some(Withholding::Expired(expires.date))
}
