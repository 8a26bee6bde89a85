//! What stands in an output that is there already, seen from the files that it will have.
//!
//! Only looked at, never changed. A link is never followed: whatever is behind one is not ours.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, ensure};
use rayon::prelude::*;

use super::OutputPath;
use super::disk::{self, Kind};
use super::record::Record;
use crate::page::output::folders;

/// The files that a site will have, with the folders they need.
pub(super) struct Layout<'a> {
    pub files: &'a [OutputPath],
    names: BTreeSet<&'a str>,
    /// Sorted, so that a folder comes before those in it.
    pub folders: BTreeSet<&'a str>,
}

impl<'a> Layout<'a> {
    pub fn new(files: &'a [OutputPath]) -> Result<Self> {
        let mut names = BTreeSet::new();
        for file in files {
            ensure!(names.insert(file.as_str()), "the site has two files `{file}`");
        }
        let folders: BTreeSet<&str> = names.iter().flat_map(|file| folders(file)).collect();
        if let Some(both) = folders.intersection(&names).next() {
            anyhow::bail!("the site has a file `{both}` and a folder of the same name");
        }
        Ok(Self { files, names, folders })
    }

    /// Whether the path is one of the files, or below one.
    fn covers(&self, path: &str) -> bool {
        self.names.contains(path) || folders(path).any(|folder| self.names.contains(folder))
    }
}

/// How the output differs from a layout.
pub(super) struct Survey<'a> {
    /// For each file of the layout, in its order: whether there is one of ours to compare it with.
    pub stands: Vec<bool>,
    /// Folders that the layout needs and that are missing, the outermost first.
    pub missing: Vec<&'a str>,
    /// Files of ours, unchanged since, that the layout has no more, and which stand where it needs the room.
    pub obstacles: Vec<&'a OutputPath>,
    /// Others of the kind, that are in no one's way.
    pub stale: Vec<&'a OutputPath>,
    /// Files that we wrote and the layout has no more, but whose bytes are another's now.
    pub edited: Vec<&'a OutputPath>,
    /// Folders of ours that stand where the layout has a file, the innermost first.
    pub cleared: Vec<&'a str>,
    /// Other folders that the layout has no use for, the innermost first.
    pub left: Vec<&'a str>,
    /// What is not ours and stands where the layout needs the room.
    pub in_the_way: BTreeSet<String>,
}

/// What became of a file that the record names and the layout doesn't.
enum Former {
    Gone,
    Unchanged,
    Edited,
}

impl<'a> Survey<'a> {
    /// An output in which each file of the layout stands, and nothing else of ours.
    pub fn untouched(layout: &Layout<'a>) -> Self {
        Self {
            stands: vec![true; layout.files.len()],
            missing: Vec::new(),
            obstacles: Vec::new(),
            stale: Vec::new(),
            edited: Vec::new(),
            cleared: Vec::new(),
            left: Vec::new(),
            in_the_way: BTreeSet::new(),
        }
    }

    pub fn of(output: &Path, layout: &Layout<'a>, record: &'a Record) -> Result<Self> {
        let view = View::of(output, layout, record)?;
        let (unchanged, edited) = view.former()?;
        let mut in_the_way = BTreeSet::new();
        let mut missing = Vec::new();
        for &folder in &layout.folders {
            match view.folders.get(folder).copied().unwrap_or(Kind::Absent) {
                Kind::Folder => {}
                Kind::Absent => missing.push(folder),
                Kind::File if unchanged.contains_key(folder) => missing.push(folder),
                Kind::File | Kind::Other => drop(in_the_way.insert(folder.to_owned())),
            }
        }
        let kinds: Vec<Kind> =
            layout.files.par_iter().map(|file| view.kind(file.as_str())).collect::<Result<_>>()?;
        for (file, kind) in layout.files.iter().zip(&kinds) {
            match kind {
                Kind::Absent => {}
                Kind::File if record.names(file) => {}
                Kind::Folder => in_the_way.extend(view.foreign_below(file.as_str(), &unchanged)?),
                Kind::File | Kind::Other => drop(in_the_way.insert(file.to_string())),
            }
        }
        let (obstacles, stale) = unchanged
            .into_values()
            .partition(|file| layout.folders.contains(file.as_str()) || layout.covers(file.as_str()));
        let (cleared, left) = view.unused_folders().partition(|folder| layout.covers(folder));
        let stands = kinds.iter().map(|kind| *kind == Kind::File).collect();
        Ok(Self { stands, missing, obstacles, stale, edited, cleared, left, in_the_way })
    }
}

/// The output with the kind of every folder that the layout or the record knows, looked at once, from the top down.
struct View<'v, 'a> {
    output: &'v Path,
    layout: &'v Layout<'a>,
    record: &'a Record,
    folders: BTreeMap<&'a str, Kind>,
}

impl<'v, 'a> View<'v, 'a> {
    fn of(output: &'v Path, layout: &'v Layout<'a>, record: &'a Record) -> Result<Self> {
        let recorded = record.paths().flat_map(|path| folders(path.as_str()));
        let known: BTreeSet<&str> = layout.folders.iter().copied().chain(recorded).collect();
        let mut view = Self { output, layout, record, folders: BTreeMap::new() };
        for folder in known {
            let kind = view.kind(folder)?;
            view.folders.insert(folder, kind);
        }
        Ok(view)
    }

    /// What stands at a path whose folders are known; nothing does where one of them isn't a folder.
    fn kind(&self, path: &str) -> Result<Kind> {
        match path.rsplit_once('/') {
            Some((folder, _)) if self.folders.get(folder) != Some(&Kind::Folder) => Ok(Kind::Absent),
            _ => disk::kind(&self.output.join(path)),
        }
    }

    /// The files that are in the record alone: those still as we wrote them, by name, and those that are not.
    fn former(&self) -> Result<(BTreeMap<&'a str, &'a OutputPath>, Vec<&'a OutputPath>)> {
        let former: Vec<&OutputPath> =
            self.record.paths().filter(|path| !self.layout.names.contains(path.as_str())).collect();
        let states: Vec<Former> = former.par_iter().map(|path| self.state(path)).collect::<Result<_>>()?;
        let mut unchanged = BTreeMap::new();
        let mut edited = Vec::new();
        for (path, state) in former.into_iter().zip(states) {
            match state {
                Former::Gone => {}
                Former::Unchanged => drop(unchanged.insert(path.as_str(), path)),
                Former::Edited => edited.push(path),
            }
        }
        Ok((unchanged, edited))
    }

    fn state(&self, path: &OutputPath) -> Result<Former> {
        if self.kind(path.as_str())? != Kind::File {
            return Ok(Former::Gone);
        }
        let fingerprint = disk::fingerprint(&path.below(self.output))?;
        Ok(if self.record.wrote(path, fingerprint) { Former::Unchanged } else { Former::Edited })
    }

    /// Everything below a folder that is neither a file of `ours` nor a folder that once held one.
    fn foreign_below(&self, folder: &str, ours: &BTreeMap<&str, &OutputPath>) -> Result<Vec<String>> {
        if !self.folders.contains_key(folder) {
            return Ok(vec![folder.to_owned()]);
        }
        let mut foreign = Vec::new();
        for name in disk::names(&self.output.join(folder))? {
            let path = format!("{folder}/{name}");
            match disk::kind(&self.output.join(&path))? {
                Kind::File if ours.contains_key(path.as_str()) => {}
                Kind::Folder => foreign.extend(self.foreign_below(&path, ours)?),
                Kind::Absent | Kind::File | Kind::Other => foreign.push(path),
            }
        }
        Ok(foreign)
    }

    /// Folders that held files of ours and are not needed any more, the innermost first.
    fn unused_folders(&self) -> impl Iterator<Item = &'a str> {
        let unused = |(folder, kind): (&&'a str, &Kind)| {
            (*kind == Kind::Folder && !self.layout.folders.contains(folder)).then_some(*folder)
        };
        self.folders.iter().rev().filter_map(unused)
    }
}
