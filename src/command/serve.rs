//! `depeche serve`: the site in a browser, kept as its files are.

use super::edition::{EditionArguments, ReportArguments};
use super::{Outcome, told};
use crate::diagnostic::{Diagnostic, Severity, report};
use crate::pipeline::Checked;
use crate::project::Project;
use crate::server::{self, At, Editor, News, Settings};
use crate::source::ContentPath;
use crate::terminal::{Stopwatch, Terminal, spoken};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::time::Duration;

/// Show the site in a browser, and follow every change
///
/// Pages are made when they are asked for, exactly as `build` would write them, and nothing is written. When a file is saved, a
/// browser that shows what has changed loads it again. While the site has errors its last good pages stay, under a panel that
/// says what is wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche serve --open
  depeche serve --drafts --editor vscode
  depeche serve --port 8000")]
pub struct Serve {
    /// The port; without it, 1111 or the next that is free
    #[arg(long, short, value_name = "PORT")]
    port: Option<u16>,

    /// The address of this machine to be found at; 0.0.0.0 shows the site to the whole network
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    bind: IpAddr,

    /// Open the browser
    #[arg(long)]
    open: bool,

    /// The editor that the panel's links open: vscode, vscodium, cursor, zed, idea, textmate, or an address with {path} in it
    ///
    /// In an address, {path}, {line} and {column} are replaced. Without an editor, links show the file in the browser.
    #[arg(long, value_name = "EDITOR", value_parser = str::parse::<Editor>)]
    editor: Option<Editor>,

    #[command(flatten)]
    edition: EditionArguments,

    #[command(flatten)]
    report: ReportArguments,
}

/// Serves the site at `root`.
///
/// # Errors
///
/// When the port can't be had, there is no site, or this program was built without the server.
pub fn run(arguments: &Serve, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let stopwatch = Stopwatch::start();
    let edition = &arguments.edition;
    let settings = Settings {
        root,
        at: At { address: arguments.bind, port: arguments.port },
        overrides: edition.overrides(),
        editor: arguments.editor.clone().unwrap_or_default(),
    };
    edition.in_threads(|| {
        let mut journal = Journal { arguments, terminal, stopwatch, told: BTreeSet::new() };
        server::serve(&settings, &|| edition.edition(), &mut |news| journal.tell(news))?;
        Ok(Outcome::Done)
    })
}

/// What is printed while a site is served.
struct Journal<'a> {
    arguments: &'a Serve,
    terminal: &'a Terminal,
    stopwatch: Stopwatch,
    /// What was told of the site as it was last: what is no error is told once, and not at each change.
    told: BTreeSet<Remark>,
}

/// A diagnostic wherever in its file it stands, for every edit above moves it.
type Remark = (&'static str, ContentPath, String);

impl Journal<'_> {
    fn tell(&mut self, news: News<'_>) {
        match news {
            News::Serving { url, is_public, checked } => {
                self.report(&checked.diagnostics, &checked.project);
                self.terminal.talk(&self.serving(url, checked));
                if is_public {
                    self.terminal.talk("the whole network can see it, drafts and all, if they are shown");
                }
                self.open(url);
            }
            News::Changed { changed, took, checked } => {
                if let Some(checked) = checked {
                    self.report(&checked.diagnostics, &checked.project);
                }
                self.terminal.talk(&changed_line(changed, took, checked));
            }
            News::Mistaken { mistake, project } => {
                self.print(std::slice::from_ref(mistake), project);
                self.terminal.talk("a page can't be made: its last good state stays");
            }
            News::Unreadable(error) => {
                self.terminal.talk(&told(error, self.terminal.talk_style().colour));
                self.terminal.talk("the last good pages stay until the site is back");
            }
            News::Remark(words) => self.terminal.talk(words),
        }
    }

    fn serving(&self, url: &str, checked: &Checked) -> String {
        let shown = match checked.is_refused() {
            true => format!("what is wrong: {}", report::closing(&checked.diagnostics).unwrap_or_default()),
            false => format!("{}: {}", super::check::pages(checked), super::check::counts(checked)),
        };
        format!("{url} shows {shown}, in {}; Ctrl-C ends it", self.stopwatch)
    }

    /// Tells of all errors, and of what else is wrong since the last time.
    fn report(&mut self, diagnostics: &[Diagnostic], project: &Project) {
        let remark = |it: &Diagnostic| (it.code.id, it.place.path.clone(), it.message.clone());
        let is_told = |it: &&Diagnostic| it.severity == Severity::Error || !self.told.contains(&remark(it));
        let news: Vec<Diagnostic> = diagnostics.iter().filter(is_told).cloned().collect();
        self.told = diagnostics.iter().map(remark).collect();
        self.print(&news, project);
    }

    fn print(&self, diagnostics: &[Diagnostic], project: &Project) {
        let format = self.arguments.report.format;
        let text = report::render(diagnostics, format, &|path| project.text(path), self.terminal.style());
        // A full disk behind standard output is no reason to stop serving.
        if let Err(error) = self.terminal.result(&text) {
            self.terminal.talk(&format!("can't write to standard output: {error}"));
        }
    }

    #[cfg(feature = "serve")]
    fn open(&self, url: &str) {
        if self.arguments.open
            && let Err(error) = open::that_detached(url)
        {
            self.terminal.talk(&format!("no browser can be opened: {error}"));
        }
    }

    #[cfg(not(feature = "serve"))]
    fn open(&self, _url: &str) {
        debug_assert!(!self.arguments.open, "nothing is served without the server");
    }
}

/// What has changed, and what has come of it.
fn changed_line(changed: &BTreeSet<ContentPath>, took: Duration, checked: Option<&Checked>) -> String {
    let mut files = changed.iter();
    let what = match (files.next(), files.count()) {
        (None, _) => "the site".to_owned(),
        (Some(file), 0) => file.to_string(),
        (Some(file), others) => format!("{file} and {}", super::check::counted(others, "other", "others")),
    };
    let took = spoken(took);
    match checked.filter(|checked| checked.is_refused()) {
        Some(checked) => {
            let closing = report::closing(&checked.diagnostics).unwrap_or_default();
            format!("{what}: the last good pages stay, after {took}: {closing}")
        }
        None => format!("{what}: shown after {took}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_one_line_however_many_files_it_is() {
        let line = |names: &[&str]| {
            let changed = names.iter().filter_map(|name| ContentPath::new(name)).collect();
            changed_line(&changed, Duration::from_millis(12), None)
        };
        assert_eq!(line(&["content/a.md"]), "content/a.md: shown after 12 ms");
        assert_eq!(line(&["content/a.md", "site.toml"]), "content/a.md and 1 other: shown after 12 ms");
        assert_eq!(line(&["a", "b", "c"]), "a and 2 others: shown after 12 ms");
        assert_eq!(line(&[]), "the site: shown after 12 ms");
    }
}
