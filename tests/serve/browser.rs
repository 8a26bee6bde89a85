//! A page that is served, in a real Chromium, by `tests/browser/serving.mjs`.
//!
//! It needs node, Chromium, and what `npm install --prefix tests/browser` installs. Where one of them is missing it says so
//! and passes; with `CI=true` it fails.

use super::site::{SETTINGS, Served, brief};
use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const TESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

#[test]
fn an_open_page_follows_its_files() {
    let chromium = match browser() {
        Ok(chromium) => chromium,
        Err(missing) => {
            assert!(env::var_os("CI").is_none(), "the browser test can't run: {missing}");
            // Not `eprintln!`, which is kept from the terminal while a test passes.
            let note = format!("\nwarning: the browser test of the server did NOT run: {missing}\n\n");
            std::io::stderr().write_all(note.as_bytes()).unwrap();
            return;
        }
    };
    let long = "Un paragraphe assez long pour qu’il en faille beaucoup.\n\n".repeat(120) + "La fin.";
    let style =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/courrier/static/courrier.css"));
    let served = Served::new(
        &[
            ("site.toml", SETTINGS.to_owned()),
            ("content/2024-01-01-long.md", brief("Long", &long)),
            ("content/2024-01-02-autre.md", brief("Autre", "Un texte.")),
            ("static/courrier.css", style.unwrap()),
        ],
        &[],
    );
    let run = Command::new("node")
        .arg(Path::new(TESTS).join("serving.mjs"))
        .arg(&served.url)
        .args([&served.root, &chromium])
        .args(env::var_os("DEPECHE_PICTURES"))
        .output()
        .unwrap();
    let (report, errors) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert!(run.status.success(), "{report}{errors}{}", served.said());
}

/// Chromium, or what is missing of the tools that the test needs.
fn browser() -> Result<PathBuf, String> {
    let chromium = env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    if !chromium.exists() {
        return Err(format!("there is no Chromium at {}; $CHROMIUM may say where it is", chromium.display()));
    }
    if Command::new("node").arg("--version").output().is_err() {
        return Err("there is no node".to_owned());
    }
    for package in ["axe-core", "playwright-core"] {
        if !Path::new(TESTS).join("node_modules").join(package).exists() {
            return Err(format!("{package} is not installed: run npm install --prefix tests/browser"));
        }
    }
    Ok(chromium)
}
