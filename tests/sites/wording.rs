//! What an editor would remark of the words: doubled ones, what was left to be done, what is missing.

use crate::site::{Site, site};

const PATH: &str = "content/2024-01-01-a.md";
const NOTHING: [&str; 0] = [];

/// A brief with this title and body, which begins on its sixth line.
fn brief(title: &str, body: &str) -> Site {
    let text = format!("+++\ntitle = \"{title}\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n+++\n\n{body}\n");
    site(&[(PATH, &text)])
}

fn told(site: &Site) -> Vec<String> {
    site.problems().iter().map(|problem| problem.replacen(&format!(" {PATH}:"), " ", 1)).collect()
}

/// The body once every fix offered is made.
fn mended(site: &Site) -> String {
    site.mended(PATH).split_once("\n+++\n\n").unwrap().1.trim_end().to_owned()
}

#[test]
fn a_doubled_word_is_told_and_the_second_is_taken_away() {
    for (written, column, right) in [
        ("Le sommet de de Minsk.", 11, "Le sommet de Minsk."),
        ("**Le le sommet** part", 3, "**Le sommet** part"),
        ("Il part au\nau sud, au\u{a0}au nord.", 9, "Il part au sud, au nord."),
        ("- Un un\n  un deux", 3, "- Un deux"),
        ("[le le texte](b.md)", 2, "[le texte](b.md)"),
        ("Un[^a].\n\n[^a]: Voir le le texte.", 12, "Un[^a].\n\n[^a]: Voir le texte."),
    ] {
        let site = brief("Un sommet", written);
        site.write(
            "content/b.md",
            "+++\ntitle = \"A\"\ndate = 2024-01-01\ncountries = [\"AM\"]\n+++\n\nA.\n",
        );
        let first = &told(&site)[0];
        assert!(first.starts_with("D702 ") && first.contains(&format!(":{column} the word")), "{first}");
        assert_eq!(mended(&site), right, "{written}");
    }
}

#[test]
fn neither_a_call_nor_emphasis_hides_a_doubled_word_which_then_has_no_plain_mend() {
    for written in [
        "le[^a] le mot",
        "le *le* mot",
        "*le* le mot",
        "le <b>le</b> mot",
        "> le\n> le mot",
        "le <!-- x --> le mot",
    ] {
        let site = brief("Un sommet", &format!("{written}\n\n[^a]: N."));
        let found: Vec<_> =
            site.diagnostics().into_iter().filter(|it| it.code.name == "doubled-word").collect();
        assert_eq!(found.len(), 1, "{written}");
        assert_eq!(found[0].fix, None, "{written}");
    }
}

#[test]
fn code_addresses_and_other_blocks_are_not_read_together() {
    let apart = "`le le` le `le`\n\n| mot | mot |\n|---|---|\n| mot | mot |\n\n- un\n- un\n\nsept\n\nsept\n\n    le le\n\n<le le>";
    let site = brief("Un sommet", apart);
    assert!(!site.codes().contains(&"D702"), "{:?}", told(&site));
    assert_eq!(
        told(&brief(
            "Un sommet",
            "Voir <https://x.example/le-le> et (https://x.example/ https://x.example/)."
        )),
        NOTHING
    );
}

#[test]
fn only_languages_whose_doubles_are_known_are_read() {
    let text = |language: &str| {
        format!("+++\ntitle = \"A a\"\ncountries = [\"AM\"]\nlang = \"{language}\"\n+++\n\nyavaş yavaş\n")
    };
    let settings = "title = \"Essai\"\n[languages.tr]\n[languages.en]\n";
    assert_eq!(told(&site(&[("site.toml", settings), (PATH, &text("tr"))])), NOTHING);
    assert_eq!(site(&[("site.toml", settings), (PATH, &text("en"))]).codes(), ["D702", "D702"]);
}

#[test]
fn a_doubled_word_of_the_title_or_the_standfirst_is_told_there() {
    let site = brief("Un un sommet", "Texte.");
    assert_eq!(told(&site), ["D702 2:10 the word `un` stands twice in a row"]);
    assert!(site.mended(PATH).contains("title = \"Un sommet\"\n"));
    let text = "---\ntitle: Un sommet\nsummary: 'Le le chapô.'\ncountries: [AM]\n---\n\nTexte.\n";
    let site = crate::site::site(&[(PATH, text)]);
    assert_eq!(told(&site), ["D702 3:11 the word `le` stands twice in a row"]);
    assert!(site.mended(PATH).contains("summary: 'Le chapô.'\n"));
}

#[test]
fn what_was_left_to_be_done_is_told_in_prose_titles_and_comments() {
    let site = brief(
        "Un sommet TODO",
        "Le XXX, [chiffre à\ncompléter] et `FIXME`.\n\n<!-- À VÉRIFIER : le lieu -->\n\nUn <!-- FIXME --> mot.\n\n```\nTODO\n```\n",
    );
    assert_eq!(
        told(&site),
        [
            "D703 2:20 `TODO` was left here",
            "D703 7:4 `XXX` was left here",
            "D703 7:9 `[chiffre à compléter]` was left here",
            "D703 10:6 `À VÉRIFIER` was left here",
            "D703 12:9 `FIXME` was left here",
        ]
    );
    let text = "+++\ntitle = \"A\"\ncountries = [\"AM\"]\nsummary = \"TK\"\n[footnotes]\na = \"p. XXX\"\n+++\n\nUn[^a], [x](https://x.example/TODO), XXXe siècle.\n";
    assert_eq!(crate::site::site(&[(PATH, text)]).codes(), ["D703", "D703"]);
}

#[test]
fn a_draft_may_have_what_is_left_to_be_done() {
    let text = "+++\ntitle = \"A\"\ncountries = [\"AM\"]\ndraft = true\n+++\n\nFIXME\n";
    assert_eq!(told(&site(&[(PATH, text)])), NOTHING);
    assert_eq!(site(&[(PATH, text)]).drafts().codes(), ["D703"]);
}

#[test]
fn a_brief_without_a_standfirst_is_a_suggestion_which_a_site_may_make_graver() {
    let text = "+++\ntitle = \"A\"\ncountries = [\"AM\"]\n+++\n\nTexte.\n";
    let short = site(&[(PATH, text), ("content/pages/a.md", "+++\ntitle = \"A\"\n+++\n\nTexte.\n")]);
    assert_eq!(told(&short), NOTHING);
    assert_eq!(short.suggestions(), ["D704"]);
    assert!(!short.checked().is_refused());
    short.write("site.toml", "title = \"Essai\"\n[lints]\nmissing-summary = \"deny\"\n");
    assert_eq!(told(&short), ["D704 1:1 this brief has no standfirst"]);
    short.write(PATH, text.replace("+++\n\n", "[allow]\nmissing-summary = \"une ligne\"\n+++\n\n"));
    assert_eq!(told(&short), NOTHING);
}
