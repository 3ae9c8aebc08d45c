//! The formula's own weights, and what its scores mean, learnt from outcomes.
//!
//! - [`fit_weights`]: the five weights that put accepted sponsors above rejected ones,
//!   close to the weights in use, and only where the outcomes leave no doubt.
//! - [`Calibration`]: from score to probability of acceptance, by isotonic regression.
//! - [`Acceptance`]: from any numbers that are known of a pair to that probability, by a
//!   [`Logistic`] line and a calibration of its scores.
//! - [`reliability`]: whether probabilities that were told came true.
//!
//! They prefer to say nothing to guessing: with too few outcomes they are errors.

mod accepted;
mod bootstrap;
mod error;
mod objective;
mod simplex;
mod weights;

pub use crate::stats::probability::{
    Acceptance, Calibration, Case, Logistic, Probabilities, Reliability, ReliabilityRow, ScoredOutcome,
    reliability,
};
pub use weights::{FittedFactor, FittedWeights, Outcome, WeightFit, fit_weights};

/// How many factors the formula has.
pub const FACTORS: usize = 5;

/// One number a factor, in the formula's order: budget fit, audience overlap, geo fit,
/// engagement quality, objectives similarity.
pub type Factors = [f64; FACTORS];
