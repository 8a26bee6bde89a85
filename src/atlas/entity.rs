//! An entity: a country, a territory or an organisation.

use super::naming::Naming;
use super::region::RegionId;
use crate::language::LanguageTag;
use serde::Deserialize;
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A country, a territory or an organisation of one atlas.
///
/// Its capital, the seats of its government and its neighbours will stand here too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What it is known by in files, the same in every language.
    pub key: EntityKey,
    /// What sort of entity it is.
    pub kind: Kind,
    /// Its codes of ISO 3166-1, where it has any.
    pub codes: Option<Codes>,
    /// Where in the world it is, unless it is nowhere in particular.
    pub region: Option<RegionId>,
    /// What it is a part of, or administered by.
    pub parent: Option<EntityId>,
    /// The members of an organisation, as declared.
    pub members: Vec<EntityId>,
    /// What it is called.
    pub names: BTreeMap<LanguageTag, Naming>,
}

/// One entity of one atlas. Ids order as [`Atlas::iter`](super::Atlas::iter) does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(u32);

impl EntityId {
    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("an atlas has fewer than four billion entities"))
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What an entity is known by in files: `KZ`, its alpha-2 code, for a country; `haut-karabagh` for a territory a site
/// declares; `org:otsc` for an organisation, so that none can be taken for a country.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey(Arc<str>);

impl EntityKey {
    pub(super) fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The key as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// Equal and ordered as the text is, which is what `Borrow` asks.
impl Borrow<str> for EntityKey {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntityKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Debug for EntityKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", &*self.0)
    }
}

/// What sort of entity one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A state, or what many states deal with as one.
    State,
    /// A territory that another entity administers, or none.
    Territory,
    /// A territory whose belonging is disputed.
    Disputed,
    /// A state or territory that is no more.
    Historical,
    /// An organisation of other entities.
    Organisation,
}

/// The codes of ISO 3166-1, or the user-assigned ones of Kosovo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// Two capital letters: `KZ`.
    pub alpha2: String,
    /// Three capital letters: `KAZ`.
    pub alpha3: String,
    /// Three digits: `398`.
    pub numeric: Option<String>,
}
