//! Whether a text can still be read once it is mended: a mend that breaks its file is worse than the mistake.

use super::Mend;
use super::text::{self, Origins};
use crate::brief::{FileKind, front_matter};
use crate::data;
use crate::diagnostic::{Code, code};
use crate::source::{self, ContentPath, Source};

/// What is told of a text that can't be read as it was meant.
const FAULTS: [&Code; 5] = [
    &code::SYNTAX,
    &code::NO_FRONT_MATTER,
    &code::UNCLOSED_FRONT_MATTER,
    &code::SECOND_FRONT_MATTER,
    &code::DUPLICATE_KEY,
];

/// Most trials on one text. Where they do not do, most of its mends are wrong.
const MOST_TRIALS: usize = 32;

/// One thing that keeps a text from being read as it was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    code: &'static str,
    at: usize,
}

/// The faults that the text of a file has, read alone.
pub(super) fn faults(path: &ContentPath, text: &str) -> Vec<Fault> {
    let source = Source::new(path.clone(), source::without_controls(text));
    let mut found = Vec::new();
    match path.extension() {
        _ if path.is_text() => {
            let split = front_matter::split(&source, &mut found);
            front_matter::read(&source, &split, FileKind::of(path), &mut found);
        }
        Some("toml") => drop(data::toml(&source, start(text)..text.len(), &mut found)),
        Some("yml" | "yaml") => drop(data::yaml(&source, start(text)..text.len(), &mut found)),
        _ => {}
    }
    let faults = found.iter().filter(|diagnostic| FAULTS.contains(&diagnostic.code));
    faults
        .map(|diagnostic| Fault { code: diagnostic.code.id, at: diagnostic.place.span.range().start })
        .collect()
}

/// Where the text begins behind its byte order mark.
fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The mends with which a text can be read as well as without, and the others. They are tried together, and by halves
/// where that fails.
///
/// One fault hides others, so that a mend of faults may bring some to light: there may only be no more of them. Any other
/// mend may make none where there was none.
pub(super) fn sound<'a>(
    text: &str,
    mends: Vec<Mend<'a>>,
    faults: &dyn Fn(&str) -> Vec<Fault>,
) -> (Vec<Mend<'a>>, Vec<Mend<'a>>) {
    let (mut sound, mut left_out) = (Vec::new(), Vec::new());
    if mends.is_empty() {
        return (sound, left_out);
    }
    let with = |mends: &[Mend<'_>]| by_line(text, mends, faults);
    let mut least = with(&sound);
    let mut trials = 0;
    let (reading, others): (Vec<_>, Vec<_>) = mends.into_iter().partition(mends_fault);
    let mut waiting = vec![others, reading];
    waiting.retain(|part| !part.is_empty());
    while let Some(mut part) = waiting.pop() {
        trials += 1;
        if trials > MOST_TRIALS {
            left_out.append(&mut part);
            continue;
        }
        let mut trial: Vec<Mend<'_>> = sound.iter().chain(&part).copied().collect();
        trial.sort();
        let found = with(&trial);
        let may_reveal = part.iter().all(mends_fault);
        if found.len() <= least.len() && (may_reveal || found.iter().all(|fault| least.contains(fault))) {
            (sound, least) = (trial, found);
        } else if part.len() == 1 {
            left_out.append(&mut part);
        } else {
            waiting.push(part.split_off(part.len() / 2));
            waiting.push(part);
        }
    }
    (sound, left_out)
}

fn mends_fault(mend: &Mend<'_>) -> bool {
    FAULTS.iter().any(|code| code.id == mend.code)
}

/// The faults of a text with mends, each at the beginning of the line of `text` that it stands on.
fn by_line(text: &str, mends: &[Mend<'_>], faults: &dyn Fn(&str) -> Vec<Fault>) -> Vec<Fault> {
    let origins = Origins::of(text).mended(mends);
    let line_of =
        |at: usize| text.as_bytes()[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let found = faults(&text::mended(text, mends)).into_iter();
    found.map(|fault| Fault { at: line_of(origins.at(fault.at)), ..fault }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;
    use crate::source::Span;

    fn faults_of(path: &str, text: &str) -> usize {
        faults(&ContentPath::new(path).unwrap(), text).len()
    }

    /// A fault for each exclamation mark.
    fn marks(text: &str) -> Vec<Fault> {
        text.match_indices('!').map(|(at, _)| Fault { code: "D204", at }).collect()
    }

    #[test]
    fn a_file_is_read_as_what_its_name_says() {
        assert_eq!(faults_of("content/a.md", "+++\ntitle = Minsk\n+++\n"), 1);
        assert_eq!(faults_of("content/a.md", "+++\ntitel = \"Minsk\"\n+++\n"), 0);
        assert_eq!(faults_of("site.toml", "\u{feff}a = 1\na = 2\n"), 1);
        assert_eq!(faults_of("content/sources.yml", "a: [\n"), 1);
        assert_eq!(faults_of("templates/a.html", "+++"), 0);
    }

    #[test]
    fn what_breaks_a_text_is_left_out_and_the_others_stay() {
        let text = "abcdefgh";
        let fixes: Vec<Fix> =
            (0..8).map(|at| Fix::new(Span::new(at..at + 1), if at == 5 { "!" } else { "x" })).collect();
        let mends = fixes.iter().map(|fix| Mend { fix, code: "D204" }).collect();
        let (sound, left_out) = sound(text, mends, &marks);
        assert_eq!(text::mended(text, &sound), "xxxxxfxx");
        assert_eq!(left_out.len(), 1);
    }

    #[test]
    fn a_mend_that_breaks_a_line_is_left_out_though_another_fault_is_then_hidden() {
        let path = ContentPath::new("content/sources.yml").unwrap();
        let text = "e: { url: https://e.example,\n  title: X\n}\na:\n  title: &anc Foo\n";
        let at = text.find("X\n").unwrap() + 1;
        let faults = |text: &str| faults(&path, text);
        assert_eq!(faults(text).len(), 1);
        for (written, is_sound) in [("\n  date: 2024-01-01", false), (", date: 2024-01-01", true)] {
            let fix = Fix::new(Span::new(at..at), written);
            let (sound, _) = sound(text, vec![Mend { fix: &fix, code: "D330" }], &faults);
            assert_eq!(sound.len() == 1, is_sound, "{written}");
        }
    }

    #[test]
    fn a_mend_of_one_fault_may_bring_another_to_light() {
        let path = ContentPath::new("site.toml").unwrap();
        let text = "title: Essai\n";
        let fix = Fix::new(Span::new(5..6), " =");
        let (sound, _) = sound(text, vec![Mend { fix: &fix, code: "D204" }], &|text| faults(&path, text));
        assert_eq!(sound.len(), 1);
    }

    #[test]
    fn a_text_that_every_mend_breaks_is_not_tried_for_ever() {
        let text = "a".repeat(1000);
        let fixes: Vec<Fix> = (0..1000).map(|at| Fix::new(Span::new(at..at + 1), "!")).collect();
        let mends = fixes.iter().map(|fix| Mend { fix, code: "D204" }).collect();
        let trials = std::cell::Cell::new(0);
        let faults = |text: &str| {
            trials.set(trials.get() + 1);
            marks(text)
        };
        let (sound, left_out) = sound(&text, mends, &faults);
        assert_eq!((sound.len(), left_out.len()), (0, 1000));
        assert!(trials.get() <= 1 + MOST_TRIALS);
    }
}
