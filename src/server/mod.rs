//! The site in a browser while it is written: each page made when it is asked for, of the plan that a build drains to disk.
//!
//! 1. [`port`](At) is the door that is opened; `watch` notices what changes in the site's folder, and `gather` waits until
//!    it is quiet there for a moment;
//! 2. the site is checked again, with the facts of all files that are as they were. What is checked becomes an `edition`: the
//!    last good site, and the `panel` that says what is wrong since. `assets` are files copied as they are, which have
//!    changed with it;
//! 3. `http` answers requests: `visitor` decides who may ask, `target` what is asked for, `desk` has it made by the edition
//!    of the moment, `answer` says it in HTTP, in the `media` type of its name;
//! 4. `page` puts into each page what reloads it, and `events` tells a browser that has one open what has changed. A
//!    browser says by a hash which page it shows, so that nobody has to remember who was told what;
//! 5. the panel leads to the places in the files, by an [`Editor`] or by `source`, which shows their text.
//!
//! Values flow one way here too: whoever answers takes the newest edition, and an edition never changes. What the loop in
//! [`serve`] hears of is a message; what it has to say is [`News`], and somebody else prints it.
//!
//! All of it stands behind the cargo feature `serve`; without it, [`serve`] says how to get it.

mod editor;
#[cfg(feature = "serve")]
mod answer;
#[cfg(feature = "serve")]
mod assets;
#[cfg(feature = "serve")]
mod desk;
#[cfg(feature = "serve")]
mod edition;
#[cfg(feature = "serve")]
mod events;
#[cfg(feature = "serve")]
mod gather;
#[cfg(feature = "serve")]
mod http;
#[cfg(feature = "serve")]
mod kept;
#[cfg(feature = "serve")]
mod media;
#[cfg(feature = "serve")]
mod page;
#[cfg(feature = "serve")]
mod panel;
#[cfg(feature = "serve")]
mod port;
#[cfg(feature = "serve")]
mod rounds;
#[cfg(feature = "serve")]
mod source;
#[cfg(feature = "serve")]
mod target;
#[cfg(feature = "serve")]
mod visitor;
#[cfg(feature = "serve")]
mod watch;

pub use editor::Editor;

use crate::diagnostic::Diagnostic;
use crate::pipeline::Checked;
use crate::project::{Overrides, Project};
use crate::source::ContentPath;
use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

/// Where the site is served.
#[derive(Clone, Copy, Debug)]
pub struct At {
    /// The address of this machine that is listened at.
    pub address: IpAddr,
    /// The port that was asked for; without one, [`FIRST_PORT`] or the next that is free.
    pub port: Option<u16>,
}

/// The port that is tried first where none was asked for.
pub const FIRST_PORT: u16 = 1111;

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    /// The site's folder.
    pub root: &'a Path,
    /// Where it is served.
    pub at: At,
    /// What the command line says otherwise than `site.toml`.
    pub overrides: Overrides,
    /// What opens a file at a place.
    pub editor: Editor,
}

/// Something to be told while a site is served.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// The site was read, and is served.
    Serving {
        /// Where its home page stands.
        url: &'a str,
        /// Whether other machines can ask for it.
        is_public: bool,
        /// What was read.
        checked: &'a Checked,
    },
    /// Something has changed.
    Changed {
        /// The files, or folders with files; none where it is not known which.
        changed: &'a BTreeSet<ContentPath>,
        /// How long it took, from when it was noticed.
        took: Duration,
        /// The site as it is now, unless only files that are copied as they are have changed.
        checked: Option<&'a Checked>,
    },
    /// A template is mistaken, which shows only where a page is made.
    Mistaken {
        /// The mistake.
        mistake: &'a Diagnostic,
        /// The site it is of.
        project: &'a Project,
    },
    /// The site can't be read as it is now; the last one is served still.
    Unreadable(&'a anyhow::Error),
    /// Anything else.
    Remark(&'a str),
}

/// Serves a site until the program is told to stop. `edition` says at each change which day it is.
///
/// # Errors
///
/// When the port can't be had, there is no site, or this program was built without the server.
#[cfg(not(feature = "serve"))]
pub fn serve(
    _settings: &Settings<'_>,
    _edition: &dyn Fn() -> anyhow::Result<crate::library::Edition>,
    _tell: &mut dyn FnMut(News<'_>),
) -> anyhow::Result<()> {
    anyhow::bail!("this program was built without the server: install it again with `--features full`")
}

#[cfg(feature = "serve")]
pub use rounds::serve;
