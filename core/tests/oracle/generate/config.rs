//! Configurations, with every part there or left out.

use proptest::prelude::*;

use super::numbers;

/// Enough to give each of the 8 lanes no, one, two and three components.
pub(crate) fn dimension() -> impl Strategy<Value = usize> {
    1_usize..=20
}

/// The JSON text of a valid configuration.
pub(crate) fn config(dimension: usize) -> impl Strategy<Value = String> {
    let parts = [
        part("weights", weights()),
        part("audience_blend", blend(["categories", "geo"])),
        part("engagement_blend", blend(["engagement_score", "ticket_conversion_rate"])),
        part("half_budget_cents", half_budget()),
        part("geo_reading", one_of(&["any", "audience_share"])),
        part("overlap_reading", one_of(&["preferred", "reachable"])),
        part("budget_reading", one_of(&["fixed", "price"])),
        part("missing", missing()),
        part("min_coverage", min_coverage()),
        part("objectives", objectives(dimension)),
    ];
    object(parts.to_vec())
}

/// A part's text, or none where it is left out.
type Part = BoxedStrategy<Option<String>>;

fn part(name: &'static str, value: impl Strategy<Value = String> + 'static) -> Part {
    prop::option::weighted(0.7, value.prop_map(move |text| format!("\"{name}\":{text}"))).boxed()
}

fn object(parts: Vec<Part>) -> impl Strategy<Value = String> {
    parts.prop_shuffle().prop_map(|parts| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        format!("{{{}}}", parts.join(","))
    })
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(|word| format!("\"{word}\""))
}

/// Five weights, zeros among them. What is left out has its default, so two may trade places with
/// their sum.
fn weights() -> impl Strategy<Value = String> {
    let names = ["budget_fit", "audience_overlap", "geo_fit", "engagement_quality", "objectives_similarity"];
    prop_oneof![
        4 => parts_of_one::<5>().prop_map(move |weights| pairs(&names, &weights)),
        1 => Just(r#"{"geo_fit": 0.10, "engagement_quality": 0.2}"#.to_owned()),
        1 => Just("{}".to_owned()),
    ]
}

fn blend(names: [&'static str; 2]) -> impl Strategy<Value = String> {
    let parts = prop_oneof![
        4 => parts_of_one::<2>(),
        1 => (0.0..=1.0).prop_map(|first: f64| [first, 1.0 - first]),
    ];
    parts.prop_map(move |parts| pairs(&names, &parts))
}

/// Weights that sum to 1, or miss it by less than 1e-9.
fn parts_of_one<const N: usize>() -> impl Strategy<Value = [f64; N]> {
    let part = prop_oneof![1 => Just(0.0), 4 => 0.0..=1.0_f64];
    let parts: [_; N] = std::array::from_fn(|_| part.clone());
    let slack = prop_oneof![3 => Just(0.0), 1 => -9e-10..=9e-10, 1 => Just(9e-10)];
    (parts, slack).prop_map(|(mut parts, slack)| {
        let mut sum: f64 = parts.iter().sum();
        if sum == 0.0 {
            parts[N - 1] = 1.0;
            sum = 1.0;
        }
        parts.map(|part| part / sum * (1.0 + slack))
    })
}

fn pairs(names: &[&str], values: &[f64]) -> String {
    let pairs: Vec<String> =
        names.iter().zip(values).map(|(name, value)| format!("\"{name}\":{value}")).collect();
    format!("{{{}}}", pairs.join(","))
}

fn half_budget() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just("100000".to_owned()),
        4 => (1_u64..=10_000_000_000).prop_map(|half| half.to_string()),
        1 => Just("9007199254740991".to_owned()),
        1 => Just("5e6".to_owned()),
        1 => (1e-3..=1e6).prop_map(|half: f64| half.to_string()),
    ]
}

fn missing() -> impl Strategy<Value = String> {
    let names = [
        "budget",
        "no_preference",
        "event_silent",
        "engagement_score",
        "ticket_conversion_rate",
        "objectives",
    ];
    let mut parts = vec![part("policy", one_of(&["neutral", "renormalize"]))];
    parts.extend(names.map(|name| part(name, numbers::share())));
    object(parts)
}

/// Mostly low enough to be met; some on the very number that a coverage often is.
fn min_coverage() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just("0".to_owned()),
        1 => prop::sample::select(&["0.25", "0.46", "0.6", "0.9", "1"][..]).prop_map(str::to_owned),
        2 => (0.0..=0.5).prop_map(|least: f64| least.to_string()),
        1 => numbers::share(),
    ]
}

fn objectives(dimension: usize) -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"kind": "none"}"#.to_owned()),
        Just(r#"{"kind": "keywords"}"#.to_owned()),
        Just(format!(r#"{{"kind": "embedding", "dimension": {dimension}}}"#)),
        Just(r#"{"kind": "custom", "id": "house-model-3"}"#.to_owned()),
    ]
}
