//! The server as a browser meets it: the program itself, on a port of its own, asked through a socket, while its site changes.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "these tests write sites and ask a server"
)]

#[cfg(not(feature = "serve"))]
#[test]
fn without_the_server_it_is_said_how_to_get_it() {
    let folder = tempfile::tempdir().unwrap();
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_depeche"))
        .arg("serve")
        .current_dir(folder.path())
        .output();
    let run = run.unwrap();
    assert_eq!(run.status.code(), Some(2));
    let talk = String::from_utf8_lossy(&run.stderr);
    assert!(talk.contains("install it again with `--features full`"), "{talk}");
}

#[cfg(feature = "serve")]
mod serve {
    mod browser;
    mod changes;
    mod faults;
    mod http;
    mod site;
}
