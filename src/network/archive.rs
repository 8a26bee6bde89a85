//! The archive's service that tells of copies, in the manner of `https://archive.org/wayback/available`.

use crate::availability::{ArchivedCopy, is_web_address};
use jiff::civil::Date;
use serde::Deserialize;
use url::Url;

/// Where the service tells of copies of `url`, the one made nearest to a day first.
pub fn address(service: &Url, url: &str, near: Option<Date>) -> Url {
    let mut address = service.clone();
    address.query_pairs_mut().append_pair("url", url);
    if let Some(day) = near {
        address.query_pairs_mut().append_pair("timestamp", &day.strftime("%Y%m%d").to_string());
    }
    address
}

#[derive(Deserialize)]
struct Told {
    archived_snapshots: Snapshots,
}

#[derive(Deserialize)]
struct Snapshots {
    closest: Option<Snapshot>,
}

#[derive(Deserialize)]
struct Snapshot {
    url: String,
    timestamp: String,
    available: Option<bool>,
    status: Option<String>,
}

/// A word of the service that makes no sense.
#[derive(Debug, PartialEq, Eq)]
pub struct Senseless;

/// The copy that the service tells of in `body`, which came over a secure connection or not.
pub fn read(body: &[u8], is_secure: bool) -> Result<Option<ArchivedCopy>, Senseless> {
    let told: Told = serde_json::from_slice(body).map_err(|_| Senseless)?;
    let is_page = |snapshot: &Snapshot| {
        snapshot.available != Some(false)
            && snapshot.status.as_deref().is_none_or(|status| status.starts_with('2'))
    };
    let Some(snapshot) = told.archived_snapshots.closest.filter(is_page) else { return Ok(None) };
    let day = snapshot.timestamp.get(..8).ok_or(Senseless)?;
    let date = Date::strptime("%Y%m%d", day).map_err(|_| Senseless)?;
    // The Wayback Machine tells of `http` addresses to this day.
    let url = match snapshot.url.strip_prefix("http://") {
        Some(rest) if is_secure => format!("https://{rest}"),
        _ => snapshot.url,
    };
    if is_web_address(&url) { Ok(Some(ArchivedCopy { url: url.into(), date })) } else { Err(Senseless) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(closest: &str) -> String {
        format!(r#"{{"url": "a.example", "archived_snapshots": {{{closest}}}, "timestamp": "20231019"}}"#)
    }

    #[test]
    fn the_service_is_asked_for_the_copy_nearest_to_a_day() {
        let service = Url::parse("https://archive.example/wayback/available").unwrap();
        let near = Some("2023-10-19".parse().unwrap());
        assert_eq!(
            address(&service, "https://a.example/?x=1&y=é#z", near).as_str(),
            "https://archive.example/wayback/available?url=https%3A%2F%2Fa.example%2F%3Fx%3D1%26y%3D%C3%A9%23z&timestamp=20231019"
        );
        assert!(address(&service, "a", None).as_str().ends_with("?url=a"));
    }

    #[test]
    fn a_copy_is_told_with_its_day() {
        let closest = r#""closest": {"status": "200", "available": true, "timestamp": "20231021114500",
            "url": "http://web.archive.org/web/20231021114500/https://a.example/"}"#;
        let copy = |url: &str| {
            let url = format!("{url}://web.archive.org/web/20231021114500/https://a.example/");
            Ok(Some(ArchivedCopy { url: url.into(), date: "2023-10-21".parse().unwrap() }))
        };
        assert_eq!(read(told(closest).as_bytes(), true), copy("https"));
        assert_eq!(read(told(closest).as_bytes(), false), copy("http"));
    }

    #[test]
    fn a_copy_of_a_page_that_was_gone_is_none() {
        for closest in [
            "",
            r#""closest": null"#,
            r#""closest": {"status": "404", "available": true, "timestamp": "20231021114500", "url": "http://a.example/"}"#,
            r#""closest": {"available": false, "timestamp": "20231021114500", "url": "http://a.example/"}"#,
        ] {
            assert_eq!(read(told(closest).as_bytes(), true), Ok(None), "{closest}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_not_believed() {
        let snapshot = |url: &str, timestamp: &str| {
            told(&format!(r#""closest": {{"status": "200", "timestamp": "{timestamp}", "url": "{url}"}}"#))
        };
        for body in [
            "",
            "<html>",
            "[]",
            "{}",
            r#"{"archived_snapshots": 3}"#,
            &"[".repeat(10_000),
            &snapshot("javascript:alert(1)", "20231021114500"),
            &snapshot("http://a.example/", "2023"),
            &snapshot("http://a.example/", "20231341114500"),
            &snapshot("http://a.example/", "été 2023"),
        ] {
            assert_eq!(read(body.as_bytes(), true), Err(Senseless), "{body}");
        }
        assert_eq!(read(&[0xff, 0xfe], true), Err(Senseless));
    }
}
