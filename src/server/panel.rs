//! What is wrong, over the last page that was good: the diagnostics that the terminal shows, in a panel of the page.
//!
//! It stands in a shadow tree, so that the style of the site and its own do not touch each other.

use super::Editor;
use crate::diagnostic::{Diagnostic, Severity, report};
use crate::project::Project;
use crate::source::{ContentPath, Position};
use std::path::PathBuf;
use std::sync::Arc;

/// The style of the panel, and of the view of a file.
pub(super) const STYLE: &str = include_str!("panel.css");

/// How many diagnostics are shown.
const MOST: usize = 100;

/// Where somebody writes the site, and with what.
#[derive(Clone, Debug)]
pub(super) struct Workplace {
    /// The site's folder, from the file system's root on.
    pub(super) root: PathBuf,
    pub(super) editor: Editor,
}

/// A panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Panel {
    /// What stands in the shadow tree.
    pub(super) html: Arc<str>,
    /// By which a browser says which one it shows.
    pub(super) hash: String,
}

impl Panel {
    /// The panel of these diagnostics, of which the errors come first.
    pub(super) fn new(diagnostics: &[Diagnostic], project: &Project, workplace: &Workplace) -> Self {
        let of = |severity| diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        let shown: Vec<Diagnostic> = Severity::ALL.into_iter().flat_map(of).take(MOST).cloned().collect();
        let links = |path: &ContentPath, at: Position| workplace.editor.link(&workplace.root, path, at);
        let items = report::html(&shown, &|path| project.text(path), &links);
        let more = match diagnostics.len() - shown.len() {
            0 => String::new(),
            number => format!("<p>The terminal shows {number} more.</p>\n"),
        };
        let counts = Severity::ALL.map(|severity| (report::count(diagnostics, severity), severity.name()));
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, name)| format!("{number} {name}{}", if number == 1 { "" } else { "s" }))
            .collect();
        let html = format!(
            "<link rel=\"stylesheet\" href=\"/.depeche/panel.css\">\n<details open lang=\"en\" dir=\"ltr\">\n\
             <summary><b>{}</b> <span>What you see is the last good page.</span></summary>\n\
             <ol>\n{items}</ol>\n{more}</details>\n",
            counts.join(", ")
        );
        let hash = blake3::hash(html.as_bytes()).to_hex()[..16].to_owned();
        Self { html: html.into(), hash }
    }

    /// The element with the panel, as a page has it when it is loaded; `alone` where there is no page under it.
    pub(super) fn element(&self, alone: bool) -> String {
        let class = if alone { " class=\"alone\"" } else { "" };
        format!(
            "<depeche-panel role=\"alert\"{class}><template shadowrootmode=\"open\">{}</template></depeche-panel>",
            self.html
        )
    }
}
