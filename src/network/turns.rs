//! Whose turn it is: what waits for each host, and when that host may be asked again. The clock is an argument.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

/// After so many failures in a row a host is left alone: two questions, each asked twice. Picked by feel.
const PATIENCE: usize = 4;

/// What waits for each host. No host is asked twice at a time.
#[derive(Debug)]
pub struct Turns<T> {
    hosts: BTreeMap<String, Host<T>>,
    /// The hosts for which something waits and that are not being asked, by the time from which they may be.
    ready: BTreeSet<(Instant, String)>,
    /// How many hosts are being asked.
    busy: usize,
    pause: Duration,
    is_closed: bool,
}

#[derive(Debug)]
struct Host<T> {
    waiting: VecDeque<T>,
    free_at: Instant,
    is_busy: bool,
    failures: usize,
    is_left_alone: bool,
}

/// Whose turn it is now.
#[derive(Debug, PartialEq, Eq)]
pub enum Turn<T> {
    /// That of this.
    Of(T),
    /// Nobody's before this time, unless something new comes.
    NobodyBefore(Instant),
    /// Nobody's before one of the hosts that are being asked replies.
    NobodyYet,
    /// Nobody's any more.
    Over,
}

/// How a host is to be treated after a reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// With the usual pause.
    AsBefore,
    /// With the usual pause, and it failed: after some failures in a row it is left alone.
    Failed,
    /// With a longer pause.
    Rest(Duration),
    /// Nothing more is to be asked of it.
    LeaveAlone,
}

impl<T> Turns<T> {
    /// Nothing waits; each host will be left alone for `pause` after each request.
    pub fn new(pause: Duration) -> Self {
        Self { hosts: BTreeMap::new(), ready: BTreeSet::new(), busy: 0, pause, is_closed: false }
    }

    /// `item` waits for `host`, after what does already. It is given back where nothing more is to be asked.
    pub fn wait(&mut self, host: &str, item: T, now: Instant) -> Result<(), T> {
        self.queue(host, item, now, VecDeque::push_back)
    }

    /// The same, before all that waits: what was begun is finished first.
    pub fn wait_first(&mut self, host: &str, item: T, now: Instant) -> Result<(), T> {
        self.queue(host, item, now, VecDeque::push_front)
    }

    fn queue(&mut self, name: &str, item: T, now: Instant, add: fn(&mut VecDeque<T>, T)) -> Result<(), T> {
        let host = self.hosts.entry(name.to_owned()).or_insert_with(|| Host {
            waiting: VecDeque::new(),
            free_at: now,
            is_busy: false,
            failures: 0,
            is_left_alone: false,
        });
        if host.is_left_alone || self.is_closed {
            return Err(item);
        }
        add(&mut host.waiting, item);
        if !host.is_busy {
            self.ready.insert((host.free_at, name.to_owned()));
        }
        Ok(())
    }

    /// Whose turn it is. Its host is asked from now on, until [`Turns::release`] says otherwise.
    pub fn next(&mut self, now: Instant) -> Turn<T> {
        match self.ready.first() {
            Some((at, _)) if *at > now => Turn::NobodyBefore(*at),
            Some(_) => self.begin(),
            None if self.busy > 0 => Turn::NobodyYet,
            None => Turn::Over,
        }
    }

    fn begin(&mut self) -> Turn<T> {
        let first = self.ready.pop_first().and_then(|(_, name)| {
            let host = self.hosts.get_mut(&name)?;
            let item = host.waiting.pop_front()?;
            host.is_busy = true;
            Some(item)
        });
        let Some(item) = first else { unreachable!("something waits for a host that is ready") };
        self.busy += 1;
        Turn::Of(item)
    }

    /// The request to the host is over. What waited for it is given back where it is left alone from now on.
    pub fn release(&mut self, name: &str, treatment: Treatment, now: Instant) -> Vec<T> {
        let Some(host) = self.hosts.get_mut(name).filter(|host| host.is_busy) else {
            unreachable!("only a host that is being asked is released")
        };
        self.busy -= 1;
        host.is_busy = false;
        host.failures = if treatment == Treatment::Failed { host.failures + 1 } else { 0 };
        host.free_at = now + self.pause;
        match treatment {
            Treatment::Rest(rest) => host.free_at = now + rest.max(self.pause),
            Treatment::LeaveAlone => host.is_left_alone = true,
            Treatment::Failed => host.is_left_alone = host.failures >= PATIENCE,
            Treatment::AsBefore => {}
        }
        if host.is_left_alone {
            return host.waiting.drain(..).collect();
        }
        if !host.waiting.is_empty() {
            self.ready.insert((host.free_at, name.to_owned()));
        }
        Vec::new()
    }

    /// Gives back all that waits, and takes nothing more.
    pub fn close(&mut self) -> Vec<T> {
        self.is_closed = true;
        self.ready.clear();
        self.hosts.values_mut().flat_map(|host| host.waiting.drain(..)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[expect(clippy::disallowed_methods, reason = "there is no other way to have an instant")]
    fn start() -> Instant {
        Instant::now()
    }

    #[test]
    fn a_host_is_asked_one_thing_at_a_time_and_then_left_alone_for_a_while() {
        let start = start();
        let mut turns = Turns::new(SECOND);
        for (host, item) in [("a", 1), ("a", 2), ("b", 3)] {
            turns.wait(host, item, start).unwrap();
        }
        assert_eq!([turns.next(start), turns.next(start)], [Turn::Of(1), Turn::Of(3)]);
        assert_eq!(turns.next(start), Turn::NobodyYet);
        assert!(turns.release("a", Treatment::AsBefore, start).is_empty());
        assert_eq!(turns.next(start), Turn::NobodyBefore(start + SECOND));
        assert_eq!(turns.next(start + SECOND), Turn::Of(2));
        turns.release("a", Treatment::AsBefore, start + SECOND);
        assert_eq!(turns.next(start + SECOND), Turn::NobodyYet);
        turns.release("b", Treatment::AsBefore, start + SECOND);
        assert_eq!(turns.next(start + SECOND), Turn::Over);
    }

    #[test]
    fn what_was_begun_is_finished_first_and_a_rest_is_granted() {
        let start = start();
        let mut turns = Turns::new(SECOND);
        turns.wait("a", 1, start).unwrap();
        turns.wait("a", 2, start).unwrap();
        assert_eq!(turns.next(start), Turn::Of(1));
        turns.wait_first("a", 10, start).unwrap();
        turns.release("a", Treatment::Rest(5 * SECOND), start);
        assert_eq!(turns.next(start), Turn::NobodyBefore(start + 5 * SECOND));
        assert_eq!(turns.next(start + 5 * SECOND), Turn::Of(10));
    }

    #[test]
    fn a_host_that_keeps_failing_is_left_alone() {
        let start = start();
        let mut turns = Turns::new(Duration::ZERO);
        for item in 0..10 {
            turns.wait("a", item, start).unwrap();
        }
        let mut fail = |treatment| {
            assert!(matches!(turns.next(start), Turn::Of(_)));
            turns.release("a", treatment, start)
        };
        for treatment in [
            Treatment::Failed,
            Treatment::Failed,
            Treatment::Failed,
            Treatment::AsBefore,
            Treatment::Failed,
            Treatment::Failed,
            Treatment::Failed,
        ] {
            assert!(fail(treatment).is_empty());
        }
        assert_eq!(fail(Treatment::Failed), [8, 9]);
        assert_eq!(turns.wait("a", 11, start), Err(11));
        assert_eq!(turns.next(start), Turn::Over);
    }

    #[test]
    fn what_waits_is_given_back_at_the_end() {
        let start = start();
        let mut turns = Turns::new(SECOND);
        turns.wait("a", 1, start).unwrap();
        turns.wait("b", 2, start).unwrap();
        assert_eq!(turns.next(start), Turn::Of(1));
        assert_eq!(turns.close(), [2]);
        assert_eq!([turns.wait("a", 3, start), turns.wait("c", 4, start)], [Err(3), Err(4)]);
        assert_eq!(turns.next(start), Turn::NobodyYet);
        turns.release("a", Treatment::AsBefore, start);
        assert_eq!(turns.next(start), Turn::Over);
    }
}
