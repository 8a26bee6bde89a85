//! What we know of the world: countries, territories and organisations, their names in each language, and how a sentence
//! speaks of them.
//!
//! [`Atlas::world`] is what is built in: `world/`, one entity at one place, organisations and `regions.toml`. A site's own
//! [`Declaration`]s are laid over it. What a writer wrote is looked up by [`Atlas::find`]; what a page prints comes from
//! [`Atlas::name`] and [`Atlas::phrase`]. What a map is drawn from is [`Outlines`].

mod spelling;
mod naming;
mod region;
mod entity;
mod phrase;
mod world;
mod lookup;
pub mod mention;
mod homonym;
pub mod declaration;
pub mod outline;

pub use declaration::Declaration;
pub use entity::{Codes, Entity, EntityId, EntityKey, Kind, MemberStatus, Membership};
pub use lookup::Lookup;
pub use mention::{Finder, Mentions};
pub use naming::Naming;
pub use outline::Outlines;
pub use phrase::Form;
pub use region::{Continent, ContinentId, Region, RegionId};

use crate::language::LanguageTag;
use lookup::Spellings;
use naming::in_language;
use region::Regions;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// States of whose capital nothing is printed: the status of Jerusalem is not settled.
const DISPUTED_CAPITALS: [&str; 2] = ["IL", "PS"];

/// Every entity a site can speak of. Ids, of entities and of regions, belong to one atlas.
#[derive(Clone, Debug)]
pub struct Atlas {
    entities: Vec<Arc<Entity>>,
    regions: Regions,
    keys: BTreeMap<EntityKey, EntityId>,
    alpha3: BTreeMap<String, EntityId>,
    spellings: Spellings,
    /// Whether a site has added to it.
    is_declared: bool,
}

/// What is built in, read once.
static WORLD: LazyLock<Atlas> = LazyLock::new(Atlas::read);

impl Atlas {
    /// The countries, territories and organisations that are built in.
    pub fn world() -> Self {
        WORLD.clone()
    }

    /// Whether it is what is built in and nothing else.
    pub(crate) fn is_world(&self) -> bool {
        !self.is_declared
    }

    fn read() -> Self {
        let regions = world::regions();
        let mut atlas = Self {
            entities: Vec::new(),
            keys: BTreeMap::new(),
            alpha3: BTreeMap::new(),
            spellings: Spellings::default(),
            regions,
            is_declared: false,
        };
        for entity in world::entities(&atlas.regions) {
            let id = atlas.add(entity);
            atlas.spell(id);
        }
        atlas
    }

    /// The entity `id` stands for.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// Every entity: countries and territories by code, then those the site declares, as declared.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        self.entities.iter().enumerate().map(|(index, entity)| (EntityId::new(index), &**entity))
    }

    /// The entity with exactly this key.
    pub fn by_key(&self, key: &str) -> Option<EntityId> {
        self.keys.get(key).copied()
    }

    /// Whether the entity is an organisation.
    pub fn is_organisation(&self, id: EntityId) -> bool {
        self.get(id).kind == Kind::Organisation
    }

    /// The usual name, alone: « Kazakhstan ». Where `language` has none, English stands in, then any language there is.
    pub fn name(&self, id: EntityId, language: &LanguageTag) -> &str {
        let entity = self.get(id);
        in_language(&entity.names, language).map_or(entity.key.as_str(), |(_, naming)| &naming.name)
    }

    /// The name where room is short, such as an organisation's acronym; the usual one where there is no shorter.
    pub fn short_name(&self, id: EntityId, language: &LanguageTag) -> &str {
        let entity = self.get(id);
        in_language(&entity.names, language).map_or(entity.key.as_str(), |(_, naming)| naming.short_or_name())
    }

    /// The name as part of a sentence: « l’Arménie », « de l’Arménie », « en Arménie ».
    ///
    /// The bare name in a language whose grammar we don't know, or where a name in another stands in.
    pub fn phrase(&self, id: EntityId, language: &LanguageTag, form: Form) -> String {
        match in_language(&self.get(id).names, language) {
            Some((spoken, naming)) if spoken.primary() == language.primary() => {
                phrase::compose(naming, language, form)
            }
            _ => self.name(id, language).to_owned(),
        }
    }

    /// The capital of a state, as `language` calls it, where it is known and not disputed.
    pub fn capital(&self, id: EntityId, language: &LanguageTag) -> Option<&str> {
        let entity = self.get(id);
        let undisputed = entity.kind == Kind::State && !DISPUTED_CAPITALS.contains(&entity.key.as_str());
        let (spoken, naming) = in_language(&entity.names, language).filter(|_| undisputed)?;
        let capital = naming.capitals.first().filter(|_| spoken.primary() == language.primary());
        capital.map(String::as_str)
    }

    /// What the site has to say of an entity, such as whose a disputed territory is, if it says so in `language`.
    pub fn note(&self, id: EntityId, language: &LanguageTag) -> Option<&str> {
        let (spoken, naming) = in_language(&self.get(id).names, language)?;
        naming.note.as_deref().filter(|_| spoken.primary() == language.primary())
    }

    /// The entity that what is on `id` is counted to: itself, or where the site gives it no page the nearest it is a part of that
    /// has one; none where there is none.
    pub fn counted(&self, id: EntityId) -> Option<EntityId> {
        std::iter::successors(Some(id), |id| self.get(*id).parent).find(|id| !self.get(*id).without_page)
    }

    /// Every region, in editorial order, which is also the order of the ids.
    pub fn regions(&self) -> impl Iterator<Item = (RegionId, &Region)> {
        self.regions.iter()
    }

    /// The region `id` stands for.
    pub fn region(&self, id: RegionId) -> &Region {
        self.regions.region(id)
    }

    /// The region with this code of UN M49.
    pub fn region_by_code(&self, code: &str) -> Option<RegionId> {
        self.regions.by_code(code)
    }

    /// The continent `id` stands for.
    pub fn continent(&self, id: ContinentId) -> &Continent {
        self.regions.continent(id)
    }

    /// A region's name: « Asie centrale ».
    pub fn region_name(&self, id: RegionId, language: &LanguageTag) -> &str {
        let region = self.region(id);
        in_language(&region.names, language).map_or(&region.code, |(_, name)| name)
    }

    /// A continent's name: « Asie ».
    pub fn continent_name(&self, id: ContinentId, language: &LanguageTag) -> &str {
        let continent = self.continent(id);
        in_language(&continent.names, language).map_or(&continent.code, |(_, name)| name)
    }

    /// Takes in an entity whose key is free, and its codes.
    fn add(&mut self, entity: Entity) -> EntityId {
        let id = EntityId::new(self.entities.len());
        self.keys.insert(entity.key.clone(), id);
        if let Some(codes) = &entity.codes {
            self.alpha3.insert(codes.alpha3.clone(), id);
        }
        self.entities.push(Arc::new(entity));
        id
    }

    /// Makes an entity known by all its names.
    fn spell(&mut self, id: EntityId) {
        let entity = Arc::clone(&self.entities[id.index()]);
        for (language, naming) in &entity.names {
            for spelling in naming.spellings() {
                self.spellings.add(language, spelling, id);
            }
        }
    }
}
