//! NDJSON, JSON and what is in their rows.

use serde_json::{Value, json};

use super::fixture::{AVO, FAIR, Folder, keys, rows};

#[test]
fn a_row_has_the_columns_of_the_table_and_what_belongs_to_it() {
    let text = Folder::new().rank(&["--id", FAIR, "--top", "1", "--format", "ndjson"]).done();
    assert_eq!(
        keys(&text),
        [
            "event_id",
            "sponsor_id",
            "rank",
            "score",
            "overlap_metrics",
            "coverage",
            "lower",
            "upper",
            "unknown",
            "config_fingerprint",
            "status",
            "sponsor_name",
            "event_title",
        ]
    );
    // Worked by hand: 0.25·0.75 + 0.35·(0.6·0.5 + 0.4·1) + 0.15·1 + 0.15·(0.7·0.8 + 0.3·0.1) + 0.1·0.5.
    assert_eq!(
        rows(&text),
        [json!({
            "event_id": FAIR, "sponsor_id": AVO, "rank": 1, "score": 0.721_000_000_000_000_1,
            "overlap_metrics": {
                "budget_fit": 0.75, "audience_overlap": {"categories": 0.5, "geo": 1.0}, "geo_fit": 1.0,
                "engagement_quality": 0.59, "objectives_similarity": 0.5,
            },
            "coverage": 0.9, "lower": 0.671, "upper": 0.771,
            "unknown": ["objectives_similarity"],
            "config_fingerprint": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            "status": "pending", "sponsor_name": "Avo", "event_title": "Fair",
        })]
    );
}

#[test]
fn names_that_are_not_known_are_left_out() {
    let folder = Folder::new().with("e.ndjson", format!(r#"{{"id": "{FAIR}", "title": " "}}"#));
    let rows = folder.rank(&["--format", "ndjson"]).rows();
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row.get("event_title").is_none()));
    let named: Vec<Option<&Value>> = rows.iter().map(|row| row.get("sponsor_name")).collect();
    assert_eq!(named.iter().flatten().count(), 1, "{named:?}");
}

#[test]
fn json_is_one_array_of_the_same_rows() {
    let folder = Folder::new();
    let ndjson = folder.rank(&["--format", "ndjson", "--explain"]).rows();
    let json = folder.rank(&["--format", "json", "--explain"]).done();
    assert_eq!(serde_json::from_str::<Vec<Value>>(&json).unwrap(), ndjson);
    assert_eq!(json.lines().count(), 2 + ndjson.len());

    let nobody = folder.with("s.ndjson", "");
    assert_eq!(nobody.rank(&["--format", "json"]).done(), "[]\n");
    assert_eq!(nobody.rank(&["--format", "ndjson"]).done(), "");
}

#[test]
fn an_explanation_adds_up_to_the_score() {
    let rows = Folder::empty().run(&["--format", "ndjson", "--explain", "--top", "3"]).rows();
    assert_eq!(rows.len(), 72);
    for row in rows {
        let why = &row["explanation"];
        assert_eq!(keys(&why.to_string()).len(), 3, "{why}");
        let points =
            why["factors"].as_array().unwrap().iter().map(|factor| factor["contribution"].as_f64().unwrap());
        let score = points.fold(0.0, |sum, points| sum + points).clamp(0.0, 1.0);
        assert_eq!(score.to_bits(), row["score"].as_f64().unwrap().to_bits());
        assert!(why["summary"].as_str().unwrap().starts_with("Score 0."));
        assert!(!why["reasons"].as_array().unwrap().is_empty());
    }
}

#[test]
fn results_are_the_same_without_an_explanation() {
    let folder = Folder::empty();
    let mut explained = folder.run(&["--format", "ndjson", "--explain"]).rows();
    for row in &mut explained {
        assert!(row.as_object_mut().unwrap().remove("explanation").is_some());
    }
    assert_eq!(folder.run(&["--format", "ndjson"]).rows(), explained);
}
