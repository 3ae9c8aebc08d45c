//! Rows that cannot be read: refused with every problem, or put aside.

use serde_json::{Value, json};

use super::fixture::{AVO, BREW, FAIR, FILES, Folder, GALA, SPONSORS, keys, rows};

fn sponsors(more: &str) -> String {
    format!("{SPONSORS}{more}\n")
}

#[test]
fn every_problem_is_named_and_nothing_is_written() {
    let bad = format!(
        "{{\"sponsor_id\": \"7\", \"annual_budget_cents\": -5}}\n\nnot json\n{{\"sponsor_id\": \"{AVO}\"}}\n\
         {{\"sponsor_id\": \"33333333-3333-4333-8333-333333333333\", \"brand_objectives\": {{\"goals\": [7]}}}}"
    );
    let insights = format!("{{\"event_id\": \"{FAIR}\", \"geo_distribution\": {{\"US\": -1}}}}\n");
    let folder = Folder::new().with("s.ndjson", sponsors(&bad)).with("i.ndjson", insights);
    let refusal = folder.rank(&["--out", "out.ndjson", "--format", "ndjson"]).failed(2);
    assert_eq!(
        refusal,
        format!(
            "s.ndjson:3: sponsor_id: `7` is not a UUID\n\
             s.ndjson:3: annual_budget_cents: -5 is not in 0..=9007199254740991\n\
             s.ndjson:5: not JSON: expected ident at column 2\n\
             s.ndjson:6: sponsor_id: {AVO} is already on line 1\n\
             s.ndjson:7: brand_objectives.goals[0]: 7 is not text\n\
             i.ndjson:1: geo_distribution.US: -1 is not in 0..=9007199254740991\n\
             error: 5 bad rows, nothing was written; --rejects FILE puts them aside\n"
        )
    );
    assert_eq!(folder.names(), ["e.ndjson", "i.ndjson", "s.ndjson"]);
}

#[test]
fn twenty_problems_are_shown_and_the_rest_is_counted() {
    let numbered = |count: usize| vec!["{}"; count].join("\n");
    let lines = |count: usize| {
        let folder = Folder::new().with("s.ndjson", numbered(count));
        folder.rank(&[]).failed(2).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let exactly = lines(20);
    assert_eq!(exactly.len(), 21);
    assert_eq!(exactly[19], "s.ndjson:20: sponsor_id: required, but missing");
    let one_more = lines(21);
    assert_eq!(one_more.len(), 22);
    assert_eq!(one_more[20], "… and 1 more problem");
    assert_eq!(lines(1500)[20], "… and 1,480 more problems");
}

#[test]
fn elements_of_an_array_and_records_of_csv_have_lines() {
    let array = format!("[\n  {{\"sponsor_id\": \"{AVO}\"}},\n\n  {{\n    \"sponsor_id\": 7\n  }}\n]");
    let csv = format!("sponsor_id,annual_budget_cents\n{AVO},1\n\n{BREW},\"lots\n\"\n");
    let folder = Folder::new().with("s.json", array).with("s.csv", csv);
    for (file, problem) in [
        ("s.json", "s.json:4: sponsor_id: 7 is not a UUID\n"),
        ("s.csv", "s.csv:4: annual_budget_cents: `lots ` is not a whole number in 0..=9007199254740991\n"),
    ] {
        let refusal = folder.run(&["--sponsors", file, "--events", "e.ndjson"]).failed(2);
        assert!(refusal.starts_with(problem), "{refusal}");
    }
}

#[test]
fn bad_rows_are_put_aside_and_the_rest_is_ranked() {
    let bad = format!(
        "{{\"sponsor_id\": \"7\", \"annual_budget_cents\": -5}}\nnot json\n{{\"sponsor_id\": \"{AVO}\"}}"
    );
    let folder = Folder::new().with("s.ndjson", sponsors(&bad));
    let run = folder.rank(&["--rejects", "r.ndjson", "--format", "ndjson"]);
    assert!(run.err.starts_with("read     2 sponsors, 2 events, 1 insight\n"), "{}", run.err);
    assert!(run.err.contains("\nrejected 3 bad rows, put aside in r.ndjson\n"), "{}", run.err);
    assert_eq!(run.done(), Folder::new().rank(&["--format", "ndjson"]).done());

    let text = folder.read("r.ndjson");
    let several = ["path", "line", "field", "code", "message", "row", "problems"];
    let keys: Vec<Vec<String>> = text.lines().map(keys).collect();
    assert_eq!(keys, [&several[..], &several[..6], &several[..6]]);
    let budget = json!({
        "field": "annual_budget_cents", "code": "out_of_range",
        "message": "-5 is not in 0..=9007199254740991",
    });
    let id = json!({"field": "sponsor_id", "code": "invalid_value", "message": "`7` is not a UUID"});
    assert_eq!(
        rows(&text),
        [
            json!({
                "path": "s.ndjson", "line": 3, "field": "sponsor_id", "code": "invalid_value",
                "message": "`7` is not a UUID",
                "row": {"sponsor_id": "7", "annual_budget_cents": -5}, "problems": [id, budget],
            }),
            json!({
                "path": "s.ndjson", "line": 4, "field": "", "code": "invalid_json",
                "message": "not JSON: expected ident at column 2", "row": "not json",
            }),
            json!({
                "path": "s.ndjson", "line": 5, "field": "sponsor_id", "code": "duplicate_id",
                "message": format!("{AVO} is already on line 1"), "row": {"sponsor_id": AVO},
            }),
        ]
    );
}

#[test]
fn without_bad_rows_nothing_is_put_aside() {
    let folder = Folder::new().with("r.ndjson", "of another run");
    let run = folder.rank(&["--rejects", "r.ndjson"]);
    assert!(!run.err.contains("rejected"), "{}", run.err);
    run.done();
    assert_eq!(folder.read("r.ndjson"), "");
}

#[test]
fn a_run_that_fails_later_puts_nothing_aside() {
    let folder = Folder::new().with("s.ndjson", sponsors("{}"));
    folder.rank(&["--rejects", "r.ndjson", "--id", "nowhere"]).failed(2);
    folder.rank(&["--rejects", "r.ndjson", "--out", "no/such/folder"]).failed(1);
    assert_eq!(folder.names(), ["e.ndjson", "i.ndjson", "s.ndjson"]);
}

#[test]
fn embeddings_must_have_the_configured_dimension() {
    let event = format!(r#"{{"event_id": "{GALA}", "objectives_embedding": [0.6, 0.8, 0]}}"#);
    let config = r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#;
    let folder = Folder::new().with("e.ndjson", event).with("c.json", config);
    let refusal = folder.rank(&["--config", "c.json"]).failed(2);
    assert!(refusal.starts_with("e.ndjson:1: objectives_embedding: "), "{refusal}");
    let ranked = folder.rank(&["--config", "c.json", "--rejects", "r.ndjson", "--format", "ndjson"]);
    assert_eq!(ranked.done(), "");
    assert_eq!(rows(&folder.read("r.ndjson"))[0]["code"], "dimension_mismatch");
    let pair = ["--sponsor", AVO, "--event", GALA, "--config", "c.json"];
    let explained = folder.run(&[&["explain"], &FILES[..], &pair].concat());
    assert!(explained.failed(2).starts_with("e.ndjson:1: objectives_embedding: "));
    assert_eq!(folder.rank(&["--format", "ndjson"]).rows().len(), 2);
}

#[test]
fn messages_are_one_line_and_cannot_move_the_cursor() {
    let bad = r#"{"sponsor_id": "\u001b[2J\u0007\nsecond line"}"#;
    let folder = Folder::new().with("s.ndjson", bad);
    let refusal = folder.rank(&[]).failed(2);
    assert!(
        refusal.starts_with("s.ndjson:1: sponsor_id: `\u{fffd}[2J\u{fffd} second line` is not a UUID\n"),
        "{refusal}"
    );
    assert_eq!(refusal.lines().count(), 2);
}

#[test]
fn bad_rows_of_every_file_count() {
    let folder = Folder::new().with("n.csv", "sponsor_id,name\n7,Seven\n").with("e.ndjson", "[1]");
    let refusal = folder.run(&[&FILES[..], &["--names", "n.csv"]].concat()).failed(2);
    assert!(
        refusal.starts_with("e.ndjson:1: 1 is not an object\nn.csv:2: sponsor_id: `7` is not a UUID\n"),
        "{refusal}"
    );
    let explained = folder.run(&[&["explain"], &FILES[..], &["--sponsor", AVO, "--event", FAIR]].concat());
    assert!(explained.failed(2).starts_with("e.ndjson:1: "));
}

#[test]
fn a_file_that_is_something_else_is_one_bad_row() {
    let folder = Folder::new().with("s.ndjson", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR");
    let refusal = folder.rank(&[]).failed(2);
    assert!(refusal.starts_with("s.ndjson:1: "), "{refusal}");
    assert!(refusal.lines().count() <= 3, "{refusal}");
    let rejected = folder.rank(&["--rejects", "r.ndjson", "--format", "json"]);
    assert_eq!(rejected.done(), "[]\n");
    assert!(rows(&folder.read("r.ndjson")).iter().all(|row: &Value| row["path"] == "s.ndjson"));
}
