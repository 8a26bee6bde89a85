//! Diagnostics shown to people and programs: pure functions from diagnostics to text, one file for each form.
//!
//! - `human`: the source line, the place underlined, and the mend, for a terminal;
//! - `short`: one line each;
//! - `json`: one object to a line (`docs/diagnostics-json.md`);
//! - `github`: workflow commands that annotate a change;
//! - [`html`](html()): for a browser.
//!
//! Facts keep no text, so the caller lends a function that finds a file's text again.

mod excerpt;
mod files;
mod github;
mod html;
mod human;
mod json;
mod short;
pub(crate) mod visible;

pub use html::{Links, escaped, html};

use std::sync::Arc;

use self::files::Files;
use super::{Applicability, Diagnostic, Fix, Severity};
use crate::source::ContentPath;

/// A form in which diagnostics are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The source line, the place underlined, and what to do.
    #[default]
    Human,
    /// One line for each diagnostic.
    Short,
    /// One JSON object to a line.
    Json,
    /// Annotations on a change at GitHub.
    Github,
}

/// What the place where the text is going to be read can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub colour: bool,
    /// Whether to draw lines and arrows with characters beyond ASCII.
    pub unicode: bool,
    /// How many columns a line may take.
    pub width: usize,
}

/// Where the text of a file can be had again: lossy for a file that is not UTF-8, `None` when it can't be read.
pub type Texts<'a> = &'a dyn Fn(&ContentPath) -> Option<Arc<str>>;

/// The diagnostics as text, in the order given.
pub fn render(diagnostics: &[Diagnostic], format: Format, texts: Texts<'_>, style: Style) -> String {
    let mut files = Files::new(texts);
    let one = |diagnostic| match format {
        Format::Human => human::render(diagnostic, &mut files, style),
        Format::Short => short::render(diagnostic, &mut files, style),
        Format::Json => json::render(diagnostic, &mut files),
        Format::Github => github::render(diagnostic, &mut files),
    };
    diagnostics.iter().map(one).collect()
}

/// Puts diagnostics in the order they are told, by path and place, and drops exact duplicates. The order they came in
/// makes no difference.
pub fn order(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|one, other| rank(one).cmp(&rank(other)));
    diagnostics.dedup();
}

/// All of a diagnostic, what it is sorted by first.
fn rank(it: &Diagnostic) -> impl Ord {
    (&it.place, it.severity, it.code.id, &it.message, &it.label, &it.related, &it.help, &it.fix)
}

/// The last line of a report: how many mistakes there are, how many can be mended, and how to learn more of one. `None`
/// where there are none.
pub fn closing(diagnostics: &[Diagnostic]) -> Option<String> {
    let gravest = diagnostics.iter().min_by_key(|diagnostic| diagnostic.severity)?;
    let counts: Vec<String> = Severity::ALL
        .iter()
        .map(|severity| (count(diagnostics, *severity), severity.name()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| format!("{count} {noun}{}", if count == 1 { "" } else { "s" }))
        .collect();
    let mendable = match mendable(diagnostics) {
        0 => String::new(),
        number => format!("; {number} of them can be mended by `depeche fix`"),
    };
    Some(format!("{}{mendable}; `depeche explain {}` tells more", counts.join(", "), gravest.code.id))
}

/// How many of the diagnostics are of this severity.
pub fn count(diagnostics: &[Diagnostic], severity: Severity) -> usize {
    diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count()
}

/// How many of the diagnostics have a mend that is safe.
pub fn mendable(diagnostics: &[Diagnostic]) -> usize {
    let is_safe = |fix: &Fix| fix.applicability == Applicability::Safe;
    diagnostics.iter().filter(|diagnostic| diagnostic.fix.as_ref().is_some_and(is_safe)).count()
}

/// The code as it is shown: its number, then its name.
fn title(diagnostic: &Diagnostic) -> String {
    format!("{} {}", diagnostic.code.id, diagnostic.code.name)
}

#[cfg(test)]
mod tests;
