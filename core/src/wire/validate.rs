//! Everything that is wrong with a request, not only the first thing.

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as DeError};

use super::answer;
use super::request::check_same_event;
use crate::config::ScoringConfig;
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::objectives::check_dimension;
use crate::read::{self, IgnoredField, Json};
use crate::rules::Rules;
use crate::score::Scorer;

const PARTS: &[&str] = &["sponsor", "event", "insights", "config", "rules"];

/// Everything that is wrong with a request.
#[derive(Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Validation {
    /// Whether there is no problem.
    valid: bool,
    /// Every problem, with the path of its field.
    problems: Vec<Error>,
    /// The fields of rows that no type has.
    ignored: Vec<Ignored>,
}

/// A field of a row that no type has.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Ignored {
    /// The dotted path of the field.
    field: String,
    /// The nearest known name, where one is near.
    nearest: Option<&'static str>,
}

/// Checks any of `sponsor`, `event`, `insights`, `config` and `rules`, and lists every problem.
///
/// Answers `{"valid", "problems": [{code, message, path}], "ignored": [{field, nearest}]}`.
/// Ignored fields of rows are no problem; each comes with the nearest known name.
///
/// # Examples
/// ```
/// let answer = sponsorfit::wire::validate(
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "prefered_categories": [],
///                     "annual_budget_cents": -5, "reputation_score": 2}}"#,
/// );
/// assert!(answer.starts_with(r#"{"valid":false,"problems":[{"code":"out_of_range""#));
/// assert!(answer.ends_with(
///     r#""ignored":[{"field":"sponsor.prefered_categories","nearest":"preferred_categories"}]}"#,
/// ));
/// ```
pub fn validate(request: &str) -> String {
    answer(&read::strict_from_json(request).and_then(|request| examine(&request)))
}

fn examine(request: &Json) -> Result<Validation, Error> {
    let Json::Object(parts) = request else {
        return Err(Error::new(ErrorKind::WrongType, "a request is an object"));
    };
    let mut found = Validation::default();
    for (name, _) in parts.iter().filter(|(name, _)| !PARTS.contains(&name.as_str())) {
        found.problems.push(<Error as DeError>::unknown_field(name, PARTS));
    }
    let times = |name: &str| parts.iter().filter(|(other, _)| other == name).count();
    let twice = PARTS.iter().filter(|name| times(name) > 1);
    found.problems.extend(twice.map(|name| <Error as DeError>::duplicate_field(name)));
    let part = |name: &str| {
        let found = parts.iter().find(|(other, _)| other == name);
        found.map(|(_, value)| value).filter(|value| **value != Json::Null)
    };
    let scores = |config: &ScoringConfig| Scorer::new(config.clone()).map(drop);
    let config = part("config").and_then(|value| found.settings("config", value, scores));
    if let Some(value) = part("rules") {
        found.settings("rules", value, Rules::validate);
    }
    let sponsor = part("sponsor").and_then(|value| found.row::<SponsorProfile>("sponsor", value));
    let event = part("event").and_then(|value| found.row::<Event>("event", value));
    let insights = part("insights").and_then(|value| found.row::<AudienceInsights>("insights", value));
    let dimension = config.unwrap_or_default().objectives.dimension();
    let embeddings = [
        ("sponsor", sponsor.as_ref().and_then(|sponsor| sponsor.objectives_embedding.as_ref())),
        ("event", event.as_ref().and_then(|event| event.objectives_embedding.as_ref())),
    ];
    for (name, embedding) in embeddings {
        let checked = check_dimension(dimension, embedding);
        found.problems.extend(checked.err().map(|error| error.within(name)));
    }
    if let Some(event) = &event {
        found.problems.extend(check_same_event(event, insights.as_ref()).err());
    }
    found.valid = found.problems.is_empty();
    Ok(found)
}

impl Validation {
    fn row<T: DeserializeOwned>(&mut self, name: &str, value: &Json) -> Option<T> {
        let (read, ignored) = read::row_from_value::<T>(value);
        self.ignored.extend(
            ignored
                .into_iter()
                .map(|IgnoredField { path, nearest }| Ignored { field: format!("{name}.{path}"), nearest }),
        );
        read.map_err(|errors| self.blame(name, errors)).ok()
    }

    fn blame(&mut self, name: &str, errors: Vec<Error>) {
        self.problems.extend(errors.into_iter().map(|error| error.within(name)));
    }

    fn settings<T: DeserializeOwned>(
        &mut self,
        name: &str,
        value: &Json,
        validate: impl Fn(&T) -> Result<(), Error>,
    ) -> Option<T> {
        let read =
            read::from_source::<T, _>(value).and_then(|settings| validate(&settings).map(|()| settings));
        read.map_err(|error| self.blame(name, vec![error])).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPONSOR: &str = r#""sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff""#;
    const EVENT: &str = r#""event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001""#;

    fn problems(request: &str) -> Vec<String> {
        let answer: serde_json::Value = serde_json::from_str(&validate(request)).unwrap();
        let problems = answer["problems"].as_array().unwrap();
        assert_eq!(answer["valid"].as_bool().unwrap(), problems.is_empty());
        let text = |problem: &serde_json::Value, key: &str| problem[key].as_str().unwrap().to_owned();
        problems
            .iter()
            .map(|p| format!("{} {}: {}", text(p, "code"), text(p, "path"), text(p, "message")))
            .collect()
    }

    #[test]
    fn every_part_is_examined() {
        let request = format!(
            r#"{{"sponsor": {{{SPONSOR}, "regions": 7, "reputation_score": 2}}, "events": {{}},
                "event": {{{EVENT}, "objectives_embedding": [1, 2, 3]}},
                "insights": {{"event_id": "00000000-0000-0000-0000-000000000000"}},
                "config": {{"objectives": {{"kind": "embedding", "dimension": 2}}}},
                "rules": {{"date_window": {{"from": "2026-02-01", "until": "2026-01-01"}}}}}}"#
        );
        assert_eq!(
            problems(&request),
            [
                "unknown_field events: unknown field, did you mean `event`",
                "invalid_value rules.date_window.until: 2026-01-01 is before the window begins, at 2026-02-01",
                "wrong_type sponsor.regions: 7 is not a list of texts",
                "out_of_range sponsor.reputation_score: 2 is not in 0..=1",
                "dimension_mismatch event.objectives_embedding: 3 components are not 2, the configured dimension",
                "invalid_value insights.event_id: `00000000-0000-0000-0000-000000000000` is not the event's `0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001`",
            ]
        );
    }

    #[test]
    fn what_a_text_says_twice_is_a_problem() {
        let sponsor = format!(r#"{{{SPONSOR}, "regions": [], "regions": []}}"#);
        assert_eq!(
            problems(&format!(r#"{{"sponsor": {sponsor}, "event": null, "event": null}}"#)),
            ["duplicate_field event: appears twice", "duplicate_field sponsor.regions: appears twice"]
        );
    }

    #[test]
    fn nothing_wrong_is_valid() {
        assert_eq!(validate("{}"), r#"{"valid":true,"problems":[],"ignored":[]}"#);
        assert_eq!(problems(&format!(r#"{{"event": {{{EVENT}}}, "insights": null}}"#)), [""; 0]);
        assert!(validate("[]").contains("wrong_type"));
        assert!(validate("{").contains("invalid_json"));
    }

    #[test]
    fn settings_are_examined() {
        assert_eq!(
            problems(r#"{"config": {"objectives": {"kind": "custom", "id": "crm"}}}"#),
            ["missing_implementation config.objectives: `crm` needs an implementation: use `Scorer::custom`"]
        );
        assert_eq!(
            problems(r#"{"config": {"min_coverage": -1}, "rules": {"price": true}}"#),
            [
                "out_of_range config.min_coverage: -1 is not in 0..=1",
                "unknown_field rules.price: unknown field, expected `excluded_categories`, `blocked_pairs`, `exclusivity`, `region_required`, `price_ceiling`, `date_window` or `on_unknown`",
            ]
        );
    }
}
