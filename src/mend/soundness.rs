//! Whether a text can still be read once it is mended: a mend that breaks its file is worse than the mistake.

use super::{Mend, text};
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

/// How many faults the text of a file has, read alone.
pub(super) fn faults(path: &ContentPath, text: &str) -> usize {
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
    found.iter().filter(|diagnostic| FAULTS.contains(&diagnostic.code)).count()
}

/// Where the text begins behind its byte order mark.
fn start(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The mends with which a text has no more faults than without, and the others. They are tried together, and by halves
/// where that fails.
pub(super) fn sound<'a>(
    text: &str,
    mends: Vec<Mend<'a>>,
    faults: &dyn Fn(&str) -> usize,
) -> (Vec<Mend<'a>>, Vec<Mend<'a>>) {
    let (mut sound, mut left_out) = (Vec::new(), Vec::new());
    if mends.is_empty() {
        return (sound, left_out);
    }
    let most = faults(text);
    let mut trials = 0;
    let mut waiting = vec![mends];
    while let Some(mut part) = waiting.pop() {
        trials += 1;
        let trial: Vec<Mend<'_>> = sound.iter().chain(&part).copied().collect();
        if trials > MOST_TRIALS {
            left_out.append(&mut part);
        } else if faults(&text::mended(text, &trial)) <= most {
            sound = trial;
        } else if part.len() == 1 {
            left_out.append(&mut part);
        } else {
            waiting.push(part.split_off(part.len() / 2));
            waiting.push(part);
        }
    }
    (sound, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;
    use crate::source::Span;

    fn faults_of(path: &str, text: &str) -> usize {
        faults(&ContentPath::new(path).unwrap(), text)
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
        let (sound, left_out) = sound(text, mends, &|text| text.matches('!').count());
        assert_eq!(text::mended(text, &sound), "xxxxxfxx");
        assert_eq!(left_out.len(), 1);
    }

    #[test]
    fn a_text_that_every_mend_breaks_is_not_tried_for_ever() {
        let text = "a".repeat(1000);
        let fixes: Vec<Fix> = (0..1000).map(|at| Fix::new(Span::new(at..at + 1), "!")).collect();
        let mends = fixes.iter().map(|fix| Mend { fix, code: "D204" }).collect();
        let trials = std::cell::Cell::new(0);
        let faults = |text: &str| {
            trials.set(trials.get() + 1);
            text.matches('!').count()
        };
        let (sound, left_out) = sound(&text, mends, &faults);
        assert_eq!((sound.len(), left_out.len()), (0, 1000));
        assert!(trials.get() <= 1 + MOST_TRIALS);
    }
}
