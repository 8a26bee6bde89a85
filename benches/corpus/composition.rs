//! The text of one brief: paragraphs, lists, quotations, tables, headings, and notes with their calls.

use super::AUTHORS;
use super::random::Random;
use super::vocabulary::{CountryWords, Vocabulary};
use std::fmt::Write as _;

/// A brief in the making.
pub struct Composition<'a> {
    /// Its language's words.
    pub vocabulary: &'static Vocabulary,
    /// What it says of its countries.
    pub countries: &'a [&'a CountryWords],
    /// Where its numbers come from.
    pub random: &'a mut Random,
}

/// The sentences of each paragraph.
type Paragraphs = Vec<Vec<String>>;

/// How many words of prose stand in one paragraph, about.
const PARAGRAPH: usize = 85;

impl Composition<'_> {
    /// One or two sentences.
    pub fn summary(&mut self) -> String {
        let sentences = self.random.between(1, 2);
        let text: Vec<String> = (0..sentences).map(|_| self.sentence().replace('*', "")).collect();
        text.join(" ")
    }

    /// All that follows the front matter. `links` are the titles and paths of other briefs.
    pub fn body(&mut self, links: &[(String, String)]) -> String {
        let lists: Vec<String> =
            (0..self.random.weighted(&[(55, 1), (33, 2), (12, 3)])).map(|_| self.list()).collect();
        let listed: usize = lists.iter().map(|list| list.split_whitespace().count()).sum();
        let mut paragraphs = self.paragraphs(listed);
        let notes = self.notes(&mut paragraphs);
        self.lead_elsewhere(&mut paragraphs, links);

        let mut blocks: Vec<String> = paragraphs.iter().map(|sentences| sentences.join(" ")).collect();
        let mut others = lists;
        if self.random.chance(30) {
            others.push(self.quotation());
        }
        if self.random.chance(12) {
            others.push(self.table());
        }
        if self.random.chance(2) {
            others.push(self.code());
        }
        for block in others {
            let at = self.random.between(1, blocks.len());
            blocks.insert(at, block);
        }
        self.head(&mut blocks);
        self.name_all(&mut blocks);
        format!("{}\n\n{notes}\n", blocks.join("\n\n"))
    }

    /// Names the countries that chance has left out: a brief names those it declares.
    fn name_all(&self, blocks: &mut [String]) {
        let is_named = |country: &&&CountryWords| blocks.iter().any(|block| block.contains(&country.name));
        let missing: Vec<&str> = self
            .countries
            .iter()
            .filter(|country| !is_named(country))
            .map(|country| &*country.name)
            .collect();
        if let (Some(first), false) = (blocks.first_mut(), missing.is_empty()) {
            let also = if self.vocabulary.tag == "fr" { "Également concernés" } else { "Also concerned" };
            first.push_str(&format!(" {also} : {}.", missing.join(", ")));
        }
    }

    fn fill(&mut self, phrase: &str) -> String {
        self.vocabulary.fill(self.random, phrase, self.countries)
    }

    fn sentence(&mut self) -> String {
        let phrase = self.random.pick(self.vocabulary.sentences);
        self.fill(phrase)
    }

    /// Enough sentences for a brief of which so many words stand in lists.
    fn paragraphs(&mut self, listed: usize) -> Paragraphs {
        let wanted = self.random.between(300, 590) + self.random.between(0, 330);
        let mut paragraphs: Paragraphs = vec![Vec::new(); (wanted / PARAGRAPH).clamp(4, 10)];
        let count = paragraphs.len();
        let mut words = listed;
        for turn in 0.. {
            if words >= wanted && turn >= count {
                break;
            }
            let sentence = self.sentence();
            words += sentence.split_whitespace().count();
            paragraphs[turn % count].push(sentence);
        }
        paragraphs
    }

    /// Puts two to nine calls at the end of as many sentences, sometimes one more to a note called already; the notes.
    fn notes(&mut self, paragraphs: &mut Paragraphs) -> String {
        let places: Vec<(usize, usize)> = paragraphs
            .iter()
            .enumerate()
            .flat_map(|(paragraph, sentences)| (0..sentences.len()).map(move |rank| (paragraph, rank)))
            .collect();
        let notes = self.random.between(2, 9);
        let again = usize::from(self.random.chance(40));
        let mut called = self.random.ranks(places.len(), notes + again);
        called.sort_unstable();

        let mut definitions = String::new();
        let mut labels: Vec<String> = Vec::new();
        for (number, rank) in (1..).zip(called) {
            let label = if number <= notes {
                let (kind, text) = self.random.pick(self.vocabulary.notes);
                let _ = writeln!(definitions, "[^{kind}-{number}]: {}\n", self.fill(text));
                labels.push(format!("{kind}-{number}"));
                labels[labels.len() - 1].clone()
            } else {
                self.random.pick(&labels).clone()
            };
            let (paragraph, rank) = places[rank];
            call(&mut paragraphs[paragraph][rank], &label, self.vocabulary.tag);
        }
        definitions.trim_end().to_owned()
    }

    /// Adds the sentences that lead to other briefs, and sometimes one that leads to another site.
    fn lead_elsewhere(&mut self, paragraphs: &mut Paragraphs, links: &[(String, String)]) {
        let (before, after) = self.vocabulary.see_also;
        let mut sentences: Vec<String> =
            links.iter().map(|(title, path)| format!("{before}[{title}]({path}){after}")).collect();
        if self.random.chance(15) {
            let number = self.random.between(100, 999);
            let words = self.fill(self.vocabulary.document);
            sentences.push(format!("{words}<https://www.exemple.org/documents/rapport-{number}.pdf>"));
        }
        for sentence in sentences {
            let paragraph = self.random.below(paragraphs.len());
            paragraphs[paragraph].push(sentence);
        }
    }

    fn list(&mut self) -> String {
        let mut lines = Vec::new();
        for _ in 0..self.random.between(3, 5) {
            let phrase = if self.random.chance(50) { self.sentence() } else { self.item() };
            lines.push(format!("- {phrase}"));
            if self.random.chance(35) {
                for _ in 0..self.random.between(1, 3) {
                    lines.push(format!("  - {}", self.item()));
                }
            }
        }
        lines.join("\n")
    }

    fn item(&mut self) -> String {
        let phrase = self.random.pick(self.vocabulary.items);
        self.fill(phrase)
    }

    fn quotation(&mut self) -> String {
        let sentence = self.sentence();
        let author = self.random.pick(&AUTHORS);
        let city = self.random.pick(self.vocabulary.cities);
        format!("> {sentence}\n>\n> – {author}, {city}")
    }

    fn table(&mut self) -> String {
        let mut table =
            format!("| {} | 2022 | 2023 | 2024 |\n|:---|---:|---:|---:|", self.vocabulary.indicator);
        let rows = self.random.between(2, 5);
        for rank in self.random.ranks(self.vocabulary.indicators.len(), rows) {
            let _ = write!(table, "\n| {} |", self.vocabulary.indicators[rank]);
            for _ in 0..3 {
                let (whole, tenths) = (self.random.below(60), self.random.below(10));
                let _ = write!(table, " {whole}{}{tenths} |", self.vocabulary.decimal);
            }
        }
        table
    }

    fn code(&mut self) -> String {
        let (number, share) = (self.random.between(100, 999), self.random.below(100));
        format!("```json\n{{ \"article\": {number}, \"part\": {share}, \"source\": \"<a & b>\" }}\n```")
    }

    /// Puts one to three headings between the blocks.
    fn head(&mut self, blocks: &mut Vec<String>) {
        let headings = self.random.between(1, 3);
        let ranks = self.random.ranks(self.vocabulary.headings.len(), headings);
        for (number, rank) in (1..).zip(ranks) {
            let heading = self.fill(self.vocabulary.headings[rank]);
            let at = (number * blocks.len() / (headings + 1)).max(1);
            blocks.insert(at, format!("## {heading}"));
        }
    }
}

/// Sets a call at the end of a sentence: before its full stop in French, after it in English.
fn call(sentence: &mut String, label: &str, language: &str) {
    let at = if language == "fr" { sentence.len() - 1 } else { sentence.len() };
    sentence.insert_str(at, &format!("[^{label}]"));
}
