//! Markdown in lists of briefs, titles and descriptions: running text without links, images and calls.

use super::html::push_text;
use crate::brief::markdown::{Markdown, Piece, words};
use pulldown_cmark::{Event, Tag, TagEnd};

/// `text` as HTML with emphasis, code and strokes alone. It can stand in a link.
pub(super) fn html(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    if let Some(words) = words(text) {
        push_text(&mut html, &words);
        return html.trim().to_owned();
    }
    let mut images = 0_usize;
    for (piece, _) in Markdown::new(text).pieces() {
        let Piece::Markdown(event) = piece else { continue };
        match event {
            Event::Start(Tag::Image { .. }) => images += 1,
            Event::End(TagEnd::Image) => images -= 1,
            _ if images > 0 => {}
            Event::Text(text) => push_text(&mut html, &text),
            Event::Code(code) => {
                html.push_str("<code>");
                push_text(&mut html, &code);
                html.push_str("</code>");
            }
            Event::SoftBreak | Event::HardBreak => html.push(' '),
            Event::Start(tag) => html.push_str(start(&tag)),
            Event::End(tag) => match end(tag) {
                Some(end) => html.push_str(end),
                None if !html.ends_with(' ') => html.push(' '),
                None => {}
            },
            _ => {}
        }
    }
    html.trim().to_owned()
}

fn start(tag: &Tag<'_>) -> &'static str {
    match tag {
        Tag::Emphasis => "<em>",
        Tag::Strong => "<strong>",
        Tag::Strikethrough => "<del>",
        _ => "",
    }
}

/// What ends an element of running text; nothing where a block ends.
fn end(tag: TagEnd) -> Option<&'static str> {
    match tag {
        TagEnd::Emphasis => Some("</em>"),
        TagEnd::Strong => Some("</strong>"),
        TagEnd::Strikethrough => Some("</del>"),
        TagEnd::Link | TagEnd::Image => Some(""),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn only_what_can_stand_in_a_link_is_kept() {
        assert_eq!(
            html("Un *mot* **fort**[^a], `x<y`, [lien](u) ![](i.png) ~~non~~ <b onclick=x>gras</b> & fin"),
            "Un <em>mot</em> <strong>fort</strong>, <code>x&lt;y</code>, lien  <del>non</del> gras &amp; fin"
        );
        assert_eq!(html("Un\n\n- deux\n- trois\n\n# Quatre"), "Un deux trois Quatre");
        assert_eq!(html("![alt](a.png) <script>alert(1)</script>"), "alert(1)");
    }
}
