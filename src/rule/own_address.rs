//! A link to the site's own page or file by its whole URL: it is not checked, and leads out of a preview or a copy.

use crate::brief::body::OwnAddress;
use crate::brief::link::{percent_decoded, percent_encoded};
use crate::brief::{Brief, Passage};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::library::links::relative;
use crate::library::{Document, Library};
use std::cell::LazyCell;
use std::collections::BTreeMap;

pub(super) fn check(library: &Library, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    // Few briefs have one: what it takes to find its page is made for the first that has.
    let pages = LazyCell::new(|| pages(library, config));
    let documents = library.documents.iter().map(|document| &document.brief);
    let introductions = library.introductions.values().map(|introduction| &introduction.brief);
    for brief in documents.chain(introductions) {
        for (passage, facts) in &brief.passages {
            let own = facts.remarks().own_addresses.iter();
            diagnostics.extend(own.map(|own| problem(brief, *passage, own, &pages)));
        }
    }
}

/// Every document by its address, and by those it had.
fn pages<'a>(library: &'a Library, config: &Config) -> BTreeMap<String, &'a Document> {
    let documents = || library.documents.iter().filter(|document| document.is_in_its_language(config));
    let former = documents().flat_map(|document| {
        let aliases = document.brief.front.aliases.iter();
        aliases.map(move |alias| (alias.value.trim_end_matches('/').to_owned() + "/", document))
    });
    former.chain(documents().map(|document| (document.address(config), document))).collect()
}

fn problem(
    brief: &Brief,
    passage: Passage,
    own: &OwnAddress,
    pages: &BTreeMap<String, &Document>,
) -> Diagnostic {
    let message = "this link leads to the site itself by its whole URL";
    let problem = Diagnostic::new(&code::OWN_ADDRESS, brief.place(passage, own.range.clone()), message);
    let instead = instead(brief, &own.address, pages);
    let written = instead.as_ref().map_or(own.address.as_str(), |(written, _)| written);
    if !own.is_destination {
        return problem.help(format!("write `[…]({written})`"));
    }
    let mend = instead.as_ref().and_then(|(written, is_same)| {
        let mend = brief.mend(passage, own.range.clone(), written)?;
        Some(if *is_same { mend.safe() } else { mend })
    });
    problem.help(format!("write `{written}`")).mend(mend)
}

/// What to write instead of the URL of a document's page, the path of its file, and whether it surely leads to the same
/// place; `None` where no document is known to stand at the address.
fn instead(brief: &Brief, address: &str, pages: &BTreeMap<String, &Document>) -> Option<(String, bool)> {
    let (before, fragment) = address.split_once('#').unwrap_or((address, ""));
    let (path, query) = before.split_at(before.find('?').unwrap_or(before.len()));
    let page = percent_decoded(path.strip_suffix("index.html").unwrap_or(path));
    let document = pages.get(&(page.trim_end_matches('/').to_owned() + "/"))?;
    let found = percent_encoded(&relative(&brief.path, &document.brief.path)) + query;
    Some(match fragment {
        "" => (found, true),
        fragment => (format!("{found}#{fragment}"), document.brief.has_anchor(&percent_decoded(fragment))),
    })
}
