//! What a program costs: processor time and memory of a process of its own.

use anyhow::{Context, bail};
use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What one run cost, as the kernel counted it.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// From the start to the end, by the clock on the wall.
    pub elapsed: Duration,
    /// User and system time of all threads.
    pub processor: Duration,
    /// The most memory that was resident at once, in bytes.
    ///
    /// On Linux it is never less than what the parent held when it started the child, so that the parent must be small.
    pub peak: u64,
}

/// Runs `command` to its end. What it says goes to the file `log`, which is shown where the command fails.
pub fn run(command: &mut Command, log: &Path) -> anyhow::Result<Cost> {
    let file = File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| format!("{command:?} does not start"))?;
    let used = child.wait4()?;
    let elapsed = start.elapsed();
    if !used.status.success() {
        bail!("{command:?} failed, {}:\n{}", used.status, fs::read_to_string(log)?);
    }
    Ok(Cost { elapsed, processor: used.rusage.utime + used.rusage.stime, peak: used.rusage.maxrss })
}

/// The middle one of the costs of several runs, time and memory each by itself.
pub fn median(costs: &[Cost]) -> Cost {
    let mut times: Vec<Duration> = costs.iter().map(|cost| cost.processor).collect();
    let mut walls: Vec<Duration> = costs.iter().map(|cost| cost.elapsed).collect();
    let mut peaks: Vec<u64> = costs.iter().map(|cost| cost.peak).collect();
    times.sort_unstable();
    peaks.sort_unstable();
    walls.sort_unstable();
    let middle = costs.len() / 2;
    Cost { elapsed: walls[middle], processor: times[middle], peak: peaks[middle] }
}

/// What a program wrote.
#[derive(Clone, Copy, Debug, Default)]
pub struct Output {
    /// How many files.
    pub files: usize,
    /// How many bytes in all.
    pub bytes: u64,
}

impl Output {
    /// What stands below `folder`.
    pub fn of(folder: &Path) -> anyhow::Result<Self> {
        let mut output = Self::default();
        for entry in walkdir::WalkDir::new(folder) {
            let entry = entry?;
            if entry.file_type().is_file() {
                output.files += 1;
                output.bytes += entry.metadata()?.len();
            }
        }
        Ok(output)
    }
}
