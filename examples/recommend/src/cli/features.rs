//! `recommend features`: what rankers are trained on.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use sponsorfit::{EventId, Moment, SponsorId};
use sponsorfit_learn::evaluation::{Backtest, Outcomes, TemporalSplit};
use sponsorfit_learn::features::Feature;

use super::evaluate::{OutcomeFiles, refused};
use super::progress;
use crate::print::display::counted;
use crate::print::output::Output;
use crate::read::failure::Failure;

#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct WriteFeatures {
    #[command(flatten)]
    outcomes: OutcomeFiles,
    /// Features are as of this day; events from it on are asked about. May be repeated
    #[arg(long, value_name = "DATE", required = true, help_heading = "Outcomes")]
    cut: Vec<Moment>,
    /// For each cut, ask about events of so many days, rather than up to the next cut
    #[arg(long, value_name = "DAYS", help_heading = "Outcomes", value_parser = clap::value_parser!(u32).range(1..))]
    horizon: Option<u32>,
    /// Never ask about events from this day on
    #[arg(long, value_name = "DATE", help_heading = "Outcomes")]
    until: Option<Moment>,
    /// Where rows go instead of standard output; written beside and renamed
    #[arg(long, value_name = "FILE", help_heading = "Results")]
    out: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  Three years to train on, with nothing of 2025 in them
    recommend features --data outcomes --cut 2022-01-01 --cut 2023-01-01 --cut 2024-01-01 \\
              --until 2025-01-01 --out features.ndjson

The first line names the features and the cuts; each line after it is a pair of an event that is
asked about and a sponsor who had sponsored before the cut:

    {\"features\":[\"series_recency\",…],\"cuts\":[\"2022-01-01\",…]}
    {\"cut\":\"2022-01-01\",\"event_id\":…,\"sponsor_id\":…,\"label\":1,\"features\":[0.5,null,…]}

label: 1 who really sponsored it, else 0; null: not known. Rows are in the order of cuts, then
events by day and id, then sponsors by id: a query's rows stand together. Events without a
sponsor among the candidates are left out. What may inform a row is as in `recommend evaluate`,
and computed by the same code that serves.";

/// The first line.
#[derive(Serialize)]
struct Header<'a> {
    features: Vec<&'static str>,
    cuts: &'a [Moment],
}

/// Every other line.
#[derive(Serialize)]
struct Pair<'a> {
    cut: Moment,
    event_id: EventId,
    sponsor_id: SponsorId,
    label: u8,
    /// NaN is written as null.
    features: &'a [f64],
}

impl WriteFeatures {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let cuts = self.cuts();
        let splits = self.splits(&cuts)?;
        let outcomes = self.outcomes.read()?;
        let mut output = Output::open(self.out.as_deref())?;
        let features = Feature::ALL.iter().map(|feature| feature.name()).collect();
        output.row(&Header { features, cuts: &cuts })?;
        let bar = progress::bar(splits.len() as u64, "cuts");
        let (mut queries, mut pairs) = (0, 0);
        for split in splits {
            let backtest = Backtest::new(&outcomes, split).map_err(|error| refused(&error))?;
            queries += backtest.asked().queries.len();
            pairs += write(&outcomes, &backtest, &mut output)?;
            bar.inc(1);
        }
        bar.finish_and_clear();
        output.commit()?;
        eprintln!(
            "wrote {} of {} with {} from {}",
            counted(pairs, "pair", "pairs"),
            counted(queries as u64, "event", "events"),
            counted(Feature::ALL.len() as u64, "feature", "features"),
            counted(cuts.len() as u64, "cut", "cuts"),
        );
        Ok(())
    }

    /// In the order of time, each once.
    fn cuts(&self) -> Vec<Moment> {
        let mut cuts = self.cut.clone();
        cuts.sort_by_key(|cut| cut.first_micros());
        cuts.dedup_by_key(|cut| cut.first_micros());
        cuts
    }

    fn splits(&self, cuts: &[Moment]) -> Result<Vec<TemporalSplit>, Failure> {
        let refuse = |error: sponsorfit::Error| Failure::Usage(format!("--{error}"));
        let ends = cuts.iter().zip(1..).map(|(&cut, next)| {
            let horizon = self.horizon.map(|days| later(cut, days)).transpose().map_err(refuse)?;
            let end = horizon.or_else(|| cuts.get(next).copied());
            // The earlier of the two, where there are two.
            let end = [end, self.until].into_iter().flatten().min_by_key(|end| end.first_micros());
            TemporalSplit::new(cut, end).map_err(refuse)
        });
        ends.collect()
    }
}

fn later(cut: Moment, days: u32) -> Result<Moment, sponsorfit::Error> {
    const MICROS_PER_DAY: i64 = 86_400_000_000;
    let micros = i64::from(days).saturating_mul(MICROS_PER_DAY);
    Moment::from_unix_micros(cut.first_micros().saturating_add(micros))
        .map_err(|error| error.within("horizon"))
}

/// Writes every pair of a cut and returns how many there are.
fn write(outcomes: &Outcomes, backtest: &Backtest<'_>, output: &mut Output) -> Result<u64, Failure> {
    let mut pairs = 0;
    for query in &backtest.asked().queries {
        for (place, features) in backtest.features(query.event).iter().enumerate() {
            output.row(&Pair {
                cut: backtest.split().cut(),
                event_id: outcomes.events[query.event].event_id,
                sponsor_id: backtest.candidates()[place].sponsor_id,
                label: u8::from(query.positives.binary_search(&place).is_ok()),
                features,
            })?;
            pairs += 1;
        }
    }
    Ok(pairs)
}
