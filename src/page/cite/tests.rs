//! Each format, read back as programs read it.

use super::*;
use biblatex::{Bibliography, ChunksExt, DateValue, Entry, PermissiveType};

fn dispatch() -> Item {
    Item {
        id: "2023-11-23-otsc".into(),
        item_type: ItemType::ArticleNewspaper,
        title: "L'OTSC se réunit à Minsk sans l'Arménie".into(),
        author: vec![Name::new("La rédaction"), Name::new("Morel, Ariane")],
        container_title: Some("Le Relevé".into()),
        publisher: Some("Association Le Relevé".into()),
        issued: PartialDate::parse("2023-11-23").ok(),
        version: Some("2023-11-24".into()),
        url: Some("https://releve.example/briefs/otsc/".into()),
        language: LanguageTag::parse("fr"),
    }
}

/// All that is known of some sources.
fn bare(title: &str) -> Item {
    Item {
        id: "source".into(),
        item_type: ItemType::Webpage,
        title: title.into(),
        author: Vec::new(),
        container_title: None,
        publisher: None,
        issued: None,
        version: None,
        url: None,
        language: None,
    }
}

/// The entry as a program reads it.
fn read(item: &Item) -> Entry {
    let bibliography = Bibliography::parse(&bibtex(item)).unwrap();
    assert_eq!(bibliography.len(), 1);
    bibliography.into_iter().next().unwrap()
}

fn read_title(title: &str) -> String {
    read(&bare(title)).title().unwrap().format_verbatim()
}

#[test]
fn bibtex_says_all_that_is_known() {
    assert_eq!(
        bibtex(&dispatch()),
        "@online{2023-11-23-otsc,\n  \
           author = {{La rédaction} and Morel, Ariane},\n  \
           title = {{L'OTSC} se réunit à {Minsk} sans {l'Arménie}},\n  \
           organization = {Le Relevé},\n  \
           publisher = {Association Le Relevé},\n  \
           date = {2023-11-23},\n  \
           version = {2023-11-24},\n  \
           url = {https://releve.example/briefs/otsc/},\n  \
           langid = {french},\n\
         }\n"
    );
    assert_eq!(bibtex(&bare("Un titre")), "@misc{source,\n  title = {Un titre},\n}\n");
}

#[test]
fn bibtex_names_are_taken_apart_where_the_writer_did_and_nowhere_else() {
    let names =
        ["La rédaction", "Morel, Ariane", "Dupont and Dupond", "Fils and Co, Jean", "others", "A, B, C", ","];
    let item = Item { author: names.map(Name::new).to_vec(), ..bare("Un titre") };
    let read: Vec<(String, String)> =
        read(&item).author().unwrap().into_iter().map(|person| (person.name, person.given_name)).collect();
    let expected = [
        ("La rédaction", ""),
        ("Morel", "Ariane"),
        ("Dupont and Dupond", ""),
        ("Fils and Co", "Jean"),
        ("others", ""),
        ("A, B, C", ""),
        (",", ""),
    ];
    assert_eq!(read, expected.map(|(family, given)| (family.to_owned(), given.to_owned())));
}

#[test]
fn bibtex_titles_are_read_as_they_were_written() {
    for title in [
        "100 % de AT&T, n#1, a_b, 5 $, c:\\d, ~, ^",
        "Une { seule, deux } dans le désordre, \\{ } \\}",
        "$US et \\LaTeX, %MACRO et {Accolades}",
        "« Приказ » : l’été à Erevan ?",
        "\"Guillemets\" @article{x, y = 1}",
        "",
        "\\",
    ] {
        assert_eq!(read_title(title), title, "{}", bibtex(&bare(title)));
    }
}

#[test]
fn bibtex_spaces_that_no_line_breaks_at_are_tex_s_own() {
    let entry = bibtex(&bare("«\u{a0}Ici\u{a0}»\u{202f}?"));
    assert!(entry.contains("{«~{Ici}~»~?}"), "{entry}");
}

#[test]
fn bibtex_braces_keep_capitals() {
    let titled = |title: &str| {
        let entry = bibtex(&bare(title));
        let line = entry.lines().find_map(|line| line.strip_prefix("  title = {")).unwrap();
        line.strip_suffix("},").unwrap().to_owned()
    };
    assert_eq!(titled("Le Conseil se réunit"), "Le {Conseil} se réunit");
    assert_eq!(titled("OTSC : un retrait"), "{OTSC} : un retrait");
    assert_eq!(titled("À Évian, l’ONU"), "À {Évian,} {l’ONU}");
    assert_eq!(titled("un don de $US"), "un don de {{\\$US}}");
}

#[test]
fn bibtex_keeps_an_address_and_a_partial_date() {
    let url = "https://x.example/%D0%9F_a~b?c=1&d=%7B#e";
    let item = Item { url: Some(url.into()), issued: PartialDate::parse("2023-10").ok(), ..bare("Un titre") };
    let entry = read(&item);
    assert_eq!(entry.url().unwrap(), url);
    let Ok(PermissiveType::Typed(date)) = entry.date() else { panic!("{:?}", entry.date()) };
    let DateValue::At(date) = date.value else { panic!("{date:?}") };
    assert_eq!((date.year, date.month, date.day), (2023, Some(9), None));
    let odd = Item { url: Some("https://x.example/{a}\\".into()), ..bare("Un titre") };
    assert_eq!(read(&odd).url().unwrap(), "https://x.example/%7Ba%7D%5C");
}

#[test]
fn csl_json_says_all_that_is_known() {
    assert_eq!(
        csl_json(&[dispatch()]),
        "[{\n  \
           \"id\": \"2023-11-23-otsc\",\n  \
           \"type\": \"article-newspaper\",\n  \
           \"title\": \"L'OTSC se réunit à Minsk sans l'Arménie\",\n  \
           \"author\": [{\"literal\":\"La rédaction\"},{\"family\":\"Morel\",\"given\":\"Ariane\"}],\n  \
           \"container-title\": \"Le Relevé\",\n  \
           \"publisher\": \"Association Le Relevé\",\n  \
           \"issued\": {\"date-parts\":[[2023,11,23]]},\n  \
           \"version\": \"2023-11-24\",\n  \
           \"URL\": \"https://releve.example/briefs/otsc/\",\n  \
           \"language\": \"fr\"\n\
         }]\n"
    );
}

#[test]
fn csl_json_is_a_list_that_any_program_reads() {
    let year = Item { issued: PartialDate::parse("2023").ok(), ..bare("Un \"titre\" \\ </script>") };
    let read: serde_json::Value = serde_json::from_str(&csl_json(&[dispatch(), year])).unwrap();
    assert_eq!(read[1]["title"], "Un \"titre\" \\ </script>");
    assert_eq!(read[1]["type"], "webpage");
    assert_eq!(read[1]["issued"]["date-parts"], serde_json::json!([[2023]]));
    assert_eq!(read[1].get("author"), None);
    assert_eq!(csl_json(&[]), "[]\n");
}

#[test]
fn a_data_url_holds_every_character_and_none_that_would_end_it() {
    let text = "été,\n\t\"a\" <b> #c %41 ?d 'e' &f {g}|h\\ ` [i]^ \u{7f}\u{85}\u{a0}\u{202f}приказ 𝕏\n";
    let url = data_url("text/plain", text);
    let kept = url.strip_prefix("data:text/plain,").unwrap();
    assert!(!kept.contains(|odd: char| odd <= ' ' || "\"<>#?{}|\\^`[]".contains(odd)), "{kept}");
    let mut bytes = Vec::new();
    let mut rest = kept.bytes();
    while let Some(byte) = rest.next() {
        let hex = |byte: Option<u8>| char::from(byte.unwrap()).to_digit(16).unwrap() as u8;
        bytes.push(if byte == b'%' { hex(rest.next()) * 16 + hex(rest.next()) } else { byte });
    }
    assert_eq!(String::from_utf8(bytes).unwrap(), text);
}
