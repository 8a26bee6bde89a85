//! The briefs of one language by country, topic, author and series, each list newest first.

use super::{Document, DocumentId, LanguageId};
use crate::atlas::EntityId;
use crate::config::Config;
use crate::data::Spanned;
use crate::diagnostic::{Diagnostic, code};
use crate::language::slug;
use crate::project::Project;
use crate::source::Place;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One language's lists.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Groups {
    /// All its briefs.
    pub all: Vec<DocumentId>,
    /// By country declared, whether as the lead one or not.
    pub countries: BTreeMap<EntityId, Vec<DocumentId>>,
    /// By organisation declared.
    pub organisations: BTreeMap<EntityId, Vec<DocumentId>>,
    /// By country or organisation that they mention for certain and do not declare.
    pub mentions: BTreeMap<EntityId, Vec<DocumentId>>,
    /// By topic, under the topic's slug.
    pub topics: BTreeMap<String, Group>,
    /// By author, under the name's slug.
    pub authors: BTreeMap<String, Group>,
    /// By series, under the series' slug.
    pub series: BTreeMap<String, Group>,
}

/// The briefs that share a word of their front matter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    /// The word as the oldest brief writes it.
    pub name: String,
    /// The briefs, newest first.
    pub briefs: Vec<DocumentId>,
}

impl Groups {
    /// The briefs that declare a country or an organisation.
    pub fn declaring(&self, entity: EntityId) -> &[DocumentId] {
        let found = self.countries.get(&entity).or_else(|| self.organisations.get(&entity));
        found.map(Vec::as_slice).unwrap_or_default()
    }

    /// The briefs that mention an entity for certain and do not declare it.
    pub fn mentioning(&self, entity: EntityId) -> &[DocumentId] {
        self.mentions.get(&entity).map(Vec::as_slice).unwrap_or_default()
    }

    /// The organisations that have a page: those that briefs declare or mention, and those that the site itself declares.
    pub fn with_page(&self, project: &Project) -> BTreeSet<EntityId> {
        let (config, atlas) = (&project.config, &project.atlas);
        let of_the_site = config.organisations.iter();
        let of_the_site = of_the_site.filter_map(|own| atlas.by_key(&format!("org:{}", own.key.value)));
        let mentioned = self.mentions.keys().copied().filter(|&entity| atlas.is_organisation(entity));
        self.organisations.keys().copied().chain(mentioned).chain(of_the_site).collect()
    }
}

/// The lists of every language of the site, of `briefs` in the order of the timeline.
pub fn gather(briefs: &[Document], config: &Config, diagnostics: &mut Vec<Diagnostic>) -> Vec<Groups> {
    let mut groups: Vec<Groups> = LanguageId::all(config).map(|_| Groups::default()).collect();
    for (index, document) in briefs.iter().enumerate() {
        let id = DocumentId::new(index);
        let own = &mut groups[document.language.index()];
        own.all.push(id);
        for &country in &document.countries {
            own.countries.entry(country).or_default().push(id);
        }
        for &organisation in &document.organisations {
            own.organisations.entry(organisation).or_default().push(id);
        }
        for &entity in &document.mentions {
            own.mentions.entry(entity).or_default().push(id);
        }
        let front = &document.brief.front;
        let mut word = |map: &mut BTreeMap<String, Group>, word: &Spanned<String>| {
            if let Err(problem) = add(map, id, &word.value) {
                let place = Place { path: document.brief.path.clone(), span: word.span };
                diagnostics.push(Diagnostic::new(&code::BAD_VALUE, place, problem));
            }
        };
        front.topics.iter().for_each(|topic| word(&mut own.topics, topic));
        front.authors.iter().for_each(|author| word(&mut own.authors, author));
        front.series.iter().for_each(|series| word(&mut own.series, series));
    }
    groups
}

/// Adds a brief to the group called `name`. Two spellings with one slug are one group, under the older brief's spelling.
fn add(groups: &mut BTreeMap<String, Group>, id: DocumentId, name: &str) -> Result<(), String> {
    let name = name.trim();
    let key = slug(name);
    if key.is_empty() {
        return Err(format!("`{name}` has no letter or digit to make an address of"));
    }
    let group = groups.entry(key).or_insert_with(|| Group { name: name.to_owned(), briefs: Vec::new() });
    if group.briefs.last() != Some(&id) {
        group.briefs.push(id);
    }
    // The timeline goes back in time: the last word is the oldest brief's.
    if group.name != name {
        name.clone_into(&mut group.name);
    }
    Ok(())
}
