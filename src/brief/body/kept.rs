//! What is kept of the facts of one text. There are as many as texts, so each takes little room: lists have no slack, and
//! what few texts have takes none where there is none.

use super::facts::{BareLink, Definition, Facts, Heading, Link, LinkKind, Remarks, Sentence};
use crate::brief::link::Target;
use crate::source::Span;
use std::ops::Range;

/// What is kept of one text's facts, in reading order. Spans are in that text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeptFacts {
    /// Every `[^label]: …`, duplicates too.
    pub definitions: Box<[KeptDefinition]>,
    /// Every heading outside of notes.
    pub headings: Box<[KeptHeading]>,
    /// Every link and image but those to other sites.
    pub links: Box<[KeptLink]>,
    /// The first paragraph as plain text, where nothing stands in its stead; see [`Facts::excerpt`].
    pub excerpt: Box<str>,
    /// How many words a reader reads, notes apart.
    pub words: usize,
    remarks: Option<Box<Remarks>>,
}

/// One `[^label]: …` in the text; see [`Definition`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDefinition {
    /// As it is written.
    pub label: Box<str>,
    /// `[^label]:`, without what follows.
    pub span: Span,
    /// What follows, where it is the address of a web page and nothing else.
    pub bare_link: Option<Box<BareLink>>,
}

/// A heading and its place; see [`Heading`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptHeading {
    /// Its words, without calls.
    pub text: Box<str>,
    /// The anchor that leads to it.
    pub id: Box<str>,
    /// The heading in the text.
    pub span: Span,
    /// From 1 to 6, as written.
    pub level: u8,
}

/// A link or an image that leads somewhere within the site, or nowhere; see [`Link`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLink {
    /// Where to.
    pub target: Target,
    /// The whole of it, brackets included.
    pub span: Span,
    /// Its destination, where it is written in the link and letter for letter as it reads.
    pub destination: Option<Span>,
    /// What is special about it.
    pub kind: LinkKind,
    /// The sentence it stands in, its own words marked.
    pub sentence: Option<KeptSentence>,
}

/// A sentence with one passage of it told apart, in one piece; see [`Sentence`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeptSentence {
    text: Box<str>,
    within: Span,
}

impl KeptSentence {
    /// What stands before the passage, the passage, and what stands after it.
    pub fn parts(&self) -> [&str; 3] {
        let within = self.within.range();
        [&self.text[..within.start], &self.text[within.clone()], &self.text[within.end..]]
    }
}

static NO_REMARKS: Remarks = Remarks {
    own_addresses: Vec::new(),
    lost_calls: Vec::new(),
    broken_calls: Vec::new(),
    misplaced_calls: Vec::new(),
    doubled_words: Vec::new(),
    leftovers: Vec::new(),
    calls_before_parenthesis: Vec::new(),
    raw_html: Vec::new(),
    unclosed_code: None,
    lost_links: Vec::new(),
};

impl KeptFacts {
    /// What rules may have to say something of.
    pub fn remarks(&self) -> &Remarks {
        self.remarks.as_deref().unwrap_or(&NO_REMARKS)
    }

    /// Whether there is more to read than the beginning of the text that is kept.
    pub fn goes_on(&self) -> bool {
        self.words > self.excerpt.split_whitespace().count()
    }

    /// Whether no rule has anything to say.
    pub fn is_faultless(&self) -> bool {
        self.remarks.is_none()
    }
}

impl KeptLink {
    /// What to point at when something is wrong with where it leads: its destination, or all of it.
    pub fn pointed_at(&self) -> Range<usize> {
        self.destination.unwrap_or(self.span).range()
    }
}

impl From<Facts> for KeptFacts {
    /// Calls, sentences, mentions and waivers are not kept: what follows from them is known of the file as a whole.
    fn from(facts: Facts) -> Self {
        let Facts {
            calls: _,
            call_sentences: _,
            definitions,
            headings,
            links,
            waivers: _,
            excerpt,
            words,
            mentions: _,
            doubts: _,
            remarks,
        } = facts;
        Self {
            definitions: definitions.into_iter().map(KeptDefinition::from).collect(),
            headings: headings.into_iter().map(KeptHeading::from).collect(),
            links: links.into_iter().map(KeptLink::from).collect(),
            excerpt: excerpt.into(),
            words,
            remarks: (remarks != NO_REMARKS).then(|| remarks.into()),
        }
    }
}

impl From<Definition> for KeptDefinition {
    fn from(definition: Definition) -> Self {
        Self {
            label: definition.label.into(),
            span: Span::new(definition.range),
            bare_link: definition.bare_link.map(Box::new),
        }
    }
}

impl From<Heading> for KeptHeading {
    fn from(heading: Heading) -> Self {
        Self {
            text: heading.text.into(),
            id: heading.id.into(),
            span: Span::new(heading.range),
            level: heading.level,
        }
    }
}

impl From<Link> for KeptLink {
    fn from(link: Link) -> Self {
        Self {
            target: link.target,
            span: Span::new(link.range),
            destination: link.destination.map(Span::new),
            kind: link.kind,
            sentence: link.sentence.map(KeptSentence::from),
        }
    }
}

impl From<Sentence> for KeptSentence {
    fn from(sentence: Sentence) -> Self {
        let Sentence { before, within, after } = sentence;
        let start = before.len();
        let text = [before.as_str(), &within, &after].concat().into();
        Self { text, within: Span::new(start..start + within.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_in_one_piece_comes_apart_where_it_was_put_together() {
        for [before, within, after] in [["Voir ", "« là »", "."], ["", "Là", ""], ["É", "", "È"]] {
            let [one, two, three] = [before, within, after].map(str::to_owned);
            let kept = KeptSentence::from(Sentence { before: one, within: two, after: three });
            assert_eq!(kept.parts(), [before, within, after]);
        }
    }

    #[test]
    fn what_no_text_has_takes_no_room() {
        assert!(KeptFacts::from(Facts::default()).is_faultless());
        let facts = Facts {
            remarks: Remarks { unclosed_code: Some(1..2), ..Remarks::default() },
            ..Facts::default()
        };
        assert_eq!(KeptFacts::from(facts).remarks().unclosed_code, Some(1..2));
    }
}
