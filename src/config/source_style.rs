use crate::data::{Refusal, in_message};
use crate::source::ContentPath;

/// A style of citations in CSL, the Citation Style Language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceStyle {
    /// One of those the program brings along: `chicago-notes`.
    Named(String),
    /// A file of the site: `styles/revue.csl`.
    File(ContentPath),
}

impl SourceStyle {
    /// Reads a style's name, or the path of its file.
    pub(super) fn parse(written: &str) -> Result<Self, Refusal> {
        if !written.ends_with(".csl") {
            return Ok(Self::Named(written.to_owned()));
        }
        ContentPath::new(written).map(Self::File).ok_or_else(|| {
            Refusal::new(format!("{} is not a file of the site", in_message(written)))
                .help("write its path from the folder of `site.toml`: `styles/revue.csl`")
        })
    }
}
