//! Every form of every entity in one language, and which of them stand in a text.

use super::Reason;
use super::context::Context;
use crate::atlas::entity::EntityId;
use crate::atlas::homonym::Together;
use crate::atlas::naming::{Naming, in_language};
use crate::atlas::{Atlas, Kind};
use crate::language::LanguageTag;
use crate::language::words::{Case, Joint, List, Word, Words, small};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

/// All forms, found by the word of each that is least common.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    forms: Vec<Form>,
    by_word: HashMap<u64, Vec<Anchored>, Unmixed>,
    /// The first parts of compounds.
    prefixes: HashMap<u64, Vec<usize>, Unmixed>,
    /// What decides for an entity where a form may mean several.
    signs: BTreeMap<EntityId, Vec<Sequence>>,
    organisations: BTreeSet<EntityId>,
    sieve: Sieve,
}

/// A bit for each hash that forms are sought by: most words are none, and one look tells.
#[derive(Clone, Debug)]
struct Sieve(Box<[u64; SIEVE]>);

/// How many times 64 bits the sieve has.
const SIEVE: usize = 1 << 11;

/// A form that an entity is spoken of by.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub entity: EntityId,
    pub role: Role,
    /// Whether it often means something else.
    pub is_weak: bool,
    /// Whether people are called so.
    pub is_given: bool,
    sequence: Sequence,
}

/// What a form is. Of several at one place the later is the better reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// An expression in which the entity is not meant.
    Phrase,
    Prefix,
    Adjective,
    People,
    Capital,
    Seat,
    /// A plural that means several entities: « les deux Corées ».
    Together,
    Name,
}

impl Role {
    pub(super) fn reason(self) -> Reason {
        match self {
            Self::Prefix => Reason::Prefix,
            Self::Adjective => Reason::Adjective,
            Self::People => Reason::People,
            Self::Capital => Reason::Capital,
            Self::Seat => Reason::Seat,
            Self::Phrase | Self::Together | Self::Name => Reason::Name,
        }
    }
}

/// Words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::atlas) struct Sequence(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    hash: u64,
    /// As it is written in the table.
    text: String,
    case: Case,
    joint: Joint,
    /// Whether it may be written with other accents: « Cédéao » of `CEDEAO`.
    has_any_accents: bool,
    /// Whether it is a noun of which many names are made, which may be written small beside the rest.
    is_generic: bool,
}

/// A form, and which of its words it is found by.
#[derive(Clone, Copy, Debug)]
struct Anchored {
    form: u32,
    at: u32,
}

/// A form that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    pub words: Range<usize>,
    pub form: usize,
    pub is_phrase: bool,
}

impl Lexicon {
    pub(super) fn new(atlas: &Atlas, language: &LanguageTag, together: &[Together]) -> Self {
        let mut lexicon = Self::default();
        for (entity, it) in atlas.iter() {
            let Some((spoken, naming)) = in_language(&it.names, language) else { continue };
            if spoken.primary() == language.primary() {
                let is_french = language.primary() == "fr";
                lexicon.add_all(entity, it.kind, naming, is_french);
            }
            if it.kind == Kind::Organisation {
                lexicon.organisations.insert(entity);
            }
            let signs = it.signs.iter().chain(naming.signs.iter());
            let signs: Vec<Sequence> = signs.map(|sign| Sequence::of(sign)).collect();
            if !signs.is_empty() {
                lexicon.signs.insert(entity, signs);
            }
        }
        for plural in together {
            for &entity in &plural.entities {
                lexicon.add(&plural.text, Form::new(entity, Role::Together));
            }
        }
        let anchors = lexicon.by_word.values().flatten().map(|anchored| lexicon.anchor_of(anchored));
        lexicon.sieve = Sieve::of(anchors);
        lexicon
    }

    fn anchor_of(&self, anchored: &Anchored) -> u64 {
        self.forms[anchored.form as usize].sequence.0[anchored.at as usize].hash
    }

    pub(super) fn form(&self, index: usize) -> &Form {
        &self.forms[index]
    }

    pub(super) fn signs(&self, entity: EntityId) -> &[Sequence] {
        self.signs.get(&entity).map_or(&[], Vec::as_slice)
    }

    pub(super) fn is_organisation(&self, entity: EntityId) -> bool {
        self.organisations.contains(&entity)
    }

    /// The prefixes that may end with the word that has this hash.
    pub(super) fn prefixes(&self, hash: u64) -> &[usize] {
        self.prefixes.get(&hash).map_or(&[], Vec::as_slice)
    }

    /// The forms that stand in `words`, in their order, and the parts of compounds before them. Of forms that overlap only
    /// the longest is kept, or of equal ones the first; phrases are kept beside them.
    pub(super) fn hits(&self, words: &Words<'_>) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (index, word) in words.iter() {
            if !self.sieve.has(word.hash) {
                continue;
            }
            let Some(anchored) = self.by_word.get(&word.hash) else { continue };
            for anchor in anchored {
                let form = &self.forms[anchor.form as usize];
                let Some(start) = index.checked_sub(anchor.at as usize) else { continue };
                let is_phrase = form.role == Role::Phrase;
                if form.sequence.stands_at(words, start, is_phrase) {
                    let range = start..start + form.sequence.0.len();
                    hits.push(Hit { words: range, form: anchor.form as usize, is_phrase });
                }
            }
        }
        if hits.is_empty() {
            return hits;
        }
        self.add_prefixes(words, &mut hits);
        longest(words, hits)
    }

    /// « russo » of « russo-turc »: a prefix before a hyphen and an adjective, or before another prefix that is one.
    fn add_prefixes(&self, words: &Words<'_>, hits: &mut Vec<Hit>) {
        if !hits.iter().any(|hit| words.joint(hit.words.start) == Joint::Hyphen) {
            return;
        }
        let is_adjective = |hit: &Hit| matches!(self.forms[hit.form].role, Role::Adjective | Role::People);
        let mut begins: BTreeSet<usize> =
            hits.iter().filter(|hit| is_adjective(hit)).map(|hit| hit.words.start).collect();
        let mut at = begins.last().copied();
        while let Some(start) = at {
            if words.joint(start) == Joint::Hyphen && start > 0 {
                let prefixes = words.get(start - 1).map_or(&[][..], |word| self.prefixes(word.hash));
                let standing = prefixes.iter().filter_map(|&form| {
                    let first = start.checked_sub(self.forms[form].sequence.len())?;
                    self.forms[form].sequence.stands_at(words, first, false).then_some((first, form))
                });
                for (first, form) in standing {
                    hits.push(Hit { words: first..start, form, is_phrase: false });
                    begins.insert(first);
                }
            }
            at = begins.range(..start).next_back().copied();
        }
    }

    /// Which of several `entities` is meant at `span`: the only one for which a sign stands in the sentence, or else in the
    /// text, or that alone is `declared`. All of them where none of this decides.
    pub(super) fn decided(
        &self,
        entities: Vec<EntityId>,
        context: &Context<'_>,
        span: &Range<usize>,
        declared: &[EntityId],
    ) -> Vec<EntityId> {
        let only = |is_meant: &dyn Fn(EntityId) -> bool| {
            let meant: Vec<EntityId> = entities.iter().copied().filter(|&entity| is_meant(entity)).collect();
            (meant.len() == 1).then_some(meant)
        };
        only(&|entity| context.has_sign(self.signs(entity), span))
            .or_else(|| only(&|entity| context.has_sign_anywhere(entity)))
            .or_else(|| only(&|entity| declared.contains(&entity)))
            .unwrap_or(entities)
    }

    /// Adds what an entity is called in the language.
    fn add_all(&mut self, entity: EntityId, kind: Kind, naming: &Naming, is_french: bool) {
        let mut names: Vec<&str> = naming.spellings().collect();
        names.extend(naming.running.as_deref());
        for name in names {
            self.add_name(entity, Role::Name, name, naming, (kind, is_french));
        }
        for capital in &naming.capitals {
            self.add_name(entity, Role::Capital, capital, naming, (kind, is_french));
        }
        for seat in &naming.seats {
            self.add_name(entity, Role::Seat, seat, naming, (kind, is_french));
        }
        for adjective in &naming.adjectives {
            for form in inflected(adjective, is_french) {
                let is_given = naming.given.contains(&form);
                let is_weak = naming.is_weak(adjective);
                let adjective = Form { is_given, is_weak, ..Form::new(entity, Role::Adjective) };
                // « prorusse », « antiaméricain »
                for side in ["pro", "anti"].into_iter().filter(|_| is_french) {
                    self.add(&format!("{side}{form}"), adjective.clone());
                }
                self.add(&form, adjective);
            }
        }
        for people in &naming.people {
            for form in people.split('/') {
                self.add(form, Form { is_weak: naming.is_weak(people), ..Form::new(entity, Role::People) });
            }
        }
        for phrase in &naming.phrases {
            self.add(phrase, Form::new(entity, Role::Phrase));
        }
        for prefix in &naming.prefixes {
            let hash = Sequence::of(prefix).0.last().map(|part| part.hash);
            if let Some(hash) = hash.filter(|_| kind != Kind::Organisation) {
                self.prefixes.entry(hash).or_default().push(self.forms.len());
                self.forms.push(Form { sequence: Sequence::of(prefix), ..Form::new(entity, Role::Prefix) });
            }
        }
    }

    fn add_name(
        &mut self,
        entity: EntityId,
        role: Role,
        name: &str,
        naming: &Naming,
        (kind, is_french): (Kind, bool),
    ) {
        let form = Form {
            is_weak: naming.is_weak(name),
            is_given: naming.given.iter().any(|given| given == name),
            ..Form::new(entity, role)
        };
        self.add(name, form.clone());
        // « Otan », « Cédéao »
        if kind == Kind::Organisation && name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            let mut sequence = Sequence::of(name);
            sequence.0.iter_mut().for_each(|part| part.case = Case::Title);
            self.add_sequence(sequence, form.clone());
        }
        for variant in variants(name) {
            self.add(&variant, form.clone());
        }
        // « Le Caire »: au Caire, du Caire.
        for article in ["Le ", "Les "].into_iter().filter(|_| is_french) {
            if let Some(rest) = name.strip_prefix(article) {
                let contracted = if article == "Le " { ["au", "du"] } else { ["aux", "des"] };
                for before in contracted {
                    self.add(&format!("{before} {rest}"), form.clone());
                }
            }
        }
    }

    fn add(&mut self, text: &str, form: Form) {
        let mut sequence = Sequence::of(text);
        if matches!(form.role, Role::Name | Role::Capital | Role::Seat) {
            // « Libéria » and « Liberia »: a capital tells enough.
            let capitalised =
                sequence.0.iter_mut().filter(|part| part.case == Case::Title && part.text.len() > 3);
            capitalised.for_each(|part| part.has_any_accents = true);
        }
        self.add_sequence(sequence, form);
    }

    fn add_sequence(&mut self, sequence: Sequence, form: Form) {
        let Some(at) = sequence.anchor() else { return };
        let is_known = |anchored: &Anchored| {
            let known = &self.forms[anchored.form as usize];
            known.entity == form.entity && known.role == form.role && known.sequence == sequence
        };
        let hash = sequence.0[at].hash;
        if self.by_word.get(&hash).is_some_and(|known| known.iter().any(is_known)) {
            return;
        }
        let (Ok(index), Ok(at)) = (u32::try_from(self.forms.len()), u32::try_from(at)) else { return };
        self.by_word.entry(hash).or_default().push(Anchored { form: index, at });
        self.forms.push(Form { sequence, ..form });
    }
}

impl Sieve {
    fn of(hashes: impl Iterator<Item = u64>) -> Self {
        let mut sieve = Self::default();
        hashes.for_each(|hash| sieve.0[hash as usize / 64 % SIEVE] |= 1 << (hash % 64));
        sieve
    }

    /// Whether `hash` may be one of those it was made of.
    #[inline]
    fn has(&self, hash: u64) -> bool {
        self.0[hash as usize / 64 % SIEVE] >> (hash % 64) & 1 == 1
    }
}

impl Default for Sieve {
    fn default() -> Self {
        Self(Box::new([0; SIEVE]))
    }
}

impl Form {
    fn new(entity: EntityId, role: Role) -> Self {
        Self { entity, role, is_weak: false, is_given: false, sequence: Sequence(Vec::new()) }
    }

    /// Whether it is one word of capitals, as `US`.
    pub(super) fn is_acronym(&self) -> bool {
        matches!(self.sequence.0.as_slice(), [part] if part.case == Case::Capitals)
    }

    /// Whether it is a French adjective, which begins with a small letter, in the masculine singular or like it.
    pub(super) fn begins_small(&self) -> bool {
        self.sequence.0.first().is_some_and(|part| part.case == Case::Small)
    }
}

const ARTICLES: List = List::of(&["le", "la", "les", "l", "au", "aux", "du", "des", "the", "de"]);

/// Of hits that overlap the longest, or of equal ones the first; those at the same place, and all phrases, are kept.
fn longest(words: &Words<'_>, mut hits: Vec<Hit>) -> Vec<Hit> {
    // Articles have no weight.
    let weight = |range: &Range<usize>| {
        let is_heavy = |index: &usize| !words.is_one_of(*index, &ARTICLES);
        range.clone().filter(is_heavy).count()
    };
    hits.sort_by(|one, other| {
        (one.words.start, std::cmp::Reverse(one.words.end), one.is_phrase, one.form).cmp(&(
            other.words.start,
            std::cmp::Reverse(other.words.end),
            other.is_phrase,
            other.form,
        ))
    });
    hits.dedup();
    let mut kept: Vec<Hit> = Vec::with_capacity(hits.len());
    let mut last: Option<Range<usize>> = None;
    for hit in hits {
        if hit.is_phrase {
            kept.push(hit);
            continue;
        }
        match &last {
            Some(other) if *other == hit.words => kept.push(hit),
            Some(other) if other.end > hit.words.start => {
                // What begins later is longer: the earlier one gives way, as « Le Cap » does to « Cap-Vert ».
                if weight(&hit.words) > weight(other) {
                    let other = other.clone();
                    // It stands at the end, phrases among it.
                    let before = kept.iter().rposition(|known| known.words.start < other.start);
                    let last_ones = kept.split_off(before.map_or(0, |index| index + 1));
                    kept.extend(
                        last_ones.into_iter().filter(|known| known.is_phrase || known.words != other),
                    );
                    last = Some(hit.words.clone());
                    kept.push(hit);
                }
            }
            _ => {
                last = Some(hit.words.clone());
                kept.push(hit);
            }
        }
    }
    kept
}

/// Other ways of writing a name: `U.S.`, “St Lucia”, “Bosnia-Herzegovina”.
fn variants(name: &str) -> Vec<String> {
    let mut variants = Vec::new();
    let is_acronym = (2..=5).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_acronym {
        let letters: Vec<String> = name.chars().map(String::from).collect();
        variants.push(letters.join("."));
    }
    for (whole, short) in
        [("Saint ", "St "), ("Saint-", "St-"), ("Sainte-", "Ste-"), ("St. ", "Saint "), ("St ", "Saint ")]
    {
        if let Some(rest) = name.strip_prefix(whole) {
            variants.push(format!("{short}{rest}"));
        }
    }
    for and in [" and ", "-et-", " et "] {
        if let Some((one, other)) = name.split_once(and) {
            variants.push(format!("{one}-{other}"));
        }
    }
    variants
}

/// The forms of an adjective as the table writes it: « kazakh/kazakhe » in French, with the plurals that follow.
fn inflected(written: &str, is_french: bool) -> Vec<String> {
    let given: Vec<&str> = written.split('/').collect();
    if !is_french || given.len() == 4 {
        return given.into_iter().map(str::to_owned).collect();
    }
    let plural =
        |form: &str| if form.ends_with(['s', 'x', 'z']) { form.to_owned() } else { format!("{form}s") };
    let mut forms: Vec<String> = given.iter().map(|&form| form.to_owned()).collect();
    forms.extend(given.iter().map(|form| plural(form)));
    forms.dedup();
    forms
}

/// Words so common that no form is sought by them, if it has another.
const COMMON: [&str; 40] = [
    "le",
    "la",
    "les",
    "l",
    "de",
    "du",
    "des",
    "d",
    "au",
    "aux",
    "à",
    "a",
    "en",
    "et",
    "un",
    "une",
    "the",
    "of",
    "and",
    "in",
    "on",
    "at",
    "to",
    "is",
    "saint",
    "st",
    "île",
    "îles",
    "république",
    "republic",
    "accord",
    "accords",
    "traité",
    "new",
    "nouvelle",
    "sud",
    "nord",
    "convention",
    "conférence",
    "union",
];

/// Nouns of which many names are made, and which the press often writes small: « le pays de Galles », « l’union africaine ».
const GENERIC: List = List::of(&[
    "pays",
    "île",
    "îles",
    "république",
    "royaume",
    "principauté",
    "union",
    "organisation",
    "conseil",
    "communauté",
    "ligue",
    "islands",
    "island",
    "republic",
]);

impl Sequence {
    pub(in crate::atlas) fn of(text: &str) -> Self {
        let words = Words::of(text);
        let part = |(index, word): (usize, &Word)| Part {
            hash: word.hash,
            text: words.text(index).to_owned(),
            case: word.case,
            joint: word.joint,
            has_any_accents: word.case == Case::Capitals,
            is_generic: word.case == Case::Title && words.is_one_of(index, &GENERIC),
        };
        Self(words.iter().map(part).collect())
    }

    #[inline]
    pub(in crate::atlas) fn len(&self) -> usize {
        self.0.len()
    }

    /// The hash of its first word.
    pub(in crate::atlas) fn first_word(&self) -> u64 {
        self.0.first().map(|part| part.hash).unwrap_or_default()
    }

    /// The word that it is sought by: the longest of those that are not common.
    fn anchor(&self) -> Option<usize> {
        let rank = |(index, part): &(usize, &Part)| {
            let is_common = COMMON.contains(&small(&part.text).as_str());
            (!is_common, part.text.len(), std::cmp::Reverse(*index))
        };
        self.0.iter().enumerate().max_by_key(rank).map(|(index, _)| index)
    }

    /// Whether it stands in `words` from the word at `start`. Of a phrase the case is not looked at.
    fn stands_at(&self, words: &Words<'_>, start: usize, is_phrase: bool) -> bool {
        let Some(standing) = words.slice(start..start + self.0.len()) else { return false };
        // Most fall by this.
        if self.0.iter().zip(standing).any(|(part, word)| part.hash != word.hash) {
            return false;
        }
        // Of an expression of one word, as “us”, the case tells everything.
        let has_case = |form, word| match (is_phrase, self.0.len()) {
            (true, 1) => form == word,
            (true, _) => true,
            (false, _) => fits(form, word),
        };
        let is_compound = self.0.len() > 1;
        // A name in capitals stands among capitals in all its words.
        let is_loud = !is_phrase && self.0.len() > 1 && self.is_loud(words, start);
        self.0.iter().zip(standing).enumerate().all(|(index, (part, word))| {
            (index == 0 || joins(part.joint, word.joint))
                && (is_loud || has_case(part.case, word.case) || is_compound && part.is_generic)
                && (part.has_any_accents || has_accents(&part.text, words.text(start + index)))
        })
    }

    fn is_loud(&self, words: &Words<'_>, start: usize) -> bool {
        (start..start + self.0.len()).all(|at| {
            let is_short = words.text(at).chars().nth(1).is_none();
            words
                .get(at)
                .is_some_and(|word| word.case == Case::Capitals || is_short && word.case == Case::Title)
        })
    }

    /// Whether it stands anywhere in these words.
    pub(in crate::atlas) fn is_in(&self, words: &Words<'_>, range: &Range<usize>) -> bool {
        let Some(last) = (range.end + 1).checked_sub(self.0.len()) else { return false };
        (range.start..last).any(|start| self.stands_at(words, start, false))
    }

    /// Whether it stands right before the word at `end`.
    pub(in crate::atlas) fn ends_at(&self, words: &Words<'_>, end: usize) -> bool {
        end.checked_sub(self.0.len()).is_some_and(|start| self.stands_at(words, start, true))
            && !matches!(words.joint(end), Joint::Sentence | Joint::Break)
    }

    /// Whether it begins at the word at `start`, which follows on what stands before.
    pub(in crate::atlas) fn begins_at(&self, words: &Words<'_>, start: usize, joint: Option<Joint>) -> bool {
        let follows = joint.map_or_else(
            || {
                !matches!(
                    words.joint(start),
                    Joint::Sentence | Joint::Break | Joint::PointAndSpace | Joint::Comma
                )
            },
            |joint| words.joint(start) == joint,
        );
        follows && self.stands_at(words, start, false)
    }
}

/// Whether a form with this case in the table may be written in that one: « arabes » of « Émirats arabes unis » also with a
/// capital, « Niger » also in capitals, `US` only as it is.
fn fits(form: Case, word: Case) -> bool {
    match form {
        Case::Small => matches!(word, Case::Small | Case::Title | Case::Capitals),
        Case::Title => matches!(word, Case::Title | Case::Capitals),
        Case::Capitals => word == Case::Capitals,
        Case::Mixed => matches!(word, Case::Mixed | Case::Capitals),
    }
}

/// Whether what stands between two words of a form may stand there in a text. Hyphens and spaces are often exchanged.
fn joins(form: Joint, word: Joint) -> bool {
    match (form, word) {
        (Joint::Space | Joint::Hyphen, Joint::Space | Joint::Hyphen | Joint::And) => true,
        // “St. Lucia”; « Congo (Kinshasa) ».
        (Joint::Space, Joint::PointAndSpace) | (Joint::Hyphen, Joint::Bracket) => true,
        _ => form == word,
    }
}

/// Whether a word has the accents of the form; capitals often go without.
fn has_accents(form: &str, word: &str) -> bool {
    if form.is_ascii() && word.is_ascii() || form.eq_ignore_ascii_case(word) {
        return true;
    }
    let (form, small_word) = (small(form), small(word));
    if form == small_word {
        return true;
    }
    let composed: String = unicode_normalization::UnicodeNormalization::nfc(word).collect();
    let mut letters = composed.chars();
    let mut expected = form.chars();
    loop {
        match (letters.next(), expected.next()) {
            (None, None) => return true,
            (Some(letter), Some(wanted)) => {
                let is_bare_capital = letter.is_ascii_uppercase() && !wanted.is_ascii();
                if !is_bare_capital && !letter.to_lowercase().eq([wanted]) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// Hashes that are mixed already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Unmixed;

impl std::hash::BuildHasher for Unmixed {
    type Hasher = Same;

    fn build_hasher(&self) -> Same {
        Same(0)
    }
}

/// A hasher that gives back the number it was given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Same(u64);

impl std::hash::Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, &byte| hash.rotate_left(8) ^ u64::from(byte));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}
