//! What has changed in a file, as a unified diff: hunks with three lines of context, which `patch` and `git apply` take.

use super::Mended;
use crate::diagnostic::report::visible;
use crate::source::ContentPath;
use clap::builder::styling::{AnsiColor, Style};
use similar::{ChangeTag, TextDiff};
use std::fmt::{Display, Write};
use std::time::Duration;

/// For whom a difference is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour.
    pub colour: bool,
    /// Whether a terminal shows it: what it would obey is made visible. Elsewhere every byte is as it is in the file.
    pub terminal: bool,
}

/// The lines around a change that are shown with it.
const CONTEXT: usize = 3;

/// How long the shortest difference is sought. Past it, there are more lines in it than need be, and it is still right.
const PATIENCE: Duration = Duration::from_secs(1);

/// The lines of the file that have changed, and those around them.
pub fn unified(file: &Mended, look: Look) -> String {
    let [before, after]: [Vec<&str>; 2] =
        [&file.before, &file.after].map(|text| text.split_inclusive('\n').collect());
    let diff = TextDiff::configure().newline_terminated(true).timeout(PATIENCE).diff_slices(&before, &after);
    let mut shown = String::new();
    let bold = Style::new().bold();
    write_line(&mut shown, look, bold, "--- ", &format!("a/{}\n", name(&file.path)));
    write_line(&mut shown, look, bold, "+++ ", &format!("b/{}\n", name(&file.path)));
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        write_line(&mut shown, look, hue(AnsiColor::Cyan), "", &format!("{}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (" ", Style::new()),
                ChangeTag::Delete => ("-", hue(AnsiColor::Red)),
                ChangeTag::Insert => ("+", hue(AnsiColor::Green)),
            };
            write_line(&mut shown, look, style, sign, change.value());
        }
    }
    shown
}

/// A path can hold a line end, which no reader of a diff would expect there.
fn name(path: &ContentPath) -> impl Display {
    visible::one_line(path.as_str())
}

fn hue(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

fn write_line(shown: &mut String, look: Look, style: Style, sign: &str, line: &str) {
    let style = if look.colour { style } else { Style::new() };
    let inside = line.strip_suffix('\n').unwrap_or(line);
    let inside = match look.terminal {
        true => visible::one_line(inside.strip_suffix('\r').unwrap_or(inside)),
        false => inside.to_owned(),
    };
    let _ = writeln!(shown, "{style}{sign}{inside}{style:#}");
    if !line.ends_with('\n') {
        shown.push_str("\\ No newline at end of file\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(before: &str, after: &str) -> Mended {
        let path = ContentPath::new("content/a.md").unwrap();
        Mended { path, before: before.into(), after: after.into(), mends: 1 }
    }

    #[test]
    fn a_change_is_shown_with_three_lines_on_its_sides() {
        let lines = |middle| format!("1\n2\n3\n4\n{middle}\n6\n7\n8\n9\n");
        insta::assert_snapshot!(unified(&file(&lines("cinq"), &lines("5")), Look::default()), @r"
        --- a/content/a.md
        +++ b/content/a.md
        @@ -2,7 +2,7 @@
         2
         3
         4
        -cinq
        +5
         6
         7
         8
        ");
    }

    #[test]
    fn every_byte_is_that_of_the_file() {
        let shown = unified(&file("a\r\n\u{8}b\rc", "a\r\nb\rc"), Look::default());
        let (_, hunk) = shown.split_once("@@\n").unwrap();
        let end = "\\ No newline at end of file\n";
        assert_eq!(hunk, format!(" a\r\n-\u{8}b\rc\n{end}+b\rc\n{end}"));
    }

    #[test]
    fn a_terminal_is_told_nothing_that_it_would_obey() {
        let look = Look { colour: false, terminal: true };
        let shown = unified(&file("\u{1b}[31mrouge\r\n", "rouge\r\n"), look);
        assert!(shown.ends_with("-␛[31mrouge\n+rouge\n"), "{shown}");
    }

    #[test]
    fn colours_begin_and_end_with_the_line() {
        let look = Look { colour: true, terminal: true };
        let shown = unified(&file("a\n", "b\n"), look);
        assert!(shown.ends_with("\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n"), "{shown:?}");
    }

    #[test]
    fn a_text_in_which_every_line_changes_is_not_pondered_for_ever() {
        let text =
            |word: &str| (0..60_000).fold(String::new(), |text, line| text + &format!("{word}{line}\n"));
        let shown = unified(&file(&text("a"), &text("b")), Look::default());
        assert_eq!(shown.lines().count(), 3 + 2 * 60_000);
    }
}
