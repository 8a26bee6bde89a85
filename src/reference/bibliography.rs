use super::{Identity, KEYS, Reference, SYNONYMS, label};
use crate::data::{self, Node, Reader, Spanned, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{ContentPath, Place, Source, Span};
use std::collections::BTreeMap;

/// The files of the shared library, in the order they are read.
pub const FILES: [&str; 1] = ["content/sources.toml"];

/// The newsroom's shared library of sources.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    entries: Vec<Entry>,
    by_label: BTreeMap<String, usize>,
    by_identity: BTreeMap<Identity, usize>,
}

/// One source of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What calls it.
    pub label: Spanned<String>,
    /// The file it stands in.
    pub path: ContentPath,
    /// What is known of it.
    pub reference: Reference,
}

impl Bibliography {
    /// Gathers the entries of `files`. Of two with one label, the first counts.
    pub fn read(files: &[Source], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut bibliography = Self::default();
        for file in files {
            for (label, reference) in read_toml(file, diagnostics) {
                bibliography.add(Entry { label, path: file.path.clone(), reference }, diagnostics);
            }
        }
        bibliography
    }

    fn add(&mut self, entry: Entry, diagnostics: &mut Vec<Diagnostic>) {
        let key = label::key(&entry.label.value);
        if let Some(&first) = self.by_label.get(&key) {
            let message = format!("the source {} is there twice", in_message(&entry.label.value));
            diagnostics.push(
                Diagnostic::new(&code::DUPLICATE_NOTE, entry.place(), message)
                    .label("defined again here")
                    .related(self.entries[first].place(), "first defined here")
                    .help("give one of them another label, or delete it"),
            );
            return;
        }
        self.by_label.insert(key, self.entries.len());
        self.by_identity.entry(Identity::of(&entry.reference)).or_insert(self.entries.len());
        self.entries.push(entry);
    }

    /// The index of the entry that `label` calls.
    pub fn find(&self, label: &str) -> Option<usize> {
        if self.entries.is_empty() { None } else { self.by_label.get(&label::key(label)).copied() }
    }

    /// The first entry of a source.
    pub fn with_identity(&self, identity: &Identity) -> Option<&Entry> {
        self.by_identity.get(identity).and_then(|&index| self.entries.get(index))
    }

    /// An entry.
    pub fn get(&self, index: usize) -> Option<&Entry> {
        self.entries.get(index)
    }

    /// Every entry, in the order they are written.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

impl Entry {
    /// Where its label stands.
    pub fn place(&self) -> Place {
        Place { path: self.path.clone(), span: self.label.span }
    }
}

/// The sources of a TOML file: each a table, whose key is its label.
fn read_toml(file: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Reference)> {
    let start = if file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut table = data::toml(file, start..file.text.len(), diagnostics);
    table.span = Span::default();
    let mut reader = Reader::new(file, &table, "the library of sources", diagnostics);
    let mut references = Vec::new();
    for (label, value) in reader.others(|_| true) {
        label::check(&mut reader, &label);
        let name = format!("the source {}", in_message(&label.value));
        match &value.value {
            Node::Table(table) => {
                let mut inner = reader.inner(table, name).synonyms(SYNONYMS).outer(KEYS);
                inner.require("title");
                references.push((label.clone(), Reference::read(inner, &label)));
            }
            Node::Invalid => {}
            other => {
                let message = format!("{name} must be a table, not {}", other.kind());
                let help = format!("begin it by a line `[{}]`, and give it a `title`", label.value);
                let place = file.place(value.span);
                reader.report(Diagnostic::new(&code::WRONG_TYPE, place, message).help(help));
            }
        }
    }
    reader.finish();
    references
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Bibliography, Vec<String>) {
        let path = ContentPath::new("content/sources.toml").unwrap();
        let mut diagnostics = Vec::new();
        let library = Bibliography::read(&[Source::new(path, text)], &mut diagnostics);
        let told = diagnostics
            .iter()
            .map(|told| format!("{} {}: {}", told.code.id, &text[told.place.span.range()], told.message));
        (library, told.collect())
    }

    #[test]
    fn an_entry_is_found_by_its_label() {
        let text = "[tass-1019]\nkind = \"dispatch\"\ntitle = \"CSTO\"\ndate = 2023-10\n";
        let text = text.replace("2023-10", "\"2023-10\"");
        let (library, told) = read(&text);
        assert_eq!(told, [""; 0]);
        let entry = library.get(library.find("TASS-1019").unwrap()).unwrap();
        assert_eq!(entry.reference.kind, super::super::Kind::Dispatch);
        assert_eq!(library.find("tass"), None);
    }

    #[test]
    fn what_is_wrong_with_an_entry_is_told_at_its_place() {
        let text = "[a]\ntitre = \"T\"\n\n[b]\ntitle = \"T\"\ndate = 2023-02-30\n\n[c]\ntitle = \"T\"\nurl = \"tass\"\n\n[d]\n\
                    kind = \"livre\"\ntitle = \"T\"\n\n[A]\ntitle = \"T\"\n";
        let (_, told) = read(text);
        let told: Vec<_> = told.iter().map(|told| told.split(':').next().unwrap()).collect();
        assert_eq!(told.len(), 6, "{told:#?}");
        for code in ["D205 titre", "D209", "D208", "D303 A"] {
            assert!(told.iter().any(|told| told.starts_with(code)), "{code}: {told:#?}");
        }
    }
}
