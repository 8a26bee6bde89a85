//! Bare URLs in text, as GitHub's Markdown finds them, with what French typography sets around a URL kept out of it.

use std::ops::Range;

/// Whether there may be a bare URL in `text`: a quick look, for most texts have none.
pub(super) fn may_be_in(text: &str) -> bool {
    let text = text.as_bytes();
    memchr::memchr3_iter(b':', b'w', b'W', text)
        .any(|at| ["://", "www.", "WWW."].iter().any(|start| text[at..].starts_with(start.as_bytes())))
}

/// The first bare URL of `text` from `from` on: `https://…`, `http://…` or `www.…`.
pub(super) fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(found) = text[at..].find(['h', 'H', 'w', 'W']) {
        let start = at + found;
        if may_begin(&text[..start])
            && let Some(length) = length(&text[start..])
        {
            return Some(start..start + length);
        }
        at = start + 1;
    }
    None
}

/// Whether `text` is one bare URL with its scheme, and nothing else.
pub(super) fn is_url(text: &str) -> bool {
    !text.starts_with(['w', 'W']) && length(text) == Some(text.len())
}

/// Whether a URL may begin after `before`.
fn may_begin(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_none_or(|last| last.is_whitespace() || "*_~([«“‘„\"'".contains(last))
}

/// The length of the URL that `text` begins with.
fn length(text: &str) -> Option<usize> {
    let host = ["https://", "http://", "www."].into_iter().find_map(|start| {
        let begins = text.get(..start.len())?.eq_ignore_ascii_case(start);
        begins.then_some(start.len())
    })?;
    let names =
        text[host..].chars().take(LONGEST_DOMAIN + 1).take_while(|&character| is_in_domain(character));
    let end = host + names.map(char::len_utf8).sum::<usize>();
    let domain = text[host..end].trim_end_matches(['.', '_']);
    if !is_domain(domain) {
        return None;
    }
    if !text[end..].starts_with(['/', '?', '#', ':']) {
        return Some(host + domain.len());
    }
    let stop =
        text[end..].find(|character: char| character.is_whitespace() || "<>\"«»“”".contains(character));
    let url = without_trail(&text[..stop.map_or(text.len(), |stop| end + stop)]);
    Some(url.len().max(host + domain.len()))
}

/// Longest name of a host, in characters.
const LONGEST_DOMAIN: usize = 253;

fn is_in_domain(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '-' | '_' | '.')
}

/// Whether `domain` is names joined by periods, at least two, the last two without `_`.
fn is_domain(domain: &str) -> bool {
    let names: Vec<&str> = domain.split('.').collect();
    domain.chars().count() <= LONGEST_DOMAIN
        && names.len() > 1
        && !names.iter().any(|name| name.is_empty())
        && !names.iter().rev().take(2).any(|name| name.contains('_'))
}

/// `url` without the punctuation that closes the sentence around it.
fn without_trail(mut url: &str) -> &str {
    // Counted once: a long run of closing parentheses must not be counted again for each of them.
    let mut unmatched = count(url, ')').saturating_sub(count(url, '('));
    loop {
        let Some(last) = url.chars().next_back() else { return url };
        let trails = match last {
            ')' if unmatched > 0 => {
                unmatched -= 1;
                true
            }
            '?' | '!' | '.' | ',' | ':' | ';' | '*' | '_' | '~' | '\'' | '’' | '…' | ']' => true,
            _ => false,
        };
        if !trails {
            return url;
        }
        url = &url[..url.len() - last.len_utf8()];
    }
}

fn count(text: &str, character: char) -> usize {
    text.matches(character).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut urls = Vec::new();
        let mut at = 0;
        while let Some(range) = find(text, at) {
            at = range.end;
            urls.push(&text[range]);
        }
        urls
    }

    #[test]
    fn bare_urls_are_found_without_the_punctuation_around_them() {
        for (text, url) in [
            ("Voir https://x.example/a_b?c=d&e#f.", "https://x.example/a_b?c=d&e#f"),
            ("(https://x.example/a_(b)).", "https://x.example/a_(b)"),
            ("« https://x.example » dit-il", "https://x.example"),
            ("«https://x.example/é», dit-il", "https://x.example/é"),
            ("www.x.example/a...", "www.x.example/a"),
            ("HTTPS://X.example:8080/?!", "HTTPS://X.example:8080/"),
            ("https://x.example\u{a0}!", "https://x.example"),
            ("l’a vu “https://x.example/y”", "https://x.example/y"),
        ] {
            assert_eq!(found(text), [url], "{text}");
        }
        assert_eq!(found("https://a.example, https://b.example").len(), 2);
    }

    #[test]
    fn what_is_no_url_of_a_site_is_left_alone() {
        for text in [
            "https://",
            "https://localhost/x",
            "xhttps://x.example",
            "www.",
            "www.x",
            "ftp://x.example",
            "http://a_b.c_d/",
            "javascript:https",
            "https://.example",
            "whether",
            "/https://x.example",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_url_alone_is_told_apart() {
        assert!(is_url("https://x.example/a"));
        assert!(!is_url("https://x.example/a."));
        assert!(!is_url("https://x.example/a b"));
        assert!(!is_url("www.x.example"));
    }

    #[test]
    fn many_parentheses_cost_little() {
        let text = format!("https://x.example/{}", ")".repeat(200_000));
        assert_eq!(found(&text), ["https://x.example/"]);
        assert!(found(&"www._".repeat(50_000)).is_empty());
        assert_eq!(found(&"http://(".repeat(50_000)), [""; 0]);
    }
}
