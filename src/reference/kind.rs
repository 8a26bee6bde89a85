/// What kind of thing a source is, which decides how it is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Anything else that has a title: a press release, a page of a site.
    #[default]
    Document,
    /// An article of a newspaper, a review or a site.
    Article,
    /// A news agency's dispatch.
    Dispatch,
    /// A report.
    Report,
    /// A law, a decree, a treaty.
    Law,
    /// A resolution of an assembly or a council.
    Resolution,
    /// A speech.
    Speech,
    /// An interview.
    Interview,
    /// A post on a social network or a blog.
    Post,
    /// A video.
    Video,
    /// A data set.
    Dataset,
    /// A book.
    Book,
}

impl Kind {
    /// Every kind, by the word that is written for it.
    pub const CHOICES: [(&'static str, Self); 12] = [
        ("document", Self::Document),
        ("article", Self::Article),
        ("dispatch", Self::Dispatch),
        ("report", Self::Report),
        ("law", Self::Law),
        ("resolution", Self::Resolution),
        ("speech", Self::Speech),
        ("interview", Self::Interview),
        ("post", Self::Post),
        ("video", Self::Video),
        ("dataset", Self::Dataset),
        ("book", Self::Book),
    ];

    /// The kind that a bibliography names by one of the words it has for it, in English or French: the library of sources
    /// has its own, [`Kind::CHOICES`], only.
    pub(super) fn called(written: &str) -> Option<Self> {
        let word = written.trim().to_lowercase();
        let choice = Self::CHOICES.iter().find(|(name, _)| *name == word).map(|(_, kind)| *kind);
        choice
            .or_else(|| WORDS.iter().find(|(_, words)| words.contains(&word.as_str())).map(|(kind, _)| *kind))
    }

    /// The word that is written for it.
    pub fn name(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

/// What kinds are called elsewhere, in small letters.
const WORDS: [(Kind, &[&str]); 11] = [
    (Kind::Document, &["communiqué", "communique", "press release", "communiqué de presse"]),
    (Kind::Article, &["newspaper", "magazine", "newspaper article", "article de presse"]),
    (Kind::Dispatch, &["dépêche", "depeche", "wire", "newswire", "news agency"]),
    (Kind::Report, &["rapport", "working paper", "policy brief"]),
    (Kind::Law, &["loi", "decree", "décret", "treaty", "traité", "statute"]),
    (Kind::Resolution, &["résolution"]),
    (Kind::Speech, &["discours", "allocution", "keynote"]),
    (Kind::Interview, &["entretien"]),
    (Kind::Post, &["blog", "blog post", "blogpost", "tweet", "toot", "billet", "forum post"]),
    (Kind::Video, &["vidéo", "film", "movie", "documentary", "documentaire"]),
    (Kind::Dataset, &["data set", "jeu de données"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_word() {
        for (word, kind) in Kind::CHOICES {
            assert_eq!(kind.name(), word);
        }
    }

    #[test]
    fn a_kind_is_known_by_what_bibliographies_call_it() {
        assert_eq!(Kind::called("Dépêche"), Some(Kind::Dispatch));
        assert_eq!(Kind::called("press release"), Some(Kind::Document));
        assert_eq!(Kind::called("speech"), Some(Kind::Speech));
        assert_eq!(Kind::called("diplomatie"), None);
    }
}
