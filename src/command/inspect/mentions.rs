//! `depeche inspect mentions`: the countries and organisations that a text speaks of.

use super::cases;
use crate::atlas::mention::{Finder, Strength};
use crate::atlas::{Atlas, EntityId};
use crate::brief;
use crate::brief::spoken::{Doubt, Placed};
use crate::command::Outcome;
use crate::language::LanguageTag;
use crate::project::{Overrides, Project};
use crate::source::{ContentPath, Position, Source};
use crate::terminal::Terminal;
use anyhow::{Context, bail};
use serde::Serialize;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Show the countries and organisations that a text speaks of
///
/// The text is Markdown, with or without front matter; code, addresses and HTML are passed over. What is strong makes a brief
/// stand on the page of the country; what is weak, and what is ambiguous, does not.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche inspect mentions content/2023/2023-11-23-otsc-minsk.md
  echo \"Le Kremlin dément.\" | depeche inspect mentions --format json -
  depeche inspect mentions --cases tests/mentions/sample.tsv")]
pub struct Mentions {
    /// The file, or `-` for standard input
    #[arg(value_name = "FILE", required_unless_present = "cases")]
    file: Option<PathBuf>,

    /// The language of the text, by default the site's own, or French
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,

    /// How it is told
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    format: Format,

    /// Report how well the sentences of a file come out: language, sentence and what is expected, between tabs
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    cases: Option<PathBuf>,
}

/// A form in which mentions are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line each.
    #[default]
    Human,
    /// One JSON object.
    Json,
}

pub(super) fn run(arguments: &Mentions, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let (atlas, own) = atlas(root)?;
    if let Some(file) = &arguments.cases {
        return cases::run(&read(file)?, file, &atlas, terminal);
    }
    let Some(file) = &arguments.file else { bail!("no file is named") };
    let text = read(file)?;
    let language = match &arguments.lang {
        Some(tag) => LanguageTag::parse(tag)
            .with_context(|| format!("`{tag}` is not the tag of a language, as `fr` is"))?,
        None => own,
    };
    let finder = Finder::new(&atlas, &language)
        .with_context(|| format!("countries are found in French and English texts, not in `{language}`"))?;
    let Some(path) = ContentPath::new("text.md") else { unreachable!("`text.md` is a path") };
    let source = Source::new(path, text);
    let (found, doubts) = brief::mentions(&source, &finder);
    let shown = Shown { source: &source, atlas: &atlas, language: &language, found, doubts };
    let told = match arguments.format {
        Format::Human => shown.human(),
        Format::Json => shown.json(),
    };
    terminal.result(&told).context("can't write to standard output")?;
    Ok(Outcome::Done)
}

/// The atlas of the site at `root`, with what it declares, and its language; what is built in, and French, where there is none.
fn atlas(root: &Path) -> anyhow::Result<(Atlas, LanguageTag)> {
    if root.join("site.toml").is_file() {
        let (project, _) = Project::open(root, &Overrides::default())?;
        let language = project.config.main_language().tag.clone();
        return Ok((project.atlas, language));
    }
    let Some(french) = LanguageTag::parse("fr") else { unreachable!("`fr` is a tag") };
    Ok((Atlas::world(), french))
}

#[expect(clippy::disallowed_methods, reason = "the file is an argument, and need not be of a site")]
fn read(file: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        std::io::stdin().read_to_end(&mut bytes).context("can't read standard input")?;
    } else {
        bytes = std::fs::read(file).with_context(|| format!("can't read `{}`", file.display()))?;
    }
    String::from_utf8(bytes).map_err(|_| anyhow::anyhow!("`{}` is not in UTF-8", file.display()))
}

/// What was found in a text.
struct Shown<'a> {
    source: &'a Source,
    atlas: &'a Atlas,
    language: &'a LanguageTag,
    found: Vec<Placed>,
    doubts: Vec<Doubt>,
}

#[derive(Serialize)]
struct Json<'a> {
    mentions: Vec<JsonMention<'a>>,
    ambiguous: Vec<JsonDoubt<'a>>,
}

#[derive(Serialize)]
struct JsonMention<'a> {
    entity: &'a str,
    text: &'a str,
    strength: &'static str,
    reason: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct JsonDoubt<'a> {
    text: &'a str,
    choices: Vec<&'a str>,
    start: usize,
    end: usize,
}

impl Shown<'_> {
    fn key(&self, entity: EntityId) -> &str {
        self.atlas.get(entity).key.as_str()
    }

    fn human(&self) -> String {
        let at = |offset: usize| {
            let Position { line, column } = Position::of(&self.source.text, offset);
            format!("{line}:{column}")
        };
        let mut lines: Vec<(usize, String)> = Vec::new();
        for Placed { mention, is_linkable } in &self.found {
            let (key, name) = (self.key(mention.entity), self.atlas.name(mention.entity, self.language));
            let linkable = if *is_linkable { ", may be linked" } else { "" };
            let text = &self.source.text[mention.range.clone()];
            let line = format!(
                "{} {key} {name}: `{text}`, {}, {}{linkable}",
                at(mention.range.start),
                strength(mention.strength),
                mention.reason.name()
            );
            lines.push((mention.range.start, line));
        }
        for doubt in &self.doubts {
            let keys: Vec<&str> = doubt.choices.iter().map(|&choice| self.key(choice)).collect();
            let choices = match keys.as_slice() {
                [only] => format!("{only} or something else"),
                several => several.join(" or "),
            };
            let text = &self.source.text[doubt.range.clone()];
            lines.push((
                doubt.range.start,
                format!("{} ? `{text}` may mean {choices}", at(doubt.range.start)),
            ));
        }
        lines.sort();
        match lines.is_empty() {
            true => "no country and no organisation\n".to_owned(),
            false => lines.into_iter().map(|(_, line)| line + "\n").collect(),
        }
    }

    fn json(&self) -> String {
        let mentions = self.found.iter().map(|Placed { mention, .. }| JsonMention {
            entity: self.key(mention.entity),
            text: &self.source.text[mention.range.clone()],
            strength: strength(mention.strength),
            reason: mention.reason.name(),
            start: mention.range.start,
            end: mention.range.end,
        });
        let ambiguous = self.doubts.iter().map(|doubt| JsonDoubt {
            text: &self.source.text[doubt.range.clone()],
            choices: doubt.choices.iter().map(|&choice| self.key(choice)).collect(),
            start: doubt.range.start,
            end: doubt.range.end,
        });
        let shown = Json { mentions: mentions.collect(), ambiguous: ambiguous.collect() };
        let Ok(mut line) = serde_json::to_string(&shown) else {
            unreachable!("strings and numbers are always written")
        };
        line.push('\n');
        line
    }
}

fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Strong => "strong",
        Strength::Weak => "weak",
    }
}
