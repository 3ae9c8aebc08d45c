//! Why nothing can be learnt from some outcomes.

use super::{FACTORS, Factors};

/// Why weights cannot be fitted, or scores not be calibrated.
///
/// # Examples
/// ```
/// use sponsorfit_learn::fit::{Calibration, ScoredOutcome};
/// let error = Calibration::fit(&[ScoredOutcome { score: 0.7, accepted: true }]).unwrap_err();
/// assert_eq!(error.code(), "too_few_outcomes");
/// assert_eq!(error.to_string(), "accepted outcomes: 1 are too few, at least 30 are needed");
/// ```
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum FitError {
    /// Too little to learn from.
    #[error("{what}: {found} are too few, at least {needed} are needed")]
    TooFewOutcomes {
        /// What there is too little of.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much there must be.
        needed: usize,
    },
    /// A factor's value that no factor can have.
    #[error("outcome {position}: factor {factor} is {value}, not in 0..=1")]
    BadFactor {
        /// Position in the input, from 0.
        position: usize,
        /// Number of the factor, from 0.
        factor: usize,
        /// The value given.
        value: f64,
    },
    /// A score or probability that is not a number or not in its range.
    #[error("outcome {position}: {value} is not {expected}")]
    BadValue {
        /// Position in the input, from 0.
        position: usize,
        /// The value given.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
    /// A row of numbers that is longer or shorter than the others.
    #[error("row {position}: {found} numbers, expected {expected}")]
    BadRow {
        /// Position in the input, from 0.
        position: usize,
        /// How many numbers it has.
        found: usize,
        /// How many it should have.
        expected: usize,
    },
    /// Weights that are negative or do not sum to 1.
    #[error("current weights {weights:?} sum to {sum}; they must be 0 or more and sum to 1")]
    BadWeights {
        /// The weights given.
        weights: Factors,
        /// Their sum.
        sum: f64,
    },
    /// A setting out of its range.
    #[error("{name}: {value} is not {expected}")]
    BadSetting {
        /// Its name.
        name: &'static str,
        /// The value given.
        value: f64,
        /// What would be right.
        expected: &'static str,
    },
}

impl FitError {
    /// Returns the stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooFewOutcomes { .. } => "too_few_outcomes",
            Self::BadFactor { .. } => "bad_factor",
            Self::BadValue { .. } => "bad_value",
            Self::BadRow { .. } => "bad_row",
            Self::BadWeights { .. } => "bad_weights",
            Self::BadSetting { .. } => "bad_setting",
        }
    }
}

/// Checks that there is enough of something.
pub(super) fn enough(what: &'static str, found: usize, needed: usize) -> Result<(), FitError> {
    if found < needed { Err(FitError::TooFewOutcomes { what, found, needed }) } else { Ok(()) }
}

/// Checks weights: each 0 or more, together 1 within 1e-9.
pub(super) fn check_weights(weights: Factors) -> Result<(), FitError> {
    let sum: f64 = weights.iter().sum();
    let right = weights.iter().all(|&weight| weight >= 0.0) && (sum - 1.0).abs() <= 1e-9;
    if right { Ok(()) } else { Err(FitError::BadWeights { weights, sum }) }
}

/// Checks the factor values of an outcome.
pub(super) fn check_factors(position: usize, factors: &Factors) -> Result<(), FitError> {
    for (factor, &value) in (0..FACTORS).zip(factors) {
        if !(0.0..=1.0).contains(&value) {
            return Err(FitError::BadFactor { position, factor, value });
        }
    }
    Ok(())
}
