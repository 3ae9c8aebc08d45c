//! The core against the oracle, bit for bit, over generated rows and configurations.
//!
//! `PROPTEST_CASES` raises the number of cases.

mod oracle;
mod support;

#[path = "differential/exact.rs"]
mod exact;
#[path = "differential/pairs.rs"]
mod pairs;
#[path = "differential/similarity.rs"]
mod similarity;
#[path = "differential/what_if.rs"]
mod what_if;

use oracle::generate::Case;
use oracle::{Given, Outcome, score_with};

/// What the oracle says of a case, with the similarity that the case brings.
fn expected(case: &Case) -> Outcome {
    let custom = |_: &str, _: &str| case.custom;
    let Case { sponsor, event, insights, config, .. } = case;
    score_with(sponsor, event, insights.as_deref(), config, Given::Custom(&custom))
}
