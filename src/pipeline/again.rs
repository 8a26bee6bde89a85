//! A site checked again after some of its files were changed, the facts of all others being taken as they are.

use super::{Checked, Grounds, Reading, concluded, finders, read};
use crate::brief::Dossier;
use crate::diagnostic::Diagnostic;
use crate::library::Edition;
use crate::page::Revised;
use crate::project::{Overrides, Project, SourceFile, Standing};
use crate::render::Renderer;
use crate::source::{ContentPath, Place};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Checked {
    /// The site as it is now that these files, or what is in these folders, may have changed: what
    /// [`check`](super::check()) gives, for less work. Facts are shared with this one, which stays as it is.
    ///
    /// - Where texts that were there still are, only they are read, and nothing else of the folder is looked at. Where others see in
    ///   them what they saw before, nothing else is made anew either.
    /// - Where anything else has changed, the folder is opened anew, and only the texts that are new or have changed are read.
    /// - Where the settings or the shared library of sources say something else, which decide what a text means, all are read.
    ///
    /// # Errors
    ///
    /// Those of [`check`](super::check()).
    pub fn again(
        &self,
        changed: &BTreeSet<ContentPath>,
        overrides: &Overrides,
        edition: &Edition,
    ) -> anyhow::Result<Self> {
        if let Some(texts) = self.known_texts(changed) {
            let readings = self.with_texts(&texts);
            return Ok(match self.revised(&texts, &readings, edition) {
                Some(revised) => self.with_revised(revised, readings),
                None => concluded(Arc::clone(&self.project), self.grounds.with(readings, edition), edition),
            });
        }
        let (project, opening) = self.project.reopened(overrides)?;
        Ok(self.reopened(project, opening, changed, edition))
    }

    /// Where the changed files stand among the sources, if all of them were texts and are still there.
    fn known_texts(&self, changed: &BTreeSet<ContentPath>) -> Option<Vec<usize>> {
        let sources = &self.project.sources;
        let index = |path| sources.binary_search_by(|file: &SourceFile| file.path.cmp(path)).ok();
        let still_there = |path| (self.project.standing(path) == Standing::File).then(|| index(path))?;
        changed.iter().map(still_there).collect()
    }

    /// What was read of all texts, these read again.
    fn with_texts(&self, texts: &[usize]) -> Vec<Reading> {
        let before = &self.grounds.read;
        let again = |&index: &usize| {
            let file = &self.project.sources[index];
            (index, kept_if_alike(&before[index], read(file, &self.project, &self.grounds.finders)))
        };
        let mut readings = before.clone();
        for (index, reading) in texts.par_iter().map(again).collect::<Vec<_>>() {
            readings[index] = reading;
        }
        readings
    }

    /// The facts of the texts that were read again, if others see in them what they saw before, nothing was or is to be remarked
    /// on in them, and it is still the same edition: then library, plan and remarks are what they were.
    fn revised(&self, texts: &[usize], readings: &[Reading], edition: &Edition) -> Option<Revised> {
        let before = &self.grounds.edition;
        let is_same_edition = (before.now.date, before.drafts, before.scheduled)
            == (edition.now.date, edition.drafts, edition.scheduled)
            && before.now.instant <= edition.now.instant
            && self.next_change.is_none_or(|change| edition.now.instant < change);
        let mut revised = self.revised.clone();
        for &index in texts {
            let (Ok(before), Ok(now)) = (&self.grounds.read[index], &readings[index]) else { return None };
            if now.seen().is_none() || now.seen() != before.seen() {
                return None;
            }
            revised.insert(now.path().clone(), now.clone());
        }
        let again = texts.iter().filter_map(|&index| readings[index].as_ref().ok());
        let is_remarked_on = remarks_on_bodies(&self.diagnostics, again);
        (is_same_edition && !is_remarked_on).then_some(revised)
    }

    fn with_revised(&self, revised: Revised, readings: Vec<Reading>) -> Self {
        Self {
            project: Arc::clone(&self.project),
            library: Arc::clone(&self.library),
            plan: Arc::clone(&self.plan),
            revised,
            diagnostics: Arc::clone(&self.diagnostics),
            next_change: self.next_change,
            grounds: self.grounds.with(readings, &self.grounds.edition),
        }
    }

    fn reopened(
        &self,
        project: Project,
        opening: Vec<Diagnostic>,
        changed: &BTreeSet<ContentPath>,
        edition: &Edition,
    ) -> Self {
        let means_the_same = self.project.config == project.config
            && self.project.bibliography.entries() == project.bibliography.entries();
        let finders = if means_the_same && !self.project.sources.is_empty() {
            Arc::clone(&self.grounds.finders)
        } else {
            Arc::new(finders(&project))
        };
        let before: BTreeMap<&ContentPath, &Reading> = if means_the_same {
            let paths = self.project.sources.iter().map(|file| &file.path);
            paths.zip(&self.grounds.read).collect()
        } else {
            BTreeMap::new()
        };
        let again = |file: &SourceFile| match before.get(&file.path) {
            Some(&reading) if !file.path.is_among(changed) => reading.clone(),
            Some(reading) => kept_if_alike(reading, read(file, &project, &finders)),
            None => read(file, &project, &finders),
        };
        let read = project.sources.par_iter().map(again).collect();
        let rendering = Renderer::new(&project).1;
        concluded(
            Arc::new(project),
            Grounds { opening, rendering, finders, read, misread: Arc::default(), edition: *edition },
            edition,
        )
    }

    /// Whether nothing was read otherwise than for `other`, of the same folder: then they are the same, but for the day.
    /// Only what a style of citations says is not looked at.
    pub fn reads_like(&self, other: &Self) -> bool {
        let is_same = |(one, other): (&Reading, &Reading)| match (one, other) {
            (Ok(one), Ok(other)) => one.is(other),
            (Err(one), Err(other)) => one == other,
            _ => false,
        };
        (Arc::ptr_eq(&self.project, &other.project) || self.project.is_alike(&other.project))
            && self.grounds.opening == other.grounds.opening
            && self.grounds.read.iter().zip(&other.grounds.read).all(is_same)
    }
}

impl Grounds {
    /// The same, with other readings of the texts.
    fn with(&self, read: Vec<Reading>, edition: &Edition) -> Self {
        Self {
            opening: self.opening.clone(),
            rendering: self.rendering.clone(),
            finders: Arc::clone(&self.finders),
            read,
            misread: Arc::clone(&self.misread),
            edition: *edition,
        }
    }
}

/// Whether a remark is about the body of one of these texts, in which things may stand elsewhere now. A body begins where it
/// began, as long as others see the same front matter.
pub(super) fn remarks_on_bodies<'a>(
    diagnostics: &[Diagnostic],
    texts: impl Iterator<Item = &'a Dossier>,
) -> bool {
    let starts: BTreeMap<&ContentPath, usize> = texts.map(|text| (text.path(), text.body_start)).collect();
    let is_in_a_body =
        |place: &Place| starts.get(&place.path).is_some_and(|&start| place.span.end as usize > start);
    diagnostics.iter().any(|remark| {
        is_in_a_body(&remark.place) || remark.related.iter().any(|(place, _)| is_in_a_body(place))
    })
}

/// What was read before, where the text is what it was.
fn kept_if_alike(before: &Reading, now: Reading) -> Reading {
    match (before, &now) {
        (Ok(before), Ok(read)) if before.hash() == read.hash() => Ok(before.clone()),
        _ => now,
    }
}
