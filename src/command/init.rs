//! `depeche init`: a new site with a few examples, which builds at once.

use super::{Outcome, new_file, shown};
use crate::terminal::Terminal;
use anyhow::{Context, bail};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Start a site
///
/// It has a commented site.toml and a few example briefs, and builds at once. The folder must be new or empty; hidden files
/// such as `.git` are no hindrance.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  depeche init revue
  depeche init revue --title \"Lettre du Caucase\"
  depeche init --lang en")]
pub struct Init {
    /// The folder to start it in; the site's folder (--root) unless given
    dir: Option<PathBuf>,

    /// The language of the publication, and of the examples
    #[arg(long, value_enum, default_value_t)]
    lang: ExampleLanguage,

    /// The publication's title
    #[arg(long)]
    title: Option<String>,
}

/// A language in which there are examples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum ExampleLanguage {
    #[default]
    Fr,
    En,
}

/// What a new site is made of: paths from its root, and texts.
type Files = [(&'static str, &'static str)];

macro_rules! example_files {
    ($language:literal: $($path:literal)+) => {
        &[
            (".gitignore", include_str!("init/gitignore")),
            $(($path, include_str!(concat!("init/", $language, "/", $path)))),+
        ]
    };
}

const FRENCH: &Files = example_files!("fr":
    "site.toml"
    "content/1945/1945-06-26-charte-nations-unies.md"
    "content/1945/1945-10-24-charte-en-vigueur.md"
    "content/1948/1948-12-10-declaration-universelle.md"
    "content/countries/us.md"
    "content/pages/a-propos.md"
);

const ENGLISH: &Files = example_files!("en":
    "site.toml"
    "content/1945/1945-06-26-united-nations-charter.md"
    "content/1945/1945-10-24-charter-in-force.md"
    "content/1948/1948-12-10-universal-declaration.md"
    "content/countries/us.md"
    "content/pages/about.md"
);

impl ExampleLanguage {
    fn files(self) -> &'static Files {
        match self {
            Self::Fr => FRENCH,
            Self::En => ENGLISH,
        }
    }

    /// The title in the example's settings, which `--title` replaces.
    fn example_title(self) -> &'static str {
        match self {
            Self::Fr => "Une revue d’exemple",
            Self::En => "An example review",
        }
    }
}

/// Starts a site in the folder that is asked for.
///
/// # Errors
///
/// When the folder holds something, or the disk refuses.
pub fn run(arguments: &Init, root: &Path, terminal: &Terminal) -> anyhow::Result<Outcome> {
    let folder = arguments.dir.as_ref().map_or_else(|| root.to_owned(), |dir| root.join(dir));
    let present = present(&folder)?;
    if let Some(visible) = present.iter().find(|name| !name.starts_with('.')) {
        bail!(
            "`{}` is not empty: it holds `{visible}`; a site is started in a folder of its own",
            shown(&folder)
        );
    }
    for (path, text) in arguments.lang.files() {
        if present.iter().any(|name| name == path) {
            terminal.talk(&format!("`{path}` is left as it was; see that it leaves out `public/`"));
        } else {
            new_file::write(&folder.join(path), &settled(path, text, arguments))?;
        }
    }
    terminal.talk(&next_steps(&folder));
    Ok(Outcome::Done)
}

/// The names of what the folder holds, sorted; none where it is not there yet.
#[expect(clippy::disallowed_methods, reason = "`init` looks whether the folder is empty")]
fn present(folder: &Path) -> anyhow::Result<Vec<String>> {
    let unreadable = || format!("can't read the folder `{}`", shown(folder));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(unreadable),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.with_context(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// A file's text with the title that was asked for.
fn settled(path: &str, text: &str, arguments: &Init) -> String {
    match &arguments.title {
        Some(title) if path == "site.toml" => {
            let line = |title: &str| format!("\ntitle = {title}\n");
            let example = format!("\"{}\"", arguments.lang.example_title());
            text.replacen(&line(&example), &line(&super::new::quoted(title)), 1)
        }
        _ => text.to_owned(),
    }
}

fn next_steps(folder: &Path) -> String {
    let enter = match folder.to_str() {
        Some(".") => String::new(),
        _ => format!("  cd {}\n", shown(folder)),
    };
    format!("the site in `{}` is started; next:\n{enter}  depeche build", shown(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn init(lang: ExampleLanguage, title: Option<&str>) -> Init {
        Init { dir: None, lang, title: title.map(str::to_owned) }
    }

    #[test]
    fn the_settings_of_an_example_are_sound_and_in_its_language() {
        for (lang, tag) in [(ExampleLanguage::Fr, "fr"), (ExampleLanguage::En, "en")] {
            let (path, text) = lang.files()[1];
            let settings: toml::Table = settled(path, text, &init(lang, None)).parse().unwrap();
            assert_eq!(settings["title"].as_str(), Some(lang.example_title()));
            assert_eq!(settings["language"].as_str(), Some(tag));
        }
    }

    #[test]
    fn a_title_is_put_in_whatever_it_holds() {
        for title in ["Le « Relevé »", "L'\"Affaire\" \\ suite", "#1"] {
            for lang in [ExampleLanguage::Fr, ExampleLanguage::En] {
                let (path, text) = lang.files()[1];
                let settings: toml::Table = settled(path, text, &init(lang, Some(title))).parse().unwrap();
                assert_eq!(settings["title"].as_str(), Some(title));
            }
        }
    }

    #[test]
    fn the_front_matter_of_every_example_is_sound() {
        for (path, text) in FRENCH.iter().chain(ENGLISH).filter(|(path, _)| path.ends_with(".md")) {
            let front = text.strip_prefix("+++\n").and_then(|text| text.split_once("\n+++\n")).unwrap().0;
            let front: toml::Table = front.parse().unwrap();
            assert!(front.contains_key("title"), "{path}");
        }
    }
}
