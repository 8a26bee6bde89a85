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

    /// The word that is written for it.
    pub fn name(self) -> &'static str {
        Self::CHOICES[self as usize].0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_its_own_word() {
        for (word, kind) in Kind::CHOICES {
            assert_eq!(kind.name(), word);
        }
    }
}
