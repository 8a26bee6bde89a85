//! The entries of feeds while a site is made: each is made once, for its brief's page and for all feeds that show it.

use super::view::SharedEntry;
use super::{Page, Plan, Planned, feed};
use crate::config::Config;
use crate::library::{DocumentId, Library};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// What is still to be shown by feeds. An entry is kept from when it is made to when the last of them has it.
#[derive(Debug)]
pub struct Entries(Mutex<BTreeMap<DocumentId, Awaited>>);

/// A brief that feeds are still to show.
#[derive(Debug, Default)]
struct Awaited {
    /// How many files are to show it.
    files: usize,
    entry: Option<Arc<SharedEntry>>,
}

/// The order in which the files of a plan are made, by their indexes: each feed after the pages of its briefs, so that little is
/// kept between these and it.
pub fn order(plan: &Plan, library: &Library, config: &Config) -> Vec<usize> {
    let pages = plan.pages.iter().enumerate();
    let mut own = vec![None; library.documents.len()];
    for (index, planned) in pages.clone() {
        if let Page::Document(id) = planned.page {
            own[id.index()] = Some(index);
        }
    }
    let mut order = Vec::with_capacity(plan.pages.len());
    for (index, planned) in pages.clone() {
        let Page::Feed(feed, _) = &planned.page else { continue };
        order.extend(feed::newest(library, config, feed).iter().filter_map(|id| own[id.index()].take()));
        order.push(index);
    }
    let is_left = |(index, planned): &(usize, &Planned)| match &planned.page {
        Page::Document(id) => own[id.index()] == Some(*index),
        page => !matches!(page, Page::Feed(..)),
    };
    order.extend(pages.filter(is_left).map(|(index, _)| index));
    order
}

impl Entries {
    /// Those of all feeds of a plan.
    pub fn new(plan: &Plan, library: &Library, config: &Config) -> Self {
        let mut awaited: BTreeMap<DocumentId, Awaited> = BTreeMap::new();
        for planned in &plan.pages {
            let Page::Feed(feed, _) = &planned.page else { continue };
            for &id in feed::newest(library, config, feed) {
                awaited.entry(id).or_default().files += 1;
            }
        }
        Self(Mutex::new(awaited))
    }

    /// The entry of a brief, for one file that shows it.
    ///
    /// # Errors
    ///
    /// Those of `make`.
    pub(super) fn take<E>(
        &self,
        id: DocumentId,
        make: impl FnOnce() -> Result<SharedEntry, E>,
    ) -> Result<Arc<SharedEntry>, E> {
        let kept = self.with(|awaited| awaited.get(&id).and_then(|found| found.entry.clone()));
        let entry = match kept {
            Some(entry) => entry,
            None => Arc::new(make()?),
        };
        Ok(self.with(|awaited| {
            let Some(found) = awaited.get_mut(&id) else { return entry };
            // Another thread may have made it meanwhile.
            let entry = Arc::clone(found.entry.get_or_insert(entry));
            found.files -= 1;
            if found.files == 0 {
                awaited.remove(&id);
            }
            entry
        }))
    }

    /// The entry of a brief, if a file is still to show it; for that it is kept.
    pub(super) fn keep(
        &self,
        id: DocumentId,
        make: impl FnOnce() -> SharedEntry,
    ) -> Option<Arc<SharedEntry>> {
        let kept = self.with(|awaited| awaited.get(&id).map(|found| found.entry.clone()))?;
        let entry = kept.unwrap_or_else(|| Arc::new(make()));
        self.with(|awaited| awaited.get_mut(&id).map(|found| Arc::clone(found.entry.get_or_insert(entry))))
    }

    fn with<R>(&self, then: impl FnOnce(&mut BTreeMap<DocumentId, Awaited>) -> R) -> R {
        then(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
