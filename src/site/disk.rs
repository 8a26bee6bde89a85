//! The disk, as the writer uses it. Each refusal says what was tried, and where.

#![expect(clippy::disallowed_methods, reason = "this is where the one writer of the output touches the disk")]

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use super::record::Fingerprint;
use crate::source::Status;

/// What stands at a path, links not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Absent,
    File,
    Folder,
    /// A symbolic link, a socket, a device…
    Other,
}

pub(super) fn kind(path: &Path) -> Result<Kind> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => Ok(Kind::File),
        Ok(found) if found.is_dir() => Ok(Kind::Folder),
        Ok(_) => Ok(Kind::Other),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(Kind::Absent)
        }
        Err(error) => Err(error).with_context(|| format!("cannot look at `{}`", path.display())),
    }
}

/// The status of a file; `None` where there is none.
pub(super) fn status(path: &Path) -> Option<Status> {
    let metadata = fs::symlink_metadata(path).ok()?;
    metadata.is_file().then(|| Status::of(&metadata))
}

/// The path with every link followed; `None` where nothing stands.
pub(super) fn resolve(path: &Path) -> Result<Option<PathBuf>> {
    match fs::canonicalize(path) {
        Ok(path) => Ok(Some(path)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot find `{}`", path.display())),
    }
}

/// The names in a folder, sorted; one that is not Unicode is given as well as it can be.
pub(super) fn names(folder: &Path) -> Result<Vec<String>> {
    let names = || -> io::Result<Vec<String>> {
        fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
    };
    let mut names = names().with_context(|| format!("cannot list `{}`", folder.display()))?;
    names.sort();
    Ok(names)
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))
}

pub(super) fn fingerprint(path: &Path) -> Result<Fingerprint> {
    let hash = || -> io::Result<blake3::Hash> {
        Ok(blake3::Hasher::new().update_reader(File::open(path)?)?.finalize())
    };
    Ok(hash().with_context(|| format!("cannot read `{}`", path.display()))?.into())
}

/// Whether the file has exactly these bytes. Read piece by piece, up to the first difference.
pub(super) fn holds(path: &Path, bytes: &[u8]) -> Result<bool> {
    let compare = || -> io::Result<bool> {
        let mut file = File::open(path)?;
        if file.metadata()?.len() != bytes.len() as u64 {
            return Ok(false);
        }
        let mut piece = [0; 16 * 1024];
        let mut rest = bytes;
        loop {
            match file.read(&mut piece) {
                Ok(0) => return Ok(rest.is_empty()),
                Ok(length) => match rest.strip_prefix(&piece[..length]) {
                    Some(after) => rest = after,
                    None => return Ok(false),
                },
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    };
    compare().with_context(|| format!("cannot read `{}`", path.display()))
}

/// A new file with these bytes. A file that is there already is an error.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || File::create_new(path)?.write_all(bytes);
    write().with_context(|| format!("cannot write `{}`", path.display()))
}

/// A new file with the bytes that `write` gives to it, piece by piece.
pub(super) fn write_piecewise(path: &Path, write: &mut super::WriteNote<'_>) -> Result<()> {
    let mut written = || {
        let mut file = File::create_new(path)?;
        write(&mut file)
    };
    written().with_context(|| format!("cannot write `{}`", path.display()))
}

/// A file with the bytes that `write` gives to it, piece by piece, which are on the disk itself when this returns, so that a loss
/// of power can't undo it.
pub(super) fn write_through(path: &Path, write: &dyn Fn(&mut dyn io::Write) -> io::Result<()>) -> Result<()> {
    let written = || {
        let mut pieces = io::BufWriter::with_capacity(1 << 16, File::create(path)?);
        write(&mut pieces)?;
        pieces.into_inner()?.sync_all()
    };
    written().with_context(|| format!("cannot write `{}`", path.display()))
}

pub(super) fn rename(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot move `{}` to `{}`", from.display(), to.display()))
}

/// Puts the folder `from` in the place of `to`, which is absent or empty, and is left as it is if it holds anything.
pub(super) fn take_place(from: &Path, to: &Path) -> Result<()> {
    if let Ok(there) = fs::metadata(to) {
        fs::set_permissions(from, there.permissions())
            .with_context(|| format!("cannot set the permissions of `{}`", from.display()))?;
        // Elsewhere a rename replaces an empty folder in one go.
        if cfg!(windows) {
            fs::remove_dir(to).with_context(|| format!("cannot replace `{}`", to.display()))?;
        }
    }
    rename(from, to)
}

/// A folder, unless there is one already.
pub(super) fn make_folder(path: &Path) -> Result<()> {
    match fs::create_dir(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && kind(path)? == Kind::Folder => Ok(()),
        made => made.with_context(|| format!("cannot make the folder `{}`", path.display())),
    }
}

pub(super) fn remove_file(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.with_context(|| format!("cannot remove `{}`", path.display())),
    }
}

/// Removes a folder that is there and empty; leaves anything else.
pub(super) fn remove_folder_if_empty(path: &Path) -> Result<()> {
    match fs::remove_dir(path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::DirectoryNotEmpty) => Ok(()),
        removed => removed.with_context(|| format!("cannot remove the folder `{}`", path.display())),
    }
}

/// Removes a folder with all it holds, if it is there. Links in it are removed, not followed.
pub(super) fn remove_tree(path: &Path) -> Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed.with_context(|| format!("cannot remove the folder `{}`", path.display())),
    }
}

/// The file that stands for a lock, made if it has to be. It is always empty, so that no one's bytes are at stake.
pub(super) fn open_lock(path: &Path) -> Result<File> {
    match kind(path)? {
        Kind::Absent => {}
        Kind::File if fs::metadata(path).is_ok_and(|file| file.len() == 0) => {}
        Kind::File | Kind::Folder | Kind::Other => {
            bail!("`{}` is in the way of a build's lock; move or remove it", path.display())
        }
    }
    File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .with_context(|| format!("cannot write `{}`", path.display()))
}

/// Whether the path still names the open file.
#[cfg(unix)]
pub(super) fn is_named(file: &File, path: &Path) -> Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let same = || match (file.metadata()?, fs::symlink_metadata(path)) {
        (open, Ok(named)) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        (_, Err(error)) if error.kind() == ErrorKind::NotFound => Ok(false),
        (_, Err(error)) => Err(error),
    };
    same().with_context(|| format!("cannot look at `{}`", path.display()))
}

/// No way to tell: a file that may be locked must then never lose its name.
#[cfg(not(unix))]
pub(super) fn is_named(_: &File, _: &Path) -> Result<bool> {
    Ok(true)
}

/// Whether a file can't be renamed from one of these folders into the other, because each is on a file system of its own.
#[cfg(unix)]
pub(super) fn are_apart(one: &Path, other: &Path) -> Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| {
        Ok::<_, anyhow::Error>(
            fs::metadata(path).with_context(|| format!("cannot look at `{}`", path.display()))?.dev(),
        )
    };
    Ok(device(one)? != device(other)?)
}

#[cfg(not(unix))]
pub(super) fn are_apart(_: &Path, _: &Path) -> Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn an_open_file_is_known_to_have_lost_its_name() {
        let around = tempfile::tempdir().unwrap();
        let path = around.path().join("lock");
        let file = open_lock(&path).unwrap();
        assert!(is_named(&file, &path).unwrap());
        remove_file(&path).unwrap();
        assert!(!is_named(&file, &path).unwrap());
        let next = open_lock(&path).unwrap();
        assert!(!is_named(&file, &path).unwrap());
        assert!(is_named(&next, &path).unwrap());
    }
}
