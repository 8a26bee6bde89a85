use icu_locale_core::LanguageIdentifier;

/// The way a language's lines run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// As in French.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

impl Direction {
    /// The direction as HTML's `dir` wants it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }

    /// Decided by the script where the tag names one, or else by the language's usual script.
    pub(super) fn of(language: &LanguageIdentifier) -> Self {
        let leftward = match &language.script {
            Some(script) => {
                matches!(
                    script.as_str(),
                    "Arab" | "Hebr" | "Syrc" | "Thaa" | "Nkoo" | "Adlm" | "Rohg" | "Mand" | "Samr"
                )
            }
            None => matches!(
                language.language.as_str(),
                "ar" | "he"
                    | "fa"
                    | "ur"
                    | "ps"
                    | "sd"
                    | "ug"
                    | "yi"
                    | "dv"
                    | "ckb"
                    | "ks"
                    | "azb"
                    | "arz"
                    | "ary"
                    | "syr"
                    | "nqo"
                    | "lrc"
                    | "mzn"
                    | "pnb"
                    | "skr"
                    | "bal"
                    | "glk"
                    | "prs"
            ),
        };
        if leftward { Self::RightToLeft } else { Self::LeftToRight }
    }
}

#[cfg(test)]
mod tests {
    use super::super::language;

    #[test]
    fn the_script_decides_where_the_tag_names_it() {
        let cases = [("fr", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ks-Deva", "ltr")];
        for (tag, expected) in cases {
            assert_eq!(language(tag).direction().as_str(), expected, "{tag}");
        }
    }
}
