//! Experiments: who gets which variant, and what the outcomes say.
//!
//! Assignment needs no table and no coordination: a unit's variant follows from its name
//! by SHA-256, the same in Rust, in every binding and in SQL ([`Experiment`]).
//!
//! Reading an experiment is where people fool themselves, so the read-out has its guards
//! built in. [`Experiment::read_out`] first tests whether the variants have the sizes
//! they were promised ([`sample_ratio`]) and gives no effect when they have not. Effects
//! come as confidence sequences ([`confidence_sequence`], [`difference`]): their error
//! rate holds however often one looks and whenever one stops. [`cuped`] makes them
//! narrower with what was known before.
//!
//! Where traffic is too small to split, [`team_draft`] compares two rankings on the same
//! page, and [`off_policy`] asks the log what another ranking would have earned.
//!
//! # Examples
//! ```
//! use sponsorfit_learn::experiment::{Assignment, Experiment};
//!
//! let experiment =
//!     Experiment::new("sponsorfit", "fitted-weights", "2026-01", 5_000, &[("control", 5_000), ("fitted", 5_000)])?;
//! match experiment.assign("sponsor-42") {
//!     Assignment::NotExposed => { /* today's weights, and no row in the log */ }
//!     Assignment::Variant(name) => assert!(name == "control" || name == "fitted"),
//! }
//! assert_eq!(experiment.assign("sponsor-42"), experiment.assign("sponsor-42"));
//! # Ok::<(), sponsorfit::Error>(())
//! ```

mod assign;
mod cuped;
mod error;
mod interleave;
mod off_policy;
mod read_out;
mod sample_ratio;
mod sequence;

pub use assign::{Assignment, Experiment, Variant};
pub use cuped::{Cuped, cuped};
pub use interleave::{Credit, Interleaved, Team, team_draft};
pub use off_policy::{Logged, OffPolicy, off_policy};
pub use read_out::{Comparison, Observation, Plan, ReadOut};
pub use sample_ratio::{SampleRatio, sample_ratio};
pub use sequence::{Interval, confidence_sequence, difference};
