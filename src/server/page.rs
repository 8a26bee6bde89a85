//! A page as it is served: with the script that reloads it, and under the panel where something is wrong.

use super::panel::Panel;

/// The script that reloads a page.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// By which a browser says which page it shows: the hash of the page without what is put into it here.
pub(super) fn hash(page: &[u8]) -> String {
    blake3::hash(page).to_hex()[..16].to_owned()
}

/// What a page that is served is told of the state it is of.
#[derive(Clone, Copy, Debug)]
pub(super) struct State<'a> {
    /// The edition, by which it is known which files have changed since.
    pub(super) edition: &'a str,
    /// What is wrong.
    pub(super) panel: Option<&'a Panel>,
}

/// The page with panel and script, before the end of its body.
pub(super) fn served(page: &[u8], state: State<'_>) -> Vec<u8> {
    let end = end_of_body(page);
    let added = added(&hash(page), state);
    let mut served = Vec::with_capacity(page.len() + added.len());
    served.extend_from_slice(&page[..end]);
    served.extend_from_slice(added.as_bytes());
    served.extend_from_slice(&page[end..]);
    served
}

/// The page that is shown where there is no good one.
pub(super) fn alone(state: State<'_>) -> Vec<u8> {
    let title = if state.panel.is_some() { "The site has errors" } else { "The site can’t be shown" };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/.depeche/panel.css\">\n</head>\n<body class=\"source\">\n<h1>{title}</h1>\n\
         <p>There is no good page to show yet: it appears here as soon as all is mended.</p>\n{}</body>\n</html>\n",
        added("", state)
    )
    .into_bytes()
}

/// What is put into the page with this hash; an empty one where there is none.
fn added(hash: &str, state: State<'_>) -> String {
    let panel = state.panel.map(|panel| panel.element(hash.is_empty())).unwrap_or_default();
    let shown = state.panel.map_or("", |panel| panel.hash.as_str());
    format!(
        "{panel}<script src=\"/.depeche/reload.js\" data-page=\"{hash}\" data-panel=\"{shown}\" data-edition=\"{}\"></script>\n",
        state.edition
    )
}

/// Where the last `</body>` begins, or the page's end.
fn end_of_body(page: &[u8]) -> usize {
    let tag = b"</body>";
    let is_tag = |window: &[u8]| window.eq_ignore_ascii_case(tag);
    page.windows(tag.len()).rposition(is_tag).unwrap_or(page.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_end_of_the_body() {
        let state = State { edition: "1-2", panel: None };
        let served = |page: &str| String::from_utf8(served(page.as_bytes(), state)).unwrap();
        let page = served("<body><code>&lt;/body></code><p></BODY>\n</html>");
        assert!(
            page.starts_with("<body><code>&lt;/body></code><p><script src=\"/.depeche/reload.js\""),
            "{page}"
        );
        assert!(page.ends_with("data-edition=\"1-2\"></script>\n</BODY>\n</html>"), "{page}");
        assert!(served("<p>").starts_with("<p><script "));
    }
}
