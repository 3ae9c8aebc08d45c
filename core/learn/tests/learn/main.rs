//! Tests of `sponsorfit_learn` against other people's tools and against slow definitions.
#![allow(clippy::cast_precision_loss, reason = "what is turned into f64 here counts a few rows")]

mod decision;
mod errors;
mod evaluation;
mod experiment;
mod features;
mod fit;
mod gbm;
mod history;
mod metrics;
mod ranker;
