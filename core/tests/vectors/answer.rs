//! What the core answers to a case.

use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use sponsorfit::{
    Error, Explanation, FactorRow, InsufficientData, KeywordsSimilarity, Leaf, LeafRow, Objectives, Scorer,
};
use sponsorfit_wire::{Handle, ask};

use super::bits;
use super::case::{Case, json, raw};
use super::support::pair::{Pair, opened, row, scorer};

/// The case with everything that is said of it filled in.
pub(crate) fn answered(case: &Case) -> Case {
    let mut answered = case.asked(raw(expected(case)));
    let answer = answered.expected();
    answered.bits = written(bits::of(&answer));
    match explained(case, &answer) {
        Some(Ok(why)) if case.operation == "score" => {
            let factors = numbers_of_factors(&why);
            answered.bits = written(bits::of(&with(answer, "factors", factors.clone())));
            answered.factors = written(Some(factors));
        }
        Some(Err(refusal)) => {
            let missing: Vec<&str> = refusal.missing.iter().map(Leaf::path).collect();
            let insufficient = json!({"missing": missing, "coverage": refusal.coverage});
            answered.bits = written(bits::of(&json!({"insufficient": insufficient})));
            answered.insufficient = written(Some(insufficient));
        }
        _ => {}
    }
    answered
}

fn written(value: Option<Value>) -> Option<Box<RawValue>> {
    Some(raw(value?.to_string()))
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

/// The answer's text, as the door that is asked gives it.
fn expected(case: &Case) -> String {
    match case.operation.as_str() {
        "validate" => ask("validate", case.input()),
        "label" => json!({"key": json(&raw(ask("label_key", case.input())))}).to_string(),
        "config" => match opened(case.config()) {
            Ok(mut handle) => {
                json!({"config_fingerprint": json(&raw(handle.ask("fingerprint", "{}", None)))}).to_string()
            }
            Err(error) => refusal(&error),
        },
        question => match handle(case) {
            Ok(mut handle) => handle.ask(question, case.input(), None),
            Err(error) => refusal(&error),
        },
    }
}

fn refusal(error: &Error) -> String {
    json!({"error": error}).to_string()
}

fn handle(case: &Case) -> Result<Handle, Error> {
    match special(case) {
        Some(scorer) => Ok(Handle::from(scorer)),
        None => opened(case.config()),
    }
}

/// The scorer of a case whose configuration does not say all.
fn special(case: &Case) -> Option<Scorer> {
    if let Some(corpus) = &case.corpus {
        let documents: Vec<Objectives> = row(corpus.get());
        return Some(scorer(case.config(), None).with_keywords(KeywordsSimilarity::fit(&documents)));
    }
    case.similarity.is_some().then(|| scorer(case.config(), case.similarity()))
}

/// The text of a case about a label.
pub(crate) fn text_of(case: &Case) -> String {
    let input: Value = serde_json::from_str(case.input()).expect("an input of a label");
    input["text"].as_str().expect("a text").to_owned()
}

/// The explanation of the pair that was scored or explained; none where the request was refused.
fn explained(case: &Case, answer: &Value) -> Option<Result<Explanation, InsufficientData>> {
    let refused = answer.get("error").is_some_and(|error| error["code"] != "insufficient_data");
    if refused || !["score", "explain"].contains(&case.operation.as_str()) {
        return None;
    }
    let (sponsor, event, insights) = super::agree::texts(case);
    let scorer = special(case).unwrap_or_else(|| scorer(case.config(), None));
    Some(Pair::read(&sponsor, &event, insights.as_deref()).explain(&scorer))
}

/// The numbers of an explanation's rows, by the names of factors and leaves.
fn numbers_of_factors(why: &Explanation) -> Value {
    let mut numbers = Map::new();
    for row in &why.factors {
        let FactorRow { factor, value, weight, contribution, children, .. } = row;
        let row = json!({"value": value, "weight": weight, "contribution": contribution});
        numbers.insert(factor.name().to_owned(), row);
        for LeafRow { leaf, value, weight, contribution, .. } in children {
            let row = json!({"value": value, "weight": weight, "contribution": contribution});
            numbers.insert(leaf.path().to_owned(), row);
        }
    }
    Value::Object(numbers)
}

/// What a person said of the answer.
pub(crate) fn by_hand(case: &Case) -> Vec<(String, Value)> {
    let said = case.by_hand.as_deref().map_or(Value::Null, json);
    said.as_object().into_iter().flatten().map(|(path, value)| (path.clone(), value.clone())).collect()
}
