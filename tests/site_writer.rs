//! What the writer of the output promises, seen from outside.

#![expect(clippy::disallowed_methods, reason = "tests prepare folders and look at what was written")]
#![expect(clippy::unwrap_used, reason = "the helpers of a test may fail like the test itself")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use depeche::site::{Outcome, OutputPath, Settings, Stands, WriteError, write};
use proptest::prelude::*;
use tempfile::TempDir;

const RECORD: &str = ".depeche.json";

/// A folder to itself, with `public` in it once something is built.
struct Output {
    around: TempDir,
}

impl Output {
    fn new() -> Self {
        Self { around: tempfile::tempdir().unwrap() }
    }

    fn folder(&self) -> PathBuf {
        self.around.path().join("public")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder().join(path)
    }

    fn build(&self, site: &[(&str, &str)]) -> Outcome {
        self.try_build(site).unwrap()
    }

    fn try_build(&self, site: &[(&str, &str)]) -> Result<Outcome, WriteError<String>> {
        build(&self.folder(), false, site)
    }

    fn force(&self, site: &[(&str, &str)]) -> Result<Outcome, WriteError<String>> {
        build(&self.folder(), true, site)
    }

    /// A file of someone else's, or an edit of ours by hand.
    fn put(&self, path: &str, text: &str) {
        let path = self.at(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Every file in the output but the record, with its text; folders end in `/`.
    fn tree(&self) -> BTreeMap<String, String> {
        let mut tree = tree(&self.folder());
        tree.remove(RECORD);
        tree
    }

    fn names(&self) -> Vec<String> {
        self.tree().into_keys().collect()
    }

    /// That nothing but the output is left of a build.
    fn assert_tidy(&self) {
        let names: Vec<_> =
            fs::read_dir(self.around.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(names.is_empty() || names == ["public"], "{names:?}");
    }
}

/// A build of a site as it is written in a test. A text that begins with `!` can't be made.
fn build(folder: &Path, force: bool, site: &[(&str, &str)]) -> Result<Outcome, WriteError<String>> {
    let make = |index: usize, _: &Stands<'_>| {
        let (path, text) = site[index];
        if text.starts_with('!') { Err(path.to_owned()) } else { Ok(Some(text.into())) }
    };
    write(Settings { folder, force, as_recorded: None, order: &[] }, &places(site), &make, &|| ())
        .map(|written| written.outcome)
}

fn places(site: &[(&str, &str)]) -> Vec<OutputPath> {
    site.iter().map(|(path, _)| place(path)).collect()
}

fn place(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if entry.file_type().unwrap().is_dir() {
            found
                .extend(tree(&entry.path()).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
            found.insert(format!("{name}/"), String::new());
        } else if entry.file_type().unwrap().is_symlink() {
            found.insert(name, "a link".to_owned());
        } else {
            found.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    found
}

fn in_the_way(result: Result<Outcome, WriteError<String>>) -> Vec<String> {
    match result {
        Err(WriteError::InTheWay { paths, .. }) => paths,
        other => panic!("{other:?}"),
    }
}

fn message(result: Result<Outcome, WriteError<String>>) -> String {
    result.unwrap_err().to_string()
}

// A site as a whole

#[test]
fn a_first_build_makes_the_folder_with_every_file() {
    let output = Output::new();
    let outcome = output.build(&[("index.html", "accueil"), ("pays/chili/index.html", "Chili")]);
    assert_eq!(outcome.created, [place("index.html"), place("pays/chili/index.html")]);
    assert_eq!((outcome.kept, outcome.replaced.len(), outcome.removed.len()), (0, 0, 0));
    assert_eq!(output.names(), ["index.html", "pays/", "pays/chili/", "pays/chili/index.html"]);
    assert_eq!(output.tree()["pays/chili/index.html"], "Chili");
    output.assert_tidy();
}

#[test]
fn a_first_build_may_fill_an_empty_folder_or_make_those_above_it() {
    let output = Output::new();
    fs::create_dir(output.folder()).unwrap();
    output.build(&[("a", "1")]);
    assert_eq!(output.names(), ["a"]);

    let deep = output.around.path().join("x/y/z");
    build(&deep, false, &[("a", "1")]).unwrap();
    assert_eq!(fs::read_to_string(deep.join("a")).unwrap(), "1");
}

#[test]
fn a_site_without_files_is_a_site() {
    let output = Output::new();
    output.build(&[]);
    assert!(output.names().is_empty());
    output.build(&[("a", "1")]);
    output.build(&[]);
    assert!(output.names().is_empty());
}

#[test]
fn a_later_build_changes_what_changed() {
    let output = Output::new();
    output.build(&[("a", "1"), ("b", "1"), ("c/d", "1"), ("e", "1")]);
    let outcome = output.build(&[("f/g", "2"), ("e", "22"), ("b", "2"), ("a", "1")]);
    assert_eq!(
        outcome,
        Outcome {
            created: vec![place("f/g")],
            replaced: vec![place("e"), place("b")],
            kept: 1,
            removed: vec![place("c/d")],
            edited: vec![],
        }
    );
    let expected = [("a", "1"), ("b", "2"), ("e", "22"), ("f/", ""), ("f/g", "2")];
    assert_eq!(output.tree(), expected.map(|(path, text)| (path.to_owned(), text.to_owned())).into());
    output.assert_tidy();
}

#[test]
fn an_unchanged_build_writes_nothing() {
    let output = Output::new();
    let site = [("a", "1"), ("b/c", "2"), ("b/d/e", "3")];
    output.build(&site);
    let long_ago = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    let everything: Vec<PathBuf> =
        ["b/d/e", "b/c", "a", RECORD, "b/d", "b", ""].iter().map(|path| output.at(path)).collect();
    for path in &everything {
        fs::File::open(path).unwrap().set_modified(long_ago).unwrap();
    }
    let outcome = output.build(&site);
    assert_eq!(outcome, Outcome { kept: 3, ..Outcome::default() });
    for path in &everything {
        assert_eq!(fs::metadata(path).unwrap().modified().unwrap(), long_ago, "{}", path.display());
    }
}

#[test]
fn same_input_gives_the_same_bytes_with_any_number_of_threads_and_from_any_earlier_build() {
    let site: Vec<(String, String)> =
        (0..300).map(|i| (format!("{}/{i}.html", i % 7), format!("page {i}"))).collect();
    let site: Vec<(&str, &str)> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let with_threads = |count: usize, earlier: &[(&str, &str)]| {
        let output = Output::new();
        rayon::ThreadPoolBuilder::new().num_threads(count).build().unwrap().install(|| {
            output.build(earlier);
            output.build(&site);
        });
        tree(&output.folder())
    };
    let expected = with_threads(1, &[]);
    assert_eq!(with_threads(4, &[]), expected);
    assert_eq!(with_threads(4, &site[..100]), expected);
    assert_eq!(with_threads(3, &[("0", "a file where a folder will be"), ("8/x", "stale")]), expected);
}

#[test]
fn each_file_is_made_once_and_told_of_once() {
    let output = Output::new();
    for _ in 0..2 {
        let made: Vec<AtomicUsize> = (0..50).map(|_| AtomicUsize::new(0)).collect();
        let advanced = AtomicUsize::new(0);
        let paths: Vec<OutputPath> = (0..50).map(|i| place(&format!("{i}"))).collect();
        let make = |i: usize, _: &Stands<'_>| {
            made[i].fetch_add(1, Ordering::Relaxed);
            Ok::<_, String>(Some(vec![]))
        };
        let advance = || {
            advanced.fetch_add(1, Ordering::Relaxed);
        };
        write(
            Settings { folder: &output.folder(), force: false, as_recorded: None, order: &[] },
            &paths,
            &make,
            &advance,
        )
        .unwrap();
        assert!(made.iter().all(|count| count.load(Ordering::Relaxed) == 1));
        assert_eq!(advanced.load(Ordering::Relaxed), 50);
    }
}

#[test]
fn a_file_that_differs_only_far_inside_is_replaced() {
    let output = Output::new();
    let long = "a".repeat(100_000);
    let other = format!("{}b{}", &long[..70_000], &long[..29_999]);
    output.build(&[("a", &long)]);
    assert_eq!(output.build(&[("a", &other)]).replaced, [place("a")]);
    assert_eq!(output.tree()["a"], other);
    assert_eq!(output.build(&[("a", &other)]).kept, 1);
}

#[test]
fn a_file_of_ours_may_become_a_folder_and_the_reverse() {
    let output = Output::new();
    output.build(&[("a", "1"), ("b/c/d", "1"), ("b/e", "1")]);
    let outcome = output.build(&[("a/x/y", "2"), ("b", "2")]);
    assert_eq!(outcome.removed, [place("a"), place("b/c/d"), place("b/e")]);
    assert_eq!(output.names(), ["a/", "a/x/", "a/x/y", "b"]);
    output.build(&[("a", "1"), ("b/c/d", "1"), ("b/e", "1")]);
    assert_eq!(output.names(), ["a", "b/", "b/c/", "b/c/d", "b/e"]);
}

// When something is wrong

#[test]
fn nothing_is_written_when_a_file_cannot_be_made() {
    let output = Output::new();
    let failing = build(&output.around.path().join("x/public"), false, &[("a", "1"), ("b", "!")]);
    assert!(matches!(failing, Err(WriteError::Unmade(_))));
    output.assert_tidy();

    output.build(&[("a", "1"), ("b", "1")]);
    let before = tree(&output.folder());
    match output.try_build(&[("a", "2"), ("z", "!"), ("n/e/w", "2"), ("y", "!")]) {
        Err(WriteError::Unmade(failures)) => assert_eq!(failures, ["z", "y"]),
        other => panic!("{other:?}"),
    }
    assert_eq!(tree(&output.folder()), before);
    output.assert_tidy();
}

#[test]
fn failures_are_the_first_thousand_in_order() {
    let names: Vec<String> = (0..9_000).map(|i| format!("{i}")).collect();
    let site: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "!")).collect();
    match Output::new().try_build(&site) {
        Err(WriteError::Unmade(failures)) => assert_eq!(failures, names[..1_000]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_written_when_making_a_file_panics() {
    let output = Output::new();
    output.build(&[("a", "1")]);
    let before = tree(&output.folder());
    let make = |index: usize, _: &Stands<'_>| {
        if index == 1 { panic!("on purpose") } else { Ok::<_, String>(Some(b"2".to_vec())) }
    };
    let folder = output.folder();
    let paths = [place("a"), place("b")];
    let panicking = || {
        write(
            Settings { folder: &folder, force: false, as_recorded: None, order: &[] },
            &paths,
            &make,
            &|| (),
        )
    };
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(panicking)).is_err());
    assert_eq!(tree(&output.folder()), before);
    output.assert_tidy();
}

#[test]
fn nothing_is_written_when_the_disk_refuses() {
    let too_long = "x".repeat(300);
    let output = Output::new();
    assert!(message(output.try_build(&[("a", "1"), (&too_long, "1")])).contains("cannot write"));
    output.assert_tidy();
    output.build(&[("a", "1")]);
    let before = tree(&output.folder());
    assert!(message(output.try_build(&[("a", "2"), (&too_long, "2")])).contains(&too_long));
    assert_eq!(tree(&output.folder()), before);
    output.assert_tidy();
}

#[cfg(unix)]
#[test]
fn nothing_is_written_where_we_may_not_write() {
    use std::os::unix::fs::PermissionsExt as _;
    let output = Output::new();
    output.build(&[("a", "1")]);
    let before = tree(&output.folder());
    let allow = |mode| fs::set_permissions(output.around.path(), fs::Permissions::from_mode(mode)).unwrap();
    allow(0o555);
    // The superuser may write anywhere, so that there is nothing to see.
    if fs::write(output.around.path().join("x"), "").is_err() {
        assert!(message(output.try_build(&[("a", "2")])).contains("cannot write"));
        assert_eq!(tree(&output.folder()), before);
    }
    allow(0o755);
}

#[test]
fn a_site_that_is_no_tree_is_refused() {
    let output = Output::new();
    assert_eq!(message(output.try_build(&[("a", "1"), ("a", "1")])), "the site has two files `a`");
    let clash = [("a/b/c", "1"), ("a-b", "1"), ("a/b", "1")];
    assert_eq!(message(output.try_build(&clash)), "the site has a file `a/b` and a folder of the same name");
    output.assert_tidy();
}

#[test]
fn a_file_is_not_a_folder() {
    let output = Output::new();
    fs::write(output.folder(), "a file").unwrap();
    assert!(message(output.force(&[("a", "1")])).contains("is not a folder"));
    assert_eq!(fs::read_to_string(output.folder()).unwrap(), "a file");
    assert!(build(&output.folder().join("below"), true, &[("a", "1")]).is_err());
    output.assert_tidy();
}

// Others' files

#[test]
fn a_folder_with_others_files_is_refused_unless_forced() {
    let output = Output::new();
    for name in ["notes.txt", "photo.jpg", "sub/x"] {
        output.put(name, "theirs");
    }
    let before = output.tree();
    match output.try_build(&[("a", "1")]) {
        Err(error @ WriteError::NotOurs { .. }) => {
            let message = error.to_string();
            assert!(message.contains("`notes.txt`, `photo.jpg`, `sub`"), "{message}");
            assert!(message.contains("--force"), "{message}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(output.tree(), before);

    assert_eq!(output.force(&[("a", "1"), ("sub/y", "1")]).unwrap().created, [place("a"), place("sub/y")]);
    assert_eq!(output.names(), ["a", "notes.txt", "photo.jpg", "sub/", "sub/x", "sub/y"]);
    // It has a record now, so it need not be forced any more.
    output.build(&[("b", "1")]);
    assert_eq!(output.names(), ["b", "notes.txt", "photo.jpg", "sub/", "sub/x"]);
    output.assert_tidy();
}

#[test]
fn a_file_that_stands_in_our_place_is_never_touched() {
    let output = Output::new();
    output.build(&[("a", "1")]);
    output.put("b", "theirs");
    output.put("c/d", "theirs");
    output.put("e", "theirs");
    let before = tree(&output.folder());
    let site = [("a", "2"), ("b", "2"), ("c", "2"), ("e/f", "2")];
    assert_eq!(in_the_way(output.try_build(&site)), ["b", "c", "e"]);
    assert_eq!(in_the_way(output.force(&site)), ["b", "c", "e"]);
    let message = message(output.force(&site));
    assert!(message.contains("`b`, `c`, `e`") && message.contains("not even with `--force`"), "{message}");
    assert_eq!(tree(&output.folder()), before);
    output.assert_tidy();
}

#[test]
fn a_folder_of_ours_that_came_to_hold_others_files_is_in_the_way_of_a_file() {
    let output = Output::new();
    output.build(&[("a/b", "1"), ("a/c/d", "1")]);
    output.put("a/c/theirs", "theirs");
    assert_eq!(in_the_way(output.try_build(&[("a", "2")])), ["a/c/theirs"]);
    fs::remove_file(output.at("a/c/theirs")).unwrap();
    fs::create_dir(output.at("a/empty")).unwrap();
    assert_eq!(in_the_way(output.try_build(&[("a", "2")])), ["a/empty"]);
}

#[test]
fn only_files_that_we_wrote_are_removed() {
    let output = Output::new();
    output.build(&[("a/b", "1"), ("a/c", "1"), ("d/e", "1"), ("f", "1")]);
    output.put("a/theirs", "theirs");
    output.put("d/e", "edited by hand");
    fs::create_dir(output.at("empty")).unwrap();
    let outcome = output.build(&[("f", "1")]);
    assert_eq!(outcome.removed, [place("a/b"), place("a/c")]);
    assert_eq!(outcome.edited, [place("d/e")]);
    assert_eq!(output.names(), ["a/", "a/theirs", "d/", "d/e", "empty/", "f"]);
    assert_eq!(output.tree()["d/e"], "edited by hand");
    // It isn't ours any more: it is not told of again, and it is in the way of a file of ours.
    assert!(output.build(&[("f", "1")]).edited.is_empty());
    assert_eq!(in_the_way(output.try_build(&[("d/e", "2")])), ["d/e"]);
}

#[test]
fn an_edited_file_that_the_site_still_has_is_made_again() {
    let output = Output::new();
    output.build(&[("a", "1"), ("b", "1"), ("c", "1")]);
    output.put("a", "9");
    fs::remove_file(output.at("b")).unwrap();
    let outcome = output.build(&[("a", "1"), ("b", "1"), ("c", "1")]);
    assert_eq!((outcome.replaced, outcome.created, outcome.kept), (vec![place("a")], vec![place("b")], 1));
    assert_eq!(output.tree()["a"], "1");
}

#[test]
fn files_that_are_gone_already_are_no_trouble() {
    let output = Output::new();
    output.build(&[("a/b/c", "1"), ("d", "1"), ("e/f", "1")]);
    fs::remove_dir_all(output.at("a")).unwrap();
    fs::remove_file(output.at("e/f")).unwrap();
    assert_eq!(output.build(&[("d", "1")]).removed, []);
    assert_eq!(output.names(), ["d"]);
}

// Links

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn the_folder_itself_may_be_a_link() {
        let output = Output::new();
        let elsewhere = tempfile::tempdir().unwrap();
        let real = elsewhere.path().join("real");
        fs::create_dir(&real).unwrap();
        symlink(&real, output.folder()).unwrap();
        for site in [&[("a", "1"), ("b", "1")][..], &[("a", "2")]] {
            output.build(site);
            assert_eq!(tree(&real).len(), site.len() + 1);
        }
        assert!(output.folder().is_symlink());
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1);
        output.assert_tidy();
    }

    #[test]
    fn a_link_that_leads_nowhere_is_refused() {
        let output = Output::new();
        symlink("nowhere", output.folder()).unwrap();
        assert!(message(output.try_build(&[("a", "1")])).contains("leads nowhere"));
        output.assert_tidy();
    }

    #[test]
    fn a_link_is_never_followed_or_written_through() {
        let output = Output::new();
        let elsewhere = tempfile::tempdir().unwrap();
        fs::write(elsewhere.path().join("x"), "1").unwrap();
        output.build(&[("a/x", "1"), ("b", "1"), ("c/x", "1")]);
        fs::remove_dir_all(output.at("a")).unwrap();
        symlink(elsewhere.path(), output.at("a")).unwrap();
        fs::remove_file(output.at("b")).unwrap();
        symlink(elsewhere.path().join("x"), output.at("b")).unwrap();
        let site = [("a/x", "2"), ("a/n/e/w", "2"), ("b", "2")];
        assert_eq!(in_the_way(output.try_build(&site)), ["a", "b"]);
        assert_eq!(in_the_way(output.force(&site)), ["a", "b"]);
        // Nor is a file removed through one, even with the very bytes that we wrote.
        fs::remove_dir_all(output.at("c")).unwrap();
        symlink(elsewhere.path(), output.at("c")).unwrap();
        assert_eq!(output.build(&[]).removed, []);
        assert_eq!(output.names(), ["a", "b", "c"]);
        assert_eq!(tree(elsewhere.path()), [("x".to_owned(), "1".to_owned())].into());
    }

    #[test]
    fn a_record_that_is_a_link_is_refused() {
        let output = Output::new();
        let elsewhere = tempfile::tempdir().unwrap();
        let record = elsewhere.path().join("record");
        fs::write(&record, "theirs").unwrap();
        fs::create_dir(output.folder()).unwrap();
        symlink(&record, output.at(RECORD)).unwrap();
        assert!(message(output.force(&[("a", "1")])).contains("is not a file"));
        assert_eq!(fs::read_to_string(&record).unwrap(), "theirs");
    }
}

// The record

#[test]
fn a_record_that_cannot_be_believed_removes_nothing() {
    let hash = blake3::hash(b"1").to_hex();
    let entry =
        |path: &str| format!(r#"{{"version": 1, "files": [{{"path": "{path}", "blake3": "{hash}"}}]}}"#);
    let outside = "victim";
    for record in [
        String::new(),
        "not JSON".to_owned(),
        entry("theirs").replace("\"version\": 1", "\"version\": 99"),
        entry("theirs")[..40].to_owned(),
        entry("../victim"),
        entry("theirs/../../victim"),
    ] {
        let output = Output::new();
        output.put("theirs", "1");
        output.put(RECORD, &record);
        fs::write(output.around.path().join(outside), "1").unwrap();
        let refused = message(output.try_build(&[("a", "1")]));
        assert!(refused.contains("the record `.depeche.json`"), "{refused}");
        assert_eq!(output.force(&[("a", "1")]).unwrap().removed, []);
        assert_eq!(output.names(), ["a", "theirs"]);
        assert_eq!(fs::read_to_string(output.around.path().join(outside)).unwrap(), "1");
        assert_eq!(output.build(&[("a", "1")]).kept, 1);
    }
}

#[test]
fn a_record_that_claims_others_files_removes_nothing_that_we_did_not_write() {
    let output = Output::new();
    output.build(&[("a", "1")]);
    output.put("theirs", "theirs");
    let record = fs::read_to_string(output.at(RECORD)).unwrap();
    output.put(RECORD, &record.replace("\"path\": \"a\"", "\"path\": \"theirs\""));
    assert_eq!(output.build(&[]).edited, [place("theirs")]);
    assert_eq!(output.names(), ["a", "theirs"]);
}

#[test]
fn the_record_lists_each_file_on_a_line_with_its_hash() {
    let output = Output::new();
    output.build(&[("b", "2"), ("a/b", "1")]);
    let record = fs::read_to_string(output.at(RECORD)).unwrap();
    let line = |path: &str, text: &str| {
        format!("{{\"path\": \"{path}\", \"blake3\": \"{}\"}}", blake3::hash(text.as_bytes()))
    };
    let expected = [
        "{",
        "\"version\": 1,",
        "\"files\": [",
        &format!("{},", line("a/b", "1")),
        &line("b", "2"),
        "]",
        "}",
    ];
    assert_eq!(record.lines().collect::<Vec<_>>(), expected);
}

// Interrupted builds, and two at once

#[test]
fn what_an_interrupted_build_left_beside_the_output_is_removed() {
    let output = Output::new();
    let staging = output.around.path().join(".public.depeche-staging");
    fs::create_dir_all(staging.join("site/a/b")).unwrap();
    fs::write(staging.join("site/a/b/c"), "half").unwrap();
    fs::write(staging.join("made-by-depeche"), "").unwrap();
    fs::write(output.around.path().join(".public.depeche-lock"), "").unwrap();
    output.build(&[("a", "1")]);
    assert_eq!(output.names(), ["a"]);
    output.assert_tidy();
    // Interrupted before it could be marked.
    fs::create_dir(&staging).unwrap();
    output.build(&[("a", "2")]);
    output.assert_tidy();
}

#[test]
fn a_folder_of_someone_elses_with_the_name_of_ours_is_not_touched() {
    let output = Output::new();
    let staging = output.around.path().join(".public.depeche-staging");
    fs::create_dir(&staging).unwrap();
    fs::write(staging.join("theirs"), "theirs").unwrap();
    assert!(message(output.force(&[("a", "1")])).contains("is in the way"));
    assert_eq!(fs::read_to_string(staging.join("theirs")).unwrap(), "theirs");
    fs::remove_dir_all(&staging).unwrap();
    let lock = output.around.path().join(".public.depeche-lock");
    fs::write(&lock, "theirs").unwrap();
    assert!(message(output.force(&[("a", "1")])).contains("is in the way"));
    assert_eq!(fs::read_to_string(&lock).unwrap(), "theirs");
    assert!(!output.folder().exists());
}

#[test]
fn two_builds_do_not_write_one_folder_at_once() {
    let output = Output::new();
    for _ in 0..2 {
        let folder = output.folder();
        let make = |_: usize, _: &Stands<'_>| {
            let other = build(&folder, true, &[("a", "other")]);
            assert!(matches!(other, Err(WriteError::Busy { .. })), "{other:?}");
            Ok::<_, String>(Some(b"1".to_vec()))
        };
        write(
            Settings { folder: &output.folder(), force: false, as_recorded: None, order: &[] },
            &[place("a")],
            &make,
            &|| (),
        )
        .unwrap();
        assert_eq!(output.tree()["a"], "1");
    }
    output.assert_tidy();
}

#[test]
fn builds_that_race_each_leave_a_whole_site_or_say_that_they_are_too_many() {
    let output = Output::new();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let output = &output;
            scope.spawn(move || {
                let text = format!("{thread}");
                for _ in 0..30 {
                    let result = output.try_build(&[("a", &text), ("b/c", &text), (&text, &text)]);
                    assert!(matches!(result, Ok(_) | Err(WriteError::Busy { .. })), "{result:?}");
                }
            });
        }
    });
    let tree = output.tree();
    assert_eq!(tree["a"], tree["b/c"]);
    assert_eq!(tree.len(), 4, "{tree:?}");
    output.assert_tidy();
}

#[test]
fn a_reader_never_meets_half_a_file() {
    let output = Output::new();
    let texts = ["a".repeat(200_000), "b".repeat(300_000)];
    output.build(&[("page", &texts[0])]);
    let is_over = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let read = fs::read_to_string(output.at("page")).unwrap();
                assert!(texts.contains(&read), "{} bytes", read.len());
            }
        });
        for turn in 0..40 {
            output.build(&[("page", &texts[turn % 2])]);
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

// Any sequence

/// What may happen to an output.
#[derive(Clone, Debug)]
enum Event {
    Build(BTreeMap<&'static str, u8>),
    /// Someone puts a file where nothing stands, or changes one that does.
    Put(&'static str, u8),
}

fn event() -> impl Strategy<Value = Event> {
    let path =
        prop::sample::select(vec!["a", "a/b", "a/b/c", "a/d", "e", "e/f", "g/h/i", "g/h/j", "k", "a/b-c"]);
    let site = prop::collection::btree_map(path.clone(), 0..3_u8, 0..7).prop_map(|site| {
        let folders: BTreeSet<&str> =
            site.keys().flat_map(|path| path.match_indices('/').map(|(at, _)| &path[..at])).collect();
        site.iter().filter(|(path, _)| !folders.contains(*path)).map(|(path, text)| (*path, *text)).collect()
    });
    let theirs = prop_oneof![1 => path, 2 => prop::sample::select(vec!["a/z", "g/y", "x", "g/h/w"])];
    prop_oneof![3 => site.prop_map(Event::Build), 1 => (theirs, 3..5_u8).prop_map(|(path, text)| Event::Put(path, text))]
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// The files and folders that there have to be.
fn expected(files: &BTreeMap<&'static str, u8>) -> BTreeMap<String, String> {
    let folders = files
        .keys()
        .flat_map(|path| path.match_indices('/').map(|(at, _)| (path[..=at].to_owned(), String::new())));
    folders.chain(files.iter().map(|(path, text)| ((*path).to_owned(), text.to_string()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn after_any_builds_our_files_are_the_sites_and_others_are_untouched(
        events in prop::collection::vec(event(), 1..14)
    ) {
        let output = Output::new();
        output.build(&[]);
        // Ours with the text that we wrote; theirs, edits of ours among them, with theirs.
        let (mut ours, mut theirs) = (BTreeMap::<&str, u8>::new(), BTreeMap::<&str, u8>::new());
        for event in events {
            match event {
                Event::Put(path, text) => {
                    let standing: Vec<&str> = ours.keys().chain(theirs.keys()).copied().collect();
                    if standing.iter().any(|other| is_below(path, other) || is_below(other, path)) {
                        continue;
                    }
                    output.put(path, &text.to_string());
                    theirs.insert(path, text);
                }
                Event::Build(site) => {
                    let texts: Vec<(&str, String)> = site.iter().map(|(path, text)| (*path, text.to_string())).collect();
                    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (*path, text.as_str())).collect();
                    let result = output.try_build(&texts);
                    let clash = |path: &&str, other: &&str| {
                        (path == other && !ours.contains_key(path)) || is_below(path, other) || is_below(other, path)
                    };
                    if site.keys().any(|path| theirs.keys().any(|other| clash(path, other))) {
                        in_the_way(result);
                    } else {
                        result.unwrap();
                        theirs.retain(|path, _| !site.contains_key(path));
                        ours = site;
                    }
                }
            }
            let mut all = ours.clone();
            all.extend(&theirs);
            prop_assert_eq!(output.tree(), expected(&all));
            output.assert_tidy();
        }
    }
}
