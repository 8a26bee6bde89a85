//! What a build is to write: a site that was read anew, or the last one with other words in some of its texts.

use super::{Building, lost};
use crate::command::check::{counts, pages};
use crate::diagnostic::{Diagnostic, Severity, report};
use crate::memory::{Memory, Told, Understood};
use crate::pipeline::Checked;
use crate::site;
use crate::source::ContentPath;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A site that is to be written, and what is to be told of it.
pub(super) struct Site {
    pub checked: Checked,
    pub folder: PathBuf,
    pub told: Told,
    /// What the next build tells where nothing has changed. An address is lost once.
    pub told_next: Told,
    /// What is wrong with the site, lost addresses aside.
    pub lasting: Arc<Vec<Diagnostic>>,
    /// What is known already of what was understood, where it is kept.
    pub understood: Option<Understood>,
    /// Whether the last build would make the same, but for pages with words of a revised text.
    pub is_seen_alike: bool,
}

impl Building<'_> {
    /// Reads all of it.
    pub(super) fn anew(self) -> anyhow::Result<Site> {
        let checked = self.arguments.edition.check(self.root, self.terminal)?;
        let output = checked.project.config.output.as_str();
        let folder = self.arguments.output.clone().unwrap_or_else(|| self.root.join(output));
        not_among_sources(self.root, &folder)?;
        let (told_next, lasting) = (told(&checked), Arc::clone(&checked.diagnostics));
        let checked = with_lost_addresses(checked, &folder);
        let told = told(&checked);
        Ok(Site { checked, folder, told, told_next, lasting, understood: None, is_seen_alike: false })
    }

    /// Goes on with what the last build understood, where only texts have changed and others see in them what they saw.
    pub(super) fn restored(
        self,
        memory: &Memory,
        output: &Path,
        changed: &[&str],
    ) -> anyhow::Result<Option<Site>> {
        let changed: Option<BTreeSet<ContentPath>> =
            changed.iter().map(|path| ContentPath::new(path).filter(ContentPath::is_text)).collect();
        let known = memory.understood.as_ref().zip(changed);
        let Some((understood, changed)) = known else { return Ok(None) };
        let Some(rest) = understood.rest(output) else { return Ok(None) };
        let overrides = self.arguments.edition.overrides();
        let restored =
            Checked::restored(self.root, &overrides, self.edition, &rest, &understood.texts, &changed)?;
        let site = |checked: Checked| {
            let understood = checked.texts().map(|texts| understood.with_texts(texts));
            Site {
                folder: output.to_owned(),
                told: memory.told.clone(),
                told_next: memory.told.clone(),
                lasting: Arc::clone(&checked.diagnostics),
                understood,
                is_seen_alike: true,
                checked,
            }
        };
        Ok(restored.map(site))
    }
}

/// The site, and which addresses of the last build it lost.
fn with_lost_addresses(mut checked: Checked, folder: &Path) -> Checked {
    let lost = lost::addresses(&checked, &site::written(folder));
    if !lost.is_empty() {
        let mut diagnostics = checked.diagnostics.to_vec();
        diagnostics.extend(lost);
        report::order(&mut diagnostics);
        checked.diagnostics = Arc::new(diagnostics);
    }
    checked
}

/// What the build tells of a site: warnings, and how many suggestions there are, which `check` lists.
fn told(checked: &Checked) -> Told {
    let diagnostics = checked.diagnostics.iter();
    Told {
        diagnostics: diagnostics.filter(|it| it.severity < Severity::Suggestion).cloned().collect(),
        pages: pages(checked),
        counts: counts(checked),
    }
}

/// Refuses a folder in which the site's own sources stand: the next build would take the output for one.
fn not_among_sources(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (root, folder) = (absolute(root), absolute(folder));
    let sources = ["content", "static", "themes", "templates", "i18n"].map(|name| root.join(name));
    let among = sources.iter().any(|source| folder.starts_with(source)) || folder == root;
    anyhow::ensure!(
        !among,
        "`{}` can't be the output: the sources stand there; name a folder of its own",
        folder.display()
    );
    Ok(())
}
