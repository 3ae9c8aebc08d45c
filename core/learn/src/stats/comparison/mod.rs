//! Whether one ranking is better than another, or only luckier: intervals and paired tests.

mod bootstrap;
mod paired;
mod quality;

pub use bootstrap::{Bootstrap, Estimate};
pub use paired::Comparison;
pub use quality::{Evaluation, ListQuality, MeanQuality};
