//! A structured note as its page prints it: title, authors, publisher, day, and the link to a kept copy.

use super::html::{is_web_url, push_attribute, push_text, push_url_attribute};
use super::wording::Wording;
use crate::page::view::SourceText;

/// What the note says, as it stands in a list of notes.
pub(super) fn html(source: &SourceText, wording: &Wording) -> String {
    let mut html = String::new();
    push_title(&mut html, source);
    let page = source.page.as_deref().map(page);
    let date = source.date.as_ref().map(|(_, written)| written.as_str());
    for part in
        [source.authors.as_deref(), source.publisher.as_deref(), date, page.as_deref()].into_iter().flatten()
    {
        html.push_str(", ");
        push_text(&mut html, part);
    }
    if let Some(archive) = web(source.archive.as_deref()) {
        html.push_str(" (<a");
        push_url_attribute(&mut html, "href", archive);
        html.push('>');
        push_text(&mut html, &wording.archived_copy());
        html.push_str("</a>)");
    }
    html.push('.');
    html
}

fn push_title(html: &mut String, source: &SourceText) {
    html.push_str("<cite");
    if let Some(language) = &source.language {
        push_attribute(html, "lang", language);
    }
    html.push('>');
    let url = web(source.url.as_deref());
    if let Some(url) = url {
        html.push_str("<a");
        push_url_attribute(html, "href", url);
        if let Some(language) = &source.language {
            push_attribute(html, "hreflang", language);
        }
        if let Some(archive) = web(source.archive.as_deref()) {
            push_robust_link(html, url, archive, source.date.as_ref().map(|(day, _)| day.as_str()));
        }
        html.push('>');
    }
    push_text(html, &source.title);
    html.push_str(if url.is_some() { "</a></cite>" } else { "</cite>" });
}

/// What Robust Links ask for, so that a reader's tools find the copy when the original is gone.
fn push_robust_link(html: &mut String, original: &str, version: &str, day: Option<&str>) {
    push_url_attribute(html, "data-originalurl", original);
    push_url_attribute(html, "data-versionurl", version);
    if let Some(day) = day {
        push_attribute(html, "data-versiondate", day);
    }
}

fn web(url: Option<&str>) -> Option<&str> {
    url.filter(|url| is_web_url(url))
}

/// The place in the source: « p. 12 » where it is figures alone.
fn page(written: &str) -> String {
    let figures = written.starts_with(|first: char| first.is_ascii_digit());
    if figures { format!("p.\u{a0}{written}") } else { written.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::tests::wording;
    use super::*;

    fn tass() -> SourceText {
        SourceText {
            title: "CSTO withdrawal".into(),
            publisher: Some("TASS".into()),
            date: Some(("2022-01-13".into(), "13\u{a0}janvier 2022".into())),
            url: Some("https://tass.example/1?a=1&b".into()),
            archive: Some("https://web.example/1".into()),
            language: Some("en".into()),
            ..SourceText::default()
        }
    }

    #[test]
    fn a_source_is_cited_with_its_link_its_language_and_its_kept_copy() {
        assert_eq!(
            html(&tass(), &wording()),
            "<cite lang=\"en\"><a href=\"https://tass.example/1?a=1&amp;b\" hreflang=\"en\" \
             data-originalurl=\"https://tass.example/1?a=1&amp;b\" data-versionurl=\"https://web.example/1\" \
             data-versiondate=\"2022-01-13\">CSTO withdrawal</a></cite>, TASS, 13\u{a0}janvier 2022 \
             (<a href=\"https://web.example/1\">archive</a>)."
        );
    }

    #[test]
    fn what_a_source_lacks_is_left_out() {
        let book = SourceText {
            title: "L’Asie <centrale>".into(),
            authors: Some("A. Dupont et B. Durand".into()),
            page: Some("12-14".into()),
            ..SourceText::default()
        };
        assert_eq!(
            html(&book, &wording()),
            "<cite>L’Asie &lt;centrale&gt;</cite>, A. Dupont et B. Durand, p.\u{a0}12-14."
        );
    }

    #[test]
    fn only_a_url_of_the_web_becomes_a_link() {
        let source = SourceText {
            url: Some("javascript:alert(1)".into()),
            archive: Some("data:text/html,x".into()),
            language: Some("\"><script>".into()),
            ..tass()
        };
        let html = html(&source, &wording());
        assert!(
            !html.contains("href") && !html.contains("<script") && !html.contains("javascript"),
            "{html}"
        );
    }
}
