//! Whole small sites, written in the test: what is checked, what is built, what a reader gets.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests make and read sites of their own"
)]

mod addresses;
mod again;
mod cite;
mod citations;
mod countries;
mod index;
mod documents;
mod embargo;
mod explanations;
mod feeds;
mod files;
mod fix;
mod linear;
mod links;
mod mentions;
mod model;
mod notes;
mod organisations;
mod printing;
mod related;
mod site;
mod source_pages;
mod sources;
mod styles;
mod waivers;
mod wording;
