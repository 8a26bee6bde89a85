//! `depeche new`: a new brief, its front matter ready to be filled in.

use super::{Outcome, edition, new_file, shown};
use crate::config;
use crate::language::{LanguageTag, slug};
use crate::library::Now;
use crate::source::{ContentPath, Source};
use crate::terminal::Terminal;
use anyhow::{Context, bail};
use jiff::civil::Date;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Start a brief
///
/// It is written to `content/<year>/<date>-<slug>.md`, as a draft, and its path is printed. A file that is there already is
/// never touched.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche new \"Un sommet se prépare\"
  depeche new \"Un sommet se prépare\" --country KZ --country Kirghizistan
  depeche new \"A summit in the making\" --lang en --date 2024-03-01
  $EDITOR \"$(depeche new 'Un sommet se prépare')\"")]
pub struct New {
    /// The brief's title
    title: String,

    /// What it is written in, where that is not the site's language: en, pt-BR
    #[arg(long, value_parser = parse_language)]
    lang: Option<LanguageTag>,

    /// A country it is about, by code or name; several times for several, the lead one first
    #[arg(long = "country", value_name = "COUNTRY")]
    countries: Vec<String>,

    /// Its day, 2026-11-20; today unless given
    #[arg(long, value_parser = edition::parse_now)]
    date: Option<Now>,

    /// Its name in addresses; made from the title unless given
    #[arg(long)]
    slug: Option<String>,
}

fn parse_language(written: &str) -> Result<LanguageTag, String> {
    LanguageTag::parse(written).ok_or_else(|| "write a language as `fr`, `en` or `pt-BR`".to_owned())
}

/// Writes a new brief in the site at `root`.
///
/// # Errors
///
/// When there is no site, when the title makes no file name, or when the file is there already.
pub fn run(arguments: &New, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let language = site_language(root)?;
    let date = edition::now(arguments.date)?.date;
    let brief = NewBrief::new(arguments, date, &language)?;
    let path = root.join(&brief.path);
    new_file::write(&path, &brief.text)?;
    terminal.result(&format!("{}\n", shown(&path)))?;
    Ok(Outcome::Done)
}

/// The language that the site's settings name; French where they name none.
#[expect(
    clippy::disallowed_methods,
    reason = "`new` asks a site for its language before there is anything to build"
)]
fn site_language(root: &Path) -> anyhow::Result<LanguageTag> {
    let path = root.join("site.toml");
    if !path.exists() {
        bail!(
            "there is no `site.toml` in `{}`: `depeche init` makes a new site, `--root` names another folder",
            shown(root)
        );
    }
    let text = fs::read_to_string(&path).with_context(|| format!("can't read `{}`", shown(&path)))?;
    let Some(settings) = ContentPath::new("site.toml") else { unreachable!("`site.toml` is a path") };
    let (config, _) = config::parse(&Source::new(settings, text));
    Ok(config.main_language().tag.clone())
}

/// A brief about to be written.
struct NewBrief {
    /// From the site's root.
    path: String,
    text: String,
}

impl NewBrief {
    fn new(arguments: &New, date: Date, language: &LanguageTag) -> anyhow::Result<Self> {
        let named = arguments.slug.as_deref().unwrap_or(&arguments.title);
        let slug = slug(named);
        if slug.is_empty() {
            bail!("`{named}` has no letter or digit to make a file name of; name the brief by `--slug`");
        }
        // A translation may have the slug of the original: its language tells the files apart.
        let foreign = arguments.lang.as_ref().filter(|lang| *lang != language);
        let ending = foreign.map_or_else(|| "md".to_owned(), |lang| format!("{lang}.md"));
        let path = format!("content/{}/{date}-{slug}.{ending}", date.strftime("%Y"));
        Ok(Self { path, text: front_matter(arguments, date, foreign, Hints::of(language)) })
    }
}

/// The comments of a new front matter.
struct Hints {
    countries: &'static str,
    summary: &'static str,
    topics: &'static str,
    draft: &'static str,
}

impl Hints {
    /// In the language of the site's writers, or English.
    fn of(language: &LanguageTag) -> &'static Self {
        if language.primary() == "fr" { &FRENCH } else { &ENGLISH }
    }
}

const FRENCH: Hints = Hints {
    countries: "Le premier pays est le principal : un code ISO ou un nom, [\"KZ\", \"Ouzbékistan\"].",
    summary: "Le chapeau, une ou deux phrases : summary = \"…\"",
    topics: "Les thèmes : topics = [\"énergie\", \"diplomatie\"]",
    draft: "Effacez cette ligne pour publier.",
};

const ENGLISH: Hints = Hints {
    countries: "The first country is the lead: an ISO code or a name, [\"KZ\", \"Uzbekistan\"].",
    summary: "The standfirst, a sentence or two: summary = \"…\"",
    topics: "Topics: topics = [\"energy\", \"diplomacy\"]",
    draft: "Delete this line to publish.",
};

fn front_matter(arguments: &New, date: Date, foreign: Option<&LanguageTag>, hints: &Hints) -> String {
    let countries: Vec<String> = arguments.countries.iter().map(|country| quoted(country)).collect();
    let mut text = format!("+++\ntitle = {}\ndate = {date}\n", quoted(&arguments.title));
    if let Some(lang) = foreign {
        let _ = writeln!(text, "lang = \"{lang}\"");
    }
    let _ = writeln!(text, "# {}\ncountries = [{}]", hints.countries, countries.join(", "));
    let _ = writeln!(text, "# {}\n# {}", hints.summary, hints.topics);
    let _ = write!(text, "# {}\ndraft = true\n+++\n\n", hints.draft);
    text
}

/// `text` as a string of TOML, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.trim().chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' | '\r' | '\t' => quoted.push(' '),
            character if character.is_control() => {}
            character => quoted.push(character),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn tag(written: &str) -> LanguageTag {
        LanguageTag::parse(written).unwrap()
    }

    fn titled(title: &str) -> New {
        New { title: title.to_owned(), lang: None, countries: Vec::new(), date: None, slug: None }
    }

    fn brief(arguments: &New, language: &str) -> NewBrief {
        NewBrief::new(arguments, date(2024, 3, 1), &tag(language)).unwrap()
    }

    fn front(brief: &NewBrief) -> toml::Table {
        brief.text.strip_prefix("+++\n").unwrap().strip_suffix("+++\n\n").unwrap().parse().unwrap()
    }

    #[test]
    fn a_brief_is_ready_to_be_filled_in() {
        let countries = vec!["KZ".to_owned(), "Ouzbékistan".to_owned()];
        let brief = brief(&New { countries, ..titled("L’été d'un « sommet »") }, "fr");
        assert_eq!(brief.path, "content/2024/2024-03-01-l-ete-d-un-sommet.md");
        insta::assert_snapshot!(brief.text, @r#"
        +++
        title = "L’été d'un « sommet »"
        date = 2024-03-01
        # Le premier pays est le principal : un code ISO ou un nom, ["KZ", "Ouzbékistan"].
        countries = ["KZ", "Ouzbékistan"]
        # Le chapeau, une ou deux phrases : summary = "…"
        # Les thèmes : topics = ["énergie", "diplomatie"]
        # Effacez cette ligne pour publier.
        draft = true
        +++
        "#);
    }

    #[test]
    fn any_title_survives_its_quotation() {
        for title in ["Le \"oui\" l'emporte", "C:\\x", "a\tb", "#", "'''", "\u{7f}x", "\u{a0}?"] {
            let brief = brief(&New { slug: Some("x".to_owned()), ..titled(title) }, "fr");
            let expected = title.trim().replace('\t', " ").replace('\u{7f}', "");
            assert_eq!(front(&brief)["title"].as_str(), Some(expected.as_str()));
        }
    }

    #[test]
    fn a_translation_has_its_language_in_its_name_and_comments_for_the_newsroom() {
        let brief = brief(&New { lang: Some(tag("en")), ..titled("A summit") }, "fr");
        assert_eq!(brief.path, "content/2024/2024-03-01-a-summit.en.md");
        assert_eq!(front(&brief)["lang"].as_str(), Some("en"));
        assert!(brief.text.contains("Effacez cette ligne"));
    }

    #[test]
    fn the_sites_own_language_is_not_repeated() {
        let brief = brief(&New { lang: Some(tag("en")), ..titled("A summit") }, "en");
        assert_eq!(brief.path, "content/2024/2024-03-01-a-summit.md");
        assert!(!brief.text.contains("lang") && brief.text.contains("Delete this line"));
    }

    #[test]
    fn a_title_without_letters_needs_a_slug() {
        let refusal = NewBrief::new(&titled("…"), date(2024, 3, 1), &tag("fr")).err().unwrap();
        assert!(refusal.to_string().contains("--slug"), "{refusal}");
        let named = brief(&New { slug: Some("Le Silence".to_owned()), ..titled("…") }, "fr");
        assert_eq!(named.path, "content/2024/2024-03-01-le-silence.md");
    }
}
