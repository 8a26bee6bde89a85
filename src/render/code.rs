//! Code blocks, coloured: each word of a known language is put into one of eight classes.
//!
//! syntect's own HTML makes code twenty to sixty times longer. So its theme machinery is used for sorting instead: the
//! theme here has eight colours, and each stands for a class of the style sheet.

use super::html::push_text;
use std::str::FromStr as _;
use std::sync::OnceLock;
use syntect::easy::HighlightLines;
use syntect::highlighting::{Color, ScopeSelectors, StyleModifier, Theme, ThemeItem, ThemeSettings};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

/// The classes, and the scopes of syntect's grammars that belong to each. The most particular scope decides.
const CLASSES: [(&str, &str); 8] = [
    ("hl-keyword", "keyword, storage, variable.language"),
    ("hl-string", "string, punctuation.definition.string, markup.raw, markup.inserted"),
    ("hl-comment", "comment, punctuation.definition.comment, markup.quote"),
    ("hl-constant", "constant, constant.character.escape, support.constant, entity.other.attribute-name"),
    (
        "hl-function",
        "entity.name.function, support.function, variable.function, support.macro, entity.name.macro",
    ),
    (
        "hl-type",
        "entity.name.type, entity.name.class, entity.name.struct, entity.name.enum, entity.name.trait, entity.other.inherited-class, support.type, support.class, storage.type.numeric",
    ),
    ("hl-tag", "entity.name.tag, entity.name.section, markup.heading, markup.deleted, meta.property-name"),
    ("hl-punctuation", "punctuation, keyword.operator, meta.brace"),
];

/// Longest block that is coloured, in bytes.
const LONGEST_BLOCK: usize = 200_000;
/// Longest line that is coloured, in bytes: grammars are regular expressions, and some are slow on such lines.
const LONGEST_LINE: usize = 5_000;

/// The grammars of the languages known. They are read when the first block of code asks for them.
#[derive(Default)]
pub struct Highlighter {
    grammars: OnceLock<Grammars>,
}

struct Grammars {
    syntaxes: SyntaxSet,
    classes: Theme,
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Highlighter").finish_non_exhaustive()
    }
}

impl Highlighter {
    /// Writes `code`, coloured as `language` if that is one it knows, and escaped.
    pub(super) fn push(&self, html: &mut String, language: &str, code: &str) {
        let too_long = code.len() > LONGEST_BLOCK || code.lines().any(|line| line.len() > LONGEST_LINE);
        if language.is_empty() || too_long || self.push_coloured(html, language, code).is_none() {
            push_text(html, code);
        }
    }

    /// Writes nothing where the language is not known, or where its grammar fails.
    fn push_coloured(&self, html: &mut String, language: &str, code: &str) -> Option<()> {
        let grammars = self.grammars.get_or_init(Grammars::load);
        let syntax = grammars.syntaxes.find_syntax_by_token(language)?;
        let mut lines = HighlightLines::new(syntax, &grammars.classes);
        let start = html.len();
        let mut class = None;
        for line in LinesWithEndings::from(code) {
            let Ok(words) = lines.highlight_line(line, &grammars.syntaxes) else {
                html.truncate(start);
                return None;
            };
            for (style, word) in words {
                // White space has no colour: it stays with what stands before it.
                let next = if word.trim().is_empty() { class } else { class_of(style.foreground) };
                if next != class {
                    html.push_str(if class.is_some() { "</span>" } else { "" });
                    if let Some(name) = next {
                        html.extend(["<span class=\"", name, "\">"]);
                    }
                    class = next;
                }
                push_text(html, word);
            }
        }
        html.push_str(if class.is_some() { "</span>" } else { "" });
        Some(())
    }
}

impl Grammars {
    fn load() -> Self {
        let scopes = CLASSES.iter().zip(1..).map(|((_, scopes), number)| {
            let Ok(scope) = ScopeSelectors::from_str(scopes) else {
                unreachable!("the scopes are written above")
            };
            let style = StyleModifier { foreground: Some(colour(number)), ..StyleModifier::default() };
            ThemeItem { scope, style }
        });
        let settings = ThemeSettings { foreground: Some(colour(0)), ..ThemeSettings::default() };
        let classes = Theme { name: None, author: None, settings, scopes: scopes.collect() };
        Self { syntaxes: SyntaxSet::load_defaults_newlines(), classes }
    }
}

/// The colour that stands for the `number`th class; 0 is none.
fn colour(number: u8) -> Color {
    Color { r: number, g: 0, b: 0, a: 255 }
}

fn class_of(colour: Color) -> Option<&'static str> {
    let index = usize::from(colour.r).checked_sub(1)?;
    CLASSES.get(index).map(|(class, _)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coloured(language: &str, code: &str) -> String {
        let mut html = String::new();
        Highlighter::default().push(&mut html, language, code);
        html
    }

    #[test]
    fn words_are_put_into_classes() {
        let html = coloured("rust", "// note\nfn main() -> u8 { let a = \"x<y\"; 12 }\n");
        for span in [
            "<span class=\"hl-comment\">// note",
            "<span class=\"hl-keyword\">fn",
            "<span class=\"hl-function\">main",
            "<span class=\"hl-string\">&quot;x&lt;y&quot;</span>",
            "<span class=\"hl-constant\">12",
        ] {
            assert!(html.contains(span), "{span} in {html}");
        }
        assert!(coloured("html", "<b class=\"c\">").contains("hl-tag\">b"));
    }

    #[test]
    fn without_a_known_language_code_is_plain() {
        assert_eq!(coloured("", "a < b"), "a &lt; b");
        assert_eq!(coloured("volapük", "a < b"), "a &lt; b");
    }

    #[test]
    fn very_long_code_is_plain() {
        assert!(!coloured("rust", &"let a = 1;\n".repeat(20_000)).contains("span"));
        assert!(!coloured("rust", &"let a = 1; ".repeat(1_000)).contains("span"));
    }

    #[test]
    fn all_that_is_written_is_shown() {
        let code = "{\"a\": [1, \"é\\n\", null]}\n\n\t# x\n";
        for language in ["json", "rust", "html", "bash", "yaml", "css", "python"] {
            let html = coloured(language, code);
            let mut text = String::new();
            for part in html.split('<') {
                text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
            }
            assert_eq!(text.replace("&quot;", "\""), code, "{language}");
        }
    }
}
