//! The words a brief is made of, and how a phrase is filled with them.

use super::random::Random;

/// The words of one language. In phrases, names in braces stand for something else: see [`Vocabulary::fill`].
pub struct Vocabulary {
    /// Its BCP 47 tag.
    pub tag: &'static str,
    /// What stands between a country's name and the matter, in a title.
    pub colon: &'static str,
    /// Matters of titles.
    pub matters: &'static [&'static str],
    /// Whole sentences, each ending in a word and a full stop.
    pub sentences: &'static [&'static str],
    /// Items of lists.
    pub items: &'static [&'static str],
    /// Notes: the beginning of the label, and the text.
    pub notes: &'static [(&'static str, &'static str)],
    /// Headings.
    pub headings: &'static [&'static str],
    /// A sentence that leads to another brief, around `[{title}]({path})`.
    pub see_also: (&'static str, &'static str),
    /// A sentence that leads to a document on another site, before its URL.
    pub document: &'static str,
    /// For `{city}`.
    pub cities: &'static [&'static str],
    /// For `{actor}`, and `{Actor}` with a capital.
    pub actors: &'static [&'static str],
    /// For `{act}`, after an actor.
    pub acts: &'static [&'static str],
    /// For `{object}`, after an act.
    pub objects: &'static [&'static str],
    /// For `{setting}`, after a comma.
    pub settings: &'static [&'static str],
    /// For `{quote}`.
    pub quotes: &'static [&'static str],
    /// For `{month}`.
    pub months: [&'static str; 12],
    /// The first cell of a table's rows, the head apart.
    pub indicators: &'static [&'static str],
    /// The first cell of a table's head.
    pub indicator: &'static str,
    /// Between the whole and the tenths of a number.
    pub decimal: char,
}

/// What a sentence says of a country.
pub struct CountryWords {
    /// Its name alone.
    pub name: String,
    /// « l’Arménie »
    pub definite: String,
    /// « de l’Arménie »
    pub of: String,
    /// « en Arménie »
    pub within: String,
}

/// The signs before which French sets a no-break space.
const HIGH_SIGNS: [char; 6] = ['»', ':', ';', '?', '!', '%'];

impl Vocabulary {
    /// `phrase`, each name in braces replaced by one of its kind. The spaces a line must not break at become no-break ones.
    pub fn fill(&self, random: &mut Random, phrase: &str, countries: &[&CountryWords]) -> String {
        let mut filled = String::with_capacity(phrase.len() * 2);
        let mut rest = phrase;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                unreachable!("a brace is closed in {phrase:?}")
            };
            filled.push_str(before);
            filled.push_str(&self.word(random, name, countries));
            rest = after;
        }
        filled.push_str(rest);
        no_break(&filled)
    }

    fn word(&self, random: &mut Random, name: &str, countries: &[&CountryWords]) -> String {
        match name {
            "city" => (*random.pick(self.cities)).to_owned(),
            "actor" => (*random.pick(self.actors)).to_owned(),
            "Actor" => capital(random.pick::<&str>(self.actors)),
            "act" => (*random.pick(self.acts)).to_owned(),
            "object" => (*random.pick(self.objects)).to_owned(),
            "setting" => (*random.pick(self.settings)).to_owned(),
            "quote" => (*random.pick(self.quotes)).to_owned(),
            "month" => (*random.pick(&self.months)).to_owned(),
            "country" => random.pick(countries).definite.clone(),
            "of-country" => random.pick(countries).of.clone(),
            "in-country" => random.pick(countries).within.clone(),
            "In-country" => capital(&random.pick(countries).within),
            // The first of a month is written otherwise in French.
            "day" => random.between(2, 28).to_string(),
            "year" => random.between(2009, 2024).to_string(),
            "few" => random.between(2, 89).to_string(),
            "many" => random.between(110, 980).to_string(),
            _ => unreachable!("no words are called {name:?}"),
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn no_break(text: &str) -> String {
    let mut set = String::with_capacity(text.len() + 8);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let after_opening = set.ends_with('«');
        let before_high = letters.peek().is_some_and(|next| HIGH_SIGNS.contains(next));
        set.push(if letter == ' ' && (after_opening || before_high) { '\u{a0}' } else { letter });
    }
    set
}
