//! The time a check takes grows with what there is to check, however many mistakes are in it.

use crate::site::{Site, brief, site};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// The shortest of three checks. Whatever else the machine does only makes one longer.
fn time(site: &Site) -> Duration {
    let check = || {
        let begun = Instant::now();
        assert!(!site.checked().diagnostics.is_empty());
        begun.elapsed()
    };
    (0..3).map(|_| check()).min().unwrap()
}

/// Four times as much may take four times as long, and more by chance; what grows with the square takes sixteen times.
#[track_caller]
fn is_linear(small: usize, site_of: impl Fn(usize) -> Site) {
    let (less, more) = (time(&site_of(small)), time(&site_of(4 * small)));
    assert!(more < less * 10, "{small}: {less:?}, {}: {more:?}", 4 * small);
}

/// A site of one brief, whose body repeats what `line` gives for each number.
fn repeating(size: usize, line: impl Fn(&mut String, usize)) -> Site {
    let mut body = String::new();
    (0..size).for_each(|number| line(&mut body, number));
    site(&[("content/2024-01-01-a.md", &brief("A", &body))])
}

#[test]
fn in_undefined_calls_times_definitions() {
    is_linear(1000, |size| {
        repeating(size, |body, number| write!(body, "[^l{number:06}]: N.\n\nUn[^n{number:06}].\n\n").unwrap())
    });
}

#[test]
fn in_notes_that_can_be_deleted() {
    is_linear(1000, |size| {
        repeating(size, |body, n| write!(body, "[^l{n:06}]: N.\n\n[^l{n:06}]:\n\nTexte.\n\n").unwrap())
    });
    is_linear(500, |size| {
        let notes: String = (0..size).map(|n| format!("[footnotes.l{n:06}]\ntitle = \"T\"\n\n")).collect();
        let text = format!("+++\ntitle = \"A\"\ncountries = [\"AM\"]\n\n{notes}+++\n\nTexte.\n");
        site(&[("content/2024-01-01-a.md", &text)])
    });
}

#[test]
fn in_notes_with_numbers_times_their_calls() {
    is_linear(400, |size| {
        let site = repeating(size, |body, n| write!(body, "Un mot[^{n}].\n\n[^{n}]: Dépêche.\n\n").unwrap());
        site.write("site.toml", "title = \"Essai\"\n[lints]\nnumeric-label = \"warn\"\n");
        site
    });
}

#[test]
fn in_broken_anchors_times_headings() {
    is_linear(1000, |size| {
        repeating(size, |body, n| write!(body, "## Titre {n:06}\n\n[a](#titra-{n:06})\n\n").unwrap())
    });
}

#[test]
fn in_lost_calls_times_notes() {
    is_linear(1000, |size| {
        repeating(size, |body, number| write!(body, "Un mot7[^{number}].\n\n[^{number}]: N.\n\n").unwrap())
    });
}

#[test]
fn in_lost_calls_of_one_run_of_characters() {
    is_linear(1500, |size| repeating(size, |body, _| body.push_str("mot1;")));
}

#[test]
fn in_calls_that_are_broken() {
    is_linear(1500, |size| repeating(size, |body, _| body.push_str("[^ a,[^b,\np. 1, ")));
}

#[test]
fn in_lost_calls_times_code_spans() {
    is_linear(1500, |size| repeating(size, |body, _| body.push_str("`x` mot1 ")));
}

#[test]
fn in_broken_links_times_briefs() {
    is_linear(100, |size| {
        let site = site(&[]);
        for n in 0..size {
            let body = format!("[[a-brief-{n:06}]] [a](b-brief-{n:06}.md) ![c](c{n:06}.png)");
            site.write(&format!("content/2024-01-01-the-brief-{n:06}.md"), brief("A", &body));
        }
        site
    });
}

#[test]
fn in_waivers_times_mistakes() {
    is_linear(1000, |size| {
        repeating(size, |body, _| {
            body.push_str(
                "<!-- allow lost-call: x -->\nUn mot.\n\nUn mot1 <!-- allow lost-call: x -->\n\nUn mot1.\n\n",
            );
        })
    });
    is_linear(1000, |size| repeating(size, |body, _| body.push_str("mot1 <!-- allow lost-call: x --> ")));
}

#[test]
fn in_slips_of_the_file_of_addresses() {
    is_linear(1000, |size| {
        let mut lock = String::new();
        for number in 0..size {
            write!(lock, "[\"https://a.example/{number}\"]\nasked = \"x\"\nstatus = 1\n\n").unwrap();
        }
        site(&[("content/sources.lock", &lock)])
    });
}

/// A site whose library of sources is in BibTeX, and repeats what `entry` gives for each number.
fn cited(size: usize, entry: impl Fn(usize) -> String) -> Site {
    let library: String = (0..size).map(entry).collect();
    site(&[("content/sources.bib", &format!("@misc{{undated, year = x, title = {{T}}}}\n{library}"))])
}

#[test]
fn in_entries_of_bibtex_that_each_take_from_the_next() {
    is_linear(1000, |size| {
        cited(size, |n| format!("@misc{{k{n}, title = {{T}}, crossref = {{k{}}}}}\n", n + 1))
    });
}

#[test]
fn in_entries_of_bibtex_that_are_never_closed() {
    is_linear(5000, |size| cited(size, |n| format!("@misc{{k{n}, title = {{T\n")));
}

#[test]
fn in_groups_of_tex_within_one_another() {
    is_linear(5000, |size| {
        cited(1, |_| format!("@misc{{a, title = {{{}x{}}}}}", "\\emph{".repeat(size), "}".repeat(size)))
    });
}

#[test]
fn in_names_of_bibtex_and_strings_joined() {
    is_linear(2000, |size| {
        let joined = " # { and x}".repeat(size);
        cited(1, |_| format!("@string{{s = \"x\"}}\n@misc{{a, title = {{T}}, author = s{joined}}}"))
    });
}

#[test]
fn in_doubled_words_and_what_was_left_to_be_done() {
    is_linear(2000, |size| repeating(size, |body, _| body.push_str("le *le* `x` ")));
    is_linear(2000, |size| repeating(size, |body, _| body.push_str("FIXME [à [a] XXX ")));
    is_linear(2000, |size| repeating(size, |body, _| body.push_str("XXX chapitre XXX ")));
}
