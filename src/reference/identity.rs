use super::Reference;
use super::web::canonical;
use crate::language::fold;

/// What two references of the same source have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identity {
    /// The page they lead to, [`canonical`].
    Page(String),
    /// For what has no address: title, publisher, date and number, folded.
    Words(String),
}

impl Identity {
    /// The identity of what `reference` cites.
    pub fn of(reference: &Reference) -> Self {
        if let Some(url) = &reference.url {
            return Self::Page(canonical(&url.value));
        }
        let text =
            |value: &Option<crate::data::Spanned<String>>| value.as_ref().map(|text| fold(&text.value));
        let date = reference.date.as_ref().map(|date| date.value.to_string());
        let parts =
            [Some(fold(&reference.title.value)), text(&reference.publisher), text(&reference.number), date];
        Self::Words(parts.map(Option::unwrap_or_default).join("\n"))
    }

    /// Ten hexadecimal digits that tell sources apart in addresses. Fewer would not do: a thousand of them may be called
    /// « Communiqué ».
    pub fn digits(&self) -> String {
        let (Self::Page(text) | Self::Words(text)) = self;
        blake3::hash(text.as_bytes()).to_hex().chars().take(10).collect()
    }
}
