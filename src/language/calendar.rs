use super::{for_language, two_figures};
use compact_str::{CompactString, ToCompactString, format_compact};
use icu_calendar::{Gregorian, RangeError};
use icu_datetime::FixedCalendarDateTimeFormatter;
use icu_datetime::fieldsets::{M, YM, YMD};
use icu_locale_core::LanguageIdentifier;
use jiff::civil::Date;
use std::sync::OnceLock;

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// How a language writes days and months: Gregorian in every language, as the dates of briefs are.
pub(super) struct Calendar {
    day: Formatter<YMD>,
    month: Formatter<YM>,
    month_name: Formatter<M>,
    french: bool,
    /// Every day of a year, by month and day; empty where the figures of the year are not the common ones. Pages are full of
    /// dates, and to format each anew takes ten times as long as to fill in its year.
    days: OnceLock<Vec<AroundYear>>,
    /// Every month of a year, likewise.
    months: OnceLock<Vec<AroundYear>>,
}

/// A day or a month of any year, as it is written around the year.
struct AroundYear {
    before: String,
    after: String,
}

impl AroundYear {
    /// What is written around [`YEAR`], if it is in the common figures.
    fn of(written: &str) -> Option<Self> {
        let (before, after) = written.split_once(&YEAR.to_string())?;
        Some(Self { before: before.to_owned(), after: after.to_owned() })
    }

    /// With the figures of another year; those of some are fewer, or come with an era.
    fn with(&self, year: i16) -> Option<CompactString> {
        let figures = u16::try_from(year).ok().filter(|year| (1000..=9999).contains(year))?;
        let mut text = CompactString::from(&self.before);
        text.push_str(two_figures(figures / 100));
        text.push_str(two_figures(figures));
        text.push_str(&self.after);
        Some(text)
    }
}

/// A year, a leap one, whose figures stand nowhere else in a date.
const YEAR: i16 = 2468;
/// What is kept of a month: days that it does not have are never asked for.
const MONTH: usize = 31;

impl Calendar {
    pub(super) fn new(language: &LanguageIdentifier) -> Self {
        Self {
            day: for_language(language, |it| Formatter::try_new(it.into(), YMD::long())),
            month: for_language(language, |it| Formatter::try_new(it.into(), YM::long())),
            month_name: for_language(language, |it| Formatter::try_new(it.into(), M::long())),
            french: language.language.as_str() == "fr",
            days: OnceLock::new(),
            months: OnceLock::new(),
        }
    }

    pub(super) fn date(&self, date: Date) -> CompactString {
        let days = self.days.get_or_init(|| self.days_of_year());
        let index = (usize::from(date.month().unsigned_abs()) - 1) * MONTH
            + usize::from(date.day().unsigned_abs())
            - 1;
        days.get(index).and_then(|day| day.with(date.year())).unwrap_or_else(|| self.formatted(date))
    }

    fn days_of_year(&self) -> Vec<AroundYear> {
        let days = (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day)));
        let written = days.map(|(month, day)| {
            let date = Date::new(YEAR, month, day).or_else(|_| Date::new(YEAR, month, 1)).ok()?;
            AroundYear::of(&self.formatted(date))
        });
        written.collect::<Option<_>>().unwrap_or_default()
    }

    fn formatted(&self, date: Date) -> CompactString {
        let Ok(day) = gregorian(date.year(), date.month(), date.day()) else {
            return date.to_compact_string();
        };
        let written = self.day.format(&day).to_string();
        if self.french { in_french(&written).into() } else { written.into() }
    }

    pub(super) fn month(&self, year: i16, month: i8) -> CompactString {
        let of_year = |month| AroundYear::of(&self.formatted_month(YEAR, month));
        let months =
            self.months.get_or_init(|| (1..=12).map(of_year).collect::<Option<_>>().unwrap_or_default());
        let month_of_year = months.get(usize::from(month.clamp(1, 12).unsigned_abs()) - 1);
        month_of_year.and_then(|month| month.with(year)).unwrap_or_else(|| self.formatted_month(year, month))
    }

    fn formatted_month(&self, year: i16, month: i8) -> CompactString {
        gregorian(year, month, 1).map_or_else(
            |_| format_compact!("{year}-{month:02}"),
            |first| self.month.format(&first).to_string().into(),
        )
    }

    pub(super) fn month_name(&self, month: i8) -> String {
        // Any year does: the name does not depend on it.
        gregorian(2000, month, 1)
            .map_or_else(|_| month.to_string(), |first| self.month_name.format(&first).to_string())
    }
}

fn gregorian(year: i16, month: i8, day: i8) -> Result<icu_calendar::Date<Gregorian>, RangeError> {
    icu_calendar::Date::try_new_gregorian(year.into(), month.clamp(1, 12).unsigned_abs(), day.unsigned_abs())
}

/// « 1 mars 2024 » as the French write it: « 1er mars 2024 », with the day kept beside the month.
fn in_french(written: &str) -> String {
    match written.split_once(' ') {
        Some(("1", rest)) => format!("1er\u{a0}{rest}"),
        Some((day, rest)) => format!("{day}\u{a0}{rest}"),
        None => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::language;
    use jiff::civil::date;

    #[test]
    fn the_first_of_a_month_is_an_ordinal_in_french() {
        for tag in ["fr", "fr-CA", "fr-CH"] {
            let french = language(tag);
            assert_eq!(french.date(date(2024, 3, 1)), "1er\u{a0}mars 2024", "{tag}");
            assert_eq!(french.date(date(2024, 3, 2)), "2\u{a0}mars 2024", "{tag}");
            assert_eq!(french.date(date(2024, 3, 11)), "11\u{a0}mars 2024", "{tag}");
        }
    }

    #[test]
    fn a_day_is_written_as_the_language_writes_it() {
        let day = date(2023, 11, 23);
        let cases = [
            ("fr", "23\u{a0}novembre 2023"),
            ("en", "November 23, 2023"),
            ("en-GB", "23 November 2023"),
            ("es", "23 de noviembre de 2023"),
            ("de", "23. November 2023"),
            ("it", "23 novembre 2023"),
            ("pl", "23 listopada 2023"),
            // The calendar stays the briefs', also where another is usual.
            ("th", "23 พฤศจิกายน ค.ศ. 2023"),
        ];
        for (tag, expected) in cases {
            assert_eq!(language(tag).date(day), expected, "{tag}");
        }
    }

    #[test]
    fn a_day_or_a_month_is_the_same_whether_it_is_formatted_or_its_year_filled_in() {
        for tag in [
            "fr", "en", "en-GB", "es", "de", "it", "pl", "th", "ja", "zh", "ar", "ar-EG", "fa", "hu", "eu",
            "xx",
        ] {
            let calendar = super::Calendar::new(&tag.parse().unwrap());
            for year in [987, 1000, 1789, 2024, 9999] {
                for day in date(year, 1, 1).series(jiff::ToSpan::days(1)).take(366) {
                    assert_eq!(calendar.date(day), calendar.formatted(day), "{tag}");
                }
                for month in 0..=13 {
                    assert_eq!(calendar.month(year, month), calendar.formatted_month(year, month), "{tag}");
                }
            }
        }
    }

    #[test]
    fn a_month_alone_is_in_the_form_that_stands_alone() {
        assert_eq!(language("fr").month(2023, 11), "novembre 2023");
        assert_eq!(language("pl").month(2023, 11), "listopad 2023");
        assert_eq!(language("en").month(2023, 11), "November 2023");
        assert_eq!(language("fr").month_name(8), "août");
        assert_eq!(language("pl").month_name(11), "listopad");
    }

    #[test]
    fn a_month_that_is_none_is_the_nearest() {
        assert_eq!(language("fr").month_name(0), "janvier");
        assert_eq!(language("fr").month(2023, 13), "décembre 2023");
        assert!(!language("fr").month(i16::MAX, i8::MIN).is_empty());
        assert!(!language("fr").date(jiff::civil::Date::MIN).is_empty());
    }
}
