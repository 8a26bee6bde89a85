//! The rounds of a server: something changes, the site is checked again, the new edition is shown, and what there is to say
//! is told. Nothing that happens to the site ends them.

use super::assets::{self, Assets};
use super::desk::Desk;
use super::edition::{Good, Shown};
use super::gather::{Gathered, Stir, gather, waiting};
use super::panel::{Panel, Workplace};
use super::watch::Watch;
use super::{News, Settings, http, port};
use crate::diagnostic::Diagnostic;
use crate::library::Edition;
use crate::pipeline::{self, Checked};
use crate::project::{Overrides, Standing};
use crate::source::ContentPath;
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::watch;

/// After how long a new folder is looked at once more: what was written into it before it was watched was not told.
const SECOND_LOOK: Duration = Duration::from_millis(300);

/// Serves a site until the program is told to stop. `edition` says at each change which day it is.
///
/// # Errors
///
/// When the port can't be had, or there is no site.
pub fn serve(
    settings: &Settings<'_>,
    edition: &dyn Fn() -> anyhow::Result<Edition>,
    tell: &mut dyn FnMut(News<'_>),
) -> anyhow::Result<()> {
    let listener = port::listen(settings.at)?;
    let at = listener.local_addr().context("the port has no number")?;
    // The folder this program was started in may be deleted, and made anew.
    let root = std::path::absolute(settings.root).context("can't tell where the site's folder is")?;
    let root = root.canonicalize().unwrap_or(root);
    let (stir, stirred) = mpsc::channel();
    // Before the site is read, so that nothing is missed.
    let watch = Watch::new(&root, stir.clone()).context("can't watch the site's folder")?;
    let workplace = Workplace { root, editor: settings.editor.clone() };
    let checked = pipeline::check(&workplace.root, &settings.overrides, &edition()?)?;
    let checked = Arc::new(checked);
    let pending = after_reading_all(&stirred);
    let first = Shown {
        number: 0,
        good: good(&checked, &workplace),
        panel: panel(&checked, &workplace),
        changed: Arc::default(),
        newest: Arc::clone(&checked),
    };
    let (publish, shown) = watch::channel(Arc::new(first));
    let desk = Arc::new(Desk::new(at, run(), shown, stir.clone()));
    std::thread::scope(|scope| {
        let answering = scope.spawn(|| http::run(listener, desk, stir));
        let base = checked.project.config.base_url.value.path();
        tell(News::Serving {
            url: &format!("http://{}{base}", spoken(at)),
            is_public: !at.ip().is_loopback(),
            checked: &checked,
        });
        let mut rounds = Rounds {
            workplace,
            overrides: settings.overrides.clone(),
            watch,
            publish,
            checked,
            assets: Assets::default(),
            afresh: false,
            unreadable: None,
            second_looks: Vec::new(),
            pending,
            told: BTreeMap::new(),
        };
        while rounds.one(&stirred, edition, tell) {}
        // Whoever still listens for changes is told that there will be none.
        drop(rounds);
        match answering.join() {
            Ok(answered) => answered,
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// What is known from one round to the next.
struct Rounds {
    workplace: Workplace,
    overrides: Overrides,
    watch: Watch,
    publish: watch::Sender<Arc<Shown>>,
    /// The site as it was checked last, good or not.
    checked: Arc<Checked>,
    assets: Assets,
    /// Whether it is not known what has changed since.
    afresh: bool,
    /// Why the site can't be read at the moment.
    unreadable: Option<String>,
    /// New folders, and when they are to be looked at once more.
    second_looks: Vec<(Instant, ContentPath)>,
    /// What happened while the site was read.
    pending: Gathered,
    /// The mistakes of templates that were told, by edition.
    told: BTreeMap<u64, Vec<Diagnostic>>,
}

impl Rounds {
    /// One round; whether there is to be another.
    #[expect(clippy::disallowed_methods, reason = "it is told how long a change takes to be seen")]
    fn one(
        &mut self,
        stirred: &mpsc::Receiver<Stir>,
        edition: &dyn Fn() -> anyhow::Result<Edition>,
        tell: &mut dyn FnMut(News<'_>),
    ) -> bool {
        let pending = std::mem::take(&mut self.pending);
        let mut gathered = gather(stirred, if pending.is_change() { Duration::ZERO } else { self.idle() });
        gathered.join(pending);
        let start = Instant::now();
        for remark in std::mem::take(&mut gathered.remarks) {
            tell(News::Remark(&remark));
        }
        for (edition, mistake) in std::mem::take(&mut gathered.mistaken) {
            self.tell_mistake(edition, mistake, tell);
        }
        if gathered.stop {
            return false;
        }
        self.look_around(&mut gathered, start, tell);
        if gathered.is_change() || self.afresh {
            let reads_all = gathered.anything || self.afresh;
            self.take_in(gathered, start, edition, tell);
            if reads_all {
                self.pending = after_reading_all(stirred);
            }
        }
        true
    }

    fn idle(&self) -> Duration {
        #[expect(clippy::disallowed_methods, reason = "a second look is due at a time")]
        let now = Instant::now();
        let due = self.second_looks.iter().map(|(due, _)| due.saturating_duration_since(now));
        due.chain([self.watch.idle()]).min().unwrap_or_default()
    }

    /// Adds what nobody has told of.
    fn look_around(&mut self, gathered: &mut Gathered, now: Instant, tell: &mut dyn FnMut(News<'_>)) {
        match self.watch.renew() {
            Ok(stirs) => stirs.into_iter().for_each(|stir| gathered.add(stir)),
            Err(error) => tell(News::Remark(&format!("can't watch the site's folder: {error}"))),
        }
        let (due, later) =
            std::mem::take(&mut self.second_looks).into_iter().partition(|(due, _)| *due <= now);
        self.second_looks = later;
        let new =
            gathered.touched.iter().filter(|path| self.checked.project.standing(path) == Standing::Folder);
        self.second_looks.extend(new.map(|path| (now + SECOND_LOOK, path.clone())));
        gathered.touched.extend(due.into_iter().map(|(_, path): (Instant, ContentPath)| path));
    }

    /// Checks the site again, and shows it.
    fn take_in(
        &mut self,
        gathered: Gathered,
        start: Instant,
        edition: &dyn Fn() -> anyhow::Result<Edition>,
        tell: &mut dyn FnMut(News<'_>),
    ) {
        let touched = gathered.touched;
        let is_known = !gathered.anything && !self.afresh;
        if is_known && assets::are_all(&touched, &self.checked) {
            let addresses = self.assets.between(&self.checked, &self.checked, &touched);
            if !addresses.is_empty() {
                self.show(None, addresses);
                let changed = self.named(&touched);
                tell(News::Changed { changed: &changed, took: start.elapsed(), checked: None });
            }
            return;
        }
        let root = &self.workplace.root;
        let work = || {
            let edition = edition()?;
            match is_known {
                true => self.checked.again(&touched, &self.overrides, &edition),
                false => pipeline::check(root, &self.overrides, &edition),
            }
        };
        let checked = match catch_unwind(AssertUnwindSafe(work)) {
            Ok(Ok(checked)) => checked,
            Ok(Err(error)) => return self.leave(&error, tell),
            // The panic has said where; the next change may lead elsewhere.
            Err(_) => {
                let words = "the site could not be checked, which is a mistake of the program; the last good one is served still";
                return self.leave(&anyhow::anyhow!(words), tell);
            }
        };
        self.afresh = false;
        let is_back = self.unreadable.take().is_some();
        let addresses = self.assets.between(&self.checked, &checked, &touched);
        let is_styled = touched.iter().any(|path| path.extension() == Some("csl"));
        if !is_back && !is_styled && addresses.is_empty() && checked.reads_like(&self.checked) {
            return;
        }
        let changed = if is_known { self.named(&touched) } else { BTreeSet::new() };
        self.show(Some(Arc::new(checked)), addresses);
        tell(News::Changed { changed: &changed, took: start.elapsed(), checked: Some(&self.checked) });
    }

    /// Of what was touched, what is worth telling: not the files that a program had for a moment.
    fn named(&self, touched: &BTreeSet<ContentPath>) -> BTreeSet<ContentPath> {
        let project = &self.checked.project;
        let is_known = |path: &&ContentPath| {
            project.standing(path) != Standing::Nothing
                || project.sources.binary_search_by(|file| file.path.cmp(path)).is_ok()
                || project.files.contains(*path)
                || project.statics.contains(*path)
        };
        let known: BTreeSet<ContentPath> = touched.iter().filter(is_known).cloned().collect();
        if known.is_empty() { touched.clone() } else { known }
    }

    /// Leaves everything as it is, for the site can't be read now.
    fn leave(&mut self, error: &anyhow::Error, tell: &mut dyn FnMut(News<'_>)) {
        self.afresh = true;
        let words = format!("{error:#}");
        if self.unreadable.as_ref() != Some(&words) {
            tell(News::Unreadable(error));
            self.unreadable = Some(words);
        }
    }

    /// Shows a new edition: of another site, where there is one, and of the files at these addresses.
    fn show(&mut self, checked: Option<Arc<Checked>>, addresses: BTreeSet<String>) {
        let before = self.publish.borrow().clone();
        let number = before.number + 1;
        let mut next = Shown { number, ..(*before).clone() };
        if !addresses.is_empty() {
            let mut changed = (*before.changed).clone();
            changed.extend(addresses.into_iter().map(|address| (address, number)));
            next.changed = Arc::new(changed);
        }
        if let Some(checked) = checked {
            next.panel = panel(&checked, &self.workplace);
            if let Some(good) = good(&checked, &self.workplace) {
                next.good = Some(good);
            }
            next.newest = Arc::clone(&checked);
            self.checked = checked;
        }
        self.publish.send_replace(Arc::new(next));
    }

    /// Tells of a template's mistake once in each edition, however many pages it shows on.
    fn tell_mistake(&mut self, edition: u64, mistake: Box<Diagnostic>, tell: &mut dyn FnMut(News<'_>)) {
        self.told.retain(|&told, _| told >= edition);
        let told = self.told.entry(edition).or_default();
        let is_told = |known: &Diagnostic| known.place == mistake.place && known.message == mistake.message;
        if !told.iter().any(is_told) {
            tell(News::Mistaken { mistake: &mistake, project: &self.checked.project });
            told.push(*mistake);
        }
    }
}

/// What happened while all files were read. That may have been more than the system tells of one by one, and then was our own
/// reading: it is no reason to read all of them again.
fn after_reading_all(stirred: &mpsc::Receiver<Stir>) -> Gathered {
    Gathered { anything: false, ..waiting(stirred) }
}

fn good(checked: &Arc<Checked>, workplace: &Workplace) -> Option<Good> {
    (!checked.is_refused()).then(|| Good::new(Arc::clone(checked), workplace.clone()))
}

fn panel(checked: &Checked, workplace: &Workplace) -> Option<Panel> {
    checked.is_refused().then(|| Panel::new(&checked.diagnostics, &checked.project, workplace))
}

/// The address as a browser is given it: a number that stands for all of this machine's is no place to go.
fn spoken(at: std::net::SocketAddr) -> String {
    match at.ip().is_unspecified() {
        true => format!("localhost:{}", at.port()),
        false => at.to_string(),
    }
}

/// A word that no other run of the program has.
#[expect(clippy::disallowed_methods, reason = "nothing that is shown depends on it")]
fn run() -> String {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    format!("{:x}", since.as_nanos())
}
