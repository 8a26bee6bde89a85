//! Whether a text that was changed still says the same to all others: only its own page is then another.

use super::body::KeptFacts;
use super::spoken::{Spoken, SpokenOf};
use super::{Brief, Citation, FEW_WORDS, Part, Passage};

impl Brief {
    /// Whether what other files, lists and rules see of this brief and of `other`, the same file at another moment, is the same:
    /// the front matter to the letter, and of the body all but its words and where in it things stand. A file in which there is,
    /// or was, something to remark on or to let pass is not looked at so closely: the answer is then no.
    pub fn is_seen_alike(&self, other: &Self) -> bool {
        // Each field is named, so that a new one can't be forgotten.
        let Self {
            path,
            kind,
            front,
            body_start,
            hash: _,
            passages,
            mendable,
            notes,
            citations,
            spoken_of,
            waivers,
            diagnostics,
        } = self;
        let faultless = |brief: &Self| {
            brief.waivers.is_empty() && brief.diagnostics.is_empty() && brief.notes.is_faultless()
        };
        let passages_alike = || {
            passages.len() == other.passages.len()
                && passages.iter().zip(&other.passages).all(|((one, facts), (two, others))| {
                    one == two
                        && match one {
                            Passage::Body => are_seen_alike(facts, others, front.summary.is_some()),
                            _ => facts == others,
                        }
                })
        };
        let spoken_alike = || match (spoken_of, &other.spoken_of) {
            (Some(one), Some(two)) => one.len() == two.len() && one.iter().zip(two).all(speak_alike),
            (None, None) => true,
            _ => false,
        };
        faultless(self)
            && (waivers, diagnostics) == (&other.waivers, &other.diagnostics)
            && (path, kind, front, body_start) == (&other.path, &other.kind, &other.front, &other.body_start)
            && (mendable, notes) == (&other.mendable, &other.notes)
            && all_alike(citations, &other.citations, cite_alike)
            && passages_alike()
            && spoken_alike()
    }
}

/// Whether the facts of two bodies are the same but for where they stand. With a standfirst, nobody sees how they begin.
fn are_seen_alike(one: &KeptFacts, two: &KeptFacts, has_summary: bool) -> bool {
    let is_faultless = one.is_faultless() && two.is_faultless();
    let KeptFacts { definitions, headings, links, excerpt, words, .. } = one;
    is_faultless
        && all_alike(definitions, &two.definitions, |one, two| {
            one.label == two.label && one.bare_link.is_none() && two.bare_link.is_none()
        })
        && all_alike(headings, &two.headings, |one, two| {
            (one.level, &one.text, &one.id) == (two.level, &two.text, &two.id)
        })
        && all_alike(links, &two.links, |one, two| {
            (&one.target, &one.kind, &one.sentence) == (&two.target, &two.kind, &two.sentence)
                && one.destination.is_some() == two.destination.is_some()
        })
        && (has_summary || *excerpt == two.excerpt)
        && (*words < FEW_WORDS) == (two.words < FEW_WORDS)
}

fn all_alike<T>(one: &[T], two: &[T], alike: impl Fn(&T, &T) -> bool) -> bool {
    one.len() == two.len() && one.iter().zip(two).all(|(one, two)| alike(one, two))
}

/// Whether two citations are of the same note, called in the same sentence.
fn cite_alike(one: &Citation, two: &Citation) -> bool {
    (one.note, &one.sentence) == (two.note, &two.sentence)
}

/// Whether two readings of a part speak of the same entities as often; in the body, wherever that is.
fn speak_alike((one, two): (&(Part, SpokenOf), &(Part, SpokenOf))) -> bool {
    let is_alike = |one: &Spoken, two: &Spoken| {
        let Spoken { entity, strong, weak, first: _, linkable } = one;
        (entity, strong, weak) == (&two.entity, &two.strong, &two.weak)
            && linkable.is_some() == two.linkable.is_some()
    };
    let SpokenOf { entities, doubts } = &one.1;
    one.0 == two.0
        && doubts.is_empty()
        && two.1.doubts.is_empty()
        && match one.0 {
            Part::Passage(Passage::Body) => all_alike(entities, &two.1.entities, is_alike),
            _ => one.1 == two.1,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;
    use crate::atlas::mention::Finders;
    use crate::brief::{FileKind, Newsroom, parse};
    use crate::config::BaseUrl;
    use crate::language::LanguageTag;
    use crate::reference::Bibliography;
    use crate::source::{ContentPath, Source};

    const HEAD: &str =
        "+++\ntitle = \"T\"\ndate = 2024-01-01\ncountries = [\"KZ\"]\nsummary = \"S.\"\n+++\n\n";

    fn brief(text: &str) -> Brief {
        let language = LanguageTag::parse("fr").unwrap();
        let newsroom = Newsroom {
            language: &language,
            base_url: &BaseUrl::parse("https://revue.example/").unwrap(),
            bibliography: &Bibliography::default(),
            finders: &Finders::new(&Atlas::world(), [&language]),
        };
        parse(&Source::new(ContentPath::new("content/a.md").unwrap(), text), FileKind::Brief, newsroom)
    }

    fn alike(one: &str, two: &str) -> bool {
        brief(&format!("{HEAD}{one}")).is_seen_alike(&brief(&format!("{HEAD}{two}")))
    }

    #[test]
    fn other_words_are_nobody_else_s_business() {
        assert!(alike("Le Kazakhstan se tait.\n", "Longtemps, le Kazakhstan a parlé, puis s’est tu.\n"));
        assert!(alike("Un mot[^a].\n\n[^a]: Note.\n", "Un autre mot[^a].\n\n[^a]: Une autre note.\n"));
        assert!(alike("## Ici\n\nTexte.\n", "Texte avant.\n\n## Ici\n\nTexte.\n"));
    }

    #[test]
    fn what_others_see_is() {
        for (one, two) in [
            ("Le Kazakhstan.\n", "Le Kazakhstan, oui, le Kazakhstan.\n"),
            ("Texte.\n", "Texte, en Arménie.\n"),
            ("Voir [là](b.md).\n", "Voir [là](c.md).\n"),
            ("Voir [là](b.md).\n", "Voir donc [là](b.md).\n"),
            ("## Ici\n", "## Là\n"),
            ("Un mot[^a].\n\n[^a]: Note.\n", "Un mot[^b].\n\n[^b]: Note.\n"),
            ("Texte.\n", "Texte de de plus.\n"),
            ("Texte de de plus.\n", "Texte de de moins.\n"),
            ("Texte.\n", "Texte FIXME.\n"),
        ] {
            assert!(!alike(one, two), "{one}{two}");
        }
        let other_front = brief(&format!("{}Texte.\n", HEAD.replace("\"T\"", "\"U\"")));
        assert!(!other_front.is_seen_alike(&brief(&format!("{HEAD}Texte.\n"))));
        let without = HEAD.replace("summary = \"S.\"\n", "");
        let excerpts = ["Un.\n", "Deux.\n"].map(|text| brief(&format!("{without}{text}")));
        assert!(!excerpts[0].is_seen_alike(&excerpts[1]));
    }
}
