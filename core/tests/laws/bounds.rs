//! "Any finite input: every value in [0, 1], lower ≤ score ≤ upper."

use proptest::prelude::*;
use sponsorfit::{MatchScore, UnitInterval};

use super::oracle::generate;
use super::support::cases;
use super::support::pair::{Pair, scorer};

/// A number as it is printed too: a negative zero would be below 0 in other languages' eyes.
fn assert_share(value: f64, what: &str) {
    assert!((0.0..=1.0).contains(&value) && value.is_sign_positive(), "{what} is {value:?}");
}

fn values(score: &MatchScore) -> Vec<UnitInterval> {
    let metrics = score.overlap_metrics;
    let mut values = vec![score.score, score.coverage, score.lower, score.upper];
    values.extend(metrics.budget_fit);
    values.extend(metrics.audience_overlap.categories);
    values.extend(metrics.audience_overlap.geo);
    values.extend(metrics.geo_fit);
    values.extend(metrics.engagement_quality);
    values.extend(metrics.objectives_similarity);
    values
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn values_are_shares_and_the_score_lies_between_its_bounds(case in generate::case()) {
        let scorer = scorer(&case.config, case.custom);
        match Pair::of(&case).explain(&scorer) {
            Err(refusal) => {
                assert_share(refusal.coverage.get(), "coverage");
                prop_assert!(!refusal.missing.is_empty());
            }
            Ok(why) => {
                let score = &why.score;
                for value in values(score) {
                    assert_share(value.get(), "a value");
                }
                prop_assert!(score.lower <= score.score && score.score <= score.upper);
                prop_assert!(score.coverage >= scorer.config().min_coverage);
                prop_assert_eq!(score.unknown.is_empty(), why.factors.iter().all(|row| {
                    row.known && row.children.iter().all(|child| child.known)
                }));
                if score.unknown.is_empty() {
                    prop_assert_eq!(score.coverage, UnitInterval::ONE);
                }
                for row in &why.factors {
                    row.value.iter().for_each(|value| assert_share(value.get(), row.factor.name()));
                    // Weights that sum to a little more than 1 may have a contribution above it: only
                    // the fold is clamped.
                    prop_assert!(row.contribution.is_sign_positive() && row.contribution <= row.weight);
                    for child in &row.children {
                        child.value.iter().for_each(|value| assert_share(value.get(), child.leaf.path()));
                        prop_assert!(child.contribution.is_sign_positive() && child.contribution <= child.weight);
                    }
                }
            }
        }
    }
}

/// "Under `renormalize` learning one more fact may lower or raise the score: that is its meaning."
#[test]
fn one_more_fact_may_lower_or_raise() {
    let renormalize = scorer(r#"{"missing": {"policy": "renormalize"}}"#, None);
    let id = "00000000-0000-4000-8000-000000000001";
    let score = |insights: &str| {
        let sponsor = format!(r#"{{"sponsor_id": "{id}", "annual_budget_cents": 100000}}"#);
        let insights = format!(r#"{{"event_id": "{id}"{insights}}}"#);
        let pair = Pair::read(&sponsor, &format!(r#"{{"event_id": "{id}"}}"#), Some(&insights));
        pair.explain(&renormalize).expect("a budget is known").score.score.get()
    };
    let without = score("");
    assert!(score(r#", "engagement_score": 0"#) < without);
    assert!(score(r#", "engagement_score": 1"#) > without);
}
