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

/// A brief of a day with this title, and more front matter if there is any.
fn titled(day: &str, title: &str, front: &str) -> (String, String) {
    let text =
        format!("+++\ntitle = \"{title}\"\n{front}countries = [\"AM\"]\nsummary = \"S.\"\n+++\n\nTexte.\n");
    (format!("content/{day}-{}.md", front.len()), text)
}

/// What is wrong with a site of these briefs, in French and English.
fn together(briefs: &[(String, String)]) -> Site {
    let settings = "title = \"Essai\"\n[languages.en]\n[lints]\nduplicate-title = \"warn\"\n".to_owned();
    let files: Vec<(&str, &str)> = briefs.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    site(&[&[("site.toml", settings.as_str())], files.as_slice()].concat())
}

#[test]
fn a_brief_with_the_title_of_an_older_one_is_told_with_both_places() {
    let older = titled("2024-01-01", "L’été à Minsk", "slug = \"a\"\n");
    let newer = titled("2024-02-01", "L'ÉTÉ  à Minsk", "slug = \"bb\"\n");
    let site = together(&[older.clone(), newer.clone()]);
    assert_eq!(site.problems(), [format!("D705 {}:2:10 this brief has the title of another", newer.0)]);
    assert_eq!(site.diagnostics()[0].related[0].0.path.as_str(), older.0);
}

#[test]
fn translations_pages_and_drafts_may_share_a_title() {
    let brief = titled("2024-01-01", "Minsk", "");
    let apart = [
        titled("2024-02-01", "Minsk", "slug = \"b\"\nlang = \"en\"\n"),
        titled("2024-03-01", "Minsk", "slug = \"ccc\"\ndraft = true\n"),
        titled("2024-04-01", "Minsk 2", "slug = \"dddd\"\n"),
        ("content/pages/p.md".to_owned(), "+++\ntitle = \"Minsk\"\n+++\n\nTexte.\n".to_owned()),
    ];
    let site = together(&[std::slice::from_ref(&brief), &apart[..]].concat());
    assert_eq!(site.problems(), NOTHING);
    assert_eq!(site.drafts().codes(), ["D705"]);
    let scheduled = titled("2030-01-01", "Minsk", "slug = \"eeeee\"\n");
    assert_eq!(together(&[brief, scheduled]).codes(), ["D705"]);
}

#[test]
fn a_note_called_by_a_number_is_told_where_a_site_asks_for_names() {
    let front = "[footnotes.1]\ntitle = \"T\"\npublisher = \"Agence TASS\"\ndate = 2022-11-23\n[footnotes.2]\ntext = \"N.\"\n";
    let text = format!(
        "+++\ntitle = \"A\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n{front}+++\n\nUn[^1], deux[^2], trois[^3], S[^S/RES/1].\n\n[^3]: N.\n\n[^S/RES/1]: N.\n"
    );
    let site = site(&[(PATH, &text)]);
    assert_eq!(told(&site), NOTHING);
    site.write("site.toml", "title = \"Essai\"\n[lints]\nnumeric-label = \"warn\"\n");
    assert_eq!(
        told(&site),
        [
            "D309 5:12 the note `1` is called by a number",
            "D309 9:12 the note `2` is called by a number",
            "D309 15:1 the note `3` is called by a number",
        ]
    );
    assert!(site.diagnostics()[0].help[0].ends_with("`[^agence-tass-2022]`"));
}
