use super::label;

/// A place in a source: « p. 12 », « art. 5 », « 12:30 ». CSL's word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locator {
    /// What is counted.
    pub unit: Unit,
    /// Which one, or which ones: `12`, `12-14`, with a hyphen; all that was written where the unit is [`Unit::Other`].
    pub value: String,
}

/// What a locator counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Pages; what figures alone count.
    Page,
    /// Paragraphs.
    Paragraph,
    /// Articles of a law.
    Article,
    /// Sections.
    Section,
    /// Chapters.
    Chapter,
    /// Volumes.
    Volume,
    /// Lines.
    Line,
    /// Figures.
    Figure,
    /// Tables.
    Table,
    /// Notes.
    Note,
    /// Minutes and seconds of a recording: `12:30`.
    Time,
    /// Something else; printed as it is written.
    Other,
}

/// What writers put before a number, in French and English, in lower case and without the period that may follow.
const WORDS: [(Unit, &[&str]); 10] = [
    (Unit::Page, &["p", "pp", "page", "pages"]),
    (Unit::Paragraph, &["§", "§§", "par", "para", "paragraphe", "paragraphes", "paragraph", "paragraphs"]),
    (Unit::Article, &["art", "article", "articles"]),
    (Unit::Section, &["sec", "sect", "section", "sections"]),
    (Unit::Chapter, &["ch", "chap", "chapitre", "chapitres", "chapter", "chapters"]),
    (Unit::Volume, &["t", "tome", "vol", "volume"]),
    (Unit::Line, &["l", "ligne", "lignes", "line", "lines"]),
    (Unit::Figure, &["fig", "figure", "figures"]),
    (Unit::Table, &["tab", "table", "tables", "tableau", "tableaux"]),
    (Unit::Note, &["n", "note", "notes"]),
];

impl Unit {
    /// Its name: CSL's, and the end of the key of the theme's string for it, `locator-page`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Paragraph => "paragraph",
            Self::Article => "article",
            Self::Section => "section",
            Self::Chapter => "chapter",
            Self::Volume => "volume",
            Self::Line => "line",
            Self::Figure => "figure",
            Self::Table => "table",
            Self::Note => "note",
            Self::Time => "timestamp",
            Self::Other => "other",
        }
    }
}

impl Locator {
    /// What a writer means by `written`. Figures alone are pages; what is not understood is kept as it is.
    pub fn parse(written: &str) -> Self {
        let words: Vec<&str> = written.split_whitespace().collect();
        let written = words.join(" ");
        let digits = written.find(|character: char| character.is_ascii_digit());
        let Some((before, value)) = digits.map(|at| written.split_at(at)) else {
            return Self { unit: Unit::Other, value: written };
        };
        let word = before.trim_end_matches([' ', '.', '\u{a0}', '\u{202f}']).to_lowercase();
        let unit = match word.as_str() {
            "" if is_time(value) => Unit::Time,
            "" if value.chars().all(is_of_range) => Unit::Page,
            word if is_value(value) => unit_of(word).unwrap_or(Unit::Other),
            _ => Unit::Other,
        };
        let value = if unit == Unit::Other { written } else { value.replace('–', "-") };
        Self { unit, value }
    }

    /// Whether it names more than one: `12-14`, `3, 5`.
    pub fn is_several(&self) -> bool {
        let mut rest = self.value.trim_start_matches(|character: char| character.is_ascii_alphanumeric());
        rest = rest.trim_start();
        let joined = ["-", ",", "&", "et ", "and "].into_iter().find_map(|mark| rest.strip_prefix(mark));
        joined.is_some_and(|other| other.trim_start().starts_with(|first: char| first.is_ascii_digit()))
    }

    /// What stands for it in an address.
    pub fn id(&self) -> String {
        match self.unit {
            Unit::Other => label::id(&self.value),
            unit => label::id(&format!("{}-{}", unit.name(), self.value)),
        }
    }
}

fn unit_of(word: &str) -> Option<Unit> {
    WORDS.iter().find(|(_, known)| known.contains(&word)).map(|(unit, _)| *unit)
}

/// Whether numbers, and the letters and marks that join them, are all of `value`: `5 bis`, `87, § 7`, `4.2`, `12 et suiv.`; not
/// a place of another unit, nor the end of a sentence.
fn is_value(value: &str) -> bool {
    let ends = value.ends_with(|last: char| last.is_alphanumeric() || last == '.');
    let joins = |character: char| character.is_alphanumeric() || " -–,&§/.".contains(character);
    let is_ended = |word: &str| {
        let ended = word.trim_end_matches(['.', ',']);
        word[ended.len()..].contains('.') && ended.ends_with(|last: char| last.is_ascii_digit())
    };
    ends && value.chars().all(joins) && !value.split(' ').any(is_ended) && !names_unit(value)
}

/// Whether a word for what is counted stands before a number of `value`.
fn names_unit(value: &str) -> bool {
    let words = || value.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty());
    words().zip(words().skip(1)).any(|(word, number)| {
        number.starts_with(|first: char| first.is_ascii_digit()) && unit_of(&word.to_lowercase()).is_some()
    })
}

fn is_of_range(character: char) -> bool {
    character.is_ascii_digit() || "-–, ".contains(character)
}

/// `12:30` or `1:12:30`.
fn is_time(value: &str) -> bool {
    let parts: Vec<&str> = value.split(':').collect();
    (2..=3).contains(&parts.len())
        && parts
            .iter()
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_understood_in_both_languages_however_it_is_typed() {
        let cases = [
            ("p. 12", Unit::Page, "12"),
            ("p.12", Unit::Page, "12"),
            ("12", Unit::Page, "12"),
            ("12-14", Unit::Page, "12-14"),
            ("pp. 12–14", Unit::Page, "12-14"),
            ("Page\u{a0}3", Unit::Page, "3"),
            ("§ 4", Unit::Paragraph, "4"),
            ("§4", Unit::Paragraph, "4"),
            ("art. 5", Unit::Article, "5"),
            ("Article  5 bis", Unit::Article, "5 bis"),
            ("chap. 2", Unit::Chapter, "2"),
            ("t. 3", Unit::Volume, "3"),
            ("art. 87, § 7", Unit::Article, "87, § 7"),
            ("p. 12 et suiv.", Unit::Page, "12 et suiv."),
            ("sec. 4.2", Unit::Section, "4.2"),
            ("12:30", Unit::Time, "12:30"),
            ("1:02:30", Unit::Time, "1:02:30"),
            ("annexe II", Unit::Other, "annexe II"),
            ("annexe 2", Unit::Other, "annexe 2"),
            ("3e partie", Unit::Other, "3e partie"),
            ("p. 1 :", Unit::Other, "p. 1 :"),
            ("p. 1.", Unit::Other, "p. 1."),
            ("p. 1; art. 2", Unit::Other, "p. 1; art. 2"),
            ("t. 3, p. 12", Unit::Other, "t. 3, p. 12"),
        ];
        for (written, unit, value) in cases {
            assert_eq!(Locator::parse(written), Locator { unit, value: value.to_owned() }, "{written}");
        }
    }

    #[test]
    fn two_numbers_are_several_and_a_part_of_one_is_not() {
        for several in ["pp. 12-14", "p. 3, 5", "art. 3 et 4", "art. 5 & 6"] {
            assert!(Locator::parse(several).is_several(), "{several}");
        }
        for one in ["p. 12", "art. 87, § 7", "art. 5 bis", "art. 4-A", "12:30"] {
            assert!(!Locator::parse(one).is_several(), "{one}");
        }
    }

    #[test]
    fn one_place_typed_in_two_ways_is_one_place() {
        assert_eq!(Locator::parse("p. 12"), Locator::parse("page 12"));
        assert_eq!(Locator::parse("p. 12").id(), "page-12");
        assert!(Locator::parse("annexe II").id().starts_with("annexe-ii--"));
    }
}
