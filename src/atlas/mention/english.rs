//! What English words around a form make of it.

use super::context::{Context, Grammar, Verdict};
use super::lexicon::{Form, Hit, Role};
use crate::language::words::{Case, Joint, List};

pub(super) const GRAMMAR: Grammar = Grammar {
    waters: List::of(&[
        "river", "sea", "gulf", "bay", "strait", "straits", "lake", "mount", "street", "avenue", "hotel",
        "stadium", "desert",
    ]),
    linking: List::of(&["of", "the"]),
    waters_after: List::of(&[
        "river", "sea", "gulf", "bay", "strait", "straits", "street", "avenue", "road", "square", "current",
        "trench", "hotel", "airlines", "airways", "delta",
    ]),
    function: List::of(&[
        "the",
        "a",
        "an",
        "in",
        "on",
        "at",
        "of",
        "from",
        "to",
        "and",
        "or",
        "but",
        "if",
        "when",
        "with",
        "without",
        "for",
        "against",
        "between",
        "after",
        "before",
        "since",
        "as",
        "both",
        "neither",
        "while",
        "why",
        "how",
        "by",
        "under",
        "over",
        "what",
        "where",
        "is",
        "will",
        "can",
        "should",
        "president",
        "prime",
        "minister",
        "neighbouring",
        "neighboring",
        "democratic",
        "greater",
        "all",
        "most",
        "many",
        "some",
        "only",
        "even",
        "today",
        "yesterday",
        "inside",
        "beyond",
        "across",
        "central",
        "eastern",
        "western",
        "northern",
        "southern",
        "modern",
        "mainland",
        "post",
        "leave",
        "visit",
        "beat",
        "beats",
        "says",
        "backs",
        "urges",
        "warns",
        "tells",
        "asks",
        "joins",
        "meets",
        "leaves",
        "hits",
        "wins",
    ]),
    articles: List::of(&["the"]),
    particles: List::of(&["van", "von", "de", "al"]),
    titles_after: List::of(&[
        "president",
        "prime",
        "minister",
        "king",
        "queen",
        "prince",
        "princess",
        "emir",
        "sultan",
        "chancellor",
        "foreign",
        "defence",
        "defense",
        "interior",
        "finance",
        "government",
        "parliament",
        "senator",
        "ambassador",
        "general",
        "army",
        "police",
        "opposition",
        "supreme",
        "central",
        "national",
        "republican",
        "democratic",
        "says",
        "and",
        "or",
    ]),
    firms: List::of(&["air", "radio", "royal", "bank", "team", "miss", "amnesty", "greenpeace", "virgin"]),
    peoples: List::of(&[
        "ethnic",
        "minority",
        "minorities",
        "diaspora",
        "tribe",
        "tribes",
        "tribal",
        "descent",
        "origin",
        "community",
        "communities",
        "born",
    ]),
    languages: List::of(&[
        "language",
        "languages",
        "speaking",
        "speaker",
        "speakers",
        "translation",
        "alphabet",
        "dialect",
        "grammar",
        "lessons",
    ]),
    locatives: List::of(&["in", "at", "near", "around", "to", "outside", "visited", "left", "reached"]),
    adjective,
};

/// Verbs and the like whose object is a language.
const SPEAKS: List = List::of(&[
    "speak", "speaks", "spoke", "speaking", "spoken", "learn", "learning", "teach", "teaching", "fluent",
]);

/// What may follow a language, a person or a people, but no noun of which it is the adjective.
const LINKING: List = List::of(&["and", "or", "to", "by", "on", "with", "as", "but"]);

/// What stands before a language that nothing follows.
const BEFORE_LANGUAGES: List = List::of(&["in", "into", "from", "some", "no", "little"]);

/// Verbs and the like whose subject may be a person.
const AFTER_PERSONS: List = List::of(&["has", "is", "was", "had", "will", "said", "says", "who"]);

/// Adjectives, peoples and languages are written alike, with a capital.
fn adjective(context: &Context<'_>, hit: &Hit, form: &Form) -> Verdict {
    let (before, after) = (context.before(hit, 1), context.after(hit, 1));
    if context.is(after, &context.grammar.languages) {
        let is_hyphen = context.words.joint(hit.words.end) == Joint::Hyphen;
        return if is_hyphen { Verdict::Weak } else { Verdict::Nothing };
    }
    if context.is(before, &SPEAKS) {
        return Verdict::Nothing;
    }
    let is_end = after.is_none() || context.is(after, &LINKING);
    let is_plural = form.role == Role::People && context.words.ends_with(hit.words.end - 1, "s");
    if is_end && !is_plural && context.is(before, &BEFORE_LANGUAGES) {
        return Verdict::Nothing;
    }
    let follows_person = is_end || context.is(after, &AFTER_PERSONS);
    if follows_person && !is_plural && context.is_after_forename(hit) || context.is_water(hit) {
        return Verdict::Nothing;
    }
    if context.is_near(hit, &context.grammar.peoples, 1) {
        return Verdict::Weak;
    }
    let is_person = form.is_given && context.case_after(hit) == Some(Case::Title) && context.is_person(hit);
    if is_person { Verdict::Nothing } else { Verdict::Strong }
}
