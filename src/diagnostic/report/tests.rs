use std::cell::RefCell;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::diagnostic::code::{BAD_DATE, DUPLICATE_NOTE, LOST_CALL, NO_COUNTRY, NOT_UTF8, UNDEFINED_NOTE};
use crate::diagnostic::{Edit, Fix};
use crate::source::{Place, Span};

const PLAIN: Style = Style { colour: false, unicode: false, width: 80 };

fn path(text: &str) -> ContentPath {
    ContentPath::new(text).unwrap()
}

/// The place of the first `part` in `text`, in `content/x.md`.
fn place(text: &str, part: &str) -> Place {
    let start = text.find(part).unwrap();
    at(start..start + part.len())
}

fn at(range: std::ops::Range<usize>) -> Place {
    Place { path: path("content/x.md"), span: Span::new(range) }
}

fn undefined(place: Place) -> Diagnostic {
    Diagnostic::new(&UNDEFINED_NOTE, place, "no note is labelled `a`")
}

/// Diagnostics of `content/x.md`, whose text is `text`.
fn told(text: &str, diagnostics: &[Diagnostic], format: Format, style: Style) -> String {
    let text: Arc<str> = text.into();
    render(diagnostics, format, &|asked| (asked.as_str() == "content/x.md").then(|| Arc::clone(&text)), style)
}

fn human(text: &str, diagnostic: Diagnostic) -> String {
    told(text, &[diagnostic], Format::Human, PLAIN)
}

/// A diagnostic with something of everything.
fn full(text: &str) -> Diagnostic {
    undefined(place(text, "[^tas-1019]"))
        .label("called here")
        .related(place(text, "[^tass-1019]:"), "the nearest")
        .help("did you mean `tass-1019`?")
        .help("or write the note `[^tas-1019]: …`")
        .fix(place(text, "tas-1019").span, "tass-1019")
}

const FULL: &str =
    "+++\ntitle = \"Été\"\n+++\n\nLe sommet s’est tenu à Minsk[^tas-1019].\n\n[^tass-1019]: TASS.\n";

#[test]
fn a_diagnostic_shows_the_line_the_related_places_the_help_and_the_mend() {
    insta::assert_snapshot!(human(FULL, full(FULL)), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:5:29
      |
    5 | Le sommet s’est tenu à Minsk[^tas-1019].
      |                             ^^^^^^^^^^^ called here
      |
     ::: content/x.md:7:1
      |
    7 | [^tass-1019]: TASS.
      | ------------- the nearest
      |
      = help: did you mean `tass-1019`?
      = help: or write the note `[^tas-1019]: …`
    help: write this instead
      |
    5 | Le sommet s’est tenu à Minsk[^tass-1019].
      |                                  +
    "#);
}

#[test]
fn the_same_is_drawn_with_lines_where_the_terminal_has_them() {
    let style = Style { unicode: true, ..PLAIN };
    insta::assert_snapshot!(told(FULL, &[full(FULL)], Format::Human, style), @r#"
    error[D301 undefined-note]: no note is labelled `a`
      ╭▸ content/x.md:5:29
      │
    5 │ Le sommet s’est tenu à Minsk[^tas-1019].
      │                             ━━━━━━━━━━━ called here
      │
      ⸬  content/x.md:7:1
      │
    7 │ [^tass-1019]: TASS.
      │ ───────────── the nearest
      │
      ├ help: did you mean `tass-1019`?
      ╰ help: or write the note `[^tas-1019]: …`
    help: write this instead
      ╭╴
    5 │ Le sommet s’est tenu à Minsk[^tass-1019].
      ╰╴                                 +
    "#);
}

#[test]
fn colour_adds_nothing_but_escape_sequences() {
    let coloured = told(FULL, &[full(FULL)], Format::Human, Style { colour: true, ..PLAIN });
    assert!(coloured.contains("\u{1b}["));
    let stripped = anstream::adapter::strip_str(&coloured).to_string();
    let trimmed: Vec<&str> = stripped.lines().map(str::trim_end).collect();
    assert_eq!(trimmed.join("\n").trim_end(), human(FULL, full(FULL)).trim_end());
}

#[test]
fn the_underline_stands_below_accents_ideographs_and_emoji() {
    let text = "À l’été, 北京 et 🗺 : [^a] là";
    insta::assert_snapshot!(human(text, undefined(place(text, "[^a]"))), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:20
      |
    1 | À l’été, 北京 et 🗺 : [^a] là
      |                      ^^^^
    "#);
    insta::assert_snapshot!(human(text, undefined(place(text, "北京")).label("Pékin")), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:10
      |
    1 | À l’été, 北京 et 🗺 : [^a] là
      |          ^^^^ Pékin
    "#);
}

#[test]
fn a_tab_is_one_character_and_four_columns() {
    let text = "\t\tVoir[^a]";
    insta::assert_snapshot!(human(text, undefined(place(text, "[^a]"))), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:7
      |
    1 |         Voir[^a]
      |             ^^^^
    "#);
}

#[test]
fn carriage_returns_and_the_byte_order_mark_are_not_shown() {
    let text = "\u{feff}Un[^a]\r\ndeux\r\n";
    insta::assert_snapshot!(human(text, undefined(place(text, "[^a]"))), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:3
      |
    1 | Un[^a]
      |   ^^^^
    "#);
    insta::assert_snapshot!(human(text, undefined(place(text, "]\r\nd"))), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:6
      |
    1 |   Un[^a]
      |  ______^
    2 | | deux
      | |_^
    "#);
}

#[test]
fn an_empty_span_at_the_start_speaks_of_the_whole_file() {
    let whole = || Diagnostic::new(&NO_COUNTRY, at(0..0), "no country is named").help("add `countries`");
    insta::assert_snapshot!(human("+++\n", whole()), @r#"
    warning[D502 no-country]: no country is named
    --> content/x.md
     = help: add `countries`
    "#);
    insta::assert_snapshot!(human("", whole().label("here")), @r#"
    warning[D502 no-country]: no country is named
     --> content/x.md:1:1
      |
    1 |
      | ^ here
      |
      = help: add `countries`
    "#);
    insta::assert_snapshot!(human("+++\n", whole().label("in this front matter")), @r#"
    warning[D502 no-country]: no country is named
     --> content/x.md:1:1
      |
    1 | +++
      | ^ in this front matter
      |
      = help: add `countries`
    "#);
}

#[test]
fn an_empty_span_is_one_caret() {
    insta::assert_snapshot!(human("annonce1", Diagnostic::new(&LOST_CALL, at(7..7), "a lost call?")), @r#"
    warning[D305 lost-call]: a lost call?
     --> content/x.md:1:8
      |
    1 | annonce1
      |        ^
    "#);
}

#[test]
fn the_end_of_the_file_can_be_pointed_at() {
    insta::assert_snapshot!(human("un\ndeux", undefined(at(7..7))), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:2:5
      |
    2 | deux
      |     ^
    "#);
    insta::assert_snapshot!(human("un\ndeux\n", undefined(at(8..8))), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:3:1
      |
    3 |
      | ^
    "#);
}

#[test]
fn a_place_of_a_few_lines_is_shown_whole() {
    let text = "Un.\n[^a]: Deux\ntrois\nquatre.\nCinq.";
    insta::assert_snapshot!(human(text, undefined(place(text, "[^a]: Deux\ntrois\nquatre.\n")).label("this note")), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:2:1
      |
    2 | / [^a]: Deux
    3 | | trois
    4 | | quatre.
      | |_______^ this note
    "#);
}

#[test]
fn a_place_of_many_lines_is_shown_by_its_first() {
    let text = "Un.\nDeux.\n".repeat(100);
    insta::assert_snapshot!(human(&text, undefined(at(5..900)).label("this note")), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:2:2
      |
    2 | Deux.
      |  ^^^^ this note (to line 180)
    "#);
}

#[test]
fn a_line_of_a_megabyte_is_cut_around_the_place() {
    let text = "été ".repeat(150_000) + "[^a]" + &" mot".repeat(100_000);
    insta::assert_snapshot!(human(&text, undefined(place(&text, "[^a]")).label("called here")), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:600001
      |
    1 | ...é été été été été été [^a] mot mot mot mot mot mot mot mot mot mot ...
      |                          ^^^^ called here
    "#);
    insta::assert_snapshot!(human(&text, undefined(at(0..text.len())).fix(Span::new(0..text.len()), "x")), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:1
      |
    1 | été été été été été été été été été été été été été été été été été...
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
    help: write this instead
      |
    1 - été été été été été été été été été été été été été été été été été...
    1 + x
      |
    "#);
}

#[test]
fn a_file_that_cannot_be_read_again_is_named() {
    let elsewhere = Place { path: path("content/y.md"), span: Span::new(3..9) };
    let diagnostic =
        Diagnostic::new(&NOT_UTF8, elsewhere.clone(), "not UTF-8").label("here").help("save it again");
    insta::assert_snapshot!(human("", diagnostic), @r#"
    error[D101 not-utf8]: not UTF-8
    --> content/y.md
     = note: here
     = help: save it again
    "#);
    insta::assert_snapshot!(human("Un[^a]", undefined(at(2..6)).related(elsewhere, "defined here")), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:3
      |
    1 | Un[^a]
      |   ^^^^
     ::: content/y.md
      = note: defined here
    "#);
}

#[test]
fn what_a_terminal_would_obey_is_shown_instead() {
    let text = "\u{1b}]0;titre\u{7}\u{9b}31m[^a]\u{202e}";
    let diagnostic = Diagnostic::new(&UNDEFINED_NOTE, place(text, "[^a]"), "no `\u{1b}[2J`")
        .label("\u{1b}[31m\nrouge")
        .help("\u{9b}1A")
        .fix(place(text, "a").span, "\u{1b}c");
    let coloured =
        told(text, std::slice::from_ref(&diagnostic), Format::Human, Style { colour: true, ..PLAIN });
    assert!(
        coloured.split('\u{1b}').skip(1).all(|sequence| sequence.starts_with('[') && sequence.contains('m'))
    );
    insta::assert_snapshot!(human(text, diagnostic), @r#"
    error[D301 undefined-note]: no `␛[2J`
     --> content/x.md:1:15
      |
    1 | ␛]0;titre␇�31m[^a]�
      |               ^^^^ ␛[31m␊rouge
      |
      = help: �1A
    help: write this instead
      |
    1 - ␛]0;titre␇�31m[^a]�
    1 + ␛]0;titre␇�31m[^␛c]�
      |
    "#);
}

#[test]
fn a_mend_can_insert_remove_and_add_lines() {
    let text = "+++\ndate = 2023-13-01\n+++\n";
    let date = || Diagnostic::new(&BAD_DATE, place(text, "2023-13-01"), "there is no month 13");
    insta::assert_snapshot!(human(text, date().fix(Span::new(11..11), "\"")), @r#"
    error[D210 bad-date]: there is no month 13
     --> content/x.md:2:8
      |
    2 | date = 2023-13-01
      |        ^^^^^^^^^^
      |
    help: insert this
      |
    2 | date = "2023-13-01
      |        +
    "#);
    insta::assert_snapshot!(human(text, date().fix(place(text, "date = 2023-13-01\n").span, "")), @r#"
    error[D210 bad-date]: there is no month 13
     --> content/x.md:2:8
      |
    2 | date = 2023-13-01
      |        ^^^^^^^^^^
      |
    help: remove this
      |
    2 - date = 2023-13-01
      |
    "#);
    insta::assert_snapshot!(human(text, date().fix(Span::new(4..4), "title = \"…\"\n")), @r#"
    error[D210 bad-date]: there is no month 13
     --> content/x.md:2:8
      |
    2 | date = 2023-13-01
      |        ^^^^^^^^^^
      |
    help: insert this
      |
    2 + title = "…"
      |
    "#);
}

#[test]
fn the_short_form_is_one_line_whatever_is_in_it() {
    let lines = Diagnostic::new(&NO_COUNTRY, at(0..0), "one\ntwo\u{1b}[2J");
    insta::assert_snapshot!(told(FULL, &[full(FULL), lines], Format::Short, PLAIN), @r#"
    content/x.md:5:29: error[D301 undefined-note]: no note is labelled `a` (help: did you mean `tass-1019`?; or write the note `[^tas-1019]: …`)
    content/x.md:1:1: warning[D502 no-country]: one␊two␛[2J
    "#);
}

#[test]
fn github_gets_workflow_commands_with_everything_escaped() {
    let text = "Un\ndeux[^a]";
    let odd = Place { path: path("content/100%, a:b.md"), span: Span::default() };
    let diagnostics = [
        undefined(place(text, "[^a]")).help("write 100% of it\nhere"),
        Diagnostic::new(&NO_COUNTRY, at(0..6), "one, two: three"),
        Diagnostic::new(&NO_COUNTRY, odd, "::error::"),
    ];
    insta::assert_snapshot!(told(text, &diagnostics, Format::Github, PLAIN), @r#"
    ::error file=content/x.md,line=2,endLine=2,col=5,endColumn=9,title=D301 undefined-note::no note is labelled `a`%0Ahelp: write 100%25 of it%0Ahere
    ::warning file=content/x.md,line=1,endLine=2,title=D502 no-country::one, two: three
    ::warning file=content/100%25%2C a%3Ab.md,title=D502 no-country::::error::
    "#);
}

#[test]
fn a_suggestion_is_called_one_and_is_a_notice_at_github() {
    let suggestion =
        Diagnostic { severity: Severity::Suggestion, ..Diagnostic::new(&NO_COUNTRY, at(0..2), "no country") };
    let begins = |format, start: &str| {
        let told = told("Un", std::slice::from_ref(&suggestion), format, PLAIN);
        assert!(told.starts_with(start), "{told}");
    };
    begins(Format::Human, "suggestion[D502 no-country]: no country\n");
    begins(Format::Short, "content/x.md:1:1: suggestion[D502 no-country]: no country\n");
    begins(Format::Github, "::notice file=content/x.md,line=1,");
    begins(Format::Json, r#"{"code":"D502","name":"no-country","severity":"suggestion","#);
}

#[test]
fn the_json_form_has_every_key_in_its_order() {
    let text = "Le sommet[^b].\n\n[^a]: Un.\n\n[^a]: Deux.\n";
    let duplicate = Diagnostic::new(&DUPLICATE_NOTE, place(text, "[^a]: Deux"), "twice");
    let diagnostics = [
        undefined(place(text, "[^b]")).help("did you mean `a`?").fix(Span::new(11..12), "a"),
        duplicate.label("again").related(place(text, "[^a]: Un"), "first"),
    ];
    let told = told(text, &diagnostics, Format::Json, PLAIN);
    let keys =
        ["code", "name", "severity", "message", "file", "line", "column", "end_line", "end_column", "help"];
    for line in told.lines() {
        let places: Vec<usize> = keys.iter().map(|key| line.find(&format!("\"{key}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{line}");
    }
    assert!(told.contains(r#""related":[{"file":"#) && told.contains(r#""fix":{"line":"#), "{told}");
}

/// A note that is to be called otherwise, wherever it is called.
fn renamed(text: &str) -> Diagnostic {
    let numbers = text.match_indices("[^1]").map(|(at, _)| Edit::new(Span::new(at + 2..at + 3), "tass"));
    let fix = Fix::of(numbers.collect());
    undefined(place(text, "[^1]")).mend(fix)
}

#[test]
fn of_a_mend_that_writes_in_many_places_the_first_are_shown() {
    let text = "Un[^1].\n\nDeux[^1].\n\nTrois[^1].\n\nQuatre[^1].\n\n[^1]: N.\n";
    insta::assert_snapshot!(human(text, renamed(text)), @r#"
    error[D301 undefined-note]: no note is labelled `a`
     --> content/x.md:1:3
      |
    1 | Un[^1].
      |   ^^^^
      |
    help: write this instead
      |
    1 - Un[^1].
    1 + Un[^tass].
      |
    help: and write this instead
      |
    3 - Deux[^1].
    3 + Deux[^tass].
      |
    help: and write this instead
      |
    5 - Trois[^1].
    5 + Trois[^tass].
      |
    help: and 2 more edits, all of them or none
    "#);
}

#[test]
fn programs_are_told_of_all_that_a_mend_writes() {
    let text = "Un[^1].\n\n[^1]: N.\n";
    let told = told(text, &[renamed(text)], Format::Json, PLAIN);
    let first = r#""fix":{"line":1,"column":5,"end_line":1,"end_column":6,"start":4,"end":5,"replacement":"tass","applicability":"guess","also":[{"line":3,"column":3,"end_line":3,"end_column":4,"start":11,"end":12,"replacement":"tass"}]}"#;
    assert!(told.contains(first), "{told}");
}

#[test]
fn the_closing_line_counts_and_names_the_gravest() {
    let error = undefined(at(0..0));
    let warning = Diagnostic::new(&NO_COUNTRY, at(0..0), "");
    let closed =
        |diagnostics: &[&Diagnostic]| closing(&diagnostics.iter().copied().cloned().collect::<Vec<_>>());
    assert_eq!(closed(&[]), None);
    assert_eq!(closed(&[&warning]).as_deref(), Some("1 warning; `depeche explain D502` tells more"));
    let suggestion = Diagnostic { severity: Severity::Suggestion, ..warning.clone() };
    assert_eq!(
        closed(&[&suggestion, &warning, &suggestion]).as_deref(),
        Some("1 warning, 2 suggestions; `depeche explain D502` tells more")
    );
    assert_eq!(
        closed(&[&warning, &error, &error]).as_deref(),
        Some("2 errors, 1 warning; `depeche explain D301` tells more")
    );
}

#[test]
fn the_order_does_not_depend_on_how_diagnostics_came_and_duplicates_are_dropped() {
    let sorted = vec![
        undefined(at(1..2)),
        undefined(at(1..2)).label("here"),
        Diagnostic::new(&NO_COUNTRY, at(1..2), "no country"),
        undefined(at(3..4)),
        undefined(Place { path: path("content/y.md"), span: Span::default() }),
    ];
    let mut shuffled: Vec<_> = sorted.iter().rev().chain(&sorted).cloned().collect();
    order(&mut shuffled);
    assert_eq!(shuffled, sorted);
}

#[test]
fn a_file_is_read_once_and_a_thousand_places_in_it_are_found_quickly() {
    let text: Arc<str> = ("Une ligne de texte, assez longue.".repeat(20) + "\n").repeat(8_000).into();
    assert!(text.len() > 5_000_000);
    let diagnostics: Vec<_> =
        (0..1_000).map(|at_part| undefined(at(at_part * 5_000..at_part * 5_000 + 9))).collect();
    let reads = RefCell::new(0);
    let started = now();
    for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
        render(
            &diagnostics,
            format,
            &|_| {
                *reads.borrow_mut() += 1;
                Some(Arc::clone(&text))
            },
            PLAIN,
        );
    }
    assert_eq!(*reads.borrow(), 4);
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
}

#[expect(clippy::disallowed_methods, reason = "a test of time")]
fn now() -> Instant {
    Instant::now()
}

/// Text with what is hard to show: wide and zero-width characters, line ends of both kinds, controls.
fn hard_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-z ]{0,8}",
        1 => "\u{feff}|\n|\r\n|\r|\t|\u{1b}\\[31m|[北京🗺️é]{1,50}|\u{301}{1,40}|\u{200d}| {1,40}|\\PC{0,9}",
        1 => any::<String>(),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

fn any_span() -> impl Strategy<Value = Span> {
    (0..300_usize, 0..60_usize).prop_map(|(start, length)| Span::new(start..start + length))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn any_text_and_any_spans_can_be_shown(
        text in hard_text(),
        spans in prop::array::uniform3(any_span()),
        words in prop::array::uniform3(hard_text()),
        width in 0..200_usize,
        unicode: bool,
    ) {
        let [main, related, fix] = spans;
        let [label, help, replacement] = words;
        let place = |span| Place { path: path("content/x.md"), span };
        let diagnostic = undefined(place(main))
            .label(&*label)
            .related(place(related), label)
            .help(help)
            .fix(fix, replacement);
        for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
            let style = Style { colour: false, unicode, width };
            let shown = told(&text, std::slice::from_ref(&diagnostic), format, style);
            prop_assert!(!shown.chars().any(|it| it.is_control() && it != '\n') || format == Format::Json);
            let one_line = matches!(format, Format::Short | Format::Json | Format::Github);
            prop_assert!(!one_line || shown.lines().count() == 1);
        }
    }
}
