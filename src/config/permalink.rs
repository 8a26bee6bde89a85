//! Permalinks: for each kind of page and each language, the pattern of its address.

use crate::data::{Refusal, Spanned, in_message};
use crate::diagnostic::nearest;
use crate::language::LanguageTag;
use jiff::civil::Date;
use std::fmt;

/// A kind of page whose address a site can choose, and the part of an address that tells a list's pages apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Route {
    /// One brief.
    Brief,
    /// One stand-alone page.
    Page,
    /// The list of countries.
    Countries,
    /// One country.
    Country,
    /// How countries are found and counted.
    AboutIndex,
    /// The list of organisations.
    Organisations,
    /// One organisation.
    Organisation,
    /// The list of topics.
    Topics,
    /// One topic.
    Topic,
    /// The list of authors.
    Authors,
    /// One author.
    Author,
    /// The list of series.
    SeriesIndex,
    /// One series.
    Series,
    /// The list of publishers of sources.
    Sources,
    /// The sources of one publisher.
    Publisher,
    /// One source that several documents cite.
    Source,
    /// The whole archive.
    Archive,
    /// The archive of a year.
    ArchiveYear,
    /// The archive of a month.
    ArchiveMonth,
    /// What follows the address of a list on its second page and after.
    Pagination,
}

/// What is known of a route before a site says anything.
struct Rule {
    route: Route,
    key: &'static str,
    french: &'static str,
    english: &'static str,
    required: &'static [&'static str],
    allowed: &'static [&'static str],
}

const SLUG: &[&str] = &["slug"];
const DATED: &[&str] = &["slug", "year", "month", "day"];
const MONTH: &[&str] = &["year", "month"];

const fn rule(
    route: Route,
    key: &'static str,
    french: &'static str,
    english: &'static str,
    required: &'static [&'static str],
    allowed: &'static [&'static str],
) -> Rule {
    Rule { route, key, french, english, required, allowed }
}

/// One rule for each route, in the order of [`Route`].
static RULES: [Rule; 20] = [
    rule(Route::Brief, "brief", "/briefs/{slug}/", "/briefs/{slug}/", SLUG, DATED),
    rule(Route::Page, "page", "/{slug}/", "/{slug}/", SLUG, SLUG),
    rule(Route::Countries, "countries", "/pays/", "/countries/", &[], &[]),
    rule(Route::Country, "country", "/pays/{slug}/", "/countries/{slug}/", SLUG, SLUG),
    rule(Route::AboutIndex, "about_index", "/a-propos-de-l-index/", "/about-the-index/", &[], &[]),
    rule(Route::Organisations, "organisations", "/organisations/", "/organisations/", &[], &[]),
    rule(Route::Organisation, "organisation", "/organisations/{slug}/", "/organisations/{slug}/", SLUG, SLUG),
    rule(Route::Topics, "topics", "/themes/", "/topics/", &[], &[]),
    rule(Route::Topic, "topic", "/themes/{slug}/", "/topics/{slug}/", SLUG, SLUG),
    rule(Route::Authors, "authors", "/auteurs/", "/authors/", &[], &[]),
    rule(Route::Author, "author", "/auteurs/{slug}/", "/authors/{slug}/", SLUG, SLUG),
    rule(Route::SeriesIndex, "series_index", "/series/", "/series/", &[], &[]),
    rule(Route::Series, "series", "/series/{slug}/", "/series/{slug}/", SLUG, SLUG),
    rule(Route::Sources, "sources", "/sources/", "/sources/", &[], &[]),
    rule(Route::Publisher, "publisher", "/sources/{slug}/", "/sources/{slug}/", SLUG, SLUG),
    rule(Route::Source, "source", "/source/{slug}/", "/source/{slug}/", SLUG, SLUG),
    rule(Route::Archive, "archive", "/archives/", "/archive/", &[], &[]),
    rule(Route::ArchiveYear, "archive_year", "/archives/{year}/", "/archive/{year}/", &["year"], &["year"]),
    rule(
        Route::ArchiveMonth,
        "archive_month",
        "/archives/{year}/{month}/",
        "/archive/{year}/{month}/",
        MONTH,
        MONTH,
    ),
    rule(Route::Pagination, "pagination", "page/{number}/", "page/{number}/", &["number"], &["number"]),
];

impl Route {
    /// Every route, with its key under `[permalinks]`.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        RULES.iter().map(|rule| (rule.route, rule.key))
    }

    fn rule(self) -> &'static Rule {
        &RULES[self as usize]
    }
}

/// The pattern of an address: plain text with `{slug}`, `{year}`, `{month}`, `{day}` or `{number}` in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalink {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Slug,
    Year,
    Month,
    Day,
    Number,
}

/// What fills the places of a pattern; what its route does not use may be left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filling<'a> {
    /// For `{slug}`.
    pub slug: &'a str,
    /// For `{year}`, `{month}` and `{day}`.
    pub date: Date,
    /// For `{number}`.
    pub number: usize,
}

impl Permalink {
    /// The pattern written as `text` for this route.
    pub fn parse(text: &str, route: Route) -> Result<Self, Refusal> {
        let rule = route.rule();
        check_slashes(text, rule)?;
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                return Err(Refusal::new(format!("a `{{` is never closed in {}", in_message(text))));
            };
            parts.push(Part::Text(before.to_owned()));
            parts.push(placeholder(text, name, rule)?);
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        parts.retain(|part| *part != Part::Text(String::new()));
        for part in &parts {
            if let Part::Text(plain) = part {
                check_plain(plain)?;
            }
        }
        for name in rule.required {
            if !text.contains(&format!("{{{name}}}")) {
                return Err(Refusal::new(format!("the permalink of `{}` must hold `{{{name}}}`", rule.key))
                    .help("without it, two pages would have one address"));
            }
        }
        Ok(Self { parts })
    }

    /// The address that the pattern makes of these values.
    pub fn fill(&self, filling: &Filling<'_>) -> String {
        let mut address = String::new();
        for part in &self.parts {
            match part {
                Part::Text(text) => address.push_str(text),
                Part::Slug => address.push_str(filling.slug),
                Part::Year => address.push_str(&format!("{:04}", filling.date.year())),
                Part::Month => address.push_str(&format!("{:02}", filling.date.month())),
                Part::Day => address.push_str(&format!("{:02}", filling.date.day())),
                Part::Number => address.push_str(&filling.number.to_string()),
            }
        }
        address
    }

    /// The same pattern below `prefix`, which begins and ends with `/`.
    fn below(mut self, prefix: &str) -> Self {
        if let Some(Part::Text(first)) = self.parts.first_mut() {
            *first = format!("{prefix}{}", first.trim_start_matches('/'));
        }
        self
    }
}

impl fmt::Display for Permalink {
    /// As it is written.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.parts.iter().try_for_each(|part| match part {
            Part::Text(text) => formatter.write_str(text),
            Part::Slug => formatter.write_str("{slug}"),
            Part::Year => formatter.write_str("{year}"),
            Part::Month => formatter.write_str("{month}"),
            Part::Day => formatter.write_str("{day}"),
            Part::Number => formatter.write_str("{number}"),
        })
    }
}

fn check_slashes(text: &str, rule: &Rule) -> Result<(), Refusal> {
    let inside = text.trim_matches('/');
    let (message, meant) = match rule.route {
        Route::Pagination => {
            ("it follows an address, so it ends with `/` and does not begin with one", format!("{inside}/"))
        }
        _ if inside.is_empty() => return Err(Refusal::new("`/` is the address of the home page")),
        _ => ("a permalink begins and ends with `/`", format!("/{inside}/")),
    };
    if text == meant { Ok(()) } else { Err(Refusal::new(message).meant(meant).safe()) }
}

fn placeholder(text: &str, name: &str, rule: &Rule) -> Result<Part, Refusal> {
    if rule.allowed.contains(&name) {
        return Ok(match name {
            "slug" => Part::Slug,
            "year" => Part::Year,
            "month" => Part::Month,
            "day" => Part::Day,
            _ => Part::Number,
        });
    }
    let refusal = Refusal::new(format!("`{{{name}}}` has no place in the permalink of `{}`", rule.key));
    Err(match nearest(name, rule.allowed.iter().copied()) {
        Some(meant) => refusal
            .help(format!("did you mean `{{{meant}}}`?"))
            .meant(text.replace(&format!("{{{name}}}"), &format!("{{{meant}}}"))),
        None if rule.allowed.is_empty() => {
            refusal.help("there is one such page, so its address is plain text")
        }
        None => {
            let allowed: Vec<String> = rule.allowed.iter().map(|name| format!("`{{{name}}}`")).collect();
            refusal.help(format!("known are {}", allowed.join(", ")))
        }
    })
}

fn check_plain(plain: &str) -> Result<(), Refusal> {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "/-_.~".contains(character);
    if let Some(odd) = plain.chars().find(|character| !is_plain(*character)) {
        return Err(Refusal::new(format!("`{odd}` can't stand in a permalink"))
            .help("it holds plain letters, digits, `-`, `_`, `.` and `~`"));
    }
    if plain.contains("//") || plain.split('/').any(|part| matches!(part, "." | "..")) {
        return Err(Refusal::new(format!("{} is not an address in normal form", in_message(plain))));
    }
    Ok(())
}

/// The permalinks of one language, one for each route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Permalinks {
    patterns: Vec<Permalink>,
}

impl Permalinks {
    /// The permalinks of a language: those that were `written`, and for the others words of French or English, all
    /// below the language's `home`.
    pub(super) fn resolve(
        language: &LanguageTag,
        home: &str,
        written: &[(Route, Spanned<Permalink>)],
    ) -> Self {
        let patterns = RULES.iter().map(|rule| {
            let own =
                written.iter().find(|(route, _)| *route == rule.route).map(|(_, own)| own.value.clone());
            let pattern = own.unwrap_or_else(|| default_of(rule, language));
            if rule.route == Route::Pagination { pattern } else { pattern.below(home) }
        });
        Self { patterns: patterns.collect() }
    }

    /// The permalink of a route.
    pub fn get(&self, route: Route) -> &Permalink {
        &self.patterns[route as usize]
    }
}

fn default_of(rule: &Rule, language: &LanguageTag) -> Permalink {
    let written = if language.primary() == "fr" { rule.french } else { rule.english };
    let Ok(permalink) = Permalink::parse(written, rule.route) else {
        unreachable!("the permalinks of the table are well formed, as a test shows")
    };
    permalink
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_table_is_in_the_order_of_routes_and_well_formed() {
        for (index, rule) in RULES.iter().enumerate() {
            assert_eq!(rule.route as usize, index);
            for written in [rule.french, rule.english] {
                assert_eq!(Permalink::parse(written, rule.route).unwrap().to_string(), written);
            }
        }
    }

    #[test]
    fn a_pattern_is_filled() {
        let pattern = Permalink::parse("/{year}/{month}/{day}/n-{slug}/", Route::Brief).unwrap();
        let filling = Filling { slug: "minsk", date: date(2023, 1, 9), number: 0 };
        assert_eq!(pattern.fill(&filling), "/2023/01/09/n-minsk/");
        let pattern = Permalink::parse("p{number}/", Route::Pagination).unwrap();
        assert_eq!(pattern.fill(&Filling { number: 2, ..Filling::default() }), "p2/");
    }

    #[test]
    fn other_languages_stand_below_their_tag_in_english_words() {
        let tag = |text| LanguageTag::parse(text).unwrap();
        let shown = |permalinks: &Permalinks, route| permalinks.get(route).to_string();
        let french = Permalinks::resolve(&tag("fr-CA"), "/", &[]);
        assert_eq!(shown(&french, Route::Country), "/pays/{slug}/");
        let own = Permalink::parse("/paises/{slug}/", Route::Country).unwrap();
        let spanish = [(Route::Country, Spanned { value: own, span: Default::default() })];
        let spanish = Permalinks::resolve(&tag("es"), "/es/", &spanish);
        assert_eq!(shown(&spanish, Route::Country), "/es/paises/{slug}/");
        assert_eq!(shown(&spanish, Route::Page), "/es/{slug}/");
        assert_eq!(shown(&spanish, Route::Archive), "/es/archive/");
        assert_eq!(shown(&spanish, Route::Pagination), "page/{number}/");
    }

    #[test]
    fn a_bad_pattern_is_refused_with_its_mend() {
        for (written, route, message, meant) in [
            ("briefs/{slug}", Route::Brief, "a permalink begins and ends with `/`", Some("/briefs/{slug}/")),
            ("/", Route::Topics, "`/` is the address of the home page", None),
            ("/briefs/", Route::Brief, "the permalink of `brief` must hold `{slug}`", None),
            (
                "/{slugg}/",
                Route::Brief,
                "`{slugg}` has no place in the permalink of `brief`",
                Some("/{slug}/"),
            ),
            ("/{auteur}/", Route::Country, "`{auteur}` has no place in the permalink of `country`", None),
            (
                "/pays/{slug}/",
                Route::Countries,
                "`{slug}` has no place in the permalink of `countries`",
                None,
            ),
            ("/{slug/", Route::Brief, "a `{` is never closed in `/{slug/`", None),
            ("/a/../{slug}/", Route::Brief, "`/a/../` is not an address in normal form", None),
            ("/a?b={slug}/", Route::Brief, "`?` can't stand in a permalink", None),
            ("/thèmes/{slug}/", Route::Topic, "`è` can't stand in a permalink", None),
            (
                "/page/{number}/",
                Route::Pagination,
                "it follows an address, so it ends with `/` and does not begin with one",
                Some("page/{number}/"),
            ),
        ] {
            let refusal = Permalink::parse(written, route).unwrap_err();
            assert_eq!(
                (refusal.message.as_str(), refusal.replacement.as_deref()),
                (message, meant),
                "{written}"
            );
        }
    }
}
