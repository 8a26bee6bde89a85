//! Who may ask: this machine's browser, for the site itself.
//!
//! A page of another origin must not read drafts. It could try by a request of its own, which browsers mark by `Origin` and
//! `Sec-Fetch-Site`, or by a name of its own that it lets lead to this machine (DNS rebinding), which shows in `Host`. So
//! only names are answered to that nobody else can give: `localhost`, and numbers.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use std::net::{IpAddr, SocketAddr};

/// Why a request is not answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) words: String,
}

/// Whether the request may be answered by the server that listens `at`.
pub(super) fn admitted(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    at: SocketAddr,
) -> Result<(), Refusal> {
    let refusal = |status, words: &str| Err(Refusal { status, words: words.to_owned() });
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = match (uri.authority(), hosts.next(), hosts.next()) {
        (Some(authority), _, None) => authority.as_str().to_owned(),
        (None, Some(host), None) => host.to_str().unwrap_or_default().to_owned(),
        _ => return refusal(StatusCode::BAD_REQUEST, "a request names one host"),
    };
    if !is_own(&host, at) {
        let words = format!("this server does not answer to that name: open http://{at}/");
        return refusal(StatusCode::MISDIRECTED_REQUEST, &words);
    }
    let is_foreign = headers
        .get_all(header::ORIGIN)
        .iter()
        .any(|origin| origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://")) != Some(&host));
    if is_foreign || (is_from_elsewhere(headers) && !is_visit(method, headers)) {
        return refusal(StatusCode::FORBIDDEN, "pages of other origins get no answer here");
    }
    Ok(())
}

/// Whether the name is one that only leads here: `localhost` or a number of this machine, with the port.
fn is_own(host: &str, at: SocketAddr) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
        _ => (host, Some(80)),
    };
    let number = match name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        Some(number) => number.parse().ok().map(IpAddr::V6),
        None => name.parse().ok().map(IpAddr::V4),
    };
    let is_here = |number: IpAddr| number.is_loopback() || number == at.ip() || at.ip().is_unspecified();
    port == Some(at.port()) && (name.eq_ignore_ascii_case("localhost") || number.is_some_and(is_here))
}

fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(|site| site.as_bytes());
    site.is_some_and(|site| !matches!(site, b"same-origin" | b"none"))
}

/// Whether somebody follows a link to a page here.
fn is_visit(method: &Method, headers: &HeaderMap) -> bool {
    let says = |name, value: &str| headers.get(name).is_some_and(|found| found == value);
    method == Method::GET && says("sec-fetch-mode", "navigate") && says("sec-fetch-dest", "document")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(at: &str, headers: &[(&'static str, &str)]) -> u16 {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, value.parse().unwrap());
        }
        match admitted(&Method::GET, &Uri::from_static("/"), &map, at.parse().unwrap()) {
            Ok(()) => 200,
            Err(refusal) => refusal.status.as_u16(),
        }
    }

    #[test]
    fn only_names_that_nobody_else_can_give_are_answered_to() {
        let own = ["127.0.0.1:1111", "localhost:1111", "LOCALHOST:1111", "[::1]:1111", "127.0.0.2:1111"];
        for host in own {
            assert_eq!(status("127.0.0.1:1111", &[("host", host)]), 200, "{host}");
        }
        let others = [
            "evil.example:1111",
            "localhost.evil.example:1111",
            "127.0.0.1.nip.io:1111",
            "localhost",
            "localhost:80",
            "127.0.0.1:1112",
            "192.168.1.2:1111",
            "user@localhost:1111",
            "localhost:1111:1111",
            "[::1%25eth0]:1111",
            "::1:1111",
            "0177.0.0.1:1111",
            "",
        ];
        for host in others {
            assert_eq!(status("127.0.0.1:1111", &[("host", host)]), 421, "{host}");
        }
        assert_eq!(status("127.0.0.1:1111", &[]), 400);
        assert_eq!(status("127.0.0.1:1111", &[("host", "localhost:1111"), ("host", "evil.example")]), 400);
    }

    #[test]
    fn in_a_network_numbers_are_answered_to() {
        assert_eq!(status("0.0.0.0:1111", &[("host", "192.168.1.2:1111")]), 200);
        assert_eq!(status("[::]:1111", &[("host", "[fe80::1]:1111")]), 200);
        assert_eq!(status("192.168.1.2:80", &[("host", "192.168.1.2")]), 200);
        assert_eq!(status("0.0.0.0:1111", &[("host", "desk.example:1111")]), 421);
    }

    #[test]
    fn other_origins_are_refused() {
        let host = ("host", "localhost:1111");
        let with = |more: &[(&'static str, &str)]| status("127.0.0.1:1111", &[&[host], more].concat());
        assert_eq!(with(&[("origin", "http://localhost:1111")]), 200);
        for origin in ["http://evil.example", "null", "https://localhost:1111", "http://localhost:3000"] {
            assert_eq!(with(&[("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(with(&[("sec-fetch-site", "same-origin")]), 200);
        assert_eq!(with(&[("sec-fetch-site", "none")]), 200);
        for site in ["cross-site", "same-site"] {
            assert_eq!(with(&[("sec-fetch-site", site)]), 403, "{site}");
            let frame =
                [("sec-fetch-site", site), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
            assert_eq!(with(&frame), 403, "{site}");
            let link =
                [("sec-fetch-site", site), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
            assert_eq!(with(&link), 200, "{site}");
        }
    }
}
