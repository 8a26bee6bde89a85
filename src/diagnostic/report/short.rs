//! One line for each diagnostic, as editors and `grep` like it: `content/minsk.md:12:34: error[D301 undefined-note]: …`.

use annotate_snippets::renderer::{AnsiColor, Style as Colour};

use super::files::Files;
use super::human::shown_path;
use super::{Style, title, visible};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn render(diagnostic: &Diagnostic, files: &mut Files<'_>, style: Style) -> String {
    let path = shown_path(&diagnostic.place.path);
    let start = files.location_or_first(&diagnostic.place).start;
    let colour = match diagnostic.severity {
        _ if !style.colour => Colour::new(),
        Severity::Error => AnsiColor::BrightRed.on_default().bold(),
        Severity::Warning => AnsiColor::BrightYellow.on_default().bold(),
        Severity::Suggestion => AnsiColor::BrightBlue.on_default().bold(),
    };
    let kind = format!("{colour}{}[{}]{colour:#}", diagnostic.severity.name(), title(diagnostic));
    let message = visible::one_line(&diagnostic.message);
    let help = match &*diagnostic.help {
        [] => String::new(),
        help => format!(" (help: {})", visible::one_line(&help.join("; "))),
    };
    format!("{path}:{}:{}: {kind}: {message}{help}\n", start.line, start.column)
}
