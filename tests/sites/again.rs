//! A site that is checked again after a change is what a fresh check finds, whatever has changed.

use super::site::{Site, brief, site};
use depeche::brief::Dossier;
use depeche::page::Page;
use depeche::pipeline::Checked;
use depeche::project::Overrides;
use depeche::render::Renderer;
use depeche::source::ContentPath;
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

/// Notes, links, translations, sources, an embargo, a draft, a waiver, an introduction, an alias, and a file that can't be read.
fn everything() -> Site {
    let settings = "title = \"Essai\"\nbase_url = \"https://essai.example/\"\n[languages.en]\ntitle = \"Essay\"\n\
                    [territories.haut-karabagh]\nfr = { name = \"Haut-Karabagh\", article = \"le\", in = \"au\" }\nparent = \"AZ\"\n";
    let front = |more: &str, body: &str| brief("T", body).replace("summary", &format!("{more}\nsummary"));
    let files = [
        ("site.toml", settings.to_owned()),
        (
            "content/2024-01-01-a.md",
            brief("A", "Un lien vers [b](2024-01-02-b.md) et une note[^n] au Kazakhstan.\n\n[^n]: N."),
        ),
        (
            "content/2024-01-02-b.md",
            brief("B", "Un lien vers [[a]] et une source[^onu] au Haut-Karabagh. ![i](i.svg)"),
        ),
        ("content/2024-01-03-c.md", brief("C", "Un appel[^rien] et un lien [perdu](2024-01-09-z.md).")),
        (
            "content/2024-01-04-d.md",
            front("translations_key = \"k\"\naliases = [\"/vieux/\"]", "Texte[^onu]."),
        ),
        ("content/2024-01-04-d.en.md", front("translations_key = \"k\"\nlang = \"en\"", "Text on Armenia.")),
        ("content/2024-01-05-e.md", front("draft = true", "Un brouillon[^perdu].")),
        (
            "content/2024-09-01-f.md",
            front("topics = [\"droit\"]", "Sous embargo[^absent], avec [un lien](2024-01-05-e.md)."),
        ),
        ("content/2024-01-06-g.md", front("[allow]\ndoubled-word = \"cité\"\n#", "Un mot de de trop.")),
        ("content/countries/am.md", "L’Arménie[^onu].\n".to_owned()),
        ("content/pages/a-propos.md", "+++\ntitle = \"À propos\"\n+++\n\nUne page.\n".to_owned()),
        ("content/sources.toml", "[onu]\ntitle = \"Une résolution\"\n".to_owned()),
        ("content/i.svg", "<svg/>".to_owned()),
        ("static/x.txt", "x".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let site = site(&files);
    site.write("content/2024-01-07-h.md", b"+++\ntitle = \"\xff\"\n+++\n");
    site
}

/// All that is known of a site, in words, and the pages that can be made of it.
fn known(checked: &Checked) -> String {
    let (renderer, _) = Renderer::new(&checked.project);
    // What maps are drawn of does not change here.
    let pages =
        checked.plan.pages.iter().filter(|planned| {
            matches!(planned.page, Page::Document(_) | Page::Feed(..) | Page::Redirect(..))
        });
    let pages = pages.map(|planned| match checked.make(&renderer, planned) {
        Ok(bytes) => format!("{}\n{}", planned.output, String::from_utf8_lossy(&bytes)),
        Err(refusal) => format!("{}\n{refusal:?}", planned.output),
    });
    let pages: Vec<String> = pages.collect();
    let current = |brief: &Dossier| checked.revised.get(brief.path()).unwrap_or(brief).clone();
    let library = &checked.library;
    let documents = library.documents.iter().map(|document| {
        let known = (&document.slug, document.date, &document.countries, &document.organisations);
        let linked = (&document.mentions, &document.links, &document.sources, &document.cited_by);
        format!("{:#?}\n{known:#?}\n{linked:#?}\n{:#?}", current(&document.brief), document.translations)
    });
    let introductions = library.introductions.iter().map(|(of, introduction)| {
        format!("{of:?}\n{:#?}\n{:#?}", current(&introduction.brief), introduction.links)
    });
    let texts: Vec<String> = documents.chain(introductions).collect();
    let library = (
        (library.briefs, &library.withheld, &library.groups, &library.sources),
        (&library.publishers, &library.catalogues, &library.assets, library.today),
    );
    let project = (&checked.project.sources, &checked.project.files, &checked.project.statics);
    format!(
        "{project:?}\n{:#?}\n{}\n{library:#?}\n{:#?}\n{}",
        checked.diagnostics,
        texts.join("\n"),
        checked.plan,
        pages.join("\n")
    )
}

fn assert_alike(again: &Checked, fresh: &Checked, step: &str) {
    let (again, fresh) = (known(again), known(fresh));
    let line = again.lines().zip(fresh.lines()).position(|(one, other)| one != other);
    let shown = |text: &str| text.lines().nth(line.unwrap_or_default()).unwrap_or_default().to_owned();
    assert!(again == fresh, "{step}, line {line:?}:\nagain: {}\nfresh: {}", shown(&again), shown(&fresh));
}

type Step = (&'static str, &'static [&'static str], fn(&Site));

#[test]
fn whatever_has_changed_it_is_what_a_fresh_check_finds() {
    let steps: [Step; 26] = [
        ("words before a link and a note", &["content/2024-01-02-b.md"], |site| {
            let text = fs::read_to_string(site.root().join("content/2024-01-02-b.md")).unwrap();
            site.write("content/2024-01-02-b.md", text.replace("Un lien", "Voici.\n\nUn lien"))
        }),
        ("words that nobody else sees", &["content/2024-01-05-e.md"], |site| {
            site.write(
                "content/2024-01-05-e.md",
                brief("E", "D’autres mots, pour ainsi dire[^onu].\n\nEt d’autres."),
            )
        }),
        ("other such words", &["content/2024-01-05-e.md"], |site| {
            site.write(
                "content/2024-01-05-e.md",
                brief("E", "D’autres mots, pour ainsi dire[^onu].\n\nEt encore d’autres."),
            )
        }),
        (
            "such words, and others see something else",
            &["content/2024-01-05-e.md", "content/2024-01-03-c.md"],
            |site| {
                site.write(
                    "content/2024-01-05-e.md",
                    brief("E", "D’autres mots, pour ainsi dire[^onu].\n\nEt puis plus."),
                );
                site.write("content/2024-01-03-c.md", brief("C", "Mende et [[e]]."))
            },
        ),
        ("a text", &["content/2024-01-01-a.md"], |site| {
            site.write("content/2024-01-01-a.md", brief("Autre A", "Sans lien, mais [[c]] et l’Ouzbékistan."))
        }),
        ("nothing", &["content/2024-01-01-a.md"], |_| {}),
        ("a mend", &["content/2024-01-03-c.md"], |site| {
            site.write("content/2024-01-03-c.md", brief("C", "Mendé."))
        }),
        ("a mistake in a date", &["content/2024-01-02-b.md"], |site| {
            site.write("content/2024-01-02-b.md", brief("B", "Texte.").replace("title", "date = hier\ntitle"))
        }),
        ("two texts", &["content/2024-01-02-b.md", "content/2024-01-05-e.md"], |site| {
            site.write("content/2024-01-02-b.md", brief("A", "Un lien [[e]]."));
            site.write("content/2024-01-05-e.md", brief("E", "Publié[^perdu]."));
        }),
        ("an embargo is over", &["content/2024-09-01-f.md"], |site| {
            site.write(
                "content/2024-09-01-f.md",
                brief("F", "Paru.").replace("title", "date = 2024-02-01\ntitle"),
            )
        }),
        ("a text that can be read now", &["content/2024-01-07-h.md"], |site| {
            site.write("content/2024-01-07-h.md", brief("H", "Lisible."))
        }),
        ("a text that can't be read any more", &["content/2024-01-07-h.md"], |site| {
            site.write("content/2024-01-07-h.md", b"\xff")
        }),
        ("a waiver is idle", &["content/2024-01-06-g.md"], |site| {
            let text = fs::read_to_string(site.root().join("content/2024-01-06-g.md")).unwrap();
            site.write("content/2024-01-06-g.md", text.replace("de de", "de"))
        }),
        ("a new text", &["content/2024-01-08-i.md"], |site| {
            site.write("content/2024-01-08-i.md", brief("I", "Neuf, avec [[a]]."))
        }),
        ("a new folder", &["content/2024"], |site| {
            site.write("content/2024/2024-01-09-z.md", brief("Z", "Au fond d’un dossier."))
        }),
        ("a renamed folder", &["content/2024", "content/2025"], |site| {
            fs::rename(site.root().join("content/2024"), site.root().join("content/2025")).unwrap()
        }),
        ("what is in a folder", &["content/2025"], |site| {
            site.write("content/2025/2024-01-09-z.md", brief("Z", "Autre chose au fond d’un dossier."))
        }),
        ("a deleted text", &["content/2024-01-01-a.md"], |site| {
            fs::remove_file(site.root().join("content/2024-01-01-a.md")).unwrap()
        }),
        ("a picture less", &["content/i.svg"], |site| {
            fs::remove_file(site.root().join("content/i.svg")).unwrap()
        }),
        ("a static file", &["static/y.txt"], |site| site.write("static/y.txt", "y")),
        ("the library of sources", &["content/sources.toml"], |site| {
            site.write("content/sources.toml", "[onu]\ntitle = \"Une autre\"\n[otan]\ntitle = \"T\"\n")
        }),
        ("a template", &["templates/brief.html"], |site| {
            site.write("templates/brief.html", "{{ page.title }}")
        }),
        ("a broken template", &["templates/brief.html"], |site| {
            site.write("templates/brief.html", "{% if %}")
        }),
        ("templates less", &["templates"], |site| fs::remove_dir_all(site.root().join("templates")).unwrap()),
        ("the settings", &["site.toml"], |site| {
            site.write(
                "site.toml",
                "title = \"Autre\"\nlanguage = \"en\"\nbase_url = \"https://autre.example/\"\n",
            )
        }),
        ("all texts less", &["content"], |site| fs::remove_dir_all(site.root().join("content")).unwrap()),
    ];
    let site = everything();
    let mut checked = site.checked();
    for (step, changed, change) in steps {
        change(&site);
        let changed: BTreeSet<ContentPath> =
            changed.iter().filter_map(|path| ContentPath::new(path)).collect();
        let again = checked.again(&changed, &Overrides::default(), &site.edition()).unwrap();
        assert_alike(&again, &site.checked(), step);
        checked = again;
    }
}

#[test]
fn only_what_has_changed_is_read_again() {
    let site = everything();
    let checked = site.checked();
    // This file is another now, but nobody has told of it: its facts are those of before.
    site.write("content/2024-01-02-b.md", brief("Inaperçu", "Texte."));
    site.write("content/2024-01-01-a.md", brief("Vu", "Texte."));
    for changed in [["content/2024-01-01-a.md"].as_slice(), &["content/2024-01-01-a.md", "static/neuf.txt"]] {
        site.write("static/neuf.txt", "neuf");
        let changed = changed.iter().filter_map(|path| ContentPath::new(path)).collect();
        let again = checked.again(&changed, &Overrides::default(), &site.edition()).unwrap();
        let titles: Vec<&str> =
            again.library.documents.iter().map(|it| it.brief.front.title_text()).collect();
        assert!(
            titles.contains(&"Vu") && titles.contains(&"B") && !titles.contains(&"Inaperçu"),
            "{titles:?}"
        );
    }
}

#[test]
fn what_reads_like_before_is_known() {
    let site = everything();
    let checked = site.checked();
    let again = |path: &str| {
        let changed = ContentPath::new(path).into_iter().collect();
        checked.again(&changed, &Overrides::default(), &site.edition()).unwrap()
    };
    let text = fs::read(site.root().join("content/2024-01-01-a.md")).unwrap();
    site.write("content/2024-01-01-a.md", text);
    assert!(again("content/2024-01-01-a.md").reads_like(&checked));
    site.write("content/2024-01-01-a.md", brief("A", "Autre chose."));
    assert!(!again("content/2024-01-01-a.md").reads_like(&checked));
}

#[test]
fn a_folder_that_is_no_site_any_more_is_the_machines_refusal() {
    let site = everything();
    let checked = site.checked();
    fs::remove_file(site.root().join("site.toml")).unwrap();
    let changed = ContentPath::new("site.toml").into_iter().collect();
    let refusal = checked.again(&changed, &Overrides::default(), &site.edition()).unwrap_err();
    assert!(refusal.to_string().contains("there is no `site.toml`"), "{refusal}");
}

#[test]
fn words_that_nobody_else_sees_leave_all_but_their_page_as_it_was() {
    let site = everything();
    let checked = site.checked();
    let path = "content/2024-01-02-b.md";
    let text = fs::read_to_string(site.root().join(path)).unwrap();
    let changed = BTreeSet::from([ContentPath::new(path).unwrap()]);
    let again = |text: String| {
        site.write(path, text);
        checked.again(&changed, &Overrides::default(), &site.edition()).unwrap()
    };
    let seen_alike = again(text.replace("une source", "puis une source"));
    // A link's sentence is shown on the page that it leads to.
    assert!(!Arc::ptr_eq(&checked.library, &seen_alike.library));
    let seen_alike = again(format!("{text}\nEt rien de plus.\n"));
    assert!(Arc::ptr_eq(&checked.library, &seen_alike.library));
    assert_eq!(seen_alike.revised.len(), 1);
}

/// A site as a build kept it, and as the next one would restore it after `changes`.
fn restored(site: &Site, changes: &[(&str, String)]) -> Option<Checked> {
    let checked = site.checked();
    let kept = postcard::to_stdvec(&checked.kept().unwrap()).unwrap();
    let texts = checked.texts().unwrap();
    for (path, text) in changes {
        site.write(path, text);
    }
    let changed = changes.iter().map(|(path, _)| ContentPath::new(path).unwrap()).collect();
    Checked::restored(site.root(), &Overrides::default(), &site.edition(), &kept, &texts, &changed).unwrap()
}

/// The same site, all of whose texts can be read.
fn everything_readable() -> Site {
    let site = everything();
    fs::remove_file(site.root().join("content/2024-01-07-h.md")).unwrap();
    site
}

#[test]
fn what_was_kept_goes_on_as_a_fresh_check_where_only_words_have_changed() {
    let site = everything_readable();
    let texts = ["content/2024-01-02-b.md", "content/pages/a-propos.md"];
    let changed = texts.map(|path| {
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        let text = text.replace("Un lien", "Voici.\n\nUn lien");
        (path, format!("{text}\nEt voilà.\n"))
    });
    let restored = restored(&site, &changed).unwrap();
    assert_alike(&restored, &site.checked(), "words");
    assert_eq!(restored.revised.len(), 2);
}

#[test]
fn what_was_kept_is_nothing_where_others_see_a_change() {
    for (path, from, to) in [
        ("content/2024-01-02-b.md", "une source", "puis une source"),
        ("content/2024-01-02-b.md", "\"B\"", "\"Un autre B\""),
        ("content/2024-01-03-c.md", "un lien", "un autre lien"),
        ("content/2024-01-06-g.md", "trop", "trop, ou trop peu"),
        ("content/2024-01-05-e.md", "draft = true\n", ""),
    ] {
        let site = everything_readable();
        let text = fs::read_to_string(site.root().join(path)).unwrap();
        assert!(text.contains(from), "{path}: {text}");
        assert!(restored(&site, &[(path, text.replace(from, to))]).is_none(), "{path}: {to}");
    }
    // A text of `static/` is copied, whatever its name.
    let site = everything_readable();
    site.write("static/x.md", "x");
    assert!(restored(&site, &[("static/x.md", "y".to_owned())]).is_none());
}

#[test]
fn a_text_that_nobody_told_of_is_not_read_unless_its_words_are_asked_for() {
    let site = everything_readable();
    let checked = site.checked();
    let kept = postcard::to_stdvec(&checked.kept().unwrap()).unwrap();
    let texts = checked.texts().unwrap();
    site.write("content/2024-01-01-a.md", "+++\n");
    let restored = Checked::restored(
        site.root(),
        &Overrides::default(),
        &site.edition(),
        &kept,
        &texts,
        &BTreeSet::new(),
    );
    let restored = restored.unwrap().unwrap();
    let (renderer, _) = Renderer::new(&restored.project);
    let page = |name: &str| restored.plan.pages.iter().find(|it| it.output.as_str().contains(name)).unwrap();
    assert!(restored.make(&renderer, page("robots.txt")).is_ok());
    let refusal = restored.make(&renderer, page("briefs/b/")).unwrap_err();
    assert!(format!("{refusal:?}").contains("was changed while the site was being built"), "{refusal:?}");
}

#[test]
fn a_link_is_found_where_it_stands_once_words_were_put_above_it() {
    let site = everything();
    let path = "content/2024-01-01-a.md";
    let with_link = |above: &str| brief("A", &format!("{above}\n\nUn lien vers [b](2024-01-02-b.md)."));
    site.write(path, with_link("Un début."));
    let checked = site.checked();
    site.write(path, with_link("Un début qui dure."));
    let changed = BTreeSet::from([ContentPath::new(path).unwrap()]);
    let again = checked.again(&changed, &Overrides::default(), &site.edition()).unwrap();
    assert!(Arc::ptr_eq(&checked.library, &again.library));
    assert_alike(&again, &site.checked(), "words above a link");
}
