//! A brief that is not published leaves nothing behind, and can't be linked to.

use crate::site::{brief, site};

const SECRET: &str = "+++
title = \"Zythum à Zanzibar\"
countries = [\"TZ\"]
summary = \"Chapô zythum.\"
topics = [\"zythologie\"]
series = \"zythums\"
authors = [\"Zoé Zythum\"]
aliases = [\"/zythum-ancien/\"]
";

fn with_secret(declares: &str) -> crate::site::Site {
    let secret =
        format!("{SECRET}{declares}\n+++\n\nCorps zythum[^z]. Voir [[ouvert]].\n\n[^z]: Note zythum.\n");
    site(&[
        ("content/2024-01-01-ouvert.md", &brief("Ouvert", "Texte.")),
        ("content/2024-01-02-zythum.md", &secret),
    ])
}

fn leaks(site: &crate::site::Site) -> Vec<String> {
    let files = site.build();
    let leaking = files.iter().filter(|(path, text)| {
        let (path, text) = (path.to_lowercase(), text.to_lowercase());
        path.contains("zyth")
            || text.contains("zyth")
            || text.contains("zanzibar")
            || text.contains("tanzanie")
    });
    leaking.map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_draft_leaves_no_byte() {
    assert_eq!(leaks(&with_secret("draft = true")), [""; 0]);
}

#[test]
fn a_scheduled_brief_leaves_no_byte_until_its_day() {
    let scheduled = with_secret("date = 2024-06-02");
    assert_eq!(leaks(&scheduled), [""; 0]);
    assert!(leaks(&scheduled.on("2024-06-02")).len() > 5);
}

#[test]
fn a_brief_scheduled_for_an_instant_waits_for_it() {
    let scheduled = with_secret("date = 2024-06-02T01:30:00+02:00");
    assert!(leaks(&scheduled).len() > 5, "it is 23:30 on the first of June in universal time");
    assert_eq!(leaks(&with_secret("date = 2024-06-02T01:30:00-02:00")), [""; 0]);
}

#[test]
fn an_expired_brief_leaves_no_byte_after_its_last_day() {
    let expiring = with_secret("expires = 2024-05-31");
    assert_eq!(leaks(&expiring), [""; 0]);
    assert!(leaks(&expiring.on("2024-05-31")).len() > 5);
}

#[test]
fn an_introduction_of_a_later_date_leaves_no_byte_until_its_day() {
    let site = site(&[
        ("content/2024-01-01-ouvert.md", &brief("Ouvert", "Texte.")),
        ("content/countries/am.md", "+++\ndate = 2024-07-01\n+++\n\nIntroduction zythum.\n"),
    ]);
    assert_eq!(leaks(&site), [""; 0]);
    assert_eq!(leaks(&site.on("2024-07-01")), ["pays/armenie/index.html"]);
}

#[test]
fn an_introduction_without_a_page_leaves_nothing_behind_not_even_its_files() {
    let secret = format!("{SECRET}date = 2024-07-01\n+++\n\nCorps.\n");
    let site = site(&[
        ("content/2024-01-01-ouvert.md", &brief("Ouvert", "Texte.")),
        ("content/zythum.md", &secret),
        ("content/countries/tz.md", "+++\n+++\n\n![Zythum](zythum.png)\n"),
        ("content/countries/zythum.png", "zythum"),
    ]);
    assert_eq!(leaks(&site), [""; 0]);
    assert_eq!(
        site.problems(),
        [
            "D505 content/countries/tz.md:1:1 no brief about Tanzanie is published in this language: this introduction is not shown"
        ]
    );
    assert!(leaks(&site.on("2024-07-01")).contains(&"countries/zythum.png".to_owned()));
}

#[test]
fn a_time_without_an_offset_is_waited_for_in_universal_time() {
    let scheduled = with_secret("date = 2024-06-02T18:00:00").at("2024-06-02T17:59:59Z");
    assert_eq!(leaks(&scheduled), [""; 0]);
    let shown = scheduled.at("2024-06-02T18:00:00Z");
    assert!(leaks(&shown).len() > 5);
    let feed = &shown.build()["atom.xml"];
    assert!(feed.contains("<published>2024-06-02T18:00:00Z</published>"), "{feed}");
}

#[test]
fn a_brief_that_expires_at_an_instant_is_gone_from_then_on() {
    for expires in ["2024-06-02T20:00:00+02:00", "2024-06-02T18:00:00"] {
        let expiring = with_secret(&format!("expires = {expires}")).at("2024-06-02T17:59:59Z");
        assert!(leaks(&expiring).len() > 5, "{expires}");
        assert_eq!(leaks(&expiring.at("2024-06-02T18:00:00Z")), [""; 0], "{expires}");
    }
}

#[test]
fn a_draft_is_shown_where_drafts_are_asked_for() {
    assert!(leaks(&with_secret("draft = true").drafts()).len() > 5);
}

#[test]
fn a_link_to_a_withheld_brief_is_an_error_unless_it_is_built_too() {
    let open = brief("Ouvert", "Voir [[zythum]] et [là](2024-01-02-zythum.md).");
    for declares in ["draft = true", "date = 2024-07-01", "expires = 2024-05-01"] {
        let site = with_secret(declares);
        site.write("content/2024-01-01-ouvert.md", &open);
        assert_eq!(site.codes(), ["D409", "D409"], "{declares}");
    }
    let site = with_secret("draft = true").drafts();
    site.write("content/2024-01-01-ouvert.md", &open);
    assert_eq!(site.problems(), [""; 0]);
}

#[test]
fn a_link_to_a_withheld_brief_is_an_error_whatever_its_capitals_and_whatever_the_site_allows() {
    let site = with_secret("draft = true");
    site.write("content/2024-01-01-ouvert.md", brief("Ouvert", "Voir [[Zythum]]."));
    assert_eq!(site.codes(), ["D409"]);
    site.write(
        "site.toml",
        "title = \"Essai\"\nbase_url = \"https://essai.example/\"\n[lints]\nembargoed-link = \"allow\"\n",
    );
    assert_eq!(site.codes(), ["D409", "D212"]);
}

#[test]
fn a_scheduled_brief_is_checked_as_if_it_came_out_today() {
    let later = "date = 2024-07-01\n+++\n\nCorps[^z]. [[ouvert]] [[bientot]] [[nulle-part]] [là](/nulle/)\n";
    let site = site(&[
        ("content/2024-01-01-ouvert.md", &brief("Ouvert", "Texte.")),
        ("content/2024-08-01-bientot.md", &brief("Bientôt", "Texte.")),
        ("content/zythum.md", &format!("{SECRET}{later}").replace("TZ", "TZZ")),
    ]);
    assert_eq!(
        site.problems(),
        [
            "D501 content/zythum.md:3:15 no country is called `TZZ`",
            "D301 content/zythum.md:12:6 no note is called `z`",
            "D401 content/zythum.md:12:37 no brief has the slug `nulle-part`",
            "D401 content/zythum.md:12:55 the site has no page at `/nulle/`",
        ]
    );
}

#[test]
fn a_scheduled_brief_that_will_take_another_s_address_is_told_before_its_day() {
    let same = format!("{SECRET}slug = \"ouvert\"\ndate = 2024-07-01\n+++\n\nCorps.\n");
    let site =
        site(&[("content/2024-01-01-ouvert.md", &brief("Ouvert", "Texte.")), ("content/zythum.md", &same)]);
    assert_eq!(site.codes(), ["D407"]);
}

#[test]
fn a_draft_and_an_expired_brief_have_their_text_unchecked() {
    for declares in ["draft = true", "expires = 2024-05-01"] {
        let text = format!("{SECRET}{declares}\ndate = 2024-03-01\n+++\n\nCorps[^z]. [[nulle-part]]\n");
        let site = site(&[("content/zythum.md", &text)]);
        assert_eq!(site.problems(), [""; 0], "{declares}");
    }
}

#[test]
fn a_withheld_brief_still_has_its_own_front_matter_checked() {
    let site = site(&[("content/2024-01-01-a.md", "+++\ntitle = \"A\"\ndraft = true\ncoutries = []\n+++\n")]);
    assert_eq!(site.codes(), ["D205"]);
}

#[test]
fn a_withheld_brief_is_never_copied_however_its_name_ends() {
    for ending in ["MD", "Md", "markdown", "MARKDOWN"] {
        let secret = format!("{SECRET}date = 2024-07-01\n+++\n\nCorps zythum.\n");
        let site = site(&[
            ("content/2024-01-01-ouvert.md", &brief("Ouvert", "Texte.")),
            (&format!("content/zythum.{ending}"), &secret),
        ]);
        assert_eq!(leaks(&site), [""; 0], "{ending}");
        site.write("content/2024-01-01-ouvert.md", brief("Ouvert", &format!("[là](zythum.{ending})")));
        assert_eq!(site.codes(), ["D409"], "{ending}");
        assert!(leaks(&site.on("2024-07-01")).len() > 5, "{ending}");
    }
}
