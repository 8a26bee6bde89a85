use crate::data::{Node, Reader, Refusal, Spanned, in_message};
use crate::diagnostic::{Code, Diagnostic, Level, Severity, code};
use crate::source::Span;
use std::collections::BTreeMap;

/// How grave each kind of mistake is to this site, where it says so itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lints {
    levels: BTreeMap<&'static str, Level>,
}

impl Lints {
    /// How grave a mistake of this kind is; `None` where the site allows it.
    pub fn severity(&self, code: &'static Code) -> Option<Severity> {
        self.levels.get(code.id).copied().unwrap_or(code.level).severity()
    }

    /// The levels under `[lints]`: each key a code or its name, each value one of the words of [`Level::ALL`].
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let mut lints = Self::default();
        for (code, key, value) in by_code(reader, "set") {
            if let Some(level) = level(reader, &key, value) {
                lints.levels.insert(code.id, level);
            }
        }
        lints
    }
}

/// The entries of a table whose keys are codes or their names, each code once. `verb` says what such an entry does to a
/// code: it is `set`.
pub(crate) fn by_code<'a>(
    reader: &mut Reader<'a>,
    verb: &str,
) -> Vec<(&'static Code, Spanned<String>, &'a Spanned<Node>)> {
    let mut entries = Vec::new();
    let mut places: BTreeMap<&'static str, Span> = BTreeMap::new();
    for (key, value) in reader.others(|_| true) {
        let code = match adjustable(&key.value, verb) {
            Ok(code) => code,
            Err(refusal) => {
                reader.refuse(&key, refusal);
                continue;
            }
        };
        if let Some(&first) = places.get(code.id) {
            let source = reader.source();
            let message = format!("{} names `{}` a second time", in_message(&key.value), code.name);
            let diagnostic = Diagnostic::new(&code::DUPLICATE_KEY, source.place(key.span), message);
            reader.report(diagnostic.label("again here").related(source.place(first), "first here"));
            continue;
        }
        places.insert(code.id, key.span);
        entries.push((code, key, value));
    }
    entries
}

/// The code called `written`, if it is one that can be `set`, or `waived`, as the verb has it.
pub(crate) fn adjustable(written: &str, verb: &str) -> Result<&'static Code, Refusal> {
    let refusal = match code::find(written) {
        Some(code) if code.adjustable => return Ok(code),
        Some(code) => Refusal::new(format!("`{}` can't be {verb}: there is no going on after it", code.name)),
        None => {
            let adjustable = || code::ALL.iter().filter(|code| code.adjustable);
            let known: Vec<&str> =
                adjustable().map(|code| code.name).chain(adjustable().map(|code| code.id)).collect();
            let refusal = Refusal::new(format!("no lint is called {}", in_message(written)));
            match crate::diagnostic::nearest(written, known) {
                Some(name) => refusal.help(format!("did you mean `{name}`?")).meant(name),
                None => refusal.help("`depeche explain` lists them all"),
            }
        }
    };
    Err(refusal.code(&code::UNKNOWN_LINT))
}

fn level(reader: &mut Reader<'_>, key: &Spanned<String>, value: &Spanned<Node>) -> Option<Level> {
    let written = match &value.value {
        Node::String(written) => written,
        other => {
            let message =
                format!("`{}` must be `allow`, `suggest`, `warn` or `deny`, not {}", key.value, other.kind());
            reader.report(Diagnostic::new(&code::WRONG_TYPE, reader.source().place(value.span), message));
            return None;
        }
    };
    let level = Level::ALL.iter().find(|(word, _)| word == written).map(|(_, level)| *level);
    if level.is_none() {
        let refusal = Refusal::new(format!("`{}` can't be {}", key.value, in_message(written)))
            .nearest(written, Level::ALL.iter().map(|(word, _)| *word));
        reader.refuse(&Spanned::new(written.clone(), value.span), refusal);
    }
    level
}
