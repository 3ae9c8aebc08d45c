//! The lists are what sorting all scores would begin with.

use std::path::Path;

use serde_json::Value;
use sponsorfit::rows::{read_events, read_insights, read_sponsors};
use sponsorfit::{MatchScore, Scorer, ScoringConfig};

use super::fixture::{AVO, BREW, FAIR, Folder, GALA, rows};

/// Every score of the bundled catalog, by anchor in the order it was read, each list sorted.
fn sorted(config: &str, is_for_events: bool) -> Vec<Vec<MatchScore>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../data");
    let bytes = |name: &str| std::fs::read(data.join(name)).unwrap();
    let sponsors: Vec<_> = read_sponsors(&bytes("sponsors.ndjson")).into_rows().collect();
    let events: Vec<_> = read_events(&bytes("events.ndjson")).into_rows().collect();
    let insights: Vec<_> = read_insights(&bytes("insights.ndjson")).into_rows().collect();
    let scorer = Scorer::new(ScoringConfig::from_json(config).unwrap()).unwrap();
    let pairs = events.iter().flat_map(|event| sponsors.iter().map(move |sponsor| (sponsor, event)));
    let all: Vec<MatchScore> = pairs
        .filter_map(|(sponsor, event)| {
            let of_event = insights.iter().find(|insights| insights.event_id == event.event_id);
            scorer.score(sponsor, event, of_event).ok()
        })
        .collect();
    let list = |is_own: &dyn Fn(&MatchScore) -> bool| {
        let mut list: Vec<MatchScore> = all.iter().filter(|score| is_own(score)).copied().collect();
        list.sort_by(|a, b| {
            let ties = (a.sponsor_id.as_bytes(), a.event_id.as_bytes());
            b.score
                .get()
                .total_cmp(&a.score.get())
                .then(ties.cmp(&(b.sponsor_id.as_bytes(), b.event_id.as_bytes())))
        });
        list
    };
    if is_for_events {
        events.iter().map(|event| list(&|score| score.event_id == event.event_id)).collect()
    } else {
        sponsors.iter().map(|sponsor| list(&|score| score.sponsor_id == sponsor.sponsor_id)).collect()
    }
}

fn assert_same(row: &Value, score: &MatchScore, rank: usize) {
    assert_eq!(row["rank"], rank);
    for (field, expected) in [
        ("score", score.score.get()),
        ("coverage", score.coverage.get()),
        ("lower", score.lower.get()),
        ("upper", score.upper.get()),
    ] {
        assert_eq!(row[field].as_f64().unwrap().to_bits(), expected.to_bits(), "{field} of {row}");
    }
    let written = serde_json::to_value(score).unwrap();
    for field in ["event_id", "sponsor_id", "overlap_metrics", "unknown"] {
        assert_eq!(row[field], written[field], "{row}");
    }
}

#[test]
fn lists_are_the_beginning_of_all_scores_sorted() {
    let default = "{}";
    let strict =
        r#"{"missing": {"policy": "renormalize"}, "min_coverage": 0.7, "geo_reading": "audience_share"}"#;
    let folder = Folder::empty().with("default.json", default).with("strict.json", strict);
    for (file, config) in [("default.json", default), ("strict.json", strict)] {
        for (side, is_for_events) in [("event", true), ("sponsor", false)] {
            for top in [1_usize, 7, 1000] {
                let top_text = top.to_string();
                let arguments =
                    ["--config", file, "--for-each", side, "--top", &top_text, "--format", "ndjson"];
                let ranked = folder.run(&arguments).rows();
                let mut ranked = ranked.iter();
                for list in sorted(config, is_for_events) {
                    for (score, rank) in list.iter().take(top).zip(1..) {
                        assert_same(ranked.next().unwrap(), score, rank);
                    }
                }
                assert!(ranked.next().is_none(), "{file} {side} {top}");
            }
        }
    }
}

#[test]
fn anchors_come_in_the_order_they_were_read() {
    let folder = Folder::new();
    let order = |side: &str| {
        let rows = folder.rank(&["--for-each", side, "--format", "ndjson"]).rows();
        let id = |row: &Value, field: &str| row[field].as_str().unwrap()[..4].to_owned();
        rows.iter()
            .map(|row| format!("{} {} {}", id(row, "event_id"), id(row, "sponsor_id"), row["rank"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(order("event"), ["bbbb 2222 1", "bbbb 1111 2", "aaaa 1111 1", "aaaa 2222 2"]);
    assert_eq!(order("sponsor"), ["aaaa 1111 1", "bbbb 1111 2", "bbbb 2222 1", "aaaa 2222 2"]);
}

#[test]
fn equal_scores_are_ordered_by_id() {
    let twins: Vec<String> = ["c", "a", "f", "0", "b"]
        .iter()
        .map(|digit| format!(r#"{{"sponsor_id": "{digit}1111111-1111-4111-8111-111111111111"}}"#))
        .collect();
    let folder = Folder::new().with("s.ndjson", twins.join("\n"));
    let rows = folder.rank(&["--id", FAIR, "--top", "3", "--format", "ndjson"]).rows();
    let firsts: Vec<&str> = rows.iter().map(|row| &row["sponsor_id"].as_str().unwrap()[..1]).collect();
    assert_eq!(firsts, ["0", "a", "b"]);
}

#[test]
fn one_anchor_can_be_asked_for() {
    let folder = Folder::new();
    for (side, id, expected) in [
        ("event", GALA, [(GALA, BREW), (GALA, AVO)]),
        ("event", "bbbbbbbb", [(GALA, BREW), (GALA, AVO)]),
        ("event", "AAAAAAAA-AAAA", [(FAIR, AVO), (FAIR, BREW)]),
        ("event", " fair ", [(FAIR, AVO), (FAIR, BREW)]),
        ("sponsor", "avo", [(FAIR, AVO), (GALA, AVO)]),
        ("sponsor", BREW, [(GALA, BREW), (FAIR, BREW)]),
    ] {
        let rows = folder.rank(&["--for-each", side, "--id", id, "--format", "ndjson"]).rows();
        let pairs: Vec<(&str, &str)> = rows
            .iter()
            .map(|row| (row["event_id"].as_str().unwrap(), row["sponsor_id"].as_str().unwrap()))
            .collect();
        assert_eq!(pairs, expected, "{id}");
    }
}

#[test]
fn an_anchor_that_is_not_there_is_wrong_usage() {
    let folder = Folder::new();
    for (arguments, refusal) in [
        (["--id", AVO], format!("--id: `{AVO}` is a sponsor: add --for-each sponsor")),
        (["--id", "Gale"], "--id: no event `Gale`, did you mean `Gala`".to_owned()),
        (["--id", "77777777"], "--id: no event has the id or name `77777777`".to_owned()),
    ] {
        assert_eq!(folder.rank(&arguments).failed(2), format!("error: {refusal}\n"));
    }
    let other = folder.rank(&["--for-each", "sponsor", "--id", "Gala"]).failed(2);
    assert_eq!(other, "error: --id: `Gala` is an event: add --for-each event\n");
}

#[test]
fn pairs_without_a_score_are_left_out_and_counted() {
    let folder = Folder::new().with("c.json", r#"{"min_coverage": 0.6}"#);
    let run = folder.rank(&["--config", "c.json", "--format", "ndjson"]);
    assert!(
        run.err.contains("ranked   4 pairs for the best 5 sponsors of 2 events; 1 without a score"),
        "{}",
        run.err
    );
    let rows = rows(&run.done());
    assert_eq!(rows.len(), 3);
    assert!(!rows.iter().any(|row| row["event_id"] == GALA && row["sponsor_id"] == BREW));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::empty();
    let list = |threads: &str| {
        folder.run(&["--for-each", "sponsor", "--threads", threads, "--format", "ndjson"]).done()
    };
    let alone = list("1");
    assert_eq!(rows(&alone).len(), 40 * 5);
    assert!(["2", "7"].iter().all(|threads| list(threads) == alone));
    assert_eq!(folder.run(&["--threads", "0"]).code, 2);
}
