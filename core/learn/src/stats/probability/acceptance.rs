//! How probable acceptance is, from whatever numbers are known of a pair.
#![allow(clippy::indexing_slicing, reason = "a score is written for every case, at the case's own place")]

use serde::{Deserialize, Serialize};
use sponsorfit::Error;

use super::{Calibration, Case, Logistic, ScoredOutcome};

/// How many parts of the cases take turns in being scored by what the others teach.
const FOLDS: usize = 5;

/// Where probabilities come from.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::Probabilities;
/// assert_eq!(Probabilities::default(), Probabilities::WhereEnough);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Probabilities {
    /// From a [`Calibration`] where there are cases enough for one, or else from the log-odds.
    #[default]
    WhereEnough,
    /// From a [`Calibration`], or there are none.
    Calibrated,
    /// From the log-odds.
    Odds,
}

/// The probability that a pair is accepted: a [`Logistic`] line, and what its scores came to.
///
/// The calibration is learnt from scores that were held out: the cases are dealt to five parts in
/// turn, accepted and rejected ones apart, and each part is scored by a line through the others
/// (as Platt asks for, 1999). On its own cases every line is too sure of itself.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::{Acceptance, Case, Probabilities};
/// // One in ten of the far is accepted, six in ten of the near; the second number says nothing.
/// let known: Vec<[f64; 2]> = (0..600).map(|i| [f64::from(i % 2), f64::from(i * 37 % 101)]).collect();
/// let cases: Vec<Case> = (0..600)
///     .zip(&known)
///     .map(|(i, numbers)| Case { numbers, accepted: i / 2 % 10 < 1 + i % 2 * 5, weight: 1.0 })
///     .collect();
/// let learnt = Acceptance::fit(&cases, 1.0, Probabilities::WhereEnough)?;
/// assert!(learnt.is_calibrated());
/// assert!((learnt.probability(&[1.0, 50.0])? - 0.6).abs() < 0.05);
/// assert!((learnt.probability(&[0.0, f64::NAN])? - 0.1).abs() < 0.05);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acceptance {
    /// The log-odds as a line of the numbers.
    line: Logistic,
    /// What turns log-odds into probabilities; null is the odds themselves.
    calibration: Option<Calibration>,
}

impl Acceptance {
    /// Learns from cases; `pull` is how strongly the line's slopes are held to 0, above 0.
    ///
    /// # Errors
    /// Those of [`Logistic::fit`], and under [`Probabilities::Calibrated`] those of
    /// [`Calibration::fit_weighted`].
    pub fn fit(cases: &[Case<'_>], pull: f64, probabilities: Probabilities) -> Result<Self, Error> {
        let line = Logistic::fit(cases, pull)?;
        let calibration = match probabilities {
            Probabilities::Odds => None,
            Probabilities::WhereEnough if Calibration::check_enough(&counted(cases)).is_err() => None,
            Probabilities::WhereEnough | Probabilities::Calibrated => Some(calibrate(cases, pull)?),
        };
        Ok(Self { line, calibration })
    }

    /// Returns the line.
    pub fn line(&self) -> &Logistic {
        &self.line
    }

    /// Returns whether probabilities come from a calibration.
    pub fn is_calibrated(&self) -> bool {
        self.calibration.is_some()
    }

    /// Returns the probability that a pair of which these numbers are known is accepted, 0..=1.
    ///
    /// # Errors
    /// `dimension_mismatch` for a row of another width than the cases had.
    pub fn probability(&self, numbers: &[f64]) -> Result<f64, Error> {
        match &self.calibration {
            Some(calibration) => self.line.log_odds(numbers).map(|odds| calibration.probability(odds)),
            None => self.line.probability(numbers),
        }
    }
}

/// Returns the cases that count, without a score yet.
fn counted(cases: &[Case<'_>]) -> Vec<(ScoredOutcome, f64)> {
    let counted = cases.iter().filter(|case| case.weight > 0.0);
    counted.map(|case| (ScoredOutcome { score: 0.0, accepted: case.accepted }, case.weight)).collect()
}

fn calibrate(cases: &[Case<'_>], pull: f64) -> Result<Calibration, Error> {
    let mut outcomes = counted(cases);
    Calibration::check_enough(&outcomes)?;
    let cases: Vec<Case<'_>> = cases.iter().filter(|case| case.weight > 0.0).copied().collect();
    let mut dealt = [0; 2];
    let folds: Vec<usize> = cases
        .iter()
        .map(|case| {
            let next = &mut dealt[usize::from(case.accepted)];
            *next += 1;
            *next % FOLDS
        })
        .collect();
    for fold in 0..FOLDS {
        let others = cases.iter().zip(&folds).filter(|(_, of)| **of != fold).map(|(case, _)| *case);
        let line = Logistic::fit(&others.collect::<Vec<_>>(), pull)?;
        for (at, case) in cases.iter().enumerate().filter(|(at, _)| folds[*at] == fold) {
            outcomes[at].0.score = line.log_odds(case.numbers)?;
        }
    }
    Calibration::fit_weighted(&outcomes)
}
