//! An answer in HTTP: the bytes, a part of them, or that the browser has them already (RFC 9110).
//!
//! Nothing may be taken from a cache without asking, for it may have changed since; asking costs little, for what is the
//! same as before is not sent again.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use std::ops::Range;
use std::time::SystemTime;

/// Something to be sent.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) status: StatusCode,
    pub(super) bytes: Vec<u8>,
    /// Its media type.
    pub(super) media: &'static str,
    /// When it was changed last, where that is known.
    pub(super) modified: Option<SystemTime>,
}

impl Content {
    /// A few words, and nothing else.
    pub(super) fn words(status: StatusCode, words: &str) -> Self {
        let bytes = format!("{words}\n").into_bytes();
        Self { status, bytes, media: "text/plain; charset=utf-8", modified: None }
    }
}

/// The answer to a request with these headers. Conditions and ranges are for what is there, not for an error.
pub(super) fn answer(method: &Method, headers: &HeaderMap, content: Content) -> Response {
    let Content { status, bytes, media, modified } = content;
    let tag = format!("\"{}\"", &blake3::hash(&bytes).to_hex()[..32]);
    let modified = modified.map(whole_seconds);
    let mut answer = Answer { status, headers: vec![(header::CACHE_CONTROL, "no-cache".to_owned())] };
    answer.add(header::ETAG, tag.clone());
    if let Some(modified) = modified {
        answer.add(header::LAST_MODIFIED, httpdate::fmt_http_date(modified));
    }
    if status != StatusCode::OK {
        return answer.typed(media).with(method, bytes);
    }
    if is_known(headers, &tag, modified) {
        answer.status = StatusCode::NOT_MODIFIED;
        return answer.without_body();
    }
    answer.add(header::ACCEPT_RANGES, "bytes".to_owned());
    let length = bytes.len();
    match range(method, headers, &tag, modified, length) {
        Asked::Whole => answer.typed(media).with(method, bytes),
        Asked::Part(part) => {
            answer.status = StatusCode::PARTIAL_CONTENT;
            answer.add(header::CONTENT_RANGE, format!("bytes {}-{}/{length}", part.start, part.end - 1));
            answer.typed(media).with(method, bytes[part].to_vec())
        }
        Asked::Nothing => {
            answer.status = StatusCode::RANGE_NOT_SATISFIABLE;
            answer.add(header::CONTENT_RANGE, format!("bytes */{length}"));
            answer.with(method, Vec::new())
        }
    }
}

/// That what is asked for stands elsewhere. Another site may be served at this port tomorrow: nobody may remember it.
pub(super) fn elsewhere(method: &Method, status: StatusCode, location: String) -> Response {
    let words = format!("it stands at {location}\n");
    let answer = Answer {
        status,
        headers: vec![(header::LOCATION, location), (header::CACHE_CONTROL, "no-store".to_owned())],
    };
    answer.typed("text/plain; charset=utf-8").with(method, words.into_bytes())
}

/// That something else than GET and HEAD was asked for.
pub(super) fn wrong_method(method: &Method) -> Response {
    let words = b"only GET and HEAD are answered\n".to_vec();
    let allow = (header::ALLOW, "GET, HEAD".to_owned());
    let answer = Answer { status: StatusCode::METHOD_NOT_ALLOWED, headers: vec![allow] };
    answer.typed("text/plain; charset=utf-8").with(method, words)
}

/// The head of an answer in the making.
struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, String)>,
}

impl Answer {
    fn add(&mut self, name: HeaderName, value: String) {
        self.headers.push((name, value));
    }

    fn typed(mut self, media: &str) -> Self {
        self.add(header::CONTENT_TYPE, media.to_owned());
        self
    }

    /// The answer with these bytes, or with all but them to a request for its head.
    fn with(mut self, method: &Method, bytes: Vec<u8>) -> Response {
        self.add(header::CONTENT_LENGTH, bytes.len().to_string());
        self.response(if method == Method::HEAD { Body::empty() } else { Body::from(bytes) })
    }

    fn without_body(self) -> Response {
        self.response(Body::empty())
    }

    fn response(self, body: Body) -> Response {
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let safe = [
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin".to_owned()),
        ];
        for (name, value) in self.headers.into_iter().chain(safe) {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

fn whole_seconds(time: SystemTime) -> SystemTime {
    let since = time.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(since.as_secs())
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

fn date(headers: &HeaderMap, name: HeaderName) -> Option<SystemTime> {
    httpdate::parse_http_date(text(headers, name)?).ok()
}

/// Whether the browser has it already: by its tag, or where it names none, by the day.
fn is_known(headers: &HeaderMap, tag: &str, modified: Option<SystemTime>) -> bool {
    let mut named = headers.get_all(header::IF_NONE_MATCH).iter().peekable();
    if named.peek().is_some() {
        let is_it = |name: &str| name == "*" || name.strip_prefix("W/").unwrap_or(name) == tag;
        return named
            .filter_map(|names| names.to_str().ok())
            .flat_map(|names| names.split(','))
            .any(|name| is_it(name.trim()));
    }
    let (Some(modified), Some(since)) = (modified, date(headers, header::IF_MODIFIED_SINCE)) else {
        return false;
    };
    modified <= since
}

/// How much is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<usize>),
    /// A part that there is not.
    Nothing,
}

/// What is asked for of so many bytes. Several ranges at once, and what is no range, may be answered by the whole.
fn range(
    method: &Method,
    headers: &HeaderMap,
    tag: &str,
    modified: Option<SystemTime>,
    length: usize,
) -> Asked {
    let written = text(headers, header::RANGE).filter(|_| method == Method::GET);
    let Some(written) = written.filter(|_| is_unchanged(headers, tag, modified)) else { return Asked::Whole };
    let spec = written.split_once('=').filter(|(unit, _)| unit.trim().eq_ignore_ascii_case("bytes"));
    let Some((first, last)) = spec.and_then(|(_, spec)| spec.trim().split_once('-')) else {
        return Asked::Whole;
    };
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(first) || !is_number(last) || (first.is_empty() && last.is_empty()) {
        return Asked::Whole;
    }
    // A number that is too large for any file is larger than this one.
    let number = |text: &str| text.parse().unwrap_or(usize::MAX);
    if first.is_empty() {
        return match number(last).min(length) {
            0 => Asked::Nothing,
            suffix => Asked::Part(length - suffix..length),
        };
    }
    let end = if last.is_empty() { length } else { number(last).saturating_add(1).min(length) };
    match number(first) {
        first if !last.is_empty() && number(last) < first => Asked::Whole,
        first if first >= length => Asked::Nothing,
        first => Asked::Part(first..end),
    }
}

/// Whether a part may be sent, which the browser adds to what it has.
fn is_unchanged(headers: &HeaderMap, tag: &str, modified: Option<SystemTime>) -> bool {
    match text(headers, header::IF_RANGE) {
        None => !headers.contains_key(header::IF_RANGE),
        Some(named) if named.starts_with(['"', 'W']) => named == tag,
        Some(day) => modified.is_some() && httpdate::parse_http_date(day).ok() == modified,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn headers(given: &[(HeaderName, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in given {
            map.append(name.clone(), value.parse().unwrap());
        }
        map
    }

    fn asked(given: &[(HeaderName, &str)]) -> Asked {
        let day = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        range(&Method::GET, &headers(given), "\"tag\"", Some(day), 10)
    }

    #[test]
    fn a_range_is_a_part() {
        let cases = [
            ("bytes=0-3", Asked::Part(0..4)),
            ("bytes=4-", Asked::Part(4..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-99", Asked::Part(0..10)),
            ("bytes=9-99999999999999999999999", Asked::Part(9..10)),
            ("Bytes=0-0", Asked::Part(0..1)),
            ("bytes=10-", Asked::Nothing),
            ("bytes=99999999999999999999999-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=3-2", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=+1-2", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("lines=0-1", Asked::Whole),
            ("bytes", Asked::Whole),
        ];
        for (written, expected) in cases {
            assert_eq!(asked(&[(header::RANGE, written)]), expected, "{written}");
        }
        assert_eq!(
            range(&Method::HEAD, &headers(&[(header::RANGE, "bytes=0-1")]), "", None, 10),
            Asked::Whole
        );
        assert_eq!(
            range(&Method::GET, &headers(&[(header::RANGE, "bytes=0-1")]), "", None, 0),
            Asked::Nothing
        );
    }

    #[test]
    fn a_part_of_something_else_is_not_sent() {
        let part = (header::RANGE, "bytes=0-1");
        let same = ["\"tag\"", "Sun, 06 Nov 1994 08:49:37 GMT"];
        for named in same {
            assert_eq!(asked(&[part.clone(), (header::IF_RANGE, named)]), Asked::Part(0..2), "{named}");
        }
        for named in ["\"other\"", "W/\"tag\"", "Sun, 06 Nov 1994 08:49:38 GMT", "hier"] {
            assert_eq!(asked(&[part.clone(), (header::IF_RANGE, named)]), Asked::Whole, "{named}");
        }
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let day = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let known = |given: &[(HeaderName, &str)]| is_known(&headers(given), "\"tag\"", Some(day));
        for tags in ["\"tag\"", "W/\"tag\"", "\"a\", \"tag\"", "*"] {
            assert!(known(&[(header::IF_NONE_MATCH, tags)]), "{tags}");
        }
        assert!(known(&[(header::IF_NONE_MATCH, "\"a\""), (header::IF_NONE_MATCH, "\"tag\"")]));
        assert!(!known(&[(header::IF_NONE_MATCH, "tag")]));
        assert!(known(&[(header::IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:37 GMT")]));
        assert!(!known(&[(header::IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:36 GMT")]));
        assert!(!known(&[(header::IF_MODIFIED_SINCE, "hier")]));
        let both =
            [(header::IF_NONE_MATCH, "\"a\""), (header::IF_MODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:37 GMT")];
        assert!(!known(&both), "the tag says more than the day");
        assert!(!known(&[]));
    }
}
