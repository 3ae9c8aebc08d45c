//! What must hold when any bytes are asked at the door.
//!
//! The fuzz target calls it, and so does an ordinary test over the corpus that fuzzing left.

use serde_json::Value;
use sponsorfit::ErrorKind;
use sponsorfit_wire::{ask, open};

const CONFIGS: [&str; 3] = [
    "{}",
    r#"{"missing": {"policy": "renormalize"}, "overlap_reading": "reachable", "geo_reading": "audience_share",
        "budget_reading": "price", "objectives": {"kind": "keywords"}}"#,
    r#"{"min_coverage": 0.5, "objectives": {"kind": "embedding", "dimension": 2}}"#,
];

/// Asks every question with the same bytes.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(request) = std::str::from_utf8(bytes) else { return };
    let mut rightful = false;
    for config in CONFIGS {
        let mut scorer = open("scorer", &format!(r#"{{"config": {config}}}"#), &[], None).unwrap();
        for question in ["score", "explain", "what_if", "improve", "check"] {
            rightful |= is_result(&scorer.ask(question, request, None));
        }
        check_score(&scorer.ask("score", request, None), &scorer.ask("explain", request, None));
    }
    let validation = ask("validate", request);
    // Embeddings are checked against a configuration, which a request to validate brings itself.
    assert!(is_result(&validation) || !rightful, "{validation}");
}

/// Tells a result from an error, and an error must be one that the faces know.
fn is_result(answer: &str) -> bool {
    let answer: Value = serde_json::from_str(answer).unwrap();
    let Some(error) = answer.get("error") else { return true };
    let code = error["code"].as_str().unwrap();
    assert!(ErrorKind::ALL.iter().any(|kind| kind.code() == code));
    assert!(!error["message"].as_str().unwrap().is_empty());
    assert!(error["path"].is_string());
    false
}

/// A score and its explanation are the same number, within its bounds.
fn check_score(score: &str, explanation: &str) {
    let [score, explanation] = [score, explanation].map(|text| serde_json::from_str::<Value>(text).unwrap());
    let Some(value) = score.get("score").and_then(Value::as_f64) else { return };
    let [lower, upper] = ["lower", "upper"].map(|bound| score[bound].as_f64().unwrap());
    assert!((0.0..=1.0).contains(&lower) && lower <= value && value <= upper && upper <= 1.0);
    for (name, field) in score.as_object().unwrap() {
        assert_eq!(explanation.get(name), Some(field), "{name}");
    }
    let rows = explanation["factors"].as_array().unwrap();
    let folded = rows.iter().fold(0.0, |sum, row| sum + row["contribution"].as_f64().unwrap());
    assert_eq!(folded.clamp(0.0, 1.0).to_bits(), value.to_bits());
}
