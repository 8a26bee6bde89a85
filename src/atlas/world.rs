//! The tables that are built in, `world.toml` and `regions.toml`, read into values.
//!
//! They are ours, so a fault in them is a fault of the program; the tests of this file look for every one we thought of.

use super::entity::{Codes, Entity, EntityId, EntityKey, Kind};
use super::naming::Naming;
use super::region::{Continent, Region, Regions};
use crate::language::LanguageTag;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

const WORLD: &str = include_str!("world.toml");
const REGIONS: &str = include_str!("regions.toml");

/// A country or territory as `world.toml` has it, under its alpha-2 code.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityRow {
    kind: Kind,
    alpha3: String,
    numeric: Option<String>,
    region: String,
    parent: Option<String>,
    names: BTreeMap<String, Naming>,
}

/// The whole of `regions.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionTable {
    continent: Vec<ContinentRow>,
}

/// A continent as `regions.toml` has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContinentRow {
    code: String,
    names: BTreeMap<String, String>,
    regions: Vec<RegionRow>,
}

/// A region as `regions.toml` has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RegionRow {
    code: String,
    names: BTreeMap<String, String>,
}

/// The regions that are built in.
pub(super) fn regions() -> Regions {
    let table: RegionTable = read(REGIONS);
    let mut regions = Regions::default();
    for row in table.continent {
        let continent = regions.add_continent(Continent { code: row.code, names: by_language(row.names) });
        for row in row.regions {
            regions.add_region(Region { code: row.code, continent, names: by_language(row.names) });
        }
    }
    regions
}

/// The countries and territories that are built in, by code: the first has the first id.
pub(super) fn entities(regions: &Regions) -> Vec<Entity> {
    let rows: BTreeMap<String, EntityRow> = read(WORLD);
    let ids: BTreeMap<String, EntityId> =
        rows.keys().cloned().enumerate().map(|(index, alpha2)| (alpha2, EntityId::new(index))).collect();
    let entity = |(alpha2, row): (String, EntityRow)| Entity {
        key: EntityKey::new(&alpha2),
        kind: row.kind,
        region: regions.by_code(&row.region),
        parent: row.parent.and_then(|parent| ids.get(&parent).copied()),
        members: Vec::new(),
        names: by_language(row.names),
        codes: Some(Codes { alpha2, alpha3: row.alpha3, numeric: row.numeric }),
    };
    rows.into_iter().map(entity).collect()
}

fn read<T: DeserializeOwned>(table: &str) -> T {
    toml::from_str(table).expect("the tables that are built in are well formed")
}

fn by_language<T>(rows: BTreeMap<String, T>) -> BTreeMap<LanguageTag, T> {
    rows.into_iter().filter_map(|(tag, row)| Some((LanguageTag::parse(&tag)?, row))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::spelling::fold;
    use super::super::{Atlas, Lookup};
    use super::*;
    use std::collections::BTreeSet;

    /// Names that stand for several entities because people give them to each, by language.
    const AMBIGUOUS: &[(&str, &str, &[&str])] = &[
        ("en", "congo", &["CD", "CG"]),
        ("en", "korea", &["KP", "KR"]),
        ("en", "virgin islands", &["VG", "VI"]),
        ("fr", "coree", &["KP", "KR"]),
        ("fr", "iles vierges", &["VG", "VI"]),
    ];

    fn tag(language: &str) -> LanguageTag {
        LanguageTag::parse(language).unwrap()
    }

    #[test]
    fn every_code_of_the_standard_is_there_once_and_kosovo() {
        let atlas = Atlas::world();
        let codes: Vec<&Codes> = atlas.iter().map(|(_, entity)| entity.codes.as_ref().unwrap()).collect();
        assert_eq!(codes.len(), 249 + 1);
        let distinct = |code: fn(&Codes) -> Option<&str>| {
            codes.iter().filter_map(|codes| code(codes)).collect::<BTreeSet<_>>().len()
        };
        assert_eq!(distinct(|codes| Some(&codes.alpha2)), 250);
        assert_eq!(distinct(|codes| Some(&codes.alpha3)), 250);
        assert_eq!(distinct(|codes| codes.numeric.as_deref()), 249);
        assert_eq!(atlas.get(atlas.by_key("XK").unwrap()).codes.as_ref().unwrap().numeric, None);
        for codes in codes {
            let is_code =
                |code: &str, length| code.len() == length && code.bytes().all(|b| b.is_ascii_uppercase());
            let is_number = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
            assert!(is_code(&codes.alpha2, 2) && is_code(&codes.alpha3, 3), "{codes:?}");
            assert!(codes.numeric.as_deref().is_none_or(is_number), "{codes:?}");
        }
    }

    #[test]
    fn the_table_is_in_order_of_codes_and_so_are_the_ids() {
        let written: Vec<&str> = WORLD.lines().filter_map(|line| line.strip_prefix('[')).collect();
        assert!(written.is_sorted());
        let atlas = Atlas::world();
        assert!(atlas.iter().map(|(_, entity)| &entity.key).is_sorted());
        assert!(atlas.iter().all(|(id, entity)| atlas.by_key(entity.key.as_str()) == Some(id)));
    }

    #[test]
    fn every_entity_has_a_region_and_every_parent_is_a_state() {
        let rows: BTreeMap<String, EntityRow> = read(WORLD);
        let atlas = Atlas::world();
        for (key, row) in rows {
            let entity = atlas.get(atlas.by_key(&key).unwrap());
            assert!(entity.region.is_some(), "{key}");
            assert_eq!(row.parent.is_some(), entity.parent.is_some(), "{key}");
            match entity.parent {
                Some(parent) => assert_eq!(atlas.get(parent).kind, Kind::State, "{key}"),
                None => assert!(entity.kind == Kind::State || ["AQ", "EH"].contains(&key.as_str()), "{key}"),
            }
        }
    }

    #[test]
    fn the_states_are_those_of_the_united_nations_its_observers_taiwan_and_kosovo() {
        let atlas = Atlas::world();
        let states = atlas.iter().filter(|(_, entity)| entity.kind == Kind::State).count();
        assert_eq!(states, 193 + 2 + 2);
        for key in ["PS", "TW", "VA", "XK"] {
            assert_eq!(atlas.get(atlas.by_key(key).unwrap()).kind, Kind::State);
        }
    }

    #[test]
    fn every_entity_is_named_in_both_languages_and_the_french_grammar_is_decided() {
        for (_, entity) in Atlas::world().iter() {
            let (key, french, english) = (&entity.key, &entity.names[&tag("fr")], &entity.names[&tag("en")]);
            let article = french.article.as_deref().unwrap_or("undecided");
            let before = french.in_.as_deref().unwrap_or("undecided");
            let fits: &[&str] = match article {
                "le" => &["au", "dans le"],
                "la" => &["en", "à la"],
                "l’" => &["en", "à l’", "sur l’"],
                "les" => &["aux", "dans les"],
                "" => &["à", "en"],
                _ => &[],
            };
            assert!(fits.contains(&before), "{key}: {article} / {before}");
            let elides = fold(&french.name).starts_with(['a', 'e', 'i', 'o', 'u']);
            let singular = ["le", "la", "l’"].contains(&article);
            assert!(!singular || elides == (article == "l’"), "{key}: {article} before {}", french.name);
            assert!(english.article.as_deref().is_none_or(|article| article == "the"), "{key}");
        }
    }

    #[test]
    fn names_are_spelled_as_they_are_to_be_printed_and_stand_once() {
        for (_, entity) in Atlas::world().iter() {
            for naming in entity.names.values() {
                let before =
                    [&naming.running, &naming.article, &naming.in_, &naming.of].into_iter().flatten();
                for text in naming.spellings().chain(before.map(String::as_str)) {
                    assert!(!text.contains(['\'', '\u{a0}', '\u{2011}']), "{}: {text}", entity.key);
                    assert_eq!(text.trim(), text, "{}", entity.key);
                }
                assert!(!naming.name.is_empty(), "{}", entity.key);
                let distinct: BTreeSet<String> = naming.spellings().map(fold).collect();
                assert_eq!(distinct.len(), naming.spellings().count(), "{}: a name twice", entity.key);
            }
        }
    }

    #[test]
    fn a_name_stands_for_one_entity_unless_it_is_known_to_be_ambiguous() {
        let atlas = Atlas::world();
        let mut holders: BTreeMap<(&str, String), BTreeSet<&str>> = BTreeMap::new();
        for (_, entity) in atlas.iter() {
            for (language, naming) in &entity.names {
                for name in naming.spellings() {
                    holders.entry((language.as_str(), fold(name))).or_default().insert(entity.key.as_str());
                }
            }
        }
        holders.retain(|_, keys| keys.len() > 1);
        let known = AMBIGUOUS
            .iter()
            .map(|(language, name, keys)| ((*language, (*name).to_owned()), keys.iter().copied().collect()));
        assert_eq!(holders, known.collect());
    }

    #[test]
    fn every_printed_name_leads_back_to_its_entity() {
        let atlas = Atlas::world();
        for language in [tag("fr"), tag("en")] {
            for (id, entity) in atlas.iter() {
                for name in [atlas.name(id, &language), atlas.short_name(id, &language)] {
                    let found = atlas.find(name, std::slice::from_ref(&language));
                    assert_eq!(found, Lookup::Found(id), "{}: {name}", entity.key);
                }
            }
        }
    }

    #[test]
    fn regions_are_listed_by_continent_and_none_is_empty() {
        let atlas = Atlas::world();
        let french = tag("fr");
        let mut continents: Vec<&str> = Vec::new();
        for (id, region) in atlas.regions() {
            continents.push(atlas.continent_name(region.continent, &french));
            assert_eq!(region.names.len(), 2, "{}", region.code);
            assert!(atlas.iter().any(|(_, entity)| entity.region == Some(id)), "{}", region.code);
        }
        continents.dedup();
        assert_eq!(continents, ["Afrique", "Amériques", "Asie", "Europe", "Océanie", "Antarctique"]);
        let kazakhstan = atlas.get(atlas.by_key("KZ").unwrap());
        assert_eq!(atlas.region_name(kazakhstan.region.unwrap(), &french), "Asie centrale");
    }

    #[test]
    fn english_stands_in_for_a_language_without_names() {
        let atlas = Atlas::world();
        assert_eq!(atlas.name(atlas.by_key("DE").unwrap(), &tag("de")), "Germany");
    }
}
