//! `recommend what-if`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::fixture::{FILES, Folder, Run, keys};

fn what_if(folder: &Folder, more: &[&str]) -> Run {
    folder.run(&[&["what-if"], &FILES[..], &["--sponsor", "Avo", "--event", "Gala"], more].concat())
}

#[test]
fn changes_for_people() {
    let folder = Folder::new();
    let run = what_if(&folder, &["--add-region", "CA", "--set-budget", "100000"]);
    assert_eq!(run.err, "");
    assert_snapshot!(run.done(), @r#"
    Avo × Gala
    what if: want the region CA, set the yearly budget to 1,000.00

    before                   0.2375 ██▍
    after                    0.3200 ███▎        +0.0825

    points of                before   after     gain
    budget fit               0.1875  0.1250  -0.0625
    audience overlap         0.0000  0.0700  +0.0700
    geo fit                  0.0000  0.0750  +0.0750
    engagement quality       0.0000  0.0000        =
    objectives similarity    0.0500  0.0500        =
    "#);
    assert_eq!(folder.names(), ["e.ndjson", "i.ndjson", "s.ndjson"]);
}

#[test]
fn changes_for_programs() {
    let text = what_if(&Folder::new(), &["--set-engagement-score", "1", "--format", "json"]).done();
    assert_eq!(keys(&text), ["changes", "before", "after", "gain", "factors", "config_fingerprint"]);
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["changes"], json!([{"set_engagement_score": 1.0}]));
    let number = |part: &str| answer[part]["score"].as_f64().unwrap();
    assert_eq!(answer["gain"].as_f64().unwrap().to_bits(), (number("after") - number("before")).to_bits());
    assert_eq!(answer["factors"][3]["after"], 0.15 * 0.7);
}

#[test]
fn every_kind_of_change_is_made() {
    for (flag, value, moved) in [
        ("--add-category", "art", true),
        ("--remove-category", "music", false),
        ("--add-region", "CA", true),
        ("--remove-region", "US", true),
        ("--set-budget", "unknown", true),
        ("--add-keyword", "x", false),
        ("--add-event-category", "food", true),
        ("--remove-event-category", "art", false),
        ("--add-event-region", "US", true),
        ("--remove-event-region", "CA", false),
        ("--set-min-price", "5", false),
        ("--add-event-keyword", "x", false),
        ("--set-engagement-score", "0.5", true),
        ("--set-ticket-conversion-rate", "0.5", true),
        ("--set-visitors", "US=3", true),
    ] {
        let text = what_if(&Folder::new(), &[flag, value, "--format", "json"]).done();
        let answer: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(answer["gain"] != 0.0, moved, "{flag}: {}", answer["gain"]);
    }
}

#[test]
fn a_change_may_bring_the_first_score() {
    let folder = Folder::new().with("c.json", r#"{"min_coverage": 0.8}"#);
    let text = what_if(&folder, &["--set-engagement-score", "1", "--config", "c.json"]).done();
    assert!(text.contains("too little was known for a score"), "{text}");
    let refusal = what_if(&folder, &["--set-min-price", "1", "--config", "c.json"]).failed(1);
    assert!(refusal.starts_with("error: too little is known for a score: coverage 0.75"), "{refusal}");
}

#[test]
fn changes_that_cannot_be_made_are_wrong_usage() {
    for (arguments, refusal) in [
        (&["--set-budget", "-5"][..], "`-5` is not a whole number in 0..=9007199254740991"),
        (&["--set-engagement-score", "2"], "`2` is not a number in 0..=1"),
        (&["--set-visitors", "US"], "`US` is not like US=800"),
        (&["--set-budgets", "5"], "--set-budget"),
        (&[], "--add-category <LABEL>"),
    ] {
        let told = what_if(&Folder::new(), arguments).failed(2);
        assert!(told.contains(refusal), "{told}");
    }
}
