//! Whatever goes wrong, the last good page stays, it is said what is wrong, and the server goes on.

use super::site::{SETTINGS, Served, brief, served, site};
use std::fs;
use std::time::Duration;

const UN: &str = "content/2024-01-01-un.md";

#[test]
fn a_panel_says_what_is_wrong_until_it_is_mended() {
    let mut served = served();
    let (one, home) = (served.shows("/briefs/un/"), served.shows("/"));
    served.write(UN, &brief("Un", "Un appel[^rien] sans note."));
    let panel: serde_json::Value = serde_json::from_str(&one.expects("panel")).unwrap();
    let html = panel["html"].as_str().unwrap();
    for part in
        ["1 error", "no note is called <code>rien</code>", "D301 undefined-note", "<mark>[^rien]</mark>"]
    {
        assert!(html.contains(part), "{part}: {html}");
    }
    assert!(html.contains("href=\"/.depeche/source/content/2024-01-01-un.md#line-7\""), "{html}");
    home.expects("panel");
    served.hears("content/2024-01-01-un.md:7:9: error[D301 undefined-note]: no note is called `rien`");
    served.hears("content/2024-01-01-un.md: the last good pages stay, after ");

    let page = served.get("/briefs/un/");
    assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
    assert!(page.says("Le premier texte") && page.says("<depeche-panel role=\"alert\">"), "{}", page.text());
    let source = served.get("/.depeche/source/content/2024-01-01-un.md");
    assert!(source.says("<div id=\"line-7\"><span class=\"line\">7</span>Un appel[^rien] sans note."));

    served.write(UN, &brief("Un", "Un appel[^rien] avec note.\n\n[^rien]: La voici."));
    let mended: serde_json::Value = serde_json::from_str(&one.expects("panel")).unwrap();
    assert_eq!(mended["html"], "");
    one.expects("page");
    assert!(!served.get("/briefs/un/").says("depeche-panel"));
    home.expects("panel");
}

#[test]
fn nothing_that_a_file_holds_is_markup_in_the_panel() {
    let served = served();
    let events = served.shows("/");
    served.write(
        UN,
        &brief("Un", "Un appel[^<img src=x onerror=alert(1)>].")
            .replace("\"AM\"", "\"<script>alert(1)</script>\""),
    );
    let panel = events.expects("panel");
    assert!(!panel.contains("<img") && !panel.contains("<script"), "{panel}");
    let page = served.get("/");
    assert!(!page.says("<img src=x") && !page.says("<script>alert"));
    let source = served.get("/.depeche/source/content/2024-01-01-un.md");
    assert!(!source.says("<img") && !source.says("<script>"));
}

#[test]
fn a_site_with_errors_from_the_first_is_a_panel_and_nothing_else() {
    let mut files = site();
    files[1].1 = brief("Un", "Un appel[^rien] sans note.");
    let served = Served::new(&files, &["--editor", "vscode"]);
    let page = served.get("/briefs/un/");
    assert_eq!(page.status, 503);
    assert!(page.says("no note is called") && page.says("href=\"vscode://file/"), "{}", page.text());
    assert!(page.says("/content/2024-01-01-un.md:7:9\""));
    let events = served.shows("/briefs/un/");
    served.write(UN, &brief("Un", "Le texte mendé."));
    events.expects("panel");
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Le texte mendé."));
}

#[test]
fn a_page_that_nobody_has_seen_waits_until_it_is_mended() {
    let served = served();
    let home = served.shows("/");
    served.write(UN, &brief("Un", "Un appel[^rien] sans note."));
    home.expects("panel");
    assert_eq!(served.get("/briefs/un/").status, 503);
    assert_eq!(served.get("/briefs/deux/").status, 200);
    let events = served.shows("/briefs/un/");
    served.write(UN, &brief("Un", "Le texte."));
    events.expects("panel");
    events.expects("page");
}

#[test]
fn a_broken_template_leaves_the_last_good_pages() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("templates/brief.html", "{% if %}");
    let panel = events.expects("panel");
    assert!(panel.contains("D601 template-error") && panel.contains("templates/brief.html"), "{panel}");
    assert!(served.get("/briefs/un/").says("Le premier texte"));
    fs::remove_file(served.path("templates/brief.html")).unwrap();
    assert!(events.expects("panel").contains("\"html\":\"\""));
}

#[test]
fn a_template_that_fails_on_one_page_is_told_there_and_on_the_terminal() {
    let mut served = served();
    let (one, home) = (served.shows("/briefs/un/"), served.shows("/"));
    served.write("templates/brief.html", "<body>{{ page.nothing.at.all }}</body>");
    let panel = one.expects("panel");
    assert!(panel.contains("D601 template-error"), "{panel}");
    served.hears("error[D601 template-error]");
    let page = served.get("/briefs/un/");
    assert!(page.says("Le premier texte") && page.says("depeche-panel"), "{}", page.text());
    assert!(!served.get("/").says("depeche-panel"));
    served.write("templates/brief.html", "<body>Mendé</body>");
    one.expects("panel");
    one.expects("page");
    served.write("content/2024-01-03-marque.md", &brief("Marque", "Un appel sans note[^rien]."));
    home.expects("panel");
}

#[test]
fn broken_settings_leave_the_last_good_pages() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("site.toml", "title = ");
    events.expects("panel");
    assert!(served.get("/briefs/un/").says("Le premier texte"));
    served.write("site.toml", SETTINGS);
    events.expects("panel");
}

#[test]
fn a_thousand_quick_saves_end_with_the_last() {
    let served = served();
    let events = served.shows("/briefs/un/");
    let save = |text: &str| fs::write(served.path(UN), text).unwrap();
    for number in 0..1_000 {
        // Some of them leave the file as an editor may: empty, or with an error.
        match number % 3 {
            0 => save(""),
            1 => save(&brief("Un", &format!("Un appel[^n{number}]."))),
            _ => save(&brief("Un", &format!("Le texte {number}."))),
        }
    }
    save(&brief("Un", "Le tout dernier texte."));
    served
        .awaits("/briefs/un/", |reply| reply.says("Le tout dernier texte.") && !reply.says("depeche-panel"));
    while events.next().0 != "page" {}
}

#[test]
fn a_folder_that_is_deleted_and_comes_back_is_followed() {
    let served = served();
    for round in 0..3 {
        fs::remove_dir_all(served.path("content")).unwrap();
        served.awaits("/briefs/un/", |reply| reply.status == 404);
        let text = format!("Revenu {round} fois.");
        for (path, text) in site().iter().filter(|(path, _)| path.starts_with("content")) {
            served.write(path, text);
        }
        served.write(UN, &brief("Un", &text));
        served.awaits("/briefs/un/", |reply| reply.says(&text));
        // And it is watched again.
        let events = served.shows("/briefs/un/");
        served.write(UN, &brief("Un", "Changé depuis."));
        events.expects("page");
    }
}

#[test]
fn a_folder_in_the_place_of_another_is_followed() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("../autre/2024-01-01-un.md", &brief("Un", "Un texte d’ailleurs."));
    fs::rename(served.path("content"), served.path("../vieux")).unwrap();
    fs::rename(served.path("../autre"), served.path("content")).unwrap();
    while events.next().0 != "page" {}
    served.awaits("/briefs/un/", |reply| reply.says("Un texte d’ailleurs."));
    let events = served.shows("/briefs/un/");
    served.write(UN, &brief("Un", "Un texte d’ici."));
    events.expects("page");
}

#[test]
fn a_site_that_is_deleted_is_served_still_and_followed_when_it_is_back() {
    let mut served = served();
    let home = served.get("/").text();
    let away = served.root.with_file_name("ailleurs");
    fs::rename(&served.root, &away).unwrap();
    served.hears("the last good pages stay until the site is back");
    assert_eq!(served.get("/").text().matches("Deux").count(), home.matches("Deux").count());
    std::thread::sleep(Duration::from_millis(300));
    fs::rename(away, &served.root).unwrap();
    served.hears("the site: shown after");
    let events = served.shows("/briefs/un/");
    served.write(UN, &brief("Un", "Changé depuis."));
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Changé depuis."));
}

#[test]
fn a_site_that_is_made_anew_is_followed() {
    let mut served = served();
    fs::remove_dir_all(&served.root).unwrap();
    served.hears("the last good pages stay until the site is back");
    for (path, text) in site() {
        served.write(path, &text.replace("Le premier texte", "Un texte tout neuf"));
    }
    served.awaits("/briefs/un/", |reply| reply.says("Un texte tout neuf"));
}
