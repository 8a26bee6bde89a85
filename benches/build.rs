//! What a build costs, beside what reading, parsing and writing alone cost.
//!
//! `cargo bench` makes an archive of 1,000 and one of 10,000 briefs and builds each several times, in turn with the floor,
//! so that whatever else the machine does falls on all alike. `docs/performance.md` says how to read the table.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark is a program of its own")]

mod corpus;
mod floor;
mod measure;

use anyhow::Context;
use clap::Parser;
use corpus::{Corpus, SITE, TODAY};
use depeche::atlas::mention::Finders;
use depeche::brief::{self, Newsroom};
use depeche::project::{Overrides, Project, SourceFile};
use floor::Extent;
use measure::{Cost, Output};
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The seed of the archives: any will do, so long as it stays.
const SEED: u64 = 1;
/// The archive that is built where the benchmark is only tried.
const TRIAL: usize = 30;
/// A file system in memory, on Linux.
const MEMORY: &str = "/dev/shm";

/// Measure what a build costs, beside the floor
#[derive(Debug, Parser)]
struct Arguments {
    /// How many briefs each archive has [default: 1000 10000]
    briefs: Vec<usize>,

    /// How many times each program runs
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    reps: u32,

    /// Only this floor, instead of both
    #[arg(long, value_enum)]
    floor: Option<Extent>,

    /// Work in this folder, and leave the archives and the sites there
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,

    /// Be the floor: build the site in one folder into another
    #[arg(long, value_names = ["EXTENT", "SITE", "OUTPUT"], num_args = 3, hide = true)]
    role: Option<Vec<String>>,

    /// Said by `cargo bench`; without it, the benchmark is only tried
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    if let Some([extent, site, output]) = arguments.role.as_deref() {
        match extent.as_str() {
            "status" => return read_statuses(&[Path::new(site), Path::new(output)]),
            "parse" => return read_and_parse(Path::new(site)),
            _ => {}
        }
        let extent = if extent == "full" { Extent::Full } else { Extent::Plain };
        return floor::build(Path::new(site), Path::new(output), extent);
    }
    let (sizes, repetitions) = match arguments.briefs.as_slice() {
        _ if !arguments.bench => (vec![TRIAL], 1),
        [] => (vec![1_000, 10_000], arguments.reps),
        sizes => (sizes.to_vec(), arguments.reps),
    };
    let floors = arguments.floor.map_or(vec![Extent::Plain, Extent::Full], |extent| vec![extent]);
    let mut programs: Vec<Program> = floors.into_iter().map(Program::Floor).collect();
    programs.push(Program::Depeche);

    let workshop = Workshop::open(arguments.keep.as_deref())?;
    print_conditions(&workshop, repetitions);
    for briefs in sizes {
        let rows = workshop.measure(briefs, &programs, repetitions)?;
        print_table(briefs, &rows);
        print_again(&workshop.measure_again(briefs, repetitions)?);
        print_checks(&workshop.measure_checks(briefs, repetitions)?);
    }
    Ok(())
}

/// One of those compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Program {
    Floor(Extent),
    Depeche,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Self::Floor(Extent::Plain) => "floor",
            Self::Floor(Extent::Full) => "floor-full",
            Self::Depeche => "depeche",
        }
    }

    /// The command that builds `site` into `output`.
    fn command(self, site: &Path, output: &Path) -> anyhow::Result<Command> {
        let mut command = match self {
            Self::Floor(extent) => {
                let mut command = Command::new(std::env::current_exe()?);
                command
                    .arg("--role")
                    .arg(if extent == Extent::Full { "full" } else { "plain" })
                    .args([site, output]);
                command
            }
            Self::Depeche => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_depeche"));
                command.args(["build", "--date", &TODAY.to_string(), "--output"]).arg(output);
                command
            }
        };
        command.current_dir(site);
        Ok(command)
    }
}

/// The folder where archives are made and sites are built.
struct Workshop {
    folder: PathBuf,
    /// Removed at the end, unless the folder is to be kept.
    _temporary: Option<tempfile::TempDir>,
}

/// What one program did, over all its runs.
struct Row {
    program: Program,
    costs: Vec<Cost>,
    output: Output,
}

impl Workshop {
    fn open(keep: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(folder) = keep {
            fs::create_dir_all(folder)?;
            return Ok(Self { folder: fs::canonicalize(folder)?, _temporary: None });
        }
        let memory = Path::new(MEMORY);
        let parent = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let temporary = tempfile::Builder::new().prefix("depeche-bench-").tempdir_in(parent)?;
        Ok(Self { folder: temporary.path().to_owned(), _temporary: Some(temporary) })
    }

    /// Builds an archive of so many briefs with each program in turn, and so again.
    fn measure(&self, briefs: usize, programs: &[Program], repetitions: u32) -> anyhow::Result<Vec<Row>> {
        let folder = self.folder.join(briefs.to_string());
        let site = folder.join("site");
        if !site.exists() {
            write_archive(&site, briefs)?;
        }
        let mut rows: Vec<Row> = programs
            .iter()
            .map(|&program| Row { program, costs: Vec::new(), output: Output::default() })
            .collect();
        for _ in 0..repetitions {
            for row in &mut rows {
                let output = folder.join(row.program.name());
                if output.exists() {
                    fs::remove_dir_all(&output)?;
                }
                let mut command = row.program.command(&site, &output)?;
                row.costs.push(measure::run(&mut command, &folder.join("log"))?);
                row.output = Output::of(&output)?;
            }
        }
        Ok(rows)
    }
}

/// What it costs to build a site that is built already.
struct Again {
    /// Reading the status of every file, of the site and of its output.
    statuses: Vec<Cost>,
    /// Building where nothing has changed.
    unchanged: Vec<Cost>,
    /// Building where the body of one brief has changed.
    edited: Vec<Cost>,
}

impl Workshop {
    /// Builds again what `measure` has built, and reads the status of every file, in turn.
    fn measure_again(&self, briefs: usize, repetitions: u32) -> anyhow::Result<Again> {
        let folder = self.folder.join(briefs.to_string());
        let (site, output) = (folder.join("site"), folder.join(Program::Depeche.name()));
        let log = folder.join("log");
        let build = || {
            // What was written a moment ago could still change unseen.
            std::thread::sleep(std::time::Duration::from_millis(50));
            measure::run(&mut Program::Depeche.command(&site, &output)?, &log)
        };
        let mut again = Again { statuses: Vec::new(), unchanged: Vec::new(), edited: Vec::new() };
        for repetition in 0..repetitions as usize {
            let brief = Corpus::new(SEED).brief((repetition * 977 + 13) % briefs);
            let path = site.join(&brief.path);
            fs::write(&path, format!("{}\nEt rien de plus.\n", brief.text))?;
            again.edited.push(build()?);
            fs::write(&path, brief.text)?;
            build()?;
            let mut statuses = Command::new(std::env::current_exe()?);
            statuses.args(["--role", "status"]).args([&site, &output]);
            again.statuses.push(measure::run(&mut statuses, &log)?);
            again.unchanged.push(build()?);
        }
        Ok(again)
    }
}

/// Reads the status of every file below these folders: what the least of builds does.
fn read_statuses(folders: &[&Path]) -> anyhow::Result<()> {
    let mut bytes = 0;
    for entry in folders.iter().flat_map(walkdir::WalkDir::new) {
        bytes += entry?.metadata()?.len();
    }
    println!("{bytes}");
    Ok(())
}

/// What it costs to check a site of which nothing is known.
struct Checks {
    /// Reading and parsing its texts, and no more.
    parsed: Vec<Cost>,
    /// `depeche check`.
    checked: Vec<Cost>,
}

impl Workshop {
    /// Checks the archive that `measure` has built, and only reads and parses it, in turn.
    fn measure_checks(&self, briefs: usize, repetitions: u32) -> anyhow::Result<Checks> {
        let folder = self.folder.join(briefs.to_string());
        let (site, log) = (folder.join("site"), folder.join("log"));
        let mut checks = Checks { parsed: Vec::new(), checked: Vec::new() };
        for _ in 0..repetitions {
            let mut parse = Command::new(std::env::current_exe()?);
            parse.args(["--role", "parse"]).args([&site, &site]);
            checks.parsed.push(measure::run(&mut parse, &log)?);
            let mut check = Command::new(env!("CARGO_BIN_EXE_depeche"));
            check.args(["check", "--date", &TODAY.to_string(), "--format", "short"]).current_dir(&site);
            checks.checked.push(measure::run(&mut check, &log)?);
        }
        Ok(checks)
    }
}

/// Reads the site's folder and the facts of each of its texts, as every command does first.
fn read_and_parse(site: &Path) -> anyhow::Result<()> {
    let (project, _) = Project::open(site, &Overrides::default())?;
    let languages = project.config.languages.iter().map(|language| &language.tag);
    let finders = Finders::new(&project.atlas, languages);
    let newsroom = Newsroom {
        language: &project.config.languages[0].tag,
        base_url: &project.config.base_url.value,
        bibliography: &project.bibliography,
        finders: &finders,
    };
    let parse = |file: &SourceFile| {
        let source = project.source(&file.path).ok()?;
        Some(brief::parse(&source, file.kind, newsroom))
    };
    let briefs: Vec<_> = project.sources.par_iter().map(parse).collect();
    println!("{}", briefs.iter().flatten().count());
    // As the program itself leaves it, for the process ends.
    std::mem::forget(briefs);
    Ok(())
}

fn print_checks(checks: &Checks) {
    print_rows("checked", &[("parsed", &checks.parsed), ("check", &checks.checked)]);
    let processor = |costs| measure::median(costs).processor.as_secs_f64().max(f64::MIN_POSITIVE);
    println!(
        "check / parsed: {:.2} times the CPU time",
        processor(&checks.checked) / processor(&checks.parsed)
    );
}

/// A table of what several programs cost, each under its name.
fn print_rows(title: &str, rows: &[(&str, &Vec<Cost>)]) {
    println!("\n{title:<12}{:>12}{:>10}{:>10}", "seconds", "CPU s", "peak MiB");
    for (name, costs) in rows {
        let cost = measure::median(costs);
        let (elapsed, processor) = (cost.elapsed.as_secs_f64(), cost.processor.as_secs_f64());
        println!("{name:<12}{elapsed:>12.3}{processor:>10.3}{:>10.0}", mebibytes(cost.peak));
    }
}

fn print_again(again: &Again) {
    let rows =
        [("statuses", &again.statuses), ("unchanged", &again.unchanged), ("one edited", &again.edited)];
    print_rows("built again", &rows);
    let ratio = |costs: &[Cost]| {
        let floor = measure::median(&again.statuses).elapsed.as_secs_f64().max(f64::MIN_POSITIVE);
        measure::median(costs).elapsed.as_secs_f64() / floor
    };
    println!("unchanged / statuses: {:.1} times the time", ratio(&again.unchanged));
    println!("one edited / statuses: {:.1} times the time", ratio(&again.edited));
}

/// Writes an archive of so many briefs, one at a time on each thread: this process must stay small.
fn write_archive(site: &Path, briefs: usize) -> anyhow::Result<()> {
    let corpus = Corpus::new(SEED);
    fs::create_dir_all(site)?;
    (0..briefs).into_par_iter().try_for_each(|index| {
        let brief = corpus.brief(index);
        let path = site.join(&brief.path);
        fs::create_dir_all(path.parent().context("a brief stands in a folder")?)?;
        anyhow::Ok(fs::write(path, brief.text)?)
    })?;
    // Last, so that an archive left half made is not taken for a whole one.
    Ok(fs::write(site.join("site.toml"), SITE)?)
}

fn print_conditions(workshop: &Workshop, repetitions: u32) {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = workshop.folder.starts_with(MEMORY);
    println!("{cores} processors; {}", workshop.folder.display());
    println!(
        "on {}",
        if memory {
            "a file system in memory"
        } else {
            "what may be a disk: writing may cost more than all the rest"
        }
    );
    println!(
        "medians of {repetitions} runs in turn; processor time of all threads, user and system; peak resident memory"
    );
    if cfg!(debug_assertions) {
        println!("compiled without optimisation: the figures say nothing");
    }
}

fn print_table(briefs: usize, rows: &[Row]) {
    println!("\n{briefs} briefs");
    println!(
        "{:<12}{:>10}{:>12}{:>10}{:>10}{:>10}",
        "", "CPU s", "CPU µs each", "peak MiB", "files", "MiB out"
    );
    for row in rows {
        let cost = measure::median(&row.costs);
        let seconds = cost.processor.as_secs_f64();
        println!(
            "{:<12}{seconds:>10.2}{:>12.0}{:>10.0}{:>10}{:>10.1}",
            row.program.name(),
            seconds / briefs as f64 * 1e6,
            mebibytes(cost.peak),
            row.output.files,
            mebibytes(row.output.bytes),
        );
    }
    let Some((ours, floors)) = rows.split_last() else { return };
    let ours = measure::median(&ours.costs);
    for floor in floors {
        let cost = measure::median(&floor.costs);
        println!(
            "depeche / {}: {:.1} times the CPU time, {:.1} times the memory",
            floor.program.name(),
            ours.processor.as_secs_f64() / cost.processor.as_secs_f64().max(f64::MIN_POSITIVE),
            ours.peak as f64 / cost.peak.max(1) as f64,
        );
    }
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
