//! What those who follow a feed get: the whole brief, each note with its call.

use crate::site::site;

#[test]
fn an_entry_has_its_image_its_corrections_and_a_call_for_each_note() {
    let brief = "+++
title = \"Minsk\"
date = 2024-01-01
countries = [\"BY\"]
summary = \"Un chapô[^s].\"
image = { file = \"gare.png\", alt = \"La gare\", caption = \"La gare[^c], au sud.\", credit = \"Photo\" }
corrections = [{ date = 2024-01-02, text = \"Une date était fausse.\" }]
+++

Texte[^t], voir [[minsk]].

[^s]: Un.

[^c]: Deux.

[^t]: Trois.
";
    let files = site(&[("content/minsk.md", brief), ("content/gare.png", "png")]).build();
    for feed in ["atom.xml", "pays/bielorussie/atom.xml", "feed.json"] {
        let text = files[feed]
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("\\\"", "\"");
        assert!(
            text.contains("src=\"https://essai.example/revue/gare.png\" alt=\"La gare\""),
            "{feed}: {text}"
        );
        assert!(text.contains("Une date était fausse."), "{feed}: {text}");
        assert_eq!(text.matches("class=\"footnote\"").count(), 3, "{feed}: {text}");
        assert_eq!(text.matches("class=\"reversefootnote\"").count(), 3, "{feed}: {text}");
        for back in text.split("class=\"reversefootnote\" href=\"#").skip(1) {
            let id = back.split('"').next().unwrap();
            assert!(text.contains(&format!("id=\"{id}\"")), "{feed}: no call {id}");
        }
        assert!(
            text.contains("href=\"https://essai.example/revue/briefs/minsk/\""),
            "{feed}: links are absolute"
        );
    }
}
