//! Building again: nothing is written that need not be, what has changed is told with its reason, and whatever came before,
//! the output is what a first build makes.
#![expect(clippy::disallowed_methods, reason = "these tests edit sites and look at what the program wrote")]
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

/// What a build gave.
struct Run {
    code: Option<i32>,
    out: String,
    talk: String,
}

/// A site that is built again and again, in a folder of its own.
struct Site {
    folder: tempfile::TempDir,
    date: String,
}

/// What a build remembers beside its output.
const MEMORIES: [&str; 2] = [".public.depeche-library", ".public.depeche-memory"];

const BRIEF: &str = "countries = [\"KZ\", \"AM\"]\n+++\n\nLe Kazakhstan parle[^a].\n\n[^a]: Une source.\n";

impl Site {
    fn new() -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap(), date: "2024-03-01".to_owned() };
        site.write("site.toml", "title = \"Essai\"\n\n[languages.en]\ntitle = \"Trial\"\n");
        for (name, day) in [("a", 1), ("b", 2), ("c", 3)] {
            site.write(&format!("content/{name}.md"), &brief(&name.to_uppercase(), day, BRIEF));
        }
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join("site").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    /// Waits until a file that is changed from now on looks changed, as it does between two commands of a person.
    fn settle(&self) {
        std::thread::sleep(Duration::from_millis(25));
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
        command.args(["build", "--date", &self.date]).args(arguments).current_dir(self.path(""));
        command
    }

    fn build(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            talk: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file of an output, with its bytes.
    fn files(&self, output: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.path(output), &self.path(output), &mut files);
        files
    }

    /// What a first build makes of the site as it is now.
    fn cold(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let run = self.build(&["--output", "../cold/public"]);
        assert_eq!(run.code, Some(0), "{}{}", run.out, run.talk);
        let files = self.files("../cold/public");
        fs::remove_dir_all(self.path("../cold")).unwrap();
        files
    }
}

fn brief(title: &str, day: u8, rest: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = 2024-01-{day:02}\n{rest}")
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

/// When each file of an output was last changed.
fn times(site: &Site) -> BTreeMap<PathBuf, SystemTime> {
    let modified = |path: PathBuf| {
        let time = fs::metadata(site.path("public").join(&path)).unwrap().modified().unwrap();
        (path, time)
    };
    site.files("public").into_keys().map(modified).collect()
}

#[test]
fn building_again_writes_nothing_and_tells_the_same() {
    let site = Site::new();
    site.write("content/d.md", &brief("D", 4, "countries = [\"KZ\"]\n+++\n\nLe Kazakhstan de de l’Est.\n"));
    site.settle();
    let first = site.build(&[]);
    assert_eq!(first.code, Some(0), "{}", first.talk);
    assert!(first.out.contains("doubled-word"), "{}", first.out);
    site.settle();
    let second = site.build(&[]);
    let before = times(&site);
    site.settle();
    let third = site.build(&[]);
    assert_eq!(times(&site), before);
    for again in [&second, &third] {
        assert_eq!(again.out, first.out);
        assert!(again.talk.contains("; 0 files written, "), "{}", again.talk);
    }
}

#[test]
fn the_report_says_which_pages_changed_and_why() {
    let site = Site::new();
    site.settle();
    assert_eq!(site.build(&[]).code, Some(0));
    site.settle();
    site.write("content/b.md", &brief("B", 2, &BRIEF.replace("parle", "se tait")));
    let run = site.build(&[]);
    assert!(run.out.contains("briefs/b/index.html: its text changed\n"), "{}", run.out);
    assert!(run.out.contains("atom.xml: what it shows of others changed\n"), "{}", run.out);
    assert!(!run.out.contains("briefs/a/index.html"), "{}", run.out);

    site.settle();
    site.write("site.toml", "title = \"Un autre titre\"\n\n[languages.en]\ntitle = \"Trial\"\n");
    let run = site.build(&["--format", "json"]);
    let line: serde_json::Value = serde_json::from_str(run.out.lines().last().unwrap()).unwrap();
    let written = line["build"]["written"].as_array().unwrap();
    assert!(written.iter().any(|file| file["path"] == "briefs/a/index.html" && file["why"] == "settings"));
    assert_eq!(line["build"]["removed"], serde_json::json!([]));
    assert!(line["build"]["kept"].as_u64().unwrap() > 0);
}

#[test]
fn the_paths_that_changed_can_be_sent_as_they_are_listed() {
    let site = Site::new();
    site.settle();
    let all = site.build(&["--list-changed"]);
    let listed: Vec<PathBuf> = all.out.lines().map(PathBuf::from).collect();
    let written: Vec<PathBuf> = site.files("public").into_keys().collect();
    assert!(listed.iter().all(|path| written.contains(path)), "{}", all.out);
    assert_eq!(listed.len() + 1, written.len(), "all but the record");
    site.settle();
    site.write("content/b.md", &brief("B", 2, &BRIEF.replace("source", "autre source")));
    let some = site.build(&["--list-changed"]);
    assert_eq!(some.out.lines().next(), Some("briefs/b/index.html"), "{}", some.out);
    site.settle();
    assert_eq!(site.build(&["--list-changed"]).out, "");
}

#[test]
fn an_address_that_is_lost_is_told_once_and_refused_where_that_is_asked() {
    let site = Site::new();
    assert_eq!(site.build(&[]).code, Some(0));
    fs::rename(site.path("content/c.md"), site.path("content/le-sommet.md")).unwrap();
    let strict = site.build(&["--strict"]);
    assert_eq!(strict.code, Some(1), "{}", strict.out);
    assert!(site.path("public/briefs/c/index.html").exists());
    let run = site.build(&[]);
    assert_eq!(run.code, Some(0), "{}", run.talk);
    assert!(run.out.contains("lost-address"), "{}", run.out);
    assert!(run.out.contains("the last build published `/briefs/c/`"), "{}", run.out);
    assert!(run.talk.contains(" 1 warning,"), "{}", run.talk);
    site.settle();
    for _ in 0..2 {
        let again = site.build(&[]);
        assert!(!again.out.contains("lost-address"));
        assert!(again.talk.contains(" 0 warnings,"), "{}", again.talk);
    }
    // A page that leads on is no loss.
    let text = brief("C", 3, BRIEF).replace("date =", "aliases = [\"/briefs/le-sommet/\"]\ndate =");
    fs::remove_file(site.path("content/le-sommet.md")).unwrap();
    site.write("content/le-grand-sommet.md", &text);
    let run = site.build(&["--strict"]);
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.talk);
    // Nor is what was meant to end.
    let text = text.replace("date =", "expires = 2024-02-01\ndate =");
    site.write("content/le-grand-sommet.md", &text);
    assert!(!site.build(&[]).out.contains("briefs/le-grand-sommet/"));
}

#[test]
fn a_memory_that_can_not_be_believed_is_none() {
    let site = Site::new();
    site.settle();
    assert_eq!(site.build(&[]).code, Some(0));
    let memory = site.path(".public.depeche-memory");
    let whole = fs::read(&memory).unwrap();
    let expected = site.cold();
    let mut torn = whole.clone();
    torn.truncate(whole.len() / 2);
    let mut wrong = whole.clone();
    *wrong.last_mut().unwrap() ^= 1;
    let mut other = whole.clone();
    other[0] ^= 1;
    let nonsense = [[0xff; 99].as_slice(), &[2, 0, 0, 0]].concat();
    let nonsense = [nonsense.as_slice(), blake3::hash(&nonsense).as_bytes()].concat();
    for bytes in [Vec::new(), torn, wrong, other, nonsense, vec![0; 36]] {
        fs::write(&memory, bytes).unwrap();
        let run = site.build(&[]);
        assert_eq!(run.code, Some(0), "{}", run.talk);
        assert_eq!(site.files("public"), expected);
    }
    let library = site.path(".public.depeche-library");
    let whole = fs::read(&library).unwrap();
    for (bytes, word) in [(&whole[1..], "crie"), (b"", "chante"), (&[0xff; 99], "murmure")] {
        site.settle();
        fs::write(&library, bytes).unwrap();
        site.write(
            "content/b.md",
            &brief("B", 2, &BRIEF.replace("[^a]: Une", &format!("[^a]: Elle {word} : une"))),
        );
        let run = site.build(&[]);
        assert_eq!(run.code, Some(0), "{}", run.talk);
        assert_eq!(site.files("public"), site.cold());
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_has_come_into_the_output_is_not_followed() {
    let site = Site::new();
    site.settle();
    assert_eq!(site.build(&[]).code, Some(0));
    fs::rename(site.path("public/briefs"), site.path("theirs")).unwrap();
    std::os::unix::fs::symlink("../theirs", site.path("public/briefs")).unwrap();
    let before = site.files("theirs");
    site.settle();
    site.write("content/b.md", &brief("B", 2, &BRIEF.replace("[^a]: Une", "[^a]: Encore une")));
    let run = site.build(&[]);
    assert_eq!(run.code, Some(2), "{}", run.talk);
    assert!(run.talk.contains("briefs"), "{}", run.talk);
    assert_eq!(site.files("theirs"), before);
}

#[test]
fn what_another_build_wrote_meanwhile_is_not_taken_for_one_s_own() {
    let site = Site::new();
    site.settle();
    assert_eq!(site.build(&[]).code, Some(0));
    // Another build of the same site, whose memory is then lost.
    let memory = fs::read(site.path(MEMORIES[1])).unwrap();
    site.settle();
    assert_eq!(site.build(&["--base-url", "https://ailleurs.example/"]).code, Some(0));
    fs::write(site.path(MEMORIES[1]), memory).unwrap();
    site.settle();
    site.write("content/b.md", &brief("B", 2, &BRIEF.replace("[^a]: Une", "[^a]: Encore une")));
    assert_eq!(site.build(&[]).code, Some(0));
    assert_eq!(site.files("public"), site.cold());
}

/// Numbers without pattern, the same every time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// One of the things that happen to a site.
fn happen(site: &mut Site, random: &mut Random, step: usize) {
    let names = ["a", "b", "c", "d", "e", "f.en"];
    let name = *random.pick(&names);
    let path = format!("content/{name}.md");
    match random.below(20) {
        0..=4 => {
            // Others link to these two, which are published whatever the day.
            let last = if ["a", "b"].contains(&name) { 1 } else { 28 };
            let day = 1 + u8::try_from(random.below(last)).unwrap();
            let countries = random.pick(&["\"KZ\"", "\"KZ\", \"AM\"", "\"US\", \"org:otsc\""]);
            let link = random.pick(&["", "\nVoir [ceci](a.md).\n", "\nVoir [ceci](b.md).\n"]);
            let exists = ["a", "b"].iter().all(|name| site.path(&format!("content/{name}.md")).exists());
            let link = if exists { link } else { &"" };
            let lang = if name == "f.en" { "lang = \"en\"\n" } else { "" };
            let rest = format!(
                "{lang}countries = [{countries}]\n+++\n\nTexte {step}[^n].\n{link}\n[^n]: Note {step}.\n"
            );
            site.write(&path, &brief(&format!("Brief {}", random.below(5)), day, &rest));
        }
        5 if !["a", "b"].contains(&name) => drop(fs::remove_file(site.path(&path))),
        6 if !["a", "b"].contains(&name) => {
            drop(fs::rename(site.path(&path), site.path(&format!("content/g{}.md", random.below(3)))));
        }
        7 => site.write(
            "site.toml",
            &format!("title = \"Essai {}\"\n\n[languages.en]\ntitle = \"Trial\"\n", random.below(3)),
        ),
        8 => site.write("templates/404.html", &format!("<p>Rien ({})</p>\n", random.below(3))),
        9 => drop(fs::remove_file(site.path("templates/404.html"))),
        10 => site.date = format!("2024-01-{:02}", 2 + random.below(27)),
        11 => site.write(&format!("static/{}.txt", random.below(3)), &format!("{}", random.below(9))),
        12 => {
            let files: Vec<PathBuf> = site.files("public").into_keys().collect();
            if !files.is_empty() {
                drop(fs::remove_file(site.path("public").join(random.pick(&files))));
            }
        }
        13 => {
            // A build that ends before its time.
            let mut child = site.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(random.below(120_000) as u64));
            let _ = child.kill();
            child.wait().unwrap();
        }
        14 => {
            let memory = site.path(random.pick::<&str>(&MEMORIES));
            if let Ok(bytes) = fs::read(&memory) {
                fs::write(&memory, &bytes[..random.below(bytes.len())]).unwrap();
            }
        }
        15 => drop(fs::remove_file(site.path(random.pick::<&str>(&MEMORIES)))),
        _ => {
            // Words that no other page shows, above those that lead somewhere.
            if let Ok(text) = fs::read_to_string(site.path(&path)) {
                site.write(&path, &text.replacen("[^n].\n", &format!("[^n].\n\nEt {step}.\n"), 1));
            }
        }
    }
}

#[test]
fn whatever_came_before_the_output_is_what_a_first_build_makes() {
    let mut site = Site::new();
    let mut random = Random(2024);
    for step in 0..200 {
        happen(&mut site, &mut random, step);
        if random.below(3) == 0 {
            site.settle();
        }
        let run = site.build(&["--force"]);
        assert_eq!(run.code, Some(0), "{step}: {}{}", run.out, run.talk);
        if random.below(3) == 0 {
            let (warm, cold) = (site.files("public"), site.cold());
            let differ: Vec<&PathBuf> =
                cold.keys().chain(warm.keys()).filter(|path| cold.get(*path) != warm.get(*path)).collect();
            assert!(differ.is_empty(), "step {step}: {differ:?}");
        }
    }
}

/// Ends a build as a person does, or as a machine that is switched off.
fn end(child: &mut std::process::Child, gently: bool) {
    if gently {
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    } else {
        let _ = child.kill();
    }
    child.wait().unwrap();
}

/// A site at a moment: its texts by path, and the files of a first build.
type State = (Vec<(String, String)>, BTreeMap<PathBuf, Vec<u8>>);

#[test]
fn a_build_that_is_ended_at_any_moment_leaves_whole_files_and_is_mended_by_the_next() {
    let site = Site::new();
    let states = ["parle", "se tait"].map(|word| {
        for (name, day) in [("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", 5)] {
            // One of the two states has two briefs more.
            if word == "parle" && day > 3 {
                drop(fs::remove_file(site.path(&format!("content/{name}.md"))));
                continue;
            }
            let text = brief(&name.to_uppercase(), day, &BRIEF.replace("parle", word));
            site.write(&format!("content/{name}.md"), &text);
        }
        let texts: Vec<(String, String)> = ["a", "b", "c", "d", "e"]
            .iter()
            .filter_map(|name| {
                let path = format!("content/{name}.md");
                Some((path.clone(), fs::read_to_string(site.path(&path)).ok()?))
            })
            .collect();
        (texts, site.cold())
    });
    let enter = |(texts, _): &State| {
        fs::remove_dir_all(site.path("content")).unwrap();
        texts.iter().for_each(|(path, text)| site.write(path, text));
    };
    enter(&states[0]);
    let start = std::time::Instant::now();
    assert_eq!(site.build(&[]).code, Some(0));
    let whole = start.elapsed();
    let record = Path::new(".depeche.json");
    let mut random = Random(200);
    for moment in 0..200 {
        let state = &states[(moment + 1) % 2];
        enter(state);
        let mut child = site.command(&[]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(whole.mul_f64(random.below(1_000) as f64 / 800.0));
        end(&mut child, moment % 4 == 0);
        let found = site.files("public");
        for (path, bytes) in found.iter().filter(|(path, _)| *path != record) {
            let is_whole = states.iter().any(|(_, files)| files.get(path) == Some(bytes));
            assert!(is_whole, "moment {moment}: {} is half a file", path.display());
        }
        for path in states[0].1.keys().filter(|path| states[1].1.contains_key(*path)) {
            assert!(found.contains_key(path), "moment {moment}: {} is gone", path.display());
        }
        assert!(serde_json::from_slice::<serde_json::Value>(&found[record]).is_ok(), "moment {moment}");
        if moment % 5 == 0 {
            let run = site.build(&[]);
            assert_eq!(run.code, Some(0), "moment {moment}: {}", run.talk);
            assert!(site.files("public") == state.1, "moment {moment}: it is not mended");
        }
    }
    assert_eq!(site.build(&[]).code, Some(0));
    let beside: Vec<String> = fs::read_dir(site.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with('.'))
        .collect();
    let beside: BTreeSet<&str> = beside.iter().map(String::as_str).collect();
    assert_eq!(beside, MEMORIES.into(), "nothing is left lying about");
}

/// A file system of so many KiB in memory, mounted for one test.
struct Disk(PathBuf);

impl Disk {
    fn mount(folder: PathBuf, kibibytes: u32) -> Option<Self> {
        fs::create_dir_all(&folder).unwrap();
        let disk = Self(folder);
        mounted(&["-t", "tmpfs", "-o", &format!("size={kibibytes}k"), "tmpfs"], &disk.0).then_some(disk)
    }

    fn remount(&self, how: &str) {
        assert!(mounted(&["-o", &format!("remount,{how}")], &self.0), "{how}");
    }
}

fn mounted(arguments: &[&str], folder: &Path) -> bool {
    let mount = Command::new("mount").args(arguments).arg(folder).stderr(Stdio::null()).status();
    mount.is_ok_and(|status| status.success())
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_or_one_that_may_not_be_written_leaves_the_site_as_it_was() {
    let site = Site::new();
    let Some(disk) = Disk::mount(site.path("disk"), 8_192) else {
        eprintln!("SKIPPED: only root can mount a file system of a few KiB");
        return;
    };
    let build = || site.build(&["--output", "disk/public"]);
    assert_eq!(build().code, Some(0));
    let before = site.files("disk/public");
    // Much new, and no room for it.
    for (index, name) in ["m", "n", "o", "p"].into_iter().enumerate() {
        let day = 10 + u8::try_from(index).unwrap();
        let long = BRIEF.replace("parle", &"parle beaucoup, et longtemps, de tout ".repeat(1_000));
        site.write(&format!("content/{name}.md"), &brief(name, day, &long));
    }
    let used: u64 = before.values().map(|bytes| bytes.len() as u64).sum::<u64>() / 1_024;
    for room in [340, 500, 700] {
        disk.remount(&format!("size={}k", used + room));
        let run = build();
        assert_eq!(run.code, Some(2), "{}", run.talk);
        assert!(run.talk.contains("No space left"), "{}", run.talk);
        assert!(site.files("disk/public") == before, "the site that was there stays as it was");
    }
    disk.remount("size=8192k");
    disk.remount("ro");
    let run = build();
    assert_eq!(run.code, Some(2), "{}", run.talk);
    assert!(run.talk.contains("Read-only"), "{}", run.talk);
    assert!(site.files("disk/public") == before);
    disk.remount("rw");
    assert_eq!(build().code, Some(0));
    assert!(site.files("disk/public") == site.cold());
}
