//! What becomes of each kind of reply, and of what is none.

use super::server::{Act, always, findings, manners, pages, reply, server, told};
use depeche::availability::Availability;
use depeche::network::{Manners, Notebook};
use std::net::TcpListener;
use std::time::{Duration, Instant};

#[test]
fn a_status_is_an_answer() {
    let server = server(|line| {
        let status = line.rsplit('/').next().unwrap().parse().unwrap();
        Act::Say(reply(status, ""))
    });
    let manners = manners(&[&server]);
    for (status, expected) in [
        (200, "is there"),
        (401, "is not shown to programs (401); readers may well see it"),
        (403, "is not shown to programs (403); readers may well see it"),
        (404, "is gone (404)"),
        (410, "is gone (410)"),
        (429, "is not shown to programs (429); readers may well see it"),
        (500, "has a server that fails (500)"),
        (999, "is not shown to programs (999); readers may well see it"),
    ] {
        assert_eq!(told(&server.url(&format!("/{status}")), &manners), expected);
    }
}

#[test]
fn a_server_that_knows_no_head_is_asked_for_the_page_of_which_nothing_is_read() {
    for refusal in [403, 404, 405, 501] {
        let server = server(move |line| match line.split_once(' ') {
            Some(("HEAD", _)) => Act::Say(reply(refusal, "")),
            _ => Act::SayForEver("HTTP/1.1 200 OK\r\n\r\n".into(), "mot ".repeat(10_000)),
        });
        assert_eq!(told(&server.url("/page"), &manners(&[&server])), "is there");
        assert_eq!(server.lines(), ["HEAD /page", "GET /page"]);
    }
}

#[test]
fn a_request_says_what_asks_and_hides_what_is_nobody_s() {
    let server = always(reply(200, ""));
    let manners = Manners {
        user_agent: depeche::network::user_agent(Some("https://relevé.example/\r\nCookie: a")),
        ..manners(&[&server])
    };
    let url = server.url("/page?q=é#part").replace("http://", "http://name:secret@");
    assert_eq!(told(&url, &manners), "is there");
    let head = server.seen()[0].head.to_ascii_lowercase();
    assert!(head.starts_with("head /page?q=%c3%a9 http/1.1\r\n"), "{head}");
    assert!(head.contains("\r\nuser-agent: depeche/"), "{head}");
    assert!(!head.contains("authorization") && !head.contains("\r\ncookie"), "{head}");
}

#[test]
fn redirections_are_followed_to_other_hosts_and_told_where_they_are_for_good() {
    let end = always(reply(200, ""));
    let location = format!("Location: {}\r\n", end.url("/new"));
    let start = server(move |line| {
        Act::Say(match line.rsplit_once('/').unwrap().1 {
            "for-good" => reply(301, &location),
            "for-now" => reply(302, &location),
            _ => reply(308, "Location: for-good\r\n"),
        })
    });
    let manners = manners(&[&start, &end]);
    let moved = format!("moved to `{}`", end.url("/new"));
    assert_eq!(told(&start.url("/for-good"), &manners), moved);
    assert_eq!(told(&start.url("/chain"), &manners), moved);
    assert_eq!(told(&start.url("/for-now"), &manners), "is there");
    assert_eq!(end.lines(), ["HEAD /new"; 3]);
}

#[test]
fn redirections_without_an_end_are_not_followed_to_it() {
    let circle = server(|line| {
        let next = if line.ends_with("/a") { "/b" } else { "/a" };
        Act::Say(reply(302, &format!("Location: {next}\r\n")))
    });
    let ladder = server(|line| {
        let step: usize = line.rsplit('/').next().unwrap().parse().unwrap();
        Act::Say(reply(301, &format!("Location: /{}\r\n", step + 1)))
    });
    let manners = manners(&[&circle, &ladder]);
    let endless = "can't be reached: it leads from one page to the next without an end";
    assert_eq!(told(&circle.url("/a"), &manners), endless);
    assert_eq!(told(&ladder.url("/0"), &manners), endless);
    assert_eq!((circle.lines().len(), ladder.lines().len()), (2, 11));
}

#[test]
fn a_server_that_is_too_slow_is_waited_for_twice_and_no_longer() {
    let late = server(|_| Act::SayAfter(Duration::from_secs(2), reply(200, "")));
    let dripping = server(|_| Act::Drip("HTTP/1.1 200 OK\r\nX-Header: ".into(), "mot ".into()));
    let manners = Manners { time_out: Duration::from_millis(200), ..manners(&[&late, &dripping]) };
    let start = Instant::now();
    for server in [&late, &dripping] {
        assert_eq!(told(&server.url("/"), &manners), "can't be reached: its host took too long");
    }
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[test]
fn what_is_no_reply_is_a_failure_in_words() {
    let garbage = "can't be reached: its host did not answer as a web server does";
    let broken_off = "can't be reached: its host broke off in the middle";
    for (server, expected) in [
        (always("SSH-2.0-OpenSSH_9.6\r\n"), garbage),
        (always("\u{0}\u{1}\u{2}\r\n\r\n"), garbage),
        (server(|_| Act::SayForEver("HTTP/1.1 200 OK\r\n".into(), "X-Header: mot\r\n".repeat(100))), garbage),
        (server(|_| Act::SayForEver("HTTP/1.1 200 OK\r\nX-Header: ".into(), "mot ".repeat(1000))), garbage),
        (always("HTTP/1.1 200 OK\r\nX-Head"), broken_off),
        (server(|_| Act::HangUp), broken_off),
    ] {
        assert_eq!(told(&server.url("/"), &manners(&[&server])), expected);
        assert_eq!(server.lines(), ["HEAD /", "GET /"]);
    }
}

#[test]
fn a_host_that_is_not_there_is_told_from_one_that_is_not_listening() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let manners = Manners { private_hosts: depeche::network::PrivateHosts::All, ..manners(&[]) };
    assert_eq!(
        told(&format!("http://{closed}/"), &manners),
        "can't be reached: its host takes no connection"
    );
    // No name has so long a part, so nobody is asked for it.
    let nowhere = format!("http://{}.example/", "a".repeat(64));
    assert_eq!(told(&nowhere, &manners), "can't be reached: its host's name leads nowhere");
}

#[test]
fn a_server_that_speaks_no_tls_is_not_taken_for_one_that_does() {
    let server = always(reply(200, ""));
    let url = server.url("/").replace("http://", "https://");
    assert_eq!(
        told(&url, &manners(&[&server])),
        "can't be reached: no secure connection to its host could be made"
    );
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_connection_that_breaks_once_is_forgiven() {
    let server = server(|line| if line.starts_with("HEAD") { Act::HangUp } else { Act::Say(reply(200, "")) });
    assert_eq!(told(&server.url("/"), &manners(&[&server])), "is there");
}

#[test]
fn what_was_found_is_noted_and_what_was_not_asked_is_not() {
    let server = server(|line| Act::Say(reply(if line.ends_with("/gone") { 404 } else { 200 }, "")));
    let urls =
        [server.url("/gone"), server.url("/there"), "mailto:a@b.example".into(), "http://10.0.0.1/".into()];
    let mut notebook = Notebook::new(Availability::default(), "2026-11-20".parse().unwrap());
    findings(pages(urls), &manners(&[&server])).into_iter().for_each(|finding| notebook.note(finding));
    let known = notebook.availability();
    let noted: Vec<String> =
        known.iter().map(|(url, known)| format!("{} {known}", url.rsplit_once('/').unwrap().1)).collect();
    assert_eq!(
        noted,
        ["gone asked = 2026-11-20\nstatus = 404\n", "there asked = 2026-11-20\nstatus = 200\n"]
    );
}
