//! Eligibility comes before points.

use serde_json::{Value, json};

use super::fixture::{AVO, BREW, FAIR, Folder, GALA, keys, rows};

const PRICE: &str = r#"{"price_ceiling": true}"#;

fn pairs(rows: &[Value]) -> Vec<(&str, &str)> {
    rows.iter().map(|row| (row["event_id"].as_str().unwrap(), row["sponsor_id"].as_str().unwrap())).collect()
}

#[test]
fn failed_pairs_are_not_ranked_and_near_misses_are_written() {
    let folder = Folder::new().with("rules.json", r#"{"region_required": true, "price_ceiling": true}"#);
    let run = folder.rank(&["--rules", "rules.json", "--near-misses", "near.ndjson", "--format", "ndjson"]);
    assert!(run.summary().contains("; 2 ruled out; 1 of them by one rule only\n"), "{}", run.err);
    assert_eq!(pairs(&run.rows()), [(GALA, BREW), (FAIR, AVO)]);

    let text = folder.read("near.ndjson");
    assert_eq!(keys(text.trim()), ["event_id", "sponsor_id", "rule", "reason", "score_if_allowed"]);
    let allowed = folder.rank(&["--id", FAIR, "--format", "ndjson"]).rows();
    assert_eq!(
        rows(&text),
        [json!({
            "event_id": FAIR, "sponsor_id": BREW, "rule": "region_required",
            "reason": "the event reaches none of the sponsor's regions",
            "score_if_allowed": allowed[1]["score"],
        })]
    );
}

#[test]
fn what_rules_leave_open_is_shown_or_dropped() {
    let drop = r#"{"price_ceiling": true, "on_unknown": "drop"}"#;
    let folder = Folder::new().with("keep.json", PRICE).with("drop.json", drop);
    let kept = folder.rank(&["--rules", "keep.json", "--format", "ndjson"]).rows();
    assert_eq!(pairs(&kept), [(GALA, BREW), (FAIR, AVO), (FAIR, BREW)]);
    let undecided =
        json!([{"rule": "price_ceiling", "outcome": "unknown", "reason": "the sponsor's budget is unknown"}]);
    assert_eq!(kept[0]["eligibility"], undecided);
    let table = folder.rank(&["--rules", "keep.json", "--id", GALA]).done();
    assert!(table.contains("price_ceiling undecided: the sponsor's budget is unknown"), "{table}");

    let decided = Folder::new().with("regions.json", r#"{"region_required": true}"#);
    let decided = decided.rank(&["--rules", "regions.json", "--format", "ndjson"]).rows();
    assert!(decided.iter().all(|row| row["eligibility"] == json!([])), "{decided:?}");
    assert!(kept.iter().all(|row| row["status"] == "pending"));

    let dropped = folder.rank(&["--rules", "drop.json", "--near-misses", "n.ndjson", "--format", "ndjson"]);
    assert_eq!(dropped.done(), "");
    // AVO cannot pay for GALA; of the others the budget or the price is unknown.
    assert_eq!(rows(&folder.read("n.ndjson")).len(), 4);
}

#[test]
fn without_rules_nothing_is_said_about_eligibility() {
    let rows = Folder::new().rank(&["--format", "ndjson"]).rows();
    assert!(rows.iter().all(|row| row.get("eligibility").is_none()));
}

#[test]
fn near_misses_come_by_anchor_then_score() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/");
    let folder = Folder::empty();
    let rules = format!("{data}rules.json");
    for (side, own, other) in [("event", "event_id", "sponsor_id"), ("sponsor", "sponsor_id", "event_id")] {
        folder.run(&["--rules", &rules, "--for-each", side, "--near-misses", "n.ndjson"]).done();
        let near = rows(&folder.read("n.ndjson"));
        assert!(near.len() > 100, "{}", near.len());
        let anchors: Vec<String> = std::fs::read_to_string(format!("{data}{side}s.ndjson"))
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|row| row.get(own).or(row.get("id")).unwrap().as_str().unwrap().to_lowercase())
            .collect();
        let place = |row: &Value| {
            let anchor = anchors.iter().position(|anchor| row[own] == **anchor).unwrap();
            (anchor, -row["score_if_allowed"].as_f64().unwrap(), row[other].to_string())
        };
        assert!(near.is_sorted_by(|a, b| place(a) < place(b)), "{side}");
    }
}

#[test]
fn near_misses_need_rules() {
    let refusal = Folder::new().rank(&["--near-misses", "n.ndjson"]).failed(2);
    assert!(refusal.contains("--rules <FILE>"), "{refusal}");
}

#[test]
fn near_misses_without_a_score_come_last() {
    let folder = Folder::new()
        .with("rules.json", format!(r#"{{"blocked_pairs": [["{BREW}", "{GALA}"], ["{AVO}", "{GALA}"]]}}"#))
        .with("c.json", r#"{"min_coverage": 0.6}"#);
    let run = folder.rank(&["--rules", "rules.json", "--config", "c.json", "--near-misses", "n.ndjson"]);
    run.done();
    let near = rows(&folder.read("n.ndjson"));
    assert_eq!(pairs(&near), [(GALA, AVO), (GALA, BREW)]);
    assert_eq!(near[1]["score_if_allowed"], Value::Null);
}
