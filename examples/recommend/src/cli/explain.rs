//! `recommend explain`: one pair, and everything behind its score.

use clap::Args;
use serde::Serialize;
use sponsorfit::{RuleVerdict, Side};

use super::pair::{Format, Pair, PairArguments};
use crate::print::display::Terminal;
use crate::print::output::Output;
use crate::print::report::{self, Improvements};
use crate::rank::results::ResultRow;
use crate::read::failure::Failure;

/// How many improvements are shown for each side.
const IMPROVEMENTS: usize = 3;

#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Explain {
    #[command(flatten)]
    pair: PairArguments,
}

const EXAMPLES: &str = "\
Examples:
  recommend explain --sponsor 'Velvetine Amplifiers' --event 'Rooftop Sine Waves'
  recommend explain --sponsors s.ndjson --events e.ndjson --sponsor 6f9619ff --event 0b8d60e5 --format json

The points of the factors add up to the score. A factor made of parts shows each part's value
and its share of the factor.";

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    row: ResultRow<'a>,
    improvements: &'a Improvements,
}

impl Explain {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let pair = self.pair.read()?;
        let Pair { settings, .. } = &pair;
        let (sponsor, event, insights) = (pair.sponsor(), pair.event(), pair.insights());
        let why = settings.scorer.explain(sponsor, event, insights)?;
        let improve = |side| settings.scorer.improve(sponsor, event, insights, side, IMPROVEMENTS);
        let improvements = Improvements { sponsor: improve(Side::Sponsor), event: improve(Side::Event) };
        let rules = settings.rules.as_ref();
        let verdicts: Option<Vec<RuleVerdict>> =
            rules.map(|rules| rules.check(sponsor, event, insights).verdicts);

        let mut output = Output::open(None)?;
        match self.pair.format {
            Format::Text => output.text(&report::explanation(
                &pair.name(),
                &why,
                &improvements,
                verdicts.as_deref(),
                Terminal::of_stdout(),
            )),
            Format::Json => {
                let mut row = ResultRow::new(&why.score, settings.scorer.fingerprint());
                row.sponsor_name = sponsor.name.as_deref();
                row.event_title = event.title.as_deref();
                row.eligibility = verdicts.as_deref();
                row.explanation = Some((&why).into());
                output.row(&Answer { row, improvements: &improvements })
            }
        }?;
        Ok(output.commit()?)
    }
}
