//! What rankers are trained on: pairs, labels, and nothing of what came later.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::evaluate::outcomes;
use super::fixture::{Folder, Run, keys, rows};

fn features(folder: &Folder, more: &[&str]) -> Run {
    folder.run(&[&["features", "--data", "."], more].concat())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// The days on which events begin.
fn starts(folder: &Folder) -> BTreeMap<String, String> {
    let events = rows(&folder.read("events.ndjson"));
    events.iter().map(|event| (text(&event["event_id"]).into(), text(&event["start_at"]).into())).collect()
}

#[test]
fn a_header_then_a_line_a_pair() {
    let folder = outcomes();
    let run = features(
        &folder,
        &["--cut", "2024-01-01", "--cut", "2023-01-01", "--until", "2025-01-01", "--out", "f.ndjson"],
    );
    assert!(run.err.starts_with("wrote ") && run.err.ends_with(" from 2 cuts\n"), "{}", run.err);
    assert_eq!(run.done(), "");
    let written = folder.read("f.ndjson");
    let lines: Vec<&str> = written.lines().collect();
    assert_eq!(keys(lines[0]), ["features", "cuts"]);
    assert!(
        lines[1..].iter().all(|line| keys(line) == ["cut", "event_id", "sponsor_id", "label", "features"])
    );
    let (header, pairs) = (&rows(lines[0])[0], rows(&lines[1..].join("\n")));
    assert_eq!(header["cuts"], serde_json::json!(["2023-01-01", "2024-01-01"]));
    let names: BTreeSet<&str> = header["features"].as_array().unwrap().iter().map(text).collect();
    assert!(names.contains("country_recency") && names.len() == header["features"].as_array().unwrap().len());

    let mut known = 0;
    for pair in &pairs {
        let values = pair["features"].as_array().unwrap();
        assert_eq!(values.len(), names.len());
        assert!(values.iter().all(|value| value.is_f64() || value.is_null()), "{pair}");
        known += values.iter().filter(|value| value.is_f64()).count();
    }
    assert!(known > pairs.len() * names.len() / 2, "most features are known");
    assert!(pairs.iter().any(|pair| pair["features"].as_array().unwrap().iter().any(Value::is_null)));
    // Queries stand together, in the order of cuts, days, events and sponsors.
    let starts = starts(&folder);
    let place = |pair: &Value| {
        let event = text(&pair["event_id"]).to_owned();
        (text(&pair["cut"]).to_owned(), starts[&event].clone(), event, text(&pair["sponsor_id"]).to_owned())
    };
    assert!(pairs.windows(2).all(|two| place(&two[0]) < place(&two[1])));
}

#[test]
fn labels_are_who_really_sponsored() {
    let folder = outcomes();
    let pairs = rows(&features(&folder, &["--cut", "2025-01-01"]).done());
    let sponsored: BTreeSet<String> = folder
        .read("sponsorships.csv")
        .lines()
        .filter(|line| line.ends_with(",accepted"))
        .map(|line| line.splitn(3, ',').take(2).collect::<Vec<_>>().join(" "))
        .collect();
    let mut positives = 0;
    for pair in &pairs[1..] {
        let key = format!("{} {}", text(&pair["event_id"]), text(&pair["sponsor_id"]));
        assert_eq!(pair["label"], u8::from(sponsored.contains(&key)), "{key}");
        positives += pair["label"].as_u64().unwrap();
    }
    let arguments = ["evaluate", "--data", ".", "--cut", "2025-01-01", "--format", "json"];
    let answer: Value = serde_json::from_str(&folder.run(&arguments).done()).unwrap();
    assert_eq!(answer["sponsorships"], positives);
    let (queries, candidates) = (answer["queries"].as_u64().unwrap(), answer["candidates"].as_u64().unwrap());
    assert_eq!(pairs.len() as u64 - 1, queries * candidates);
}

/// The days of the first and the last event of each cut.
fn spans(folder: &Folder, arguments: &[&str]) -> BTreeMap<String, (String, String)> {
    let starts = starts(folder);
    let mut spans = BTreeMap::new();
    for pair in rows(&features(folder, arguments).done()).iter().skip(1) {
        let day = starts[text(&pair["event_id"])].clone();
        let span = spans.entry(text(&pair["cut"]).to_owned()).or_insert((day.clone(), day.clone()));
        *span = (span.0.clone().min(day.clone()), span.1.clone().max(day));
    }
    spans
}

#[test]
fn each_cut_asks_up_to_the_next_or_as_far_as_it_is_told() {
    let folder = outcomes();
    let cuts = ["--cut", "2023-01-01", "--cut", "2024-01-01"];
    let of = |more: &[&str]| spans(&folder, &[&cuts[..], more].concat());
    let year = |text: &str| text[..4].to_owned();
    let found = of(&[]);
    assert_eq!(year(&found["2023-01-01"].1), "2023");
    assert_eq!((year(&found["2024-01-01"].0), year(&found["2024-01-01"].1)), ("2024".into(), "2025".into()));
    let found = of(&["--until", "2025-01-01"]);
    assert_eq!(year(&found["2024-01-01"].1), "2024");
    // Two years each, but nothing from the end on.
    let found = of(&["--horizon", "731", "--until", "2024-06-01"]);
    assert!(*"2024-01-01" <= *found["2023-01-01"].1 && *found["2023-01-01"].1 < *"2024-06-01", "{found:?}");
    assert_eq!(year(&of(&["--horizon", "731"])["2023-01-01"].1), "2024");
    let short = of(&["--horizon", "90"]);
    assert!(short.iter().all(|(cut, (_, last))| *last < format!("{}-04-02", &cut[..4])), "{short:?}");
}

/// Whoever is planted after the cut changes who is right, and nothing that says so.
#[test]
fn no_future_moves_a_feature() {
    let folder = outcomes();
    let before = features(&folder, &["--cut", "2025-01-01"]).done();
    let starts = starts(&folder);
    let pairs = rows(&before);
    let mut planted = folder.read("sponsorships.csv");
    for pair in pairs[1..].iter().step_by(3) {
        let event = text(&pair["event_id"]);
        planted += &[event, text(&pair["sponsor_id"]), &starts[event], "Gold", "1", "accepted\n"].join(",");
    }
    let folder = folder.with("sponsorships.csv", planted);
    let after = rows(&features(&folder, &["--cut", "2025-01-01"]).done());
    let (mut same, mut relabelled) = (0, 0);
    // Events that had no sponsor may have become queries.
    let after: BTreeMap<(&str, &str), &Value> =
        after[1..].iter().map(|pair| ((text(&pair["event_id"]), text(&pair["sponsor_id"])), pair)).collect();
    for pair in &pairs[1..] {
        let now = after[&(text(&pair["event_id"]), text(&pair["sponsor_id"]))];
        assert_eq!(pair["features"], now["features"]);
        same += u32::from(pair["label"] == now["label"]);
        relabelled += u32::from(pair["label"] != now["label"]);
    }
    assert!(same > 0 && relabelled > 0, "{same}, {relabelled}");
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let folder = outcomes();
    let run = || features(&folder, &["--cut", "2024-01-01", "--cut", "2024-07-01"]).done();
    assert_eq!(run(), run());
    let twice =
        features(&folder, &["--cut", "2024-07-01", "--cut", "2024-01-01", "--cut", "2024-07-01"]).done();
    assert_eq!(twice, run());
}

#[test]
fn what_cannot_be_is_refused() {
    let folder = outcomes();
    let late = features(&folder, &["--cut", "2024-01-01", "--cut", "2025-06-01", "--until", "2025-01-01"]);
    assert_eq!(late.failed(2), "error: --until: 2025-01-01 is not after the cut, 2025-06-01\n");
    assert!(features(&folder, &["--cut", "2024-01-01", "--horizon", "0"]).failed(2).contains("--horizon"));
    assert!(features(&folder, &[]).failed(2).contains("--cut <DATE>"));
    assert!(folder.names().iter().all(|name| name != "f.ndjson"));
}
