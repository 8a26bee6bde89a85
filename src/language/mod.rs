//! What a language does: its dates, lists, plurals and numbers, the order of its words, its quotation marks and direction;
//! the strings of the interface in it; and, whatever the language, how text folds, becomes part of an address and falls into
//! sentences and words.
//!
//! - [`Language`]: everything one language does, made once for each language of a site.
//! - [`Messages`] and [`Strings`]: the interface's strings as a theme writes them, and as a page asks for them.
//! - [`slug`], [`slug_within`], [`fold`], [`fold_label`]: text as an address, as a reader compares it, as Markdown compares labels.
//! - [`sentence_around`]: the sentence in which something stands.
//! - [`words`]: a text cut into words, in which names and mistakes are sought.

mod tag;
mod figures;
mod plural;
mod calendar;
mod latin;
mod collation;
mod quotation;
mod direction;
mod fold;
mod slug;
mod sentence;
mod strings;
pub mod words;

pub use collation::SortKey;
pub use direction::Direction;
pub use figures::two_figures;
pub use fold::{fold, fold_label};
pub(crate) use latin::base;
pub use plural::PluralCategory;
pub use sentence::{Sentence, sentence_around};
pub use slug::{slug, slug_within};
pub use strings::{Messages, Strings, StringsError};
pub use tag::LanguageTag;

use calendar::Calendar;
use collation::Collation;
use compact_str::CompactString;
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::{LanguageIdentifier, Locale};
use icu_plurals::PluralRules;
use jiff::civil::Date;
use quotation::QuotationMarks;
use std::cmp::Ordering;

/// Everything one language does, from the Unicode consortium's data (CLDR) and a few corrections of our own.
pub struct Language {
    tag: LanguageTag,
    calendar: Calendar,
    collation: Collation,
    list: ListFormatter,
    decimal: DecimalFormatter,
    plural: PluralRules,
    quotation_marks: QuotationMarks,
    direction: Direction,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Language({})", self.tag)
    }
}

impl Language {
    /// The language called `tag`. One that CLDR does not know does as the root of all languages does: dates in figures,
    /// one plural form, letters in Unicode's own order.
    pub fn new(tag: &LanguageTag) -> Self {
        // Extensions are left out: a site's dates are Gregorian and its figures the language's own, whatever `-u-` asks for.
        let identifier =
            tag.as_str().parse::<Locale>().map_or(LanguageIdentifier::UNKNOWN, |locale| locale.id);
        let wide = ListFormatterOptions::default().with_length(ListLength::Wide);
        Self {
            tag: tag.clone(),
            calendar: Calendar::new(&identifier),
            collation: Collation::new(&identifier),
            list: for_language(&identifier, |it| ListFormatter::try_new_and(it.into(), wide)),
            decimal: for_language(&identifier, |it| DecimalFormatter::try_new(it.into(), Default::default())),
            plural: for_language(&identifier, |it| PluralRules::try_new(it.into(), Default::default())),
            quotation_marks: QuotationMarks::of(&identifier),
            direction: Direction::of(&identifier),
        }
    }

    /// The tag it was made from.
    pub fn tag(&self) -> &LanguageTag {
        &self.tag
    }

    /// A day in full: « 23 novembre 2023 », `November 23, 2023`.
    ///
    /// In French the first of a month is « 1er », which CLDR lacks, and no line breaks between the day and the month.
    pub fn date(&self, date: Date) -> CompactString {
        self.calendar.date(date)
    }

    /// A month with its year, standing alone: « novembre 2023 ». A month outside 1 to 12 is taken as the nearest.
    pub fn month(&self, year: i16, month: i8) -> CompactString {
        self.calendar.month(year, month)
    }

    /// A month's name standing alone: « novembre ». A month outside 1 to 12 is taken as the nearest.
    pub fn month_name(&self, month: i8) -> String {
        self.calendar.month_name(month)
    }

    /// Several things in a row: « Mali, Niger et Italie ».
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        self.list.format(items.iter().map(AsRef::as_ref)).to_string()
    }

    /// A number in figures, grouped: « 1 234 », the space being the narrow one that no line breaks at.
    pub fn number(&self, number: u64) -> String {
        self.decimal.format(&number.into()).to_string()
    }

    /// The form a noun takes beside `count`.
    pub fn plural(&self, count: u64) -> PluralCategory {
        self.plural.category_for(count).into()
    }

    /// The order of two texts in this language's dictionaries: « Égypte » between « Djibouti » and « Espagne ».
    ///
    /// Texts that the language holds equal are in the order of their code points, so that the order is total.
    pub fn compare(&self, left: &str, right: &str) -> Ordering {
        self.collation.compare(left, right)
    }

    /// A key in the order of [`compare`](Self::compare), for sorting many texts.
    pub fn sort_key(&self, text: &str) -> SortKey {
        self.collation.sort_key(text)
    }

    /// The letter under which a text stands in a list from A to Z: « É » under « E » in French, « Å » under itself in
    /// Swedish. Figures, and texts without a letter, stand under `#`.
    pub fn initial(&self, text: &str) -> String {
        self.collation.initial(text)
    }

    /// The text between this language's quotation marks, with the spaces that belong inside them.
    pub fn quote(&self, text: &str) -> String {
        self.quotation_marks.around(text)
    }

    /// The marks that stand before and after a quotation.
    pub fn quotation_marks(&self) -> (&'static str, &'static str) {
        self.quotation_marks.both()
    }

    /// The closing quotation mark, where the comma or period that follows a quotation stands before it: “so,” in American
    /// English.
    pub fn closing_mark_after_points(&self) -> Option<&'static str> {
        self.quotation_marks.closing_after_points()
    }

    /// Whether it is written from left to right or from right to left.
    pub fn direction(&self) -> Direction {
        self.direction
    }
}

/// What `make` gives for a language, or else for the root of all languages.
fn for_language<T, E>(
    language: &LanguageIdentifier,
    make: impl Fn(&LanguageIdentifier) -> Result<T, E>,
) -> T {
    let made = make(language).or_else(|_| make(&LanguageIdentifier::UNKNOWN));
    let Ok(made) = made else { unreachable!("the data compiled in hold the root") };
    made
}

#[cfg(test)]
pub(crate) fn language(tag: &str) -> Language {
    Language::new(&LanguageTag::parse(tag).unwrap())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Language>();
    }

    #[test]
    fn a_language_nobody_describes_still_does_everything() {
        for tag in ["qaa", "art-x-depeche", "fr-u-ca-hebrew-nu-thai", "zz-Latn-AQ"] {
            let language = language(tag);
            assert!(!language.date(jiff::civil::date(2024, 3, 1)).is_empty(), "{tag}");
            assert!(!language.month(2024, 3).is_empty(), "{tag}");
            assert_eq!(language.number(7), "7", "{tag}");
            assert_eq!(language.list(&["a", "b"]).replace(" et ", ", "), "a, b", "{tag}");
            assert_eq!(language.initial("école"), "E", "{tag}");
        }
    }

    #[test]
    fn things_in_a_row_are_joined_as_the_language_joins_them() {
        let names = ["Mali", "Niger", "Italie"];
        assert_eq!(language("fr").list(&names), "Mali, Niger et Italie");
        assert_eq!(language("en").list(&names), "Mali, Niger, and Italie");
        assert_eq!(language("en-GB").list(&names), "Mali, Niger and Italie");
        assert_eq!(language("es").list(&["España".to_owned(), "Italia".to_owned()]), "España e Italia");
        assert_eq!(language("fr").list(&["Mali"]), "Mali");
        assert_eq!(language("fr").list::<&str>(&[]), "");
    }

    #[test]
    fn numbers_are_grouped_as_the_language_groups_them() {
        assert_eq!(language("fr").number(1234), "1\u{202f}234");
        assert_eq!(language("fr").number(1_234_567), "1\u{202f}234\u{202f}567");
        assert_eq!(language("en").number(1234), "1,234");
        assert_eq!(language("pl").number(1234), "1234");
        assert_eq!(
            language("fr").number(u64::MAX),
            "18\u{202f}446\u{202f}744\u{202f}073\u{202f}709\u{202f}551\u{202f}615"
        );
    }

    #[test]
    fn a_count_has_the_plural_of_the_language() {
        use PluralCategory::{Few, Many, One, Other};
        let plurals = |tag, counts: &[u64]| -> Vec<PluralCategory> {
            let language = language(tag);
            counts.iter().map(|&count| language.plural(count)).collect()
        };
        assert_eq!(plurals("fr", &[0, 1, 2, 1_000_000]), [One, One, Other, Many]);
        assert_eq!(plurals("en", &[0, 1, 2]), [Other, One, Other]);
        assert_eq!(plurals("pl", &[1, 3, 5, 22]), [One, Few, Many, Few]);
        assert_eq!(plurals("ja", &[0, 1, 2]), [Other, Other, Other]);
    }
}
