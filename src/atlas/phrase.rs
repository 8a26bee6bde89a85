//! How a sentence speaks of an entity: its article and its prepositions.

use super::naming::Naming;
use crate::language::LanguageTag;
use unicode_normalization::UnicodeNormalization;

/// The part a name has in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// As subject or object: « l’Arménie », “the United States”.
    Definite,
    /// "of" it: « de l’Arménie », “of the United States”.
    Of,
    /// "in" it: « en Arménie », “in the United States”.
    In,
    /// "on" it, as a text is: « sur l’Arménie », “on the United States”.
    On,
}

/// The name of `naming`, which is in `language`, in that form; bare where we don't know the language's grammar.
pub(super) fn compose(naming: &Naming, language: &LanguageTag, form: Form) -> String {
    let name = naming.running.as_deref().unwrap_or(&naming.name);
    let article = naming.article.as_deref().unwrap_or_default();
    let given = match form {
        Form::Definite | Form::On => None,
        Form::Of => naming.of.as_deref(),
        Form::In => naming.in_.as_deref(),
    };
    let before = match (given, language.primary()) {
        (Some(given), _) => given.to_owned(),
        (None, "fr") if form == Form::On => join("sur", french(article, name, Form::Definite)),
        (None, "fr") => french(article, name, form).to_owned(),
        (None, "en") => english(article, form),
        (None, _) => String::new(),
    };
    join(&before, name)
}

/// What stands before a French name with this article, where the name has nothing of its own.
///
/// « En » is right for lands that are feminine or begin with a vowel; an island's « à la » has to be given.
fn french<'a>(article: &'a str, name: &str, form: Form) -> &'a str {
    match (form, article) {
        (Form::Definite, "l'") => "l’",
        (Form::Definite | Form::On, article) => article,
        (Form::Of, "le") => "du",
        (Form::Of, "les") => "des",
        (Form::Of, "la") => "de la",
        (Form::Of, "l’" | "l'") => "de l’",
        (Form::Of, _) if begins_with_vowel(name) => "d’",
        (Form::Of, _) => "de",
        (Form::In, "le") => "au",
        (Form::In, "les") => "aux",
        (Form::In, "la" | "l’" | "l'") => "en",
        (Form::In, _) => "à",
    }
}

fn english(article: &str, form: Form) -> String {
    match form {
        Form::Definite => article.to_owned(),
        Form::Of => join("of", article),
        Form::In => join("in", article),
        Form::On => join("on", article),
    }
}

/// Whether « de » elides before `name`. An h does not tell whether it is mute (« d’Haïti », « de Hong Kong »), nor a y.
fn begins_with_vowel(name: &str) -> bool {
    name.to_lowercase()
        .nfd()
        .next()
        .is_some_and(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'œ' | 'æ'))
}

/// Two parts of a sentence with a space between, unless one is empty or the first is elided.
fn join(before: &str, after: &str) -> String {
    let space = !before.is_empty() && !after.is_empty() && !before.ends_with(['’', '\'']);
    format!("{before}{}{after}", if space { " " } else { "" })
}

#[cfg(test)]
mod tests {
    use super::super::Atlas;
    use super::*;

    /// Checks lines of the form `code: definite, of, in`.
    fn check(language: &str, lines: &str) {
        let atlas = Atlas::world();
        let language = LanguageTag::parse(language).unwrap();
        for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
            let (key, _) = line.split_once(": ").unwrap();
            let id = atlas.by_key(key).unwrap();
            let spoken = [Form::Definite, Form::Of, Form::In].map(|form| atlas.phrase(id, &language, form));
            assert_eq!(format!("{key}: {}", spoken.join(", ")), line);
        }
    }

    #[test]
    fn french_has_the_right_article_preposition_and_elision() {
        check(
            "fr",
            "
            AD: l’Andorre, de l’Andorre, en Andorre
            AE: les Émirats arabes unis, des Émirats arabes unis, aux Émirats arabes unis
            AG: Antigua-et-Barbuda, d’Antigua-et-Barbuda, à Antigua-et-Barbuda
            AM: l’Arménie, de l’Arménie, en Arménie
            BB: la Barbade, de la Barbade, à la Barbade
            BH: Bahreïn, de Bahreïn, à Bahreïn
            BI: le Burundi, du Burundi, au Burundi
            CG: le Congo, du Congo, au Congo
            CI: la Côte d’Ivoire, de la Côte d’Ivoire, en Côte d’Ivoire
            CK: les îles Cook, des îles Cook, aux îles Cook
            CL: le Chili, du Chili, au Chili
            CU: Cuba, de Cuba, à Cuba
            CV: le Cap-Vert, du Cap-Vert, au Cap-Vert
            CY: Chypre, de Chypre, à Chypre
            DJ: Djibouti, de Djibouti, à Djibouti
            DM: la Dominique, de la Dominique, à la Dominique
            DO: la République dominicaine, de la République dominicaine, en République dominicaine
            EC: l’Équateur, de l’Équateur, en Équateur
            EG: l’Égypte, de l’Égypte, en Égypte
            FR: la France, de la France, en France
            GD: la Grenade, de la Grenade, à la Grenade
            HK: Hong Kong, de Hong Kong, à Hong Kong
            HN: le Honduras, du Honduras, au Honduras
            HT: Haïti, d’Haïti, en Haïti
            HU: la Hongrie, de la Hongrie, en Hongrie
            IL: Israël, d’Israël, en Israël
            IM: l’île de Man, de l’île de Man, à l’île de Man
            IO: le Territoire britannique de l’océan Indien, du Territoire britannique de l’océan Indien, \
                dans le Territoire britannique de l’océan Indien
            IQ: l’Irak, de l’Irak, en Irak
            IR: l’Iran, de l’Iran, en Iran
            JM: la Jamaïque, de la Jamaïque, en Jamaïque
            KG: le Kirghizistan, du Kirghizistan, au Kirghizistan
            KM: les Comores, des Comores, aux Comores
            KP: la Corée du Nord, de la Corée du Nord, en Corée du Nord
            KZ: le Kazakhstan, du Kazakhstan, au Kazakhstan
            MC: Monaco, de Monaco, à Monaco
            MG: Madagascar, de Madagascar, à Madagascar
            MH: les Îles Marshall, des Îles Marshall, aux Îles Marshall
            MT: Malte, de Malte, à Malte
            MU: Maurice, de Maurice, à Maurice
            NF: l’île Norfolk, de l’île Norfolk, sur l’île Norfolk
            NL: les Pays-Bas, des Pays-Bas, aux Pays-Bas
            OM: Oman, d’Oman, à Oman
            PH: les Philippines, des Philippines, aux Philippines
            PS: la Palestine, de la Palestine, en Palestine
            RE: La Réunion, de La Réunion, à La Réunion
            SB: les Îles Salomon, des Îles Salomon, aux Îles Salomon
            SG: Singapour, de Singapour, à Singapour
            SM: Saint-Marin, de Saint-Marin, à Saint-Marin
            SV: le Salvador, du Salvador, au Salvador
            SZ: l’Eswatini, de l’Eswatini, en Eswatini
            TL: le Timor oriental, du Timor oriental, au Timor oriental
            TW: Taïwan, de Taïwan, à Taïwan
            UA: l’Ukraine, de l’Ukraine, en Ukraine
            US: les États-Unis, des États-Unis, aux États-Unis
            UY: l’Uruguay, de l’Uruguay, en Uruguay
            VA: le Vatican, du Vatican, au Vatican
            XK: le Kosovo, du Kosovo, au Kosovo
            YE: le Yémen, du Yémen, au Yémen
            ",
        );
    }

    #[test]
    fn english_has_the_article_and_on_for_some_islands() {
        check(
            "en",
            "
            AM: Armenia, of Armenia, in Armenia
            CZ: Czechia, of Czechia, in Czechia
            GM: the Gambia, of the Gambia, in the Gambia
            IM: the Isle of Man, of the Isle of Man, on the Isle of Man
            NF: Norfolk Island, of Norfolk Island, on Norfolk Island
            US: the United States, of the United States, in the United States
            ",
        );
    }

    #[test]
    fn a_text_is_on_a_country_with_its_article() {
        let atlas = Atlas::world();
        let on = |language, key| {
            let id = atlas.by_key(key).unwrap();
            atlas.phrase(id, &LanguageTag::parse(language).unwrap(), Form::On)
        };
        let french = ["AM", "CU", "KZ", "US", "NF", "RE", "org:otsc"].map(|key| on("fr", key));
        assert_eq!(
            french,
            [
                "sur l’Arménie",
                "sur Cuba",
                "sur le Kazakhstan",
                "sur les États-Unis",
                "sur l’île Norfolk",
                "sur La Réunion",
                "sur l’Organisation du traité de sécurité collective",
            ]
        );
        assert_eq!(["AM", "US"].map(|key| on("en", key)), ["on Armenia", "on the United States"]);
        assert_eq!(on("pt", "US"), "United States");
    }

    #[test]
    fn a_language_whose_grammar_is_unknown_has_the_bare_name() {
        check("pt", "US: United States, United States, United States");
    }

    #[test]
    fn a_regional_variety_speaks_as_its_language_does() {
        check("fr-CA", "US: les États-Unis, des États-Unis, aux États-Unis");
    }

    #[test]
    fn french_grammar_follows_from_the_article_where_nothing_else_is_given() {
        let speak = |article: &str, name: &str| {
            let (name, article) = (name.to_owned(), Some(article.to_owned()));
            let naming = Naming { name, article, ..Naming::default() };
            let french = LanguageTag::parse("fr").unwrap();
            [Form::Definite, Form::Of, Form::In].map(|form| compose(&naming, &french, form)).join(", ")
        };
        assert_eq!(speak("le", "Haut-Karabagh"), "le Haut-Karabagh, du Haut-Karabagh, au Haut-Karabagh");
        assert_eq!(speak("la", "Crimée"), "la Crimée, de la Crimée, en Crimée");
        assert_eq!(speak("l’", "Abkhazie"), "l’Abkhazie, de l’Abkhazie, en Abkhazie");
        assert_eq!(speak("l'", "Abkhazie"), "l’Abkhazie, de l’Abkhazie, en Abkhazie");
        assert_eq!(speak("les", "Balkans"), "les Balkans, des Balkans, aux Balkans");
        assert_eq!(speak("", "Hargeisa"), "Hargeisa, de Hargeisa, à Hargeisa");
        assert_eq!(speak("", "Ourmia"), "Ourmia, d’Ourmia, à Ourmia");
    }
}
