//! The plain text of one block, without calls, code set apart, every byte of it traceable to where it was written.

use std::ops::Range;

/// A paragraph's, heading's or cell's words as a reader sees them.
#[derive(Debug, Default)]
pub struct Prose {
    text: String,
    /// Where runs of the text come from: its offset here, its offset in the source; in rising order of both.
    runs: Vec<(usize, usize)>,
    /// Runs that are not prose though they are read: code, bare URLs.
    verbatim: Vec<Range<usize>>,
    calls: Vec<CallMark>,
}

/// A call's place in the plain text it was taken out of.
#[derive(Clone, Debug, PartialEq)]
pub struct CallMark {
    /// Between which characters of the plain text the call stands.
    pub at: usize,
    /// The call in the source, brackets included.
    pub source: Range<usize>,
}

impl Prose {
    /// Adds text that stands in the source at `source`.
    pub fn push(&mut self, text: &str, source: Range<usize>) {
        self.runs.push((self.text.len(), source.start));
        self.text.push_str(text);
    }

    /// Adds text that is shown but is no prose.
    pub fn push_verbatim(&mut self, text: &str, source: Range<usize>) {
        let start = self.text.len();
        self.push(text, source);
        self.verbatim.push(start..self.text.len());
    }

    /// Notes that a call stands here.
    pub fn push_call(&mut self, source: Range<usize>) {
        self.calls.push(CallMark { at: self.text.len(), source });
    }

    /// The words.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The calls that stood among the words, in order.
    pub fn calls(&self) -> &[CallMark] {
        &self.calls
    }

    /// How many bytes of text there are so far.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty() && self.calls.is_empty()
    }

    /// Empties it, keeping its memory for the next block.
    pub fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.verbatim.clear();
        self.calls.clear();
    }

    /// Whether the byte at `at` is code or the like.
    pub fn is_verbatim(&self, at: usize) -> bool {
        let next = self.verbatim.partition_point(|range| range.end <= at);
        self.verbatim.get(next).is_some_and(|range| range.contains(&at))
    }

    /// Where a part of the text is written in `source`, where it is written there letter for letter.
    pub fn written(&self, source: &str, part: Range<usize>) -> Option<Range<usize>> {
        let start = self.source_of(part.start);
        let written = start..start + part.len();
        (!part.is_empty() && source.get(written.clone()) == self.text.get(part)).then_some(written)
    }

    /// Where the text's byte `at` was written. Exact in text without escapes or entities.
    pub fn source_of(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|&(start, _)| start <= at);
        match run.checked_sub(1).and_then(|run| self.runs.get(run)) {
            Some(&(start, source)) => source + (at - start),
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_of_the_text_is_traced_to_where_it_was_written() {
        let mut prose = Prose::default();
        prose.push("Un ", 10..13);
        prose.push("mot", 15..18);
        prose.push_call(20..24);
        prose.push_verbatim("x1", 30..32);
        assert_eq!(prose.text(), "Un motx1");
        assert_eq!(prose.source_of(4), 16);
        assert_eq!(prose.source_of(6), 30);
        assert_eq!(prose.calls()[0].at, 6);
        assert!(prose.is_verbatim(7) && !prose.is_verbatim(5));
    }
}
