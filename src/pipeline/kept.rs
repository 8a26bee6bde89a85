//! What a build keeps of all that it understood, so that the next one need not read the texts that have not changed.
//!
//! It is kept without the facts of texts, most of which no page needs that is made anew: they are read again when they are
//! asked for. What it says holds as long as others see in every text what they saw then ([`Brief::seen`]), which is noted
//! for each beside it.
//!
//! [`Brief::seen`]: crate::brief::Brief::seen

use super::again::remarks_on_bodies;
use super::{Checked, Grounds, Reading, finders, newsroom, read};
use crate::brief::{self, Dossier, KnownText, Reread};
use crate::diagnostic::Diagnostic;
use crate::library::{Edition, KeptLibrary};
use crate::page::{KeptPlan, Revised};
use crate::project::{Overrides, Project, SourceFile};
use crate::source::{ContentPath, Digest, Source};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// All that was understood of a site, without the facts of its texts.
#[derive(Debug, Serialize, Deserialize)]
struct Kept<'a> {
    library: KeptLibrary<'a>,
    plan: KeptPlan<'a>,
    diagnostics: Cow<'a, [Diagnostic]>,
    rendering: Cow<'a, [Diagnostic]>,
    next_change: Option<Timestamp>,
}

impl Checked {
    /// What is known of each text, in the order of the project's; nothing where one of them can't be read.
    pub fn texts(&self) -> Option<Vec<KnownText>> {
        let known = |reading: &Reading| reading.as_ref().ok().map(Dossier::text);
        self.grounds.read.par_iter().map(known).collect()
    }

    /// What is to be kept of the rest; nothing of a site whose sources a style prints, which remembers them by itself.
    pub fn kept(&self) -> Option<impl Serialize> {
        let sources = &self.project.sources;
        let number = |path: &ContentPath| {
            let number = sources.binary_search_by(|file: &SourceFile| file.path.cmp(path)).ok()?;
            u32::try_from(number).ok()
        };
        let is_plain = self.project.config.sources.style.is_none() && self.revised.is_empty();
        is_plain.then_some(())?;
        Some(Kept {
            library: self.library.kept(number)?,
            plan: self.plan.kept(),
            diagnostics: self.diagnostics.as_slice().into(),
            rendering: self.grounds.rendering.as_slice().into(),
            next_change: self.next_change,
        })
    }

    /// The site in `root` as an earlier build of the same edition understood it, `changed` texts read again; `kept` and `texts`
    /// are what that build kept. Nothing where others see something else in one of them, or what was kept is nonsense.
    ///
    /// # Errors
    ///
    /// Those of [`check`](super::check()).
    pub fn restored(
        root: &Path,
        overrides: &Overrides,
        edition: &Edition,
        kept: &[u8],
        texts: &[KnownText],
        changed: &BTreeSet<ContentPath>,
    ) -> anyhow::Result<Option<Self>> {
        let (opened, kept) =
            rayon::join(|| Project::open(root, overrides), || postcard::from_bytes::<Kept<'_>>(kept).ok());
        let (project, opening) = opened?;
        let is_source = |path| project.sources.binary_search_by(|file| file.path.cmp(path)).is_ok();
        let are_texts = project.sources.len() == texts.len() && changed.iter().all(is_source);
        let Some(kept) = kept.filter(|_| are_texts) else { return Ok(None) };
        let finders = Arc::new(finders(&project));
        let project = Arc::new(project);
        let (reread, misread) = rereading(&project, &finders);
        let dossier = |(file, known): (&SourceFile, &KnownText)| {
            if changed.contains(&file.path) {
                return seen_alike(read(file, &project, &finders), known);
            }
            Some(Dossier::known(file.path.clone(), *known, Arc::clone(&reread)))
        };
        let dossiers: Option<Vec<Dossier>> = project.sources.iter().zip(texts).map(dossier).collect();
        let Some(dossiers) = dossiers else { return Ok(None) };
        let anew = dossiers.iter().zip(texts).filter(|(text, known)| text.hash() != known.hash);
        let revised: Revised = anew.map(|(text, _)| (text.path().clone(), text.clone())).collect();
        let (library, plan) =
            rayon::join(|| kept.library.with_texts(&dossiers), || kept.plan.whole(&project.config));
        let Some(library) = library else { return Ok(None) };
        if remarks_on_bodies(&kept.diagnostics, revised.values()) {
            return Ok(None);
        }
        let grounds = Grounds {
            opening,
            rendering: kept.rendering.into_owned(),
            finders,
            read: dossiers.into_iter().map(Ok).collect(),
            misread,
            edition: *edition,
        };
        Ok(Some(Self {
            project,
            library: Arc::new(library),
            plan: Arc::new(plan),
            revised,
            diagnostics: Arc::new(kept.diagnostics.into_owned()),
            next_change: kept.next_change,
            grounds,
        }))
    }
}

/// What was read of a text, if others see in it what they saw when it was known.
fn seen_alike(now: Reading, known: &KnownText) -> Option<Dossier> {
    now.ok().filter(|now| now.seen().is_some() && now.seen() == known.seen)
}

/// What reads the facts of a text again, and where it notes the first that is no longer the text it was.
fn rereading(
    project: &Arc<Project>,
    finders: &Arc<crate::atlas::mention::Finders>,
) -> (Arc<Reread>, Arc<OnceLock<ContentPath>>) {
    let misread = Arc::new(OnceLock::new());
    let (project, finders, told) = (Arc::clone(project), Arc::clone(finders), Arc::clone(&misread));
    let reread = move |path: &ContentPath, hash: Digest| {
        let source = project.source(path).unwrap_or_else(|_| Source::new(path.clone(), String::new()));
        let brief = brief::parse(&source, brief::FileKind::of(path), newsroom(&project, &finders));
        if brief.hash != hash {
            let _ = told.set(path.clone());
        }
        brief
    };
    (Arc::new(reread), misread)
}
