use icu_locale_core::Locale;
use std::fmt;
use std::sync::Arc;

/// A language as BCP 47 names it, in canonical form: `fr`, `en`, `pt-BR`, `sr-Latn`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(Arc<str>);

impl LanguageTag {
    /// The tag written as `text`, if it is well formed.
    pub fn parse(text: &str) -> Option<Self> {
        let locale: Locale = text.parse().ok()?;
        (!locale.id.language.is_unknown()).then(|| Self(locale.to_string().into()))
    }

    /// The tag as text, fit for `lang` and `hreflang`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for LanguageTag {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", &*self.0)
    }
}

impl serde::Serialize for LanguageTag {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_made_canonical_or_refused() {
        assert_eq!(LanguageTag::parse("FR").unwrap().as_str(), "fr");
        assert_eq!(LanguageTag::parse("pt-br").unwrap().as_str(), "pt-BR");
        assert_eq!(LanguageTag::parse("pt-br").unwrap().primary(), "pt");
        assert_eq!(LanguageTag::parse("français"), None);
        assert_eq!(LanguageTag::parse(""), None);
        assert_eq!(LanguageTag::parse("und"), None);
    }
}
