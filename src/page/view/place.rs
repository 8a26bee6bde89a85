//! The pages of countries and organisations, and their indexes.

use super::{
    BriefLine, Card, CitedPublisher, CitedSource, DateView, LinkView, Pagination, TextView, YearView,
};
use compact_str::CompactString;
use serde::Serialize;

/// The index of countries.
#[derive(Debug, Hash, Serialize)]
pub struct CountriesView {
    /// The regions that have countries with briefs.
    pub regions: Vec<RegionView>,
    /// How many countries there are.
    pub count: usize,
    /// What the map of them shows; none where there are none.
    pub map: Option<WorldMapView>,
    /// The link to the page about the index.
    pub about: LinkView,
}

/// The world, and how much there is on each country. Rendering makes the map itself of it: `world_map`.
#[derive(Debug, Hash, Serialize)]
pub struct WorldMapView {
    /// What it is called.
    pub title: String,
    /// What it shows, for those who do not see it.
    pub description: String,
    /// The classes of coverage that it has, the lowest first; what has no brief is of class 0.
    pub classes: Vec<CoverageClass>,
    /// The countries of the index, in its order.
    #[serde(skip)]
    pub countries: Vec<MappedCountry>,
}

/// A class of coverage.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CoverageClass {
    /// Its number, from 1 to 5: what is of it has the class `map-1`…
    pub class: usize,
    /// How many briefs a country of it has: « 2 à 4 ».
    pub text: String,
}

/// A country on the map of the world.
#[derive(Clone, Debug, Hash)]
pub struct MappedCountry {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub key: String,
    /// Its class of coverage.
    pub class: usize,
    /// The link to its page.
    pub url: String,
    /// What the link says: « Kazakhstan : 12 articles ».
    pub title: String,
}

/// A region of the world, by UN M49.
#[derive(Debug, Hash, Serialize)]
pub struct RegionView {
    /// Its M49 code; empty for what belongs to none.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its countries, in the order of the language.
    pub countries: Vec<CountryCount>,
}

/// A country and how much was written on it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CountryCount {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: CompactString,
    /// Its name.
    pub name: CompactString,
    /// The link to its page.
    pub url: String,
    /// How many briefs declare it.
    pub count: usize,
    /// The day of the newest.
    pub latest: DateView,
}

/// The page of a country, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct CountryPage {
    /// The country.
    pub country: CountryView,
    /// Its briefs on this page, newest first.
    pub years: Vec<YearView>,
    /// How many there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// On the first page, what is known of the country and of its briefs.
    pub facts: Option<CountryFacts>,
    /// On the first page, the newest briefs that mention the country and do not declare it, at most fifty.
    pub mentions: Vec<BriefLine>,
    /// How many such briefs there are.
    pub mention_count: usize,
    /// On the first page, the publishers that most of its briefs cite, at most ten.
    pub publishers: Vec<CitedPublisher>,
    /// On the first page, the sources that most of its briefs cite, at most ten, each cited by several.
    pub sources: Vec<CitedSource>,
    /// The link to the page about the index.
    pub about: LinkView,
    /// The introduction's Markdown, on the first page; rendering makes `content` and `notes` of it.
    #[serde(skip)]
    pub introduction: Option<TextView>,
}

/// A country.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct CountryView {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: String,
    /// Its name alone: « Arménie ».
    pub name: String,
    /// With its article: « l’Arménie ».
    pub definite: String,
    /// « de l’Arménie ».
    pub of: String,
    /// « en Arménie ».
    #[serde(rename = "in")]
    pub within: String,
    /// « sur l’Arménie ».
    pub on: String,
    /// Its region's name, and the link to its place in the index of countries.
    pub region: Option<LinkView>,
    /// The state a territory is disputed with or part of.
    pub parent: Option<EntityLink>,
    /// What came in the place of what is no more.
    pub successors: Vec<EntityLink>,
    /// What the site says of it; may be empty.
    pub note: String,
}

/// A country or an organisation that the site may have a page of.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct EntityLink {
    /// Its name.
    pub name: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
}

/// The page that tells how countries are found and counted, and what the publication makes of territories.
#[derive(Debug, Hash, Serialize)]
pub struct AboutIndexView {
    /// The link to the index of countries.
    pub index: LinkView,
    /// The territories of which there is something to say: those that are disputed, those that the site declares, and of the
    /// others those that have a page. By what they are.
    pub kinds: Vec<TerritoriesView>,
}

/// Territories of one sort.
#[derive(Debug, Hash, Serialize)]
pub struct TerritoriesView {
    /// What they are: `disputed`, `historical`, `territory` or `state`.
    pub kind: &'static str,
    /// The same in words: « Territoires disputés ».
    pub name: String,
    /// The territories, in the order of the language.
    pub territories: Vec<TerritoryView>,
}

/// What the publication makes of a territory.
#[derive(Debug, Hash, Serialize)]
pub struct TerritoryView {
    /// Its ISO 3166-1 alpha-2 code, or the site's own key.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
    /// The state it is disputed with or part of, with a link where it has a page.
    pub parent: Option<EntityLink>,
    /// What there is to say of its status; may be empty.
    pub note: String,
    /// Whether the site itself declares it, or says something else of it than what is built in.
    pub own: bool,
    /// Whether it has a place in the index; what is on one that has none is counted to its parent.
    pub indexed: bool,
}

/// What is known of a country, and how it is covered. Rendering makes `map` of it, the country among its neighbours, and `chart`,
/// its briefs in time: SVG, empty where there is nothing to draw.
#[derive(Debug, Hash, Serialize)]
pub struct CountryFacts {
    /// Its capital.
    pub capital: Option<String>,
    /// Those with which it shares a border on land.
    pub neighbours: Vec<EntityCount>,
    /// The territories that are attributed to it and have a place in the index, in the order of the language.
    pub territories: Vec<EntityCount>,
    /// The organisations it belongs to, in the order of the language.
    pub organisations: Vec<MembershipView>,
    /// Those it belonged to.
    pub former_organisations: Vec<MembershipView>,
    /// How many briefs it had, period by period; none where there is one period.
    pub history: Option<HistoryView>,
    /// The countries that most of its briefs declare beside it, at most eight.
    pub together: Vec<EntityCount>,
    /// The series its briefs are part of, in the order of the language.
    pub series: Vec<EntityCount>,
    /// The maps that show where it is; the first that can be drawn is.
    #[serde(skip)]
    pub maps: Vec<LocatorView>,
}

/// A name with how many briefs there are.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct EntityCount {
    /// The name.
    pub name: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
    /// How many briefs.
    pub count: usize,
}

/// That a country belongs to an organisation, or did; on the page of either, it names the other.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct MembershipView {
    /// The name of the organisation, or of the country.
    pub name: String,
    /// The short name; the same where there is no shorter.
    pub short: String,
    /// The link to its page, where it has one.
    pub url: Option<String>,
    /// What the country is: `member`, `suspended`, `associate`, `candidate`, `partner` or `observer`.
    pub status: &'static str,
    /// Since when, where that is known.
    pub since: Option<DateView>,
    /// Until when, of what is over.
    pub until: Option<DateView>,
    /// « depuis 1994 »; of what is over « 1994–1999 ». Empty where nothing is known.
    pub years: String,
    /// What a reader should know of it; may be empty.
    pub note: String,
}

/// How many briefs there were in each period.
#[derive(Debug, Hash, Serialize)]
pub struct HistoryView {
    /// « Articles par mois ».
    pub title: String,
    /// What a period is: « Mois ».
    pub period: String,
    /// The chart in words.
    pub description: String,
    /// Every period from the first that has briefs to the last, in order.
    pub periods: Vec<PeriodCount>,
}

/// A period and how many briefs it has.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct PeriodCount {
    /// « mars 2022 ».
    pub name: String,
    /// How many briefs.
    pub count: usize,
}

/// A map that shows where a country is.
#[derive(Debug, Hash)]
pub struct LocatorView {
    /// The country's key in the atlas.
    pub key: String,
    /// « Carte de situation de l’Arménie ».
    pub title: String,
    /// What it shows, in a sentence.
    pub description: String,
}

/// The index of organisations.
#[derive(Debug, Hash, Serialize)]
pub struct OrganisationsView {
    /// The organisations, in the order of the language.
    pub organisations: Vec<OrganisationCount>,
}

/// An organisation and how much was written on it.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct OrganisationCount {
    /// Its name.
    pub name: String,
    /// Its short name; the same where there is no shorter.
    pub short: String,
    /// The link to its page.
    pub url: String,
    /// How many briefs declare or mention it.
    pub count: usize,
}

/// The page of an organisation, or a later page of it.
#[derive(Debug, Hash, Serialize)]
pub struct OrganisationPage {
    /// The organisation.
    pub organisation: OrganisationView,
    /// On the first page, those that belong to it on the day of the edition, by what they are to it.
    pub members: Vec<MembersView>,
    /// On the first page, those that did.
    pub former_members: Vec<MembershipView>,
    /// On the first page, where the dates are written.
    pub dates_from: Vec<String>,
    /// The briefs on this page that declare it, newest first.
    pub briefs: Vec<Card>,
    /// The briefs on this page that mention it: they come after all that declare it, newest first.
    pub mentions: Vec<BriefLine>,
    /// How many briefs there are in all.
    pub count: usize,
    /// Where in them this page stands.
    pub pagination: Pagination,
    /// The link to the index of organisations.
    pub index: LinkView,
    /// The introduction's Markdown, on the first page; rendering makes `content` and `notes` of it.
    #[serde(skip)]
    pub introduction: Option<TextView>,
}

/// An organisation.
#[derive(Clone, Debug, Hash, Serialize)]
pub struct OrganisationView {
    /// Its key: `org:otsc`.
    pub key: String,
    /// Its name alone.
    pub name: String,
    /// Its short name; the same where there is no shorter.
    pub short: String,
    /// With its article: « l’Organisation du traité de sécurité collective ».
    pub definite: String,
    /// « sur l’Organisation du traité de sécurité collective ».
    pub on: String,
    /// When it was founded.
    pub founded: Option<DateView>,
    /// The last day of one that is no more.
    pub dissolved: Option<DateView>,
    /// The URL of its official site.
    pub site: Option<String>,
    /// What the site says of it; may be empty.
    pub note: String,
}

/// Those that are the same to an organisation.
#[derive(Debug, Hash, Serialize)]
pub struct MembersView {
    /// What they are: `member`, `suspended`, `associate`, `candidate`, `partner` or `observer`.
    pub status: &'static str,
    /// They, in the order of the language.
    pub members: Vec<MembershipView>,
}
