//! Valid rows, the odd ones too.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Catalog, FILES};

const COLUMNS: [&[&str]; 3] = [
    &[
        "sponsor_id",
        "name",
        "industry",
        "company_size",
        "annual_budget_cents",
        "brand_objectives",
        "target_audience",
        "preferred_categories",
        "regions",
        "reputation_score",
        "excluded_categories",
    ],
    &[
        "event_id",
        "id",
        "title",
        "categories",
        "regions",
        "country",
        "city",
        "series",
        "start_at",
        "min_price_cents",
        "objectives",
    ],
    &[
        "event_id",
        "attendee_count",
        "avg_dwell_time_ms",
        "geo_distribution",
        "age_segments",
        "engagement_score",
        "ticket_conversion_rate",
        "social_mentions",
        "sentiment_score",
    ],
];

fn is_count(value: &Value) -> bool {
    const END: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number
            .as_f64()
            .is_some_and(|n| n.fract() == 0.0 && (0.0..END).contains(&n)),
        Value::String(digits) => digits.parse::<u64>().is_ok_and(|n| n < 1 << 53),
        other => other.is_null(),
    }
}

fn is_within(value: &Value, low: f64, high: f64) -> bool {
    value.is_null()
        || value
            .as_f64()
            .is_some_and(|number| (low..=high).contains(&number))
}

fn is_labels(value: &Value) -> bool {
    value.is_null()
        || value
            .as_array()
            .is_some_and(|labels| labels.iter().all(Value::is_string))
}

fn check(column: &str, value: &Value) -> bool {
    match column {
        "annual_budget_cents"
        | "min_price_cents"
        | "attendee_count"
        | "avg_dwell_time_ms"
        | "social_mentions" => is_count(value),
        "reputation_score" | "engagement_score" | "ticket_conversion_rate" => {
            is_within(value, 0.0, 1.0)
        }
        "sentiment_score" => is_within(value, -1.0, 1.0),
        "preferred_categories" | "excluded_categories" | "categories" | "regions" => {
            is_labels(value)
        }
        "brand_objectives" | "target_audience" | "objectives" => {
            value.as_object().unwrap().values().all(is_labels)
        }
        "geo_distribution" => value.as_object().unwrap().values().all(is_count),
        "age_segments" => {
            let shares = value.as_object().unwrap().values();
            let thousandths: f64 = shares
                .clone()
                .map(|share| (share.as_f64().unwrap() * 1000.0).round())
                .sum();
            shares.clone().all(|share| is_within(share, 0.0, 1.0))
                && (shares.len() == 0 || (thousandths - 1000.0).abs() < 0.5)
        }
        _ => value.is_null() || value.is_string(),
    }
}

#[test]
fn rows_have_known_columns_with_values_in_their_range() {
    let catalog = Catalog::new(3000, 3000, 8);
    for (file, columns) in COLUMNS.into_iter().enumerate() {
        for row in catalog.rows(file) {
            for (column, value) in row.as_object().unwrap() {
                assert!(
                    columns.contains(&column.as_str()),
                    "{column} in {}",
                    FILES[file]
                );
                assert!(check(column, value), "{column}: {value}");
            }
        }
    }
}

fn id(row: &Value) -> String {
    let id = row
        .get("sponsor_id")
        .or(row.get("event_id"))
        .or(row.get("id"));
    id.unwrap().as_str().unwrap().to_ascii_lowercase()
}

#[test]
fn ids_are_distinct_and_insights_belong_to_events() {
    let catalog = Catalog::new(3000, 3000, 9);
    let ids: [BTreeSet<String>; 3] =
        [0, 1, 2].map(|file| catalog.rows(file).iter().map(id).collect());
    assert_eq!(
        ids[0].len() + ids[1].len() + ids[2].len(),
        usize::try_from(catalog.written.rows()).unwrap()
    );
    assert!(ids[0].is_disjoint(&ids[1]));
    assert!(ids[2].is_subset(&ids[1]));
}

#[test]
fn every_odd_form_occurs() {
    let text = Catalog::new(20_000, 20_000, 10).text;
    let odd = [
        (0, "\"annual_budget_cents\":\"", "digits"),
        (0, "000.0,", "an integral float"),
        (0, "\"annual_budget_cents\":0,", "no money, known"),
        (0, "\"annual_budget_cents\":null", "budget null"),
        (0, "\"preferred_categories\":null", "a null list"),
        (0, "\"preferred_categories\":[]", "an empty list"),
        (0, "\"MUSIC\"", "another case"),
        (0, "\"music \"", "a space too many"),
        (0, "street\u{a0} food", "another space"),
        (0, "mu\u{301}sica", "another normalisation"),
        (0, "\"音楽\"", "another script"),
        (1, "{\"id\":", "the short name of the id"),
        (1, "+00\"", "Postgres' timestamp"),
        (1, ".5-03:30\"", "a fraction of a second and of an hour"),
        (1, "\"regions\":[]", "an event that is nowhere"),
        (2, "\"AQ\":0", "a region with nobody"),
        (2, "\"geo_distribution\":{}", "no geography"),
        (2, "\"engagement_score\":0.0", "engagement zero"),
        (2, "\"engagement_score\":null", "engagement unknown"),
    ];
    for (file, needle, what) in odd {
        assert!(text[file].contains(needle), "{what} in {}", FILES[file]);
    }
    for column in ["annual_budget_cents", "preferred_categories", "regions"] {
        assert!(
            text[0].lines().any(|row| !row.contains(column)),
            "{column} is never absent"
        );
    }
    let capital = |row: &str| row[..50].bytes().any(|byte| byte.is_ascii_uppercase());
    assert!(text[2].lines().any(capital), "an id in capital letters");
}
