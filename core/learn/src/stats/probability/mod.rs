//! Numbers as probabilities: a logistic line, isotonic calibration, and whether what was told came true.

mod acceptance;
mod calibration;
mod logistic;
mod reliability;

use sponsorfit::{Error, ErrorKind};

pub use acceptance::{Acceptance, Probabilities};
pub use calibration::{Calibration, ScoredOutcome};
pub use logistic::{Case, Logistic};
pub use reliability::{Reliability, ReliabilityRow, reliability};

/// Checks that there is enough of something.
pub(crate) fn enough(what: &'static str, found: usize, needed: usize) -> Result<(), Error> {
    if found < needed {
        Err(Error::new(
            ErrorKind::TooFewOutcomes,
            format!("{what}: {found} are too few, at least {needed} are needed"),
        ))
    } else {
        Ok(())
    }
}
