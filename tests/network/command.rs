//! `depeche sources check`, run as its users run it, against servers of this machine.

use super::server::{Act, reply, server};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The code, the results and the talk of one run in `root`.
fn check(root: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["sources", "check", "--pause", "0", "--date", "2024-03-01"])
        .args(arguments)
        .current_dir(root)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

/// A site whose one brief cites these pages of `host`.
fn site(host: &str, pages: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("site.toml"), "title = \"Essai\"\n").unwrap();
    let mut front = String::new();
    let mut body = String::new();
    for (number, page) in pages.iter().enumerate() {
        front += &format!(
            "[footnotes.s{number}]\ntitle = \"T{number}\"\ndate = 2024-01-0{}\nurl = \"http://{host}/{page}\"\n",
            number + 1
        );
        body += &format!("Un[^s{number}]. ");
    }
    let brief =
        format!("+++\ntitle = \"Un\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n{front}+++\n\n{body}\n");
    fs::write(folder.path().join("content/2024-02-01-un.md"), brief).unwrap();
    folder
}

fn lock(root: &Path) -> String {
    fs::read_to_string(root.join("content/sources.lock")).unwrap_or_default()
}

#[test]
fn what_fails_is_told_at_its_place_and_remembered() {
    let server = server(|line| match line {
        "HEAD /la" => Act::Say(reply(200, "")),
        "HEAD /ailleurs" => Act::Say(reply(301, "Location: /la\r\n")),
        _ => Act::Say(reply(404, "")),
    });
    let site = site(&server.host, &["la", "ailleurs", "perdu"]);
    let (code, out, talk) = check(site.path(), &["--private-host", &server.host]);
    assert_eq!(code, Some(1), "{out}{talk}");
    let host = &server.host;
    assert!(out.contains(&format!("`http://{host}/ailleurs` moved to `http://{host}/la`")), "{out}");
    let lost =
        format!("content/2024-02-01-un.md:13:12: `http://{host}/perdu` is gone (404); no copy is known");
    assert!(out.contains(&lost), "{out}");
    assert_eq!(out.lines().count(), 2, "{out}");
    assert!(
        talk.contains("3 addresses: 2 answer, 0 shown to readers only, 1 fail, 0 never asked; 0 with a copy"),
        "{talk}"
    );
    assert!(lock(site.path()).contains("/perdu"), "{}", lock(site.path()));
}

#[test]
fn an_address_that_answered_lately_is_not_asked_again() {
    let server = server(|_| Act::Say(reply(200, "")));
    let site = site(&server.host, &["la"]);
    for _ in 0..2 {
        assert_eq!(check(site.path(), &["--private-host", &server.host]).0, Some(0));
    }
    assert_eq!(server.seen().len(), 1);
    assert_eq!(check(site.path(), &["--private-host", &server.host, "--all"]).0, Some(0));
    assert_eq!(server.seen().len(), 2);
}

#[test]
fn a_copy_that_the_archive_tells_of_is_printed_by_the_next_build() {
    let server = server(|line| match line {
        line if line.starts_with("GET /wayback") => {
            let body = "{\"archived_snapshots\":{\"closest\":{\"available\":true,\"status\":\"200\",\"timestamp\":\"20240102000000\",\
                        \"url\":\"https://web.archive.org/web/20240102000000/http://x.example/perdu\"}}}";
            Act::Say(format!("HTTP/1.1 200 X\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
        }
        _ => Act::Say(reply(404, "")),
    });
    let site = site(&server.host, &["perdu"]);
    let service = format!("http://{}/wayback", server.host);
    let (code, out, talk) =
        check(site.path(), &["--archives", "--archive-service", &service, "--private-host", &server.host]);
    assert_eq!(code, Some(0), "{out}{talk}");
    assert!(out.contains("a copy is known"), "{out}");
    let built = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["build", "--date", "2024-03-01"])
        .current_dir(site.path())
        .output()
        .unwrap();
    assert!(built.status.success());
    let page = fs::read_to_string(site.path().join("public/briefs/un/index.html")).unwrap();
    assert!(page.contains("https://web.archive.org/web/20240102000000/http://x.example/perdu"), "{page}");
    assert!(!site.path().join("public/sources.lock").exists());
}

#[test]
fn a_private_network_is_not_asked_unless_it_is_allowed() {
    let server = server(|_| Act::Say(reply(200, "")));
    let site = site(&server.host, &["la"]);
    let (code, _, talk) = check(site.path(), &[]);
    assert_eq!(code, Some(0), "{talk}");
    assert!(talk.contains("1 never asked"), "{talk}");
    assert!(server.seen().is_empty());
}
