//! The command line `recommend`: opens files, ranks with the core, prints.
//!
//! It holds no formula. What is here is what a program around a library needs:
//!
//! - [`mod@print`]: results into text, pictures and files; the room that knows no other
//! - [`read`]: files, standard input and gzip into rows, settings and what is wrong with them
//! - `rank`: rows into ranked lists, and the lists into lines
//! - [`generate`]: catalogs of any size, the same bytes on every platform
//! - [`cli`]: the arguments, and which rooms each command goes through
#![forbid(unsafe_code)]

pub mod cli;
pub mod error;
pub mod generate;
pub mod print;
mod rank;
pub mod read;

pub use cli::{exit_code, run};
