//! What theme makers are told is what is there: `docs/themes.md` against the views, and the default theme's strings
//! against its templates.

use std::fmt::Write;

/// The files of the views, in the order of the guide.
const VIEWS: [&str; 6] = [
    include_str!("../src/page/view/mod.rs"),
    include_str!("../src/page/view/document.rs"),
    include_str!("../src/page/view/source.rs"),
    include_str!("../src/page/view/list.rs"),
    include_str!("../src/page/view/place.rs"),
    include_str!("../src/page/view/feed.rs"),
];
const GUIDE: &str = include_str!("../docs/themes.md");
const BEGIN: &str = "<!-- view:begin -->\n";
const END: &str = "<!-- view:end -->";

/// The tables between the guide's markers are made from the views' own comments; `UPDATE_DOCS=1` writes them anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "a developer asks for the guide to be written anew")]
fn the_guide_lists_what_templates_see() {
    let (before, rest) = GUIDE.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let expected = format!(
        "{before}{BEGIN}\n{}{END}{after}",
        tables(&VIEWS.into_iter().flat_map(types).collect::<Vec<_>>())
    );
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/themes.md"), expected).unwrap();
    } else {
        assert!(expected == GUIDE, "docs/themes.md is not up to date: run this test with UPDATE_DOCS=1");
    }
}

#[test]
fn the_guide_names_every_template() {
    for (name, _) in templates() {
        assert!(GUIDE.contains(&format!("`{name}`")), "docs/themes.md does not name `{name}`");
    }
}

#[test]
fn french_and_english_have_the_same_strings_in_the_same_order() {
    let [english, french] = ["en", "fr"].map(keys);
    assert_eq!(english, french);
}

#[test]
fn every_string_a_template_asks_for_exists() {
    let keys = keys("en");
    for (name, text) in templates() {
        for asked in text.split("t(key=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(
                keys.iter().any(|key| key == asked),
                "{name} asks for `{asked}`, which is not in en.toml"
            );
        }
    }
}

/// A type of the views, with its sentence and its fields or variants.
struct Type {
    name: String,
    is_enum: bool,
    what: String,
    members: Vec<Member>,
}

/// A field and its type, or a variant and what it holds.
struct Member {
    name: String,
    of: String,
    what: String,
}

/// The types that templates see, in the order of the file. It reads the plain Rust of views, not any Rust.
fn types(source: &str) -> Vec<Type> {
    let mut types: Vec<Type> = Vec::new();
    let mut what = String::new();
    let mut attributes = String::new();
    let mut open = false;
    for line in source.lines() {
        let line = line.trim();
        if let Some(words) = line.strip_prefix("/// ") {
            what.push_str(if what.is_empty() { "" } else { " " });
            what.push_str(words);
            continue;
        }
        if line.starts_with("#[") {
            attributes.push_str(line);
            continue;
        }
        let declaration = line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum "));
        if let Some(name) = declaration.and_then(|rest| rest.strip_suffix(" {")) {
            open = attributes.contains("Serialize");
            if open {
                let is_enum = line.starts_with("pub enum ");
                types.push(Type { name: name.to_owned(), is_enum, what: what.clone(), members: Vec::new() });
            }
        } else if line == "}" {
            open = false;
        } else if let (true, Some(shown)) = (open, types.last_mut()) {
            let member = member(line, &attributes, &what);
            shown.members.extend(member.filter(|_| !attributes.contains("skip")));
        }
        what.clear();
        attributes.clear();
    }
    types
}

fn member(line: &str, attributes: &str, what: &str) -> Option<Member> {
    let line = line.strip_suffix(',')?;
    let (name, of) = match line.strip_prefix("pub ") {
        Some(field) => field.split_once(": ")?,
        None => line.trim_end_matches([')', '{', '}', ' ']).split_once(['(', ' ']).unwrap_or((line, "")),
    };
    let renamed = attributes.split_once("rename = \"").and_then(|(_, rest)| rest.split('"').next());
    Some(Member {
        name: renamed.unwrap_or(name).to_owned(),
        of: of.to_owned(),
        what: what.replace("[`", "`").replace("`]", "`"),
    })
}

fn tables(types: &[Type]) -> String {
    let mut out = String::new();
    for shown in types.iter().filter(|shown| shown.name != "View") {
        let _ = writeln!(out, "### {}\n\n{}\n", shown.name, shown.what);
        let _ = writeln!(
            out,
            "{}",
            if shown.is_enum {
                "| what | its variables |\n|---|---|"
            } else {
                "| name | type | what |\n|---|---|---|"
            }
        );
        for member in &shown.members {
            let of = readable(&member.of, types);
            let what = member.what.replace('|', "\\|");
            let _ = match shown.is_enum {
                true => writeln!(out, "| {what} | {} |", if of.is_empty() { "none of its own" } else { &of }),
                false => writeln!(out, "| `{}` | {of} | {what} |", member.name),
            };
        }
        out.push('\n');
    }
    out
}

/// A Rust type as a template maker knows it.
fn readable(of: &str, types: &[Type]) -> String {
    let inside = |outer: &str| of.strip_prefix(outer)?.strip_suffix('>');
    if let Some(item) = inside("Vec<") {
        return format!("list of {}", readable(item, types));
    }
    if let Some(item) = inside("Option<") {
        return format!("{} or none", readable(item, types));
    }
    if let Some(item) = inside("Box<").or(inside("Digested<")) {
        return readable(item, types);
    }
    match of {
        "String" | "CompactString" | "Arc<str>" | "&'static str" | "LanguageTag" => "string".to_owned(),
        "usize" | "u8" | "i8" | "i16" => "number".to_owned(),
        "serde_json::Value" => "anything".to_owned(),
        name if types.iter().any(|shown| shown.name == name) => format!("[{name}](#{})", name.to_lowercase()),
        other => other.to_owned(),
    }
}

/// The default theme's templates by name.
fn templates() -> Vec<(String, String)> {
    let mut templates = Vec::new();
    read(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/courrier/templates"), "", &mut templates);
    assert!(!templates.is_empty());
    templates
}

#[expect(clippy::disallowed_methods, reason = "the test looks at the theme as it is in the repository")]
fn read(folder: &str, prefix: &str, templates: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        match std::fs::read_to_string(&path) {
            Ok(text) => templates.push((name, text)),
            Err(_) => read(&path.to_string_lossy(), &format!("{name}/"), templates),
        }
    }
}

fn keys(language: &str) -> Vec<String> {
    let text = match language {
        "fr" => include_str!("../themes/courrier/i18n/fr.toml"),
        _ => include_str!("../themes/courrier/i18n/en.toml"),
    };
    let table: toml::Table = text.parse().unwrap_or_default();
    table.keys().cloned().collect()
}
