//! `recommend validate`: every problem of every file, and the summary.

use clap::Args;
use sponsorfit::rows::Reader;

use super::files::{RowFiles, SettingsFiles, check_stdin};
use crate::print::display::counted;
use crate::print::display::text::clean;
use crate::print::output::Output;
use crate::rank::summary::Summary;
use crate::read::failure::Failure;
use crate::read::load::{Sources, Tables};
use crate::read::settings::{Settings, default_scorer};

/// Any of the files, each checked by itself; without any, the bundled catalog.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Validate {
    #[command(flatten)]
    rows: RowFiles,
    #[command(flatten)]
    settings: SettingsFiles,
}

const EXAMPLES: &str = "\
Examples:
  recommend validate --sponsors sponsor_profiles.ndjson --events events.csv
  recommend validate --config config.json --rules rules.json

Problems go to standard output as path:line: field: message, the summary to standard error.
The exit code is 0 without a problem, 2 with one, 1 if a file cannot be read.";

impl Validate {
    pub(super) fn run(&self) -> Result<(), Failure> {
        check_stdin(&self.rows, &self.settings)?;
        let mut found = Vec::new();
        let scorer = problem(self.settings.scorer(), &mut found)?;
        let rules = problem(self.settings.rules(), &mut found)?;
        // Rows are checked even if their configuration cannot be: for all but embeddings it is no matter.
        let scorer = match scorer {
            Some(scorer) => scorer,
            None => default_scorer()?,
        };
        let reader = Reader::for_config(scorer.config());
        let tables = Tables::read(&self.sources(), reader)?;
        found.extend(tables.problems.lines());

        let mut output = Output::open(None)?;
        for line in &found {
            output.text(line)?;
            output.text("\n")?;
        }
        output.commit()?;
        let settings = Settings { scorer, rules: rules.flatten() };
        Summary::of(&tables, &settings, None).print(None);
        match found.len() as u64 {
            0 => Ok(()),
            count => {
                eprintln!("error: {}", counted(count, "problem", "problems"));
                Err(Failure::Invalid)
            }
        }
    }

    fn sources(&self) -> Sources {
        let named = self.rows.named();
        if named.is_empty() && self.settings.is_empty() { Sources::bundled() } else { named }
    }
}

/// Adds what is wrong with settings to the list; a file that cannot be read ends the command.
fn problem<T>(read: Result<T, Failure>, found: &mut Vec<String>) -> Result<Option<T>, Failure> {
    match read {
        Ok(settings) => Ok(Some(settings)),
        Err(Failure::Settings(path, error)) => {
            found.push(clean(&format!("{}: {error}", path.display())));
            Ok(None)
        }
        Err(failure) => Err(failure),
    }
}
