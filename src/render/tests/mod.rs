//! What rendering promises, tested on whole documents.

mod check;
mod hostile;
mod notes;
mod templates;
mod text;

use super::*;
use crate::brief::body::{self, Setting};
use crate::brief::notes::FrontEntry;
use crate::brief::{Notes, Passage, Target};
use crate::config::RawHtml;
use crate::language::{Language, LanguageTag, Messages, Strings};
use crate::page::view::{DateView, NoteText, TextView};
use crate::reference::Bibliography;
use crate::source::ContentPath;
use check::Page;
use std::sync::Arc;

/// French, with the strings that rendering asks for.
pub(super) fn wording() -> Wording {
    saying(
        r#"
        note = "Note {number}"
        back-to-call = "Retour à l’appel de la note {number}"
        back-to-call-lettered = "Retour à l’appel {letter} de la note {number}"
        notes-and-sources = "Notes et sources"
        table = "Tableau {number}"
        brief-count = { one = "{count} article", other = "{count} articles" }
        go-home = "Retour à {home} & {name}"
        "#,
    )
}

/// French, with these strings.
pub(super) fn saying(strings: &str) -> Wording {
    let (messages, errors) = Messages::parse(strings);
    assert_eq!(errors, []);
    let language = Language::new(&LanguageTag::parse("fr").unwrap());
    Wording::new(Arc::new(language), Arc::new(Strings::layered([messages], [])))
}

/// A document as it comes to rendering: read, its notes numbered, its links resolved.
#[derive(Default)]
pub(super) struct Written {
    passages: Vec<(Passage, String)>,
    /// The labels of `[footnotes]`; their texts are passages.
    labels: Vec<String>,
    raw_html: RawHtml,
}

/// A document that is a body alone.
pub(super) fn body_of(text: &str) -> Written {
    Written::default().with(Passage::Body, text)
}

impl Written {
    pub(super) fn with(mut self, passage: Passage, text: &str) -> Self {
        self.passages.push((passage, text.to_owned()));
        self
    }

    /// The same, with a plain note of the front matter.
    pub(super) fn with_note(mut self, label: &str, text: &str) -> Self {
        self.passages.push((Passage::Note(self.labels.len()), text.to_owned()));
        self.labels.push(label.to_owned());
        self
    }

    pub(super) fn with_raw_html(mut self, raw_html: RawHtml) -> Self {
        self.raw_html = raw_html;
        self
    }

    /// Reads it as `brief` does, and resolves links as if every file were there but `absent.md`.
    pub(super) fn text(&self) -> TextView {
        let path = ContentPath::new("content/2023/minsk.md").unwrap();
        let setting = Setting {
            path: &path,
            call_side: None,
            doubled_words: true,
            base_url: None,
            sentences: false,
            excerpt: false,
            finder: None,
        };
        let mut passages: Vec<_> =
            self.passages.iter().map(|(passage, text)| (*passage, body::read(text, setting))).collect();
        passages.sort_by_key(|(passage, _)| match passage {
            Passage::Note(_) => (2, *passage),
            Passage::Correction(_) => (1, *passage),
            _ => (0, *passage),
        });
        let entry = |label| FrontEntry { label, empty: false, is_source: false, page: None };
        let front: Vec<_> = self.labels.iter().map(|label| entry(label)).collect();
        let notes = Notes::resolve(&passages, &front, &Bibliography::default());
        let mut view = TextView { raw_html: self.raw_html, ..TextView::default() };
        view.passages = self.passages.iter().cloned().collect();
        for (passage, facts) in &passages {
            for link in facts.links.iter().filter(|link| link.target != Target::Elsewhere) {
                view.links.insert((*passage, link.range.start), url(&link.target));
            }
            if *passage == Passage::Body {
                view.headings = facts
                    .headings
                    .iter()
                    .map(|heading| (heading.range.start, (&*heading.id).into()))
                    .collect();
            }
        }
        view.other_labels = notes.others.clone();
        view.notes =
            notes.called.into_iter().map(|note| NoteText { note, source: None, cited: None }).collect();
        let corrections =
            self.passages.iter().filter(|(passage, _)| matches!(passage, Passage::Correction(_)));
        view.corrections = corrections
            .map(|_| DateView { iso: "2023-11-24".into(), text: "24\u{a0}novembre 2023".into() })
            .collect();
        view
    }

    pub(super) fn render(&self) -> Rendered {
        self.render_in(Style::Page)
    }

    pub(super) fn render_for_feed(&self) -> Rendered {
        self.render_in(Style::Feed { prefix: "minsk", base: "https://x.example/briefs/minsk/" })
    }

    fn render_in(&self, style: Style<'_>) -> Rendered {
        let text = self.text();
        let manuscript = Manuscript { text: &text, sources: Vec::new() };
        let [rendered] = render_text(manuscript, &wording(), [style], &Highlighter::default());
        rendered
    }

    /// The page all of it stands on, checked.
    pub(super) fn page(&self) -> Page {
        Page::of(&self.render())
    }
}

fn url(target: &Target) -> Option<String> {
    let anchored = |url: String, fragment: &Option<String>| match fragment {
        Some(fragment) => format!("{url}#{fragment}"),
        None => url,
    };
    match target {
        Target::File { path, .. } if path.file_name() == "absent.md" => None,
        Target::File { path, fragment, .. } if path.is_text() => {
            Some(anchored(format!("../{}/", path.stem()), fragment))
        }
        Target::File { path, .. } => Some(format!("../../{path}")),
        Target::Slug { slug, fragment } => Some(anchored(format!("../{slug}/"), fragment)),
        Target::Address { path, fragment, .. } => Some(anchored(format!("../..{path}"), fragment)),
        Target::Anchor(fragment) => Some(format!("#{fragment}")),
        Target::Elsewhere | Target::Outside | Target::Entity(_) | Target::Unsafe(_) => None,
    }
}

/// The content of a body, which must be sound.
pub(super) fn content(text: &str) -> String {
    let written = body_of(text);
    written.page();
    written.render().content
}
