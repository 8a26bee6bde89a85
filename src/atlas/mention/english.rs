//! What English words around a form make of it.

use super::context::{Context, Grammar, Verdict};
use super::lexicon::{Form, Hit, Role};
use super::words::{Case, Joint};

pub(super) const GRAMMAR: Grammar = Grammar {
    waters: &[
        "river", "sea", "gulf", "bay", "strait", "straits", "lake", "mount", "street", "avenue", "hotel",
        "stadium", "desert",
    ],
    linking: &["of", "the"],
    waters_after: &[
        "river", "sea", "gulf", "bay", "strait", "straits", "street", "avenue", "road", "square", "current",
        "trench", "hotel", "airlines", "airways", "delta",
    ],
    function: &[
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
    ],
    articles: &["the"],
    particles: &["van", "von", "de", "al"],
    titles_after: &[
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
    ],
    firms: &["air", "radio", "royal", "bank", "team", "miss", "amnesty", "greenpeace", "virgin"],
    peoples: &[
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
    ],
    languages: &[
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
    ],
    locatives: &["in", "at", "near", "around", "to", "outside", "visited", "left", "reached"],
    adjective,
};

/// Adjectives, peoples and languages are written alike, with a capital.
fn adjective(context: &Context<'_>, hit: &Hit, form: &Form) -> Verdict {
    let (before, after) = (context.before(hit, 1), context.after(hit, 1));
    if context.is(after, context.grammar.languages) {
        let is_hyphen = context.words.joint(hit.words.end) == Joint::Hyphen;
        return if is_hyphen { Verdict::Weak } else { Verdict::Nothing };
    }
    let speaks = [
        "speak", "speaks", "spoke", "speaking", "spoken", "learn", "learning", "teach", "teaching", "fluent",
    ];
    if context.is(before, &speaks) {
        return Verdict::Nothing;
    }
    let is_end = after.is_none() || context.is(after, &["and", "or", "to", "by", "on", "with", "as", "but"]);
    let is_plural = form.role == Role::People && context.words.small(hit.words.end - 1).ends_with('s');
    if is_end && !is_plural && context.is(before, &["in", "into", "from", "some", "no", "little"]) {
        return Verdict::Nothing;
    }
    let follows_person =
        is_end || context.is(after, &["has", "is", "was", "had", "will", "said", "says", "who"]);
    if follows_person && !is_plural && context.is_after_forename(hit) || context.is_water(hit) {
        return Verdict::Nothing;
    }
    if context.is_near(hit, context.grammar.peoples, 1) {
        return Verdict::Weak;
    }
    let is_person = form.is_given && context.case_after(hit) == Some(Case::Title) && context.is_person(hit);
    if is_person { Verdict::Nothing } else { Verdict::Strong }
}
