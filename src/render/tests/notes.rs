//! Notes, by the table of the content model.

use super::{Page, body_of, content, wording};
use crate::brief::Passage;
use crate::render::notes::{BackLink, PrintedNote};

fn notes(text: &str) -> Vec<PrintedNote> {
    let written = body_of(text);
    written.page();
    written.render().notes
}

/// The numbers of the calls in `html`, in order.
fn numbers(html: &str) -> Vec<usize> {
    html.split("role=\"doc-noteref\"")
        .skip(1)
        .map(|rest| {
            let (_, rest) = rest.split_once('>').unwrap();
            rest.split('<').next().unwrap().parse().unwrap()
        })
        .collect()
}

#[test]
fn a_call_is_printed_as_the_page_needs_it() {
    assert_eq!(
        content("le 13 janvier[^tass].\n\n[^tass]: N."),
        "<p>le 13 janvier<sup class=\"call\"><a id=\"ref-tass\" href=\"#note-tass\" role=\"doc-noteref\" \
         aria-label=\"Note 1\">1</a></sup>.</p>\n"
    );
}

#[test]
fn neighbouring_calls_share_one_superscript() {
    let html = content("mot[^a][^b].\n\n[^a]: A.\n\n[^b]: B.");
    assert_eq!(html.matches("<sup").count(), 1);
    assert!(html.contains("1</a>, <a id=\"ref-b\""), "{html}");
    // Markup between them parts the superscript, and the numbers must not run together.
    let html = content("*mot[^a]*[^b].\n\n[^a]: A.\n\n[^b]: B.");
    assert!(html.contains("1</a></sup></em><sup class=\"call\">, <a"), "{html}");
    let html = content("mot[^a] [^b].\n\n[^a]: A.\n\n[^b]: B.");
    assert!(html.contains("1</a></sup> <sup class=\"call\"><a"), "{html}");
}

#[test]
fn numbers_follow_the_first_call_and_a_note_leads_back_to_each() {
    let text = "Un[^z] deux[^a] trois[^z].\n\n[^a]: A.\n\n[^z]: Z.";
    assert_eq!(numbers(&content(text)), [1, 2, 1]);
    let notes = notes(text);
    assert_eq!(notes[0].html, "Z.");
    assert_eq!((notes[0].number, notes[0].id.as_str()), (1, "note-z"));
    let wording = wording();
    let back = notes[0].back_links.iter();
    let back: Vec<_> = back.map(|link| (link.url.as_str(), link.text(), link.label(1, &wording))).collect();
    assert_eq!(
        back,
        [
            ("#ref-z", "a", "Retour à l’appel a de la note 1".into()),
            ("#ref-z-2", "b", "Retour à l’appel b de la note 1".into()),
        ]
    );
    assert_eq!(notes[1].back_links[0].text(), "↩");
    assert_eq!(notes[1].back_links[0].label(2, &wording), "Retour à l’appel de la note 2");
}

#[test]
fn a_call_finds_its_note_however_many_stand_between() {
    let labels: Vec<String> = (1..=80).map(|note| format!("n{note}")).collect();
    let calls: String = labels.iter().chain(&labels).map(|label| format!("x[^{label}] ")).collect();
    let definitions: String = labels.iter().map(|label| format!("\n\n[^{label}]: N.")).collect();
    let text = calls + "\n" + &definitions;
    assert_eq!(numbers(&content(&text)), (1..=80).chain(1..=80).collect::<Vec<_>>());
    for (number, note) in (1..).zip(notes(&text)) {
        let label = |link: &BackLink| link.label(number, &wording()).into_owned();
        let expected = ["a", "b"].map(|letter| format!("Retour à l’appel {letter} de la note {number}"));
        assert_eq!(note.back_links.iter().map(label).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_second_call_does_not_take_the_id_of_another_note() {
    let page = body_of("A[^x] B[^x] C[^x-2] D[^x-2].\n\n[^x]: N.\n\n[^x-2]: M.").page();
    for id in ["ref-x", "ref-x--2", "ref-x-2", "ref-x-2-2"] {
        assert!(page.ids.contains(id), "{id} in {:?}", page.ids);
    }
}

#[test]
fn a_call_stands_wherever_words_stand() {
    let definitions = "\n\n[^a]: A.\n\n[^b]: B.";
    for text in [
        "## Titre[^a]\n\nEt[^b]",
        "- un[^a]\n- deux[^b]",
        "1. un[^a]\n\n   deux[^b]",
        "> cité[^a]\n>\n> là[^b]",
        "| x[^a] | y |\n|---|---|\n| z[^b] | |",
        "*mot[^a]* **gras[^b]**",
        "*[^a]* _[^b]_",
        "a[^a]\\\nb[^b]",
        "~~x[^a]~~[^b]",
        "![carte](c.png \"Titre[^a]\")[^b]",
        "![carte[^a]](c.png)[^b]",
        "![carte[^b]](c.png \"Titre[^a]\")",
        "`code`[^a]`x`[^b]",
        "[un[^a] lien[^b]](u.md)",
        "[[cible|mot[^a]]][^b]",
        "<https://x.example>[^a][^b]",
    ] {
        let html = content(&format!("{text}{definitions}"));
        let mut found = numbers(&html);
        found.sort_unstable();
        assert_eq!(found, [1, 2], "{text}: {html}");
    }
}

#[test]
fn the_standfirst_the_image_and_the_body_are_numbered_as_one() {
    let written = body_of("Corps[^b] et[^s].\n\n[^b]: B.\n\n[^s]: S.")
        .with(Passage::Summary, "Chapeau[^s].")
        .with(Passage::Caption, "Légende[^f].")
        .with(Passage::Credit, "Crédit[^s].")
        .with(Passage::Correction(0), "Corrigé[^b].")
        .with_note("f", "Note *simple*, voir[^b].");
    let rendered = written.render();
    Page::of(&rendered);
    assert_eq!(numbers(&rendered.summary), [1]);
    assert_eq!(numbers(&rendered.caption), [2]);
    assert_eq!(numbers(&rendered.credit), [1]);
    assert_eq!(numbers(&rendered.content), [3, 1]);
    assert_eq!(rendered.corrections[0].date.iso, "2023-11-24");
    assert!(rendered.corrections[0].html.starts_with("Corrigé<sup"), "{}", rendered.corrections[0].html);
    let urls: Vec<_> = rendered.notes[2].back_links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(urls, ["#ref-b", "#ref-b-2", "#ref-b-3"]);
    assert!(rendered.corrections[0].html.contains("id=\"ref-b-2\""));
    assert!(
        rendered.notes[1].html.starts_with("Note <em>simple</em>, voir<sup"),
        "{}",
        rendered.notes[1].html
    );
}

#[test]
fn a_call_parts_the_link_it_stands_in() {
    let note = "\n\n[^a]: N.";
    let html = content(&format!("[un[^a] lien](u.md){note}"));
    assert!(html.contains("<a href=\"../u/\">un</a><sup"), "{html}");
    assert!(html.contains("</sup><a href=\"../u/\"> lien</a>"), "{html}");
    let html = content(&format!("[un *mot[^a]*](u.md).{note}"));
    assert!(html.contains("<a href=\"../u/\">un <em>mot</em></a><sup"), "{html}");
    assert!(html.ends_with("</sup>.</p>\n"), "nothing empty is left: {html}");
    let html = content(&format!("[**[^a] gras** x](u.md){note}"));
    assert!(
        html.starts_with("<p><sup") && html.contains("<a href=\"../u/\"><strong> gras</strong> x</a>"),
        "{html}"
    );
    let html = content(&format!("*[un[^a]](u.md) x*{note}"));
    assert!(html.contains("<em><a href=\"../u/\">un</a><sup") && html.contains("</sup> x</em>"), "{html}");
    let html = content(&format!("[![i[^a]](i.png)](u.md){note}"));
    assert!(html.contains("async\"></a><sup"), "{html}");
    assert_eq!(html.matches("<a href").count(), 1, "{html}");
}

#[test]
fn a_note_keeps_its_paragraphs_lists_and_code() {
    let notes = notes(
        "A[^a] B[^b].\n\n[^a]: Un.\n\n    Deux.\n\n    - trois\n\n    ```rust\n    fn x() {}\n    ```\n\n[^b]: Seul *mot*.",
    );
    assert!(
        notes[0].html.starts_with("<p>Un.</p>\n<p>Deux.</p>\n<ul>\n<li>trois</li>\n</ul>\n<pre"),
        "{}",
        notes[0].html
    );
    assert_eq!(notes[1].html, "Seul <em>mot</em>.");
}

#[test]
fn a_note_may_call_another_and_a_cycle_ends() {
    let notes = notes("A[^a].\n\n[^a]: Voir[^b].\n\n[^b]: Voir[^a], et moi[^b].");
    assert_eq!(notes.len(), 2);
    assert_eq!(numbers(&notes[0].html), [2]);
    assert_eq!(numbers(&notes[1].html), [1, 2]);
    assert_eq!(notes[0].back_links.len(), 2);
    assert_eq!(notes[1].back_links.len(), 2);
}

#[test]
fn a_definition_is_lifted_out_of_what_it_stands_in() {
    let html = content("- un[^a]\n- [^a]: La note.\n- deux\n\nFin.");
    assert!(!html.contains("La note") && html.matches("<li>").count() == 2, "{html}");
    let html = content("Un[^a].\n\n> [^a]: La note.\n\nFin.");
    assert_eq!(html.matches("<blockquote").count(), 0, "{html}");
    let html = content("Un[^a].\n\n- [^a]: La note.\n\nFin.");
    assert!(!html.contains("<ul") && !html.contains("<li"), "{html}");
    let html = content("Un[^a].\n\n> Cité.\n>\n> [^a]: La note.\n");
    assert!(html.contains("<blockquote>\n<p>Cité.</p>\n</blockquote>"), "{html}");
    assert!(content("- \n- b").contains("<li></li>"), "an item that the writer left empty stays");
}

#[test]
fn the_first_of_two_definitions_counts_and_an_unused_one_is_not_shown() {
    let written = body_of("A[^a].\n\n[^a]: Un.\n\n[^A]: Deux.\n\n[^z]: Trois.");
    let rendered = written.render();
    assert_eq!(rendered.notes.len(), 1);
    assert_eq!(rendered.notes[0].html, "Un.");
    assert_eq!(rendered.content.matches("<p>").count(), 1);
}

#[test]
fn a_call_of_nothing_is_its_own_text() {
    assert_eq!(content("Un[^absent & <b>] mot."), "<p>Un[^absent &amp; &lt;b&gt;] mot.</p>\n");
}

#[test]
fn labels_match_whatever_their_case_and_make_the_id() {
    let page = body_of("A[^TASS-2022] B[^tass-2022].\n\n[^Tass-2022]: N.").page();
    assert!(page.ids.contains("note-tass-2022") && page.ids.contains("ref-tass-2022-2"), "{:?}", page.ids);
    let before = body_of("A[^b].\n\n[^b]: B.").page();
    let after = body_of("Z[^z] A[^b].\n\n[^b]: B.\n\n[^z]: Z.").page();
    assert!(before.ids.is_subset(&after.ids), "a permalink survives the insertion of another note");
}

#[test]
fn five_hundred_notes_each_lead_back() {
    let mut text = String::new();
    for number in 0..500 {
        text.push_str(&format!("Mot {number}[^n{number}] et[^n{}].\n\n", number / 2));
    }
    for number in (0..500).rev() {
        text.push_str(&format!("[^n{number}]: Note {number}, voir[^n{}].\n\n", (number + 7) % 500));
    }
    let notes = notes(&text);
    assert_eq!(notes.len(), 500);
    assert!(
        notes.iter().enumerate().all(|(index, note)| note.number == index + 1 && !note.back_links.is_empty())
    );
}

#[test]
fn every_call_that_was_read_is_printed() {
    let text = "# T[^a]\n\n![x[^b]](i.png \"t[^c] [y[^a]](z.md)\")[^d]\n\n[^c]: Voir[^b] ![k](l.png \"m[^d]\").\n\n[^a]: A.\n\n[^b]: B.\n\n[^d]: D[^d].";
    let written = body_of(text);
    written.page();
    let counted: Vec<u32> = written.text().notes.iter().map(|note| note.note.calls).collect();
    let printed: Vec<u32> = written.render().notes.iter().map(|note| note.back_links.len() as u32).collect();
    assert_eq!(printed, counted);
}

#[test]
fn in_a_feed_ids_have_the_entry_s_prefix_and_other_urls_are_absolute() {
    let text = "## Le plan\n\nUn[^a], [là](#le-plan), [ici](../2022/erevan.md#x), [haut](#), ![i](i.png), www.y.example.\n\n[^a]: Voir [là](z.md).";
    let rendered = body_of(text).render_for_feed();
    let page = Page::of(&rendered);
    let html = &page.html;
    for part in [
        "<h2 id=\"minsk-le-plan\">",
        "<sup><a class=\"footnote\" id=\"minsk-ref-a\" href=\"#minsk-note-a\"",
        "href=\"#minsk-le-plan\"",
        "href=\"https://x.example/briefs/erevan/#x\"",
        "href=\"https://x.example/briefs/minsk/#\"",
        "src=\"https://x.example/content/2023/i.png\"",
        "href=\"http://www.y.example\"",
        "href=\"https://x.example/briefs/z/\"",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
    assert_eq!(rendered.notes[0].id, "minsk-note-a");
    assert_eq!(rendered.notes[0].back_links[0].url, "#minsk-ref-a");
}
