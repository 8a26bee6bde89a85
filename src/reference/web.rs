//! Addresses of web pages: which are good, and which lead to the same page.

use crate::data::{Refusal, in_message};
use jiff::civil::Date;
use url::Url;

/// What links are given to tell where a reader came from: it says nothing of the page. The first group are the prefixes
/// of families. From the documentation of the services that add them (Google Analytics and Ads, Meta, Microsoft
/// Advertising, Mailchimp, HubSpot, Matomo, Piano, X, Yandex, TikTok, LinkedIn).
const TRACKING_FAMILIES: [&str; 6] = ["utm_", "mtm_", "pk_", "hsa_", "at_", "__twitter_"];
const TRACKING: [&str; 29] = [
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
    if let Err(error) = Url::parse(written) {
        return Err(refusal.help(error.to_string()));
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

/// The address without what makes no other page of it: scheme, `www.`, case of the host, fragment, marks of campaigns, the
/// slash at the end. It is made to compare, not to be followed.
pub fn canonical(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return url.trim().to_owned() };
    let host = host(url).unwrap_or_default();
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = parsed.path().trim_end_matches('/');
    let mut query: Vec<&str> = parsed
        .query()
        .into_iter()
        .flat_map(|query| query.split('&'))
        .filter(|pair| says_something(pair))
        .collect();
    query.sort_unstable();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("{host}{port}{path}{query}")
}

fn says_something(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
    let tracks =
        TRACKING.contains(&name.as_str()) || TRACKING_FAMILIES.iter().any(|family| name.starts_with(family));
    !(pair.is_empty() || tracks)
}

/// The name of an address's host, without `www.`.
pub fn host(url: &str) -> Option<String> {
    let parsed = Url::parse(url).ok()?;
    let host = parsed.host_str()?.trim_end_matches('.');
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

/// The day on which an archive of the Wayback kind kept the copy at `url`, which such an address tells:
/// `https://web.archive.org/web/20220113120000/https://…`.
pub fn archived_on(url: &str) -> Option<Date> {
    let digits = url.split('/').skip(3).find(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        (digits == 14 || digits == 8) && part[digits..].len() <= "id_".len()
    })?;
    let number = |from: usize, to: usize| digits[from..to].parse::<i16>().ok();
    let (month, day) = (i8::try_from(number(4, 6)?).ok()?, i8::try_from(number(6, 8)?).ok()?);
    Date::new(number(0, 4)?, month, day).ok()
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
        assert_eq!(day("https://archive.ph/AbCd1"), None);
    }
}
