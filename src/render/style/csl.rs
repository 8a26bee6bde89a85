//! The formatter of the Citation Style Language, `hayagriva`, which knows nothing of HTML here: what it makes is taken apart.

use super::run::Element;
use super::{Refused, Run, unknown};
use crate::language::LanguageTag;
use hayagriva::archive::{self, ArchivedStyle};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{
    FontStyle, FontWeight, IndependentStyle, Locale, LocaleCode, Style as AnyStyle, StyleClass,
    TextDecoration, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemChildren,
    Formatted, LocatorPayload, SpecificLocator,
};
use serde_json::Value;
use std::sync::LazyLock;

/// A style.
#[derive(Debug)]
pub(super) struct Style(IndependentStyle);

/// The words of every language that there are styles in. Reading them takes longer than a small build.
static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(archive::locales);

/// The style called `name`, of those that the program brings along.
pub(super) fn named(name: &str) -> Result<Style, Refused> {
    let known = ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
    let style = ArchivedStyle::by_name(name).ok_or_else(|| unknown(name, known))?;
    independent(style.get())
}

/// The style in the text of a file.
pub(super) fn parsed(text: &str) -> Result<Style, Refused> {
    let style = AnyStyle::from_xml(text).map_err(|error| Refused {
        problem: "the file is not a style in CSL".to_owned(),
        help: error.to_string(),
    })?;
    independent(style)
}

fn independent(style: AnyStyle) -> Result<Style, Refused> {
    match style {
        AnyStyle::Independent(style) => Ok(Style(style)),
        AnyStyle::Dependent(style) => Err(Refused {
            problem: "the style only names another, which it is like".to_owned(),
            help: format!("take that one: {}", style.parent_link.href),
        }),
    }
}

impl Style {
    /// What the style makes of an item in CSL-JSON, in `language`. Nothing is as good as an empty note.
    pub(super) fn format(&self, item: &str, language: &LanguageTag) -> Vec<Run> {
        let Ok(Value::Object(mut fields)) = serde_json::from_str(item) else { return Vec::new() };
        let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned));
        let (label, place) = (text(fields.remove("label")), text(fields.remove("locator")));
        let Ok(item) = serde_json::from_value::<Item>(Value::Object(fields)) else { return Vec::new() };
        let locator = label.as_deref().map(unit).zip(place.as_deref());
        let locales = locales(language);
        let request = Request {
            item: &item,
            locator: locator.map(|(unit, place)| SpecificLocator(unit, LocatorPayload::Str(place))),
            locale: locales.first().and_then(|locale| locale.lang.clone()),
            locales: &locales,
        };
        let mut runs = Vec::new();
        push_children(&mut runs, &self.note(request));
        runs
    }

    /// Whether the style is made for notes, which say the place in a source. Of others, it is the entry of their
    /// bibliography that says what a note must.
    pub(super) fn prints_places(&self) -> bool {
        self.0.settings.class == StyleClass::Note
    }

    fn note(&self, request: Request<'_>) -> ElemChildren {
        let Request { item, locator, locale, locales } = request;
        let mut driver = BibliographyDriver::new();
        let items = vec![CitationItem::with_locator(item, locator)];
        driver.citation(CitationRequest::new(items, &self.0, locale.clone(), locales, Some(1)));
        let made = driver.finish(BibliographyRequest::new(&self.0, locale, locales));
        let note = if self.prints_places() {
            made.citations.into_iter().next().map(|note| note.citation)
        } else {
            let entries = made.bibliography.map(|entries| entries.items).unwrap_or_default();
            entries.into_iter().next().map(|entry| entry.content)
        };
        note.unwrap_or_default()
    }
}

/// An item to be formatted.
struct Request<'a> {
    item: &'a Item,
    locator: Option<SpecificLocator<'a>>,
    locale: Option<LocaleCode>,
    locales: &'a [Locale],
}

/// The words of a language, and those of English, which stand in for what it lacks.
fn locales(language: &LanguageTag) -> Vec<Locale> {
    let code = |locale: &&Locale| locale.lang.as_ref().map_or("", |code| code.0.as_str()).to_owned();
    let home = format!("{0}-{1}", language.primary(), language.primary().to_uppercase());
    let is_near = |locale: &&Locale| code(locale).split('-').next() == Some(language.primary());
    let find = |wanted: &str| LOCALES.iter().find(|locale| code(locale) == wanted);
    let own = find(language.as_str()).or_else(|| find(&home));
    let english = find("en-US");
    let own = match language.primary() {
        "en" => own.or(english),
        _ => own.or_else(|| LOCALES.iter().find(is_near)),
    };
    own.into_iter().chain(english).cloned().collect()
}

/// What CSL calls what a locator counts.
fn unit(name: &str) -> Locator {
    match name {
        "page" => Locator::Page,
        "paragraph" => Locator::Paragraph,
        "article" => Locator::ArticleLocator,
        "section" => Locator::Section,
        "chapter" => Locator::Chapter,
        "volume" => Locator::Volume,
        "line" => Locator::Line,
        "figure" => Locator::Figure,
        "table" => Locator::Table,
        "note" => Locator::Note,
        "timestamp" => Locator::Timestamp,
        _ => Locator::Custom,
    }
}

fn push_children(runs: &mut Vec<Run>, children: &ElemChildren) {
    for child in &children.0 {
        match child {
            ElemChild::Text(text) => runs.push(run(text, None)),
            ElemChild::Link { text, url } => runs.push(run(text, Some(url.clone()))),
            ElemChild::Markup(text) => runs.push(Run { text: text.clone(), ..Run::default() }),
            ElemChild::Elem(element) => push_children(runs, &element.children),
            ElemChild::Transparent { .. } => {}
        }
    }
}

fn run(text: &Formatted, url: Option<String>) -> Run {
    let set = &text.formatting;
    let elements = [
        (set.font_style == FontStyle::Italic, Element::I),
        (set.font_weight == FontWeight::Bold, Element::B),
        (set.text_decoration == TextDecoration::Underline, Element::U),
        (set.vertical_align == VerticalAlign::Sup, Element::Sup),
        (set.vertical_align == VerticalAlign::Sub, Element::Sub),
    ];
    let elements = elements.into_iter().filter_map(|(is_set, element)| is_set.then_some(element)).collect();
    Run { text: text.text.clone(), elements, url }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn whatever_a_source_says_is_formatted(
            texts in proptest::collection::vec("[0-9 ,.:;&<>\\[\\](){}\"'’«»–§$\u{e9}\u{430}\u{202e}a-zA-Z\\\\/-]{1,24}", 6),
            day in (-9999_i16..=9999, 1_i16..=12, 1_i16..=31),
            kind in 0_usize..10,
        ) {
            let kinds = ["document", "article-newspaper", "report", "legislation", "speech", "interview", "post", "motion_picture", "dataset", "book"];
            let language = LanguageTag::parse("fr").unwrap();
            let item = json!({
                "id": "source", "type": kinds[kind], "title": texts[0], "author": [{"literal": texts[1]}],
                "publisher": texts[2], "container-title": texts[2], "number": texts[3], "version": texts[3],
                "issued": {"date-parts": [[day.0, day.1, day.2]]}, "URL": texts[4], "label": "page", "locator": texts[5],
            });
            for name in ["chicago-notes", "apa"] {
                named(name).ok().unwrap().format(&item.to_string(), &language);
            }
        }
    }
}
