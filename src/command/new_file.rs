//! The writing of files that were not there before. A file that is there is never touched.

use super::shown;
use anyhow::{Context, bail};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// Writes `text` to a new file at `path`, and makes the folders it stands in.
///
/// # Errors
///
/// When something stands there already, or the disk refuses.
#[expect(clippy::disallowed_methods, reason = "`init` and `new` write new sources")]
pub fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("can't make the folder `{}`", shown(folder)))?;
    }
    match File::create_new(path) {
        Ok(mut file) => {
            file.write_all(text.as_bytes()).with_context(|| format!("can't write `{}`", shown(path)))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("`{}` is there already, and is left as it is", shown(path))
        }
        Err(error) => Err(error).with_context(|| format!("can't write `{}`", shown(path))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("content/2026/x.md");
        write(&path, "premier").unwrap();
        let refusal = write(&path, "second").unwrap_err();
        assert!(refusal.to_string().contains("is there already"), "{refusal}");
        #[expect(clippy::disallowed_methods, reason = "a test looks at what was written")]
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text, "premier");
    }
}
