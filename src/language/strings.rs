use super::{Language, PluralCategory};
use crate::diagnostic::nearest;
use crate::source::Span;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One file of the interface's strings, `i18n/<language>.toml`: under each key a string, or one for each plural form.
///
/// ```toml
/// notes-title = "Notes et sources"
/// note-label = "Note {number}"
/// brief-count = { one = "{count} brief", other = "{count} briefs" }
/// ```
///
/// A word in braces is an argument; `{{` and `}}` are braces themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Messages(BTreeMap<String, Message>);

/// A mistake in a file of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StringsError {
    /// What is wrong, in the manner of a diagnostic's message.
    pub message: String,
    /// Where it is wrong, in bytes of the file.
    pub span: Span,
}

impl Messages {
    /// The strings of a file, and everything that is wrong with it. A string with a mistake is left out.
    pub fn parse(text: &str) -> (Self, Vec<StringsError>) {
        let (table, syntax_errors) = DeTable::parse_recoverable(text);
        let mut errors: Vec<StringsError> = syntax_errors.iter().map(syntax_error).collect();
        let mut messages = BTreeMap::new();
        for (key, value) in table.get_ref() {
            if !is_kebab_case(key.get_ref()) {
                let message = format!("`{}` is not lower-case words joined by hyphens", key.get_ref());
                errors.push(error(message, key.span()));
            }
            match parse_message(text, value) {
                Ok(message) => {
                    messages.insert(key.get_ref().to_string(), message);
                }
                Err(found) => errors.extend(found),
            }
        }
        errors.sort_by_key(|error| error.span);
        (Self(messages), errors)
    }
}

/// The interface's strings in one language, with English where the language lacks one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Strings {
    own: BTreeMap<String, Message>,
    english: BTreeMap<String, Message>,
}

impl Strings {
    /// The strings of a language and those of English, each from several files: the default theme's, the theme's and the
    /// site's, in this order. Of two strings with one key the later counts.
    pub fn layered(
        own: impl IntoIterator<Item = Messages>,
        english: impl IntoIterator<Item = Messages>,
    ) -> Self {
        let merged = |layers: &mut dyn Iterator<Item = Messages>| layers.flat_map(|layer| layer.0).collect();
        Self { own: merged(&mut own.into_iter()), english: merged(&mut english.into_iter()) }
    }

    /// The string under `key`, in the plural form for `count`, its arguments put in as they are; nothing if neither the
    /// language nor English has it.
    ///
    /// `{count}` is `count` in the figures of `language`, which is the one these strings are in. An argument that is not
    /// given stays in its braces, for the writer of the template to see.
    pub fn get(
        &self,
        key: &str,
        language: &Language,
        count: Option<u64>,
        arguments: &[(&str, &str)],
    ) -> Option<String> {
        let pattern = match self.own.get(key) {
            Some(message) => message.form(count.map(|count| language.plural(count))),
            // An English string has English plurals, whatever the language it stands in for.
            None => self.english.get(key)?.form(count.map(english_plural)),
        };
        let counted = count.map(|count| language.number(count));
        let value = |name: &str| match &counted {
            Some(count) if name == "count" => Some(count.as_str()),
            _ => arguments.iter().find(|(argument, _)| *argument == name).map(|(_, value)| *value),
        };
        Some(pattern.filled(value))
    }

    /// The string under `key` that the language itself has, for what English can't stand in for.
    pub fn own(&self, key: &str) -> Option<String> {
        self.own.get(key).map(|message| message.form(None).filled(|_| None))
    }

    /// Every key that has a string, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let missing = self.english.keys().filter(|key| !self.own.contains_key(*key));
        let mut keys: Vec<&str> = self.own.keys().chain(missing).map(String::as_str).collect();
        keys.sort_unstable();
        keys.into_iter()
    }
}

fn english_plural(count: u64) -> PluralCategory {
    if count == 1 { PluralCategory::One } else { PluralCategory::Other }
}

/// One string, in each plural form that differs from the last resort, `other`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Message {
    other: Pattern,
    forms: BTreeMap<PluralCategory, Pattern>,
}

impl Message {
    fn form(&self, category: Option<PluralCategory>) -> &Pattern {
        category.and_then(|category| self.forms.get(&category)).unwrap_or(&self.other)
    }
}

/// A string with the places of its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Pattern(Vec<Piece>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Piece {
    Text(String),
    Argument(String),
}

impl Pattern {
    fn filled<'a>(&self, value: impl Fn(&str) -> Option<&'a str>) -> String {
        let mut filled = String::with_capacity(64);
        for piece in &self.0 {
            match piece {
                Piece::Text(text) => filled.push_str(text),
                Piece::Argument(name) => match value(name) {
                    Some(value) => filled.push_str(value),
                    None => filled.extend(["{", name, "}"]),
                },
            }
        }
        filled
    }
}

fn parse_message(text: &str, value: &Spanned<DeValue<'_>>) -> Result<Message, Vec<StringsError>> {
    match value.get_ref() {
        DeValue::String(_) => {
            let other = parse_form(text, value).map_err(|error| vec![error])?;
            Ok(Message { other, forms: BTreeMap::new() })
        }
        DeValue::Table(table) => parse_forms(text, table, value.span()),
        other => {
            let message = format!("expected a string or a table of plural forms, found {}", type_name(other));
            Err(vec![error(message, value.span())])
        }
    }
}

fn parse_forms(text: &str, table: &DeTable<'_>, span: Range<usize>) -> Result<Message, Vec<StringsError>> {
    let mut forms = BTreeMap::new();
    let mut errors = Vec::new();
    for (name, value) in table {
        match PluralCategory::parse(name.get_ref()) {
            Some(category) => match parse_form(text, value) {
                Ok(form) => {
                    forms.insert(category, form);
                }
                Err(error) => errors.push(error),
            },
            None => errors.push(error(unknown_category(name.get_ref()), name.span())),
        }
    }
    if !table.keys().any(|name| name.get_ref() == PluralCategory::Other.as_str()) {
        errors.push(error("the form `other` is missing".to_owned(), span));
    }
    match forms.remove(&PluralCategory::Other) {
        Some(other) if errors.is_empty() => Ok(Message { other, forms }),
        _ => Err(errors),
    }
}

fn parse_form(text: &str, value: &Spanned<DeValue<'_>>) -> Result<Pattern, StringsError> {
    let DeValue::String(string) = value.get_ref() else {
        let message = format!("expected a string, found {}", type_name(value.get_ref()));
        return Err(error(message, value.span()));
    };
    parse_pattern(string).map_err(|(message, within)| {
        // Where the string holds no escape, it stands in the file as it is, between its quotation marks.
        let span = value.span();
        let inside = span.start + 1..span.end.saturating_sub(1);
        let exact = text.get(inside.clone()) == Some(string.as_ref());
        error(message, if exact { inside.start + within.start..inside.start + within.end } else { span })
    })
}

/// A string taken apart at its braces, or what is wrong with them and where.
fn parse_pattern(string: &str) -> Result<Pattern, (String, Range<usize>)> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = string;
    while let Some(brace) = rest.find(['{', '}']) {
        text.push_str(&rest[..brace]);
        rest = &rest[brace..];
        let at = string.len() - rest.len();
        if rest.starts_with("{{") || rest.starts_with("}}") {
            text.push_str(&rest[..1]);
            rest = &rest[2..];
        } else if rest.starts_with('}') {
            return Err(("`}` closes nothing: a brace itself is written `}}`".to_owned(), at..at + 1));
        } else {
            let Some(end) =
                rest[1..].find(['{', '}']).map(|end| end + 1).filter(|end| rest[*end..].starts_with('}'))
            else {
                return Err(("`{` is not closed: a brace itself is written `{{`".to_owned(), at..at + 1));
            };
            let name = &rest[1..end];
            if !is_kebab_case(name) {
                return Err((format!("`{name}` is not the name of an argument"), at..at + end + 1));
            }
            pieces.push(Piece::Text(std::mem::take(&mut text)));
            pieces.push(Piece::Argument(name.to_owned()));
            rest = &rest[end + 1..];
        }
    }
    text.push_str(rest);
    pieces.push(Piece::Text(text));
    Ok(Pattern(pieces))
}

fn is_kebab_case(name: &str) -> bool {
    name.split('-').all(|word| {
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    })
}

fn unknown_category(name: &str) -> String {
    let names = PluralCategory::ALL.map(PluralCategory::as_str);
    match nearest(name, names) {
        Some(near) => format!("no plural form is called `{name}`: did you mean `{near}`?"),
        None => format!(
            "no plural form is called `{name}`: they are {}",
            names.map(|name| format!("`{name}`")).join(", ")
        ),
    }
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

fn syntax_error(found: &toml::de::Error) -> StringsError {
    error(found.message().to_owned(), found.span().unwrap_or_default())
}

fn error(message: String, span: Range<usize>) -> StringsError {
    StringsError { message, span: Span::new(span) }
}

#[cfg(test)]
mod tests {
    use super::super::language;
    use super::*;

    fn messages(text: &str) -> Messages {
        let (messages, errors) = Messages::parse(text);
        assert_eq!(errors, []);
        messages
    }

    fn french(text: &str) -> Strings {
        Strings::layered([messages(text)], [])
    }

    #[test]
    fn arguments_and_counts_take_their_places() {
        let strings = french(
            r#"
            notes-title = "Notes et sources"
            "note-label" = "Note {number}"
            brief-count = { one = "{count} brief", other = "{count} briefs" }
            set = "{{{name}}} : {{ {absent} }}"
            "#,
        );
        let french = language("fr");
        let get = |key, count, arguments: &[_]| strings.get(key, &french, count, arguments);
        assert_eq!(get("notes-title", None, &[]).as_deref(), Some("Notes et sources"));
        assert_eq!(get("note-label", None, &[("number", "3")]).as_deref(), Some("Note 3"));
        assert_eq!(get("brief-count", Some(0), &[]).as_deref(), Some("0 brief"));
        assert_eq!(get("brief-count", Some(1234), &[]).as_deref(), Some("1\u{202f}234 briefs"));
        assert_eq!(
            get("brief-count", Some(1_000_000), &[]).as_deref(),
            Some("1\u{202f}000\u{202f}000 briefs")
        );
        assert_eq!(get("brief-count", None, &[("count", "de")]).as_deref(), Some("de briefs"));
        assert_eq!(get("set", None, &[("name", "{x}")]).as_deref(), Some("{{x}} : { {absent} }"));
        assert_eq!(get("unknown", None, &[]), None);
        assert_eq!(strings.keys().collect::<Vec<_>>(), ["brief-count", "note-label", "notes-title", "set"]);
    }

    #[test]
    fn the_later_file_counts_and_english_stands_in_with_its_own_plurals() {
        let english = r#"
            title = "Notes"
            home = "Home"
            map = "Map"
            brief-count = { one = "{count} brief", other = "{count} briefs" }
        "#;
        let strings = Strings::layered(
            [messages("title = 'Notes'\nhome = 'Accueil'"), messages("title = 'Sources'")],
            [messages(english), messages("map = 'Atlas'")],
        );
        let french = language("fr");
        let get = |key, count| strings.get(key, &french, count, &[]);
        assert_eq!(get("title", None).as_deref(), Some("Sources"));
        assert_eq!(get("home", None).as_deref(), Some("Accueil"));
        assert_eq!(get("map", None).as_deref(), Some("Atlas"));
        assert_eq!((strings.own("home").as_deref(), strings.own("map")), (Some("Accueil"), None));
        assert_eq!(get("brief-count", Some(0)).as_deref(), Some("0 briefs"));
        assert_eq!(get("brief-count", Some(1)).as_deref(), Some("1 brief"));
        assert_eq!(strings.keys().collect::<Vec<_>>(), ["brief-count", "home", "map", "title"]);
    }

    /// Checks the mistakes of a file: for each, the text it underlines and what it says.
    #[track_caller]
    fn check_errors(text: &str, expected: &[(&str, &str)]) {
        let (_, errors) = Messages::parse(text);
        let found: Vec<(&str, &str)> =
            errors.iter().map(|error| (&text[error.span.range()], error.message.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        check_errors("a = 5", &[("5", "expected a string or a table of plural forms, found a number")]);
        check_errors("a = { other = true }", &[("true", "expected a string, found a boolean")]);
        check_errors("a = { one = 'x' }", &[("{ one = 'x' }", "the form `other` is missing")]);
        check_errors(
            "a = { ones = 'x', other = 'y' }",
            &[("ones", "no plural form is called `ones`: did you mean `one`?")],
        );
        check_errors(
            "a = { singulier = 'x', other = 'y' }",
            &[(
                "singulier",
                "no plural form is called `singulier`: they are `zero`, `one`, `two`, `few`, `many`, `other`",
            )],
        );
        check_errors("a = 'été {b'", &[("{", "`{` is not closed: a brace itself is written `{{`")]);
        check_errors("a = '{b {c}'", &[("{", "`{` is not closed: a brace itself is written `{{`")]);
        check_errors("a = 'été b}'", &[("}", "`}` closes nothing: a brace itself is written `}}`")]);
        check_errors("a = 'x {} y'", &[("{}", "`` is not the name of an argument")]);
        check_errors("a = '{a b}'", &[("{a b}", "`a b` is not the name of an argument")]);
        check_errors(
            "Note_Label = 'x'",
            &[("Note_Label", "`Note_Label` is not lower-case words joined by hyphens")],
        );
        // With an escape in it, the whole string is underlined.
        check_errors(r#"a = "\t{""#, &[(r#""\t{""#, "`{` is not closed: a brace itself is written `{{`")]);
    }

    #[test]
    fn every_mistake_is_told_and_the_rest_is_kept() {
        let text = "a = 5\nb = 'kept'\nc = '{'\nd = \n";
        let (messages, errors) = Messages::parse(text);
        assert_eq!(errors.len(), 3, "{errors:?}");
        let strings = Strings::layered([messages], []);
        assert_eq!(strings.get("b", &language("fr"), None, &[]).as_deref(), Some("kept"));
        assert_eq!(strings.get("a", &language("fr"), None, &[]), None);
    }
}
