//! The threads that ask, and the board on which they see whose turn it is.

#![expect(clippy::disallowed_methods, reason = "whoever leaves hosts alone for a while looks at the clock")]

use super::client::Client;
use super::inquiry::{Inquiry, Next, Step};
use super::turns::{Turn, Turns};
use super::{Finding, Manners, NotAsked, Question};
use anyhow::Context;
use std::ops::ControlFlow;
use std::sync::mpsc::{self, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use url::Url;

/// More than these at once would be a crowd, and no machine needs them.
const MOST_AT_ONCE: usize = 64;

/// Nobody waits any longer between two requests.
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// Asks the questions, and tells of each finding on the caller's own thread.
pub fn ask(
    questions: Vec<Question>,
    manners: &Manners,
    tell: &mut dyn FnMut(Finding) -> ControlFlow<()>,
) -> anyhow::Result<()> {
    let service = Url::parse(&manners.archive).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let service = service.with_context(|| {
        let address = &manners.archive;
        format!("`{address}` is no address of an archive's service: it begins with `https://` or `http://`")
    })?;
    let (findings, told) = mpsc::channel();
    let threads = manners.at_once.clamp(1, MOST_AT_ONCE.min(questions.len().max(1)));
    let board = Board::new(questions, manners, &service, &findings);
    let client = Client::new(manners);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (board, client, findings) = (&board, &client, findings.clone());
            scope.spawn(move || work(board, client, manners, &findings));
        }
        // What is left of it are the threads' own; the last of them ends the loop.
        drop(findings);
        for finding in told {
            if tell(finding).is_break() {
                board.close();
                break;
            }
        }
    });
    Ok(())
}

/// Asks until there is nobody more to ask.
fn work(board: &Board, client: &Client, manners: &Manners, findings: &Sender<Finding>) {
    while let Some(inquiry) = board.next(findings) {
        let host = inquiry.host().to_owned();
        let (method, url) = inquiry.request();
        let reply = client.send(method, url);
        board.settle(&host, inquiry.step(reply, manners), findings);
    }
}

/// Nobody may be listening any more: then the board is closed, and what is still found is lost.
fn send(finding: Finding, findings: &Sender<Finding>) {
    let _ = findings.send(finding);
}

/// Whose turn it is, as all threads see it.
struct Board {
    turns: Mutex<Turns<Box<Inquiry>>>,
    /// Rung when a host was released: somebody's turn may have come.
    bell: Condvar,
    deadline: Option<Instant>,
}

impl Board {
    /// A board on which all questions wait but those that can't be asked, which are told of at once.
    fn new(questions: Vec<Question>, manners: &Manners, service: &Url, findings: &Sender<Finding>) -> Self {
        let now = Instant::now();
        let mut turns = Turns::new(manners.pause.min(LONGEST_PAUSE));
        for question in questions {
            match Inquiry::new(question, service) {
                Ok(inquiry) => {
                    let host = inquiry.host().to_owned();
                    let waits = turns.wait(&host, Box::new(inquiry), now);
                    debug_assert!(waits.is_ok(), "no host is left alone before it is asked");
                }
                Err(finding) => send(finding, findings),
            }
        }
        let deadline = manners.time_in_all.and_then(|time| now.checked_add(time));
        Self { turns: Mutex::new(turns), bell: Condvar::new(), deadline }
    }

    /// Waits until it is somebody's turn, and says whose; nobody's at the end. What waits when the time is up is told of.
    fn next(&self, findings: &Sender<Finding>) -> Option<Box<Inquiry>> {
        let mut turns = self.turns();
        loop {
            let now = Instant::now();
            if self.deadline.is_some_and(|deadline| deadline <= now) {
                turns.close().into_iter().for_each(|late| send(late.give_up(NotAsked::OutOfTime), findings));
            }
            let until = match turns.next(now) {
                Turn::Of(inquiry) => return Some(inquiry),
                Turn::Over => {
                    self.bell.notify_all();
                    return None;
                }
                Turn::NobodyBefore(at) => Some(self.deadline.map_or(at, |deadline| deadline.min(at))),
                Turn::NobodyYet => None,
            };
            turns = match until {
                Some(at) => {
                    let wait = self.bell.wait_timeout(turns, at.saturating_duration_since(now));
                    wait.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.bell.wait(turns).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }

    /// Tells and notes what follows from a reply of the host.
    fn settle(&self, host: &str, step: Step, findings: &Sender<Finding>) {
        let now = Instant::now();
        let mut turns = self.turns();
        // All of this comes before the host is released: so what was begun is finished first, and is told before the next.
        match step.next {
            Next::Tell(finding) => send(finding, findings),
            Next::Ask(inquiry) => {
                let host = inquiry.host().to_owned();
                if let Err(inquiry) = turns.wait_first(&host, inquiry, now) {
                    send(self.left(*inquiry), findings);
                }
            }
        }
        let left = turns.release(host, step.host, now);
        left.into_iter().for_each(|inquiry| send(self.left(*inquiry), findings));
        self.bell.notify_all();
    }

    /// What is told of a question that no host is asked any more.
    fn left(&self, inquiry: Inquiry) -> Finding {
        let is_late = self.deadline.is_some_and(|deadline| deadline <= Instant::now());
        inquiry.give_up(if is_late { NotAsked::OutOfTime } else { NotAsked::HostLeftAlone })
    }

    /// Nothing more is asked.
    fn close(&self) {
        self.turns().close();
        self.bell.notify_all();
    }

    fn turns(&self) -> MutexGuard<'_, Turns<Box<Inquiry>>> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
