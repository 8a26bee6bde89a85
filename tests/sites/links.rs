//! Links between briefs, and to files beside them.

use crate::site::{brief, site};

#[test]
fn a_brief_is_found_by_its_path_and_by_its_slug() {
    let files = site(&[
        ("content/2022/2022-11-23-erevan.md", &brief("Erevan", "## Le sommet\n\nTexte.")),
        (
            "content/2023/2023-11-23-minsk.md",
            &brief(
                "Minsk",
                "[un](../2022/2022-11-23-erevan.md#le-sommet), [[erevan]], [[erevan#le-sommet|deux]].",
            ),
        ),
    ])
    .build();
    let page = &files["briefs/minsk/index.html"];
    assert!(page.contains("<a href=\"../erevan/#le-sommet\">un</a>"), "{page}");
    assert!(page.contains("<a href=\"../erevan/#le-sommet\">deux</a>"), "{page}");
    assert!(page.contains("<a href=\"../erevan/\">"), "{page}");
}

#[test]
fn a_cited_brief_shows_who_cites_it_with_the_sentence() {
    let files = site(&[
        ("content/2022-11-23-erevan.md", &brief("Erevan", "Texte.")),
        (
            "content/2023-11-23-minsk.md",
            &brief(
                "Minsk",
                "Avant. Après le [sommet *d’Erevan*](2022-11-23-erevan.md), rien[^a]. Fin.\n\n[^a]: N.",
            ),
        ),
    ])
    .build();
    let page = &files["briefs/erevan/index.html"];
    assert!(page.contains("Après le <mark>sommet d’Erevan</mark>, rien."), "{page}");
    assert!(page.contains("../minsk/"), "{page}");
}

#[test]
fn a_stand_alone_page_cites_without_a_date() {
    let files = site(&[
        ("content/2022-11-23-erevan.md", &brief("Erevan", "Texte.")),
        ("content/pages/guide.md", "+++\ntitle = \"Guide\"\n+++\n\nVoir [[erevan]].\n"),
    ])
    .build();
    let page = &files["briefs/erevan/index.html"];
    let (_, citations) = page.split_once("class=\"citations\"").unwrap();
    let (citations, _) = citations.split_once("</ul>").unwrap();
    assert!(citations.contains(">Guide</a>"), "{citations}");
    assert!(!citations.contains("<time"), "{citations}");
}

#[test]
fn a_link_by_address_has_its_anchor_checked() {
    let site = site(&[
        ("content/2022-11-23-erevan.md", &brief("Erevan", "## Le sommet\n\nTexte.")),
        (
            "content/2023-11-23-minsk.md",
            &brief("Minsk", "[a](/briefs/erevan/#le-sommet) [b](/briefs/erevan/#nimporte) [c](/pays/#x)"),
        ),
    ]);
    assert_eq!(
        site.problems(),
        ["D402 content/2023-11-23-minsk.md:7:36 `content/2022-11-23-erevan.md` has no heading `#nimporte`"]
    );
}

#[test]
fn the_page_s_own_anchors_can_be_linked_to_where_the_page_has_them() {
    let links = "[haut](#content) [notes](#notes) [errata](#errata)";
    let path = "content/2022-11-23-erevan.md";
    let bare = site(&[(path, &brief("Erevan", links))]);
    assert_eq!(bare.codes(), ["D402", "D402"]);
    let whole = brief("Erevan", &format!("{links}[^a].\n\n[^a]: Note."));
    let corrections = "corrections = [{ date = 2023-01-01, text = \"Faute.\" }]\ncountries";
    let site = site(&[(path, &whole.replacen("countries", corrections, 1))]);
    assert_eq!(site.problems(), [""; 0]);
    let page = &site.build()["briefs/erevan/index.html"];
    for id in ["content", "notes", "errata"] {
        assert!(page.contains(&format!("id=\"{id}\"")), "{id}: {page}");
    }
}

#[test]
fn what_follows_the_name_of_a_file_is_kept() {
    let files = site(&[
        (
            "content/2023-11-23-minsk.md",
            &brief("Minsk", "[a](note.pdf#page=3) [b](note.pdf?v=2%26#n) [c](/carte.pdf?v=1&w=\"2\")"),
        ),
        ("content/note.pdf", "PDF"),
        ("static/carte.pdf", "PDF"),
    ])
    .build();
    let page = &files["briefs/minsk/index.html"];
    for url in ["../../note.pdf#page=3", "../../note.pdf?v=2%26#n", "../../carte.pdf?v=1&amp;w=%222%22"] {
        assert!(page.contains(&format!("href=\"{url}\"")), "{url}: {page}");
    }
}

#[test]
fn a_file_of_static_is_linked_by_its_address() {
    let site = site(&[
        ("content/2023-11-23-minsk.md", &brief("Minsk", "[a](../static/carte.pdf)")),
        ("static/carte.pdf", "PDF"),
    ]);
    let told: Vec<_> =
        site.diagnostics().into_iter().map(|problem| (problem.code.id, problem.help.join(" "))).collect();
    assert_eq!(told, [("D404", "write `/carte.pdf`".to_owned())]);
}

#[test]
fn a_brief_cited_by_an_image_shows_its_alternative_text() {
    let files = site(&[
        ("content/2022-11-23-erevan.md", &brief("Erevan", "Texte.")),
        (
            "content/2023-11-23-minsk.md",
            &brief("Minsk", "[![La carte](c.png)](2022-11-23-erevan.md)\n\nTout autre chose."),
        ),
        ("content/c.png", "png"),
    ])
    .build();
    let page = &files["briefs/erevan/index.html"];
    assert!(page.contains("<mark>La carte</mark>") && !page.contains("Tout autre chose"), "{page}");
}

#[test]
fn a_broken_link_is_an_error_with_what_was_meant() {
    let site = site(&[
        ("content/2022/2022-11-23-erevan.md", &brief("Erevan", "## Le sommet\n\nTexte.")),
        (
            "content/2023-11-23-minsk.md",
            &brief(
                "Minsk",
                "[a](2022-11-23-erevan.md) [[erevn]] [b](2022/2022-11-23-erevan.md#le-somet) [c](#x) [d](/pays/armeni/)",
            ),
        ),
    ]);
    let helps: Vec<_> =
        site.diagnostics().into_iter().map(|problem| (problem.code.id, problem.help.join(" "))).collect();
    assert_eq!(
        helps,
        [
            ("D401", "did you mean `2022/2022-11-23-erevan.md`?".to_owned()),
            ("D401", "did you mean `erevan`?".to_owned()),
            ("D402", "did you mean `#le-sommet`?".to_owned()),
            ("D402", "it has no headings: link to the brief as a whole".to_owned()),
            ("D401", "did you mean `/pays/armenie/`?".to_owned()),
        ]
    );
}

#[test]
fn a_link_is_mended_only_where_its_destination_is_written_as_it_reads() {
    let path = "content/2023-11-23-minsk.md";
    let after = |body: &str| {
        let site = site(&[
            ("content/2022/2022-11-23-erevan (2).md", &brief("Erevan", "Texte.")),
            (path, &brief("Minsk", body)),
        ]);
        assert!(!site.codes().is_empty(), "{body}");
        let mended = site.mended(path);
        mended.split_once("\n+++\n\n").unwrap().1.trim_end().to_owned()
    };
    assert_eq!(
        after("[a](<2022-11-23-erevan (2).md>) [[ erevn-2 ]]"),
        "[a](<2022/2022-11-23-erevan%20%282%29.md>) [[ erevan-2 ]]"
    );
    for left in [
        "[le texte][ref]\n\n[ref]: 2022-11-23-erevan%20(2).md",
        "[le texte](2022-11-23-erevan\\-(2).md)",
        "[[erev&#110;-2]]",
    ] {
        assert_eq!(after(left), left);
    }
}

#[test]
fn what_the_front_matter_escapes_is_not_mended() {
    let path = "content/2023-11-23-minsk.md";
    let written = |summary: &str| {
        let site = site(&[("content/2022-11-23-erevan.md", &brief("Erevan", "Texte.")), (path, "")]);
        let body = "Texte[^b], suite[^l'annonce \"a\"].\n\n[^b]: N.\n\n[^l'annonce \"a\"]: N.";
        site.write(path, brief("Minsk", body).replace("Un chapô.", summary));
        (site.codes(), site.mended(path) != std::fs::read_to_string(site.root().join(path)).unwrap())
    };
    assert_eq!(written("Voir [[erevn]]."), (vec!["D401"], true));
    assert_eq!(written("Voir \\u00e9t\\u00e9 [[erevn]]."), (vec!["D401"], false));
    assert_eq!(written("Voir\\t[^b](là)."), (vec!["D307"], false));
    assert_eq!(written("Un[^b](là)."), (vec!["D307"], true));
    // The nearest label could not stand between these quotation marks.
    assert_eq!(written("Un[^l'anonce \\\"a\\\"]."), (vec!["D301"], false));
    assert_eq!(written("Un[^l'annonce a]."), (vec!["D301"], false));
}

#[test]
fn a_link_may_lead_to_a_note() {
    let site = site(&[
        ("content/2022-11-23-erevan.md", &brief("Erevan", "Texte[^TASS].\n\n[^TASS]: N.")),
        ("content/2023-11-23-minsk.md", &brief("Minsk", "[a](2022-11-23-erevan.md#note-tass)")),
    ]);
    assert_eq!(site.problems(), [""; 0]);
}

#[test]
fn files_beside_a_brief_are_copied_once_and_checked() {
    let site = site(&[
        (
            "content/2024/2024-01-01-a.md",
            &brief("A", "![Une carte](carte.png) [le rapport](../pieces/rapport.pdf)"),
        ),
        ("content/2024/2024-01-02-b.md", &brief("B", "![Une carte](carte.png)")),
        ("content/2024/carte.png", "png"),
        ("content/pieces/rapport.pdf", "pdf"),
        ("content/pieces/secret.pdf", "not linked to"),
    ]);
    let files = site.build();
    assert_eq!(files["2024/carte.png"], "png");
    assert_eq!(files["pieces/rapport.pdf"], "pdf");
    assert!(!files.keys().any(|path| path.contains("secret")));
    assert!(files["briefs/a/index.html"].contains("src=\"../../2024/carte.png\""));

    site.write("content/2024/2024-01-02-b.md", brief("B", "![Une carte](cartes.png)"));
    assert_eq!(
        site.problems(),
        ["D404 content/2024/2024-01-02-b.md:7:14 no image stands at `content/2024/cartes.png`"]
    );
}

#[test]
fn a_slug_of_two_languages_leads_to_the_brief_s_own() {
    let files = site(&[
        ("site.toml", "title = \"E\"\n[languages.en]\n"),
        ("content/2024-01-01-a.md", &brief("A", "Texte.")),
        ("content/en/2024-01-01-a.md", &brief("A", "Text.").replace("summary", "lang = \"en\"\nsummary")),
        (
            "content/en/2024-01-02-b.md",
            &brief("B", "See [[a]].").replace("summary", "lang = \"en\"\nsummary"),
        ),
    ])
    .build();
    assert!(files["en/briefs/b/index.html"].contains("href=\"../a/\""));
}

#[test]
fn symbolic_links_are_not_followed() {
    #[cfg(unix)]
    {
        let site = site(&[("content/2024-01-01-a.md", &brief("A", "![x](passwd)"))]);
        std::os::unix::fs::symlink("/etc/passwd", site.root().join("content/passwd")).unwrap();
        assert_eq!(site.codes(), ["D404", "D104"]);
    }
}

#[test]
fn countries_between_the_same_two_briefs_share_the_way_to_them() {
    let on = |countries: &str| brief("Titre", "Texte.").replace("[\"AM\"]", countries);
    let files = site(&[
        ("content/2022-01-01-avant.md", &on("[\"AM\", \"RU\"]")),
        ("content/2022-02-01-entre.md", &on("[\"AM\", \"KZ\", \"RU\"]")),
        ("content/2022-03-01-apres.md", &on("[\"AM\", \"KZ\", \"RU\"]")),
    ])
    .build();
    let page = &files["briefs/entre/index.html"];
    let (_, ways) = page.split_once("<nav class=\"neighbours").unwrap();
    assert!(ways.contains("<span>Arménie</span> <span>Russie</span>"), "{ways}");
    assert_eq!((ways.matches("../avant/").count(), ways.matches("../apres/").count()), (1, 2), "{ways}");
}

#[test]
fn a_language_without_strings_goes_by_its_tag_and_not_by_the_name_of_english() {
    let files = site(&[
        ("site.toml", "title = \"Essai\"\n[languages.ar]\ntitle = \"النشرة\"\n"),
        ("content/2022-01-01-un.md", &brief("Titre", "Texte.")),
        ("content/2022-01-01-deux.md", &brief("قمة", "نص.").replace("title", "lang = \"ar\"\ntitle")),
    ])
    .build();
    let page = &files["index.html"];
    assert!(page.contains(">ar</a>"), "{page}");
    assert!(!page.contains("English"), "{page}");
}

#[test]
fn what_was_surely_meant_is_offered() {
    let site = site(&[
        ("content/2022-11-23-erevan.md", &brief("Erevan", "Texte.")),
        ("content/2023-11-23-minsk.md", &brief("Minsk", "[a](2022-11-23-erevan) [b](www.un.org/fr) [c]()")),
    ]);
    let helps: Vec<_> =
        site.diagnostics().into_iter().map(|problem| (problem.code.id, problem.help.join(" "))).collect();
    assert_eq!(
        helps,
        [
            ("D404", "did you mean `2022-11-23-erevan.md`?".to_owned()),
            ("D404", "did you mean `https://www.un.org/fr`?".to_owned()),
            ("D401", "write between the parentheses where it leads".to_owned()),
        ]
    );
}

#[test]
fn what_was_surely_meant_keeps_all_that_is_written_of_the_link() {
    let cases = [
        ("2022/erevan#le-sommet", "2022/erevan.md#le-sommet"),
        ("../2023/2022/erevan", "../2023/2022/erevan"),
        ("www.un.org/fr/", "https://www.un.org/fr/"),
        ("www.un.org/?lang=fr#x", "https://www.un.org/?lang=fr#x"),
        ("./www.un.org", "./www.un.org"),
    ];
    for (written, mended) in cases {
        let path = "content/2023/2023-11-23-minsk.md";
        let site = site(&[
            (
                "content/2023/2022/erevan.md",
                &brief("Erevan", "## Le sommet").replace("title", "date = 2022-01-01\ntitle"),
            ),
            (path, &brief("Minsk", &format!("[a]({written})"))),
        ]);
        assert_eq!(site.mended(path), brief("Minsk", &format!("[a]({mended})")), "{written}");
    }
}

#[test]
fn a_link_to_the_introduction_of_a_country_leads_to_the_country_s_page() {
    let files = site(&[
        ("content/countries/am.md", "+++\n+++\n\nUne introduction.\n"),
        ("content/2023-11-23-minsk.md", &brief("Minsk", "Voir [l’Arménie](countries/am.md).")),
    ])
    .build();
    assert!(files["briefs/minsk/index.html"].contains("<a href=\"../../pays/armenie/\">l’Arménie</a>"));
}

#[test]
fn a_link_to_the_site_itself_by_its_url_is_told_with_what_to_write() {
    let target =
        brief("Erevan", "## Suite\n\nTexte.").replace("+++\n\n", "aliases = [\"/ancienne/\"]\n+++\n\n");
    for (url, instead, is_safe) in [
        ("https://essai.example/revue/briefs/erevan/", "../2022/2022-11-23-erevan.md", true),
        (
            "http://www.essai.example/revue/briefs/erevan/index.html#suite",
            "../2022/2022-11-23-erevan.md#suite",
            true,
        ),
        ("//essai.example/revue/briefs/erevan?x=1", "../2022/2022-11-23-erevan.md?x=1", true),
        (
            "https://essai.example/revue/briefs/erevan/index.html?x=1#suite",
            "../2022/2022-11-23-erevan.md?x=1#suite",
            true,
        ),
        ("https://essai.example/revue/ancienne/", "../2022/2022-11-23-erevan.md", true),
        ("https://essai.example/revue/briefs/erevan/#perdu", "../2022/2022-11-23-erevan.md#perdu", false),
    ] {
        let path = "content/2023/2023-01-01-minsk.md";
        let site = site(&[
            ("content/2022/2022-11-23-erevan.md", &target),
            (path, &brief("Minsk", &format!("Voir [*ici*]({url} \"t\"), là."))),
        ]);
        assert_eq!(
            site.problems(),
            [format!("D416 {path}:7:14 this link leads to the site itself by its whole URL")]
        );
        let problem = &site.diagnostics()[0];
        assert_eq!(problem.help, [format!("write `{instead}`")]);
        assert_eq!(
            problem.fix.as_ref().map(|fix| fix.applicability.name() == "safe"),
            Some(is_safe),
            "{url}"
        );
        assert!(site.mended(path).contains(&format!("Voir [*ici*]({instead} \"t\"), là.")), "{url}");
    }
}

#[test]
fn an_own_url_at_which_no_brief_is_known_to_stand_is_told_without_a_mend() {
    for (url, instead) in [
        ("https://essai.example/revue/pays/armenie/#x", "/pays/armenie/#x"),
        ("https://essai.example/revue/rapport.pdf", "/rapport.pdf"),
        ("https://essai.example/revue/briefs/perdu/?x=1", "/briefs/perdu/?x=1"),
    ] {
        let site = site(&[("content/2023-01-01-minsk.md", &brief("Minsk", &format!("[ici]({url})")))]);
        site.write("site.toml", "title = \"Essai\"\nbase_url = \"https://essai.example/revue/\"\n");
        assert_eq!(site.codes(), ["D416"], "{url}");
        assert_eq!(site.diagnostics()[0].help, [format!("write `{instead}`")]);
        assert_eq!(site.diagnostics()[0].fix, None, "{url}");
    }
}

#[test]
fn an_own_url_that_is_not_written_between_parentheses_is_told_without_a_mend() {
    for link in ["<https://essai.example/revue/>", "[ici][r]\n\n[r]: https://essai.example/revue/"] {
        let site = site(&[("content/2023-01-01-minsk.md", &brief("Minsk", link))]);
        assert_eq!(site.codes(), ["D416"], "{link}");
        assert_eq!(site.diagnostics()[0].help, ["write `[…](/)`"]);
        assert_eq!(site.diagnostics()[0].fix, None);
    }
}

#[test]
fn what_stands_beside_the_site_or_elsewhere_is_not_the_site_s_own() {
    let links = "[a](https://essai.example/) [b](https://essai.example/revues/) [c](https://x.example/revue/) \
        `[d](https://essai.example/revue/)` [e](mailto:a@essai.example)";
    let site = site(&[("content/2023-01-01-minsk.md", &brief("Minsk", links))]);
    assert_eq!(site.problems(), [""; 0]);
}
