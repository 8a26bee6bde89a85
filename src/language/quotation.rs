use icu_locale_core::LanguageIdentifier;

/// The marks a language puts around a quotation.
pub(super) struct QuotationMarks {
    open: &'static str,
    close: &'static str,
    takes_points: bool,
}

impl QuotationMarks {
    pub(super) fn of(language: &LanguageIdentifier) -> Self {
        let region = language.region.as_ref().map(|region| region.as_str());
        let (open, close) = match (language.language.as_str(), region) {
            ("de" | "it", Some("CH" | "LI")) => ("«", "»"),
            ("fr", _) => ("«\u{a0}", "\u{a0}»"),
            ("de" | "cs" | "sk" | "sl" | "bg" | "is" | "lt" | "mk" | "ka" | "et", _) => ("„", "“"),
            ("pl" | "ro" | "hu" | "hr" | "sr" | "bs", _) => ("„", "”"),
            ("es" | "it" | "ru" | "uk" | "be" | "el" | "hy" | "no" | "nb" | "nn" | "ca" | "fa", _)
            | ("pt", Some("PT")) => ("«", "»"),
            ("fi" | "sv", _) => ("”", "”"),
            ("ja", _) | ("zh", Some("TW" | "HK")) => ("「", "」"),
            _ => ("“", "”"),
        };
        // The British, and who follows them, put only the quotation's own points between the marks.
        let is_american = matches!(region, None | Some("US" | "CA" | "PH"));
        Self { open, close, takes_points: language.language.as_str() == "en" && is_american }
    }

    pub(super) fn both(&self) -> (&'static str, &'static str) {
        (self.open, self.close)
    }

    pub(super) fn closing_after_points(&self) -> Option<&'static str> {
        self.takes_points.then_some(self.close)
    }

    pub(super) fn around(&self, text: &str) -> String {
        [self.open, text, self.close].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::super::language;

    #[test]
    fn a_quotation_stands_between_the_marks_of_the_language() {
        let cases = [
            ("fr", "«\u{a0}non\u{a0}»"),
            ("fr-CA", "«\u{a0}non\u{a0}»"),
            ("en", "“non”"),
            ("de", "„non“"),
            ("de-CH", "«non»"),
            ("it", "«non»"),
            ("es", "«non»"),
            ("pl", "„non”"),
            ("pt-PT", "«non»"),
            ("pt-BR", "“non”"),
            ("qaa", "“non”"),
        ];
        for (tag, expected) in cases {
            assert_eq!(language(tag).quote("non"), expected, "{tag}");
        }
    }

    #[test]
    fn americans_alone_put_commas_and_periods_before_the_closing_mark() {
        for (tag, expected) in
            [("en", Some("”")), ("en-US", Some("”")), ("en-GB", None), ("fr", None), ("qaa", None)]
        {
            assert_eq!(language(tag).closing_mark_after_points(), expected, "{tag}");
        }
    }
}
