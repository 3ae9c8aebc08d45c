//! A fingerprint is equal exactly where the configuration is, up to the sign of zero.

use proptest::prelude::*;
use serde_json::{Value, json};
use sponsorfit::{Fingerprint, ScoringConfig};

use super::oracle::generate::config;
use super::support::cases;
use super::support::edit::{Dice, shuffled};
use super::support::pair::row;

fn read(config: &Value) -> ScoringConfig {
    let text = config.to_string();
    ScoringConfig::from_json(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn configs() -> impl Strategy<Value = [Value; 2]> {
    let text = || config::dimension().prop_flat_map(config::config);
    [text(), text()].prop_map(|texts| texts.map(|text| row(&text)))
}

/// Takes some parts from another configuration. What is a part is valid on its own.
fn mixed(one: &Value, other: &Value, dice: &mut Dice) -> Value {
    let mut mixed = one.clone();
    for (part, value) in other.as_object().into_iter().flatten() {
        if dice.below(4) == 0 {
            mixed[part] = value.clone();
        }
    }
    mixed
}

/// Turns the sign of every zero.
fn negative_zeros(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.as_f64() == Some(0.0) => json!(-0.0),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), negative_zeros(value))).collect()
        }
        other => other.clone(),
    }
}

fn fingerprint(config: &ScoringConfig) -> Fingerprint {
    let fingerprint = config.fingerprint();
    assert!(fingerprint.as_str().bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
    assert_eq!(fingerprint.as_str().len(), 64);
    fingerprint
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn equal_exactly_where_configurations_are([one, other] in configs(), seed in any::<u64>()) {
        let mut dice = Dice(seed);
        let (a, b) = (read(&one), read(&mixed(&one, &other, &mut dice)));
        prop_assert_eq!(fingerprint(&a) == fingerprint(&b), a == b);
    }

    #[test]
    fn spelling_changes_none([one, _] in configs(), seed in any::<u64>()) {
        let config = read(&one);
        let other_order = ScoringConfig::from_json(&shuffled(&one, &mut Dice(seed))).expect("the same fields");
        prop_assert_eq!(fingerprint(&other_order), fingerprint(&config));
        // With every default spelled out.
        let in_full = read(&serde_json::to_value(&config).expect("a configuration is written"));
        prop_assert_eq!(&in_full, &config);
        prop_assert_eq!(fingerprint(&in_full), fingerprint(&config));
        let turned = read(&negative_zeros(&one));
        prop_assert_eq!(&turned, &config);
        prop_assert_eq!(fingerprint(&turned), fingerprint(&config));
    }
}

/// Each option on its own, and its smallest step: nothing is left out of the hash.
#[test]
fn every_option_has_its_say() {
    let next = |value: f64| json!(value.next_up());
    let changes = [
        json!({}),
        json!({"weights": {"budget_fit": next(0.25)}}),
        json!({"weights": {"audience_overlap": next(0.35)}}),
        json!({"weights": {"geo_fit": next(0.15)}}),
        json!({"weights": {"engagement_quality": next(0.15)}}),
        json!({"weights": {"objectives_similarity": next(0.1)}}),
        json!({"audience_blend": {"categories": next(0.6)}}),
        json!({"audience_blend": {"geo": next(0.4)}}),
        json!({"engagement_blend": {"engagement_score": next(0.7)}}),
        json!({"engagement_blend": {"ticket_conversion_rate": next(0.3)}}),
        json!({"half_budget_cents": next(100_000.0)}),
        json!({"geo_reading": "audience_share"}),
        json!({"overlap_reading": "reachable"}),
        json!({"budget_reading": "price"}),
        json!({"missing": {"policy": "renormalize"}}),
        json!({"missing": {"budget": next(0.5)}}),
        json!({"missing": {"no_preference": next(0.5)}}),
        json!({"missing": {"event_silent": next(0.0)}}),
        json!({"missing": {"engagement_score": next(0.0)}}),
        json!({"missing": {"ticket_conversion_rate": next(0.0)}}),
        json!({"missing": {"objectives": next(0.5)}}),
        json!({"min_coverage": next(0.0)}),
        json!({"objectives": {"kind": "keywords"}}),
        json!({"objectives": {"kind": "embedding", "dimension": 3}}),
        json!({"objectives": {"kind": "embedding", "dimension": 4}}),
        json!({"objectives": {"kind": "custom", "id": "none"}}),
        json!({"objectives": {"kind": "custom", "id": "None"}}),
    ];
    let mut seen: Vec<Fingerprint> = changes.iter().map(|change| fingerprint(&read(change))).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), changes.len());
}
