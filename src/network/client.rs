//! The network itself: one request, and what came of it.

#![expect(clippy::disallowed_methods, reason = "this is where the network is asked")]

use super::inquiry::{Method, Response, Trouble};
use super::{Manners, PrivateHosts, address};
use crate::availability::Failure;
use jiff::fmt::rfc2822;
use std::fmt;
use std::io::ErrorKind;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{self, HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body, Error};
use url::Url;

/// As much as is ever read of a page.
const MOST_READ: u64 = 64 * 1024;

/// As much as a server may say before the page.
const MOST_HEADERS: usize = 64 * 1024;

/// What sends requests. Nothing of one is left for the next: no connection, no cookie.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
}

impl Client {
    /// A client with these manners.
    pub fn new(manners: &Manners) -> Self {
        // What a header can't hold would keep every request from being sent.
        let user_agent: String =
            manners.user_agent.chars().filter(|letter| matches!(letter, ' '..='~')).collect();
        let config = Agent::config_builder()
            .user_agent(user_agent)
            .timeout_global(Some(manners.time_out))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .max_response_header_size(MOST_HEADERS)
            // A page that follows a HEAD against all rules must not be taken for the next reply.
            .max_idle_connections(0)
            .proxy(None)
            .build();
        let resolver = Guarded { hosts: manners.private_hosts.clone(), names: DefaultResolver::default() };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver) }
    }

    /// Sends one request.
    pub fn send(&self, method: Method, url: &Url) -> Result<Response, Trouble> {
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get | Method::Read => self.agent.get(url.as_str()),
        };
        let mut response = request.call().map_err(trouble)?;
        let body = match method {
            Method::Read => read(&mut response).map_err(trouble)?,
            Method::Head | Method::Get => Vec::new(),
        };
        let headers = response.headers();
        Ok(Response {
            status: response.status().as_u16(),
            location: header(headers, "location").map(str::to_owned),
            retry_after: retry_after(header(headers, "retry-after"), header(headers, "date")),
            body,
        })
    }
}

fn read(response: &mut http::Response<Body>) -> Result<Vec<u8>, Error> {
    response.body_mut().with_config().limit(MOST_READ).read_to_vec()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    std::str::from_utf8(headers.get(name)?.as_bytes()).ok()
}

/// How long `Retry-After` asks to wait: so many seconds, or until a moment, which is compared with the server's own clock.
fn retry_after(wait: Option<&str>, date: Option<&str>) -> Option<Duration> {
    let wait = wait?.trim();
    if let Ok(seconds) = wait.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let instant = |text: &str| rfc2822::parse(text).ok().map(|moment| moment.timestamp());
    let span = instant(wait)?.duration_since(instant(date?)?);
    Some(span.try_into().unwrap_or(Duration::ZERO))
}

fn trouble(error: Error) -> Trouble {
    let failure = match error {
        Error::Other(inner) if inner.is::<PrivateAddress>() => return Trouble::PrivateAddress,
        Error::Timeout(_) => Failure::TimeOut,
        Error::HostNotFound => Failure::NoSuchHost,
        Error::Tls(_) | Error::Rustls(_) | Error::TlsRequired => Failure::Tls,
        Error::ConnectionFailed => Failure::NoConnection,
        Error::Io(error) => match error.kind() {
            // So the library of TLS wraps its own errors; nothing else is of this kind.
            ErrorKind::InvalidData => Failure::Tls,
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::TimeOut,
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Failure::BrokenOff,
            _ => Failure::NoConnection,
        },
        _ => Failure::Garbage,
    };
    Trouble::Failure(failure)
}

/// Names to addresses, of which only those are given on that may be connected to: so there is no moment between the look and
/// the connection in which a name could come to lead elsewhere.
#[derive(Debug)]
struct Guarded {
    hosts: PrivateHosts,
    names: DefaultResolver,
}

impl Resolver for Guarded {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        time_out: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, time_out).map_err(|error| match error {
            // The system's words for a name that leads nowhere.
            Error::Io(_) => Error::HostNotFound,
            error => error,
        })?;
        let is_allowed = match &self.hosts {
            PrivateHosts::None => false,
            PrivateHosts::These(hosts) => uri.authority().is_some_and(|host| hosts.contains(host.as_str())),
            PrivateHosts::All => true,
        };
        let mut allowed = self.empty();
        found
            .iter()
            .filter(|found| is_allowed || address::is_public(found.ip()))
            .for_each(|found| allowed.push(*found));
        if allowed.is_empty() { Err(Error::Other(PrivateAddress.into())) } else { Ok(allowed) }
    }
}

/// A host that stands only at addresses that are not the whole world's.
#[derive(Debug)]
struct PrivateAddress;

impl fmt::Display for PrivateAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the host stands in a private network")
    }
}

impl std::error::Error for PrivateAddress {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_may_ask_for_patience_by_seconds_or_by_its_clock() {
        let date = Some("Fri, 20 Nov 2026 10:00:00 GMT");
        for (wait, expected) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Fri, 20 Nov 2026 10:00:30 GMT", Some(30)),
            ("Fri, 20 Nov 2026 09:00:00 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(retry_after(Some(wait), date), expected.map(Duration::from_secs), "{wait}");
        }
        assert_eq!(retry_after(Some("Fri, 20 Nov 2026 10:00:30 GMT"), None), None);
        assert_eq!(retry_after(None, date), None);
    }
}
