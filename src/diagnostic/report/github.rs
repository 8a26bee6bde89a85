//! Workflow commands for GitHub Actions, which shows each beside the line it speaks of in a change.

use super::files::Files;
use super::{title, visible};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn render(diagnostic: &Diagnostic, files: &mut Files<'_>) -> String {
    let mut properties = vec![("file", diagnostic.place.path.as_str().to_owned())];
    if let Some(location) = files.location(&diagnostic.place) {
        properties.push(("line", location.start.line.to_string()));
        properties.push(("endLine", location.end.line.to_string()));
        // Columns are refused where a place has several lines.
        if location.start.line == location.end.line {
            properties.push(("col", location.start.column.to_string()));
            properties.push(("endColumn", location.end.column.to_string()));
        }
    }
    properties.push(("title", title(diagnostic)));
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", property(value))).collect();

    let help = diagnostic.help.iter().map(|help| format!("help: {help}"));
    let message: Vec<String> = std::iter::once(diagnostic.message.clone()).chain(help).collect();
    format!("::{} {}::{}\n", command(diagnostic.severity), properties.join(","), data(&message.join("\n")))
}

/// The command that tells of something as grave. The runner knows no suggestions.
fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Suggestion => "notice",
        severity => severity.name(),
    }
}

/// Text after the last `::`, escaped as the runner wants it.
fn data(text: &str) -> String {
    visible::lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// The value of a property, where `:` and `,` would end it.
fn property(text: &str) -> String {
    escape_breaks(text).replace(':', "%3A").replace(',', "%2C")
}

/// A file's name has to reach the runner as it is, so its line ends are escaped and not replaced.
fn escape_breaks(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
