//! What outcomes teach: measuring rankings, reading a trained ranker, experiments, fitted weights.
//!
//! Everything here is pure: rows and seeds in, numbers out. No file is opened, no
//! clock read, no thread started, and every transcendental function is `libm`'s, so the
//! same inputs give the same bits on every machine.
//!
//! - [`decision`]: the log of what was shown and decided, from which all this learns.
//! - [`evaluation`]: how good are rankings of what came later, and is one better than another?
//! - [`experiment`]: who gets which variant, and what the outcomes say.
//! - [`features`]: what a ranker is told of a pair, in training and in service alike.
//! - [`fit`]: the formula's own weights, and scores as probabilities, from outcomes.
//! - [`gbm`]: scores and contributions of a ranker that LightGBM trained.
//! - [`history`]: who sponsored what, as it was known on a date.
//! - [`metrics`]: how good is a ranking? NDCG, MAP, MRR, recall, AUC, coverage, exposure.
//! - [`ranker`]: orders candidates by what earlier outcomes teach, and says why.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable))]
#![allow(
    clippy::cast_precision_loss,
    reason = "what is turned into f64 here counts rows and positions, far below 2^53"
)]

pub mod decision;
pub mod evaluation;
pub mod features;
pub mod fit;
pub mod history;
pub mod ranker;
mod stats;

pub use stats::random::SplitMix64;
pub use stats::{experiment, gbm, metrics};
