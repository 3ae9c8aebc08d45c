//! Configurations that are used, and those that cannot be.

use super::fixture::{FAIR, Folder};

#[test]
fn a_configuration_decides_over_the_score_and_its_name() {
    let folder = Folder::new().with("c.json", r#"{"half_budget_cents": 300000}"#);
    let rows = folder.rank(&["--config", "c.json", "--id", FAIR, "--format", "ndjson"]).rows();
    assert_eq!(rows[0]["overlap_metrics"]["budget_fit"], 0.5);
    let plain = folder.rank(&["--id", FAIR, "--format", "ndjson"]).rows();
    assert_ne!(rows[0]["config_fingerprint"], plain[0]["config_fingerprint"]);
}

#[test]
fn what_is_wrong_with_settings_says_where_and_is_exit_code_1() {
    for (option, text, refusal) in [
        ("--config", r#"{"weights": {"budget_fit": 0.5}}"#, "weights: sum to 1.25, not to 1 within 1e-9"),
        ("--config", r#"{"geo_readings": "any"}"#, "geo_readings: unknown field, did you mean `geo_reading`"),
        ("--config", r#"{"missing": {"budget": 2}}"#, "missing.budget: 2 is not in 0..=1"),
        ("--config", "[]", "a list is not an object"),
        ("--config", "{", "not JSON: EOF while parsing an object at column 1"),
        ("--rules", r#"{"on_unknown": "maybe"}"#, "on_unknown: `maybe` is not `keep` or `drop`"),
        (
            "--rules",
            r#"{"date_window": {"from": "2026-02-01", "until": "2026-01-31"}}"#,
            "date_window.until: 2026-01-31 is before the window begins, at 2026-02-01",
        ),
        ("--rules", r#"{"blocked_pairs": [["7", "8"]]}"#, "blocked_pairs[0][0]: `7` is not a UUID"),
    ] {
        let folder = Folder::new().with("x.json", text);
        assert_eq!(folder.rank(&[option, "x.json"]).failed(1), format!("x.json: {refusal}\n"));
    }
}

#[test]
fn settings_come_before_rows() {
    let folder = Folder::new().with("c.json", "[]").with("s.ndjson", "{}");
    assert!(folder.rank(&["--config", "c.json"]).failed(1).starts_with("c.json: "));
}

#[test]
fn settings_that_are_no_text_or_no_file_are_refused() {
    let folder = Folder::new().with("c.json", b"{\"a\": \"\xff\"}");
    let refusal = folder.rank(&["--config", "c.json"]).failed(1);
    assert!(refusal.starts_with("c.json: not UTF-8: "), "{refusal}");
    assert_eq!(folder.rank(&["--rules", "none.json"]).failed(1), "error: none.json: no such file\n");
}
