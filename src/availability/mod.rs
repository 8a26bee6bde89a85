//! What is known of the addresses of sources: what each answered when it was last asked, and where an archive keeps a copy.
//!
//! It stands in [`PATH`], which is committed with the briefs, so that a build never needs the network: only
//! [`crate::network`] asks, when it is told to. A slip in that file is a warning, and what can be read of it is used.

mod lock;

use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use url::Url;

/// Where the file stands, from the site's root.
pub const PATH: &str = "content/sources.lock";

/// What is known of each address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    known: BTreeMap<String, Known>,
}

/// What is known of one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What it answered when it was last asked, if it ever was.
    pub visit: Option<Visit>,
    /// What the archive said, if it ever said anything.
    pub archive: Option<Archive>,
}

/// A day on which an address was asked, and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The day.
    pub asked: Date,
    /// What came of it.
    pub answer: Answer,
}

/// What an address answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The page is there.
    Found {
        /// The status, 200 to 299.
        status: u16,
        /// The address it has now, where it moved for good.
        moved: Option<String>,
    },
    /// The server knows no such page, or no longer: 404 and 410.
    Gone {
        /// The status.
        status: u16,
    },
    /// The server would not show the page to a program, and may well show it to a reader: 401, 403, 429 and their like.
    Refused {
        /// The status.
        status: u16,
    },
    /// The server failed: 500 to 599.
    ServerError {
        /// The status.
        status: u16,
    },
    /// No page came, nor any word of one.
    Unreachable(Failure),
}

/// Why an address can't be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Failure {
    /// Its host's name leads nowhere.
    NoSuchHost,
    /// Its host takes no connection.
    NoConnection,
    /// No secure connection to its host could be made: its certificate is not to be trusted, or it speaks no TLS.
    Tls,
    /// Its host took too long.
    TimeOut,
    /// Its host broke off in the middle.
    BrokenOff,
    /// What it said is not HTTP, or far too much of it.
    Garbage,
    /// It sends the reader from one page to the next without an end.
    TooManyRedirects,
    /// It sends the reader where there can be no page.
    BadRedirect,
}

/// What the archive said of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Archive {
    /// It keeps a copy.
    Copy(ArchivedCopy),
    /// It kept none.
    Nothing {
        /// The day it said so.
        asked: Date,
    },
}

/// A copy of a page as it was one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedCopy {
    /// Where the copy is.
    pub url: Arc<str>,
    /// The day it was made.
    pub date: Date,
}

/// Which addresses are asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// Every one.
    All,
    /// Those last asked so many days ago or earlier, and those that failed.
    After {
        /// How many days.
        days: u16,
    },
}

impl Default for Renewal {
    fn default() -> Self {
        Self::After { days: 30 }
    }
}

impl Answer {
    /// What a status says, of a page that moved for good where `moved` says so.
    pub fn of(status: u16, moved: Option<String>) -> Self {
        match status {
            200..=299 => Self::Found { status, moved },
            404 | 410 => Self::Gone { status },
            500..=599 => Self::ServerError { status },
            _ => Self::Refused { status },
        }
    }

    /// Whether a reader who follows the link would likely find no page.
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::Gone { .. } | Self::ServerError { .. } | Self::Unreachable(_))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Found { moved: None, .. } => formatter.write_str("is there"),
            Self::Found { moved: Some(url), .. } => write!(formatter, "moved to `{url}`"),
            Self::Gone { status } => write!(formatter, "is gone ({status})"),
            Self::Refused { status } => {
                write!(formatter, "is not shown to programs ({status}); readers may well see it")
            }
            Self::ServerError { status } => write!(formatter, "has a server that fails ({status})"),
            Self::Unreachable(failure) => write!(formatter, "can't be reached: {failure}"),
        }
    }
}

impl Failure {
    const ALL: [Self; 8] = [
        Self::NoSuchHost,
        Self::NoConnection,
        Self::Tls,
        Self::TimeOut,
        Self::BrokenOff,
        Self::Garbage,
        Self::TooManyRedirects,
        Self::BadRedirect,
    ];

    /// The word it has in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoSuchHost => "no-such-host",
            Self::NoConnection => "no-connection",
            Self::Tls => "tls",
            Self::TimeOut => "time-out",
            Self::BrokenOff => "broken-off",
            Self::Garbage => "garbage",
            Self::TooManyRedirects => "too-many-redirects",
            Self::BadRedirect => "bad-redirect",
        }
    }

    /// The failure called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|failure| failure.name() == name)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NoSuchHost => "its host's name leads nowhere",
            Self::NoConnection => "its host takes no connection",
            Self::Tls => "no secure connection to its host could be made",
            Self::TimeOut => "its host took too long",
            Self::BrokenOff => "its host broke off in the middle",
            Self::Garbage => "its host did not answer as a web server does",
            Self::TooManyRedirects => "it leads from one page to the next without an end",
            Self::BadRedirect => "it leads where there can be no page",
        })
    }
}

impl Availability {
    /// What is known of the address `url`.
    pub fn get(&self, url: &str) -> Option<&Known> {
        self.known.get(url)
    }

    /// Every address of which something is known, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Known)> {
        self.known.iter().map(|(url, known)| (url.as_str(), known))
    }

    /// The copy that the archive keeps of `url`.
    pub fn copy_of(&self, url: &str) -> Option<&ArchivedCopy> {
        match self.get(url)?.archive.as_ref()? {
            Archive::Copy(copy) => Some(copy),
            Archive::Nothing { .. } => None,
        }
    }

    /// Notes what `url` answered.
    pub fn answered(&mut self, url: &str, visit: Visit) {
        self.of(url).visit = Some(visit);
    }

    /// Notes what the archive said of `url`. A copy that was known is not forgotten because the archive has none to tell of
    /// today.
    pub fn looked_up(&mut self, url: &str, archive: Archive) {
        let known = self.of(url);
        if !matches!((&known.archive, &archive), (Some(Archive::Copy(_)), Archive::Nothing { .. })) {
            known.archive = Some(archive);
        }
    }

    /// Forgets the addresses that are not `wanted`: those that no source has any more.
    pub fn keep_only(&mut self, wanted: impl Fn(&str) -> bool) {
        self.known.retain(|url, _| wanted(url));
    }

    /// Those of `urls` that are to be asked, the longest unasked first: so where time runs out, the next run goes on.
    pub fn to_ask<'a>(
        &self,
        urls: impl IntoIterator<Item = &'a str>,
        today: Date,
        renewal: Renewal,
    ) -> Vec<&'a str> {
        let visit = |url: &str| self.get(url).and_then(|known| known.visit.as_ref());
        let is_due = |url: &&str| {
            visit(url).is_none_or(|visit| visit.answer.is_failure() || renewal.is_due(visit.asked, today))
        };
        let mut due: Vec<&str> = urls.into_iter().filter(is_due).collect();
        due.sort_by_key(|url| (visit(url).map(|visit| visit.asked), *url));
        due.dedup();
        due
    }

    /// Those of `urls` of which the archive is to be asked for a copy: where one is known it stays, unless all are asked
    /// again.
    pub fn to_look_up<'a>(
        &self,
        urls: impl IntoIterator<Item = &'a str>,
        today: Date,
        renewal: Renewal,
    ) -> Vec<&'a str> {
        let is_due = |url: &&str| match self.get(url).and_then(|known| known.archive.as_ref()) {
            None => true,
            Some(Archive::Copy(_)) => renewal == Renewal::All,
            Some(Archive::Nothing { asked }) => renewal.is_due(*asked, today),
        };
        let mut due: Vec<&str> = urls.into_iter().filter(is_due).collect();
        due.sort_unstable();
        due.dedup();
        due
    }

    fn of(&mut self, url: &str) -> &mut Known {
        self.known.entry(url.to_owned()).or_default()
    }
}

impl Renewal {
    /// Whether what was asked on that day is to be asked again `today`. A day to come is a slip, and no reason to wait.
    fn is_due(self, asked: Date, today: Date) -> bool {
        match self {
            Self::All => true,
            Self::After { days } => {
                let age = today.duration_since(asked).as_hours() / 24;
                !(0..i64::from(days)).contains(&age)
            }
        }
    }
}

/// Whether a reader's browser can be sent to `url`: an `http` or `https` address with a host, and nothing in it that an
/// address can't hold as it stands.
pub(crate) fn is_web_address(url: &str) -> bool {
    let after = |scheme: &str| {
        let (start, rest) = url.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some(rest)
    };
    let is_odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>\"\\".contains(letter);
    after("https://")
        .or_else(|| after("http://"))
        .is_some_and(|rest| !rest.starts_with('/') && !rest.contains(is_odd) && Url::parse(url).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn found(asked: &str) -> Visit {
        Visit { asked: day(asked), answer: Answer::of(200, None) }
    }

    #[test]
    fn a_status_says_what_a_reader_would_find() {
        for (status, shown) in [
            (200, "is there"),
            (204, "is there"),
            (301, "is not shown to programs (301); readers may well see it"),
            (401, "is not shown to programs (401); readers may well see it"),
            (404, "is gone (404)"),
            (410, "is gone (410)"),
            (429, "is not shown to programs (429); readers may well see it"),
            (451, "is not shown to programs (451); readers may well see it"),
            (503, "has a server that fails (503)"),
            (999, "is not shown to programs (999); readers may well see it"),
        ] {
            assert_eq!(Answer::of(status, None).to_string(), shown, "{status}");
        }
    }

    #[test]
    fn a_failure_is_found_by_its_name() {
        assert!(Failure::ALL.into_iter().all(|failure| Failure::named(failure.name()) == Some(failure)));
        assert_eq!(Failure::named("weather"), None);
    }

    #[test]
    fn the_old_the_failed_and_the_unknown_are_asked_the_longest_unasked_first() {
        let mut known = Availability::default();
        known.answered("https://a.example/fresh", found("2024-05-03"));
        known.answered("https://a.example/stale", found("2024-05-02"));
        known.answered("https://a.example/to-come", found("2024-06-02"));
        let failed = Visit { asked: day("2024-05-31"), answer: Answer::Unreachable(Failure::TimeOut) };
        known.answered("https://a.example/failed", failed);
        let refused = Visit { asked: day("2024-05-31"), answer: Answer::of(403, None) };
        known.answered("https://a.example/refused", refused);
        let asked = |renewal| {
            let urls = ["failed", "fresh", "new", "refused", "stale", "to-come", "new"]
                .map(|name| format!("https://a.example/{name}"));
            let asked = known.to_ask(urls.iter().map(String::as_str), day("2024-06-01"), renewal);
            asked.into_iter().map(|url| url.rsplit_once('/').unwrap().1.to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(asked(Renewal::default()), ["new", "stale", "failed", "to-come"]);
        assert_eq!(asked(Renewal::All), ["new", "stale", "fresh", "failed", "refused", "to-come"]);
    }

    #[test]
    fn the_archive_is_asked_again_only_where_it_had_nothing_a_while_ago() {
        let mut known = Availability::default();
        let copy = ArchivedCopy { url: "https://archive.example/1".into(), date: day("2020-01-01") };
        known.looked_up("https://a.example/copied", Archive::Copy(copy.clone()));
        known.looked_up("https://a.example/lately", Archive::Nothing { asked: day("2024-05-31") });
        known.looked_up("https://a.example/long-ago", Archive::Nothing { asked: day("2024-01-01") });
        let urls = ["new", "long-ago", "lately", "copied"].map(|name| format!("https://a.example/{name}"));
        let due =
            |renewal| known.to_look_up(urls.iter().map(String::as_str), day("2024-06-01"), renewal).len();
        assert_eq!((due(Renewal::default()), due(Renewal::All)), (2, 4));
        known.looked_up("https://a.example/copied", Archive::Nothing { asked: day("2024-06-01") });
        assert_eq!(known.copy_of("https://a.example/copied"), Some(&copy));
    }

    #[test]
    fn only_what_a_browser_can_be_sent_to_is_an_address() {
        for url in ["https://a.example/é?x=1#y", "HTTP://a.example"] {
            assert!(is_web_address(url), "{url}");
        }
        for url in [
            "",
            "https://",
            "https:///x",
            "javascript:alert(1)",
            "//a.example",
            "https://[::1/",
            "https:a.example",
            "https://a b/",
            "é",
            "http://a\"b",
        ] {
            assert!(!is_web_address(url), "{url}");
        }
    }
}
