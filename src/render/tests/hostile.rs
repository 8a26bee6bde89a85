//! What may come in that is meant to run: it comes out inert.

use super::{Page, Written, body_of};
use crate::brief::Passage;
use crate::config::RawHtml;
use proptest::prelude::*;

const HOSTILE: [&str; 34] = [
    "<script>alert(1)</script>",
    "a <script>alert(1)</script> b",
    "<SCRIPT/SRC=//x.example>",
    "<img src=x onerror=alert(1)>",
    "a <img src=x onerror=alert(1) b",
    "a <b onmouseover='alert(1)'>b</b>",
    "<div onclick=alert(1)>\n\na\n\n</div>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "a <a href='java&#115;cript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JAVAscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](\\javascript:alert(1))",
    "![x](javascript:alert(1))",
    "![x\" onerror=alert(1)](i.png)",
    "![x](i.png '\" onerror=alert(1) x=\"')",
    "<javascript:alert(1)>",
    "[x]\n\n[x]: javascript:alert(1) '\" onclick=alert(1)'",
    "[x](https://x.example/\"onmouseover=alert(1))",
    "https://x.example/\"onmouseover=alert(1)",
    "x[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: <img src=x onerror=alert(1)>",
    "x[^a]\n\n[^a]: [x](javascript:alert(1)) <script>alert(1)</script>",
    "```\"><script>alert(1)</script>\nx</code></pre><script>alert(1)</script>\n```",
    "```rust\"onclick=alert(1)\nx\n```",
    "# T {#x onclick=alert(1)}",
    "# T {#\"><script> .\"><script>}",
    "| <script>alert(1)</script> | [x](javascript:y) |\n|---|---|",
    "[[\"><script>alert(1)</script>]] [[javascript:alert(1)|x]]",
    "<!--><script>alert(1)</script>-->",
    "<style>@import url(//x.example)</style><iframe src=//x.example></iframe><base href=//x.example>",
];

fn check(written: &Written) {
    for raw_html in [RawHtml::Escape, RawHtml::Sanitise] {
        let written =
            Written { passages: written.passages.clone(), labels: written.labels.clone(), raw_html };
        Page::of(&written.render());
        let feed = written.render_for_feed();
        Page::read(&feed.content);
        feed.notes.iter().for_each(|note| drop(Page::read(&note.html)));
    }
}

#[test]
fn nothing_that_a_body_holds_can_run() {
    for text in HOSTILE {
        check(&body_of(text));
        check(&body_of(&format!("- {}", text.replace('\n', "\n  "))));
    }
}

#[test]
fn nothing_that_a_standfirst_a_caption_or_a_note_holds_can_run() {
    for text in HOSTILE {
        check(
            &body_of("x[^n]")
                .with(Passage::Summary, text)
                .with(Passage::Caption, text)
                .with(Passage::Correction(0), text)
                .with_note("n", text),
        );
        Page::read(&super::super::inline::html(text));
    }
}

#[test]
fn raw_html_is_shown_as_it_is_written_unless_the_site_says_otherwise() {
    let escaped = |text: &str| body_of(text).render().content;
    assert_eq!(escaped("a <b>*c*</b> <!-- d -->"), "<p>a &lt;b&gt;<em>c</em>&lt;/b&gt; </p>\n");
    assert_eq!(escaped("<div>\nx\n</div>\n\n<!-- y -->"), "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>\n");
}

#[test]
fn a_comment_is_never_shown() {
    let escaped = |text: &str| body_of(text).render().content;
    assert_eq!(escaped("<!-- a --> *mot* <b>"), "<p>*mot* &lt;b&gt;</p>\n");
    assert_eq!(escaped("<!-- a\r\nb --> mot <!-- c -->\r\n"), "<p>mot</p>\n");
    assert_eq!(
        escaped("<div>\n<i title=\"<!--\"> x\n<!-- d"),
        "<p>&lt;div&gt;\n&lt;i title=&quot;&lt;!--&quot;&gt; x</p>\n"
    );
    assert_eq!(body_of("- <!-- a --> mot").render().content, "<ul>\n<li>\n<p>mot</p>\n</li>\n</ul>\n");
}

#[test]
fn sanitised_html_opens_and_closes_around_markdown() {
    let sanitised = |text: &str| {
        let written = body_of(text).with_raw_html(RawHtml::Sanitise);
        written.page();
        written.render().content
    };
    assert_eq!(sanitised("a <kbd class=x>*c*</kbd> d<br/>e"), "<p>a <kbd><em>c</em></kbd> d<br>e</p>\n");
    assert_eq!(
        sanitised("<details class=x>\n<summary>Un <b>mot</b></summary>\n\nDeux[^a].\n\n</details>\n\nFin.\n\n[^a]: N.").replace(" role=\"doc-noteref\" aria-label=\"Note 1\"", ""),
        "<details>\n<summary>Un <b>mot</b></summary>\n<p>Deux<sup class=\"call\"><a id=\"ref-a\" href=\"#note-a\">1</a></sup>.</p>\n</details>\n<p>Fin.</p>\n"
    );
    assert_eq!(
        sanitised("<table><tr><td id=note-a>x</td></tr></table>"),
        "<table><tbody><tr><td>x</td></tr></tbody></table>\n"
    );
    assert_eq!(sanitised("un <b>mot *fort</b>* x"), "<p>un <b>mot <em>fort</em> x</b></p>\n");
    assert_eq!(sanitised("- <div>a\n\nb"), "<ul>\n<li>\n<div>a\n</div></li>\n</ul>\n<p>b</p>\n");
    assert_eq!(sanitised("- <b>a\n  - b"), "<ul>\n<li><b>a</b>\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n");
    assert_eq!(sanitised("<script>\nx\n</script>\n\na <!-- b -->"), "<p>a </p>\n");
    assert_eq!(
        sanitised("[a <a href=u>b</a>](c.md) <a href=u>d [e](f.md)</a>"),
        "<p><a href=\"../c/\">a b</a> <a href=\"u\">d e</a></p>\n"
    );
}

#[test]
fn trusted_html_is_left_as_it_is() {
    let html = body_of("<div class=\"x\" onclick=\"y\">\n\n*a* <b>c</b>\n\n</div>")
        .with_raw_html(RawHtml::Trust)
        .render()
        .content;
    assert_eq!(html, "<div class=\"x\" onclick=\"y\">\n<p><em>a</em> <b>c</b></p>\n</div>\n");
}

#[test]
fn what_is_written_to_be_slow_is_not() {
    for text in [
        "[^a".repeat(5_000),
        "[x[^a](u".repeat(5_000),
        "<b".repeat(5_000),
        "<b> ".repeat(5_000),
        "> ".repeat(500),
        "https://x.example/(".repeat(5_000),
        "*a[^a]".repeat(5_000),
        "[a[^a]".repeat(5_000),
        "![a".repeat(5_000),
        "www._".repeat(5_000),
        "\u{1}&#1;".repeat(5_000),
        "- [^a]: ".repeat(2_000),
    ] {
        let text = format!("{text}\n\n[^a]: N.");
        check(&body_of(&text));
    }
}

proptest! {
    #[test]
    fn any_markdown_gives_sound_html(
        parts in proptest::collection::vec(
            prop_oneof![
                "[a-zé \n<>&\"'`*_~#|()!\\[\\]\u{1}\u{2}:-]{0,8}",
                Just("[^a]".to_owned()), Just("[^b c]".to_owned()), Just("\n\n[^a]: ".to_owned()), Just("\n\n[^b c]: ".to_owned()),
                Just("](u.md)".to_owned()), Just("![x](i.png \"t [^a] *b* [c](d.md)\")".to_owned()), Just("\n\n".to_owned()), Just("\n- ".to_owned()), Just("\n> ".to_owned()),
                Just("https://x.example/a".to_owned()), Just("<b>".to_owned()), Just("</b>".to_owned()), Just("<div>".to_owned()), Just("</div>".to_owned()),
                Just("\n\n<div>\n\n".to_owned()), Just("\n\n</div>\n\n".to_owned()), Just("<a href=x>".to_owned()), Just("</a>".to_owned()), Just("<script>".to_owned()),
                Just("\n| a | b |\n|---|---|\n| c ".to_owned()), Just("\n# ".to_owned()), Just("[[x|y[^a]]]".to_owned()), Just("```rust\n".to_owned()), Just("&#1;".to_owned()),
                Just("**".to_owned()), Just("[".to_owned()), Just("<details><summary>".to_owned()), Just("    ".to_owned()),
            ],
            0..16,
        ),
    ) {
        let text = parts.concat();
        let written = body_of(&text).with(Passage::Summary, &text);
        check(&written);
        let body = body_of(&text);
        let counted: Vec<u32> = body.text().notes.iter().map(|note| note.note.calls).collect();
        let printed: Vec<u32> = body.render().notes.iter().map(|note| note.back_links.len() as u32).collect();
        prop_assert_eq!(printed, counted, "every call that was read is printed: {}", text);
    }
}

#[test]
fn escaped_html_loses_nothing() {
    let text = "mot <script>in</script> fin\n\n<script>\nbloc\n</script>\n\n<style>p</style>\n\n<iframe src=x></iframe>";
    let html = body_of(text).render().content;
    for shown in
        ["&lt;script&gt;in&lt;/script&gt;", "bloc", "&lt;style&gt;p&lt;/style&gt;", "&lt;iframe src=x&gt;"]
    {
        assert!(html.contains(shown), "{shown}: {html}");
    }
}
