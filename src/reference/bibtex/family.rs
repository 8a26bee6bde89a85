//! Entries and those they take fields from: the whole that a part belongs to (`crossref`), and data shared by many
//! (`xdata`).

use super::syntax::Entry;
use crate::data::Spanned;
use crate::reference::label;
use compact_str::CompactString;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The entries of a file by their labels.
pub(super) struct Index<'e, 'a>(BTreeMap<CompactString, &'e Entry<'a>>);

/// An entry, and those it takes from, the nearest first.
pub(super) struct Family<'e, 'a> {
    pub entry: &'e Entry<'a>,
    elders: Vec<(Tie, &'e Entry<'a>)>,
    /// The labels that it takes from and no entry has.
    pub missing: Vec<Spanned<String>>,
}

/// How an entry is bound to one that it takes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// It is a part of it.
    Part,
    /// The other holds data for it.
    Data,
}

/// Whom an entry may take from, at most: enough for any that people write, and a bound for those that nobody does.
const MOST_ELDERS: usize = 16;

/// What belongs to an entry alone and not to its parts. An address above all: two parts with one address would be one source.
const OWN: [&str; 22] = [
    "title",
    "subtitle",
    "titleaddon",
    "shorttitle",
    "entrysubtype",
    "type",
    "keywords",
    "url",
    "urldate",
    "howpublished",
    "doi",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "archiveurl",
    "archivedate",
    "pages",
    "number",
    "ids",
    "crossref",
    "xref",
    "xdata",
];

impl<'e, 'a> Index<'e, 'a> {
    pub fn of(entries: &'e [Entry<'a>]) -> Self {
        let mut index = BTreeMap::new();
        for entry in entries {
            index.entry(label::key(&entry.label.value)).or_insert(entry);
        }
        Self(index)
    }

    pub fn family(&self, entry: &'e Entry<'a>) -> Family<'e, 'a> {
        let mut family = Family { entry, elders: Vec::new(), missing: Vec::new() };
        let mut met = BTreeSet::from([label::key(&entry.label.value)]);
        let mut next = 0;
        let mut current = (Tie::Data, entry);
        loop {
            for (tie, named) in elders_of(current.1) {
                // The part of a part is a part: only data of one's own data is one's own.
                let tie = if current.0 == Tie::Part { Tie::Part } else { tie };
                let key = label::key(&named.value);
                match self.0.get(&key) {
                    None if current.1.label == entry.label => family.missing.push(named),
                    Some(elder) if family.elders.len() < MOST_ELDERS && met.insert(key) => {
                        family.elders.push((tie, elder));
                    }
                    _ => {}
                }
            }
            let Some(elder) = family.elders.get(next) else { return family };
            current = *elder;
            next += 1;
        }
    }
}

/// The labels that an entry says it takes from, no more than may be followed.
fn elders_of(entry: &Entry<'_>) -> Vec<(Tie, Spanned<String>)> {
    let named = |name: &str, tie: Tie| {
        let field = entry.fields.get(name).and_then(Option::as_ref);
        let labels = field.into_iter().flat_map(|field| {
            field
                .value
                .split(',')
                .take(MOST_ELDERS)
                .map(|label| Spanned::new(label.trim().to_owned(), field.span))
        });
        labels.filter(|label| !label.value.is_empty()).map(move |label| (tie, label)).collect::<Vec<_>>()
    };
    [named("xdata", Tie::Data), named("crossref", Tie::Part)].concat()
}

impl<'a> Family<'_, 'a> {
    /// A field of the entry, or of the nearest that it takes it from.
    pub fn field(&self, name: &str) -> Option<&Spanned<Cow<'a, str>>> {
        let own = read(self.entry, name);
        own.or_else(|| self.elders.iter().find_map(|(tie, elder)| taken(*tie, elder, name)))
    }
}

fn read<'e, 'a>(entry: &'e Entry<'a>, name: &str) -> Option<&'e Spanned<Cow<'a, str>>> {
    entry.fields.get(name)?.as_ref().filter(|field| !field.value.trim().is_empty())
}

/// What an entry gives for the field `name`. The title of a whole is where its parts were published.
fn taken<'e, 'a>(tie: Tie, elder: &'e Entry<'a>, name: &str) -> Option<&'e Spanned<Cow<'a, str>>> {
    match (tie, name) {
        (Tie::Data, _) => read(elder, name),
        (Tie::Part, "booktitle") if elder.kind.value != "periodical" => read(elder, "title"),
        (Tie::Part, "journaltitle") if elder.kind.value == "periodical" => read(elder, "title"),
        (Tie::Part, name) if OWN.contains(&name) => None,
        (Tie::Part, name) => read(elder, name),
    }
}
