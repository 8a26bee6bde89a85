//! Control characters: those that neither HTML nor XML can hold, so that no page can show them.

use std::borrow::Cow;

/// Where control characters stand in `text`; a writer is told of them.
pub fn controls(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let suspect = if may_hold_controls(text.as_bytes()) { text } else { "" };
    suspect.char_indices().filter(|&(_, character)| is_control(character))
}

/// Whether there may be such characters: a quick look at bytes, of which most texts have none to look at twice.
pub fn may_hold_controls(text: &[u8]) -> bool {
    let (blocks, rest) = text.as_chunks::<128>();
    blocks.iter().any(|block| is_uncommon(block) && holds_suspect(block)) || holds_suspect(rest)
}

/// Whether a block is to be looked at twice. It is looked at whole, without branches, so that many bytes go at once; those below
/// a space and those from EF on are next to one another, as bytes go round.
#[inline]
fn is_uncommon(block: &[u8; 128]) -> bool {
    let is_uncommon =
        |byte: u8| u8::from((byte.wrapping_add(0x11) < 0x31) & (byte != b'\n')) | u8::from(byte == 0x7f);
    block.iter().fold(0, |found, &byte| found | is_uncommon(byte)) != 0
}

/// U+FFFE and U+FFFF begin with EF.
#[inline]
fn holds_suspect(block: &[u8]) -> bool {
    let suspect = |byte: u8| {
        u8::from((byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r'))
            | u8::from(byte == 0x7f)
            | u8::from(byte == 0xef)
    };
    block.iter().fold(0, |found, &byte| found | suspect(byte)) != 0
}

/// `text` with its control characters read as spaces, byte for byte, so that every offset stays true.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    if controls(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    text.chars()
        .map(|character| match character {
            // As long as what it replaces.
            '\u{fffe}' | '\u{ffff}' => '\u{2002}',
            character if is_control(character) => ' ',
            character => character,
        })
        .collect()
}

/// `text` without its control characters. Those that end a line or a page in other programs leave a space behind, so that
/// the words on their sides stay apart.
pub fn stripped_of_controls(text: &str) -> String {
    let kept = |character| match character {
        '\u{b}' | '\u{c}' => Some(' '),
        character => (!is_control(character)).then_some(character),
    };
    text.chars().filter_map(kept).collect()
}

fn is_control(character: char) -> bool {
    matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_spaces_of_their_length() {
        let text = "a\u{2}é\0\u{fffe}b\tc\r\n";
        assert_eq!(controls(text).collect::<Vec<_>>(), [(1, '\u{2}'), (4, '\0'), (5, '\u{fffe}')]);
        let clean = without_controls(text);
        assert_eq!(clean, "a é \u{2002}b\tc\r\n");
        assert_eq!(clean.len(), text.len());
        assert!(matches!(without_controls("a\n\u{a0}"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_byte_is_suspected_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let suspect = holds_suspect(&[byte]);
            for length in [1, 127, 128, 300] {
                for at in [0, length / 2, length - 1] {
                    let mut text = vec![b'a'; length];
                    text[at] = byte;
                    assert_eq!(may_hold_controls(&text), suspect, "{byte:#x} at {at} of {length}");
                }
            }
        }
    }

    #[test]
    fn words_that_a_control_character_parts_stay_apart() {
        assert_eq!(stripped_of_controls("commu\u{8}niqué\u{b}du\u{c}jour\0\n"), "communiqué du jour\n");
    }
}
