use crate::config::parse_language;
use crate::data::{Refusal, in_message};
use crate::diagnostic::nearest;
use crate::language::LanguageTag;

/// What babel and polyglossia call languages, and what people and libraries call them (ISO 639-2's bibliographic codes,
/// names in English and French), in small letters.
const NAMES: [(&str, &[&str]); 33] = [
    ("ar", &["arabic", "ara", "arabe"]),
    ("az", &["azerbaijani", "aze", "azéri"]),
    ("be", &["belarusian", "bel", "biélorusse"]),
    ("zh", &["chinese", "chi", "zho", "chinois"]),
    ("hr", &["croatian", "hrv", "croate"]),
    ("cs", &["czech", "cze", "ces", "tchèque"]),
    ("nl", &["dutch", "dut", "nld", "néerlandais"]),
    ("en", &["english", "eng", "anglais"]),
    ("en-GB", &["british", "ukenglish"]),
    ("en-US", &["american", "usenglish"]),
    ("fr", &["french", "francais", "français", "frenchb", "fre", "fra", "acadian", "canadien"]),
    ("ka", &["georgian", "geo", "kat", "géorgien"]),
    ("de", &["german", "ngerman", "germanb", "ger", "deu", "allemand", "deutsch"]),
    ("de-AT", &["austrian", "naustrian"]),
    ("de-CH", &["swissgerman", "nswissgerman"]),
    ("el", &["greek", "gre", "ell", "grec"]),
    ("he", &["hebrew", "heb", "hébreu"]),
    ("hu", &["hungarian", "magyar", "hun", "hongrois"]),
    ("hy", &["armenian", "arm", "hye", "arménien"]),
    ("it", &["italian", "ita", "italien", "italiano"]),
    ("ja", &["japanese", "jpn", "japonais"]),
    ("kk", &["kazakh", "kaz"]),
    ("ky", &["kyrgyz", "kirghiz", "kir"]),
    ("fa", &["persian", "farsi", "per", "fas", "persan"]),
    ("pl", &["polish", "pol", "polonais"]),
    ("pt", &["portuguese", "portuges", "por", "portugais"]),
    ("pt-BR", &["brazilian", "brazil"]),
    ("ro", &["romanian", "rum", "ron", "roumain"]),
    ("ru", &["russian", "rus", "russe"]),
    ("es", &["spanish", "spa", "espagnol", "español"]),
    ("sv", &["swedish", "swe", "suédois"]),
    ("tr", &["turkish", "tur", "turc"]),
    ("uk", &["ukrainian", "ukr", "ukrainien"]),
];

/// The language that a bibliography calls `written`: babel's name, a plain one, or a tag.
pub(super) fn parse(written: &str) -> Result<LanguageTag, Refusal> {
    let name = written.trim().to_lowercase();
    let named = NAMES.iter().find(|(_, names)| names.contains(&name.as_str()));
    match named {
        Some((tag, _)) => parse_language(tag),
        // A tag's language has two or three letters; what is longer is a name that is not known.
        // A tag's language has two or three letters; what is longer is a name that is not known.
        None if name.split(['-', '_']).next().is_some_and(|language| language.len() > 3) => {
            let refusal = Refusal::new(format!("{} is not the name of a language", in_message(written)));
            Err(match nearest(written, NAMES.iter().map(|(_, names)| names[0])) {
                Some(name) => refusal.help(format!("did you mean `{name}`?")).meant(name),
                None => refusal.help("a language is written `french`, or by its tag, `fr`"),
            })
        }
        None => parse_language(&written.trim().replace('_', "-")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_any_of_its_names() {
        let cases = [
            ("ngerman", "de"),
            ("French", "fr"),
            ("Français", "fr"),
            ("british", "en-GB"),
            ("eng", "en"),
            ("fr", "fr"),
            ("fr-FR", "fr-FR"),
            ("en_US", "en-US"),
            ("hy", "hy"),
        ];
        for (written, tag) in cases {
            assert_eq!(parse(written).unwrap().as_str(), tag, "{written}");
        }
        assert!(parse("klingon").is_err());
        assert!(parse("").is_err());
    }

    #[test]
    fn each_name_is_that_of_one_language() {
        let mut names: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(NAMES.iter().all(|(tag, _)| parse_language(tag).is_ok()));
    }
}
