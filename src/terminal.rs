//! The one place that prints: colour, width, progress, and the time a command took.
//!
//! What was asked for goes to standard output, where it can be piped; talk about the work goes to standard error.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anstream::AutoStream;
use anstream::stream::{AsLockedWrite, RawStream};
pub use clap::ColorChoice;

use crate::diagnostic::report::Style;

/// Both of a command's outputs, and what each can show.
#[derive(Debug)]
pub struct Terminal {
    result: Style,
    talk: Style,
    /// Whether standard output is a terminal.
    is_watched: bool,
    progress: bool,
    /// Whether a progress line is on the screen; held while anything is printed.
    line: Arc<Mutex<bool>>,
}

impl Terminal {
    /// The terminal, or the pipe or file in its place, that the program was started with. `choice` is `--color`.
    pub fn new(choice: ColorChoice) -> Self {
        let environment = Environment::read();
        let style = |is_terminal| Style {
            colour: colour(choice, &environment, is_terminal),
            unicode: is_terminal && environment.is_utf8(),
            width: width(is_terminal),
        };
        let talks_to_terminal = stderr().is_terminal();
        Self {
            result: style(stdout().is_terminal()),
            talk: style(talks_to_terminal),
            is_watched: stdout().is_terminal(),
            progress: talks_to_terminal && !environment.is_dumb(),
            line: Arc::default(),
        }
    }

    /// Prints what was asked for on standard output. Whoever reads may have read enough: a closed pipe is no failure.
    ///
    /// # Errors
    ///
    /// When standard output can't be written to, such as a full disk.
    pub fn result(&self, text: &str) -> io::Result<()> {
        let mut line = self.line();
        erase(&mut line);
        ignore_closed_pipe(print(stdout(), self.result.colour, text))
    }

    /// Prints a line about the work on standard error. There is nowhere to complain when that fails.
    pub fn talk(&self, text: &str) {
        let mut line = self.line();
        erase(&mut line);
        let _ = print(stderr(), self.talk.colour, &format!("{text}\n"));
    }

    /// What standard output can show.
    pub fn style(&self) -> Style {
        self.result
    }

    /// Whether what is printed on standard output is obeyed by a terminal.
    pub fn is_watched(&self) -> bool {
        self.is_watched || self.result.colour
    }

    /// What standard error can show.
    pub fn talk_style(&self) -> Style {
        self.talk
    }

    /// A progress line for work of `total` steps, on standard error.
    pub fn progress(&self, label: &str, total: usize) -> Progress {
        Progress {
            label: label.to_owned(),
            total,
            done: AtomicUsize::new(0),
            pace: Pace::default(),
            stopwatch: Stopwatch::start(),
            width: self.progress.then_some(self.talk.width),
            line: Arc::clone(&self.line),
        }
    }

    fn line(&self) -> MutexGuard<'_, bool> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How far a long piece of work has come: one line on a terminal's standard error, which appears when the work has taken
/// half a second, is drawn again at most ten times a second, and is erased when this value is dropped. In a pipe, nothing.
#[derive(Debug)]
pub struct Progress {
    label: String,
    total: usize,
    done: AtomicUsize,
    pace: Pace,
    stopwatch: Stopwatch,
    /// The columns of the terminal; `None` where nothing is to be drawn.
    width: Option<usize>,
    line: Arc<Mutex<bool>>,
}

impl Progress {
    /// One step is done. Many threads may say so at once.
    pub fn advance(&self) {
        let done = 1 + self.done.fetch_add(1, Ordering::Relaxed);
        let Some(width) = self.width else { return };
        if self.pace.is_due(self.stopwatch.elapsed()) {
            let mut line = self.line.lock().unwrap_or_else(PoisonError::into_inner);
            let text = progress_line(&self.label, done, self.total, width);
            *line |= print(stderr(), true, &format!("\r{text}{ERASE_REST}")).is_ok();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        erase(&mut self.line.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// When the progress line may be drawn again, in milliseconds from the start.
#[derive(Debug)]
struct Pace(AtomicU64);

impl Default for Pace {
    fn default() -> Self {
        Self(AtomicU64::new(500))
    }
}

impl Pace {
    /// Whether it is time; only one of several threads that ask at once is told so.
    fn is_due(&self, elapsed: Duration) -> bool {
        let now = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let due = self.0.load(Ordering::Relaxed);
        let next = now.saturating_add(100);
        now >= due && self.0.compare_exchange(due, next, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

fn progress_line(label: &str, done: usize, total: usize, width: usize) -> String {
    let count = format!("{done}/{total}");
    // A line as wide as the terminal would wrap on some.
    let label = label.chars().take(width.saturating_sub(count.len() + 2)).collect::<String>();
    format!("{label} {count}")
}

const ERASE_REST: &str = "\u{1b}[K";

fn erase(line: &mut bool) {
    if std::mem::take(line) {
        let _ = print(stderr(), true, &format!("\r{ERASE_REST}"));
    }
}

/// Measures how long a command took.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "the one place that measures time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The time since the start, for people: `8 ms`, `0.53 s`, `1 min 12 s`.
impl fmt::Display for Stopwatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&spoken(self.elapsed()))
    }
}

/// A time for people: `8 ms`, `0.53 s`, `1 min 12 s`.
pub fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0 if duration.as_millis() < 100 => format!("{} ms", duration.as_millis()),
        0..60 => format!("{:.2} s", duration.as_secs_f64()),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// What the environment says of colour and characters.
#[derive(Clone, Debug, Default)]
struct Environment {
    no_color: Option<String>,
    clicolor: Option<String>,
    clicolor_force: Option<String>,
    term: Option<String>,
    /// The first of `LC_ALL`, `LC_CTYPE` and `LANG` that is set.
    locale: Option<String>,
}

impl Environment {
    #[expect(clippy::disallowed_methods, reason = "what the terminal can show is the terminal's own matter")]
    fn read() -> Self {
        // An empty variable counts as one that is not set.
        let variable = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            no_color: variable("NO_COLOR"),
            clicolor: variable("CLICOLOR"),
            clicolor_force: variable("CLICOLOR_FORCE"),
            term: variable("TERM"),
            locale: ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable),
        }
    }

    fn is_dumb(&self) -> bool {
        // Terminals of Windows do not set it.
        self.term.as_deref().map_or(cfg!(not(windows)), |term| term == "dumb")
    }

    fn is_utf8(&self) -> bool {
        let locale = self.locale.as_deref().unwrap_or_default().to_ascii_lowercase();
        locale.ends_with("utf-8") || locale.ends_with("utf8")
    }
}

/// Whether to colour: the argument decides; without one, `NO_COLOR`, then `CLICOLOR_FORCE`, then what is at the other end.
fn colour(choice: ColorChoice, environment: &Environment, is_terminal: bool) -> bool {
    let is_off = |value: &Option<String>| value.as_deref() == Some("0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if environment.no_color.is_some() => false,
        ColorChoice::Auto if environment.clicolor_force.is_some() => !is_off(&environment.clicolor_force),
        ColorChoice::Auto => is_terminal && !environment.is_dumb() && !is_off(&environment.clicolor),
    }
}

/// The terminal's width, or what suits a log.
fn width(is_terminal: bool) -> usize {
    let size = is_terminal.then(terminal_size::terminal_size).flatten();
    // Some terminals that are not on a screen say 0.
    size.map(|(width, _)| usize::from(width.0)).filter(|&width| width > 0).unwrap_or(120)
}

/// Writes all of `text` and makes sure it is out. On an old Windows console, colours are translated.
fn print(stream: impl RawStream + AsLockedWrite, colour: bool, text: &str) -> io::Result<()> {
    if colour { write_out(&mut AutoStream::always(stream), text) } else { write_out(&mut { stream }, text) }
}

fn write_out(stream: &mut dyn Write, text: &str) -> io::Result<()> {
    stream.write_all(text.as_bytes())?;
    stream.flush()
}

fn ignore_closed_pipe(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that prints")]
fn stdout() -> io::Stdout {
    io::stdout()
}

#[expect(clippy::disallowed_methods, reason = "the one place that prints")]
fn stderr() -> io::Stderr {
    io::stderr()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn terminal() -> Environment {
        Environment { term: some("xterm-256color"), ..Environment::default() }
    }

    #[test]
    fn colour_is_for_terminals() {
        assert!(colour(ColorChoice::Auto, &terminal(), true));
        assert!(!colour(ColorChoice::Auto, &terminal(), false));
        let dumb = Environment { term: some("dumb"), ..terminal() };
        assert!(!colour(ColorChoice::Auto, &dumb, true));
        let off = Environment { clicolor: some("0"), ..terminal() };
        assert!(!colour(ColorChoice::Auto, &off, true));
    }

    #[test]
    fn no_color_goes_before_clicolor_force_and_that_before_the_terminal() {
        let force = Environment { clicolor_force: some("1"), ..Environment::default() };
        assert!(colour(ColorChoice::Auto, &force, false));
        let both = Environment { no_color: some("1"), ..force };
        assert!(!colour(ColorChoice::Auto, &both, true));
    }

    #[test]
    fn the_argument_goes_before_the_environment() {
        let no_color = Environment { no_color: some("1"), ..terminal() };
        assert!(colour(ColorChoice::Always, &no_color, false));
        let force = Environment { clicolor_force: some("1"), ..terminal() };
        assert!(!colour(ColorChoice::Never, &force, true));
    }

    #[test]
    fn lines_are_drawn_where_the_locale_has_them() {
        let with = |locale| Environment { locale, ..Environment::default() };
        assert!(with(some("fr_FR.UTF-8")).is_utf8());
        assert!(with(some("C.utf8")).is_utf8());
        assert!(!with(some("C")).is_utf8());
        assert!(!with(None).is_utf8());
    }

    #[test]
    fn a_closed_pipe_is_no_failure_and_a_full_disk_is() {
        struct Refuses(io::ErrorKind);
        impl Write for Refuses {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let written = |kind| ignore_closed_pipe(write_out(&mut Refuses(kind), "texte"));
        assert!(written(io::ErrorKind::BrokenPipe).is_ok());
        assert!(written(io::ErrorKind::StorageFull).is_err());
    }

    #[test]
    fn progress_waits_half_a_second_and_is_then_drawn_ten_times_a_second() {
        let pace = Pace::default();
        let due: Vec<u64> = (0..1_000).filter(|&at| pace.is_due(Duration::from_millis(at))).collect();
        assert_eq!(due, [500, 600, 700, 800, 900]);
    }

    #[test]
    fn of_many_threads_one_draws() {
        let pace = Pace::default();
        let draws = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let due = pace.is_due(Duration::from_millis(500));
                    draws.fetch_add(usize::from(due), Ordering::Relaxed);
                });
            }
        });
        assert_eq!(draws.into_inner(), 1);
    }

    #[test]
    fn the_progress_line_never_wraps() {
        assert_eq!(progress_line("rendering", 1_200, 10_000, 80), "rendering 1200/10000");
        assert_eq!(progress_line("rendering", 1_200, 10_000, 16), "rend 1200/10000");
        assert_eq!(progress_line("rendering", 1, 2, 0), " 1/2");
    }

    #[test]
    fn durations_are_told_as_people_tell_them() {
        assert_eq!(spoken(Duration::from_millis(8)), "8 ms");
        assert_eq!(spoken(Duration::from_millis(530)), "0.53 s");
        assert_eq!(spoken(Duration::from_secs(72)), "1 min 12 s");
    }
}
