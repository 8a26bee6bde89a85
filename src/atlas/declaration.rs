//! What a site adds to the atlas, or calls by another name.

use super::Atlas;
use super::entity::{Entity, EntityId, EntityKey, Kind, Membership};
use super::lookup::Lookup;
use super::naming::Naming;
use super::spelling::fold;
use crate::language::LanguageTag;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// An entity as a site declares it: one of its own, or one that is built in and has other names here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declaration {
    /// `haut-karabagh`, `otsc` (known as `org:otsc` then), or the alpha-2 code of what is built in.
    pub key: String,
    /// What sort of entity it is; none only for what is built in.
    pub kind: Option<Kind>,
    /// What it is called. A name takes the place of the built-in one, which stays accepted from writers.
    pub names: BTreeMap<LanguageTag, Naming>,
    /// What it is a part of: a code, a key or a name.
    pub parent: Option<String>,
    /// Its region's code of UN M49; its parent's where none is given.
    pub region: Option<String>,
    /// The members of an organisation, each a code, a key or a name.
    pub members: Vec<String>,
    /// Whether it has no page; what is on it is counted to its parent.
    pub without_page: bool,
}

/// Something wrong with a declaration. What is right in it holds nevertheless.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclarationProblem {
    /// Which declaration it is in, in the order given.
    pub declaration: usize,
    /// Which part of the declaration it is in.
    pub field: Field,
    /// What is wrong.
    pub problem: Problem,
}

/// A part of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The key.
    Key,
    /// The kind.
    Kind,
    /// The names as a whole.
    Names,
    /// A name in this language.
    Name(LanguageTag),
    /// The parent.
    Parent,
    /// The region.
    Region,
    /// This member, in the order given.
    Member(usize),
}

/// What is wrong with a part of a declaration; as text, a message in the manner of diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The key is neither a built-in code nor fit for one of the site's own; the declaration is left out.
    BadKey(String),
    /// The key, or a name that is the same, is another entity's; the declaration is left out.
    KeyTaken {
        /// The key as declared.
        key: String,
        /// Whose it is.
        by: EntityKey,
    },
    /// An entity of the site's own needs a kind; the declaration is left out.
    NoKind(String),
    /// An entity of the site's own needs a name.
    NoName(String),
    /// Writers already mean another entity by this name; it stays that one's.
    NameTaken {
        /// The name as declared.
        name: String,
        /// Whose it is.
        by: EntityKey,
    },
    /// No region has this code.
    UnknownRegion(String),
    /// Nothing is called so.
    Unknown {
        /// The parent or member as declared.
        written: String,
        /// Names that are near.
        nearest: Vec<String>,
    },
    /// Several entities are called so.
    Ambiguous {
        /// The parent or member as declared.
        written: String,
        /// Which they are.
        choices: Vec<EntityKey>,
    },
    /// The entity would be a part of itself.
    OwnAncestor(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadKey(key) => write!(
                formatter,
                "`{key}` is no key: it is neither a country's code nor lower-case letters, digits and hyphens"
            ),
            Self::KeyTaken { key, by } => write!(formatter, "the key `{key}` already stands for `{by}`"),
            Self::NoKind(key) => write!(formatter, "`{key}` has no kind"),
            Self::NoName(key) => write!(formatter, "`{key}` has no name"),
            Self::NameTaken { name, by } => write!(formatter, "the name `{name}` already stands for `{by}`"),
            Self::UnknownRegion(code) => write!(formatter, "no region has the code `{code}`"),
            Self::Unknown { written, .. } => write!(formatter, "nothing is called `{written}`"),
            Self::Ambiguous { written, choices } => {
                let choices: Vec<String> = choices.iter().map(|key| format!("`{key}`")).collect();
                write!(formatter, "`{written}` may be {}", choices.join(" or "))
            }
            Self::OwnAncestor(key) => write!(formatter, "`{key}` is a part of itself"),
        }
    }
}

impl Atlas {
    /// The atlas with a site's declarations laid over it, and what is wrong with them.
    ///
    /// A declaration may name another as parent or member, wherever it stands. A code is always the country's: « UA »
    /// may be printed for an organisation, and is still Ukraine where a writer types it.
    pub fn with(mut self, declarations: &[Declaration]) -> (Self, Vec<DeclarationProblem>) {
        let mut problems = Problems::default();
        self.is_declared |= !declarations.is_empty();
        let mut ids = Vec::new();
        for (index, declaration) in declarations.iter().enumerate() {
            problems.declaration = index;
            match self.declare(declaration, &ids) {
                Ok(id) => {
                    self.take_names(id, declaration, &mut problems);
                    ids.push(Some(id));
                }
                Err((field, problem)) => {
                    problems.add(field, problem);
                    ids.push(None);
                }
            }
        }
        for (index, (declaration, id)) in declarations.iter().zip(&ids).enumerate() {
            problems.declaration = index;
            if let Some(id) = *id {
                self.take_relations(id, declaration, &mut problems);
                self.take_region(id, declaration, &mut problems);
            }
        }
        for id in ids.into_iter().flatten() {
            self.inherit_region(id);
        }
        (self, problems.found)
    }

    /// The entity a declaration is about: the one that is built in, or a new one without names, parent and members.
    fn declare(
        &mut self,
        declaration: &Declaration,
        earlier: &[Option<EntityId>],
    ) -> Result<EntityId, (Field, Problem)> {
        let key = &declaration.key;
        let built_in = match declaration.kind {
            Some(Kind::Organisation) => self.by_key(&format!("org:{key}")),
            _ => self.by_key(key),
        };
        let taken = |by: EntityKey| (Field::Key, Problem::KeyTaken { key: key.clone(), by });
        if let Some(id) = built_in {
            if earlier.contains(&Some(id)) {
                return Err(taken(self.get(id).key.clone()));
            }
            let entity = self.entity_mut(id);
            entity.kind = declaration.kind.unwrap_or(entity.kind);
            entity.without_page = declaration.without_page;
            return Ok(id);
        }
        if !is_own_key(key) {
            return Err((Field::Key, Problem::BadKey(key.clone())));
        }
        let Some(kind) = declaration.kind else {
            return Err((Field::Kind, Problem::NoKind(key.clone())));
        };
        let own = match kind {
            Kind::Organisation => EntityKey::new(&format!("org:{key}")),
            _ => EntityKey::new(key),
        };
        let same = if kind == Kind::Organisation { None } else { self.so_called(key) };
        if let Some(by) = self.by_key(own.as_str()).or(same) {
            return Err(taken(self.get(by).key.clone()));
        }
        Ok(self.add(Entity { without_page: declaration.without_page, ..Entity::new(own, kind) }))
    }

    /// An entity that a site changes.
    fn entity_mut(&mut self, id: EntityId) -> &mut Entity {
        Arc::make_mut(&mut self.entities[id.index()])
    }

    /// The first entity that has `name` in any language.
    fn so_called(&self, name: &str) -> Option<EntityId> {
        let folded = fold(name);
        self.spellings.languages().flat_map(|language| self.spellings.get(language, &folded)).min()
    }

    /// Takes the declared names, and makes the entity known by those that are free.
    fn take_names(&mut self, id: EntityId, declaration: &Declaration, problems: &mut Problems) {
        for (language, naming) in &declaration.names {
            for name in naming.spellings() {
                let holders = self.spellings.get(language, &fold(name));
                match holders.first() {
                    Some(by) if !holders.contains(&id) => {
                        let by = self.get(*by).key.clone();
                        let problem = Problem::NameTaken { name: name.to_owned(), by };
                        problems.add(Field::Name(language.clone()), problem);
                    }
                    _ => self.spellings.add(language, name, id),
                }
            }
            self.entity_mut(id).rename(language, naming);
        }
        if self.get(id).names.is_empty() {
            problems.add(Field::Names, Problem::NoName(declaration.key.clone()));
        }
    }

    /// Takes parent and members, once everything that is declared is known.
    fn take_relations(&mut self, id: EntityId, declaration: &Declaration, problems: &mut Problems) {
        if let Some(written) = &declaration.parent {
            match self.relation(written, declaration) {
                Ok(parent) if self.ancestry(parent).any(|ancestor| ancestor == id) => {
                    problems.add(Field::Parent, Problem::OwnAncestor(declaration.key.clone()));
                }
                Ok(parent) => self.entity_mut(id).parent = Some(parent),
                Err(problem) => problems.add(Field::Parent, problem),
            }
        }
        if !declaration.members.is_empty() {
            // What a site says of the members takes the place of what is built in.
            self.entity_mut(id).members.clear();
        }
        for (index, written) in declaration.members.iter().enumerate() {
            match self.relation(written, declaration) {
                Ok(member) if member == id => {
                    problems.add(Field::Member(index), Problem::OwnAncestor(declaration.key.clone()));
                }
                Ok(member) => {
                    let members = &mut self.entity_mut(id).members;
                    if !members.iter().any(|known| known.of == member) {
                        members.push(Membership::of(member));
                    }
                }
                Err(problem) => problems.add(Field::Member(index), problem),
            }
        }
    }

    /// Takes the declared region.
    fn take_region(&mut self, id: EntityId, declaration: &Declaration, problems: &mut Problems) {
        if let Some(code) = &declaration.region {
            match self.region_by_code(code) {
                Some(region) => self.entity_mut(id).region = Some(region),
                None => problems.add(Field::Region, Problem::UnknownRegion(code.clone())),
            }
        }
    }

    /// Takes the nearest region up the parents where none is declared, once all parents and regions are known.
    fn inherit_region(&mut self, id: EntityId) {
        let region = self.ancestry(id).find_map(|ancestor| self.get(ancestor).region);
        self.entity_mut(id).region = region;
    }

    /// What a parent or member stands for: in a language of the declaration, else in whatever language it is written.
    fn relation(&self, written: &str, declaration: &Declaration) -> Result<EntityId, Problem> {
        let languages: Vec<LanguageTag> =
            declaration.names.keys().chain(self.spellings.languages()).cloned().collect();
        match self.find(written, &languages) {
            Lookup::Found(id) => Ok(id),
            Lookup::Ambiguous(ids) => Err(Problem::Ambiguous {
                written: written.to_owned(),
                choices: ids.into_iter().map(|id| self.get(id).key.clone()).collect(),
            }),
            Lookup::Unknown { nearest } => Err(Problem::Unknown { written: written.to_owned(), nearest }),
        }
    }

    /// The entity, its parent, and so on up. It ends: no entity becomes a part of itself.
    fn ancestry(&self, id: EntityId) -> impl Iterator<Item = EntityId> {
        std::iter::successors(Some(id), |id| self.get(*id).parent)
    }
}

impl Entity {
    /// Takes another name; the old ones are still accepted, and what else is known of the entity in that language stays. The
    /// old grammar goes with the old name, unless only the spelling changed and no grammar came with the new one.
    fn rename(&mut self, language: &LanguageTag, declared: &Naming) {
        let mut naming = declared.clone();
        if let Some(old) = self.names.get(language) {
            let silent = naming.article.is_none() && naming.in_.is_none() && naming.of.is_none();
            if silent && fold(&old.name) == fold(&naming.name) {
                (naming.article, naming.in_, naming.of) =
                    (old.article.clone(), old.in_.clone(), old.of.clone());
            }
            naming.keep(old);
            let is_gone = |name: &&str| naming.spellings().all(|spelling| spelling != *name);
            let kept: Vec<String> = old.spellings().filter(is_gone).map(str::to_owned).collect();
            naming.others.extend(kept);
        }
        self.names.insert(language.clone(), naming);
    }
}

impl Naming {
    /// Takes from the naming it replaces what it says nothing of: how the entity is found in prose, and its note.
    fn keep(&mut self, old: &Self) {
        self.note = self.note.take().or_else(|| old.note.clone());
        let lists = [
            (&mut self.adjectives, &old.adjectives),
            (&mut self.people, &old.people),
            (&mut self.prefixes, &old.prefixes),
            (&mut self.capitals, &old.capitals),
            (&mut self.seats, &old.seats),
            (&mut self.weak, &old.weak),
            (&mut self.given, &old.given),
            (&mut self.phrases, &old.phrases),
            (&mut self.signs, &old.signs),
        ];
        for (own, old) in lists.into_iter().filter(|(own, _)| own.is_empty()) {
            own.clone_from(old);
        }
    }
}

/// Whether a site may call an entity of its own so: `haut-karabagh`.
fn is_own_key(key: &str) -> bool {
    key.starts_with(|letter: char| letter.is_ascii_lowercase())
        && !key.ends_with('-')
        && key.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

/// The problems found so far, and the declaration under examination.
#[derive(Default)]
struct Problems {
    declaration: usize,
    found: Vec<DeclarationProblem>,
}

impl Problems {
    fn add(&mut self, field: Field, problem: Problem) {
        self.found.push(DeclarationProblem { declaration: self.declaration, field, problem });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Form;
    use super::*;

    fn french() -> LanguageTag {
        LanguageTag::parse("fr").unwrap()
    }

    fn named(key: &str, kind: Kind, naming: Naming) -> Declaration {
        Declaration {
            key: key.to_owned(),
            kind: Some(kind),
            names: BTreeMap::from([(french(), naming)]),
            ..Declaration::default()
        }
    }

    fn name(name: &str) -> Naming {
        Naming { name: name.to_owned(), ..Naming::default() }
    }

    fn karabakh() -> Declaration {
        let naming = Naming { article: Some("le".to_owned()), ..name("Haut-Karabagh") };
        let parent = Some("Azerbaïdjan".to_owned());
        Declaration { parent, ..named("haut-karabagh", Kind::Disputed, naming) }
    }

    fn collective_security(members: &[&str]) -> Declaration {
        let naming = Naming {
            article: Some("l’".to_owned()),
            short: Some("OTSC".to_owned()),
            ..name("Organisation du traité de sécurité collective")
        };
        let members = members.iter().map(|member| (*member).to_owned()).collect();
        Declaration { members, ..named("otsc", Kind::Organisation, naming) }
    }

    fn problems(declarations: &[Declaration]) -> Vec<(usize, Field, String)> {
        let (_, problems) = Atlas::world().with(declarations);
        problems
            .into_iter()
            .map(|found| (found.declaration, found.field, found.problem.to_string()))
            .collect()
    }

    #[test]
    fn a_declared_territory_is_found_spoken_of_and_placed() {
        let (atlas, problems) = Atlas::world().with(&[karabakh()]);
        assert_eq!(problems, []);
        let id = atlas.by_key("haut-karabagh").unwrap();
        for written in ["Haut-Karabagh", "haut karabagh", "le Haut-Karabagh", "haut-karabagh"] {
            assert_eq!(atlas.find(written, &[french()]), Lookup::Found(id), "{written}");
        }
        assert_eq!(atlas.phrase(id, &french(), Form::In), "au Haut-Karabagh");
        assert_eq!(atlas.phrase(id, &french(), Form::Of), "du Haut-Karabagh");
        assert_eq!(atlas.get(id).parent, atlas.by_key("AZ"));
        assert_eq!(atlas.get(id).region, atlas.region_by_code("145"), "its parent's");
    }

    #[test]
    fn a_declared_organisation_has_members_and_a_name_space_of_its_own() {
        let declared = [collective_security(&["AM", "BLR", "Kazakhstan", "kirghizistan", "RU", "TJ", "RUS"])];
        let (atlas, problems) = Atlas::world().with(&declared);
        assert_eq!(problems, []);
        let id = atlas.by_key("org:otsc").unwrap();
        let members: Vec<&str> =
            atlas.get(id).members.iter().map(|member| atlas.get(member.of).key.as_str()).collect();
        assert_eq!(members, ["AM", "BY", "KZ", "KG", "RU", "TJ"]);
        assert_eq!(atlas.find("OTSC", &[french()]), Lookup::Found(id));
        assert_eq!(atlas.short_name(id, &french()), "OTSC");
        assert_eq!(
            atlas.phrase(id, &french(), Form::Of),
            "de l’Organisation du traité de sécurité collective"
        );
    }

    #[test]
    fn an_acronym_that_is_a_code_is_printed_and_the_code_stays_the_country_s() {
        let naming = Naming { short: Some("UA".to_owned()), ..name("Union africaine") };
        let (atlas, problems) = Atlas::world().with(&[named("ua", Kind::Organisation, naming)]);
        assert_eq!(problems, []);
        let union = atlas.by_key("org:ua").unwrap();
        assert_eq!(atlas.short_name(union, &french()), "UA");
        assert_eq!(atlas.find("UA", &[french()]), Lookup::Found(atlas.by_key("UA").unwrap()));
    }

    #[test]
    fn declarations_may_name_one_another_whatever_their_order() {
        let declared = [collective_security(&["haut-karabagh"]), karabakh()];
        let (atlas, problems) = Atlas::world().with(&declared);
        assert_eq!(problems, []);
        let members = &atlas.get(atlas.by_key("org:otsc").unwrap()).members;
        assert_eq!(*members, [Membership::of(atlas.by_key("haut-karabagh").unwrap())]);
    }

    #[test]
    fn a_country_takes_the_name_a_site_gives_it_and_answers_to_the_old_one() {
        let naming = Naming { article: Some("le".to_owned()), ..name("Bélarus") };
        let declared = Declaration { kind: None, ..named("BY", Kind::State, naming) };
        let (atlas, problems) = Atlas::world().with(&[declared]);
        assert_eq!(problems, []);
        let id = atlas.by_key("BY").unwrap();
        assert_eq!(atlas.phrase(id, &french(), Form::In), "au Bélarus");
        assert_eq!(atlas.find("Biélorussie", &[french()]), Lookup::Found(id));
        assert_eq!(atlas.get(id).kind, Kind::State);
        assert_eq!(atlas.name(id, &LanguageTag::parse("en").unwrap()), "Belarus");
    }

    #[test]
    fn a_name_spelled_another_way_keeps_its_grammar() {
        let declared = Declaration { kind: None, ..named("AE", Kind::State, name("Émirats Arabes Unis")) };
        let (atlas, _) = Atlas::world().with(&[declared]);
        let id = atlas.by_key("AE").unwrap();
        assert_eq!(atlas.phrase(id, &french(), Form::In), "aux Émirats Arabes Unis");
    }

    #[test]
    fn an_unknown_member_is_told_with_its_place_and_near_names_and_the_others_stay() {
        let declared = [karabakh(), collective_security(&["AM", "Kazakstan", "Corée"])];
        let (atlas, found) = Atlas::world().with(&declared);
        let member =
            |index, problem| DeclarationProblem { declaration: 1, field: Field::Member(index), problem };
        let key = |key| atlas.get(atlas.by_key(key).unwrap()).key.clone();
        let nearest = vec!["Kazakhstan".to_owned()];
        let unknown = Problem::Unknown { written: "Kazakstan".to_owned(), nearest };
        let choices = vec![key("KP"), key("KR")];
        let ambiguous = Problem::Ambiguous { written: "Corée".to_owned(), choices };
        assert_eq!(ambiguous.to_string(), "`Corée` may be `KP` or `KR`");
        assert_eq!(found, [member(1, unknown), member(2, ambiguous)]);
        assert_eq!(
            atlas.get(atlas.by_key("org:otsc").unwrap()).members,
            [Membership::of(atlas.by_key("AM").unwrap())]
        );
    }

    #[test]
    fn what_is_another_s_stays_another_s() {
        let by_name = named("tbilissi", Kind::Territory, name("Géorgie"));
        let by_key = named("georgie", Kind::Territory, name("Autre"));
        let place = (0, Field::Name(french()), "the name `Géorgie` already stands for `GE`".to_owned());
        assert_eq!(problems(std::slice::from_ref(&by_name)), [place]);
        let place = (0, Field::Key, "the key `georgie` already stands for `GE`".to_owned());
        assert_eq!(problems(&[by_key]), [place]);
        let (atlas, _) = Atlas::world().with(&[by_name]);
        assert_eq!(atlas.find("Géorgie", &[french()]), Lookup::Found(atlas.by_key("GE").unwrap()));
    }

    #[test]
    fn a_key_is_a_code_or_in_lower_case_and_declared_once() {
        let capital = named("Karabagh", Kind::Territory, name("Karabagh"));
        let [(0, Field::Key, message)] = &problems(&[capital])[..] else { panic!("one problem, of the key") };
        assert!(message.starts_with("`Karabagh` is no key"));
        assert_eq!(
            problems(&[karabakh(), karabakh()]),
            [(1, Field::Key, "the key `haut-karabagh` already stands for `haut-karabagh`".to_owned())]
        );
    }

    #[test]
    fn an_entity_of_the_site_s_own_needs_a_kind_and_a_name() {
        let chouchi = named("chouchi", Kind::Territory, name("Chouchi"));
        let nameless = Declaration { names: BTreeMap::new(), ..chouchi.clone() };
        let kindless = Declaration { kind: None, ..chouchi };
        assert_eq!(problems(&[nameless]), [(0, Field::Names, "`chouchi` has no name".to_owned())]);
        assert_eq!(problems(&[kindless]), [(0, Field::Kind, "`chouchi` has no kind".to_owned())]);
    }

    #[test]
    fn nothing_is_a_part_of_itself() {
        let part = |key: &str, label: &str, parent: &str| Declaration {
            parent: Some(parent.to_owned()),
            ..named(key, Kind::Territory, name(label))
        };
        assert_eq!(
            problems(&[part("one", "Un", "two"), part("two", "Deux", "one")]),
            [(1, Field::Parent, "`two` is a part of itself".to_owned())]
        );
        assert_eq!(
            problems(&[collective_security(&["OTSC"])]),
            [(0, Field::Member(0), "`otsc` is a part of itself".to_owned())]
        );
    }

    #[test]
    fn a_region_is_inherited_whatever_the_order() {
        let inner = Declaration {
            parent: Some("haut-karabagh".to_owned()),
            ..named("chouchi", Kind::Territory, name("Chouchi"))
        };
        let outer = Declaration { region: Some("143".to_owned()), ..karabakh() };
        let (atlas, _) = Atlas::world().with(&[inner, outer]);
        let id = atlas.by_key("chouchi").unwrap();
        assert_eq!(atlas.get(id).region, atlas.region_by_code("143"));
    }

    #[test]
    fn a_name_two_countries_share_may_be_declared_again() {
        let naming = Naming { others: vec!["Corée".to_owned()], ..name("République de Corée") };
        assert_eq!(problems(&[Declaration { kind: None, ..named("KR", Kind::State, naming) }]), []);
    }

    #[test]
    fn a_region_is_one_of_m49() {
        let declared = Declaration { region: Some("999".to_owned()), ..karabakh() };
        assert_eq!(problems(&[declared]), [(0, Field::Region, "no region has the code `999`".to_owned())]);
    }
}
