//! The arguments, and what each command does with them.

mod changes;
mod evaluate;
mod explain;
mod features;
mod files;
mod generate;
mod lists;
mod pair;
mod progress;
mod rank;
mod validate;
mod what_if;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::read::failure::Failure;

/// Ranks, explains and questions matches between sponsors and events
///
/// For every event its best sponsors, or for every sponsor its best events, each with the
/// reasons for and against. Without files it runs on a small catalog of its own.
#[derive(Debug, Parser)]
#[command(
    name = "recommend",
    version,
    args_conflicts_with_subcommands = true,
    after_long_help = EXAMPLES,
    max_term_width = 100
)]
struct Arguments {
    #[command(flatten)]
    rank: rank::Rank,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Shows how one score comes about: rows that add up, reasons, and what would improve it
    Explain(explain::Explain),
    /// Shows what a score would be if some facts were different
    WhatIf(what_if::WhatIf),
    /// Measures rankers on what really came of events, and compares them
    Evaluate(evaluate::Evaluate),
    /// Writes what a ranker is trained on: features of sponsors and events, and who sponsored
    Features(features::WriteFeatures),
    /// Checks files, configuration and rules, and prints every problem
    Validate(validate::Validate),
    /// Writes a catalog of any size to measure and test on
    Generate(crate::generate::Generate),
}

const EXAMPLES: &str = "\
Examples:
  The best three sponsors for every event of the bundled catalog
    recommend --top 3

  The best events for one sponsor, by its name or id
    recommend --for-each sponsor --id 'Velvetine Amplifiers'

  Your own rows, as rows for the table sponsorship_matches
    recommend --sponsors sponsor_profiles.ndjson --events events.csv \\
              --insights insights.json.gz --top 20 --format ndjson --out matches.ndjson

  With rules, and what they kept out by a hair
    recommend --rules rules.json --near-misses near.ndjson

  Why a pair has its score, and what would change it
    recommend explain --sponsor 'Velvetine Amplifiers' --event 'Rooftop Sine Waves'
    recommend what-if --sponsor 'Velvetine Amplifiers' --event 'Rooftop Sine Waves' \\
              --set-budget 500000 --add-region AU

Exit codes: 0 done, 1 a file or the configuration cannot be used, 2 wrong usage or bad rows.
Results go to standard output, everything else to standard error.";

/// Runs the command line and returns its exit code.
///
/// 0: done. 1: a file could not be read or written, or the configuration cannot be used.
/// 2: the arguments or the rows are wrong.
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
    ExitCode::from(exit_code(arguments))
}

/// Runs the command as [`run`] does, and returns its exit code as a number, for programs it is linked into.
///
/// # Examples
/// ```
/// assert_eq!(recommend::exit_code(["recommend", "--no-such-option"]), 2);
/// ```
pub fn exit_code<A: Into<OsString> + Clone>(arguments: impl IntoIterator<Item = A>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(usage) => {
            // A closed terminal is no reason for another exit code.
            let _ = usage.print();
            return if usage.use_stderr() { 2 } else { 0 };
        }
    };
    match arguments.run() {
        Ok(()) => 0,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}

impl Arguments {
    fn run(&self) -> Result<(), Failure> {
        match &self.command {
            None => self.rank.run(),
            Some(Command::Explain(explain)) => explain.run(),
            Some(Command::WhatIf(what_if)) => what_if.run(),
            Some(Command::Evaluate(evaluate)) => evaluate.run(),
            Some(Command::Features(features)) => features.run(),
            Some(Command::Validate(validate)) => validate.run(),
            Some(Command::Generate(wanted)) => generate::run(wanted),
        }
    }
}
