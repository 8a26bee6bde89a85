//! The service that tells of copies, when it does and when it does not.

use super::server::{Act, Server, always, findings, manners, reply, server};
use depeche::network::{Finding, Manners, Question, ask};

const URL: &str = "https://agence.example/depeches/1042?a=1&b=2";

fn service(body: &str) -> Server {
    always(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len()))
}

/// What is told of a copy of the page near its day.
fn told(service: &Server) -> String {
    let question = Question::Copy { url: URL.into(), near: Some("2023-10-19".parse().unwrap()) };
    let manners = Manners { archive: service.url("/wayback/available"), ..manners(&[service]) };
    let findings: Vec<String> = findings(vec![question], &manners).iter().map(Finding::to_string).collect();
    assert_eq!(findings.len(), 1);
    findings[0].strip_prefix(&format!("`{URL}`")).unwrap().to_owned()
}

#[test]
fn a_copy_near_the_day_is_found() {
    let service = service(
        r#"{"url": "agence.example", "archived_snapshots": {"closest": {"status": "200", "available": true,
            "url": "http://archive.example/web/20231021114500/1042", "timestamp": "20231021114500"}}}"#,
    );
    assert_eq!(
        told(&service),
        " has a copy of 2023-10-21 in the archive: `http://archive.example/web/20231021114500/1042`"
    );
    assert_eq!(
        service.lines(),
        [
            "GET /wayback/available?url=https%3A%2F%2Fagence.example%2Fdepeches%2F1042%3Fa%3D1%26b%3D2&timestamp=20231019"
        ]
    );
}

#[test]
fn no_copy_is_an_answer_too() {
    assert_eq!(
        told(&service(r#"{"url": "agence.example", "archived_snapshots": {}}"#)),
        " has no copy in the archive"
    );
}

#[test]
fn what_can_t_be_understood_is_not_taken_for_no() {
    let silent = ": the archive did not say whether it has a copy";
    for service in [
        service("<html>"),
        service("{}"),
        service(
            r#"{"archived_snapshots": {"closest": {"url": "javascript:alert(1)", "timestamp": "20231021"}}}"#,
        ),
        always(reply(404, "")),
        always(reply(503, "")),
        server(|_| Act::HangUp),
        server(|_| {
            Act::SayForEver("HTTP/1.1 200 OK\r\n\r\n".into(), "{\"archived_snapshots\": ".repeat(1000))
        }),
    ] {
        assert_eq!(told(&service), silent);
    }
}

#[test]
fn the_service_may_not_stand_in_a_private_network_unasked() {
    let service = service("{}");
    let question = Question::Copy { url: URL.into(), near: None };
    let manners = Manners { archive: service.url("/"), ..manners(&[]) };
    let findings = findings(vec![question], &manners);
    assert!(findings[0].to_string().ends_with("was not asked: it leads into a private network"));
    assert_eq!(service.lines(), [""; 0]);
}

#[test]
fn a_service_that_can_t_be_asked_is_refused_before_anybody_is() {
    for archive in ["archive.org", "mailto:a@b.example", ""] {
        let manners = Manners { archive: archive.into(), ..Manners::default() };
        let questions = vec![Question::Copy { url: URL.into(), near: None }];
        let refusal = ask(questions, &manners, &mut |_| panic!("nobody can be asked")).unwrap_err();
        assert!(refusal.to_string().starts_with(&format!("`{archive}` is no address")), "{refusal}");
    }
}
