//! The oracle against cases worked by hand: those of the definition, §7, and each reading and policy.
//!
//! The expected decimals are the shortest that name one double, so to compare bits is to compare
//! them. None of them came out of the oracle: they were computed from the formula elsewhere.
#![allow(clippy::unreadable_literal, reason = "decimals stand as scoring prints them")]

mod oracle;

#[path = "oracle_selftest/config.rs"]
mod config;
#[path = "oracle_selftest/exact.rs"]
mod exact;
#[path = "oracle_selftest/explained.rs"]
mod explained;
#[path = "oracle_selftest/laws.rs"]
mod laws;
#[path = "oracle_selftest/missing.rs"]
mod missing;
#[path = "oracle_selftest/objectives.rs"]
mod objectives;
#[path = "oracle_selftest/readings.rs"]
mod readings;
#[path = "oracle_selftest/rows.rs"]
mod rows;
#[path = "oracle_selftest/worked.rs"]
mod worked;

use oracle::{Outcome, Scored};

const SPONSOR_ID: &str = "\"sponsor_id\": \"00000000-0000-4000-8000-00000000000a\"";
const EVENT_ID: &str = "\"event_id\": \"00000000-0000-4000-8000-00000000000e\"";

/// A sponsor of whom nothing is known but these fields.
fn sponsor(fields: &str) -> String {
    row(SPONSOR_ID, fields)
}

fn event(fields: &str) -> String {
    row(EVENT_ID, fields)
}

fn insights(fields: &str) -> String {
    row(EVENT_ID, fields)
}

fn row(id: &str, fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { ", " };
    format!("{{{id}{comma}{fields}}}")
}

/// The first worked case of the definition, §7.
struct Pair {
    sponsor: String,
    event: String,
    insights: String,
}

fn pair() -> Pair {
    Pair {
        sponsor: sponsor(
            r#""annual_budget_cents": 5000000, "preferred_categories": ["music", "food", "art"],
               "regions": ["US", "CA", "MX"]"#,
        ),
        event: event(r#""categories": ["music"], "regions": ["US"]"#),
        insights: insights(
            r#""geo_distribution": {"US": 800, "CA": 150, "BR": 50}, "engagement_score": 0.8,
               "ticket_conversion_rate": 0.1"#,
        ),
    }
}

impl Pair {
    fn score(&self, config: &str) -> Scored {
        scored(&self.sponsor, &self.event, Some(&self.insights), config)
    }
}

#[track_caller]
fn scored(sponsor: &str, event: &str, insights: Option<&str>, config: &str) -> Scored {
    match oracle::score(sponsor, event, insights, config) {
        Outcome::Score(scored) => *scored,
        Outcome::Insufficient { missing, coverage } => {
            panic!("no score: {missing:?} missing, coverage {coverage}")
        }
    }
}

#[track_caller]
fn insufficient(outcome: Outcome) -> (Vec<String>, f64) {
    match outcome {
        Outcome::Insufficient { missing, coverage } => (missing, coverage),
        Outcome::Score(scored) => panic!("a score: {}", scored.score),
    }
}

/// Bit for bit: 0.0 is not -0.0.
#[track_caller]
fn same(got: impl Into<Option<f64>>, expected: impl Into<Option<f64>>) {
    let (got, expected) = (got.into(), expected.into());
    assert_eq!(got.map(f64::to_bits), expected.map(f64::to_bits), "{got:?}, not {expected:?}");
}

#[track_caller]
fn refused(what: &str, read: impl FnOnce() + std::panic::UnwindSafe) {
    assert!(std::panic::catch_unwind(read).is_err(), "accepted: {what}");
}
