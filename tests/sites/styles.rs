//! Sources printed in a style of citations of the site's choice. The sources are made up.

use crate::site::{Site, site};

fn newsroom(style: &str, files: &[(&str, &str)]) -> Site {
    let settings = format!(
        "title = \"Essai\"\nlanguage = \"fr\"\nbase_url = \"https://essai.example/\"\n[sources]\nstyle = \"{style}\"\n"
    );
    let library = "[eau]\nkind = \"report\"\ntitle = \"L’eau en <partage>\"\nauthors = [\"Anne Dupont\", \"Bruno Durand\"]\n\
                   publisher = \"Institut & Cie\"\ndate = 2022-01-13\nlanguage = \"ru\"\nurl = \"https://x.example/eau?a&b\"\n\
                   archive = \"https://web.archive.org/web/20220114080000/https://x.example/eau\"\n";
    let brief =
        "+++\ntitle = \"Un sommet\"\ncountries = [\"AM\"]\n+++\n\nMot[^eau], mot[^eau, p. 12] suivi.\n";
    let given = [
        ("site.toml", settings.as_str()),
        ("content/sources.toml", library),
        ("content/2024-01-01-a.md", brief),
    ];
    site(&[&given, files].concat())
}

fn told(site: &Site) -> Vec<String> {
    site.diagnostics()
        .iter()
        .map(|problem| format!("{}: {}", problem.message, problem.help.join("; ")))
        .collect()
}

#[cfg(not(feature = "csl"))]
#[test]
fn a_program_without_styles_says_how_to_get_them() {
    for style in ["chicago-notes", "styles/revue.csl"] {
        let site = newsroom(style, &[("styles/revue.csl", "<style/>")]);
        assert_eq!(
            site.problems(),
            ["D208 site.toml:5:10 this Dépêche was built without styles of citations"]
        );
        assert!(told(&site)[0].contains("`cargo build --release --features csl`"), "{:?}", told(&site));
    }
}

#[test]
fn a_style_of_a_file_that_is_not_there_is_told_at_the_setting() {
    let problems = newsroom("styles/revue.csl", &[]).problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with("D208 site.toml:5:10 "), "{problems:?}");
}

#[cfg(feature = "csl")]
mod csl {
    use super::*;
    use depeche::project::STYLED;
    use depeche::site::Settings;

    /// A style that prints the title in italics between the authors and the place.
    const STYLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
  <info><title>Revue</title><id>https://essai.example/revue</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout delimiter=", " suffix=".">
    <names variable="author"><name and="text"/></names>
    <group prefix=" — "><text variable="title" font-style="italic"/></group>
    <text variable="locator" prefix=", p. "/>
  </layout></citation>
</style>"#;

    const TITLE: &str = "<span class=\"title\" lang=\"ru\"><a href=\"https://x.example/eau?a&amp;b\" hreflang=\"ru\" \
                         data-originalurl=\"https://x.example/eau?a&amp;b\" \
                         data-versionurl=\"https://web.archive.org/web/20220114080000/https://x.example/eau\" \
                         data-versiondate=\"2022-01-14\">L’eau en &lt;partage&gt;</a></span>";

    const ARCHIVE: &str = "(<a href=\"https://web.archive.org/web/20220114080000/https://x.example/eau\">archive, 14\u{a0}janvier 2022</a>)";

    fn notes(site: &Site) -> Vec<String> {
        let page = site.build()["briefs/a/index.html"].clone();
        let notes = page.split("<div class=\"note-body\">").skip(1);
        notes.map(|note| note.split("</div>").next().unwrap().to_owned()).collect()
    }

    /// What the site would keep for its next build, where that is not what it has kept.
    fn kept(site: &Site) -> Option<String> {
        let output = site.root().join("public");
        site.checked()
            .build(
                Settings { folder: &output, force: false, as_recorded: None, order: &[] },
                "",
                &depeche::pipeline::Before::default(),
                &|| (),
            )
            .unwrap()
            .styled
    }

    #[test]
    fn a_site_s_own_style_prints_authors_title_and_place_and_the_copy_follows() {
        let site = newsroom("styles/revue.csl", &[("styles/revue.csl", STYLE)]);
        assert_eq!(site.problems(), [""; 0]);
        let authors = "Anne Dupont et Bruno Durand — ";
        assert_eq!(
            notes(&site),
            [
                format!("{authors}<i>{TITLE}</i> {ARCHIVE}."),
                format!("{authors}<i>{TITLE}</i>, p. 12 {ARCHIVE}.")
            ]
        );
    }

    #[test]
    fn a_style_that_the_program_brings_along_is_called_by_its_name() {
        for (style, place) in [
            ("chicago-notes", ", 12, "),
            ("modern-humanities-research-association", ", p. 12"),
            ("apa", ", p.\u{a0}12 ("),
        ] {
            let site = newsroom(style, &[]);
            assert_eq!(site.problems(), [""; 0]);
            let notes = notes(&site);
            assert!(
                notes.iter().all(|note| note.contains(TITLE) && note.contains("Institut &amp; Cie")),
                "{notes:?}"
            );
            assert!(notes[1].contains(place) && !notes[0].contains(place), "{style}: {notes:?}");
            assert!(notes.iter().all(|note| note.ends_with(&format!("{ARCHIVE}."))), "{notes:?}");
        }
    }

    #[test]
    fn a_style_nobody_knows_is_told_with_the_nearest() {
        let site = newsroom("chicago-note", &[]);
        assert_eq!(
            told(&site),
            ["no style of citations is called `chicago-note`: did you mean `chicago-notes`?"]
        );
        let site = newsroom("styles/revue.csl", &[("styles/revue.csl", "<style>")]);
        assert!(told(&site)[0].starts_with("the file is not a style in CSL: "), "{:?}", told(&site));
    }

    #[test]
    fn what_a_style_made_is_kept_and_found_again_by_the_next_build() {
        let site = newsroom("styles/revue.csl", &[("styles/revue.csl", STYLE)]);
        let cold = notes(&site);
        let made = kept(&site).unwrap();
        // Words that no style made show that they were not made again.
        site.write(STYLED, made.replace("Anne Dupont", "<b>Une autre"));
        assert_eq!(kept(&site), None);
        let warm = notes(&site);
        assert_eq!(
            warm,
            cold.iter().map(|note| note.replace("Anne Dupont", "&lt;b&gt;Une autre")).collect::<Vec<_>>()
        );
        for unreadable in [&b"{"[..], b"\xff\xfe", b"[]"] {
            site.write(STYLED, unreadable);
            assert_eq!(notes(&site), cold);
            assert_eq!(kept(&site).as_deref(), Some(made.as_str()));
        }
    }
}
