use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file's place in the output, with `/` between its parts on every system: `pays/chili/index.html`.
///
/// [`OutputPath::new`] sees to it that the file stays below the output folder, is none of the writer's own (every name
/// at the root that begins with `.depeche`), and has a name that every common file system can hold.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "&str")]
pub struct OutputPath(Arc<str>);

impl TryFrom<&str> for OutputPath {
    type Error = &'static str;

    fn try_from(path: &str) -> Result<Self, Self::Error> {
        Self::new(path).ok_or("no place in an output")
    }
}

impl OutputPath {
    /// `path` as it stands, if it is one. Nothing is mended: a doubled slash or a `.` is refused like a `..`.
    pub fn new(path: &str) -> Option<Self> {
        (path.split('/').all(is_portable) && !is_own(path)).then(|| Self(path.into()))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the path has in common with those that differ from it by capitals alone.
    pub(crate) fn folded(&self) -> Arc<str> {
        // Nearly all are without capitals.
        match self.0.chars().any(char::is_uppercase) {
            true => self.0.to_lowercase().into(),
            false => Arc::clone(&self.0),
        }
    }

    /// Where the file stands once the output is `folder`.
    pub(crate) fn below(&self, folder: &Path) -> PathBuf {
        folder.join(&*self.0)
    }
}

/// The folders that `path` stands in, the outermost first: `pays`, `pays/chili`.
pub(crate) fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// Whether one part of a path means a name, and the same name, on every system.
fn is_portable(part: &str) -> bool {
    let forbidden = |letter: char| letter.is_control() || r#"\:*?"<>|"#.contains(letter);
    !part.is_empty() && !part.contains(forbidden) && !part.ends_with(['.', ' ']) && !is_device(part)
}

/// Whether Windows takes the name for a device, whatever its ending: `aux`, `con.html`, `COM1`.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_lowercase();
    match stem.as_str() {
        "aux" | "con" | "nul" | "prn" => true,
        port => port.strip_prefix("com").or_else(|| port.strip_prefix("lpt")).is_some_and(|number| {
            matches!(number, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        }),
    }
}

/// Whether the writer keeps the name for itself, on a file system that ignores case too.
fn is_own(path: &str) -> bool {
    path.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(".depeche"))
}

impl fmt::Display for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_on_every_system_is_a_place() {
        for path in [
            "index.html",
            "pays/côte-d’ivoire/index.html",
            ".nojekyll",
            ".well-known/x",
            "a/.depeche",
            "..a",
            "com",
        ] {
            assert_eq!(OutputPath::new(path).map(|path| path.to_string()).as_deref(), Some(path));
        }
    }

    #[test]
    fn nothing_leaves_the_folder() {
        for path in
            ["", "/", "/etc/passwd", "..", "../x", "a/../../x", "a/..", "a\\..\\x", "C:x", "C:/x", "a\0b"]
        {
            assert_eq!(OutputPath::new(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_place_is_written_one_way() {
        for path in [".", "./a", "a/./b", "a//b", "a/"] {
            assert_eq!(OutputPath::new(path), None, "{path:?}");
        }
    }

    #[test]
    fn the_writers_own_files_are_no_place() {
        for path in [".depeche.json", ".DEPECHE.json", ".depeche.json/a", ".depeche-staging/files/0"] {
            assert_eq!(OutputPath::new(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_name_that_some_system_cannot_hold_is_no_place() {
        for path in [
            "a\nb",
            "a\u{7f}",
            "a?b",
            "que:faire",
            "fin.",
            "fin /x",
            "aux",
            "pays/CON.html",
            "lpt9.x",
            "com¹",
        ] {
            assert_eq!(OutputPath::new(path), None, "{path:?}");
        }
    }

    #[test]
    fn folders_come_outermost_first() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders("a").count(), 0);
    }
}
