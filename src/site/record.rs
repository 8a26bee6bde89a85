//! The record of what was written: for each file of ours, the fingerprint of its bytes.
//!
//! It stands in the output as `.depeche.json`, one file a line, and is what tells our files from others'. While a build
//! takes its place, the record names what was there and what will be: a path may then have two fingerprints.

use std::io;

use anyhow::{Context as _, ensure};
use serde::Deserialize;

use super::OutputPath;

/// The record's name, at the root of the output.
pub(super) const NAME: &str = ".depeche.json";

/// The one form of record that is read.
const VERSION: u32 = 1;

/// The BLAKE3 hash of a file's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint([u8; 32]);

impl From<blake3::Hash> for Fingerprint {
    fn from(hash: blake3::Hash) -> Self {
        Self(*hash.as_bytes())
    }
}

/// Files of ours with their fingerprints, sorted, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Record(Vec<(OutputPath, Fingerprint)>);

impl Record {
    pub fn new(mut entries: Vec<(OutputPath, Fingerprint)>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        Self(entries)
    }

    /// What either of the two names.
    pub fn union(&self, other: &Self) -> Self {
        Self::new(self.0.iter().chain(&other.0).cloned().collect())
    }

    /// Every path once, in order.
    pub fn paths(&self) -> impl Iterator<Item = &OutputPath> {
        self.0.chunk_by(|one, next| one.0 == next.0).map(|entries| &entries[0].0)
    }

    pub fn names(&self, path: &OutputPath) -> bool {
        !self.entries(path).is_empty()
    }

    /// Whether these bytes at this path are ones that we wrote.
    pub fn wrote(&self, path: &OutputPath, fingerprint: Fingerprint) -> bool {
        self.entries(path).iter().any(|entry| entry.1 == fingerprint)
    }

    /// The fingerprint of the one file that we wrote at this path, if it is only one.
    pub fn only(&self, path: &OutputPath) -> Option<Fingerprint> {
        match self.entries(path) {
            [(_, fingerprint)] => Some(*fingerprint),
            _ => None,
        }
    }

    fn entries(&self, path: &OutputPath) -> &[(OutputPath, Fingerprint)] {
        let start = self.0.partition_point(|entry| entry.0 < *path);
        let length = self.0[start..].partition_point(|entry| entry.0 == *path);
        &self.0[start..start + length]
    }

    /// The record out of its text. One entry that isn't ours to write, and the whole is not believed.
    pub fn parse(text: &[u8]) -> anyhow::Result<Self> {
        let Header { version } = serde_json::from_slice(text)?;
        ensure!(version == VERSION, "it has version {version}, this program reads version {VERSION}");
        let Written { files } = serde_json::from_slice(text)?;
        let entry = |Entry { path, blake3 }: Entry| {
            let hash = blake3::Hash::from_hex(&blake3).with_context(|| format!("`{blake3}` is no hash"))?;
            let path = OutputPath::new(&path).with_context(|| format!("`{path}` is no place in a site"))?;
            Ok((path, hash.into()))
        };
        Ok(Self::new(files.into_iter().map(entry).collect::<anyhow::Result<_>>()?))
    }

    /// Writes the record as text.
    pub fn write(&self, text: &mut dyn io::Write) -> io::Result<()> {
        write!(text, "{{\n\"version\": {VERSION},\n\"files\": [")?;
        let mut separator = "\n";
        for (path, Fingerprint(bytes)) in &self.0 {
            let path = serde_json::Value::from(path.as_str());
            let hash = blake3::Hash::from_bytes(*bytes).to_hex();
            write!(text, "{separator}{{\"path\": {path}, \"blake3\": \"{hash}\"}}")?;
            separator = ",\n";
        }
        text.write_all(b"\n]\n}\n")
    }
}

#[derive(Deserialize)]
struct Header {
    version: u32,
}

#[derive(Deserialize)]
struct Written {
    files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    path: String,
    blake3: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(record: &Record) -> String {
        let mut text = Vec::new();
        record.write(&mut text).unwrap();
        String::from_utf8(text).unwrap()
    }

    fn entry(path: &str, bytes: &[u8]) -> (OutputPath, Fingerprint) {
        (OutputPath::new(path).unwrap(), blake3::hash(bytes).into())
    }

    #[test]
    fn a_record_reads_back_as_it_was_written() {
        for entries in [vec![], vec![entry("b/é'’.html", b"1"), entry("a", b"2"), entry("a", b"3")]] {
            let record = Record::new(entries);
            assert_eq!(Record::parse(text(&record).as_bytes()).unwrap(), record);
        }
    }

    #[test]
    fn a_record_is_sorted_and_has_one_file_a_line() {
        let text = text(&Record::new(vec![entry("b", b""), entry("a", b"")]));
        let hash = blake3::hash(b"");
        let lines = [
            "{".to_string(),
            "\"version\": 1,".to_string(),
            "\"files\": [".to_string(),
            format!("{{\"path\": \"a\", \"blake3\": \"{hash}\"}},"),
            format!("{{\"path\": \"b\", \"blake3\": \"{hash}\"}}"),
            "]".to_string(),
            "}".to_string(),
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_path_may_have_two_fingerprints() {
        let record = Record::new(vec![entry("a", b"old")])
            .union(&Record::new(vec![entry("a", b"new"), entry("b", b"")]));
        let (path, old) = entry("a", b"old");
        assert!(record.wrote(&path, old));
        assert!(record.wrote(&path, blake3::hash(b"new").into()));
        assert!(!record.wrote(&path, blake3::hash(b"other").into()));
        assert_eq!(record.paths().map(OutputPath::as_str).collect::<Vec<_>>(), ["a", "b"]);
        assert!(!record.names(&OutputPath::new("ab").unwrap()));
    }

    #[test]
    fn a_record_that_cannot_be_ours_is_not_believed() {
        let good = text(&Record::new(vec![entry("a/b", b"")]));
        assert!(Record::parse(&good.as_bytes()[..good.len() - 4]).is_err(), "truncated");
        for (what, bad) in [
            ("empty", String::new()),
            ("another version", good.replace("\"version\": 1", "\"version\": 2")),
            ("leaves the folder", good.replace("a/b", "../b")),
            ("absolute", good.replace("a/b", "/b")),
            ("the record itself", good.replace("a/b", ".depeche.json")),
            ("no hash", good.replace("\"blake3\": \"", "\"blake3\": \"é")),
            ("not JSON", "<html>".to_string()),
        ] {
            assert!(Record::parse(bad.as_bytes()).is_err(), "{what}");
        }
    }
}
