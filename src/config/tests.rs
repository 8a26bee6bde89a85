use super::*;
use crate::diagnostic::Severity;
use crate::diagnostic::code;

/// Parses `text` and gives the settings with what was reported: `D207 text under the place: message`.
fn parsed(text: &str) -> (Config, Vec<String>) {
    let source = Source::new(ContentPath::new("site.toml").unwrap(), text);
    let (config, diagnostics) = parse(&source);
    let shown = |told: &Diagnostic| {
        format!("{} {}: {}", told.code.id, &source.text[told.place.span.range()], told.message)
    };
    (config, diagnostics.iter().map(shown).collect())
}

/// What is reported of a file that is right but for these lines.
fn told(lines: &str) -> Vec<String> {
    let (_, told) = parsed(&format!("title = \"Le Relevé 🗺\"\n{lines}\n"));
    told
}

const NOTHING: [&str; 0] = [];

const FULL: &str = r#"
title = "Le Relevé"
description = "Ce qui s'est passé"
base_url = "https://releve.example/revue"
language = "fr"
theme = "courrier"
publisher = "Les Éditions"
output = "public/fr"
per_page = 10
feed_entries = 30
max_file_size = 2
raw_html = "sanitise"

[languages.en]
title = "The Survey"
description = "What happened"
permalinks = { country = "/places/{slug}/" }

[permalinks]
brief = "/{year}/{month}/{slug}/"

[lints]
lost-call = "deny"
D302 = "allow"
undefined-note = "warn"

[territories.haut-karabagh]
fr = { name = "Haut-Karabagh", article = "le", in = "au", others = ["Artsakh"] }
en = { name = "Nagorno-Karabakh" }
parent = "AZ"
region = "145"
kind = "disputed"
note = "Voir *la note*."

[organisations.otsc]
fr = { name = "Organisation du traité de sécurité collective", short = "OTSC" }
members = ["AM", "RU"]

[[menu]]
title = "Pays"
url = "/pays/"

[[menu]]
title = "About"
url = "content/pages/about.md"
lang = "en"

[extra]
couleur = "rouge"
depuis = 2015-03-01
"#;

#[test]
fn every_setting_is_read() {
    let (config, told) = parsed(FULL);
    assert_eq!(told, NOTHING);
    assert_eq!(config.base_url.value.as_str(), "https://releve.example/revue/");
    assert_eq!(&FULL[config.base_url.span.range()], "https://releve.example/revue");
    assert_eq!(config.theme.as_ref().unwrap().value, "courrier");
    assert_eq!(config.publisher, "Les Éditions");
    assert_eq!(config.output.as_str(), "public/fr");
    assert_eq!((config.per_page, config.feed_entries, config.max_file_size), (10, 30, 2 << 20));
    assert_eq!(config.raw_html, RawHtml::Sanitise);

    let [french, english] = &config.languages[..] else { panic!() };
    assert_eq!((french.tag.as_str(), french.title.as_str(), french.home.as_str()), ("fr", "Le Relevé", "/"));
    assert_eq!(french.permalinks.get(Route::Brief).to_string(), "/{year}/{month}/{slug}/");
    assert_eq!(
        (english.tag.as_str(), english.title.as_str(), english.home.as_str()),
        ("en", "The Survey", "/en/")
    );
    assert_eq!(english.permalinks.get(Route::Country).to_string(), "/en/places/{slug}/");
    assert_eq!(english.description.as_deref(), Some("What happened"));

    let [territory] = &config.territories[..] else { panic!() };
    assert_eq!(
        (territory.key.value.as_str(), territory.kind),
        ("haut-karabagh", Some(TerritoryKind::Disputed))
    );
    assert_eq!(&FULL[territory.parent.as_ref().unwrap().span.range()], "AZ");
    assert_eq!(territory.names[0].1.preposition.as_deref(), Some("au"));
    assert_eq!(territory.names[0].1.others[0].value, "Artsakh");
    assert_eq!(territory.names[1].0.as_str(), "en");
    let [organisation] = &config.organisations[..] else { panic!() };
    assert_eq!(organisation.names[0].1.short.as_deref(), Some("OTSC"));
    assert_eq!(&FULL[organisation.members[1].span.range()], "RU");

    assert_eq!(config.menu[1].url.value, "content/pages/about.md");
    assert_eq!(config.menu[1].language.as_ref().unwrap().value.as_str(), "en");
    assert_eq!(config.extra["depuis"], "2015-03-01");
}

#[test]
fn a_title_is_enough_and_the_rest_has_defaults() {
    let (config, told) = parsed("\u{feff}title = \"Le Relevé\"\r\n");
    assert_eq!(told, NOTHING);
    assert_eq!(config.base_url.value, BaseUrl::local());
    assert_eq!((config.publisher.as_str(), config.output.as_str()), ("Le Relevé", "public"));
    assert_eq!((config.per_page, config.feed_entries, config.max_file_size), (20, 20, 8 << 20));
    assert_eq!((config.raw_html, config.theme.is_none()), (RawHtml::Escape, true));
    assert_eq!(config.main_language().tag.as_str(), "fr");
    assert_eq!(config.main_language().permalinks.get(Route::Country).to_string(), "/pays/{slug}/");
}

#[test]
fn a_setting_of_the_main_language_can_stand_under_its_tag() {
    let (config, told) = parsed(
        "title = \"A\"\nlanguage = \"en\"\n[languages.en]\ntitle = \"B\"\n[languages.fr]\n[permalinks]\nbrief = \"/a/{slug}/\"\n",
    );
    assert_eq!(told, NOTHING);
    let tags: Vec<&str> = config.languages.iter().map(|language| language.tag.as_str()).collect();
    assert_eq!(tags, ["en", "fr"]);
    assert_eq!((config.languages[0].title.as_str(), config.languages[1].title.as_str()), ("B", "B"));
    assert_eq!(config.languages[0].permalinks.get(Route::Brief).to_string(), "/a/{slug}/");
    assert_eq!(config.languages[1].permalinks.get(Route::Country).to_string(), "/fr/pays/{slug}/");
}

#[test]
fn a_broken_or_empty_file_still_gives_settings() {
    let (config, told) = parsed("");
    assert_eq!(told, ["D209 : `site.toml` has no `title`"]);
    assert_eq!(config.main_language().title, "");
    let (config, told) = parsed("title = Relevé\nper_page = 7\nlanguage = \"en\n");
    assert_eq!(
        told,
        ["D204 Relevé: text must stand between quotation marks", "D204 \"en: this text is never closed"]
    );
    assert_eq!(config.per_page, 7);
}

#[test]
fn each_wrong_setting_is_told_at_its_place() {
    for (lines, expected) in [
        ("base_url = \"releve.example\"", "D208 releve.example: `releve.example` is not the URL of a site"),
        ("base_url = 3", "D207 3: `base_url` must be a string, not an integer"),
        ("language = \"français\"", "D208 français: `français` is not the tag of a language"),
        ("language = \"fr_FR\"", "D208 fr_FR: `fr_FR` is not the tag of a language"),
        ("theme = \"../vol\"", "D208 ../vol: `../vol` is not the name of a theme"),
        ("publisher = \"\"", "D208 : `publisher` is empty"),
        ("description = true", "D207 true: `description` must be a string, not a boolean"),
        (
            "output = \".\"",
            "D208 .: the site can't be written to `.`: it must be a folder inside the site's own",
        ),
        (
            "output = \"../a\"",
            "D208 ../a: the site can't be written to `../a`: it must be a folder inside the site's own",
        ),
        (
            "output = \"a/../b\"",
            "D208 a/../b: the site can't be written to `a/../b`: it must be a folder inside the site's own",
        ),
        (
            "output = \"/var\"",
            "D208 /var: the site can't be written to `/var`: it must be a folder inside the site's own",
        ),
        (
            "output = \"content\"",
            "D208 content: the site can't be written to `content`: the sources stand there",
        ),
        (
            "output = \"static/a\"",
            "D208 static/a: the site can't be written to `static/a`: the sources stand there",
        ),
        ("output = \".git\"", "D208 .git: the site can't be written to `.git`: it is hidden"),
        ("per_page = 0", "D208 0: `per_page` must be between 1 and 1000"),
        ("feed_entries = \"20\"", "D207 \"20\": `feed_entries` must be an integer, not a string"),
        ("max_file_size = 4096", "D208 4096: `max_file_size` must be between 1 and 1024"),
        ("raw_html = \"sanitize\"", "D208 sanitize: `raw_html` can't be `sanitize`"),
        ("titre = \"x\"", "D205 titre: unknown key `titre` in `site.toml`"),
        ("[languages.franglais_]", "D208 franglais_: `franglais_` is not the tag of a language"),
        ("[languages]\nen = \"English\"", "D207 \"English\": `en` must be a table, not a string"),
        ("[languages.en]\n[languages.EN]", "D206 EN: the language `en` is there twice"),
        ("[languages.en]\nper_page = 3", "D205 per_page: unknown key `per_page` in `[languages.en]`"),
        ("[permalinks]\nbrief = \"/briefs/\"", "D208 /briefs/: the permalink of `brief` must hold `{slug}`"),
        ("[permalinks]\nbrieff = \"/{slug}/\"", "D205 brieff: unknown key `brieff` in `[permalinks]`"),
        ("[lints]\nlost-cal = \"warn\"", "D212 lost-cal: no lint is called `lost-cal`"),
        (
            "[lints]\nnot-utf8 = \"allow\"",
            "D212 not-utf8: `not-utf8` can't be set: there is no going on after it",
        ),
        ("[lints]\nlost-call = \"error\"", "D208 \"error\": `lost-call` can't be `error`"),
        (
            "[lints]\nlost-call = false",
            "D207 false: `lost-call` must be `allow`, `suggest`, `warn` or `deny`, not a boolean",
        ),
        (
            "[lints]\nlost-call = \"warn\"\nD305 = \"deny\"",
            "D206 D305: `D305` names `lost-call` a second time",
        ),
        (
            "[territories.Kosovo]\nfr = { name = \"Kosovo\" }",
            "D208 Kosovo: the key of a territory is made of lower case letters, digits and hyphens",
        ),
        (
            "[territories.kosovo]\nfr = { nom = \"Kosovo\", name = \"Kosovo\" }",
            "D205 nom: unknown key `nom` in `fr` of the territory `kosovo`",
        ),
        (
            "[territories.kosovo]\nfr = { short = \"K\" }",
            "D209 { short = \"K\" }: `fr` of the territory `kosovo` has no `name`",
        ),
        (
            "[territories.kosovo]\nfr = { name = \"Kosovo\" }\nkind = \"disputd\"",
            "D208 disputd: `kind` can't be `disputd`",
        ),
        (
            "[territories.kosovo]\nfr = { name = \"Kosovo\" }\nregion = 39",
            "D207 39: `region` must be a string, not an integer",
        ),
        (
            "[territories.kosovo]\nfr = { name = \"Kosovo\" }\nregion = \"39\"",
            "D208 39: `39` is not the code of a region",
        ),
        (
            "[territories.kosovo]\nfr = { name = \"Kosovo\" }\npays = \"RS\"",
            "D205 pays: unknown key `pays` in the territory `kosovo`",
        ),
        (
            "[organisations.ue]\nfr = { name = \"UE\" }\nmembers = \"FR\"",
            "D207 \"FR\": `members` must be a list of strings, not a string",
        ),
        (
            "[menu]\ntitle = \"Pays\"\nurl = \"/pays/\"",
            "D207 [menu]: `menu` must be a list of tables, not a table",
        ),
        ("[[menu]]\ntitle = \"Pays\"", "D209 [[menu]]: an entry of the menu has no `url`"),
        (
            "[[menu]]\ntitle = \"Pays\"\nurl = \"javascript:x\"",
            "D410 javascript:x: a menu can't lead to a `javascript:` address",
        ),
        ("[[menu]]\ntitle = \"Pays\"\nurl = \"/\"\nlang = \"en\"", "D208 en: the site has no language `en`"),
        ("extra = 3", "D207 3: `extra` must be a table, not an integer"),
    ] {
        assert_eq!(told(lines), [expected], "{lines}");
    }
}

#[test]
fn a_key_below_the_wrong_header_is_told_to_move_up() {
    let source = Source::new(
        ContentPath::new("site.toml").unwrap(),
        "title = \"a\"\n[lints]\n[permalinks]\nper_page = 3\n",
    );
    let (_, diagnostics) = parse(&source);
    assert_eq!(
        diagnostics[0].help,
        ["in TOML a key belongs to the header above it: move it up, before the first header"]
    );
}

#[test]
fn lints_set_the_severity_of_a_code() {
    let (config, _) = parsed(FULL);
    assert_eq!(config.lints.severity(&code::LOST_CALL), Some(Severity::Error));
    assert_eq!(config.lints.severity(&code::UNUSED_NOTE), None);
    assert_eq!(config.lints.severity(&code::UNDEFINED_NOTE), Some(Severity::Warning));
    assert_eq!(config.lints.severity(&code::EMPTY_NOTE), Some(Severity::Warning));
    assert_eq!(config.lints.severity(&code::SYNTAX), Some(Severity::Error));
}

#[test]
fn all_problems_are_told_at_once_in_the_order_of_the_file() {
    let (_, told) = parsed("per_page = \"a\"\nfoo = 1\n[lints]\nbar = \"warn\"\n");
    let codes: Vec<&str> = told.iter().map(|told| &told[..4]).collect();
    assert_eq!(codes, ["D209", "D207", "D205", "D212"]);
}
