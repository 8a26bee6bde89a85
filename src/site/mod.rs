//! The output: the one writer of a site's files.
//!
//! [`write`] knows nothing of pages. It is given every path that the site will have and a function that makes the bytes
//! of one, and leaves the output with exactly those files, and with whatever others put there.
//!
//! - `path`: a place in the output, which can't be anywhere else;
//! - `record`: which files of the output are ours;
//! - `place`: the folder itself, the lock and the staging folder beside it;
//! - `survey`: what stands there already;
//! - `step`: the changes, as a list that may be cut short anywhere;
//! - `disk`: the calls to the system.
//!
//! A first build fills the staging folder and gives it the output's place by one rename. A later one makes all its bytes
//! before it touches anything, compares them with those on disk, and stages what differs; then each file takes its place by
//! a rename, and what is stale is removed last. So a reader never meets half a file, a build with errors changes nothing,
//! and one that is interrupted is mended by the next.

mod record;
mod disk;
mod place;
mod survey;
mod step;
mod error;

pub use crate::page::output::OutputPath;
pub use error::WriteError;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use rayon::prelude::*;

use crate::page::output::folders;
use crate::source::{Digest, Status};
use disk::Kind;
use place::{Lock, Place, Staging};
use record::{Fingerprint, Record};
use step::Step;
use survey::{Layout, Survey};

/// Where a site is written.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The output folder. It is made if it isn't there; if it is a link, what it leads to is the folder.
    pub folder: &'a Path,
    /// Whether to write into a folder that holds others' files and no record of ours that can be believed. Their files
    /// are not touched even so; a record is replaced.
    pub force: bool,
    /// The status of the record, where it is known already that each file of the site stands there as that record has it, and
    /// nothing else of ours: then none is looked at but those that are made.
    pub as_recorded: Option<Status>,
    /// The order in which files are made, by their indexes: each once. That of their paths, where it is empty.
    pub order: &'a [usize],
}

/// What a build changed, and what it left.
#[derive(Clone, Debug)]
pub struct Written {
    /// What it changed.
    pub outcome: Outcome,
    /// The status of the record, before anybody else could write there.
    pub record: Option<Status>,
}

/// What a build changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Files that were not there before, in the order they were given.
    pub created: Vec<OutputPath>,
    /// Files that were there with other bytes, in the order they were given.
    pub replaced: Vec<OutputPath>,
    /// How many files were there just so, and were left alone.
    pub kept: usize,
    /// Files of an earlier build that the site has no more, sorted.
    pub removed: Vec<OutputPath>,
    /// The same, except that someone changed them since, so they were left alone. They are not ours any more.
    pub edited: Vec<OutputPath>,
}

/// Makes the bytes of a file, given its index and what tells the status of the one that stands in its place; or, for one that
/// does, finds that there is nothing to make.
pub type Make<'a, E> = dyn Fn(usize, &Stands<'_>) -> Result<Option<Vec<u8>>, E> + Sync + 'a;

/// Looks at the file of ours that stands in the place of one to be made, if one does.
pub type Stands<'a> = dyn Fn() -> Option<Status> + 'a;

/// What becomes of the bytes of a file, given its index; of one that stands there just so there are none.
type Take<'a, T> = dyn Fn(usize, Option<&[u8]>) -> Result<T> + Sync + 'a;

/// The status of a file of an output; nothing where it is not there as a file.
pub fn status(folder: &Path, path: &OutputPath) -> Option<Status> {
    disk::status(&path.below(folder))
}

/// The places of the files that the last build wrote into an output, as its record has them; none where there is no record
/// that can be believed.
pub fn written(folder: &Path) -> Vec<OutputPath> {
    let record = disk::read(&folder.join(record::NAME)).ok().and_then(|text| Record::parse(&text).ok());
    record.iter().flat_map(Record::paths).cloned().collect()
}

/// The digest of a file's bytes in an output.
pub fn content(folder: &Path, path: &OutputPath) -> Option<Digest> {
    disk::read(&path.below(folder)).ok().map(|bytes| Digest::of_bytes(&bytes))
}

/// What was noted beside an output under a name.
pub fn note(folder: &Path, what: &str) -> Option<Vec<u8>> {
    disk::read(&place::note(folder, what)?).ok()
}

/// Notes something beside an output, in the place of what was noted under that name before.
pub fn keep_note(folder: &Path, what: &str, write: &mut WriteNote<'_>) -> Result<()> {
    let Some(path) = place::note(folder, what) else { return Ok(()) };
    let mut new = path.clone().into_os_string();
    new.push("-new");
    let new = PathBuf::from(new);
    // One may be left from a build that was killed.
    let _ = disk::remove_file(&new);
    disk::write_piecewise(&new, write).and_then(|()| disk::rename(&new, &path))
}

/// Writes a note, piece by piece.
pub type WriteNote<'a> = dyn FnMut(&mut dyn io::Write) -> io::Result<()> + 'a;

/// The status of an output's record.
pub fn record_status(folder: &Path) -> Option<Status> {
    disk::status(&folder.join(record::NAME))
}

/// How many failures are told of; the first ones, in order.
const MOST_FAILURES: usize = 1_000;

/// How many files are made between two looks at the number of failures.
const BATCH: usize = 4_096;

/// Makes every file of a site and brings the output folder to hold them, as the module says.
///
/// `make` gives the bytes of the file whose place is `paths[i]`; it is called once for each, from several threads and about in the
/// order of the settings, unless a
/// thousand fail, and the bytes are dropped as soon as they are compared or written. It may ask for the status of the file of ours
/// that stands there already, and answer that it stands there just so. `advance` is called after each. New and
/// changed files take their places in the order of `paths`.
pub fn write<E: Send>(
    settings: Settings<'_>,
    paths: &[OutputPath],
    make: &Make<'_, E>,
    advance: &(dyn Fn() + Sync),
) -> Result<Written, WriteError<E>> {
    let layout = Layout::new(paths)?;
    let place = Place::find(settings.folder)?;
    let Some(_lock) = Lock::take(&place)? else {
        return Err(WriteError::Busy { folder: settings.folder.to_owned() });
    };
    let staging = Staging::prepare(&place)?;
    let found = Found::read(&place)?;
    if !(settings.force || found.is_ours()) {
        let Found { names, doubt, .. } = found;
        return Err(WriteError::NotOurs { folder: settings.folder.to_owned(), names, doubt });
    }
    let in_order: Vec<usize>;
    let order = match settings.order {
        [] => {
            in_order = (0..paths.len()).collect();
            &in_order
        }
        order => order,
    };
    assert_eq!(order.len(), paths.len(), "all files have a place in the order");
    let maker = Maker { make, order, advance };
    if found.names.is_empty() && staging.is_beside() {
        let outcome = fill(&place, &staging, &layout, maker)?;
        return Ok(Written { outcome, record: record_status(&place.folder) });
    }
    let nothing = Record::default();
    if settings.as_recorded.is_some() && settings.as_recorded != record_status(&place.folder) {
        // Another build has written there since.
        return Err(WriteError::Busy { folder: settings.folder.to_owned() });
    }
    let survey = match &found.record {
        Some(_) if settings.as_recorded.is_some() => Survey::untouched(&layout),
        record => Survey::of(&place.folder, &layout, record.as_ref().unwrap_or(&nothing))?,
    };
    if !survey.in_the_way.is_empty() {
        let paths = survey.in_the_way.into_iter().collect();
        return Err(WriteError::InTheWay { folder: settings.folder.to_owned(), paths });
    }
    let (steps, outcome) = prepare(&place, &staging, &layout, &survey, found.record.as_ref(), maker)?;
    let in_the_way = match settings.as_recorded {
        Some(_) => links_on_the_way(&place, &steps)?,
        None => BTreeSet::new(),
    };
    if !in_the_way.is_empty() {
        let paths = in_the_way.into_iter().collect();
        return Err(WriteError::InTheWay { folder: settings.folder.to_owned(), paths });
    }
    for step in &steps {
        step.run(&place.folder, &staging)?;
    }
    Ok(Written { outcome, record: record_status(&place.folder) })
}

/// The links where a file that is to take its place needs a folder. An output that is as it was recorded is not surveyed, and
/// through a link its files look as they did.
fn links_on_the_way(place: &Place, steps: &[Step<'_>]) -> Result<BTreeSet<String>> {
    let placed = steps.iter().filter_map(|step| match step {
        Step::Place(_, path) => Some(path.as_str()),
        _ => None,
    });
    let mut in_the_way = BTreeSet::new();
    for folder in placed.flat_map(folders).collect::<BTreeSet<_>>() {
        if disk::kind(&place.folder.join(folder))? == Kind::Other {
            in_the_way.insert(folder.to_owned());
        }
    }
    Ok(in_the_way)
}

/// What is in the output folder before a build.
struct Found {
    /// All names at its root.
    names: Vec<String>,
    record: Option<Record>,
    /// Why a record that is there can't be believed.
    doubt: Option<String>,
}

impl Found {
    fn read(place: &Place) -> Result<Self> {
        let mut found = Self { names: Vec::new(), record: None, doubt: None };
        if place.exists()? {
            found.names = disk::names(&place.folder)?;
        }
        let record = place.folder.join(record::NAME);
        match disk::kind(&record)? {
            Kind::Absent => {}
            Kind::File => match Record::parse(&disk::read(&record)?) {
                Ok(record) => found.record = Some(record),
                Err(error) => found.doubt = Some(format!("{error:#}")),
            },
            Kind::Folder | Kind::Other => {
                bail!("`{}` is not a file; remove it and build again", record.display())
            }
        }
        Ok(found)
    }

    fn is_ours(&self) -> bool {
        self.record.is_some() || self.names.is_empty()
    }
}

/// What [`write`] was given to make the files with.
struct Maker<'a, E> {
    make: &'a Make<'a, E>,
    /// The index of each file.
    order: &'a [usize],
    advance: &'a (dyn Fn() + Sync),
}

impl<E: Send> Maker<'_, E> {
    /// Makes all files, each knowing what `stands` in its place, hands each on to `take`, and gives what came of each, by their
    /// indexes.
    fn each<T: Send>(
        &self,
        stands: &(dyn Fn(usize) -> Option<Status> + Sync),
        take: &Take<'_, T>,
    ) -> Result<Vec<T>, WriteError<E>> {
        let mut taken = Vec::with_capacity(self.order.len());
        let mut failures = Vec::new();
        for batch in self.order.chunks(BATCH) {
            let one = |&index: &usize| {
                let result = (self.make)(index, &|| stands(index)).map(|bytes| take(index, bytes.as_deref()));
                (self.advance)();
                result
            };
            let results: Vec<Result<Result<T>, E>> = batch.par_iter().map(one).collect();
            for (&index, result) in batch.iter().zip(results) {
                match result {
                    Ok(result) => taken.push((index, result?)),
                    Err(failure) => failures.push((index, failure)),
                }
            }
            if failures.len() >= MOST_FAILURES {
                break;
            }
        }
        if failures.is_empty() {
            return Ok(by_index(taken, self.order.len()));
        }
        let mut failures = by_index(failures, self.order.len());
        failures.truncate(MOST_FAILURES);
        Err(WriteError::Unmade(failures))
    }
}

/// Things in the order of the files that they came of, of which there are `count`.
fn by_index<T>(things: Vec<(usize, T)>, count: usize) -> Vec<T> {
    let mut placed: Vec<Option<T>> = (0..count).map(|_| None).collect();
    for (index, thing) in things {
        placed[index] = Some(thing);
    }
    placed.into_iter().flatten().collect()
}

/// A first build: a whole site beside the output, which then takes its place.
fn fill<E: Send>(
    place: &Place,
    staging: &Staging,
    layout: &Layout<'_>,
    maker: Maker<'_, E>,
) -> Result<Outcome, WriteError<E>> {
    let site = staging.site()?;
    // From one thread: two that make folders wait for each other, and take twice the time together.
    for folder in &layout.folders {
        disk::make_folder(&site.join(folder))?;
    }
    let fingerprints = maker.each(&|_| None, &|index, bytes| {
        let Some(bytes) = bytes else { unreachable!("nothing stands there") };
        disk::write_new(&layout.files[index].below(&site), bytes)?;
        Ok(blake3::hash(bytes).into())
    })?;
    let record = Record::new(layout.files.iter().cloned().zip(fingerprints).collect());
    disk::write_through(&site.join(record::NAME), &|file| record.write(file))?;
    disk::take_place(&site, &place.folder)?;
    Ok(Outcome { created: layout.files.to_vec(), ..Outcome::default() })
}

/// How a file compares with what is on disk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Created,
    Replaced,
    Kept,
}

/// A later build up to where it changes the output: the steps that will, and what will have come of them.
fn prepare<'a, E: Send>(
    place: &Place,
    staging: &Staging,
    layout: &Layout<'a>,
    survey: &Survey<'a>,
    before: Option<&Record>,
    maker: Maker<'_, E>,
) -> Result<(Vec<Step<'a>>, Outcome), WriteError<E>> {
    let stands = |index: usize| {
        let there = survey.stands[index] && before.is_some_and(|record| record.names(&layout.files[index]));
        there.then(|| disk::status(&layout.files[index].below(&place.folder))).flatten()
    };
    let made: Vec<(Change, Fingerprint)> = maker.each(&stands, &|index, bytes| {
        let file = &layout.files[index];
        let Some(bytes) = bytes else {
            let known = before.and_then(|record| record.only(file));
            let fingerprint = known.map_or_else(|| disk::fingerprint(&file.below(&place.folder)), Ok)?;
            return Ok((Change::Kept, fingerprint));
        };
        let change = match survey.stands[index] {
            false => Change::Created,
            true if disk::holds(&file.below(&place.folder), bytes)? => Change::Kept,
            true => Change::Replaced,
        };
        if change != Change::Kept {
            staging.keep(index, bytes)?;
        }
        Ok((change, blake3::hash(bytes).into()))
    })?;
    let files = layout.files.iter();
    let changed = files.clone().enumerate().filter(|(index, _)| made[*index].0 != Change::Kept).collect();
    let after = Record::new(files.clone().cloned().zip(made.iter().map(|made| made.1)).collect());
    let with =
        |change| files.clone().zip(&made).filter(move |(_, made)| made.0 == change).map(|(file, _)| file);
    let mut removed: Vec<OutputPath> =
        survey.obstacles.iter().chain(&survey.stale).copied().cloned().collect();
    removed.sort();
    let outcome = Outcome {
        created: with(Change::Created).cloned().collect(),
        replaced: with(Change::Replaced).cloned().collect(),
        kept: with(Change::Kept).count(),
        removed,
        edited: survey.edited.iter().copied().cloned().collect(),
    };
    Ok((step::steps(survey, changed, before, after), outcome))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests look at what was written")]

    use std::collections::BTreeMap;
    use std::convert::Infallible;
    use std::fs;

    use super::*;

    type Site = BTreeMap<&'static str, &'static str>;

    fn whole(folder: &Path, site: &Site) -> Outcome {
        let (paths, bytes) = list(site);
        let make = |index: usize, _: &Stands<'_>| Ok::<_, Infallible>(Some(bytes[index].clone()));
        write(Settings { folder, force: false, as_recorded: None, order: &[] }, &paths, &make, &|| ())
            .unwrap()
            .outcome
    }

    /// A build that is killed after `count` steps: neither its lock nor its staging folder is put away by it. Tells whether
    /// there was a step left.
    fn killed(folder: &Path, site: &Site, count: usize) -> bool {
        let (paths, bytes) = list(site);
        let layout = Layout::new(&paths).unwrap();
        let place = Place::find(folder).unwrap();
        let staging = Staging::prepare(&place).unwrap();
        let record = Found::read(&place).unwrap().record.unwrap();
        let survey = Survey::of(&place.folder, &layout, &record).unwrap();
        assert!(survey.in_the_way.is_empty(), "{:?}", survey.in_the_way);
        let order: Vec<usize> = (0..paths.len()).collect();
        let make = |index: usize, _: &Stands<'_>| Ok::<_, Infallible>(Some(bytes[index].clone()));
        let maker = Maker { make: &make, order: &order, advance: &|| () };
        let (steps, _) = prepare(&place, &staging, &layout, &survey, Some(&record), maker).unwrap();
        for step in steps.iter().take(count) {
            step.run(&place.folder, &staging).unwrap();
        }
        std::mem::forget(staging);
        count < steps.len()
    }

    fn list(site: &Site) -> (Vec<OutputPath>, Vec<Vec<u8>>) {
        site.iter().map(|(path, text)| (OutputPath::new(path).unwrap(), text.as_bytes().to_vec())).unzip()
    }

    /// Every file and folder below `folder`, files with their text.
    fn tree(folder: &Path) -> BTreeMap<String, Option<String>> {
        let mut found = BTreeMap::new();
        for name in disk::names(folder).unwrap() {
            let path = folder.join(&name);
            if path.is_dir() {
                found.extend(tree(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)));
                found.insert(name, None);
            } else {
                found.insert(name, Some(fs::read_to_string(&path).unwrap()));
            }
        }
        found
    }

    const OLD: [(&str, &str); 7] = [
        ("index.html", "old"),
        ("same.html", "same"),
        ("stale/deep/a.html", "stale"),
        ("stale.html", "stale"),
        ("file", "was a file"),
        ("folder/a/b", "was in a folder"),
        ("folder/c", "was in a folder"),
    ];
    const NEW: [(&str, &str); 5] = [
        ("index.html", "new"),
        ("same.html", "same"),
        ("file/x/y", "is in a folder"),
        ("folder", "is a file"),
        ("fresh/index.html", "fresh"),
    ];

    #[test]
    fn a_build_that_is_killed_after_any_step_is_mended_by_the_next() {
        let (old, new) = (Site::from(OLD), Site::from(NEW));
        let other = Site::from([("stale", "a file now"), ("fresh", "a file too"), ("folder/a", "and this")]);
        for next in [&new, &old, &other] {
            let expected = {
                let around = tempfile::tempdir().unwrap();
                whole(&around.path().join("public"), next);
                tree(around.path())
            };
            for count in 0.. {
                let around = tempfile::tempdir().unwrap();
                let folder = around.path().join("public");
                whole(&folder, &old);
                fs::write(folder.join("theirs.txt"), "theirs").unwrap();
                let more = killed(&folder, &new, count);
                whole(&folder, next);
                assert_eq!(fs::read_to_string(folder.join("theirs.txt")).unwrap(), "theirs");
                fs::remove_file(folder.join("theirs.txt")).unwrap();
                assert_eq!(tree(around.path()), expected, "after {count} steps");
                if !more {
                    assert!(count > 10);
                    break;
                }
            }
        }
    }

    #[test]
    fn two_builds_killed_one_after_the_other_are_mended_by_a_third() {
        let (old, new) = (Site::from(OLD), Site::from(NEW));
        let between =
            Site::from([("index.html", "between"), ("fresh/index.html", "between"), ("folder/c", "between")]);
        for (first, second) in (0..16).flat_map(|first| (0..16).map(move |second| (first, second))) {
            let around = tempfile::tempdir().unwrap();
            let folder = around.path().join("public");
            whole(&folder, &old);
            killed(&folder, &new, first);
            killed(&folder, &between, second);
            whole(&folder, &Site::from([("index.html", "last")]));
            let tree = tree(around.path());
            let names: Vec<&str> = tree.keys().map(String::as_str).collect();
            assert_eq!(names, ["public", "public/.depeche.json", "public/index.html"], "{first}, {second}");
        }
    }

    #[test]
    fn every_file_is_known_to_the_record_at_every_moment() {
        let (old, new) = (Site::from(OLD), Site::from(NEW));
        for count in 0..20 {
            let around = tempfile::tempdir().unwrap();
            let folder = around.path().join("public");
            whole(&folder, &old);
            killed(&folder, &new, count);
            let record = Record::parse(&fs::read(folder.join(record::NAME)).unwrap()).unwrap();
            for (path, text) in tree(&folder) {
                if let (Some(text), Some(path)) = (text, OutputPath::new(&path)) {
                    assert!(
                        record.wrote(&path, blake3::hash(text.as_bytes()).into()),
                        "{path} after {count} steps"
                    );
                }
            }
        }
    }
}
