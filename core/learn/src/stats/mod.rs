//! Statistics and trees: what knows nothing of sponsors and events.
//!
//! Of the score's crate only its error is used here; a test holds that.

pub(crate) mod comparison;
pub(crate) mod distribution;
pub mod experiment;
pub mod gbm;
pub mod metrics;
pub(crate) mod probability;
pub(crate) mod random;
