//! The `depeche` command.

fn main() {}
