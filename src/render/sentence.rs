//! A sentence put together of parts that may be absent, as the note of a source is.

use super::html::push_text;
use crate::language::Language;
use tera::Value;

/// A sentence that is being written at the end of some HTML: with commas between its parts and a period at the end, unless they
/// end with a mark of their own. A part in brackets follows a space alone.
pub(super) struct Sentence<'h> {
    html: &'h mut String,
    start: usize,
    /// The closing quotation mark that commas and periods stand before.
    closing: Option<&'static str>,
}

impl<'h> Sentence<'h> {
    pub(super) fn new(html: &'h mut String, language: &Language) -> Self {
        Self { start: html.len(), html, closing: language.closing_mark_after_points() }
    }

    /// Adds a part that is text.
    pub(super) fn text(&mut self, text: &str) {
        if !text.is_empty() {
            push_text(self.next(is_bracketed(text)), text);
        }
    }

    /// Adds a part that is HTML.
    pub(super) fn html(&mut self, html: &str) {
        if !html.is_empty() {
            self.next(is_bracketed(html)).push_str(html);
        }
    }

    /// Where the next part is to be written, which says something for certain.
    pub(super) fn next(&mut self, is_bracketed: bool) -> &mut String {
        if self.html.len() > self.start {
            if !is_bracketed {
                self.push_point(',');
            }
            self.html.push(' ');
        }
        self.html
    }

    /// Ends the sentence.
    pub(super) fn end(mut self) {
        let written = &self.html[self.start..];
        if !written.is_empty() && !is_closed(written) {
            self.push_point('.');
        }
    }

    /// Adds a comma or a period, before a closing quotation mark where the language has it there. Of a quotation that goes on
    /// with a comma the own period is left out.
    fn push_point(&mut self, point: char) {
        let html = &mut *self.html;
        // Marks that close are no letters of ASCII, with which most parts end.
        if html.as_bytes().last().is_some_and(|last| last.is_ascii_alphanumeric()) {
            return html.push(point);
        }
        if point == ',' && html.ends_with(CLOSING) {
            let written = &html[self.start..];
            let end = end_of_words(written);
            if is_sentence(&written[..end]) {
                html.remove(self.start + end - 1);
            }
        }
        match self.closing.filter(|closing| html.ends_with(closing)) {
            Some(closing) => html.insert(html.len() - closing.len(), point),
            None => html.push(point),
        }
    }
}

fn is_bracketed(part: &str) -> bool {
    part.starts_with(['(', '['])
}

/// A sentence of the parts that a template hands over, those that are there.
pub(super) fn of_values<'v>(parts: impl IntoIterator<Item = &'v Value>, language: &Language) -> String {
    let mut html = String::with_capacity(512);
    let mut sentence = Sentence::new(&mut html, language);
    for part in parts {
        match part.as_str() {
            _ if part.is_none() || part.is_undefined() => {}
            Some(html) if part.is_safe() => sentence.html(html),
            Some(text) => sentence.text(text),
            None => sentence.text(&part.to_string()),
        }
    }
    sentence.end();
    html
}

const CLOSING: [char; 5] = ['»', '”', '“', '’', '」'];

/// Where the last words end, before the tags and quotation marks that close them.
fn end_of_words(html: &str) -> usize {
    let mut words = html;
    loop {
        words = words.trim_end_matches(|mark: char| mark.is_whitespace() || CLOSING.contains(&mark));
        // Such tags are short.
        match words.strip_suffix('>').and_then(|tag| tag.bytes().rposition(|byte| byte == b'<')) {
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
        of_values(&parts, &Language::new(&LanguageTag::parse(tag).unwrap()))
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
