//! What is asked for: the path of a request, decoded, and the file of the site that it means.

use crate::page::{OutputPath, Plan, Planned};

/// The path of a request, percent-decoded once; `None` where it is no text, or holds what no path may.
pub(super) fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        if first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let byte = digit(digits[0])? * 16 + digit(digits[1])?;
            bytes.push(u8::try_from(byte).ok()?);
            rest = after;
        } else {
            bytes.push(first);
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    (text.starts_with('/') && !text.contains(|letter: char| letter.is_control() || letter == '\\'))
        .then_some(text)
}

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// A file of the site.
    File(&'a Planned),
    /// A page whose address ends in a slash that the path lacks.
    Slashed(&'a Planned),
    /// Nothing; the page for what is not found, if there is one: the nearest above the path, which is that of its language.
    Nothing(Option<&'a Planned>),
}

/// Finds the file that `path`, from the site's own root on and without a slash at its beginning, leads to. Only what the
/// plan lists can be found, so that no path leads out of the site.
pub(super) fn find<'a>(plan: &'a Plan, path: &str) -> Found<'a> {
    let at = |file: &str| plan.pages.iter().find(|planned| planned.output.as_str() == file);
    if path.is_empty() || path.ends_with('/') {
        if let Some(found) = at(&format!("{path}index.html")) {
            return Found::File(found);
        }
    } else if let Some(found) = at(path) {
        return Found::File(found);
    } else if OutputPath::new(path).is_some()
        && let Some(found) = at(&format!("{path}/index.html"))
    {
        return Found::Slashed(found);
    }
    let folders = path.match_indices('/').rev().map(|(slash, _)| &path[..=slash]);
    Found::Nothing(folders.chain([""]).find_map(|folder| at(&format!("{folder}404.html"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        let cases = [
            ("/a/b", Some("/a/b")),
            ("/c%C3%B4te/", Some("/côte/")),
            ("/a%2520b", Some("/a%20b")),
            ("/%2e%2e/x", Some("/../x")),
            ("/a%00b", None),
            ("/a%0Ab", None),
            ("/a%5Cb", None),
            ("/%ff", None),
            ("/%4", None),
            ("/%zz", None),
            ("/%+1", None),
            ("*", None),
            ("", None),
        ];
        for (path, expected) in cases {
            assert_eq!(decoded(path).as_deref(), expected, "{path}");
        }
    }
}
