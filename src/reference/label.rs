//! Labels: the names by which calls lead to notes and sources.

use crate::data::{Reader, Refusal, Spanned, in_message};
use crate::language::{fold_label, slug};
use compact_str::CompactString;
use unicode_normalization::UnicodeNormalization;

/// What two labels have in common that call one note: they match as CommonMark matches them, and an accent matches itself
/// whether it was typed as one character with its letter or as two.
pub fn key(label: &str) -> CompactString {
    if label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return label.into();
    }
    fold_label(label).nfc().collect()
}

/// What stands for a label in an address: the label itself where it is fit for one, its case apart; its letters and a few
/// digits of its hash otherwise. It depends on nothing else, so an address stays when other labels come and go.
pub fn id(label: &str) -> String {
    if is_fit(label) {
        return label.to_owned();
    }
    let letters = slug(label);
    match letters.as_str() {
        "" => format!("x--{}", digits(label)),
        letters if key(label) == letters => letters.to_owned(),
        letters => format!("{letters}--{}", digits(label)),
    }
}

/// Whether it is seen at a glance that a label is fit for an address as it is.
fn is_fit(label: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    label.len() <= LONGEST_FIT && label.bytes().all(is_plain) && label.split('-').all(|word| !word.is_empty())
}

/// How long such a label may be: as long as a slug, or shorter.
const LONGEST_FIT: usize = 40;

/// Six hexadecimal digits that tell labels apart. Two hyphens before them keep them out of every slug's way.
fn digits(label: &str) -> String {
    blake3::hash(key(label).as_bytes()).to_hex().chars().take(6).collect()
}

/// Refuses a label that no call can hold.
pub fn check(reader: &mut Reader<'_>, label: &Spanned<String>) {
    if let Some(refusal) = refusal(&label.value) {
        reader.refuse(label, refusal);
    }
}

/// Why no call can hold this label, if none can.
pub(super) fn refusal(label: &str) -> Option<Refusal> {
    let is_callable = |character: char| !(character.is_whitespace() || "[]^".contains(character));
    let refused = label.is_empty() || !label.chars().all(is_callable);
    refused.then(|| {
        Refusal::new(format!("no call can be made to the note {}", in_message(label)))
            .help("a label is one word without brackets, called as `[^label]`")
    })
}
