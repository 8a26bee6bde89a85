//! A link to the site's own page or file by its whole URL: it is not checked, and leads out of a preview or a copy.

use crate::brief::body::OwnAddress;
use crate::brief::link::{percent_decoded, percent_encoded};
use crate::brief::{Brief, Passage};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Fix, code};
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
            let own = facts.own_addresses.iter();
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
    let (written, is_same) = instead(brief, &own.address, pages);
    if !own.is_destination {
        return problem.help(format!("write `[…]({written})`"));
    }
    let mend = brief.mend(passage, own.range.clone(), &written);
    let mend = if is_same { mend.map(Fix::safe) } else { mend };
    problem.help(format!("write `{written}`")).mend(mend)
}

/// What to write instead of a URL, and whether it surely leads to the same place: the path of the file whose page it is, or
/// the address from the root.
fn instead(brief: &Brief, address: &str, pages: &BTreeMap<String, &Document>) -> (String, bool) {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = path.split_once('?').map_or(path, |(path, _)| path);
    let page = percent_decoded(path.strip_suffix("index.html").unwrap_or(path));
    let Some(document) = pages.get(&(page.trim_end_matches('/').to_owned() + "/")) else {
        return (address.to_owned(), false);
    };
    let found = percent_encoded(&relative(&brief.path, &document.brief.path));
    match fragment {
        "" => (found, true),
        fragment => (format!("{found}#{fragment}"), document.brief.has_anchor(&percent_decoded(fragment))),
    }
}
