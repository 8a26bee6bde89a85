use std::fmt;
use std::path::PathBuf;

/// Why a site was not written. Except where the machine gave up in the very middle, the output is as it was.
#[derive(Debug)]
pub enum WriteError<E> {
    /// The folder holds files and no record of ours that could be believed.
    NotOurs {
        /// The folder, as it was asked for.
        folder: PathBuf,
        /// What is in it, sorted.
        names: Vec<String>,
        /// What is wrong with its record, if it has one.
        doubt: Option<String>,
    },
    /// Others' files, folders or links stand where the site has files of its own.
    InTheWay {
        /// The folder, as it was asked for.
        folder: PathBuf,
        /// What is in the way, from there, sorted.
        paths: Vec<String>,
    },
    /// Another build is writing the same folder.
    Busy {
        /// The folder, as it was asked for.
        folder: PathBuf,
    },
    /// The disk refused, or the site is no tree of files.
    Machine(anyhow::Error),
    /// The bytes of some files could not be made: the first thousand failures, in the order of the files.
    Unmade(Vec<E>),
}

impl<E> From<anyhow::Error> for WriteError<E> {
    fn from(error: anyhow::Error) -> Self {
        Self::Machine(error)
    }
}

impl<E> fmt::Display for WriteError<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs { folder, doubt: Some(doubt), .. } => write!(
                formatter,
                "the record `.depeche.json` in `{}` can't be read, so nothing there counts as written by Dépêche: {doubt}\n\
                 help: empty the folder and build again, or choose another one",
                folder.display()
            ),
            Self::NotOurs { folder, names, doubt: None } => write!(
                formatter,
                "`{}` holds what Dépêche did not write: {}\n\
                 help: choose another folder, empty this one, or add `--force` to write beside what is there, which is \
                 not touched",
                folder.display(),
                List(names)
            ),
            Self::InTheWay { folder, paths } => write!(
                formatter,
                "in `{}`, what Dépêche did not write stands where the site has files of its own: {}\n\
                 help: move or remove it, then build again; it is never overwritten, not even with `--force`",
                folder.display(),
                List(paths)
            ),
            Self::Busy { folder } => write!(
                formatter,
                "another build is writing `{}`\nhelp: wait until it has ended, then build again",
                folder.display()
            ),
            Self::Machine(error) => write!(formatter, "{error:#}"),
            Self::Unmade(failures) => match failures.len() {
                1 => formatter.write_str("one file of the site could not be made; nothing was written"),
                count => {
                    write!(formatter, "{count} files of the site could not be made; nothing was written")
                }
            },
        }
    }
}

impl<E: fmt::Debug> std::error::Error for WriteError<E> {}

/// The first few of many names.
struct List<'a>(&'a [String]);

impl fmt::Display for List<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 10;
        for (index, name) in self.0.iter().take(SHOWN).enumerate() {
            write!(formatter, "{}`{name}`", if index == 0 { "" } else { ", " })?;
        }
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(formatter, " and {more} more"),
        }
    }
}
