//! Mends applied: what the files of a site would be with the mistakes mended that can be.
//!
//! - [`site`] mends a whole site in rounds. After each the site is read again, with the mended texts laid over its files, for
//!   one mend can make room for another; nothing is written.
//! - `text` mends one text: what overlaps waits for the next round.
//! - `soundness` leaves out a mend after which the file could be read less well than before.
//! - A mend that comes back where it was made mends nothing: its file begins anew without it.
//! - [`difference`] shows what has changed as a unified diff.

pub mod difference;
mod soundness;
mod text;

use self::text::Origins;
use crate::diagnostic::{Applicability, Code, Diagnostic, Fix};
use crate::pipeline::Checked;
use crate::project::Laid;
use crate::source::ContentPath;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Which mends are wanted.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Whether guesses are, and not only what is safe.
    pub guesses: bool,
    /// The diagnostics whose mends are; of all where there are none.
    pub codes: Vec<&'static Code>,
    /// The files, and the folders with files, that may be mended; all where there are none.
    pub among: Vec<ContentPath>,
}

/// A site mended, and not written.
#[derive(Debug)]
pub struct Mending {
    /// The files that change, by path.
    pub files: Vec<Mended>,
    /// The mends that were left out, for a file could be read less well with them, or they left the mistake as it was.
    pub unsound: Vec<Unsound>,
    /// The site as it is with the mended files, and what is wrong with it still.
    pub checked: Checked,
    /// Whether there is nothing more to mend. There may be after the last of many rounds.
    pub is_complete: bool,
}

/// A file that changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// Where it stands.
    pub path: ContentPath,
    /// Its text as it was read.
    pub before: Arc<str>,
    /// Its text mended.
    pub after: Arc<str>,
    /// How many mends made the one of the other.
    pub mends: usize,
}

/// A mend that was left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unsound {
    /// The file.
    pub path: ContentPath,
    /// The number of the diagnostic that offered it.
    pub code: &'static str,
    /// What it would have written, each replacement on a line.
    pub replacement: String,
}

/// A mend with what it mends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Mend<'a> {
    fix: &'a Fix,
    code: &'static str,
}

/// Most rounds there are. A round is needed for each mend that another one hides, of which a line has a few. Picked by feel.
const MOST_ROUNDS: usize = 100;

/// Mends the site that `read` reads, with the texts it is given laid over its files.
///
/// # Errors
///
/// Those of `read`.
pub fn site(read: &dyn Fn(Laid) -> anyhow::Result<Checked>, choice: &Choice) -> anyhow::Result<Mending> {
    let mut bench = Bench::default();
    let mut checked = read(Laid::new())?;
    for _ in 0..MOST_ROUNDS {
        if !bench.round(&checked, choice) {
            return Ok(bench.cleared(checked, true));
        }
        checked = read(bench.laid())?;
    }
    Ok(bench.cleared(checked, false))
}

/// The files at work.
#[derive(Default)]
struct Bench {
    files: BTreeMap<ContentPath, Mended>,
    /// Of each of the files, what was made of it so far.
    traces: BTreeMap<ContentPath, Trace>,
    unsound: BTreeSet<Unsound>,
}

/// The mends made of one file.
struct Trace {
    origins: Origins,
    /// Each by where it began in the file as it was read.
    made: BTreeSet<(usize, &'static str, String)>,
}

impl Trace {
    fn of(text: &str) -> Self {
        Self { origins: Origins::of(text), made: BTreeSet::new() }
    }

    fn key(&self, mend: &Mend<'_>) -> (usize, &'static str, String) {
        let first = mend.fix.edits().first().map_or(0, |edit| edit.span.range().start);
        (self.origins.at(first), mend.code, replacements(mend))
    }

    fn holds(&self, mend: &Mend<'_>) -> bool {
        self.made.contains(&self.key(mend))
    }

    fn add(&mut self, mends: &[Mend<'_>]) {
        let keys: Vec<_> = mends.iter().map(|mend| self.key(mend)).collect();
        self.made.extend(keys);
        self.origins = self.origins.mended(mends);
    }
}

impl Bench {
    /// Applies what can be applied at once. Whether that was anything.
    fn round(&mut self, checked: &Checked, choice: &Choice) -> bool {
        let mut is_changed = false;
        for (path, mends) in choice.of(&checked.diagnostics) {
            if let Some(text) = self.text(checked, path) {
                is_changed |= self.mend(path, &text, mends);
            }
        }
        is_changed
    }

    /// Applies mends to a file. Whether any could be.
    fn mend(&mut self, path: &ContentPath, text: &Arc<str>, mut mends: Vec<Mend<'_>>) -> bool {
        mends.retain(|mend| !self.unsound.contains(&unsound(path, mend)));
        if self.begins_anew(path, &mends) {
            return true;
        }
        let faults = |text: &str| soundness::faults(path, text);
        let sound = loop {
            let chosen = text::compatible(text, mends.clone());
            if chosen.is_empty() {
                return false;
            }
            let (sound, left_out) = soundness::sound(text, chosen, &faults);
            self.unsound.extend(left_out.iter().map(|mend| unsound(path, mend)));
            if !sound.is_empty() {
                break sound;
            }
            // What waited for those can be tried now.
            mends.retain(|mend| !left_out.contains(mend));
        };
        let untouched = || Mended { path: path.clone(), before: text.clone(), after: text.clone(), mends: 0 };
        let file = self.files.entry(path.clone()).or_insert_with(untouched);
        file.after = text::mended(text, &sound).into();
        file.mends += sound.len();
        self.traces.entry(path.clone()).or_insert_with(|| Trace::of(text)).add(&sound);
        true
    }

    /// Whether any of the mends was made already, in vain: the file is then as it was read, and those are left out of it.
    fn begins_anew(&mut self, path: &ContentPath, mends: &[Mend<'_>]) -> bool {
        let Some(trace) = self.traces.get(path) else { return false };
        let vain: Vec<Unsound> =
            mends.iter().filter(|mend| trace.holds(mend)).map(|mend| unsound(path, mend)).collect();
        if vain.is_empty() {
            return false;
        }
        self.unsound.extend(vain);
        self.files.remove(path);
        self.traces.remove(path);
        true
    }

    /// The file's text as far as it is mended; `None` where it is no text, or no file of the site's own.
    fn text(&self, checked: &Checked, path: &ContentPath) -> Option<Arc<str>> {
        if let Some(file) = self.files.get(path) {
            return Some(file.after.clone());
        }
        let bytes = checked.project.bytes(path).ok()?;
        String::from_utf8(bytes).ok().map(Arc::from)
    }

    fn laid(&self) -> Laid {
        self.files.values().map(|file| (file.path.clone(), file.after.clone())).collect()
    }

    fn cleared(self, checked: Checked, is_complete: bool) -> Mending {
        let files = self.files.into_values().filter(|file| file.before != file.after).collect();
        Mending { files, unsound: self.unsound.into_iter().collect(), checked, is_complete }
    }
}

fn unsound(path: &ContentPath, mend: &Mend<'_>) -> Unsound {
    Unsound { path: path.clone(), code: mend.code, replacement: replacements(mend) }
}

/// What a mend writes, each replacement on a line.
fn replacements(mend: &Mend<'_>) -> String {
    let written: Vec<&str> = mend.fix.edits().iter().map(|edit| &*edit.replacement).collect();
    written.join("\n")
}

impl Choice {
    /// The mends that are wanted, by the file they mend.
    fn of<'a>(&self, diagnostics: &'a [Diagnostic]) -> BTreeMap<&'a ContentPath, Vec<Mend<'a>>> {
        let mut mends: BTreeMap<&ContentPath, Vec<Mend<'_>>> = BTreeMap::new();
        for diagnostic in diagnostics {
            if let Some(fix) = diagnostic.fix.as_ref().filter(|fix| self.wants(diagnostic, fix)) {
                mends.entry(&diagnostic.place.path).or_default().push(Mend { fix, code: diagnostic.code.id });
            }
        }
        mends
    }

    fn wants(&self, diagnostic: &Diagnostic, fix: &Fix) -> bool {
        let path = &diagnostic.place.path;
        let is_among = |place: &ContentPath| path == place || path.below(place.as_str()).is_some();
        (self.guesses || fix.applicability == Applicability::Safe)
            && (self.codes.is_empty() || self.codes.contains(&diagnostic.code))
            && (self.among.is_empty() || self.among.iter().any(is_among))
    }
}
