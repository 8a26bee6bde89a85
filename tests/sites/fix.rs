//! What `depeche fix` makes of a site: which mends are applied, and that they are applied once and for all.

use crate::site::{Site, brief, site};
use depeche::diagnostic::{Code, Diagnostic, Fix, Severity, code};
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

/// What becomes of a brief when the mends of one kind of mistake are made, guesses too; nothing where there are none.
#[track_caller]
fn mended_of(code: &'static Code, text: &str) -> Option<String> {
    let site = site(&[(PATH, text), ("content/ma carte.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")]);
    let mending = site.mending(&Choice { codes: vec![code], ..guesses() });
    assert_eq!((&mending.unsound[..], mending.is_complete), (&[][..], true), "{text}");
    mending.files.first().map(|file| file.after.to_string())
}

/// The same of a brief with this body, whose other lines stay as they are.
#[track_caller]
fn body_of(code: &'static Code, body: &str) -> Option<String> {
    let front = brief("A", "").len() - "\n".len();
    mended_of(code, &brief("A", body)).map(|after| after[front..].to_owned())
}

#[test]
fn a_note_that_nobody_calls_is_deleted_with_its_lines() {
    for (body, left) in [
        ("Texte.\n\n[^a]: N.\n\n    Suite.\n\nEncore.", "Texte.\n\nEncore.\n"),
        ("Texte[^b].\n\n[^a]: N.\nsuite\n\n[^b]: B.", "Texte[^b].\n\n[^b]: B.\n"),
        ("Texte.\n\n[^a]: N.\n\n[^b]: B.", "Texte.\n"),
        ("Texte[^c].\n\n[^a]: A.\n[^b]: B.\n[^c]: C.", "Texte[^c].\n\n[^c]: C.\n"),
    ] {
        assert_eq!(body_of(&code::UNUSED_NOTE, body).as_deref(), Some(left), "{body}");
    }
}

#[test]
fn a_note_stays_that_a_lost_call_may_mean() {
    for body in ["Texte[^tas].\n\n[^tass]: N.", "Le texte1.\n\n[^1]: N.", "Le texte[^ a.\n\n[^a]: N."] {
        assert_eq!(body_of(&code::UNUSED_NOTE, body), None, "{body}");
    }
    assert_eq!(body_of(&code::DUPLICATE_NOTE, "T[^1] U[^2].\n\n[^1]: N.\n\n[^1]: O."), None);
}

#[test]
fn of_notes_that_call_one_another_none_goes_before_those_that_call_it() {
    let body = "Texte.\n\n[^a]: A[^b].\n\n[^b]: B.";
    assert_eq!(body_of(&code::UNUSED_NOTE, body).as_deref(), Some("Texte.\n"));
    let body = "Texte.\n\n[^b]: N.\nSuite[^a].\n\n- un\n\n[^a]: N.[^b]";
    assert_eq!(body_of(&code::UNUSED_NOTE, body), None);
}

#[test]
fn a_note_stays_where_what_stands_around_it_would_be_read_otherwise() {
    for body in ["- A\n\n[^a]: N.\n\n- B", "- A\n\n  [^a]: N.", "> [^a]: N.", "A\n[^a]: N.\n***"] {
        assert_eq!(body_of(&code::UNUSED_NOTE, body), None, "{body}");
    }
}

#[test]
fn a_note_of_the_front_matter_is_deleted_with_all_that_is_said_of_it() {
    let toml =
        |notes: &str| format!("+++\ntitle = \"A\"\ncountries = [\"AM\"]\n\n{notes}+++\n\nTexte[^b].\n");
    let yaml =
        |notes: &str| format!("---\ntitle: A\ncountries: [AM]\nfootnotes:\n{notes}---\n\nTexte[^b].\n");
    for (notes, left) in [
        ("[footnotes]\na = \"N.\" # là\nb = \"B.\"\n", "[footnotes]\nb = \"B.\"\n"),
        ("[footnotes]\n\"a é\" = \"\"\"\nN.\n\"\"\"\nb = 'B.'\n", "[footnotes]\nb = 'B.'\n"),
        ("[footnotes.a]\ntitle = \"T\"\n\n[footnotes.b]\ntext = \"B.\"\n", "[footnotes.b]\ntext = \"B.\"\n"),
        ("[footnotes.b]\ntext = \"B.\"\n\n[footnotes.a]\ntitle = \"T\"\n", "[footnotes.b]\ntext = \"B.\"\n"),
        (
            "[footnotes]\na = { title = \"T\", authors = [\n  \"X\",\n] }\nb = \"B.\"\n",
            "[footnotes]\nb = \"B.\"\n",
        ),
        (
            "[footnotes.a]\ntitle = \"T\"\n[footnotes.a.allow]\nundated-source = \"x\"\n\n[footnotes.b]\ntext = \"B.\"\n",
            "[footnotes.b]\ntext = \"B.\"\n",
        ),
    ] {
        assert_eq!(mended_of(&code::UNUSED_NOTE, &toml(notes)), Some(toml(left)), "{notes}");
        let windows = |text: &str| toml(text).replace('\n', "\r\n");
        assert_eq!(mended_of(&code::UNUSED_NOTE, &windows(notes)), Some(windows(left)), "{notes}");
    }
    for notes in [
        "[footnotes]\na.text = \"N.\"\nb.text = \"B.\"\n",
        "[footnotes]\n# Le premier.\na = \"N.\"\nb = \"B.\"\n",
        "[footnotes.a]\ntitle = \"T\"\n[footnotes.b]\ntext = \"B.\"\n[footnotes.a.allow]\nundated-source = \"x\"\n",
    ] {
        assert_eq!(mended_of(&code::UNUSED_NOTE, &toml(notes)), None, "{notes}");
    }
    for (notes, left) in [
        ("  a: N.\n  b: B.\n", "  b: B.\n"),
        ("  b: B.\n  a:\n    title: T\n    authors:\n      - X\n", "  b: B.\n"),
        ("  a: |\n    N.\n\n    Suite.\n  b: B.\n", "  b: B.\n"),
        ("  b: B.\n\n  a: |\n    N.\n\n    Suite.\n\n", "  b: B.\n\n"),
        ("  'a': { title: T,\n    url: 'https://e.example/' }\n  b: B.\n", "  b: B.\n"),
    ] {
        assert_eq!(mended_of(&code::UNUSED_NOTE, &yaml(notes)), Some(yaml(left)), "{notes}");
    }
    let inline = "---\ntitle: A\ncountries: [AM]\nfootnotes: { a: N., b: B. }\n---\n\nTexte[^b].\n";
    assert_eq!(mended_of(&code::UNUSED_NOTE, inline), None);
}

#[test]
fn of_two_notes_with_one_label_the_second_is_deleted_unless_the_first_says_nothing() {
    let duplicate = |notes: &str| body_of(&code::DUPLICATE_NOTE, &format!("Texte[^a].\n\n{notes}"));
    let left = Some("Texte[^a].\n\n[^a]: N.\n");
    assert_eq!(duplicate("[^a]: N.\n\n[^A]: O.").as_deref(), left);
    assert_eq!(duplicate("[^a]:\n\n[^a]: N.").as_deref(), left);
    let site = with_body("Texte[^a].\n\n[^a]: N.\n\n[^a]:  N.\n\n[^a]: O.");
    assert_eq!(body_mended(&site, &Choice::default()), "Texte[^a].\n\n[^a]: N.\n\n[^a]: O.");
}

#[test]
fn an_empty_note_is_deleted_where_nothing_calls_it() {
    assert_eq!(body_of(&code::EMPTY_NOTE, "Texte.\n\n[^a]:").as_deref(), Some("Texte.\n"));
    assert_eq!(body_of(&code::EMPTY_NOTE, "Texte[^a].\n\n[^a]:"), None);
}

#[test]
fn a_note_that_hides_a_source_of_the_library_is_deleted() {
    let site = with_body("Texte[^tass].\n\n[^tass]: TASS.");
    site.write("content/sources.toml", "[tass]\ntitle = \"T\"\ndate = 2024\n");
    assert_eq!(body_mended(&site, &guesses()), "Texte[^tass].");
    assert_eq!(site.mending(&Choice::default()).files, []);
}

#[test]
fn a_comma_behind_which_no_place_stands_is_deleted_from_a_call() {
    let mended = body_of(&code::UNDEFINED_NOTE, "Texte[^a,].\n\n[^a]: N.");
    assert_eq!(mended.as_deref(), Some("Texte[^a].\n\n[^a]: N.\n"));
}

#[test]
fn a_reminder_is_deleted_and_what_holds_a_place_stays() {
    for (body, left) in [
        ("Dix pays FIXME.", Some("Dix pays.\n")),
        ("Dix pays FIXME[^a].\n\n[^a]: N.", Some("Dix pays[^a].\n\n[^a]: N.\n")),
        ("Dix [chiffre à vérifier] *pays* TODO.", Some("Dix *pays*.\n")),
        ("Dix pays. <!-- TODO : demander -->", Some("Dix pays.\n")),
        ("Dix pays.\n\n<!-- XXX\nrelire -->\n\nOnze.", Some("Dix pays.\n\nOnze.\n")),
        ("XXX pays", None),
        ("Dix pays\nFIXME.", None),
        ("Dix pays *FIXME*.", None),
        ("Dix [ FIXME](https://e.example/).", None),
        ("Dix [chiffre à compléter] pays", None),
    ] {
        assert_eq!(body_of(&code::LEFTOVER, body).as_deref(), left, "{body}");
    }
    let title = brief("Un sommet (À VÉRIFIER)", "Texte.");
    assert_eq!(mended_of(&code::LEFTOVER, &title), Some(brief("Un sommet", "Texte.")));
}

#[test]
fn the_first_sentence_of_a_text_that_goes_on_becomes_its_standfirst() {
    let toml = |summary: &str, body: &str| {
        format!("+++\ntitle = \"A\"\n{summary}countries = [\"AM\"]\n+++\n\n{body}\n")
    };
    let mended = |body: &str| mended_of(&code::MISSING_SUMMARY, &toml("", body));
    let written = |summary: &str, body: &str| Some(toml(&format!("summary = {summary}\n"), body));
    for (body, summary) in [
        ("Le « oui » de M. Bé[^a] l’emporte. Puis *rien*.\n\n[^a]: N.", "\"Le « oui » de M. Bé l’emporte.\""),
        ("Le \"oui\" *l’emporte*.\n\n- Puis rien.", "\"Le \\\"oui\\\" l’emporte.\""),
    ] {
        assert_eq!(mended(body), written(summary, body), "{body}");
    }
    let long = format!("Un {} mot. Fin.", "très ".repeat(60));
    for body in ["Rien de plus.", "Sans fin\n\nSuite.", "Un mot à FIXME. Suite.", "12\\. Un mot. Fin.", &long]
    {
        assert_eq!(mended(body), None, "{body}");
    }
    let yaml = |summary: &str| format!("---\ntitle: A # là\r\n{summary}countries: [AM]\n---\n\nUn. Deux.\n");
    assert_eq!(mended_of(&code::MISSING_SUMMARY, &yaml("")), Some(yaml("summary: \"Un.\"\r\n")));
    assert_eq!(mended_of(&code::MISSING_SUMMARY, &yaml("summary:\n")), None);
}

#[test]
fn a_space_that_undoes_a_link_is_deleted_or_put_between_angle_brackets() {
    for (body, left) in [
        ("Le [texte] (https://e.example/) là.", Some("Le [texte](https://e.example/) là.\n")),
        ("Là : ![une carte](ma carte.svg).", Some("Là : ![une carte](<ma carte.svg>).\n")),
        ("Là : ![une carte](autre carte.svg).", None),
        ("Le \\[texte] (https://e.example/) là.", None),
        ("Le texte] (https://e.example/) là.", None),
        ("Le [texte] (https://e.example/, p. 3) là.", None),
        ("Le [texte] (https://e.example/a_(b)) là.", None),
        ("Le [*texte*] (https://e.example/) là.", None),
    ] {
        assert_eq!(body_of(&code::LOST_LINK, body).as_deref(), left, "{body}");
    }
}

#[test]
fn a_title_that_another_brief_has_is_told_apart_by_its_date() {
    let other = "content/2024-03-01-b.md";
    let site = site(&[(PATH, &brief("Un sommet", "A.")), (other, &brief("Un Sommet", "B."))]);
    let mending = site.mending(&guesses());
    let [file] = &mending.files[..] else { panic!("{:?}", mending.files) };
    assert_eq!((file.path.as_str(), &*file.after), (other, &*brief("Un Sommet (1er\u{a0}mars 2024)", "B.")));
    site.write("content/2024-01-01-c.md", brief("Un sommet", "C."));
    assert_eq!(site.mending(&guesses()).files.len(), 1, "two of one day are not told apart by it");
}

/// A site that asks for names, and for archives of what is older than a month, with this brief.
fn strict(text: &str) -> Site {
    let site = site(&[(PATH, text)]);
    let settings = "title = \"Essai\"\n[lints]\nnumeric-label = \"warn\"\n[sources]\narchive_after = 30\n";
    site.write("site.toml", settings);
    site
}

/// What becomes of a brief of that site when the mends of one kind of mistake are made.
#[track_caller]
fn strictly_mended(site: &Site, code: &'static Code) -> Option<String> {
    let mending = site.mending(&Choice { codes: vec![code], ..guesses() });
    assert_eq!((&mending.unsound[..], mending.is_complete), (&[][..], true));
    mending.files.first().map(|file| file.after.to_string())
}

#[test]
fn a_number_becomes_a_name_where_the_note_is_defined_and_in_all_its_calls() {
    let toml = |summary: &str, rest: &str| {
        format!("+++\ntitle = \"A\"\ncountries = [\"AM\"]\nsummary = \"{summary}\"\n{rest}")
    };
    for (text, left) in [
        (
            toml("S.", "+++\n\nUn[^1], `[^1]`, deux[^2].\n\n[^1]: TASS, 3 mars : [^2].\n\n[^2]: <https://www.un.org/a>\n"),
            toml("S.", "+++\n\nUn[^tass-3-mars], `[^1]`, deux[^un-org].\n\n[^tass-3-mars]: TASS, 3 mars : [^un-org].\n\n[^un-org]: <https://www.un.org/a>\n"),
        ),
        (
            toml("S.[^1]", "\n[footnotes.1]\ntitle = \"T\"\npublisher = \"ONU\"\ndate = 2024\n\n[footnotes.2]\ntext = \"V.[^1]\"\n+++\n\nUn[^1, p. 3].[^2]\n"),
            toml("S.[^onu-2024]", "\n[footnotes.onu-2024]\ntitle = \"T\"\npublisher = \"ONU\"\ndate = 2024\n\n[footnotes.v]\ntext = \"V.[^onu-2024]\"\n+++\n\nUn[^onu-2024, p. 3].[^v]\n"),
        ),
        (
            "---\ntitle: A\ncountries: [AM]\nfootnotes:\n  1: { title: T, publisher: ONU, date: 2024 }\n  \"2\":\n    title: U\n    publisher: ONU\n    date: 2024-03\n---\n\nUn[^1].[^2]\n".to_owned(),
            "---\ntitle: A\ncountries: [AM]\nfootnotes:\n  onu-2024: { title: T, publisher: ONU, date: 2024 }\n  \"onu-2024-2\":\n    title: U\n    publisher: ONU\n    date: 2024-03\n---\n\nUn[^onu-2024].[^onu-2024-2]\n".to_owned(),
        ),
    ] {
        assert_eq!(strictly_mended(&strict(&text), &code::NUMERIC_LABEL), Some(left), "{text}");
    }
    assert_eq!(strict(&brief("A", "Un[^1].\n\n[^1]: N.")).mending(&Choice::default()).files, []);
}

#[test]
fn a_number_stays_where_not_all_that_calls_it_can_be_written_for_certain() {
    let bodies =
        ["Un[^1] mot1.\n\n[^1]: N.", "Un[^1], [là](#note-1).\n\n[^1]: N.", "Un[^1].\n\n[^1]: « 2024 »."];
    for body in bodies {
        assert_eq!(strictly_mended(&strict(&brief("A", body)), &code::NUMERIC_LABEL), None, "{body}");
    }
    for notes in [
        "summary = \"S.\\u00e9[^1]\"\n[footnotes]\n1 = \"Note.\"\n",
        "[footnotes.1]\ntitle = \"T\"\n[footnotes.1.allow]\nundated-source = \"x\"\n",
        "[footnotes]\n1.title = \"T\"\n",
    ] {
        let text = format!("+++\ntitle = \"A\"\ncountries = [\"AM\"]\n{notes}+++\n\nTexte[^1].\n");
        assert_eq!(strictly_mended(&strict(&text), &code::NUMERIC_LABEL), None, "{notes}");
    }
}

#[test]
fn of_a_source_written_twice_one_record_stays_and_all_calls_call_it() {
    let text = |notes: &str, body: &str| {
        format!("+++\ntitle = \"A\"\ncountries = [\"AM\"]\n\n{notes}+++\n\n{body}\n")
    };
    let record = |label: &str, more: &str| {
        format!("[footnotes.{label}]\ntitle = \"T\"\nurl = \"https://e.example/{more}\n\n")
    };
    let first = record("a", "t\"\ndate = 2024");
    for (second, body, left) in [
        ("t\"\ndate = 2024", "Un[^a], deux[^b], trois[^b, p. 3].", "Un[^a], deux[^a], trois[^a, p. 3]."),
        (
            "t?utm_source=x\"\npage = \"12\"",
            "Un[^a], deux[^b], trois[^b, art. 3].",
            "Un[^a], deux[^a, p. 12], trois[^a, art. 3].",
        ),
    ] {
        let notes = first.clone() + &record("b", second);
        let mended = strictly_mended(&strict(&text(&notes, body)), &code::REPEATED_SOURCE);
        assert_eq!(mended, Some(text(&first, left)), "{second}");
    }
    // The other record tells what this one does not.
    for second in ["t\"\ndate = 2023", "t\"\npublisher = \"ONU\""] {
        let text = text(&(first.clone() + &record("b", second)), "Un[^a], deux[^b].");
        assert_eq!(strictly_mended(&strict(&text), &code::REPEATED_SOURCE), None, "{second}");
    }
    // A call would lead to the note in the body.
    let hidden = text(&(first.clone() + &record("b", "t\"\ndate = 2024")), "Un[^a], deux[^b].\n\n[^a]: N.");
    assert_eq!(strictly_mended(&strict(&hidden), &code::REPEATED_SOURCE), None);
    let site = strict(&text(&record("b", "t\""), "Deux[^b, p. 3]."));
    site.write("content/sources.toml", "[tass]\ntitle = \"T\"\nurl = \"https://e.example/t\"\ndate = 2024\n");
    let left = "+++\ntitle = \"A\"\ncountries = [\"AM\"]\n\n+++\n\nDeux[^tass, p. 3].\n";
    assert_eq!(strictly_mended(&site, &code::REPEATED_SOURCE).as_deref(), Some(left));
}

#[test]
fn two_mends_that_mean_each_others_notes_are_not_made_at_once() {
    let record = |label: &str| {
        format!("[footnotes.{label}]\ntitle = \"T\"\ndate = 2024\nurl = \"https://e.example/t\"\n")
    };
    let front = "+++\ntitle = \"A\"\ncountries = [\"AM\"]\nsummary = \"S.\"\n";
    for calls in ["Un[^1], deux[^b].", "Deux[^b]."] {
        let site = strict(&format!("{front}{}{}+++\n\n{calls}\n", record("1"), record("b")));
        let after = site.mending(&guesses()).checked;
        assert_eq!(*after.diagnostics, [], "{calls}");
    }
}

#[test]
fn a_note_keeps_its_name_that_another_brief_links_to() {
    let site = strict(&brief("A", "Un[^1].\n\n[^1]: Note."));
    site.write("content/2024-01-02-b.md", brief("B", "[là](2024-01-01-a.md#note-1)"));
    assert_eq!(strictly_mended(&site, &code::NUMERIC_LABEL), None);
}

#[test]
fn a_record_that_leads_to_a_copy_or_to_a_place_in_the_page_is_not_deleted() {
    for url in ["https://web.archive.org/web/20240102/https://e.example/t", "https://e.example/t#resultats"] {
        let record =
            |label: &str, url: &str| format!("[footnotes.{label}]\ntitle = \"T\"\nurl = \"{url}\"\n");
        let notes = record("a", "https://e.example/t") + &record("b", url);
        let text = format!("+++\ntitle = \"A\"\ncountries = [\"AM\"]\n{notes}+++\n\nUn[^a], deux[^b].\n");
        assert_eq!(strictly_mended(&strict(&text), &code::REPEATED_SOURCE), None, "{url}");
    }
}

#[test]
fn calls_are_renamed_in_values_without_quotation_marks() {
    let yaml = "---\ntitle: A\ncountries: [AM]\nsummary: Selon TASS[^1], rien.\nfootnotes:\n  1: TASS.\n---\n\nTexte.\n";
    let mended = yaml.replace("[^1]", "[^tass]").replace("  1:", "  tass:");
    assert_eq!(strictly_mended(&strict(yaml), &code::NUMERIC_LABEL), Some(mended));
}

#[test]
fn a_copy_is_sought_by_the_date_of_a_source_and_a_source_without_date_was_read_today() {
    let text = |note: &str| {
        format!(
            "+++\ntitle = \"A\"\ncountries = [\"AM\"]\n[footnotes.a]\ntitle = \"T\"\n{note}+++\n\nTexte[^a].\n"
        )
    };
    let dated = "url = \"https://e.example/t\"\ndate = 2023-03-05\n";
    let copy = "title = \"T\"\narchive = \"https://web.archive.org/web/20230305/https://e.example/t\"\n";
    let site = strict(&text(dated));
    assert_eq!(
        strictly_mended(&site, &code::UNARCHIVED_SOURCE),
        Some(text(dated).replace("title = \"T\"\n", copy))
    );
    let site = strict(&text("")).on("2024-06-01");
    assert_eq!(strictly_mended(&site, &code::UNDATED_SOURCE), Some(text("accessed = 2024-06-01\n")));
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
const LINES: [&str; 38] = [
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
    "a = \"N.\"",
    "[footnotes]",
    "# remarque",
    "",
];

/// And into the body.
const BODY: [&str; 24] = [
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
    "\n[^b]: N.\n",
    "\n\n- un\n\n[^c]: C.\n    suite\n\n",
    "Dix pays FIXME. ",
    "<!-- TODO relire -->\n\n",
    "[à vérifier] ",
    "[ici] (https://e.example/) ",
    "Un sommet. Une ville. ",
    "> cité\n",
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

/// Notes with numbers for labels and of the same sources, and what calls them.
fn noted() -> impl Strategy<Value = String> {
    const LABELS: [&str; 4] = ["1", "2", "a", "tass"];
    const FIELDS: [&str; 6] = [
        "title = \"T\"\nurl = \"https://e.example/t\"",
        "title = \"T\"\nurl = \"https://e.example/t\"",
        "title = \"T\"\nurl = \"https://e.example/t\"\npage = \"4\"",
        "title = \"T\"\npublisher = \"ONU\"\ndate = 2022-03-05\nurl = \"https://e.example/u\"",
        "title = \"T\"",
        "text = \"Voir [^1] et [^a, p. 2].\"",
    ];
    const BODY: [&str; 11] = [
        "Un[^1]. ",
        "Deux[^2, p. 3] ; ",
        "[^a, art. 5] ",
        "trois[^tass] ",
        "[^1, 2] ",
        "`[^1]` ",
        "\\[^1] ",
        "> cité[^2]\n\n",
        "[là](#note-1) ",
        "\n\n[^2]: Dépêche[^1].\n\n",
        "\n\n[^3]: <https://www.un.org/a>[^1, p.\n4]\n\n",
    ];
    let fields = prop::collection::vec(
        prop::option::weighted(0.97, prop::sample::select(FIELDS.to_vec())),
        LABELS.len(),
    );
    let body = prop::collection::vec(prop::sample::select(BODY.to_vec()), 1..8);
    (fields, body, any::<bool>()).prop_map(|(fields, body, toml)| {
        let written = LABELS.iter().zip(fields).filter_map(|(label, fields)| Some((label, fields?)));
        let front: String = match toml {
            true => written.map(|(label, fields)| format!("[footnotes.{label}]\n{fields}\n\n")).collect(),
            false => {
                let set_in = |fields: &str| fields.replace(" = ", ": ").replace('\n', "\n    ");
                let notes = written.map(|(label, fields)| format!("  {label}:\n    {}\n", set_in(fields)));
                std::iter::once("footnotes:\n".to_owned()).chain(notes).collect()
            }
        };
        let (fence, title) = if toml {
            ("+++", "title = \"A\"\ncountries = [\"AM\"]\n")
        } else {
            ("---", "title: A\ncountries: [AM]\n")
        };
        format!("{fence}\n{title}{front}{fence}\n\n{}\n", body.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]
    #[test]
    fn notes_are_renamed_and_put_together_without_a_new_mistake(text in noted()) {
        let path = |path| ContentPath::new(path).unwrap();
        let settings = "title = \"Essai\"\n[lints]\nnumeric-label = \"warn\"\n[sources]\narchive_after = 30\n";
        let mut files = BTreeMap::from([
            (path("site.toml"), settings.to_owned()),
            (path("content/sources.toml"), "[lib]\ntitle = \"T\"\nurl = \"https://e.example/u\"\ndate = 2022-03-05\npublisher = \"ONU\"\n".to_owned()),
            (path(PATH), text),
        ]);
        let codes = [&code::NUMERIC_LABEL, &code::REPEATED_SOURCE, &code::UNARCHIVED_SOURCE, &code::UNDATED_SOURCE];
        let choice = Choice { codes: codes.to_vec(), ..guesses() };
        let count = |mending: &Mending, is_meant: &dyn Fn(&Diagnostic) -> bool| {
            mending.checked.diagnostics.iter().filter(|problem| is_meant(problem)).count()
        };
        let errors = |problem: &Diagnostic| problem.severity == Severity::Error;
        let mended_here = |problem: &Diagnostic| codes.contains(&problem.code);
        let before = mended(&files, &Choice { among: vec![path("elsewhere")], ..Choice::default() });
        let mending = mended(&files, &choice);
        prop_assert!(mending.is_complete);
        prop_assert!(count(&mending, &errors) <= count(&before, &errors), "{:?}", mending.files);
        prop_assert!(count(&mending, &mended_here) <= count(&before, &mended_here), "{:?}", mending.files);
        for file in &mending.files {
            files.insert(file.path.clone(), file.after.to_string());
        }
        prop_assert_eq!(mended(&files, &choice).files, []);
    }
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

    #[test]
    fn what_is_deleted_or_added_for_an_editor_makes_no_new_error(text in mess(), other in mess()) {
        let path = |path| ContentPath::new(path).unwrap();
        let files = BTreeMap::from([
            (path("site.toml"), "title = \"Essai\"\n".to_owned()),
            (path("content/sources.toml"), "[b]\ntitle = \"B\"\n".to_owned()),
            (path(PATH), text),
            (path("content/2024-01-02-b.md"), other),
        ]);
        let editorial = vec![
            &code::UNUSED_NOTE,
            &code::DUPLICATE_NOTE,
            &code::EMPTY_NOTE,
            &code::SHADOWED_SOURCE,
            &code::LOST_LINK,
            &code::LEFTOVER,
            &code::MISSING_SUMMARY,
            &code::DUPLICATE_TITLE,
        ];
        let nothing = Choice { among: vec![path("elsewhere")], ..Choice::default() };
        let errors = |choice: &Choice| {
            let mending = mended(&files, choice);
            let problems = mending.checked.diagnostics.iter();
            (problems.filter(|problem| problem.severity == Severity::Error).count(), mending)
        };
        let (before, _) = errors(&nothing);
        let (after, mending) = errors(&Choice { codes: editorial, ..guesses() });
        prop_assert!(after <= before, "{:?}", mending.files);
    }
}
