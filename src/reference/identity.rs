use super::web::canonical;
use super::{Reference, label};
use crate::data::Spanned;
use compact_str::CompactString;
use serde::{Deserialize, Serialize};

/// What two references of the same source have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// The page they lead to, [`canonical`].
    Page(String),
    /// For what has no address: its kind, title, authors, publisher, number and date, whatever their capitals.
    Words(String),
}

impl Identity {
    /// The identity of what `reference` cites.
    pub fn of(reference: &Reference) -> Self {
        if let Some(url) = &reference.url {
            return Self::Page(canonical(&url.value));
        }
        // Accents count: « И » and « Й » begin two titles.
        let text =
            |value: &Option<Spanned<CompactString>>| value.as_ref().map(|text| label::key(&text.value));
        let authors: Vec<CompactString> =
            reference.authors.iter().map(|author| label::key(&author.value)).collect();
        let parts = [
            Some(reference.kind.name().into()),
            Some(label::key(&reference.title.value)),
            Some(authors.join(";").into()),
            text(&reference.publisher),
            text(&reference.number),
            reference.date.as_ref().map(|date| date.value.iso()),
        ];
        Self::Words(parts.map(Option::unwrap_or_default).join("\n"))
    }

    /// Ten hexadecimal digits that tell sources apart in addresses. Fewer would not do: a thousand of them may be called
    /// « Communiqué ».
    pub fn digits(&self) -> String {
        let (Self::Page(text) | Self::Words(text)) = self;
        blake3::hash(text.as_bytes()).to_hex().chars().take(10).collect()
    }
}
