//! `recommend validate`.

use super::fixture::{AVO, FAIR, FILES, Folder};

#[test]
fn good_files_are_quiet() {
    let folder = Folder::new().with("c.json", "{}").with("r.json", "{}");
    let run = folder.run(&[&["validate"], &FILES[..], &["--config", "c.json", "--rules", "r.json"]].concat());
    assert!(run.err.starts_with("read     2 sponsors, 2 events, 1 insight\nlabels   "), "{}", run.err);
    assert_eq!(run.done(), "");
    let bundled = Folder::empty().run(&["validate"]);
    assert!(
        bundled.err.contains("40 sponsors, 24 events, 22 insights (the bundled catalog)"),
        "{}",
        bundled.err
    );
    assert_eq!(bundled.done(), "");
}

#[test]
fn every_problem_of_every_file_is_printed() {
    let folder = Folder::new()
        .with("s.ndjson", "{}\n".repeat(30))
        .with(
            "i.ndjson",
            format!("{{\"event_id\": \"{FAIR}\", \"engagement_score\": 80, \"sentiment_score\": -2}}"),
        )
        .with("c.json", r#"{"min_coverage": 2}"#)
        .with("r.json", r#"{"price_cieling": true}"#);
    let run = folder.run(&[&["validate"], &FILES[..], &["--config", "c.json", "--rules", "r.json"]].concat());
    assert_eq!(run.code, 2);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(lines.len(), 2 + 30 + 2);
    assert_eq!(lines[0], "c.json: min_coverage: 2 is not in 0..=1");
    assert_eq!(lines[1], "r.json: price_cieling: unknown field, did you mean `price_ceiling`");
    assert_eq!(lines[31], "s.ndjson:30: sponsor_id: required, but missing");
    assert_eq!(lines[32], "i.ndjson:1: engagement_score: 80 is not in 0..=1");
    assert_eq!(lines[33], "i.ndjson:1: sentiment_score: -2 is not in -1..=1");
    assert!(run.err.contains("rejected 31 bad rows\n"), "{}", run.err);
    assert!(run.err.ends_with("error: 34 problems\n"), "{}", run.err);
}

#[test]
fn each_file_can_be_checked_alone() {
    let folder = Folder::new()
        .with("n.csv", format!("sponsor_id,name\n{AVO},Avo\n{AVO},Avo\n"))
        .with("c.json", r#"{"objectives": {"kind": "custom", "id": "crm"}}"#);
    for (arguments, code, read) in [
        (["--sponsors", "s.ndjson"], 0, "2 sponsors"),
        (["--events", "e.ndjson"], 0, "2 events"),
        (["--insights", "i.ndjson"], 0, "1 insight"),
        (["--names", "n.csv"], 2, "1 name"),
        (["--config", "c.json"], 2, "no rows"),
        (["--rules", "none.json"], 1, ""),
    ] {
        let run = folder.run(&[&["validate"], &arguments[..]].concat());
        assert_eq!(run.code, code, "{}", run.err);
        assert!(code == 1 || run.err.starts_with(&format!("read     {read}\n")), "{}", run.err);
    }
}

#[test]
fn embeddings_are_held_against_the_configuration() {
    let event = format!(r#"{{"event_id": "{FAIR}", "objectives_embedding": [1]}}"#);
    let folder = Folder::new()
        .with("e.ndjson", event)
        .with("c.json", r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#);
    let run = folder.run(&["validate", "--events", "e.ndjson", "--config", "c.json"]);
    assert_eq!(run.code, 2);
    assert!(run.out.starts_with("e.ndjson:1: objectives_embedding: "), "{}", run.out);
}
