//! The table of diagnostics: each code once, with its name, its severity and its explanation.
//!
//! The explanation of a code is the file `codes/<name>.md` beside this one: what it means, an example that earns it, and
//! the same example mended. `tests/sites/explanations.rs` builds both.

use super::Severity;

/// A kind of mistake, by which it can be looked up (`depeche explain`) and its severity set (`[lints]`).
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `D` and three digits; the hundreds tell the part of the site. Never reused.
    pub id: &'static str,
    /// The same in words, joined by hyphens.
    pub name: &'static str,
    /// The severity where a site does not set another.
    pub severity: Severity,
    /// Whether a site may set another: not where there is nothing sensible to go on with.
    pub adjustable: bool,
    /// Markdown: what it means, an example and the mend. The first paragraph stands alone.
    pub explanation: &'static str,
}

/// The code called `written`, by id or by name, whatever the case.
pub fn find(written: &str) -> Option<&'static Code> {
    ALL.iter()
        .copied()
        .find(|code| code.id.eq_ignore_ascii_case(written) || code.name.eq_ignore_ascii_case(written))
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
    ($($constant:ident = $id:literal $name:literal $severity:ident $adjustable:ident;)+) => {
        $(
            #[doc = concat!("`", $id, "`, `", $name, "`.")]
            pub static $constant: Code = Code {
                id: $id,
                name: $name,
                severity: Severity::$severity,
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
    NOT_UTF8 = "D101" "not-utf8" Error fixed;
    FILE_TOO_LARGE = "D102" "file-too-large" Error fixed;
    CONTROL_CHARACTER = "D103" "control-character" Warning adjustable;
    SYMBOLIC_LINK = "D104" "symbolic-link" Error fixed;
    EMPTY_FILE = "D105" "empty-file" Error fixed;
    UNREADABLE_FILE = "D106" "unreadable-file" Error fixed;

    // 2xx: front matter and site.toml
    NO_FRONT_MATTER = "D201" "no-front-matter" Error fixed;
    UNCLOSED_FRONT_MATTER = "D202" "unclosed-front-matter" Error fixed;
    SECOND_FRONT_MATTER = "D203" "second-front-matter" Error fixed;
    SYNTAX = "D204" "syntax" Error fixed;
    UNKNOWN_KEY = "D205" "unknown-key" Error fixed;
    DUPLICATE_KEY = "D206" "duplicate-key" Error fixed;
    WRONG_TYPE = "D207" "wrong-type" Error fixed;
    BAD_VALUE = "D208" "bad-value" Error fixed;
    MISSING_KEY = "D209" "missing-key" Error fixed;
    BAD_DATE = "D210" "bad-date" Error fixed;
    MISPLACED_KEY = "D211" "misplaced-key" Warning adjustable;
    UNKNOWN_LINT = "D212" "unknown-lint" Error fixed;

    // 3xx: notes
    UNDEFINED_NOTE = "D301" "undefined-note" Error adjustable;
    UNUSED_NOTE = "D302" "unused-note" Warning adjustable;
    DUPLICATE_NOTE = "D303" "duplicate-note" Error adjustable;
    EMPTY_NOTE = "D304" "empty-note" Warning adjustable;
    LOST_CALL = "D305" "lost-call" Warning adjustable;
    MISPLACED_CALL = "D306" "misplaced-call" Warning adjustable;
    CALL_BEFORE_PARENTHESIS = "D307" "call-before-parenthesis" Warning adjustable;

    // 4xx: links, files and addresses
    BROKEN_LINK = "D401" "broken-link" Error adjustable;
    BROKEN_ANCHOR = "D402" "broken-anchor" Error adjustable;
    AMBIGUOUS_LINK = "D403" "ambiguous-link" Error fixed;
    MISSING_FILE = "D404" "missing-file" Error adjustable;
    PATH_LEAVES_SITE = "D405" "path-leaves-site" Error fixed;
    ADDRESS_CLASH = "D406" "address-clash" Error fixed;
    DUPLICATE_SLUG = "D407" "duplicate-slug" Error fixed;
    BAD_ADDRESS = "D408" "bad-address" Error fixed;
    EMBARGOED_LINK = "D409" "embargoed-link" Error fixed;
    UNSAFE_LINK = "D410" "unsafe-link" Error adjustable;
    DUPLICATE_TRANSLATION = "D411" "duplicate-translation" Error fixed;
    MISSING_ALT = "D412" "missing-alt" Warning adjustable;
    RAW_HTML = "D413" "raw-html" Warning adjustable;
    UNCLOSED_CODE = "D414" "unclosed-code" Warning adjustable;
    LOST_LINK = "D415" "lost-link" Warning adjustable;

    // 5xx: countries
    UNKNOWN_COUNTRY = "D501" "unknown-country" Error fixed;
    NO_COUNTRY = "D502" "no-country" Warning adjustable;
    REPEATED_COUNTRY = "D503" "repeated-country" Warning adjustable;
    AMBIGUOUS_COUNTRY = "D504" "ambiguous-country" Error fixed;
    UNSHOWN_INTRODUCTION = "D505" "unshown-introduction" Warning adjustable;

    // 6xx: the theme
    TEMPLATE_ERROR = "D601" "template-error" Error fixed;
    MISSING_STRING = "D602" "missing-string" Error fixed;
    UNKNOWN_THEME = "D603" "unknown-theme" Error fixed;
}
