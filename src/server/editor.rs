//! What opens a file at a place: an editor that a link can call, or the server's own view of the file.

use crate::page::address::encoded;
use crate::source::{ContentPath, Position};
use std::path::Path;
use std::str::FromStr;

/// What a link to a place in a file opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Editor {
    /// The file's text, shown by the server.
    #[default]
    View,
    /// An editor, by an address with `{path}`, `{line}` and `{column}` in it.
    Address(String),
}

/// Editors that links can call, by name. A path begins with a slash on every system.
pub const KNOWN: [(&str, &str); 6] = [
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("idea", "idea://open?file={path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
    ("zed", "zed://file{path}:{line}:{column}"),
];

impl FromStr for Editor {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        if let Some((_, address)) = KNOWN.iter().find(|(name, _)| *name == written) {
            return Ok(Self::Address((*address).to_owned()));
        }
        let scheme = written.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
        let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        // What runs in the page, or leads to the network, opens no editor.
        let is_refused =
            ["javascript", "data", "vbscript", "http", "https", "file"].contains(&scheme.as_str());
        if is_scheme && !is_refused && written.contains("{path}") {
            return Ok(Self::Address(written.to_owned()));
        }
        let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
        Err(format!(
            "write one of {}, or an address such as `editor://open?file={{path}}&line={{line}}&column={{column}}`",
            names.join(", ")
        ))
    }
}

impl Editor {
    /// The link to a place in a file of the site in the folder `root`.
    pub fn link(&self, root: &Path, path: &ContentPath, at: Position) -> String {
        match self {
            Self::View => format!("/.depeche/source/{}#line-{}", encoded(path.as_str()), at.line),
            Self::Address(address) => {
                let file = root.join(path.as_str()).to_string_lossy().replace('\\', "/");
                let file = if file.starts_with('/') { file } else { format!("/{file}") };
                // A colon and an ampersand would be taken for the address's own.
                let file = encoded(&file).replace('&', "%26").replace('+', "%2B");
                address
                    .replace("{path}", &file)
                    .replace("{line}", &at.line.to_string())
                    .replace("{column}", &at.column.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(editor: &str, path: &str) -> String {
        let editor: Editor = editor.parse().unwrap();
        let at = Position { line: 4, column: 30 };
        editor.link(Path::new("/home/a b/site"), &ContentPath::new(path).unwrap(), at)
    }

    #[test]
    fn an_editor_is_called_with_file_line_and_column() {
        assert_eq!(link("vscode", "content/é.md"), "vscode://file/home/a%20b/site/content/%C3%A9.md:4:30");
        assert_eq!(
            link("idea", "content/a&b.md"),
            "idea://open?file=/home/a%20b/site/content/a%26b.md&line=4&column=30"
        );
        assert_eq!(link("my-editor:{path}", "site.toml"), "my-editor:/home/a%20b/site/site.toml");
    }

    #[test]
    fn what_opens_no_editor_is_refused() {
        for wrong in ["vim", "", "javascript:alert('{path}')", "JavaScript:{path}", "https://x/{path}", "x:y"]
        {
            let refusal = wrong.parse::<Editor>().unwrap_err();
            assert!(refusal.contains("vscode"), "{wrong}: {refusal}");
        }
    }

    #[test]
    fn without_an_editor_the_server_shows_the_text() {
        let at = Position { line: 4, column: 30 };
        let link = Editor::View.link(Path::new("/site"), &ContentPath::new("content/a b.md").unwrap(), at);
        assert_eq!(link, "/.depeche/source/content/a%20b.md#line-4");
    }
}
