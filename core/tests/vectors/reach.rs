//! What the cases must reach, so that no file can lose it unseen.

use std::collections::BTreeSet;

use serde_json::Value;
use sponsorfit::{ErrorKind, Leaf};

use super::case::{Case, json};
use super::files;

fn cases() -> Vec<Case> {
    files().into_iter().flat_map(|(_, cases)| cases).collect()
}

fn answers(operation: &str) -> Vec<(Case, Value)> {
    let asked = cases().into_iter().filter(|case| case.operation == operation);
    asked.map(|case| (case.clone(), case.expected())).collect()
}

/// A factor or leaf: its name, its value and whether it is known.
type Part = (String, Option<f64>, bool);

/// The factors and leaves of scores and explanations, with the configurations they were made under.
fn parts() -> Vec<(Value, Vec<Part>)> {
    let of = |case: &Case| {
        let answer = case.expected();
        let values = match &case.factors {
            Some(factors) => values_of_factors(&json(factors)),
            None => values_of_rows(answer.get("factors")?),
        };
        let unknown: Vec<&str> = answer["unknown"].as_array()?.iter().filter_map(Value::as_str).collect();
        let is_known = |name: &str| {
            let mut leaves =
                Leaf::ALL.iter().filter(|leaf| leaf.path() == name || leaf.factor().name() == name);
            leaves.any(|leaf| !unknown.contains(&leaf.path()))
        };
        let parts = values.into_iter().map(|(name, value)| (name.clone(), value, is_known(&name))).collect();
        let config = serde_json::from_str(case.config()).expect("a configuration that scores");
        Some((config, parts))
    };
    cases().iter().filter_map(of).collect()
}

fn values_of_factors(factors: &Value) -> Vec<(String, Option<f64>)> {
    let factors = factors.as_object().expect("an object of factors");
    factors.iter().map(|(name, row)| (name.clone(), row["value"].as_f64())).collect()
}

fn values_of_rows(rows: &Value) -> Vec<(String, Option<f64>)> {
    let rows = rows.as_array().expect("a list of rows");
    let children = rows.iter().flat_map(|row| row["children"].as_array().into_iter().flatten());
    let name = |row: &Value| row["leaf"].as_str().or(row["factor"].as_str()).expect("a name").to_owned();
    rows.iter().chain(children).map(|row| (name(row), row["value"].as_f64())).collect()
}

fn policy(config: &Value) -> &str {
    config["missing"]["policy"].as_str().unwrap_or("neutral")
}

#[test]
fn each_part_is_nothing_something_and_all() {
    let mut seen = BTreeSet::new();
    for (name, value, known) in parts().into_iter().flat_map(|(_, parts)| parts) {
        match value.filter(|_| known) {
            Some(0.0) => seen.insert((name, "nothing")),
            Some(1.0) => seen.insert((name, "all")),
            Some(_) => seen.insert((name, "something")),
            None => false,
        };
    }
    // A budget of 2⁵³−1 is not all there is, unless half of it is next to nothing.
    assert_eq!(seen.len(), 3 * 9, "{seen:#?}");
}

#[test]
fn each_leaf_is_unknown_under_each_policy() {
    let mut seen = BTreeSet::new();
    for (config, parts) in parts() {
        let unknown = parts.into_iter().filter(|(_, _, known)| !known).map(|(name, _, _)| name);
        let leaves: Vec<String> =
            unknown.filter(|name| Leaf::ALL.iter().any(|leaf| leaf.path() == name)).collect();
        // Alone, so that nothing else is tested with it. What makes `geo` unknown makes `geo_fit` so.
        let mut names: Vec<&str> = leaves.iter().map(String::as_str).collect();
        names.sort_unstable();
        if let [only] | [only @ "audience_overlap.geo", "geo_fit"] = names[..] {
            seen.insert((only.to_owned(), policy(&config).to_owned()));
        }
    }
    assert_eq!(seen.len(), 7 * 2, "{seen:#?}");
}

#[test]
fn each_reading_meets_each_policy() {
    let mut seen = BTreeSet::new();
    for (config, _) in parts() {
        let read = |name: &str, usual: &str| config[name].as_str().unwrap_or(usual).to_owned();
        let readings = [
            read("geo_reading", "any"),
            read("overlap_reading", "preferred"),
            read("budget_reading", "fixed"),
        ];
        seen.insert((readings, policy(&config).to_owned()));
    }
    assert_eq!(seen.len(), 2 * 2 * 2 * 2, "{seen:#?}");
}

#[test]
fn each_kind_of_similarity_is_known_and_unknown() {
    let mut seen = BTreeSet::new();
    for (config, parts) in parts() {
        let kind = config["objectives"]["kind"].as_str().unwrap_or("none").to_owned();
        let similarity = parts.into_iter().find(|(name, _, _)| name == "objectives_similarity");
        seen.insert((kind, similarity.is_some_and(|(_, _, known)| known)));
    }
    // `none` is never known.
    assert_eq!(seen.len(), 4 * 2 - 1, "{seen:#?}");
}

/// Those that are left come from files, catalogs and lists, which have other doors.
#[test]
fn each_error_that_a_door_can_give_is_given() {
    let code = |error: &Value| error["code"].as_str().map(str::to_owned);
    let mut seen = BTreeSet::new();
    for answer in cases().iter().map(Case::expected) {
        seen.extend(code(&answer["error"]));
        seen.extend(answer["problems"].as_array().into_iter().flatten().filter_map(code));
    }
    let of_files = ["invalid_utf8", "invalid_csv", "duplicate_id", "unknown_id", "invalid_catalog"];
    let of_learning = ["invalid_model", "unknown_feature", "too_few_outcomes", "sample_ratio_mismatch"];
    let elsewhere = [&of_files[..], &of_learning].concat();
    let expected = ErrorKind::ALL.iter().map(|kind| kind.code()).filter(|code| !elsewhere.contains(code));
    assert_eq!(seen, expected.map(str::to_owned).collect());
}

#[test]
fn each_rule_passes_fails_and_is_unknown() {
    let mut seen = BTreeSet::new();
    for (_, answer) in answers("check") {
        for verdict in answer["verdicts"].as_array().into_iter().flatten() {
            seen.insert((verdict["rule"].to_string(), verdict["outcome"].to_string()));
        }
    }
    // A pair is blocked or it is not: that is never unknown.
    assert_eq!(seen.len(), 6 * 3 - 1, "{seen:#?}");
}

#[test]
fn each_change_is_made_and_each_side_improved() {
    let mut seen = BTreeSet::new();
    for (_, answer) in answers("what_if") {
        let changes = answer["changes"].as_array().into_iter().flatten();
        seen.extend(changes.filter_map(|change| change.as_object()?.keys().next().cloned()));
    }
    assert_eq!(seen.len(), 15, "{seen:#?}");
    let sides: BTreeSet<String> = answers("improve")
        .iter()
        .filter(|(_, answer)| answer.as_array().is_some_and(|ways| !ways.is_empty()))
        .filter_map(|(case, _)| serde_json::from_str::<Value>(case.input()).ok())
        .map(|request| request["side"].to_string())
        .collect();
    assert_eq!(sides.len(), 2, "{sides:#?}");
}
