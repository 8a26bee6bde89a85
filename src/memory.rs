//! What a build remembers for the next one: what it was asked and what it read, what it wrote and of what, and what it told.
//!
//! 1. Where all of it is still so, the next build has nothing to do and says the same again.
//! 2. Where texts have changed of which others see what they saw, it goes on with what was [`Understood`], which is kept in a
//!    file of its own, and only pages that show words of these texts are made again.
//! 3. Where anything else has changed, all is read anew; but a page whose [`Fingerprint`] is the one that is remembered, and
//!    whose file nobody touched, need not be made again.
//!
//! A memory helps only: one that is missing, of another version, cut short or nonsense is none, and never an error.

use crate::brief::KnownText;
use crate::diagnostic::Diagnostic;
use crate::library::Edition;
use crate::page::{Fingerprint, OutputPath};
use crate::project::Inputs;
use crate::site;
use crate::source::{Digest, Status};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::SystemTime;

/// The one form of memory that is read.
const VERSION: u32 = 2;
/// Under which names it is noted beside the output: what every build reads, and what it reads where a text has changed.
const NOTES: [&str; 2] = ["memory", "library"];

/// What a build remembers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Memory {
    /// What it was asked.
    pub asked: Asked,
    /// When what it made was right.
    pub span: Span,
    /// What it read; nothing where it changed some of that itself.
    pub inputs: Option<Inputs>,
    /// What it understood, where that is kept.
    pub understood: Option<Understood>,
    /// The record it left there.
    pub record: Option<Status>,
    /// What it wrote, in the order of the plan.
    pub files: Vec<Remembered>,
    /// What it told.
    pub told: Told,
}

/// What is known of what a build understood.
#[derive(Debug, Serialize, Deserialize)]
pub struct Understood {
    /// The texts, in the order of the project.
    pub texts: Vec<KnownText>,
    /// All the rest, by the sum of the file in which it is kept.
    rest: [u8; 32],
}

/// Who was asked to build what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The program: its version, and which build of it.
    pub program: String,
    /// Its base URL, if it names one.
    pub base_url: Option<String>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether warnings are errors.
    pub strict: bool,
}

/// A part of a day in which a site stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    day: String,
    /// Nanoseconds since 1970.
    from: i128,
    /// The next brief appears, or ends.
    until: Option<i128>,
}

/// A file of the output.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Remembered {
    /// Its place.
    pub path: OutputPath,
    /// What it was made of, by what; nothing for what is copied.
    pub of: Option<MadeOf>,
    /// Its status once it was written.
    pub status: Option<Status>,
    /// What it holds, where it was written so shortly before it was looked at that a later change might not show.
    pub content: Option<Digest>,
}

/// What a page was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeOf {
    /// The program, the theme and the words.
    pub look: Digest,
    /// The page's view.
    pub page: Fingerprint,
}

/// What a build told.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Told {
    /// What it listed.
    pub diagnostics: Vec<Diagnostic>,
    /// « 12875 pages ».
    pub pages: String,
    /// « 10000 briefs, 197 countries, 54682 notes ».
    pub counts: String,
}

impl Span {
    /// The part of its day in which an edition stays as it is, until the next change.
    pub fn of(edition: &Edition, until: Option<Timestamp>) -> Self {
        Self {
            day: edition.now.date.to_string(),
            from: edition.now.instant.as_nanosecond(),
            until: until.map(Timestamp::as_nanosecond),
        }
    }

    /// Whether an edition lies in it.
    fn holds(&self, edition: &Edition) -> bool {
        let instant = edition.now.instant.as_nanosecond();
        self.day == edition.now.date.to_string()
            && self.from <= instant
            && self.until.is_none_or(|until| instant < until)
    }
}

impl Memory {
    /// The memory of the build that last wrote `output`, if it was asked the same.
    pub fn recall(output: &Path, asked: &Asked) -> Option<Self> {
        let (bytes, _) = noted(output, NOTES[0])?;
        let memory: Self = postcard::from_bytes(&bytes).ok()?;
        (memory.asked == *asked).then_some(memory)
    }

    /// Keeps it beside `output` for the next build, which only takes longer where that fails.
    pub fn keep(&self, output: &Path) {
        note(output, NOTES[0], self);
    }

    /// What of the inputs may have changed, if a build of `edition` that reads `inputs` would otherwise make just what stands in
    /// the output.
    pub fn changed<'a>(
        &self,
        output: &Path,
        edition: &Edition,
        inputs: Option<&'a Inputs>,
    ) -> Option<Vec<&'a str>> {
        let changed = inputs?.changed_since(self.inputs.as_ref()?)?;
        (self.span.holds(edition) && self.output_stands(output)).then_some(changed)
    }

    fn output_stands(&self, output: &Path) -> bool {
        let stands = |file: &Remembered| {
            let found = site::status(output, &file.path);
            found.is_some() && found == file.status && file.still_holds(output)
        };
        self.record.is_some()
            && self.record == site::record_status(output)
            && self.files.par_iter().all(stands)
    }

    /// What is remembered of each file, by its place.
    pub fn by_path(&self) -> BTreeMap<&str, &Remembered> {
        self.files.iter().map(|file| (file.path.as_str(), file)).collect()
    }
}

impl Understood {
    /// What was understood of `texts` besides their facts, kept beside `output`; nothing where that can't be.
    pub fn keep(texts: Vec<KnownText>, rest: &impl Serialize, output: &Path) -> Option<Self> {
        let rest = note(output, NOTES[1], rest)?.into();
        Some(Self { texts, rest })
    }

    /// The same, where texts are others and all the rest holds.
    pub fn with_texts(&self, texts: Vec<KnownText>) -> Self {
        Self { texts, rest: self.rest }
    }

    /// All that is kept besides the texts.
    pub fn rest(&self, output: &Path) -> Option<Vec<u8>> {
        let (bytes, sum) = noted(output, NOTES[1])?;
        (sum == self.rest).then_some(bytes)
    }
}

/// Notes a value beside an output, the version and a sum behind it, and gives the sum. It is written as it is made: there may be
/// much of it.
fn note(output: &Path, what: &str, value: &impl Serialize) -> Option<blake3::Hash> {
    let mut sum = None;
    let noted = site::keep_note(output, what, &mut |file| {
        let summed = Summed { file, sum: blake3::Hasher::new() };
        let mut pieces = BufWriter::with_capacity(1 << 16, summed);
        postcard::to_io(value, &mut pieces).map_err(io::Error::other)?;
        pieces.write_all(&VERSION.to_le_bytes())?;
        let Summed { file, sum: of_all } = pieces.into_inner().map_err(|error| error.into_error())?;
        let of_all = of_all.finalize();
        sum = Some(of_all);
        file.write_all(of_all.as_bytes())
    });
    noted.ok().and(sum)
}

/// What was noted beside an output, and its sum; nothing where that is not right, or the version is another.
fn noted(output: &Path, what: &str) -> Option<(Vec<u8>, blake3::Hash)> {
    let mut bytes = site::note(output, what)?;
    let (rest, sum) = bytes.split_last_chunk::<32>()?;
    let sum = blake3::Hash::from_bytes(*sum);
    let (value, version) = rest.split_last_chunk::<4>()?;
    if u32::from_le_bytes(*version) != VERSION || blake3::hash(rest) != sum {
        return None;
    }
    bytes.truncate(value.len());
    Some((bytes, sum))
}

/// A file that is written, and the sum of what was.
struct Summed<'a> {
    file: &'a mut dyn Write,
    sum: blake3::Hasher,
}

impl Write for Summed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.file.write(bytes)?;
        self.sum.update(&bytes[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Remembered {
    /// Whether a file that looks as it did holds what it did, as far as that must be asked.
    pub fn still_holds(&self, output: &Path) -> bool {
        let Some(content) = self.content else { return true };
        site::content(output, &self.path) == Some(content)
    }
}

/// Files as they stand in an output after a build that ended `now`, each with what it was made of. Those
/// that are `known` to stand as before are not looked at.
pub fn remembered<'a>(
    output: &Path,
    files: &[(OutputPath, Option<MadeOf>)],
    known: &(dyn Fn(&OutputPath) -> Option<&'a Remembered> + Sync),
    now: SystemTime,
) -> Vec<Remembered> {
    let remembered = |(path, of): &(OutputPath, Option<MadeOf>)| {
        if let Some(known) = known(path) {
            return Remembered { of: *of, ..known.clone() };
        }
        let status = site::status(output, path);
        let is_settled = status.is_none_or(|status| status.is_settled(now));
        let content = if is_settled { None } else { site::content(output, path) };
        Remembered { path: path.clone(), of: *of, status, content }
    };
    files.par_iter().map(remembered).collect()
}
