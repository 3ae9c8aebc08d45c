//! The rows of an explanation.

use super::{Pair, Scored, event, insights, pair, same, scored, sponsor};

const RENORMALIZE: &str = r#"{"missing": {"policy": "renormalize"}}"#;

#[track_caller]
fn factors(scored: &Scored, expected: [(Option<f64>, f64, f64); 5]) {
    for (factor, (value, weight, contribution)) in scored.factors.iter().zip(expected) {
        same(factor.value, value);
        same(factor.weight, weight);
        same(factor.contribution, contribution);
    }
}

#[track_caller]
fn children(scored: &Scored, factor: usize, expected: [(Option<f64>, f64, f64); 2]) {
    let children = &scored.factors[factor].children;
    assert_eq!(children.len(), 2);
    for (child, (value, weight, contribution)) in children.iter().zip(expected) {
        same(child.value, value);
        same(child.weight, weight);
        same(child.contribution, contribution);
    }
}

#[test]
fn the_first_case_by_factor() {
    let case = pair().score("{}");
    factors(
        &case,
        [
            (Some(0.9803921568627451), 0.25, 0.24509803921568626),
            (Some(0.4666666666666667), 0.35, 0.16333333333333333),
            (Some(0.6666666666666666), 0.15, 0.09999999999999999),
            (Some(0.59), 0.15, 0.0885),
            (Some(0.5), 0.10, 0.05),
        ],
    );
    children(
        &case,
        1,
        [
            (Some(0.3333333333333333), 0.6, 0.19999999999999998),
            (Some(0.6666666666666666), 0.4, 0.26666666666666666),
        ],
    );
    children(&case, 3, [(Some(0.8), 0.7, 0.5599999999999999), (Some(0.1), 0.3, 0.03)]);
    for factor in [0, 2, 4] {
        assert!(case.factors[factor].children.is_empty());
    }
}

#[test]
fn weights_grow_where_a_factor_is_left_out() {
    factors(
        &pair().score(RENORMALIZE),
        [
            (Some(0.9803921568627451), 0.2777777777777778, 0.27233115468409586),
            (Some(0.4666666666666667), 0.38888888888888884, 0.18148148148148147),
            (Some(0.6666666666666666), 0.16666666666666666, 0.1111111111111111),
            (Some(0.59), 0.16666666666666666, 0.09833333333333333),
            (None, 0.0, 0.0),
        ],
    );
}

#[test]
fn an_only_child_has_all_the_weight() {
    let Pair { sponsor: wanting, .. } = pair();
    let engaged = insights("\"ticket_conversion_rate\": 0.1");
    let music = event(r#""categories": ["music"]"#);
    let case = scored(&wanting, &music, Some(&engaged), RENORMALIZE);
    children(&case, 1, [(Some(0.3333333333333333), 1.0, 0.3333333333333333), (None, 0.0, 0.0)]);
    children(&case, 3, [(None, 0.0, 0.0), (Some(0.1), 1.0, 0.1)]);

    let budget = sponsor("\"annual_budget_cents\": 100000");
    let case = scored(&budget, &event(""), None, RENORMALIZE);
    children(&case, 1, [(None, 0.0, 0.0), (None, 0.0, 0.0)]);
    factors(
        &case,
        [(Some(0.5), 1.0, 0.5), (None, 0.0, 0.0), (None, 0.0, 0.0), (None, 0.0, 0.0), (None, 0.0, 0.0)],
    );
}
