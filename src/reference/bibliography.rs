use super::{Identity, KEYS, Reference, SYNONYMS, bibtex, hayagriva, label};
use crate::data::{self, Format, Node, Reader, Spanned, Table, in_message};
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use crate::source::{ContentPath, Place, Source, Span};
use compact_str::CompactString;
use std::collections::BTreeMap;

/// The files of the shared library, in the order they are read.
pub const FILES: [&str; 4] =
    ["content/sources.toml", "content/sources.bib", "content/sources.yml", "content/sources.yaml"];

/// The newsroom's shared library of sources.
#[derive(Clone, Debug, Default)]
pub struct Bibliography {
    entries: Vec<Entry>,
    by_label: BTreeMap<CompactString, usize>,
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
    /// Gathers the entries of `files`. Of two with one label, the first counts. What names no language is in `language`,
    /// the site's own: it is not for each brief that cites it to say.
    pub fn read(files: &[Source], language: &LanguageTag, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut bibliography = Self::default();
        for file in files {
            for (label, mut reference) in read_file(file, diagnostics) {
                reference.language.get_or_insert_with(|| Spanned::new(language.clone(), Span::default()));
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
        if entry.reference.is_identified(&entry.label) {
            self.by_identity.entry(Identity::of(&entry.reference)).or_insert(self.entries.len());
        }
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

/// The sources of a file, with their labels, in the form that its name tells.
fn read_file(file: &Source, diagnostics: &mut Vec<Diagnostic>) -> Vec<(Spanned<String>, Reference)> {
    let start = if file.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let whole = start..file.text.len();
    match file.path.extension() {
        Some("bib") => bibtex::read(file, diagnostics),
        Some("yml" | "yaml") => {
            let table = data::yaml(file, whole, diagnostics);
            read_tables(file, table, hayagriva::read, diagnostics)
        }
        _ => {
            let table = data::toml(file, whole, diagnostics);
            read_tables(file, table, read_own, diagnostics)
        }
    }
}

/// The sources of a table: each a table itself, whose key is its label.
fn read_tables(
    file: &Source,
    mut table: Table,
    read: fn(Reader<'_>, &Spanned<String>) -> Reference,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(Spanned<String>, Reference)> {
    table.span = Span::default();
    let mut reader = Reader::new(file, &table, "the library of sources", diagnostics);
    let mut references = Vec::new();
    for (label, value) in reader.others(|_| true) {
        label::check(&mut reader, &label);
        let name = format!("the source {}", in_message(&label.value));
        match &value.value {
            Node::Table(table) => {
                references.push((label.clone(), read(reader.inner(table, name), &label)));
            }
            Node::Invalid => {}
            other => {
                let message = format!("{name} must be a table, not {}", other.kind());
                let help = match table.format {
                    Format::Toml => format!("begin it by a line `[{}]`, and give it a `title`", label.value),
                    Format::Yaml => "write its fields below it, indented, and give it a `title`".to_owned(),
                };
                let place = file.place(value.span);
                reader.report(Diagnostic::new(&code::WRONG_TYPE, place, message).help(help));
            }
        }
    }
    reader.finish();
    references
}

/// A source in the form of the library's own.
fn read_own(reader: Reader<'_>, label: &Spanned<String>) -> Reference {
    let mut reader = reader.synonyms(SYNONYMS).outer(KEYS);
    reader.require("title");
    Reference::read(reader, label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Bibliography, Vec<String>) {
        read_from("content/sources.toml", text)
    }

    /// The library of one file, and what was told, `D210 text under the place: message`.
    fn read_from(path: &str, text: &str) -> (Bibliography, Vec<String>) {
        let path = ContentPath::new(path).unwrap();
        let mut diagnostics = Vec::new();
        let library = Bibliography::read(
            &[Source::new(path, text)],
            &LanguageTag::parse("fr").unwrap(),
            &mut diagnostics,
        );
        let told = diagnostics
            .iter()
            .map(|told| format!("{} {}: {}", told.code.id, &text[told.place.span.range()], told.message));
        (library, told.collect())
    }

    fn shown(entry: &Entry) -> String {
        let Reference { title, authors, publisher, number, date, url, .. } = &entry.reference;
        let Reference { kind, archive, accessed, page, .. } = &entry.reference;
        // Only what is written: the rest is the site's.
        let language = &entry.reference.language.clone().filter(|language| language.span != Span::default());
        let authors: Vec<&str> = authors.iter().map(|author| author.value.as_str()).collect();
        fn text<T: ToString>(value: &Option<Spanned<T>>) -> String {
            value.as_ref().map_or("-".to_owned(), |value| value.value.to_string())
        }
        [
            entry.label.value.clone(),
            kind.name().to_owned(),
            title.value.to_string(),
            if authors.is_empty() { "-".to_owned() } else { authors.join("; ") },
            text(publisher),
            text(number),
            text(date),
            text(url),
            text(archive),
            text(accessed),
            text(language),
            page.as_ref().map_or("-".to_owned(), |page| page.value.value.clone()),
        ]
        .join(" | ")
    }

    #[test]
    fn every_form_of_the_library_is_read_as_its_examples_say() {
        let files = [
            ("content/sources.bib", "%= ", include_str!("examples/library.bib")),
            ("content/sources.yml", "#= ", include_str!("examples/library.yml")),
        ];
        for (path, mark, text) in files {
            let (library, told) = read_from(path, text);
            assert_eq!(told, [""; 0]);
            let read: Vec<String> = library.entries().iter().map(shown).collect();
            let expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix(mark)).collect();
            assert_eq!(read, expected);
        }
    }

    #[test]
    fn what_is_wrong_in_bibtex_is_told_at_its_place() {
        let cases = [
            ("@misc{a, year = 2024}", "D209 a: the source `a` has no `title`"),
            ("@misc{a b, title = {T}}", "D208 a b: no call can be made to the note `a b`"),
            (
                "@misc{a, title = {T}, date = {2023-02-30}}",
                "D210 2023-02-30: `2023-02-30` is not a date: February 2023 has 28 days",
            ),
            ("@misc{a, title = {T}, year = 2023, month = {13}}", "D210 13: `2023-13` is not a month"),
            (
                "@misc{a, title = {T}, year = 2023, month = feb, day = 30}",
                "D210 30: `2023-02-30` is not a date: February 2023 has 28 days",
            ),
            (
                "@misc{a, title = {T}, urldate = { 3/4/2023 }}",
                "D210 3/4/2023: `3/4/2023` may be 3 April or 4 March",
            ),
            (
                "@misc{a, title = {T}, url = {tass.example}}",
                "D208 tass.example: `tass.example` is not the address of a web page",
            ),
            (
                "@misc{a, title = {T}, url = {javascript:alert(1)}}",
                "D208 javascript:alert(1): `javascript:alert(1)` is not the address of a web page",
            ),
            ("@misc{a, title = {T}, doi = {12/3}}", "D208 12/3: `12/3` is not a DOI"),
            (
                "@misc{a, title = {T}, langid = {klingon}}",
                "D208 klingon: `klingon` is not the name of a language",
            ),
            ("@misc{a, title = {T}, crossref = {b}}", "D208 b: no entry is called `b`"),
            ("@artcle{a, title = {T}}", "D208 artcle: BibTeX has no entries called `artcle`"),
            ("@misc{a, title = {T}}\n@misc{A, title = {U}}", "D303 A: the source `A` is there twice"),
            (
                "@misc{a, title = {T\u{7}U}}",
                "D103 \u{7}: the file holds the control character U+0007, which no page can show",
            ),
        ];
        for (text, message) in cases {
            assert_eq!(read_from("content/sources.bib", text).1, [message], "{text}");
        }
    }

    #[test]
    fn what_is_wrong_in_yaml_is_told_at_its_place() {
        let cases = [
            ("a:\n  type: book\n", "D209 a: the source `a` has no `title`"),
            ("a:\n  title: T\n  pubisher: X\n", "D205 pubisher: unknown key `pubisher` in the source `a`"),
            ("a:\n  title: T\n  type: novel\n", "D208 novel: `type` can't be `novel`"),
            (
                "a:\n  title: T\n  date: 2023-02-30\n",
                "D210 2023-02-30: `2023-02-30` is not a date: February 2023 has 28 days",
            ),
            (
                "a:\n  title: T\n  url:\n    value: tass\n",
                "D208 tass: `tass` is not the address of a web page",
            ),
            (
                "a:\n  title: T\n  parent:\n    - titel: U\n",
                "D205 titel: unknown key `titel` in a parent of the source `a`",
            ),
            (
                "a:\n  title: T\n  author:\n    given-name: Ana\n",
                "D209 author: a name of `author` has no `name`",
            ),
            ("a: T\n", "D207 T: the source `a` must be a table, not a string"),
        ];
        for (text, message) in cases {
            assert_eq!(read_from("content/sources.yaml", text).1, [message], "{text}");
        }
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
