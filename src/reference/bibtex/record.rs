//! One BibTeX entry to a [`Reference`].

use super::family::Family;
use super::{date, language, tex};
use crate::data::{PartialDate, Refusal, Spanned, in_message};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::language::LanguageTag;
use crate::reference::{Kind, Locator, Reference, person, web};
use crate::source::{Source, Span};
use jiff::civil::Date;
use std::borrow::Cow;
use std::ops::Range;

/// Where an entry of some type is published, which decides the fields that say by whom.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// By itself.
    Whole,
    /// In a newspaper or a review.
    InJournal,
    /// In a book.
    InBook,
}

/// Every type of entry that BibTeX, biblatex and their usual styles have, with the kind it is and where it is published.
const TYPES: [(&str, Kind, Form); 52] = [
    ("article", Kind::Article, Form::InJournal),
    ("artwork", Kind::Document, Form::Whole),
    ("audio", Kind::Document, Form::Whole),
    ("bibnote", Kind::Document, Form::Whole),
    ("book", Kind::Book, Form::Whole),
    ("bookinbook", Kind::Book, Form::InBook),
    ("booklet", Kind::Book, Form::Whole),
    ("collection", Kind::Book, Form::Whole),
    ("commentary", Kind::Document, Form::Whole),
    ("conference", Kind::Article, Form::InBook),
    ("dataset", Kind::Dataset, Form::Whole),
    ("electronic", Kind::Document, Form::Whole),
    ("image", Kind::Document, Form::Whole),
    ("inbook", Kind::Book, Form::InBook),
    ("incollection", Kind::Book, Form::InBook),
    ("inproceedings", Kind::Article, Form::InBook),
    ("inreference", Kind::Article, Form::InBook),
    ("jurisdiction", Kind::Law, Form::Whole),
    ("legal", Kind::Law, Form::Whole),
    ("legislation", Kind::Law, Form::Whole),
    ("letter", Kind::Document, Form::Whole),
    ("manual", Kind::Document, Form::Whole),
    ("mastersthesis", Kind::Report, Form::Whole),
    ("misc", Kind::Document, Form::Whole),
    ("movie", Kind::Video, Form::Whole),
    ("music", Kind::Document, Form::Whole),
    ("mvbook", Kind::Book, Form::Whole),
    ("mvcollection", Kind::Book, Form::Whole),
    ("mvproceedings", Kind::Book, Form::Whole),
    ("mvreference", Kind::Book, Form::Whole),
    ("newspaper", Kind::Article, Form::InJournal),
    ("online", Kind::Document, Form::Whole),
    ("patent", Kind::Document, Form::Whole),
    ("performance", Kind::Document, Form::Whole),
    ("periodical", Kind::Document, Form::Whole),
    ("phdthesis", Kind::Report, Form::Whole),
    ("proceedings", Kind::Book, Form::Whole),
    ("reference", Kind::Book, Form::Whole),
    ("report", Kind::Report, Form::Whole),
    ("review", Kind::Article, Form::InJournal),
    ("software", Kind::Document, Form::Whole),
    ("standard", Kind::Document, Form::Whole),
    ("suppbook", Kind::Book, Form::InBook),
    ("suppcollection", Kind::Book, Form::InBook),
    ("suppperiodical", Kind::Article, Form::InJournal),
    ("techreport", Kind::Report, Form::Whole),
    ("thesis", Kind::Report, Form::Whole),
    ("treaty", Kind::Law, Form::Whole),
    ("unpublished", Kind::Document, Form::Whole),
    ("video", Kind::Video, Form::Whole),
    ("webpage", Kind::Document, Form::Whole),
    ("www", Kind::Document, Form::Whole),
];

/// The words that `keywords` may hold to say the kind. They are the subjects of an entry elsewhere, so only these count,
/// which are no subjects.
const KINDS_IN_KEYWORDS: [&str; 6] =
    ["dispatch", "dépêche", "depeche", "newswire", "press release", "communiqué"];

/// The fields that say who published something, in the order they are asked.
fn publishers(form: Form) -> [&'static str; 10] {
    let mut fields = [
        "institution",
        "organization",
        "school",
        "publisher",
        "journaltitle",
        "journal",
        "shortjournal",
        "booktitle",
        "titleaddon",
        "howpublished",
    ];
    match form {
        Form::Whole => {}
        Form::InJournal => fields.rotate_left(4),
        Form::InBook => fields.rotate_left(7),
    }
    fields
}

/// What prefixes the identifiers of known archives, to make addresses of them.
const ARCHIVES: [(&str, &str); 5] = [
    ("arxiv", "https://arxiv.org/abs/"),
    ("hdl", "https://hdl.handle.net/"),
    ("jstor", "https://www.jstor.org/stable/"),
    ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/"),
    ("hal", "https://hal.science/"),
];

/// What a year says where there is none: a day that is not known is not a mistake.
const UNDATED: [&str; 10] = [
    "n.d.",
    "n. d.",
    "nd",
    "s.d.",
    "s. d.",
    "in press",
    "forthcoming",
    "to appear",
    "à paraître",
    "submitted",
];

/// The fields that say when something was published or read.
const DATES: [&str; 4] = ["date", "year", "eventdate", "urldate"];

/// An entry on its way to a reference.
pub(super) struct Record<'r, 'e, 'a> {
    pub source: &'r Source,
    pub family: Family<'e, 'a>,
    pub diagnostics: &'r mut Vec<Diagnostic>,
}

impl Record<'_, '_, '_> {
    /// What the entry says of its source, every mistake told.
    pub fn read(mut self) -> Reference {
        for missing in std::mem::take(&mut self.family.missing) {
            let refusal = Refusal::new(format!("no entry is called {}", in_message(&missing.value)))
                .help("it is the label of another entry of this file");
            self.refuse(&missing, refusal);
        }
        let (kind, form) = self.kind();
        let language = self.language();
        Reference {
            kind,
            title: self.title(language.as_ref().map(|language| &language.value)).shared(),
            authors: self.authors(),
            publisher: self.publisher(form).map(Spanned::compact),
            number: if form == Form::Whole { self.words("number").map(Spanned::compact) } else { None },
            date: self.date(),
            url: self.url().map(Spanned::shared),
            archive: self.address("archiveurl").and_then(|url| self.web(url)).map(Spanned::shared),
            archive_date: self.day("archivedate"),
            accessed: self.day("urldate"),
            language,
            page: if form == Form::Whole { None } else { self.pages() },
            undated: self.family.entry.is_whole
                && !DATES.iter().any(|name| self.family.field(name).is_some()),
            allow: Vec::new(),
            addition: None,
        }
    }

    /// Says why this text will not do. It is mended only where it is written as it reads.
    fn refuse(&mut self, text: &Spanned<String>, refusal: Refusal) {
        let replacement = refusal.replacement.filter(|_| text.is_verbatim(&self.source.text));
        let refusal = Refusal { replacement, ..refusal };
        self.diagnostics.push(refusal.told(self.source.place(text.span)));
    }

    /// The words of a field, if it has any.
    fn words(&self, name: &str) -> Option<Spanned<String>> {
        self.read_by(name, tex::text)
    }

    /// The address that a field holds.
    fn address(&self, name: &str) -> Option<Spanned<String>> {
        self.read_by(name, tex::address)
    }

    fn read_by(&self, name: &str, read: fn(&str) -> String) -> Option<Spanned<String>> {
        let field = self.family.field(name)?;
        let text = Spanned::new(read(&field.value), trimmed(field));
        (!text.value.is_empty()).then_some(text)
    }

    fn kind(&mut self) -> (Kind, Form) {
        let written = &self.family.entry.kind;
        let known = TYPES.iter().find(|(name, ..)| *name == written.value);
        if known.is_none()
            && let Some(name) = nearest(&written.value, TYPES.iter().map(|(name, ..)| *name))
        {
            let message = format!("BibTeX has no entries called {}", in_message(&written.value));
            let refusal = Refusal::new(message).help(format!("did you mean `{name}`?")).meant(name);
            self.diagnostics.push(refusal.told(self.source.place(written.span)));
        }
        let (kind, form) = known.map_or((Kind::Document, Form::Whole), |(_, kind, form)| (*kind, *form));
        (self.kind_in_words().unwrap_or(kind), form)
    }

    /// The kind, where the entry says it better than by its type.
    fn kind_in_words(&self) -> Option<Kind> {
        let named = |field: &str| self.words(field).and_then(|words| Kind::called(&words.value));
        named("entrysubtype").or_else(|| named("type")).or_else(|| {
            let keywords = self.words("keywords")?.value.to_lowercase();
            let mut keywords = keywords.split([',', ';']).map(str::trim);
            keywords.find(|keyword| KINDS_IN_KEYWORDS.contains(keyword)).and_then(Kind::called)
        })
    }

    /// The title with its subtitle; its label where it has none, which is an error.
    fn title(&mut self, language: Option<&LanguageTag>) -> Spanned<String> {
        let Some(title) = self.words("title") else {
            self.missing_title();
            return self.family.entry.label.clone();
        };
        let Some(subtitle) = self.words("subtitle") else { return title };
        let colon = match language.map(LanguageTag::primary) {
            _ if title.value.ends_with(['?', '!', '.', '…', ':']) => " ",
            Some("fr") => "\u{a0}: ",
            _ => ": ",
        };
        title.map(|title| title + colon + &subtitle.value)
    }

    fn missing_title(&mut self) {
        let entry = self.family.entry;
        if !entry.is_whole || entry.fields.get("title").is_some_and(Option::is_none) {
            return;
        }
        let message = format!("the source {} has no `title`", in_message(&entry.label.value));
        let mut diagnostic =
            Diagnostic::new(&code::MISSING_KEY, self.source.place(entry.label.span), message);
        if let Some(name) = nearest("title", entry.fields.keys().map(String::as_str).take(64)) {
            diagnostic = diagnostic.help(format!("is `{name}` meant for it?"));
        }
        self.diagnostics.push(diagnostic);
    }

    /// Who wrote it; of a work that has no author, who edited it.
    fn authors(&self) -> Vec<Spanned<String>> {
        let names = self.family.field("author").or_else(|| self.family.field("editor"));
        let Some(field) = names else { return Vec::new() };
        let is_single = self.source.text.get(field.span.range()) == Some(&*field.value);
        let named = items(&field.value).map(|range| {
            let span = match is_single {
                true => Span::new(range.clone()).shifted(field.span.start as usize),
                false => field.span,
            };
            Spanned::new(name(&field.value[range]), span)
        });
        named.filter(|name| !(name.value.is_empty() || name.value == "others")).collect()
    }

    fn publisher(&self, form: Form) -> Option<Spanned<String>> {
        publishers(form).into_iter().find_map(|name| {
            let field = self.family.field(name)?;
            // What holds an address is one, and names nobody.
            if name == "howpublished" && (tex::linked(&field.value).is_some() || field.value.contains("://"))
            {
                return None;
            }
            let names = items(&field.value).map(|range| tex::text(&field.value[range]));
            let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
            (!names.is_empty()).then(|| Spanned::new(names.join(", "), trimmed(field)))
        })
    }

    fn date(&mut self) -> Option<Spanned<PartialDate>> {
        let written =
            ["date", "year", "eventdate"].into_iter().find_map(|name| Some((name, self.words(name)?)));
        let (name, written) = written?;
        if UNDATED.contains(&written.value.to_lowercase().as_str()) {
            return None;
        }
        let parsed = date::parse(&written.value);
        let parsed = match parsed {
            Ok(year) if name == "year" && year.month.is_none() => {
                return self.date_of_year(written.map(|_| year));
            }
            parsed => parsed,
        };
        match parsed {
            Ok(date) => Some(written.map(|_| date)),
            Err(problem) => {
                self.refuse(&written, problem.into());
                None
            }
        }
    }

    /// The year with the month and the day, where they are given.
    fn date_of_year(&mut self, year: Spanned<PartialDate>) -> Option<Spanned<PartialDate>> {
        let Some(month) = self.words("month") else { return Some(year) };
        let day = self.words("day");
        match date::in_year(year.value, &month.value, day.as_ref().map(|day| day.value.as_str())) {
            Ok(date) => Some(year.map(|_| date)),
            Err(problem) => {
                let wrong = day.unwrap_or(month);
                self.refuse(&wrong, Refusal { replacement: None, ..problem.into() });
                Some(year)
            }
        }
    }

    /// The day that a field names. A month or a year, which biblatex allows, says less than a note needs.
    fn day(&mut self, name: &str) -> Option<Spanned<Date>> {
        let date = self.words(name)?;
        let date = self.parsed(date, |written| date::parse(written).map_err(Refusal::from))?;
        Some(Spanned::new(date.value.to_day()?, date.span))
    }

    /// Where it is read: its address, or one that an identifier makes.
    fn url(&mut self) -> Option<Spanned<String>> {
        if let Some(url) = self.address("url") {
            return self.web(url.map(|url| tex::linked(&url).unwrap_or(url)));
        }
        if let Some(field) = self.family.field("howpublished") {
            let linked = tex::linked(&field.value)
                .or_else(|| Some(tex::address(&field.value)).filter(|url| is_web(url)));
            if let Some(url) = linked {
                let url = Spanned::new(url, trimmed(field));
                return self.web(url);
            }
        }
        if let Some(doi) = self.address("doi") {
            return self.parsed(doi, web::of_doi);
        }
        self.url_of_eprint()
    }

    fn url_of_eprint(&mut self) -> Option<Spanned<String>> {
        let number = self.address("eprint")?;
        let of = self.words("eprinttype").or_else(|| self.words("archiveprefix"))?.value.to_lowercase();
        let (archive, prefix) = ARCHIVES.iter().find(|(name, _)| *name == of)?;
        let number = number.map(|number| {
            let rest = number.get(..archive.len()).filter(|start| start.eq_ignore_ascii_case(archive));
            let rest = rest.and_then(|start| number[start.len()..].strip_prefix(':')).unwrap_or(&number);
            format!("{prefix}{}", rest.trim())
        });
        self.web(number)
    }

    fn web(&mut self, url: Spanned<String>) -> Option<Spanned<String>> {
        self.parsed(url, web::parse)
    }

    fn parsed<T>(
        &mut self,
        text: Spanned<String>,
        parse: impl FnOnce(&str) -> Result<T, Refusal>,
    ) -> Option<Spanned<T>> {
        match parse(&text.value) {
            Ok(value) => Some(Spanned::new(value, text.span)),
            Err(refusal) => {
                self.refuse(&text, refusal);
                None
            }
        }
    }

    fn language(&mut self) -> Option<Spanned<LanguageTag>> {
        let written = self.words("langid").or_else(|| self.words("language"))?;
        self.parsed(written, language::parse)
    }

    fn pages(&self) -> Option<Spanned<Locator>> {
        Some(self.words("pages")?.map(|pages| Locator::parse(&pages)))
    }
}

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The place of a field's text, without the white space around it.
fn trimmed(field: &Spanned<Cow<'_, str>>) -> Span {
    let (start, end) = (field.span.start as usize, field.span.end as usize);
    let text = &field.value;
    if end - start != text.len() {
        return field.span;
    }
    let start = start + text.len() - text.trim_start().len();
    Span::new(start..start + text.trim().len())
}

/// The items of a list that are joined by ` and `, each without the white space around it. What stands between braces is
/// one thing.
fn items(list: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut ranges = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let bytes = list.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            byte if depth == 0 && byte.is_ascii_whitespace() => {
                let joins = bytes.get(at + 1..at + 4).is_some_and(|word| word.eq_ignore_ascii_case(b"and"))
                    && bytes.get(at + 4).is_some_and(u8::is_ascii_whitespace);
                if joins && at >= start {
                    ranges.push(start..at);
                    start = at + 4;
                }
            }
            _ => {}
        }
    }
    ranges.push(start..list.len());
    ranges.into_iter().map(|range| {
        let text = &list[range.clone()];
        let start = range.start + text.len() - text.trim_start().len();
        start..start + text.trim().len()
    })
}

/// A person's name as it is printed, or an institution's, which stands between braces.
fn name(written: &str) -> String {
    if is_in_braces(written) {
        return tex::text(written);
    }
    if let Some(name) = name_in_parts(written) {
        return name;
    }
    person::printed(&tex::text(written))
}

/// Whether one pair of braces holds the whole text.
fn is_in_braces(text: &str) -> bool {
    let mut depth = 0_usize;
    let closes_first = text.bytes().position(|byte| {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    text.starts_with('{') && closes_first == Some(text.len() - 1)
}

/// A name as biblatex's extended format has it: `family=Le Cam, given=Morgane`.
fn name_in_parts(written: &str) -> Option<String> {
    let parts: Vec<(&str, &str)> = written
        .split(',')
        .map(|part| part.split_once('=').map(|(key, value)| (key.trim(), value.trim())))
        .collect::<Option<_>>()?;
    let part = |name: &str| {
        let value = parts.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
        tex::text(value.unwrap_or_default().trim_matches('"'))
    };
    let [given, prefix, family, suffix] = ["given", "prefix", "family", "suffix"].map(part);
    (!family.is_empty()).then(|| person::joined([given.as_str(), &prefix, &family, &suffix]))
}
