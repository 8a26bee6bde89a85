use crate::data::{Refusal, in_message};
use std::fmt;

/// Where the site will stand: an `http` or `https` URL in normal form, its path beginning and ending with `/`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    /// Where the path begins.
    path: usize,
}

impl BaseUrl {
    /// Where `depeche serve` shows a site that does not say where it will stand.
    pub fn local() -> Self {
        let text = "http://localhost:8000/".to_owned();
        Self { path: text.len() - 1, text }
    }

    /// The URL written as `text`, the final slash added and the case of the host ignored.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let lower = text.to_ascii_lowercase();
        let Some(scheme) = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme))
        else {
            let refusal = Refusal::new(format!("{} is not the URL of a site", in_message(text)))
                .help("it begins with `https://` or `http://`");
            let is_bare_host = !text.contains("://") && Self::parse(&format!("https://{text}")).is_ok();
            return Err(if is_bare_host { refusal.meant(format!("https://{text}")) } else { refusal });
        };
        let rest = &text[scheme.len()..];
        if let Some(mark) = rest.find(['?', '#']) {
            let what = if rest[mark..].starts_with('?') { "query" } else { "fragment" };
            return Err(Refusal::new(format!("the URL of a site has no {what}"))
                .meant(format!("{scheme}{}", &rest[..mark])));
        }
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = checked_authority(authority)?;
        check_path(path)?;
        let slash = if path.ends_with('/') { "" } else { "/" };
        Ok(Self { text: format!("{scheme}{host}{path}{slash}"), path: scheme.len() + host.len() })
    }

    /// The whole URL: `https://releve.example/revue/`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme and host: `https://releve.example`.
    pub fn origin(&self) -> &str {
        &self.text[..self.path]
    }

    /// The path, from its first slash to its last: `/revue/`.
    pub fn path(&self) -> &str {
        &self.text[self.path..]
    }

    /// The address within this site, from its first slash, that `url` leads to, if it is one of this site's. `http` and `https`
    /// are alike, and so is a host with `www.` before it and without.
    pub fn address_of(&self, url: &str) -> Option<String> {
        let (_, own) = self.text.split_once("//")?;
        let (own_host, _) = own.split_once('/')?;
        let rest =
            strip_ignoring_case(url.trim(), "https:").or_else(|| strip_ignoring_case(url.trim(), "http:"));
        let rest = rest.unwrap_or(url.trim()).strip_prefix("//")?;
        let rest = strip_ignoring_case(rest, "www.").unwrap_or(rest);
        let rest = strip_ignoring_case(rest, own_host.strip_prefix("www.").unwrap_or(own_host))?;
        let folder = &self.path()[..self.path().len() - 1];
        let address = rest.strip_prefix(folder)?;
        match address.chars().next() {
            Some('/') => Some(address.to_owned()),
            None | Some('?' | '#') => Some(format!("/{address}")),
            Some(_) => None,
        }
    }
}

fn strip_ignoring_case<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

fn checked_authority(authority: &str) -> Result<String, Refusal> {
    if authority.contains('@') {
        return Err(Refusal::new("the URL of a site has no user name or password in it"));
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    };
    if !host.is_ascii() {
        return Err(Refusal::new(format!("{} must be written in ASCII", in_message(host)))
            .help("its form in ASCII begins with `xn--`"));
    }
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = match address {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => host.split('.').all(is_label),
    };
    if !is_host {
        return Err(Refusal::new(format!("{} is not the name of a host", in_message(host))));
    }
    if let Some(port) = port
        && port.parse::<u16>().is_err()
    {
        return Err(Refusal::new(format!("{} is not a port", in_message(port))));
    }
    Ok(authority.to_ascii_lowercase())
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

fn check_path(path: &str) -> Result<(), Refusal> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~%!$&'()*+,;=:@".contains(&byte);
    if let Some(odd) = path.chars().find(|odd| !u8::try_from(*odd).is_ok_and(is_plain)) {
        return Err(Refusal::new(format!("`{}` can't stand in a URL", odd.escape_default()))
            .help("write it as `%` and its bytes"));
    }
    if path.contains("//") || path.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(Refusal::new(format!("{} is not a path in normal form", in_message(path))));
    }
    Ok(())
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_put_in_normal_form() {
        for (written, normal, origin, path) in [
            (
                "https://releve.example/revue",
                "https://releve.example/revue/",
                "https://releve.example",
                "/revue/",
            ),
            ("HTTPS://Releve.Example", "https://releve.example/", "https://releve.example", "/"),
            ("http://localhost:8000/", "http://localhost:8000/", "http://localhost:8000", "/"),
            ("http://[::1]:80/A", "http://[::1]:80/A/", "http://[::1]:80", "/A/"),
        ] {
            let url = BaseUrl::parse(written).unwrap();
            assert_eq!((url.as_str(), url.origin(), url.path()), (normal, origin, path));
        }
        assert_eq!(BaseUrl::parse("http://localhost:8000").unwrap(), BaseUrl::local());
    }

    #[test]
    fn a_url_of_the_site_has_its_address_within_it() {
        let within = |base: &str, url: &str| BaseUrl::parse(base).unwrap().address_of(url);
        for (base, url, address) in [
            ("https://releve.example/", "https://releve.example/pays/?a#b", "/pays/?a#b"),
            ("https://releve.example/", "HTTP://WWW.Releve.example/", "/"),
            ("https://www.releve.example/", "//releve.example", "/"),
            ("https://releve.example/revue/", "https://releve.example/revue#a", "/#a"),
            ("https://releve.example/revue/", "http://releve.example/revue/a.pdf", "/a.pdf"),
            ("http://localhost:8000/", "http://localhost:8000/a/", "/a/"),
        ] {
            assert_eq!(within(base, url).as_deref(), Some(address), "{url}");
        }
        for (base, url) in [
            ("https://releve.example/", "https://releve.example.org/"),
            ("https://releve.example/", "https://autre.example/?https://releve.example/"),
            ("https://releve.example/", "https://releve.example:8000/"),
            ("https://releve.example/", "https://blog.releve.example/"),
            ("https://releve.example/revue/", "https://releve.example/revues/"),
            ("https://releve.example/revue/", "https://releve.example/"),
            ("https://releve.example/", "mailto:a@releve.example"),
        ] {
            assert_eq!(within(base, url), None, "{url}");
        }
    }

    #[test]
    fn what_is_not_the_url_of_a_site_is_refused() {
        for (written, message, meant) in [
            ("releve.example", "`releve.example` is not the URL of a site", Some("https://releve.example")),
            ("ftp://releve.example", "`ftp://releve.example` is not the URL of a site", None),
            (
                "https://releve.example/?a=1",
                "the URL of a site has no query",
                Some("https://releve.example/"),
            ),
            (
                "https://releve.example/#a",
                "the URL of a site has no fragment",
                Some("https://releve.example/"),
            ),
            (
                "https://moi:secret@releve.example/",
                "the URL of a site has no user name or password in it",
                None,
            ),
            ("https:///revue", "`` is not the name of a host", None),
            ("https://relevé.example/", "`relevé.example` must be written in ASCII", None),
            ("https://a b.example/", "`a b.example` is not the name of a host", None),
            ("https://releve.example:99999/", "`99999` is not a port", None),
            ("https://releve.example/a b", "` ` can't stand in a URL", None),
            ("https://releve.example/a/../b", "`/a/../b` is not a path in normal form", None),
        ] {
            let refusal = BaseUrl::parse(written).unwrap_err();
            assert_eq!((refusal.message.as_str(), refusal.replacement.as_deref()), (message, meant));
        }
    }
}
