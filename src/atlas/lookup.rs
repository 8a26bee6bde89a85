//! What a writer meant by a code or a name.

use super::Atlas;
use super::entity::EntityId;
use super::spelling::fold;
use crate::diagnostic;
use crate::language::LanguageTag;
use std::collections::{BTreeMap, BTreeSet};

/// How many names to offer to a writer whose own is unknown.
const OFFERED: usize = 3;

/// What a spelling stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// This entity, and no other.
    Found(EntityId),
    /// One of several, in the order of the atlas.
    Ambiguous(Vec<EntityId>),
    /// None.
    Unknown {
        /// At most three names that are near, as the atlas prints them, the nearest first.
        nearest: Vec<String>,
    },
}

/// The names of every entity by language, folded, each with those it may stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Spellings(BTreeMap<LanguageTag, BTreeMap<String, Vec<EntityId>>>);

impl Spellings {
    /// Makes `id` known as `name`.
    pub(super) fn add(&mut self, language: &LanguageTag, name: &str, id: EntityId) {
        let ids = self.0.entry(language.clone()).or_default().entry(fold(name)).or_default();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }

    /// What `folded` may stand for in `language`, or in the same language elsewhere.
    pub(super) fn get(&self, language: &LanguageTag, folded: &str) -> BTreeSet<EntityId> {
        self.tables(language).filter_map(|table| table.get(folded)).flatten().copied().collect()
    }

    pub(super) fn languages(&self) -> impl Iterator<Item = &LanguageTag> {
        self.0.keys()
    }

    /// Every spelling of `language` and what it may stand for.
    fn of<'a>(&'a self, language: &'a LanguageTag) -> impl Iterator<Item = (&'a str, EntityId)> {
        let each =
            |(folded, ids): (&'a String, &'a Vec<EntityId>)| ids.iter().map(|id| (folded.as_str(), *id));
        self.tables(language).flatten().flat_map(each)
    }

    fn tables<'a>(
        &'a self,
        language: &'a LanguageTag,
    ) -> impl Iterator<Item = &'a BTreeMap<String, Vec<EntityId>>> {
        self.0.iter().filter(|(tag, _)| tag.primary() == language.primary()).map(|(_, table)| table)
    }
}

impl Atlas {
    /// What `written` stands for: a key or code, or a name in one of `languages`, whatever its case, accents,
    /// apostrophes and article.
    ///
    /// Codes come first, being the same everywhere; then the languages, of which the first that knows the name decides
    /// (« Congo » is one country in French, either of two in English); last a code in lower case.
    pub fn find(&self, written: &str, languages: &[LanguageTag]) -> Lookup {
        let written = written.trim();
        if let Some(id) = self.by_code(written) {
            return Lookup::Found(id);
        }
        let folded = fold(written);
        for language in languages {
            let ids = self.spellings.get(language, &folded);
            match (ids.first(), ids.len()) {
                (Some(id), 1) => return Lookup::Found(*id),
                (Some(_), _) => return Lookup::Ambiguous(ids.into_iter().collect()),
                (None, _) => {}
            }
        }
        match self.by_code(&written.to_ascii_uppercase()) {
            Some(id) => Lookup::Found(id),
            None => Lookup::Unknown { nearest: self.nearest(&folded, languages) },
        }
    }

    fn by_code(&self, written: &str) -> Option<EntityId> {
        self.by_key(written).or_else(|| self.alpha3.get(written).copied())
    }

    /// The names nearest to `folded`, one for each entity: first that of an entity so called in a language the site
    /// does not speak, then by distance, language and the order of the atlas.
    fn nearest(&self, folded: &str, languages: &[LanguageTag]) -> Vec<String> {
        let Some(first) = languages.first() else { return Vec::new() };
        let foreign = self.spellings.languages().flat_map(|language| self.spellings.get(language, folded));
        let mut near: Vec<(usize, usize, EntityId)> = foreign.map(|id| (0, 0, id)).collect();
        for (rank, language) in languages.iter().enumerate() {
            for (spelling, id) in self.spellings.of(language) {
                near.extend(diagnostic::distance(folded, spelling).map(|distance| (distance, rank, id)));
            }
        }
        near.sort_unstable();
        let mut offered = BTreeSet::new();
        near.retain(|(_, _, id)| offered.insert(*id));
        let name = |(_, rank, id): (usize, usize, EntityId)| {
            self.name(id, languages.get(rank).unwrap_or(first)).to_owned()
        };
        near.into_iter().take(OFFERED).map(name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `written` stands for: a key, `A/B` if ambiguous, `? near, near` if unknown.
    fn look(written: &str, languages: &[&str]) -> String {
        let atlas = Atlas::world();
        let languages: Vec<LanguageTag> =
            languages.iter().map(|language| LanguageTag::parse(language).unwrap()).collect();
        let key = |id: EntityId| atlas.get(id).key.to_string();
        match atlas.find(written, &languages) {
            Lookup::Found(id) => key(id),
            Lookup::Ambiguous(ids) => ids.into_iter().map(key).collect::<Vec<_>>().join("/"),
            Lookup::Unknown { nearest } => format!("? {}", nearest.join(", ")),
        }
    }

    #[test]
    fn a_code_is_found_whatever_the_languages() {
        for (written, key) in [("KZ", "KZ"), ("KAZ", "KZ"), (" XKX ", "XK"), ("kz", "KZ"), ("kaz", "KZ")] {
            assert_eq!(look(written, &[]), key, "{written}");
        }
    }

    #[test]
    fn a_name_is_found_in_any_spelling_of_a_given_language() {
        let french = [
            ("Kazakhstan", "KZ"),
            ("le Kazakhstan", "KZ"),
            ("KAZAKHSTAN", "KZ"),
            ("l'Arménie", "AM"),
            ("L’Armenie", "AM"),
            ("Etats Unis", "US"),
            ("les États-Unis", "US"),
            ("États-Unis d'Amérique", "US"),
            ("Cote d'Ivoire", "CI"),
            ("Côte\u{a0}d’Ivoire", "CI"),
            ("République de Côte d’Ivoire", "CI"),
            ("Bélarus", "BY"),
            ("Myanmar", "MM"),
            ("Swaziland", "SZ"),
            ("République tchèque", "CZ"),
            ("Türkiye", "TR"),
            ("RDC", "CD"),
            ("RD Congo", "CD"),
            ("Congo-Brazzaville", "CG"),
            ("La Réunion", "RE"),
            ("Réunion", "RE"),
            ("Guinée", "GN"),
            ("la République dominicaine", "DO"),
            ("Dominique", "DM"),
            ("Timor-Leste", "TL"),
            ("Viêt Nam", "VN"),
            ("Antigua et Barbuda", "AG"),
        ];
        for (written, key) in french {
            assert_eq!(look(written, &["fr"]), key, "{written}");
        }
        let english = [
            ("the Gambia", "GM"),
            ("UK", "GB"),
            ("Georgia", "GE"),
            ("St. Kitts & Nevis", "KN"),
            ("Burma", "MM"),
            ("Czech Republic", "CZ"),
            ("Côte d'Ivoire", "CI"),
        ];
        for (written, key) in english {
            assert_eq!(look(written, &["en"]), key, "{written}");
        }
        assert_eq!(look("Germany", &["fr", "en"]), "DE");
        assert_eq!(look("Allemagne", &["fr-CA"]), "DE");
    }

    #[test]
    fn a_name_of_several_is_ambiguous() {
        assert_eq!(look("Corée", &["fr"]), "KP/KR");
        assert_eq!(look("Korea", &["en"]), "KP/KR");
        assert_eq!(look("Congo", &["en"]), "CD/CG");
        assert_eq!(look("les Îles Vierges", &["fr"]), "VG/VI");
    }

    #[test]
    fn the_first_language_that_knows_a_name_decides() {
        assert_eq!(look("Congo", &["fr", "en"]), "CG");
        assert_eq!(look("Congo", &["en", "fr"]), "CD/CG");
    }

    #[test]
    fn an_unknown_name_comes_with_the_nearest_as_they_are_printed() {
        assert_eq!(look("Kazakstan", &["fr"]), "? Kazakhstan");
        assert_eq!(look("Nigerr", &["fr"]), "? Niger, Nigeria");
        assert_eq!(look("Germny", &["fr", "en"]), "? Germany");
        assert_eq!(look("Etas-Unis", &["fr"]), "? États-Unis");
        assert_eq!(look("Mordor", &["fr", "en"]), "? ");
        assert_eq!(look("", &["fr", "en"]), "? ");
    }

    #[test]
    fn a_name_of_a_language_the_site_does_not_speak_is_answered_in_its_own() {
        assert_eq!(look("Chili", &["en"]).split(',').next(), Some("? Chile"));
        assert_eq!(look("Allemagne", &["en"]), "? Germany");
    }
}
