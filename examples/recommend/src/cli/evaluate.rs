//! `recommend evaluate`: how good rankings are, on outcomes that came later.

use std::path::{Path, PathBuf};

use clap::Args;
use sponsorfit::{Moment, Scorer, ScoringConfig};
use sponsorfit_learn::evaluation::{Backtest, Contender, Outcomes, Report, TemporalSplit};
use sponsorfit_learn::ranker::Ranker;

use crate::print::display::{Terminal, counted, period};
use crate::print::output::Output;
use crate::print::{chart, report};
use crate::read::failure::Failure;
use crate::read::outcomes::outcomes;
use crate::read::settings::read_settings;

#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Evaluate {
    #[command(flatten)]
    outcomes: OutcomeFiles,
    #[command(flatten)]
    period: Period,
    #[command(flatten)]
    contenders: Contenders,
    /// How to answer
    #[arg(long, value_enum, default_value = "table", help_heading = "Results")]
    format: Format,
    /// Where a picture of the rankers' quality goes
    #[arg(long, value_name = "FILE", help_heading = "Results")]
    svg: Option<PathBuf>,
}

/// What happened.
#[derive(Debug, Args)]
pub(super) struct OutcomeFiles {
    /// A folder with events, sponsorships and `event_audience_insights` (.ndjson, .csv or .json)
    #[arg(long, value_name = "DIR", help_heading = "Outcomes")]
    data: PathBuf,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Outcomes")]
struct Period {
    /// Nothing that happened on this day or later informs a score; events from it on are asked about
    #[arg(long, value_name = "DATE")]
    cut: Moment,
    /// Events from this day on are not asked about
    #[arg(long, value_name = "DATE")]
    until: Option<Moment>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Rankers, beside those that are in every table")]
struct Contenders {
    /// A configuration of the formula; its row has the file's name. May be repeated
    #[arg(long, value_name = "FILE")]
    config: Vec<PathBuf>,
    /// A model that LightGBM trained on `recommend features`; its row is `model`. May be repeated
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Table,
    /// One JSON object
    Json,
}

const EXAMPLES: &str = "\
Examples:
  Every ranker on the events of 2025, with only what was known before
    recommend evaluate --data outcomes --cut 2025-01-01

  A configuration of your own beside them, on one half year, with a picture
    recommend evaluate --data outcomes --cut 2024-07-01 --until 2025-01-01 \\
              --config ours.json --svg quality.svg

  A trained ranker
    recommend evaluate --data outcomes --cut 2025-01-01 --model model.txt

Sponsors to rank are those who had sponsored before the cut, with profiles rebuilt from that
alone; profiles in the folder are not read. Of an event that is asked about, its own
description and its audience's regions as given are known, and nothing that is measured while
it takes place. Relevant is who really sponsored it; events without such a sponsor are left
out of the means, and counted. Ties rank by id; those of a trained ranker by the recommended
formula first. Intervals: 95 %, by drawing events again and again (10 000 times, bias-corrected
and accelerated); p: sign-flip test, two-sided.";

impl Period {
    fn split(&self) -> Result<TemporalSplit, Failure> {
        TemporalSplit::new(self.cut, self.until).map_err(|error| Failure::Usage(format!("--{error}")))
    }
}

impl OutcomeFiles {
    pub(super) fn read(&self) -> Result<Outcomes, Failure> {
        outcomes(&self.data)
    }
}

impl Contenders {
    fn read(&self) -> Result<Vec<Contender>, Failure> {
        let mut contenders = Contender::standing().map_err(|error| refused(&error))?;
        for path in &self.config {
            let scorer = read_settings(path, |text| Scorer::new(ScoringConfig::from_json(text)?))?;
            let what = format!("the formula as {} sets it", path.display());
            contenders.push(Contender::of_config(stem(path), what, scorer));
        }
        for path in &self.model {
            let what = format!("the trained ranker {}", path.display());
            contenders.push(Contender::of_model(what, read_settings(path, Ranker::from_text)?));
        }
        Contender::number_names(&mut contenders);
        Ok(contenders)
    }
}

impl Evaluate {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let split = self.period.split()?;
        let contenders = self.contenders.read()?;
        let outcomes = self.outcomes.read()?;
        let backtest = Backtest::new(&outcomes, split).map_err(|error| refused(&error))?;
        if backtest.asked().queries.is_empty() {
            return Err(nothing_to_measure(&backtest));
        }
        let measured = Report::new(&backtest, &contenders).map_err(|error| refused(&error))?;

        if let Some(path) = &self.svg {
            let mut picture = Output::open(Some(path))?;
            picture.text(&chart::quality(&measured))?;
            picture.commit()?;
        }
        let mut output = Output::open(None)?;
        match self.format {
            Format::Table => output.text(&report::evaluation(&measured, Terminal::of_stdout())),
            Format::Json => output.row(&measured),
        }?;
        Ok(output.commit()?)
    }
}

fn nothing_to_measure(backtest: &Backtest<'_>) -> Failure {
    let split = backtest.split();
    Failure::Usage(format!(
        "nothing to measure: {} begin {}, none with one of the {} that were known before",
        counted(backtest.asked().events as u64, "event", "events"),
        period(split.cut(), split.until()),
        counted(backtest.candidates().len() as u64, "sponsor", "sponsors"),
    ))
}

/// Rows that the library cannot measure.
pub(super) fn refused(error: &sponsorfit::Error) -> Failure {
    Failure::Usage(error.to_string())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
