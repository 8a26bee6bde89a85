//! How long it takes from saving a brief to its new page.
//!
//! `cargo bench --features full --bench serve` serves an archive of 10,000 briefs, shows one of them as a browser does, which
//! listens for changes, edits its body, and asks for it again when it is told to; then its title. `docs/performance.md` says
//! how to read the table.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark is a program of its own")]

mod corpus;

use anyhow::{Context, bail, ensure};
use corpus::{Corpus, SITE, TODAY};
use rayon::prelude::*;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The seed of the archive: any will do, so long as it stays.
const SEED: u64 = 1;
/// How many times each kind of edit is made, each time of another brief.
const ROUNDS: usize = 9;
/// Longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_bench = arguments.iter().any(|argument| argument == "--bench");
    let sizes: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = match sizes.as_slice() {
        _ if !is_bench => vec![30],
        [] => vec![10_000],
        sizes => sizes.to_vec(),
    };
    println!("medians of {} edits, and the quickest and the slowest", if is_bench { ROUNDS } else { 1 });
    if cfg!(debug_assertions) {
        println!("compiled without optimisation: the figures say nothing");
    }
    for briefs in sizes {
        measure(briefs, if is_bench { ROUNDS } else { 1 })?;
    }
    Ok(())
}

fn measure(briefs: usize, rounds: usize) -> anyhow::Result<()> {
    let memory = Path::new("/dev/shm");
    let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
    let folder = tempfile::Builder::new().prefix("depeche-bench-").tempdir_in(parent)?;
    let paths = write_archive(folder.path(), briefs)?;
    let start = Instant::now();
    let server = Server::start(folder.path())?;
    println!("\n{briefs} briefs: served after {:.2} s", start.elapsed().as_secs_f64());
    for (kind, edit) in [("body", edit_body as Edit), ("title", edit_title)] {
        let mut times = Vec::new();
        for round in 0..rounds {
            let path = &paths[round * (briefs / rounds.max(1)) % briefs];
            times.push(server.edit(&folder.path().join(path), round, edit)?);
        }
        times.sort_unstable();
        let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
        let (quickest, slowest) = (times[0], times[times.len() - 1]);
        println!(
            "{kind:<8}{:>12}{:>12}{:>12}",
            shown(times[times.len() / 2]),
            shown(quickest),
            shown(slowest)
        );
    }
    println!("peak {} MiB", server.peak().map_or("?".to_owned(), |kibibytes| (kibibytes / 1024).to_string()));
    Ok(())
}

/// Writes the archive, and gives the paths of its briefs.
fn write_archive(site: &Path, briefs: usize) -> anyhow::Result<Vec<PathBuf>> {
    let corpus = Corpus::new(SEED);
    let write = |index| {
        let brief = corpus.brief(index);
        let path = site.join(&brief.path);
        fs::create_dir_all(path.parent().context("a brief stands in a folder")?)?;
        fs::write(path, brief.text)?;
        anyhow::Ok(PathBuf::from(brief.path.to_string()))
    };
    let paths = (0..briefs).into_par_iter().map(write).collect::<anyhow::Result<_>>()?;
    fs::write(site.join("site.toml"), SITE)?;
    Ok(paths)
}

/// What becomes of a brief, and what its page says then.
type Edit = fn(&str, usize) -> (String, String);

fn edit_body(text: &str, round: usize) -> (String, String) {
    let words = format!("Un paragraphe ajouté, le numéro {round}.");
    (format!("{text}\n{words}\n"), words)
}

fn edit_title(text: &str, round: usize) -> (String, String) {
    let title = format!("Un autre titre, le numéro {round}");
    let lines = text.lines().map(|line| match line.starts_with("title = ") {
        true => format!("title = \"{title}\"\n"),
        false => format!("{line}\n"),
    });
    (lines.collect(), title)
}

/// The program, serving.
struct Server {
    child: Child,
    host: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start(site: &Path) -> anyhow::Result<Self> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_depeche"))
            .args(["serve", "--port", "0", "--date", &TODAY.to_string(), "--root"])
            .arg(site)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let mut said = BufReader::new(child.stderr.take().context("the program says nothing")?);
        let mut line = String::new();
        said.read_line(&mut line)?;
        let host = line.strip_prefix("http://").and_then(|rest| rest.split('/').next());
        let host = host.with_context(|| format!("it says: {line}"))?.to_owned();
        // What it says of each change is read, so that it never waits.
        std::thread::spawn(move || said.lines().map_while(Result::ok).for_each(drop));
        Ok(Self { child, host })
    }

    /// The time from saving a brief to its new page, in a browser that shows the old one.
    fn edit(&self, file: &Path, round: usize, edit: Edit) -> anyhow::Result<Duration> {
        let name = file.file_stem().and_then(|name| name.to_str()).context("a brief has a name")?;
        let address = self.address_of(name)?;
        let page = self.get(&address)?;
        let hash =
            page.split("data-page=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let mut events = self.request(&format!("/.depeche/events?path={address}&page={hash}"))?;
        let (text, words) = edit(&fs::read_to_string(file)?, round);
        // So that what the last edit has left to do is done.
        std::thread::sleep(Duration::from_millis(500));
        let start = Instant::now();
        fs::write(file, text)?;
        let mut line = String::new();
        while !line.starts_with("event: page") {
            line.clear();
            ensure!(events.read_line(&mut line)? > 0, "the server says no more");
        }
        let page = self.get(&address)?;
        let time = start.elapsed();
        ensure!(page.contains(&words), "the page of {address} does not say `{words}`");
        Ok(time)
    }

    /// Where the page of a brief stands, whose file has this name.
    fn address_of(&self, name: &str) -> anyhow::Result<String> {
        let slug = name.get(11..).context("a brief's name begins with its date")?;
        for address in [format!("/briefs/{slug}/"), format!("/en/briefs/{}/", slug.trim_end_matches(".en"))] {
            if self.get(&address).is_ok() {
                return Ok(address);
            }
        }
        bail!("there is no page of {name}")
    }

    fn get(&self, address: &str) -> anyhow::Result<String> {
        let mut answer = String::new();
        self.request(address)?.read_to_string(&mut answer)?;
        ensure!(
            answer.starts_with("HTTP/1.0 200"),
            "{address}: {}",
            answer.lines().next().unwrap_or_default()
        );
        Ok(answer)
    }

    fn request(&self, address: &str) -> anyhow::Result<BufReader<TcpStream>> {
        let mut stream = TcpStream::connect(&self.host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        write!(stream, "GET {address} HTTP/1.0\r\nHost: {}\r\n\r\n", self.host)?;
        Ok(BufReader::new(stream))
    }

    /// The most memory that was resident at once, in KiB, where the system tells.
    fn peak(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse().ok()
    }
}
