//! The program as its users meet it: what is asked on the command line, what comes out, what is written.
#![expect(clippy::disallowed_methods, reason = "these tests look at what the program wrote")]
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// What a run of the program gave.
struct Run {
    code: Option<i32>,
    out: String,
    talk: String,
}

/// Runs `depeche` in `folder`, on a day that is given, and not on that of the clock.
fn depeche(folder: &Path, arguments: &[&str]) -> Run {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(arguments)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1709294400")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    Run {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        talk: String::from_utf8(stderr).unwrap(),
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A folder with the settings of a site.
fn site(settings: &str) -> tempfile::TempDir {
    let folder = folder();
    fs::write(folder.path().join("site.toml"), settings).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn explain_tells_of_a_code_by_number_or_name_in_any_case() {
    let folder = folder();
    let by_number = depeche(folder.path(), &["explain", "d301"]);
    let by_name = depeche(folder.path(), &["explain", "Undefined-Note"]);
    assert_eq!(by_number.code, Some(0));
    assert_eq!(by_number.out, by_name.out);
    assert!(by_number.out.starts_with("D301 undefined-note\nerror"), "{}", by_number.out);
    assert!(by_number.out.contains("\nMend\n"));
    assert_eq!(by_number.talk, "");
}

#[test]
fn explain_lists_every_code() {
    let list = depeche(folder().path(), &["explain"]);
    assert_eq!(list.code, Some(0));
    for code in depeche::diagnostic::code::ALL {
        assert!(list.out.contains(&format!("{} ", code.id)) && list.out.contains(code.name), "{}", code.id);
    }
}

#[test]
fn explain_answers_an_unknown_code_with_the_nearest() {
    let run = depeche(folder().path(), &["explain", "brokn-link"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert_eq!(run.talk, "error: there is no diagnostic `brokn-link`; did you mean `broken-link`?\n");
}

#[test]
fn new_writes_a_draft_and_prints_its_path() {
    let site = site("title = \"Essai\"\n");
    let run = depeche(site.path(), &["new", "L’été à Minsk", "--country", "BY", "--country", "Russie"]);
    assert_eq!(run.code, Some(0), "{}", run.talk);
    let path = run.out.trim_end();
    assert_eq!(path, "content/2024/2024-03-01-l-ete-a-minsk.md");
    let text = fs::read_to_string(site.path().join(path)).unwrap();
    assert!(text.starts_with("+++\ntitle = \"L’été à Minsk\"\ndate = 2024-03-01\n"), "{text}");
    assert!(text.contains("countries = [\"BY\", \"Russie\"]\n") && text.contains("draft = true\n"), "{text}");
}

#[test]
fn new_prefers_the_day_that_is_given() {
    let site = site("title = \"Essai\"\n");
    let run = depeche(site.path(), &["new", "Minsk", "--date", "2023-11-23"]);
    assert!(run.out.contains("content/2023/2023-11-23-minsk.md"), "{}{}", run.out, run.talk);
}

#[test]
fn new_speaks_the_language_of_the_site() {
    let site = site("title = \"Essay\"\nlanguage = \"en\"\n");
    let run = depeche(site.path(), &["new", "A summit"]);
    let text = fs::read_to_string(site.path().join(run.out.trim_end())).unwrap();
    assert!(text.contains("# Delete this line to publish."), "{text}");
}

#[test]
fn new_leaves_a_file_that_is_there_as_it_is() {
    let site = site("title = \"Essai\"\n");
    let path = depeche(site.path(), &["new", "Minsk"]).out;
    let path = site.path().join(path.trim_end());
    fs::write(&path, "écrit à la main").unwrap();
    let run = depeche(site.path(), &["new", "Minsk"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.talk.contains("is there already"), "{}", run.talk);
    assert_eq!(fs::read_to_string(&path).unwrap(), "écrit à la main");
}

#[test]
fn new_outside_of_a_site_says_how_to_start_one() {
    let folder = folder();
    let run = depeche(folder.path(), &["new", "Minsk"]);
    assert_eq!(run.code, Some(2));
    assert!(run.talk.contains("site.toml") && run.talk.contains("depeche init"), "{}", run.talk);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn a_day_that_is_none_is_refused_before_anything_is_written() {
    let site = site("title = \"Essai\"\n");
    let run = depeche(site.path(), &["new", "Minsk", "--date", "2023-02-30"]);
    assert_eq!(run.code, Some(2));
    assert!(run.talk.contains("there is no such day"), "{}", run.talk);
    assert_eq!(names(site.path()), ["site.toml"]);
}

#[test]
fn init_starts_a_site_in_a_new_folder() {
    let folder = folder();
    let run = depeche(folder.path(), &["init", "revue", "--title", "Le « Relevé »"]);
    assert_eq!(run.code, Some(0), "{}", run.talk);
    let site = folder.path().join("revue");
    assert_eq!(names(&site), [".gitignore", "content", "site.toml"]);
    let settings: toml::Table = fs::read_to_string(site.join("site.toml")).unwrap().parse().unwrap();
    assert_eq!(settings["title"].as_str(), Some("Le « Relevé »"));
    assert!(run.talk.contains("depeche build"), "{}", run.talk);
}

#[test]
fn init_refuses_a_folder_that_holds_something() {
    let folder = folder();
    fs::write(folder.path().join("notes.txt"), "à garder").unwrap();
    let run = depeche(folder.path(), &["init"]);
    assert_eq!(run.code, Some(2));
    assert!(run.talk.contains("not empty") && run.talk.contains("`notes.txt`"), "{}", run.talk);
    assert_eq!(names(folder.path()), ["notes.txt"]);
}

#[test]
fn init_is_not_hindered_by_a_repository_and_touches_nothing_of_it() {
    let folder = folder();
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".gitignore"), "*.swp\n").unwrap();
    let run = depeche(folder.path(), &["init", "--lang", "en"]);
    assert_eq!(run.code, Some(0), "{}", run.talk);
    assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).unwrap(), "*.swp\n");
    assert!(run.talk.contains("`.gitignore` is left as it was"), "{}", run.talk);
}

#[test]
fn a_site_just_started_builds_without_a_remark() {
    for language in ["fr", "en"] {
        let folder = folder();
        depeche(folder.path(), &["init", "--lang", language]);
        let run = depeche(folder.path(), &["check", "--format", "short"]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{language}: {}", run.talk);
        let run = depeche(folder.path(), &["build"]);
        assert_eq!(run.code, Some(0), "{language}: {}", run.talk);
        assert!(folder.path().join("public/index.html").exists(), "{language}");
    }
}

#[test]
fn a_brief_just_started_is_checked_without_an_error() {
    let folder = folder();
    depeche(folder.path(), &["init"]);
    depeche(folder.path(), &["new", "Un sommet", "--country", "KZ"]);
    let run = depeche(folder.path(), &["check", "--drafts", "--format", "short"]);
    assert_eq!((run.code, run.out.lines().count()), (Some(0), 1), "{}{}", run.out, run.talk);
    assert!(run.out.contains(": suggestion[D704 missing-summary]: "), "{}", run.out);
    assert!(run.talk.contains(" 0 warnings, 1 suggestion"), "{}", run.talk);
}

#[test]
fn the_closing_line_counts_what_is_not_published() {
    let folder = site("title = \"Essai\"\n");
    fs::create_dir(folder.path().join("content")).unwrap();
    let kinds = [
        ("a", "date = 2024-02-01"),
        ("b", "date = 2024-04-01"),
        ("c", "draft = true"),
        ("d", "draft = true"),
    ];
    for (name, declares) in kinds {
        let text = format!(
            "+++\ntitle = \"{name}\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n{declares}\n+++\n\nTexte.\n"
        );
        fs::write(folder.path().join(format!("content/2024-01-01-{name}.md")), text).unwrap();
    }
    for command in ["check", "build"] {
        let talk = depeche(folder.path(), &[command]).talk;
        assert!(talk.contains("1 brief, 1 country, 0 notes, 0 warnings, 1 scheduled, 2 drafts"), "{talk}");
    }
}

/// A site with two briefs, of which a call and a key of the first can be mended, and a key of the second guessed.
fn site_to_mend() -> tempfile::TempDir {
    let folder = site("title = \"Essai\"\n");
    fs::create_dir(folder.path().join("content")).unwrap();
    let first = "\u{feff}+++\r\ntitre = \"T\"\r\ncountries = [\"AM\"]\r\nsummary = \"S.\"\r\n+++\r\n\r\nTexte.[^a]\r\n\r\n[^a]: N.";
    fs::write(folder.path().join("content/2024-01-01-a.md"), first).unwrap();
    let second = "+++\ntitle = \"U\"\nsummary = \"S.\"\ncountrys = [\"AM\"]\n+++\n\nTexte.\n";
    fs::write(folder.path().join("content/2024-01-02-b.md"), second).unwrap();
    folder
}

fn text(folder: &tempfile::TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn check_tells_how_many_mistakes_can_be_mended() {
    let folder = site_to_mend();
    let talk = depeche(folder.path(), &["check"]).talk;
    let expected = "3 errors, 2 warnings; 2 of them can be mended by `depeche fix`; `depeche explain";
    assert!(talk.starts_with(expected), "{talk}");
    depeche(folder.path(), &["fix", "--code", "unknown-key", "--guesses"]);
    let talk = depeche(folder.path(), &["check"]).talk;
    assert!(talk.ends_with("; 1 of the remarks can be mended by `depeche fix`\n"), "{talk}");
}

#[test]
fn fix_mends_what_is_safe_and_tells_of_each_file() {
    let folder = site_to_mend();
    let run = depeche(folder.path(), &["fix"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "content/2024-01-01-a.md: 2 mends\n"));
    assert!(run.talk.starts_with("2 mends in 1 file, in "), "{}", run.talk);
    assert!(
        run.talk.contains("; left: 1 error, 1 warning; `depeche explain D205` tells more\n"),
        "{}",
        run.talk
    );
    assert!(
        run.talk.ends_with("\nfor 1 of them `depeche fix --guesses --diff` shows a guess\n"),
        "{}",
        run.talk
    );
    assert_eq!(
        text(&folder, "content/2024-01-01-a.md"),
        "\u{feff}+++\r\ntitle = \"T\"\r\ncountries = [\"AM\"]\r\nsummary = \"S.\"\r\n+++\r\n\r\nTexte[^a].\r\n\r\n[^a]: N."
    );

    let again = depeche(folder.path(), &["fix"]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""));
    assert!(again.talk.starts_with("nothing to mend; left: 1 error, 1 warning;"), "{}", again.talk);
}

#[test]
fn fix_applies_guesses_where_it_is_told_to() {
    let folder = site_to_mend();
    let run = depeche(folder.path(), &["fix", "--guesses"]);
    assert_eq!(run.code, Some(0), "{}", run.talk);
    assert!(run.talk.ends_with("; no mistake is left\n"), "{}", run.talk);
    assert!(text(&folder, "content/2024-01-02-b.md").contains("\ncountries = [\"AM\"]\n"));
}

#[test]
fn fix_shows_what_would_change_and_writes_nothing() {
    let folder = site_to_mend();
    let before = text(&folder, "content/2024-01-01-a.md");
    let run = depeche(folder.path(), &["fix", "--diff", "--code", "D306"]);
    assert_eq!(run.code, Some(1));
    assert!(run.talk.starts_with("1 mend in 1 file would be made; left: "), "{}", run.talk);
    assert_eq!(
        run.out,
        "--- a/content/2024-01-01-a.md\n+++ b/content/2024-01-01-a.md\n@@ -4,6 +4,6 @@\n summary = \"S.\"\r\n +++\r\n \r\n\
         -Texte.[^a]\r\n+Texte[^a].\r\n \r\n [^a]: N.\n\\ No newline at end of file\n"
    );
    assert_eq!(text(&folder, "content/2024-01-01-a.md"), before);

    depeche(folder.path(), &["fix"]);
    let done = depeche(folder.path(), &["fix", "--diff"]);
    assert_eq!((done.code, done.out.as_str()), (Some(0), ""));
}

#[test]
fn fix_mends_the_files_that_are_named_from_where_it_is_run() {
    let folder = site_to_mend();
    let content = folder.path().join("content");
    let elsewhere = depeche(&content, &["fix", "--root", "..", "--guesses", "2024-01-02-b.md"]);
    assert_eq!((elsewhere.code, elsewhere.out.as_str()), (Some(0), "../content/2024-01-02-b.md: 1 mend\n"));
    let all = depeche(&content, &["fix", "--root", "..", "--diff", ".."]);
    assert!(all.out.contains("+++ b/content/2024-01-01-a.md\n"), "{}", all.out);
    for (file, told) in [("2024.md", "there is no `2024.md`"), ("/", "does not stand in the site's folder")] {
        let run = depeche(&content, &["fix", "--root", "..", file]);
        assert_eq!(run.code, Some(2));
        assert!(run.talk.contains(told), "{}", run.talk);
    }
}

#[test]
fn fix_answers_an_unknown_code_with_the_nearest() {
    let run = depeche(site_to_mend().path(), &["fix", "--code", "misplaced-cal"]);
    assert_eq!(run.code, Some(2));
    assert!(run.talk.contains("did you mean `misplaced-call`?"), "{}", run.talk);
}

#[cfg(unix)]
#[test]
fn fix_tells_of_a_file_it_can_t_write_and_writes_the_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = site_to_mend();
    let path = folder.path().join("content/2024-01-01-a.md");
    let before = text(&folder, "content/2024-01-01-a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let run = depeche(folder.path(), &["fix", "--guesses"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), "content/2024-01-02-b.md: 1 mend\n"));
    assert!(run.talk.contains("error: `content/2024-01-01-a.md` is read-only"), "{}", run.talk);
    assert!(run.talk.contains("; 1 file could not be written\n"), "{}", run.talk);
    assert_eq!(text(&folder, "content/2024-01-01-a.md"), before);
    assert_eq!(names(&folder.path().join("content")), ["2024-01-01-a.md", "2024-01-02-b.md"]);
}

/// Every `$ depeche … --help` of the reference, with the help that follows it there.
fn documented_helps(reference: &str) -> Vec<(String, String)> {
    let blocks = reference
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split_once("\n```"))
        .map(|(block, _)| block);
    blocks
        .filter_map(|block| block.strip_prefix("$ depeche ")?.split_once('\n'))
        .filter(|(command, _)| command.ends_with("--help"))
        .map(|(command, help)| (command.to_owned(), help.to_owned()))
        .collect()
}

#[test]
fn the_reference_of_commands_is_what_the_program_says() {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let helps = documented_helps(&fs::read_to_string(reference).unwrap());
    let folder = folder();
    let said = |command: &str| {
        let run = depeche(folder.path(), &command.split(' ').collect::<Vec<_>>());
        run.out.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    };
    let commands = said("--help");
    let commands = commands.split("Commands:\n").nth(1).unwrap().lines().take_while(|line| !line.is_empty());
    for command in commands.filter_map(|line| line.split_whitespace().next()).filter(|&name| name != "help") {
        assert!(
            helps.iter().any(|(asked, _)| *asked == format!("{command} --help")),
            "{command} is not documented"
        );
    }
    for (command, help) in helps {
        assert_eq!(said(&command), help, "`depeche {command}` in docs/commands.md");
    }
}

/// A site of two briefs that cite one source, which a third file of the library does not, and one that nobody cites.
fn with_sources() -> tempfile::TempDir {
    let folder = site("title = \"Essai\"\n");
    let content = folder.path().join("content");
    fs::create_dir(&content).unwrap();
    let library = "[onu]\ntitle = \"Résolution 2690\"\npublisher = \"ONU\"\nurl = \"https://onu.example/2690\"\n\n\
                   [seul]\ntitle = \"Un rapport\"\n";
    fs::write(content.join("sources.toml"), library).unwrap();
    let one =
        "+++\ntitle = \"Un\"\ncountries = [\"AM\"]\n+++\n\nLe mandat prend fin[^onu]. Il est clos[^onu].\n";
    let other = "+++\ntitle = \"Deux\"\ncountries = [\"AM\"]\n[footnotes.r]\ntitle = \"Résolution\"\n\
                 url = \"http://www.onu.example/2690/?utm_source=x\"\narchive = \"https://web.archive.org/web/20230701000000/https://onu.example/2690\"\n+++\n\nVoir ce texte[^r].\n";
    fs::write(content.join("2024-01-01-un.md"), one).unwrap();
    fs::write(content.join("2024-01-02-deux.md"), other).unwrap();
    folder
}

#[test]
fn sources_are_listed_each_once_with_those_who_cite_them() {
    let run = depeche(with_sources().path(), &["sources"]);
    assert_eq!(run.code, Some(0), "{}", run.talk);
    let expected = "Résolution 2690, ONU\n  cited 3 times in 2 files; in the library as [^onu]\n  https://onu.example/2690\n  no archive\n  \
                    content/2024-01-02-deux.md:10:14\n  content/2024-01-01-un.md:6:20\n\nUn rapport\n  not cited; in the library as [^seul]\n\n";
    assert_eq!(run.out, expected);
    assert_eq!(run.talk, "2 sources, 1 without archive, 1 not cited\n");
}

#[test]
fn the_list_of_sources_can_be_narrowed() {
    let folder = with_sources();
    let idle = depeche(folder.path(), &["sources", "--uncited"]).out;
    assert!(idle.starts_with("Un rapport") && !idle.contains("ONU"), "{idle}");
    let lacking = depeche(folder.path(), &["sources", "--without-archive"]).out;
    assert!(lacking.starts_with("Résolution") && !lacking.contains("Un rapport"), "{lacking}");
}

#[test]
fn sources_are_told_to_programs_as_objects_a_line_each() {
    let run = depeche(with_sources().path(), &["sources", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["label"], &lines[0]["calls"]), (&"onu".into(), &3.into()));
    let citation = &lines[0]["citations"][1];
    assert_eq!((&citation["line"], &citation["calls"]), (&6.into(), &2.into()));
    assert_eq!(citation["sentence"], "Le mandat prend fin.");
    assert_eq!(lines[1]["citations"], serde_json::json!([]));
}

#[test]
fn what_the_introduction_of_a_country_cites_is_cited() {
    let folder = with_sources();
    fs::create_dir(folder.path().join("content/countries")).unwrap();
    fs::write(folder.path().join("content/countries/am.md"), "L’Arménie[^seul] et le mandat[^onu].\n")
        .unwrap();
    let run = depeche(folder.path(), &["sources"]);
    assert!(
        run.out.contains(
            "Un rapport\n  cited once; in the library as [^seul]\n  content/countries/am.md:1:10\n"
        ),
        "{}",
        run.out
    );
    assert!(run.out.contains("cited 4 times in 3 files"), "{}", run.out);
    assert_eq!(depeche(folder.path(), &["sources", "--uncited"]).out, "");
}

/// Runs `depeche` with `input` on its standard input.
fn fed(folder: &Path, arguments: &[&str], input: &str) -> Run {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(arguments)
        .current_dir(folder)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: status.code(), out: text(stdout), talk: text(stderr) }
}

#[test]
fn inspect_shows_the_countries_of_a_text_with_their_places() {
    let folder = folder();
    let text = "+++\ntitle = \"La Chine\"\n+++\n\nDes **Kazakhs** et `Kazakhstan`, le gouvernement congolais, l’OTAN.\n";
    let run = fed(folder.path(), &["inspect", "mentions", "--format", "json", "-"], text);
    let found: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let at = |part: &str| text.find(part).unwrap();
    let expected = serde_json::json!({
        "mentions": [
            { "entity": "KZ", "text": "Kazakhs", "strength": "strong", "reason": "people", "start": at("Kazakhs"), "end": at("Kazakhs") + 7 },
            { "entity": "org:otan", "text": "OTAN", "strength": "strong", "reason": "name", "start": at("OTAN"), "end": at("OTAN") + 4 },
        ],
        "ambiguous": [
            { "text": "congolais", "choices": ["CD", "CG"], "start": at("congolais"), "end": at("congolais") + 9 },
        ],
    });
    assert_eq!(found, expected);
    let run = fed(folder.path(), &["inspect", "mentions", "--lang", "en", "-"], "In Kabul, the Dutch.");
    assert_eq!(
        run.out,
        "1:4 AF Afghanistan: `Kabul`, weak, capital\n1:15 NL Netherlands: `Dutch`, strong, adjective, may be linked\n"
    );
    let run = fed(folder.path(), &["inspect", "mentions", "--lang", "de", "-"], "Kabul");
    assert_eq!(
        (run.code, run.talk.as_str()),
        (Some(2), "error: countries are found in French and English texts, not in `de`\n")
    );
}

#[test]
fn inspect_reports_how_well_sentences_come_out() {
    let cases = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/mentions/sample.tsv");
    let run = depeche(folder().path(), &["inspect", "mentions", "--cases", cases]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(run.out.starts_with("64 sentences: precision 100.0 % ("), "{}", run.out);
    let folder = folder();
    fs::write(folder.path().join("a.tsv"), "lang\ttext\texpected\nfr\tEn Chine.\tKZ\nfr\tX\tZZZ\n").unwrap();
    let run = depeche(folder.path(), &["inspect", "mentions", "--cases", "a.tsv"]);
    assert_eq!((run.code, run.talk.as_str()), (Some(2), "error: a.tsv:3: `ZZZ` is the key of no entity\n"));
    fs::write(folder.path().join("a.tsv"), "lang\ttext\texpected\nfr\tEn Chine.\tKZ\n").unwrap();
    let run = depeche(folder.path(), &["inspect", "mentions", "--cases", "a.tsv"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.starts_with("a.tsv:2: wrong: CN; missed: KZ\n    En Chine.\n1 sentences: precision 0.0 %"),
        "{}",
        run.out
    );
}
