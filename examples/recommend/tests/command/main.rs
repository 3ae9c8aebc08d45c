//! The command line, run as a process: what goes to standard output, what to standard
//! error, and the exit code.

mod bad_rows;
mod evaluate;
mod explain;
mod features;
mod fixture;
mod formats;
mod generate;
mod inputs;
mod ranking;
mod rules;
mod settings;
mod summary;
mod table;
mod targets;
#[cfg(unix)]
mod terminal;
mod usage;
mod validate;
mod what_if;
