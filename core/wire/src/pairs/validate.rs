//! Everything that is wrong with a request, not only the first thing.

use serde::de::{DeserializeOwned, Deserializer, Error as DeError};
use serde::{Deserialize, Serialize};
use sponsorfit::read::{self, IgnoredField, Json};
use sponsorfit::{
    AudienceInsights, Error, ErrorKind, Event, Rules, Scorer, ScoringConfig, SponsorProfile, check_dimension,
};

use crate::table::Request;

const PARTS: &[&str] = &["sponsor", "event", "insights", "config", "rules"];

/// Any of `sponsor`, `event`, `insights`, `config` and `rules`, right or wrong.
///
/// # Examples
/// See [`validate`].
#[derive(Clone, Debug)]
pub struct Unchecked(Json);

impl From<Json> for Unchecked {
    fn from(json: Json) -> Self {
        Self(json)
    }
}

impl<'de> Deserialize<'de> for Unchecked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(Self)
    }
}

/// Described as what would be right, though anything is read.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Unchecked {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Unchecked".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Parts::json_schema(generator)
    }
}

/// Any of the parts of a request, right or wrong.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[allow(dead_code, reason = "described, never made")]
struct Parts {
    /// A sponsor's row.
    sponsor: Option<serde_json::Value>,
    /// An event's row.
    event: Option<serde_json::Value>,
    /// What was measured at an event.
    insights: Option<serde_json::Value>,
    /// A configuration.
    config: Option<serde_json::Value>,
    /// Rules.
    rules: Option<serde_json::Value>,
}

impl Request for Unchecked {
    fn from_text(text: &str) -> Result<Self, Error> {
        read::strict_from_json(text)
    }
}

/// Everything that is wrong with a request.
///
/// # Examples
/// See [`validate`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Validation {
    /// Whether there is no problem.
    pub valid: bool,
    /// Every problem, with the path of its field.
    pub problems: Vec<Error>,
    /// The fields of rows that no type has.
    pub ignored: Vec<Ignored>,
}

/// A field of a row that no type has.
///
/// # Examples
/// See [`validate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Ignored {
    /// The dotted path of the field.
    pub field: String,
    /// The nearest known name, where one is near.
    pub nearest: Option<&'static str>,
}

/// Lists everything that is wrong with rows, a configuration or rules.
///
/// Ignored fields of rows are no problem; each comes with the nearest known name.
///
/// # Errors
/// [`ErrorKind::WrongType`] for a request that is no object.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask(
///     "validate",
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "prefered_categories": [],
///                     "annual_budget_cents": -5, "reputation_score": 2}}"#,
/// );
/// assert!(answer.starts_with(r#"{"valid":false,"problems":[{"code":"out_of_range""#));
/// assert!(answer.ends_with(
///     r#""ignored":[{"field":"sponsor.prefered_categories","nearest":"preferred_categories"}]}"#,
/// ));
/// ```
pub fn validate(request: Unchecked) -> Result<Validation, Error> {
    examine(&request.0)
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
        found.problems.extend(insights.as_ref().and_then(|insights| insights.check_event(event).err()));
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
    const SPONSOR: &str = r#""sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff""#;
    const EVENT: &str = r#""event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001""#;

    fn problems(request: &str) -> Vec<String> {
        let answer: serde_json::Value = serde_json::from_str(&crate::ask("validate", request)).unwrap();
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
        assert_eq!(crate::ask("validate", "{}"), r#"{"valid":true,"problems":[],"ignored":[]}"#);
        assert_eq!(problems(&format!(r#"{{"event": {{{EVENT}}}, "insights": null}}"#)), [""; 0]);
        assert!(crate::ask("validate", "[]").contains("wrong_type"));
        assert!(crate::ask("validate", "{").contains("invalid_json"));
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
