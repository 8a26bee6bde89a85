//! A web server that does as a test says, and notes what it was asked.

use depeche::network::{Finding, Manners, PrivateHosts, Question, ask};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// One request as the server saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    /// `HEAD /page`.
    pub line: String,
    /// All that was sent.
    pub head: String,
    pub began: Instant,
    pub ended: Instant,
}

/// What the server does with a request.
pub enum Act {
    /// Says this, and hangs up.
    Say(String),
    /// Says this, but only after a while.
    SayAfter(Duration, String),
    /// Says the first, then the second without an end.
    SayForEver(String, String),
    /// Says the first, then the second over and over, a little at a time.
    Drip(String, String),
    /// Hangs up without a word.
    HangUp,
}

pub struct Server {
    /// `127.0.0.1:4001`: each server is a host of its own.
    pub host: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

/// A reply with this status, these headers and nothing else.
pub fn reply(status: u16, headers: &str) -> String {
    format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\n{headers}\r\n")
}

/// A server that replies to each request line as `act` says.
pub fn server(act: impl Fn(&str) -> Act + Send + Sync + 'static) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let seen: Arc<Mutex<Vec<Seen>>> = Arc::default();
    let (act, noted) = (Arc::new(act), Arc::clone(&seen));
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (act, seen) = (Arc::clone(&act), Arc::clone(&noted));
            thread::spawn(move || serve(stream, &*act, &seen));
        }
    });
    Server { host, seen }
}

/// A server that replies to every request with this.
pub fn always(text: impl Into<String>) -> Server {
    let text = text.into();
    server(move |_| Act::Say(text.clone()))
}

fn serve(mut stream: TcpStream, act: &dyn Fn(&str) -> Act, seen: &Mutex<Vec<Seen>>) {
    let began = Instant::now();
    stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut piece) {
            Ok(read @ 1..) => head.extend_from_slice(&piece[..read]),
            _ => break,
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let line = head.lines().next().unwrap_or_default().trim_end_matches(" HTTP/1.1").to_owned();
    let act = act(&line);
    if let Act::SayAfter(time, _) = &act {
        thread::sleep(*time);
    }
    // It is noted before the reply goes out, so that whoever has the reply can see it.
    seen.lock().unwrap().push(Seen { line, head, began, ended: Instant::now() });
    let _ = match act {
        Act::Say(text) | Act::SayAfter(_, text) => stream.write_all(text.as_bytes()),
        Act::SayForEver(start, more) => {
            let mut written = stream.write_all(start.as_bytes());
            while written.is_ok() {
                written = stream.write_all(more.as_bytes());
            }
            written
        }
        Act::Drip(start, more) => {
            let mut written = stream.write_all(start.as_bytes());
            while written.is_ok() {
                thread::sleep(Duration::from_millis(20));
                written = stream.write_all(more.as_bytes());
            }
            written
        }
        Act::HangUp => Ok(()),
    };
}

impl Server {
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The request lines, in the order they came.
    pub fn lines(&self) -> Vec<String> {
        self.seen().into_iter().map(|seen| seen.line).collect()
    }
}

/// Manners of a test in a hurry, who may ask these servers and no other address of this machine.
pub fn manners(servers: &[&Server]) -> Manners {
    Manners {
        pause: Duration::from_millis(10),
        time_out: Duration::from_secs(5),
        private_hosts: PrivateHosts::These(servers.iter().map(|server| server.host.clone()).collect()),
        ..Manners::default()
    }
}

pub fn pages(urls: impl IntoIterator<Item = String>) -> Vec<Question> {
    urls.into_iter().map(|url| Question::Page { url }).collect()
}

/// Every finding, in the order it was told.
pub fn findings(questions: Vec<Question>, manners: &Manners) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut keep = |finding| {
        findings.push(finding);
        ControlFlow::Continue(())
    };
    ask(questions, manners, &mut keep).unwrap();
    findings
}

/// What is told of one page, without its address.
pub fn told(url: &str, manners: &Manners) -> String {
    let findings = findings(pages([url.to_owned()]), manners);
    assert_eq!(findings.len(), 1);
    findings[0].to_string().strip_prefix(&format!("`{url}` ")).unwrap().to_owned()
}
