//! The floor: what it costs to read briefs and write pages, without a generator.
//!
//! Plain, each brief's front matter and Markdown are parsed and one file is written for it, and no more. Full, the other
//! files that the real program writes are written too, by formatting strings: lists, archives, feeds, site map, each note
//! numbered and led back from. There are no templates, no checks and no diagnostics, and what takes knowledge of the world
//! or of the language (names of countries, dates written out, citations, related briefs) is left out.
//!
//! 1. [`brief`] reads one brief;
//! 2. [`edition`] puts the briefs of one language in their lists;
//! 3. [`page`] makes the text of each kind of file.

mod brief;
mod edition;
mod page;

use brief::Brief;
use edition::{Edition, List};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// How much the floor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Extent {
    /// One file for each brief.
    Plain,
    /// All files.
    Full,
}

/// Turns the briefs of the site in `site` into files in `output`.
pub fn build(site: &Path, output: &Path, extent: Extent) -> anyhow::Result<()> {
    let files = walkdir::WalkDir::new(site.join("content")).into_iter().collect::<Result<Vec<_>, _>>()?;
    let paths: Vec<PathBuf> =
        files.into_iter().filter(|file| file.file_type().is_file()).map(|file| file.into_path()).collect();
    let mut briefs =
        paths.par_iter().map(|path| Brief::read(path, extent)).collect::<anyhow::Result<Vec<_>>>()?;
    briefs
        .par_sort_unstable_by(|one, other| other.date.cmp(&one.date).then_with(|| one.slug.cmp(&other.slug)));
    match extent {
        Extent::Plain => {
            briefs.par_iter().try_for_each(|brief| write(output, &brief.address(), &page::plain(brief)))?;
        }
        Extent::Full => write_all(&briefs, output)?,
    }
    Ok(())
}

fn write_all(briefs: &[Brief], output: &Path) -> anyhow::Result<()> {
    let editions = [Edition::of("fr", "/", briefs), Edition::of("en", "/en/", briefs)];
    for edition in &editions {
        let written = edition.briefs.par_iter().enumerate();
        written.try_for_each(|(rank, brief)| {
            write(output, &brief.address(), &page::brief(edition, rank, brief))
        })?;
        edition.lists.par_iter().try_for_each(|list| write_list(output, edition, list))?;
        for (address, title, lists) in edition.indexes() {
            write(output, &address, &page::index(edition, &address, title, &lists))?;
        }
        write(output, &format!("{}404.html", edition.home), &page::not_found(edition))?;
    }
    write(output, "/sitemap.xml", &page::sitemap(&editions))?;
    write(output, "/robots.txt", &page::robots())
}

fn write_list(output: &Path, edition: &Edition<'_>, list: &List<'_>) -> anyhow::Result<()> {
    let pages: Vec<&[&Brief]> = list.pages().collect();
    for (number, shown) in (1..).zip(&pages) {
        write(output, &list.address(number), &page::list(edition, list, number, pages.len(), shown))?;
    }
    if list.has_feeds {
        write(output, &format!("{}atom.xml", list.address), &page::atom(list))?;
        write(output, &format!("{}feed.json", list.address), &page::json(list))?;
    }
    Ok(())
}

/// Writes the file that stands at an address; an address that ends in a slash is a folder's.
fn write(output: &Path, address: &str, text: &str) -> anyhow::Result<()> {
    let file = if address.ends_with('/') { format!("{address}index.html") } else { address.to_owned() };
    let path = output.join(file.trim_start_matches('/'));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, text)?)
}
