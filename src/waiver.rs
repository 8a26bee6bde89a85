//! Waivers: a kind of mistake let pass in one place, and why.
//!
//! A site sets the level of a kind of mistake for all of its files. A waiver lets it pass in one of them, by an entry of
//! its `[allow]` table, or in a few lines, by a comment that stands right above them or at the end of one:
//!
//! ```text
//! [allow]
//! missing-summary = "brève d’une ligne"
//!
//! <!-- allow doubled-word: « nous nous » est cité -->
//! ```
//!
//! 1. [`read`] reads such a table, [`in_comment`] such a comment;
//! 2. [`Waivers`] gathers those of all files, and [`Waivers::apply`] takes away what they waive.

use crate::config::{adjustable, by_code};
use crate::data::{Reader, Refusal};
use crate::diagnostic::{Code, Diagnostic, Fix, code};
use crate::source::{ContentPath, Place, Span};
use std::collections::BTreeMap;
use std::ops::Range;

/// One kind of mistake, let pass in one place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Waiver {
    /// What is waived.
    pub code: &'static Code,
    /// Where the waiver is written.
    pub written: Span,
    /// Where it holds.
    pub reach: Reach,
    /// What to delete to be rid of it, where that is known.
    pub removal: Option<Span>,
}

/// How far a waiver reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// All of its file.
    File,
    /// Whatever touches these bytes of it.
    Lines(Span),
}

impl Reach {
    fn span(self) -> Span {
        match self {
            Self::File => Span { start: 0, end: u32::MAX },
            Self::Lines(span) => span,
        }
    }
}

/// Reads a table of waivers, which hold within `reach`: each key a code or its name, each value the reason.
pub fn read(mut reader: Reader<'_>, reach: Reach) -> Vec<Waiver> {
    let mut waivers = Vec::new();
    for (code, key, value) in by_code(&mut reader, "waived") {
        match reader.as_string(value) {
            Some(reason) if reason.value.trim().is_empty() => {
                reader.refuse(&reason, no_reason(code).help("write between the quotation marks why it is"));
            }
            Some(_) => waivers.push(Waiver { code, written: key.span, reach, removal: None }),
            None => {
                let message =
                    format!("`{}` must be a text that says why, not {}", key.value, value.value.kind());
                reader.report(Diagnostic::new(&code::WRONG_TYPE, reader.source().place(value.span), message));
            }
        }
    }
    reader.finish();
    waivers
}

fn no_reason(code: &Code) -> Refusal {
    Refusal::new(format!("`{}` is waived without a reason", code.name))
}

/// What a comment that is a waiver says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Where the name of the rule stands in the comment.
    pub name: Range<usize>,
    /// Whether a reason follows.
    pub has_reason: bool,
}

/// Reads a comment, `<!--` and `-->` included, if it is a waiver: `allow`, the name of a rule, a colon, the reason. One that
/// only begins with the word is none.
pub fn in_comment(comment: &str) -> Option<Comment> {
    let end = comment.strip_suffix("-->")?.len();
    let inside = comment[..end].strip_prefix("<!--")?;
    let words = inside.trim_start().strip_prefix("allow")?;
    let named = words.trim_start();
    let length = named.find(|mark: char| mark.is_whitespace() || mark == ':').unwrap_or(named.len());
    let (name, rest) = named.split_at(length);
    let reason = rest.trim_start().strip_prefix(':');
    let is_waiver = reason.is_some() || rest.trim().is_empty() || code::find(name).is_some();
    if name.is_empty() || named.len() == words.len() || !is_waiver {
        return None;
    }
    let start = end - named.len();
    let has_reason = reason.is_some_and(|reason| !reason.trim().is_empty());
    Some(Comment { name: start..start + length, has_reason })
}

impl Comment {
    /// What the comment `text` waives.
    ///
    /// # Errors
    ///
    /// Why it waives nothing.
    pub fn code(&self, text: &str) -> Result<&'static Code, Refusal> {
        let code = adjustable(&text[self.name.clone()], "waived")?;
        if self.has_reason {
            return Ok(code);
        }
        Err(no_reason(code).help(format!("write it behind a colon: `<!-- allow {}: … -->`", code.name)))
    }
}

/// The waivers of all files.
#[derive(Debug, Default)]
pub struct Waivers {
    by_file: BTreeMap<ContentPath, Vec<Waiver>>,
}

impl Waivers {
    /// Adds those of a file.
    pub fn add(&mut self, path: &ContentPath, waivers: Vec<Waiver>) {
        if !waivers.is_empty() {
            self.by_file.entry(path.clone()).or_default().extend(waivers);
        }
    }

    /// Takes away the diagnostics that are waived, and gives what is left with the waivers that waived none.
    pub fn apply(self, diagnostics: Vec<Diagnostic>) -> (Vec<Diagnostic>, Vec<(ContentPath, Waiver)>) {
        let mut groups = self.groups();
        let mut is_waived = |diagnostic: &Diagnostic| {
            let Place { path, span } = &diagnostic.place;
            let group = groups.get_mut(path).and_then(|group| group.get_mut(diagnostic.code.id));
            group.is_some_and(|group| group.waives(*span))
        };
        let left = diagnostics.into_iter().filter(|diagnostic| !is_waived(diagnostic)).collect();
        let mut unused = Vec::new();
        for (path, group) in groups {
            let waivers = group.into_values().flat_map(Group::unused);
            unused.extend(waivers.map(|waiver| (path.clone(), waiver)));
        }
        (left, unused)
    }

    fn groups(self) -> BTreeMap<ContentPath, BTreeMap<&'static str, Group>> {
        let group = |waivers: Vec<Waiver>| {
            let mut by_code: BTreeMap<&'static str, Vec<Waiver>> = BTreeMap::new();
            for waiver in waivers {
                by_code.entry(waiver.code.id).or_default().push(waiver);
            }
            by_code.into_iter().map(|(code, waivers)| (code, Group::new(waivers))).collect()
        };
        self.by_file.into_iter().map(|(path, waivers)| (path, group(waivers))).collect()
    }
}

/// The waivers of one kind of mistake in one file, by where they begin to hold.
struct Group {
    waivers: Vec<Waiver>,
    /// For each the nearest before it that reaches as far or further. So what covers a place is found without looking at
    /// all that came before.
    outer: Vec<Option<usize>>,
    used: Vec<bool>,
}

impl Group {
    fn new(mut waivers: Vec<Waiver>) -> Self {
        waivers.sort_by_key(|waiver| waiver.reach.span());
        let mut outer: Vec<Option<usize>> = Vec::with_capacity(waivers.len());
        for (index, waiver) in waivers.iter().enumerate() {
            let mut before = index.checked_sub(1);
            while let Some(found) =
                before.filter(|&it| waivers[it].reach.span().end < waiver.reach.span().end)
            {
                before = outer[found];
            }
            outer.push(before);
        }
        Self { used: vec![false; waivers.len()], waivers, outer }
    }

    /// Whether one of them holds at `place`; the innermost that does is used.
    fn waives(&mut self, place: Span) -> bool {
        let before = self.waivers.partition_point(|waiver| waiver.reach.span().start <= place.end);
        let mut found = before.checked_sub(1);
        while let Some(index) = found.filter(|&it| self.waivers[it].reach.span().end < place.start) {
            found = self.outer[index];
        }
        if let Some(index) = found {
            self.used[index] = true;
        }
        found.is_some()
    }

    fn unused(self) -> impl Iterator<Item = Waiver> {
        self.waivers.into_iter().zip(self.used).filter(|(_, used)| !used).map(|(waiver, _)| waiver)
    }
}

impl Waiver {
    /// That it waives nothing, in the file at `path`.
    pub fn unused(&self, path: ContentPath) -> Diagnostic {
        let (message, help) = match self.reach {
            Reach::File => {
                (format!("`{}` is waived, and nothing here earns it", self.code.name), "delete this line")
            }
            Reach::Lines(reach) if reach.end <= self.written.start => {
                (format!("`{}` is waived, and this source does not earn it", self.code.name), "delete it")
            }
            Reach::Lines(_) => (
                format!("`{}` is waived, and nothing in these lines earns it", self.code.name),
                "delete this comment, or set it right above the block, or at the end of the line, that it is for",
            ),
        };
        let place = Place { path, span: self.written };
        let problem = Diagnostic::new(&code::UNUSED_WAIVER, place, message).help(help);
        match self.removal {
            // Nobody sees a comment, and this one does nothing.
            Some(removal) => problem.mend(Some(Fix::new(removal, "").safe())),
            None => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(comment: &str) -> Option<&str> {
        in_comment(comment).map(|found| &comment[found.name])
    }

    #[test]
    fn a_comment_is_a_waiver_where_it_allows_a_rule() {
        for waiver in [
            "<!-- allow lost-call: « mot1 » est un nom -->",
            "<!--allow lost-call : raison-->",
            "<!-- allow lost-call -->",
            "<!-- allow lost-call « mot1 » -->",
            "<!--\nallow\n  lost-call:\n  raison\n-->",
        ] {
            assert_eq!(name(waiver), Some("lost-call"), "{waiver}");
        }
        assert_eq!(name("<!-- allow lost-cal: raison -->"), Some("lost-cal"));
        for comment in [
            "<!-- allow me to say -->",
            "<!-- allows lost-call: x -->",
            "<!-- x -->",
            "<!-- allow",
            "<!-- allow -->",
            "<!-- allow : x -->",
            "<!---->",
            "<!-->",
        ] {
            assert_eq!(name(comment), None, "{comment}");
        }
    }

    #[test]
    fn a_waiver_has_a_reason() {
        let refusal =
            |comment: &str| in_comment(comment).unwrap().code(comment).map_err(|refusal| refusal.message);
        assert_eq!(refusal("<!-- allow D305: x -->"), Ok(&code::LOST_CALL));
        for bare in ["<!-- allow D305 -->", "<!-- allow D305: -->", "<!-- allow D305 x -->"] {
            assert_eq!(refusal(bare), Err("`lost-call` is waived without a reason".to_owned()), "{bare}");
        }
    }

    /// Which of the waivers reaching over `reaches` are used by mistakes at `places`, and how many mistakes are left.
    fn used(reaches: &[(usize, usize)], places: &[(usize, usize)]) -> (Vec<bool>, usize) {
        let span = |(start, end): (usize, usize)| Span::new(start..end);
        let waiver = |reach: &(usize, usize)| Waiver {
            code: &code::LOST_CALL,
            written: span(*reach),
            reach: Reach::Lines(span(*reach)),
            removal: None,
        };
        let path = ContentPath::new("content/a.md").unwrap();
        let mistake = |place: &(usize, usize)| {
            let place = Place { path: path.clone(), span: span(*place) };
            Diagnostic::new(&code::LOST_CALL, place, "")
        };
        let mut waivers = Waivers::default();
        waivers.add(&path, reaches.iter().map(waiver).collect());
        let (left, unused) = waivers.apply(places.iter().map(mistake).collect());
        let is_used = |reach: &(usize, usize)| unused.iter().all(|(_, it)| it.written != span(*reach));
        (reaches.iter().map(is_used).collect(), left.len())
    }

    #[test]
    fn the_innermost_waiver_that_reaches_a_mistake_waives_it() {
        let reaches = [(0, 100), (10, 20), (30, 60), (40, 50)];
        assert_eq!(used(&reaches, &[(42, 43)]), (vec![false, false, false, true], 0));
        assert_eq!(used(&reaches, &[(55, 56)]), (vec![false, false, true, false], 0));
        assert_eq!(used(&reaches, &[(70, 71), (12, 13)]), (vec![true, true, false, false], 0));
        assert_eq!(used(&reaches[1..], &[(70, 71), (22, 28)]), (vec![false, false, false], 2));
        assert_eq!(
            used(&[(10, 20)], &[(18, 25), (5, 12), (20, 20)]),
            (vec![true], 0),
            "a mistake may reach further"
        );
    }
}
