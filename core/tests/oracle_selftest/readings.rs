//! Readings that are off by default, and what the default does in their place.

use super::{Pair, event, insights, pair, same, scored, sponsor};

const SHARE: &str = r#"{"geo_reading": "audience_share"}"#;
const REACHABLE: &str = r#"{"overlap_reading": "reachable"}"#;
const PRICE: &str = r#"{"budget_reading": "price"}"#;

#[test]
fn audience_share_weighs_regions_by_their_counts() {
    let case = pair().score(SHARE);
    same(case.geo_fit, 0.95);
    // The overlap goes on counting regions.
    same(case.geo, 0.6666666666666666);
    same(case.score, 0.6894313725490196);
}

/// `geo_fit` of a sponsor who wants `regions`, for an event in the US with this audience.
fn geo_fit(regions: &str, geo_distribution: &str, config: &str) -> (Option<f64>, bool) {
    let sponsor = sponsor(&format!("\"regions\": {regions}"));
    let insights = insights(&format!("\"geo_distribution\": {geo_distribution}"));
    let case = scored(&sponsor, &event(r#""regions": ["US"]"#), Some(&insights), config);
    (case.geo_fit, !case.unknown.contains(&"geo_fit".to_owned()))
}

#[test]
fn audience_share_is_unknown_without_an_audience() {
    // The event's own regions say nothing about shares.
    for empty in ["{}", "null", r#"{"US": 0, "CA": 0.0}"#] {
        assert_eq!(geo_fit(r#"["US"]"#, empty, SHARE), (Some(0.0), false), "{empty}");
        assert_eq!(geo_fit("[]", empty, SHARE), (Some(0.5), false), "{empty}");
    }
    assert_eq!(geo_fit("null", r#"{"US": 7}"#, SHARE), (Some(0.5), false));
    assert_eq!(geo_fit(r#"["FR"]"#, r#"{"US": 7}"#, SHARE), (Some(0.0), true));
}

#[test]
fn counts_of_merging_spellings_are_added_exactly() {
    // 2^53 + 2 of 2^54 + 1: each sum is rounded once. Doubles added one by one give 0.5.
    let counts = r#"{"US": 9007199254740991, "us": 1, "Us": 1, "uS ": 1, "BR": 9007199254740991}"#;
    assert_eq!(geo_fit(r#"["us"]"#, counts, SHARE), (Some(0.5000000000000001), true));
    // A region without a name is no region, and its people no audience.
    assert_eq!(geo_fit(r#"["us"]"#, r#"{"US": 3, "BR": 1, " ": 96}"#, SHARE), (Some(0.75), true));
}

#[test]
fn a_region_is_present_where_somebody_is_from() {
    let any = |geo| geo_fit(r#"["US", "CA", "MX"]"#, geo, "{}").0;
    assert_eq!(any(r#"{"CA": 0, "MX": "0"}"#), Some(0.3333333333333333));
    assert_eq!(any(r#"{"CA": 1, "MX": 0}"#), Some(0.6666666666666666));
    // Spellings merge first.
    assert_eq!(any(r#"{"CA": 0, "ca": 1}"#), Some(0.6666666666666666));
}

#[test]
fn reachable_divides_by_the_smaller_set() {
    let case = pair().score(REACHABLE);
    same(case.categories, 1.0);
    same(case.geo, 0.6666666666666666);
    same(case.geo_fit, 0.6666666666666666);
    same(case.score, 0.7869313725490197);

    // Without an audience the event has one region, of three that are wanted.
    let Pair { sponsor, event, .. } = pair();
    let preferred = scored(&sponsor, &event, None, "{}");
    same(preferred.geo, 0.3333333333333333);
    same(preferred.geo_fit, 0.3333333333333333);
    let reachable = scored(&sponsor, &event, None, REACHABLE);
    same(reachable.geo, 1.0);
    same(reachable.geo_fit, 1.0);

    // The other way round the sponsor's set is the smaller one.
    let art = super::sponsor(r#""preferred_categories": ["art", "food"]"#);
    let event = super::event(r#""categories": ["a", "b", "c", "food"]"#);
    same(scored(&art, &event, None, REACHABLE).categories, 0.5);
}

#[test]
fn reachable_leaves_the_share_of_an_audience_alone() {
    let both = r#"{"overlap_reading": "reachable", "geo_reading": "audience_share"}"#;
    let case = pair().score(both);
    same(case.categories, 1.0);
    same(case.geo_fit, 0.95);
}

#[test]
fn price_halves_the_budget_where_there_is_one() {
    let with = |price: &str, config: &str| {
        let Pair { sponsor, insights, .. } = pair();
        let event =
            event(&format!(r#""categories": ["music"], "regions": ["US"], "min_price_cents": {price}"#));
        scored(&sponsor, &event, Some(&insights), config)
    };
    let priced = with("250000", PRICE);
    same(priced.budget_fit, 0.9523809523809523);
    same(priced.score, 0.6399285714285715);
    for no_price in ["0", "null"] {
        same(with(no_price, PRICE).budget_fit, 0.9803921568627451);
    }
    same(with("250000", "{}").budget_fit, 0.9803921568627451);

    let half = r#"{"budget_reading": "price", "half_budget_cents": 5000000}"#;
    same(with("0", half).budget_fit, 0.5);
    same(with("5000000", PRICE).budget_fit, 0.5);
    same(with("250000", half).budget_fit, 0.9523809523809523);
}
