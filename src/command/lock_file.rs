//! The writing of what is known of the sources' addresses: `content/sources.lock`, put in place by one rename.

#![expect(clippy::disallowed_methods, reason = "`content/sources.lock` is written by who asks the network")]

use super::shown;
use crate::availability::{self, Availability};
use anyhow::{Context, bail};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// What became of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It says something else than before.
    Changed,
    /// It says that already.
    Unchanged,
}

/// Writes the file of the site at `root`. Whoever reads it meanwhile, or after an interruption, finds it whole, as it was or
/// as it is; so it may be written as often as something is learnt. A file that would say nothing is not begun.
///
/// # Errors
///
/// When something else than a file stands in its place, or the disk refuses.
pub fn write(root: &Path, availability: &Availability) -> anyhow::Result<Written> {
    let path = root.join(availability::PATH);
    let text = availability.to_string();
    match fs::symlink_metadata(&path) {
        Ok(there) if !there.is_file() => bail!("`{}` is no file: move or remove it", shown(&path)),
        Ok(_) if fs::read(&path).is_ok_and(|bytes| bytes == text.as_bytes()) => {
            return Ok(Written::Unchanged);
        }
        Err(error) if error.kind() == ErrorKind::NotFound && availability.iter().next().is_none() => {
            return Ok(Written::Unchanged);
        }
        _ => {}
    }
    // Beside it, so that a rename is all there is to do; hidden, so that no build takes it for a file of the site.
    let beside = path.with_file_name(".sources.lock.new");
    let replace = || write_through(&beside, &text).and_then(|()| fs::rename(&beside, &path));
    if let Err(error) = replace() {
        let _ = fs::remove_file(&beside);
        return Err(error).with_context(|| format!("can't write `{}`", shown(&path)));
    }
    Ok(Written::Changed)
}

/// A new file that is on the disk itself when this returns. What an interruption left in its place is removed, not followed.
fn write_through(path: &Path, text: &str) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::availability::{Answer, Visit};

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn known(day: &str) -> Availability {
        let mut known = Availability::default();
        known.answered(
            "https://a.example/",
            Visit { asked: day.parse().unwrap(), answer: Answer::of(200, None) },
        );
        known
    }

    #[test]
    fn the_file_is_replaced_whole_and_left_alone_where_it_says_the_same() {
        let root = tempfile::tempdir().unwrap();
        let content = root.path().join("content");
        fs::create_dir(&content).unwrap();
        assert_eq!(write(root.path(), &Availability::default()).unwrap(), Written::Unchanged);
        assert_eq!(names(&content), [""; 0]);

        fs::write(content.join(".sources.lock.new"), "what an interruption left").unwrap();
        assert_eq!(write(root.path(), &known("2026-11-19")).unwrap(), Written::Changed);
        assert_eq!(write(root.path(), &known("2026-11-20")).unwrap(), Written::Changed);
        assert_eq!(write(root.path(), &known("2026-11-20")).unwrap(), Written::Unchanged);
        assert_eq!(names(&content), ["sources.lock"]);
        let text = fs::read_to_string(content.join("sources.lock")).unwrap();
        assert_eq!(text, known("2026-11-20").to_string());
    }

    #[test]
    fn what_is_no_file_is_left_as_it_is() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join(availability::PATH)).unwrap();
        let refusal = write(root.path(), &known("2026-11-20")).unwrap_err();
        assert!(refusal.to_string().ends_with("is no file: move or remove it"), "{refusal}");
    }
}
