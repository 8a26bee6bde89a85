//! A file of the site as it is written, with numbered lines, for those whose browser can call no editor.

use crate::diagnostic::report::escaped;
use crate::pipeline::Checked;
use crate::source::ContentPath;
use std::fmt::Write;

/// The page that shows the text of the file at `path`; `None` where there is no such text in the site.
pub(super) fn page(checked: &Checked, path: &str) -> Option<Vec<u8>> {
    let path = ContentPath::new(path).filter(|path| is_shown(checked, path))?;
    let text = checked.project.text(&path)?;
    let mut lines = String::new();
    for (line, number) in text.lines().zip(1..) {
        let _ = write!(
            lines,
            "<div id=\"line-{number}\"><span class=\"line\">{number}</span>{}</div>",
            escaped(line)
        );
    }
    let name = escaped(path.as_str());
    let page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{name}</title>\n\
         <link rel=\"stylesheet\" href=\"/.depeche/panel.css\">\n</head>\n<body class=\"source\">\n<h1>{name}</h1>\n\
         <pre>{lines}</pre>\n</body>\n</html>\n"
    );
    Some(page.into_bytes())
}

/// Whether it is a text of the site of which a diagnostic may speak.
fn is_shown(checked: &Checked, path: &ContentPath) -> bool {
    let project = &checked.project;
    let is_source = || project.sources.binary_search_by(|file| file.path.cmp(path)).is_ok();
    let is_template = || project.theme.templates.values().any(|template| template.path == *path);
    let is_data = || ["toml", "bib", "yml", "yaml", "lock", "csl"].map(Some).contains(&path.extension());
    is_source() || is_template() || is_data()
}
