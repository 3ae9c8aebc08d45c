//! Text of any kind at the doors of `wire`: no panic, and always an answer in JSON.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use sponsorfit::ErrorKind;
use sponsorfit_wire::{Handle, ask};

use super::oracle::generate::{self, Case};
use super::support::cases;
use super::support::pair::{opened, request};

const QUESTIONS: [&str; 5] = ["score", "explain", "what_if", "improve", "check"];

fn handles() -> Vec<Handle> {
    let configs = [
        "{}",
        r#"{"missing": {"policy": "renormalize"}, "objectives": {"kind": "keywords"}, "overlap_reading": "reachable"}"#,
        r#"{"geo_reading": "audience_share", "objectives": {"kind": "embedding", "dimension": 2}, "budget_reading": "price"}"#,
    ];
    configs.iter().map(|config| opened(config).expect("a valid configuration")).collect()
}

fn assert_error(error: &Value) {
    let names: Vec<&str> = error.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(names, ["code", "message", "path"]);
    let code = error["code"].as_str().expect("a code");
    assert!(ErrorKind::ALL.iter().any(|kind| kind.code() == code), "{error}");
    assert!(!error["message"].as_str().expect("a message").is_empty(), "{error}");
    assert!(error["path"].is_string(), "{error}");
}

/// Parses an answer: a result, or an error of the known shape.
fn answered(answer: &str) -> Value {
    let answer: Value = serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error} in {answer}"));
    assert!(answer.is_object() || answer.is_array());
    if let Some(error) = answer.get("error") {
        assert_error(error);
    }
    answer
}

/// Knocks at every door with a text.
fn knock(handles: &mut [Handle], text: &str) {
    for handle in handles {
        for question in QUESTIONS {
            answered(&handle.ask(question, text, None));
        }
    }
    let validation = answered(&ask("validate", text));
    validation["problems"].as_array().into_iter().flatten().for_each(assert_error);
    if let Err(error) = opened(text) {
        assert_error(&serde_json::to_value(&error).expect("an error is written"));
    }
}

const NAMES: &[&str] = &[
    "sponsor",
    "event",
    "insights",
    "changes",
    "side",
    "limit",
    "rules",
    "config",
    "sponsor_id",
    "event_id",
    "id",
    "annual_budget_cents",
    "preferred_categories",
    "regions",
    "brand_objectives",
    "keywords",
    "goals",
    "target_audience",
    "objectives_embedding",
    "objectives",
    "min_price_cents",
    "start_at",
    "geo_distribution",
    "age_segments",
    "engagement_score",
    "sentiment_score",
    "attendee_count",
    "weights",
    "budget_fit",
    "missing",
    "policy",
    "kind",
    "dimension",
    "date_window",
    "from",
    "until",
    "blocked_pairs",
    "exclusivity",
    "by",
    "taken",
    "industry",
    "set_budget",
    "add_region",
    "set_visitors",
    "region",
    "count",
    "",
    "\u{0}",
    "a.b[0]",
];

fn leaf() -> impl Strategy<Value = Value> {
    let numbers = [
        json!(0),
        json!(-1),
        json!(0.5),
        json!(-0.0),
        json!(1e308),
        json!(-1e-320),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1_u64 << 53),
        json!(4_294_967_296_u64),
    ];
    let texts = [
        "",
        " ",
        "00000000-0000-4000-8000-000000000001",
        "[0.1,0.2]",
        "[[",
        "NaN",
        "Infinity",
        "-0",
        "12345678901234567890",
        "2025-10-21",
        "2025-10-21T25:61:61Z",
        "9999-99-99",
        "0000-01-01",
        "keywords",
        "embedding",
        "renormalize",
        "event",
        "İΣ\u{301}\u{1f3b8}",
        "\u{202e}\u{feff}",
        "{\"a\":",
    ];
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        select(numbers.to_vec()),
        select(texts.to_vec()).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ]
}

/// JSON of any shape, with the names that requests have.
fn soup() -> impl Strategy<Value = Value> {
    let name = prop_oneof![9 => select(NAMES.to_vec()).prop_map(str::to_owned), 1 => ".{0,6}"];
    leaf().prop_recursive(4, 40, 6, move |inner| {
        prop_oneof![
            1 => vec(inner.clone(), 0..5).prop_map(Value::from),
            3 => vec((name.clone(), inner), 0..7).prop_map(|pairs| pairs.into_iter().collect()),
        ]
    })
}

/// A valid request with all that questions take.
fn valid_request(case: &Case, pair_alone: bool) -> String {
    let more = if pair_alone {
        ""
    } else {
        r#", "changes": [{"add_region": "CA"}, {"set_budget": 5}, {"set_visitors": {"region": "US", "count": 3}}],
           "side": "event", "limit": 2, "rules": {"price_ceiling": true, "on_unknown": "drop",
           "blocked_pairs": [["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]],
           "exclusivity": {"by": "industry", "taken": []}, "date_window": {"from": "2025-01-01"}}"#
    };
    request(&case.sponsor, &case.event, case.insights.as_deref(), more)
}

/// Replaces, removes or adds characters.
fn with_edits(text: &str, edits: &[(Index, Index, String)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (from, length, insert) in edits {
        let from = from.index(characters.len() + 1);
        let to = (from + length.index(4)).min(characters.len());
        characters.splice(from..to, insert.chars());
    }
    characters.into_iter().collect()
}

fn token() -> impl Strategy<Value = String> {
    let tokens = [
        "",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "1e999",
        "-",
        "0",
        "9007199254740993",
        "\\u",
        "\\ud800",
        "\\",
        "\u{0}",
        "é",
        "true",
        ".5",
        "{\"a\":1}",
        "[[[[[[",
    ];
    prop_oneof![4 => select(tokens.to_vec()).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)]
}

/// Puts `other` in the place of the node that is `at`-th in the order of reading.
fn with_node(value: &mut Value, at: &mut usize, other: &Value) {
    if *at == 0 {
        *value = other.clone();
    }
    *at = at.wrapping_sub(1);
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| with_node(value, at, other)),
        Value::Array(list) => list.iter_mut().for_each(|value| with_node(value, at, other)),
        _ => {}
    }
}

fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Object(fields) => fields.values().map(nodes).sum(),
        Value::Array(list) => list.iter().map(nodes).sum::<usize>(),
        _ => 0,
    }
}

fn problems_of(validation: &Value) -> Vec<(&Value, &Value)> {
    let problems = validation["problems"].as_array().into_iter().flatten();
    problems.chain(validation.get("error")).map(|problem| (&problem["code"], &problem["path"])).collect()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_text(text in any::<String>()) {
        knock(&mut handles(), &text);
    }

    #[test]
    fn any_json(value in soup()) {
        knock(&mut handles(), &value.to_string());
    }

    #[test]
    fn a_valid_request_with_broken_text(
        case in generate::case(),
        edits in vec((any::<Index>(), any::<Index>(), token()), 1..5),
        whole in any::<bool>(),
    ) {
        knock(&mut handles(), &with_edits(&valid_request(&case, !whole), &edits));
        knock(&mut [], &with_edits(&case.config, &edits));
    }

    #[test]
    fn a_valid_request_with_another_node(
        case in generate::case(),
        at in any::<Index>(),
        other in soup(),
        whole in any::<bool>(),
    ) {
        let mut request: Value = serde_json::from_str(&valid_request(&case, !whole)).expect("valid");
        let mut at = at.index(nodes(&request));
        with_node(&mut request, &mut at, &other);
        knock(&mut handles(), &request.to_string());
    }

    /// What one door refuses the other must find, by the same code and path, and the reverse.
    #[test]
    fn validation_finds_what_the_score_refuses(
        case in generate::case(),
        at in any::<Index>(),
        other in soup(),
        edits in vec((any::<Index>(), any::<Index>(), token()), 0..2),
    ) {
        let mut request: Value = serde_json::from_str(&valid_request(&case, true)).expect("valid");
        let mut at = at.index(nodes(&request));
        with_node(&mut request, &mut at, &other);
        // `validate` takes some of the parts, and null for none.
        if ["sponsor", "event", "insights"].iter().any(|name| !request[name].is_object()) {
            return Ok(());
        }
        let text = with_edits(&request.to_string(), &edits);
        let mut handle = opened("{}").expect("the default configuration");
        let score = answered(&handle.ask("score", &text, None));
        let validation = answered(&ask("validate", &text));
        let problems = problems_of(&validation);
        match score.get("error") {
            Some(error) if error["code"] != "insufficient_data" => {
                let named = (&error["code"], &error["path"]);
                let absent = error["code"] == "missing_field" && !error["path"].as_str().unwrap_or("").contains('.');
                prop_assert!(absent || problems.contains(&named), "{error}\n{validation}\n{text}");
            }
            _ => {
                // Text that only `validate` reads: half a surrogate pair in a field that nobody has.
                let unread = problems.iter().all(|(code, _)| *code == "invalid_json");
                prop_assert!(problems.is_empty() || unread, "{validation}\n{text}");
            }
        }
    }
}

#[test]
fn depth_and_length_are_refused_and_not_followed() {
    let deep = "[".repeat(200_000);
    let deep_objects = r#"{"sponsor":"#.repeat(50_000);
    let long_name = format!(r#"{{"{}": 1}}"#, "sponsor".repeat(200_000));
    let fields: Vec<String> = (0..20_000).map(|number| format!("\"f{number}\": 1")).collect();
    let many = format!(r#"{{"sponsor": {{{}}}}}"#, fields.join(","));
    for text in [deep, deep_objects, long_name, many] {
        knock(&mut handles()[..1], &text);
    }
}
