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
        let mut places: BTreeMap<&'static str, Span> = BTreeMap::new();
        for (key, value) in reader.others(|_| true) {
            let Some(code) = known(reader, &key) else { continue };
            if let Some(&first) = places.get(code.id) {
                let source = reader.source();
                let message = format!("{} sets `{}` a second time", in_message(&key.value), code.name);
                let diagnostic = Diagnostic::new(&code::DUPLICATE_KEY, source.place(key.span), message);
                reader.report(diagnostic.label("again here").related(source.place(first), "first here"));
                continue;
            }
            places.insert(code.id, key.span);
            if let Some(level) = level(reader, &key, value) {
                lints.levels.insert(code.id, level);
            }
        }
        lints
    }
}

fn known(reader: &mut Reader<'_>, key: &Spanned<String>) -> Option<&'static Code> {
    let unknown = match code::find(&key.value) {
        Some(code) if code.adjustable => return Some(code),
        Some(code) => Refusal::new(format!("`{}` can't be set: there is no going on after it", code.name)),
        None => {
            let adjustable = || code::ALL.iter().filter(|code| code.adjustable);
            let known: Vec<&str> =
                adjustable().map(|code| code.name).chain(adjustable().map(|code| code.id)).collect();
            let refusal = Refusal::new(format!("no lint is called {}", in_message(&key.value)));
            match crate::diagnostic::nearest(&key.value, known) {
                Some(name) => refusal.help(format!("did you mean `{name}`?")).meant(name),
                None => refusal.help("`depeche explain` lists them all"),
            }
        }
    };
    reader.refuse(key, unknown.code(&code::UNKNOWN_LINT));
    None
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
