//! Formulas: the templates of sources that only put parts together, read once.
//!
//! ```jinja
//! {{ [authors, title | quote, t(key="source-video"), date] | sentence }}
//! ```
//!
//! Nearly all templates of sources are such a line, and a site prints thousands of notes with each. Filled as templates they
//! would cost more than all the rest of a note; what they print is the same.

use super::parts::Part;
use super::sentence::Sentence;
use super::wording::Wording;
use crate::page::view::SourceView;

/// How much room is made for a note at first, in bytes: more than most need.
const NOTE: usize = 1_024;

/// The parts of a note, in the order in which they are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Formula(Vec<Term>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    Part(Part),
    /// A part between quotation marks.
    Quoted(Part),
    /// The string of the interface that has this key.
    String(String),
}

impl Formula {
    /// The formula that `template` is, if it is nothing else. A comment may stand around it.
    pub(super) fn read(template: &str) -> Option<Self> {
        let line = without_comments(template)?;
        let inside = line.trim().strip_prefix("{{")?.strip_suffix("}}")?;
        let inside = inside.strip_prefix('-').unwrap_or(inside);
        let inside = inside.strip_suffix('-').unwrap_or(inside);
        let list = inside.trim_end().strip_suffix("sentence")?.trim_end().strip_suffix('|')?;
        let list = list.trim().strip_prefix('[')?.strip_suffix(']')?;
        list.split(',').map(term).collect::<Option<_>>().map(Self)
    }

    /// The note of `source`; nothing where the interface lacks a string, which filling the template will tell.
    pub(super) fn print(&self, source: &SourceView, wording: &Wording) -> Option<String> {
        let mut html = String::with_capacity(NOTE);
        let mut sentence = Sentence::new(&mut html, wording.language());
        for term in &self.0 {
            match term {
                Term::Part(part) => {
                    if let Some(written) = part.of(source, wording) {
                        written.join(&mut sentence, wording);
                    }
                }
                Term::Quoted(part) => {
                    if let Some(written) = part.of(source, wording) {
                        let (open, close) = wording.language().quotation_marks();
                        let html = sentence.next(false);
                        html.push_str(open);
                        written.push(html, wording);
                        html.push_str(close);
                    }
                }
                Term::String(key) => {
                    let string = wording.strings().get(key, wording.language(), None, &[("key", key)])?;
                    sentence.text(&string);
                }
            }
        }
        sentence.end();
        Some(html)
    }
}

fn term(written: &str) -> Option<Term> {
    let written = written.trim();
    if let Some(key) = written.strip_prefix("t(key=\"").and_then(|rest| rest.strip_suffix("\")")) {
        let is_key = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
        return is_key.then(|| Term::String(key.to_owned()));
    }
    // A part that is quoted must be there: a template says so where it is not.
    match written.split_once('|') {
        Some((name, filter)) if filter.trim() == "quote" => {
            part(name.trim()).filter(|part| matches!(part, Part::Title | Part::Cite)).map(Term::Quoted)
        }
        Some(_) => None,
        None => part(written).map(Term::Part),
    }
}

fn part(name: &str) -> Option<Part> {
    Part::ALL.iter().find(|(known, _)| *known == name).map(|(_, part)| *part)
}

/// The template without its `{# … #}`; nothing if one has no end.
fn without_comments(template: &str) -> Option<String> {
    let mut kept = String::new();
    let mut rest = template;
    while let Some((before, comment)) = rest.split_once("{#") {
        kept.push_str(before);
        rest = comment.split_once("#}")?.1;
    }
    Some(kept + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_parts_is_a_formula() {
        let line =
            "{#- Un exemple. -#}\n{{ [authors, title | quote,t(key=\"source-video\") , date]|sentence }}\n";
        let terms = vec![
            Term::Part(Part::Authors),
            Term::Quoted(Part::Title),
            Term::String("source-video".to_owned()),
            Term::Part(Part::Date),
        ];
        assert_eq!(Formula::read(line), Some(Formula(terms)));
    }

    #[test]
    fn what_does_more_is_left_to_the_engine() {
        for template in [
            "<b>{{ [title, date] | sentence }}</b>",
            "{{ [title, date] | sentence }} {{ url }}",
            "{{ [title | upper] | sentence }}",
            "{{ [publisher | quote] | sentence }}",
            "{{ [source.title] | sentence }}",
            "{{ [t(key=\"source-count\", count=2)] | sentence }}",
            "{% if url %}{{ [title] | sentence }}{% endif %}",
            "{{ [\"a, b\"] | sentence }}",
            "{# {{ [title] | sentence }}",
            "{{ title }}",
            "",
        ] {
            assert_eq!(Formula::read(template), None, "{template}");
        }
    }
}
