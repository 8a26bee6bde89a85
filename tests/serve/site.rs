//! A site that is served, and ways to ask for its pages and to hear of its changes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than anything takes, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A site in a folder of its own, served by the program until this is dropped.
pub struct Served {
    /// The folder around the site's.
    _folder: tempfile::TempDir,
    /// The site's folder.
    pub root: PathBuf,
    /// `127.0.0.1:4001`.
    pub host: String,
    /// The address of the home page.
    pub url: String,
    /// What the program has said.
    talk: Arc<Mutex<String>>,
    child: Child,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub const SETTINGS: &str =
    "title = \"Essai\"\nbase_url = \"https://essai.example/\"\n[languages.en]\ntitle = \"Essay\"\n";

/// A brief with a body of its own.
pub fn brief(title: &str, body: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n+++\n\n{body}\n")
}

/// A site of two briefs, a picture and a style sheet of its own.
pub fn site() -> Vec<(&'static str, String)> {
    vec![
        ("site.toml", SETTINGS.to_owned()),
        ("content/2024-01-01-un.md", brief("Un", "Le premier texte. ![Une image](image.svg)")),
        (
            "content/2024-01-02-deux.md",
            brief("Deux", "Le second texte.").replace("summary", "aliases = [\"/vieux/\"]\nsummary"),
        ),
        ("content/image.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_owned()),
        ("static/donnees.csv", "0123456789".to_owned()),
        ("static/courrier.css", "body { margin: 0 }\n".to_owned()),
    ]
}

pub fn served() -> Served {
    Served::new(&site(), &[])
}

impl Served {
    pub fn new(files: &[(&str, String)], arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("site");
        for (path, text) in files {
            write(&root.join(path), text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_depeche"))
            .args(["serve", "--date", "2024-03-01", "--format", "short"])
            .args(if arguments.contains(&"--port") { &[][..] } else { &["--port", "0"] })
            .args(arguments)
            .current_dir(&root)
            .env_remove("CLICOLOR_FORCE")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let talk: Arc<Mutex<String>> = Arc::default();
        let outputs: [Box<dyn Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for output in outputs {
            let talk = Arc::clone(&talk);
            thread::spawn(move || {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    *talk.lock().unwrap() += &(line + "\n");
                }
            });
        }
        let mut served = Self { _folder: folder, root, host: String::new(), url: String::new(), talk, child };
        let said = served.hears("Ctrl-C ends it");
        let line = said.lines().find(|line| line.starts_with("http://")).unwrap();
        served.url = line.split(' ').next().unwrap().to_owned();
        served.host = served.url.trim_start_matches("http://").split('/').next().unwrap().to_owned();
        served
    }

    /// Waits until the program has said this, and gives all it has said.
    pub fn hears(&mut self, words: &str) -> String {
        let start = Instant::now();
        loop {
            let talk = self.talk.lock().unwrap().clone();
            if talk.contains(words) {
                return talk;
            }
            let ended = self.child.try_wait().unwrap();
            assert!(ended.is_none(), "it has ended, {ended:?}:\n{talk}");
            assert!(start.elapsed() < PATIENCE, "it does not say `{words}`:\n{talk}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether the program ends well when the system tells it to.
    #[cfg(unix)]
    pub fn ends(&mut self) -> bool {
        let told = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(told.success());
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            thread::sleep(Duration::from_millis(5));
        }
        false
    }

    /// What is sent of an answer that never ends until these words come.
    pub fn raw_until(&self, path: &str, words: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {}\r\n\r\n", self.host).unwrap();
        let mut bytes = Vec::new();
        let mut piece = [0; 4096];
        while !String::from_utf8_lossy(&bytes).contains(words) {
            let read = stream.read(&mut piece).unwrap();
            assert_ne!(read, 0, "{}", String::from_utf8_lossy(&bytes));
            bytes.extend_from_slice(&piece[..read]);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }

    pub fn said(&self) -> String {
        self.talk.lock().unwrap().clone()
    }

    pub fn write(&self, path: &str, text: &str) {
        write(&self.root.join(path), text);
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// What a request gives that stands in the socket as written here, with a head that ends.
    pub fn raw(&self, request: &str) -> Reply {
        let mut stream = TcpStream::connect(&self.host).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Reply::read(&bytes)
    }

    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let host = format!("Host: {}\r\n", self.host);
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        self.raw(&format!("{method} {path} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n"))
    }

    pub fn get(&self, path: &str) -> Reply {
        self.request("GET", path, &[])
    }

    /// Waits until what stands at a path is as expected.
    pub fn awaits(&self, path: &str, expected: impl Fn(&Reply) -> bool) -> Reply {
        let start = Instant::now();
        loop {
            let reply = self.get(path);
            if expected(&reply) {
                return reply;
            }
            assert!(start.elapsed() < PATIENCE, "{path} stays:\n{}\n{}", reply.text(), self.said());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// A browser that shows what stands at a path now.
    pub fn shows(&self, path: &str) -> Events {
        let page = self.get(path).text();
        let data = |name: &str| {
            let start = format!("data-{name}=\"");
            page.split(&start).nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
        };
        let query =
            format!("path={path}&page={}&panel={}&edition={}", data("page"), data("panel"), data("edition"));
        let mut stream = TcpStream::connect(&self.host).unwrap();
        // In HTTP/1.0 the events are not cut into chunks.
        write!(stream, "GET /.depeche/events?{query} HTTP/1.0\r\nHost: {}\r\n\r\n", self.host).unwrap();
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        assert!(line.contains(" 200 "), "{line}");
        let (send, events) = channel();
        thread::spawn(move || {
            let mut name = String::new();
            for line in reader.lines().map_while(Result::ok) {
                if let Some(event) = line.strip_prefix("event: ") {
                    event.clone_into(&mut name);
                } else if let Some(data) = line.strip_prefix("data: ") {
                    let _ = send.send((name.clone(), data.to_owned()));
                }
            }
        });
        Events { events, path: path.to_owned() }
    }
}

/// What a browser hears while it shows a page.
pub struct Events {
    events: Receiver<(String, String)>,
    path: String,
}

impl Events {
    /// The next event, by name, with its data.
    pub fn next(&self) -> (String, String) {
        match self.events.recv_timeout(PATIENCE) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => panic!("{} is told nothing", self.path),
            Err(RecvTimeoutError::Disconnected) => panic!("{} is told nothing any more", self.path),
        }
    }

    /// The data of the next event, which has this name.
    pub fn expects(&self, name: &str) -> String {
        let (found, data) = self.next();
        assert_eq!(found, name, "{data}");
        data
    }
}

/// What the server replied.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Reply {
    fn read(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or(bytes.len());
        let head = String::from_utf8_lossy(&bytes[..end]);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap_or(0);
        let headers = lines.filter_map(|line| line.split_once(": "));
        Self {
            status,
            headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
            body: bytes.get(end + 4..).unwrap_or_default().to_vec(),
        }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Whether the page says this.
    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }
}

/// Writes a file at one stroke, and its folders where they are missing: a busy machine shows a file half written for long.
pub fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let unseen = path.with_file_name(".unseen");
    fs::write(&unseen, text).unwrap();
    fs::rename(unseen, path).unwrap();
}
