//! What a style makes of a source: words, and how they are set.

use crate::brief::link::scheme;
use crate::render::html::{push_text, push_url_attribute};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Words that are set alike.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Run {
    #[serde(rename = "t")]
    pub text: String,
    /// How they are set: of `i`, `b`, `u`, `sup` and `sub`.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub elements: Vec<Element>,
    /// Where they lead.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// An element that sets words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Element {
    I,
    B,
    U,
    Sup,
    Sub,
}

impl Element {
    fn name(self) -> &'static str {
        match self {
            Self::I => "i",
            Self::B => "b",
            Self::U => "u",
            Self::Sup => "sup",
            Self::Sub => "sub",
        }
    }
}

/// A note as a style prints it, cut at the title, which the template links: HTML without its final period.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::render) struct StyledNote {
    /// What stands before the title; all of it where the style has changed the title beyond recognition.
    pub before: String,
    /// The title, in the letters the style gives it, and what stands after it.
    pub titled: Option<(String, String)>,
    /// Whether the place in the source is in it.
    pub has_place: bool,
}

impl StyledNote {
    /// The note of a source with this title; nothing where no words are left.
    pub(super) fn of(mut runs: Vec<Run>, title: &str, has_place: bool) -> Option<Self> {
        if !runs.iter().any(|run| run.text.contains(char::is_alphanumeric)) {
            return None;
        }
        if let Some(last) = runs.last_mut().filter(|run| run.url.is_none()) {
            let words = last.text.trim_end();
            last.text.truncate(words.strip_suffix('.').unwrap_or(words).len());
        }
        let found = runs.iter().enumerate().find_map(|(index, run)| Some((index, title_in(run, title)?)));
        let mut note = Self { has_place, ..Self::default() };
        let Some((titled, range)) = found else {
            // The template makes one link of it all, which can hold no other.
            runs.iter().for_each(|run| push_run(&mut note.before, &Run { url: None, ..run.clone() }));
            return Some(note);
        };
        let run = &runs[titled];
        runs[..titled].iter().for_each(|run| push_run(&mut note.before, run));
        push_start(&mut note.before, run);
        push_text(&mut note.before, &run.text[..range.start]);
        let mut after = String::new();
        push_text(&mut after, &run.text[range.end..]);
        push_end(&mut after, run);
        runs[titled + 1..].iter().for_each(|run| push_run(&mut after, run));
        note.titled = Some((run.text[range].to_owned(), after));
        Some(note)
    }
}

/// Where the title stands in a run, whatever capitals the style has given it.
fn title_in(run: &Run, title: &str) -> Option<Range<usize>> {
    let [text, folded] = [&run.text, title].map(str::to_lowercase);
    let at = text.find(&folded).filter(|_| run.url.is_none() && text.len() == run.text.len())?;
    let range = at..at + folded.len();
    // A letter that is longer in lower case would shift what follows.
    run.text.get(range.clone()).filter(|found| found.to_lowercase() == folded).map(|_| range)
}

fn push_run(html: &mut String, run: &Run) {
    push_start(html, run);
    push_text(html, &run.text);
    push_end(html, run);
}

fn push_start(html: &mut String, run: &Run) {
    if let Some(url) = web(run) {
        html.push_str("<a");
        push_url_attribute(html, "href", url);
        html.push('>');
    }
    for element in &run.elements {
        html.extend(["<", element.name(), ">"]);
    }
}

fn push_end(html: &mut String, run: &Run) {
    for element in run.elements.iter().rev() {
        html.extend(["</", element.name(), ">"]);
    }
    if web(run).is_some() {
        html.push_str("</a>");
    }
}

fn web(run: &Run) -> Option<&str> {
    run.url.as_deref().filter(|url| scheme(url).is_some_and(|scheme| scheme == "http" || scheme == "https"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Run {
        Run { text: text.to_owned(), ..Run::default() }
    }

    #[test]
    fn a_note_is_cut_at_its_title_and_loses_its_period() {
        let title = Run { elements: vec![Element::I], ..run("Un titre <b>, 2e éd.") };
        let note =
            StyledNote::of(vec![run("A. Dupont, "), title, run(", 2022.")], "Un titre <b>", true).unwrap();
        assert_eq!(note.before, "A. Dupont, <i>");
        assert_eq!(note.titled, Some(("Un titre <b>".to_owned(), ", 2e éd.</i>, 2022".to_owned())));
    }

    #[test]
    fn a_title_keeps_the_capitals_a_style_gives_it() {
        let note = StyledNote::of(vec![run("“Éléments Of Style,”")], "éléments of style", true).unwrap();
        assert_eq!(note.titled, Some(("Éléments Of Style".to_owned(), ",”".to_owned())));
        // In lower case, `İ` is longer than it was.
        assert_eq!(StyledNote::of(vec![run("İİ Titre")], "İİ titre", true).unwrap().titled, None);
    }

    #[test]
    fn a_note_whose_title_is_changed_is_one_whole_without_links() {
        let link = Run { url: Some("https://x.example/".into()), ..run("https://x.example/") };
        let note = StyledNote::of(vec![run("Un t., "), link], "Un titre", true).unwrap();
        assert_eq!((note.before.as_str(), note.titled), ("Un t., https://x.example/", None));
    }

    #[test]
    fn only_a_url_of_the_web_becomes_a_link() {
        let link = |url: &str| Run { url: Some(url.to_owned()), ..run("ici") };
        let note = StyledNote::of(
            vec![run("Un titre "), link("javascript:alert(1)"), link("https://x.example/?a&\"b")],
            "Un titre",
            true,
        );
        let (_, after) = note.unwrap().titled.unwrap();
        assert_eq!(after, " ici<a href=\"https://x.example/?a&amp;%22b\">ici</a>");
    }

    #[test]
    fn a_note_without_words_is_none() {
        assert_eq!(StyledNote::of(vec![run(" (),. ")], "Un titre", true), None);
    }
}
