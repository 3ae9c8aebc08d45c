//! Answers against the oracle, wherever it can tell, and against what a person said of them.

use std::fmt::Write;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::answer::{by_hand, text_of};
use super::bits;
use super::case::{Case, json};
use super::oracle::config::Config;
use super::oracle::leaves::PATHS;
use super::oracle::{Given, Outcome, Scored, fit, labels, score_with};
use super::support::edit::Rows;
use super::support::numbers::{FACTORS, of_answer, of_oracle, of_score_alone};

#[derive(Deserialize)]
struct Texts {
    sponsor: Box<RawValue>,
    event: Box<RawValue>,
    insights: Option<Box<RawValue>>,
}

/// The texts of a request's rows.
pub(crate) fn texts(case: &Case) -> (String, String, Option<String>) {
    let texts: Texts = serde_json::from_str(case.input()).expect("a request that was answered");
    let text = |row: &RawValue| row.get().to_owned();
    (text(&texts.sponsor), text(&texts.event), texts.insights.as_deref().map(text))
}

/// Panics where the oracle or the case's author says otherwise.
pub(crate) fn assert_agrees(case: &Case) {
    let answer = case.expected();
    let refused = answer.get("error").is_some_and(|error| error["code"] != "insufficient_data");
    match case.operation.as_str() {
        "score" | "explain" if !refused => assert_score(case, &answer),
        "what_if" if !refused => assert_what_if(case, &answer),
        "improve" if !refused => assert_improvements(case, &answer),
        "label" => assert_eq!(answer["key"], labels::key(&text_of(case)), "{}", case.name),
        // What the core takes the oracle takes too: it panics at a configuration that is none.
        "config" if !refused => drop(Config::read(case.config())),
        _ => {}
    }
    for (path, said) in by_hand(case) {
        match path.as_str() {
            "canonical" => assert_hash(case, &answer, &said),
            path => assert_said(case, bits::at(&answer, path), &said, path),
        }
    }
}

/// What the oracle says after some changes.
fn outcome(case: &Case, changes: &[Value]) -> Outcome {
    let (sponsor, event, insights) = texts(case);
    let mut rows = Rows::read(&sponsor, &event, insights.as_deref());
    for change in changes {
        rows.change(change);
    }
    let documents: Vec<&RawValue> = case
        .corpus
        .as_deref()
        .map_or_else(Vec::new, |corpus| serde_json::from_str(corpus.get()).expect("a list"));
    let idf = fit(&documents.iter().map(|document| document.get()).collect::<Vec<_>>());
    let custom = |_: &str, _: &str| case.similarity();
    let given = if case.corpus.is_some() { Given::Idf(&idf) } else { Given::Custom(&custom) };
    if changes.is_empty() {
        // The rows as they are written, to the last digit.
        score_with(&sponsor, &event, insights.as_deref(), case.config(), given)
    } else {
        let insights = rows.insights_text();
        score_with(&rows.sponsor_text(), &rows.event_text(), insights.as_deref(), case.config(), given)
    }
}

fn assert_score(case: &Case, answer: &Value) {
    let outcome = outcome(case, &[]);
    let expected = of_oracle(&outcome, case.config());
    match &outcome {
        Outcome::Insufficient { missing, coverage } => {
            let insufficient = json(case.insufficient.as_deref().expect("what is missing for a score"));
            assert_eq!(insufficient["missing"], Value::from(missing.clone()), "{}", case.name);
            assert_eq!(bits_of(&insufficient["coverage"]), Some(coverage.to_bits()), "{}", case.name);
        }
        Outcome::Score(_) if case.operation == "explain" => {
            assert_eq!(of_answer(answer), expected, "{}", case.name);
        }
        Outcome::Score(scored) => {
            assert_eq!(of_answer(answer), of_score_alone(&expected), "{}", case.name);
            let factors = json(case.factors.as_deref().expect("the factors of a score"));
            assert_eq!(factors, factors_of(scored), "{}", case.name);
        }
    }
}

/// The oracle's factors and leaves in the shape of the case's. Decimals are the shortest that name
/// one double, so to compare them is to compare bits.
fn factors_of(scored: &Scored) -> Value {
    let row = |value: Option<f64>, weight: f64, contribution: f64| json!({"value": value, "weight": weight, "contribution": contribution});
    let mut rows = Map::new();
    for (factor, name) in scored.factors.iter().zip(FACTORS) {
        rows.insert(name.to_owned(), row(factor.value, factor.weight, factor.contribution));
        let leaves = PATHS.iter().filter(|path| path.split('.').next() == Some(name));
        for (child, leaf) in factor.children.iter().zip(leaves) {
            rows.insert((*leaf).to_owned(), row(child.value, child.weight, child.contribution));
        }
    }
    Value::Object(rows)
}

fn assert_what_if(case: &Case, answer: &Value) {
    let request: Value = serde_json::from_str(case.input()).expect("a request that was answered");
    let changes = request["changes"].as_array().expect("changes");
    assert_change(case, &answer["after"], &outcome(case, changes));
    if answer.get("error").is_some() {
        return;
    }
    assert_change(case, &answer["before"], &outcome(case, &[]));
    let score = |score: &Value| score["score"].as_f64();
    let gain = score(&answer["before"]).zip(score(&answer["after"])).map(|(before, after)| after - before);
    assert_eq!(bits_of(&answer["gain"]), gain.map(f64::to_bits), "{}", case.name);
}

fn assert_change(case: &Case, score: &Value, outcome: &Outcome) {
    match outcome {
        Outcome::Score(_) => {
            assert_eq!(of_answer(score), of_score_alone(&of_oracle(outcome, case.config())), "{}", case.name);
        }
        Outcome::Insufficient { .. } => assert!(score.get("score").is_none(), "{}", case.name),
    }
}

fn assert_improvements(case: &Case, answer: &Value) {
    for way in answer.as_array().expect("a list of ways") {
        assert_change(case, &way["after"], &outcome(case, way["changes"].as_array().expect("changes")));
    }
}

fn bits_of(number: &Value) -> Option<u64> {
    number.as_f64().map(f64::to_bits)
}

/// Numbers are compared as numbers: a person writes 1 where an answer has 1.0.
fn assert_said(case: &Case, found: &Value, said: &Value, path: &str) {
    let same = match (found.as_f64(), said.as_f64()) {
        (Some(found), Some(said)) => found.to_bits() == said.to_bits(),
        _ => found == said,
    };
    assert!(same, "{}: `{path}` is {found}, not {said}", case.name);
}

/// "`fingerprint()` = lower-case hex SHA-256 of the RFC 8785 JSON of the fields that differ from
/// the default"
fn assert_hash(case: &Case, answer: &Value, canonical: &Value) {
    let digest = Sha256::digest(canonical.as_str().expect("a text").as_bytes());
    let mut hex = String::new();
    for byte in digest {
        let _ = write!(hex, "{byte:02x}");
    }
    assert_eq!(answer["config_fingerprint"], hex, "{}", case.name);
}
