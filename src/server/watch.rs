//! What changes in the site's folder, as the system tells it.
//!
//! Only the folders of which a site is made are watched, each with all below it, and the site's folder itself for what stands
//! right in it: the output may hold more folders than a system watches. A folder that is deleted takes its watch along, so
//! each is looked at now and then: where another one stands in its place, that is watched.

use super::gather::Stir;
use crate::project::STYLED;
use crate::source::ContentPath;
use notify::{ErrorKind, EventKind, RecursiveMode, Watcher};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// The folders of which a site is made, and the site's own.
const FOLDERS: [&str; 6] = ["", "content", "static", "templates", "i18n", "themes"];

const NO_MORE: &str = "the system watches no more folders (on Linux, see `fs.inotify.max_user_watches`): \
                       they are looked at every 2 seconds";

/// How often folders are looked at that the system does not watch.
const LOOKED_AT: Duration = Duration::from_secs(2);

/// A site's folder that is watched.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Box<dyn Watcher + Send>,
    stir: mpsc::Sender<Stir>,
    /// Which folder stood in each place when its watch began.
    watched: BTreeMap<&'static str, Option<Identity>>,
    /// Whether the system watches, and not we.
    is_told: bool,
}

/// By which a folder is told from another in its place.
type Identity = (u64, u64);

impl Watch {
    /// Watches the site in the folder `root`, which is given from the file system's root on.
    ///
    /// # Errors
    ///
    /// When the system does not even let us look.
    pub(super) fn new(root: &Path, stir: mpsc::Sender<Stir>) -> anyhow::Result<Self> {
        let (watcher, is_told): (Box<dyn Watcher + Send>, bool) =
            match notify::RecommendedWatcher::new(handler(root, &stir), config()) {
                Ok(watcher) => (Box::new(watcher), true),
                Err(_) => {
                    let _ = stir.send(Stir::Remark(NO_MORE.to_owned()));
                    (Box::new(looking(root, &stir)?), false)
                }
            };
        let mut watch = Self { root: root.to_owned(), watcher, stir, watched: BTreeMap::new(), is_told };
        watch.renew()?;
        Ok(watch)
    }

    /// Watches the folders that have come, or have taken the place of others, and gives what may have changed with them.
    ///
    /// # Errors
    ///
    /// When the system does not even let us look.
    pub(super) fn renew(&mut self) -> anyhow::Result<Vec<Stir>> {
        let mut stirs = Vec::new();
        for folder in FOLDERS {
            let path = if folder.is_empty() { self.root.clone() } else { self.root.join(folder) };
            let now = identity(&path);
            let is_new = match self.watched.insert(folder, now) {
                Some(before) if before == now => continue,
                Some(_) => true,
                None => false,
            };
            if is_new {
                let _ = self.watcher.unwatch(&path);
                stirs.push(ContentPath::new(folder).map_or(Stir::Anything, |path| Stir::Touched(vec![path])));
            }
            if now.is_some() && !self.watch(folder, &path) {
                self.look_ourselves()?;
                return self.renew();
            }
        }
        Ok(stirs)
    }

    /// Whether the folder is watched now, as far as it is there.
    fn watch(&mut self, folder: &'static str, path: &Path) -> bool {
        let mode = if folder.is_empty() { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        match self.watcher.watch(path, mode) {
            Ok(()) => true,
            Err(error) if self.is_told && is_refusal(&error.kind) => false,
            // It has gone meanwhile: it is looked for again.
            Err(_) => {
                self.watched.insert(folder, None);
                true
            }
        }
    }

    fn look_ourselves(&mut self) -> anyhow::Result<()> {
        let _ = self.stir.send(Stir::Remark(NO_MORE.to_owned()));
        self.watcher = Box::new(looking(&self.root, &self.stir)?);
        self.watched.clear();
        self.is_told = false;
        Ok(())
    }

    /// How long to wait before folders are looked at again.
    pub(super) fn idle(&self) -> Duration {
        // Of a folder that is missing the system tells nothing.
        let is_missing = self.watched.get("").is_none_or(Option::is_none);
        Duration::from_millis(if is_missing { 200 } else { 1_000 })
    }
}

fn config() -> notify::Config {
    notify::Config::default().with_follow_symlinks(false).with_poll_interval(LOOKED_AT)
}

fn looking(root: &Path, stir: &mpsc::Sender<Stir>) -> notify::Result<notify::PollWatcher> {
    notify::PollWatcher::new(handler(root, stir), config())
}

/// Whether the system refuses to watch more, and not this path.
fn is_refusal(kind: &ErrorKind) -> bool {
    match kind {
        ErrorKind::MaxFilesWatch => true,
        ErrorKind::Io(error) => !matches!(
            error.kind(),
            std::io::ErrorKind::NotFound
                | std::io::ErrorKind::NotADirectory
                | std::io::ErrorKind::PermissionDenied
        ),
        _ => false,
    }
}

/// Passes on what is told of the site's files.
fn handler(
    root: &Path,
    stir: &mpsc::Sender<Stir>,
) -> impl FnMut(notify::Result<notify::Event>) + Send + 'static {
    let (root, stir) = (root.to_owned(), stir.clone());
    move |event| {
        let stirs = match event {
            Ok(event) if event.need_rescan() => Some(Stir::Anything),
            // To read a file is no change of it, and we read all of them.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => None,
            Ok(event) => {
                let paths = event.paths.iter().filter_map(|path| of_site(&root, path));
                let paths: Vec<ContentPath> = paths.collect();
                (!paths.is_empty()).then_some(Stir::Touched(paths))
            }
            Err(error) if matches!(error.kind, ErrorKind::MaxFilesWatch) => Some(Stir::Remark(
                "the system watches no more folders (on Linux, see `fs.inotify.max_user_watches`): \
                 what changes in new ones may go unnoticed"
                    .to_owned(),
            )),
            Err(_) => Some(Stir::Anything),
        };
        if let Some(stir_now) = stirs {
            let _ = stir.send(stir_now);
        }
    }
}

/// The path in the site, if what stands there can be a part of it.
fn of_site(root: &Path, path: &Path) -> Option<ContentPath> {
    let parts = path.strip_prefix(root).ok()?.components();
    let parts: Option<Vec<&str>> = parts.map(|part| part.as_os_str().to_str()).collect();
    let parts = parts?;
    let first = *parts.first()?;
    let is_part = match parts.len() {
        1 => first == "site.toml" || FOLDERS.contains(&first),
        _ => FOLDERS.contains(&first),
    };
    // Hosts want some hidden files of `static/`; everywhere else they are none of the site's.
    let hidden = |name: &&&str| name.starts_with('.');
    let is_hidden =
        if first == "static" { parts.contains(&".git") } else { parts.iter().find(hidden).is_some() };
    let is_leftover = parts.last().is_some_and(|name| is_leftover(name)) || first == STYLED;
    (is_part && !is_hidden && !is_leftover).then(|| ContentPath::new(&parts.join("/"))).flatten()
}

/// Whether it is what an editor leaves beside a file while it is open, or from before.
fn is_leftover(name: &str) -> bool {
    name.ends_with('~')
        || name.ends_with(".swp")
        || (name.starts_with('#') && name.ends_with('#'))
        || name == "4913"
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = path.symlink_metadata().ok()?;
    metadata.is_dir().then(|| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    let metadata = path.symlink_metadata().ok()?;
    let since = metadata.created().ok()?.duration_since(std::time::SystemTime::UNIX_EPOCH).ok()?;
    metadata.is_dir().then(|| (since.as_secs(), u64::from(since.subsec_nanos())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_a_part_of_the_site_is_told() {
        let told = |path: &str| of_site(Path::new("/site"), Path::new(path)).map(|path| path.to_string());
        for path in
            ["site.toml", "content", "content/2024/a.md", "static/.well-known/x", "themes/x/theme.toml"]
        {
            assert_eq!(told(&format!("/site/{path}")).as_deref(), Some(path));
        }
        let others = [
            "/site",
            "/other/content/a.md",
            "/site/public/index.html",
            "/site/README.md",
            "/site/.git/index",
            "/site/.depeche-styled.json",
            "/site/content/.a.md.swp",
            "/site/content/.obsidian/workspace",
            "/site/content/a.md~",
            "/site/content/4913",
            "/site/content/#a.md#",
            "/site/static/.git/index",
        ];
        for path in others {
            assert_eq!(told(path), None, "{path}");
        }
    }
}
