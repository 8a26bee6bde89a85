//! The words around a form, which tell whether its entity is meant.

use super::Reason;
use super::lexicon::{Form, Hit, Lexicon, Role, Sequence};
use crate::atlas::entity::EntityId;
use crate::language::words::{Case, Joint, List, Words};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// A text, and what of the lexicon stands in it.
pub(super) struct Context<'a> {
    pub words: &'a Words<'a>,
    pub grammar: &'a Grammar,
    pub lexicon: &'a Lexicon,
    /// In the order of their first words.
    hits: &'a [Hit],
    /// Whether a sign of these entities stands anywhere in the text.
    signed: RefCell<BTreeMap<EntityId, bool>>,
}

/// How many words a phrase has at most, and a name: what is told by hits further away is told by none.
const LONGEST: usize = 16;

/// What the words around a form make of it; the later the surer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// It is something else.
    Nothing,
    /// It is its entity or something else, and nobody can tell which.
    Doubtful,
    Weak,
    Strong,
}

/// The words by which a language says that a form means something else. All in small letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grammar {
    /// What stands before a name that is then no country's: « le fleuve Niger », « le golfe de Guinée ».
    pub waters: List,
    /// What may stand between such a word and the name.
    pub linking: List,
    /// What stands after a name that is then no country's: “the Niger River”.
    pub waters_after: List,
    /// Words with a capital that may stand before a name without making it a person's: articles, prepositions, titles.
    pub function: List,
    /// What stands before a country and never before a person.
    pub articles: List,
    /// What may stand between a forename and a surname.
    pub particles: List,
    /// What stands after a country and before a person's name, with a capital: “Georgia President”.
    pub titles_after: List,
    /// Proper names that a country's ends: « Air France », « Radio Chine ».
    pub firms: List,
    /// What makes a people of an adjective: « la minorité kazakhe ».
    pub peoples: List,
    /// What makes a language of it: « la langue russe », « parle russe ».
    pub languages: List,
    /// What makes a place of a capital: « réunis à Luanda ».
    pub locatives: List,
    /// The judgement of an adjective by the language's own rules.
    pub adjective: fn(&Context<'_>, &Hit, &Form) -> Verdict,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        words: &'a Words<'a>,
        grammar: &'a Grammar,
        hits: &'a [Hit],
        lexicon: &'a Lexicon,
    ) -> Self {
        Self { words, grammar, lexicon, hits, signed: RefCell::default() }
    }

    /// The hits whose first word is among these.
    fn hits_from(&self, starts: Range<usize>) -> &'a [Hit] {
        let first = self.hits.partition_point(|hit| hit.words.start < starts.start);
        let last = self.hits.partition_point(|hit| hit.words.start < starts.end);
        &self.hits[first..last]
    }

    /// Whether an expression around `hit` says that `entity` is not meant.
    pub(super) fn is_blocked(&self, hit: &Hit, entity: EntityId) -> bool {
        let start = hit.words.start;
        self.hits_from(start.saturating_sub(LONGEST)..start + 1).iter().any(|phrase| {
            phrase.is_phrase
                && phrase.words.end >= hit.words.end
                && self.lexicon.form(phrase.form).entity == entity
        })
    }

    /// What the words around make of a form.
    pub(super) fn judge(&self, hit: &Hit, form: &Form) -> Verdict {
        let verdict = match form.role {
            Role::Name | Role::Seat | Role::Together => self.name(hit, form),
            Role::Capital => self.capital(hit, form),
            Role::Adjective | Role::People => (self.grammar.adjective)(self, hit, form),
            Role::Prefix => Verdict::Strong,
            Role::Phrase => Verdict::Nothing,
        };
        if form.is_weak { verdict.min(Verdict::Weak) } else { verdict }
    }

    fn name(&self, hit: &Hit, form: &Form) -> Verdict {
        if self.is_water(hit)
            || self.is_anothers(hit, form)
            || form.is_acronym() && self.is_among_capitals(hit)
        {
            return Verdict::Nothing;
        }
        if form.is_given && self.is_person(hit) {
            return Verdict::Nothing;
        }
        if self.is_firm(hit) {
            return Verdict::Nothing;
        }
        Verdict::Strong
    }

    fn capital(&self, hit: &Hit, form: &Form) -> Verdict {
        if self.is_water(hit) {
            return Verdict::Nothing;
        }
        if form.is_given && self.is_person(hit) {
            return Verdict::Doubtful;
        }
        if self.is_firm(hit) {
            return Verdict::Nothing;
        }
        if self.is_person(hit) || self.is(self.before(hit, 1), &self.grammar.locatives) {
            return Verdict::Weak;
        }
        Verdict::Strong
    }

    /// The n-th word before the form; none where there is none or a break stands between.
    pub(super) fn before(&self, hit: &Hit, back: usize) -> Option<usize> {
        let is_near = (0..back).all(|step| {
            hit.words.start.checked_sub(step).is_some_and(|index| {
                matches!(self.words.joint(index), Joint::Space | Joint::Apostrophe | Joint::Hyphen)
            })
        });
        hit.words.start.checked_sub(back).filter(|_| is_near)
    }

    /// The n-th word after the form; none where there is none or a break stands between.
    pub(super) fn after(&self, hit: &Hit, ahead: usize) -> Option<usize> {
        let is_near = (0..ahead).all(|step| self.follows(hit.words.end + step));
        is_near.then(|| hit.words.end + ahead - 1)
    }

    /// Whether there is such a word, and it is one of `list`.
    pub(super) fn is(&self, word: Option<usize>, list: &List) -> bool {
        word.is_some_and(|index| self.words.is_one_of(index, list))
    }

    fn follows(&self, index: usize) -> bool {
        index < self.words.len()
            && matches!(self.words.joint(index), Joint::Space | Joint::Apostrophe | Joint::Hyphen)
    }

    /// How the word after the form is written, if nothing but a space stands between.
    pub(super) fn case_after(&self, hit: &Hit) -> Option<Case> {
        let next = self.words.get(hit.words.end)?;
        (next.joint == Joint::Space).then_some(next.case)
    }

    /// A river, a sea or a gulf.
    pub(super) fn is_water(&self, hit: &Hit) -> bool {
        let Grammar { waters, linking, waters_after, .. } = self.grammar;
        let (first, second) = (self.before(hit, 1), self.before(hit, 2));
        let is_linked = self.is(first, linking);
        self.is(first, waters)
            || is_linked && self.is(second, waters)
            || is_linked && self.is(second, linking) && self.is(self.before(hit, 3), waters)
            || self.case_after(hit) == Some(Case::Title) && self.is(self.after(hit, 1), waters_after)
    }

    /// Whether the words on both sides are in capitals, so that an acronym may be a word like them: “LET US BE”.
    fn is_among_capitals(&self, hit: &Hit) -> bool {
        let is_loud = |index: Option<usize>| {
            index.and_then(|index| self.words.get(index)).is_some_and(|word| word.case == Case::Capitals)
        };
        is_loud(hit.words.start.checked_sub(1)) && is_loud(Some(hit.words.end))
    }

    /// « La Macédoine grecque »: what is said to be another's is a region that shares the name.
    fn is_anothers(&self, hit: &Hit, form: &Form) -> bool {
        form.role == Role::Name
            && self.hits_from(hit.words.end..hit.words.end + 1).iter().any(|other| {
                let next = self.lexicon.form(other.form);
                next.role == Role::Adjective
                    && next.entity != form.entity
                    && next.begins_small()
                    && self.words.joint(other.words.start) == Joint::Space
                    && self.words.get(other.words.start).is_some_and(|word| word.case == Case::Small)
                    && !self.words.text(other.words.end - 1).ends_with('s')
            })
    }

    /// A person's name: « François Hollande », “Chad Johnson”.
    pub(super) fn is_person(&self, hit: &Hit) -> bool {
        self.is_after_forename(hit) || self.is_before_surname(hit)
    }

    pub(super) fn is_after_forename(&self, hit: &Hit) -> bool {
        let Some(previous) = hit.words.start.checked_sub(1) else { return false };
        let Some(word) = self.words.get(previous) else { return false };
        self.words.joint(hit.words.start) == Joint::Space
            && word.case == Case::Title
            && !self.words.is_one_of(previous, &self.grammar.function)
            && !self
                .hits_from(previous.saturating_sub(LONGEST)..hit.words.start)
                .iter()
                .any(|other| !other.is_phrase && other.words.end == hit.words.start)
    }

    fn is_before_surname(&self, hit: &Hit) -> bool {
        if self.is(self.before(hit, 1), &self.grammar.articles) {
            return false;
        }
        let particles = self.is(self.after(hit, 1), &self.grammar.particles);
        let next = hit.words.end + usize::from(particles);
        self.words.get(next).is_some_and(|word| word.case == Case::Title)
            && matches!(self.words.joint(next), Joint::Space | Joint::Apostrophe)
            && self.words.joint(hit.words.end) == Joint::Space
            && !self.words.is_one_of(next, &self.grammar.titles_after)
            && !self.hits_from(next..next + 1).iter().any(|other| !other.is_phrase)
    }

    fn is_firm(&self, hit: &Hit) -> bool {
        let before = self.before(hit, 1);
        let has_capital = |index| self.words.get(index).is_some_and(|word| word.case != Case::Small);
        before.is_some_and(has_capital) && self.is(before, &self.grammar.firms)
    }

    /// Whether one of `signs` stands in the sentence.
    pub(super) fn has_sign(&self, signs: &[Sequence], span: &Range<usize>) -> bool {
        !signs.is_empty() && self.has_sign_in(signs, &self.words.sentence(span))
    }

    /// Whether a sign of `entity` stands anywhere in the text.
    pub(super) fn has_sign_anywhere(&self, entity: EntityId) -> bool {
        let all = 0..self.words.len();
        let look = || self.has_sign_in(self.lexicon.signs(entity), &all);
        *self.signed.borrow_mut().entry(entity).or_insert_with(look)
    }

    fn has_sign_in(&self, signs: &[Sequence], range: &Range<usize>) -> bool {
        signs.iter().any(|sign| sign.is_in(self.words, range))
    }

    /// Whether one of the `reach` words before the form, or the one after it, is among `list`.
    pub(super) fn is_near(&self, hit: &Hit, list: &List, reach: usize) -> bool {
        (1..=reach).any(|back| self.is(self.before(hit, back), list)) || self.is(self.after(hit, 1), list)
    }

    /// Why a form is taken for its entity: of an adjective with a capital that it does not have by itself, for its people.
    pub(super) fn reason(&self, span: &Range<usize>, form: &Form) -> Reason {
        let is_capital = self.words.get(span.start).is_some_and(|word| word.case == Case::Title);
        if form.role == Role::Adjective && form.begins_small() && is_capital {
            return Reason::People;
        }
        form.role.reason()
    }
}
