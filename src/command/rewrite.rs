//! The rewriting of a source that is there: whole or not at all, and only while it says what was read.

#![expect(clippy::disallowed_methods, reason = "`fix` writes the sources it mends")]

use super::shown;
use crate::mend::Mended;
use crate::source::ContentPath;
use anyhow::{Context, bail, ensure};
use std::fs::{self, File, Permissions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

/// Writes what a file of the site at `root` says once it is mended. Whoever reads it meanwhile, or after an interruption,
/// finds it whole, as it was or as it is. Its permissions stay.
///
/// # Errors
///
/// When it is not a file of the site, says something else than was read, may not be written, or the disk refuses.
pub fn write(root: &Path, file: &Mended) -> anyhow::Result<()> {
    let path = root.join(file.path.as_str());
    no_link(root, &file.path)?;
    let (text, permissions) = read(&path).with_context(|| format!("can't write `{}`", shown(&path)))?;
    ensure!(!permissions.readonly(), "`{}` is read-only, and is left as it is", shown(&path));
    if text != file.before.as_bytes() {
        bail!("`{}` was changed meanwhile, and is left as it is; run `depeche fix` again", shown(&path));
    }
    // Beside it, so that a rename is all there is to do; hidden, so that no build takes it for a file of the site.
    let beside = path.with_file_name(format!(".depeche-fix-{}", std::process::id()));
    let replace =
        || write_through(&beside, &file.after, permissions).and_then(|()| fs::rename(&beside, &path));
    replace().or_else(|error| {
        let _ = fs::remove_file(&beside);
        Err(error).with_context(|| format!("can't write `{}`", shown(&path)))
    })
}

/// Refuses a path on which a symbolic link stands: what it leads to is no file of the site.
fn no_link(root: &Path, path: &ContentPath) -> anyhow::Result<()> {
    let ends = path.as_str().match_indices('/').map(|(slash, _)| slash).chain([path.as_str().len()]);
    for part in ends.map(|end| root.join(&path.as_str()[..end])) {
        let is_link = part.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
        ensure!(!is_link, "`{}` is a symbolic link, which is not followed", shown(&part));
    }
    Ok(())
}

/// What the file says. It is opened to be written, for whoever may not write it may not replace it.
fn read(path: &Path) -> io::Result<(Vec<u8>, Permissions)> {
    let permissions = fs::metadata(path)?.permissions();
    let mut file = File::options().read(true).write(!permissions.readonly()).open(path)?;
    let mut text = Vec::new();
    file.read_to_end(&mut text)?;
    Ok((text, permissions))
}

/// A new file that is on the disk itself when this returns. What an interruption left in its place is removed, not followed.
fn write_through(path: &Path, text: &str, permissions: Permissions) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::create_new(path)?;
    file.set_permissions(permissions)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site with one file, and what is to become of it.
    fn site(text: &str) -> (tempfile::TempDir, Mended) {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("content")).unwrap();
        fs::write(root.path().join("content/a.md"), text).unwrap();
        let path = ContentPath::new("content/a.md").unwrap();
        (root, Mended { path, before: "avant".into(), after: "après".into(), mends: 1 })
    }

    fn text(root: &Path) -> String {
        fs::read_to_string(root.join("content/a.md")).unwrap()
    }

    fn refusal(root: &Path, file: &Mended) -> String {
        write(root, file).unwrap_err().to_string()
    }

    #[test]
    fn a_file_is_replaced_and_nothing_is_left_beside_it() {
        let (root, file) = site("avant");
        write(root.path(), &file).unwrap();
        assert_eq!(text(root.path()), "après");
        assert_eq!(fs::read_dir(root.path().join("content")).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_says_something_else_than_was_read_is_left_as_it_is() {
        let (root, file) = site("autre");
        assert!(refusal(root.path(), &file).contains("was changed meanwhile"));
        assert_eq!(text(root.path()), "autre");
    }

    #[test]
    fn a_file_that_is_gone_is_not_made_again() {
        let (root, file) = site("avant");
        fs::remove_file(root.path().join("content/a.md")).unwrap();
        assert!(refusal(root.path(), &file).starts_with("can't write `"));
        assert_eq!(fs::read_dir(root.path().join("content")).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_stay_and_a_read_only_file_is_left_as_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let (root, file) = site("avant");
        let path = root.path().join("content/a.md");
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        write(root.path(), &file).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);

        let file = Mended { before: "après".into(), after: "encore".into(), ..file };
        fs::set_permissions(&path, Permissions::from_mode(0o440)).unwrap();
        assert!(refusal(root.path(), &file).ends_with("is read-only, and is left as it is"));
        assert_eq!(text(root.path()), "après");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed_wherever_it_stands() {
        let (root, file) = site("avant");
        let elsewhere = tempfile::tempdir().unwrap();
        fs::rename(root.path().join("content"), elsewhere.path().join("content")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("content"), root.path().join("content")).unwrap();
        assert!(refusal(root.path(), &file).ends_with("is a symbolic link, which is not followed"));
        assert_eq!(text(elsewhere.path()), "avant");
    }
}
