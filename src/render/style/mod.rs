//! Sources printed in a style of the Citation Style Language, where a site chooses one instead of the templates of their kinds.
//!
//! Formatting a source takes a hundred times what a template takes, so each is formatted once in each language, and
//! remembered: a [`Memory`] goes into the renderer and comes out of it again, to be kept until the next build.
//! It holds words and how they are set, never markup.

#[cfg(feature = "csl")]
mod csl;
#[cfg(not(feature = "csl"))]
#[path = "absent.rs"]
mod csl;
mod memory;
mod run;

pub(super) use run::StyledNote;

use crate::config::{Config, SourceStyle};
use crate::diagnostic::{Diagnostic, code, nearest};
use crate::language::LanguageTag;
use crate::page::view::SourceView;
use crate::project::Project;
use memory::Memory;
use run::Run;
use std::sync::Mutex;

/// The style a site prints its sources in.
#[derive(Debug)]
pub(super) struct Stylist {
    style: csl::Style,
    memory: Mutex<Memory>,
}

/// Why there is no style: what is wrong with the setting, and what to do.
struct Refused {
    problem: String,
    help: String,
}

impl Stylist {
    /// The style that `site.toml` names, if it names one.
    pub(super) fn of(project: &Project) -> Result<Option<Self>, Box<Diagnostic>> {
        let Some(chosen) = &project.config.sources.style else { return Ok(None) };
        let (style, source) = match &chosen.value {
            SourceStyle::Named(name) => (csl::named(name), name.clone()),
            SourceStyle::File(path) => match project.source(path) {
                Ok(source) => (csl::parsed(&source.text), source.text),
                Err(unread) => return Err(Box::new(refused(&project.config, &unread.message))),
            },
        };
        let style = style
            .map_err(|refusal| Box::new(refused(&project.config, &refusal.problem).help(refusal.help)))?;
        Ok(Some(Self { style, memory: Mutex::new(Memory::read(project.styled_before(), &source)) }))
    }

    /// What the style makes of a source, for a page in `language`; nothing where it has nothing to say of it.
    pub(super) fn note(&self, source: &SourceView, language: &LanguageTag) -> Option<StyledNote> {
        let item = source.csl.as_deref()?;
        let remembered = self.memory().recall(language, item);
        let runs = remembered.unwrap_or_else(|| {
            let runs = self.style.format(item, language);
            self.memory().remember(language, item, runs.clone());
            runs
        });
        StyledNote::of(runs, &source.title, self.style.prints_places())
    }

    /// What is to be kept for the next build.
    pub(super) fn remembered(&self) -> String {
        self.memory().written()
    }

    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        // Each change of it is one insertion: it is whole even where a thread has fallen.
        self.memory.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

fn refused(config: &Config, problem: &str) -> Diagnostic {
    let span = config.sources.style.as_ref().map(|style| style.span).unwrap_or_default();
    Diagnostic::new(&code::BAD_VALUE, config.place(span), problem)
}

/// Of a style's name that is not known, the nearest that are.
#[cfg_attr(not(feature = "csl"), expect(dead_code, reason = "without styles there are no names"))]
fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Refused {
    let help = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "known are {}; any other is a file of the site whose name ends with `.csl`",
            known.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        ),
    };
    Refused { problem: format!("no style of citations is called {}", crate::data::in_message(name)), help }
}
