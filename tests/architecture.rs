//! The house as `lib.rs` draws it: the modules stand in the order of reading, and each uses only those above it.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "the test reads the source itself")]

use std::fs;
use std::path::{Path, PathBuf};

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src");

fn modules() -> Vec<String> {
    let library = fs::read_to_string(format!("{SOURCE}/lib.rs")).unwrap();
    library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Every Rust file below `src/`, with the module of `lib.rs` it belongs to.
fn files_by_module() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    files(Path::new(SOURCE), &mut found);
    found.retain(|path| path.file_name().is_some_and(|name| name != "tests.rs"));
    found.sort();
    let modules = found.into_iter().map(|path| {
        let below = path.strip_prefix(SOURCE).unwrap().components().next().unwrap();
        let name = below.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned();
        (name, path)
    });
    modules.filter(|(name, _)| name != "lib" && name != "main").collect()
}

/// Code without its unit tests and comments, which may look at anything.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules that a file names after `crate::`.
fn used(code: &str) -> Vec<String> {
    let name = |rest: &str| {
        rest.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap().to_owned()
    };
    code.split("crate::").skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let modules = modules();
    let rank = |name: &str| modules.iter().position(|module| module == name);
    let mut wrong = Vec::new();
    for (module, path) in files_by_module() {
        let own =
            rank(&module).unwrap_or_else(|| panic!("{} belongs to no module of lib.rs", path.display()));
        for other in used(&code(&path)) {
            match rank(&other) {
                Some(rank) if rank <= own => {}
                _ => wrong.push(format!("{} uses {other}", path.strip_prefix(SOURCE).unwrap().display())),
            }
        }
    }
    assert!(wrong.is_empty(), "modules reach down:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    for module in modules() {
        let folder = format!("{SOURCE}/{module}/mod.rs");
        let path = if Path::new(&folder).exists() { folder } else { format!("{SOURCE}/{module}.rs") };
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{path} does not open with a sentence on what it is");
    }
}

#[test]
fn folders_are_stages_or_things_of_the_trade() {
    for (_, path) in files_by_module() {
        let path = path.strip_prefix(SOURCE).unwrap().to_str().unwrap();
        for smell in ["util", "helper", "common", "manager", "misc"] {
            assert!(!path.contains(smell), "{path} is named after nothing");
        }
    }
}

#[test]
fn lints_that_hold_the_edges_are_waived_at_the_edges_only() {
    let edges = ["project", "site", "network", "server", "terminal", "command"];
    for (module, path) in files_by_module() {
        let waived = code(&path).contains("clippy::disallowed_methods");
        assert!(!waived || edges.contains(&module.as_str()), "{} is no edge", path.display());
    }
}
