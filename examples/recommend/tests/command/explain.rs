//! `recommend explain`.

use insta::assert_snapshot;
use serde_json::{Value, json};

use super::fixture::{AVO, BREW, FAIR, FILES, Folder, GALA, keys};

fn explain(folder: &Folder, more: &[&str]) -> super::fixture::Run {
    folder.run(&[&["explain"], &FILES[..], more].concat())
}

#[test]
fn a_pair_for_people() {
    let run = explain(&Folder::new(), &["--sponsor", "Avo", "--event", "Fair"]);
    assert_eq!(run.err, "");
    assert_snapshot!(run.done(), @r#"
    Avo × Fair

    factor                   value              weight     points
    budget fit               0.7500 ███████▌    × 0.250    0.1875
    audience overlap         0.7000 ███████     × 0.350    0.2450
      categories             0.5000 █████       60% of it
      geo                    1.0000 ██████████  40% of it
    geo fit                  1.0000 ██████████  × 0.150    0.1500
    engagement quality       0.5900 █████▉      × 0.150    0.0885
      engagement score       0.8000 ████████    70% of it
      ticket conversion rate 0.1000 █           30% of it
    objectives similarity    0.5000 █████       × 0.100    0.0500  unknown
    score                    0.7210 ███████▎               0.7210
    90% of it is known; between 0.6710 and 0.7710 once all is

    + The wanted region US is reached.
    + The yearly budget of 3,000.00 is enough: 1,000.00 would count as half.
    + 1 of 2 preferred categories matches: music; not food.
    + The audience's engagement score is 0.80 of 1.
    - Of the visitors, 10 % bought a ticket.
    ? The similarity of objectives is unknown; it counts as 0.50.

    What the sponsor could change
    +0.0268 → 0.7478  set the yearly budget to 6,000.00
    +0.0433 → 0.7643  set the yearly budget to 12,000.00
    +0.0525 → 0.7735  set the yearly budget to 24,000.00

    What the event could change
    +0.1050 → 0.8260  put the event into the category food
    +0.1155 → 0.8365  put the event into the category food, set the engagement score
                      to 0.9
    +0.1260 → 0.8470  put the event into the category food, set the engagement score
                      to 1
    "#);
}

#[test]
fn what_is_left_out_and_what_rules_say() {
    let folder = Folder::new()
        .with("c.json", r#"{"missing": {"policy": "renormalize"}}"#)
        .with("rules.json", r#"{"region_required": true, "price_ceiling": true, "blocked_pairs": [["22222222-2222-4222-8222-222222222222", "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb"]]}"#);
    let pair = ["--sponsor", BREW, "--event", GALA, "--config", "c.json", "--rules", "rules.json"];
    assert_snapshot!(explain(&folder, &pair).done(), @r#"
    22222222 × Gala

    factor                   value              weight     points
    budget fit               left out           × 0.000    0.0000  unknown
    audience overlap         0.8000 ████████    × 0.700    0.5600
      categories             1.0000 ██████████  60% of it
      geo                    0.5000 █████       40% of it
    geo fit                  0.5000 █████       × 0.300    0.1500
    engagement quality       left out           × 0.000    0.0000  unknown
      engagement score       left out                              unknown
      ticket conversion rate left out                              unknown
    objectives similarity    left out           × 0.000    0.0000  unknown
    score                    0.7100 ███████▏               0.7100
    50% of it is known; between 0.3550 and 0.8550 once all is

    + The preferred category art matches.
    + 1 of 2 wanted regions is reached: CA; not MX.
    ? The yearly budget is unknown; it is left out.
    ? The engagement score is unknown; it is left out.
    ? The ticket conversion rate is unknown; it is left out.
    ? The similarity of objectives is unknown; it is left out.

    Rules
    fail     blocked_pairs: the pair is blocked
    pass     region_required: the event reaches CA
    unknown  price_ceiling: the sponsor's budget is unknown

    What the sponsor could change
    +0.0596 → 0.7696  set the yearly budget to 8,000.00
    +0.0771 → 0.7871  set the yearly budget to 16,000.00
    +0.0866 → 0.7966  set the yearly budget to 32,000.00

    What the event could change
    +0.2900 → 1.0000  bring the event to the region MX
    "#);
}

#[test]
fn a_pair_for_programs() {
    let folder = Folder::new().with("rules.json", r#"{"price_ceiling": true}"#);
    let pair = ["--sponsor", AVO, "--event", GALA, "--rules", "rules.json", "--format", "json"];
    let text = explain(&folder, &pair).done();
    let keys = keys(&text);
    assert_eq!(
        keys[keys.len() - 5..],
        ["sponsor_name", "event_title", "eligibility", "explanation", "improvements"]
    );
    let answer: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        answer["eligibility"],
        json!([{
            "rule": "price_ceiling", "outcome": "fail",
            "reason": "the lowest price of 400000 cents is above the budget of 300000",
        }])
    );
    assert_eq!(answer.get("rank"), None);
    assert_eq!(answer.get("status"), None);
    let ranked = folder.rank(&["--id", GALA, "--explain", "--format", "ndjson"]).rows();
    let row = ranked.iter().find(|row| row["sponsor_id"] == AVO).unwrap();
    for field in ["event_id", "score", "overlap_metrics", "coverage", "config_fingerprint", "explanation"] {
        assert_eq!(answer[field], row[field], "{field}");
    }
    for side in ["sponsor", "event"] {
        let ways = answer["improvements"][side].as_array().unwrap();
        assert!(ways.iter().all(|way| way["gain"].as_f64().unwrap() > 0.0) && !ways.is_empty());
    }
}

#[test]
fn pairs_are_found_by_name_or_the_beginning_of_an_id() {
    let folder = Folder::new();
    let expected = explain(&folder, &["--sponsor", AVO, "--event", FAIR]).done();
    for (sponsor, event) in [("avo", "FAIR"), ("1111", "aaaaaaaa"), (AVO, "Fair")] {
        assert_eq!(explain(&folder, &["--sponsor", sponsor, "--event", event]).done(), expected);
    }
}

#[test]
fn pairs_that_are_not_there_are_wrong_usage() {
    let folder = Folder::new();
    for (pair, refusal) in [
        (["--sponsor", "Gala", "--event", "Fair"], "--sponsor: no sponsor has the id or name `Gala`"),
        (["--sponsor", "Avo", "--event", "Fairs"], "--event: no event `Fairs`, did you mean `Fair`"),
    ] {
        assert_eq!(explain(&folder, &pair).failed(2), format!("error: {refusal}\n"));
    }
}

#[test]
fn without_a_score_there_is_nothing_to_explain() {
    let folder = Folder::new().with("c.json", r#"{"min_coverage": 1}"#);
    let refusal = explain(&folder, &["--sponsor", "Avo", "--event", "Fair", "--config", "c.json"]).failed(1);
    assert_eq!(
        refusal,
        "error: too little is known for a score: coverage 0.9, unknown `objectives_similarity`\n"
    );
}

#[test]
fn bad_rows_are_refused_or_put_aside() {
    let folder = Folder::new().with("i.ndjson", "{}");
    let pair = ["--sponsor", "Avo", "--event", "Fair"];
    assert!(explain(&folder, &pair).failed(2).starts_with("i.ndjson:1: event_id: required"));
    explain(&folder, &[&pair[..], &["--rejects", "r.ndjson"]].concat()).done();
    assert_eq!(folder.read("r.ndjson").lines().count(), 1);
}

#[test]
fn it_runs_on_the_bundled_catalog() {
    let run = Folder::empty().run(&[
        "explain",
        "--sponsor",
        "Velvetine Amplifiers",
        "--event",
        "Rooftop Sine Waves",
    ]);
    assert!(run.done().starts_with("Velvetine Amplifiers × Rooftop Sine Waves\n"));
}
