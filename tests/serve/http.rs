//! What a good server of static files answers.

use super::site::{SETTINGS, Served, brief, served, site, write};
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;

/// The page as it would be published: without the script that reloads it.
fn published(page: &str) -> String {
    let Some((before, rest)) = page.split_once("<script src=\"/.depeche/reload.js\"") else {
        return page.to_owned();
    };
    format!("{before}{}", rest.split_once("</script>\n").unwrap().1)
}

fn files(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{below}{}", entry.file_name().into_string().unwrap());
        match entry.path().is_dir() {
            true => files(&entry.path(), &format!("{name}/"), found),
            false => found.push(name),
        }
    }
}

#[test]
fn what_is_served_is_what_a_build_writes() {
    let served = served();
    let output = served.root.join("../public");
    let build = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["build", "--date", "2024-03-01", "--output"])
        .arg(&output)
        .current_dir(&served.root)
        .output()
        .unwrap();
    assert!(build.status.success());
    let mut found = Vec::new();
    files(&output, "", &mut found);
    found.retain(|name| !name.starts_with(".depeche"));
    assert!(found.len() > 20, "{found:?}");
    for name in found {
        let reply = served.get(&format!("/{name}"));
        assert_eq!(reply.status, 200, "{name}");
        let written = fs::read_to_string(output.join(&name)).unwrap();
        assert_eq!(published(&reply.text()), written, "{name}");
    }
    assert!(!served.root.join("public").exists(), "nothing is written");
}

#[test]
fn a_page_is_found_with_and_without_its_slash() {
    let served = served();
    let page = served.get("/briefs/un/");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(served.get("/briefs/un/index.html").text(), page.text());
    let slashed = served.get("/briefs/un?a=1");
    assert_eq!((slashed.status, slashed.header("location")), (301, "/briefs/un/?a=1"));
    let absent = served.get("/donnees.csv/");
    assert_eq!(absent.status, 404);
}

#[test]
fn a_former_address_leads_on() {
    let reply = served().get("/vieux/");
    assert_eq!(reply.status, 200);
    assert!(reply.says("http-equiv=\"refresh\"") && !reply.says("reload.js"), "{}", reply.text());
}

#[test]
fn types_are_told() {
    let served = served();
    for (path, expected) in [
        ("/courrier.css", "text/css; charset=utf-8"),
        ("/image.svg", "image/svg+xml"),
        ("/donnees.csv", "text/csv; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/sitemap.xml", "application/xml"),
        ("/atom.xml", "application/atom+xml"),
        ("/feed.json", "application/feed+json"),
    ] {
        let reply = served.get(path);
        assert_eq!((reply.status, reply.header("content-type")), (200, expected), "{path}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
}

#[test]
fn what_is_not_there_is_told_in_its_language() {
    let served = served();
    let french = served.get("/rien/du/tout/");
    assert_eq!(french.status, 404);
    assert!(french.says("<html lang=\"fr\"") && french.says("reload.js"));
    let english = served.get("/en/nothing");
    assert_eq!(english.status, 404);
    assert!(english.says("<html lang=\"en\""));
    assert_eq!(served.get("/404.html").status, 200);
}

#[test]
fn what_a_browser_has_is_not_sent_again() {
    let served = served();
    for path in ["/", "/donnees.csv"] {
        let first = served.get(path);
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with('"') && first.header("cache-control") == "no-cache");
        let second = served.request("GET", path, &[("If-None-Match", &tag)]);
        assert_eq!((second.status, second.body.len(), second.header("etag")), (304, 0, tag.as_str()));
        let other = served.request("GET", path, &[("If-None-Match", "\"other\"")]);
        assert_eq!((other.status, other.body), (200, first.body));
    }
    let modified = served.get("/donnees.csv").header("last-modified").to_owned();
    let known = served.request("GET", "/donnees.csv", &[("If-Modified-Since", &modified)]);
    assert_eq!((known.status, known.body.len()), (304, 0));
    let old =
        served.request("GET", "/donnees.csv", &[("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT")]);
    assert_eq!(old.status, 200);
}

#[test]
fn a_part_is_sent_where_one_is_asked_for() {
    let served = served();
    let part = |range: &str| {
        let reply = served.request("GET", "/donnees.csv", &[("Range", range)]);
        (reply.status, reply.text(), reply.header("content-range").to_owned())
    };
    assert_eq!(part("bytes=2-4"), (206, "234".to_owned(), "bytes 2-4/10".to_owned()));
    assert_eq!(part("bytes=7-"), (206, "789".to_owned(), "bytes 7-9/10".to_owned()));
    assert_eq!(part("bytes=-2"), (206, "89".to_owned(), "bytes 8-9/10".to_owned()));
    assert_eq!(part("bytes=10-"), (416, String::new(), "bytes */10".to_owned()));
    assert_eq!(part("bytes=0-1,3-4").0, 200);
    let tag = served.get("/donnees.csv").header("etag").to_owned();
    let same = served.request("GET", "/donnees.csv", &[("Range", "bytes=0-0"), ("If-Range", &tag)]);
    assert_eq!(same.status, 206);
    let other = served.request("GET", "/donnees.csv", &[("Range", "bytes=0-0"), ("If-Range", "\"other\"")]);
    assert_eq!((other.status, other.text().as_str()), (200, "0123456789"));
}

#[test]
fn the_head_alone_is_sent_where_it_is_asked_for() {
    let served = served();
    for path in ["/", "/donnees.csv", "/rien"] {
        let (whole, head) = (served.get(path), served.request("HEAD", path, &[]));
        assert_eq!((head.status, head.body.len()), (whole.status, 0), "{path}");
        for name in ["content-type", "content-length", "etag", "last-modified", "accept-ranges"] {
            assert_eq!(head.header(name), whole.header(name), "{path}: {name}");
        }
        assert_eq!(whole.header("content-length"), whole.body.len().to_string());
    }
}

#[test]
fn nothing_but_get_and_head_is_answered() {
    let served = served();
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let reply = served.request(method, "/", &[]);
        assert_eq!((reply.status, reply.header("allow")), (405, "GET, HEAD"), "{method}");
    }
}

#[test]
fn other_hosts_and_other_origins_are_refused() {
    let served = served();
    let port = served.host.split(':').nth(1).unwrap();
    let with_host = |host: &str, path: &str| {
        served.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    };
    assert_eq!(with_host(&format!("localhost:{port}"), "/").status, 200);
    for path in ["/", "/.depeche/events?path=/", "/.depeche/source/site.toml", "/rien"] {
        let rebound = with_host(&format!("evil.example:{port}"), path);
        assert_eq!(rebound.status, 421, "{path}");
        assert!(rebound.says(&format!("open http://{}/", served.host)), "{}", rebound.text());
        let foreign = served.request("GET", path, &[("Origin", "http://evil.example")]);
        assert_eq!(foreign.status, 403, "{path}");
        assert_eq!(served.request("GET", path, &[("Sec-Fetch-Site", "cross-site")]).status, 403, "{path}");
    }
    assert_eq!(served.raw("GET / HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    let followed =
        [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")];
    assert_eq!(served.request("GET", "/", &followed).status, 200);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let served = served();
    write(&served.root.join("../secret.txt"), "geheim");
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/a/../../secret.txt",
        "/./site.toml",
        "/site.toml",
        "/content/2024-01-01-un.md",
        "//etc/passwd",
        "/%00",
        "/%ff",
        "/%",
        "/.depeche/source/../secret.txt",
        "/.depeche/source/%2e%2e/secret.txt",
        "/.depeche/source//etc/passwd",
        "/.depeche/source/.git/config",
        "/.depeche/",
        "/.depeche/nothing",
    ] {
        let reply = served.get(path);
        assert!(matches!(reply.status, 400 | 404), "{path}: {}", reply.status);
        assert!(!reply.says("geheim") && !reply.says("root:"), "{path}");
    }
    let open = served.get("//evil.example/briefs/un");
    assert_eq!((open.status, open.header("location")), (404, ""));
}

#[test]
fn a_broken_request_harms_nobody() {
    let served = served();
    for request in ["", "\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n"] {
        let mut stream = TcpStream::connect(&served.host).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
    }
    let long =
        format!("GET /{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", "a".repeat(30_000), served.host);
    assert!(matches!(served.raw(&long).status, 404 | 414));
    assert_eq!(served.get("/").status, 200);
}

#[test]
fn one_connection_serves_for_several_requests() {
    let served = served();
    let mut stream = TcpStream::connect(&served.host).unwrap();
    let request = |connection: &str| {
        format!("GET /donnees.csv HTTP/1.1\r\nHost: {}\r\nConnection: {connection}\r\n\r\n", served.host)
    };
    stream.write_all((request("keep-alive") + &request("close")).as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    assert_eq!(text.matches("0123456789").count(), 2, "{text}");
}

#[test]
fn a_site_below_a_path_is_served_below_it() {
    let mut files = site();
    files[0].1 = SETTINGS.replace("essai.example/", "essai.example/revue%20bleue/");
    let served = Served::new(&files, &[]);
    assert!(served.url.ends_with("/revue%20bleue/"), "{}", served.url);
    for path in ["/", "/revue%20bleue"] {
        let reply = served.get(path);
        assert_eq!((reply.status, reply.header("location")), (301, "/revue%20bleue/"), "{path}");
    }
    assert!(served.get("/revue%20bleue/briefs/un/").says("Le premier texte"));
    let slashed = served.get("/revue%20bleue/briefs/un");
    assert_eq!((slashed.status, slashed.header("location")), (301, "/revue%20bleue/briefs/un/"));
    assert_eq!(served.get("/briefs/un/").status, 404);
    let events = served.shows("/revue%20bleue/briefs/un/");
    served.write("content/2024-01-01-un.md", &brief("Un", "Un autre texte."));
    events.expects("page");
}

#[test]
fn a_port_that_is_taken_is_told() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("site.toml"), SETTINGS);
    let run = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["serve", "--port", &port])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    let expected =
        format!("error: port {port} is taken: end the program that has it, or name another with `--port`\n");
    assert_eq!(String::from_utf8_lossy(&run.stderr), expected);
}

#[test]
fn without_a_site_nothing_is_served() {
    let folder = tempfile::tempdir().unwrap();
    let run = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["serve", "--port", "0"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&run.stderr).contains("there is no `site.toml`"));
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_told_to_though_a_browser_listens() {
    let mut served = served();
    let _events = served.shows("/");
    assert!(served.ends());
}
