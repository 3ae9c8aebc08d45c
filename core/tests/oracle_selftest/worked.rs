//! The worked cases of the definition, §7.

use super::oracle::score;
use super::{event, insufficient, pair, same, scored, sponsor};

#[test]
fn the_first_case() {
    let case = pair().score("{}");
    same(case.budget_fit, 0.9803921568627451);
    same(case.categories, 0.3333333333333333);
    same(case.geo, 0.6666666666666666);
    same(case.geo_fit, 0.6666666666666666);
    same(case.engagement_quality, 0.59);
    same(case.objectives_similarity, 0.5);
    same(case.score, 0.6469313725490197);
    same(case.coverage, 0.9);
    same(case.lower, 0.5969313725490196);
    same(case.upper, 0.6969313725490196);
    assert_eq!(case.unknown, ["objectives_similarity"]);
}

const ALL: [&str; 7] = [
    "budget_fit",
    "audience_overlap.categories",
    "audience_overlap.geo",
    "geo_fit",
    "engagement_quality.engagement_score",
    "engagement_quality.ticket_conversion_rate",
    "objectives_similarity",
];

#[test]
fn nothing_known_on_either_side() {
    let case = scored(&sponsor(""), &event(""), None, "{}");
    same(case.score, 0.425);
    same(case.coverage, 0.0);
    same(case.lower, 0.0);
    same(case.upper, 1.0);
    assert_eq!(case.unknown, ALL);

    let renormalize = r#"{"missing": {"policy": "renormalize"}}"#;
    let (missing, coverage) = insufficient(score(&sponsor(""), &event(""), None, renormalize));
    assert_eq!(missing, ALL);
    same(coverage, 0.0);
}

#[test]
fn no_budget_is_known_and_null_is_not() {
    let with = |budget: &str| {
        let sponsor = sponsor(&format!("\"annual_budget_cents\": {budget}"));
        scored(&sponsor, &event(""), None, "{}")
    };
    same(with("0").budget_fit, 0.0);
    same(with("0").coverage, 0.25);
    same(with("1").budget_fit, 9.99990000099999e-6);
    same(with("null").budget_fit, 0.5);
    same(with("null").coverage, 0.0);
}

#[test]
fn three_spellings_are_one_category() {
    let sponsor = sponsor(r#""preferred_categories": ["Music ", "music", "MUSIC"]"#);
    let case = scored(&sponsor, &event(r#""categories": ["art", "mUsic"]"#), None, "{}");
    same(case.categories, 1.0);
}
