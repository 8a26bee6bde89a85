//! The list of sources: each once, with all that is known of it and of who cites it.

use crate::command::check::counted;
use crate::diagnostic::report::Style;
use crate::library::sources::{CitedSource, Record, SourceCitation};
use crate::pipeline::Checked;
use crate::project::KeptCopy;
use crate::reference::{Identity, Reference};
use crate::source::{Place, Position};
use clap::builder::styling;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A source, as the list tells it.
pub struct Item<'a> {
    /// What calls it, where it stands in the shared library.
    pub label: Option<&'a str>,
    /// What is known of it.
    pub reference: &'a Reference,
    /// Where that is written down.
    pub place: Place,
    /// Who cites it, newest first.
    pub citations: &'a [SourceCitation],
    /// Where introductions of countries call it: they are no documents of their own.
    pub introductions: Vec<Place>,
    /// The copy that is kept of it.
    pub copy: Option<KeptCopy<'a>>,
}

impl Item<'_> {
    /// Whether it can be read on the web, and no copy of it is known.
    pub fn lacks_archive(&self) -> bool {
        self.reference.url.is_some() && self.copy.is_none()
    }

    /// Whether nobody cites it.
    pub fn is_idle(&self) -> bool {
        self.citations.is_empty() && self.introductions.is_empty()
    }

    fn calls(&self) -> u32 {
        let calls: u32 = self.citations.iter().map(|citation| citation.calls).sum();
        calls + u32::try_from(self.introductions.len()).unwrap_or(u32::MAX)
    }

    fn files(&self) -> usize {
        let introductions: BTreeSet<_> = self.introductions.iter().map(|place| &place.path).collect();
        self.citations.len() + introductions.len()
    }
}

/// Every source of a site, those cited most first; then the entries of the shared library that nobody cites.
pub fn take(checked: &Checked) -> Vec<Item<'_>> {
    let mut introduced = introduced(checked);
    let sources = &checked.library.sources.all;
    let mut items: Vec<Item<'_>> = sources
        .iter()
        .map(|source| {
            let mut item = cited(checked, source);
            if let Some(other) = introduced.remove(&source.identity) {
                item.introductions = other.introductions;
            }
            item
        })
        .collect();
    let known: BTreeSet<&Identity> = sources.iter().map(|source| &source.identity).collect();
    for entry in checked.project.bibliography.entries() {
        let identity = Identity::of(&entry.reference);
        if !known.contains(&identity) {
            let introductions = introduced.remove(&identity).map(|item| item.introductions);
            let item = item(checked, Some(&entry.label.value), &entry.reference, entry.place());
            items.push(Item { introductions: introductions.unwrap_or_default(), ..item });
        }
    }
    items.extend(introduced.into_values());
    items.sort_by_key(|item| (Reverse(item.calls()), Reverse(item.files())));
    items
}

fn item<'a>(
    checked: &'a Checked,
    label: Option<&'a str>,
    reference: &'a Reference,
    place: Place,
) -> Item<'a> {
    let copy = checked.project.kept_copy(reference);
    Item { label, reference, place, citations: &[], introductions: Vec::new(), copy }
}

/// What the introductions of countries cite, with where they call it.
fn introduced(checked: &Checked) -> BTreeMap<Identity, Item<'_>> {
    let mut found: BTreeMap<Identity, Item<'_>> = BTreeMap::new();
    for introduction in checked.library.introductions.values() {
        let brief = &introduction.brief;
        for citation in &brief.citations {
            let origin = brief.notes.called[citation.note].origin;
            let Some(reference) = brief.reference(origin, &checked.project.bibliography) else { continue };
            let known = found.entry(Identity::of(reference));
            let known = known.or_insert_with(|| item(checked, None, reference, brief.note_place(origin)));
            known.introductions.extend(brief.first_call(citation));
        }
    }
    found
}

fn cited<'a>(checked: &'a Checked, source: &'a CitedSource) -> Item<'a> {
    let (documents, bibliography) = (&checked.library.documents, &checked.project.bibliography);
    let (label, place) = match source.record {
        Record::Shared(entry) => {
            let entry = &bibliography.entries()[entry];
            (Some(entry.label.value.as_str()), entry.place())
        }
        Record::Note(document, note) => {
            let brief = &documents[document.index()].brief;
            (None, brief.note_place(brief.notes.called[note].origin))
        }
    };
    let reference = source.reference(documents, bibliography);
    Item { citations: &source.citations, ..item(checked, label, reference, place) }
}

/// A few lines on a source, for people.
pub fn human(item: &Item<'_>, checked: &Checked, style: Style) -> String {
    let bold = if style.colour { styling::Style::new().bold() } else { styling::Style::new() };
    let reference = item.reference;
    let mut text = format!("{bold}{}{bold:#}", reference.title.value);
    let date = reference.date.map(|date| date.value.to_string());
    let publisher = reference.publisher.as_ref().map(|publisher| publisher.value.to_string());
    for part in [publisher, date].into_iter().flatten() {
        let _ = write!(text, ", {part}");
    }
    let _ = write!(text, "\n  {}", standing(item));
    if let Some(url) = &reference.url {
        let _ = write!(text, "\n  {}", url.value);
        let _ = match item.copy {
            Some(copy) => write!(text, "\n  archive: {}", copy.url),
            None => write!(text, "\n  no archive"),
        };
    }
    for citation in item.citations {
        let _ = write!(text, "\n  {}", shown(&citing_place(citation, item, checked), checked));
    }
    for place in &item.introductions {
        let _ = write!(text, "\n  {}", shown(place, checked));
    }
    text.push_str("\n\n");
    text
}

/// How often it is cited, and by which label.
fn standing(item: &Item<'_>) -> String {
    let label = item.label.map(|label| format!("; in the library as [^{label}]")).unwrap_or_default();
    let briefs = counted(item.files(), "file", "files");
    match item.calls() {
        0 => format!("not cited{label}"),
        1 => format!("cited once{label}"),
        calls => format!("cited {calls} times in {briefs}{label}"),
    }
}

/// Where a document calls a source first.
fn citing_place(citation: &SourceCitation, item: &Item<'_>, checked: &Checked) -> Place {
    let brief = &checked.library.document(citation.from).brief;
    let call = brief.citations.get(citation.citation).and_then(|cited| brief.first_call(cited));
    call.unwrap_or_else(|| item.place.clone())
}

fn position(place: &Place, checked: &Checked) -> Position {
    let text = checked.project.text(&place.path).unwrap_or_default();
    Position::of(&text, place.span.start as usize)
}

/// A place as an editor opens it.
pub fn shown(place: &Place, checked: &Checked) -> String {
    let at = position(place, checked);
    format!("{}:{}:{}", place.path, at.line, at.column)
}

#[derive(Serialize)]
struct JsonSource<'a> {
    label: Option<&'a str>,
    kind: &'static str,
    title: &'a str,
    authors: Vec<&'a str>,
    publisher: Option<&'a str>,
    number: Option<&'a str>,
    date: Option<String>,
    url: Option<&'a str>,
    archive: Option<&'a str>,
    archive_date: Option<String>,
    accessed: Option<String>,
    language: Option<&'a str>,
    file: &'a str,
    line: usize,
    calls: u32,
    citations: Vec<JsonCitation<'a>>,
    /// `content/countries/am.md:6:12`.
    introductions: Vec<String>,
}

#[derive(Serialize)]
struct JsonCitation<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    title: &'a str,
    calls: u32,
    sentence: &'a str,
}

/// A source as one line of JSON.
pub fn json(item: &Item<'_>, checked: &Checked) -> String {
    let reference = item.reference;
    let citations = item.citations.iter().map(|citation| {
        let document = checked.library.document(citation.from);
        let at = position(&citing_place(citation, item, checked), checked);
        let cited = document.brief.citations.get(citation.citation);
        JsonCitation {
            file: document.brief.path.as_str(),
            line: at.line,
            column: at.column,
            title: document.brief.front.title_text(),
            calls: citation.calls,
            sentence: cited.map_or("", |cited| &cited.sentence),
        }
    });
    let source = JsonSource {
        label: item.label,
        kind: reference.kind.name(),
        title: &reference.title.value,
        authors: reference.authors.iter().map(|author| author.value.as_str()).collect(),
        publisher: reference.publisher.as_ref().map(|text| &*text.value),
        number: reference.number.as_ref().map(|text| &*text.value),
        date: reference.date.map(|date| date.value.to_string()),
        url: reference.url.as_ref().map(|text| &*text.value),
        archive: item.copy.map(|copy| &**copy.url),
        archive_date: item.copy.and_then(|copy| copy.date).map(|date| date.to_string()),
        accessed: reference.accessed.map(|date| date.value.to_string()),
        language: reference.language.as_ref().map(|tag| tag.value.as_str()),
        file: item.place.path.as_str(),
        line: position(&item.place, checked).line,
        calls: item.calls(),
        citations: citations.collect(),
        introductions: item.introductions.iter().map(|place| shown(place, checked)).collect(),
    };
    let Ok(mut line) = serde_json::to_string(&source) else {
        unreachable!("strings and numbers are always written")
    };
    line.push('\n');
    line
}
