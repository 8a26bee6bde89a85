//! The index of countries: its lists, and the map of the world with how much there is on each.

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
