//! The pages of countries: what is known of a country, how it is covered, and its briefs.

use crate::site::{Site, site};
use std::collections::BTreeMap;

const SETTINGS: &str = "title = \"Essai\"\nbase_url = \"https://essai.example/\"\nlanguage = \"fr\"\n";

/// A brief of that day with these countries, and these lines in its front matter.
fn brief(day: &str, countries: &[&str], front: &str) -> (String, String) {
    let countries: Vec<String> = countries.iter().map(|country| format!("\"{country}\"")).collect();
    let countries = countries.join(", ");
    let text = format!(
        "+++\ntitle = \"Titre {day}\"\ncountries = [{countries}]\nsummary = \"S.\"\n{front}\n+++\n\nTexte.\n"
    );
    (format!("content/{day}-b{day}.md"), text)
}

fn newsroom(settings: &str, briefs: &[(String, String)]) -> Site {
    let mut files = vec![("site.toml", settings)];
    files.extend(briefs.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    site(&files)
}

fn built(briefs: &[(String, String)]) -> BTreeMap<String, String> {
    newsroom(SETTINGS, briefs).build()
}

/// The page of a country, of all briefs given.
fn page(name: &str, briefs: &[(String, String)]) -> String {
    built(briefs)[&format!("pays/{name}/index.html")].clone()
}

/// What a page's main part says, without tags, its spaces made plain.
fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let text = main.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    let text: String = text.collect::<String>().replace(['\u{a0}', '\u{202f}', '\n'], " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_country_is_spoken_of_in_right_grammar() {
    for (code, name, sentence) in [
        ("AM", "armenie", "Tous les articles sur l’Arménie"),
        ("CU", "cuba", "Tous les articles sur Cuba"),
        ("KZ", "kazakhstan", "Tous les articles sur le Kazakhstan"),
    ] {
        let page = page(name, &[brief("2024-01-01", &[code], "")]);
        assert!(words(&page).contains(&format!("{sentence} (1)")), "{page}");
        assert!(page.contains(&format!("<meta name=\"description\" content=\"{sentence}\">")));
    }
}

#[test]
fn the_page_shows_where_the_country_is_and_leads_to_its_region_and_its_neighbours() {
    let briefs = [brief("2024-01-02", &["AM", "AZ"], ""), brief("2024-01-01", &["AZ", "FR"], "")];
    let page = page("armenie", &briefs);
    assert!(page.contains("<a href=\"../#region-145\">Asie occidentale</a>"), "{page}");
    assert!(page.contains("<title id=\"map--title\">Carte de situation de l’Arménie</title>"));
    assert!(page.contains("Frontières terrestres\u{a0}: l’Azerbaïdjan, la Géorgie, l’Iran et la Turquie."));
    assert!(words(&page).contains("Capitale Erevan"), "{}", words(&page));
    assert!(page.contains("<a href=\"../azerbaidjan/\">Azerbaïdjan</a> (2), Géorgie, Iran, Turquie</dd>"));
}

#[test]
fn organisations_are_those_of_the_day_of_the_edition_and_former_ones_come_apart() {
    let briefs = [brief("2005-01-01", &["UZ"], "")];
    let of = |day| words(&newsroom(SETTINGS, &briefs).on(day).build()["pays/ouzbekistan/index.html"]);
    assert!(of("2008-01-01").contains("OTSC (depuis 2006)"), "{}", of("2008-01-01"));
    let later = of("2024-06-01");
    let (current, former) = later.split_once("Anciennes appartenances").unwrap();
    assert!(current.contains("ONU (depuis 1992)") && !current.contains("OTSC"), "{current}");
    assert!(former.contains("OTSC (1994–1999), OTSC (2006–2012)"), "{former}");
    assert!(former.contains("OTSC – Participation suspendue à sa demande."), "{former}");
}

#[test]
fn what_is_disputed_says_so_and_shows_the_map_of_its_parent() {
    let page = page("abkhazie", &[brief("2024-01-01", &["abkhazie", "GE"], "")]);
    assert!(words(&page).contains("Territoire de la Géorgie selon l’ONU"), "{page}");
    assert!(page.contains("<a href=\"../georgie/\">Géorgie</a>"));
    assert!(page.contains("Carte de situation de la Géorgie"));
    assert!(!page.contains("Capitale"));
}

#[test]
fn the_page_of_a_state_leads_to_its_territories_and_names_those_without_briefs() {
    let briefs = [brief("2024-01-01", &["FR"], ""), brief("2024-01-02", &["GP"], "")];
    let page = page("france", &briefs);
    let (_, territories) = page.split_once("<dt>Territoires et nombre d’articles</dt>").unwrap();
    let territories = territories.split("</dd>").next().unwrap();
    assert!(territories.contains("<a href=\"../guadeloupe/\">Guadeloupe</a> (1), Guyane"), "{territories}");
    assert!(territories.contains(", Martinique, Mayotte, "), "{territories}");
    // One that the site gives no place in the index is not among them.
    let own = format!("{SETTINGS}[territories.MQ]\npage = false\n");
    let page = &newsroom(&own, &briefs).build()["pays/france/index.html"];
    assert!(!page.contains("Martinique") && page.contains("Mayotte"));
    assert!(!page.contains("<dt>Territoires et nombre d’articles</dt><dd></dd>"));
}

#[test]
fn what_is_no_more_names_its_successors_and_has_no_map() {
    let page = page("tchecoslovaquie", &[brief("2024-01-01", &["CS", "SK"], "")]);
    assert!(words(&page).contains("Lui succèdent : Tchéquie et Slovaquie"), "{}", words(&page));
    assert!(page.contains("<a href=\"../slovaquie/\">Slovaquie</a>"));
    assert!(!page.contains("<svg class=\"map"));
}

#[test]
fn nothing_is_said_of_a_capital_that_is_disputed() {
    let files = built(&[brief("2024-01-01", &["IL", "PS"], "")]);
    for name in ["israel", "palestine"] {
        assert!(!files[&format!("pays/{name}/index.html")].contains("Capitale"), "{name}");
    }
}

#[test]
fn briefs_are_counted_by_month_in_a_chart_and_in_a_table() {
    let briefs = [
        brief("2024-03-09", &["AM"], ""),
        brief("2024-03-01", &["AM"], ""),
        brief("2024-01-01", &["AM"], ""),
    ];
    let page = page("armenie", &briefs);
    let said = words(&page);
    assert!(said.contains("3 articles, janvier 2024 – mars 2024. Maximum : 2 (mars 2024)."), "{said}");
    assert!(page.contains("<tr><td>février 2024</td><td>0</td></tr>\n<tr><td>mars 2024</td><td>2</td></tr>"));
    assert!(page.contains("<path class=\"chart-bar\" d=\"M0 80V54h20V80zM48 80V27h20V80z\"/>"), "{page}");
}

#[test]
fn a_long_history_is_counted_by_quarter_or_by_year_and_a_single_month_not_at_all() {
    let with =
        |first: &str| words(&page("armenie", &[brief("2024-03-09", &["AM"], ""), brief(first, &["AM"], "")]));
    assert!(with("2014-04-01").contains("Articles par mois"));
    assert!(with("2014-03-01").contains("2 articles, T1 2014 – T1 2024."));
    assert!(with("1994-01-01").contains("2 articles, 1994 – 2024."));
    assert!(!with("2024-03-01").contains("Articles par"));
}

#[test]
fn countries_treated_together_and_series_come_with_their_counts() {
    let series = "series = \"Les sommets\"";
    let briefs = [
        brief("2024-03-03", &["AM", "TR", "RU"], series),
        brief("2024-03-02", &["RU", "AM"], series),
        brief("2024-03-01", &["AM"], ""),
    ];
    let said = words(&page("armenie", &briefs));
    assert!(said.contains("Pays souvent associés Russie 2 Turquie 1"), "{said}");
    assert!(said.contains("Séries Les sommets 2"), "{said}");
}

#[test]
fn nothing_is_said_of_mentions_where_there_are_none() {
    let page = page("armenie", &[brief("2024-03-01", &["AM"], "")]);
    assert!(!words(&page).contains("mentions"), "{page}");
}

#[test]
fn facts_stand_on_the_first_page_alone() {
    let briefs = [brief("2024-03-01", &["AM"], ""), brief("2024-01-01", &["AM", "RU"], "")];
    let files = newsroom(&format!("{SETTINGS}per_page = 1\n"), &briefs).build();
    let later = &files["pays/armenie/page/2/index.html"];
    assert!(files["pays/armenie/index.html"].contains("<svg"));
    assert!(!later.contains("<svg") && !later.contains("Capitale") && !later.contains("souvent"), "{later}");
}

#[test]
fn the_page_of_a_country_with_thousands_of_briefs_stays_light() {
    let mut site_files = Vec::new();
    for number in 0..360 {
        let (year, month) = (2014 + number / 36, number % 12 + 1);
        let (_, text) = brief(&format!("{year}-{month:02}-01"), &["AM", "AZ", "RU"], "");
        site_files.push((format!("content/{year}-{month:02}-01-b{number}.md"), text));
    }
    let checked = newsroom(SETTINGS, &site_files).checked();
    let world = depeche::page::World {
        project: &checked.project,
        library: &checked.library,
        plan: &checked.plan,
        revised: &checked.revised,
        entries: None,
    };
    let planned =
        checked.plan.pages.iter().find(|planned| planned.address.as_str() == "/pays/armenie/").unwrap();
    let view = depeche::page::view(world, planned).unwrap().unwrap();
    let (renderer, _) = depeche::render::Renderer::new(&checked.project);
    let length = renderer.render(&view, planned).unwrap().len();
    assert!(length < 60_000, "{length} bytes before compression");
}

#[test]
fn a_brief_s_data_says_what_it_is_about() {
    let files = built(&[brief("2024-03-01", &["AM", "OTSC"], "")]);
    let page = &files["briefs/b2024-03-01/index.html"];
    let about = "\"about\":[{\"@type\":\"Country\",\"name\":\"Arménie\",\"identifier\":\"AM\"},\
                 {\"@type\":\"Organization\",\"name\":\"Organisation du traité de sécurité collective\"}]";
    assert!(page.contains(about), "{page}");
    assert!(!page.contains("\"mentions\""));
}
