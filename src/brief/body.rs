//! The walk over one Markdown text that collects its facts: calls, definitions, headings, links, signs of mistakes.

mod facts;
mod kept;
mod sentence;
#[cfg(test)]
mod tests;

pub use facts::{
    BareLink, Call, Definition, Facts, Heading, Leftover, Link, LinkKind, OwnAddress, RawMarkup, Remarks,
    Sentence, WaiverComment,
};
pub use kept::{KeptDefinition, KeptFacts, KeptHeading, KeptLink, KeptSentence};

use super::doubled::{self, DoubledWord};
use super::leftover::{self, leftovers};
use super::link::{self, Target};
use super::markdown::{Markdown, Piece};
use super::prose::Prose;
use super::removal;
use super::sign::{self, CallSide, LostCall, MisplacedCall};
use super::spoken::{self, Reserved};
use crate::atlas::mention::Finder;
use crate::config::BaseUrl;
use crate::language::slug;
use crate::language::words::Words;
use crate::source::ContentPath;
use crate::waiver;
use compact_str::CompactString;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use sentence::{call_sentence, excerpt, is_attribution, sentence};
use std::collections::BTreeMap;
use std::ops::Range;

/// What is known of a text before it is read.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The file the text stands in, from which relative links start.
    pub path: &'a ContentPath,
    /// On which side of a mark its language sets calls, if there is a custom.
    pub call_side: Option<CallSide>,
    /// Whether it is known of its language which words are right twice in a row.
    pub doubled_words: bool,
    /// Where the site will stand, if that is known.
    pub base_url: Option<&'a BaseUrl>,
    /// Whether the sentence of each call is wanted: it may cite a source, on whose page that sentence stands.
    pub sentences: bool,
    /// Whether it is wanted how it begins.
    pub excerpt: bool,
    /// What finds countries in its language, where they are wanted.
    pub finder: Option<&'a Finder>,
}

/// How many characters of the first paragraph make an excerpt.
pub const EXCERPT: usize = 200;
/// Anchors the page itself has, which a heading's may not repeat.
const RESERVED_IDS: [&str; 6] = ["notes", "contenu", "content", "errata", "cited-by", "related"];

/// Reads `text` and lists its facts.
pub fn read(text: &str, setting: Setting<'_>) -> Facts {
    let markdown = Markdown::new(text);
    let mut walk = Walk::new(text, setting);
    for (piece, range) in markdown.pieces() {
        walk.take(piece, range);
    }
    walk.end_block();
    name_headings(&mut walk.facts.headings);
    walk.facts
}

/// A link whose words are being read.
struct OpenLink {
    /// In [`Facts::links`]; `None` for links to other sites.
    index: Option<usize>,
    /// Where its words begin in the block's prose.
    start: usize,
    /// What its images say to who does not see them.
    alt: String,
}

/// A link all of whose words have been read, in the block that is.
struct ReadLink {
    index: usize,
    words: Range<usize>,
    alt: String,
}

/// The state of the walk: what is open at this point of the text.
struct Walk<'a> {
    text: &'a str,
    setting: Setting<'a>,
    facts: Facts,
    prose: Prose,
    definition: Option<usize>,
    heading: Option<Heading>,
    open_links: Vec<OpenLink>,
    read_links: Vec<ReadLink>,
    /// How many images are open; their text is `alt`, not prose.
    images: usize,
    alt: String,
    code_block: bool,
    /// Where the last raw HTML ended.
    html_end: Option<usize>,
    /// Where the last comment ended.
    comment_end: usize,
    /// From here on, the waivers are for the block that comes next.
    waivers_above: Option<usize>,
    /// The line in which a comment last stood.
    line: Range<usize>,
    paragraph: bool,
    /// What has been met of the paragraph, as far as it may be a figure.
    figure: Figure,
    /// Whether the text is itself a caption, whose images have none.
    caption: bool,
    /// How many tables are open; a cell of one is no sentence.
    tables: usize,
    /// How many quotations are open.
    quotations: usize,
    /// What of the block's prose is a link's.
    reserved: Reserved,
}

/// A paragraph that may be a figure: an image alone, its title as its caption. Calls may follow the image.
#[derive(Clone, Debug, Default, PartialEq)]
enum Figure {
    /// Something else stands in it.
    #[default]
    No,
    /// Nothing stands in it yet.
    Empty,
    /// An image with a title stands in it, and no other words.
    Image {
        title: String,
        range: Range<usize>,
        /// How many calls stand before those of the image, in [`Facts::calls`].
        calls_before: usize,
    },
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, setting: Setting<'a>) -> Self {
        Self {
            text,
            setting,
            facts: Facts::default(),
            prose: Prose::default(),
            definition: None,
            heading: None,
            open_links: Vec::new(),
            read_links: Vec::new(),
            images: 0,
            alt: String::new(),
            code_block: false,
            html_end: None,
            comment_end: 0,
            waivers_above: None,
            line: 0..0,
            paragraph: false,
            figure: Figure::No,
            caption: false,
            tables: 0,
            quotations: 0,
            reserved: Reserved::default(),
        }
    }

    fn take(&mut self, piece: Piece<'_>, range: Range<usize>) {
        self.follow_figure(&piece, &range);
        if self.waivers_above.is_some() {
            self.begin_words(&piece, &range);
        }
        match piece {
            Piece::Call(label) => self.call(label, range),
            Piece::Markdown(Event::Start(tag)) => self.start(tag, range),
            Piece::Markdown(Event::End(end)) => self.end(end),
            Piece::Markdown(Event::Text(text)) => self.words(&text, range),
            Piece::Markdown(Event::Code(code)) if self.images == 0 => {
                // The range holds the back-quotes.
                let inside = range.start + (range.len() - code.len()) / 2;
                self.prose.push_verbatim(&code, inside..range.end);
            }
            Piece::Markdown(Event::SoftBreak | Event::HardBreak) => self.words(" ", range),
            Piece::Markdown(Event::InlineHtml(_)) => {
                self.inline_comment(range.clone());
                self.raw_html(range);
            }
            Piece::Markdown(Event::Html(_)) => self.raw_html(range),
            Piece::Markdown(Event::Rule) => {
                self.waivers_above = None;
                self.end_block();
            }
            Piece::Markdown(_) => {}
        }
    }

    fn call(&mut self, label: CompactString, range: Range<usize>) {
        if self.text[range.end..].starts_with('(') {
            self.facts.remarks.calls_before_parenthesis.push(range.clone());
        }
        if self.images == 0 {
            self.prose.push_call(range.clone());
        }
        self.facts.calls.push(Call { label, range, within: self.definition });
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        if self.code_block {
            return;
        }
        if self.images > 0 {
            self.alt.push_str(text);
        } else {
            self.prose.push(text, range);
        }
    }

    fn raw_html(&mut self, range: Range<usize>) {
        if range.end <= self.comment_end {
            return;
        }
        let text = self.text;
        let before = self.html_end.and_then(|end| text.get(end..range.start));
        // One remark for a run of lines. The parser leaves the first half of `\r\n` out of both.
        if !matches!(before, Some("" | "\r")) {
            let behind_comment = range.start < self.comment_end;
            let start = range.start.max(self.comment_end);
            self.facts.remarks.raw_html.push(RawMarkup { range: start..range.end, behind_comment });
        }
        self.html_end = Some(range.end);
    }

    /// A comment among words shows nothing. One that is a waiver is for the line it stands in.
    fn inline_comment(&mut self, range: Range<usize>) {
        let comment = &self.text[range.clone()];
        if !comment.starts_with("<!--") {
            return;
        }
        self.comment_end = range.end;
        let before = self.text[..range.start].trim_end_matches([' ', '\t']).len();
        if waiver::in_comment(comment).is_none() {
            return self.leftovers_in_comment(&range, Some(before..range.end));
        }
        let reach = self.line_of(&range);
        self.facts.waivers.push(WaiverComment { removal: Some(before..range.end), range, reach });
    }

    /// Takes the marks left in a comment, of which `removal` deletes all.
    fn leftovers_in_comment(&mut self, comment: &Range<usize>, removal: Option<Range<usize>>) {
        let text = &self.text[comment.clone()];
        let left = leftovers(text, &Words::of(text));
        self.facts.remarks.leftovers.extend(left.into_iter().map(|mark| Leftover {
            mark: text[mark.clone()].to_owned(),
            range: comment.start + mark.start..comment.start + mark.end,
            removal: removal.clone(),
        }));
    }

    /// The line of a range, or its lines. They are looked for once where many ranges stand in one.
    fn line_of(&mut self, range: &Range<usize>) -> Range<usize> {
        if !(self.line.contains(&range.start) && range.end <= self.line.end) {
            let start = self.text[..range.start].rfind('\n').map_or(0, |end| end + 1);
            let end = self.text[range.end..].find('\n').map_or(self.text.len(), |end| range.end + end);
            self.line = start..end;
        }
        self.line.clone()
    }

    /// A block of nothing but comments shows nothing. Those that are waivers are for the block that comes next.
    fn comment_block(&mut self, block: Range<usize>) -> bool {
        let mut at = block.start;
        let first = self.facts.waivers.len();
        while let Some((comment, next)) = next_comment(&self.text[..block.end], at) {
            at = next;
            if waiver::in_comment(&self.text[comment.clone()]).is_some() {
                let nothing = block.end..block.end;
                self.facts.waivers.push(WaiverComment { range: comment, reach: nothing, removal: None });
            } else {
                let is_alone = comment.len() == self.text[block.clone()].trim().len();
                let removal = if is_alone { removal::block(self.text, comment.clone()) } else { None };
                self.leftovers_in_comment(&comment, removal);
            }
        }
        self.comment_end = at;
        let is_comment = at == block.end;
        if is_comment {
            self.waivers_above.get_or_insert(first);
        } else {
            self.facts.waivers.truncate(first);
        }
        is_comment
    }

    /// In a list without blank lines words begin that no block announces: the waivers above are for their first line.
    fn begin_words(&mut self, piece: &Piece<'_>, range: &Range<usize>) {
        let is_word = match piece {
            Piece::Call(_) | Piece::Markdown(Event::Text(_) | Event::Code(_)) => true,
            Piece::Markdown(Event::Start(tag)) => {
                matches!(
                    tag,
                    Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
                )
            }
            Piece::Markdown(_) => false,
        };
        if is_word {
            let line = self.line_of(&(range.start..range.start));
            self.begin_block(&line);
        }
    }

    /// Gives the waivers that stand above it the block that begins.
    fn begin_block(&mut self, range: &Range<usize>) {
        if let Some(first) = self.waivers_above.take() {
            let reach = range.start..range.start + self.text[range.clone()].trim_end().len();
            self.facts.waivers[first..].iter_mut().for_each(|waiver| waiver.reach = reach.clone());
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return,
            Tag::Link { link_type, dest_url, title, .. } => {
                let index = self.link((link_type, &dest_url, &title), range, LinkKind::Words);
                self.open_link(index);
                return;
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                if self.images == 0 {
                    self.alt.clear();
                }
                self.images += 1;
                let index =
                    self.link((link_type, &dest_url, &title), range, LinkKind::Image { has_alt: false });
                self.open_link(index);
                return;
            }
            _ => self.end_block(),
        }
        if tag != Tag::HtmlBlock || !self.comment_block(range.clone()) {
            self.begin_block(&range);
        }
        match tag {
            Tag::FootnoteDefinition(label) => {
                let prefix = self.text[range.clone()].find("]:").map_or(range.len(), |end| end + 2);
                self.definition = Some(self.facts.definitions.len());
                self.facts.definitions.push(Definition {
                    label: (&*label).into(),
                    range: range.start..range.start + prefix,
                    extent: range.clone(),
                    empty: self.text[range.start + prefix..range.end].trim().is_empty(),
                    bare_link: bare_link(self.text, range.start + prefix..range.end),
                });
            }
            Tag::Heading { level, id, .. } => {
                let id = id.map(pulldown_cmark::CowStr::into_string).unwrap_or_default();
                let end = range.start + self.text[range.clone()].trim_end().len();
                self.heading =
                    Some(Heading { level: number(level), text: String::new(), id, range: range.start..end });
            }
            Tag::CodeBlock(kind) => {
                self.code_block = true;
                self.facts.remarks.unclosed_code =
                    self.facts.remarks.unclosed_code.take().or_else(|| unclosed(self.text, &kind, &range));
            }
            Tag::Table(_) => self.tables += 1,
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::Paragraph => self.paragraph = true,
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        if end != TagEnd::HtmlBlock {
            self.waivers_above = None;
        }
        match end {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
            TagEnd::Link => self.close_link(),
            TagEnd::Image => self.close_image(),
            TagEnd::Heading(_) => {
                self.reserved.block = true;
                if let Some(heading) = self.heading.take().filter(|_| self.definition.is_none()) {
                    let text = self.prose.text().split_whitespace().collect::<Vec<_>>().join(" ");
                    self.facts.headings.push(Heading { text, ..heading });
                }
                self.end_block();
            }
            TagEnd::Table => {
                self.end_block();
                self.tables = self.tables.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quotations = self.quotations.saturating_sub(1);
            }
            TagEnd::FootnoteDefinition => {
                self.end_block();
                self.definition = None;
            }
            TagEnd::CodeBlock => {
                self.end_block();
                self.code_block = false;
            }
            _ => self.end_block(),
        }
    }

    /// Keeps a link, with its URL and its title, unless it leads to another site.
    fn link(
        &mut self,
        (kind, url, title): (LinkType, &str, &str),
        range: Range<usize>,
        what: LinkKind,
    ) -> Option<usize> {
        let target = link::target(self.setting.path, kind, url);
        let own = self.setting.base_url.filter(|_| target == Target::Elsewhere);
        let own = own.and_then(|base_url| base_url.address_of(url));
        if target == Target::Elsewhere && what == LinkKind::Words && own.is_none() {
            return None;
        }
        // A title may hold links of its own.
        let before_title = range.start..title_offset(self.text, &range, title).unwrap_or(range.end);
        let destination = destination(self.text, &before_title, kind, url);
        if let Some(address) = own {
            self.facts.remarks.own_addresses.push(OwnAddress {
                address,
                range: destination.clone().unwrap_or_else(|| range.clone()),
                is_destination: destination.is_some() && kind == LinkType::Inline,
            });
            if what == LinkKind::Words {
                return None;
            }
        }
        self.facts.links.push(Link { target, range, destination, kind: what, sentence: None });
        Some(self.facts.links.len() - 1)
    }

    fn open_link(&mut self, index: Option<usize>) {
        self.open_links.push(OpenLink { index, start: self.prose.len(), alt: String::new() });
    }

    fn close_link(&mut self) {
        let Some(open) = self.open_links.pop() else { return };
        let words = open.start..self.prose.len();
        let target = open.index.map(|index| &self.facts.links[index].target);
        if matches!(target, Some(Target::Entity(_))) {
            self.reserved.told.push(words.clone());
        }
        self.reserved.links.push(words);
        if let Some(index) = open.index {
            self.read_links.push(ReadLink { index, words: open.start..self.prose.len(), alt: open.alt });
        }
    }

    fn close_image(&mut self) {
        self.images = self.images.saturating_sub(1);
        if let Some(index) = self.open_links.pop().and_then(|open| open.index) {
            let has_alt = !self.alt.trim().is_empty();
            self.facts.links[index].kind = LinkKind::Image { has_alt };
        }
        if self.images == 0
            && let Some(link) = self.open_links.last_mut()
        {
            link.alt.push_str(self.alt.trim());
        }
    }

    fn follow_figure(&mut self, piece: &Piece<'_>, range: &Range<usize>) {
        match piece {
            Piece::Markdown(Event::Start(Tag::Paragraph)) if !self.caption => self.figure = Figure::Empty,
            Piece::Markdown(Event::Start(Tag::Image { title, .. })) if self.figure == Figure::Empty => {
                let calls_before = self.facts.calls.len();
                self.figure = Figure::Image { title: title.to_string(), range: range.clone(), calls_before };
            }
            Piece::Markdown(Event::End(TagEnd::Paragraph)) => {
                if let Figure::Image { title, range, calls_before } = std::mem::take(&mut self.figure)
                    && !title.is_empty()
                {
                    self.read_caption(&title, &range, calls_before);
                }
            }
            Piece::Call(_) if self.figure != Figure::Empty => {}
            Piece::Markdown(Event::End(TagEnd::Image)) => {}
            _ if self.images > 0 => {}
            _ => self.figure = Figure::No,
        }
    }

    /// Reads the title of a figure's image. What calls it holds come before those of the image itself.
    fn read_caption(&mut self, title: &str, image: &Range<usize>, calls_before: usize) {
        let offset = title_offset(self.text, image, title);
        let placed = |range: Range<usize>| match offset {
            Some(offset) => range.start + offset..range.end + offset,
            None => image.clone(),
        };
        let mut walk = Walk { caption: true, ..Walk::new(title, self.setting) };
        for (piece, range) in Markdown::new(title).pieces() {
            walk.take(piece, range);
        }
        walk.end_block();
        let mut found = walk.facts;
        let sentences = std::mem::take(&mut found.call_sentences)
            .into_iter()
            .map(|(at, sentence)| (placed(at..at).start, sentence));
        self.facts.call_sentences.extend(sentences);
        let calls = std::mem::take(&mut found.calls).into_iter().filter(|call| call.within.is_none());
        let calls = calls.map(|call| Call { range: placed(call.range), within: self.definition, ..call });
        self.facts.calls.splice(calls_before..calls_before, calls.collect::<Vec<_>>());
        if let Some(offset) = offset {
            self.take_caption(found, offset);
        }
    }

    /// Takes over what was found in a caption that stands at `offset`, its calls apart.
    fn take_caption(&mut self, caption: Facts, offset: usize) {
        let placed = |range: Range<usize>| range.start + offset..range.end + offset;
        let Facts { links, remarks, .. } = caption;
        let Remarks {
            lost_calls,
            broken_calls,
            misplaced_calls,
            doubled_words,
            leftovers,
            own_addresses,
            ..
        } = remarks;
        self.facts.links.extend(links.into_iter().map(|link| Link {
            range: placed(link.range),
            destination: link.destination.map(placed),
            ..link
        }));
        self.facts
            .remarks
            .lost_calls
            .extend(lost_calls.into_iter().map(|lost| LostCall { source: placed(lost.source), ..lost }));
        self.facts.remarks.broken_calls.extend(broken_calls.into_iter().map(placed));
        self.facts.remarks.misplaced_calls.extend(misplaced_calls.into_iter().map(|misplaced| {
            MisplacedCall { calls: placed(misplaced.calls), mark: placed(misplaced.mark), ..misplaced }
        }));
        self.facts
            .remarks
            .own_addresses
            .extend(own_addresses.into_iter().map(|own| OwnAddress { range: placed(own.range), ..own }));
        self.facts.remarks.doubled_words.extend(doubled_words.into_iter().map(|doubled| DoubledWord {
            both: placed(doubled.both),
            second: doubled.second.map(placed),
            ..doubled
        }));
        self.facts.remarks.leftovers.extend(leftovers.into_iter().map(|left| Leftover {
            range: placed(left.range),
            removal: left.removal.map(placed),
            ..left
        }));
    }

    /// Draws from the block that ends here what its plain text tells.
    fn end_block(&mut self) {
        for ReadLink { index, words, alt } in std::mem::take(&mut self.read_links) {
            let mut sentence = sentence(self.prose.text(), words);
            if sentence.within.is_empty() {
                sentence.within = alt;
            }
            self.facts.links[index].sentence = Some(sentence);
        }
        if !self.prose.is_empty() {
            self.read_prose();
            self.prose.clear();
        }
        self.reserved.clear();
        self.paragraph = false;
    }

    fn read_prose(&mut self) {
        let (prose, text) = (&self.prose, self.prose.text());
        let words = Words::of(text);
        let remarks = &mut self.facts.remarks;
        add(&mut remarks.lost_calls, sign::lost_calls(prose, &words));
        add(&mut remarks.leftovers, leftovers_in_prose(prose, &words, self.text));
        if self.setting.doubled_words {
            add(&mut remarks.doubled_words, doubled::doubled_words(prose, &words, self.text));
        }
        if let Some(side) = self.setting.call_side {
            add(&mut remarks.misplaced_calls, sign::misplaced_calls(prose, side, self.text));
        }
        if words.has_brackets() {
            add(&mut remarks.broken_calls, sign::broken_calls(prose, self.text));
            add(&mut remarks.lost_links, sign::lost_links(prose, self.text));
        }
        if self.setting.sentences && self.tables == 0 && !is_attribution(text) {
            let sentences = prose.calls().iter();
            let sentences = sentences.map(|call| (call.source.start, call_sentence(text, call.at)));
            self.facts.call_sentences.extend(sentences);
        }
        if self.definition.is_some() {
            return;
        }
        self.facts.words += words.tokens();
        if self.setting.excerpt && self.paragraph && self.facts.excerpt.is_empty() {
            self.facts.excerpt = excerpt(text);
        }
        if let Some(finder) = self.setting.finder.filter(|_| !self.code_block) {
            self.reserved.block |= self.quotations > 0;
            let (mentions, doubts) = spoken::read(prose, &words, self.text, finder, &self.reserved);
            self.facts.mentions.extend(mentions);
            self.facts.doubts.extend(doubts);
        }
    }
}

/// Adds what was found, which mostly is nothing.
fn add<T>(all: &mut Vec<T>, found: Vec<T>) {
    if !found.is_empty() {
        all.extend(found);
    }
}

/// The comment that stands at `at` behind white space, and where what follows it begins, its own line end left behind.
fn next_comment(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let rest = text[at..].trim_start();
    let start = text.len() - rest.len();
    // Where it is never closed, all that follows belongs to it.
    let length = rest.strip_prefix("<!--")?.find("-->").map_or(rest.len(), |end| "<!---->".len() + end);
    let end = start + length;
    let next = end + (text[end..].len() - text[end..].trim_start().len());
    Some((start..end, next))
}

/// What stands in `range`, where it is the address of a web page and nothing else: as it is, between `<` and `>`, or as a link
/// whose words are that address.
pub fn bare_link(text: &str, range: Range<usize>) -> Option<BareLink> {
    let written = &text[range.clone()];
    let start = range.start + written.len() - written.trim_start().len();
    let trimmed = written.trim();
    let inside = without_link(trimmed).unwrap_or_else(|| without_angles(trimmed));
    let is_address = inside.starts_with("https://") || inside.starts_with("http://");
    let is_marked = inside.contains("[^") || inside.contains("](");
    let is_alone = !inside.contains(|odd: char| odd.is_whitespace() || "<>".contains(odd)) && !is_marked;
    (is_address && is_alone).then(|| BareLink { url: inside.to_owned(), range: start..start + trimmed.len() })
}

/// The address of a link whose words are its address.
fn without_link(written: &str) -> Option<&str> {
    let (words, destination) = written.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    (words == without_angles(destination)).then_some(words)
}

fn without_angles(written: &str) -> &str {
    written.strip_prefix('<').and_then(|inside| inside.strip_suffix('>')).unwrap_or(written)
}

/// The marks left among the words.
fn leftovers_in_prose(prose: &Prose, words: &Words<'_>, source: &str) -> Vec<Leftover> {
    let left = leftovers(prose.text(), words).into_iter().filter(|mark| !prose.is_verbatim(mark.start));
    left.map(|mark| Leftover {
        mark: prose.text()[mark.clone()].to_owned(),
        range: prose.source_of(mark.start)..prose.source_of(mark.end - 1) + 1,
        removal: leftover::removal(prose, source, mark),
    })
    .collect()
}

/// The fence that opens a block of code to which nothing puts an end but the end of the text.
fn unclosed(text: &str, kind: &CodeBlockKind<'_>, block: &Range<usize>) -> Option<Range<usize>> {
    let lines = text[block.clone()].trim_end();
    let opening = lines.lines().next().unwrap_or_default().trim_end();
    let mark = opening.chars().next().filter(|_| matches!(kind, CodeBlockKind::Fenced(_)))?;
    let last = lines.lines().skip(1).last().unwrap_or_default().trim();
    let closed = last.len() >= 3 && last.chars().all(|character| character == mark);
    let reaches_end = text[block.end..].trim().is_empty();
    (!closed && reaches_end).then(|| block.start..block.start + opening.len())
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Where the title of the image at `image` is written; `None` where it is written otherwise than it reads, or elsewhere.
pub fn title_offset(text: &str, image: &Range<usize>, title: &str) -> Option<usize> {
    text.get(image.clone())?.rfind(title).map(|offset| image.start + offset)
}

/// Where a link's destination is written, within the link at `range`; `None` where it stands elsewhere, or is written
/// otherwise than it reads.
fn destination(text: &str, range: &Range<usize>, kind: LinkType, url: &str) -> Option<Range<usize>> {
    let link = &text[range.clone()];
    let url = url.trim();
    let from = match kind {
        LinkType::Inline => link.rfind("](")? + 2,
        LinkType::WikiLink { .. } => link.find("[[")? + 2,
        LinkType::Autolink | LinkType::Email => 1,
        _ => return None,
    };
    let written = link.get(from..)?.trim_start();
    let written = written.strip_prefix('<').unwrap_or(written);
    let start = range.start + link.len() - written.len();
    (!url.is_empty() && written.starts_with(url)).then(|| start..start + url.len())
}

/// Gives each heading without an id of its own one made from its words, and makes all of them unique.
fn name_headings(headings: &mut [Heading]) {
    if headings.is_empty() {
        return;
    }
    let mut taken: BTreeMap<String, usize> = RESERVED_IDS.iter().map(|&id| (id.to_owned(), 1)).collect();
    // What a writer chose is given first, so that no heading above it takes it away.
    let (chosen, made): (Vec<_>, Vec<_>) = headings.iter_mut().partition(|heading| !heading.id.is_empty());
    for heading in chosen.into_iter().chain(made) {
        let wanted = if heading.id.is_empty() { slug(&heading.text) } else { heading.id.clone() };
        let wanted = if wanted.is_empty() { "section".to_owned() } else { wanted };
        // The page's own anchors of notes and calls begin so.
        let wanted = if wanted.starts_with("note-") || wanted.starts_with("ref-") {
            format!("section-{wanted}")
        } else {
            wanted
        };
        let mut id = wanted.clone();
        while taken.contains_key(&id) {
            let count = taken.entry(wanted.clone()).or_insert(1);
            *count += 1;
            id = format!("{wanted}-{count}");
        }
        taken.insert(id.clone(), 1);
        heading.id = id;
    }
}
