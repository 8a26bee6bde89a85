//! The same commit gives the same bytes: whatever the number of threads, the time zone, the locale and the folder it is
//! built from.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests look at what the program wrote"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// How one build differs from another.
struct Run<'a> {
    from: &'a Path,
    root: &'a str,
    threads: &'a str,
    zone: &'a str,
    locale: &'a str,
}

/// The repository's own site, built so; every file of it.
fn build(run: &Run<'_>) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let status = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["--root", run.root, "build", "--date", "2026-01-01", "--threads", run.threads, "--output"])
        .arg(&output)
        .current_dir(run.from)
        .env("TZ", run.zone)
        .env("LC_ALL", run.locale)
        .env("LANG", run.locale)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
    let mut files = BTreeMap::new();
    collect(&output, &output, &mut files);
    files
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

#[test]
fn the_same_site_gives_the_same_bytes_everywhere() {
    let here = Run { from: Path::new(ROOT), root: ".", threads: "1", zone: "UTC", locale: "C" };
    let first = build(&here);
    assert!(first.len() > 100, "the site has {} files", first.len());
    let folder = tempfile::tempdir().unwrap();
    let elsewhere = folder.path();
    for other in [
        Run { threads: "4", ..here },
        Run { zone: "Pacific/Kiritimati", ..here },
        Run { zone: "America/Los_Angeles", locale: "tr_TR.UTF-8", ..here },
        Run { locale: "fr_FR.UTF-8", ..here },
        Run { from: elsewhere, root: ROOT, threads: "3", ..here },
    ] {
        let again = build(&other);
        assert_eq!(first.keys().collect::<Vec<_>>(), again.keys().collect::<Vec<_>>());
        for (path, bytes) in &first {
            assert!(again[path] == *bytes, "{} differs", path.display());
        }
    }
}
