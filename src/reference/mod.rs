//! What notes cite: the record of a source, and the newsroom's shared library of them.
//!
//! 1. A [`Reference`] is what is known of one source: its [`Kind`], title, authors, publisher, dates and addresses. It is
//!    read from a brief's `[footnotes]`, or from a file of the shared library, always with its places.
//! 2. A call leads to it by its [`label`], and may name a place in it, a [`Locator`].
//! 3. Two references with one [`Identity`] are the same source, wherever and however they were written down.
//! 4. The [`Bibliography`] is the shared library: every reference of `content/sources.toml`, and of the files beside
//!    it in BibTeX and in hayagriva's YAML.

pub mod label;
mod bibliography;
mod bibtex;
mod hayagriva;
mod identity;
mod kind;
mod locator;
mod person;
mod record;
mod web;

pub use bibliography::{Bibliography, Entry, FILES};
pub use identity::Identity;
pub use kind::Kind;
pub use locator::{Locator, Unit};
pub use record::{KEYS, Reference, SYNONYMS};
pub use web::{archived_on, canonical, dated, host, original};
