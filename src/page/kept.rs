//! A plan as a build keeps it for the next one: what can't be told from the rest of it.

use super::plan::{MenuTarget, main_parts};
use super::{Address, Plan, Planned, Subject};
use crate::config::Config;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A plan without what follows from the rest.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptPlan<'a> {
    pages: Cow<'a, [Planned]>,
    documents: Cow<'a, [Address]>,
    lists: Cow<'a, FxHashMap<Subject, Address>>,
    menu: Cow<'a, [MenuTarget]>,
}

impl Plan {
    /// What is to be kept of it.
    pub fn kept(&self) -> KeptPlan<'_> {
        let Self { pages, documents, lists, files: _, menu, main: _ } = self;
        KeptPlan {
            pages: pages.into(),
            documents: documents.into(),
            lists: Cow::Borrowed(lists),
            menu: menu.into(),
        }
    }
}

impl KeptPlan<'_> {
    /// The plan, of a site with these settings.
    pub fn whole(self, config: &Config) -> Plan {
        Plan {
            main: main_parts(config, &self.lists),
            files: self.pages.iter().map(|planned| planned.address.clone()).collect(),
            pages: self.pages.into_owned(),
            documents: self.documents.into_owned(),
            lists: self.lists.into_owned(),
            menu: self.menu.into_owned(),
        }
    }
}
