//! One sponsor and one event out of the rows.

use std::path::PathBuf;

use clap::Args;
use sponsorfit::rows::Reader;
use sponsorfit::{AudienceInsights, Event, SponsorProfile};

use super::files::{RowFiles, SettingsFiles, check_stdin};
use super::rank::open_rejects;
use crate::read::failure::Failure;
use crate::read::find;
use crate::read::load::{Tables, event_name, sponsor_name};
use crate::read::settings::Settings;

/// Which pair a question is about.
#[derive(Debug, Args)]
pub(super) struct PairArguments {
    /// The sponsor: its UUID, the beginning of it, or its name
    #[arg(long, value_name = "ID", help_heading = "Pair")]
    sponsor: String,
    /// The event: its UUID, the beginning of it, or its title
    #[arg(long, value_name = "ID", help_heading = "Pair")]
    event: String,
    #[command(flatten)]
    rows: RowFiles,
    #[command(flatten)]
    settings: SettingsFiles,
    /// How to answer
    #[arg(long, value_enum, default_value = "text", help_heading = "Results")]
    pub(super) format: Format,
    /// Where bad rows go, so that the others are read
    #[arg(long, value_name = "FILE", help_heading = "Results")]
    rejects: Option<PathBuf>,
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
}

/// A pair and what it is scored by.
pub(crate) struct Pair {
    pub(crate) settings: Settings,
    tables: Tables,
    sponsor: usize,
    event: usize,
}

impl PairArguments {
    pub(super) fn read(&self) -> Result<Pair, Failure> {
        check_stdin(&self.rows, &self.settings)?;
        let settings = self.settings.read()?;
        let reader = Reader::for_config(settings.scorer.config());
        let mut tables = Tables::read(&self.rows.whole()?, reader)?;
        let rejects = open_rejects(self.rejects.as_deref(), &mut tables)?;
        let sponsor = find::sponsor(&self.sponsor, &tables);
        let sponsor = sponsor.map_err(|refusal| Failure::Usage(format!("--sponsor: {refusal}")))?;
        let event = find::event(&self.event, &tables);
        let event = event.map_err(|refusal| Failure::Usage(format!("--event: {refusal}")))?;
        if let Some(file) = rejects {
            file.commit()?;
        }
        Ok(Pair { settings, tables, sponsor, event })
    }
}

impl Pair {
    pub(crate) fn sponsor(&self) -> &SponsorProfile {
        &self.tables.sponsors[self.sponsor]
    }

    pub(crate) fn event(&self) -> &Event {
        &self.tables.events[self.event]
    }

    pub(crate) fn insights(&self) -> Option<&AudienceInsights> {
        self.tables.insights[self.event].as_ref()
    }

    /// Returns what the pair is called in text.
    pub(crate) fn name(&self) -> String {
        format!("{} × {}", sponsor_name(self.sponsor()), event_name(self.event()))
    }
}
