use super::*;
use crate::diagnostic::{Applicability, Fix};
use proptest::prelude::*;
use std::sync::Arc;

const NOTHING: [&str; 0] = [];

fn source(path: &str, text: &str) -> Source {
    Source::new(ContentPath::new(path).unwrap(), text)
}

/// Splits and reads a file, and gives what was reported: `D207 text under the place: message`.
fn read_file(path: &str, text: &str) -> (FrontMatter, Split, Vec<Diagnostic>) {
    let source = source(path, text);
    let mut diagnostics = Vec::new();
    let split = split(&source, &mut diagnostics);
    let front = read(&source, &split, FileKind::of(&source.path), &mut diagnostics);
    (front, split, diagnostics)
}

fn shown(text: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let shown =
        |told: &Diagnostic| format!("{} {}: {}", told.code.id, &text[told.place.span.range()], told.message);
    diagnostics.iter().map(shown).collect()
}

fn mended(text: &str, diagnostics: &[Diagnostic]) -> String {
    let fixes = diagnostics.iter().filter_map(|told| told.fix.as_ref());
    let mut edits: Vec<_> = fixes.flat_map(Fix::edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
    let mut mended = text.to_owned();
    edits.iter().for_each(|edit| mended.replace_range(edit.span.range(), &edit.replacement));
    mended
}

/// What is told of a brief that is right but for these lines of TOML, and the lines with the mends applied.
fn told_of(lines: &str) -> (Vec<String>, String) {
    let text = format!("+++\r\ntitle = \"🗺 été\"\r\ndate = 2023-11-23\r\n{lines}\r\n+++\r\nTexte\r\n");
    let (_, _, diagnostics) = read_file("content/a.md", &text);
    let mended = mended(&text, &diagnostics);
    let start = text.find(lines).unwrap();
    (shown(&text, &diagnostics), mended[start..mended.len() - "\r\n+++\r\nTexte\r\n".len()].to_owned())
}

/// Whether the first mend of these lines of front matter, in TOML or YAML, may be applied unseen.
fn is_safe(fence: &str, lines: &str) -> bool {
    let text = format!("{fence}\n{lines}\n{fence}\n\nTexte\n");
    let (_, _, diagnostics) = read_file("content/2023-11-23-a.md", &text);
    let fix = diagnostics.into_iter().find_map(|told| told.fix);
    fix.unwrap_or_else(|| panic!("nothing is offered for {lines:?}")).applicability == Applicability::Safe
}

#[test]
fn what_keeps_the_meaning_is_safe() {
    for lines in [
        "pays = [\"AM\"]",
        "countries = \"AM\"",
        "title = 2023",
        "draft = \"non\"",
        "date = \"2023-11-23\"",
        "date = 23/11/2023",
        "title = Un sommet",
        "title = L'été d'hier",
        "title: \"Un sommet\"",
        "title = \"Un sommet\",",
        "draft = True",
        "slug = \"Le Sommet\"",
        "image = \"a.jpg\"",
        "[footnotes.a]\nurl = \"www.un.org\"",
    ] {
        assert!(is_safe("+++", lines), "{lines}");
    }
    for lines in ["title: Minsk : le sommet", "title:Minsk", "title: @tass"] {
        assert!(is_safe("---", lines), "{lines}");
    }
}

#[test]
fn what_may_have_been_meant_otherwise_is_a_guess() {
    for lines in [
        "titel = \"Minsk\"",
        "countries = [\"AM\" \"RU\"]",
        "titre = \"Minsk\"\nTitre = \"Erevan\"",
        "[notes.a]\ntext = \"x\"",
        "authors = \"Dupont, directeur\"",
        "date = 2023-13-01",
        "title = « Minsk »",
        "title = \"Le « oui »",
        "slug = \"/2023/le-sommet/\"",
        "aliases = [\"https://ailleurs.example/a/\"]",
    ] {
        assert!(!is_safe("+++", lines), "{lines}");
    }
    for lines in ["title: *tass", "http://un.example", "countries: [@am, ru]"] {
        assert!(!is_safe("---", lines), "{lines}");
    }
}

const TOML: &str = r#"+++
title     = "L'OTSC se réunit à Minsk sans l'Arménie"
date      = 2023-11-23T10:30:00+01:00
countries = ["AM", "RU", "Kazakhstan"]
summary   = "Le *sommet* 🗺 d'hier"
authors   = ["A. Dupont"]
topics    = ["défense"]
series    = "otsc"
lang      = "FR"
translations_key = "otsc-minsk-2023"
updated   = 2023-11-24
corrections = [{ date = 2023-11-25, text = "Une date." }]
image     = { file = "minsk.jpg", alt = "", credit = "C", caption = "D" }
aliases   = ["/ancienne/adresse/"]
slug      = "otsc-minsk"
draft     = true
expires   = 2030-01-01

[footnotes.tass-1019]
title = "CSTO withdrawal"
publisher = "TASS"
date  = 2023-10-19
url   = "https://tass.example/1"
archive = "https://archive.example/1"
language = "ru"
authors = ["B"]
page = "12"

[footnotes.note-methode]
text = "Un *texte* Markdown."

[extra]
couleur = "rouge"
+++
Le texte.
"#;

const YAML: &str = r#"---
title: L'OTSC se réunit à Minsk sans l'Arménie
date: 2023-11-23T10:30:00+01:00
countries: [AM, RU, Kazakhstan]
summary: "Le *sommet* 🗺 d'hier"
authors:
  - A. Dupont
topics: [défense]
series: otsc
lang: FR
translations_key: otsc-minsk-2023
updated: "2023-11-24"
corrections:
  - date: 2023-11-25
    text: Une date.
image:
  file: minsk.jpg
  alt: ""
  credit: C
  caption: D
aliases: [/ancienne/adresse/]
slug: otsc-minsk
draft: true
expires: 2030-01-01
footnotes:
  tass-1019:
    title: CSTO withdrawal
    publisher: TASS
    date: 2023-10-19
    url: https://tass.example/1
    archive: https://archive.example/1
    language: ru
    authors: [B]
    page: "12"
  note-methode:
    text: Un *texte* Markdown.
extra:
  couleur: rouge
---
Le texte.
"#;

#[test]
fn every_key_is_read_alike_in_both_forms_with_its_place() {
    for text in [TOML.to_owned(), YAML.to_owned(), format!("\u{feff}\n{}", TOML.replace('\n', "\r\n"))] {
        let (front, split, diagnostics) = read_file("content/2023/minsk.md", &text);
        assert_eq!(shown(&text, &diagnostics), NOTHING);
        let within = |span: Span, value: &str| {
            assert_eq!(&text[span.range()], value);
            value.to_owned()
        };
        let at = |spanned: &Spanned<String>| within(spanned.span, &spanned.value);
        let shared = |spanned: &Spanned<Arc<str>>| within(spanned.span, &spanned.value);
        let all = |list: &[Spanned<String>]| list.iter().map(at).collect::<Vec<_>>();
        assert_eq!(at(front.title.as_ref().unwrap()), "L'OTSC se réunit à Minsk sans l'Arménie");
        assert_eq!(front.date.unwrap().value.to_string(), "2023-11-23T10:30:00+01:00");
        assert_eq!(all(&front.countries), ["AM", "RU", "Kazakhstan"]);
        let summary = front.summary.as_ref().unwrap();
        let word = summary.value.find("d'hier").unwrap();
        assert_eq!(&text[summary.span_of(word..word + 6, &text).range()], "d'hier");
        assert_eq!(
            (all(&front.authors), all(&front.topics)),
            (vec!["A. Dupont".into()], vec!["défense".into()])
        );
        assert_eq!(at(front.series.as_ref().unwrap()), "otsc");
        assert_eq!(front.lang.as_ref().unwrap().value.as_str(), "fr");
        assert_eq!(at(front.translations_key.as_ref().unwrap()), "otsc-minsk-2023");
        assert_eq!(front.updated.unwrap().value.to_string(), "2023-11-24");
        assert_eq!(front.corrections[0].date.value.to_string(), "2023-11-25");
        assert_eq!(at(&front.corrections[0].text), "Une date.");
        let image = front.image.as_ref().unwrap();
        assert_eq!((at(&image.file), at(image.alt.as_ref().unwrap())), ("minsk.jpg".into(), "".into()));
        assert_eq!(at(image.caption.as_ref().unwrap()), "D");
        assert_eq!(all(&front.aliases), ["/ancienne/adresse/"]);
        assert_eq!(at(front.slug.as_ref().unwrap()), "otsc-minsk");
        assert!(front.draft);
        assert_eq!(front.expires.unwrap().value.to_string(), "2030-01-01");
        let [(label, FrontNote::Source(tass)), (_, FrontNote::Text(method))] = &front.footnotes[..] else {
            panic!()
        };
        assert_eq!((at(label), shared(&tass.title)), ("tass-1019".into(), "CSTO withdrawal".into()));
        assert_eq!(tass.date.unwrap().value.to_string(), "2023-10-19");
        assert_eq!(shared(tass.url.as_ref().unwrap()), "https://tass.example/1");
        assert_eq!(tass.language.as_ref().unwrap().value.as_str(), "ru");
        assert_eq!(at(method), "Un *texte* Markdown.");
        assert_eq!(front.extra["couleur"], "rouge");
        assert_eq!(text[split.body].trim(), "Le texte.");
    }
}

#[test]
fn each_wrong_key_is_told_at_its_place_with_its_mend() {
    // Lines, what is told, the lines mended where they are.
    let cases: &[(&str, &str, &str)] = &[
        ("titre = 'x'", "D205 titre: unknown key `titre` in the front matter", ""),
        (
            "coutries = ['AM']",
            "D205 coutries: unknown key `coutries` in the front matter",
            "countries = ['AM']",
        ),
        ("pays = ['AM']", "D205 pays: unknown key `pays` in the front matter", "countries = ['AM']"),
        ("date = 2023-11-24", "D206 date: `date` is there twice", ""),
        (
            "countries = 'AM'",
            "D207 'AM': `countries` must be a list of strings, not a string",
            "countries = ['AM']",
        ),
        ("countries = ['AM', '']", "D208 '': `countries` holds an empty text", ""),
        ("summary = ''", "D208 : `summary` is empty", ""),
        ("authors = [1]", "D207 1: `authors` must hold strings only, not an integer", "authors = [\"1\"]"),
        (
            "topics = true",
            "D207 true: `topics` must be a list of strings, not a boolean",
            "topics = [\"true\"]",
        ),
        ("series = 3", "D207 3: `series` must be a string, not an integer", "series = \"3\""),
        ("lang = 'français'", "D208 français: `français` is not the tag of a language", ""),
        ("lang = 'fr_FR'", "D208 fr_FR: `fr_FR` is not the tag of a language", "lang = 'fr-FR'"),
        ("translations_key = ['a']", "D207 ['a']: `translations_key` must be a string, not a list", ""),
        (
            "updated = '2023-11-24'",
            "D207 '2023-11-24': `updated` must be a date, not a string",
            "updated = 2023-11-24",
        ),
        (
            "updated = 2023-11-22",
            "D210 2023-11-22: `updated` comes before the date of the brief, 2023-11-23",
            "",
        ),
        (
            "expires = 2020-01-01",
            "D210 2020-01-01: `expires` comes before the date of the brief, 2023-11-23",
            "",
        ),
        (
            "expires = 2030-02-30",
            "D210 2030-02-30: `2030-02-30` is not a date: February 2030 has 28 days",
            "",
        ),
        (
            "corrections = { date = 2023-11-24, text = 'x' }",
            "D207 { date = 2023-11-24, text = 'x' }: `corrections` must be a list of tables, not a table",
            "corrections = [{ date = 2023-11-24, text = 'x' }]",
        ),
        (
            "corrections = [{ date = 2023-11-24 }]",
            "D209 { date = 2023-11-24 }: a correction has no `text`",
            "",
        ),
        (
            "image = 'a.jpg'",
            "D207 'a.jpg': `image` must be a table, not a string",
            "image = { file = \"a.jpg\" }",
        ),
        ("image = { alt = 'x' }", "D209 { alt = 'x' }: the image has no `file`", ""),
        ("image = { file = 'a', legend = 'x' }", "D205 legend: unknown key `legend` in the image", ""),
        ("aliases = ['ancienne/']", "D408 ancienne/: an alias begins with `/`", "aliases = ['/ancienne/']"),
        ("aliases = ['/a/../b/']", "D408 /a/../b/: an alias has no `.`, `..` or empty part", ""),
        (
            "aliases = ['//ailleurs.example/']",
            "D408 //ailleurs.example/: an alias has no `.`, `..` or empty part",
            "",
        ),
        (
            "aliases = ['https://releve.example/a/']",
            "D408 https://releve.example/a/: an alias is an address on this site, without scheme and host",
            "aliases = ['/a/']",
        ),
        (
            "aliases = ['/a/?p=1']",
            "D408 /a/?p=1: an alias has neither query nor fragment",
            "aliases = ['/a/']",
        ),
        ("aliases = ['/a b/']", "D408 /a b/: ` ` can't stand in an alias", ""),
        (
            "slug = 'Été à Minsk'",
            "D408 Été à Minsk: a slug is made of lower case letters, digits and single hyphens",
            "slug = 'ete-a-minsk'",
        ),
        (
            "slug = '../../etc'",
            "D408 ../../etc: a slug is made of lower case letters, digits and single hyphens",
            "slug = 'etc'",
        ),
        ("slug = '…'", "D408 …: a slug is made of lower case letters, digits and single hyphens", ""),
        ("draft = 'true'", "D207 'true': `draft` must be `true` or `false`, not a string", "draft = true"),
        ("footnotes = 'x'", "D207 'x': `footnotes` must be a table, not a string", ""),
        ("footnotes.a = 3", "D207 3: the note `a` must be a table or a text, not an integer", ""),
        (
            "footnotes.a = { publisher = 'TASS' }",
            "D209 { publisher = 'TASS' }: the note `a` has no `title`",
            "",
        ),
        ("footnotes.a = { title = 'x', date = '2023-13' }", "D210 '2023-13': `2023-13` is not a month", ""),
        (
            "footnotes.a = { title = 'x', url = 'www.a.example' }",
            "D208 www.a.example: `www.a.example` is not the address of a web page",
            "footnotes.a = { title = 'x', url = 'https://www.a.example' }",
        ),
        (
            "footnotes.a = { title = 'x', url = 'javascript:x' }",
            "D208 javascript:x: `javascript:x` is not the address of a web page",
            "",
        ),
        (
            "footnotes.a = { title = 'x', archive = 'https:///a' }",
            "D208 https:///a: `https:///a` is not the address of a web page",
            "",
        ),
        (
            "footnotes.a = { title = 'x', editeur = 'y' }",
            "D205 editeur: unknown key `editeur` in the note `a`",
            "footnotes.a = { title = 'x', publisher = 'y' }",
        ),
        ("footnotes.a = { text = 'x', url = 'y' }", "D211 url: a note with a `text` has no `url`", ""),
        ("footnotes.\"a b\" = { text = 'x' }", "D208 a b: no call can be made to the note `a b`", ""),
        (
            "[footnotes.a]\r\ntext = 'x'\r\nseries = 'x'",
            "D205 series: unknown key `series` in the note `a`",
            "",
        ),
        ("extra = []", "D207 []: `extra` must be a table, not a list", ""),
    ];
    for (lines, expected, mend) in cases {
        let (told, mended) = told_of(lines);
        assert_eq!(told, [*expected], "{lines}");
        assert_eq!(mended, if mend.is_empty() { *lines } else { *mend }, "{lines}");
    }
}

#[test]
fn title_and_date_are_missed_where_they_are_needed() {
    let told = |path: &str, lines: &str| {
        let text = format!("+++\n{lines}+++\n");
        let (front, _, diagnostics) = read_file(path, &text);
        (front, shown(&text, &diagnostics))
    };
    let no_title = "D209 +++: the front matter has no `title`";
    let no_date = "D209 +++: the front matter has no `date`, and the file's name begins with none";
    assert_eq!(told("content/minsk.md", "").1, [no_title, no_date]);
    assert_eq!(told("content/2023-11-23-minsk.md", "").1, [no_title]);
    assert_eq!(told("content/2023-02-30-minsk.md", "title = 'a'\n").1, [no_date]);
    assert_eq!(told("content/2023-11-23.md", "title = 'a'\n").1, NOTHING);
    assert_eq!(told("content/2023-11-23_minsk.md", "title = 'a'\n").1, NOTHING);
    assert_eq!(told("content/2023-11-23minsk.md", "title = 'a'\n").1, [no_date]);
    assert_eq!(told("content/pages/a.md", "").1, [no_title]);
    assert_eq!(told("content/countries/kz.md", "").1, NOTHING);

    let (front, _) = told("content/2023-11-23-minsk.md", "title = 'a'\n");
    assert_eq!(front.date.unwrap(), Spanned::new(Moment::parse("2023-11-23").unwrap(), Span::default()));
    let (front, shown) = told("content/2023-11-23-minsk.md", "title = 'a'\ndate = 2023-11-25\n");
    assert_eq!((front.day().to_string(), shown.as_slice()), ("2023-11-25".into(), [].as_slice()));
    assert_eq!(without_date("2023-11-23-minsk"), "minsk");
    assert_eq!(without_date("2023-11-23_minsk"), "minsk");
    assert_eq!(without_date("2023-02-30-minsk"), "2023-02-30-minsk");
}

#[test]
fn a_page_has_no_date_and_no_countries() {
    let text = "+++\ntitle = 'À propos'\ndate = 2023-11-23\ncountries = ['AM']\n+++\n";
    let (front, _, diagnostics) = read_file("content/pages/a-propos.md", text);
    let expected = [
        "D211 date: a stand-alone page has no `date`",
        "D211 countries: a stand-alone page has no `countries`",
    ];
    assert_eq!(shown(text, &diagnostics), expected);
    assert_eq!((front.date, front.countries.len()), (None, 0));
}

#[test]
fn a_title_stands_on_one_line_and_an_empty_value_of_yaml_is_none() {
    let text = "---\ntitle: |\n  un\n  deux\ndate: 2023-11-23\nauthors:\n---\n";
    let (front, _, diagnostics) = read_file("content/a.md", text);
    assert_eq!(
        diagnostics.iter().map(|told| told.message.as_str()).collect::<Vec<_>>(),
        ["`title` must stand on one line"]
    );
    assert_eq!(front.title_text(), "un deux");
}

#[test]
fn a_source_may_be_dated_by_month_or_year_and_a_note_be_text_alone() {
    let text = "+++\ntitle = 'a'\ndate = 2023-11-23\n[footnotes]\nm = { title = 'x', date = '2023-10' }\ny = { title = 'x', date = 2023 }\nt = 'Texte'\ne = { text = '' }\n+++\n";
    let (front, _, diagnostics) = read_file("content/a.md", text);
    assert_eq!(shown(text, &diagnostics), NOTHING);
    let dates: Vec<String> = front
        .footnotes
        .iter()
        .filter_map(|(_, note)| match note {
            FrontNote::Source(source) => Some(source.date?.value.to_string()),
            FrontNote::Text(_) => None,
        })
        .collect();
    assert_eq!(dates, ["2023-10", "2023"]);
    assert_eq!(
        front.footnotes.iter().map(|(_, note)| note.is_empty()).collect::<Vec<_>>(),
        [false, false, false, true]
    );
}

#[test]
fn all_problems_of_a_file_are_told_at_once_in_order() {
    let text = "+++\n# 🗺\ntitre = \"x\"\ndate = 2023-02-30\ncountries = \"AM\"\nauthors = [\"A\"\nlang = \"fr\n[footnotes.a]\nurl = \"x\"\n+++\n";
    let (_, _, diagnostics) = read_file("content/a.md", text);
    let codes: Vec<&str> = diagnostics.iter().map(|told| told.code.id).collect();
    assert_eq!(codes, ["D209", "D205", "D210", "D207", "D204", "D204", "D209", "D208"]);
}

/// What the split of `text` finds: front matter, body, and what is told.
fn split_of(text: &str) -> (Option<Format>, &str, &str, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let split = split(&source("content/a.md", text), &mut diagnostics);
    (split.format, &text[split.front], &text[split.body], diagnostics)
}

#[test]
fn fences_are_found_whatever_the_ends_of_lines() {
    for (text, format, front, body) in [
        ("+++\na = 1\n+++\nTexte\n", Format::Toml, "a = 1\n", "Texte\n"),
        ("---\na: 1\n---\nTexte\n", Format::Yaml, "a: 1\n", "Texte\n"),
        ("\u{feff}+++  \r\na = 1\r\n+++\t\r\nTexte\r\n", Format::Toml, "a = 1\r\n", "Texte\r\n"),
        ("\n \n+++\n+++", Format::Toml, "", ""),
        ("+++\na = 1\n---\n+++\nTexte", Format::Toml, "a = 1\n---\n", "Texte"),
        (
            "+++\na = 1\n+++\nUn titre\n---\n\n---\n\nTexte: oui\n\n---\n",
            Format::Toml,
            "a = 1\n",
            "Un titre\n---\n\n---\n\nTexte: oui\n\n---\n",
        ),
        (
            "+++\na = 1\n+++\n\n---\n\nDate: hier\n\n---\nfin\n",
            Format::Toml,
            "a = 1\n",
            "\n---\n\nDate: hier\n\n---\nfin\n",
        ),
        ("+++\na = 1\n+++\n---\nLe texte.\n---\n", Format::Toml, "a = 1\n", "---\nLe texte.\n---\n"),
        (
            "+++\na = 1\n+++\n---\nAttention: ceci\n---\n",
            Format::Toml,
            "a = 1\n",
            "---\nAttention: ceci\n---\n",
        ),
    ] {
        let (found, front_found, body_found, diagnostics) = split_of(text);
        assert_eq!((found, front_found, body_found), (Some(format), front, body), "{text:?}");
        assert_eq!(shown(text, &diagnostics), NOTHING, "{text:?}");
    }
}

#[test]
fn a_file_of_nothing_is_empty() {
    for text in ["", "\u{feff}", " \r\n\n\t"] {
        let (format, _, body, diagnostics) = split_of(text);
        assert_eq!((format, body), (None, ""));
        assert_eq!(shown(text, &diagnostics), ["D105 : the file is empty"]);
    }
}

#[test]
fn missing_or_unclosed_fences_are_told_and_the_rest_is_read() {
    // Text, what is told, front matter, body, text mended.
    let cases: &[(&str, &str, &str, &str, Option<&str>)] = &[
        ("Bonjour\n", "D201 Bonjour: this file does not begin with front matter", "", "Bonjour\n", None),
        (
            "{\"title\": 1}\n",
            "D201 {\"title\": 1}: this file does not begin with front matter",
            "",
            "{\"title\": 1}\n",
            None,
        ),
        (
            "title = 'a'\n\nTexte\n",
            "D201 title = 'a': this file does not begin with front matter",
            "title = 'a'\n",
            "\nTexte\n",
            None,
        ),
        (
            "title: a\nTexte\n",
            "D201 title: a: this file does not begin with front matter",
            "title: a\n",
            "Texte\n",
            None,
        ),
        (
            "++++\na = 1\n+++\nTexte\n",
            "D201 ++++: `++++` does not open a front matter",
            "a = 1\n",
            "Texte\n",
            Some("+++\na = 1\n+++\nTexte\n"),
        ),
        (
            " ---\na: 1\n---\n",
            "D201  ---: ` ---` does not open a front matter",
            "a: 1\n",
            "",
            Some("---\na: 1\n---\n"),
        ),
        (
            "--- yaml\na: 1\n---\n",
            "D201 --- yaml: `--- yaml` does not open a front matter",
            "a: 1\n",
            "",
            Some("---\na: 1\n---\n"),
        ),
        (
            "+++\ntitle = 'a'\n---\nTexte\n",
            "D202 +++: this front matter is opened by `+++` and closed by `---`",
            "title = 'a'\n",
            "Texte\n",
            Some("+++\ntitle = 'a'\n+++\nTexte\n"),
        ),
        (
            "---\ntitle: a\n...\nTexte\n",
            "D202 ---: this front matter is opened by `---` and closed by `...`",
            "title: a\n",
            "Texte\n",
            Some("---\ntitle: a\n---\nTexte\n"),
        ),
        (
            "+++\ntitle = 'a'\nl = [\n  'x',\n]\n\n# Titre\n\nTexte\n\n---\n\nfin\n",
            "D202 +++: this front matter is never closed",
            "title = 'a'\nl = [\n  'x',\n]\n",
            "\n# Titre\n\nTexte\n\n---\n\nfin\n",
            Some("+++\ntitle = 'a'\nl = [\n  'x',\n]\n+++\n\n# Titre\n\nTexte\n\n---\n\nfin\n"),
        ),
        (
            "+++\ns = \"\"\"\nprose\n\"\"\"\nTexte",
            "D202 +++: this front matter is never closed",
            "s = \"\"\"\nprose\n\"\"\"\n",
            "Texte",
            Some("+++\ns = \"\"\"\nprose\n\"\"\"\n+++\nTexte"),
        ),
        (
            "---\ntitle: a",
            "D202 ---: this front matter is never closed",
            "title: a",
            "",
            Some("---\ntitle: a\n---\n"),
        ),
        ("+++ \r\nTexte\r\n", "D202 +++: this front matter is never closed", "", "Texte\r\n", None),
        (
            "+++\na = 1\n+++\n\n---\ntitle: b\ntags: [c]\n---\nTexte\n",
            "D203 ---: this file has a second front matter",
            "a = 1\n",
            "Texte\n",
            None,
        ),
        (
            "+++\na = 1\n+++\n+++\ntitle = 'b'\n+++\nTexte\n",
            "D203 +++: this file has a second front matter",
            "a = 1\n",
            "Texte\n",
            None,
        ),
    ];
    for (text, told, front, body, mend) in cases {
        let (_, front_found, body_found, diagnostics) = split_of(text);
        assert_eq!(shown(text, &diagnostics), [*told], "{text:?}");
        assert_eq!((front_found, body_found), (*front, *body), "{text:?}");
        assert_eq!(mended(text, &diagnostics), mend.unwrap_or(text), "{text:?}");
    }
}

#[test]
fn the_guess_of_where_front_matter_ends_names_the_line() {
    let (_, _, _, diagnostics) = split_of("\n+++\ntitle = 'a'\ndate = 2023-11-23\nLe texte.\n");
    assert_eq!(diagnostics[0].help, ["close it with `+++` on a line of its own, it seems above line 5"]);
}

fn places(diagnostics: &[Diagnostic]) -> impl Iterator<Item = Span> {
    diagnostics.iter().flat_map(|told| {
        let related = told.related.iter().map(|(place, _)| place.span);
        let edits = told.fix.iter().flat_map(Fix::edits).map(|edit| edit.span);
        related.chain(edits).chain([told.place.span])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn any_file_is_read_and_every_place_lies_within_it(
        text in r#"(\+\+\+\n?|---\n?|\.\.\.|\r?\n|title|date|countries|footnotes|corrections|image|slug|aliases| ?= ?|: |- |\[footnotes\.a\]|[\[\]{},"']|2023-1[0-9]-[0-3][0-9]|[a-zé🗺/ ]{1,3}|\\|\x{feff}){0,40}"#,
        folder in "content/(pages/|countries/|2023-11-23-)?",
    ) {
        for start in ["", "+++\n", "---\n"] {
            let text = format!("{start}{text}");
            let (_, split, diagnostics) = read_file(&format!("{folder}a.md"), &text);
            for span in places(&diagnostics) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
            }
            prop_assert!(split.front.end <= split.body.start);
            prop_assert!(text.get(split.front).is_some() && text.get(split.body).is_some());
        }
    }
}
