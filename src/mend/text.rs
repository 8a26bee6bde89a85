//! One text, mended: all but the bytes that a mend replaces stay as they are.

use super::Mend;
use crate::diagnostic::Edit;
use std::collections::BTreeMap;
use std::ops::Range;

/// The mends that can be applied to `text` at once, by place: of those that overlap, or insert at one place, the first.
///
/// One that writes in several places is true of the file as it was read: those of the first such mistake go by themselves, before
/// all others.
pub(super) fn compatible<'a>(text: &str, mut mends: Vec<Mend<'a>>) -> Vec<Mend<'a>> {
    mends.sort();
    let is_of_several = |mend: &&Mend<'_>| {
        let edits = mend.fix.edits();
        edits.len() > 1 && edits.iter().all(|edit| changes(text, edit))
    };
    let of_several = mends.iter().find(is_of_several).map(|mend| mend.code);
    if let Some(code) = of_several {
        mends.retain(|mend| mend.code == code);
    }
    let mut taken = Taken::default();
    mends.retain(|mend| {
        let fits =
            mend.fix.edits().iter().all(|edit| changes(text, edit) && taken.leaves(&edit.span.range()));
        if fits {
            mend.fix.edits().iter().for_each(|edit| taken.add(&edit.span.range()));
        }
        fits
    });
    mends
}

/// Whether an edit has its place in `text`, and another text for it.
fn changes(text: &str, edit: &Edit) -> bool {
    text.get(edit.span.range()).is_some_and(|written| written != edit.replacement)
}

/// The ranges that are replaced already: where each ends, by where it begins.
#[derive(Default)]
struct Taken(BTreeMap<usize, usize>);

impl Taken {
    /// Whether a range is apart from all of them.
    fn leaves(&self, range: &Range<usize>) -> bool {
        let before = self.0.range(..=range.start).next_back();
        let after = self.0.range(range.start..).next();
        before.is_none_or(|(&start, &end)| is_apart(&(start..end), range))
            && after.is_none_or(|(&start, &end)| start == range.start || is_apart(range, &(start..end)))
    }

    fn add(&mut self, range: &Range<usize>) {
        self.0.insert(range.start, range.end);
    }
}

/// All that is to be written for mends that are [`compatible`], by place.
fn edits<'a>(mends: &[Mend<'a>]) -> Vec<&'a Edit> {
    let mut edits: Vec<&Edit> = mends.iter().flat_map(|mend| mend.fix.edits()).collect();
    edits.sort();
    edits
}

/// Whether the second range begins behind the first, and it makes no difference which is replaced first.
fn is_apart(first: &Range<usize>, second: &Range<usize>) -> bool {
    first.end < second.start || (first.end == second.start && !first.is_empty() && !second.is_empty())
}

/// The text with mends that are [`compatible`].
pub(super) fn mended(text: &str, mends: &[Mend<'_>]) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut from = 0;
    for Edit { span, replacement } in edits(mends) {
        let range = span.range();
        mended.push_str(&text[from..range.start]);
        mended.push_str(replacement);
        from = range.end;
    }
    mended + &text[from..]
}

/// For each byte of a text that was mended, and for its end, where that stood in the text before, or where what it was
/// written instead of did.
#[derive(Clone, Debug)]
pub(super) struct Origins(Vec<usize>);

impl Origins {
    /// Those of a text that is as it was.
    pub fn of(text: &str) -> Self {
        Self((0..=text.len()).collect())
    }

    /// Those of the text with mends that are [`compatible`].
    pub fn mended(&self, mends: &[Mend<'_>]) -> Self {
        let mut origins = Vec::with_capacity(self.0.len());
        let mut from = 0;
        for Edit { span, replacement } in edits(mends) {
            let range = span.range();
            origins.extend_from_slice(&self.0[from..range.start]);
            origins.extend(std::iter::repeat_n(self.0[range.start], replacement.len()));
            from = range.end;
        }
        origins.extend_from_slice(&self.0[from..]);
        Self(origins)
    }

    /// Where byte `at` stood.
    pub fn at(&self, at: usize) -> usize {
        self.0.get(at).or(self.0.last()).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;
    use crate::source::Span;
    use proptest::prelude::*;

    fn all(text: &str, fixes: &[Fix]) -> String {
        let mends = fixes.iter().map(|fix| Mend { fix, code: "D204" }).collect();
        mended(text, &compatible(text, mends))
    }

    fn fix(range: Range<usize>, replacement: &str) -> Fix {
        Fix::new(Span::new(range), replacement)
    }

    #[test]
    fn mends_are_applied_by_place_whatever_their_order() {
        assert_eq!(all("\u{feff}un\r\ndeux", &[fix(11..11, "!"), fix(3..4, "U")]), "\u{feff}Un\r\ndeux!");
    }

    #[test]
    fn of_mends_that_overlap_the_first_is_applied() {
        assert_eq!(all("abcd", &[fix(1..3, ""), fix(0..2, "x")]), "xcd");
        assert_eq!(all("abcd", &[fix(1..1, "x"), fix(1..1, "y"), fix(1..2, "z")]), "axbcd");
        assert_eq!(all("abcd", &[fix(0..2, "x"), fix(2..4, "y")]), "xy");
    }

    #[test]
    fn of_a_mend_that_writes_in_several_places_all_is_written_or_nothing() {
        let both = Fix::of(vec![Edit::new(Span::new(3..4), "y"), Edit::new(Span::new(0..1), "x")]).unwrap();
        assert_eq!(all("abcd", &[both.clone(), fix(1..2, "-")]), "x-cy");
        assert_eq!(all("abcd", &[fix(0..1, "-"), both.clone()]), "-bcd");
        let other = fix(1..2, "-");
        let mends = vec![Mend { fix: &other, code: "D204" }, Mend { fix: &both, code: "D309" }];
        assert_eq!(mended("abcd", &compatible("abcd", mends)), "xbcy");
        assert_eq!(all("abcd", &[both.clone(), fix(2..4, "-")]), "xbcy");
        assert_eq!(all("abc", &[both]), "abc");
        assert_eq!(Fix::of(vec![Edit::new(Span::new(0..2), "x"), Edit::new(Span::new(1..3), "y")]), None);
        assert_eq!(Fix::of(Vec::new()), None);
    }

    #[test]
    fn a_mend_that_changes_nothing_or_has_no_place_in_the_text_is_none() {
        let text = "été";
        for nothing in [fix(0..2, "é"), fix(1..2, "x"), fix(9..9, "x")] {
            let mend = Mend { fix: &nothing, code: "D204" };
            assert_eq!(compatible(text, vec![mend]), []);
        }
    }

    #[test]
    fn what_is_written_anew_is_traced_to_what_it_stands_for() {
        let fixes = [fix(1..3, "xyz"), fix(4..4, "!")];
        let mends: Vec<Mend<'_>> = fixes.iter().map(|fix| Mend { fix, code: "D204" }).collect();
        let origins = Origins::of("abcde").mended(&mends);
        let traced: Vec<usize> = (0..=mended("abcde", &mends).len()).map(|at| origins.at(at)).collect();
        assert_eq!(traced, [0, 1, 1, 1, 3, 4, 4, 5]);
    }

    proptest! {
        #[test]
        fn what_no_mend_replaces_stays_byte_for_byte(
            text in "[a-zé\r\n\u{feff}]{0,30}",
            fixes in proptest::collection::vec((0..40_usize, 0..6_usize, "[xy\n]{0,3}"), 0..8),
        ) {
            let edits_of = |fixes: &[(usize, usize, String)]| {
                fixes.iter().map(|(at, length, with)| Edit::new(Span::new(*at..at + length), with)).collect()
            };
            let fixes: Vec<Fix> = fixes.chunks(2).filter_map(|pair| Fix::of(edits_of(pair))).collect();
            let mends = compatible(&text, fixes.iter().map(|fix| Mend { fix, code: "D204" }).collect());
            let mut rest = mended(&text, &mends);
            for edit in edits(&mends).into_iter().rev() {
                let range = edit.span.range();
                let kept = text.len() - range.end;
                let after = rest.split_off(rest.len() - kept);
                prop_assert_eq!(&after, &text[range.end..]);
                prop_assert!(rest.ends_with(&edit.replacement));
                rest.truncate(rest.len() - edit.replacement.len());
                rest += &text[range];
                rest += &after;
            }
            prop_assert_eq!(rest, text);
        }
    }
}
