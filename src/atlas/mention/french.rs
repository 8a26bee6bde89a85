//! What French words around a form make of it.

use super::context::{Context, Grammar, Verdict};
use super::lexicon::{Form, Hit, Role};
use crate::language::words::{Case, List};

pub(super) const GRAMMAR: Grammar = Grammar {
    waters: List::of(&[
        "fleuve",
        "rivière",
        "mer",
        "mers",
        "golfe",
        "océan",
        "détroit",
        "lac",
        "baie",
        "delta",
        "rue",
        "avenue",
        "boulevard",
        "place",
        "quai",
        "pont",
        "gare",
        "stade",
        "hôtel",
        "café",
        "tour",
        "courant",
        "canyon",
        "mont",
    ]),
    linking: List::of(&["de", "du", "d", "des", "la", "le", "l", "les"]),
    waters_after: List::of(&[]),
    function: List::of(&[
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "de",
        "du",
        "d",
        "en",
        "au",
        "aux",
        "à",
        "et",
        "ou",
        "mais",
        "si",
        "quand",
        "contre",
        "pour",
        "avec",
        "sans",
        "entre",
        "selon",
        "après",
        "avant",
        "depuis",
        "vers",
        "sur",
        "dans",
        "chez",
        "ni",
        "car",
        "comme",
        "cette",
        "ce",
        "ces",
        "notre",
        "toute",
        "tout",
        "toutes",
        "tous",
        "que",
        "qu",
        "dont",
        "où",
        "via",
        "pourquoi",
        "comment",
        "lorsque",
        "face",
        "hors",
        "sous",
        "malgré",
        "président",
        "présidente",
        "premier",
        "ministre",
        "sommet",
        "accord",
        "guerre",
        "crise",
        "match",
        "finale",
        "dossier",
        "mission",
        "alors",
        "ainsi",
        "quant",
    ]),
    articles: List::of(&["la", "le", "les", "l", "en", "au", "aux"]),
    particles: List::of(&["de", "d", "du", "van", "von"]),
    titles_after: List::of(&[]),
    firms: List::of(&[
        "air",
        "radio",
        "royal",
        "crédit",
        "banque",
        "groupe",
        "stade",
        "télé",
        "europe",
        "amnesty",
        "greenpeace",
        "miss",
        "rolls",
    ]),
    peoples: List::of(&[
        "minorité",
        "minorités",
        "ethnie",
        "ethnies",
        "ethnique",
        "ethniques",
        "communauté",
        "communautés",
        "diaspora",
        "diasporas",
        "tribu",
        "tribus",
        "origine",
        "origines",
        "peuple",
        "peuples",
        "culture",
        "souche",
        "clan",
        "clans",
    ]),
    languages: List::of(&[
        "langue", "langues", "parle", "parlent", "parlait", "parlant", "parler", "parlé", "patois",
        "dialecte", "vocable",
    ]),
    locatives: List::of(&["à", "près", "autour", "vers", "depuis", "rejoint", "quitte", "gagne", "atteint"]),
    adjective,
};

/// What stands before the name of a language.
const BEFORE_LANGUAGES: List = List::of(&["le", "l", "du", "au", "en", "un", "d", "de"]);

/// What stands before nothing but the name of a language.
const IN: List = List::of(&["en"]);

/// What a people may be within another, seen from further away.
const GROUPS: List = List::of(&["minorité", "communauté"]);

/// A small letter makes an adjective, which follows its noun; after an article alone it is a language, save before a name
/// (« le russe Gazprom »). A capital makes a people.
fn adjective(context: &Context<'_>, hit: &Hit, form: &Form) -> Verdict {
    let word = context.words.get(hit.words.start);
    let is_small = word.is_some_and(|word| word.case == Case::Small);
    let before = context.before(hit, 1);
    if context.is(before, &context.grammar.languages) || context.is_water(hit) {
        return Verdict::Nothing;
    }
    if form.role == Role::Adjective && is_small && is_singular(context, hit) {
        let is_article = context.is(before, &BEFORE_LANGUAGES);
        let is_before_name = context.case_after(hit).is_some_and(|case| case != Case::Small);
        if context.is(before, &IN) || is_article && !is_before_name {
            return Verdict::Nothing;
        }
    }
    if context.is_near(hit, &context.grammar.peoples, 2) || context.is_near(hit, &GROUPS, 3) {
        return Verdict::Weak;
    }
    let is_given = form.is_given && !is_small && context.is_person(hit);
    if is_given { Verdict::Nothing } else { Verdict::Strong }
}

/// Whether the form is a masculine singular, as a language is.
fn is_singular(context: &Context<'_>, hit: &Hit) -> bool {
    let ends_with = |ending| context.words.ends_with(hit.words.end - 1, ending);
    let is_plural = ends_with("s") && !ends_with("ais") && !ends_with("ois");
    !(is_plural || ends_with("es"))
}
