//! What a writer lets pass in one place: by a table for the file, by a comment for a few lines.

use crate::site::{Site, site};

const PATH: &str = "content/2024-01-01-a.md";
const NOTHING: [&str; 0] = [];

/// A brief with this body, which begins on its sixth line, and more front matter if there is any.
fn brief(front: &str, body: &str) -> Site {
    let text = format!("+++\ntitle = \"Un sommet\"\nsummary = \"S.\"\n{front}+++\n\n{body}\n");
    site(&[("site.toml", "title = \"Essai\"\n[lints]\nno-country = \"allow\"\n"), (PATH, &text)])
}

fn told(site: &Site) -> Vec<String> {
    site.problems().iter().map(|problem| problem.replacen(&format!(" {PATH}:"), " ", 1)).collect()
}

const UNUSED: &str = "`lost-call` is waived, and nothing";
const LOST: &str = "`mot` is followed by the digit `1`: is it a lost note call?";

#[test]
fn a_table_waives_for_the_whole_file() {
    for table in [
        "[allow]\nlost-call = \"un nom\"\n",
        "allow = { D305 = 'un nom' }\n",
        "[allow]\nLost-Call = \"un nom\"\n",
    ] {
        assert_eq!(told(&brief(table, "Un mot1.\n\nUn mot1.")), NOTHING, "{table}");
    }
    let yaml =
        "---\ntitle: Un sommet\nsummary: S.\ncountries: [AM]\nallow:\n  lost-call: un nom\n---\n\nUn mot1.\n";
    assert_eq!(told(&site(&[(PATH, yaml)])), NOTHING);
}

#[test]
fn a_comment_above_a_block_waives_in_that_block_alone() {
    let waiver = "<!-- allow lost-call: un nom -->\n";
    for (block, after) in [
        ("Un mot1.\nUn mot1.\n", "\nUn mot1."),
        ("\nUn mot1.\n", "\nUn mot1."),
        ("## Un mot1\n", "\nUn mot1."),
        ("- Un mot1.\n- Un mot1.\n", "\nUn mot1."),
        ("> Un mot1.\n>\n> Un mot1.\n", "\nUn mot1."),
        ("| mot1 |\n|---|\n| mot1 |\n", "\nUn mot1."),
    ] {
        let site = brief("", &format!("{waiver}{block}{after}"));
        let line = 8 + block.lines().count();
        assert_eq!(told(&site), [format!("D305 {line}:7 {LOST}")], "{block}");
    }
}

#[test]
fn comments_above_one_another_are_for_the_same_block() {
    let body = "<!-- allow lost-call: un nom -->\n<!-- rien -->\n<!-- allow misplaced-call: cité -->\nUn mot1.[^a]\n\n[^a]: N.";
    assert_eq!(told(&brief("", body)), NOTHING);
    let html = "<!-- allow raw-html: cité -->\n<div>\n\n<p>\n";
    assert_eq!(told(&brief("", html)), ["D413 9:1 HTML is printed as text on this site"]);
}

#[test]
fn a_comment_inside_a_block_is_for_what_follows_in_it() {
    let quotation = "> Un mot1.\n>\n> <!-- allow lost-call: un nom -->\n> Un mot1.\n>\n> Un mot1.";
    assert_eq!(told(&brief("", quotation)), [format!("D305 6:9 {LOST}"), format!("D305 11:9 {LOST}")]);
    let list = "- Un mot1.\n- <!-- allow lost-call: un nom -->\n  Un mot1.\n- Un mot1.";
    assert_eq!(told(&brief("", list)), [format!("D305 6:9 {LOST}"), format!("D305 9:9 {LOST}")]);
    let note = "Un[^a].\n\n[^a]:\n    <!-- allow lost-call: un nom -->\n    Un mot1.";
    assert_eq!(told(&brief("", note)), NOTHING);
}

#[test]
fn a_comment_behind_words_waives_in_their_line() {
    let body = "Un mot1, <!-- allow lost-call: un nom -->\nun mot1.";
    assert_eq!(told(&brief("", body)), [format!("D305 7:7 {LOST}")]);
    assert_eq!(
        told(&brief("", "- Un mot1 <!-- allow lost-call: un nom -->\n- Un mot1")),
        [format!("D305 7:9 {LOST}")]
    );
    assert_eq!(told(&brief("", "| mot1 <!-- allow lost-call: un nom --> |\n|---|\n| b |")), NOTHING);
}

#[test]
fn an_error_may_be_waived_and_the_site_is_built() {
    let site = brief("", "Voir [ici](perdu.md). <!-- allow broken-link: le texte en parle -->");
    assert_eq!(told(&site), NOTHING);
    assert!(site.build()["briefs/a/index.html"].contains("ici"));
}

#[test]
fn a_waiver_that_waives_nothing_is_told_and_a_comment_behind_words_can_be_taken_away() {
    let site = brief(
        "[allow]\nlost-call = \"un nom\"\n",
        "Un mot.\n\nDeux mots, <!-- allow lost-call: un nom -->\nou trois.",
    );
    assert_eq!(
        told(&site),
        [format!("D701 5:1 {UNUSED} here earns it"), format!("D701 10:12 {UNUSED} in these lines earns it")]
    );
    assert!(site.mended(PATH).ends_with("\n\nDeux mots,\nou trois.\n"));
    for nowhere in [
        "Un mot1.\n\n<!-- allow lost-call: x -->",
        "> <!-- allow lost-call: x -->\n\nUn mot1.",
        "<!-- allow lost-call: x -->\n***\nUn mot1.",
    ] {
        assert_eq!(brief("", nowhere).codes().iter().filter(|code| **code == "D701").count(), 1, "{nowhere}");
    }
}

#[test]
fn a_waiver_of_what_the_site_allows_is_not_told() {
    let site = brief("[allow]\nlost-call = \"un nom\"\n", "Un mot1.");
    site.write("site.toml", "title = \"Essai\"\n[lints]\nlost-call = \"allow\"\nno-country = \"allow\"\n");
    assert_eq!(told(&site), NOTHING);
}

#[test]
fn in_a_draft_which_is_not_checked_no_waiver_is_idle() {
    assert_eq!(told(&brief("draft = true\n[allow]\nlost-call = \"un nom\"\n", "Un mot1.")), NOTHING);
    let scheduled = |body: &str| brief("date = 2030-01-01\n[allow]\nlost-call = \"un nom\"\n", body);
    assert_eq!(told(&scheduled("Un mot1.")), NOTHING);
    assert_eq!(told(&scheduled("Un mot.")), [format!("D701 6:1 {UNUSED} here earns it")]);
}

#[test]
fn a_waiver_that_can_t_be_read_is_told_with_what_to_write() {
    for (table, expected, help) in [
        ("lost-cal = \"x\"", "D212 5:1 no lint is called `lost-cal`", "did you mean `lost-call`?"),
        (
            "lost-call = \" \"",
            "D208 5:14 `lost-call` is waived without a reason",
            "write between the quotation marks why it is",
        ),
        ("lost-call = true", "D207 5:13 `lost-call` must be a text that says why, not a boolean", ""),
        ("syntax = \"x\"", "D212 5:1 `syntax` can't be waived: there is no going on after it", ""),
        ("D305 = \"x\"\nlost-call = \"y\"", "D206 6:1 `lost-call` names `lost-call` a second time", ""),
    ] {
        let site = brief(&format!("[allow]\n{table}\n"), "Un mot1.");
        let diagnostics = site.diagnostics();
        assert_eq!(told(&site)[0], expected);
        assert_eq!(diagnostics[0].help.join("; "), help);
    }
    for (comment, expected, help) in [
        ("allow lost-cal: x", "D212 6:21 no lint is called `lost-cal`", "did you mean `lost-call`?"),
        (
            "allow lost-call",
            "D208 6:21 `lost-call` is waived without a reason",
            "write it behind a colon: `<!-- allow lost-call: … -->`",
        ),
        ("allow syntax: x", "D212 6:21 `syntax` can't be waived: there is no going on after it", ""),
    ] {
        let site = brief("", &format!("Un mot1. <!-- {comment} -->"));
        assert_eq!(told(&site)[1], expected);
        assert_eq!(site.diagnostics()[1].help.join("; "), help);
    }
    let mended = brief("", "Un mot1. <!-- allow lost-cal: x -->").mended(PATH);
    assert!(mended.contains("<!-- allow lost-call: x -->"), "{mended}");
}

#[test]
fn no_reader_sees_a_waiver_whatever_the_site_does_with_html() {
    for html in ["escape", "sanitise", "trust"] {
        let body = "Un mot1, <!-- allow lost-call: un nom -->\nou deux.\n\n<!-- allow lost-call: un nom -->\nUn mot1.";
        let site = brief("", body);
        site.write(
            "site.toml",
            format!("title = \"Essai\"\nraw_html = \"{html}\"\n[lints]\nno-country = \"allow\"\n"),
        );
        assert_eq!(told(&site), NOTHING, "{html}");
        for (path, text) in site.build() {
            assert!(!text.contains("allow lost-call"), "{html}: {path}");
        }
        let page = &site.build()["briefs/a/index.html"];
        assert!(
            page.contains("<p>Un mot1, \nou deux.</p>") || page.contains("<p>Un mot1,\nou deux.</p>"),
            "{html}: {page}"
        );
    }
}

#[test]
fn html_beside_a_comment_is_told_and_comments_of_several_lines_are_not() {
    assert_eq!(told(&brief("", "<!-- un\n\ndeux\n-->\n\nUn <!-- a\nb --> mot.")), NOTHING);
    assert_eq!(told(&brief("", "<!-- un -->\n<div>\n")), ["D413 7:1 HTML is printed as text on this site"]);
    assert_eq!(told(&brief("", "<!-- un --> <b>\n")), [BEHIND]);
    assert_eq!(told(&brief("", "<!-- un\r\n--> <b>\r\n\r\nUn.")), [BEHIND.replace("6:13", "7:5")]);
}

const BEHIND: &str = "D413 6:13 what follows the comment in its line is read as HTML, and printed as text";

#[test]
fn a_waiver_before_words_of_its_line_is_told_and_not_shown() {
    for end in ["", "\r\n", "\n\nUn mot.\n"] {
        let site = brief("", &format!("<!-- allow leftover: z --> TODO reste{end}"));
        assert_eq!(told(&site), [BEHIND.replace("6:13", "6:28")], "{end:?}");
        let page = &site.build()["briefs/a/index.html"];
        assert!(page.contains("<p>TODO reste</p>") && !page.contains("allow leftover"), "{page}");
    }
}
