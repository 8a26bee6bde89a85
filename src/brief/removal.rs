//! What to delete of a text for something in it to go, and the rest to read as it did.

use super::prose::Prose;
use crate::data::Format;
use crate::source::Span;
use std::ops::Range;

/// The lines on which `range` stands, with a blank line above or below them where two would be left, or one at the end.
pub(super) fn lines(text: &str, range: Range<usize>) -> Range<usize> {
    let (start, end) = (line_start(text, range.start), line_end(text, range.end));
    let above = start - blank_lines(text[..start].split_inclusive('\n').rev());
    let below = end + blank_lines(text[end..].split_inclusive('\n'));
    match () {
        () if below == text.len() => above..end,
        () if (above < start || start == 0) && below > end => start..below,
        () => start..end,
    }
}

/// The same for an entry of a table in TOML or YAML, which stands at `entry` and has its `key` there; nothing where it does not
/// stand on lines of its own.
pub(super) fn entry(text: &str, format: Format, key: Span, entry: Span) -> Option<Range<usize>> {
    let (key, entry) = (key.range(), entry.range());
    let gone = match format {
        Format::Toml => toml_entry(text, key, entry)?,
        Format::Yaml => yaml_entry(text, key, entry)?,
    };
    let above = &text[..line_start(text, gone.start)];
    // A comment above may be about it.
    let is_told_of = last_line(above).trim_start().starts_with('#');
    (!is_told_of).then(|| lines(text, gone))
}

fn toml_entry(text: &str, key: Range<usize>, entry: Range<usize>) -> Option<Range<usize>> {
    let before = text[line_start(text, entry.start)..entry.start].trim_end_matches(['"', '\'']).trim();
    let key_end = key.end + usize::from(text[key.end..].starts_with(['"', '\'']));
    let behind_key = text[key_end..].trim_start_matches([' ', '\t']);
    let header = text[line_start(text, entry.start)..key_end].trim_start();
    // Of a table below a header, all lines that begin as one are headers of tables within it.
    let within = format!("{header}.");
    let is_within = |line: &str| !line.starts_with('[') || line.starts_with(&within);
    let is_whole = match header.starts_with('[') {
        true => {
            behind_key.starts_with(']')
                && text[key_end..entry.end].lines().skip(1).all(|line| is_within(line.trim_start()))
        }
        false => behind_key.starts_with('=') && (before.is_empty() || before == "footnotes."),
    };
    let after = first_line(&text[entry.end..]).trim();
    (is_whole && (after.is_empty() || after.starts_with('#'))).then_some(entry)
}

fn yaml_entry(text: &str, key: Range<usize>, entry: Range<usize>) -> Option<Range<usize>> {
    let indentation = &text[line_start(text, key.start)..key.start];
    let indentation = indentation.strip_suffix(['"', '\'']).unwrap_or(indentation);
    let is_set_in = |line: &&str| {
        is_blank(line) || line.strip_prefix(indentation).is_some_and(|rest| rest.starts_with(' '))
    };
    // A block of text is told to end where the next thing begins.
    let end = line_end(text, entry.start + text[entry.clone()].trim_end().len());
    let rest: usize = text[end..].split_inclusive('\n').take_while(is_set_in).map(str::len).sum();
    let written = &text[entry.start..end + rest];
    indentation.bytes().all(|byte| byte == b' ').then(|| entry.start..entry.start + written.trim_end().len())
}

/// The same for a block of a Markdown text; nothing where what stands around it could then be read otherwise.
pub(super) fn block(text: &str, block: Range<usize>) -> Option<Range<usize>> {
    let written = &text[block.clone()];
    let block = block.start..block.start + written.trim_end().len();
    let begins_line = block.start == 0 || text[..block.start].ends_with('\n');
    let gone = lines(text, block);
    let (above, below) = (&text[..gone.start], &text[gone.end..]);
    let next = below.trim_start_matches(['\r', '\n']);
    let is_apart = is_blank(last_line(above)) || is_blank(first_line(below)) || next.starts_with("[^");
    // A comment above may be a waiver for what stands below it.
    let is_told_of = above.trim_end().ends_with("-->");
    (begins_line && is_apart && !is_told_of && !may_join(next)).then_some(gone)
}

/// The words at `words` of a block's prose, with the space before them; nothing where they are not written letter for letter as
/// they read, or where nothing stands before them.
pub(super) fn words(prose: &Prose, source: &str, words: Range<usize>) -> Option<Range<usize>> {
    let before = &prose.text()[..words.start];
    let kept = before.trim_end_matches([' ', '\u{a0}', '\u{202f}']);
    let written = prose.written(source, kept.len()..words.end)?;
    let last = source[..written.start].chars().next_back()?;
    // What opens emphasis or code has no space behind it; these may.
    let is_alone = match kept.len() < before.len() {
        true => !"[(«“".contains(last) && !last.is_whitespace(),
        false => kept.ends_with(last),
    };
    (is_alone && !kept.is_empty()).then_some(written)
}

/// Where the line of byte `at` begins.
fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// Where the line of byte `at` ends, its line end included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// How many bytes the blank lines at the beginning of some lines have.
fn blank_lines<'a>(lines: impl Iterator<Item = &'a str>) -> usize {
    lines.take_while(|line| is_blank(line)).map(str::len).sum()
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

fn first_line(text: &str) -> &str {
    text.split_inclusive('\n').next().unwrap_or_default()
}

fn last_line(text: &str) -> &str {
    text.split_inclusive('\n').next_back().unwrap_or_default()
}

/// Whether a line could belong to a block that stands anywhere above it: it is set in, or an item of a list.
fn may_join(line: &str) -> bool {
    let is_set_in = line.starts_with([' ', '\t']);
    let behind_digits = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let behind_mark = if behind_digits.len() < line.len() {
        behind_digits.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '+', '*'])
    };
    is_set_in || behind_mark.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    /// The text without the lines of `block`.
    fn without(text: &str, block: &str) -> Option<String> {
        let start = text.find(block).unwrap();
        let gone = super::block(text, start..start + block.len())?;
        Some(format!("{}{}", &text[..gone.start], &text[gone.end..]))
    }

    #[test]
    fn a_block_goes_with_the_blank_line_that_would_stand_twice_or_last() {
        for (text, left) in [
            ("A.\n\n[^n]: N.\n\nB.\n", "A.\n\nB.\n"),
            ("A.\r\n\r\n[^n]: N.\r\n\r\nB.\r\n", "A.\r\n\r\nB.\r\n"),
            ("A.\n[^n]: N.\n\nB.", "A.\n\nB."),
            ("A.\n\n[^n]: N.\n", "A.\n"),
            ("A.\n\n\n[^n]: N.", "A.\n"),
            ("\n[^n]: N.\n\nB.\n", "\nB.\n"),
            ("[^n]: N.\n\nB.\n", "B.\n"),
            ("[^n]: N.", ""),
            ("[^m]: M.\n[^n]: N.\n[^o]: O.\n", "[^m]: M.\n[^o]: O.\n"),
        ] {
            assert_eq!(without(text, "[^n]: N.").as_deref(), Some(left), "{text:?}");
        }
    }

    #[test]
    fn a_block_stays_where_its_neighbours_would_be_read_otherwise() {
        for text in [
            "A.\n[^n]: N.\n---\n",
            "- A\n\n[^n]: N.\n\n- B\n",
            "1. A\n\n[^n]: N.\n\n2) B\n",
            "- A\n\n[^n]: N.\n\n  B\n",
            "- A\n\n  [^n]: N.\n",
            "> [^n]: N.\n",
            "<!-- allow doubled-word: x -->\n[^n]: N.\n\nB.\n",
        ] {
            assert_eq!(without(text, "[^n]: N."), None, "{text:?}");
        }
        assert!(without("A\n\n[^n]: N.\n\n12 mars, *B*\n", "[^n]: N.").is_some());
        assert!(without("A\n\n[^n]: N.\n\n*B*\n", "[^n]: N.").is_some());
    }
}
