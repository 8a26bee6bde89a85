//! The whole build on one screen: each stage takes what the one before it made.
//!
//! `check` stops where the plan is made; `build` goes on and drains it to disk. Work on many files or pages alike is done in
//! parallel, and what it finds is put together in their order, so that the number of threads changes nothing.

use crate::atlas::mention::Finders;
use crate::brief::{self, Dossier, Newsroom};
use crate::diagnostic::{Diagnostic, Severity, report};
use crate::library::edition::{next_change, withholding};
use crate::library::{Edition, Library, Withholding};
use crate::memory::{MadeOf, Remembered};
use crate::page::{self, Entries, Fingerprint, Page, Plan, Planned, Revised, View, World};
use crate::project::{Laid, Overrides, Project, SourceFile, changed_meanwhile};
use crate::render::Renderer;
use crate::rule;
use crate::site::{self, Stands, Written};
use crate::source::{ContentPath, Digest, Place, Status};
use crate::theme::Asset;
use crate::waiver::{Waiver, Waivers};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

mod again;
mod kept;

/// A site that has been read and understood, and what is wrong with it.
#[derive(Debug)]
pub struct Checked {
    /// The site's folder as it was read.
    pub project: Arc<Project>,
    /// All briefs together.
    pub library: Arc<Library>,
    /// All pages together.
    pub plan: Arc<Plan>,
    /// The facts of texts that were changed since the library was made, and in which others see nothing else.
    pub revised: Revised,
    /// Everything that is wrong, in the order it is reported.
    pub diagnostics: Arc<Vec<Diagnostic>>,
    /// The next instant of the day at which the site would be another.
    pub next_change: Option<Timestamp>,
    grounds: Grounds,
}

/// What a site was understood from: so much of the work need not be done again when some of its files have changed.
///
/// What was read of files that are not published is here too, and nowhere else: no page can be made of it.
#[derive(Debug)]
struct Grounds {
    /// What was wrong when the folder was opened.
    opening: Vec<Diagnostic>,
    /// What is wrong with the templates, and with the style of citations.
    rendering: Vec<Diagnostic>,
    /// What finds countries in the site's texts.
    finders: Arc<Finders>,
    /// What was read of each of the project's sources, in their order.
    read: Vec<Reading>,
    /// The first text that was no longer what it had been when its facts were read again.
    misread: Arc<OnceLock<ContentPath>>,
    /// Which edition of it.
    edition: Edition,
}

/// What was read of a file: its facts, or why there are none.
type Reading = Result<Dossier, Box<Diagnostic>>;

/// What a build made.
#[derive(Debug)]
pub struct Built {
    /// What the writer did.
    pub outcome: site::Outcome,
    /// The status of the record that it left.
    pub record: Option<Status>,
    /// The folder it did it in.
    pub folder: PathBuf,
    /// What the style of the site's sources has made of them, where it is not what was made before.
    pub styled: Option<String>,
    /// What each file of the plan was made of.
    pub made_of: Vec<Option<MadeOf>>,
}

/// What is known of an earlier build.
#[derive(Clone, Debug, Default)]
pub struct Before<'a> {
    /// The files that it left, by their places.
    pub files: BTreeMap<&'a str, &'a Remembered>,
    /// Whether they stand as it left them, and it would make the same now, but for pages with words of a revised text.
    pub is_seen_alike: bool,
}

/// Why a site was not written.
#[derive(Debug)]
pub enum Unbuilt {
    /// Pages could not be rendered: the templates' mistakes.
    Refused(Vec<Diagnostic>),
    /// The output could not be written.
    Unwritable(anyhow::Error),
}

/// Reads the site in `root` and finds everything that is wrong with it.
///
/// # Errors
///
/// When the machine refuses, or there is no site in the folder.
pub fn check(root: &Path, overrides: &Overrides, edition: &Edition) -> anyhow::Result<Checked> {
    check_under(root, Laid::new(), overrides, edition)
}

/// The same, some of its files as they would be with these texts.
///
/// # Errors
///
/// Those of [`check`].
pub fn check_under(
    root: &Path,
    laid: Laid,
    overrides: &Overrides,
    edition: &Edition,
) -> anyhow::Result<Checked> {
    let (project, diagnostics) = Project::open_under(root, laid, overrides)?;
    Ok(understand(project, diagnostics, edition, &|| ()))
}

/// The same, of a site that has been opened already. `advance` is told of each text that was read.
pub fn understand(
    project: Project,
    opening: Vec<Diagnostic>,
    edition: &Edition,
    advance: &(dyn Fn() + Sync),
) -> Checked {
    let finders = Arc::new(finders(&project));
    let read = |file| {
        let reading = read(file, &project, &finders);
        advance();
        reading
    };
    let read = project.sources.par_iter().map(read).collect();
    let rendering = Renderer::new(&project).1;
    let misread = Arc::default();
    let grounds = Grounds { opening, rendering, finders, read, misread, edition: *edition };
    concluded(Arc::new(project), grounds, edition)
}

/// What finds countries in the texts of a site.
fn finders(project: &Project) -> Finders {
    let languages = project.config.languages.iter().map(|language| &language.tag);
    // A site without texts need not wait for what reads them.
    let languages = languages.filter(|_| !project.sources.is_empty());
    Finders::new(&project.atlas, languages)
}

/// What the texts of a site have in common.
fn newsroom<'a>(project: &'a Project, finders: &'a Finders) -> Newsroom<'a> {
    Newsroom {
        language: &project.config.languages[0].tag,
        base_url: &project.config.base_url.value,
        bibliography: &project.bibliography,
        finders,
    }
}

/// Reads one file.
fn read(file: &SourceFile, project: &Project, finders: &Finders) -> Reading {
    let newsroom = newsroom(project, finders);
    let source = project.source(&file.path)?;
    Ok(brief::parse(&source, file.kind, newsroom).sharing_paths(&project.sources).into())
}

/// What follows from the facts of all files.
fn concluded(project: Arc<Project>, grounds: Grounds, edition: &Edition) -> Checked {
    let mut diagnostics = grounds.opening.clone();
    let mut briefs = Vec::with_capacity(grounds.read.len());
    let mut waivers = Waivers::default();
    for reading in &grounds.read {
        match reading {
            Ok(brief) => {
                diagnostics.extend_from_slice(&brief.diagnostics);
                waivers.add(&brief.path, brief.waivers.clone());
                briefs.push(brief.clone());
            }
            Err(diagnostic) => diagnostics.push((**diagnostic).clone()),
        }
    }
    for entry in project.bibliography.entries() {
        waivers.add(&entry.path, entry.reference.allow.clone());
    }
    let next_change = next_change(&briefs, edition);
    let mut to_come = ahead(&briefs, &project, edition);
    let (library, found) = Library::build(briefs, &project, edition);
    diagnostics.extend(found);
    diagnostics.extend(rule::run(&library, &project));
    let (plan, found) = page::plan(&library, &project);
    diagnostics.extend(found);
    diagnostics.extend_from_slice(&grounds.rendering);
    if !to_come.is_empty() {
        let told: BTreeSet<(&str, &Place)> =
            diagnostics.iter().map(|problem| (problem.code.id, &problem.place)).collect();
        to_come.retain(|problem| !told.contains(&(problem.code.id, &problem.place)));
        diagnostics.extend(to_come);
    }
    let (mut diagnostics, unused) = waivers.apply(diagnostics);
    diagnostics.extend(untold(unused, &library, &project));
    let mut diagnostics = judged(&project, diagnostics);
    report::order(&mut diagnostics);
    Checked {
        project,
        library: Arc::new(library),
        plan: Arc::new(plan),
        revised: Revised::default(),
        diagnostics: Arc::new(diagnostics),
        next_change,
        grounds,
    }
}

/// What would be wrong if the scheduled briefs came out today, as far as they have a part in it: what is found on the day
/// itself is found too late. They are checked in a library and a plan of their own, of which nothing else is kept.
fn ahead(briefs: &[Dossier], project: &Project, edition: &Edition) -> Vec<Diagnostic> {
    let is_scheduled =
        |brief: &&Dossier| matches!(withholding(brief, edition), Some(Withholding::Scheduled(_)));
    let scheduled: BTreeSet<&ContentPath> =
        briefs.iter().filter(is_scheduled).map(|brief| &brief.path).collect();
    if scheduled.is_empty() {
        return Vec::new();
    }
    let edition = Edition { scheduled: true, ..*edition };
    let (library, mut diagnostics) = Library::build(briefs.to_vec(), project, &edition);
    diagnostics.extend(rule::run(&library, project));
    diagnostics.extend(page::plan(&library, project).1);
    let has_a_part = |problem: &Diagnostic| {
        let related = problem.related.iter().map(|(place, _)| place);
        std::iter::once(&problem.place).chain(related).any(|place| scheduled.contains(&place.path))
    };
    diagnostics.retain(has_a_part);
    diagnostics
}

/// That these waivers waive nothing: those in files that were checked, of what the site would be told.
fn untold(unused: Vec<(ContentPath, Waiver)>, library: &Library, project: &Project) -> Vec<Diagnostic> {
    if unused.is_empty() {
        return Vec::new();
    }
    let documents = library.documents.iter().map(|document| &document.brief.path);
    let introductions = library.introductions.values().map(|introduction| &introduction.brief.path);
    let shared = project.bibliography.entries().iter().map(|entry| &entry.path);
    let scheduled = library.withheld.iter().filter(|it| matches!(it.why, Withholding::Scheduled(_)));
    let checked = documents.chain(introductions).chain(scheduled.map(|it| &it.path));
    let checked: BTreeSet<&ContentPath> = checked.chain(shared).collect();
    let is_told = |(path, waiver): &&(ContentPath, Waiver)| {
        checked.contains(path) && project.config.lints.severity(waiver.code).is_some()
    };
    unused.iter().filter(is_told).map(|(path, waiver)| waiver.unused(path.clone())).collect()
}

/// The diagnostics as grave as the site wants them; what it allows is dropped.
fn judged(project: &Project, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let judge = |diagnostic: Diagnostic| {
        let severity = project.config.lints.severity(diagnostic.code)?;
        Some(Diagnostic { severity, ..diagnostic })
    };
    diagnostics.into_iter().filter_map(judge).collect()
}

impl Checked {
    /// Whether there is an error, so that nothing is written.
    pub fn is_refused(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The files that the site will have, in the order of the plan.
    pub fn paths(&self) -> Vec<site::OutputPath> {
        self.plan.pages.iter().map(|planned| planned.output.clone()).collect()
    }

    /// Writes the site into `settings.folder`. Pages that would be what an earlier build made, as far as it is known what stands
    /// there `before`, are not made again. `advance` is told of each page.
    ///
    /// # Errors
    ///
    /// When a page can't be rendered, or the output can't be written; then nothing was changed.
    pub fn build(
        &self,
        settings: site::Settings<'_>,
        program: &str,
        before: &Before<'_>,
        advance: &(dyn Fn() + Sync),
    ) -> Result<Built, Unbuilt> {
        let (renderer, _) = Renderer::new(&self.project);
        let paths = self.paths();
        let look = self.look(program);
        let (library, config) = (&self.library, &self.project.config);
        let order = page::entries::order(&self.plan, library, config);
        let entries = Entries::new(&self.plan, library, config);
        let world = World { entries: Some(&entries), ..self.world() };
        let made_of: Vec<OnceLock<MadeOf>> = paths.iter().map(|_| OnceLock::new()).collect();
        let make = |index: usize, stands: &Stands<'_>| {
            let planned = &self.plan.pages[index];
            let known = before.files.get(planned.output.as_str());
            if let Some(file) = known.filter(|_| before.is_seen_alike && !self.shows_revised(planned)) {
                let _ = file.of.map(|of| made_of[index].set(of));
                return Ok(None);
            }
            let stands = stands();
            let stands_still =
                |file: &&&Remembered| stands.is_some() && file.status == stands && file.content.is_none();
            let known = known.filter(stands_still);
            let view = match self.content(world, planned)? {
                Content::Bytes(bytes) => return Ok(Some(bytes)),
                Content::View(view) => view,
            };
            let of = MadeOf { look, page: Fingerprint::of(&view, planned) };
            let _ = made_of[index].set(of);
            // What a style makes of sources is not in the view.
            if known.is_some_and(|file| file.of == Some(of)) && self.project.config.sources.style.is_none() {
                return Ok(None);
            }
            renderer.render(&view, planned).map(Some).map_err(Unmade::Mistake)
        };
        let folder = settings.folder.to_owned();
        let settings = site::Settings { order: &order, ..settings };
        match site::write(settings, &paths, &make, advance) {
            Ok(Written { outcome, record }) => {
                let before = self.project.styled_before();
                let styled = renderer.styled().filter(|styled| before != Some(styled.as_str()));
                let made_of = made_of.into_iter().map(OnceLock::into_inner).collect();
                Ok(Built { outcome, record, folder, styled, made_of })
            }
            Err(site::WriteError::Unmade(failures)) => Err(unmade(failures)),
            Err(error) => Err(Unbuilt::Unwritable(anyhow::anyhow!("{error}"))),
        }
    }

    fn world(&self) -> World<'_> {
        World {
            project: &self.project,
            library: &self.library,
            plan: &self.plan,
            revised: &self.revised,
            entries: None,
        }
    }

    /// Whether a page shows words of a text that was revised.
    fn shows_revised(&self, planned: &Planned) -> bool {
        page::shows_words(self.world(), planned, &|path| self.revised.contains_key(path))
    }

    /// What all pages are rendered with.
    fn look(&self, program: &str) -> Digest {
        let theme = &self.project.theme;
        let templates = theme.templates.iter().map(|(name, source)| (name, &source.text));
        Digest::of(&(program, templates.collect::<Vec<_>>(), &theme.strings))
    }

    /// The bytes of one file of the site.
    ///
    /// # Errors
    ///
    /// When it can't be rendered, or what it is made of can't be read or is no longer what was checked.
    pub fn make(&self, renderer: &Renderer<'_>, planned: &Planned) -> Result<Vec<u8>, Unmade> {
        match self.content(self.world(), planned)? {
            Content::Bytes(bytes) => Ok(bytes),
            Content::View(view) => renderer.render(&view, planned).map_err(Unmade::Mistake),
        }
    }

    /// What one file of the site holds: bytes that are copied, or what a page shows.
    fn content(&self, world: World<'_>, planned: &Planned) -> Result<Content, Unmade> {
        match &planned.page {
            Page::File(path) => return self.project.bytes(path).map(Content::Bytes).map_err(Unmade::Machine),
            Page::Theme(name) => {
                let bytes = match self.project.theme.assets.get(name) {
                    Some(Asset::Embedded(bytes)) => bytes.to_vec(),
                    Some(Asset::File(path)) => self.project.bytes(path).map_err(Unmade::Machine)?,
                    None => Vec::new(),
                };
                return Ok(Content::Bytes(bytes));
            }
            _ => {}
        }
        let view = page::view(world, planned).map_err(Unmade::Machine)?;
        if let Some(path) = self.grounds.misread.get() {
            return Err(Unmade::Machine(changed_meanwhile(path)));
        }
        let Some(view) = view else { unreachable!("only files are copied, and those were copied") };
        Ok(Content::View(Box::new(view)))
    }
}

/// What a file of the site holds.
enum Content {
    Bytes(Vec<u8>),
    View(Box<View>),
}

/// Why one file was not made.
#[derive(Debug)]
pub enum Unmade {
    /// Its template is mistaken.
    Mistake(Box<Diagnostic>),
    /// What it is made of can't be read, or is no longer what was checked.
    Machine(anyhow::Error),
}

/// The machine's refusal if there is one, or else all the mistakes, each once: one slip in a template shows on many pages.
fn unmade(failures: Vec<Unmade>) -> Unbuilt {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for failure in failures {
        match failure {
            Unmade::Machine(error) => return Unbuilt::Unwritable(error),
            Unmade::Mistake(diagnostic) => {
                let known = diagnostics
                    .iter()
                    .any(|known| known.place == diagnostic.place && known.message == diagnostic.message);
                if !known {
                    diagnostics.push(*diagnostic);
                }
            }
        }
    }
    report::order(&mut diagnostics);
    Unbuilt::Refused(diagnostics)
}
