//! The slow, obvious score: a second implementation of DEFINITION.md, for comparison.
//!
//! It was written from DEFINITION.md alone and shares no code with the crate: rows
//! are read from their raw text, labels are strings compared as strings, every formula stands below
//! the sentence it implements. Where the crate and the oracle differ by one bit, one of them does
//! not do what that page says.
//!
//! # How to compare with it
//!
//! ```ignore
//! mod oracle;
//!
//! proptest! {
//!     #[test]
//!     fn agrees_with_the_oracle(case in oracle::generate::case()) {
//!         let custom = |_: &str, _: &str| case.custom;
//!         let given = oracle::Given::Custom(&custom);   // or Idf(&oracle::fit(&corpus)), or Nothing
//!         let expected = oracle::score_with(
//!             &case.sponsor, &case.event, case.insights.as_deref(), &case.config, given,
//!         );
//!         let got = /* the crate's reading of the same four texts, then its score */;
//!         match expected {
//!             oracle::Outcome::Score(expected) => {
//!                 // `to_bits` of score, coverage, lower, upper, every metric and contribution;
//!                 // `unknown` as it is, paths in formula order.
//!             }
//!             oracle::Outcome::Insufficient { missing, coverage } => { /* the error's fields */ }
//!         }
//!     }
//! }
//! ```
//!
//! Lists: `oracle::rank::sponsors_for_each_event` and `events_for_each_sponsor` against the
//! catalog's, over `oracle::generate::catalog`. Exactness: `oracle::rational::exact` and
//! `ulps_from`; `same_ranking_up_to_ties` for what rounding may do to an order.
//!
//! Rows and configurations must be valid: the oracle panics at any other, whereas the crate returns
//! an error. Only ids, labels, counts, shares and embeddings are looked at.
#![allow(dead_code, unused_imports, reason = "each test uses its own part of the oracle")]
#![allow(clippy::doc_markdown, reason = "DEFINITION.md is quoted as it is written")]
#![allow(clippy::needless_range_loop, reason = "an index says which leaf and which weight it is")]

pub(crate) mod config;
pub(crate) mod generate;
pub(crate) mod labels;
pub(crate) mod leaves;
pub(crate) mod objectives;
pub(crate) mod rank;
pub(crate) mod rational;
pub(crate) mod rows;
pub(crate) mod score;
pub(crate) mod text;

pub(crate) use objectives::{Given, Idf, fit};
pub(crate) use score::{Outcome, Scored};

use config::Config;
use rows::{Event, Insights, Sponsor};

/// The score of a pair from the raw text of its rows.
pub(crate) fn score(sponsor: &str, event: &str, insights: Option<&str>, config: &str) -> Outcome {
    score_with(sponsor, event, insights, config, Given::Nothing)
}

/// The score with a fitted idf table or a similarity of the caller's own.
pub(crate) fn score_with(
    sponsor: &str,
    event: &str,
    insights: Option<&str>,
    config: &str,
    given: Given,
) -> Outcome {
    let sponsor = Sponsor::read(sponsor);
    let event = Event::read(event);
    // Without a row of insights everything about the audience is unknown.
    let insights = insights.map(Insights::read).unwrap_or_default();
    let config = Config::read(config);
    let similarity = objectives::similarity(&sponsor, &event, &config, given);
    score::score(&leaves::leaves(&sponsor, &event, &insights, &config, similarity), &config)
}
