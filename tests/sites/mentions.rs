//! Countries and organisations that briefs speak of: linked, listed, and remarked on.

use super::site::{Site, site};

/// What is only suggested elsewhere is told here.
const SETTINGS: &str =
    "title = \"Essai\"\n[lints]\nundeclared-country = \"warn\"\nambiguous-mention = \"warn\"\n";

/// A brief on France with this text, another on each of these countries so that they have pages.
fn brief(front: &str, text: &str, others: &[&str]) -> Site {
    let own = format!(
        "+++\ntitle = \"Un sommet\"\ndate = 2024-01-02\ncountries = [\"FR\"]\nsummary = \"S.\"\n{front}+++\n\n{text}\n"
    );
    let mut files = vec![("site.toml".to_owned(), SETTINGS.to_owned()), ("content/a.md".to_owned(), own)];
    files.extend(others.iter().map(|code| {
        let text = format!("+++\ntitle = \"{code}\"\ndate = 2023-01-01\ncountries = [\"{code}\"]\nsummary = \"S.\"\n+++\n\nT.\n");
        (format!("content/{code}.md"), text)
    }));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    site(&files)
}

/// The words that lead to pages of countries, each with the end of its address.
fn links(site: &Site) -> Vec<String> {
    let page = &site.build()["briefs/a/index.html"];
    let links = page.split("<a class=\"mention\" href=\"../../pays/").skip(1);
    links.map(|link| link.split("</a>").next().unwrap().replace("/\">", " ")).collect()
}

#[test]
fn the_first_mention_of_a_country_leads_to_its_page() {
    let site = brief(
        "",
        "Le **Kazakhstan** et l’Ouzbékistan. Les Kazakhs, et le Turkménistan[^a].\n\nLe *Kremlin* dément.\n\n[^a]: En Chine.",
        &["KZ", "UZ", "RU", "CN"],
    );
    assert_eq!(links(&site), ["kazakhstan Kazakhstan", "ouzbekistan Ouzbékistan", "russie Kremlin"]);
}

#[test]
fn no_link_stands_in_headings_links_quotations_and_code_nor_for_what_is_not_sure() {
    let text = "## Le Kazakhstan\n\n> Le Kazakhstan.\n\n[Le Kazakhstan](https://x.example/), « le Kazakhstan », `Kazakhstan`, \
                réunis à Astana, la minorité kazakhe, <https://x.example/Kazakhstan>.\n\n```\nKazakhstan\n```\n";
    assert_eq!(links(&brief("", text, &["KZ"])), [""; 0]);
    let after = format!("{text}\nEt le Kazakhstan.");
    assert_eq!(links(&brief("", &after, &["KZ"])), ["kazakhstan Kazakhstan"]);
}

#[test]
fn no_link_stands_right_beside_a_call() {
    let text = "Le Kazakhstan[^a], encore[^a] Ouzbékistan.[^a] Et la Russie.\n\n[^a]: N.";
    assert_eq!(links(&brief("", text, &["KZ", "UZ", "RU"])), ["russie Russie"]);
}

#[test]
fn a_site_a_brief_or_a_word_can_say_no() {
    let text = "Le Kazakhstan.";
    let off = brief("link_mentions = false\n", text, &["KZ"]);
    assert_eq!(links(&off), [""; 0]);
    off.write("site.toml", "title = \"Essai\"\nlink_mentions = false\n");
    assert_eq!(links(&off), [""; 0]);
    let on = brief("link_mentions = true\n", text, &["KZ"]);
    on.write("site.toml", "title = \"Essai\"\nlink_mentions = false\n");
    assert_eq!(links(&on), ["kazakhstan Kazakhstan"]);
    let word = brief("", "Le [Kazakhstan](country:none).", &["KZ"]);
    assert_eq!(word.problems(), [""; 0]);
    let page = &word.build()["briefs/a/index.html"];
    assert!(page.contains("<p>Le Kazakhstan.</p>"), "{page}");
}

#[test]
fn a_word_can_be_told_what_it_is() {
    let site = brief("", "Le sénateur de [Géorgie](country:US), et [là](country:Kazakhstan).", &["US", "KZ"]);
    assert_eq!(site.problems(), [""; 0]);
    let page = &site.build()["briefs/a/index.html"];
    assert!(page.contains("<a href=\"../../pays/etats-unis/\">Géorgie</a>"), "{page}");
    assert!(page.contains("<a href=\"../../pays/kazakhstan/\">là</a>"), "{page}");
    let unknown = brief("", "En [Géorgie](country:Kazakstan).", &[]);
    assert_eq!(unknown.problems(), ["D401 content/a.md:8:14 no country is called `Kazakstan`"]);
    assert_eq!(unknown.diagnostics()[0].help, ["did you mean `Kazakhstan`?"]);
}

#[test]
fn a_mention_in_text_that_is_written_otherwise_than_it_reads_is_not_linked() {
    assert_eq!(links(&brief("", "L&rsquo;Ouzb&eacute;kistan, le Kazakh\\stan.", &["KZ", "UZ"])), [""; 0]);
}

#[test]
fn a_country_named_often_and_not_declared_is_suggested() {
    let text = "Le Kazakhstan, les Kazakhs, le président kazakh. Le Kazakhstan, la France.";
    let site = brief("", text, &["KZ"]);
    assert_eq!(
        site.problems(),
        ["D506 content/a.md:8:4 this brief names Kazakhstan 4 times, and does not declare it"]
    );
    assert_eq!(
        site.diagnostics()[0].help,
        ["add `KZ` to `countries`, so that it stands on the page of Kazakhstan"]
    );
    assert_eq!(
        brief("", "Le Kazakhstan, les Kazakhs. Le Kazakhstan, la France.", &["KZ"]).problems(),
        [""; 0]
    );
}

#[test]
fn a_country_declared_and_never_named_is_told_unless_an_organisation_of_its_stands_for_it() {
    let words = "un mot tel ".repeat(15);
    let unnamed = "D507 content/a.md:4:15 this brief declares France, and never names it";
    assert_eq!(brief("", &words, &[]).problems(), [unnamed]);
    for text in ["Paris", "les Français", "l’OTAN", "l’Élysée"] {
        assert_eq!(brief("", &format!("{words} {text}."), &[]).problems(), [""; 0], "{text}");
    }
    // The Treaty of Accession of Finland is of 2023.
    let finland = |day: &str| {
        let site = brief("", &format!("{words} l’OTAN, la France."), &[]);
        let front = format!(
            "+++\ntitle = \"Un sommet\"\ndate = {day}\ncountries = [\"FR\", \"FI\"]\nsummary = \"S.\"\n+++\n\n"
        );
        site.write("content/a.md", format!("{front}{words} l’OTAN, la France.\n"));
        site.problems().len()
    };
    assert_eq!((finland("2022-01-01"), finland("2024-01-01")), (1, 0));
}

#[test]
fn what_may_be_one_of_several_is_suggested_unless_the_front_matter_decides() {
    let text = "La France reçoit le président congolais.";
    let told =
        "D508 content/a.md:8:31 these words may mean `CD` (République démocratique du Congo) or `CG` (Congo)";
    assert_eq!(brief("", text, &[]).problems(), [told]);
    let site = brief("", text, &[]);
    site.write(
        "content/a.md",
        "+++\ntitle = \"Un sommet\"\ndate = 2024-01-02\ncountries = [\"FR\", \"CD\"]\nsummary = \"S.\"\n+++\n\nLa France reçoit le président congolais.\n",
    );
    assert_eq!(site.problems(), [""; 0]);
}
