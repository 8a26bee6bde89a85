//! Asking the network, of which these tests have their own: servers on this machine, which note what they are asked and how.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests have servers of their own")]

#[cfg(not(feature = "network"))]
#[test]
fn without_the_network_it_is_said_how_to_get_it() {
    use depeche::network::{Manners, Question, ask};
    let questions = vec![Question::Page { url: "https://a.example/".into() }];
    let refusal = ask(questions, &Manners::default(), &mut |_| panic!("nobody can be asked")).unwrap_err();
    assert!(refusal.to_string().contains("install it again with `--features full`"), "{refusal}");
}

#[cfg(feature = "network")]
mod network {
    mod answers;
    mod archive;
    mod command;
    mod manners;
    mod server;
    mod trust;
}
