use super::{Format, Reader};
use crate::diagnostic::Fix;
use crate::source::Span;

/// Where a further key of a table can be written into its file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Addition {
    at: usize,
    /// What stands before the key: the end of a line and its indentation, or a comma.
    before: String,
    format: Format,
}

impl Addition {
    /// Behind `key`, if `reader` holds it; `None` where what follows it leaves no room.
    pub fn behind(reader: &mut Reader<'_>, key: &'static str) -> Option<Self> {
        let (key, value) = reader.entry(key)?;
        let (text, format) = (&reader.source().text, reader.format());
        let end = value.span.range().end;
        let line_end = text[end..].find('\n').map_or(text.len(), |length| end + length);
        let rest = text[end..line_end].trim();
        if next_token(&text[end..]).starts_with([',', '}']) {
            return Some(Self { at: end, before: ", ".to_owned(), format });
        }
        let line_start = text[..key.span.range().start].rfind('\n').map_or(0, |end| end + 1);
        let indentation = &text[line_start..key.span.range().start];
        if !indentation.trim().is_empty() || !(rest.is_empty() || rest.starts_with('#')) {
            return None;
        }
        let at = end + text[end..line_end].trim_end_matches('\r').len();
        let line_break = if text[at..line_end].is_empty() { "\n" } else { "\r\n" };
        Some(Self { at, before: format!("{line_break}{indentation}"), format })
    }

    /// The fix that adds a key with its value, as its format writes them.
    pub fn fix(&self, key: &str, value: &str) -> Fix {
        let written = match self.format {
            Format::Toml => format!("{}{key} = {value}", self.before),
            Format::Yaml => format!("{}{key}: {value}", self.before),
        };
        Fix::new(Span::new(self.at..self.at), written)
    }
}

/// The text from its first character that is no white space and in no comment.
fn next_token(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with('#') {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    }
    rest
}
