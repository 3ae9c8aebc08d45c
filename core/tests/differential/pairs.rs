//! One pair: rows from text, through serde and through `wire`.

use proptest::prelude::*;
use serde_json::Value;
use sponsorfit_wire::Handle;

use super::expected;
use super::oracle::Outcome;
use super::oracle::config::{Config, Objectives};
use super::oracle::generate::{self, Case};
use super::support::cases;
use super::support::numbers::{of_answer, of_core, of_oracle, of_score_alone};
use super::support::pair::{Pair, handle, request, scorer};

fn parsed(answer: &str) -> Value {
    serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error} in {answer}"))
}

/// Asks for the score and for the explanation, and compares what is parsed from both answers.
fn assert_answers(handle: &mut Handle, case: &Case, outcome: &Outcome) {
    let request = request(&case.sponsor, &case.event, case.insights.as_deref(), "");
    let (score, why) =
        (parsed(&handle.ask("score", &request, None)), parsed(&handle.ask("explain", &request, None)));
    match outcome {
        Outcome::Score(scored) => {
            let expected = of_oracle(outcome, &case.config);
            assert_eq!(of_answer(&why), expected);
            assert_eq!(of_answer(&score), of_score_alone(&expected));
            assert_eq!(score["config_fingerprint"], parsed(&handle.ask("fingerprint", "{}", None)));
            assert_eq!(score["score_decimal"], why["score_decimal"]);
            assert_eq!(score["score_decimal"], four_digits(scored.score));
        }
        Outcome::Insufficient { missing, coverage } => {
            let unknown: Vec<String> = missing.iter().map(|path| format!("`{path}`")).collect();
            let unknown = if unknown.is_empty() { "nothing".to_owned() } else { unknown.join(", ") };
            let message = format!("too little is known for a score: coverage {coverage}, unknown {unknown}");
            for answer in [score, why] {
                assert_eq!(answer["error"]["code"], "insufficient_data");
                assert_eq!(answer["error"]["message"], message);
            }
        }
    }
}

/// "its shortest decimal text rounded half away from zero to four digits", digit by digit.
fn four_digits(score: f64) -> String {
    let text = format!("{score}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digit = |at: usize| fraction.as_bytes().get(at).map_or(0, |digit| u32::from(digit - b'0'));
    let kept = (0..4).fold(whole.parse::<u32>().expect("a digit"), |sum, at| sum * 10 + digit(at));
    let rounded = kept + u32::from(digit(4) >= 5);
    format!("{}.{:04}", rounded / 10_000, rounded % 10_000)
}

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn every_field_equals_the_oracles(case in generate::case()) {
        let outcome = expected(&case);
        let explained = Pair::of(&case).explain(&scorer(&case.config, case.custom));
        prop_assert_eq!(of_core(&explained), of_oracle(&outcome, &case.config));
        if let Some(mut handle) = handle(&case.config) {
            assert_answers(&mut handle, &case, &outcome);
        }
    }

    #[test]
    fn another_dimension_is_unknown_to_the_scorer_and_refused_by_wire(
        case in generate::case_with_another_dimension(),
    ) {
        let outcome = expected(&case);
        let pair = Pair::of(&case);
        let explained = pair.explain(&scorer(&case.config, case.custom));
        prop_assert_eq!(of_core(&explained), of_oracle(&outcome, &case.config));
        let Some(mut handle) = handle(&case.config) else { return Ok(()) };
        let has_another = pair.event.objectives_embedding.is_some();
        if has_another && matches!(Config::read(&case.config).objectives, Objectives::Embedding { .. }) {
            let request = request(&case.sponsor, &case.event, case.insights.as_deref(), "");
            for answer in [handle.ask("score", &request, None), handle.ask("explain", &request, None)] {
                let error = &parsed(&answer)["error"];
                prop_assert_eq!(&error["code"], "dimension_mismatch");
                prop_assert_eq!(&error["path"], "event.objectives_embedding");
            }
        } else {
            assert_answers(&mut handle, &case, &outcome);
        }
    }
}
