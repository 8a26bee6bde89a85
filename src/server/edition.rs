//! A state of the site as it is served: the last good site, and what is wrong since.
//!
//! A good site has a thread of its own, which makes the pages that are asked for and ends when nobody can ask any more: what
//! renders pages is made once for them all, and letting an archive go takes its time where nobody waits.

use super::media;
use super::panel::{Panel, Workplace};
use super::target::{Found, decoded, find};
use crate::diagnostic::Diagnostic;
use crate::page::{Page, Planned};
use crate::pipeline::{Checked, Unmade};
use crate::render::Renderer;
use crate::source::ContentPath;
use crate::theme::Asset;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::SystemTime;
use tokio::sync::oneshot;

/// What is served at a moment.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// How many editions were shown before.
    pub(super) number: u64,
    /// The last site without errors; none before there was one.
    pub(super) good: Option<Good>,
    /// What is wrong with the site as it is now.
    pub(super) panel: Option<Panel>,
    /// The files copied as they are that have changed while the site was served, by the path of their address, each with the
    /// edition that has changed it last.
    pub(super) changed: Arc<BTreeMap<String, u64>>,
    /// The newest site, good or not, of which files can be looked at.
    pub(super) newest: Arc<Checked>,
}

/// A site without errors, of which pages can be had.
#[derive(Clone, Debug)]
pub(super) struct Good {
    /// The path of its home page, from the host's root on, decoded, with a slash at its beginning and end.
    pub(super) base: Arc<str>,
    requests: mpsc::Sender<Request>,
}

#[derive(Debug)]
struct Request {
    path: String,
    reply: oneshot::Sender<Reply>,
}

/// What came of a request for a path of the site.
#[derive(Debug)]
pub(super) enum Reply {
    /// The file that stands there.
    Made(Made),
    /// It stands at this address of the site, which begins with a slash.
    Slashed(String),
    /// Nothing stands there; the page for what is not found, where it could be made.
    Nothing(Option<Made>),
    /// Its template is mistaken.
    Mistaken {
        /// The file in the output.
        file: String,
        mistake: Box<Diagnostic>,
        panel: Panel,
    },
    /// What it is made of is not what was checked, or can't be read: it may have changed just now.
    Stale {
        /// The file in the output.
        file: String,
        /// The text that it is made of, if it is of one.
        source: Option<ContentPath>,
        words: String,
    },
    /// We have made a mistake, or it is no longer served.
    Broken,
}

/// A file of the site.
#[derive(Debug)]
pub(super) struct Made {
    /// Its place in the output.
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
    pub(super) media: &'static str,
    /// When it was changed last, of a file that is copied as it is.
    pub(super) modified: Option<SystemTime>,
    /// Whether it is a page, to be reloaded where it changes.
    pub(super) is_page: bool,
}

impl Good {
    /// The site, ready to have pages made.
    pub(super) fn new(checked: Arc<Checked>, workplace: Workplace) -> Self {
        let base = base(&checked).into();
        let (requests, asked) = mpsc::channel();
        // Without a thread nothing can be made, which is told of each request.
        let name = std::thread::Builder::new().name("pages".to_owned());
        let _ = name.spawn(move || answer(&checked, &workplace, &asked));
        Self { base, requests }
    }

    /// What stands at a path below the site's home page.
    pub(super) async fn ask(&self, path: &str) -> Reply {
        let (reply, replied) = oneshot::channel();
        let _ = self.requests.send(Request { path: path.to_owned(), reply });
        replied.await.unwrap_or(Reply::Broken)
    }
}

/// Answers requests until there can be no more, each in a thread of its own: one page may take long.
fn answer(checked: &Checked, workplace: &Workplace, asked: &mpsc::Receiver<Request>) {
    let (renderer, _) = Renderer::new(&checked.project);
    let renderer = &renderer;
    std::thread::scope(|scope| {
        for Request { path, reply } in asked {
            let work = move || {
                // A panic is our mistake, and no reason to stop.
                let made = catch_unwind(AssertUnwindSafe(|| found(&path, checked, renderer, workplace)));
                let _ = reply.send(made.unwrap_or(Reply::Broken));
            };
            let _ = std::thread::Builder::new().name("page".to_owned()).spawn_scoped(scope, work);
        }
    });
}

fn found(path: &str, checked: &Checked, renderer: &Renderer<'_>, workplace: &Workplace) -> Reply {
    match find(&checked.plan, path) {
        Found::File(planned) => made(planned, checked, renderer, workplace),
        Found::Slashed(planned) => Reply::Slashed(planned.address.to_string()),
        Found::Nothing(None) => Reply::Nothing(None),
        Found::Nothing(Some(planned)) => match made(planned, checked, renderer, workplace) {
            Reply::Made(made) => Reply::Nothing(Some(made)),
            other => other,
        },
    }
}

fn made(planned: &Planned, checked: &Checked, renderer: &Renderer<'_>, workplace: &Workplace) -> Reply {
    let file = planned.output.to_string();
    match checked.make(renderer, planned) {
        Ok(bytes) => Reply::Made(Made {
            bytes,
            media: match &planned.page {
                Page::Feed(_, format) => format.media_type(),
                _ => media::of_name(&file),
            },
            modified: copied(planned, checked).and_then(|path| checked.project.modified(path)),
            is_page: matches!(planned.page, Page::Document(_) | Page::List { .. } | Page::NotFound(_)),
            file,
        }),
        Err(Unmade::Mistake(mistake)) => {
            let panel = Panel::new(std::slice::from_ref(&mistake), &checked.project, workplace);
            Reply::Mistaken { file, mistake, panel }
        }
        Err(Unmade::Machine(error)) => {
            let source = match &planned.page {
                Page::Document(id) => Some(checked.library.document(*id).brief.path.clone()),
                _ => copied(planned, checked).cloned(),
            };
            Reply::Stale { file, source, words: format!("{error:#}") }
        }
    }
}

/// The path of the home page on its host, decoded.
pub(super) fn base(checked: &Checked) -> String {
    let path = checked.project.config.base_url.value.path();
    decoded(path).unwrap_or_else(|| path.to_owned())
}

/// The file that is copied as it is.
pub(super) fn copied<'a>(planned: &'a Planned, checked: &'a Checked) -> Option<&'a ContentPath> {
    match &planned.page {
        Page::File(path) => Some(path),
        Page::Theme(name) => match checked.project.theme.assets.get(name) {
            Some(Asset::File(path)) => Some(path),
            _ => None,
        },
        _ => None,
    }
}
