//! Rankers on the small outcomes that come along, in every form of answer.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use serde_json::Value;

use super::fixture::Folder;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/outcomes/");
const CUT: [&str; 2] = ["--cut", "2025-01-01"];

/// A folder with the outcomes in it.
pub(super) fn outcomes() -> Folder {
    let mut folder = Folder::empty();
    for name in ["events.ndjson", "event_audience_insights.ndjson", "sponsorships.csv"] {
        folder = folder.with(name, std::fs::read(format!("{DATA}{name}")).unwrap());
    }
    folder
}

fn evaluate(folder: &Folder, more: &[&str]) -> super::fixture::Run {
    folder.run(&[&["evaluate", "--data", "."], &CUT[..], more].concat())
}

fn json(folder: &Folder, more: &[&str]) -> Value {
    let text = evaluate(folder, &[&["--format", "json"], more].concat()).done();
    serde_json::from_str(&text).unwrap()
}

fn row<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let rows = answer["rankers"].as_array().unwrap();
    rows.iter().find(|row| row["name"] == name).unwrap_or_else(|| panic!("no row {name}"))
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn a_table_for_people() {
    let run = evaluate(&outcomes(), &[]);
    assert_eq!(run.err, "");
    let text = run.done();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    assert_snapshot!(text);
}

#[test]
fn json_for_programs() {
    let answer = json(&outcomes(), &["--until", "2025-07-01"]);
    // Four digits tell every number apart from a wrong one, and are the same on every platform.
    assert_snapshot!(serde_json::to_string_pretty(&rounded(&answer)).unwrap());
}

fn rounded(value: &Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            Value::from((number.as_f64().unwrap() * 1e4).round() / 1e4)
        }
        Value::Array(values) => values.iter().map(rounded).collect(),
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), rounded(value))).collect(),
        other => other.clone(),
    }
}

/// What a place in a list is worth, the first being 0.
#[expect(
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "20 places, compared within 1e-12"
)]
fn discount(place: usize) -> f64 {
    1.0 / (place as f64 + 2.0).log2()
}

/// The events of the time, their sponsors, and how often everybody sponsored before: by hand.
#[test]
fn counts_and_popularity_are_those_of_the_definition() {
    let folder = outcomes();
    let starts: BTreeMap<String, String> = folder
        .read("events.ndjson")
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|event| (event["event_id"].as_str().unwrap().into(), event["start_at"].as_str().unwrap().into()))
        .collect();
    let (mut past, mut later) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<String>>::new());
    for line in folder.read("sponsorships.csv").lines().filter(|line| line.ends_with(",accepted")) {
        let cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if *cells[2] < *CUT[1] {
            past.insert((cells[1].clone(), cells[0].clone()));
        } else {
            later.entry(cells[0].clone()).or_default().insert(cells[1].clone());
        }
    }
    let mut times: BTreeMap<&str, u32> = BTreeMap::new();
    for (sponsor, _) in &past {
        *times.entry(sponsor).or_default() += 1;
    }
    let mut order: Vec<&str> = times.keys().copied().collect();
    order.sort_by_key(|id| (std::cmp::Reverse(times[id]), *id));
    let shown: Vec<&str> = order.into_iter().take(20).collect();
    let is_known = |id: &&String| times.contains_key(id.as_str());
    let (mut sum, mut queries, mut found) = (0.0, 0_u32, 0);
    for sponsors in later.values() {
        let positives: BTreeSet<&str> = sponsors.iter().filter(is_known).map(String::as_str).collect();
        if positives.is_empty() {
            continue;
        }
        let dcg: f64 = (0..shown.len()).filter(|&at| positives.contains(shown[at])).map(discount).sum();
        sum += dcg / (0..positives.len().min(20)).map(discount).sum::<f64>();
        queries += 1;
        found += positives.len();
    }
    let answer = json(&folder, &[]);
    let events = starts.values().filter(|start| ***start >= *CUT[1]).count();
    assert_eq!(
        (answer["queries"].as_u64(), answer["events"].as_u64()),
        (Some(queries.into()), Some(events as u64))
    );
    assert_eq!(
        (answer["candidates"].as_u64(), answer["sponsorships"].as_u64()),
        (Some(times.len() as u64), Some(found as u64))
    );
    let all: usize = later.values().map(BTreeSet::len).sum();
    assert_eq!(answer["newcomers"].as_u64(), Some((all - found) as u64));
    let popularity = number(&row(&answer, "popularity")["ndcg_at_20"]["mean"]);
    assert!((popularity - sum / f64::from(queries)).abs() < 1e-12, "{popularity}");
}

#[test]
fn configurations_stand_beside_the_others_by_their_files_names() {
    let folder = outcomes()
        .with("reach.json", r#"{"overlap_reading": "reachable", "geo_reading": "audience_share"}"#)
        .with("default.json", "{}");
    let answer = json(&folder, &["--config", "reach.json", "--config", "default.json"]);
    let names: Vec<&str> =
        answer["rankers"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.ends_with(&["reach", "default-2"]), "{names:?}");
    for (one, other) in [("reach", "readings"), ("default-2", "default")] {
        for metric in ["ndcg_at_20", "map", "auc", "config_fingerprint", "exposure_gini"] {
            assert_eq!(row(&answer, one)[metric], row(&answer, other)[metric], "{one}: {metric}");
        }
    }
    assert_ne!(row(&answer, "reach")["ndcg_at_20"], row(&answer, "default")["ndcg_at_20"]);
}

/// Two trees over features that the core computes, as LightGBM writes them.
const MODEL: &str = "\
tree
version=v4
num_class=1
num_tree_per_iteration=1
max_feature_idx=1
objective=lambdarank
feature_names=country_recency events

Tree=0
num_leaves=3
num_cat=0
split_feature=0 1
threshold=0.01 2.5
decision_type=2 10
left_child=-1 -2
right_child=1 -3
leaf_value=-0.5 0.25 0.75
leaf_count=60 30 10
internal_count=100 40

end of trees
";

#[test]
fn a_trained_model_has_a_row_called_model() {
    let folder = outcomes().with("m.txt", MODEL).with("flat.txt", MODEL.replace("-0.5 0.25 0.75", "0 0 0"));
    let folder = folder.with("model.json", "{}");
    let models = ["--config", "model.json", "--model", "m.txt", "--model", "flat.txt"];
    let answer = json(&folder, &models);
    let names: Vec<&str> =
        answer["rankers"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert!(names.ends_with(&["model-2", "model", "model-3"]), "{names:?}");
    assert_eq!(row(&answer, "model-2")["auc"], row(&answer, "default")["auc"]);
    // A model that says nothing leaves the order to the formula.
    for metric in ["ndcg_at_20", "map", "mrr", "recall_at_20", "auc"] {
        assert_eq!(row(&answer, "model-3")[metric], row(&answer, "recommended")[metric], "{metric}");
        assert_ne!(row(&answer, "model")[metric], row(&answer, "recommended")[metric], "{metric}");
    }
    evaluate(&folder, &[&models[..], &["--svg", "q.svg"]].concat()).done();
    assert_eq!(folder.read("q.svg").matches("class=\"dot model\"").count(), 2);
}

/// A formula that refuses pairs of which too little is known leaves them out.
#[test]
fn whom_a_ranker_leaves_out_is_told() {
    let folder =
        outcomes().with("strict.json", r#"{"missing": {"policy": "renormalize"}, "min_coverage": 0.9}"#);
    let event = r#"{"event_id": "77777777-7777-4777-8777-777777777777", "categories": ["web"], "start_at": "2024-12-01"}"#;
    let known = folder.read("sponsorships.csv").lines().last().unwrap().split(',').nth(1).unwrap().to_owned();
    let text = folder.read("events.ndjson") + event + "\n";
    let folder = folder.with("events.ndjson", text);
    let text = folder.read("sponsorships.csv");
    let line = format!("77777777-7777-4777-8777-777777777777,{known},2024-12-01,Gold,1,accepted\n");
    let folder = folder.with("sponsorships.csv", text + &line);
    let answer = json(&folder, &["--config", "strict.json"]);
    assert_eq!(row(&answer, "default")["candidate_recall"], 1.0);
    let strict = number(&row(&answer, "strict")["candidate_recall"]);
    assert!(strict < 1.0, "{strict}");
    let table = evaluate(&folder, &["--config", "strict.json"]).done();
    assert!(table.contains("it considers "), "{table}");
}

#[test]
fn long_names_leave_room_for_the_numbers() {
    let name = "a-configuration-with-a-name-of-many-words.json";
    let text = evaluate(&outcomes().with(name, "{}"), &["--config", name]).done();
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let line = text.lines().find(|line| line.starts_with("a-configuratio…  ")).unwrap();
    let default = text.lines().find(|line| line.starts_with("default  ")).unwrap();
    assert_eq!(line.split_whitespace().last(), default.split_whitespace().last());
}

#[test]
fn models_that_cannot_be_used_are_refused() {
    let folder =
        outcomes().with("m.txt", MODEL.replace("country_recency", "country_recenzy")).with("none.txt", "");
    for (file, told) in [
        (
            "m.txt",
            "m.txt: feature_names[0]: `country_recenzy` is no feature, did you mean `country_recency`\n",
        ),
        ("none.txt", "none.txt: line 1"),
        ("gone.txt", "error: gone.txt: no such file\n"),
    ] {
        let refused = evaluate(&folder, &["--model", file]).failed(1);
        assert!(refused.starts_with(told), "{refused}");
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let folder = outcomes();
    let answer = |format: &str| {
        evaluate(&folder, &["--format", format, "--svg", "q.svg"]).done() + &folder.read("q.svg")
    };
    for format in ["json", "table"] {
        assert_eq!(answer(format), answer(format));
    }
}

/// Rows in another order are the same outcomes.
#[test]
fn the_order_of_rows_does_not_matter() {
    let folder = outcomes();
    let expected = evaluate(&folder, &["--format", "json"]).done();
    let mut folder = folder;
    for name in ["events.ndjson", "event_audience_insights.ndjson", "sponsorships.csv"] {
        let text = folder.read(name);
        let (head, rows) =
            text.split_at(if name.ends_with("csv") { text.find('\n').unwrap() + 1 } else { 0 });
        let turned: Vec<&str> = rows.lines().rev().collect();
        folder = folder.with(name, format!("{head}{}\n", turned.join("\n")));
    }
    assert_eq!(evaluate(&folder, &["--format", "json"]).done(), expected);
}

#[test]
fn the_picture_says_what_it_shows() {
    let folder = outcomes().with("a<b>&.json", "{}");
    evaluate(&folder, &["--svg", "q.svg", "--config", "a<b>&.json"]).done();
    let svg = folder.read("q.svg");
    let answer = json(&folder, &["--config", "a<b>&.json"]);
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(svg.contains("role=\"img\"") && svg.contains("<title id=\"title\">"), "{svg}");
    let described = svg.split_once("<desc id=\"desc\">").unwrap().1.split_once("</desc>").unwrap().0;
    for row in answer["rankers"].as_array().unwrap() {
        let name =
            row["name"].as_str().unwrap().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let ndcg = |part: &str| format!("{:.3}", number(&row["ndcg_at_20"][part]));
        let told = format!("{name} {} ({} to {})", ndcg("mean"), ndcg("lower"), ndcg("upper"));
        assert!(described.contains(&told), "{told}: {described}");
        assert!(svg.contains(&format!(">{name}</text>")), "{name}");
        assert!(svg.contains(&format!(">{}</text>", ndcg("mean"))), "{name}");
    }
}

/// The whiskers stand where the numbers are: read back from the picture.
#[test]
fn lengths_in_the_picture_are_in_proportion() {
    let folder = outcomes();
    evaluate(&folder, &["--svg", "q.svg"]).done();
    let (svg, answer) = (folder.read("q.svg"), json(&folder, &[]));
    let dots: Vec<f64> = svg
        .lines()
        .filter_map(|line| {
            line.strip_prefix("<circle ")?.split_once("cx=\"")?.1.split_once('"')?.0.parse().ok()
        })
        .collect();
    let mut means: Vec<f64> =
        answer["rankers"].as_array().unwrap().iter().map(|row| number(&row["ndcg_at_20"]["mean"])).collect();
    means.sort_by(|a, b| b.total_cmp(a));
    assert_eq!(dots.len(), means.len());
    let pixels = (dots[0] - dots[4]) / (means[0] - means[4]);
    for (dot, mean) in dots.iter().zip(&means) {
        assert!((dots[0] - dot - pixels * (means[0] - mean)).abs() < 0.2, "{dots:?}, {means:?}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_named() {
    let folder = outcomes();
    for (arguments, code, told) in [
        (
            &["--data", "nowhere"][..],
            1,
            "error: nowhere: no events here: expected events.ndjson, .csv or .json, gzipped or not\n",
        ),
        (
            &["--data", ".", "--until", "2024-01-01"],
            2,
            "error: --until: 2024-01-01 is not after the cut, 2025-01-01\n",
        ),
        (
            &["--data", ".", "--until", "2025-01-02"],
            2,
            "error: nothing to measure: 0 events begin from 2025-01-01 until 2025-01-02, none with one of the 54 sponsors that were known before\n",
        ),
        (&["--data", ".", "--config", "none.json"], 1, "error: none.json: no such file\n"),
    ] {
        let run = folder.run(&[&["evaluate"], &CUT[..], arguments].concat());
        assert_eq!(run.failed(code), told);
    }
    let usage = folder.run(&["evaluate", "--data", ".", "--cut", "soon"]).failed(2);
    assert!(usage.contains("`soon` is not a timestamp or date such as"), "{usage}");

    let bare = Folder::empty().with("events.ndjson", folder.read("events.ndjson"));
    let told =
        "error: .: no sponsorships here: expected sponsorships.ndjson, .csv or .json, gzipped or not\n";
    assert_eq!(evaluate(&bare, &[]).failed(1), told);
}

#[test]
fn bad_rows_are_named_by_file_and_line() {
    let rows = outcomes().read("sponsorships.csv");
    let folder = outcomes().with("sponsorships.csv", rows.replacen(",accepted\n", ",maybe\n", 1));
    let told = evaluate(&folder, &[]).failed(2);
    assert!(told.starts_with("./sponsorships.csv:2: outcome: `maybe` is not "), "{told}");
    assert!(told.ends_with("\nerror: 1 bad row\n"), "{told}");
}

/// Insights are optional, and so is their file: what is not known of an audience is unknown.
#[test]
fn a_folder_without_insights_is_enough() {
    let folder = outcomes();
    std::fs::remove_file(folder.path("event_audience_insights.ndjson")).unwrap();
    assert_eq!(json(&folder, &[])["queries"], json(&outcomes(), &[])["queries"]);
}
