//! Text of unknown origin made fit for a terminal: what would move the cursor, colour the screen or turn the line's
//! direction is shown instead of obeyed.

/// The text with every character fit to be shown; lines stay lines.
pub(super) fn lines(text: &str) -> String {
    text.split('\n')
        .map(|line| one_line(line.strip_suffix('\r').unwrap_or(line)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The text as one line with every character fit to be shown.
pub(crate) fn one_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        push(&mut shown, character);
    }
    shown
}

/// Appends what is shown for `character`.
pub(super) fn push(shown: &mut String, character: char) {
    match character {
        '\t' => shown.push_str(TAB),
        // Control characters have pictures in the same order, from U+2400.
        '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}')),
        '\u{7f}' => shown.push('␡'),
        '\u{80}'..='\u{9f}' => shown.push('\u{fffd}'),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            shown.push('\u{fffd}');
        }
        _ => shown.push(character),
    }
}

const TAB: &str = "    ";

/// About how many columns `character` takes on a terminal: enough to cut a line by, never too few.
pub(super) fn columns(character: char) -> usize {
    match character {
        '\t' => TAB.len(),
        '\u{1100}'..='\u{1fff}' | '\u{2600}'..='\u{27bf}' | '\u{2e80}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(one_line("a\u{1b}[31mb\u{9b}2J\u{7f}\r\n"), "a␛[31mb\u{fffd}2J␡␍␊");
        assert_eq!(one_line("\u{202e}txt.exe"), "\u{fffd}txt.exe");
    }

    #[test]
    fn the_spaces_of_french_typography_stay() {
        assert_eq!(one_line("«\u{a0}Où\u{202f}?\u{a0}»"), "«\u{a0}Où\u{202f}?\u{a0}»");
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(lines("un\r\n\tdeux\u{7}"), "un\n    deux␇");
    }
}
