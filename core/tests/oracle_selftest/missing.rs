//! What is unknown: neutral values, what is left out, how much must be known.

use super::oracle::score;
use super::{Pair, event, insights, insufficient, pair, same, scored, sponsor};

const RENORMALIZE: &str = r#"{"missing": {"policy": "renormalize"}}"#;

/// No two alike, and none a default.
const NEUTRAL: &str = r#"{"missing": {"policy": "neutral", "budget": 0.11, "no_preference": 0.22,
    "event_silent": 0.33, "engagement_score": 0.44, "ticket_conversion_rate": 0.55,
    "objectives": 0.66}}"#;

#[test]
fn each_neutral_value_stands_for_its_leaf() {
    let nothing = scored(&sponsor(""), &event(""), None, NEUTRAL);
    same(nothing.budget_fit, 0.11);
    same(nothing.categories, 0.22);
    same(nothing.geo, 0.22);
    same(nothing.geo_fit, 0.22);
    same(nothing.engagement_quality, 0.473);
    same(nothing.objectives_similarity, 0.66);
    same(nothing.score, 0.27445);
    same(nothing.lower, 0.0);
    same(nothing.upper, 1.0);

    // A sponsor who has preferences, an event that is silent.
    let wanting = sponsor(r#""preferred_categories": ["art"], "regions": ["US"]"#);
    let silent = scored(&wanting, &event(""), None, NEUTRAL);
    same(silent.categories, 0.33);
    same(silent.geo, 0.33);
    same(silent.geo_fit, 0.33);

    // An event that speaks to a sponsor without preferences.
    let speaking = event(r#""categories": ["art"], "regions": ["US"]"#);
    let spoken = scored(&sponsor(""), &speaking, None, NEUTRAL);
    same(spoken.categories, 0.22);
    same(spoken.geo, 0.22);
    same(spoken.geo_fit, 0.22);
    assert_eq!(spoken.unknown.len(), 7);
}

#[test]
fn by_default_an_event_that_is_silent_does_not_match() {
    let wanting = sponsor(r#""preferred_categories": ["art"], "regions": ["US"]"#);
    let silent = scored(&wanting, &event(""), None, "{}");
    same(silent.categories, 0.0);
    same(silent.geo, 0.0);
    same(silent.geo_fit, 0.0);
    same(silent.engagement_quality, 0.0);
    same(silent.score, 0.175);
}

#[test]
fn each_half_of_the_engagement_is_unknown_on_its_own() {
    let with = |fields: &str, config: &str| scored(&sponsor(""), &event(""), Some(&insights(fields)), config);
    same(with(r#""engagement_score": 0.8"#, NEUTRAL).engagement_quality, 0.725);
    same(with(r#""ticket_conversion_rate": 0.1"#, NEUTRAL).engagement_quality, 0.33799999999999997);
    // Left out, the other half is all there is.
    let only = with(r#""ticket_conversion_rate": 0.1"#, RENORMALIZE);
    same(only.engagement_quality, 0.1);
    same(only.score, 0.1);
    same(only.coverage, 0.045);
    same(only.lower, 0.0045);
    same(only.upper, 0.9595);
}

#[test]
fn what_is_left_out_leaves_its_weight_to_the_rest() {
    let case = pair().score(RENORMALIZE);
    same(case.score, 0.6632570806100218);
    same(case.objectives_similarity, None);
    same(case.lower, 0.5969313725490196);
    same(case.upper, 0.6969313725490196);

    let Pair { sponsor, .. } = pair();
    let engaged = insights(r#""engagement_score": 0.8"#);
    let case = scored(&sponsor, &event(""), Some(&engaged), RENORMALIZE);
    same(case.score, 0.9127450980392156);
    same(case.budget_fit, 0.9803921568627451);
    same(case.categories, None);
    same(case.geo, None);
    same(case.geo_fit, None);
    same(case.engagement_quality, 0.8);
    same(case.coverage, 0.355);
    same(case.lower, 0.32909803921568625);
    same(case.upper, 0.9740980392156863);
}

#[test]
fn a_blend_with_one_known_child_is_that_child() {
    let Pair { sponsor, .. } = pair();
    let case = scored(&sponsor, &event(r#""categories": ["food"]"#), None, RENORMALIZE);
    same(case.categories, 0.3333333333333333);
    same(case.geo, None);
    // (0.25/0.6)·0.98… + (0.35/0.6)·0.33…
    same(case.score, 0.6029411764705882);

    // The letter of the page: even a child without a weight.
    let only_categories = r#"{"audience_blend": {"categories": 1, "geo": 0},
        "missing": {"policy": "renormalize"}}"#;
    let case = scored(&sponsor, &event(r#""regions": ["CA", "mx"]"#), None, only_categories);
    same(case.factors[1].value, 0.6666666666666666);
    same(case.coverage, 0.4);
}

#[test]
fn too_little_coverage_is_no_score() {
    let Pair { sponsor, event, insights } = pair();
    let outcome = |least: &str| {
        let config = format!("{{\"min_coverage\": {least}}}");
        score(&sponsor, &event, Some(&insights), &config)
    };
    let (missing, coverage) = insufficient(outcome("0.9000000000000001"));
    assert_eq!(missing, ["objectives_similarity"]);
    same(coverage, 0.9);
    // "below it": on it is enough.
    assert!(matches!(outcome("0.9"), super::Outcome::Score(_)));
}

#[test]
fn known_factors_without_a_weight_are_no_score() {
    let config = r#"{"weights": {"budget_fit": 0, "audience_overlap": 0.6}, "missing":
        {"policy": "renormalize"}}"#;
    let sponsor = sponsor("\"annual_budget_cents\": 5000000");
    let (missing, coverage) = insufficient(score(&sponsor, &event(""), None, config));
    assert_eq!(missing.len(), 6);
    assert!(!missing.contains(&"budget_fit".to_owned()));
    same(coverage, 0.0);
    // Under `neutral` the rest have their values.
    same(scored(&sponsor, &event(""), None, &config.replace("renormalize", "neutral")).score, 0.425);
}

#[test]
fn weights_that_sum_to_more_than_one_give_no_more_than_one() {
    let config = r#"{"weights": {"objectives_similarity": 0.1000000009},
        "audience_blend": {"categories": 0.6, "geo": 0.4000000009},
        "engagement_blend": {"engagement_score": 0.7000000009, "ticket_conversion_rate": 0.3},
        "half_budget_cents": 0.001,
        "missing": {"objectives": 1}}"#;
    let sponsor = sponsor(
        r#""annual_budget_cents": 9007199254740991, "preferred_categories": ["a"], "regions": ["b"]"#,
    );
    let event = event(r#""categories": ["A"], "regions": ["B"]"#);
    let insights = insights(r#""engagement_score": 1, "ticket_conversion_rate": 1"#);
    let case = scored(&sponsor, &event, Some(&insights), config);
    same(case.budget_fit, 1.0);
    same(case.factors[1].value, 1.0);
    same(case.engagement_quality, 1.0);
    same(case.score, 1.0);
    same(case.upper, 1.0);
    same(case.lower, 0.9);
    // Nothing is divided by their sum under `neutral`.
    same(case.factors[4].weight, 0.1000000009);
}
