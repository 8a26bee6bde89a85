//! Where a site's files are: a folder, or memory.

use crate::diagnostic::{Diagnostic, code};
use crate::source::{ContentPath, Place, Span};
use anyhow::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;
use walkdir::WalkDir;

/// Texts laid over files that are there: what an editor has not saved yet, or a mend has not written.
pub type Laid = BTreeMap<ContentPath, Arc<str>>;

/// What stands at a path of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing.
    Nothing,
    /// A file that may be read.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, or what stands behind one, or what is neither file nor folder.
    Other,
}

/// The files of a site.
#[derive(Clone, Debug)]
pub enum Disk {
    /// Those of a folder, some with a text laid over them.
    Folder(PathBuf, Laid),
    /// Those given.
    Memory(BTreeMap<ContentPath, Vec<u8>>),
}

/// The files below a folder of the site.
#[derive(Debug, Default)]
pub struct Listing {
    /// Their paths from the site's root.
    pub files: BTreeSet<ContentPath>,
    /// What could not be listed.
    pub problems: Vec<Diagnostic>,
}

impl Disk {
    /// The files of the folder `root`, some with a text laid over them.
    pub fn folder(root: &Path, laid: Laid) -> Self {
        Self::Folder(root.to_owned(), laid)
    }

    /// The given files.
    pub fn memory(files: BTreeMap<ContentPath, Vec<u8>>) -> Self {
        Self::Memory(files)
    }

    /// What a person calls the place.
    pub fn name(&self) -> String {
        match self {
            Self::Folder(root, _) => format!("`{}`", root.display()),
            Self::Memory(_) => "memory".to_owned(),
        }
    }

    /// How many bytes the file has; `None` where there is no such file. A symbolic link is no file.
    pub fn size(&self, path: &ContentPath) -> Option<u64> {
        match self {
            Self::Folder(root, laid) => {
                let metadata = root.join(path.as_str()).symlink_metadata().ok()?;
                (metadata.is_file() && link_on_the_way(root, path.as_str()).is_none())
                    .then(|| laid.get(path).map_or(metadata.len(), |text| text.len() as u64))
            }
            Self::Memory(files) => files.get(path).map(|bytes| bytes.len() as u64),
        }
    }

    /// What stands at the path now.
    pub fn standing(&self, path: &ContentPath) -> Standing {
        match self {
            Self::Folder(root, _) => match root.join(path.as_str()).symlink_metadata() {
                Err(_) => Standing::Nothing,
                Ok(_) if link_on_the_way(root, path.as_str()).is_some() => Standing::Other,
                Ok(metadata) if metadata.is_dir() => Standing::Folder,
                Ok(metadata) if metadata.is_file() => Standing::File,
                Ok(_) => Standing::Other,
            },
            Self::Memory(files) if files.contains_key(path) => Standing::File,
            Self::Memory(files) if files.keys().any(|file| file.below(path.as_str()).is_some()) => {
                Standing::Folder
            }
            Self::Memory(_) => Standing::Nothing,
        }
    }

    /// When the file was changed last.
    pub fn modified(&self, path: &ContentPath) -> Option<SystemTime> {
        match self {
            Self::Folder(root, _) => root.join(path.as_str()).symlink_metadata().ok()?.modified().ok(),
            Self::Memory(_) => None,
        }
    }

    /// The file's bytes.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads a site's files")]
    pub fn bytes(&self, path: &ContentPath) -> anyhow::Result<Vec<u8>> {
        match self {
            Self::Folder(root, laid) => match laid.get(path) {
                Some(text) => Ok(text.as_bytes().to_vec()),
                None => {
                    std::fs::read(root.join(path.as_str())).with_context(|| format!("can't read `{path}`"))
                }
            },
            Self::Memory(files) => {
                files.get(path).cloned().with_context(|| format!("there is no file `{path}`"))
            }
        }
    }

    /// Every file below `folder`; none where there is no such folder. Hidden files and folders are left out.
    pub fn list(&self, folder: &str) -> anyhow::Result<Listing> {
        match self {
            Self::Folder(root, _) => walk(root, folder),
            Self::Memory(files) => {
                let files = files.keys().filter(|path| path.below(folder).is_some()).cloned().collect();
                Ok(Listing { files, problems: Vec::new() })
            }
        }
    }

    /// Whether a symbolic link stands at the path, or on the way to it.
    pub fn is_linked(&self, path: &ContentPath) -> bool {
        match self {
            Self::Folder(root, _) => link_on_the_way(root, path.as_str()).is_some(),
            Self::Memory(_) => false,
        }
    }

    /// The names of the folders in `folder`.
    pub fn folders(&self, folder: &str) -> Vec<String> {
        let files = self.list(folder).map(|listing| listing.files).unwrap_or_default();
        let names = files.iter().filter_map(|path| Some(path.below(folder)?.split_once('/')?.0.to_owned()));
        names.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that lists a site's folders")]
fn walk(root: &Path, folder: &str) -> anyhow::Result<Listing> {
    let mut listing = Listing::default();
    let start = root.join(folder);
    if let Some(link) = link_on_the_way(root, folder) {
        listing.problems.push(symbolic_link(link));
        return Ok(listing);
    }
    if start.symlink_metadata().is_err() {
        return Ok(listing);
    }
    let entries = WalkDir::new(&start).follow_links(false).into_iter();
    let visible = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        // Servers want some hidden files: `.well-known`, `.nojekyll`.
        let hidden = if folder == "static" { JUNK.contains(&&*name) } else { name.starts_with('.') };
        entry.depth() == 0 || !hidden
    };
    let mut files = Vec::new();
    for entry in entries.filter_entry(visible) {
        let entry = entry.with_context(|| format!("can't list `{folder}`"))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        match content_path(relative) {
            Some(path) if entry.file_type().is_symlink() => listing.problems.push(symbolic_link(path)),
            Some(path) => files.push(path),
            None => {
                listing.problems.extend(ContentPath::new(folder).map(|path| unreadable_name(path, relative)))
            }
        }
    }
    listing.files = files.into_iter().collect();
    listing
        .problems
        .sort_by(|one, other| (&one.place.path, &one.message).cmp(&(&other.place.path, &other.message)));
    Ok(listing)
}

/// A path from the site's root as sites have it, if its names are Unicode.
fn content_path(relative: &Path) -> Option<ContentPath> {
    if std::path::MAIN_SEPARATOR == '/' {
        return ContentPath::new(relative.to_str()?);
    }
    let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
    ContentPath::new(&parts?.join("/"))
}

/// What programs leave in folders, and no site wants.
const JUNK: [&str; 4] = [".git", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// The first part of a path below `root` that is a symbolic link.
fn link_on_the_way(root: &Path, path: &str) -> Option<ContentPath> {
    let ends = path.match_indices('/').map(|(slash, _)| slash).chain([path.len()]);
    let parts = ends.map(|end| &path[..end]).filter(|part| !part.is_empty());
    let is_link =
        |part: &&str| root.join(part).symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
    parts.into_iter().find(is_link).and_then(ContentPath::new)
}

fn symbolic_link(path: ContentPath) -> Diagnostic {
    let message = format!("`{path}` is a symbolic link, which is not followed");
    Diagnostic::new(&code::SYMBOLIC_LINK, Place { path, span: Span::default() }, message)
        .help("put a copy of the file in its place")
}

fn unreadable_name(folder: ContentPath, name: &Path) -> Diagnostic {
    let message = format!("the name of `{}` is not UTF-8, or holds a backslash", name.to_string_lossy());
    Diagnostic::new(&code::UNREADABLE_FILE, Place { path: folder, span: Span::default() }, message)
        .help("give the file another name")
}
