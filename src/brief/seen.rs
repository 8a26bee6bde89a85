//! What others see of a text: where that is the same after a change, only the text's own page is another.

use super::body::KeptFacts;
use super::spoken::SpokenOf;
use super::{Brief, FEW_WORDS, FileKind, Part, Passage};
use crate::source::Digest;
use std::hash::Hash;

impl Brief {
    /// The digest of what other files, lists and rules see of this brief: the front matter to the letter, and of the body all
    /// but its words and where in it things stand. Nothing for a file in which there is something to remark on or to let pass,
    /// which is not looked at so closely.
    pub fn seen(&self) -> Option<Digest> {
        // Each field is named, so that a new one can't be forgotten. What was found in passages of the front matter follows
        // from their text, and so does what the title speaks of. Notes that may be deleted are faults.
        let Self {
            path,
            kind,
            front,
            body_start,
            hash: _,
            passages,
            mendable,
            notes,
            note_removals: _,
            citations,
            spoken_of,
            waivers,
            diagnostics,
        } = self;
        let is_faultless = waivers.is_empty() && diagnostics.is_empty() && notes.is_faultless();
        let spoken_of = spoken_of.iter().flat_map(|parts| parts.iter());
        let is_certain = spoken_of.clone().all(|(_, found)| found.doubts.is_empty());
        if !is_faultless || !is_certain || passages.iter().any(|(_, facts)| facts.are_remarkable()) {
            return None;
        }
        let cited: Vec<_> = citations.iter().map(|citation| (citation.note, &citation.sentence)).collect();
        let passages: Vec<Passage> = passages.iter().map(|(passage, _)| *passage).collect();
        let of_body = spoken_of.filter(|(part, _)| *part == Part::Passage(Passage::Body));
        let spoken: Vec<_> = of_body.map(|(_, found)| seen_of_spoken(found)).collect();
        let body = self.body().seen_of_body(front.summary.is_some());
        // A standfirst is made of the beginning of a brief only where that is not all of it.
        let goes_on = *kind == FileKind::Brief && front.summary.is_none() && self.body().goes_on();
        Some(Digest::of(&(
            (path, kind, front, body_start, mendable),
            (notes, cited, passages, spoken, self.spoken_of.is_some(), body, goes_on),
        )))
    }
}

impl KeptFacts {
    /// Whether there is, or may be, something in it to remark on.
    fn are_remarkable(&self) -> bool {
        !self.is_faultless() || self.definitions.iter().any(|definition| definition.bare_link.is_some())
    }

    /// What others see of a body in which there is nothing to remark on. With a standfirst, nobody sees how it begins.
    fn seen_of_body(&self, has_summary: bool) -> impl Hash {
        let definitions: Vec<_> = self.definitions.iter().map(|it| &it.label).collect();
        let headings: Vec<_> = self.headings.iter().map(|it| (it.level, &it.text, &it.id)).collect();
        let links = self.links.iter();
        let links: Vec<_> =
            links.map(|it| (&it.target, &it.kind, &it.sentence, it.destination.is_some())).collect();
        let excerpt = (!has_summary).then_some(&self.excerpt);
        (definitions, headings, links, excerpt, self.words < FEW_WORDS)
    }
}

/// Which entities a body speaks of and how often, wherever that is.
fn seen_of_spoken(found: &SpokenOf) -> impl Hash {
    let SpokenOf { entities, doubts: _ } = found;
    let spoken = entities.iter();
    spoken.map(|it| (it.entity, it.strong, it.weak, it.linkable.is_some())).collect::<Vec<_>>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;
    use crate::atlas::mention::Finders;
    use crate::brief::{Newsroom, parse};
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

    fn are_seen_alike(one: &Brief, two: &Brief) -> bool {
        one.seen().is_some() && one.seen() == two.seen()
    }

    fn alike(one: &str, two: &str) -> bool {
        are_seen_alike(&brief(&format!("{HEAD}{one}")), &brief(&format!("{HEAD}{two}")))
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
        assert!(!are_seen_alike(&other_front, &brief(&format!("{HEAD}Texte.\n"))));
        let without = HEAD.replace("summary = \"S.\"\n", "");
        let excerpts = ["Un.\n", "Deux.\n"].map(|text| brief(&format!("{without}{text}")));
        assert!(!are_seen_alike(&excerpts[0], &excerpts[1]));
        let going_on = brief(&format!("{without}Un.\n\n- Deux.\n"));
        assert!(!are_seen_alike(&excerpts[0], &going_on));
    }
}
