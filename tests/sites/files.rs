//! What can be wrong with one file: its bytes, its fences, its front matter. Each has its message and its exact place, in
//! TOML and in YAML alike.

use crate::site::{Site, brief, site};

const PATH: &str = "content/2024-01-01-a.md";
const NOTHING: [&str; 0] = [];

/// A brief of these bytes, in a site that nothing else is wrong with.
fn file(bytes: impl AsRef<[u8]>) -> Site {
    let site = site(&[("site.toml", "title = \"Essai\"\n")]);
    site.write(PATH, bytes);
    site
}

/// What is wrong with the brief: `D205 3:1 unknown key …`.
fn told(bytes: impl AsRef<[u8]>) -> Vec<String> {
    let of_brief = |problem: &String| problem.replacen(&format!(" {PATH}:"), " ", 1);
    file(bytes).problems().iter().map(of_brief).collect()
}

fn in_toml(lines: &str) -> String {
    format!("+++\ntitle = \"Été, œuvre 🗺\"\ncountries = [\"AM\"]\n{lines}\n+++\n\nTexte.\n")
}

fn in_yaml(lines: &str) -> String {
    format!("---\ntitle: Été, œuvre 🗺\ncountries: [AM]\n{lines}\n---\n\nTexte.\n")
}

/// The same mistake in both forms, `‸` before its place, and what is told of it.
const MISTAKES: &[[&str; 3]] = &[
    ["‸topic = ['é']", "‸topic: [é]", "D205 unknown key `topic` in the front matter"],
    ["‸'clé 🗺' = 1", "‸clé 🗺: 1", "D205 unknown key `clé 🗺` in the front matter"],
    [
        "corrections = [{ date = 2024-02-01, text = 'œ🗺', ‸'clé' = 1 }]",
        "corrections: [{ date: 2024-02-01, text: œ🗺, ‸clé: 1 }]",
        "D205 unknown key `clé` in a correction",
    ],
    ["draft = ‸'oui'", "draft: ‸oui", "D207 `draft` must be `true` or `false`, not a string"],
    ["summary = ‸3", "summary: ‸3", "D207 `summary` must be a string, not an integer"],
    ["authors = ‸'Œuvre 🗺'", "authors: ‸Œuvre 🗺", "D207 `authors` must be a list of strings, not a string"],
    [
        "topics = ['été', 'œ🗺', ‸3]",
        "topics: [été, œ🗺, ‸3]",
        "D207 `topics` must hold strings only, not an integer",
    ],
    ["image = ‸3", "image: ‸3", "D207 `image` must be a table, not an integer"],
    [
        "footnotes.'é' = ‸3",
        "footnotes: { é: ‸3 }",
        "D207 the note `é` must be a table or a text, not an integer",
    ],
    ["summary = '‸'", "summary: '‸'", "D208 `summary` is empty"],
    ["topics = ['œ🗺', ‸'']", "topics: [œ🗺, ‸'']", "D208 `topics` holds an empty text"],
    ["lang = '‸français'", "lang: ‸français", "D208 `français` is not the tag of a language"],
    ["lang = '‸sk'", "lang: ‸sk", "D208 the site does not declare the language `sk`"],
    [
        "updated = ‸2024-02-30",
        "updated: ‸2024-02-30",
        "D210 `2024-02-30` is not a date: February 2024 has 29 days",
    ],
    ["expires = ‸'été'", "expires: ‸été", "D210 `été` is not a date"],
    ["date = ‸'01/02/2024'", "date: ‸01/02/2024", "D210 `01/02/2024` may be 1 February or 2 January"],
    [
        "updated = ‸2023-12-31",
        "updated: ‸2023-12-31",
        "D210 `updated` comes before the date of the brief, 2024-01-01",
    ],
    ["‸title = 'Encore'", "‸title: Encore", "D206 `title` is there twice"],
    ["summary = ‸\"é🗺", "summary: ‸\"é🗺", "D204 this text is never closed"],
    ["topics = ‸['é🗺',", "topics: ‸[é🗺,", "D204 this list is never closed"],
    [
        "slug = '‸Été 🗺'",
        "slug: ‸Été 🗺",
        "D408 a slug is made of lower case letters, digits and single hyphens",
    ],
    ["aliases = ['/é/', '‸b']", "aliases: [/é/, ‸b]", "D408 an alias begins with `/`"],
];

/// The lines without their mark, and what is told of a brief with them from its fourth line on.
fn unmarked(lines: &str, problem: &str) -> (String, String) {
    let column = lines.chars().take_while(|character| *character != '‸').count() + 1;
    let (code, message) = problem.split_once(' ').unwrap();
    (lines.replace('‸', ""), format!("{code} 4:{column} {message}"))
}

#[test]
fn each_mistake_of_the_front_matter_is_told_at_its_place_in_both_forms() {
    for [toml, yaml, problem] in MISTAKES {
        let (lines, expected) = unmarked(toml, problem);
        assert_eq!(told(in_toml(&lines)), [expected], "{lines}");
        let (lines, expected) = unmarked(yaml, problem);
        assert_eq!(told(in_yaml(&lines)), [expected], "{lines}");
    }
}

#[test]
fn a_key_of_toml_with_an_accent_is_told_where_it_stands() {
    for lines in ["‸clé = 'a, b'", "image = { file = 'é🗺.jpg', ‸légende = 'x' }"] {
        let (lines, expected) =
            unmarked(lines, "D204 a key is one word of plain letters, digits, `-` and `_`");
        assert_eq!(told(in_toml(&lines)), [expected], "{lines}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_no_place() {
    for [toml, yaml, problem] in MISTAKES {
        let texts = [in_toml(&unmarked(toml, problem).0), in_yaml(&unmarked(yaml, problem).0)];
        for text in texts {
            let plain = told(&text);
            let of_windows = text.replace('\n', "\r\n");
            assert_eq!(told(format!("\u{feff}{text}")), plain, "with a byte order mark:\n{text}");
            assert_eq!(told(&of_windows), plain, "with Windows line ends:\n{text}");
            assert_eq!(told(format!("\u{feff}{of_windows}")), plain, "with both:\n{text}");
        }
    }
}

#[test]
fn an_unknown_country_is_told_at_its_name_with_the_nearest() {
    for (text, column) in [
        ("+++\ntitle = 'é'\ncountries = ['œuf🗺', 'Kazakstan']\n+++\n", 23),
        ("---\ntitle: é\ncountries: [œuf🗺, Kazakstan]\n---\n", 19),
    ] {
        let site = file(text);
        let problems = site.problems();
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].starts_with(&format!("D501 {PATH}:3:")), "{problems:?}");
        assert_eq!(problems[1], format!("D501 {PATH}:3:{column} no country is called `Kazakstan`"));
        assert_eq!(site.diagnostics()[1].help, ["did you mean `Kazakhstan`?"]);
        assert_eq!(site.mended(PATH), text.replace("Kazakstan", "Kazakhstan"));
    }
}

#[test]
fn a_file_without_its_fences_is_told_so() {
    let cases: &[(&str, &[&str])] = &[
        ("", &["D105 1:1 the file is empty"]),
        ("\u{feff}", &["D105 1:1 the file is empty"]),
        ("\r\n \t\r\n", &["D105 1:1 the file is empty"]),
        ("Été.\n", &["D201 1:1 this file does not begin with front matter"]),
        ("\u{feff}\n\nÉté.\n", &["D201 3:1 this file does not begin with front matter"]),
        ("++++\ntitle = 'a'\ncountries = ['AM']\n+++\n", &["D201 1:1 `++++` does not open a front matter"]),
        ("+++\ntitle = 'a'\ncountries = ['AM']\n\nÉté.\n", &["D202 1:1 this front matter is never closed"]),
        ("---\ntitle: a\ncountries: [AM]\n\nÉté.\n", &["D202 1:1 this front matter is never closed"]),
        (
            "---\ntitle: a\ncountries: [AM]\n+++\n\nÉté.\n",
            &["D202 1:1 this front matter is opened by `---` and closed by `+++`"],
        ),
        (
            "+++\ntitle = 'a'\ncountries = ['AM']\n+++\n+++\ntopics = ['b']\n+++\n\nÉté.\n",
            &["D203 5:1 this file has a second front matter"],
        ),
        (
            "---\ntitle: a\ncountries: [AM]\n---\n\n+++\ntopics = ['b']\n+++\n\nÉté.\n",
            &["D203 6:1 this file has a second front matter"],
        ),
        // Two lines across the page are none.
        ("---\ntitle: a\ncountries: [AM]\n---\n\n---\n\nÉté.\n\n---\n", &[]),
        ("\n\n+++\ntitle = 'a'\ncountries = ['AM']\n+++\n", &[]),
        ("+++ \ntitle = 'a'\ncountries = ['AM']\n+++\t", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(told(text), *expected, "{text:?}");
        assert_eq!(told(text.replace("\r\n", "\n").replace('\n', "\r\n")), *expected, "{text:?} of Windows");
    }
}

#[test]
fn what_is_missing_is_told_at_the_fence() {
    let site = site(&[
        ("site.toml", "title = \"Essai\"\n"),
        ("content/a.md", "\u{feff}+++\ncountries = ['AM']\n+++\n"),
    ]);
    assert_eq!(
        site.problems(),
        [
            "D209 content/a.md:1:1 the front matter has no `date`, and the file's name begins with none",
            "D209 content/a.md:1:1 the front matter has no `title`",
        ]
    );
}

#[test]
fn a_byte_that_is_not_utf_8_is_told_at_its_place() {
    let cases: &[(&[u8], &str)] = &[
        (
            b"+++\ntitle = \"\xc3\xa9\xe9\"\n+++\n",
            "D101 2:11 the file is not UTF-8: byte 0xE9 begins no character",
        ),
        (b"\xef\xbb\xbf\xff", "D101 1:1 the file is not UTF-8: byte 0xFF begins no character"),
        (b"+++\r\n\xf0\x9f\x97\xba\xc3", "D101 2:2 the file is not UTF-8: byte 0xC3 begins no character"),
    ];
    for (bytes, expected) in cases {
        assert_eq!(told(bytes), [*expected]);
    }
}

#[test]
fn the_settings_too_are_told_where_they_are_not_utf_8() {
    let site = file(in_toml(""));
    site.write("site.toml", b"title = \"\xc3\xa9\xe9\"\nthem = \"x\"\n");
    assert_eq!(site.problems(), ["D101 site.toml:1:11 the file is not UTF-8: byte 0xE9 begins no character"]);
}

#[test]
fn what_a_file_is_in_instead_of_utf_8_is_guessed() {
    let help = |bytes: &[u8]| file(bytes).diagnostics()[0].help.join(" ");
    assert_eq!(help(b"\xff\xfe+\0+\0+\0"), "save it as UTF-8 in your editor; it is in UTF-16");
    assert_eq!(
        help(b"Cet \xe9t\xe9"),
        "save it as UTF-8 in your editor; it may be in Windows-1252 or ISO 8859-1"
    );
}

#[test]
fn a_file_of_50_megabytes_is_refused_by_its_size_and_not_read() {
    let site = file("");
    let path = site.root().join(PATH);
    // Bytes that would be told if they were read.
    std::fs::write(&path, vec![0xff; 50 * 1024 * 1024]).unwrap();
    assert_eq!(
        site.problems(),
        [format!("D102 {PATH}:1:1 the file is 50.0 MiB long; a brief has at most 8.0 MiB")]
    );
    let checked = site.checked();
    assert!(checked.project.text(&checked.diagnostics[0].place.path).is_none(), "nor is it read to be shown");
}

#[test]
fn a_control_character_is_told_in_the_text_alone() {
    assert_eq!(
        told("\u{feff}+++\r\ntitle = 'é'\r\ncountries = ['AM']\r\n+++\r\n\r\n🗺 œu\u{1}vre\u{2}.\r\n"),
        ["D103 6:5 the text holds the control character U+0001, which no page can show"]
    );
    assert_eq!(told(in_toml("").replace("Texte", "Un\ttexte\u{a0}; l\u{200d}a")), NOTHING);
}

#[test]
fn a_place_below_front_matter_is_right_after_accents_emoji_and_byte_order_marks() {
    let text =
        "+++\ntitle = 'Été 🗺'\ncountries = ['AM']\n+++\n\n## Œuvre 🗺\n\n> - Été 🇦🇲 [^a], *œuvre*[^b].\n";
    let expected = ["D301 8:12 no note is called `a`", "D301 8:25 no note is called `b`"];
    for text in [text.to_owned(), format!("\u{feff}{}", text.replace('\n', "\r\n"))] {
        assert_eq!(told(text), expected);
    }
}

#[test]
fn every_problem_of_every_file_comes_in_one_run_in_the_order_of_paths() {
    let files = [
        ("content/2024-01-02-b.md", "Texte.\n".to_owned()),
        ("content/2023/2023-01-01-z.md", in_toml("draft = 'x'\ntopic = []")),
        ("content/é/2024-01-01-c.md", in_yaml("date: hier\nclé: 1")),
        ("content/2024-01-01-a.md", in_toml("").replace("Texte", "Un[^a] mot[^b]")),
        ("site.toml", "title = \"Essai\"\nthem = \"x\"\n".to_owned()),
        ("content/pages/p.md", "+++\n+++\n".to_owned()),
    ];
    let expected = [
        "D207 content/2023/2023-01-01-z.md:4:9 `draft` must be `true` or `false`, not a string",
        "D205 content/2023/2023-01-01-z.md:5:1 unknown key `topic` in the front matter",
        "D301 content/2024-01-01-a.md:7:3 no note is called `a`",
        "D301 content/2024-01-01-a.md:7:11 no note is called `b`",
        "D201 content/2024-01-02-b.md:1:1 this file does not begin with front matter",
        "D209 content/pages/p.md:1:1 the front matter has no `title`",
        "D210 content/é/2024-01-01-c.md:4:7 `hier` is not a date",
        "D205 content/é/2024-01-01-c.md:5:1 unknown key `clé` in the front matter",
        "D205 site.toml:2:1 unknown key `them` in `site.toml`",
    ];
    for first in 0..files.len() {
        let site = site(&[]);
        for (path, text) in files.iter().cycle().skip(first).take(files.len()) {
            site.write(path, text);
        }
        assert_eq!(site.problems(), expected);
        let backwards = crate::site::site(&[]);
        for (path, text) in files.iter().rev() {
            backwards.write(path, text);
        }
        assert_eq!(backwards.problems(), expected);
    }
}

#[test]
fn the_number_of_threads_changes_no_report() {
    let site = site(&[]);
    for number in 0..40 {
        site.write(
            &format!("content/2024-01-01-b{number:02}.md"),
            in_toml("topic = 1").replace("Texte", "Un[^a]"),
        );
    }
    let report_of = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| site.problems())
    };
    let alone = report_of(1);
    assert_eq!(alone.len(), 80);
    assert_eq!(report_of(7), alone);
}

#[test]
fn control_characters_of_the_front_matter_are_told_and_reach_no_page() {
    let path = "content/2024-01-01-a.md";
    let text = |title: &str| brief(title, "Texte.");
    let site = site(&[(path, &text("Un\u{2}sommet\u{fffe}là"))]);
    assert_eq!(
        site.problems(),
        [format!("D103 {path}:2:12 the text holds the control character U+0002, which no page can show")]
    );
    let files = site.build();
    assert!(!files.values().any(|file| file.contains(['\u{2}', '\u{fffe}', '\u{fffd}'])));
    assert!(files["briefs/a/index.html"].contains("Un sommet\u{2002}là"));
    site.write(path, site.mended(path));
    assert_eq!(site.problems(), [""; 0], "all of them go by one mend");

    for escaped in ["Un\\u0002sommet", "Un\\uFFFEsommet"] {
        site.write(path, text(escaped));
        assert_eq!(site.codes(), ["D103"]);
        assert!(!site.build().values().any(|file| file.contains(['\u{2}', '\u{fffe}', '\u{fffd}'])));
    }
    site.write(path, text("x").replace("+++", "---").replace(" =", ":").replace("\"x\"", "\"Un\\x02là\""));
    assert_eq!(site.codes(), ["D103"]);
    site.write(path, brief("Un sommet", "Tex\u{2}te."));
    assert_eq!(site.problems().len(), 1);
}

#[test]
fn what_is_known_of_addresses_is_not_published_and_stops_no_build() {
    let site = site(&[
        ("content/2024-01-01-a.md", &brief("Un titre", "Texte.")),
        ("content/sources.lock", "[\"https://a.example/\"]\nasked = \"hier\"\n<<<<<<< HEAD\n"),
    ]);
    let problems = site.problems();
    assert!(problems.iter().all(|problem| problem.starts_with("D107 content/sources.lock:")), "{problems:?}");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(site.build().keys().all(|path| !path.contains("sources.lock")));
}
