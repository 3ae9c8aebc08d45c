//! Which files to read, and the configuration to read them for.

use std::path::PathBuf;

use clap::Args;
use sponsorfit::{Rules, Scorer, ScoringConfig};

use crate::read::failure::Failure;
use crate::read::input;
use crate::read::load::{Source, Sources};
use crate::read::settings::{Settings, default_scorer, read_settings};

/// The rows.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rows (NDJSON, a JSON array or CSV; .gz as it is; - is standard input)")]
pub(crate) struct RowFiles {
    /// Sponsor profiles; without files the bundled catalog is ranked
    #[arg(long, value_name = "FILE")]
    sponsors: Option<PathBuf>,
    /// Events
    #[arg(long, value_name = "FILE")]
    events: Option<PathBuf>,
    /// Audience insights of the events
    #[arg(long, value_name = "FILE")]
    insights: Option<PathBuf>,
    /// Rows with `sponsor_id` and `name`, for profiles without names
    #[arg(long, value_name = "FILE")]
    names: Option<PathBuf>,
}

/// What decides over scores.
#[derive(Debug, Args)]
#[command(next_help_heading = "Scoring")]
pub(crate) struct SettingsFiles {
    /// Weights, readings and policies as JSON, such as `{"geo_reading": "audience_share"}`
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Which pairs may be ranked at all, such as `{"region_required": true}`
    #[arg(long, value_name = "FILE")]
    pub(crate) rules: Option<PathBuf>,
}

impl RowFiles {
    fn given(&self) -> [Option<&PathBuf>; 4] {
        [&self.sponsors, &self.events, &self.insights, &self.names].map(Option::as_ref)
    }

    /// Returns the files that were named.
    pub(crate) fn named(&self) -> Sources {
        let [sponsors, events, insights, names] = self.given().map(|path| path.cloned().map(Source::File));
        Sources { sponsors, events, insights, names }
    }

    /// Returns the sponsors and events to rank: those that were named, else those that come along.
    pub(crate) fn whole(&self) -> Result<Sources, Failure> {
        match (&self.sponsors, &self.events, &self.insights) {
            (Some(_), Some(_), _) => Ok(self.named()),
            (None, None, None) => Ok(Sources { names: self.named().names, ..Sources::bundled() }),
            (None, None, Some(_)) => {
                Err(Failure::Usage("--insights needs the --sponsors and --events they are about".to_owned()))
            }
            _ => Err(Failure::Usage("--sponsors and --events go together".to_owned())),
        }
    }
}

impl SettingsFiles {
    /// Returns whether neither is given.
    pub(crate) fn is_empty(&self) -> bool {
        self.config.is_none() && self.rules.is_none()
    }

    pub(crate) fn read(&self) -> Result<Settings, Failure> {
        Ok(Settings { scorer: self.scorer()?, rules: self.rules()? })
    }

    /// Prepares the scorer that `--config` describes, or the default one.
    pub(crate) fn scorer(&self) -> Result<Scorer, Failure> {
        match &self.config {
            Some(path) => read_settings(path, |text| Scorer::new(ScoringConfig::from_json(text)?)),
            None => default_scorer(),
        }
    }

    /// Reads what `--rules` names.
    pub(crate) fn rules(&self) -> Result<Option<Rules>, Failure> {
        self.rules.as_ref().map(|path| read_settings(path, Rules::from_json)).transpose()
    }
}

/// Refuses to read standard input twice: the second time it is empty.
pub(crate) fn check_stdin(rows: &RowFiles, settings: &SettingsFiles) -> Result<(), Failure> {
    let paths = rows.given().into_iter().chain([settings.config.as_ref(), settings.rules.as_ref()]);
    if paths.flatten().filter(|path| input::is_stdin(path)).count() > 1 {
        return Err(Failure::Usage("only one file can be standard input".to_owned()));
    }
    Ok(())
}
