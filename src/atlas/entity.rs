//! An entity: a country, a territory or an organisation.

use super::naming::{Naming, in_language};
use super::region::RegionId;
use crate::data::PartialDate;
use crate::language::LanguageTag;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A country, a territory or an organisation of one atlas.
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
    /// Those with which it shares a border on land, in the order of their keys.
    pub neighbours: Vec<EntityId>,
    /// When it was founded, of an organisation or of what is no more.
    pub from: Option<PartialDate>,
    /// The last day of what is no more.
    pub until: Option<PartialDate>,
    /// What came in the place of what is no more.
    pub successors: Vec<EntityId>,
    /// The members of an organisation, as declared, in the order of the table.
    pub members: Vec<Membership>,
    /// Whether a site gives it no page, and no place in its index.
    pub without_page: bool,
    /// Its official site, of an organisation.
    pub site: Option<String>,
    /// Names of persons and towns that decide for it where a form may mean several entities, in any language.
    pub signs: Vec<String>,
    /// What it is called.
    pub names: BTreeMap<LanguageTag, Naming>,
}

impl Entity {
    /// An entity of which nothing else is known yet.
    pub(super) fn new(key: EntityKey, kind: Kind) -> Self {
        Self {
            key,
            kind,
            codes: None,
            region: None,
            parent: None,
            neighbours: Vec::new(),
            from: None,
            until: None,
            successors: Vec::new(),
            members: Vec::new(),
            without_page: false,
            site: None,
            signs: Vec::new(),
            names: BTreeMap::new(),
        }
    }
}

/// That an entity is a member of an organisation, or something near it, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The entity.
    pub of: EntityId,
    /// Since when; nothing where that is not certain.
    pub from: Option<PartialDate>,
    /// Until when, that day included; nothing while it lasts.
    pub to: Option<PartialDate>,
    /// What it is to the organisation.
    pub status: MemberStatus,
    /// Where the dates are written.
    pub source: Option<String>,
    /// What a reader should know of it, by language.
    pub notes: BTreeMap<LanguageTag, String>,
}

impl Membership {
    /// That `of` is a member, since nobody knows when.
    pub(super) fn of(of: EntityId) -> Self {
        let (status, notes) = (MemberStatus::Member, BTreeMap::new());
        Self { of, from: None, to: None, status, source: None, notes }
    }

    /// What a reader should know of it, if that is said in `language`.
    pub fn note(&self, language: &LanguageTag) -> Option<&str> {
        let (spoken, note) = in_language(&self.notes, language)?;
        (spoken.primary() == language.primary()).then_some(note)
    }

    /// Whether it holds on `day`. What began on a day that is not certain has begun.
    pub fn holds(&self, day: Date) -> bool {
        let begun = self.from.and_then(PartialDate::start).is_none_or(|start| start <= day);
        begun && self.to.and_then(|to| to.end()).is_none_or(|end| day <= end)
    }
}

/// What an entity is to an organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MemberStatus {
    /// A member.
    #[default]
    Member,
    /// A member whose rights are suspended; it has a membership beside this.
    Suspended,
    /// An associate.
    Associate,
    /// A candidate.
    Candidate,
    /// A partner.
    Partner,
    /// An observer.
    Observer,
}

/// One entity of one atlas. Ids order as [`Atlas::iter`](super::Atlas::iter) does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
