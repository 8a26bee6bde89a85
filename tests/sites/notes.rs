//! Notes and their calls: what is told of each slip, where, and how it is mended.

use crate::site::{Site, site};

const PATH: &str = "content/2024-01-01-a.md";
const NOTHING: [&str; 0] = [];

/// A brief with this body, which begins on its sixth line, and more front matter if there is any.
fn brief(front: &str, body: &str) -> Site {
    in_language("fr", front, body)
}

fn in_language(language: &str, front: &str, body: &str) -> Site {
    let settings = format!("title = \"Essai\"\nlanguage = \"{language}\"\n");
    let text = format!("+++\ntitle = \"Un sommet\"\ncountries = [\"AM\"]\n{front}+++\n\n{body}\n");
    site(&[("site.toml", &settings), (PATH, &text)])
}

/// What is wrong with the brief, without its path: `D301 6:3 no note is called …`.
fn told(site: &Site) -> Vec<String> {
    site.problems().iter().map(|problem| problem.replacen(&format!(" {PATH}:"), " ", 1)).collect()
}

fn helps(site: &Site) -> Vec<String> {
    site.diagnostics().iter().map(|problem| problem.help.join("; ")).collect()
}

/// The body once every fix offered is made, and what is wrong then.
fn mended(site: &Site) -> (String, Vec<String>) {
    let text = site.mended(PATH);
    site.write(PATH, &text);
    let (_, body) = text.split_once("\n+++\n\n").unwrap();
    (body.trim_end().to_owned(), told(site))
}

#[test]
fn a_call_to_no_note_is_an_error_with_the_nearest_label() {
    let site = brief("", "Un[^anonce] mot[^z].\n\nDeux[^annonce].\n\n[^annonce]: N.");
    assert_eq!(told(&site), ["D301 6:3 no note is called `anonce`", "D301 6:16 no note is called `z`"]);
    assert_eq!(
        helps(&site),
        [
            "did you mean `[^annonce]`?",
            "define it by a line `[^z]: …`, or under `[footnotes]` in the front matter"
        ]
    );
    let (body, left) = mended(&site);
    assert_eq!(body, "Un[^annonce] mot[^z].\n\nDeux[^annonce].\n\n[^annonce]: N.");
    assert_eq!(left, ["D301 6:17 no note is called `z`"]);
}

#[test]
fn the_nearest_label_may_stand_in_the_front_matter() {
    let site = brief(
        "[footnotes.tass-2022]\ntitle = \"Un titre\"\ndate = 2022-01-13\n",
        "Un[^tass-202], deux[^tass-2022].",
    );
    assert_eq!(helps(&site), ["did you mean `[^tass-2022]`?"]);
    assert_eq!(mended(&site), ("Un[^tass-2022], deux[^tass-2022].".to_owned(), Vec::new()));
}

#[test]
fn a_note_that_no_call_leads_to_is_a_warning_at_its_definition() {
    let site = brief(
        "[footnotes]\navant = { text = \"N.\" }\n\"é\" = \"N.\"\n",
        "Un.\n\n> [^cité]: Dans une citation.\n\n[^a]: Voir[^b].\n\n[^b]: M.",
    );
    assert_eq!(
        told(&site),
        [
            "D302 5:1 the note `avant` is never called",
            "D302 6:2 the note `é` is never called",
            "D302 11:3 the note `cité` is never called",
            "D302 13:1 the note `a` is never called",
            "D302 15:1 the note `b` is never called",
        ]
    );
    assert_eq!(helps(&site)[0], "call it by `[^avant]` where it belongs, or delete it");
}

#[test]
fn notes_may_call_one_another_in_a_circle() {
    assert_eq!(told(&brief("", "Un[^a].\n\n[^a]: Voir[^b].\n\n[^b]: Voir[^a], et moi[^b].")), NOTHING);
    assert_eq!(told(&brief("", "Un.\n\n[^a]: Voir[^a].")), ["D302 8:1 the note `a` is never called"]);
}

#[test]
fn a_call_before_a_colon_at_the_start_of_a_line_is_a_call() {
    let site = brief("[footnotes]\na = \"N.\"\n", "2022[^a]: les accords.\n\n2023 [^a]: la suite.");
    assert_eq!(told(&site), NOTHING);
    assert!(site.build()["briefs/a/index.html"].contains("id=\"ref-a\""));
}

#[test]
fn a_label_defined_twice_is_an_error_with_both_places() {
    let both = |site: &Site| {
        let diagnostics = site.diagnostics();
        let [problem] = &diagnostics[..] else { panic!("{:?}", site.problems()) };
        let [(first, _)] = &problem.related[..] else { panic!("{problem:?}") };
        let text = std::fs::read_to_string(site.root().join(PATH)).unwrap();
        [&problem.place, first].map(|place| text[..place.span.start as usize].lines().count())
    };
    let in_body = brief("", "Un[^a].\n\n[^a]: N.\n\n[^A]: M.");
    assert_eq!(told(&in_body), ["D303 10:1 the note `A` is defined twice"]);
    assert_eq!(both(&in_body), [9, 7]);

    let in_both = brief("[footnotes.a]\ntext = \"N.\"\n", "Un[^a].\n\n[^a]: N.");
    assert_eq!(told(&in_both), ["D303 4:12 the note `a` is defined in the body and in the front matter"]);
    assert_eq!(both(&in_both), [4, 9]);

    let in_front = brief("[footnotes]\na = \"N.\"\nA = \"M.\"\n", "Un[^a].");
    assert_eq!(told(&in_front), ["D303 6:1 the note `A` is defined twice"]);
    let twice_a_key = brief("[footnotes]\na = \"N.\"\na = \"M.\"\n", "Un[^a].");
    assert_eq!(told(&twice_a_key), ["D206 6:1 `a` is there twice"]);
}

#[test]
fn labels_are_one_whatever_their_capitals_and_however_their_accents_were_typed() {
    let typed = ["[^É]", "[^é]", "[^e\u{301}]", "[^E\u{301}]"];
    for call in typed {
        assert_eq!(told(&brief("", &format!("Un{call}.\n\n[^é]: N."))), NOTHING, "{call:?}");
    }
    assert_eq!(told(&brief("", "Un[^é], deux[^e].\n\n[^é]: N.\n\n[^e]: M.")), NOTHING);
}

#[test]
fn an_empty_note_is_a_warning() {
    let site = brief(
        "[footnotes]\nb = \" \"\nc = { text = \"\" }\n",
        "Un[^a] deux[^b] trois[^c] quatre[^d].\n\n[^a]:\n\n[^d]:\n    Une ligne plus bas.",
    );
    assert_eq!(
        told(&site),
        [
            "D304 5:1 the note `b` is empty",
            "D304 6:1 the note `c` is empty",
            "D304 11:1 the note `a` is empty",
        ]
    );
    let [front, _, body] = &helps(&site)[..] else { panic!() };
    assert_eq!(front, "give it a `text`, or the `title` of a source, or delete it");
    assert_eq!(body, "write its text behind the colon; lines after the first are indented by four spaces");
}

/// One call in each place where a call may stand.
const EVERYWHERE: (&str, &str) = (
    "summary = \"Chapô[^n01].\"
image = { file = \"x.png\", alt = \"é\", caption = \"🗺[^n02]\", credit = \"é[^n03]\" }
corrections = [{ date = 2024-02-01, text = \"é[^n14]\" }]

[footnotes]
front = \"Voir[^n15].\"
",
    "Corps[^front].

## Titre 🗺[^n04]

> Une citation[^n05].

- Une liste[^n06].

| Cellule[^n07] |
|---|
| Œuvre[^n08] |

*Relief*[^n09], *relief[^n10]*, [lien[^n11]](https://x.example/), ![image[^n12]](x.png) et [[a|nom[^n13]]].

[^body]: Voir[^n16].

Corps[^body].",
);

#[test]
fn a_call_works_wherever_there_is_text() {
    let (front, body) = EVERYWHERE;
    let labels: Vec<String> = (1..=16).map(|number| format!("n{number:02}")).collect();
    let defined: String = labels.iter().map(|label| format!("\n\n[^{label}]: N.")).collect();
    let site = brief(front, &format!("{body}{defined}"));
    site.write("content/x.png", "png");
    assert_eq!(told(&site), NOTHING);

    let site = brief(front, body);
    site.write("content/x.png", "png");
    let text = std::fs::read_to_string(site.root().join(PATH)).unwrap();
    let mut expected: Vec<(usize, String)> = labels
        .iter()
        .map(|label| {
            let at = text.find(&format!("[^{label}]")).unwrap();
            let line = text[..at].matches('\n').count() + 1;
            let column = text[..at].rsplit('\n').next().unwrap().chars().count() + 1;
            (at, format!("D301 {line}:{column} no note is called `{label}`"))
        })
        .collect();
    expected.sort();
    assert_eq!(told(&site), expected.into_iter().map(|(_, problem)| problem).collect::<Vec<_>>());
}

#[test]
fn what_only_looks_like_a_call_is_none() {
    let body = "`[^a]` et \\[^b] et \\[^ c].\n\n```\n[^d]\n[^e]: N.\n```\n\n    [^f]";
    assert_eq!(told(&brief("", body)), NOTHING);
}

#[test]
fn a_digit_glued_to_a_word_may_be_a_lost_call() {
    for (text, column, word, digits) in [
        ("selon l’annonce1 du ministre", 16, "l’annonce", "1"),
        ("Été 🗺 reçu par Poutine1.", 23, "Poutine", "1"),
        ("« ouvert »2. Elle part", 11, "»", "2"),
        ("un **mot**3 gras", 11, "mot", "3"),
        ("| cellule4 |\n|---|\n| b |", 10, "cellule", "4"),
        ("> l’accord¹ tient", 11, "l’accord", "1"),
        ("## La fin12", 10, "fin", "12"),
    ] {
        let expected = format!("D305 6:{column} `{word}` is followed by the digit `");
        let site = brief("", text);
        let problems = told(&site);
        assert_eq!(problems.len(), 1, "{text}: {problems:?}");
        assert!(problems[0].starts_with(&expected), "{text}: {problems:?}");
        let help = format!("write the call as `[^{}]`", digits.replace('¹', "1"));
        assert!(helps(&site)[0].starts_with(&help), "{text}");
        assert_eq!(site.diagnostics()[0].fix, None, "no note is called so");
    }
}

#[test]
fn a_lost_call_is_mended_where_its_note_is_there() {
    let site = brief("", "Reçu par Poutine1. Fin[^2].\n\n[^1]: N.\n\n[^2]: M.");
    assert_eq!(mended(&site), ("Reçu par Poutine[^1]. Fin[^2].\n\n[^1]: N.\n\n[^2]: M.".into(), Vec::new()));
}

#[test]
fn a_digit_that_belongs_to_its_word_is_no_lost_call() {
    let friends = "Le G7, le G20, la COP 27 et la COP27, la 20ème fois, la 2e, le 1er mars, le 1ᵉʳ, le CO2, \
        du H2O, un A400M, le 01/11/2022, le 2022-11-01, à 18h30, 10 000 soldats, 3,5 %, en 2022, Agenda2030, \
        le MiG29, un Su-35S, des T-72, la 5G, 500 km2, 3 m², la R2690, Covid19, l’art. 5, XIXe, `mot1`, \
        https://x.example/page1, a@mail1.example, carte1.png, n°12, [a](https://x.example/b1 \"c1\"), en Arménie.";
    assert_eq!(told(&brief("", friends)), NOTHING);
}

#[test]
fn in_french_a_call_goes_before_the_mark() {
    for (written, right) in [
        ("Le retrait commence.[^1]", "Le retrait commence[^1]."),
        ("Le retrait,[^1] dit-il", "Le retrait[^1], dit-il"),
        ("Il part ;[^1][^1] elle reste", "Il part[^1][^1] ; elle reste"),
        ("Il part\u{202f}:[^1] elle reste", "Il part[^1]\u{202f}: elle reste"),
        ("Est-ce fini\u{a0}?[^1]", "Est-ce fini[^1]\u{a0}?"),
        ("Est-ce fini ?![^1]", "Est-ce fini[^1] ?!"),
        ("« Tout est calme.[^1] »", "« Tout est calme[^1]. »"),
        ("« Tout est calme ».[^1]", "« Tout est calme »[^1]."),
        ("*Relief*.[^1]", "*Relief*[^1]."),
        ("- Été 🗺.[^1]", "- Été 🗺[^1]."),
    ] {
        let site = brief("", &format!("{written}\n\n[^1]: N."));
        assert_eq!(site.codes(), ["D306"], "{written}");
        let column = written.chars().take_while(|character| *character != '^').count();
        let expected = format!("D306 6:{column} the note call stands after the punctuation mark");
        assert_eq!(told(&site), [expected]);
        assert_eq!(helps(&site), ["in French the call comes before it"]);
        assert_eq!(mended(&site), (format!("{right}\n\n[^1]: N."), Vec::new()), "{written}");
    }
}

#[test]
fn in_french_some_marks_belong_to_what_is_before_them() {
    for right in [
        "Le retrait commence[^1].",
        "« Tout est calme »[^1].",
        "« Tout est calme ! »[^1]",
        "des territoires, etc.[^1]",
        "en 52 av. J.-C.[^1] déjà",
        "l’O.N.U.[^1] dit",
        "il attend…[^1]",
        "(et puis s’en va)[^1]",
        "Un mot. [^1] seul",
        "`a.b.`[^1]",
    ] {
        assert_eq!(told(&brief("", &format!("{right}\n\n[^1]: N."))), NOTHING, "{right}");
    }
}

#[test]
fn in_english_a_call_goes_after_the_mark() {
    for (written, right) in [
        ("The withdrawal began[^1].", "The withdrawal began.[^1]"),
        ("The withdrawal[^1], he said", "The withdrawal,[^1] he said"),
        ("Is it over[^1]?!", "Is it over?![^1]"),
        ("“All is calm[^1].”", "“All is calm.”[^1]"),
        ("**Bold**[^1][^1]; plain", "**Bold**;[^1][^1] plain"),
    ] {
        let site = in_language("en", "", &format!("{written}\n\n[^1]: N."));
        assert_eq!(helps(&site), ["in English the call comes after it"], "{written}");
        assert_eq!(mended(&site), (format!("{right}\n\n[^1]: N."), Vec::new()), "{written}");
    }
    for right in ["It began.[^1]", "“All is calm.”[^1]", "the talks[^1] went on", "“a word”[^1], he said"]
    {
        assert_eq!(told(&in_language("en", "", &format!("{right}\n\n[^1]: N."))), NOTHING, "{right}");
    }
}

#[test]
fn where_a_language_has_no_settled_custom_neither_side_is_wrong() {
    assert_eq!(told(&in_language("de", "", "Der Abzug[^1], dann Ruhe.[^1]\n\n[^1]: N.")), NOTHING);
}

#[test]
fn a_brief_s_own_language_decides_not_the_site_s() {
    let site = brief("lang = \"en\"\n", "It began.[^1]\n\n[^1]: N.");
    site.write("site.toml", "title = \"Essai\"\n[languages.en]\n");
    assert_eq!(told(&site), NOTHING);
}

#[test]
fn a_parenthesis_glued_to_a_call_is_told_and_set_apart() {
    let site = brief("", "Au printemps[^1](en mars).\n\n[^1]: N.");
    assert_eq!(told(&site), ["D307 6:13 a parenthesis is glued to this note call"]);
    assert_eq!(mended(&site), ("Au printemps[^1] (en mars).\n\n[^1]: N.".into(), Vec::new()));
}

#[test]
fn a_link_may_lead_to_a_note_by_its_label() {
    let body = "Un[^TASS-2022], [la source](#note-tass-2022).\n\n[^TASS-2022]: N.\n\n[^seule]: M.";
    let site = brief("", &format!("{body}\n\nDeux[^seule], [ici](#note-seul)."));
    assert_eq!(told(&site), ["D402 12:21 this brief has no heading `#note-seul`"]);
}

#[test]
fn a_link_to_a_note_by_its_letters_alone_is_told_the_address() {
    let site = brief("", "Un[^Décret n° 12], [ici](#note-decret-n-12).\n\n[^Décret n° 12]: N.");
    let help = &helps(&site)[0];
    let address = help.strip_prefix("did you mean `#note-decret-n-12--").unwrap().strip_suffix("`?").unwrap();
    let site =
        brief("", &format!("Un[^Décret n° 12], [ici](#note-decret-n-12--{address}).\n\n[^Décret n° 12]: N."));
    assert_eq!(told(&site), NOTHING);
}

#[test]
fn every_call_has_an_address_of_its_own_to_which_its_note_leads_back() {
    let site = brief(
        "",
        "Un[^a][^a] deux[^a-2][^a-2] ![Une carte[^a]](c.png) trois[^é] quatre[^e].\n\n\
         [^a]: N.\n\n[^a-2]: N.\n\n[^é]: N.\n\n[^e]: N.",
    );
    site.write("content/c.png", "png");
    let page = &site.build()["briefs/a/index.html"];
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let targets = page.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    let notes: Vec<&str> = targets.filter(|id| id.starts_with("ref-") || id.starts_with("note-")).collect();
    assert_eq!(notes.iter().filter(|id| id.starts_with("ref-")).count(), 7);
    for id in notes {
        assert_eq!(ids.iter().filter(|found| **found == id).count(), 1, "{id}");
    }
}

/// A brief that earns an error and two warnings, in a site with these lints.
/// What the page names for the margin: the first call of each note, the note, and the note above it.
#[test]
fn the_head_of_a_page_names_each_note_and_its_first_call() {
    let site =
        brief("summary = \"Un chapô[^é].\"\n", "Un[^a], encore[^a].\n\n[^a]: N[^в].\n\n[^é]: N.\n\n[^в]: N.");
    let page = &site.build()["briefs/a/index.html"];
    let (_, style) = page.split_once("<style>\n").unwrap();
    let (style, _) = style.split_once("\n</style>").unwrap();
    let calls: Vec<(&str, &str)> =
        style.lines().filter_map(|line| line.split_once("}")?.0.split_once("{anchor-name:")).collect();
    let first = |number: usize| calls[number - 1].0;
    assert!(
        first(1).starts_with("#ref-e--") && page.contains(&format!("id=\"{}\"", &first(1)[1..])),
        "{style}"
    );
    assert_eq!(calls[1..], [("#ref-a", "--c2"), ("#ref-в", "--c3")]);
    assert!(style.ends_with(".notes>ol>:nth-child(3){--call:--c3;--note:--n3;--above:--n2}"), "{style}");
}

#[test]
fn a_page_without_notes_has_neither_style_nor_script() {
    let page = &brief("", "Un texte.").build()["briefs/a/index.html"];
    assert!(!page.contains("<style") && !page.contains("<script src"), "{page}");
}

fn with_lints(lints: &str) -> Site {
    let site = brief("", "Un[^z]. Poutine1 parle.\n\n[^b]: N.");
    site.write("site.toml", format!("title = \"Essai\"\n\n[lints]\n{lints}\n"));
    site
}

#[test]
fn a_site_sets_how_grave_a_mistake_is_by_code_or_by_name() {
    use depeche::diagnostic::Severity::{Error, Suggestion, Warning};
    let graves = |lints: &str| {
        let diagnostics = with_lints(lints).diagnostics();
        diagnostics.iter().map(|problem| (problem.code.id, problem.severity)).collect::<Vec<_>>()
    };
    let own = [("D301", Error), ("D305", Warning), ("D302", Warning)];
    assert_eq!(graves(""), own);
    for written in ["undefined-note", "D301", "Undefined-Note", "d301"] {
        let rest = &own[1..];
        assert_eq!(graves(&format!("{written} = \"allow\"")), rest, "{written}");
        assert_eq!(graves(&format!("{written} = \"suggest\"")), [&[("D301", Suggestion)], rest].concat());
        assert_eq!(graves(&format!("{written} = \"warn\"")), [&[("D301", Warning)], rest].concat());
        assert_eq!(graves(&format!("{written} = \"deny\"")), own);
    }
    assert_eq!(
        graves("lost-call = \"deny\"\nD302 = \"allow\"\nundefined-note = \"warn\""),
        [("D301", Warning), ("D305", Error)]
    );
}

#[test]
fn a_site_is_refused_by_its_errors_and_neither_by_warnings_nor_by_suggestions() {
    assert!(with_lints("").checked().is_refused());
    assert!(!with_lints("undefined-note = \"warn\"").checked().is_refused());
    assert!(!with_lints("undefined-note = \"suggest\"").checked().is_refused());
    assert!(with_lints("undefined-note = \"warn\"\nlost-call = \"deny\"").checked().is_refused());
}

#[test]
fn a_lint_that_can_t_be_set_so_is_told_in_the_settings() {
    for (lints, expected, help) in [
        (
            "undefined-notes = \"warn\"",
            "D212 site.toml:4:1 no lint is called `undefined-notes`",
            "did you mean `undefined-note`?",
        ),
        (
            "D999 = \"warn\"",
            "D212 site.toml:4:1 no lint is called `D999`",
            "`depeche explain` lists them all",
        ),
        (
            "unknown-country = \"warn\"",
            "D212 site.toml:4:1 `unknown-country` can't be set: there is no going on after it",
            "",
        ),
        ("d101 = \"allow\"", "D212 site.toml:4:1 `not-utf8` can't be set: there is no going on after it", ""),
        (
            "undefined-note = \"off\"",
            "D208 site.toml:4:18 `undefined-note` can't be `off`",
            "known are `allow`, `suggest`, `warn`, `deny`",
        ),
        (
            "undefined-note = 1",
            "D207 site.toml:4:18 `undefined-note` must be `allow`, `suggest`, `warn` or `deny`, not an integer",
            "",
        ),
        (
            "undefined-note = \"warn\"\nD301 = \"deny\"",
            "D206 site.toml:5:1 `D301` names `undefined-note` a second time",
            "",
        ),
    ] {
        let site = with_lints(lints);
        assert_eq!(site.problems().last().map(String::as_str), Some(expected));
        assert_eq!(helps(&site).last().map(String::as_str), Some(help), "{lints}");
    }
}

#[test]
fn a_call_that_an_editor_wraps_at_its_place_is_a_call() {
    let front = "[footnotes.tass]\ntitle = \"Un titre\"\ndate = 2022-01-13\n";
    for body in ["Un accord passe[^tass, p.\n12].", "> Un accord passe[^tass,\r\n> p. 12]."] {
        let site = brief(front, body);
        assert_eq!(told(&site), NOTHING, "{body:?}");
        let page = &site.build()["briefs/a/index.html"];
        assert!(page.contains("id=\"ref-tass--at-page-12\"") && !page.contains("[^"), "{page}");
    }
    assert_eq!(told(&brief("", "Un mot[^absent, p.\n12].")), ["D301 6:7 no note is called `absent, p. 12`"]);
}

#[test]
fn what_begins_as_a_call_and_is_none_is_told() {
    let front = "[footnotes.tass]\ntitle = \"Un titre\"\ndate = 2022-01-13\n";
    let broken = "`[^` begins no call here, and is printed as it is";
    let site = brief(front, "Un[^tass] mot[^ tass, p. 1], et[^tass\nseul], et[^].");
    assert_eq!(told(&site), ["9:14", "9:32", "10:10"].map(|place| format!("D305 {place} {broken}")));
    assert_eq!(told(&brief("", "Un mot \\[^ a] et `[^ a]`.")), NOTHING);
}

#[test]
fn an_address_with_parentheses_or_as_its_own_link_is_a_bare_link() {
    let address = "https://x.example/wiki/Accord_(diplomatie)";
    for note in [address.to_owned(), format!("[{address}]({address})")] {
        let site = brief("", &format!("Un mot[^a].\n\n[^a]: {note}"));
        assert_eq!(told(&site), ["D313 8:7 the note `a` is an address and nothing else"], "{note}");
        let link = "<a href=\"https://x.example/wiki/Accord_(diplomatie)\"";
        let (body, left) = mended(&site);
        assert_eq!(body, format!("Un mot[^a].\n\n[^a]: [x.example](<{address}>)"));
        assert_eq!(left, NOTHING);
        assert!(site.build()["briefs/a/index.html"].contains(link));
    }
}
