//! The index of countries: its lists, the map of the world with how much there is on each, and the page about the index.

use crate::site::{Site, site};

const INDEX: &str = "pays/index.html";

/// A site that has as many briefs on each of these countries as it says.
fn covering(countries: &[(&str, usize)]) -> Site {
    let site = site(&[("site.toml", "title = \"Essai\"\n[languages.en]\n")]);
    for (country, count) in countries {
        for number in 1..=*count {
            let front = format!("title = \"Titre\"\ncountries = [\"{country}\"]\nsummary = \"S.\"");
            let path =
                format!("content/2024-01-{:02}-{}-{number}.md", number % 28 + 1, country.to_lowercase());
            site.write(&path, format!("+++\n{front}\n+++\n\nTexte.\n"));
        }
    }
    site
}

/// What the legend says of each class, by the class.
fn legend(page: &str) -> Vec<(&str, &str)> {
    let items = page.split("<li><span class=\"map-swatch ").skip(1);
    items
        .filter_map(|item| {
            let (class, rest) = item.split_once("\"></span>")?;
            Some((class, rest.split("</li>").next()?))
        })
        .collect()
}

#[test]
fn the_index_has_a_map_whose_countries_are_links_with_their_counts() {
    let files = covering(&[("KZ", 2), ("LU", 1)]).build();
    let page = &files[INDEX];
    assert!(page.contains(
        "<a class=\"map-2\" href=\"kazakhstan/\"><title>Kazakhstan\u{a0}: 2 articles</title><path d=\"m"
    ));
    assert!(
        page.contains("<a class=\"map-1\" href=\"luxembourg/\"><title>Luxembourg\u{a0}: 1 article</title>")
    );
    assert_eq!(legend(page), [("map-0", "aucun"), ("map-1", "1"), ("map-2", "2")]);
    // Its words are those of the page's language, and where nothing is covered there is no map.
    assert!(!files["en/countries/index.html"].contains("<svg"));
}

#[test]
fn what_has_no_outline_is_in_the_lists_alone() {
    let files = covering(&[("AM", 1), ("SU", 1), ("crimee", 1)]).build();
    let page = &files[INDEX];
    assert_eq!(page.matches("<a class=\"map-1\"").count(), 1);
    for name in ["Union soviétique", "Crimée"] {
        assert!(page.contains(&format!(">{name}</a> <span class=\"count\">1</span>")), "{name}");
    }
}

#[test]
fn classes_are_wider_where_there_is_more() {
    let files = covering(&[("KZ", 23), ("AM", 4), ("GE", 1)]).build();
    let classes =
        [("map-0", "aucun"), ("map-1", "1"), ("map-2", "2 à 4"), ("map-3", "5 à 9"), ("map-4", "10 à 19")];
    let shown = legend(&files[INDEX]);
    assert_eq!(shown[..5], classes);
    assert_eq!(shown[5..], [("map-5", "20 et plus")]);
    for link in ["map-5\" href=\"kazakhstan/", "map-2\" href=\"armenie/", "map-1\" href=\"georgie/"] {
        assert!(files[INDEX].contains(&format!("<a class=\"{link}\"")), "{link}");
    }
}

#[test]
fn the_map_has_a_name_a_description_and_a_way_past_it() {
    let files = covering(&[("AM", 1)]).build();
    let page = &files[INDEX];
    assert!(page.contains("aria-labelledby=\"world-title\" aria-describedby=\"world-description\""));
    assert!(page.contains("<title id=\"world-title\">Le monde, par nombre d’articles</title>"));
    assert!(page.contains("<a class=\"map-skip\" href=\"#region-145\">Passer la carte</a>"));
    assert!(page.contains("<h2 id=\"region-145\">"));
}

/// What the page about the index says of a territory, without tags.
fn told(page: &str, name: &str) -> Option<String> {
    let entries = page.split("<li class=\"entry\">").skip(1).filter_map(|entry| entry.split("</li>").next());
    let texts = entries.map(|entry| {
        let parts = entry.split('<').filter_map(|part| part.split_once('>'));
        parts.map(|(_, text)| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    });
    texts.into_iter().find(|text| text.starts_with(name))
}

#[test]
fn the_page_about_the_index_tells_what_is_made_of_territories() {
    let site = covering(&[("Crimée", 1), ("SU", 1), ("RE", 1)]);
    site.write(
        "site.toml",
        "title = \"Essai\"\n[languages.en]\n[territories.donbass]\npage = false\n[territories.wa]\n\
         fr = { name = \"État wa\" }\nparent = \"MM\"\nnote = \"Notre note.\"\n",
    );
    let files = site.build();
    let page = &files["a-propos-de-l-index/index.html"];
    let crimea = told(page, "Crimée").unwrap();
    assert!(crimea.starts_with("Crimée Rattachement\u{a0}: Ukraine Péninsule de l’Ukraine"), "{crimea}");
    assert!(page.contains("<a href=\"../pays/crimee/\">Crimée</a>"));
    // Disputed territories are told of in any case, others where there is something on them.
    let abkhazia = told(page, "Abkhazie").unwrap();
    assert!(
        abkhazia.starts_with("Abkhazie Rattachement\u{a0}: Géorgie Territoire de la Géorgie"),
        "{abkhazia}"
    );
    assert!(told(page, "Union soviétique").is_some() && told(page, "La Réunion").is_some());
    for name in ["Yougoslavie", "Guadeloupe", "Tibet", "Ukraine", "Taïwan"] {
        assert_eq!(told(page, name), None, "{name}");
    }
    let donbas = told(page, "Donbass").unwrap();
    assert!(donbas.contains("Ukraine · Sans page · Défini par la publication"), "{donbas}");
    let own = "État wa Rattachement\u{a0}: Birmanie · Défini par la publication Notre note.";
    assert_eq!(told(page, "État wa").as_deref(), Some(own));
    assert!(told(&files["en/about-the-index/index.html"], "Crimea").is_some());
}

#[test]
fn the_index_and_each_country_lead_to_the_page_about_it() {
    let files = covering(&[("AM", 1)]).build();
    assert!(files[INDEX].contains("<a href=\"../a-propos-de-l-index/\">À propos de l’index</a>"));
    assert!(files["pays/armenie/index.html"].contains("<a href=\"../../a-propos-de-l-index/\">"));
    assert!(files["a-propos-de-l-index/index.html"].contains("<a href=\"../pays/\">Pays</a>"));
}
