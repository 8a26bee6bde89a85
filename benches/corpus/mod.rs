//! A made-up archive to measure with: as many briefs as asked for, the same every time.
//!
//! A brief depends on the seed and on its own rank only, so that the archive of 1,000 briefs is the beginning of that of
//! 10,000. Five years of dates; nineteen briefs in twenty are in French, the others in English; one to four countries each,
//! a few of them in most of the news and the others seldom (a Zipf law). Links lead to earlier briefs, so that they always
//! find one. Not a word of it is true.
//!
//! 1. [`random`] gives each brief its numbers;
//! 2. [`vocabulary`] fills phrases with words, of which [`french`] and [`english`] are the stock;
//! 3. [`composition`] makes the text of one brief.

mod composition;
mod english;
mod french;
mod random;
mod vocabulary;

use composition::Composition;
use depeche::atlas::{Atlas, EntityId, Form, Kind};
use depeche::language::{LanguageTag, slug};
use english::ENGLISH;
use french::FRENCH;
use jiff::ToSpan;
use jiff::civil::Date;
pub use random::Random;
use vocabulary::{CountryWords, Vocabulary};

/// The settings of the site.
pub const SITE: &str = r#"title = "Le Relevé de mesure"
description = "Une archive inventée, pour mesurer."
base_url = "https://mesure.example/"
language = "fr"

[languages.en]
title = "The Measured Record"
description = "A made-up archive, to measure with."
"#;

/// The first day of the archive.
const FIRST_DAY: Date = jiff::civil::date(2021, 1, 1);
/// How many days it covers: to the end of 2025.
const DAYS: usize = 1826;
/// The day after the last.
pub const TODAY: Date = jiff::civil::date(2026, 1, 1);

/// What such a desk writes of most, the first first. All other states follow by code.
const OFTEN: [&str; 48] = [
    "RU", "US", "CN", "UA", "FR", "IR", "TR", "IL", "DE", "IN", "SA", "SY", "KZ", "DZ", "LY", "PL", "ML",
    "GB", "IQ", "AE", "EG", "NE", "AM", "AZ", "GE", "LB", "MA", "KP", "TW", "RS", "QA", "YE", "BY", "UZ",
    "KG", "TJ", "JP", "KR", "BR", "VE", "NG", "CD", "ET", "SD", "PK", "AF", "TM", "MN",
];

const AUTHORS: [&str; 14] = [
    "Anaïs Berthelot",
    "Karim Bouzid",
    "Édith Carpentier",
    "Rokhaya Dieng",
    "Loïc Évenou",
    "Mathilde Garnier",
    "Vardan Hakobian",
    "Aigul Iskakova",
    "Paul-Henri Joly",
    "Séverine Lacaze",
    "Bruno Maréchal",
    "Noémie Œuvrard",
    "Tomasz Rybak",
    "Yasmine Zeroual",
];

/// An archive of any length.
pub struct Corpus {
    seed: u64,
    /// The words for each country in each language, by the rank of the country.
    countries: Vec<Country>,
    /// For each rank, how much of the news goes to it and to those before.
    shares: Vec<f64>,
}

struct Country {
    code: String,
    french: CountryWords,
    english: CountryWords,
}

/// A file of the archive.
pub struct File {
    /// Where it stands, from the site's folder.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// What other briefs need to know of one, and the numbers that are left for its text.
struct Heading {
    random: Random,
    vocabulary: &'static Vocabulary,
    /// By rank, the lead one first.
    countries: Vec<usize>,
    date: Date,
    title: String,
    file_name: String,
}

impl Corpus {
    /// The archive made from `seed`.
    pub fn new(seed: u64) -> Self {
        let atlas = Atlas::world();
        let countries: Vec<Country> = ranked(&atlas).into_iter().map(|id| Country::of(&atlas, id)).collect();
        let mut sum = 0.0;
        let shares = (1..=countries.len()).map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        });
        Self { seed, shares: shares.collect(), countries }
    }

    /// The brief of a rank, from 0.
    pub fn brief(&self, index: usize) -> File {
        let mut heading = self.heading(index);
        let words = heading.countries.iter().map(|&rank| self.countries[rank].words(heading.vocabulary));
        let random = &mut heading.random;
        let earlier = if index == 0 { 0 } else { random.between(1, 3) };
        let links: Vec<(String, String)> = (0..earlier)
            .map(|_| {
                let other = self.heading(random.below(index));
                (other.title, format!("../{}/{}", other.date.year(), other.file_name))
            })
            .collect();
        let mut composition =
            Composition { vocabulary: heading.vocabulary, countries: &words.collect::<Vec<_>>(), random };
        let summary = composition.summary();
        let body = composition.body(&links);
        let authors = composition.random.weighted(&[(75, 1), (25, 2)]);
        let authors = composition.random.ranks(AUTHORS.len(), authors);
        let codes = heading.countries.iter().map(|&rank| self.countries[rank].code.as_str());
        let front = front_matter(&heading, &codes.collect::<Vec<_>>(), &summary, &authors);
        File { path: format!("content/{}/{}", heading.date.year(), heading.file_name), text: front + &body }
    }

    fn heading(&self, index: usize) -> Heading {
        let mut random = Random::of(self.seed, index);
        let vocabulary = if random.chance(95) { &FRENCH } else { &ENGLISH };
        let countries = self.draw_countries(&mut random);
        let matter = {
            let matter = random.pick(vocabulary.matters);
            vocabulary.fill(&mut random, matter, &[])
        };
        let days = random.below(DAYS);
        let date = FIRST_DAY.saturating_add(i64::try_from(days).unwrap_or_default().days());
        let lead = &self.countries[countries[0]].words(vocabulary).name;
        let file_name = format!("{date}-{}-{index:06}.md", slug(&format!("{lead} {matter}")));
        let title = format!("{lead}{}{matter}", vocabulary.colon);
        Heading { random, vocabulary, countries, date, title, file_name }
    }

    fn draw_countries(&self, random: &mut Random) -> Vec<usize> {
        let wanted = random.weighted(&[(45, 1), (33, 2), (15, 3), (7, 4)]);
        let all = self.shares.last().copied().unwrap_or_default();
        let mut drawn = Vec::with_capacity(wanted);
        while drawn.len() < wanted {
            let share = random.fraction() * all;
            let rank = self.shares.partition_point(|&to| to <= share);
            if !drawn.contains(&rank) {
                drawn.push(rank);
            }
        }
        drawn
    }
}

impl Country {
    fn of(atlas: &Atlas, id: EntityId) -> Self {
        let words = |vocabulary: &Vocabulary| {
            let Some(tag) = LanguageTag::parse(vocabulary.tag) else {
                unreachable!("vocabularies have a tag")
            };
            CountryWords {
                name: atlas.name(id, &tag).to_owned(),
                definite: atlas.phrase(id, &tag, Form::Definite),
                of: atlas.phrase(id, &tag, Form::Of),
                within: atlas.phrase(id, &tag, Form::In),
            }
        };
        Self { code: atlas.get(id).key.to_string(), french: words(&FRENCH), english: words(&ENGLISH) }
    }

    fn words(&self, vocabulary: &Vocabulary) -> &CountryWords {
        if vocabulary.tag == FRENCH.tag { &self.french } else { &self.english }
    }
}

/// Every state, those most written of first.
fn ranked(atlas: &Atlas) -> Vec<EntityId> {
    let often = OFTEN.iter().filter_map(|code| atlas.by_key(code));
    let seldom = atlas
        .iter()
        .filter(|(_, entity)| entity.kind == Kind::State && !OFTEN.contains(&entity.key.as_str()))
        .map(|(id, _)| id);
    often.chain(seldom).collect()
}

fn front_matter(heading: &Heading, codes: &[&str], summary: &str, authors: &[usize]) -> String {
    let authors: Vec<&str> = authors.iter().map(|&rank| AUTHORS[rank]).collect();
    format!(
        "+++\ntitle = {:?}\ndate = {}\ncountries = {codes:?}\nsummary = {summary:?}\nauthors = {authors:?}\nlang = \"{}\"\n+++\n\n",
        Quoted(&heading.title),
        heading.date,
        heading.vocabulary.tag,
        summary = Quoted(summary),
    )
}

/// A text as a TOML string; Rust's own way of quoting writes a no-break space as an escape.
struct Quoted<'a>(&'a str);

impl std::fmt::Debug for Quoted<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "\"{}\"", self.0.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
