//! Asking the network about the sources, politely: whether the address of each still answers, and whether an archive keeps a
//! copy of the page.
//!
//! 1. A [`Question`] becomes an inquiry, which says what to request next, given what was replied: HEAD, then GET
//!    where that brings nothing; redirections by hand; once more where a connection failed. It sees neither the network nor
//!    the clock.
//! 2. Each request waits for its host's turn: one at a time for a host, with a pause between two, a longer one where the host
//!    asks for it (`Retry-After`), and none any more where it does not bear them.
//! 3. A few threads send the requests whose turn it is. Each [`Finding`] is told as it comes, and a [`Notebook`] keeps it, so that
//!    what was learnt before an interruption can be saved.
//!
//! A page is asked for as the editor who cites it would, once in a long while, and no link in it is followed. So `robots.txt`,
//! which speaks to programs that wander through a site, is not asked for: where one page of a host is cited, that would only
//! double the requests.
//!
//! An address in a brief is not to be trusted: the machine that asks may see more than the writer of a pull request should. So
//! what a name leads to is looked at before anything is connected to, after each redirection as well, and addresses that are
//! not the whole world's are asked only where [`Manners::private_hosts`] allows it. No proxy is used: it would look names up
//! where nobody looks at what they lead to.
//!
//! All of it stands behind the cargo feature `network`; without it, [`ask`] says how to get it.

#[cfg(feature = "network")]
mod address;
#[cfg(feature = "network")]
mod archive;
#[cfg(feature = "network")]
mod client;
#[cfg(feature = "network")]
mod crew;
#[cfg(feature = "network")]
mod inquiry;
mod notebook;
#[cfg(feature = "network")]
mod turns;

pub use notebook::Notebook;

use crate::availability::{Answer, ArchivedCopy};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::ControlFlow;
use std::time::Duration;

/// Something the network may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether the page at this address is still there.
    Page {
        /// The address, as the source has it.
        url: String,
    },
    /// Whether the archive keeps a copy of the page.
    Copy {
        /// The address, as the source has it.
        url: String,
        /// The day near which the copy should have been made; any will do without.
        near: Option<Date>,
    },
}

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The address that was asked about, as the question had it.
    pub url: String,
    /// What is known of it now.
    pub outcome: Outcome,
}

/// What is known after a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// What the address answered.
    Answered {
        /// Its answer.
        answer: Answer,
        /// Where the page was found in the end, if not at its own address.
        shown_at: Option<String>,
    },
    /// What copy of the page the archive tells of.
    LookedUp(Option<ArchivedCopy>),
    /// The archive said nothing that could be understood.
    ArchiveSilent,
    /// Nobody was asked, or not to the end.
    NotAsked(NotAsked),
}

/// Why nobody was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAsked {
    /// It is no address of a web page.
    NotWeb,
    /// It leads, or a redirection does, to an address that is not the whole world's, and that was not allowed.
    PrivateAddress,
    /// Its host failed several times in a row, or asked to be left alone.
    HostLeftAlone,
    /// The time for all questions was up.
    OutOfTime,
}

/// How the network is asked.
#[derive(Clone, Debug)]
pub struct Manners {
    /// What the requests say they come from. [`user_agent`] makes one.
    pub user_agent: String,
    /// How many requests may be under way at once, each to another host.
    pub at_once: usize,
    /// How long a host is left alone after each request.
    pub pause: Duration,
    /// How long one request may take, from the look-up of the name to the end of what is read.
    pub time_out: Duration,
    /// After how long nothing more is asked.
    pub time_in_all: Option<Duration>,
    /// The longest pause that is granted to a host that asks for one; where it asks for more, it is left alone.
    pub longest_wait: Duration,
    /// The hosts that may stand at addresses that are not the whole world's.
    pub private_hosts: PrivateHosts,
    /// The archive's service that tells of copies, in the manner of the Wayback Machine's.
    pub archive: String,
}

/// The hosts that may stand at addresses that are not the whole world's: loopback, private networks, link-local…
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PrivateHosts {
    /// None.
    #[default]
    None,
    /// These, each as an address has it: `intranet.example`, `127.0.0.1:8080`. The port is left out where it is the usual
    /// one.
    These(BTreeSet<String>),
    /// Any.
    All,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            user_agent: user_agent(None),
            at_once: 8,
            pause: Duration::from_secs(1),
            time_out: Duration::from_secs(20),
            time_in_all: None,
            longest_wait: Duration::from_secs(60),
            private_hosts: PrivateHosts::None,
            archive: "https://archive.org/wayback/available".into(),
        }
    }
}

/// A name that says what asks, and for which `site`, so that whoever reads a server's log can see why.
pub fn user_agent(site: Option<&str>) -> String {
    let site = site.map(|url| format!("; +{url}")).unwrap_or_default();
    format!("depeche/{} (checks the sources of a publication{site})", env!("CARGO_PKG_VERSION"))
}

/// Asks the `questions`, each host's in their order, and tells of each finding as it comes, until `tell` breaks off.
///
/// # Errors
///
/// When this program was built without the network, or the archive's service has no address that can be asked.
pub fn ask(
    questions: Vec<Question>,
    manners: &Manners,
    tell: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> anyhow::Result<()> {
    #[cfg(feature = "network")]
    return crew::ask(questions, manners, tell);
    #[cfg(not(feature = "network"))]
    {
        let _ = (questions, manners, tell);
        anyhow::bail!("this `depeche` was built without the network; install it again with `--features full`")
    }
}

impl fmt::Display for Finding {
    /// One line for people.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { url, outcome } = self;
        match outcome {
            Outcome::Answered { answer, .. } => write!(formatter, "`{url}` {answer}"),
            Outcome::LookedUp(Some(copy)) => {
                write!(formatter, "`{url}` has a copy of {} in the archive: `{}`", copy.date, copy.url)
            }
            Outcome::LookedUp(None) => write!(formatter, "`{url}` has no copy in the archive"),
            Outcome::ArchiveSilent => {
                write!(formatter, "`{url}`: the archive did not say whether it has a copy")
            }
            Outcome::NotAsked(reason) => write!(formatter, "`{url}` was not asked: {reason}"),
        }
    }
}

impl fmt::Display for NotAsked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::NotWeb => "it is no address of a web page",
            Self::PrivateAddress => "it leads into a private network",
            Self::HostLeftAlone => "its host failed several times, or asked to be left alone",
            Self::OutOfTime => "the time was up",
        })
    }
}
