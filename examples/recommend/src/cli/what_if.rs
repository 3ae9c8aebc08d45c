//! `recommend what-if`: one pair, as if some facts were different.

use clap::Args;
use serde::Serialize;
use sponsorfit::Fingerprint;

use super::changes::Changes;
use super::pair::{Format, PairArguments};
use crate::print::display::Terminal;
use crate::print::output::Output;
use crate::print::report;
use crate::read::failure::Failure;

#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct WhatIf {
    #[command(flatten)]
    pair: PairArguments,
    #[command(flatten)]
    changes: Changes,
}

const EXAMPLES: &str = "\
Examples:
  recommend what-if --sponsor 'Velvetine Amplifiers' --event 'Rooftop Sine Waves' \\
            --add-region AU --set-budget 500000
  recommend what-if --sponsor 'Velvetine Amplifiers' --event 'Rooftop Sine Waves' \\
            --set-engagement-score 0.9 --set-visitors GB=400 --set-budget unknown

Changes are made in the order they are given, on copies: no file is touched.";

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    what: &'a sponsorfit::WhatIf,
    config_fingerprint: &'a Fingerprint,
}

impl WhatIf {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let pair = self.pair.read()?;
        let scorer = &pair.settings.scorer;
        let what = scorer.what_if(pair.sponsor(), pair.event(), pair.insights(), &self.changes.0)?;
        let mut output = Output::open(None)?;
        match self.pair.format {
            Format::Text => output.text(&report::what_if(&pair.name(), &what, Terminal::of_stdout())),
            Format::Json => output.row(&Answer { what: &what, config_fingerprint: scorer.fingerprint() }),
        }?;
        Ok(output.commit()?)
    }
}
