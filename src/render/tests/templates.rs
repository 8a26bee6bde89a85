//! Templates: what they see, what they may ask for, and what is said of their mistakes.

use super::{Written, body_of, saying, wording};
use crate::brief::Passage;
use crate::diagnostic::{Diagnostic, code};
use crate::language::LanguageTag;
use crate::page::FeedFormat;
use crate::page::view::*;
use crate::render::Renderer;
use crate::source::{ContentPath, Position, Source};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

type Files = BTreeMap<String, Source>;

/// Templates by name; those of the theme stand in its folder.
fn files(files: &[(&str, &str)]) -> Files {
    let source = |(name, text): &(&str, &str)| {
        let path = match name.strip_prefix("theme/") {
            Some(name) => format!("themes/courrier/templates/{name}"),
            None => format!("templates/{name}"),
        };
        ((*name).to_owned(), Source::new(ContentPath::new(&path).unwrap(), *text))
    };
    files.iter().map(source).collect()
}

fn tag() -> LanguageTag {
    LanguageTag::parse("fr").unwrap()
}

fn view(content: Content) -> View {
    let site = SiteView {
        title: "Le Relevé & Cie".into(),
        description: String::new(),
        publisher: String::new(),
        base_url: "https://x.example/".into(),
        root: "../".into(),
        home: "../".into(),
        menu: Vec::new(),
        languages: Vec::new(),
        feeds: Vec::new(),
        generator: "Dépêche".into(),
        extra: serde_json::Value::Null,
    };
    let page = PageView {
        kind: "brief",
        title: "Un titre <b>".into(),
        description: String::new(),
        language: tag(),
        direction: "ltr",
        canonical: "https://x.example/minsk/".into(),
        alternates: Vec::new(),
        feeds: Vec::new(),
        json_ld: String::new(),
        image: None,
    };
    View { frame: Frame { site: site.into(), page }, content }
}

fn day() -> DateView {
    DateView { iso: "2023-11-23".into(), text: "23\u{a0}novembre 2023".into() }
}

fn brief(text: TextView) -> Content {
    let brief = BriefView {
        title: "Un titre <b>".into(),
        language: tag(),
        date: day(),
        updated: None,
        draft: false,
        countries: Vec::new(),
        organisations: Vec::new(),
        authors: Vec::new(),
        topics: Vec::new(),
        series: None,
        translations: Vec::new(),
        image: None,
        contents: Vec::new(),
        words: 12,
        cited_by: Vec::new(),
        related: Vec::new(),
        neighbours: Vec::new(),
        cite: CiteView::default(),
        extra: serde_json::json!({ "mot": "clef" }),
        text: Arc::new(text.into()),
    };
    Content::Brief(Box::new(BriefPage { brief, entry: None }))
}

fn minsk() -> Written {
    body_of("Corps[^a], [ici](../2022/erevan.md).\n\n[^a]: Une note.")
        .with(Passage::Summary, "Un *chapeau*[^a].")
        .with(Passage::Correction(0), "Corrigé.")
}

fn feed() -> Content {
    let entry = FeedEntry {
        title: "Minsk & <b>\u{1}".into(),
        url: "https://x.example/minsk/".into(),
        language: tag(),
        published: "2023-11-23T00:00:00Z".into(),
        updated: "2023-11-24T00:00:00Z".into(),
        authors: vec!["A. Dupont".into()],
        countries: vec![CategoryView { term: "AM".into(), label: "Arménie".into() }],
        summary: "Un *chapeau*[^a].".into(),
        image: Some(PageImage { url: "https://x.example/i.png".into(), alt: "I".into() }),
        prefix: "minsk".into(),
        text: Arc::new(minsk().text().into()),
    };
    Content::Feed(Box::new(FeedView {
        title: "Le Relevé".into(),
        description: String::new(),
        self_url: "https://x.example/atom.xml".into(),
        page_url: "https://x.example/".into(),
        updated: "2023-11-24T00:00:00Z".into(),
        entries: vec![Arc::new(SharedEntry { entry: entry.into(), rendered: OnceLock::new() })],
    }))
}

/// What the page of a brief is with these templates.
fn filled(templates: &[(&str, &str)]) -> Result<String, Box<Diagnostic>> {
    fill(&files(templates), brief(minsk().text()))
}

fn fill(files: &Files, content: Content) -> Result<String, Box<Diagnostic>> {
    let (renderer, diagnostics) = Renderer::with(files, vec![wording()]);
    assert_eq!(diagnostics, []);
    let bytes = renderer.render_at(&view(content), FeedFormat::Atom, "/minsk/")?;
    Ok(String::from_utf8(bytes).unwrap())
}

/// The mistakes found when templates are read: where each is, what it underlines, what it says.
fn mistakes(templates: &[(&str, &str)]) -> Vec<(String, String, String)> {
    let files = files(templates);
    let (_, diagnostics) = Renderer::with(&files, vec![wording()]);
    diagnostics.into_iter().map(|diagnostic| shown(&files, &diagnostic)).collect()
}

fn shown(files: &Files, diagnostic: &Diagnostic) -> (String, String, String) {
    let place = &diagnostic.place;
    let text = files.values().find(|source| source.path == place.path).map_or("", |source| &source.text);
    let Position { line, column } = Position::of(text, place.span.start as usize);
    (
        format!("{}:{line}:{column}", place.path),
        text[place.span.range()].to_owned(),
        diagnostic.message.clone(),
    )
}

#[test]
fn html_that_rendering_made_is_not_escaped_and_all_else_is() {
    let html = filled(&[(
        "brief.html",
        "{{ brief.title }}|{{ summary }}|{{ content }}|{{ notes }}|{{ corrections[0].html }}|{{ caption }}|{{ brief.extra.mot }}|{{ site.title }}",
    )]);
    let html = html.unwrap();
    assert!(
        html.starts_with("Un titre &lt;b&gt;|Un <em>chapeau</em><sup class=\"call\"><a id=\"ref-a\""),
        "{html}"
    );
    assert!(html.contains("|<p>Corps<sup"), "{html}");
    assert!(html.contains("<div class=\"note-body\">Une note.</div> <span class=\"backrefs\">↩\u{a0}<a href=\"#ref-a\" role=\"doc-backlink\""), "{html}");
    assert!(html.ends_with("</span></li>\n|Corrigé.||clef|Le Relevé &amp; Cie"), "{html}");
}

#[test]
fn each_kind_of_page_has_its_template() {
    let robots = Content::Robots(RobotsView { sitemap: "https://x.example/sitemap.xml?a&b".into() });
    let text = fill(&files(&[("robots.txt", "Sitemap: {{ sitemap }}")]), robots).unwrap();
    assert_eq!(text, "Sitemap: https://x.example/sitemap.xml?a&b", "a text file is not escaped");
    let redirect = Content::Redirect(RedirectView { url: "../a/".into(), title: "A".into() });
    assert_eq!(fill(&files(&[("redirect.html", "{{ url }}")]), redirect).unwrap(), "../a/");
    assert_eq!(
        fill(&files(&[("404.html", "{{ page.title }}")]), Content::NotFound {}).unwrap(),
        "Un titre &lt;b&gt;"
    );
    let archive = Content::Archive(ArchiveView { years: Vec::new(), count: 1280 });
    assert_eq!(fill(&files(&[("archive.html", "{{ count | number }}")]), archive).unwrap(), "1\u{202f}280");
}

#[test]
fn templates_ask_for_words_numbers_and_running_text_in_the_page_s_language() {
    for (template, expected) in [
        ("{{ t(key=\"note\", number=3) }}", "Note 3"),
        (
            "{{ t(key=\"brief-count\", count=1) }}, {{ t(key=\"brief-count\", count=1234) }}",
            "1 article, 1\u{202f}234 articles",
        ),
        ("{{ t(key=\"go-home\", home=\"<i>\", name=\"&\") }}", "Retour à &lt;i&gt; &amp; &amp;"),
        ("{{ brief.words | number }}", "12"),
        ("{{ \"non\" | quote }}", "«\u{a0}non\u{a0}»"),
        ("{{ [\"A\", \"B\", \"C\"] | list }}", "A, B et C"),
        ("{{ \"École\" | initial }}", "E"),
        ("{{ \"Un *mot*[^a] <b>\" | inline }}", "Un <em>mot</em>"),
        ("{{ \"Un *mot*[^a] & [lien](u)\" | plain }}", "Un mot &amp; lien"),
    ] {
        assert_eq!(filled(&[("brief.html", template)]).unwrap(), expected, "{template}");
        let component = format!("{{% component it(brief: map) %}}{template}{{% endcomponent it %}}");
        let html = filled(&[("brief.html", "{{ <it brief={brief}/> }}"), ("it.html", &component)]).unwrap();
        assert_eq!(html, expected, "in a component: {template}");
    }
}

#[test]
fn a_site_s_template_stands_for_the_theme_s_and_may_extend_it() {
    let base = "[{% block main %}thème{% endblock main %}]";
    let child = "{% extends \"base.html\" %}";
    assert_eq!(filled(&[("theme/base.html", base), ("theme/brief.html", child)]).unwrap(), "[thème]");
    let own = "{% extends \"theme/base.html\" %}{% block main %}{{ super() }} et site{% endblock main %}";
    let files = [("theme/base.html", base), ("theme/brief.html", child), ("base.html", own)];
    assert_eq!(filled(&files).unwrap(), "[thème et site]");
}

#[test]
fn a_syntax_error_is_told_of_each_file_that_has_one() {
    assert_eq!(
        mistakes(&[("a.html", "é {{ x | }}\n"), ("b.html", "{% if %}"), ("theme/c.html", "{{ fine }}")])
            .len(),
        2
    );
    let (place, underlined, message) = mistakes(&[("a.html", "un\né {% fi x %}")]).remove(0);
    assert_eq!((place.as_str(), underlined.as_str()), ("templates/a.html:2:6", "fi"), "{message}");
    assert!(
        message.starts_with(char::is_lowercase) && !message.ends_with('.') && !message.contains('\n'),
        "{message}"
    );
}

#[test]
fn what_a_template_asks_for_must_exist() {
    assert_eq!(
        mistakes(&[
            ("a.html", "é {{ x | upcase }}\n  {% include \"z.html\" %}{{ <carte/> }}{{ now() }}"),
            ("theme/b.html", "{{ y is grand }}"),
        ]),
        [
            ("templates/a.html:1:10".into(), "upcase".into(), "unknown filter `upcase`".into()),
            ("templates/a.html:2:14".into(), "\"z.html\"".into(), "unknown template `z.html`".into()),
            ("templates/a.html:2:28".into(), "<carte/>".into(), "unknown component `carte`".into()),
            ("templates/a.html:2:42".into(), "now()".into(), "unknown function `now`".into()),
            ("themes/courrier/templates/b.html:1:9".into(), "grand".into(), "unknown test `grand`".into()),
        ]
    );
}

#[test]
fn templates_that_hang_together_wrongly_are_told() {
    assert_eq!(
        mistakes(&[("a.html", "{% extends \"z.html\" %}")]),
        [(
            "templates/a.html:1:12".into(),
            "\"z.html\"".into(),
            "`a.html` extends `z.html`, which does not exist".into()
        )]
    );
    let found = mistakes(&[("a.html", "{% extends \"b.html\" %}"), ("b.html", "{% extends \"a.html\" %}")]);
    assert_eq!(found[0].2, "`a.html` extends itself");
    assert_eq!(found[0].1, "\"b.html\"");
    let component = "{% component it() %}{% endcomponent it %}";
    let found = mistakes(&[("a.html", component), ("b.html", component)]);
    assert_eq!(found[0].2, "component `it` is defined in both `a.html` and `b.html`");
    assert_eq!(found[0].0, "templates/a.html:1:1");
}

#[test]
fn an_undefined_variable_is_told_with_its_place_its_page_and_what_led_to_it() {
    let templates = files(&[
        ("brief.html", "\n{{ <it brief={brief}/> }}"),
        ("it.html", "{% component it(brief: map) %}\né {{ brief.titel }}{% endcomponent it %}"),
    ]);
    let (renderer, _) = Renderer::with(&templates, vec![wording()]);
    let error = renderer.render_at(&view(brief(minsk().text())), FeedFormat::Atom, "/minsk/").unwrap_err();
    assert_eq!(error.code.id, code::TEMPLATE_ERROR.id);
    let (place, underlined, message) = shown(&templates, &error);
    assert_eq!((place.as_str(), underlined.as_str()), ("templates/it.html:2:12", "titel"));
    assert_eq!(message, "field `titel` is not defined");
    assert_eq!(error.help, ["did you mean `title`?", "met while making the page `/minsk/`"]);
    assert_eq!(error.related.len(), 1);
    assert_eq!(error.related[0].0.path.as_str(), "templates/brief.html");
    let start = error.related[0].0.span.start as usize;
    assert_eq!(Position::of(&templates["brief.html"].text, start).line, 2);
}

#[test]
fn an_unknown_string_is_told_with_the_nearest() {
    let error = filled(&[("brief.html", "{{ t(key=\"notes-and-source\") }}")]).unwrap_err();
    assert_eq!(error.code.id, code::MISSING_STRING.id);
    assert_eq!(error.message, "the interface has no string `notes-and-source` in fr");
    assert_eq!(error.help[0], "did you mean `notes-and-sources`?");
    let error = filled(&[("brief.html", "{{ t(cle=\"x\") }}")]).unwrap_err();
    assert_eq!(error.message, "missing keyword argument `key`");
}

#[test]
fn a_theme_without_a_template_is_told() {
    let error = filled(&[("page.html", "")]).unwrap_err();
    assert_eq!(error.message, "the theme has no template `brief.html`");
    assert_eq!(error.place.path.as_str(), "templates/brief.html");
}

#[test]
fn an_atom_feed_is_xml_whatever_stands_in_it() {
    let template = "<feed><title>{{ title }}</title>{% for entry in entries %}<entry><title>{{ entry.title }}</title><summary>{{ entry.summary }}</summary><content>{{ entry.html | str }}</content>{{ entry.countries[0].label }}</entry>{% endfor %}</feed>";
    let xml = fill(&files(&[("atom.xml", template)]), feed()).unwrap();
    assert!(xml.contains("<title>Minsk &amp; &lt;b&gt;</title><summary>Un chapeau.</summary><content>&lt;p&gt;Un &lt;em&gt;"), "{xml}");
    let mut reader = quick_xml::Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => break,
            Ok(_) => {}
            Err(error) => panic!("{error} in {xml}"),
        }
    }
}

#[test]
fn a_feed_s_entry_keeps_its_notes_as_feed_readers_look_for_them() {
    let files = Files::new();
    let (renderer, _) = Renderer::with(&files, vec![wording()]);
    let bytes = renderer.render_at(&view(feed()), FeedFormat::Json, "/feed.json").unwrap();
    let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let item = &json["items"][0];
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["feed_url"], "https://x.example/atom.xml");
    assert_eq!(json.get("description"), None);
    assert_eq!(item["id"], "https://x.example/minsk/");
    assert_eq!(item["summary"], "Un chapeau.");
    assert_eq!(item["tags"][0], "Arménie");
    assert_eq!(
        item["content_html"],
        "<p>Un <em>chapeau</em><sup><a class=\"footnote\" id=\"minsk-ref-a\" href=\"#minsk-note-a\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup>.</p>\n\
         <figure><img src=\"https://x.example/i.png\" alt=\"I\"></figure>\n\
         <p>Corps<sup><a class=\"footnote\" id=\"minsk-ref-a-2\" href=\"#minsk-note-a\" role=\"doc-noteref\" aria-label=\"Note 1\">1</a></sup>, \
         <a href=\"https://x.example/erevan/\">ici</a>.</p>\n\
         <section role=\"doc-errata\">\n<h2>corrections</h2>\n<dl>\n<dt>24\u{a0}novembre 2023</dt>\n\
         <dd>Corrigé.</dd>\n</dl>\n</section>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\">\n<h2>Notes et sources</h2>\n<ol>\n<li id=\"minsk-note-a\">Une note. \
         <a class=\"reversefootnote\" href=\"#minsk-ref-a\" role=\"doc-backlink\" aria-label=\"Retour à l’appel a de la note 1\">↩\u{a0}a</a> \
         <a class=\"reversefootnote\" href=\"#minsk-ref-a-2\" role=\"doc-backlink\" aria-label=\"Retour à l’appel b de la note 1\">↩\u{a0}b</a></li>\n</ol>\n</section>\n"
    );
}

#[test]
fn characters_that_no_page_can_hold_are_left_out_of_all_of_it() {
    let html = filled(&[("brief.html", "a\u{1}b\u{fffe}{{ brief.title }}")]).unwrap();
    assert_eq!(html, "abUn titre &lt;b&gt;");
}

#[test]
fn the_default_theme_is_sound() {
    let layer = crate::theme::embedded::layer();
    let files: Files =
        layer.templates.into_iter().map(|(name, source)| (format!("theme/{name}"), source)).collect();
    let (_, diagnostics) = Renderer::with(&files, vec![wording()]);
    assert_eq!(diagnostics, []);
}

#[test]
fn a_template_of_sources_prints_the_same_whether_it_is_filled_or_read_as_a_formula() {
    let bare = SourceView { title: "Non & <non>.".into(), ..SourceView::default() };
    let full = SourceView {
        label: "eau".into(),
        language: LanguageTag::parse("kk"),
        authors: Some("A. Dupont & <fils>".into()),
        publisher: Some("L’Institut & Cie".into()),
        number: Some("7 < 8".into()),
        date: Some(day()),
        url: Some("https://x.example/a?b&c='d'".into()),
        archive: Some(ArchiveCopyView { url: "https://y.example/".into(), date: Some(day()) }),
        accessed: Some(day()),
        locator: Some("p.\u{a0}12".into()),
        ..bare.clone()
    };
    let layer = crate::theme::embedded::layer();
    for kind in [
        "article",
        "book",
        "dataset",
        "dispatch",
        "document",
        "interview",
        "law",
        "post",
        "report",
        "resolution",
        "speech",
        "video",
    ] {
        let name = format!("sources/{kind}.html");
        let (_, file) = layer.templates.iter().find(|(found, _)| *found == name).unwrap();
        assert!(crate::render::formula::Formula::read(&file.text).is_some(), "{name}");
        // With something after it, it is a template that only the engine can fill.
        let engine = format!("{}{{{{ \"\" }}}}", file.text);
        assert!(crate::render::formula::Formula::read(&engine).is_none());
        for source in [&bare, &full] {
            let source = SourceView { kind, ..source.clone() };
            let [read, filled] = [file.text.as_str(), &engine].map(|text| {
                let files = files(&[(&name, text)]);
                let strings = "archived-copy = \"archive\"\narchived-copy-of = \"archive, {date}\"\naccessed = \"lu le {date}\"\n\
                               source-dataset = \"[données]\"\nsource-interview = \"(entretien)\"\n\
                               source-speech = \"(discours)\"\nsource-video = \"[vidéo]\"\n";
                let (renderer, diagnostics) = Renderer::with(&files, vec![saying(strings)]);
                assert_eq!(diagnostics, []);
                renderer.source(&source, &tag(), "/").unwrap()
            });
            assert_eq!(read, filled, "{name}");
        }
    }
}
