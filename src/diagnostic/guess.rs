//! What was meant by a name that is none: the nearest of those that are.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// The known name nearest to `written`, if one is near enough to be what was meant.
///
/// Of equally near names the first wins, so the answer is stable.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = letters(written);
    let near = known.into_iter().filter_map(|name| Some((distance_of(&written, name)?, name)));
    near.min_by_key(|(distance, _)| *distance).map(|(_, name)| name)
}

/// How far `written` is from `name`, if that is near enough for one to be meant by the other.
///
/// It is the number of letters left out, put in, exchanged for another or for their neighbour, without regard to case: at
/// most a third of the longer word and never more than three.
pub fn distance(written: &str, name: &str) -> Option<usize> {
    distance_of(&letters(written), name)
}

/// Most names that are sought in one run. A site with more broken links has moved a folder, not slipped. Picked by feel.
const MOST: usize = 50;

/// The guesses of one run: each is made once, and no more than a few, for each compares every known name. So the time that
/// mistakes take does not grow with their number times the size of the archive.
#[derive(Debug, Default)]
pub struct Guesses {
    sought: Cell<usize>,
    // A memo: what is asked through a shared reference is the same whoever asks first.
    made: RefCell<BTreeMap<(String, String), Option<String>>>,
}

impl Guesses {
    /// The name nearest to `written` among those `known`, which `of` tells from other sets of names asked for in the run.
    pub fn nearest<'a>(
        &self,
        of: &str,
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<String> {
        let asked = (of.to_owned(), written.to_owned());
        if let Some(made) = self.made.borrow().get(&asked) {
            return made.clone();
        }
        if self.sought.get() == MOST {
            return None;
        }
        self.sought.set(self.sought.get() + 1);
        let found = nearest(written, known).map(str::to_owned);
        self.made.borrow_mut().insert(asked, found.clone());
        found
    }
}

fn letters(name: &str) -> Vec<char> {
    lower_case(name).collect()
}

fn lower_case(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().flat_map(char::to_lowercase)
}

fn distance_of(written: &[char], name: &str) -> Option<usize> {
    let length = lower_case(name).count();
    let limit = (written.len().max(length) / 3).min(3);
    if written.len().abs_diff(length) > limit {
        return None;
    }
    distance_within(written, &letters(name), limit)
}

/// The distance between two words (optimal string alignment), if it is no more than `limit`. Only cells that near the
/// diagonal can be on the way, so the time is the words' length times the limit.
fn distance_within(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let far = limit + 1;
    let mut before = vec![far; other.len() + 1];
    let mut above: Vec<usize> = (0..=other.len()).map(|column| column.min(far)).collect();
    let mut row = vec![far; other.len() + 1];
    for (line, letter) in one.iter().enumerate() {
        let from = line.saturating_sub(limit);
        let to = (line + 1 + limit).min(other.len());
        // The cells beside those of this row hold what an older one left there.
        row[from] = if from == 0 { (line + 1).min(far) } else { far };
        if let Some(beside) = row.get_mut(to + 1) {
            *beside = far;
        }
        for column in from..to {
            let exchanged = above[column] + usize::from(*letter != other[column]);
            let mut least = exchanged.min(above[column + 1] + 1).min(row[column] + 1);
            if line > 0 && column > 0 && one[line - 1] == other[column] && *letter == other[column - 1] {
                least = least.min(before[column - 1] + 1);
            }
            row[column + 1] = least.min(far);
        }
        // A way may pass over a row by exchanging neighbours, but not over two.
        if row[from..=to].iter().chain(&above[from..=to]).all(|&distance| distance == far) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    above.last().copied().filter(|&distance| distance <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_offered_and_a_far_one_is_not() {
        let known = ["title", "date", "countries"];
        assert_eq!(nearest("coutries", known), Some("countries"));
        assert_eq!(nearest("Titel", known), Some("title"));
        assert_eq!(nearest("weather", known), None);
    }

    #[test]
    fn letters_are_counted_without_regard_to_case() {
        for (written, name, expected) in [
            ("erevan", "Erevan", Some(0)),
            ("erevn", "erevan", Some(1)),
            ("reevan", "erevan", Some(1)),
            ("Érévan", "érEvan", Some(1)),
            ("minsk", "minks-2", None),
            ("sommet-de-minsk", "sommet-minsk", Some(3)),
            ("sommet-de-minsk", "sommets-paris", None),
            ("ab", "ac", None),
            ("", "", Some(0)),
        ] {
            assert_eq!(distance(written, name), expected, "{written} {name}");
        }
    }

    #[test]
    fn a_guess_is_made_once_and_only_so_many_are() {
        let guesses = Guesses::default();
        let compared = Cell::new(0);
        let ask = |written: &str| {
            let known = ["erevan"].into_iter().inspect(|_| compared.set(compared.get() + 1));
            guesses.nearest("slugs", written, known)
        };
        assert_eq!(ask("erevn").as_deref(), Some("erevan"));
        assert_eq!(ask("erevn").as_deref(), Some("erevan"));
        assert_eq!(compared.get(), 1);
        (0..1000).for_each(|number| assert_eq!(ask(&format!("{number}")), None));
        assert_eq!((ask("ervan"), compared.get()), (None, MOST));
        assert_eq!(ask("erevn").as_deref(), Some("erevan"));
    }

    proptest::proptest! {
        #[test]
        fn the_distance_is_that_of_the_whole_matrix(one in "[abc]{0,12}", other in "[abc]{0,12}") {
            let limit = (one.len().max(other.len()) / 3).min(3);
            let whole = strsim::osa_distance(&one, &other);
            proptest::prop_assert_eq!(distance(&one, &other), (whole <= limit).then_some(whole));
        }
    }
}
