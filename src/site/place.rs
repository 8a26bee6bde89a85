//! Where the output is, and what stands beside it: while the writer works, a lock and a staging folder; and what was noted of it.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context as _, Result, bail};

use super::disk::{self, Kind};
use super::record::Record;

/// The output folder, with its links followed.
pub(super) struct Place {
    pub folder: PathBuf,
    parent: PathBuf,
    name: OsString,
    #[expect(dead_code, reason = "what is made above the output goes again with this value")]
    above: MadeFolders,
}

impl Place {
    pub fn find(folder: &Path) -> Result<Self> {
        let shown = folder.display();
        let mut above = MadeFolders::default();
        if let Some(folder) = disk::resolve(folder)? {
            if disk::kind(&folder)? != Kind::Folder {
                bail!("`{shown}` is not a folder; choose another one for the site");
            }
            let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
                bail!("`{shown}` has nothing above it, where a build is prepared; choose another folder");
            };
            let (parent, name) = (parent.to_owned(), name.to_owned());
            return Ok(Self { folder, parent, name, above });
        }
        if disk::kind(folder)? != Kind::Absent {
            bail!("`{shown}` is a link that leads nowhere; remove it or choose another folder");
        }
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            bail!("`{shown}` is no name for a folder");
        };
        let parent = above.reach(parent)?;
        Ok(Self { folder: parent.join(name), parent, name: name.to_owned(), above })
    }

    /// Whether the folder is there; asked once the lock is held, as another build may have made it until then.
    pub fn exists(&self) -> Result<bool> {
        Ok(disk::kind(&self.folder)? == Kind::Folder)
    }

    /// `.public.depeche-lock`, beside `public`.
    fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".depeche-");
        name.push(what);
        self.parent.join(name)
    }
}

/// `.public.depeche-memory`, beside `public`: where a build notes what the next one may want to know, under a name. Nothing where
/// the folder has no name to call it by.
pub(super) fn note(folder: &Path, what: &str) -> Option<PathBuf> {
    let mut name = OsString::from(".");
    name.push(folder.file_name()?);
    name.push(".depeche-");
    name.push(what);
    Some(folder.with_file_name(name))
}

/// Folders made for the output to stand in, the outermost first. They go with this value, except where something has come
/// to stand in them.
#[derive(Default)]
struct MadeFolders(Vec<PathBuf>);

impl MadeFolders {
    /// Makes a folder and those above it, as far as they are missing, and gives it with its links followed.
    fn reach(&mut self, folder: &Path) -> Result<PathBuf> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        if disk::resolve(folder)?.is_none() {
            if let Some(parent) = folder.parent() {
                self.reach(parent)?;
            }
            disk::make_folder(folder)?;
            self.0.push(folder.to_owned());
        }
        disk::resolve(folder)?.with_context(|| format!("cannot find `{}`", folder.display()))
    }
}

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // An empty folder left behind does no harm.
            let _ = disk::remove_folder_if_empty(folder);
        }
    }
}

/// The right to write the output, which one build has at a time. The system takes it back when the program dies.
pub(super) struct Lock {
    path: PathBuf,
    #[expect(dead_code, reason = "the lock lasts as long as the file is open")]
    file: File,
}

impl Lock {
    /// `None` while another build has it.
    pub fn take(place: &Place) -> Result<Option<Self>> {
        let path = place.beside("lock");
        loop {
            let file = disk::open_lock(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                // Some network file systems have no locks; a build there is no worse off than without this.
                Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => {
                    return Err(error).with_context(|| format!("cannot lock `{}`", path.display()));
                }
            }
            // A build that ends removes its lock: one that had it open already would then lock a file without a name.
            if disk::is_named(&file, &path)? {
                return Ok(Some(Self { path, file }));
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Where `is_named` can't tell, the empty file has to stay.
        if cfg!(unix) {
            let _ = disk::remove_file(&self.path);
        }
    }
}

/// A folder in which a build is prepared, on the file system of the output: beside it, or, where the output is a mount
/// point, in it. It is made when first needed and goes with this value; one that an interrupted build left goes before.
pub(super) struct Staging {
    path: PathBuf,
    beside: bool,
    is_made: Mutex<bool>,
}

/// The file by which a staging folder is known for one. Made first and removed last.
const MARKER: &str = "made-by-depeche";
/// Its files, by number.
const FILES: &str = "files";
/// Its site, whole.
const SITE: &str = "site";
/// Its next record.
const RECORD: &str = "record";

impl Staging {
    pub fn prepare(place: &Place) -> Result<Self> {
        let (outside, inside) = (place.beside("staging"), place.folder.join(".depeche-staging"));
        clear(&outside)?;
        clear(&inside)?;
        let beside = !(place.exists()? && disk::are_apart(&place.folder, &place.parent)?);
        Ok(Self { path: if beside { outside } else { inside }, beside, is_made: Mutex::new(false) })
    }

    /// Whether a whole folder can go from here to the output's place.
    pub fn is_beside(&self) -> bool {
        self.beside
    }

    /// The folder for a whole site, empty at first.
    pub fn site(&self) -> Result<PathBuf> {
        let site = self.made()?.join(SITE);
        disk::make_folder(&site)?;
        Ok(site)
    }

    /// Keeps the bytes of a numbered file.
    pub fn keep(&self, number: usize, bytes: &[u8]) -> Result<()> {
        self.made()?;
        disk::write_new(&self.file(number), bytes)
    }

    /// Where a numbered file is kept.
    pub fn file(&self, number: usize) -> PathBuf {
        self.path.join(FILES).join(number.to_string())
    }

    /// Keeps a record, and tells where.
    pub fn record(&self, record: &Record) -> Result<PathBuf> {
        let path = self.made()?.join(RECORD);
        disk::write_through(&path, &|file| record.write(file))?;
        Ok(path)
    }

    fn made(&self) -> Result<&Path> {
        let mut is_made = self.is_made.lock().unwrap_or_else(PoisonError::into_inner);
        if !*is_made {
            disk::make_folder(&self.path)?;
            disk::write_new(
                &self.path.join(MARKER),
                b"Depeche prepares a build here; this folder can be removed.\n",
            )?;
            disk::make_folder(&self.path.join(FILES))?;
            *is_made = true;
        }
        Ok(&self.path)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What can't be removed now is removed by the next build.
        let _ = clear(&self.path);
    }
}

/// Removes a staging folder, if there is one. Anything else of that name is refused: no one but us may have put it there.
fn clear(path: &Path) -> Result<()> {
    match disk::kind(path)? {
        Kind::Absent => return Ok(()),
        Kind::Folder if disk::kind(&path.join(MARKER))? == Kind::File => {
            for part in [FILES, SITE] {
                disk::remove_tree(&path.join(part))?;
            }
            disk::remove_file(&path.join(RECORD))?;
            disk::remove_file(&path.join(MARKER))?;
        }
        // Interrupted between the folder and its marker.
        Kind::Folder if disk::names(path)?.is_empty() => {}
        Kind::File | Kind::Folder | Kind::Other => {
            bail!("`{}` is in the way of a build's staging folder; move or remove it", path.display())
        }
    }
    disk::remove_folder_if_empty(path)
}
