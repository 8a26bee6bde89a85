use super::*;

fn facts(text: &str) -> Facts {
    let path = ContentPath::new("content/2023/minsk.md").unwrap();
    read(
        text,
        Setting {
            path: &path,
            call_side: Some(CallSide::Before),
            doubled_words: true,
            base_url: None,
            sentences: true,
            excerpt: true,
            finder: None,
        },
    )
}

#[test]
fn a_heading_has_an_anchor_made_of_its_words_alone() {
    let text = "## L’œuvre de *Minsk*[^a]\n\n## L'œuvre de Minsk\n\n## Notes\n\n## Note 1\n\n## !\n\n## T {#mon-ancre}\n\n[^a]: N.";
    let facts = facts(text);
    let ids: Vec<_> = facts.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(
        ids,
        ["l-oeuvre-de-minsk", "l-oeuvre-de-minsk-2", "notes-2", "section-note-1", "section", "mon-ancre"]
    );
    assert_eq!(facts.headings[0].text, "L’œuvre de Minsk");
}

#[test]
fn an_anchor_that_a_writer_chose_is_kept() {
    let facts = facts("## Titre\n\n### Autre {#titre}\n");
    let ids: Vec<_> = facts.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["titre-2", "titre"]);
}

#[test]
fn a_fence_that_is_never_closed_is_noticed_and_a_closed_one_is_not() {
    let text = "Un.\n\n```rust\ncode\n\n[^a]: N.\n";
    assert_eq!(facts(text).remarks.unclosed_code.map(|range| &text[range]), Some("```rust"));
    for closed in [
        "```\ncode\n```\n",
        "~~~\ncode\n~~~~",
        "- a\n\n  ```\n  code\n  ```\n",
        "    code\n",
        "> ```\n> x\n\nUn.\n",
    ] {
        assert_eq!(facts(closed).remarks.unclosed_code, None, "{closed:?}");
    }
}

#[test]
fn a_link_that_a_space_has_undone_is_noticed() {
    let lost = |text: &str| {
        let lost = facts(text).remarks.lost_links.into_iter();
        lost.map(|lost| text[lost.parenthesis].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(lost("Voir ![une carte](ma carte.jpg) ici."), ["(ma carte.jpg)"]);
    assert_eq!(lost("Voir [le texte] (https://x.example/) ici."), ["(https://x.example/)"]);
    assert_eq!(lost("Voir [le texte](x.md), `[a](b c)` et f[0] (voir plus bas)."), [""; 0]);
}

#[test]
fn what_begins_as_a_call_and_is_none_is_noticed() {
    let broken = |text: &str| {
        facts(text).remarks.broken_calls.into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(broken("Un[^ a, p. 1], deux[^a\nb] et *[^c*."), ["[^ a, p. 1]", "[^a\nb]", "[^"]);
    assert_eq!(broken("Un[^a], \\[^ b], `[^ c]`, &#91;^ d] et [^e, p.\n1]."), [""; 0]);
}

#[test]
fn a_note_that_is_an_address_alone_is_noticed_however_it_is_written() {
    let wiki = "https://x.example/wiki/Accord_(diplomatie)";
    for written in
        [wiki.to_owned(), format!("<{wiki}>"), format!(" [{wiki}]({wiki})\n"), format!("[{wiki}](<{wiki}>)")]
    {
        let found = bare_link(&written, 0..written.len()).map(|link| (link.url, &written[link.range]));
        assert_eq!(found, Some((wiki.to_owned(), written.trim())));
    }
    for written in ["[Accord](https://x.example/)", "https://x.example/[^a]", "https://x.example/ (lu)"] {
        assert_eq!(bare_link(written, 0..written.len()), None, "{written}");
    }
}

#[test]
fn the_sentence_of_a_call_leaves_out_the_mark_of_a_longer_quotation() {
    let sentences =
        |text: &str| facts(text).call_sentences.into_iter().map(|(_, sentence)| sentence).collect::<Vec<_>>();
    assert_eq!(sentences("« Une phrase. Une autre[^a]. »"), ["Une autre."]);
    assert_eq!(sentences("« Une phrase[^a]. Une autre. »"), ["Une phrase."]);
    assert_eq!(sentences("“One. Another.”[^a]"), ["Another."]);
    assert_eq!(sentences("« Une seule[^a]. »"), ["« Une seule. »"]);
    assert_eq!(sentences("Il dit : « non »[^a]."), ["Il dit : « non »."]);
}

#[test]
fn calls_and_definitions_are_listed_where_they_stand() {
    let text = "Un[^a] et [lien[^b]](x.md).\n\n[^a]: Voir[^b].\n\n[^b]:\n";
    let facts = facts(text);
    let calls: Vec<_> = facts.calls.iter().map(|call| (&text[call.range.clone()], call.within)).collect();
    assert_eq!(calls, [("[^a]", None), ("[^b]", None), ("[^b]", Some(0))]);
    let definitions: Vec<_> =
        facts.definitions.iter().map(|found| (&text[found.range.clone()], found.empty)).collect();
    assert_eq!(definitions, [("[^a]:", false), ("[^b]:", true)]);
}

#[test]
fn a_link_keeps_its_destination_and_its_sentence() {
    let text = "Avant. L’accord, [signé à Erevan](../2022/erevan.md#x \"t\"), tient[^a]. Après.\n\n[^a]: N.";
    let facts = facts(text);
    let link = &facts.links[0];
    assert_eq!(&text[link.pointed_at()], "../2022/erevan.md#x");
    let sentence = link.sentence.clone().unwrap();
    assert_eq!(sentence.before, "L’accord, ");
    assert_eq!(sentence.within, "signé à Erevan");
    assert_eq!(sentence.after, ", tient.");
}

#[test]
fn the_words_of_a_linked_image_are_its_alternative_text() {
    let text = "[![La carte](c.png)](x.md)\n\nSuite. Voir [![Le plan](p.png)](y.md) ici. Fin.";
    let facts = facts(text);
    let sentences: Vec<_> = facts.links.iter().filter_map(|link| link.sentence.as_ref()).collect();
    let parts: Vec<_> =
        sentences.iter().map(|found| [&*found.before, &*found.within, &*found.after]).collect();
    assert_eq!(parts, [["", "La carte", ""], ["Voir ", "Le plan", " ici."]]);
}

#[test]
fn the_destinations_of_wikilinks_and_images_are_found() {
    let text = "[[otsc-erevan#s|le sommet]] ![](carte.png) <https://x.example> [x](javascript:y)";
    let facts = facts(text);
    let destinations: Vec<_> = facts.links.iter().map(|link| &text[link.pointed_at()]).collect();
    assert_eq!(destinations, ["otsc-erevan#s", "carte.png", "javascript:y"]);
    assert_eq!(facts.links[1].kind, LinkKind::Image { has_alt: false });
}

#[test]
fn a_destination_written_otherwise_than_it_reads_is_not_told() {
    let text = "[a][r] [b](a\\_b.md) [c](a&amp;b.md) ![d]( <e f.png> ) [[ x ]]\n\n[r]: y.md";
    let facts = facts(text);
    let destinations: Vec<_> =
        facts.links.iter().map(|link| link.destination.clone().map(|range| &text[range])).collect();
    assert_eq!(destinations, [None, None, None, Some("e f.png"), Some("x")]);
}

#[test]
fn the_title_of_an_image_alone_in_a_paragraph_is_read_as_its_caption() {
    let text = "![carte[^b]](c.png \"Le front[^a], [ici](x.md)\")[^c]\n\n[^a]: A.\n\n[^b]: B.\n\n[^c]: C.";
    let facts = facts(text);
    let calls: Vec<_> = facts.calls.iter().map(|call| &text[call.range.clone()]).collect();
    assert_eq!(calls, ["[^a]", "[^b]", "[^c]"]);
    let links: Vec<_> = facts.links.iter().map(|link| &text[link.pointed_at()]).collect();
    assert_eq!(links, ["c.png", "x.md"]);
}

#[test]
fn the_title_of_an_image_among_words_is_no_caption() {
    for text in [
        "Voir ![c](c.png \"T[^a]\")",
        "![c](c.png \"T[^a]\") et",
        "![c](a.png)![c](c.png \"T[^a]\")",
        "# ![c](c.png \"T[^a]\")",
    ] {
        assert_eq!(facts(text).calls, [], "{text}");
    }
}

#[test]
fn a_call_in_a_title_written_elsewhere_is_placed_at_the_image() {
    let text = "![c][r]\n\n[r]: c.png \"T[^a]\"\n";
    assert_eq!(&text[facts(text).calls[0].range.clone()], "![c][r]");
}

#[test]
fn signs_are_sought_in_prose_and_not_in_code() {
    let facts = facts("Reçu par Poutine1. Fin.[^a]\n\n```\nmot2\n```\n\n[^a]: N.");
    assert_eq!(facts.remarks.lost_calls.len(), 1);
    assert_eq!(facts.remarks.misplaced_calls.len(), 1);
}

#[test]
fn words_are_counted_and_the_first_paragraph_excerpted() {
    let facts = facts("# Titre\n\nUn *mot* ou deux[^a].\n\nEncore.\n\n[^a]: Pas compté.");
    assert_eq!(facts.words, 6);
    assert_eq!(facts.excerpt, "Un mot ou deux.");
}

#[test]
fn raw_html_is_noticed_once_a_run_and_comments_are_not() {
    assert_eq!(facts("<div>\n<p>a</p>\n</div>\n\nmot <b>gras</b>\n\n<!-- x -->\n").remarks.raw_html.len(), 3);
}
