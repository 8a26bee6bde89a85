//! A sentence put together of parts that may be absent, as the note of a source is.

use super::html::push_text;
use crate::language::Language;
use std::borrow::Cow;
use tera::Value;

/// A part of a sentence.
pub(super) enum Written<'a> {
    /// HTML, which is taken as it is.
    Html(Cow<'a, str>),
    /// Text, which is escaped.
    Text(Cow<'a, str>),
}

impl<'a> Written<'a> {
    /// What a template hands over; nothing where the part is absent.
    pub(super) fn of(value: &'a Value) -> Option<Self> {
        match value.as_str() {
            _ if value.is_none() || value.is_undefined() => None,
            Some(html) if value.is_safe() => Some(Self::Html(html.into())),
            Some(text) => Some(Self::Text(text.into())),
            None => Some(Self::Text(value.to_string().into())),
        }
    }

    fn as_str(&self) -> &str {
        let (Self::Html(written) | Self::Text(written)) = self;
        written
    }
}

/// The parts that say something, as HTML: with commas between them and a period at the end, unless they end with a mark of
/// their own. A part in brackets follows a space alone.
pub(super) fn html<'a>(parts: impl IntoIterator<Item = Written<'a>>, language: &Language) -> String {
    let closing = language.closing_mark_after_points();
    let mut html = String::with_capacity(512);
    for part in parts {
        if part.as_str().is_empty() {
            continue;
        }
        if !html.is_empty() {
            if !part.as_str().starts_with(['(', '[']) {
                push_point(&mut html, ',', closing);
            }
            html.push(' ');
        }
        match &part {
            Written::Html(written) => html.push_str(written),
            Written::Text(text) => push_text(&mut html, text),
        }
    }
    if !html.is_empty() && !is_closed(&html) {
        push_point(&mut html, '.', closing);
    }
    html
}

/// Adds a comma or a period, before a closing quotation mark where the language has it there. Of a quotation that goes on
/// with a comma the own period is left out.
fn push_point(html: &mut String, point: char, closing: Option<&str>) {
    if point == ',' && html.ends_with(CLOSING) {
        let end = end_of_words(html);
        if is_sentence(&html[..end]) {
            html.remove(end - 1);
        }
    }
    match closing.filter(|closing| html.ends_with(closing)) {
        Some(closing) => html.insert(html.len() - closing.len(), point),
        None => html.push(point),
    }
}

const CLOSING: [char; 5] = ['»', '”', '“', '’', '」'];

/// Where the last words end, before the tags and quotation marks that close them.
fn end_of_words(html: &str) -> usize {
    let mut words = html;
    loop {
        words = words.trim_end_matches(|mark: char| mark.is_whitespace() || CLOSING.contains(&mark));
        match words.strip_suffix('>').and_then(|tag| tag.rfind('<')) {
            Some(tag) => words = &words[..tag],
            None => return words.len(),
        }
    }
}

fn is_closed(html: &str) -> bool {
    html[..end_of_words(html)].ends_with(['.', '?', '!', '…'])
}

/// Whether the period that `words` end with is a sentence's, and not that of `Inc.` or `U.S.`
fn is_sentence(words: &str) -> bool {
    let Some(sentence) = words.strip_suffix('.') else { return false };
    let last = sentence.rsplit(|mark: char| mark.is_whitespace() || mark == '>').next().unwrap_or_default();
    let is_abbreviated = last.contains('.') || last.len() <= 3 && last.starts_with(char::is_uppercase);
    !(last.is_empty() || is_abbreviated)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::LanguageTag;

    fn sentence(tag: &str, parts: &[&str]) -> String {
        let parts: Vec<Value> = parts
            .iter()
            .map(|part| if part.starts_with('<') { Value::safe_string(part) } else { Value::from(*part) })
            .chain([Value::none(), Value::from("")])
            .collect();
        html(parts.iter().filter_map(Written::of), &Language::new(&LanguageTag::parse(tag).unwrap()))
    }

    #[test]
    fn what_is_absent_leaves_no_comma() {
        assert_eq!(
            sentence("fr", &["A. Dupont", "", "<cite>L’Est</cite>", "2023"]),
            "A. Dupont, <cite>L’Est</cite>, 2023."
        );
        assert_eq!(sentence("fr", &["", "(archive)"]), "(archive).");
        assert_eq!(sentence("fr", &[""]), "");
    }

    #[test]
    fn a_part_in_brackets_follows_a_space() {
        assert_eq!(
            sentence("fr", &["<cite>A</cite>", "[vidéo]", "B", "(archive)"]),
            "<cite>A</cite> [vidéo], B (archive)."
        );
    }

    #[test]
    fn a_mark_that_ends_the_last_words_ends_the_sentence() {
        for last in [
            "<cite>Et après ?</cite>",
            "Exemple S. A.",
            "<b>Non</b>!",
            "<i><a>Qui…</a></i>",
            "«\u{a0}Qui ?\u{a0}»",
        ] {
            assert_eq!(sentence("fr", &[last]), last);
        }
        assert_eq!(sentence("fr", &["<cite>Et après ?</cite>", "2023"]), "<cite>Et après ?</cite>, 2023.");
        assert_eq!(sentence("en", &["“Why?”"]), "“Why?”");
    }

    #[test]
    fn points_stand_where_the_language_has_them_at_a_quotation_s_end() {
        assert_eq!(sentence("en", &["“Title”", "TASS"]), "“Title,” TASS.");
        assert_eq!(sentence("en", &["TASS", "“Title”"]), "TASS, “Title.”");
        assert_eq!(sentence("en-GB", &["“Title”", "TASS"]), "“Title”, TASS.");
        assert_eq!(sentence("fr", &["«\u{a0}Titre\u{a0}»", "TASS"]), "«\u{a0}Titre\u{a0}», TASS.");
    }

    #[test]
    fn a_quotation_that_goes_on_loses_its_period() {
        for (tag, quotation, expected) in [
            ("en", "“Not now.”", "“Not now,” B."),
            ("en", "“In the U.S.”", "“In the U.S.,” B."),
            ("en", "“Example Inc.”", "“Example Inc.,” B."),
            ("en", "“And then...”", "“And then...,” B."),
            ("en-GB", "“Not now.”", "“Not now”, B."),
            ("fr", "«\u{a0}Plus tard.\u{a0}»", "«\u{a0}Plus tard\u{a0}», B."),
        ] {
            assert_eq!(sentence(tag, &[quotation, "B"]), expected);
        }
        assert_eq!(sentence("en", &["<i>“<a>Not now.</a>”</i>", "B"]), "<i>“<a>Not now.</a>”</i>, B.");
        assert_eq!(sentence("en", &["<b></b>“<a>Not now.</a>”", "B"]), "<b></b>“<a>Not now</a>,” B.");
    }

    #[test]
    fn what_is_not_html_is_escaped() {
        assert_eq!(sentence("fr", &["a <script>", "<b>b</b>"]), "a &lt;script&gt;, <b>b</b>.");
    }
}
