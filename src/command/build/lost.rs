//! Addresses that the last build published and this one lacks.

use crate::diagnostic::{Diagnostic, code};
use crate::page::{Address, Page};
use crate::pipeline::Checked;
use crate::site::OutputPath;
use crate::source::{ContentPath, Place, Span};
use std::collections::BTreeSet;

/// A diagnostic for each page that stood in the output, as far as it was `written` by the last build, and has no successor: no
/// page, and no alias that leads on. The further pages of a list, and briefs that are over or not yet to be shown, die as they should.
pub(super) fn addresses(checked: &Checked, written: &[OutputPath]) -> Vec<Diagnostic> {
    let severity = checked.project.config.lints.severity(&code::LOST_ADDRESS);
    let Some(severity) = severity else { return Vec::new() };
    let now: BTreeSet<&str> = checked.plan.pages.iter().map(|planned| planned.output.as_str()).collect();
    let before: BTreeSet<&str> = written.iter().map(OutputPath::as_str).collect();
    let withheld: BTreeSet<&str> = checked.library.withheld.iter().map(|it| it.slug.as_str()).collect();
    let lost = before.iter().filter(|path| !now.contains(*path)).filter_map(|path| folder(path));
    let is_missed = |folder: &&str| {
        let name = folder.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        !withheld.contains(name) && !is_further_page(folder, &before)
    };
    lost.filter(is_missed)
        .map(|folder| Diagnostic { severity, ..told(&Address::new(format!("/{folder}")), checked) })
        .collect()
}

/// The folder of which a path is the page: of `briefs/x/index.html`, `briefs/x/`.
fn folder(path: &str) -> Option<&str> {
    path.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// Whether `pays/chili/page/2/` is a page of the list at `pays/chili/`, which stood there too.
fn is_further_page(folder: &str, before: &BTreeSet<&str>) -> bool {
    let mut parts = folder.trim_end_matches('/').rsplitn(3, '/');
    let is_number = parts.next().is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    let (_, list) = (parts.next(), parts.next());
    is_number && list.is_some_and(|list| before.contains(format!("{list}/index.html").as_str()))
}

fn told(address: &Address, checked: &Checked) -> Diagnostic {
    let Some(settings) = ContentPath::new("site.toml") else { unreachable!("`site.toml` is a path") };
    let place = Place { path: settings, span: Span::default() };
    let message = format!("the last build published `{address}`, and this one has no page there");
    let problem = Diagnostic::new(&code::LOST_ADDRESS, place, message);
    let pages = checked.plan.pages.iter();
    let documents = pages.filter(|planned| matches!(planned.page, Page::Document(_)));
    match crate::diagnostic::nearest(address.as_str(), documents.map(|planned| planned.address.as_str())) {
        Some(near) => problem.help(format!(
            "if the page is now `{near}`, say so in its front matter: `aliases = [\"{address}\"]`"
        )),
        None => problem.help(format!(
            "if it stands elsewhere now, write `aliases = [\"{address}\"]` into its front matter; if it is gone for good, build once more"
        )),
    }
}
