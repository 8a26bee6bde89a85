//! What a site could be made of: the status of every file that a build may read, none of them opened.

use super::STYLED;
use crate::source::Status;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::path::Path;
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
}

impl Inputs {
    /// The inputs that stand in `root`.
    ///
    /// # Errors
    ///
    /// When the machine refuses to list them, or a name among them is not Unicode.
    #[expect(
        clippy::disallowed_methods,
        reason = "it lists a site's folders, as the disk of this module does"
    )]
    pub fn of(root: &Path) -> anyhow::Result<Self> {
        let mut inputs = Vec::new();
        for file in FILES {
            let status = root.join(file).symlink_metadata().ok().map(|metadata| Status::of(&metadata));
            inputs.push(Input { path: file.to_owned(), status });
        }
        for folder in FOLDERS {
            if root.join(folder).symlink_metadata().is_err() {
                continue;
            }
            for entry in WalkDir::new(root.join(folder)).sort_by_file_name() {
                let entry = entry.with_context(|| format!("can't list `{folder}`"))?;
                let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let path = below.to_str().context("a name is not Unicode")?.to_owned();
                let status = match entry.file_type().is_dir() {
                    true => None,
                    false => Some(Status::of(&entry.metadata()?)),
                };
                inputs.push(Input { path, status });
            }
        }
        Ok(Self(inputs))
    }

    /// Whether all of them were so long unchanged at `now` that a later change shows.
    pub fn are_settled(&self, now: std::time::SystemTime) -> bool {
        self.0.iter().filter_map(|input| input.status).all(|status| status.is_settled(now))
    }
}
