//! `depeche explain`: what a diagnostic means, and how to put right what earns it.

mod text;

use super::Outcome;
use crate::diagnostic::{Code, Level, Severity, code, nearest};
use crate::language::sentence_around;
use crate::terminal::Terminal;
use anyhow::bail;
use clap::builder::styling::{AnsiColor, Style};
use std::fmt::Write;

/// Explain a diagnostic, with an example and its mend
///
/// Without a code, all of them are listed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche explain D301
  depeche explain undefined-note
  depeche explain")]
pub struct Explain {
    /// The diagnostic's number or name
    code: Option<String>,
}

/// Prints the explanation of one code, or the list of all.
///
/// # Errors
///
/// When no code has that number or name.
pub fn run(arguments: &Explain, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let style = terminal.style();
    let text = match &arguments.code {
        Some(written) => explanation(find(written)?, style.colour, style.width),
        None => list(style.colour, style.width),
    };
    terminal.result(&text)?;
    Ok(Outcome::Done)
}

/// The code that has this number or name.
///
/// # Errors
///
/// When none has, with the nearest.
pub(super) fn find(written: &str) -> anyhow::Result<&'static Code> {
    if let Some(code) = code::find(written.trim()) {
        return Ok(code);
    }
    match nearest(written, code::ALL.iter().flat_map(|code| [code.name, code.id])) {
        Some(near) => bail!("there is no diagnostic `{written}`; did you mean `{near}`?"),
        None => bail!("there is no diagnostic `{written}`; `depeche explain` lists them all"),
    }
}

/// A code in full: heading, standing, explanation.
fn explanation(code: &Code, colour: bool, width: usize) -> String {
    let bold = bold(colour);
    let standing = match (code.level, code.adjustable) {
        (level, true) => {
            format!("{}, unless `[lints]` in site.toml sets `{}` otherwise", word(level), code.name)
        }
        (level, false) => format!("{}, whatever `[lints]` in site.toml says", word(level)),
    };
    let body = text::plain(code.explanation, colour, width);
    format!("{bold}{} {}{bold:#}\n{}\n\n{body}", code.id, code.name, text::wrapped(&standing, "", width))
}

/// Every code in a line or two, under the part of the site it speaks of.
fn list(colour: bool, width: usize) -> String {
    let mut list = String::new();
    let mut part = "";
    for code in code::ALL {
        if part != part_of(code) {
            part = part_of(code);
            let bold = bold(colour);
            let gap = if list.is_empty() { "" } else { "\n" };
            let _ = writeln!(list, "{gap}{bold}{part}{bold:#}\n");
        }
        let style = level_style(code.level, colour);
        let _ = writeln!(list, "{} {style}{:10}{style:#} {}", code.id, word(code.level), code.name);
        let _ = writeln!(list, "{}", text::wrapped(&first_sentence(code.explanation), "     ", width));
    }
    list.push_str("\n`depeche explain CODE` tells more of one, with an example and its mend.\n");
    list
}

/// What the hundreds of a code's number stand for.
fn part_of(code: &Code) -> &'static str {
    match code.id.as_bytes().get(1) {
        Some(b'1') => "Files",
        Some(b'2') => "Front matter and site.toml",
        Some(b'3') => "Notes",
        Some(b'4') => "Links, files and addresses",
        Some(b'5') => "Countries",
        Some(b'6') => "The theme",
        Some(b'7') => "The text",
        _ => "Others",
    }
}

fn first_sentence(explanation: &str) -> String {
    let paragraph = explanation.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let sentence = sentence_around(&paragraph, 0..0, usize::MAX);
    sentence.to_string()
}

fn word(level: Level) -> &'static str {
    level.severity().map_or("off", Severity::name)
}

fn bold(colour: bool) -> Style {
    if colour { Style::new().bold() } else { Style::new() }
}

fn level_style(level: Level, colour: bool) -> Style {
    let hue = match level {
        Level::Deny => AnsiColor::BrightRed,
        Level::Warn => AnsiColor::Yellow,
        Level::Suggest => AnsiColor::BrightBlue,
        Level::Allow => AnsiColor::BrightBlack,
    };
    if colour { Style::new().fg_color(Some(hue.into())) } else { Style::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_listed_under_its_part() {
        let list = list(false, 80);
        for code in code::ALL {
            assert!(
                list.contains(&format!("{} {:10} {}\n", code.id, word(code.level), code.name)),
                "{}",
                code.id
            );
            assert_ne!(part_of(code), "Others", "{}", code.id);
        }
        assert_eq!(list.matches("Countries\n").count(), 1);
    }

    #[test]
    fn every_explanation_begins_with_a_sentence() {
        for code in code::ALL {
            let sentence = first_sentence(code.explanation);
            assert!(sentence.ends_with('.') && sentence.len() > 10, "{}: {sentence}", code.name);
        }
    }

    #[test]
    fn an_explanation_is_headed_by_its_code_and_says_whether_it_can_be_set() {
        let unused = explanation(&code::UNUSED_NOTE, false, 80);
        assert!(unused.starts_with("D302 unused-note\nwarning, unless `[lints]`"), "{unused}");
        assert!(explanation(&code::UNKNOWN_COUNTRY, false, 80).contains("\nerror, whatever"));
    }

    #[test]
    fn a_mistyped_code_is_answered_with_the_nearest() {
        let refusal = |written| find(written).unwrap_err().to_string();
        assert!(refusal("undefined-not").contains("did you mean `undefined-note`?"));
        assert!(refusal("broken link").contains("did you mean `broken-link`?"));
        assert!(refusal("météo").contains("lists them all"));
        assert_eq!(find("d301").unwrap(), find(" Undefined-Note ").unwrap());
    }
}
