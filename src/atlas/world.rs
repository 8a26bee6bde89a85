//! The tables that are built in, read into values: `world/`, a file for each region; `organisations.toml`; `regions.toml`.
//!
//! They are ours, so a fault in them is a fault of the program; the tests of this file look for every one we thought of.
//! `docs/atlas.md` tells what each field is.

use super::entity::{Codes, Entity, EntityId, EntityKey, Kind, MemberStatus, Membership};
use super::naming::Naming;
use super::region::{Continent, Region, Regions};
use crate::data::PartialDate;
use crate::language::LanguageTag;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

macro_rules! world {
    ($($file:literal)+) => {
        [$(include_str!(concat!("world/", $file, ".toml"))),+]
    };
}

const WORLD: [&str; 25] = world!(
    "antarctica"
    "australia-and-new-zealand"
    "caribbean"
    "central-africa"
    "central-america"
    "central-asia"
    "disputed"
    "eastern-africa"
    "eastern-asia"
    "eastern-europe"
    "historical"
    "melanesia"
    "micronesia"
    "northern-africa"
    "northern-america"
    "northern-europe"
    "polynesia"
    "south-america"
    "south-eastern-asia"
    "southern-africa"
    "southern-asia"
    "southern-europe"
    "western-africa"
    "western-asia"
    "western-europe"
);
const ORGANISATIONS: &str = include_str!("organisations.toml");
const REGIONS: &str = include_str!("regions.toml");

/// A country or territory, under its alpha-2 code or a key of ours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EntityRow {
    kind: Kind,
    alpha3: Option<String>,
    numeric: Option<String>,
    region: String,
    parent: Option<String>,
    #[serde(default)]
    neighbours: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
    from: Option<String>,
    until: Option<String>,
    #[serde(default)]
    successors: Vec<String>,
    names: BTreeMap<String, Naming>,
}

/// An organisation, under its acronym.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationRow {
    founded: Option<String>,
    dissolved: Option<String>,
    site: Option<String>,
    names: BTreeMap<String, Naming>,
    #[serde(default)]
    members: Vec<MembersRow>,
}

/// Entities that are members of an organisation for the same time.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MembersRow {
    of: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    status: MemberStatus,
    source: Option<String>,
    #[serde(default)]
    note: BTreeMap<String, String>,
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

/// Everything that is built in, by key: the first has the first id.
pub(super) fn entities(regions: &Regions) -> Vec<Entity> {
    let (places, organisations) = tables();
    let organisations = organisations.into_iter();
    let rows: BTreeMap<String, Row> = places
        .into_iter()
        .map(|(key, row)| (key, Row::Place(row)))
        .chain(organisations.map(|(acronym, row)| (format!("org:{acronym}"), Row::Organisation(row))))
        .collect();
    let ids: BTreeMap<String, EntityId> =
        rows.keys().cloned().enumerate().map(|(index, key)| (key, EntityId::new(index))).collect();
    let rows = rows.into_iter();
    rows.map(|(key, row)| match row {
        Row::Place(row) => place(&key, row, &ids, regions),
        Row::Organisation(row) => organisation(&key, row, &ids),
    })
    .collect()
}

/// The rows of all tables. Reading them is most of what starting takes: it is done on several threads, of their own, since
/// those that others share may be waiting for this.
fn tables() -> (Vec<(String, EntityRow)>, BTreeMap<String, OrganisationRow>) {
    std::thread::scope(|scope| {
        let places = WORLD.chunks(WORLD.len().div_ceil(3)).map(|files| {
            let rows = || files.iter().flat_map(|file| read::<BTreeMap<String, EntityRow>>(file));
            scope.spawn(move || rows().collect::<Vec<_>>())
        });
        let places: Vec<_> = places.collect();
        let organisations = read(ORGANISATIONS);
        let places = places.into_iter().flat_map(|rows| rows.join().expect("the tables are well formed"));
        (places.collect(), organisations)
    })
}

enum Row {
    Place(EntityRow),
    Organisation(OrganisationRow),
}

fn place(key: &str, row: EntityRow, ids: &BTreeMap<String, EntityId>, regions: &Regions) -> Entity {
    let all = |keys: Vec<String>| keys.iter().filter_map(|key| ids.get(key).copied()).collect();
    let codes = row.alpha3.map(|alpha3| Codes { alpha2: key.to_owned(), alpha3, numeric: row.numeric });
    Entity {
        region: regions.by_code(&row.region),
        parent: row.parent.and_then(|parent| ids.get(&parent).copied()),
        neighbours: all(row.neighbours),
        from: date(row.from),
        until: date(row.until),
        successors: all(row.successors),
        signs: row.signs,
        names: by_language(row.names),
        codes,
        ..Entity::new(EntityKey::new(key), row.kind)
    }
}

fn organisation(key: &str, row: OrganisationRow, ids: &BTreeMap<String, EntityId>) -> Entity {
    let memberships = row.members.into_iter().flat_map(|row| {
        let (from, to) = (date(row.from), date(row.to));
        let notes = by_language(row.note);
        let of = row.of.iter().filter_map(|key| ids.get(key).copied()).collect::<Vec<_>>();
        let (status, source) = (row.status, row.source);
        let membership =
            move |of| Membership { of, from, to, status, source: source.clone(), notes: notes.clone() };
        of.into_iter().map(membership)
    });
    Entity {
        from: date(row.founded),
        until: date(row.dissolved),
        site: row.site,
        members: memberships.collect(),
        names: by_language(row.names),
        ..Entity::new(EntityKey::new(key), Kind::Organisation)
    }
}

fn date(written: Option<String>) -> Option<PartialDate> {
    written.map(|date| PartialDate::parse(&date).expect("the dates that are built in are dates"))
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
        ("fr", "saint martin", &["MF", "SX"]),
    ];
    /// What ISO 3166-1 had codes for, and has no more.
    const WITHDRAWN: &[&str] = &["CS", "DD", "SU", "YU"];

    fn tag(language: &str) -> LanguageTag {
        LanguageTag::parse(language).unwrap()
    }

    /// Countries and territories as the files have them.
    fn rows() -> BTreeMap<String, EntityRow> {
        WORLD.into_iter().flat_map(read::<BTreeMap<String, EntityRow>>).collect()
    }

    #[test]
    fn every_code_of_the_standard_is_there_once_and_kosovo() {
        let atlas = Atlas::world();
        let is_current = |entity: &&Entity| !WITHDRAWN.contains(&entity.key.as_str());
        let codes: Vec<&Codes> = atlas
            .iter()
            .map(|(_, entity)| entity)
            .filter(is_current)
            .filter_map(|entity| entity.codes.as_ref())
            .collect();
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
    fn each_entity_stands_once_and_the_ids_are_in_the_order_of_the_keys() {
        let written: usize =
            WORLD.into_iter().map(|file| read::<BTreeMap<String, EntityRow>>(file).len()).sum();
        let organisations = read::<BTreeMap<String, OrganisationRow>>(ORGANISATIONS).len();
        let atlas = Atlas::world();
        assert_eq!(atlas.iter().count(), written + organisations);
        assert_eq!(rows().len(), written);
        assert!(organisations >= 25);
        assert!(atlas.iter().map(|(_, entity)| &entity.key).is_sorted());
        assert!(atlas.iter().all(|(id, entity)| atlas.by_key(entity.key.as_str()) == Some(id)));
    }

    #[test]
    fn every_key_that_a_row_names_is_there() {
        let atlas = Atlas::world();
        for (key, row) in rows() {
            let named = row.parent.iter().chain(&row.neighbours).chain(&row.successors);
            named.for_each(|other| assert!(atlas.by_key(other).is_some(), "{key}: {other}"));
            assert!(row.neighbours.is_sorted() && !row.neighbours.contains(&key), "{key}");
            assert!(row.from.iter().chain(&row.until).all(|day| PartialDate::parse(day).is_ok()), "{key}");
        }
        for (key, row) in read::<BTreeMap<String, OrganisationRow>>(ORGANISATIONS) {
            for members in &row.members {
                members.of.iter().for_each(|of| assert!(atlas.by_key(of).is_some(), "{key}: {of}"));
                let dated = members.from.is_some() || members.to.is_some();
                assert!(
                    !dated || members.source.is_some(),
                    "{key}: {:?} has a date without a source",
                    members.of
                );
                assert!(
                    members.to.is_none() || members.from.is_none() || members.from <= members.to,
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn a_neighbour_s_neighbour_is_oneself() {
        let atlas = Atlas::world();
        for (id, entity) in atlas.iter() {
            for &other in &entity.neighbours {
                assert!(
                    atlas.get(other).neighbours.contains(&id),
                    "{} and {}",
                    entity.key,
                    atlas.get(other).key
                );
            }
        }
    }

    /// Borders on land that the outlines are too coarse for, or that stand where there is no outline.
    const UNDRAWN: &[(&str, &str)] =
        &[("BW", "ZM"), ("CA", "GL"), ("CN", "MO"), ("ES", "GI"), ("ES", "MA"), ("IT", "VA"), ("MF", "SX")];
    /// Outlines that touch at a point, or across water too narrow to be drawn.
    const TOUCHING: &[(&str, &str)] = &[("IN", "LK"), ("CD", "TZ")];

    #[test]
    fn the_outlines_have_the_borders_of_the_table() {
        let (atlas, outlines) = (Atlas::world(), crate::atlas::Outlines::world());
        for (_, entity) in atlas.iter().filter(|(_, entity)| outlines.shape(entity.key.as_str()).is_some()) {
            let key = entity.key.as_str();
            let drawn = outlines.neighbours(key);
            let written: BTreeSet<&str> =
                entity.neighbours.iter().map(|&other| atlas.get(other).key.as_str()).collect();
            for other in drawn.symmetric_difference(&written) {
                let pair = if key < *other { (key, *other) } else { (*other, key) };
                assert!(UNDRAWN.contains(&pair) || TOUCHING.contains(&pair), "{pair:?}");
            }
        }
    }

    #[test]
    fn organisations_have_as_many_members_as_they_say() {
        let atlas = Atlas::world();
        let day = jiff::civil::date(2026, 11, 1);
        let members = |key: &str| {
            let members = &atlas.get(atlas.by_key(key).unwrap()).members;
            let is_member = |it: &&Membership| it.status == MemberStatus::Member && it.holds(day);
            members.iter().filter(is_member).map(|it| it.of).collect::<BTreeSet<_>>().len()
        };
        for (key, number) in [
            ("org:onu", 193),
            ("org:ue", 27),
            ("org:otan", 32),
            ("org:conseil-europe", 46),
            ("org:osce", 57),
            ("org:union-africaine", 55),
            ("org:ligue-arabe", 22),
            ("org:oci", 57),
            ("org:asean", 11),
            ("org:ocs", 10),
            ("org:ocde", 38),
            ("org:commonwealth", 56),
            ("org:otsc", 6),
            ("org:g7", 7),
            ("org:cedeao", 12),
        ] {
            let key = if atlas.by_key(key).is_some() { key } else { "org:ua" };
            assert_eq!(members(key), number, "{key}");
        }
    }

    #[test]
    fn every_entity_has_a_region_and_every_parent_is_a_state() {
        let atlas = Atlas::world();
        for (key, row) in rows() {
            let entity = atlas.get(atlas.by_key(&key).unwrap());
            assert!(entity.region.is_some(), "{key}");
            match entity.parent {
                Some(parent) => assert_eq!(atlas.get(parent).kind, Kind::State, "{key}"),
                None => assert!(
                    matches!(row.kind, Kind::State | Kind::Historical | Kind::Disputed)
                        || ["AQ", "EH"].contains(&key.as_str()),
                    "{key}"
                ),
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
    fn every_state_has_adjectives_a_people_and_a_capital_in_both_languages() {
        for (_, entity) in Atlas::world().iter().filter(|(_, entity)| entity.kind == Kind::State) {
            for language in [tag("fr"), tag("en")] {
                let naming = &entity.names[&language];
                assert!(!naming.adjectives.is_empty() && !naming.capitals.is_empty(), "{}", entity.key);
            }
            assert!(!entity.names[&tag("en")].people.is_empty(), "{}", entity.key);
        }
    }

    #[test]
    fn what_is_disputed_or_no_more_has_a_note_in_both_languages() {
        for (_, entity) in Atlas::world().iter() {
            if matches!(entity.kind, Kind::Disputed | Kind::Historical) {
                for language in [tag("fr"), tag("en")] {
                    assert!(entity.names[&language].note.is_some(), "{}", entity.key);
                }
            }
        }
    }

    #[test]
    fn no_line_of_a_french_note_begins_with_a_mark() {
        for (_, entity) in Atlas::world().iter() {
            let note =
                entity.names.get(&tag("fr")).and_then(|naming| naming.note.as_deref()).unwrap_or_default();
            for broken in [" ;", " :", " !", " ?", " »", "« "] {
                assert!(!note.contains(broken), "{}: `{broken}`", entity.key);
            }
        }
    }

    #[test]
    fn weak_and_given_forms_are_forms() {
        for (_, entity) in Atlas::world().iter() {
            for naming in entity.names.values() {
                let lists = [&naming.adjectives, &naming.people, &naming.capitals, &naming.seats];
                let forms: BTreeSet<&str> = naming
                    .spellings()
                    .chain(
                        lists.into_iter().flatten().flat_map(|form| form.split('/').chain([form.as_str()])),
                    )
                    .collect();
                for form in naming.weak.iter().chain(&naming.given) {
                    assert!(forms.contains(form.as_str()), "{}: {form}", entity.key);
                }
            }
        }
    }

    #[test]
    fn every_entity_is_named_in_both_languages_and_the_french_grammar_is_decided() {
        for (_, entity) in Atlas::world().iter().filter(|(_, entity)| entity.kind != Kind::Organisation) {
            let (key, french, english) = (&entity.key, &entity.names[&tag("fr")], &entity.names[&tag("en")]);
            let article = french.article.as_deref().unwrap_or("undecided");
            let before = french.in_.as_deref().unwrap_or("undecided");
            let fits: &[&str] = match article {
                "le" => &["au", "dans le"],
                "la" => &["en", "à la", "dans la"],
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
        for language in ["fr", "en", "es", "de", "it", "pl"].map(tag) {
            for (id, entity) in atlas.iter().filter(|(_, entity)| entity.names.contains_key(&language)) {
                for name in [atlas.name(id, &language), atlas.short_name(id, &language)] {
                    let found = atlas.find(name, std::slice::from_ref(&language));
                    let is_shared = matches!(&found, Lookup::Ambiguous(ids) if ids.contains(&id))
                        && entity.key.as_str() == "MF";
                    // A code is the country's, whatever else is called so.
                    let is_code = atlas.by_key(name).is_some();
                    assert!(found == Lookup::Found(id) || is_shared || is_code, "{}: {name}", entity.key);
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
        assert_eq!(atlas.name(atlas.by_key("DE").unwrap(), &tag("pt")), "Germany");
    }
}
