//! What `depeche explain` says is so: each example earns its code and no other, and its mend leaves nothing wrong.

use crate::site::{Site, site};
use depeche::diagnostic::{Code, Level, Severity, code};
use depeche::mend::Choice;
use std::collections::BTreeMap;

/// Codes whose example no block of Markdown can hold. Each has a site of its own below.
const BY_HAND: [&str; 6] =
    ["not-utf8", "file-too-large", "control-character", "symbolic-link", "unreadable-file", "lost-address"];

/// Codes that only filling in the templates can earn.
const WHEN_BUILT: [&str; 1] = ["missing-string"];

/// The headings of an explanation, each with the files written under it.
fn sections(explanation: &str) -> Vec<(&str, BTreeMap<&str, String>)> {
    let mut sections = Vec::new();
    let mut lines = explanation.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            sections.push((heading, BTreeMap::new()));
        }
        let fence = &line[..line.len() - line.trim_start_matches('`').len()];
        if fence.len() < 3 {
            continue;
        }
        let text = lines
            .by_ref()
            .take_while(|line| *line != fence)
            .fold(String::new(), |text, line| text + line + "\n");
        if let (Some((_, path)), Some((_, files))) = (line.split_once(" file="), sections.last_mut()) {
            files.insert(path, text);
        }
    }
    sections
}

/// The files written under a heading of an explanation, by path.
fn files<'a>(explanation: &'a str, heading: &str) -> BTreeMap<&'a str, String> {
    let found = sections(explanation).into_iter().find(|(found, _)| *found == heading);
    found.map(|(_, files)| files).unwrap_or_default()
}

/// The site of these files, which makes a warning of what is only suggested by `code`.
fn site_of(code: &Code, files: &BTreeMap<&str, String>) -> Site {
    let asked = match code.level {
        Level::Suggest => format!("[lints]\n{} = \"warn\"\n", code.name),
        _ => String::new(),
    };
    let settings = format!("title = \"Essai\"\n{asked}");
    let mut all = vec![("site.toml", settings.as_str())];
    all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
    site(&all)
}

fn example(code: &Code) -> BTreeMap<&'static str, String> {
    files(code.explanation, "Example")
}

fn mended(code: &Code) -> BTreeMap<&'static str, String> {
    let mut all = example(code);
    all.extend(files(code.explanation, "Mend"));
    all
}

/// The codes whose example and mend are sites that can be checked.
fn written_out() -> impl Iterator<Item = &'static Code> {
    code::ALL.iter().copied().filter(|code| !BY_HAND.contains(&code.name) && !WHEN_BUILT.contains(&code.name))
}

#[test]
fn every_explanation_has_its_sections_and_its_files() {
    let mut wrong = Vec::new();
    for code in code::ALL {
        let explanation = code.explanation;
        let first = explanation.lines().next().unwrap_or_default();
        if first.is_empty() || first.starts_with('#') || first.starts_with("```") {
            wrong.push(format!("{}: its first paragraph does not stand first", code.name));
        }
        let sections = sections(explanation);
        let headings: Vec<&str> = sections.iter().map(|(heading, _)| *heading).collect();
        if headings.get(..2) != Some(&["Example", "Mend"]) {
            wrong.push(format!("{}: its headings are {headings:?}", code.name));
        }
        if BY_HAND.contains(&code.name) {
            if !example(code).is_empty() {
                wrong.push(format!("{}: its example is written out, so it needs no site by hand", code.name));
            }
        } else if example(code).is_empty() || files(explanation, "Mend").is_empty() {
            wrong.push(format!("{}: its example or its mend has no file", code.name));
        }
        if explanation.lines().count() > 80 {
            wrong.push(format!("{}: it is longer than 80 lines", code.name));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_example_earns_its_code_and_no_other() {
    let mut wrong = Vec::new();
    for code in written_out() {
        let site = site_of(code, &example(code));
        let mut codes = site.codes();
        codes.dedup();
        if codes != [code.id] {
            wrong.push(format!("{} {}:\n{}", code.id, code.name, site.problems().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_mend_leaves_nothing_wrong() {
    let mut wrong = Vec::new();
    for code in code::ALL.iter().filter(|code| !BY_HAND.contains(&code.name)) {
        let problems = site_of(code, &mended(code)).problems();
        if !problems.is_empty() {
            wrong.push(format!("{} {}:\n{}", code.id, code.name, problems.join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The errors of a site, each a path and a code.
fn errors(site: &Site) -> Vec<(String, &'static str)> {
    let errors = site.diagnostics().into_iter().filter(|problem| problem.severity == Severity::Error);
    errors.map(|problem| (problem.place.path.to_string(), problem.code.id)).collect()
}

#[test]
fn an_example_is_mended_once_and_for_all_and_gets_no_new_error() {
    let mut wrong = Vec::new();
    for (code, guesses) in written_out().flat_map(|code| [(code, false), (code, true)]) {
        let site = site_of(code, &example(code));
        let before = errors(&site);
        let choice = Choice { guesses, ..Choice::default() };
        let mending = site.mending(&choice);
        if !mending.unsound.is_empty() {
            wrong.push(format!("{} {}: {:?}", code.id, code.name, mending.unsound));
        }
        for file in &mending.files {
            site.write(file.path.as_str(), &*file.after);
        }
        let again = site.mending(&choice);
        if !again.files.is_empty() {
            wrong.push(format!("{} {}: there is more to mend: {:?}", code.id, code.name, again.files));
        }
        if errors(&site).iter().any(|error| !before.contains(error)) {
            wrong.push(format!("{} {}:\n{}", code.id, code.name, site.problems().join("\n")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_only_a_build_finds_is_found_by_one() {
    for code in WHEN_BUILT.map(|name| code::find(name).unwrap()) {
        let site = site_of(code, &example(code));
        assert_eq!(site.problems(), [""; 0], "{} is found by checking: take it from `WHEN_BUILT`", code.name);
        let codes: Vec<&str> = site.refusal().iter().map(|problem| problem.code.id).collect();
        assert_eq!(codes, [code.id], "{}", code.name);
    }
}

#[test]
fn mended_templates_are_filled_in() {
    for code in
        code::ALL.iter().filter(|code| example(code).keys().any(|path| path.starts_with("templates/")))
    {
        assert_eq!(site_of(code, &mended(code)).refusal(), [], "{}", code.name);
    }
}

/// A site with nothing wrong but what the caller adds.
fn blank() -> Site {
    site(&[("site.toml", "title = \"Essai\"\n")])
}

const PATH: &str = "content/2024-01-01-exemple.md";
const BRIEF: &str = "+++\ntitle = \"Un sommet\"\ncountries = [\"FR\"]\n+++\n\n";

#[test]
fn a_file_that_is_not_utf_8_is_told_with_the_byte_that_is_not() {
    let site = blank();
    site.write(PATH, [BRIEF.as_bytes(), b"Cet \xE9t\xE9.\n"].concat());
    assert_eq!(
        site.problems(),
        [format!("D101 {PATH}:6:5 the file is not UTF-8: byte 0xE9 begins no character")]
    );
}

#[test]
fn a_file_too_large_is_told_with_its_size_and_the_largest() {
    let site = site(&[("site.toml", "title = \"Essai\"\nmax_file_size = 1\n")]);
    site.write(PATH, format!("{BRIEF}{}", "mot ".repeat(300_000)));
    assert_eq!(
        site.problems(),
        [format!("D102 {PATH}:1:1 the file is 1.1 MiB long; a brief has at most 1.0 MiB")]
    );
}

#[test]
fn a_control_character_is_told_by_its_number_and_can_be_deleted() {
    let site = blank();
    site.write(PATH, format!("{BRIEF}Le commu\u{8}niqué.\n"));
    assert_eq!(
        site.problems(),
        [format!("D103 {PATH}:6:9 the text holds the control character U+0008, which no page can show")]
    );
    assert_eq!(site.mended(PATH), format!("{BRIEF}Le communiqué.\n"));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_told_and_not_followed() {
    let site = blank();
    site.write("brouillons/sommet.md", "nothing of a brief");
    site.write("content/2024-01-02-b.md", format!("{BRIEF}Texte.\n"));
    std::os::unix::fs::symlink(site.root().join("brouillons/sommet.md"), site.root().join(PATH)).unwrap();
    assert_eq!(
        site.problems(),
        [format!("D104 {PATH}:1:1 `{PATH}` is a symbolic link, which is not followed")]
    );
}

#[cfg(unix)]
#[test]
fn a_file_that_can_t_be_read_is_told_with_the_system_s_reason() {
    use std::os::unix::fs::PermissionsExt;
    let site = blank();
    site.write(PATH, format!("{BRIEF}Texte.\n"));
    let path = site.root().join(PATH);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&path).is_ok() {
        // The system's own administrator may read every file.
        return;
    }
    let problems = site.problems();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with(&format!("D106 {PATH}:1:1 the file can't be read: ")), "{problems:?}");
}
