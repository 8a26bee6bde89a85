//! How to cite: an [`Item`] is what a reference says of a text, by CSL's own words, and each format of reference managers is a
//! function from it to a file: [`bibtex()`], [`csl_json()`].
//!
//! A format does not know whether its item is a brief or a source that one cites; `view` makes the item of a brief.

mod bibtex;
mod csl_json;

pub use bibtex::bibtex;
pub use csl_json::csl_json;

use super::Here;
use super::address::encoded_byte;
use super::view::{CiteFile, CiteView, LinkView};
use crate::data::PartialDate;
use crate::language::LanguageTag;
use crate::library::{Document, LanguageId};
use jiff::civil::Date;

/// What a reference says of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is called by in a list of references.
    pub id: String,
    /// What it is.
    pub item_type: ItemType,
    /// Its title, plain text.
    pub title: String,
    /// Who wrote it.
    pub author: Vec<Name>,
    /// The publication it stands in.
    pub container_title: Option<String>,
    /// Who published it, where that is not said by the publication.
    pub publisher: Option<String>,
    /// When it was published.
    pub issued: Option<PartialDate>,
    /// Which state of it is cited, where there are several.
    pub version: Option<String>,
    /// Where it is read.
    pub url: Option<String>,
    /// What it is written in.
    pub language: Option<LanguageTag>,
}

/// What a cited text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemType {
    /// An article of a publication that appears by dates.
    ArticleNewspaper,
    /// A page of a site, of which no more is known.
    Webpage,
}

/// The name of an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// A person's, in its two parts.
    Person {
        /// What lists are sorted by.
        family: String,
        /// The rest.
        given: String,
    },
    /// A name whose parts are not known, a newsroom's or a person's: printed as it is.
    Literal(String),
}

impl Name {
    /// The name written as `text`. One comma tells the parts of a person's name, « Morel, Ariane »; nothing else does, as
    /// « La rédaction » and « Ariane Morel » look alike.
    pub fn new(text: &str) -> Self {
        match text.split_once(',').map(|(family, given)| (family.trim(), given.trim())) {
            Some((family, given)) if !family.is_empty() && !given.is_empty() && !given.contains(',') => {
                Self::Person { family: family.to_owned(), given: given.to_owned() }
            }
            _ => Self::Literal(text.trim().to_owned()),
        }
    }
}

/// How to cite a brief, on its own page.
pub(super) fn view(here: Here<'_>, brief: &Document, authors: &[LinkView]) -> CiteView {
    let version = version(brief);
    let item = item(here, brief, authors, version);
    let file = |format: &'static str, ending: &str, media_type: &str, text: String| CiteFile {
        format,
        name: format!("{}.{ending}", item.id),
        url: data_url(media_type, &text),
        text,
    };
    CiteView {
        version: version.map(|day| here.date(day)),
        files: vec![
            file("BibTeX", "bib", "application/x-bibtex;charset=utf-8", bibtex(&item)),
            file(
                "CSL-JSON",
                "json",
                "application/vnd.citationstyles.csl+json",
                csl_json(std::slice::from_ref(&item)),
            ),
        ],
    }
}

/// A brief is an article of the publication, as it is in [JSON-LD](super::json_ld): styles then print the publication's title
/// and the whole date, which they do not all do of a web page. An abstract is no part of a reference, and the page describes
/// itself already.
fn item(here: Here<'_>, brief: &Document, authors: &[LinkView], version: Option<Date>) -> Item {
    let config = &here.project().config;
    let publication = &config.languages[here.language.index()].title;
    Item {
        id: key(here, brief),
        item_type: ItemType::ArticleNewspaper,
        title: brief.brief.front.title_text().to_owned(),
        author: authors.iter().map(|author| Name::new(&author.name)).collect(),
        container_title: Some(publication.clone()),
        publisher: (config.publisher != *publication).then(|| config.publisher.clone()),
        issued: brief.date.map(PartialDate::from),
        version: version.map(|day| day.to_string()),
        url: Some(here.address.absolute(here.base())),
        language: Some(here.tag().clone()),
    }
}

/// The day and the slug, which stay when the title changes; of a translation also its language, as it may have the same two.
fn key(here: Here<'_>, brief: &Document) -> String {
    let day = brief.date.unwrap_or(here.library().today);
    match brief.language {
        LanguageId::MAIN => format!("{day}-{}", brief.slug),
        _ => format!("{day}-{}-{}", brief.slug, here.tag()),
    }
}

/// The day of the text that readers have, where it is not the one that was published: it was updated, or corrected, since.
fn version(brief: &Document) -> Option<Date> {
    let front = &brief.brief.front;
    let corrected = front.corrections.iter().map(|correction| correction.date.value);
    let updated = front.updated.as_ref().map(|updated| updated.value.date);
    corrected.chain(updated).max().filter(|&day| Some(day) > brief.date)
}

/// A file as a `data:` URL, which a link can offer for download without there being a file.
///
/// Only what no URL may hold is encoded: what remains reads, and compresses, as it does beside the link.
fn data_url(media_type: &str, text: &str) -> String {
    let mut url = Vec::with_capacity("data:,".len() + media_type.len() + 2 * text.len());
    url.extend_from_slice(b"data:");
    url.extend_from_slice(media_type.as_bytes());
    url.push(b',');
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if IS_PLAIN[usize::from(byte)] {
            url.push(byte);
            continue;
        }
        let next = bytes.peek().copied().unwrap_or_default();
        match byte {
            // Of letters beyond ASCII, all but controls stand as they are.
            0xc2 if next >= 0xa0 => url.push(byte),
            0xc2 => {
                bytes.next();
                url.extend_from_slice(&encoded_byte(byte));
                url.extend_from_slice(&encoded_byte(next));
            }
            byte => url.extend_from_slice(&encoded_byte(byte)),
        }
    }
    let Ok(url) = String::from_utf8(url) else { unreachable!("characters are copied or encoded whole") };
    url
}

/// The bytes that stand in a `data:` URL as they are, but for those that follow `C2`.
const IS_PLAIN: [bool; 256] = {
    let mut is_plain = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        is_plain[byte] = matches!(
            byte as u8,
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b','
                | b'-' | b'.' | b'/' | b':' | b';' | b'=' | b'@' | b'_' | b'~' | 0x80..=0xc1 | 0xc3..=0xff
        );
        byte += 1;
    }
    is_plain
};

#[cfg(test)]
mod tests;
