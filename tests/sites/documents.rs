//! What the documents show is what the program says.

use crate::site::site;
use depeche::diagnostic::report::{self, Format, Style};

/// The fenced blocks of a document with this info string.
fn blocks<'a>(document: &'a str, info: &str) -> Vec<&'a str> {
    let opening = format!("```{info}\n");
    document.split(&opening).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

fn told(path: &str, brief: &str, format: Format) -> (String, String) {
    let site = site(&[(path, brief)]);
    let checked = site.checked();
    let texts = |path: &depeche::source::ContentPath| checked.project.text(path);
    let style = Style { colour: false, unicode: true, width: 100 };
    let closing = report::closing(&checked.diagnostics).unwrap_or_default();
    (report::render(&checked.diagnostics, format, &texts, style), closing)
}

#[test]
fn the_readme_shows_the_error_its_brief_earns() {
    let readme = include_str!("../../README.md");
    let brief = blocks(readme, "markdown")[0];
    let (report, closing) = told("content/2024/2024-03-01-samarcande.md", brief, Format::Human);
    assert_eq!(format!("{}\n\n{closing}\n", report.trim_end()), blocks(readme, "text")[0]);
    let guide = blocks(include_str!("../../docs/writing.md"), "text");
    let shown = guide.iter().find(|block| block.starts_with("error[D501")).unwrap();
    assert!(report.starts_with(shown.trim_end()), "{shown}\nis not\n{report}");
}

#[test]
fn the_json_form_is_the_one_documented() {
    let document = include_str!("../../docs/diagnostics-json.md");
    let brief = blocks(document, "markdown")[0];
    let (report, _) = told("content/2024-01-01-x.md", brief, Format::Json);
    assert_eq!(report, blocks(document, "json")[0]);
}
