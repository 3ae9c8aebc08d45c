//! Skewed as real catalogs are, and as silent.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Catalog, FILES};

/// The share of rows that list each label, the highest first.
fn shares(rows: &[Value], column: &str) -> Vec<(f64, String)> {
    let mut counts = BTreeMap::<&str, u32>::new();
    for label in rows.iter().filter_map(|row| row[column].as_array()).flatten() {
        *counts.entry(label.as_str().unwrap()).or_default() += 1;
    }
    let all = f64::from(u32::try_from(rows.len()).unwrap());
    let mut shares: Vec<_> =
        counts.into_iter().map(|(label, count)| (f64::from(count) / all, label.to_owned())).collect();
    shares.sort_by(|a, b| b.0.total_cmp(&a.0));
    shares
}

fn unknown(rows: &[Value], column: &str) -> f64 {
    let is_unknown = |row: &&Value| match row.get(column) {
        None | Some(Value::Null) => true,
        Some(Value::Array(list)) => list.is_empty(),
        Some(Value::Object(map)) => map.is_empty(),
        Some(_) => false,
    };
    let count = |n: usize| f64::from(u32::try_from(n).unwrap());
    count(rows.iter().filter(is_unknown).count()) / count(rows.len())
}

#[test]
fn a_few_labels_are_everybodys_and_most_are_rare() {
    let catalog = Catalog::new(10_000, 10_000, 11);
    for (file, column, top) in [
        (0, "preferred_categories", 0.15..0.25),
        (0, "regions", 0.25..0.35),
        (1, "categories", 0.15..0.25),
        (1, "regions", 0.15..0.25),
    ] {
        let shares = shares(&catalog.rows(file), column);
        let what = format!("{column} of {}: {:?}", FILES[file], &shares[..3]);
        assert!(top.contains(&shares[0].0), "{what}");
        assert!(shares[9].0 < shares[0].0 / 2.0, "{what}");
        let rare = shares.iter().filter(|(share, _)| *share < 0.005).count();
        assert!(rare > shares.len() / 2, "{rare} rare of {}, {what}", shares.len());
    }
}

#[test]
fn as_much_is_unknown_as_in_the_field() {
    let catalog = Catalog::new(10_000, 10_000, 12);
    for (file, column, share) in [
        (0, "annual_budget_cents", 0.20),
        (0, "preferred_categories", 0.08),
        (0, "regions", 0.06),
        (1, "categories", 0.04),
        (1, "regions", 0.06),
        (1, "min_price_cents", 0.25),
        (2, "engagement_score", 0.18),
        (2, "ticket_conversion_rate", 0.35),
        (2, "geo_distribution", 0.20),
    ] {
        let found = unknown(&catalog.rows(file), column);
        assert!((found - share).abs() < 0.02, "{column}: {found}");
    }
    let kept = catalog.text[2].lines().count();
    assert!((8300..8700).contains(&kept), "{kept} insights of 10000 events");
}

#[test]
fn tastes_go_together() {
    let rows = Catalog::new(10_000, 0, 13).rows(0);
    let wants = |row: &Value, label: &str| {
        row["preferred_categories"].as_array().is_some_and(|list| list.iter().any(|l| l == label))
    };
    let music: Vec<Value> = rows.iter().filter(|row| wants(row, "music")).cloned().collect();
    let share = |rows: &[Value]| {
        shares(rows, "preferred_categories").into_iter().find(|(_, label)| label == "jazz").unwrap().0
    };
    assert!(share(&music) > 2.0 * share(&rows), "{} and {}", share(&music), share(&rows));
}
