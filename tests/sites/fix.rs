//! What `depeche fix` makes of a site: which mends are applied, and that they are applied once and for all.

use crate::site::{Site, brief, site};
use depeche::diagnostic::{Diagnostic, Fix, code};
use depeche::library::{Edition, Now};
use depeche::mend::{self, Choice, Mending};
use depeche::pipeline;
use depeche::project::{Laid, Overrides, Project};
use depeche::source::{ContentPath, Source, Span};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const PATH: &str = "content/2024-01-01-a.md";

/// A site of one brief with this body.
fn with_body(body: &str) -> Site {
    site(&[(PATH, &brief("A", body))])
}

/// What becomes of the body.
fn body_mended(site: &Site, choice: &Choice) -> String {
    let mending = site.mending(choice);
    let [file] = &mending.files[..] else { panic!("{:?}", mending.files) };
    assert_eq!(file.path.as_str(), PATH);
    let front = brief("A", "").len() - "\n".len();
    file.after[front..].trim_end().to_owned()
}

fn guesses() -> Choice {
    Choice { guesses: true, ..Choice::default() }
}

#[test]
fn what_is_safe_is_mended_and_a_guess_is_left() {
    let site = with_body("Un sommet.[^tass] Une dépêche[^tas].\n\n[^tass]: N.");
    let safe = "Un sommet[^tass]. Une dépêche[^tas].\n\n[^tass]: N.";
    assert_eq!(body_mended(&site, &Choice::default()), safe);
    assert_eq!(body_mended(&site, &guesses()), safe.replace("tas]", "tass]"));
}

#[test]
fn mends_are_limited_to_the_diagnostics_that_are_named() {
    let site = with_body("Un\u{8} sommet.[^a]\n\n[^a]: N.");
    let choice = Choice { codes: vec![&code::MISPLACED_CALL], ..Choice::default() };
    assert_eq!(body_mended(&site, &choice), "Un\u{8} sommet[^a].\n\n[^a]: N.");
}

#[test]
fn mends_are_limited_to_the_files_and_folders_that_are_named() {
    let text = brief("A", "Un sommet.[^a]\n\n[^a]: N.");
    let paths =
        ["content/2024/2024-01-01-a.md", "content/2024/2024-01-02-b.md", "content/2024b/2024-01-03-c.md"];
    let site = site(&paths.map(|path| (path, text.as_str())));
    let among = |path: &str| {
        let among = vec![ContentPath::new(path).unwrap()];
        let mending = site.mending(&Choice { among, ..Choice::default() });
        mending.files.iter().map(|file| file.path.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(among("content/2024"), paths[..2]);
    assert_eq!(among(paths[1]), paths[1..2]);
}

#[test]
fn what_the_site_allows_is_left_as_it_is() {
    let site = with_body("Un sommet.[^a]\n\n[^a]: N.");
    site.write("site.toml", "title = \"Essai\"\n[lints]\nmisplaced-call = \"allow\"\n");
    assert_eq!(site.mending(&Choice::default()).files, []);
}

#[test]
fn a_scheduled_brief_is_mended_too() {
    let site = with_body("Un sommet.[^a]\n\n[^a]: N.").on("2023-06-01");
    assert_eq!(body_mended(&site, &Choice::default()), "Un sommet[^a].\n\n[^a]: N.");
}

#[test]
fn a_mend_that_another_hides_is_made_too() {
    let site = site(&[(PATH, "+++\npays = AM\ntitre = Un sommet\nsummary = \"S.\"\n+++\n\nTexte.\n")]);
    let mending = site.mending(&Choice::default());
    let mended = "+++\ncountries = [\"AM\"]\ntitle = \"Un sommet\"\nsummary = \"S.\"\n+++\n\nTexte.\n";
    assert_eq!(&*mending.files[0].after, mended);
    assert_eq!((mending.files[0].mends, mending.is_complete), (5, true));
    assert_eq!(*mending.checked.diagnostics, []);
}

#[test]
fn settings_sources_and_briefs_are_mended_alike() {
    let site = with_body("Texte[^tass].");
    site.write("site.toml", "titre = \"Essai\"\n");
    site.write("content/sources.toml", "[tass]\ntitle = \"T\"\nurl = \"www.tass.example\"\n");
    let mending = site.mending(&Choice::default());
    let after: Vec<_> = mending.files.iter().map(|file| (file.path.as_str(), &*file.after)).collect();
    let sources = "[tass]\ntitle = \"T\"\nurl = \"https://www.tass.example\"\n";
    assert_eq!(after, [("content/sources.toml", sources), ("site.toml", "title = \"Essai\"\n")]);
}

#[test]
fn two_guesses_of_one_key_are_not_both_made() {
    let text = "+++\ntitel = \"A\"\ntitlo = \"B\"\ncountries = [\"AM\"]\n+++\n\nTexte.\n";
    let mending = site(&[(PATH, text)]).mending(&guesses());
    assert_eq!(&*mending.files[0].after, text.replace("titel", "title"));
    assert_eq!(mending.unsound.len(), 1);
}

#[test]
fn a_file_that_is_not_utf_8_is_left_as_it_is() {
    let site = site(&[]);
    site.write(PATH, b"+++\ntitre = \"\xE9t\xE9\"\n+++\n");
    assert_eq!(site.mending(&Choice::default()).files, []);
}

#[test]
fn a_brief_full_of_mistakes_is_mended_in_a_few_rounds() {
    let body = "Un\u{8} sommet.[^a] Une\u{1} ville,[^a] là.[^a]\n\n".repeat(400) + "[^a]: N.";
    let site = with_body(&body);
    let reads = std::cell::Cell::new(0);
    let read = |laid: Laid| {
        reads.set(reads.get() + 1);
        let edition =
            Edition { now: Now::day("2024-06-01".parse().unwrap()), drafts: false, scheduled: false };
        pipeline::check_under(site.root(), laid, &Overrides::default(), &edition)
    };
    let mending = mend::site(&read, &Choice::default()).unwrap();
    assert_eq!(mending.files[0].mends, 1201);
    assert!(reads.get() <= 4, "{}", reads.get());
}

#[test]
fn a_text_whose_quotation_marks_do_not_close_is_left_without_a_comma() {
    for line in
        ["countries = [\"A\nM\", \"RU\"]", "topics = [\"OTSC, \"défense\"]", "topics = [\"a, \"b, \"c\"]"]
    {
        let text = format!("+++\ntitle = \"A\"\n{line}\n+++\n\nTexte.\n");
        let mending = site(&[(PATH, &text)]).mending(&Choice::default());
        assert_eq!((mending.files.as_slice(), mending.is_complete), (&[][..], true), "{line}");
        let mending = site(&[(PATH, &text)]).mending(&guesses());
        assert!(mending.files.iter().all(|file| !file.after.contains(",\"")), "{:?}", mending.files);
    }
}

#[test]
fn a_comma_missing_between_two_values_is_guessed() {
    let text = "+++\ntitle = \"A\"\ncountries = [\"AM\" \"RU\"]\n+++\n\nTexte.\n";
    let site = site(&[(PATH, text)]);
    assert_eq!(site.mending(&Choice::default()).files, []);
    assert_eq!(&*site.mending(&guesses()).files[0].after, text.replace("\" \"", "\", \""));
}

#[test]
fn a_mend_that_comes_back_where_it_was_made_is_not_made() {
    let site = with_body("Un sommet.[^a]\n\n[^a]: N.");
    let reads = std::cell::Cell::new(0);
    let read = |laid: Laid| {
        reads.set(reads.get() + 1);
        let edition =
            Edition { now: Now::day("2024-06-01".parse().unwrap()), drafts: false, scheduled: false };
        let mut checked = pipeline::check_under(site.root(), laid, &Overrides::default(), &edition)?;
        let path = ContentPath::new(PATH).unwrap();
        let text = String::from_utf8(checked.project.bytes(&path)?)?;
        // It would write one more comma at each reading.
        let at = text.find(" sommet").unwrap();
        let place = Source::new(path, text).place(Span::new(at..at));
        let comma = Fix::new(Span::new(at..at), ",").safe();
        Arc::make_mut(&mut checked.diagnostics)
            .push(Diagnostic::new(&code::SYNTAX, place, "a comma is missing").mend(Some(comma)));
        Ok(checked)
    };
    let mending = mend::site(&read, &Choice::default()).unwrap();
    assert_eq!((mending.is_complete, mending.unsound.len()), (true, 1));
    assert_eq!(&*mending.files[0].after, brief("A", "Un sommet[^a].\n\n[^a]: N."));
    assert!(reads.get() <= 5, "{}", reads.get());
}

#[test]
fn a_call_is_exchanged_with_a_mark_and_its_backslash() {
    let site = with_body("En 1986\\.[^a] Puis la paix\\![^a]\n\n[^a]: N.");
    let mended = "En 1986[^a]\\. Puis la paix[^a]\\!\n\n[^a]: N.";
    assert_eq!(body_mended(&site, &Choice::default()), mended);
}

#[test]
fn a_date_is_added_to_a_table_whose_next_comma_or_brace_stands_on_another_line() {
    for (fence, note, mended) in [
        (
            "---",
            "footnotes:\n  e: { url: https://e.example/2024/01/02/x,\n    title: X # là\n    }\n",
            "title: X, date: 2024-01-02 # là\n    }",
        ),
        (
            "---",
            "footnotes:\n  e: {\n    title: X\n    # là\n    , url: https://e.example/2024/01/02/x }\n",
            "title: X, date: 2024-01-02\n    # là\n    , url",
        ),
        (
            "+++",
            "[footnotes]\ne = { url = \"https://e.example/2024/01/02/x\",\n  title = \"X\"\n}\n",
            "title = \"X\", date = 2024-01-02\n}",
        ),
    ] {
        let title = if fence == "---" {
            "title: A\ncountries: [AM]\n"
        } else {
            "title = \"A\"\ncountries = [\"AM\"]\n"
        };
        let site = site(&[(PATH, &format!("{fence}\n{title}{note}{fence}\n\nTexte[^e].\n"))]);
        let mending = site.mending(&Choice { codes: vec![&code::UNDATED_SOURCE], ..guesses() });
        let [file] = &mending.files[..] else { panic!("{:?}", site.problems()) };
        assert!(file.after.contains(mended), "{}", file.after);
        assert_eq!(mending.unsound, []);
    }
}

/// Mends a site in memory.
fn mended(files: &BTreeMap<ContentPath, String>, choice: &Choice) -> Mending {
    let read = |laid: Laid| {
        let laid = |(path, text): (&ContentPath, &String)| {
            (path.clone(), laid.get(path).map_or(text.as_str(), |laid| laid).as_bytes().to_vec())
        };
        let (project, told) = Project::in_memory(files.iter().map(laid), &Overrides::default())?;
        let edition =
            Edition { now: Now::day("2024-06-01".parse().unwrap()), drafts: true, scheduled: false };
        Ok(pipeline::understand(project, told, &edition, &|| ()))
    };
    mend::site(&read, choice).unwrap()
}

/// How many faults there are for which a file can't be read as it was meant.
fn faults(mending: &Mending) -> usize {
    let faults = [
        &code::SYNTAX,
        &code::NO_FRONT_MATTER,
        &code::UNCLOSED_FRONT_MATTER,
        &code::SECOND_FRONT_MATTER,
        &code::DUPLICATE_KEY,
    ];
    mending.checked.diagnostics.iter().filter(|problem| faults.contains(&problem.code)).count()
}

/// What people write into front matter, right and wrong.
const LINES: [&str; 36] = [
    "title = \"Un sommet\"",
    "title: Un sommet",
    "titre = L'été d'hier",
    "Titre = \"B\"",
    "titel = \"A\"",
    "title = \"Le \"oui\" tranche\"",
    "title = « Minsk »",
    "title = \"Jamais fermé",
    "title: Minsk : la suite",
    "title:Minsk",
    "title: @tass",
    "title: *tass",
    "countries = \"AM, RU\"",
    "countries = [AM RU]",
    "countries = [\"AM\",, \"RU\"",
    "countries: [AM, RU",
    "  - AM",
    "\t- RU",
    "pays = AM",
    "pays:",
    "country: Kazakstan",
    "date = \"23/11/2023\"",
    "date: 2023-13-01",
    "date = 2023-02-30",
    "draft = True",
    "draft = \"non\"",
    "slug = \"Un Été\"",
    "aliases = \"ancienne/adresse\"",
    "image = \"a.jpg\"",
    "[footnotes.a]",
    "[footnotes.b",
    "[notes.c]",
    "url = \"www.un.org\",",
    "text = \"N.[^b]\";",
    "# remarque",
    "",
];

/// And into the body.
const BODY: [&str; 16] = [
    "Un sommet.[^a] ",
    "Un sommet[^a][^b] ?",
    "mot1 ",
    "Un mot,[^aa]",
    "[^a](x) ",
    "mo\u{8}t ",
    "\u{b}\u{c}",
    "[ici](www.un.org/?a#b) ",
    "[là](2024-01-02-b) ",
    "[[2024-b#x]] ",
    "[x](../b.md) ",
    "```\n",
    "\r\n\r\n",
    "\n\n[^a]: N.[^b]\n\n",
    "\n\n[^b]:\n\n",
    "+++\n",
];

fn mess() -> impl Strategy<Value = String> {
    let fence = prop::sample::select(vec!["+++", "---", "++++", " --- ", "+++ toml", ""]);
    let lines = prop::collection::vec(prop::sample::select(LINES.to_vec()), 0..7);
    let newline = prop::sample::select(vec!["\n", "\r\n"]);
    let body = prop::collection::vec(prop::sample::select(BODY.to_vec()), 0..6);
    ("\u{feff}?", fence.clone(), lines, fence, newline, body).prop_map(
        |(mark, opening, lines, closing, newline, body)| {
            let lines = std::iter::once(opening).chain(lines).chain([closing, ""]);
            mark + &lines.collect::<Vec<_>>().join(newline) + &body.concat()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
    #[test]
    fn mending_twice_changes_nothing_more_and_breaks_nothing(text in mess(), other in mess(), guesses: bool) {
        let path = |path| ContentPath::new(path).unwrap();
        let mut files = BTreeMap::from([
            (path("site.toml"), "title = \"Essai\"\n".to_owned()),
            (path(PATH), text),
            (path("content/2024-01-02-b.md"), other),
        ]);
        let nothing = Choice { among: vec![path("elsewhere")], ..Choice::default() };
        let faults = faults(&mended(&files, &nothing));
        let choice = Choice { guesses, ..Choice::default() };
        let mending = mended(&files, &choice);
        prop_assert!(mending.is_complete);
        prop_assert!(self::faults(&mending) <= faults, "{:?}", mending.files);
        for file in &mending.files {
            files.insert(file.path.clone(), file.after.to_string());
        }
        let again = mended(&files, &choice);
        prop_assert_eq!(again.files, []);
    }
}
