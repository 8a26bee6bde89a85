//! Slips of writing, in either form, in words for the writer.

use super::BadDate;
use crate::diagnostic::{Applicability, Code, Diagnostic, Fix, code};
use crate::source::{Source, Span, controls};
use std::ops::Range;

/// One slip: a diagnostic before its places are those of the file.
pub(super) struct Fault {
    pub code: &'static Code,
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
    pub fix: Option<(Range<usize>, String)>,
    /// Whether the fix may be applied unseen.
    pub applicability: Applicability,
    /// Another place that has a part in it, with a few words.
    pub related: Option<(Range<usize>, &'static str)>,
}

impl Fault {
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            code: &code::SYNTAX,
            range,
            message: message.into(),
            help: None,
            fix: None,
            applicability: Applicability::default(),
            related: None,
        }
    }

    /// A date that is none.
    pub fn date(range: Range<usize>, problem: BadDate) -> Self {
        let fix = problem.replacement.map(|date| (range.clone(), date));
        let applicability = problem.applicability;
        Self {
            code: &code::BAD_DATE,
            help: problem.help,
            fix,
            applicability,
            ..Self::new(range, problem.message)
        }
    }

    /// A control character in a key or a value, which may be there as an escape only.
    pub fn control(range: Range<usize>, text: &str) -> Option<Self> {
        let (_, character) = controls(text).next()?;
        let message = format!(
            "this text holds the control character U+{:04X}, which no page can show",
            u32::from(character)
        );
        let fault = Self { code: &code::CONTROL_CHARACTER, ..Self::new(range, message) };
        Some(fault.help("it is read as a space: delete it"))
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub fn fix(mut self, range: Range<usize>, replacement: impl Into<String>) -> Self {
        self.fix = Some((range, replacement.into()));
        self
    }

    /// The same, its fix being one that may be applied unseen.
    pub fn safe(self) -> Self {
        Self { applicability: Applicability::Safe, ..self }
    }
}

/// The slips of one stretch of a file, told as diagnostics until they are too many to be slips.
pub(super) struct Faults<'a> {
    pub source: &'a Source,
    /// Where the stretch begins in the file.
    pub offset: usize,
    told: usize,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// Past this many, the file is rather of some other kind. Picked by feel.
pub(super) const MOST: usize = 100;

impl<'a> Faults<'a> {
    pub fn new(source: &'a Source, offset: usize, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self { source, offset, told: 0, diagnostics }
    }

    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(range).shifted(self.offset)
    }

    /// The place in the stretch of a place in the file.
    pub fn range(&self, span: Span) -> Range<usize> {
        span.start as usize - self.offset..span.end as usize - self.offset
    }

    pub fn are_enough(&self) -> bool {
        self.told >= MOST
    }

    pub fn report(&mut self, fault: Fault) {
        if self.are_enough() {
            return;
        }
        let place = self.source.place(self.span(fault.range));
        let mut diagnostic = Diagnostic::new(fault.code, place, fault.message);
        diagnostic.help.extend(fault.help);
        if let Some((range, replacement)) = fault.fix {
            let fix = Fix::new(self.span(range), replacement).with(fault.applicability);
            diagnostic = diagnostic.mend(Some(fix));
        }
        if let Some((range, label)) = fault.related {
            diagnostic = diagnostic.label("again here").related(self.source.place(self.span(range)), label);
        }
        self.told += 1;
        self.diagnostics.push(diagnostic);
    }
}

/// The line of the text, without its end, that `offset` stands on.
pub(super) fn line_around(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    let length = text[start..].find('\n').unwrap_or(text.len() - start);
    let line = &text[start..start + length];
    start..start + line.trim_end_matches('\r').len()
}

/// The range without the white space at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + written.len() - written.trim_start().len();
    start..(start + written.trim().len())
}

pub(super) fn character_at(text: &str, offset: usize) -> Range<usize> {
    let length = text[offset..].chars().next().map_or(0, char::len_utf8);
    offset..offset + length
}

/// A text that its own line does not close. `end` is where the line ends for the parser.
pub(super) fn open_text(text: &str, line: &Range<usize>, end: usize) -> Fault {
    let end = end.clamp(line.start, line.end);
    let Some((mark, start)) =
        open_mark(&text[line.start..end]).map(|(mark, index)| (mark, line.start + index))
    else {
        return Fault::new(trimmed(text, line.clone()), "a text is never closed on this line");
    };
    let written = trimmed(text, start..end);
    let last = text[written.clone()].chars().next_back().unwrap_or(mark);
    if matches!(last, '”' | '“' | '»' | '’') {
        let range = written.end - last.len_utf8()..written.end;
        return Fault::new(range.clone(), format!("`{last}` does not close a text opened by `{mark}`"))
            .fix(range, mark);
    }
    let fault =
        Fault::new(written.clone(), "this text is never closed").help(format!("close it with `{mark}`"));
    // Inside a list or a table there is no telling where it should have ended.
    let before = text[line.start..start].trim_end();
    let is_alone = before.ends_with(['=', ':']) && !before.contains(['{', '[']);
    if is_alone { fault.fix(written.end..written.end, mark) } else { fault }
}

/// The quotation mark that is still open at the end of a line, and where it stands.
fn open_mark(line: &str) -> Option<(char, usize)> {
    let mut open: Option<(char, usize)> = None;
    let mut characters = line.char_indices();
    while let Some((index, character)) = characters.next() {
        match (open, character) {
            (None, '"' | '\'') => open = Some((character, index)),
            (Some(('"', _)), '\\') => drop(characters.next()),
            (Some((mark, _)), character) if mark == character => open = None,
            _ => {}
        }
    }
    open
}
