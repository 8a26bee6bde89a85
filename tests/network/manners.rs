//! Politeness: who is asked when, and how often.

use super::server::{Act, Seen, Server, always, findings, manners, pages, reply, server};
use depeche::network::{Finding, Manners, Question, ask};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const LEFT_ALONE: &str = "was not asked: its host failed several times, or asked to be left alone";

fn urls(servers: &[Server], pages: usize) -> Vec<String> {
    let paths = (0..pages).flat_map(|page| servers.iter().map(move |server| server.url(&format!("/{page}"))));
    paths.collect()
}

/// The shortest time between the end of one request and the start of the next; requests that overlap panic.
fn shortest_pause(seen: &[Seen]) -> Duration {
    let mut seen = seen.to_vec();
    seen.sort_by_key(|seen| seen.began);
    let pauses = seen.windows(2).map(|pair| pair[1].began.checked_duration_since(pair[0].ended));
    pauses.map(|pause| pause.expect("two requests to a host at once")).min().unwrap()
}

#[test]
fn a_host_is_asked_one_thing_at_a_time_with_a_pause_while_others_are_asked_too() {
    let pause = Duration::from_millis(60);
    let slow = Duration::from_millis(60);
    let servers: Vec<Server> = (0..6).map(|_| server(move |_| Act::SayAfter(slow, reply(200, "")))).collect();
    let manners = Manners { pause, ..manners(&servers.iter().collect::<Vec<_>>()) };
    let start = Instant::now();
    let found = findings(pages(urls(&servers, 4)), &manners);
    let time = start.elapsed();
    assert_eq!(found.len(), 24);
    for server in &servers {
        assert_eq!(server.lines(), ["HEAD /0", "HEAD /1", "HEAD /2", "HEAD /3"]);
        assert!(shortest_pause(&server.seen()) >= pause);
    }
    assert!(time < 24 * slow, "one host after the other: {time:?}");
}

#[test]
fn no_more_than_so_many_hosts_are_asked_at_once() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let servers: Vec<Server> = (0..6)
        .map(|_| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            server(move |_| {
                most.fetch_max(1 + now.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
                thread::sleep(Duration::from_millis(30));
                now.fetch_sub(1, Ordering::SeqCst);
                Act::Say(reply(200, ""))
            })
        })
        .collect();
    let manners = Manners { at_once: 2, ..manners(&servers.iter().collect::<Vec<_>>()) };
    assert_eq!(findings(pages(urls(&servers, 2)), &manners).len(), 12);
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

#[test]
fn a_redirection_to_a_host_waits_for_its_turn() {
    let pause = Duration::from_millis(50);
    let end = server(|_| Act::SayAfter(Duration::from_millis(30), reply(200, "")));
    let location = format!("Location: {}\r\n", end.url("/end"));
    let starts: Vec<Server> = (0..4).map(|_| always(reply(301, &location))).collect();
    let allowed: Vec<&Server> = starts.iter().chain([&end]).collect();
    let manners = Manners { pause, ..manners(&allowed) };
    assert_eq!(findings(pages(urls(&starts, 1)), &manners).len(), 4);
    assert_eq!(end.lines().len(), 4);
    assert!(shortest_pause(&end.seen()) >= pause);
}

#[test]
fn a_host_that_asks_for_patience_gets_it() {
    let asked = AtomicUsize::new(0);
    let server = server(move |_| {
        Act::Say(match asked.fetch_add(1, Ordering::SeqCst) {
            0 => reply(429, "Retry-After: 1\r\n"),
            _ => reply(200, ""),
        })
    });
    let told: Vec<String> = findings(pages([server.url("/a"), server.url("/b")]), &manners(&[&server]))
        .iter()
        .map(Finding::to_string)
        .collect();
    assert!(told.iter().all(|line| line.ends_with("is there")), "{told:?}");
    let seen = server.seen();
    assert_eq!(server.lines(), ["HEAD /a", "HEAD /a", "HEAD /b"]);
    assert!(seen[1].began - seen[0].ended >= Duration::from_secs(1));
}

#[test]
fn a_host_that_asks_for_too_much_patience_is_left_alone() {
    for (status, expected) in
        [(429, "is not shown to programs (429)"), (503, "has a server that fails (503)")]
    {
        let server = always(reply(status, "Retry-After: 3600\r\n"));
        let told =
            findings(pages([server.url("/a"), server.url("/b"), server.url("/c")]), &manners(&[&server]));
        let told: Vec<String> = told.iter().map(Finding::to_string).collect();
        assert_eq!(server.lines(), ["HEAD /a"]);
        assert!(told[0].contains(expected), "{told:?}");
        assert!(told[1..].iter().all(|line| line.ends_with(LEFT_ALONE)), "{told:?}");
    }
}

#[test]
fn a_host_that_keeps_failing_is_left_alone() {
    let server = server(|_| Act::HangUp);
    let questions = pages((0..10).map(|page| server.url(&format!("/{page}"))));
    let told: Vec<String> =
        findings(questions, &manners(&[&server])).iter().map(Finding::to_string).collect();
    assert_eq!(server.lines(), ["HEAD /0", "GET /0", "HEAD /1", "GET /1"]);
    assert_eq!(told.iter().filter(|line| line.ends_with(LEFT_ALONE)).count(), 8);
}

#[test]
fn nothing_more_is_asked_when_the_time_is_up() {
    let server = server(|_| Act::SayAfter(Duration::from_millis(50), reply(200, "")));
    let manners = Manners { time_in_all: Some(Duration::from_millis(180)), ..manners(&[&server]) };
    let start = Instant::now();
    let told = findings(pages((0..50).map(|page| server.url(&format!("/{page}")))), &manners);
    assert!(start.elapsed() < Duration::from_millis(2500), "{:?}", start.elapsed());
    let late =
        told.iter().filter(|finding| finding.to_string().ends_with("was not asked: the time was up")).count();
    assert_eq!((told.len(), late), (50, 50 - server.lines().len()));
    assert!((1..50).contains(&late), "{late}");
}

#[test]
fn a_caller_that_breaks_off_is_told_nothing_more_and_nobody_is_asked() {
    let server = always(reply(200, ""));
    let mut told = 0;
    let questions: Vec<Question> = pages((0..50).map(|page| server.url(&format!("/{page}"))));
    let manners = Manners { pause: Duration::from_millis(100), ..manners(&[&server]) };
    ask(questions, &manners, &mut |_| {
        told += 1;
        ControlFlow::Break(())
    })
    .unwrap();
    assert_eq!(told, 1);
    assert!(server.lines().len() < 5, "{:?}", server.lines());
}

#[test]
fn what_is_asked_of_a_host_is_told_in_its_order() {
    let server = always(reply(200, ""));
    let manners = Manners { pause: Duration::ZERO, ..manners(&[&server]) };
    let urls: Vec<String> = (0..500).map(|page| server.url(&format!("/{page}"))).collect();
    let told: Vec<String> =
        findings(pages(urls.clone()), &manners).into_iter().map(|found| found.url).collect();
    assert!(told == urls, "out of order: {told:?}");
}
