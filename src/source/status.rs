//! What the disk says of a file besides its bytes.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What tells, without reading a file, that nobody has touched it since: its length, its times, and which file it is.
///
/// A disk's clock has ticks. What was changed in the tick in which it was looked at can be changed once more and look the same:
/// only a status that [is settled](Self::is_settled) tells anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Status {
    length: u64,
    /// When its bytes were last changed, since 1970.
    modified: Duration,
    /// When anything of it was last changed, its name included; since 1970. Nought where the system has no such time.
    changed: Duration,
    /// Which file it is; nought where the system does not tell.
    inode: u64,
}

/// The longest tick of a disk's clock: FAT counts in two seconds.
const COARSE: Duration = Duration::from_secs(2);
/// The longest tick of a clock that tells less than whole seconds. Kernels stamp files when their timer last rang, up to ten
/// milliseconds ago.
const FINE: Duration = Duration::from_millis(20);

impl Status {
    /// The status of a file.
    pub fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let (changed, inode) = changed(metadata);
        Self { length: metadata.len(), modified: modified.unwrap_or_default(), changed, inode }
    }

    /// Whether it was so long unchanged at `now` that a later change shows.
    pub fn is_settled(&self, now: SystemTime) -> bool {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
        let tick = if self.modified.subsec_nanos() == 0 { COARSE } else { FINE };
        self.modified.max(self.changed) + tick < now
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> (Duration, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).unwrap_or(0);
    let nanoseconds = u32::try_from(metadata.ctime_nsec()).unwrap_or(0).min(999_999_999);
    (Duration::new(seconds, nanoseconds), metadata.ino())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> (Duration, u64) {
    (Duration::ZERO, 0)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests change files and look at the clock")]

    use super::*;
    use std::fs;

    #[test]
    fn whatever_is_done_to_a_file_shows_once_it_was_settled() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brief.md");
        let status = || Status::of(&fs::symlink_metadata(&path).unwrap());
        fs::write(&path, "one").unwrap();
        let first = status();
        assert!(!first.is_settled(SystemTime::now()));
        assert!(first.is_settled(SystemTime::now() + COARSE + FINE));
        std::thread::sleep(FINE);
        fs::write(&path, "two").unwrap();
        assert_ne!(status(), first, "other bytes, as many");
        let second = status();
        let times = fs::FileTimes::new().set_modified(UNIX_EPOCH + second.modified);
        std::thread::sleep(FINE);
        fs::write(folder.path().join("other"), "six").unwrap();
        fs::File::open(folder.path().join("other")).unwrap().set_times(times).unwrap();
        fs::rename(folder.path().join("other"), &path).unwrap();
        assert_ne!(status(), second, "another file, as old");
    }
}
