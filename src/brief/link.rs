//! Links as written: what kind of thing a destination names, before anyone has looked whether it is there.

use crate::source::ContentPath;
use pulldown_cmark::LinkType;

/// What a link or an image leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// A file of the site by its path, `../2022/erevan.md#section`.
    File {
        /// The file.
        path: ContentPath,
        /// What follows `?`, as it is written: it means something in a file that is copied, and nothing in a brief.
        query: Option<String>,
        /// The anchor after `#`, without it.
        fragment: Option<String>,
    },
    /// A brief or page by its slug, `[[otsc-erevan#section]]`.
    Slug {
        /// The slug.
        slug: String,
        /// The anchor after `#`, without it.
        fragment: Option<String>,
    },
    /// An address of the site, `/pays/armenie/`.
    Address {
        /// The path, beginning with `/`, percent-decoded.
        path: String,
        /// What follows `?`, as it is written.
        query: Option<String>,
        /// The anchor after `#`, without it.
        fragment: Option<String>,
    },
    /// A place in the same file, `#section`.
    Anchor(String),
    /// A country or an organisation, `country:KZ`; `country:none` says that the words are none.
    Entity(String),
    /// Somewhere else: an absolute URL with a scheme a reader can follow.
    Elsewhere,
    /// A relative path that leaves the site's folder.
    Outside,
    /// A URL that could run something, `javascript:`; never printed. Holds the scheme.
    Unsafe(String),
}

/// Schemes a link may have. Everything else is [`Target::Unsafe`].
pub const SCHEMES: [&str; 9] = ["http", "https", "mailto", "tel", "sms", "geo", "xmpp", "irc", "ftp"];

/// How a link begins that says what its words mean.
pub const ENTITY: &str = "country:";
/// What stands after it where they mean no country.
pub const NO_ENTITY: &str = "none";

/// What `destination`, written in the file at `from`, leads to.
pub fn target(from: &ContentPath, kind: LinkType, destination: &str) -> Target {
    match kind {
        LinkType::WikiLink { .. } => {
            let (slug, fragment) = split_fragment(destination);
            return match (slug.trim(), fragment) {
                ("", Some(fragment)) => Target::Anchor(fragment),
                (slug, fragment) => Target::Slug { slug: slug.to_owned(), fragment },
            };
        }
        _ if leads_elsewhere(kind, destination) => return Target::Elsewhere,
        _ => {}
    }
    if let Some(written) = destination.strip_prefix(ENTITY) {
        return Target::Entity(percent_decoded(written));
    }
    if let Some(scheme) = scheme(destination) {
        return Target::Unsafe(scheme);
    }
    let (path, fragment) = split_fragment(destination);
    let (path, query) = match path.split_once('?') {
        Some((path, query)) => (path, Some(query.to_owned())),
        None => (path, None),
    };
    let path = percent_decoded(path);
    match path.as_str() {
        "" => Target::Anchor(fragment.unwrap_or_default()),
        address if address.starts_with('/') => Target::Address { path, query, fragment },
        path => from.join(path).map_or(Target::Outside, |path| Target::File { path, query, fragment }),
    }
}

/// Whether `destination` is on another site, by a scheme a reader can follow, or is an address for letters.
pub fn leads_elsewhere(kind: LinkType, destination: &str) -> bool {
    match kind {
        LinkType::WikiLink { .. } => false,
        LinkType::Email => true,
        _ if scheme(destination).is_some() => is_safe(destination),
        _ => ["//", "\\\\", "/\\"].iter().any(|start| destination.starts_with(start)),
    }
}

/// Whether following `url` can run nothing: it has no scheme, or one of a few known ones.
pub fn is_safe(url: &str) -> bool {
    scheme(url).is_none_or(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// The URL's scheme in lower case. White space and control characters, which browsers skip, are skipped.
pub fn scheme(destination: &str) -> Option<String> {
    let mut scheme = String::new();
    for character in
        destination.chars().filter(|character| !character.is_whitespace() && !character.is_control())
    {
        match character {
            ':' if !scheme.is_empty() => return Some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(character.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(character),
            _ => return None,
        }
    }
    None
}

fn split_fragment(destination: &str) -> (&str, Option<String>) {
    match destination.split_once('#') {
        Some((path, fragment)) => (path, Some(percent_decoded(fragment))),
        None => (destination, None),
    }
}

/// `path` as a Markdown destination writes it: what would end it, or mean something else in it, percent-encoded. Letters of
/// every script stay, for a writer reads them.
pub fn percent_encoded(path: &str) -> String {
    let mut written = String::with_capacity(path.len());
    for character in path.chars() {
        if character.is_alphanumeric() || "-._~/+,=@".contains(character) {
            written.push(character);
        } else {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                written.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    written
}

/// `text` with `%41` and the like decoded; left alone where what comes out is not UTF-8.
pub fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let decoded = match after {
            [high, low, ..] if byte == b'%' => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match decoded {
            Some((high, low)) => {
                bytes.push(high << 4 | low);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn to(destination: &str) -> Target {
        let from = ContentPath::new("content/2023/minsk.md").unwrap();
        target(&from, LinkType::Inline, destination)
    }

    fn file(path: &str, fragment: Option<&str>) -> Target {
        let path = ContentPath::new(path).unwrap();
        Target::File { path, query: None, fragment: fragment.map(str::to_owned) }
    }

    #[test]
    fn a_relative_link_names_a_file_from_the_brief_that_writes_it() {
        assert_eq!(to("../2022/erevan.md#le-sommet"), file("content/2022/erevan.md", Some("le-sommet")));
        assert_eq!(to("carte%20d%C3%A9taill%C3%A9e.png"), file("content/2023/carte détaillée.png", None));
        let Target::File { path, query, fragment } = to("annexe.pdf?v=2#page=3") else { panic!() };
        assert_eq!(path.as_str(), "content/2023/annexe.pdf");
        assert_eq!((query.as_deref(), fragment.as_deref()), (Some("v=2"), Some("page=3")));
    }

    #[test]
    fn a_path_out_of_the_site_is_told_apart() {
        assert_eq!(to("../../../etc/passwd"), Target::Outside);
        assert_eq!(to("..%2f..%2f..%2fetc/passwd"), Target::Outside);
    }

    #[test]
    fn addresses_anchors_and_other_sites_are_told_apart() {
        assert_eq!(
            to("/pays/armenie/#x"),
            Target::Address { path: "/pays/armenie/".into(), query: None, fragment: Some("x".into()) }
        );
        assert_eq!(to("#notes"), Target::Anchor("notes".into()));
        assert_eq!(to("https://undocs.org/"), Target::Elsewhere);
        assert_eq!(to("//x.example/"), Target::Elsewhere);
        assert_eq!(to("mailto:a@x.example"), Target::Elsewhere);
    }

    #[test]
    fn what_could_run_is_unsafe_however_it_is_spelled() {
        for written in [
            "javascript:x()",
            "JaVaScRiPt:x",
            " java\nscript:x",
            "java\u{1}script:x",
            "vbscript:x",
            "data:text/html,x",
        ] {
            assert!(matches!(to(written), Target::Unsafe(_)), "{written:?}");
        }
    }

    #[test]
    fn a_wikilink_names_a_slug() {
        let from = ContentPath::new("content/a.md").unwrap();
        let wiki = |text| target(&from, LinkType::WikiLink { has_pothole: false }, text);
        assert_eq!(wiki("otsc-erevan"), Target::Slug { slug: "otsc-erevan".into(), fragment: None });
        assert_eq!(
            wiki("otsc-erevan#s"),
            Target::Slug { slug: "otsc-erevan".into(), fragment: Some("s".into()) }
        );
        assert_eq!(wiki("#s"), Target::Anchor("s".into()));
    }

    #[test]
    fn an_encoded_path_leads_where_the_path_does() {
        for path in ["été 2023 (1).md", "a:b.md", "x#y?z%20.md", "<a>[^b]|\"'`\\&amp;.md"] {
            let written = percent_encoded(path);
            assert_eq!(percent_decoded(&written), path);
            assert!(!written.contains([' ', ':', '#', '(', ')', '"', '|', '&']), "{written}");
        }
        assert_eq!(percent_encoded("../2022/sommet-d’été.md"), "../2022/sommet-d%E2%80%99été.md");
    }

    #[test]
    fn a_percent_sign_that_encodes_nothing_is_itself() {
        assert_eq!(percent_decoded("100%"), "100%");
        assert_eq!(percent_decoded("%zz"), "%zz");
        assert_eq!(percent_decoded("%ff"), "%ff");
    }
}
