//! The facts of one Markdown text: what later stages know of it, each with its range.

use crate::brief::doubled::DoubledWord;
use crate::brief::link::Target;
use crate::brief::sign::{LostCall, LostLink, MisplacedCall};
use crate::brief::spoken::{Doubt, Placed};
use compact_str::CompactString;
use std::ops::Range;

/// One text's facts, in reading order. Ranges are offsets in that text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Every call, those inside definitions too.
    pub calls: Vec<Call>,
    /// The sentences of calls, where they are wanted: each with where its call begins.
    pub call_sentences: Vec<(usize, String)>,
    /// Every `[^label]: …`, duplicates too.
    pub definitions: Vec<Definition>,
    /// Every heading outside of notes.
    pub headings: Vec<Heading>,
    /// Every link and image but those to other sites.
    pub links: Vec<Link>,
    /// Comments that are waivers.
    pub waivers: Vec<WaiverComment>,
    /// The first paragraph as plain text, at most [`EXCERPT`](super::EXCERPT) characters.
    pub excerpt: String,
    /// How many words a reader reads, notes apart.
    pub words: usize,
    /// The countries it speaks of, where they are wanted.
    pub mentions: Vec<Placed>,
    /// Words that may mean one of several countries, where they are wanted.
    pub doubts: Vec<Doubt>,
    /// What rules may have to say something of.
    pub remarks: Remarks,
}

/// What rules may have to say something of. Ranges are in the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remarks {
    /// Links to this site that are written as if to another.
    pub own_addresses: Vec<OwnAddress>,
    /// Digits that look like calls.
    pub lost_calls: Vec<LostCall>,
    /// What begins as a call and is none.
    pub broken_calls: Vec<Range<usize>>,
    /// Calls on the wrong side of a mark.
    pub misplaced_calls: Vec<MisplacedCall>,
    /// Words that stand twice in a row.
    pub doubled_words: Vec<DoubledWord>,
    /// What was left to be done, in the words and in comments.
    pub leftovers: Vec<Leftover>,
    /// Calls with a parenthesis glued behind: Markdown elsewhere would take them for a link.
    pub calls_before_parenthesis: Vec<Range<usize>>,
    /// Raw HTML: the first of each run.
    pub raw_html: Vec<RawMarkup>,
    /// A fence of code that is never closed, so that all below it is code.
    pub unclosed_code: Option<Range<usize>>,
    /// Brackets and parentheses that were meant as a link, and are read as text: a space keeps them from being one.
    pub lost_links: Vec<LostLink>,
}

/// One `[^label]` in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// As it is written.
    pub label: CompactString,
    /// The call, brackets included.
    pub range: Range<usize>,
    /// The definition it stands in, as an index in [`Facts::definitions`].
    pub within: Option<usize>,
}

/// One `[^label]: …` in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// As it is written.
    pub label: CompactString,
    /// `[^label]:`, without what follows.
    pub range: Range<usize>,
    /// The whole of it, with what follows.
    pub extent: Range<usize>,
    /// Whether nothing follows.
    pub empty: bool,
    /// What follows, where it is the address of a web page and nothing else.
    pub bare_link: Option<BareLink>,
}

/// A mark of what was left to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// As a reader would see it.
    pub mark: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// What to delete to be rid of it, where nothing is missing then.
    pub removal: Option<Range<usize>>,
}

/// Raw HTML, or what CommonMark takes for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawMarkup {
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether it is taken for HTML because a comment begins its line.
    pub behind_comment: bool,
}

/// A comment that lets a kind of mistake pass, and where it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaiverComment {
    /// The comment, `<!--` and `-->` included.
    pub range: Range<usize>,
    /// The block below it, or the line it stands in; empty where no block follows.
    pub reach: Range<usize>,
    /// What to delete to be rid of it, where nothing else changes by that.
    pub removal: Option<Range<usize>>,
}

/// The address of a web page, alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BareLink {
    /// The address.
    pub url: String,
    /// Where it is written, with the `<` and `>` around it, if it has them.
    pub range: Range<usize>,
}

/// A heading and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// From 1 to 6, as written.
    pub level: u8,
    /// Its words, without calls.
    pub text: String,
    /// The anchor that leads to it: the writer's own, `{#id}`, or made from the words; unique in the text.
    pub id: String,
    /// The heading in the text.
    pub range: Range<usize>,
}

/// A link to a page or a file of this site by its whole URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnAddress {
    /// The address within the site, from its first slash, as it is written.
    pub address: String,
    /// The URL, or all of the link where that is not written in it.
    pub range: Range<usize>,
    /// Whether a path may be written there instead.
    pub is_destination: bool,
}

/// A link or an image that leads somewhere within the site, or nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where to.
    pub target: Target,
    /// The whole of it, brackets included.
    pub range: Range<usize>,
    /// Its destination, where it is written in the link and letter for letter as it reads.
    pub destination: Option<Range<usize>>,
    /// What is special about it.
    pub kind: LinkKind,
    /// The sentence it stands in, its own words marked.
    pub sentence: Option<Sentence>,
}

impl Link {
    /// What to point at when something is wrong with where it leads: its destination, or all of it.
    pub fn pointed_at(&self) -> Range<usize> {
        self.destination.clone().unwrap_or_else(|| self.range.clone())
    }
}

/// What kind of link a link is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LinkKind {
    /// Words that lead elsewhere.
    Words,
    /// `![alt](file)`.
    Image {
        /// Whether it has a text for who does not see it.
        has_alt: bool,
    },
}

/// A sentence with one passage of it told apart. Plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// What stands before the passage.
    pub before: String,
    /// The passage: the words of the link.
    pub within: String,
    /// What stands after it.
    pub after: String,
}
