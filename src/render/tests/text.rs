//! Text, links, images, tables and code.

use super::{body_of, content};
use crate::brief::Passage;

#[test]
fn ordinary_markdown_is_ordinary_html() {
    assert_eq!(
        content(
            "Un *mot* **fort** ~~non~~ `a<b` & fin\\\nligne\nsuite\n\n***\n\n> cité\n\n1. a\n2. b\n   - c\n\n7. d"
        ),
        "<p>Un <em>mot</em> <strong>fort</strong> <del>non</del> <code>a&lt;b</code> &amp; fin<br>\nligne\nsuite</p>\n<hr>\n\
         <blockquote>\n<p>cité</p>\n</blockquote>\n<ol>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n<ul>\n<li>c</li>\n</ul>\n</li>\n\
         <li>\n<p>d</p>\n</li>\n</ol>\n"
    );
    assert_eq!(content("3. c\n4. d"), "<ol start=\"3\">\n<li>c</li>\n<li>d</li>\n</ol>\n");
}

#[test]
fn headings_have_their_ids_and_leave_the_first_level_to_the_title() {
    assert_eq!(
        content("## Un\n\n### Deux {#d .c onclick=x}"),
        "<h2 id=\"un\">Un</h2>\n<h3 id=\"d\">Deux</h3>\n"
    );
    assert_eq!(content("# Un\n\n###### Six"), "<h2 id=\"un\">Un</h2>\n<h6 id=\"six\">Six</h6>\n");
}

#[test]
fn a_link_that_leads_nowhere_is_its_words() {
    assert_eq!(
        content("[un *mot*](absent.md) [x](javascript:y) [[z]]"),
        "<p>un <em>mot</em> x <a href=\"../z/\">z</a></p>\n"
    );
    assert_eq!(content("![une carte](data:image/png,x)"), "<p>une carte</p>\n");
    assert_eq!(
        content("<a@x.example> [l](mailto:b@x.example \"t\\\"\")"),
        "<p><a href=\"mailto:a@x.example\">a@x.example</a> <a href=\"mailto:b@x.example\" title=\"t&quot;\">l</a></p>\n"
    );
}

#[test]
fn bare_urls_become_links_but_not_in_links_or_code() {
    assert_eq!(
        content("Voir (https://x.example/a_b?c=1&d=2)."),
        "<p>Voir (<a href=\"https://x.example/a_b?c=1&amp;d=2\">https://x.example/a_b?c=1&amp;d=2</a>).</p>\n"
    );
    let html = content("[https://x.example](u.md) `https://x.example` [https://y.example](absent.md)");
    assert_eq!(html.matches("<a ").count(), 1, "{html}");
}

#[test]
fn a_bare_url_on_a_line_of_its_own_is_a_card() {
    let html = content("Avant.\n\nhttps://www.x.example/un/deux?a=b&c=d\n\nAprès.");
    assert!(html.contains("<figure class=\"embed\">\n<blockquote cite=\"https://www.x.example/un/deux?a=b&amp;c=d\"><p><a href="), "{html}");
    assert!(html.contains("<figcaption>x.example</figcaption>"), "{html}");
    for text in [
        "- https://x.example/a",
        "> https://x.example/a",
        "Voir https://x.example/a",
        "A[^a]\n\n[^a]: https://x.example/a",
    ] {
        let written = body_of(text);
        let html = written.page().html;
        assert!(!html.contains("embed") && html.contains("<a href=\"https://x.example/a\""), "{html}");
    }
}

#[test]
fn an_image_alone_with_a_title_is_a_figure() {
    let html = content("![Une « carte »](c.png \"Le *front*[^a], [ici](x.md)\")[^b]\n\n[^a]: A.\n\n[^b]: B.");
    assert!(html.starts_with("<figure>\n<img src=\"../../content/2023/c.png\" alt=\"Une « carte »\" loading=\"lazy\" decoding=\"async\">\n<figcaption>Le <em>front</em><sup"), "{html}");
    assert!(html.contains("<a href=\"../x/\">ici</a><sup"), "{html}");
    assert_eq!(
        content("![a \"b\" \\<c>](c.png)"),
        "<p><img src=\"../../content/2023/c.png\" alt=\"a &quot;b&quot; &lt;c&gt;\" loading=\"lazy\" decoding=\"async\"></p>\n"
    );
    assert!(content("Voir ![a](c.png \"t\")").contains(" title=\"t\""));
}

#[test]
fn a_call_in_an_alternative_text_stands_after_the_image() {
    let html = content("![carte[^a] du *front*](c.png)\n\n[^a]: A.");
    assert!(html.contains("alt=\"carte du front\"") && html.contains("async\"><sup"), "{html}");
}

#[test]
fn a_table_scrolls_in_a_named_region() {
    assert_eq!(
        content("| a | b |\n|:--|--:|\n| c | |"),
        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau 1\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\" style=\"text-align: left\">a</th><th scope=\"col\" style=\"text-align: right\">b</th></tr>\n</thead>\n\
         <tbody>\n<tr><td style=\"text-align: left\">c</td><td style=\"text-align: right\"></td></tr>\n</tbody>\n</table>\n</div>\n"
    );
    assert!(content("| a |\n|---|\n\nx\n\n| b |\n|---|").contains("Tableau 2"));
    assert!(content("| | b |\n|---|---|").contains("<tr><td></td><th scope=\"col\">b</th></tr>"));
}

#[test]
fn code_is_coloured_and_can_be_reached_without_a_mouse() {
    let html = content("```rust,ignore\nlet a = \"</code>\";\n```\n\n    b < c\n");
    assert!(
        html.starts_with(
            "<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-keyword\">let</span>"
        ),
        "{html}"
    );
    assert!(html.ends_with("<pre tabindex=\"0\"><code>b &lt; c\n</code></pre>\n"), "{html}");
    let html = body_of("```rust\nlet a = 1;\n```").render_for_feed().content;
    assert_eq!(html, "<pre><code class=\"language-rust\">let a = 1;\n</code></pre>\n");
}

#[test]
fn the_standfirst_is_running_text() {
    let rendered = body_of("")
        .with(Passage::Summary, "Un *mot*.\n\n# Deux\n\n- [trois](x.md)\n\n<b>quatre</b>")
        .render();
    assert_eq!(
        rendered.summary,
        "Un <em>mot</em>. Deux <a href=\"../x/\">trois</a> &lt;b&gt;quatre&lt;/b&gt;"
    );
}
