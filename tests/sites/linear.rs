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
            write!(lock, "[\"https://a.example/{number}\"]\nasked = \"x\"\n=======\nstatus = 1\n\n").unwrap();
        }
        site(&[("content/sources.lock", &lock)])
    });
}
