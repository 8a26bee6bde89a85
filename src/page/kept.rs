//! A plan as a build keeps it for the next one: what can't be told from the rest of it.

use super::plan::{MenuTarget, main_parts};
use super::{Address, OutputPath, Page, Plan, Planned, Subject};
use crate::config::Config;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A plan without what follows from the rest.
#[derive(Debug, Serialize, Deserialize)]
pub struct KeptPlan<'a> {
    pages: Vec<(Cow<'a, Address>, Cow<'a, Page>)>,
    documents: Cow<'a, [Address]>,
    lists: Cow<'a, BTreeMap<Subject, Address>>,
    menu: Cow<'a, [MenuTarget]>,
}

impl Plan {
    /// What is to be kept of it.
    pub fn kept(&self) -> KeptPlan<'_> {
        let Self { pages, documents, lists, files: _, menu, main: _ } = self;
        KeptPlan {
            pages: pages
                .iter()
                .map(|Planned { address, output: _, page }| (Cow::Borrowed(address), Cow::Borrowed(page)))
                .collect(),
            documents: documents.into(),
            lists: Cow::Borrowed(lists),
            menu: menu.into(),
        }
    }
}

impl KeptPlan<'_> {
    /// The plan, of a site with these settings; nothing if one of its pages has no place in an output.
    pub fn whole(self, config: &Config) -> Option<Plan> {
        let planned = |(address, page): (Cow<'_, Address>, Cow<'_, Page>)| {
            let output = OutputPath::new(&address.file())?;
            Some(Planned { address: address.into_owned(), output, page: page.into_owned() })
        };
        let pages: Vec<Planned> = self.pages.into_iter().map(planned).collect::<Option<_>>()?;
        Some(Plan {
            main: main_parts(config, &self.lists),
            files: pages.iter().map(|planned| planned.address.clone()).collect(),
            pages,
            documents: self.documents.into_owned(),
            lists: self.lists.into_owned(),
            menu: self.menu.into_owned(),
        })
    }
}
