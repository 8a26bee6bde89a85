//! Raw HTML in Markdown, where a site has it sanitised.
//!
//! Markdown may stand between a raw tag and its end, so tags come one by one, and cleaning the finished page would take
//! away what Dépêche itself writes: ids, roles, labels. So a run that is whole in itself is cleaned as a whole, and of any
//! other each tag alone; the writer remembers which are open and closes them where Markdown does. Whatever comes out is
//! either escaped text or a tag that ammonia wrote.

use crate::brief::link::SCHEMES;
use std::collections::{HashMap, HashSet};

/// Elements of running text.
const PHRASING: [&str; 29] = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Elements that may hold blocks of Markdown.
const CONTAINERS: [&str; 14] = [
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "li",
    "ol",
    "section",
    "summary",
    "ul",
];
/// Elements that only stand in a run that is whole.
const WHOLE: [&str; 22] = [
    "caption", "col", "colgroup", "h2", "h3", "h4", "h5", "h6", "hr", "p", "pre", "rp", "rt", "ruby",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "center",
];
/// Elements without an end.
const VOID: [&str; 5] = ["br", "col", "hr", "img", "wbr"];
/// Elements whose content is no text for readers.
const HIDDEN: [&str; 14] = [
    "applet", "embed", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "style",
    "svg", "template", "textarea", "title",
];

/// A part of a run of raw HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Text, its entities as they are written.
    Text(&'t str),
    /// A tag that opens an element, or is all of it.
    Start {
        /// In lower case.
        name: String,
        /// The whole of it.
        tag: &'t str,
    },
    /// A tag that closes one.
    End {
        /// In lower case.
        name: String,
    },
}

/// The parts of `html`. Comments, declarations and what scripts and styles hold are left out.
pub(super) fn tokens(html: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while let Some(found) = rest.find('<') {
        let (text, markup) = rest.split_at(found);
        push_text(&mut tokens, text);
        if !is_markup(markup) {
            push_text(&mut tokens, "<");
            rest = &markup[1..];
            continue;
        }
        // A tag without an end has taken all that follows into itself.
        let Some((token, length)) = markup_token(markup) else {
            rest = markup;
            break;
        };
        rest = &markup[length..];
        if let Some(Token::Start { name, .. }) = &token
            && HIDDEN.contains(&name.as_str())
        {
            rest = after_end(rest, name);
            continue;
        }
        tokens.extend(token);
    }
    push_text(&mut tokens, rest);
    tokens
}

/// `html` without its comments, its tags as they are written.
pub(super) fn without_comments(html: &str) -> String {
    let mut shown = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(found) = rest.find('<') {
        let (text, markup) = rest.split_at(found);
        shown.push_str(text);
        rest = markup;
        let is_comment = markup.starts_with("<!--");
        let length = if is_markup(markup) { markup_token(markup).map(|(_, length)| length) } else { Some(1) };
        // A tag without an end has taken all that follows into itself.
        let Some(length) = length else { break };
        if !is_comment {
            shown.push_str(&markup[..length]);
        }
        rest = &markup[length..];
    }
    shown.push_str(rest);
    shown
}

/// Whether a tag, a comment or a declaration may begin here.
fn is_markup(markup: &str) -> bool {
    let mut inside = markup[1..].bytes();
    match inside.next() {
        Some(b'!' | b'?') => true,
        Some(b'/') => inside.next().is_some_and(|first| first.is_ascii_alphabetic()),
        first => first.is_some_and(|first| first.is_ascii_alphabetic()),
    }
}

fn push_text<'t>(tokens: &mut Vec<Token<'t>>, text: &'t str) {
    if !text.is_empty() {
        tokens.push(Token::Text(text));
    }
}

/// The tag, or the comment, that `markup` begins with, and its length.
fn markup_token(markup: &str) -> Option<(Option<Token<'_>>, usize)> {
    if markup.starts_with("<!--") {
        return Some((None, markup.find("-->").map_or(markup.len(), |end| end + 3)));
    }
    if markup.starts_with("<!") || markup.starts_with("<?") {
        return Some((None, markup.find('>').map_or(markup.len(), |end| end + 1)));
    }
    let closes = markup.starts_with("</");
    let inside = &markup[if closes { 2 } else { 1 }..];
    let letters = inside.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(inside.len());
    let name = inside[..letters].to_ascii_lowercase();
    let length = tag_length(markup)?;
    let token = if closes { Token::End { name } } else { Token::Start { name, tag: &markup[..length] } };
    Some((Some(token), length))
}

/// The length of a tag, up to the `>` that stands in no quoted value.
fn tag_length(markup: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in markup.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return Some(at + 1),
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => {}
        }
    }
    None
}

/// What follows the end of the element `name`; nothing if it has none.
fn after_end<'t>(html: &'t str, name: &str) -> &'t str {
    let mut rest = html;
    while let Some(found) = rest.find("</") {
        rest = &rest[found + 2..];
        if rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            return rest.find('>').map_or("", |end| &rest[end + 1..]);
        }
    }
    ""
}

/// Whether every element that a run opens is closed in it, and the other way round.
pub(super) fn is_whole(tokens: &[Token<'_>]) -> bool {
    let mut open = Vec::new();
    for token in tokens {
        match token {
            Token::Text(_) => {}
            Token::Start { name, .. } if is_void(name) => {}
            Token::Start { name, .. } => open.push(name),
            Token::End { name } => {
                if open.pop() != Some(name) {
                    return false;
                }
            }
        }
    }
    open.is_empty()
}

/// Whether `html` shows nothing: white space and comments alone.
pub(super) fn is_comment(html: &str) -> bool {
    let mut rest = html.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.find("-->").map_or("", |end| comment[end + 3..].trim_start());
    }
    rest.is_empty()
}

/// Whether nothing of `html` is left when it is sanitised.
pub(super) fn is_emptied(html: &str) -> bool {
    tokens(html).iter().all(|token| matches!(token, Token::Text(text) if text.trim().is_empty()))
}

pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub(super) fn is_phrasing(name: &str) -> bool {
    PHRASING.contains(&name)
}

pub(super) fn is_container(name: &str) -> bool {
    CONTAINERS.contains(&name)
}

/// What takes away from raw HTML all that could do more than show something.
pub(super) struct Sanitiser(ammonia::Builder<'static>);

impl Sanitiser {
    /// Links stay as they are written, or are made absolute where there is a `base`.
    pub(super) fn new(base: Option<&str>) -> Self {
        let mut builder = ammonia::Builder::default();
        let tags = PHRASING.into_iter().chain(CONTAINERS).chain(WHOLE);
        builder
            .tags(tags.collect())
            .clean_content_tags(HIDDEN.into_iter().collect())
            .tag_attributes(attributes())
            .generic_attributes(HashSet::from(["dir", "lang", "title"]))
            .url_schemes(SCHEMES.into_iter().collect())
            .link_rel(None);
        if let Some(base) = base.and_then(|base| ammonia::Url::parse(base).ok()) {
            builder.url_relative(ammonia::UrlRelative::RewriteWithBase(base));
        }
        Self(builder)
    }

    /// A run that is whole.
    pub(super) fn clean(&self, html: &str) -> String {
        self.0.clean(html).to_string()
    }

    /// The tag that opens the element `name`, if it may stand here.
    pub(super) fn start(&self, name: &str, tag: &str) -> Option<String> {
        let cleaned = self.clean(tag);
        let cleaned = cleaned.strip_suffix(&format!("</{name}>")).unwrap_or(&cleaned);
        let alone = cleaned.strip_prefix('<').is_some_and(|inside| {
            inside.starts_with(name) && inside.find(['<', '>']) == Some(inside.len() - 1)
        });
        alone.then(|| cleaned.to_owned())
    }
}

fn attributes() -> HashMap<&'static str, HashSet<&'static str>> {
    HashMap::from([
        ("a", HashSet::from(["href", "hreflang"])),
        ("img", HashSet::from(["alt", "height", "src", "width"])),
        ("blockquote", HashSet::from(["cite"])),
        ("q", HashSet::from(["cite"])),
        ("del", HashSet::from(["cite", "datetime"])),
        ("ins", HashSet::from(["cite", "datetime"])),
        ("time", HashSet::from(["datetime"])),
        ("data", HashSet::from(["value"])),
        ("details", HashSet::from(["open"])),
        ("ol", HashSet::from(["reversed", "start"])),
        ("li", HashSet::from(["value"])),
        ("col", HashSet::from(["span"])),
        ("colgroup", HashSet::from(["span"])),
        ("td", HashSet::from(["colspan", "rowspan"])),
        ("th", HashSet::from(["colspan", "rowspan", "scope"])),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_taken_apart_at_its_tags() {
        let start = |name: &str, tag| Token::Start { name: name.to_owned(), tag };
        assert_eq!(
            tokens("a <B title='>'>b</b><!-- c --><br/>< d<script>e</SCRIPT >f<!x>"),
            [
                Token::Text("a "),
                start("b", "<B title='>'>"),
                Token::Text("b"),
                Token::End { name: "b".to_owned() },
                start("br", "<br/>"),
                Token::Text("<"),
                Token::Text(" d"),
                Token::Text("f"),
            ]
        );
        assert!(is_whole(&tokens("<p>a<br>b</p>")));
        assert!(!is_whole(&tokens("<p>a")) && !is_whole(&tokens("<b><i></b></i>")));
        assert!(is_comment(" <!-- a --> <!-- b -->\n") && is_comment("<!-- never closed"));
        for shown in ["<br>", "<script>", "<script>a</script>", "<!-- a --> b", "<style>"] {
            assert!(!is_comment(shown), "{shown}");
        }
    }

    #[test]
    fn a_tag_keeps_only_what_is_harmless() {
        let sanitiser = Sanitiser::new(None);
        let start = |name, tag| sanitiser.start(name, tag);
        assert_eq!(
            start("abbr", "<ABBR title=\"a>b\" onclick=x class=y>").unwrap(),
            "<abbr title=\"a&gt;b\">"
        );
        assert_eq!(start("a", "<a href='java&#115;cript:x'>").unwrap(), "<a>");
        assert_eq!(start("br", "<br onload=x>").unwrap(), "<br>");
        assert_eq!(start("script", "<script>"), None);
        assert_eq!(start("td", "<td>"), None, "a cell stands only in a table");
    }

    #[test]
    fn a_whole_table_is_kept() {
        let html = "<table class=\"x\"><tbody><tr><td onclick=\"x\">a</td></tr></tbody></table>";
        assert_eq!(Sanitiser::new(None).clean(html), "<table><tbody><tr><td>a</td></tr></tbody></table>");
    }

    #[test]
    fn links_are_made_absolute_where_a_base_is_given() {
        let sanitiser = Sanitiser::new(Some("https://x.example/a/"));
        assert_eq!(sanitiser.start("a", "<a href='../b'>").unwrap(), "<a href=\"https://x.example/b\">");
    }
}
