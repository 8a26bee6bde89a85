use super::{KEYS, SYNONYMS};
use crate::data::{Format, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Position, Source, Span};
use std::ops::Range;

/// Where in a file its front matter and its body stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// The form of the front matter, if there is any.
    pub format: Option<Format>,
    /// The fence that opens it; empty where there is none.
    pub opening: Span,
    /// What stands between the fences.
    pub front: Range<usize>,
    /// What stands below them.
    pub body: Range<usize>,
}

/// Finds the front matter between its fences, `+++` for TOML and `---` for YAML.
pub fn split(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let text = source.text.as_str();
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(first) = lines(text, start).find(|line| !is_blank(text, line)) else {
        let place = source.place(Span::default());
        diagnostics.push(
            Diagnostic::new(&code::EMPTY_FILE, place, "the file is empty")
                .help("write a brief in it, or delete it"),
        );
        return without_front_matter(text.len()..text.len());
    };
    let written = &text[first.clone()];
    let (format, diagnostic) = match fence(written) {
        Some(format) => (format, None),
        None => match clumsy_fence(written) {
            Some(format) => (format, Some(clumsy(source, &first, format))),
            None => return unfenced(source, &first, diagnostics),
        },
    };
    diagnostics.extend(diagnostic);
    closed(source, format, first, diagnostics)
}

/// The format whose fence the line is.
fn fence(line: &str) -> Option<Format> {
    match line.trim_end() {
        "+++" => Some(Format::Toml),
        "---" => Some(Format::Yaml),
        _ => None,
    }
}

fn mark(format: Format) -> &'static str {
    match format {
        Format::Toml => "+++",
        Format::Yaml => "---",
    }
}

/// The format whose fence the line was meant to be: indented, too long, or with its name behind it.
fn clumsy_fence(line: &str) -> Option<Format> {
    let line = line.trim();
    [Format::Toml, Format::Yaml].into_iter().find(|format| {
        let rest =
            line.strip_prefix(mark(*format)).map(|rest| rest.trim_start_matches(&mark(*format)[..1]).trim());
        rest.is_some_and(|rest| rest.is_empty() || rest.eq_ignore_ascii_case(format.name()))
    })
}

fn clumsy(source: &Source, line: &Range<usize>, format: Format) -> Diagnostic {
    let (span, mark) = (Span::new(line.clone()), mark(format));
    let message = format!("{} does not open a front matter", in_message(&source.text[line.clone()]));
    Diagnostic::new(&code::NO_FRONT_MATTER, source.place(span), message)
        .help(format!("the fence is exactly `{mark}`, at the start of the line"))
        .fix(span, mark)
        .safe()
}

/// The front matter opened by the fence on the line `opening`, to its closing fence or to where that should be.
fn closed(
    source: &Source,
    format: Format,
    opening: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Split {
    let text = source.text.as_str();
    let front = line_end(text, opening.end);
    let Some(closing) = lines(text, front).find(|line| fence(&text[line.clone()]) == Some(format)) else {
        return unclosed(source, format, opening, diagnostics);
    };
    let mut body = line_end(text, closing.end);
    if let Some(second) = second_front_matter(text, body) {
        let place = source.place(Span::new(second.opening));
        diagnostics.push(
            Diagnostic::new(&code::SECOND_FRONT_MATTER, place, "this file has a second front matter")
                .related(source.place(Span::new(opening.clone())), "the first begins here")
                .help("move its keys into the first, and remove it with its fences"),
        );
        body = second.end;
    }
    Split {
        format: Some(format),
        opening: Span::new(opening.start..opening.start + text[opening].trim_end().len()),
        front: front..closing.start,
        body: body..text.len(),
    }
}

fn unclosed(
    source: &Source,
    format: Format,
    opening: Range<usize>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Split {
    let text = source.text.as_str();
    let start = line_end(text, opening.end);
    let run = fields(text, start, format);
    let opening = Span::new(opening.start..opening.start + text[opening].trim_end().len());
    let mark = mark(format);
    let mut diagnostic = Diagnostic::new(
        &code::UNCLOSED_FRONT_MATTER,
        source.place(opening),
        "this front matter is never closed",
    );
    let mut body = run.end;
    let other = run.stop.filter(|line| is_other_end(&text[line.clone()]));
    if let Some(line) = other {
        let written = text[line.clone()].trim_end();
        let span = Span::new(line.start..line.start + written.len());
        diagnostic.message = format!("this front matter is opened by `{mark}` and closed by `{written}`");
        diagnostic = diagnostic
            .related(source.place(span), "closed here")
            .help(format!("close it with `{mark}`"))
            .fix(span, mark)
            .safe();
        body = line_end(text, line.end);
    } else if run.end > start {
        let line = Position::of(text, run.end).line;
        let newline = if text[..run.end].ends_with('\n') { "" } else { "\n" };
        diagnostic = diagnostic
            .help(format!("close it with `{mark}` on a line of its own, it seems above line {line}"))
            .fix(Span::new(run.end..run.end), format!("{newline}{mark}\n"));
    } else {
        diagnostic = diagnostic.help(format!("close it with `{mark}` on a line of its own, above the text"));
    }
    diagnostics.push(diagnostic);
    Split { format: Some(format), opening, front: start..run.end, body: body..text.len() }
}

/// Whether the line ends a front matter of another form.
fn is_other_end(line: &str) -> bool {
    matches!(line.trim_end(), "+++" | "---" | "...")
}

/// A file whose first line is no fence at all.
fn unfenced(source: &Source, first: &Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Split {
    let text = source.text.as_str();
    let place = source.place(Span::new(first.clone()));
    let diagnostic =
        Diagnostic::new(&code::NO_FRONT_MATTER, place, "this file does not begin with front matter");
    let fields = [Format::Toml, Format::Yaml].into_iter().find_map(|format| {
        let run = fields(text, first.start, format);
        run.keys.iter().any(|key| is_known(key)).then_some((format, run.end))
    });
    if let Some((format, end)) = fields {
        let help =
            format!("put `{0}` on a line of its own above the keys, and another below them", mark(format));
        diagnostics.push(diagnostic.help(help));
        let opening = Span::new(first.start..first.start);
        return Split { format: Some(format), opening, front: first.start..end, body: end..text.len() };
    }
    diagnostics.push(match text[first.start..].starts_with('{') {
        true => diagnostic.help("JSON is not read here: write TOML between two lines of `+++`"),
        false => {
            diagnostic.help("begin it with `+++`, a `title` and a `date`, and `+++` again, each on its line")
        }
    });
    without_front_matter(first.start..text.len())
}

fn without_front_matter(body: Range<usize>) -> Split {
    let start = Span::new(body.start..body.start);
    Split { format: None, opening: start, front: body.start..body.start, body }
}

struct SecondFrontMatter {
    opening: Range<usize>,
    /// Past the closing fence.
    end: usize,
}

/// A second front matter at the head of the body. Two thematic breaks look the same: it counts only if what stands
/// between the lines is nothing but keys, the first right below the fence, and one of them at least is known.
fn second_front_matter(text: &str, body: usize) -> Option<SecondFrontMatter> {
    let opening = lines(text, body).find(|line| !is_blank(text, line))?;
    let format = fence(&text[opening.clone()])?;
    let start = line_end(text, opening.end);
    let run = fields(text, start, format);
    let closing = run.stop.filter(|line| fence(&text[line.clone()]) == Some(format))?;
    let first = lines(text, start).next()?;
    let begins_with_key = key_of(&text[first], format).is_some();
    let is_read = run.keys.len() > 1 || run.keys.iter().any(|key| is_known(key));
    (begins_with_key && is_read).then(|| SecondFrontMatter { opening, end: line_end(text, closing.end) })
}

/// Lines that read as front matter, from some place on.
struct Fields<'a> {
    /// The keys that begin their lines.
    keys: Vec<&'a str>,
    /// Past the last line that can't be anything but front matter.
    end: usize,
    /// The first line that can't be front matter, if there is one.
    stop: Option<Range<usize>>,
}

fn fields(text: &str, start: usize, format: Format) -> Fields<'_> {
    let mut fields = Fields { keys: Vec::new(), end: start, stop: None };
    let mut in_long_text = false;
    for line in lines(text, start) {
        let written = &text[line.clone()];
        let toggles = format == Format::Toml
            && (written.matches("\"\"\"").count() + written.matches("'''").count()) % 2 == 1;
        let key = key_of(written, format).filter(|_| !in_long_text);
        let is_field = in_long_text || key.is_some() || continues(written, format) && !fields.keys.is_empty();
        in_long_text ^= toggles;
        fields.keys.extend(key);
        if is_field {
            fields.end = line_end(text, line.end);
        } else if !(written.trim().is_empty() || written.starts_with('#')) {
            fields.stop = Some(line);
            break;
        }
    }
    fields
}

/// The key that the line gives a value, or the name of the table it opens.
fn key_of(line: &str, format: Format) -> Option<&str> {
    let is_word = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | '.');
    let end = line.find(|character| !is_word(character)).unwrap_or(line.len());
    let (key, rest) = line.split_at(end);
    let is_key = match format {
        Format::Toml if line.starts_with('[') => {
            let name = line.trim_end().trim_start_matches('[').strip_suffix(']')?.trim_end_matches(']');
            return (!name.is_empty() && !name.contains([']', '[', '^'])).then_some(name);
        }
        Format::Toml => rest.trim_start().starts_with('='),
        Format::Yaml => {
            rest == ":" || rest.starts_with(": ") || rest.starts_with(":\t") || rest.trim_end() == ":"
        }
    };
    (is_key && !key.is_empty()).then_some(key)
}

/// Whether the line can go on with the value of the key above it.
fn continues(line: &str, format: Format) -> bool {
    let begins = |starts: &[char]| line.starts_with(starts) && !line.trim().is_empty();
    match format {
        Format::Toml => begins(&[' ', '\t', '"', '\'', ']', '}']),
        Format::Yaml => begins(&[' ', '\t', ']', '}']) || line.starts_with("- "),
    }
}

fn is_known(key: &str) -> bool {
    let key = key.split('.').next().unwrap_or(key);
    KEYS.contains(&key) || SYNONYMS.iter().any(|(word, _)| word.eq_ignore_ascii_case(key))
}

/// The lines of the text from `start` on, without their ends.
fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut next = start;
    text[start..].split_inclusive('\n').map(move |line| {
        let start = next;
        next += line.len();
        start..start + line.trim_end_matches(['\n', '\r']).len()
    })
}

/// Past the end of the line whose text ends at `offset`.
fn line_end(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |newline| offset + newline + 1)
}

fn is_blank(text: &str, line: &Range<usize>) -> bool {
    text[line.clone()].trim().is_empty()
}
