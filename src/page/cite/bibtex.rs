//! BibTeX, in the fields that `biblatex` knows: an entry a text.

use super::{Item, Name};
use crate::language::LanguageTag;

/// What `babel` calls the languages that `biblatex` has words of.
const LANGUAGES: &[(&str, &str)] = &[
    ("bg", "bulgarian"),
    ("ca", "catalan"),
    ("cs", "czech"),
    ("da", "danish"),
    ("de", "ngerman"),
    ("el", "greek"),
    ("en", "english"),
    ("es", "spanish"),
    ("et", "estonian"),
    ("fi", "finnish"),
    ("fr", "french"),
    ("hr", "croatian"),
    ("hu", "magyar"),
    ("it", "italian"),
    ("lt", "lithuanian"),
    ("lv", "latvian"),
    ("nl", "dutch"),
    ("pl", "polish"),
    ("pt", "portuguese"),
    ("ro", "romanian"),
    ("ru", "russian"),
    ("sk", "slovak"),
    ("sl", "slovene"),
    ("sr", "serbian"),
    ("sv", "swedish"),
    ("tr", "turkish"),
    ("uk", "ukrainian"),
];

/// The entry of an item, on lines of its own.
pub fn bibtex(item: &Item) -> String {
    let organization = item.container_title.as_ref().or(item.publisher.as_ref());
    let publisher = item.publisher.as_ref().filter(|_| item.container_title.is_some());
    let authors: Vec<String> = item.author.iter().map(name).collect();
    let fields = [
        ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
        ("title", Some(title(&item.title))),
        ("organization", organization.map(|name| escaped(name))),
        ("publisher", publisher.map(|name| escaped(name))),
        ("date", item.issued.map(|date| date.to_string())),
        ("version", item.version.as_deref().map(escaped)),
        ("url", item.url.as_deref().map(verbatim)),
        ("langid", item.language.as_ref().and_then(language).map(str::to_owned)),
    ];
    let entry_type = if item.url.is_some() { "online" } else { "misc" };
    let mut entry = format!("@{entry_type}{{{},\n", item.id);
    for (field, value) in fields {
        let Some(value) = value else { continue };
        entry.extend(["  ", field, " = {", &value, "},\n"]);
    }
    entry.push_str("}\n");
    entry
}

fn language(tag: &LanguageTag) -> Option<&'static str> {
    LANGUAGES.iter().find(|(primary, _)| *primary == tag.primary()).map(|(_, name)| *name)
}

/// A name; braces keep together what would be taken apart.
fn name(name: &Name) -> String {
    let part = |part: &str| {
        let joins = part.split_whitespace().any(|word| word.eq_ignore_ascii_case("and"));
        if joins { format!("{{{}}}", escaped(part)) } else { escaped(part) }
    };
    match name {
        Name::Person { family, given } => format!("{}, {}", part(family), part(given)),
        Name::Literal(name) => format!("{{{}}}", escaped(name)),
    }
}

/// A title. Styles write titles in lower case but for their first letter; braces keep words that have another capital.
fn title(text: &str) -> String {
    let mut title = String::with_capacity(text.len() + 16);
    for (index, part) in text.split_inclusive(char::is_whitespace).enumerate() {
        let word = part.trim_end();
        let has_capital = word.chars().skip(usize::from(index == 0)).any(char::is_uppercase);
        // In one pair of braces, what begins with a command is an accented letter, and changes case.
        let begins_with_command = word.chars().next().and_then(command).is_some();
        let braces = match (has_capital, begins_with_command) {
            (false, _) => ["", ""],
            (true, false) => ["{", "}"],
            (true, true) => ["{{", "}}"],
        };
        title.push_str(braces[0]);
        push_escaped(&mut title, word);
        title.push_str(braces[1]);
        push_escaped(&mut title, &part[word.len()..]);
    }
    title
}

/// A text in which TeX sees no command.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    push_escaped(&mut escaped, text);
    escaped
}

fn push_escaped(escaped: &mut String, text: &str) {
    for character in text.chars() {
        match command(character) {
            Some(command) => escaped.push_str(command),
            // LaTeX knows no narrow space by its character, and few of its fonts have one.
            None if matches!(character, '\u{a0}' | '\u{202f}') => escaped.push('~'),
            None => escaped.push(character),
        }
    }
}

/// The command that prints a character which means something to TeX. Braces are counted even behind a backslash, so that none may
/// be left.
fn command(character: char) -> Option<&'static str> {
    Some(match character {
        '%' => "\\%",
        '&' => "\\&",
        '#' => "\\#",
        '_' => "\\_",
        '$' => "\\$",
        '{' => "\\textbraceleft{}",
        '}' => "\\textbraceright{}",
        '\\' => "\\textbackslash{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        _ => return None,
    })
}

/// An address, which is read as it is; only braces and backslashes must not stand in it.
fn verbatim(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C")
}
