//! Dépêche turns a folder of briefs into a checked, cross-linked static site.
//!
//! ```text
//!  disk ──▶ Project ──▶ Brief ──▶ Library ──▶ Plan ──▶ View ──▶ bytes ──▶ site
//! ```
//!
//! A [`project`] is a site's folder as it was read: settings, theme, the list of its sources. Each source alone becomes a
//! [`brief`], one file's facts with their places; all briefs together make a [`library`], where links, countries and
//! citations are resolved. From it a [`page`] plan lists every file the site will have; each page in turn is viewed,
//! [`render`]ed and handed to the [`site`], which writes what has changed; a [`memory`] of it saves the next build's time. Whatever a writer got wrong on the way is a
//! [`diagnostic`], never a failure; what can be put right for certain, [`mend`] does.
//!
//! The modules stand in the order of reading, and each uses only those above it.

pub mod source;
pub mod diagnostic;
pub mod language;
pub mod data;
pub mod availability;
pub mod config;
pub mod waiver;
pub mod reference;
pub mod atlas;
pub mod theme;
pub mod project;
pub mod brief;
pub mod library;
pub mod rule;
pub mod page;
pub mod render;
pub mod site;
pub mod memory;
pub mod pipeline;
pub mod mend;
pub mod network;
pub mod server;
pub mod terminal;
pub mod command;
