//! Whatever changes in the site's folder is followed, and only those are told who show it.

use super::site::{SETTINGS, Served, brief, served, site};
use std::fs;

const UN: &str = "content/2024-01-01-un.md";

/// Something that everybody is told, by which it is known that they were told nothing before.
fn mark(served: &Served) {
    served.write("content/2024-01-03-marque.md", &brief("Marque", "Un appel sans note[^rien]."));
}

#[test]
fn the_page_that_was_edited_is_told_and_no_other() {
    let served = served();
    let (one, other) = (served.shows("/briefs/un/"), served.shows("/en/"));
    served.write(UN, &brief("Un", "Un nouveau texte."));
    let hash = one.expects("page");
    let page = served.get("/briefs/un/");
    assert!(page.says("Un nouveau texte."));
    assert!(page.says(&format!("data-page=\"{hash}\"")), "{hash}");
    mark(&served);
    other.expects("panel");
}

#[test]
fn a_title_is_told_wherever_it_is_shown() {
    let served = served();
    let (home, other) = (served.shows("/"), served.shows("/briefs/deux/"));
    served.write(UN, &brief("Un tout autre titre", "Le premier texte."));
    home.expects("page");
    assert!(served.get("/").says("Un tout autre titre"));
    other.expects("page");
}

#[test]
fn a_page_is_new_at_once_for_who_asks_before_it_was_noticed() {
    let served = served();
    for number in 0..20 {
        let text = format!("Le texte numéro {number}.");
        served.write(UN, &brief("Un", &text));
        let page = served.get("/briefs/un/");
        assert!(page.says(&text), "{number}: {}", page.text());
    }
}

#[test]
fn a_file_that_is_saved_unchanged_is_told_to_nobody() {
    let served = served();
    let events = served.shows("/briefs/un/");
    let text = fs::read_to_string(served.path(UN)).unwrap();
    for _ in 0..10 {
        served.write(UN, &text);
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    mark(&served);
    events.expects("panel");
    assert!(!served.said().contains("shown after"), "{}", served.said());
}

#[test]
fn new_files_renamed_files_and_deleted_files_are_followed() {
    let served = served();
    let home = served.shows("/");
    served.write("content/2024/02/2024-02-01-trois.md", &brief("Trois", "Un troisième texte."));
    home.expects("page");
    let page = served.shows("/briefs/trois/");
    fs::rename(
        served.path("content/2024/02/2024-02-01-trois.md"),
        served.path("content/2024/02/2024-02-01-tres.md"),
    )
    .unwrap();
    page.expects("page");
    served.awaits("/briefs/trois/", |reply| reply.status == 404);
    assert!(served.get("/briefs/tres/").says("Un troisième texte."));
    let missing = served.shows("/briefs/trois/");
    fs::rename(served.path("content/2024/02"), served.path("content/2024/03")).unwrap();
    fs::remove_file(served.path("content/2024/03/2024-02-01-tres.md")).unwrap();
    served.awaits("/briefs/tres/", |reply| reply.status == 404);
    served.write("content/2024-02-01-trois.md", &brief("Trois", "Revenu."));
    missing.expects("page");
    assert!(served.get("/briefs/trois/").says("Revenu."));
}

#[test]
fn what_an_editor_does_when_it_saves_is_followed() {
    let served = served();
    let events = served.shows("/briefs/un/");
    fs::write(served.path("content/4913"), "").unwrap();
    fs::remove_file(served.path("content/4913")).unwrap();
    fs::rename(served.path(UN), served.path(&format!("{UN}~"))).unwrap();
    fs::write(served.path(UN), brief("Un", "Écrit par un éditeur prudent.")).unwrap();
    fs::remove_file(served.path(&format!("{UN}~"))).unwrap();
    while events.next().0 != "page" {}
    served.awaits("/briefs/un/", |reply| reply.says("éditeur prudent"));
}

#[test]
fn a_file_that_takes_the_place_of_another_is_followed() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("content/.un.tmp", &brief("Un", "Mis à la place de l’autre."));
    fs::rename(served.path("content/.un.tmp"), served.path(UN)).unwrap();
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Mis à la place"));
}

#[test]
fn the_settings_are_followed() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("site.toml", &SETTINGS.replace("Essai", "Un autre nom"));
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Un autre nom"));
    served.write("site.toml", &SETTINGS.replace("essai.example/", "essai.example/plus/bas/"));
    served.awaits("/plus/bas/briefs/un/", |reply| reply.status == 200);
}

#[test]
fn a_template_is_followed_be_it_new_changed_or_deleted() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("templates/brief.html", "<body>Un gabarit à soi : {{ page.title }}</body>");
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Un gabarit à soi : Un"));
    let events = served.shows("/briefs/un/");
    served.write("templates/brief.html", "<body>Encore un gabarit</body>");
    events.expects("page");
    let events = served.shows("/briefs/un/");
    fs::remove_dir_all(served.path("templates")).unwrap();
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Le premier texte"));
}

#[test]
fn a_theme_is_followed_and_so_is_the_choice_of_another() {
    let served = served();
    fs::remove_file(served.path("static/courrier.css")).unwrap();
    served.awaits("/courrier.css", |reply| !reply.says("margin: 0 }\n"));
    served.write("themes/autre/static/courrier.css", "body { color: teal }");
    served.write("themes/autre/templates/page.html", "");
    let events = served.shows("/");
    served.write("site.toml", &SETTINGS.replace("title = \"Essai\"", "title = \"Essai\"\ntheme = \"autre\""));
    let files = events.expects("files");
    assert!(files.contains("/courrier.css"), "{files}");
    assert_eq!(served.get("/courrier.css").text(), "body { color: teal }");
    served.write("themes/autre/static/courrier.css", "body { color: olive }");
    events.expects("files");
    assert_eq!(served.get("/courrier.css").text(), "body { color: olive }");
}

#[test]
fn a_style_sheet_is_told_by_its_address_and_once() {
    let served = served();
    let events = served.shows("/");
    served.write("static/courrier.css", "body { margin: 1em }\n");
    let files: serde_json::Value = serde_json::from_str(&events.expects("files")).unwrap();
    assert_eq!(files["paths"], serde_json::json!(["/courrier.css"]));
    assert!(served.get("/courrier.css").says("1em"));
    served.write("static/courrier.css", "body { margin: 1em }\n");
    served.write("static/donnees.csv", "autre chose");
    let files: serde_json::Value = serde_json::from_str(&events.expects("files")).unwrap();
    assert_eq!(files["paths"], serde_json::json!(["/donnees.csv"]), "what is the same is not told");
}

#[test]
fn who_has_missed_a_change_is_told_when_it_listens() {
    let mut served = served();
    let page = served.get("/").text();
    let edition = page.split("data-edition=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    served.write("static/courrier.css", "body { margin: 2em }\n");
    served.hears("static/courrier.css: shown after");
    let query = format!("path=/&page=&edition={edition}");
    let told = served.raw_until(&format!("/.depeche/events?{query}"), "event: page");
    assert!(told.contains("event: files") && told.contains("/courrier.css"), "{told}");
}

#[test]
fn pictures_and_static_files_come_and_go() {
    let served = served();
    let events = served.shows("/briefs/un/");
    served.write("content/image.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
    assert!(events.expects("files").contains("/image.svg"));
    served.write("static/nouveau/fichier.txt", "neuf");
    served.awaits("/nouveau/fichier.txt", |reply| reply.text() == "neuf");
    fs::remove_dir_all(served.path("static/nouveau")).unwrap();
    served.awaits("/nouveau/fichier.txt", |reply| reply.status == 404);
}

#[test]
fn the_library_of_sources_is_followed() {
    let served = served();
    served.write("content/sources.toml", "[onu]\ntitle = \"Une résolution\"\n");
    served.write(UN, &brief("Un", "Un fait[^onu]."));
    served.awaits("/briefs/un/", |reply| reply.says("Une résolution") && !reply.says("depeche-panel"));
    let events = served.shows("/briefs/un/");
    served.write("content/sources.toml", "[onu]\ntitle = \"Une autre résolution\"\n");
    events.expects("page");
    assert!(served.get("/briefs/un/").says("Une autre résolution"));
}

#[test]
fn strings_of_the_interface_are_followed() {
    let served = served();
    let events = served.shows("/rien/");
    served.write("i18n/fr.toml", "not-found-title = \"Perdu en chemin\"\n");
    events.expects("page");
    assert!(served.get("/rien/").says("Perdu en chemin"));
}

#[test]
fn drafts_are_shown_where_they_are_asked_for() {
    let mut files = site();
    files.push((
        "content/2024-01-03-brouillon.md",
        brief("Brouillon", "À finir.").replace("summary", "draft = true\nsummary"),
    ));
    assert_eq!(Served::new(&files, &[]).get("/briefs/brouillon/").status, 404);
    assert_eq!(Served::new(&files, &["--drafts"]).get("/briefs/brouillon/").status, 200);
}

#[test]
fn what_does_not_belong_to_the_site_is_told_to_nobody() {
    let mut served = served();
    for path in ["public/index.html", ".git/index", "README.md", "content/.un.md.swp", "content/un.md~"] {
        served.write(path, "rien");
    }
    served.write(UN, &brief("Un", "Un nouveau texte."));
    let said = served.hears("shown after");
    assert!(said.lines().last().unwrap().starts_with("content/2024-01-01-un.md: shown after"), "{said}");
}
