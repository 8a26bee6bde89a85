use super::in_message;
use crate::diagnostic::Applicability;
use crate::language::two_figures;
use compact_str::{CompactString, ToCompactString, format_compact};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use std::fmt::{self, Write as _};

/// A day, or a day and a time, or a day, a time and an offset: just what was written. A time without an offset is in
/// universal time, here and nowhere else: [`Moment::instant`] says so to whoever compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of the day.
    pub time: Option<Time>,
    /// How far ahead of universal time that time is.
    pub offset: Option<Offset>,
}

/// Why a text is not a date, in words for the writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadDate {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The date that was meant.
    pub replacement: Option<String>,
    /// Whether that is sure.
    pub applicability: Applicability,
}

impl BadDate {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            replacement: None,
            applicability: Applicability::default(),
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn meant(mut self, date: Date) -> Self {
        self.replacement = Some(date.to_string());
        self
    }

    /// The same, the date being the only one that can have been meant.
    fn safe(self) -> Self {
        Self { applicability: Applicability::Safe, ..self }
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }
}

impl Moment {
    /// The moment written as `text`: `2023-11-23`, `2023-11-23T10:30:00`, `2023-11-23T10:30:00+01:00`, as RFC 3339 has
    /// it, with the liberties tools take: a space for `T`, no seconds, a space before the offset or no colon in it.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        let (day, rest) = text.split_at_checked(10).unwrap_or((text, ""));
        let date = match rest.bytes().next() {
            None => parse_day(day)?,
            Some(b'T' | b't' | b' ') if is_day(day) => parse_day(day)?,
            Some(_) => return Err(not_a_day(text)),
        };
        if rest.is_empty() {
            return Ok(date.into());
        }
        let (time, offset) = parse_time(rest[1..].trim_start()).map_err(|unit| {
            let problem = match unit {
                Some((name, number)) => {
                    format!("{} is not a moment: there is no {name} {number}", in_message(text))
                }
                None => format!("{} is not a moment", in_message(text)),
            };
            BadDate::new(problem).help(format!("a day and a time are written `{day}T10:30:00+01:00`"))
        })?;
        Ok(Self { date, time: Some(time), offset })
    }

    /// Whether this comes before `other` for certain: by the day, and on one day by the time where both have one.
    pub fn is_before(&self, other: &Self) -> bool {
        match (self.instant(), other.instant()) {
            (Some(this), Some(that)) => this < that,
            _ => {
                (self.date, self.time.filter(|_| other.time.is_some()))
                    < (other.date, other.time.filter(|_| self.time.is_some()))
            }
        }
    }

    /// The instant it names, where it has a time; in universal time where it has no offset.
    pub fn instant(&self) -> Option<Timestamp> {
        self.offset.unwrap_or(Offset::UTC).to_timestamp(self.date.to_datetime(self.time?)).ok()
    }

    /// The first instant it may name: a day's is its start in universal time.
    pub fn start(&self) -> Timestamp {
        let midnight = || Offset::UTC.to_timestamp(self.date.to_datetime(Time::midnight()));
        self.instant().or_else(|| midnight().ok()).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for Moment {
    /// As RFC 3339 writes it, as much of it as there is.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(formatter, "T{time}")?;
        }
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => formatter.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(formatter, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl Moment {
    /// The moment as text, as RFC 3339 writes it.
    pub fn iso(&self) -> CompactString {
        match (self.time, self.offset) {
            (None, None) => iso(self.date),
            _ => self.to_compact_string(),
        }
    }
}

/// A day as ISO 8601 writes it: `2023-11-23`.
pub fn iso(date: Date) -> CompactString {
    if date.year() < 0 { date.to_compact_string() } else { PartialDate::from(date).iso() }
}

/// A date as sources have it: a year, a month, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month, from 1; only with a month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// The date written as `text`: `2023`, `2023-10` or `2023-10-19`.
    pub fn parse(text: &str) -> Result<Self, BadDate> {
        match text.as_bytes() {
            year if year.len() == 4 && digits(text) => {
                let year = text.parse().map_err(|_| not_a_day(text))?;
                Ok(Self { year, month: None, day: None })
            }
            [_, _, _, _, b'-', _, _] if text.is_ascii() => {
                let first = parse_day(&format!("{text}-01")).map_err(|_| {
                    BadDate::new(format!("{} is not a month", in_message(text)))
                        .help("a month is written `2023-10`")
                })?;
                Ok(Self { year: first.year(), month: Some(first.month()), day: None })
            }
            _ => Moment::parse(text).map(|moment| moment.date.into()),
        }
    }

    /// The date as ISO 8601 writes it, as much of it as there is. Pages are full of days, and formatting each in general takes ten
    /// times as long.
    pub fn iso(self) -> CompactString {
        let mut room = *b"0000-00-00";
        let mut put =
            |at: usize, number: u16| room[at..at + 2].copy_from_slice(two_figures(number).as_bytes());
        let Ok(year @ ..=9999) = u16::try_from(self.year) else { return self.in_general() };
        put(0, year / 100);
        put(2, year);
        let mut length = "2023".len();
        for part in [self.month, self.day].into_iter().flatten() {
            put(length + 1, part.unsigned_abs().into());
            length += "-10".len();
        }
        CompactString::from_utf8(&room[..length]).unwrap_or_else(|_| self.in_general())
    }

    fn in_general(self) -> CompactString {
        let mut iso = format_compact!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            let _ = write!(iso, "-{part:02}");
        }
        iso
    }

    /// The day, where it is one.
    pub fn to_day(&self) -> Option<Date> {
        Date::new(self.year, self.month?, self.day?).ok()
    }
}

impl PartialDate {
    /// The first day it may be.
    pub fn start(self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// The last day it may be.
    pub fn end(&self) -> Option<Date> {
        let month = self.month.unwrap_or(12);
        match self.day {
            Some(day) => Date::new(self.year, month, day).ok(),
            None => Date::new(self.year, month, 1).ok().map(Date::last_of_month),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: Some(date.month()), day: Some(date.day()) }
    }
}

impl fmt::Display for PartialDate {
    /// As ISO 8601 writes it, as much of it as there is.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.iso())
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `text` has the shape of a day, `dddd-dd-dd`, be there such a day or not.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

fn parse_day(text: &str) -> Result<Date, BadDate> {
    if !is_day(text) {
        return Err(not_a_day(text));
    }
    let (Ok(year), Ok(month), Ok(day)) = (text[..4].parse(), text[5..7].parse(), text[8..].parse()) else {
        return Err(not_a_day(text));
    };
    Date::new(year, month, day).map_err(|_| no_such_day(text, year, month, day))
}

fn no_such_day(text: &str, year: i16, month: i8, day: i8) -> BadDate {
    let Ok(first) = Date::new(year, month, 1) else {
        let problem = BadDate::new(format!("`{text}` is not a date: there is no month {month}"));
        return match Date::new(year, day, month) {
            Ok(swapped) => problem.help("the month comes before the day").meant(swapped),
            Err(_) => problem.help(HOW_TO_WRITE),
        };
    };
    let name = month_name(month);
    BadDate::new(format!("`{text}` is not a date: {name} {year} has {} days", first.days_in_month()))
}

const HOW_TO_WRITE: &str = "a date is written with its year, month and day, as in `2023-11-23`";

/// Says why `text` has not the shape of a day, and which day it may be all the same.
fn not_a_day(text: &str) -> BadDate {
    let parts: Vec<&str> = text.trim().split(['-', '/', '.']).map(str::trim).collect();
    let [first, second, third] = parts[..] else { return no_date_at_all(text) };
    if !(digits(first) && digits(second) && digits(third)) {
        return no_date_at_all(text);
    }
    let date = |year: &str, month: &str, day: &str| {
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let readings = match (first.len(), third.len()) {
        (4, 1 | 2) => [date(first, second, third), None],
        (1 | 2, 4) => [date(third, second, first), date(third, first, second)],
        _ => [None, None],
    };
    match readings {
        [Some(one), Some(other)] if one != other => {
            let spoken = |date: Date| format!("{} {}", date.day(), month_name(date.month()));
            BadDate::new(format!("{} may be {} or {}", in_message(text), spoken(one), spoken(other)))
                .help(format!("write `{one}` or `{other}`"))
        }
        [Some(date), _] | [None, Some(date)] => {
            BadDate::new(format!("{} is not how a date is written", in_message(text)))
                .help(format!("write the year, the month and the day: `{date}`"))
                .meant(date)
                .safe()
        }
        [None, None] => no_date_at_all(text),
    }
}

fn no_date_at_all(text: &str) -> BadDate {
    BadDate::new(format!("{} is not a date", in_message(text))).help(HOW_TO_WRITE)
}

fn month_name(month: i8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    usize::try_from(month - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or_default()
}

/// A unit of time and a number it does not go up to; `None` where the text has not even the shape of a time.
type BadTime = Option<(&'static str, i8)>;

/// `10:30`, `10:30:00.5`, with or without an offset.
fn parse_time(text: &str) -> Result<(Time, Option<Offset>), BadTime> {
    let end = text.find(|character: char| !matches!(character, '0'..='9' | ':' | '.')).unwrap_or(text.len());
    let (clock, offset) = (&text[..end], text[end..].trim_start());
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let parts: Vec<i8> = clock.split(':').map(two_digits).collect::<Option<_>>().ok_or(None)?;
    let (hour, minute, second) = match parts[..] {
        [hour, minute] => (hour, minute, 0),
        [hour, minute, second] => (hour, minute, second),
        _ => return Err(None),
    };
    for (name, number, last) in [("hour", hour, 23), ("minute", minute, 59), ("second", second, 60)] {
        if number > last {
            return Err(Some((name, number)));
        }
    }
    if !digits(fraction) {
        return Err(None);
    }
    let nanoseconds = format!("{fraction:0<9.9}").parse().map_err(|_| None)?;
    // The calendar has no leap seconds: the sixtieth is counted as the one before it.
    let time = Time::new(hour, minute, second.min(59), nanoseconds).map_err(|_| None)?;
    let offset = if offset.is_empty() { None } else { Some(parse_offset(offset).ok_or(None)?) };
    Ok((time, offset))
}

fn two_digits(text: &str) -> Option<i8> {
    if text.len() == 2 && digits(text) { text.parse().ok() } else { None }
}

fn parse_offset(text: &str) -> Option<Offset> {
    if text.eq_ignore_ascii_case("z") {
        return Some(Offset::UTC);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let text = &text[1..];
    let (hours, minutes) = match text.split_once(':') {
        Some(parts) => parts,
        None if text.len() == 4 && text.is_ascii() => text.split_at(2),
        None => (text, "00"),
    };
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    if hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_it_is_in_general() {
        for (year, month, day) in [(2023, 11, 3), (1, 1, 31), (0, 12, 9), (9999, 2, 28), (-44, 3, 15)] {
            let date = Date::new(year, month, day).unwrap();
            assert_eq!(iso(date), date.to_string());
            assert_eq!(Moment::from(date).iso(), date.to_string());
        }
    }

    #[test]
    fn a_moment_is_printed_as_rfc_3339_has_it() {
        let cases = [
            ("2023-11-23", "2023-11-23"),
            ("2023-11-23T10:30", "2023-11-23T10:30:00"),
            ("2023-11-23 10:30:00.5", "2023-11-23T10:30:00.5"),
            ("2023-11-23T10:30:00Z", "2023-11-23T10:30:00Z"),
            ("2023-11-23t10:30:00+00:00", "2023-11-23T10:30:00Z"),
            ("2023-11-23 10:30:00 -0330", "2023-11-23T10:30:00-03:30"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"),
        ];
        for (written, printed) in cases {
            assert_eq!(Moment::parse(written).unwrap().to_string(), printed, "{written}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_told_with_the_date_that_was_meant() {
        let cases = [
            ("2023-02-30", "`2023-02-30` is not a date: February 2023 has 28 days", None),
            ("2024-02-30", "`2024-02-30` is not a date: February 2024 has 29 days", None),
            ("2023-13-01", "`2023-13-01` is not a date: there is no month 13", Some("2023-01-13")),
            ("2023-23-11", "`2023-23-11` is not a date: there is no month 23", Some("2023-11-23")),
            ("2023-13-14", "`2023-13-14` is not a date: there is no month 13", None),
            ("23/11/2023", "`23/11/2023` is not how a date is written", Some("2023-11-23")),
            ("11/23/2023", "`11/23/2023` is not how a date is written", Some("2023-11-23")),
            ("4.4.2023", "`4.4.2023` is not how a date is written", Some("2023-04-04")),
            ("2023/11/23", "`2023/11/23` is not how a date is written", Some("2023-11-23")),
            ("2023-2-3", "`2023-2-3` is not how a date is written", Some("2023-02-03")),
            ("03/04/2023", "`03/04/2023` may be 3 April or 4 March", None),
            ("23 novembre 2023", "`23 novembre 2023` is not a date", None),
            ("23/11/23", "`23/11/23` is not a date", None),
            ("", "`` is not a date", None),
            ("2023-11-23T25:00:00", "`2023-11-23T25:00:00` is not a moment: there is no hour 25", None),
            ("2023-11-23 sommet", "`2023-11-23 sommet` is not a moment", None),
            ("2023-11-23été", "`2023-11-23été` is not a date", None),
        ];
        for (written, message, meant) in cases {
            let problem = Moment::parse(written).unwrap_err();
            assert_eq!(problem.message, message);
            assert_eq!(problem.replacement.as_deref(), meant, "{written}");
        }
    }

    #[test]
    fn moments_of_one_day_compare_by_time_only_where_both_have_one() {
        let moment = |text| Moment::parse(text).unwrap();
        assert!(moment("2023-11-22").is_before(&moment("2023-11-23T00:00:00")));
        assert!(!moment("2023-11-23").is_before(&moment("2023-11-23T10:00:00")));
        assert!(!moment("2023-11-23T10:00:00").is_before(&moment("2023-11-23")));
        assert!(moment("2023-11-23T09:00:00").is_before(&moment("2023-11-23T10:00:00")));
        assert!(moment("2023-11-24T01:00:00+03:00").is_before(&moment("2023-11-23T23:00:00Z")));
    }

    #[test]
    fn a_time_without_an_offset_is_in_universal_time() {
        let instant = |text| Moment::parse(text).unwrap().instant().map(|instant| instant.to_string());
        assert_eq!(instant("2023-11-23T10:00:00").as_deref(), Some("2023-11-23T10:00:00Z"));
        assert_eq!(instant("2023-11-23T10:00:00+03:00").as_deref(), Some("2023-11-23T07:00:00Z"));
        assert_eq!(instant("2023-11-23"), None);
        assert_eq!(Moment::parse("2023-11-23").unwrap().start().to_string(), "2023-11-23T00:00:00Z");
    }

    #[test]
    fn a_source_may_be_dated_by_its_month_or_its_year() {
        for written in ["2023", "2023-10", "2023-10-19"] {
            assert_eq!(PartialDate::parse(written).unwrap().to_string(), written);
        }
        assert_eq!(PartialDate::parse("2023-13").unwrap_err().message, "`2023-13` is not a month");
        assert_eq!(PartialDate::parse("octobre").unwrap_err().message, "`octobre` is not a date");
    }
}
