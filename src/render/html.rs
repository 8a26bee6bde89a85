//! Writing HTML: text escaped, URLs made safe, and characters left out that no page can hold.

use crate::brief::link::scheme;
use crate::source::glance;
use std::fmt::Write as _;

/// Writes `text` so that it is text, in an element or between double quotation marks.
pub(super) fn push_text(html: &mut String, text: &str) {
    let (mut written, mut at) = (0, 0);
    while let Some(special) = glance::find(text.as_bytes(), at, is_special) {
        let Some(character) = text[special..].chars().next() else { break };
        at = special + character.len_utf8();
        let instead = match character {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            character if is_forbidden(character) => "",
            _ => continue,
        };
        html.push_str(&text[written..special]);
        html.push_str(instead);
        written = at;
    }
    html.push_str(&text[written..]);
}

/// Whether a character begins with `byte`, and goes on with `next` if it is longer, that means something to HTML, is a control,
/// or may be one that no page can hold.
#[inline]
fn is_special(byte: u8, next: u8) -> bool {
    (byte | 4 == b'&')
        | (byte | 2 == b'>')
        | ((byte < 0x20) & (byte != b'\n'))
        | (byte == 0x7f)
        | ((byte == 0xc2) & (next < 0xa0))
        | (byte >= 0xef)
}

/// Whether neither HTML nor XML can hold `character`: controls, and code points that are no characters.
pub(super) fn is_forbidden(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}')
        || u32::from(character) & 0xfffe == 0xfffe
}

/// Writes `markup` as it is, without the characters that no page can hold.
pub(super) fn push_markup(html: &mut String, markup: &str) {
    html.extend(markup.split(is_forbidden));
}

/// ` name="value"`, the value escaped.
pub(super) fn push_attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    push_text(html, value);
    html.push('"');
}

/// ` name="value"`, where the value holds nothing that means something to HTML: the tag of a language, a date, an id.
#[inline]
pub(super) fn push_plain_attribute(html: &mut String, name: &str, value: &str) {
    debug_assert_eq!(glance::find(value.as_bytes(), 0, is_special), None, "{value} is not plain");
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    html.push_str(value);
    html.push('"');
}

/// `text` as [`push_text`] writes it.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}

/// Writes `number` in the figures of HTML.
pub(super) fn push_number(html: &mut String, number: usize) {
    if number > 9 {
        push_number(html, number / 10);
    }
    html.push(char::from(b'0' + (number % 10) as u8));
}

/// ` name="url"`, with what may not stand in a URL percent-encoded.
pub(super) fn push_url_attribute(html: &mut String, name: &str, url: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    let (mut written, mut at) = (0, 0);
    while let Some(special) = glance::find(url.as_bytes(), at, is_special_in_url) {
        html.push_str(&url[written..special]);
        let Some(character) = url[special..].chars().next() else { break };
        match character {
            '&' => html.push_str("&amp;"),
            '\'' => html.push_str("%27"),
            character if is_forbidden(character) || matches!(character, '\t' | '\n' | '\r') => {}
            character => push_encoded(html, character),
        }
        at = special + character.len_utf8();
        written = at;
    }
    html.push_str(&url[written..]);
    html.push('"');
}

/// Whether a URL does not hold `byte` as it is. A host between brackets is an IPv6 address; elsewhere brackets are harmless.
#[inline]
fn is_special_in_url(byte: u8, _: u8) -> bool {
    (byte <= b' ')
        | (byte == b'"')
        | (byte | 1 == b'\'')
        | (byte | 2 == b'>')
        | (byte | 2 == b'^')
        | (byte == b'`')
        | ((byte >= b'{') & (byte != b'~'))
}

fn push_encoded(html: &mut String, character: char) {
    let mut bytes = [0; 4];
    for byte in character.encode_utf8(&mut bytes).bytes() {
        let Ok(()) = write!(html, "%{byte:02X}") else {
            unreachable!("a string takes all that is written to it")
        };
    }
}

/// What `url`, written on the page at `base`, means: an absolute URL.
pub(super) fn absolute(base: &str, url: &str) -> String {
    if scheme(url).is_some() {
        return url.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else { return url.to_owned() };
    if url.starts_with("//") {
        return format!("{scheme}:{url}");
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path = &path[..path.find(['?', '#']).unwrap_or(path.len())];
    if url.is_empty() || url.starts_with(['?', '#']) {
        return format!("{scheme}://{host}{path}{url}");
    }
    if let Some((folder, rest)) = above(path, url) {
        return [scheme, "://", host, folder, rest].concat();
    }
    let (relative, suffix) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let folder =
        if relative.starts_with('/') { "" } else { path.rsplit_once('/').map_or("", |(folder, _)| folder) };
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(relative.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let slash = if !parts.is_empty() && (relative.ends_with(['/', '.'])) { "/" } else { "" };
    format!("{scheme}://{host}/{}{slash}{suffix}", parts.join("/"))
}

/// The folder above a page at `path` in which `url` begins by its `../`, and what follows there; only where nothing else is to be
/// made of either, as of most links between pages.
fn above<'p, 'u>(path: &'p str, url: &'u str) -> Option<(&'p str, &'u str)> {
    let (mut folder, mut rest) = (path.rsplit_once('/')?.0, url);
    while let Some(below) = rest.strip_prefix("../") {
        (folder, rest) = (folder.rsplit_once('/')?.0, below);
    }
    let is_plain = |path: &str| !path.as_bytes().windows(2).any(|pair| matches!(pair, b"//" | b"/."));
    let names = !rest.is_empty() && !rest.starts_with(['.', '/']) && !rest.ends_with('.');
    let is_known = names && !rest.contains(['?', '#']) && is_plain(rest) && is_plain(path);
    is_known.then(|| (&path[..=folder.len()], rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        let mut html = String::new();
        push_text(&mut html, text);
        html
    }

    #[test]
    fn what_means_something_to_html_is_escaped() {
        assert_eq!(text("<a b=\"c\"> & 'd' é"), "&lt;a b=&quot;c&quot;&gt; &amp; 'd' é");
    }

    #[test]
    fn what_is_escaped_is_found_wherever_it_stands() {
        for length in 0..100 {
            for (mark, written) in [("<", "&lt;"), ("\u{85}", ""), ("\u{a0}", "\u{a0}"), ("\"", "&quot;")] {
                let around = "é.".repeat(length);
                assert_eq!(text(&format!("{around}{mark}{around}")), format!("{around}{written}{around}"));
                let around = "a".repeat(length);
                assert_eq!(text(&format!("{around}{mark}{around}")), format!("{around}{written}{around}"));
            }
        }
    }

    #[test]
    fn a_url_keeps_what_it_may_hold() {
        let kept = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$()*+,;=%[]";
        for character in '\0'..'\u{100}' {
            let (mut html, url) = (String::new(), format!("https://x.example/{character}/{character}"));
            push_url_attribute(&mut html, "href", &url);
            assert_eq!(html == format!(" href=\"{url}\""), kept.contains(character), "{character:?}");
        }
    }

    #[test]
    fn what_no_page_can_hold_is_left_out() {
        assert_eq!(text("a\u{1}b\u{7f}c\u{85}d\u{fffe}e\u{1ffff}f\u{fdd0}g\th\n"), "abcdefg\th\n");
        assert_eq!(text("\u{2}é\u{a0}\u{202f}🗺\u{fffd}"), "é\u{a0}\u{202f}🗺\u{fffd}");
    }

    #[test]
    fn a_url_is_encoded_and_cannot_leave_its_attribute() {
        let mut html = String::new();
        push_url_attribute(&mut html, "href", "/é t\u{e9}?a=\"b\"&c='d'<%41>\u{1}\n#x");
        assert_eq!(html, " href=\"/%C3%A9%20t%C3%A9?a=%22b%22&amp;c=%27d%27%3C%41%3E#x\"");
    }

    #[test]
    fn a_link_is_made_absolute_from_the_page_it_stands_on() {
        let base = "https://x.example/revue/briefs/minsk/";
        for (url, expected) in [
            ("../erevan/", "https://x.example/revue/briefs/erevan/"),
            ("../../../../a.png?x#y", "https://x.example/a.png?x#y"),
            ("/pays/", "https://x.example/pays/"),
            ("./", "https://x.example/revue/briefs/minsk/"),
            ("..", "https://x.example/revue/briefs/"),
            ("../../", "https://x.example/revue/"),
            ("carte.png", "https://x.example/revue/briefs/minsk/carte.png"),
            ("#x", "https://x.example/revue/briefs/minsk/#x"),
            ("//y.example/z", "https://y.example/z"),
            ("mailto:a@y.example", "mailto:a@y.example"),
            ("https://y.example", "https://y.example"),
            ("../erevan/?x#y", "https://x.example/revue/briefs/erevan/?x#y"),
            ("../../a//b/./c", "https://x.example/revue/a/b/c"),
            ("../../../a", "https://x.example/a"),
            ("../.a", "https://x.example/revue/briefs/.a"),
        ] {
            assert_eq!(absolute(base, url), expected, "{url}");
        }
    }
}
