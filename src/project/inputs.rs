//! What a site could be made of: the status of every file that a build may read, none of them opened.

use super::STYLED;
use crate::source::Status;
use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::time::SystemTime;
use walkdir::WalkDir;

/// The folders in which a site's files stand. All of their files are inputs, those too that no build looks at.
const FOLDERS: [&str; 5] = ["content", "i18n", "static", "templates", "themes"];
/// The files beside them.
const FILES: [&str; 2] = ["site.toml", STYLED];

/// Every file of a site's folder that a build may read, in a fixed order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs(Vec<Input>);

/// A file, link or folder, and its status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Input {
    /// Its path from the root, as the system has it.
    path: String,
    /// Nothing for a folder, whose times say only what its list of files says too.
    status: Option<Status>,
    /// Whether it was so long unchanged when it was looked at that a later change shows.
    is_settled: bool,
}

impl Inputs {
    /// The inputs that stand in `root`, of which none was looked at before `now`.
    ///
    /// # Errors
    ///
    /// When the machine refuses to list them, or a name among them is not Unicode.
    #[expect(
        clippy::disallowed_methods,
        reason = "it lists a site's folders, as the disk of this module does"
    )]
    pub fn of(root: &Path, now: SystemTime) -> anyhow::Result<Self> {
        let mut paths: Vec<(String, bool)> = FILES.map(|file| (file.to_owned(), false)).into();
        for folder in FOLDERS {
            if root.join(folder).symlink_metadata().is_err() {
                continue;
            }
            for entry in WalkDir::new(root.join(folder)) {
                let entry = entry.with_context(|| format!("can't list `{folder}`"))?;
                let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let path = below.to_str().context("a name is not Unicode")?.to_owned();
                paths.push((path, entry.file_type().is_dir()));
            }
        }
        paths.sort_unstable();
        let input = |(path, is_folder): (String, bool)| {
            let metadata = || root.join(&path).symlink_metadata().ok();
            let status = if is_folder { None } else { metadata().map(|metadata| Status::of(&metadata)) };
            Input { is_settled: status.is_none_or(|status| status.is_settled(now)), path, status }
        };
        Ok(Self(paths.into_par_iter().map(input).collect()))
    }

    /// The paths of those that may have changed since an earlier list, where none has come or gone.
    pub fn changed_since<'a>(&'a self, before: &Self) -> Option<Vec<&'a str>> {
        let is_same_list = self.0.len() == before.0.len()
            && self.0.iter().zip(&before.0).all(|(now, before)| {
                now.path == before.path && now.status.is_some() == before.status.is_some()
            });
        let pairs = self.0.iter().zip(&before.0);
        let changed = pairs.filter(|(now, before)| !before.is_settled || now.status != before.status);
        is_same_list.then(|| changed.map(|(now, _)| now.path.as_str()).collect())
    }
}
