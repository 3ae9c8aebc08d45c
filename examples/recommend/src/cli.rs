//! The arguments, and what each command does with them.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use crate::error::FileError;
use crate::generate::{Generate, generate};

/// Scores, explains and ranks matches between sponsors and events
#[derive(Debug, Parser)]
#[command(name = "recommend", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes a catalog of any size to measure and test on
    Generate(Generate),
}

/// Runs the command line and returns its exit code.
///
/// 0: done. 1: a file could not be read or written. 2: the arguments are wrong.
///
/// # Examples
///
/// ```
/// use std::process::ExitCode;
///
/// assert_eq!(recommend::run(["recommend", "--help"]), ExitCode::SUCCESS);
/// assert_eq!(recommend::run(["recommend", "--no-such-option"]), ExitCode::from(2));
/// ```
pub fn run<A: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = A>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(usage) => {
            // A closed terminal is no reason for another exit code.
            let _ = usage.print();
            return ExitCode::from(if usage.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match &arguments.command {
        Command::Generate(wanted) => run_generate(wanted),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run_generate(wanted: &Generate) -> Result<(), FileError> {
    let bar = ProgressBar::new(wanted.sponsors.saturating_add(wanted.events));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {human_pos} of {human_len} rows, {eta}") {
        bar.set_style(style);
    }
    let written = generate(wanted, |written| {
        bar.set_position(written.sponsors + written.events);
    });
    bar.finish_and_clear();
    let written = written?;
    eprintln!(
        "wrote {} sponsors, {} events and {} insights to {}",
        written.sponsors,
        written.events,
        written.insights,
        wanted.out.display()
    );
    Ok(())
}
