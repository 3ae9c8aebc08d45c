//! The small catalog in `examples/data`: valid rows, and rules about them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

#[path = "common/row.rs"]
mod row;

const FILES: [&str; 3] = ["sponsors.ndjson", "events.ndjson", "insights.ndjson"];

fn text(file: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../data");
    fs::read_to_string(folder.join(file)).unwrap()
}

fn rows(file: &str) -> Vec<Value> {
    text(file).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn ids(file: &str) -> BTreeSet<String> {
    rows(file).iter().map(row::id).collect()
}

#[test]
fn rows_are_valid_and_ids_distinct() {
    for (file, count) in FILES.into_iter().zip([40, 24, 22]) {
        for row in rows(file) {
            row::assert_valid(file, &row);
        }
        assert_eq!((rows(file).len(), ids(file).len()), (count, count), "{file}");
    }
    assert!(ids("insights.ndjson").is_subset(&ids("events.ndjson")));
    assert!(ids("sponsors.ndjson").is_disjoint(&ids("events.ndjson")));
}

#[test]
fn rules_name_rows_that_exist() {
    let rules: Value = serde_json::from_str(&text("rules.json")).unwrap();
    let (sponsors, events) = (ids("sponsors.ndjson"), ids("events.ndjson"));
    for pair in rules["blocked_pairs"].as_array().unwrap() {
        assert!(sponsors.contains(pair[0].as_str().unwrap()), "{pair}");
        assert!(events.contains(pair[1].as_str().unwrap()), "{pair}");
    }
    for taken in rules["exclusivity"]["taken"].as_array().unwrap() {
        assert!(events.contains(taken["event_id"].as_str().unwrap()), "{taken}");
    }
}
