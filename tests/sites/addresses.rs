//! Where pages stand: two can't stand at one place, and none leaves the site.

use crate::site::{brief, site};

fn dated(title: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n{more}\n+++\n\nTexte.\n")
}

#[test]
fn two_briefs_with_one_slug_are_told_once_with_both_files() {
    let site =
        site(&[("content/2024-01-01-a.md", &dated("A", "")), ("content/2024-02-01-a.md", &dated("B", ""))]);
    let diagnostics = site.diagnostics();
    assert_eq!(site.codes(), ["D407"]);
    let files: Vec<&str> =
        [&diagnostics[0].place, &diagnostics[0].related[0].0].map(|place| place.path.as_str()).to_vec();
    assert_eq!(files, ["content/2024-02-01-a.md", "content/2024-01-01-a.md"], "the newer is to be renamed");
}

#[test]
fn a_slug_may_be_used_again_where_addresses_hold_the_date() {
    let settings = "title = \"E\"\n[permalinks]\nbrief = \"/{year}/{month}/{slug}/\"\n";
    let site = site(&[
        ("site.toml", settings),
        ("content/2024-01-01-revue.md", &dated("A", "")),
        ("content/2024-02-01-revue.md", &dated("B", "")),
    ]);
    assert!(site.build().contains_key("2024/02/revue/index.html"));
    site.write("content/2024-02-02-revue.md", dated("C", ""));
    assert_eq!(
        site.problems(),
        [
            "D407 content/2024-02-02-revue.md:1:1 two files have the slug `revue`, and so the address `/2024/02/revue/`"
        ]
    );
}

#[test]
fn a_slug_may_be_used_again_in_another_language() {
    let site = site(&[
        ("site.toml", "title = \"E\"\n[languages.en]\n"),
        ("content/2024-01-01-a.md", &dated("A", "")),
        ("content/en/2024-01-01-a.md", &dated("A", "lang = \"en\"")),
    ]);
    assert_eq!(site.problems(), [""; 0]);
}

#[test]
fn an_alias_at_another_page_s_place_names_both() {
    let site = site(&[
        ("content/2024-01-01-a.md", &dated("A", "aliases = [\"/briefs/b/\"]")),
        ("content/2024-02-01-b.md", &dated("B", "")),
    ]);
    assert_eq!(
        site.problems(),
        [
            "D406 content/2024-01-01-a.md:5:13 `/briefs/b/` is the address of `content/2024-02-01-b.md` and of an alias of `content/2024-01-01-a.md`"
        ]
    );
}

#[test]
fn a_stand_alone_page_can_t_take_the_place_of_a_list() {
    let page = "+++\ntitle = \"Pays\"\n+++\n\nTexte.\n";
    let site = site(&[("content/pages/pays.md", page), ("content/2024-01-01-a.md", &dated("A", ""))]);
    let problems = site.problems();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0].starts_with("D406 content/pages/pays.md:1:1 `/pays/` is the address of"),
        "{problems:?}"
    );
}

#[test]
fn a_file_of_the_site_can_t_take_the_place_of_a_page() {
    let site = site(&[("static/sitemap.xml", "x"), ("content/2024-01-01-a.md", &dated("A", ""))]);
    assert_eq!(site.codes(), ["D406"]);
}

#[test]
fn slugs_and_aliases_can_t_leave_the_site() {
    for bad in [
        "slug = \"../../x\"",
        "slug = \"a/b\"",
        "aliases = [\"/../x/\"]",
        "aliases = [\"https://x.example/\"]",
        "aliases = [\"x\"]",
    ] {
        let site = site(&[("content/2024-01-01-a.md", &dated("A", bad))]);
        assert_eq!(site.codes(), ["D408"], "{bad}");
    }
}

#[test]
fn a_former_address_leads_on() {
    let files =
        site(&[("content/2024-01-01-a.md", &dated("A", "aliases = [\"/vieux/a/\", \"/vieux.html\"]"))])
            .build();
    for old in ["vieux/a/index.html", "vieux.html"] {
        assert!(files[old].contains("https://essai.example/revue/briefs/a/"), "{}", files[old]);
    }
    assert!(!files["sitemap.xml"].contains("vieux"));
}

#[test]
fn the_alias_that_clashes_is_the_one_underlined() {
    let aliases = "aliases = [\"/ancien/\", \"/briefs/b/\"]";
    let site = site(&[
        ("content/2024-01-01-a.md", &dated("A", aliases)),
        ("content/2024-02-01-b.md", &dated("B", "")),
    ]);
    let problems = site.problems();
    assert!(problems[0].starts_with("D406 content/2024-01-01-a.md:5:25 "), "{problems:?}");
}

#[test]
fn addresses_that_differ_by_capitals_alone_are_told_apart() {
    let site = site(&[("content/2024-01-01-a.md", &dated("A", "aliases = [\"/Briefs/a/\"]"))]);
    assert_eq!(
        site.problems(),
        [
            "D406 content/2024-01-01-a.md:5:13 `/briefs/a/`, the address of `content/2024-01-01-a.md`, and `/Briefs/a/`, that of an alias of `content/2024-01-01-a.md`, differ by capitals alone"
        ]
    );
}

#[test]
fn a_file_where_the_site_needs_a_folder_is_told_once() {
    let site = site(&[("static/archives", "x"), ("content/2024-01-01-a.md", &dated("A", ""))]);
    assert_eq!(
        site.problems(),
        [
            "D406 static/archives:1:1 the file `static/archives` stands at `/archives`, where a page of the archive needs a folder"
        ]
    );
}

#[test]
fn a_name_without_letters_asks_for_a_slug() {
    let site = site(&[("content/🎯.md", &dated("A", "date = 2024-01-01"))]);
    assert_eq!(
        site.problems(),
        ["D408 content/🎯.md:1:1 the file's name has no letter or digit to make an address of"]
    );
}

#[test]
fn a_file_may_be_named_by_its_day_alone_or_with_an_underscore() {
    let undated =
        [("content/2024-01-01.md", dated("A", "")), ("content/2024-01-02_minsk.md", dated("B", ""))];
    let undated = undated.each_ref().map(|(path, text)| (*path, text.as_str()));
    let files = site(&undated).build();
    assert!(files.contains_key("briefs/2024-01-01/index.html"));
    assert!(files.contains_key("briefs/minsk/index.html"));
}

#[test]
fn briefs_are_listed_by_day_and_those_of_one_day_by_instant() {
    let dates = [
        ("jour", "2024-03-01"),
        ("tokyo", "2024-03-01T12:00:00+09:00"),
        ("paris", "2024-03-01T08:00:00+01:00"),
        ("greenwich", "2024-03-01T10:00:00"),
        ("veille", "2024-02-29T23:00:00-05:00"),
    ];
    let texts = dates.map(|(name, date)| {
        let text = brief(name, "Texte.").replacen("countries", &format!("date = {date}\ncountries"), 1);
        (format!("content/{name}.md"), text)
    });
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let feed = site(&files).build().remove("atom.xml").unwrap();
    let mut names: Vec<_> = dates.iter().map(|(name, _)| *name).collect();
    names.sort_by_key(|name| feed.find(&format!("<title>{name}</title>")).unwrap());
    assert_eq!(names, ["greenwich", "paris", "tokyo", "jour", "veille"]);
}

#[test]
fn links_are_relative_so_that_a_site_works_below_any_path() {
    let files = site(&[("content/2024-01-01-a.md", &brief("A", "Voir [ici](/pays/armenie/)."))]).build();
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        assert!(
            !text.contains("href=\"/") && !text.contains("src=\"/"),
            "{path} has a link from the host's root"
        );
    }
    assert!(files["briefs/a/index.html"].contains("href=\"../../pays/armenie/\""));
    assert!(files["404.html"].contains("href=\"/revue/"));
}

#[test]
fn a_country_s_page_stands_at_its_name_in_the_page_s_language() {
    let files = site(&[
        ("site.toml", "title = \"E\"\n[languages.en]\n"),
        ("content/2024-01-01-a.md", &dated("A", "")),
        ("content/b.md", &dated("B", "lang = \"en\"\ndate = 2024-01-02")),
    ])
    .build();
    assert!(files.contains_key("pays/armenie/index.html"));
    assert!(files.contains_key("en/countries/armenia/index.html"));
}
