use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// A file's path from the site's root, with `/` between its parts on every system: `content/2023/minsk.md`.
///
/// It never begins with `/`, never holds `.` or `..`, and is never empty: [`ContentPath::new`] sees to that, so a path
/// that a brief wrote can't leave the site.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ContentPath(Arc<str>);

impl ContentPath {
    /// A path made of the parts of `path`, `.` and doubled slashes dropped and `..` followed. `None` where it would
    /// leave the root, be empty, or hold a NUL byte.
    pub fn new(path: &str) -> Option<Self> {
        Self::resolve("", path)
    }

    /// Where `relative`, written in this file, leads, from this file's folder. `None` where it would leave the site, or
    /// begins with `/`: that is an address, not a path.
    pub fn join(&self, relative: &str) -> Option<Self> {
        if relative.starts_with('/') { None } else { Self::resolve(self.parent(), relative) }
    }

    fn resolve(base: &str, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = Vec::new();
        for part in base.split('/').chain(relative.split('/')) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part if part.contains(['\0', '\\']) => return None,
                part => parts.push(part),
            }
        }
        (!parts.is_empty()).then(|| Self(parts.join("/").into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder the file stands in, without a slash at either end; empty at the root.
    pub fn parent(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The last part: `minsk.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit_once('/').map_or(&*self.0, |(_, name)| name)
    }

    /// The last part without its ending: `minsk`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// The ending without its dot, if there is one.
    pub fn extension(&self) -> Option<&str> {
        self.file_name().rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, ending)| ending)
    }

    /// Whether the file is read as a text of the site, be its ending `.md` or `.markdown`, in letters of either case. Every
    /// other file is copied as it is, so this must be asked of nobody else: a text taken for a file would be published raw.
    pub fn is_text(&self) -> bool {
        self.extension()
            .is_some_and(|ending| ["md", "markdown"].iter().any(|known| ending.eq_ignore_ascii_case(known)))
    }

    /// The path below `folder`, if it stands there.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Whether it is one of these paths, or stands below one of them.
    pub fn is_among(&self, paths: &BTreeSet<Self>) -> bool {
        let ends = self.0.match_indices('/').map(|(slash, _)| slash).chain([self.0.len()]);
        ends.into_iter().any(|end| paths.contains(&self.0[..end]))
    }
}

impl Borrow<str> for ContentPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<ContentPath> for String {
    fn from(path: ContentPath) -> Self {
        path.as_str().to_owned()
    }
}

impl TryFrom<String> for ContentPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(&path).filter(|found| found.as_str() == path).ok_or("no path of a site")
    }
}

impl fmt::Display for ContentPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for ContentPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> ContentPath {
        ContentPath::new(text).unwrap()
    }

    #[test]
    fn a_relative_path_is_followed_from_the_file_that_wrote_it() {
        let brief = path("content/2023/minsk.md");
        assert_eq!(brief.join("../2022/erevan.md"), ContentPath::new("content/2022/erevan.md"));
        assert_eq!(brief.join("./carte.png"), ContentPath::new("content/2023/carte.png"));
        assert_eq!(brief.join("/pages/a-propos.md"), None);
    }

    #[test]
    fn nothing_leaves_the_root() {
        let brief = path("content/minsk.md");
        assert_eq!(brief.join("../../etc/passwd"), None);
        assert_eq!(ContentPath::new("../x"), None);
        assert_eq!(ContentPath::new(""), None);
        assert_eq!(brief.join("a\\..\\..\\b"), None);
        assert_eq!(brief.join("a\0b"), None);
    }

    #[test]
    fn a_path_is_found_among_others_by_its_folders_too() {
        let paths = BTreeSet::from([path("content/a"), path("site.toml")]);
        for inside in ["content/a", "content/a/b/c.md", "site.toml"] {
            assert!(path(inside).is_among(&paths), "{inside}");
        }
        for outside in ["content", "content/ab/c.md", "content/b.md"] {
            assert!(!path(outside).is_among(&paths), "{outside}");
        }
    }

    #[test]
    fn names_are_split_as_people_split_them() {
        assert_eq!(path("content/minsk.md").stem(), "minsk");
        assert_eq!(path("content/.htaccess").extension(), None);
        assert_eq!(path("content/a.tar.gz").extension(), Some("gz"));
        for text in ["content/a.md", "content/a.MD", "content/a.Markdown"] {
            assert!(path(text).is_text(), "{text}");
        }
        assert!(!path("content/md").is_text());
        assert_eq!(path("site.toml").parent(), "");
        assert_eq!(path("content/a/b.md").below("content"), Some("a/b.md"));
        assert_eq!(path("contents/b.md").below("content"), None);
    }
}
