//! A bare URL on a line of its own: a card that quotes its address. Nothing is loaded from the other site.

use super::html::{push_text, push_url_attribute};

/// Longest address that is shown, in characters.
const LONGEST: usize = 60;

/// Writes the card of `url`, which is one of the web.
pub(super) fn push(html: &mut String, url: &str) {
    let address = address(url);
    let host = address.split(['/', '?', '#']).next().unwrap_or_default();
    html.push_str("<figure class=\"embed\">\n<blockquote");
    push_url_attribute(html, "cite", url);
    html.push_str("><p><a");
    push_url_attribute(html, "href", url);
    html.push('>');
    push_text(html, &shortened(address));
    html.push_str("</a></p></blockquote>\n<figcaption>");
    push_text(html, host);
    html.push_str("</figcaption>\n</figure>\n");
}

/// The URL without what is the same everywhere.
fn address(url: &str) -> &str {
    let address = url.split_once("://").map_or(url, |(_, address)| address);
    let address = address.strip_prefix("www.").unwrap_or(address);
    address.strip_suffix('/').unwrap_or(address)
}

fn shortened(address: &str) -> String {
    match address.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &address[..end]),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_card_shows_the_address_and_loads_nothing() {
        let mut html = String::new();
        super::push(&mut html, &format!("https://www.x.example/{}/?a=1&b", "p".repeat(60)));
        assert!(html.contains(&format!(">x.example/{}…</a>", "p".repeat(50))), "{html}");
        assert!(
            html.contains("<figcaption>x.example</figcaption>") && html.contains("?a=1&amp;b\""),
            "{html}"
        );
        assert!(!html.contains("src="));
    }
}
