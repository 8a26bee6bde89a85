//! Files that are copied as they are: which of them have changed, and where they stand.

use super::edition::{base, copied};
use crate::page::{Page, Planned};
use crate::pipeline::Checked;
use crate::project::Standing;
use crate::reference;
use crate::source::ContentPath;
use crate::theme::Asset;
use std::collections::{BTreeMap, BTreeSet};

/// The files that were looked at, by the hash of their bytes: a file that was written anew and is the same has not changed.
#[derive(Debug, Default)]
pub(super) struct Assets(BTreeMap<ContentPath, Option<blake3::Hash>>);

impl Assets {
    /// Those of `paths` that are not what they were when they were looked at before.
    fn changed<'a>(
        &mut self,
        paths: impl Iterator<Item = &'a ContentPath>,
        checked: &Checked,
    ) -> BTreeSet<ContentPath> {
        let mut is_changed = |path: &&ContentPath| {
            let hash = checked.project.bytes(path).ok().map(|bytes| blake3::hash(&bytes));
            self.0.insert((*path).clone(), hash) != Some(hash)
        };
        paths.filter(&mut is_changed).cloned().collect()
    }

    /// Where the files stand that have changed between two states of the site, by the paths of their addresses: those of
    /// which `touched` tells, and those that are now taken from elsewhere.
    pub(super) fn between(
        &mut self,
        before: &Checked,
        after: &Checked,
        touched: &BTreeSet<ContentPath>,
    ) -> BTreeSet<String> {
        let base = base(after);
        let files: Vec<(&Planned, &ContentPath)> =
            [before, after].into_iter().flat_map(files).filter(|(_, path)| path.is_among(touched)).collect();
        let touched: BTreeSet<&ContentPath> = files.iter().map(|(_, path)| *path).collect();
        let changed = self.changed(touched.into_iter(), after);
        let there = files.iter().filter(|(_, path)| changed.contains(*path));
        let mut addresses: BTreeSet<String> =
            there.map(|(planned, _)| format!("{base}{}", planned.output)).collect();
        let assets = &after.project.theme.assets;
        let elsewhere = assets.iter().filter(|(name, asset)| {
            before.project.theme.assets.get(*name).is_some_and(|before| before != *asset)
        });
        addresses.extend(elsewhere.map(|(name, _)| format!("{base}{name}")));
        addresses
    }
}

/// The files of a plan, each with the one that it is a copy of. They stand before pages.
fn files(checked: &Checked) -> impl Iterator<Item = (&Planned, &ContentPath)> {
    let is_file = |planned: &&Planned| matches!(planned.page, Page::File(_) | Page::Theme(_));
    let files = checked.plan.pages.iter().take_while(is_file);
    files.filter_map(|planned| Some((planned, copied(planned, checked)?)))
}

/// Whether all that has changed are files that are copied as they are, of which no page says anything else than where they
/// stand: then the site need not be checked again.
pub(super) fn are_all(touched: &BTreeSet<ContentPath>, checked: &Checked) -> bool {
    let project = &checked.project;
    let of_theme: BTreeSet<&ContentPath> = project
        .theme
        .assets
        .values()
        .filter_map(|asset| match asset {
            Asset::File(path) => Some(path),
            Asset::Embedded(_) => None,
        })
        .collect();
    touched.iter().all(|path| {
        let is_asset = project.statics.contains(path)
            || of_theme.contains(path)
            || checked.library.assets.contains(path);
        // A file of sources, or a style of citations, may be offered to readers too.
        let is_read = reference::FILES.contains(&path.as_str()) || path.extension() == Some("csl");
        is_asset && !is_read && project.standing(path) == Standing::File
    })
}
