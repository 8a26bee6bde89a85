//! The table of diagnostics: each code once, with its name, its level and its explanation.
//!
//! The explanation of a code is the file `codes/<name>.md` beside this one: what it means, an example that earns it, and
//! the same example mended. `tests/sites/explanations.rs` builds both.

use super::Severity;

/// A kind of mistake, by which it can be looked up (`depeche explain`) and its level set (`[lints]`).
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// `D` and three digits; the hundreds tell the part of the site. Never reused.
    pub id: &'static str,
    /// The same in words, joined by hyphens.
    pub name: &'static str,
    /// What becomes of it where a site does not say.
    pub level: Level,
    /// Whether a site may set another: not where there is nothing sensible to go on with.
    pub adjustable: bool,
    /// Markdown: what it means, an example and the mend. The first paragraph stands alone.
    pub explanation: &'static str,
}

/// What a site makes of a kind of mistake: how grave it is, or that nothing is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Nothing is said of it.
    Allow,
    /// It is a suggestion.
    Suggest,
    /// It is a warning.
    Warn,
    /// It is an error, and the site is not built.
    Deny,
}

impl Level {
    /// All of them, each by the word a site sets it by, from the lightest to the gravest.
    pub const ALL: [(&'static str, Self); 4] =
        [("allow", Self::Allow), ("suggest", Self::Suggest), ("warn", Self::Warn), ("deny", Self::Deny)];

    /// How grave a mistake of this level is; `None` where nothing is said of it.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Allow => None,
            Self::Suggest => Some(Severity::Suggestion),
            Self::Warn => Some(Severity::Warning),
            Self::Deny => Some(Severity::Error),
        }
    }
}

/// The code called `written`, by id or by name, whatever the case.
pub fn find(written: &str) -> Option<&'static Code> {
    ALL.iter()
        .copied()
        .find(|code| code.id.eq_ignore_ascii_case(written) || code.name.eq_ignore_ascii_case(written))
}

/// How a value that is kept names a code: by its id.
pub(super) mod by_id {
    use super::{Code, find};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(code: &&'static Code, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(code.id)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static Code, D::Error> {
        let id = String::deserialize(deserializer)?;
        find(&id).ok_or_else(|| D::Error::custom("no such code"))
    }
}

macro_rules! adjustable {
    (fixed) => {
        false
    };
    (adjustable) => {
        true
    };
}

macro_rules! codes {
    ($($constant:ident = $id:literal $name:literal $level:ident $adjustable:ident;)+) => {
        $(
            #[doc = concat!("`", $id, "`, `", $name, "`.")]
            pub static $constant: Code = Code {
                id: $id,
                name: $name,
                level: Level::$level,
                adjustable: adjustable!($adjustable),
                explanation: include_str!(concat!("codes/", $name, ".md")),
            };
        )+

        /// Every code, by id.
        pub static ALL: &[&Code] = &[$(&$constant),+];
    };
}

codes! {
    // 1xx: files
    NOT_UTF8 = "D101" "not-utf8" Deny fixed;
    FILE_TOO_LARGE = "D102" "file-too-large" Deny fixed;
    CONTROL_CHARACTER = "D103" "control-character" Warn adjustable;
    SYMBOLIC_LINK = "D104" "symbolic-link" Deny fixed;
    EMPTY_FILE = "D105" "empty-file" Deny fixed;
    UNREADABLE_FILE = "D106" "unreadable-file" Deny fixed;
    BROKEN_LOCK = "D107" "broken-lock" Warn adjustable;

    // 2xx: front matter and site.toml
    NO_FRONT_MATTER = "D201" "no-front-matter" Deny fixed;
    UNCLOSED_FRONT_MATTER = "D202" "unclosed-front-matter" Deny fixed;
    SECOND_FRONT_MATTER = "D203" "second-front-matter" Deny fixed;
    SYNTAX = "D204" "syntax" Deny fixed;
    UNKNOWN_KEY = "D205" "unknown-key" Deny fixed;
    DUPLICATE_KEY = "D206" "duplicate-key" Deny fixed;
    WRONG_TYPE = "D207" "wrong-type" Deny fixed;
    BAD_VALUE = "D208" "bad-value" Deny fixed;
    MISSING_KEY = "D209" "missing-key" Deny fixed;
    BAD_DATE = "D210" "bad-date" Deny fixed;
    MISPLACED_KEY = "D211" "misplaced-key" Warn adjustable;
    UNKNOWN_LINT = "D212" "unknown-lint" Deny fixed;

    // 3xx: notes
    UNDEFINED_NOTE = "D301" "undefined-note" Deny adjustable;
    UNUSED_NOTE = "D302" "unused-note" Warn adjustable;
    DUPLICATE_NOTE = "D303" "duplicate-note" Deny adjustable;
    EMPTY_NOTE = "D304" "empty-note" Warn adjustable;
    LOST_CALL = "D305" "lost-call" Warn adjustable;
    MISPLACED_CALL = "D306" "misplaced-call" Warn adjustable;
    CALL_BEFORE_PARENTHESIS = "D307" "call-before-parenthesis" Warn adjustable;
    NUMERIC_LABEL = "D309" "numeric-label" Allow adjustable;
    SHADOWED_SOURCE = "D310" "shadowed-source" Warn adjustable;
    UNDATED_SOURCE = "D311" "undated-source" Warn adjustable;
    UNARCHIVED_SOURCE = "D312" "unarchived-source" Warn adjustable;
    BARE_LINK = "D313" "bare-link" Warn adjustable;
    REPEATED_SOURCE = "D314" "repeated-source" Warn adjustable;

    // 4xx: links, files and addresses
    BROKEN_LINK = "D401" "broken-link" Deny adjustable;
    BROKEN_ANCHOR = "D402" "broken-anchor" Deny adjustable;
    AMBIGUOUS_LINK = "D403" "ambiguous-link" Deny fixed;
    MISSING_FILE = "D404" "missing-file" Deny adjustable;
    PATH_LEAVES_SITE = "D405" "path-leaves-site" Deny fixed;
    ADDRESS_CLASH = "D406" "address-clash" Deny fixed;
    DUPLICATE_SLUG = "D407" "duplicate-slug" Deny fixed;
    BAD_ADDRESS = "D408" "bad-address" Deny fixed;
    EMBARGOED_LINK = "D409" "embargoed-link" Deny fixed;
    UNSAFE_LINK = "D410" "unsafe-link" Deny adjustable;
    DUPLICATE_TRANSLATION = "D411" "duplicate-translation" Deny fixed;
    MISSING_ALT = "D412" "missing-alt" Warn adjustable;
    RAW_HTML = "D413" "raw-html" Warn adjustable;
    UNCLOSED_CODE = "D414" "unclosed-code" Warn adjustable;
    LOST_LINK = "D415" "lost-link" Warn adjustable;
    OWN_ADDRESS = "D416" "own-address" Warn adjustable;
    LOST_ADDRESS = "D417" "lost-address" Warn adjustable;

    // 5xx: countries
    UNKNOWN_COUNTRY = "D501" "unknown-country" Deny fixed;
    NO_COUNTRY = "D502" "no-country" Warn adjustable;
    REPEATED_COUNTRY = "D503" "repeated-country" Warn adjustable;
    AMBIGUOUS_COUNTRY = "D504" "ambiguous-country" Deny fixed;
    UNSHOWN_INTRODUCTION = "D505" "unshown-introduction" Warn adjustable;
    UNDECLARED_COUNTRY = "D506" "undeclared-country" Suggest adjustable;
    UNNAMED_COUNTRY = "D507" "unnamed-country" Warn adjustable;
    AMBIGUOUS_MENTION = "D508" "ambiguous-mention" Suggest adjustable;

    // 6xx: the theme
    TEMPLATE_ERROR = "D601" "template-error" Deny fixed;
    MISSING_STRING = "D602" "missing-string" Deny fixed;
    UNKNOWN_THEME = "D603" "unknown-theme" Deny fixed;

    // 7xx: the text
    UNUSED_WAIVER = "D701" "unused-waiver" Warn adjustable;
    DOUBLED_WORD = "D702" "doubled-word" Warn adjustable;
    LEFTOVER = "D703" "leftover" Warn adjustable;
    MISSING_SUMMARY = "D704" "missing-summary" Suggest adjustable;
    DUPLICATE_TITLE = "D705" "duplicate-title" Suggest adjustable;
}
