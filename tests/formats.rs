//! Mistakes as the program tells them, in each form: what comes out where, with which exit code, in which colour.
#![expect(clippy::disallowed_methods, reason = "these tests write the sites they have checked")]
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

const DOCUMENT: &str = include_str!("../docs/diagnostics-json.md");

/// What a run of the program gave.
struct Run {
    code: Option<i32>,
    out: String,
    talk: String,
}

fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs `depeche` in the site's folder, in an environment with these variables and no other that it reads.
fn run(site: &TempDir, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "LC_CTYPE", "LANG"] {
        command.env_remove(variable);
    }
    command.env("LC_ALL", "C").env("SOURCE_DATE_EPOCH", "1717200000").envs(variables.iter().copied());
    let Output { status, stdout, stderr } =
        command.args(arguments).current_dir(site.path()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: status.code(), out: text(stdout), talk: text(stderr) }
}

fn checked(site: &TempDir, format: &str) -> Run {
    run(site, &["check", "--format", format], &[])
}

/// The text of the fenced block of the documentation that begins with `info`.
fn documented(info: &str) -> &'static str {
    let (_, after) = DOCUMENT.split_once(&format!("```{info}\n")).unwrap();
    after.split_once("```").unwrap().0
}

const PATH: &str = "content/2024-01-01-x.md";

/// The site of the documentation: two errors, and nothing else.
fn refused() -> TempDir {
    let brief = documented("markdown");
    site(&[("site.toml", "title = \"Essai\"\n"), (PATH, brief)])
}

fn with_a_warning() -> TempDir {
    let brief = "+++\ntitle = \"Un sommet\"\nsummary = \"S.\"\n+++\n\nTexte.\n";
    site(&[("site.toml", "title = \"Essai\"\n"), (PATH, brief)])
}

fn faultless() -> TempDir {
    site(&[("site.toml", "title = \"Essai\"\n")])
}

/// The keys that a document's tables describe.
fn described(document: &str) -> Vec<&str> {
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.flat_map(|row| row.split('|').next().unwrap().split(',').map(|key| key.trim().trim_matches('`')))
        .collect()
}

#[test]
fn what_a_build_changed_is_told_with_the_keys_that_are_documented() {
    let build = run(&faultless(), &["build", "--format", "json"], &[]);
    let line: serde_json::Value = serde_json::from_str(build.out.lines().last().unwrap()).unwrap();
    let mut written: Vec<&str> = line["build"].as_object().unwrap().keys().map(String::as_str).collect();
    let (_, of_builds) = DOCUMENT.split_once("## What a build changed").unwrap();
    let mut described = described(of_builds);
    written.sort_unstable();
    described.sort_unstable();
    assert_eq!(written, described);
}

#[test]
fn the_json_form_is_the_one_documented_to_the_last_key() {
    let run = checked(&refused(), "json");
    assert_eq!(run.out, documented("json"));
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let (of_diagnostics, _) = DOCUMENT.split_once("## What a build changed").unwrap();
    let described = described(of_diagnostics);
    for line in run.out.lines() {
        let mut written = keys(&serde_json::from_str(line).unwrap());
        written.sort();
        let mut described = described.clone();
        described.sort_unstable();
        assert_eq!(written, described);
    }
}

#[test]
fn a_fix_of_the_json_form_mends_the_file() {
    let site = refused();
    let out = checked(&site, "json").out;
    let first: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    let number = |key: &str| usize::try_from(first["fix"][key].as_u64().unwrap()).unwrap();
    let mut text = fs::read_to_string(site.path().join(PATH)).unwrap();
    text.replace_range(number("start")..number("end"), first["fix"]["replacement"].as_str().unwrap());
    fs::write(site.path().join(PATH), text).unwrap();
    assert_eq!(checked(&site, "json").out.lines().count(), 1);
}

#[test]
fn the_human_form_shows_the_line_and_says_what_to_do() {
    insta::assert_snapshot!(checked(&refused(), "human").out, @r"
    error[D301 undefined-note]: no note is called `tas`
     --> content/2024-01-01-x.md:7:29
      |
    7 | Le sommet s’est tenu à Minsk[^tas]. La dépêche est brève[^tass].
      |                             ^^^^^^ not defined in this brief
      |
      = help: did you mean `[^tass]`?
    help: write this instead
      |
    7 | Le sommet s’est tenu à Minsk[^tass]. La dépêche est brève[^tass].
      |                                  +

    error[D303 duplicate-note]: the note `tass` is defined twice
      --> content/2024-01-01-x.md:11:1
       |
    11 | [^tass]: La même.
       | ^^^^^^^^ defined again here
       |
      ::: content/2024-01-01-x.md:9:1
       |
     9 | [^tass]: Dépêche du 23 novembre.
       | -------- first defined here
       |
       = help: give one of them another label, or delete it
    ");
}

#[test]
fn the_short_form_is_a_line_for_each() {
    insta::assert_snapshot!(checked(&refused(), "short").out, @r"
    content/2024-01-01-x.md:7:29: error[D301 undefined-note]: no note is called `tas` (help: did you mean `[^tass]`?)
    content/2024-01-01-x.md:11:1: error[D303 duplicate-note]: the note `tass` is defined twice (help: give one of them another label, or delete it)
    ");
}

#[test]
fn the_github_form_annotates_a_change() {
    insta::assert_snapshot!(checked(&refused(), "github").out, @r"
    ::error file=content/2024-01-01-x.md,line=7,endLine=7,col=29,endColumn=35,title=D301 undefined-note::no note is called `tas`%0Ahelp: did you mean `[^tass]`?
    ::error file=content/2024-01-01-x.md,line=11,endLine=11,col=1,endColumn=9,title=D303 duplicate-note::the note `tass` is defined twice%0Ahelp: give one of them another label, or delete it
    ");
}

#[test]
fn results_go_to_standard_output_and_talk_to_standard_error_in_every_form() {
    for format in ["human", "short", "json", "github"] {
        let refused = checked(&refused(), format);
        assert!(refused.out.contains("D301") && refused.out.contains("D303"), "{format}");
        assert_eq!(refused.talk, "2 errors; `depeche explain D301` tells more\n", "{format}");

        let warned = checked(&with_a_warning(), format);
        assert!(warned.out.contains("D502"), "{format}");
        assert!(warned.talk.contains("1 brief") && warned.talk.contains("1 warning"), "{}", warned.talk);

        let faultless = checked(&faultless(), format);
        assert_eq!(faultless.out, "", "{format}");
        assert!(faultless.talk.contains("0 briefs"), "{}", faultless.talk);
    }
}

#[test]
fn the_exit_code_is_0_for_a_site_that_can_be_built_and_1_for_one_that_can_t() {
    for format in ["human", "short", "json", "github"] {
        assert_eq!(checked(&faultless(), format).code, Some(0));
        assert_eq!(checked(&with_a_warning(), format).code, Some(0));
        assert_eq!(checked(&refused(), format).code, Some(1));
    }
    let denied = with_a_warning();
    fs::write(denied.path().join("site.toml"), "title = \"Essai\"\n[lints]\nno-country = \"deny\"\n")
        .unwrap();
    assert_eq!(checked(&denied, "short").code, Some(1));
}

#[test]
fn the_exit_code_is_2_where_the_command_could_not_run() {
    let no_site = site(&[("content/a.md", "")]);
    for (site, arguments, variables) in [
        (&no_site, &["check"][..], &[][..]),
        (&no_site, &["build"], &[]),
        (&faultless(), &["check", "--format", "xml"], &[]),
        (&faultless(), &["check", "--date", "demain"], &[]),
        (&faultless(), &["check", "--base-url", "pas une adresse"], &[]),
        (&faultless(), &["check", "--root", "nulle-part"], &[]),
        (&faultless(), &["check"], &[("SOURCE_DATE_EPOCH", "hier")]),
    ] {
        let run = run(site, arguments, variables);
        assert_eq!(run.code, Some(2), "{arguments:?}");
        assert_eq!(run.out, "", "{arguments:?}");
        assert!(run.talk.starts_with("error: "), "{arguments:?}: {}", run.talk);
    }
}

#[test]
fn a_build_reports_as_a_check_does_and_writes_nothing_where_there_are_errors() {
    let site = refused();
    let (check, build) = (checked(&site, "short"), run(&site, &["build", "--format", "short"], &[]));
    assert_eq!((build.code, build.out), (Some(1), check.out));
    assert!(!site.path().join("public").exists());

    let site = with_a_warning();
    let build = run(&site, &["build", "--format", "json"], &[]);
    let told = build.out.lines().filter(|line| !line.starts_with("{\"build\":")).collect::<Vec<_>>();
    let warnings = checked(&site, "json").out;
    let warnings: Vec<&str> = warnings.lines().filter(|line| !line.contains("\"suggestion\"")).collect();
    assert_eq!((build.code, told), (Some(0), warnings));
    assert!(site.path().join("public/index.html").exists());
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let site = refused();
    let is_coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let run = run(&site, &[&["check"], arguments].concat(), variables);
        run.out.contains('\u{1b}')
    };
    assert!(!is_coloured(&[], &[]), "into a pipe");
    assert!(is_coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(is_coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]), "an empty one is not set");
    assert!(is_coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!is_coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    for format in ["json", "github"] {
        assert!(!is_coloured(&["--color", "always", "--format", format], &[]), "{format} is for programs");
    }
}
