//! Where requests come in: what the edition of the moment makes of a path, and what else there is to say of it.

use super::edition::{Made, Reply, Shown};
use super::gather::Stir;
use super::kept::Kept;
use super::panel::Panel;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

/// How long a page that has just changed is waited for. The site has to be checked first, which takes some seconds where it
/// is large.
const PATIENCE: Duration = Duration::from_secs(20);

/// After how long it is tried again, though nothing was heard.
const AGAIN: Duration = Duration::from_millis(100);

/// What all requests share.
#[derive(Debug)]
pub(super) struct Desk {
    /// Where the server listens.
    pub(super) at: SocketAddr,
    /// By which this run of the program is told from others.
    pub(super) run: String,
    /// The newest edition.
    pub(super) shown: watch::Receiver<Arc<Shown>>,
    stir: Mutex<mpsc::Sender<Stir>>,
    kept: Mutex<Kept>,
}

/// What is to be seen at a path.
#[derive(Debug)]
pub(super) struct Seen {
    /// What stands there.
    pub(super) sight: Sight,
    /// What is wrong.
    pub(super) panel: Option<Panel>,
    /// The edition it is of.
    pub(super) edition: String,
}

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Sight {
    /// A file.
    Made(Made),
    /// Nothing; the page that says so, if there is one.
    Nothing(Option<Made>),
    /// A page as it was when it was last good.
    LastGood(Vec<u8>),
    /// An address on this host where it stands.
    Elsewhere(String),
    /// What can't be had before something is mended.
    Lost,
    /// What can't be had at all, and why.
    Failed(String),
}

impl Desk {
    pub(super) fn new(
        at: SocketAddr,
        run: String,
        shown: watch::Receiver<Arc<Shown>>,
        stir: mpsc::Sender<Stir>,
    ) -> Self {
        Self { at, run, shown, stir: Mutex::new(stir), kept: Mutex::default() }
    }

    /// What is to be seen at a path of the host.
    pub(super) async fn see(&self, path: &str) -> Seen {
        let mut shown = self.shown.clone();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let now = shown.borrow_and_update().clone();
            let seen = |sight, panel: Option<Panel>| Seen { sight, panel, edition: self.edition(&now) };
            let Some(good) = &now.good else { return seen(Sight::Lost, now.panel.clone()) };
            let Some(below) = path.strip_prefix(&*good.base) else {
                return seen(outside(path, &good.base), now.panel.clone());
            };
            match good.ask(below).await {
                Reply::Made(made) => {
                    if made.is_page {
                        self.kept().keep(&made.file, &made.bytes);
                    }
                    return seen(Sight::Made(made), now.panel.clone());
                }
                Reply::Nothing(page) => return seen(Sight::Nothing(page), now.panel.clone()),
                Reply::Slashed(address) => {
                    let location = format!("{}{}", good.base, address.trim_start_matches('/'));
                    return seen(Sight::Elsewhere(location), None);
                }
                Reply::Mistaken { file, mistake, panel } => {
                    self.tell(Stir::Mistaken(now.number, mistake));
                    return seen(self.last_good(&file), Some(panel));
                }
                Reply::Stale { file, .. } if now.panel.is_some() => {
                    return seen(self.last_good(&file), now.panel.clone());
                }
                Reply::Stale { source, words, .. } => {
                    if Instant::now() >= deadline {
                        return seen(Sight::Failed(words), None);
                    }
                    // The disk may be ahead of what we were told.
                    self.tell(Stir::Touched(source.into_iter().collect()));
                    let _ = timeout_at((Instant::now() + AGAIN).min(deadline), shown.changed()).await;
                }
                Reply::Broken => {
                    // An edition that is over answers nobody.
                    if shown.has_changed().unwrap_or(false) {
                        continue;
                    }
                    let words = "making this page has failed, and that is a mistake of the program: the terminal shows more";
                    return seen(Sight::Failed(words.to_owned()), now.panel.clone());
                }
            }
        }
    }

    /// What a browser is told, and says again, of the edition that it was shown.
    pub(super) fn edition(&self, shown: &Shown) -> String {
        format!("{}-{}", self.run, shown.number)
    }

    fn last_good(&self, file: &str) -> Sight {
        self.kept().get(file).map_or(Sight::Lost, |page| Sight::LastGood(page.to_owned()))
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, stir: Stir) {
        let _ = self.stir.lock().unwrap_or_else(PoisonError::into_inner).send(stir);
    }
}

/// What stands outside of the site on its host: at the root, the way to it.
fn outside(path: &str, base: &str) -> Sight {
    match path == "/" || format!("{path}/") == base {
        true => Sight::Elsewhere(base.to_owned()),
        false => Sight::Nothing(None),
    }
}
