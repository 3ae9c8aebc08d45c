//! The command line `recommend`: opens files, ranks with the core, prints.
//!
//! It holds no formula. What is here is what a program around a library needs:
//!
//! - [`cli`]: the arguments and what each command does with them
//! - [`input`]: files, standard input and gzip, read to bytes
//! - [`output`]: results to a file that is whole or absent, or to standard output
//! - [`table`]: a ranked list as text that fits the terminal
//! - [`generate`]: catalogs of any size, the same bytes on every platform
#![forbid(unsafe_code)]

mod bundled;
mod chart;
pub mod cli;
mod display;
pub mod error;
mod failure;
mod find;
pub mod generate;
pub mod input;
mod load;
mod outcomes;
pub mod output;
mod printer;
mod problems;
mod rank;
mod report;
mod results;
mod strength;
mod summary;
pub mod table;

pub use cli::{exit_code, run};
