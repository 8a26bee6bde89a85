//! The sites as readers have them: opened in a real Chromium by the scripts of `tests/browser/`, over HTTP and from the disk.
//!
//! They need node, Chromium, and what `npm install --prefix tests/browser` installs. Where one of them is missing they say so
//! and pass; with `CI=true` they fail.
#![expect(clippy::disallowed_methods, reason = "these tests write sites and run programs")]
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

const IMAGE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="#888"/></svg>"##;

/// A brief with everything that a brief may have.
const COMPLETE_BRIEF: &str = r#"+++
title = "Un article qui a tout"
countries = ["AM", "CD", "GS"]
summary = "Un chapô, avec son appel[^agence]."
authors = ["Anne Martin", "La rédaction"]
topics = ["défense", "droit"]
series = "La série"
updated = 2024-01-08
translations_key = "tout"
image = { file = "carte.svg", alt = "Une carte", caption = "La frontière[^agence].", credit = "Anne Martin" }
corrections = [{ date = 2024-01-08, text = "Nous avions écrit « neuf »[^agence]." }, { date = 2024-01-09, text = "Un nom." }]
aliases = ["/ancienne/adresse/"]

[footnotes.agence]
title = "CSTO withdrawal"
publisher = "TASS"
date = 2022-01-13
url = "https://example.org/csto"
archive = "https://example.org/archive/csto"
language = "en"
+++

Un texte[^agence][^autre], suivi d’[un autre](2024-01-01-rien.md).

## Un titre avec appel[^autre]

> Une citation[^autre].
>
> — Quelqu’un

1. Un point
   - et un autre

| Pays | Voix |
|------|-----:|
| Arménie[^autre] | 1 |

![Une carte](carte.svg "La même carte[^agence]")

```toml
title = "Un exemple" # avec un commentaire
```

https://www.youtube.com/watch?v=aaaaaaaaaaa

### Un sous-titre

---

La fin.

[^autre]: Une note[^agence].

    Et son second alinéa.
"#;

/// Notes that crowd one another: called from wherever there is text, from neighbouring words, cells and other notes, several
/// times, the longest last. Where it says `PHRASE` there is one, where it says `LONG` there are six.
const CROWDED_BRIEF: &str = r#"+++
title = "Un titre assez long pour qu’il occupe plusieurs lignes, et jusqu’à la marge s’il le peut"
countries = ["AM", "CD", "GS"]
summary = "Un chapô, avec son appel[^chapo], qui va jusqu’au bout de la colonne et au-delà s’il le peut : PHRASE"
image = { file = "carte.svg", alt = "Une carte", caption = "La frontière[^frontiere]." }
corrections = [{ date = 2024-01-08, text = "Une erreur[^erratum]." }]

[footnotes.chapo]
text = "PHRASE"

[footnotes.frontiere]
text = "Une carte."

[footnotes.erratum]
text = "Signalée par un lecteur."
+++

PHRASE Un mot[^un][^longue], un autre[^É trois], et le premier[^un].

## Un titre[^titre]

> PHRASE Une citation[^citation].

1. Un point[^point]
2. Un autre[^autre]

| Pays         | Voix   | Remarque             |
|--------------|-------:|----------------------|
| Arménie[^a]  | 1[^b]  | LONG La fin[^c].     |
| Russie[^d]   | 2      | Rien[^e].            |

![Une carte](carte.svg "Une légende[^legende]")

PHRASE Du code[^code] et une liste[^liste].

La fin[^fin], la vraie fin[^suite] et la dernière[^derniere].

[^un]: Une note[^sous], [un lien](https://example.org/).

[^sous]: Appelée d’une note seulement, et d’elle-même[^sous].

[^longue]: LONG

[^É trois]: <https://example.org/une/adresse/qui/est/plus/longue/que/la/marge/n-est/large>.

[^titre]: PHRASE

[^citation]: Page 12.

[^point]: Un.

[^autre]: Deux.

[^a]: A.

[^b]: B.

[^c]: C.

[^d]: D.

[^e]: E.

[^legende]: Une photographie.

[^code]: Voyez :

    ```toml
    titre = "Une ligne de code qui est plus longue que la marge n’est large"
    ```

    | A        | B        | C        | D        | E        |
    |----------|----------|----------|----------|----------|
    | une case | une case | une case | une case | une case |

    Et la fin.

[^liste]: Deux choses :

    - PHRASE
    - une autre.

[^fin]: LONG

[^suite]: LONG

[^derniere]: LONG
"#;

#[test]
fn sites_hold_in_a_real_browser() {
    let browser = match browser() {
        Ok(browser) => browser,
        Err(missing) => {
            assert!(env::var_os("CI").is_none(), "the browser tests can't run: {missing}");
            // Not `eprintln!`, which is kept from the terminal while a test passes.
            let note = format!("\nwarning: the browser tests did NOT run: {missing}\n\n");
            std::io::stderr().write_all(note.as_bytes()).unwrap();
            return;
        }
    };
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("served");
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let repository = Path::new(REPOSITORY);
    let hostile = written(&folder.path().join("hostile"), &hostile_site());
    let empty =
        written(&folder.path().join("empty"), &[("site.toml".to_owned(), "title = \"Vide\"\n".to_owned())]);
    let reading = written(&folder.path().join("reading"), &reading_site());
    for (root, name) in
        [(repository, "revue"), (&hostile, "hostile"), (&reading, "lecture"), (&empty, "vide")]
    {
        let base_url = format!("http://127.0.0.1:{port}/{name}/");
        build(root, &["--base-url", &base_url, "--output"], &output.join(name));
    }
    let on_disk = on_disk(&folder.path().join("on-disk"));
    build(&on_disk, &["--output"], &on_disk.join("public"));

    let run = Command::new("node")
        .arg(Path::new(REPOSITORY).join("tests/browser/check.mjs"))
        .arg(port.to_string())
        .args([&output, &on_disk.join("public"), &browser])
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&run.stdout);
    println!("{report}");
    assert!(run.status.success(), "{report}{}", String::from_utf8_lossy(&run.stderr));
}

/// Chromium, or what is missing of the tools that the tests need.
fn browser() -> Result<PathBuf, String> {
    let chromium = env::var_os("CHROMIUM").map_or_else(|| "/usr/bin/chromium".into(), PathBuf::from);
    if !chromium.exists() {
        return Err(format!("there is no Chromium at {}; $CHROMIUM may say where it is", chromium.display()));
    }
    if Command::new("node").arg("--version").output().is_err() {
        return Err("there is no node".to_owned());
    }
    for package in ["axe-core", "playwright-core"] {
        if !Path::new(REPOSITORY).join("tests/browser/node_modules").join(package).exists() {
            return Err(format!("{package} is not installed: run npm install --prefix tests/browser"));
        }
    }
    Ok(chromium)
}

fn build(root: &Path, arguments: &[&str], output: &Path) {
    let run = Command::new(env!("CARGO_BIN_EXE_depeche"))
        .args(["build", "--root"])
        .arg(root)
        .args(arguments)
        .arg(output)
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

/// The folder, with these files in it.
fn written(folder: &Path, files: &[(String, String)]) -> PathBuf {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder.to_owned()
}

/// The repository's own site, whose links lead from file to file.
fn on_disk(folder: &Path) -> PathBuf {
    let repository = Path::new(REPOSITORY);
    for name in ["content", "themes"] {
        copy(&repository.join(name), &folder.join(name));
    }
    let settings = fs::read_to_string(repository.join("site.toml")).unwrap();
    written(folder, &[("site.toml".to_owned(), format!("link_style = \"file\"\n{settings}"))])
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a layout breaks on: words and addresses that can't be cut, a table larger than any screen, five hundred notes, a
/// language written from right to left, and lists of several pages.
fn hostile_site() -> Vec<(String, String)> {
    let word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz";
    let site = format!(
        "title = \"{word}\"\nbase_url = \"http://localhost/\"\nper_page = 2\n\
         [languages.ar]\ntitle = \"النشرة\"\ndescription = \"مذكرات قصيرة\"\n\
         [[menu]]\ntitle = \"{word}\"\nurl = \"/briefs/mots/\"\n"
    );
    let words = format!(
        "# {word}{word}\n\n{word}{word} <https://example.org/{word}/{word}{word}>[^longue].\n\n\
         - - - {word}{word}\n\n> > > {word}{word}\n\n`{word}{word}`\n\n```rust\nfn {word}() {{ {word}({word}, {word}) }}\n```\n\n\
         [^longue]: {word}{word}, <https://example.org/{word}{word}{word}>.\n"
    );
    let cells = |cell: &str| cell.repeat(30) + "|\n";
    let table = cells("| Colonne ") + &cells("|---") + &cells("| une case assez longue ").repeat(100);
    let mut notes = String::new();
    for number in 1..=500 {
        writeln!(
            notes,
            "Le fait {number}[^n{number}], rappelé[^n{number}].\n\n[^n{number}]: Source {number}.\n"
        )
        .unwrap();
    }
    let arabic = "أرسلت المنظمة قوات[^مصدر] إلى Kazakhstan عام 2022.\n\n## عنوان\n\n- بند\n\n> اقتباس\n\n[^مصدر]: تاس، 13 يناير 2022.\n";
    vec![
        ("site.toml".to_owned(), site),
        ("content/carte.svg".to_owned(), IMAGE.to_owned()),
        ("content/2024-01-06-tout.md".to_owned(), COMPLETE_BRIEF.to_owned()),
        brief(
            "2024-01-05-mots",
            &format!(
                "title = \"{word}{word}\"\nauthors = [\"{word}\"]\ntopics = [\"{word}\"]\nseries = \"{word}\""
            ),
            &words,
        ),
        brief("2024-01-04-tableau", "title = \"Un grand tableau\"\nseries = \"La série\"", &table),
        brief("2024-01-03-notes", "title = \"Cinq cents notes\"\nseries = \"La série\"", &notes),
        brief(
            "2024-01-02-arabe",
            "title = \"قمة يريفان\"\nlang = \"ar\"\ntranslations_key = \"tout\"\nauthors = [\"هيئة التحرير\"]",
            arabic,
        ),
        citing(31, word),
        citing(30, word),
        citing(29, word),
        brief("2024-01-01-rien", "title = \"Un titre seul\"\nseries = \"La série\"", ""),
    ]
}

/// Notes that crowd one another, forty of them in a row, and some on pages that are no brief.
fn reading_site() -> Vec<(String, String)> {
    let phrase = "Le président a annoncé que le retrait commencerait deux jours plus tard et prendrait au plus dix jours. ";
    let crowded = CROWDED_BRIEF.replace("PHRASE", phrase.trim_end()).replace("LONG", &phrase.repeat(6));
    let mut forty = String::new();
    for number in 1..=40 {
        let source = phrase.repeat(number % 4);
        writeln!(
            forty,
            "{phrase}Un fait[^n{number}], encore[^n{number}].\n\n[^n{number}]: Source {number}. {source}\n"
        )
        .unwrap();
    }
    let page = |path: &str, title: &str| {
        let text =
            format!("+++\ntitle = \"{title}\"\n+++\n\n{phrase}Un appel[^note].\n\n[^note]: {phrase}\n");
        (path.to_owned(), text)
    };
    vec![
        ("site.toml".to_owned(), "title = \"Lecture\"\nbase_url = \"http://localhost/\"\n".to_owned()),
        ("content/carte.svg".to_owned(), IMAGE.to_owned()),
        ("content/2024-01-03-voisines.md".to_owned(), crowded),
        brief("2024-01-02-quarante", "title = \"Quarante notes\"", &forty),
        page("content/countries/am.md", "Arménie"),
        page("content/pages/a-propos.md", "À propos"),
    ]
}

/// A brief of that day of December which cites as many sources as there are initials, and one whose names can't be cut.
fn citing(day: usize, word: &str) -> (String, String) {
    let mut front = format!(
        "title = \"Des sources {day}\"\nfootnotes.mot = {{ title = \"{word}{word}\", publisher = \"{word}{word}\" }}\n"
    );
    let mut body = format!("Une longue citation, {word}{word}[^mot].");
    for (number, initial) in ('A'..='Z').chain('0'..='9').enumerate() {
        let url = format!("https://{initial}{number}.example/{}", number % 3);
        writeln!(front, "footnotes.s{number} = {{ title = \"T{number}\", publisher = \"{initial} et fils\", url = \"{url}\" }}").unwrap();
        write!(body, " Le fait {number}[^s{number}].").unwrap();
    }
    front.push_str("footnotes.agence = { title = \"CSTO withdrawal\", publisher = \"TASS\", url = \"https://example.org/csto\" }\n");
    front.push_str("footnotes.seconde = { title = \"Autre dépêche\", publisher = \"Tass\" }\nfootnotes.tierce = { title = \"Troisième dépêche\", publisher = \"TASS\" }");
    body.push_str(" Un retrait[^agence], un autre[^seconde], un troisième[^tierce].");
    brief(&format!("2023-12-{day}-sources-{day}"), &front, &body)
}

fn brief(name: &str, front_matter: &str, body: &str) -> (String, String) {
    let text = format!(
        "+++\n{front_matter}\ncountries = [\"AM\", \"CD\", \"GS\"]\nsummary = \"Un chapô.\"\n+++\n\n{body}"
    );
    (format!("content/{name}.md"), text)
}
