//! What happens in the site's folder, gathered until it is quiet there for a moment: an editor writes a file in several steps,
//! and a version control system many files.

use crate::diagnostic::Diagnostic;
use crate::source::ContentPath;
use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long nothing may happen before what has happened is looked at.
const QUIET: Duration = Duration::from_millis(15);

/// How long that may be put off.
const LONGEST: Duration = Duration::from_millis(300);

/// A message to who keeps the site up to date.
#[derive(Debug)]
pub(super) enum Stir {
    /// These files, or what is in these folders, may have changed.
    Touched(Vec<ContentPath>),
    /// Anything may have changed.
    Anything,
    /// A remark on the watching itself.
    Remark(String),
    /// In this edition a page can't be made, for its template is mistaken.
    Mistaken(u64, Box<Diagnostic>),
    /// It is to end.
    Stop,
}

/// What has happened.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) touched: BTreeSet<ContentPath>,
    /// Whether anything else may have changed too.
    pub(super) anything: bool,
    pub(super) remarks: Vec<String>,
    pub(super) mistaken: Vec<(u64, Box<Diagnostic>)>,
    pub(super) stop: bool,
}

impl Gathered {
    /// With this too.
    pub(super) fn add(&mut self, stir: Stir) {
        match stir {
            Stir::Touched(paths) => self.touched.extend(paths),
            Stir::Anything => self.anything = true,
            Stir::Remark(words) => self.remarks.push(words),
            Stir::Mistaken(edition, mistake) => self.mistaken.push((edition, mistake)),
            Stir::Stop => self.stop = true,
        }
    }

    /// With what was gathered before.
    pub(super) fn join(&mut self, before: Self) {
        self.touched.extend(before.touched);
        self.anything |= before.anything;
        self.remarks.extend(before.remarks);
        self.mistaken.extend(before.mistaken);
        self.stop |= before.stop;
    }

    /// Whether the site has to be looked at.
    pub(super) fn is_change(&self) -> bool {
        self.anything || !self.touched.is_empty()
    }
}

/// What has happened already, without waiting for more.
pub(super) fn waiting(stirred: &Receiver<Stir>) -> Gathered {
    let mut gathered = Gathered::default();
    stirred.try_iter().for_each(|stir| gathered.add(stir));
    gathered
}

/// Waits until something happens and it is quiet again, for `idle` at most where nothing does.
#[expect(clippy::disallowed_methods, reason = "how long to wait depends on how long was waited")]
pub(super) fn gather(stirred: &Receiver<Stir>, idle: Duration) -> Gathered {
    let mut gathered = Gathered::default();
    let mut wait = idle;
    let mut last = None;
    while !gathered.stop {
        match stirred.recv_timeout(wait) {
            Ok(stir) => gathered.add(stir),
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => {
                gathered.stop = true;
                break;
            }
        }
        let last = *last.get_or_insert_with(|| Instant::now() + LONGEST);
        wait = QUIET.min(last.saturating_duration_since(Instant::now()));
    }
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;

    fn touched(name: &str) -> Stir {
        Stir::Touched(vec![ContentPath::new(name).unwrap()])
    }

    #[test]
    fn what_happens_at_once_is_one_change() {
        let (stir, stirred) = mpsc::channel();
        for _ in 0..1000 {
            stir.send(touched("content/a.md")).unwrap();
        }
        stir.send(touched("content/b.md")).unwrap();
        let gathered = gather(&stirred, Duration::from_secs(60));
        assert_eq!(gathered.touched.len(), 2);
        assert!(!gathered.stop && !gathered.anything);
        assert!(!gather(&stirred, Duration::ZERO).is_change());
    }

    #[test]
    fn what_never_stops_is_looked_at_still() {
        let (stir, stirred) = mpsc::channel();
        let (end, ended) = mpsc::channel::<()>();
        let writer = std::thread::spawn(move || {
            while ended.try_recv().is_err() {
                stir.send(touched("content/a.md")).unwrap();
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        assert!(gather(&stirred, Duration::from_secs(60)).is_change());
        end.send(()).unwrap();
        writer.join().unwrap();
    }

    #[test]
    fn the_end_is_not_waited_for() {
        let (stir, stirred) = mpsc::channel();
        stir.send(Stir::Stop).unwrap();
        stir.send(touched("content/a.md")).unwrap();
        assert!(gather(&stirred, Duration::from_secs(60)).stop);
        drop(stir);
        gather(&stirred, Duration::ZERO);
        assert!(gather(&stirred, Duration::from_secs(60)).stop, "nobody is left to tell");
    }
}
