//! What briefs declare, and what a site makes of it: languages, series, topics, countries, territories, dates, its own keys.

use crate::site::{Site, site};
use depeche::atlas::{Atlas, Kind};
use depeche::language::LanguageTag;

const NOTHING: [&str; 0] = [];
const ENGLISH: &str = "title = \"Essai\"\n[languages.en]\n";

const A: &str = "content/2024-01-01-a.md";
const B: &str = "content/2024-01-02-b.md";
const C: &str = "content/2024-01-03-c.md";

/// A brief with these lines in its front matter, from its third line on.
fn with(lines: &str) -> String {
    format!("+++\ntitle = \"Un titre\"\n{lines}\n+++\n\nTexte.\n")
}

/// A brief on Armenia with these lines in its front matter, from its fourth line on.
fn armenian(lines: &str) -> String {
    with(&format!("countries = [\"AM\"]\n{lines}"))
}

/// A site whose brief `A` declares these countries.
fn on_countries(settings: &str, countries: &[&str]) -> Site {
    let countries: Vec<String> = countries.iter().map(|country| format!("\"{country}\"")).collect();
    site(&[("site.toml", settings), (A, &with(&format!("countries = [{}]", countries.join(", "))))])
}

/// The keys of the countries of brief `A`, then of its organisations.
fn keys(site: &Site) -> Vec<String> {
    let checked = site.checked();
    let document =
        checked.library.documents.iter().find(|document| document.brief.path.as_str() == A).unwrap();
    let declared = document.countries.iter().chain(&document.organisations);
    declared.map(|&entity| checked.project.atlas.get(entity).key.to_string()).collect()
}

/// What a template says of each brief: the site's own, put in the place of the theme's.
fn shown(site: &Site, template: &str) -> Vec<(String, String)> {
    site.write("templates/brief.html", template);
    let files = site.build().into_iter();
    let briefs = files.filter(|(path, _)| path.contains("briefs/") && path.ends_with("index.html"));
    briefs
        .map(|(path, text)| (path.trim_end_matches("/index.html").to_owned(), text.trim().to_owned()))
        .collect()
}

fn pairs(shown: &[(String, String)]) -> Vec<(&str, &str)> {
    shown.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn briefs_with_one_key_are_translations_of_one_another() {
    let site = site(&[
        ("site.toml", "title = \"Essai\"\n[languages.en]\n[languages.ru]\n"),
        (A, &armenian("translations_key = \"k\"\nlang = \"ru\"")),
        (B, &armenian("translations_key = \"k\"")),
        (C, &armenian("translations_key = \"k\"\nlang = \"en\"")),
        ("content/2024-01-04-d.md", &armenian("translations_key = \"seule\"")),
    ]);
    let template = "{% for other in brief.translations %}{{ other.language }} {% endfor %}";
    assert_eq!(
        pairs(&shown(&site, template)),
        [("briefs/b", "en ru"), ("briefs/d", ""), ("en/briefs/c", "fr ru"), ("ru/briefs/a", "fr en")]
    );
}

#[test]
fn two_translations_in_one_language_are_an_error_at_the_newer() {
    let of_key = armenian("translations_key = \"k\"");
    let site = site(&[
        ("site.toml", ENGLISH),
        (A, &of_key),
        (B, &of_key),
        (C, &armenian("translations_key = \"k\"\nlang = \"en\"")),
    ]);
    assert_eq!(
        site.problems(),
        ["D411 content/2024-01-02-b.md:4:21 two briefs in one language have the translations key `k`"]
    );
    assert_eq!(site.diagnostics()[0].related[0].0.path.as_str(), A);
}

#[test]
fn a_language_the_site_does_not_declare_is_told_once_and_leads_to_no_other_complaint() {
    let site = site(&[
        (A, &armenian("translations_key = \"k\"\nslug = \"b\"\nlang = \"en\"")),
        (B, &armenian("translations_key = \"k\"")),
    ]);
    assert_eq!(
        site.problems(),
        ["D208 content/2024-01-01-a.md:6:9 the site does not declare the language `en`"]
    );
    assert_eq!(site.diagnostics()[0].help, ["declare it in `site.toml` by a table `[languages.en]`"]);
    site.write("site.toml", ENGLISH);
    assert_eq!(site.problems(), NOTHING);
}

#[test]
fn a_series_counts_from_its_first_brief_whatever_its_spelling() {
    let site = site(&[
        (A, &armenian("series = \"L’OTSC\"")),
        (B, &armenian("series = \"L'OTSC\"")),
        (C, &armenian("series = \"l’otsc\"")),
        ("content/2024-01-04-d.md", &armenian("series = \"Autre\"")),
    ]);
    let template = "{{ brief.series.name }} {{ brief.series.position }}/{{ brief.series.total }}";
    assert_eq!(
        pairs(&shown(&site, template)),
        [
            ("briefs/a", "L’OTSC 1/3"),
            ("briefs/b", "L’OTSC 2/3"),
            ("briefs/c", "L’OTSC 3/3"),
            ("briefs/d", "Autre 1/1")
        ]
    );
}

#[test]
fn two_spellings_with_one_slug_are_one_topic_or_author_under_the_older_spelling() {
    let site = site(&[
        (A, &armenian("topics = [\"Défense\"]\nauthors = [\"Zoé Œuvré\"]")),
        (B, &armenian("topics = [\"defense\", \"DÉFENSE\"]\nauthors = [\"Zoe Oeuvre\"]")),
    ]);
    assert_eq!(site.problems(), NOTHING);
    let checked = site.checked();
    let groups = &checked.library.groups[0];
    for (group, key, name) in
        [(&groups.topics, "defense", "Défense"), (&groups.authors, "zoe-oeuvre", "Zoé Œuvré")]
    {
        let found: Vec<_> = group
            .iter()
            .map(|(key, group)| (key.as_str(), group.name.as_str(), group.briefs.len()))
            .collect();
        assert_eq!(found, [(key, name, 2)]);
    }
}

#[test]
fn a_word_that_no_address_can_be_made_of_is_an_error() {
    let site = site(&[(A, &armenian("topics = [\"paix\", \"🗺…\"]\nseries = \"!\""))]);
    assert_eq!(
        site.problems(),
        [
            "D208 content/2024-01-01-a.md:4:20 `🗺…` has no letter or digit to make an address of",
            "D208 content/2024-01-01-a.md:5:11 `!` has no letter or digit to make an address of",
        ]
    );
}

#[test]
fn of_two_briefs_that_claim_one_alias_the_newer_is_told_at_the_alias() {
    let site = site(&[
        (A, &armenian("aliases = [\"/x/\"]")),
        (B, &armenian("aliases = [\"/à-elle/\", \"/X\"]")),
        (C, &armenian("aliases = [\"/briefs/c/\", \"/briefs/a/\", \"/sitemap.xml\"]")),
    ]);
    assert_eq!(
        site.problems(),
        [
            "D406 content/2024-01-02-b.md:4:25 `/x/`, the address of an alias of `content/2024-01-01-a.md`, and `/X/`, that of an alias of `content/2024-01-02-b.md`, differ by capitals alone",
            "D406 content/2024-01-03-c.md:4:27 `/briefs/a/` is the address of `content/2024-01-01-a.md` and of an alias of `content/2024-01-03-c.md`",
            "D406 content/2024-01-03-c.md:4:41 `/sitemap.xml` is the address of the site map and of an alias of `content/2024-01-03-c.md`",
        ]
    );
}

#[test]
fn the_site_s_own_keys_reach_its_templates() {
    let extra = "[extra]\nrelecture = \"Zoé\"\njours = [1, 2]\nle = 2024-02-01\n\n[extra.fonds]\ncouleur = \"rouge\"\n";
    let settings = "title = \"Essai\"\n[extra]\nrevue = { numéro = 3 }\n".replace("numéro", "'numéro'");
    let site = site(&[("site.toml", &settings), (A, &armenian(extra))]);
    let template = "{{ brief.extra.relecture }} {{ brief.extra.jours | length }} {{ brief.extra.le }} {{ brief.extra.fonds.couleur }} {{ site.extra.revue['numéro'] }}";
    assert_eq!(pairs(&shown(&site, template)), [("briefs/a", "Zoé 2 2024-02-01 rouge 3")]);
}

#[test]
fn a_brief_is_neither_changed_nor_taken_away_before_its_date() {
    let lines = "updated = 2023-12-31\nexpires = 2023-01-01";
    let named = site(&[(A, &armenian(lines))]);
    assert_eq!(
        named.problems(),
        [
            "D210 content/2024-01-01-a.md:4:11 `updated` comes before the date of the brief, 2024-01-01",
            "D210 content/2024-01-01-a.md:5:11 `expires` comes before the date of the brief, 2024-01-01",
        ]
    );
    assert_eq!(named.diagnostics()[0].help, ["that date is in the name of the file"]);
    let declared = site(&[("content/a.md", &armenian(&format!("date = 2024-01-01\n{lines}")))]);
    assert_eq!(declared.codes(), ["D210", "D210"]);
    assert_eq!(declared.diagnostics()[0].related.len(), 1);
    assert_eq!(site(&[(A, &armenian("updated = 2024-01-01\nexpires = 2025-01-01"))]).problems(), NOTHING);
}

#[test]
fn a_correction_has_its_day_and_its_text() {
    let site = site(&[(
        A,
        &armenian(
            "corrections = [{ date = 2024-02-01, text = \"Le 3, non le 2.\" }, { date = 2024-02-01 }, { text = \"é\" }, { date = \"hier\", text = \"é\" }, 3]",
        ),
    )]);
    assert_eq!(
        site.problems(),
        [
            "D209 content/2024-01-01-a.md:4:65 a correction has no `text`",
            "D209 content/2024-01-01-a.md:4:88 a correction has no `date`",
            "D210 content/2024-01-01-a.md:4:113 `hier` is not a date",
            "D207 content/2024-01-01-a.md:4:135 `corrections` must hold tables only, not an integer",
        ]
    );
}

#[test]
fn a_country_is_known_by_its_codes_and_by_its_names_in_the_languages_of_the_site() {
    for spelling in
        ["KR", "kr", "KOR", "Corée du Sud", "COREE DU SUD", "la Corée du Sud", "corée du sud", "South Korea"]
    {
        let site = on_countries(ENGLISH, &[spelling]);
        assert_eq!(site.problems(), NOTHING, "{spelling}");
        assert_eq!(keys(&site), ["KR"], "{spelling}");
    }
    for (spelling, key) in [
        ("Côte d'Ivoire", "CI"),
        ("Cote d’Ivoire", "CI"),
        ("Etats-Unis", "US"),
        ("l’Arménie", "AM"),
        ("Arme\u{301}nie", "AM"),
        ("Saint-Marin", "SM"),
        ("Birmanie", "MM"),
        ("Kosovo", "XK"),
    ] {
        assert_eq!(keys(&on_countries("title = \"Essai\"\n", &[spelling])), [key], "{spelling}");
    }
}

#[test]
fn a_name_of_a_language_the_site_does_not_have_is_unknown_with_its_own() {
    let site = on_countries("title = \"Essai\"\n", &["Germany"]);
    assert_eq!(site.problems(), ["D501 content/2024-01-01-a.md:3:15 no country is called `Germany`"]);
    assert_eq!(site.diagnostics()[0].help, ["did you mean `Allemagne`?"]);
    assert!(site.mended(A).contains("countries = [\"Allemagne\"]"));
}

#[test]
fn a_country_named_twice_is_a_warning_at_the_second_and_counts_once() {
    let site = on_countries("title = \"Essai\"\n", &["RU", "AM", "Arménie", "ARM"]);
    assert_eq!(
        site.problems(),
        [
            "D503 content/2024-01-01-a.md:3:27 `Arménie` names Arménie a second time",
            "D503 content/2024-01-01-a.md:3:38 `ARM` names Arménie a second time",
        ]
    );
    assert_eq!(keys(&site), ["RU", "AM"]);
    assert!(site.mended(A).contains("countries = [\"RU\", \"AM\"]\n"), "{}", site.mended(A));
}

#[test]
fn a_name_of_several_countries_is_an_error_with_their_codes() {
    let site = on_countries("title = \"Essai\"\n", &["AM", "Corée"]);
    assert_eq!(site.problems(), ["D504 content/2024-01-01-a.md:3:21 `Corée` names more than one country"]);
    assert_eq!(
        site.diagnostics()[0].help,
        ["write the code of the one that is meant: `KP` (Corée du Nord), `KR` (Corée du Sud)"]
    );
}

#[test]
fn a_brief_without_countries_is_a_warning() {
    for lines in ["", "countries = []"] {
        let site = site(&[(A, &with(lines))]);
        assert_eq!(
            site.problems(),
            ["D502 content/2024-01-01-a.md:1:1 this brief declares no country"],
            "{lines}"
        );
        assert!(!site.checked().is_refused());
    }
}

#[test]
fn a_site_declares_territories_and_organisations_of_its_own() {
    let settings = r#"title = "Essai"

[territories.haut-karabagh]
fr = { name = "Haut-Karabagh", article = "le", in = "au", others = ["Artsakh"] }
parent = "Azerbaïdjan"
region = "145"
kind = "disputed"

[organisations.otsc]
fr = { name = "Organisation du traité de sécurité collective", short = "OTSC" }
members = ["RU", "Arménie", "haut-karabagh"]
"#;
    for (spelling, key) in [
        ("haut-karabagh", "haut-karabagh"),
        ("le Haut Karabagh", "haut-karabagh"),
        ("Artsakh", "haut-karabagh"),
        ("otsc", "org:otsc"),
        ("OTSC", "org:otsc"),
        ("Organisation du Traité de sécurité collective", "org:otsc"),
    ] {
        let site = on_countries(settings, &[spelling]);
        assert_eq!(site.problems(), NOTHING, "{spelling}");
        assert_eq!(keys(&site), [key], "{spelling}");
    }
}

#[test]
fn a_site_says_otherwise_of_what_is_built_in_and_the_rest_of_it_stays() {
    let settings = "title = \"Essai\"\n[languages.en]\n[territories.crimee]\nfr = { name = \"République de Crimée\", article = \"la\" }\n\
        parent = \"RU\"\nnote = \"Notre note.\"\n[territories.TW]\nnote = \"Une île.\"\n[territories.abkhazie]\nkind = \"territory\"\n\
        en = { name = \"Abkhazia\", note = \"Our note.\" }\n";
    let site = on_countries(settings, &["Crimée", "TW", "abkhazie"]);
    assert_eq!(site.problems(), NOTHING);
    assert_eq!(keys(&site), ["crimee", "TW", "abkhazie"]);
    let atlas = &site.checked().project.atlas;
    let [french, english] = ["fr", "en"].map(|tag| LanguageTag::parse(tag).unwrap());
    let [crimea, taiwan, abkhazia] = ["crimee", "TW", "abkhazie"].map(|key| atlas.by_key(key).unwrap());
    assert_eq!(atlas.name(crimea, &french), "République de Crimée");
    assert_eq!((atlas.get(crimea).kind, atlas.get(crimea).parent), (Kind::Disputed, atlas.by_key("RU")));
    assert!(atlas.get(crimea).names[&french].adjectives.contains(&"criméen/criméenne".to_owned()));
    assert_eq!(atlas.note(crimea, &french), Some("Notre note."));
    assert!(atlas.note(crimea, &english).is_some_and(|note| note.contains("Ukraine")));
    assert_eq!((atlas.name(taiwan, &french), atlas.get(taiwan).kind), ("Taïwan", Kind::State));
    assert_eq!(atlas.note(taiwan, &french), Some("Une île."));
    assert_eq!(atlas.get(abkhazia).kind, Kind::Territory);
    assert_eq!(atlas.note(abkhazia, &english), Some("Our note."));
    assert!(atlas.note(abkhazia, &french).is_some_and(|note| note.contains("ONU")));
}

#[test]
fn the_guide_to_settings_lists_the_territories_that_have_no_code() {
    let atlas = Atlas::world();
    let english = LanguageTag::parse("en").unwrap();
    let own = atlas.iter().filter(|(_, entity)| entity.codes.is_none() && entity.kind != Kind::Organisation);
    let rows = own.map(|(id, entity)| {
        let parent = entity.parent.map_or("–", |parent| atlas.get(parent).key.as_str());
        let kind = format!("{:?}", entity.kind).to_lowercase();
        format!("| `{}` | {} | {kind} | {parent} |\n", entity.key, atlas.name(id, &english))
    });
    let guide = include_str!("../../docs/configuration.md");
    let missing: Vec<String> = rows.filter(|row| !guide.contains(row)).collect();
    assert!(missing.is_empty(), "docs/configuration.md lacks\n{}", missing.concat());
}

#[test]
fn what_a_site_gives_no_page_is_counted_to_what_it_is_a_part_of() {
    let settings = "title = \"Essai\"\n[territories.crimee]\npage = false\n[territories.sebastopol]\n\
        fr = { name = \"Sébastopol\" }\nparent = \"crimee\"\npage = false\n[territories.cachemire]\npage = false\n";
    let site = on_countries(settings, &["RU", "Crimée", "Sébastopol", "UA"]);
    assert_eq!(site.problems(), NOTHING);
    assert_eq!(keys(&site), ["RU", "UA"]);
    let files = site.build();
    assert!(files.contains_key("pays/ukraine/index.html") && !files.contains_key("pays/crimee/index.html"));

    let twice = on_countries(settings, &["UA", "crimee", "crimee"]);
    assert_eq!(twice.codes(), ["D503"]);
    let nowhere = on_countries(settings, &["IN", "Cachemire"]);
    assert_eq!(
        nowhere.problems(),
        [format!("D501 {A}:3:21 the site gives `Cachemire` no page, and counts it to no country")]
    );
}

#[test]
fn what_is_wrong_with_a_declaration_is_told_in_the_settings() {
    // Lines of `site.toml`, `‸` before the place, and what is told.
    for (lines, problem) in [
        (
            "[territories.‸Haut-Karabagh]\nfr = { name = 'é' }",
            "D208 the key of a territory is made of lower case letters, digits and hyphens",
        ),
        ("[territories.‸x]", "D209 the territory `x` has no name in any language"),
        ("[territories.‸x]\nnote = 'é'", "D209 the territory `x` has no name in any language"),
        (
            "[territories.‸QQ]\nfr = { name = 'é' }",
            "D208 `QQ` is no key: it is neither a country's code nor lower-case letters, digits and hyphens",
        ),
        (
            "[territories.x]\nfr = { name = 'é' }\npage = ‸3",
            "D207 `page` must be `true` or `false`, not an integer",
        ),
        ("[territories.x]\nfr = ‸{ article = 'é' }", "D209 `fr` of the territory `x` has no `name`"),
        (
            "[territories.x]\nfr = { name = 'é', ‸nom = 'é' }",
            "D205 unknown key `nom` in `fr` of the territory `x`",
        ),
        (
            "[territories.x]\nfr = { name = 'é' }\n‸patrie = 'FR'",
            "D205 unknown key `patrie` in the territory `x`",
        ),
        ("[territories.x]\nfr = { name = 'é' }\nparent = '‸Kazakstan'", "D501 nothing is called `Kazakstan`"),
        ("[territories.x]\nfr = { name = 'é' }\nparent = '‸Corée'", "D504 `Corée` may be `KP` or `KR`"),
        ("[territories.x]\nfr = { name = 'é' }\nparent = '‸x'", "D208 `x` is a part of itself"),
        ("[territories.x]\nfr = { name = 'é' }\nregion = '‸999'", "D208 no region has the code `999`"),
        ("[territories.x]\nfr = { name = 'é' }\nregion = '‸Asie'", "D208 `Asie` is not the code of a region"),
        ("[territories.x]\nfr = { name = 'é' }\nkind = '‸dispute'", "D208 `kind` can't be `dispute`"),
        (
            "[territories.x]\nfr = { name = '‸Kazakhstan' }",
            "D208 the name `Kazakhstan` already stands for `KZ`",
        ),
        ("territories.x = ‸3", "D207 `x` must be a table, not an integer"),
        (
            "[organisations.o]\nfr = { name = 'Oé' }\nmembers = ['é🗺', ‸3]",
            "D207 `members` must hold strings only, not an integer",
        ),
        (
            "[organisations.o]\nfr = { name = 'Oé' }\nmembers = ['Arménie', '‸Kazakstan']",
            "D501 nothing is called `Kazakstan`",
        ),
        ("[organisations.‸o]\nmembers = ['AM']", "D209 the organisation `o` has no name in any language"),
    ] {
        let (before, _) = lines.split_once('‸').unwrap();
        let line = 2 + before.matches('\n').count();
        let column = 1 + before.rsplit('\n').next().unwrap().chars().count();
        let (code, message) = problem.split_once(' ').unwrap();
        let site = on_countries(&format!("title = 'Essai'\n{}\n", lines.replace('‸', "")), &["FR"]);
        let problems = site.problems();
        let expected = format!("{code} site.toml:{line}:{column} {message}");
        assert!(problems.contains(&expected), "{lines}\n{problems:?}");
        assert_eq!(problems.len(), 1 + usize::from(lines.contains("é🗺")), "{lines}\n{problems:?}");
    }
}

#[test]
fn a_stand_alone_page_has_nothing_of_a_brief_alone() {
    let keys = [
        "date = 2024-01-01",
        "countries = [\"AM\"]",
        "topics = [\"é\"]",
        "series = \"é\"",
        "authors = [\"é\"]",
    ];
    let page = with(&format!("{}\nsummary = \"é\"\naliases = [\"/qui/\"]", keys.join("\n")));
    let site = site(&[("content/pages/a-propos.md", &page)]);
    let expected = keys.iter().enumerate().map(|(index, line)| {
        let (key, _) = line.split_once(' ').unwrap();
        format!("D211 content/pages/a-propos.md:{}:1 a stand-alone page has no `{key}`", index + 3)
    });
    assert_eq!(site.problems(), expected.collect::<Vec<_>>());
    assert!(!site.checked().is_refused());
}

#[test]
fn the_introduction_of_a_country_has_only_its_text() {
    let keys =
        ["countries = [\"KZ\"]", "summary = \"é\"", "series = \"é\"", "slug = \"x\"", "aliases = [\"/x/\"]"];
    let site = site(&[(A, &armenian("")), ("content/countries/am.md", &with(&keys.join("\n")))]);
    let expected = keys.iter().enumerate().map(|(index, line)| {
        let (key, _) = line.split_once(' ').unwrap();
        format!("D211 content/countries/am.md:{}:1 the introduction of a country has no `{key}`", index + 3)
    });
    assert_eq!(site.problems(), expected.collect::<Vec<_>>());
    assert!(!site.checked().is_refused());
}

#[test]
fn an_introduction_is_named_after_its_country_and_there_is_one_for_each_language() {
    let intro = "+++\n+++\n\nTexte.\n";
    let site = site(&[
        ("site.toml", ENGLISH),
        (A, &with("countries = [\"AM\", \"KZ\"]")),
        (B, &armenian("lang = \"en\"")),
        ("content/countries/am.md", intro),
        ("content/countries/am.en.md", "+++\nlang = \"en\"\n+++\n\nText.\n"),
        ("content/countries/KAZ.md", intro),
    ]);
    assert_eq!(site.problems(), NOTHING);
    assert_eq!(site.checked().library.introductions.len(), 3);

    site.write("content/countries/armenie.md", intro);
    site.write("content/countries/zz.md", intro);
    assert_eq!(
        site.problems(),
        [
            "D406 content/countries/armenie.md:1:1 Arménie already has an introduction in this language",
            "D501 content/countries/zz.md:1:1 `zz` is not the code of a country",
        ]
    );
}

#[test]
fn an_introduction_s_notes_and_links_are_checked_like_a_brief_s() {
    let site = site(&[
        (A, &armenian("")),
        ("content/countries/am.md", "+++\n+++\n\nUn[^z] [mot](../2024-01-02-b.md) de Poutine1.\n"),
    ]);
    assert_eq!(site.codes(), ["D301", "D401", "D305"]);
}
