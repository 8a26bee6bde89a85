//! Addresses of web pages: which are good, and which lead to the same page.

use crate::data::{Refusal, in_message};
use jiff::civil::Date;
use url::Url;

/// What links are given to tell where a reader came from: it says nothing of the page. The first group are the prefixes
/// of families. From the documentation of the services that add them (Google Analytics and Ads, Meta, Microsoft
/// Advertising, Mailchimp, HubSpot, Matomo, Piano, X, Yandex, TikTok, LinkedIn).
const TRACKING_FAMILIES: [&str; 5] = ["utm_", "mtm_", "hsa_", "at_custom", "__twitter_"];
const TRACKING: [&str; 41] = [
    "at_campaign",
    "at_campaign_type",
    "at_format",
    "at_medium",
    "at_variant",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "srsltid",
    "msclkid",
    "yclid",
    "ysclid",
    "ttclid",
    "twclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "__hstc",
    "__hssc",
    "_ga",
    "_gl",
    "xtor",
    "ref_src",
    "ref_url",
    "wt_mc",
    "cmpid",
    "pk_campaign",
    "pk_kwd",
    "pk_keyword",
    "pk_source",
    "pk_medium",
    "pk_content",
    "pk_cid",
];

/// Reads the address of a web page.
pub(super) fn parse(written: &str) -> Result<String, Refusal> {
    let lower = written.to_ascii_lowercase();
    let refusal = Refusal::new(format!("{} is not the address of a web page", in_message(written)));
    let Some(rest) = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")) else {
        let refusal = refusal.help("it begins with `https://` or `http://`");
        return Err(if lower.starts_with("www.") {
            refusal.meant(format!("https://{written}")).safe()
        } else {
            refusal
        });
    };
    if let Some(odd) =
        rest.chars().find(|odd| odd.is_whitespace() || odd.is_control() || "<>\"\\".contains(*odd))
    {
        return Err(refusal.help(format!("`{}` can't stand in it", odd.escape_default())));
    }
    if rest.is_empty() || rest.starts_with(['/', '?', '#']) {
        return Err(refusal.help("the name of its host is missing"));
    }
    let parsed = match Url::parse(written) {
        Ok(parsed) => parsed,
        Err(error) => return Err(refusal.help(error.to_string())),
    };
    if !parsed.username().is_empty() || parsed.password().is_some() {
        let message = format!("{} gives a name or a password, which would be published", in_message(written));
        return Err(Refusal::new(message).help("take out what stands before the `@`"));
    }
    Ok(written.to_owned())
}

/// The address of what has the digital object identifier `written`, which may come with its resolver before it.
pub(super) fn of_doi(written: &str) -> Result<String, Refusal> {
    let doi = doi_in(written.trim()).unwrap_or(written.trim());
    if !doi.starts_with("10.") || !doi.contains('/') {
        return Err(Refusal::new(format!("{} is not a DOI", in_message(written)))
            .help("it begins with `10.`, as in `10.1000/182`"));
    }
    let mut url = String::from("https://doi.org/");
    for character in doi.chars() {
        match character {
            '<' | '>' | '"' | '#' | '%' | '?' | '\\' | '^' | '`' | '{' | '|' | '}' | ' ' => {
                url.push_str(&format!("%{:02X}", u32::from(character)));
            }
            character => url.push(character),
        }
    }
    parse(&url)
}

/// What follows one of the ways in which people write a DOI.
fn doi_in(written: &str) -> Option<&str> {
    const RESOLVERS: [&str; 6] = [
        "https://doi.org/",
        "http://doi.org/",
        "https://dx.doi.org/",
        "http://dx.doi.org/",
        "doi.org/",
        "doi:",
    ];
    RESOLVERS.iter().find_map(|resolver| {
        let start = written.get(..resolver.len())?;
        start.eq_ignore_ascii_case(resolver).then(|| written[resolver.len()..].trim_start())
    })
}

/// The address without what makes no other page of it: scheme, `www.`, case of the host and of what is percent-encoded,
/// fragment, marks of campaigns, the slash at the end; of a copy that the Wayback Machine keeps, the original's. It is made
/// to compare, not to be followed.
///
/// Two pages must never become one, so what is another page only on most sites (`index.html`, `/amp`, `m.`) stays.
pub fn canonical(url: &str) -> String {
    let Ok(parsed) = Url::parse(original(url).unwrap_or(url)) else { return url.trim().to_owned() };
    let host = ascii_host(parsed.as_str()).unwrap_or_default();
    let host = same_host(&host);
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = without_needless_encoding(parsed.path().trim_end_matches('/'));
    // The letters of a DOI are of either case.
    let path = if host == "doi.org" { path.to_lowercase() } else { path };
    let mut query: Vec<&str> = parsed
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| says_something(pair))
        .collect();
    // A name that is there twice has its values in an order that may tell.
    query.sort_by_key(|pair| name_of(pair));
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    // Some sites have all their pages at one path, and tell them apart behind these.
    let route = parsed.fragment().filter(|fragment| fragment.starts_with(['!', '/']));
    let route = route.map(|route| format!("#{route}")).unwrap_or_default();
    format!("{host}{port}{path}{}{route}", without_needless_encoding(&query))
}

/// The address of the page that the Wayback Machine keeps a copy of at `url`.
pub fn original(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, rest) = rest.split_once("/web/")?;
    let (moment, original) = rest.split_once('/')?;
    let is_copy = scheme.to_ascii_lowercase().starts_with("http")
        && host.eq_ignore_ascii_case("web.archive.org")
        && moment.starts_with(|first: char| first.is_ascii_digit());
    let is_address = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    Some(original).filter(|original| is_copy && is_address(original))
}

/// The one name of a host that has several, for every page of it.
fn same_host(host: &str) -> String {
    const SAME: [(&str, &str); 5] = [
        ("dx.doi.org", "doi.org"),
        ("m.youtube.com", "youtube.com"),
        ("m.facebook.com", "facebook.com"),
        ("mobile.twitter.com", "twitter.com"),
        ("x.com", "twitter.com"),
    ];
    if let Some(language) = host.strip_suffix(".m.wikipedia.org") {
        return format!("{language}.wikipedia.org");
    }
    SAME.iter().find(|(name, _)| *name == host).map_or(host, |(_, one)| one).to_owned()
}

/// The text with its percent-encoding in one form: capital figures, and none for letters, figures and the four marks that
/// never need it.
fn without_needless_encoding(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        plain.push_str(&rest[..at]);
        let figures = rest.get(at + 1..at + 3);
        let figures = figures.filter(|figures| figures.bytes().all(|figure| figure.is_ascii_hexdigit()));
        let encoded = figures.and_then(|figures| u8::from_str_radix(figures, 16).ok());
        match encoded {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                plain.push(char::from(byte));
                rest = &rest[at + 3..];
            }
            Some(byte) => {
                plain.push_str(&format!("%{byte:02X}"));
                rest = &rest[at + 3..];
            }
            None => {
                plain.push('%');
                rest = &rest[at + 1..];
            }
        }
    }
    plain + rest
}

fn name_of(pair: &str) -> &str {
    pair.split('=').next().unwrap_or_default()
}

fn says_something(pair: &str) -> bool {
    let name = name_of(pair).to_ascii_lowercase();
    let tracks =
        TRACKING.contains(&name.as_str()) || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family));
    !(pair.is_empty() || tracks)
}

/// The name of an address's host as readers know it: without `www.`, and in its own letters.
pub fn host(url: &str) -> Option<String> {
    let host = ascii_host(url)?;
    let (letters, result) = idna::domain_to_unicode(&host);
    Some(if result.is_ok() { letters } else { host })
}

fn ascii_host(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_end_matches('.');
    let named = host.strip_prefix("www.").filter(|name| name.contains('.'));
    Some(named.unwrap_or(host).to_owned())
}

/// The day on which an archive of the Wayback kind kept the copy at `url`, which such an address tells:
/// `https://web.archive.org/web/20220113120000/https://…`.
pub fn archived_on(url: &str) -> Option<Date> {
    // The Wayback Machine makes its copies to the second; eight digits ask it for the nearest.
    let asks_for_nearest = || url.contains("://web.archive.org/");
    let digits = url.split('/').skip(3).map(str::as_bytes).find(|part| {
        let digits = part.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_day = digits == 14 || digits == 8 && !asks_for_nearest();
        is_day && part.len() - digits <= "id_".len()
    })?;
    let number = |part: &[u8]| part.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0'));
    let (month, day) = (i8::try_from(number(&digits[4..6])).ok()?, i8::try_from(number(&digits[6..8])).ok()?);
    Date::new(number(&digits[..4]), month, day).ok()
}

/// The day that an address holds: `/2023/10/19/`, `2023-10-19`. Newspapers write the day of publication so.
pub fn dated(url: &str) -> Option<Date> {
    let parsed = Url::parse(url).ok()?;
    let path = parsed.path();
    let starts = path.match_indices(|character: char| character.is_ascii_digit()).map(|(at, _)| at);
    let is_start =
        |at: &usize| at.checked_sub(1).is_none_or(|before| !path.as_bytes()[before].is_ascii_digit());
    starts.filter(is_start).find_map(|at| day_at(&path[at..]))
}

fn day_at(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let separator = *bytes.get(4).filter(|separator| matches!(separator, b'/' | b'-'))?;
    let mut parts = text.splitn(3, char::from(separator));
    let (year, month, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let day = &rest[..rest.bytes().take_while(u8::is_ascii_digit).count()];
    let is_number =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(is_number(month) && is_number(day)) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1900..2100).contains(&date.year()).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_named_in_its_own_letters() {
        assert_eq!(host("https://xn--e1afmkfd.xn--p1ai/a").as_deref(), Some("пример.рф"));
        assert_eq!(host("https://www.пример.рф/a").as_deref(), Some("пример.рф"));
        assert_eq!(canonical("https://пример.рф/a"), canonical("https://xn--e1afmkfd.xn--p1ai/a"));
    }

    #[test]
    fn what_only_looks_like_a_mark_of_a_campaign_tells_pages_apart() {
        assert_ne!(canonical("https://x.example/p?at_id=1"), canonical("https://x.example/p?at_id=2"));
        assert_eq!(canonical("https://x.example/p?at_medium=rss"), canonical("https://x.example/p"));
    }

    #[test]
    fn an_address_may_tell_the_day_of_publication() {
        let day = |url| dated(url).map(|day| day.to_string());
        assert_eq!(day("https://aravot.am/2022/11/24/314654").as_deref(), Some("2022-11-24"));
        assert_eq!(day("https://x.example/a/2022-01-13-sommet.html").as_deref(), Some("2022-01-13"));
        assert_eq!(day("https://x.example/2022/1/3").as_deref(), Some("2022-01-03"));
        for url in [
            "https://x.example/2022/11/",
            "https://x.example/12022/11/24",
            "https://x.example/2022/13/24",
            "https://x.example/2022-11/24",
            "https://2022-11-24.example/",
        ] {
            assert_eq!(day(url), None, "{url}");
        }
    }

    #[test]
    fn marks_of_campaigns_and_the_like_make_no_other_page() {
        let page = "https://www.tass.com/politics/1019?id=3";
        for same in [
            "http://tass.com/politics/1019/?id=3",
            "https://TASS.com/politics/1019?id=3#:~:text=CSTO",
            "https://tass.com/politics/1019?utm_source=x&id=3&utm_medium=y",
            "https://tass.com:443/politics/1019?fbclid=abc&id=3&gclid=",
        ] {
            assert_eq!(canonical(same), canonical(page), "{same}");
        }
        for other in [
            "https://tass.com/politics/1019",
            "https://tass.com/politics/1019?id=4",
            "https://m.tass.com/politics/1019?id=3",
        ] {
            assert_ne!(canonical(other), canonical(page), "{other}");
        }
        assert_eq!(canonical("https://x.example/?b=2&a=1"), canonical("https://x.example?a=1&b=2"));
    }

    #[test]
    fn addresses_of_one_page_are_one_however_they_are_written() {
        for (one, other) in [
            ("https://été.example/é", "https://xn--t-9fab.example/%c3%a9"),
            ("https://a.example/%7Eb%2Dc%2fd", "https://a.example/~b-c%2Fd"),
            ("https://a.example./b/../c", "https://A.example/c"),
            ("https://[2001:DB8::0:1]:443/a", "http://[2001:db8::1]/a"),
            ("https://doi.org/10.1000/ABC", "http://dx.doi.org/10.1000/abc"),
            ("https://fr.m.wikipedia.org/wiki/OTSC", "https://fr.wikipedia.org/wiki/OTSC"),
            ("https://x.com/a/status/1?ref_src=b", "https://twitter.com/a/status/1"),
            (
                "https://web.archive.org/web/20220113120000id_/http://www.a.example/b?c=1#d",
                "https://a.example/b?c=1",
            ),
            ("https://a.example/b?", "https://a.example/b#c"),
        ] {
            assert_eq!(canonical(one), canonical(other));
        }
    }

    #[test]
    fn addresses_that_may_lead_to_two_pages_are_two() {
        for (one, other) in [
            ("https://a.example/index.html", "https://a.example/"),
            ("https://a.example/b/amp", "https://a.example/b"),
            ("https://m.a.example/b", "https://a.example/b"),
            ("https://m.wikipedia.org.example/b", "https://wikipedia.org.example/b"),
            ("https://a.example/#!/b", "https://a.example/#!/c"),
            ("https://a.example/#/b", "https://a.example/"),
            ("https://a.example/b?c=1&c=2", "https://a.example/b?c=2&c=1"),
            ("https://a.example/b?c", "https://a.example/b?c="),
            ("https://a.example/b%2Fc", "https://a.example/b/c"),
            ("https://a.example/B", "https://a.example/b"),
            ("https://a.example/b?pk_id=1", "https://a.example/b?pk_id=2"),
            ("https://a.example:8080/b", "https://a.example/b"),
            ("https://www.com/b", "https://com/b"),
            (
                "https://web.archive.org/web/2022/https://a.example/b",
                "https://web.archive.org/web/2022/https://a.example/c",
            ),
            ("https://web.archive.org/web/", "https://web.archive.org/"),
        ] {
            assert_ne!(canonical(one), canonical(other), "{one}");
        }
    }

    #[test]
    fn an_address_with_a_password_is_not_published() {
        for url in ["https://ana:secret@a.example/b", "https://lemonde.fr@a.example/"] {
            assert!(parse(url).is_err(), "{url}");
        }
        assert!(parse("https://a.example/@ana/1").is_ok());
    }

    #[test]
    fn a_doi_becomes_the_address_that_resolves_it() {
        for written in
            ["10.1000/182", "doi:10.1000/182", "DOI: 10.1000/182", "https://dx.doi.org/10.1000/182"]
        {
            assert_eq!(of_doi(written).unwrap(), "https://doi.org/10.1000/182");
        }
        assert_eq!(of_doi("10.1000/a<b>#c").unwrap(), "https://doi.org/10.1000/a%3Cb%3E%23c");
        assert!(of_doi("1000/182").is_err());
        assert!(of_doi("é").is_err());
    }

    #[test]
    fn a_kept_copy_tells_its_day() {
        let day = |url| archived_on(url).map(|day| day.to_string());
        assert_eq!(
            day("https://web.archive.org/web/20220113120000/https://tass.com/1").as_deref(),
            Some("2022-01-13")
        );
        assert_eq!(
            day("https://web.archive.org/web/20220113120000id_/https://tass.com/1").as_deref(),
            Some("2022-01-13")
        );
        assert_eq!(day("https://archive.ph/20231019/https://tass.com/1").as_deref(), Some("2023-10-19"));
        assert_eq!(day("https://web.archive.org/web/20221513120000/https://tass.com/1"), None);
        assert_eq!(day("https://web.archive.org/web/20220113/https://tass.com/1"), None, "the nearest to it");
        assert_eq!(day("https://archive.ph/AbCd1"), None);
    }
}
