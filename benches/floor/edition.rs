//! The briefs of one language, and the lists they stand in.

use super::brief::Brief;
use std::collections::BTreeMap;

/// How many briefs stand on one page of a list.
const PER_PAGE: usize = 20;

/// The site in one language.
pub struct Edition<'a> {
    pub language: &'static str,
    /// The address of its home page.
    pub home: &'static str,
    /// Newest first.
    pub briefs: Vec<&'a Brief>,
    /// For each country, the ranks of its briefs.
    pub countries: BTreeMap<&'a str, Vec<usize>>,
    pub lists: Vec<List<'a>>,
}

/// Briefs that are listed together.
pub struct List<'a> {
    pub title: String,
    pub address: String,
    pub briefs: Vec<&'a Brief>,
    pub has_feeds: bool,
    /// Whether it is cut into pages.
    paginated: bool,
}

impl<'a> Edition<'a> {
    /// The edition in `language` of `briefs`, which are newest first.
    pub fn of(language: &'static str, home: &'static str, briefs: &'a [Brief]) -> Self {
        let briefs: Vec<&Brief> = briefs.iter().filter(|brief| brief.front.lang == language).collect();
        let mut countries: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut authors: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut periods: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (rank, brief) in briefs.iter().enumerate() {
            for country in &brief.front.countries {
                countries.entry(country).or_default().push(rank);
            }
            for author in &brief.front.authors {
                authors.entry(author).or_default().push(rank);
            }
            for period in [&brief.date[..4], &brief.date[..7]] {
                periods.entry(period).or_default().push(rank);
            }
        }
        let mut edition = Self { language, home, briefs, countries, lists: Vec::new() };
        edition.lists.push(List {
            title: String::new(),
            address: home.to_owned(),
            briefs: edition.briefs.clone(),
            has_feeds: true,
            paginated: true,
        });
        let countries: Vec<List<'_>> = edition
            .countries
            .iter()
            .map(|(code, ranks)| edition.list("pays", code, ranks, true, true))
            .collect();
        let authors = authors.iter().map(|(name, ranks)| edition.list("auteurs", name, ranks, false, true));
        let periods =
            periods.iter().map(|(period, ranks)| edition.list("archives", period, ranks, false, false));
        let lists: Vec<List<'_>> = countries.into_iter().chain(authors).chain(periods).collect();
        edition.lists.extend(lists);
        edition
    }

    fn list(&self, folder: &str, name: &str, ranks: &[usize], has_feeds: bool, paginated: bool) -> List<'a> {
        let part = match folder {
            "archives" => name.replace('-', "/"),
            _ => name.to_lowercase().replace(' ', "-"),
        };
        List {
            title: name.to_owned(),
            address: format!("{}{folder}/{part}/", self.home),
            briefs: ranks.iter().map(|&rank| self.briefs[rank]).collect(),
            has_feeds,
            paginated,
        }
    }

    /// The address and title of each index, and the lists it leads to.
    pub fn indexes(&self) -> Vec<(String, &'static str, Vec<&List<'a>>)> {
        let index = |(folder, title)| {
            let address = format!("{}{folder}/", self.home);
            let lists = self.lists.iter().filter(|list| list.address.starts_with(&address)).collect();
            (address, title, lists)
        };
        [("pays", "Pays"), ("auteurs", "Auteurs"), ("archives", "Archives")].map(index).into()
    }
}

impl<'a> List<'a> {
    /// The briefs of each page.
    pub fn pages(&self) -> impl Iterator<Item = &[&'a Brief]> {
        self.briefs.chunks(if self.paginated { PER_PAGE } else { usize::MAX })
    }

    /// The address of its n-th page.
    pub fn address(&self, number: usize) -> String {
        if number == 1 { self.address.clone() } else { format!("{}page/{number}/", self.address) }
    }

    /// The briefs that its feeds hold.
    pub fn newest(&self) -> &[&'a Brief] {
        &self.briefs[..self.briefs.len().min(PER_PAGE)]
    }
}
