//! Dates as BibTeX and biblatex write them.

use crate::data::{BadDate, PartialDate};

/// The months as people call them in English and French, in small letters; shortened ones begin like them.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "janvier"],
    ["february", "février"],
    ["march", "mars"],
    ["april", "avril"],
    ["may", "mai"],
    ["june", "juin"],
    ["july", "juillet"],
    ["august", "août"],
    ["september", "septembre"],
    ["october", "octobre"],
    ["november", "novembre"],
    ["december", "décembre"],
];

/// The date written as biblatex has it, which is that of libraries (EDTF): `2023-10-19`, with or without a time, marks of
/// doubt and unknown parts; of a period, the start.
pub(super) fn parse(written: &str) -> Result<PartialDate, BadDate> {
    let period: Vec<&str> = written.split('/').map(str::trim).collect();
    let is_period = period.len() == 2 && period.iter().all(|end| end.is_empty() || end.len() >= 4);
    let date = if is_period { period.into_iter().find(|end| !end.is_empty()) } else { None };
    let date = date.unwrap_or(written.trim());
    let date = date.strip_prefix('[').and_then(|date| date.strip_suffix(']')).unwrap_or(date);
    let date = date.trim_end_matches(['?', '~', '%']).trim_end_matches("-XX");
    // Months past the twelfth are seasons.
    match date.split_once('-') {
        Some((year, "21" | "22" | "23" | "24")) => PartialDate::parse(year),
        _ => PartialDate::parse(date),
    }
}

/// The date of a year in its month, and on its day where there is one. The month is a name or a number, and may have the
/// day with it, as in `10 October`.
pub(super) fn in_year(year: PartialDate, month: &str, day: Option<&str>) -> Result<PartialDate, BadDate> {
    let words: Vec<&str> = month.split([' ', '\u{a0}', ',']).filter(|word| !word.is_empty()).collect();
    let (month, day) = match words[..] {
        [one, other] if month_named(other).is_some() => (other, Some(one)),
        [one, other] => (one, Some(other)),
        [one] => (one, day),
        _ => (month, day),
    };
    let month = month_named(month).map_or(month.to_owned(), |number| number.to_string());
    let written = match day {
        Some(day) => format!("{:04}-{month:0>2}-{day:0>2}", year.year),
        None => format!("{:04}-{month:0>2}", year.year),
    };
    PartialDate::parse(&written)
}

fn month_named(written: &str) -> Option<usize> {
    let name = written.trim_end_matches('.').to_lowercase();
    let is_short = |month: &str| name.chars().count() >= 3 && month.starts_with(&name);
    let matches = |names: &[&str; 2]| names.iter().any(|month| *month == name || is_short(month));
    let mut found = (1..).zip(&MONTHS).filter(|(_, names)| matches(names)).map(|(number, _)| number);
    // Of a short form that begins two months, neither.
    found.next().filter(|_| found.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_a_library_is_read_for_what_it_is_sure_of() {
        let cases = [
            ("2023-10-19", "2023-10-19"),
            ("2023-10-19T10:00:00Z", "2023-10-19"),
            ("2023-10", "2023-10"),
            ("2023", "2023"),
            ("[2023]", "2023"),
            ("2023~", "2023"),
            ("2023-10-19/2023-10-24", "2023-10-19"),
            ("2023/", "2023"),
            ("/2023", "2023"),
            ("2023-10-XX", "2023-10"),
            ("2023-XX-XX", "2023"),
            ("2023-22", "2023"),
        ];
        for (written, date) in cases {
            assert_eq!(parse(written).unwrap().to_string(), date, "{written}");
        }
        let bad = ["2023-02-30", "19/10/2023", "2023-13", "23", "octobre", ""];
        assert!(bad.iter().all(|written| parse(written).is_err()));
    }

    #[test]
    fn a_month_is_a_name_or_a_number() {
        let year = PartialDate { year: 2023, month: None, day: None };
        let cases = [
            ("oct", None, "2023-10"),
            ("10", None, "2023-10"),
            ("1", Some("2"), "2023-01-02"),
            ("October", Some("19"), "2023-10-19"),
            ("10\u{a0}oct", None, "2023-10-10"),
            ("oct. 19", None, "2023-10-19"),
            ("août", None, "2023-08"),
            ("juil.", None, "2023-07"),
            ("mars", None, "2023-03"),
        ];
        for (month, day, date) in cases {
            assert_eq!(in_year(year, month, day).unwrap().to_string(), date, "{month}");
        }
        for (month, day) in
            [("13", None), ("feb", Some("30")), ("jui", None), ("ma", None), ("x", None), ("", None)]
        {
            assert!(in_year(year, month, day).is_err(), "{month}");
        }
    }
}
