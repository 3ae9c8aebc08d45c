//! How good are rankings of outcomes that were not known when they were made?
//!
//! - [`TemporalSplit`] keeps what was known before a date apart from what is asked.
//! - [`Tally`] holds the single rules that a ranking has to beat.
//! - [`Evaluation`] takes one ranker's scores for every query, and gives each metric with
//!   an interval.
//! - [`Comparison`] says of two rankers whether the difference is more than chance.
//! - [`Backtest`] rebuilds from [`Outcomes`] what was known at a cut, and [`Report`] measures
//!   every [`Contender`] through it.
//!
//! Everything is deterministic: the same scores and the same seed give the same numbers.
//!
//! # Examples
//! ```
//! use sponsorfit_learn::evaluation::{Bootstrap, Evaluation};
//!
//! // Two events, four sponsors numbered in the order of their ids.
//! let who_came: [&[usize]; 2] = [&[2], &[0, 3]];
//! let (mut popular, mut local) = (Evaluation::new(4, 3), Evaluation::new(4, 3));
//! for (event, came) in who_came.iter().enumerate() {
//!     popular.add(&[9.0, 7.0, 5.0, 1.0], came)?;
//!     local.add([&[0.0, 0.0, 2.0, 1.0], &[3.0, 0.0, 0.0, 2.0]][event], came)?;
//! }
//! let bootstrap = Bootstrap::default();
//! assert_eq!(local.mean(&bootstrap).unwrap().ndcg.mean, 1.0);
//! assert_eq!(local.against(&popular, &bootstrap).unwrap().wins, 2);
//! # Ok::<(), sponsorfit::Error>(())
//! ```

mod backtest;
mod contender;
mod outcomes;
mod report;
mod rules;
mod split;

pub use crate::stats::comparison::{Bootstrap, Comparison, Estimate, Evaluation, ListQuality, MeanQuality};
pub use backtest::Backtest;
pub use contender::{Contender, ContenderKind, Method, RULE_TO_BEAT};
pub use outcomes::Outcomes;
pub use report::{Intervals, RankerComparison, RankerQuality, Report};
pub use rules::Tally;
pub use split::{Known, Queries, Query, TemporalSplit};
