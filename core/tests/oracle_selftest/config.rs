//! Configurations: every part may be left out, none may be unknown.

use super::oracle::config::{Config, Objectives, Policy};
use super::refused;

/// As the definition, §2.9, prints it.
const DEFAULT: &str = r#"
{"weights": {"budget_fit": 0.25, "audience_overlap": 0.35, "geo_fit": 0.15, "engagement_quality": 0.15, "objectives_similarity": 0.10},
 "audience_blend": {"categories": 0.6, "geo": 0.4}, "engagement_blend": {"engagement_score": 0.7, "ticket_conversion_rate": 0.3},
 "half_budget_cents": 100000, "geo_reading": "any", "overlap_reading": "preferred", "budget_reading": "fixed",
 "missing": {"policy": "neutral", "budget": 0.5, "no_preference": 0.5, "event_silent": 0.0, "engagement_score": 0.0, "ticket_conversion_rate": 0.0, "objectives": 0.5},
 "min_coverage": 0.0, "objectives": {"kind": "none"}}"#;

#[test]
fn what_is_left_out_is_the_default() {
    assert_eq!(Config::read("{}"), Config::read(DEFAULT));
    for part in ["weights", "audience_blend", "engagement_blend", "missing", "objectives"] {
        assert_eq!(Config::read(&format!("{{\"{part}\": {{}}}}")), Config::read("{}"), "{part}");
    }
    let config = Config::read(r#"{"weights": {"geo_fit": 0.1, "budget_fit": 0.3}}"#);
    assert_eq!(config.weights.map(f64::to_bits), [0.3, 0.35, 0.1, 0.15, 0.1].map(f64::to_bits));
    let config = Config::read(r#"{"missing": {"policy": "renormalize", "budget": 0.2}}"#);
    assert_eq!((config.policy, config.neutral.budget), (Policy::Renormalize, 0.2));
    let config = Config::read(r#"{"objectives": {"kind": "embedding", "dimension": 384}}"#);
    assert_eq!(config.objectives, Objectives::Embedding { dimension: 384 });
}

#[test]
fn sums_are_one_within_a_billionth() {
    for accepted in ["0.1000000009", "0.0999999991"] {
        Config::read(&format!("{{\"weights\": {{\"objectives_similarity\": {accepted}}}}}"));
    }
    for bad in [
        r#"{"weights": {"objectives_similarity": 0.1000000011}}"#,
        r#"{"weights": {"objectives_similarity": 0.0999999989}}"#,
        r#"{"weights": {"budget_fit": -0.1, "geo_fit": 0.5}}"#,
        r#"{"audience_blend": {"geo": 0.5}}"#,
        r#"{"engagement_blend": {"engagement_score": 0.6}}"#,
    ] {
        refused(bad, || _ = Config::read(bad));
    }
}

#[test]
fn what_no_configuration_says() {
    for bad in [
        r#"{"weight": {}}"#,
        r#"{"weights": {"budget": 0.25}}"#,
        r#"{"missing": {"geo": 0.5}}"#,
        r#"{"missing": {"budget": 1.5}}"#,
        r#"{"missing": {"policy": "drop"}}"#,
        r#"{"half_budget_cents": 0}"#,
        r#"{"min_coverage": -0.5}"#,
        r#"{"geo_reading": "share"}"#,
        r#"{"overlap_reading": "any"}"#,
        r#"{"budget_reading": "any"}"#,
        r#"{"objectives": {"kind": "embedding"}}"#,
        r#"{"objectives": {"kind": "custom"}}"#,
        r#"{"objectives": {"kind": "keywords", "dimension": 3}}"#,
        r#"{"objectives": {"kind": "tf-idf"}}"#,
    ] {
        refused(bad, || _ = Config::read(bad));
    }
}
