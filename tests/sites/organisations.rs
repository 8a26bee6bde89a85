//! The pages of organisations: their index, their members by date, and the briefs that name them.

use crate::site::{Site, site};

const SETTINGS: &str = "title = \"Essai\"\nbase_url = \"https://essai.example/\"\nlanguage = \"fr\"\n";
const OWN: &str = "[organisations.cercle]\nfr = { name = \"Cercle de Tiflis\", short = \"CT\", article = \"le\" }\nmembers = [\"GE\", \"AM\"]\n";

/// A site whose one brief declares these.
fn declaring(settings: &str, declared: &[&str]) -> Site {
    let declared: Vec<String> = declared.iter().map(|name| format!("\"{name}\"")).collect();
    let declared = declared.join(", ");
    let text =
        format!("+++\ntitle = \"Un titre\"\ncountries = [{declared}]\nsummary = \"S.\"\n+++\n\nTexte.\n");
    site(&[("site.toml", settings), ("content/2008-01-01-a.md", &text)])
}

#[test]
fn an_organisation_that_a_brief_declares_has_a_page_and_is_no_country() {
    let files = declaring(SETTINGS, &["OTSC", "AM"]).build();
    let page = &files["organisations/otsc/index.html"];
    assert!(page.contains("<h1>Organisation du traité de sécurité collective (OTSC)</h1>"), "{page}");
    assert!(page.contains("Tous les articles sur l’Organisation du traité de sécurité collective (1)"));
    assert!(page.contains("<a href=\"https://odkb-csto.org/\">odkb-csto.org</a>"));
    assert!(page.contains("<a href=\"../../briefs/a/\">Un titre</a>"));
    assert!(!files.keys().any(|path| path.starts_with("pays/organisation") || path.starts_with("pays/otsc")));
    assert!(!files["pays/index.html"].contains("OTSC"));
    // The lead country is the first that is one.
    assert!(files["pays/armenie/index.html"].contains("class=\"lead-mark\" role=\"img\""));
    assert!(files["briefs/a/index.html"].contains("<a href=\"../../organisations/otsc/\">OTSC</a>"));
}

#[test]
fn the_index_lists_organisations_and_stands_in_the_menu_where_there_is_any() {
    let files = declaring(SETTINGS, &["AM", "OTAN", "OTSC"]).build();
    let index = &files["organisations/index.html"];
    let order = ["Organisation du traité de l’Atlantique nord</a> (OTAN)", "collective</a> (OTSC)"];
    let places: Vec<usize> = order.iter().map(|line| index.find(line).expect(line)).collect();
    assert!(places.is_sorted(), "{index}");
    assert!(files["index.html"].contains("<a href=\"organisations/\">Organisations</a>"));
    let none = declaring(SETTINGS, &["AM"]).build();
    assert!(!none.keys().any(|path| path.starts_with("organisations/")));
    assert!(!none["index.html"].contains("Organisations"));
}

#[test]
fn an_organisation_of_the_site_s_own_has_a_page_without_a_brief() {
    let files = declaring(&format!("{SETTINGS}{OWN}"), &["AM"]).build();
    let page = &files["organisations/ct/index.html"];
    assert!(page.contains("Tous les articles sur le Cercle de Tiflis (0)"), "{page}");
    assert!(page.contains("<a href=\"../../pays/armenie/\">Arménie</a>"));
    assert!(
        files["pays/armenie/index.html"]
            .contains("<a href=\"../../organisations/ct/\"><abbr title=\"Cercle de Tiflis\">CT</abbr></a>")
    );
}

#[test]
fn members_are_those_of_the_day_and_former_ones_come_with_their_dates() {
    let members = |day| {
        declaring(SETTINGS, &["AM", "OTSC"]).on(day).build()["organisations/otsc/index.html"]
            .replace('\u{a0}', " ")
    };
    let page = members("2024-06-01");
    let (current, former) = page.split_once("Anciennes appartenances").unwrap();
    assert!(current.contains("<h2>Membres</h2>") && current.contains("depuis 1994"), "{current}");
    assert!(current.contains("A gelé sa participation en février 2024, sans se retirer."));
    assert!(!current.contains("Ouzbékistan"));
    assert!(former.contains(
        "<time datetime=\"1994-04-20\">20 avril 1994</time> – <time datetime=\"1999-04\">avril 1999</time>"
    ));
    assert!(former.contains("<li class=\"legend\" lang=\"en\" dir=\"auto\">Treaty on Collective Security"));
    assert!(members("2010-01-01").split("Anciennes").next().unwrap().contains("Ouzbékistan"));
}

#[test]
fn a_suspended_member_stands_in_one_place() {
    let names = |organisation: &str, slug: &str, country: &str| {
        let page =
            &declaring(SETTINGS, &["AM", organisation]).build()[&format!("organisations/{slug}/index.html")];
        let parts = page.split("<section class=\"sheet\">\n<h2>").skip(1);
        let parts = parts.filter(|part| part.contains(&format!("<li><span>{country}")));
        parts.map(|part| part.split('<').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("MERCOSUR", "mercosur", "Venezuela"), ["Membres suspendus"]);
    assert_eq!(names("MERCOSUR", "mercosur", "Brésil"), ["Membres"]);
    // What was suspended and is no more never left.
    assert_eq!(names("Ligue arabe", "ligue-arabe", "Syrie"), ["Membres"]);
    assert_eq!(names("OTSC", "otsc", "Géorgie"), ["Anciennes appartenances"]);
}

#[test]
fn permalinks_and_languages_are_the_site_s() {
    let settings = format!(
        "{SETTINGS}[permalinks]\norganisations = \"/orga/\"\norganisation = \"/orga/{{slug}}/\"\n[languages.en]\n{OWN}en = {{ name = \"Tiflis Circle\" }}\n"
    );
    let files = declaring(&settings, &["AM", "CT"]).build();
    let page = &files["orga/ct/index.html"];
    assert!(
        page.contains("hreflang=\"en\" href=\"https://essai.example/en/organisations/tiflis-circle/\""),
        "{page}"
    );
    assert!(files.contains_key("en/organisations/index.html"));
    assert!(files["sitemap.xml"].contains("https://essai.example/orga/ct/"));
}

#[test]
fn an_organisation_may_have_an_introduction() {
    let site = declaring(SETTINGS, &["AM", "OTSC"]);
    site.write("content/countries/otsc.md", "+++\n+++\n\nUne alliance[^a].\n\n[^a]: Depuis 1992.\n");
    assert_eq!(site.problems(), [""; 0]);
    let page = &site.build()["organisations/otsc/index.html"];
    assert!(page.contains("Une alliance") && page.contains("Depuis 1992."), "{page}");
}
