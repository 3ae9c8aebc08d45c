//! Rows from JSON text: fast when they are right, every fault named when they are not.

use serde::de::DeserializeOwned;

use super::nearest;
use super::{Json, ObjectOnly, Place, ReadRow, Rest, all_errors, read_row, syntax_at};
use crate::error::{Error, ErrorKind};

/// Reads one row of a longer text; what is not JSON is reported by its place in that text.
pub(crate) fn row_from_json_at<T: DeserializeOwned>(
    text: &str,
    place: Place,
) -> Result<ReadRow<T>, Vec<Error>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = read_row(ObjectOnly(&mut deserializer));
    read.and_then(|row| deserializer.end().map(|()| row)).map_err(|error| match Json::parse(text) {
        Ok(value) => match all_errors::<T>(&mut Rest::of(&&value, false)) {
            none if none.is_empty() => vec![repeated(&error)],
            errors => errors.into_iter().map(|error| name_lookalike(error, &value)).collect(),
        },
        Err(error) => vec![syntax_at(&error, place)],
    })
}

/// Adds to a missing field's error the name that may stand in the row for it.
fn name_lookalike(error: Error, row: &Json) -> Error {
    match (error.kind(), row) {
        (ErrorKind::MissingField, Json::Object(pairs)) => {
            missing(error.path(), error.message(), pairs.iter().map(|(name, _)| name.as_str()))
        }
        _ => error,
    }
}

/// Says that a required field is missing, and which of the `names` there are may be meant for it.
pub(crate) fn missing<'a>(field: &str, message: &str, names: impl IntoIterator<Item = &'a str>) -> Error {
    let hint = nearest(field, names).map_or_else(String::new, |name| format!(": is it `{name}`"));
    Error::new(ErrorKind::MissingField, format!("{message}{hint}")).within(field)
}

/// Explains what only the fast way notices: a name that an object has twice.
pub(crate) fn repeated(error: &serde_json::Error) -> Error {
    let text = error.to_string();
    let field = text.strip_prefix("duplicate field `").and_then(|rest| rest.split('`').next());
    match field {
        Some(field) => <Error as serde::de::Error>::custom("appears twice")
            .with_kind(ErrorKind::DuplicateField)
            .within(field),
        None => Error::new(ErrorKind::InvalidValue, text),
    }
}

#[cfg(test)]
mod tests {
    use super::super::strict_from_json;
    use super::*;
    use crate::model::{AudienceInsights, Event, SponsorProfile};

    const ID: &str = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001";

    fn sponsor_errors(fields: &str) -> Vec<String> {
        let text = format!(r#"{{"sponsor_id": "{ID}", {fields}}}"#);
        let errors = row_from_json_at::<SponsorProfile>(&text, Place::START).unwrap_err();
        errors.iter().map(ToString::to_string).collect()
    }

    fn insights_errors(fields: &str) -> Vec<String> {
        let text = format!(r#"{{"event_id": "{ID}", {fields}}}"#);
        let errors = row_from_json_at::<AudienceInsights>(&text, Place::START).unwrap_err();
        errors.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn errors_say_what_where_and_what_would_be_right() {
        for (fields, expected) in [
            (r#""annual_budget_cents": -5"#, "annual_budget_cents: -5 is not in 0..=9007199254740991"),
            (
                r#""annual_budget_cents": 5.5"#,
                "annual_budget_cents: 5.5 is not a whole number in 0..=9007199254740991",
            ),
            (
                r#""annual_budget_cents": "lots""#,
                "annual_budget_cents: `lots` is not a whole number in 0..=9007199254740991",
            ),
            (
                r#""annual_budget_cents": true"#,
                "annual_budget_cents: true is not a whole number in 0..=9007199254740991",
            ),
            (r#""reputation_score": 1.5"#, "reputation_score: 1.5 is not in 0..=1"),
            (r#""reputation_score": "0.5""#, "reputation_score: text `0.5` is not a number in 0..=1"),
            (r#""regions": "US""#, "regions: text `US` is not a list of texts"),
            (r#""regions": ["US", 7]"#, "regions[1]: 7 is not text"),
            (r#""brand_objectives": {"goals": [{}]}"#, "brand_objectives.goals[0]: an object is not text"),
            (
                r#""objectives_embedding": [0, 1e300]"#,
                "objectives_embedding[1]: 1e300 is not in -3.4028235e38..=3.4028235e38",
            ),
            (r#""brand_objectives": [["vinyl"], []]"#, "brand_objectives: a list is not an object"),
            (r#""sponsor_id": "00000000-0000-0000-0000-000000000000""#, "sponsor_id: appears twice"),
            (
                r#""target_audience": {"interests": [], "interests": 7}"#,
                "target_audience.interests: appears twice",
            ),
        ] {
            assert_eq!(sponsor_errors(fields), [expected]);
        }
        for (fields, expected) in [
            (r#""geo_distribution": {"US": -1}"#, "geo_distribution.US: -1 is not in 0..=9007199254740991"),
            (r#""sentiment_score": -1.5"#, "sentiment_score: -1.5 is not in -1..=1"),
            (r#""avg_dwell_time_ms": -1"#, "avg_dwell_time_ms: -1 is not in 0..=1.7976931348623157e308"),
            (
                r#""age_segments": {"a": 0.1, "A": 0.2}"#,
                "age_segments: `A` is not a bucket of its own: it repeats an earlier one",
            ),
        ] {
            assert_eq!(insights_errors(fields), [expected]);
        }
    }

    #[test]
    fn every_wrong_field_of_a_row_is_reported() {
        let errors = sponsor_errors(r#""annual_budget_cents": -5, "reputation_score": 2, "regions": 1"#);
        assert_eq!(errors.len(), 3, "{errors:?}");
        let missing =
            row_from_json_at::<SponsorProfile>(r#"{"sponsor_id": "7", "regions": 1}"#, Place::START)
                .unwrap_err();
        let fields: Vec<_> = missing.iter().map(Error::path).collect();
        assert_eq!(fields.len(), 2, "{missing:?}");
        assert!(fields.contains(&"sponsor_id") && fields.contains(&"regions"));
    }

    #[test]
    fn identifiers_are_required() {
        for (text, expected) in [
            ("{}", "event_id: required, but missing"),
            (r#"{"id": 7}"#, "id: 7 is not a UUID"),
            (r#"{"event_id": "7"}"#, "event_id: `7` is not a UUID"),
            ("[]", "a list is not an object"),
            ("7", "7 is not an object"),
            (r#"{"eventId": 7}"#, "event_id: required, but missing: is it `eventId`"),
        ] {
            let errors = row_from_json_at::<Event>(text, Place::START).unwrap_err();
            assert_eq!(errors.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
        }
    }

    #[test]
    fn what_is_not_json_says_where() {
        for (text, expected) in [
            ("", "not JSON: EOF while parsing a value"),
            ("{", "not JSON: EOF while parsing an object at column 1"),
            (r#"{"event_id": }"#, "not JSON: expected value at column 14"),
            ("{} {}", "not JSON: trailing characters at column 4"),
            ("{\n\"a\" 1}", "not JSON: expected `:` at line 2 column 5"),
        ] {
            let error = row_from_json_at::<Event>(text, Place::START).unwrap_err().remove(0);
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::InvalidJson, expected));
            assert_eq!(strict_from_json::<Event>(text).unwrap_err(), error);
        }
    }

    #[test]
    fn unknown_fields_are_ignored_and_named() {
        let text = format!(
            r#"{{"sponsor_id": "{ID}", "prefered_categories": [], "brand_objectives": {{"keyword": 1}}}}"#
        );
        let read = row_from_json_at::<SponsorProfile>(&text, Place::START).unwrap();
        assert_eq!(read.ignored, ["prefered_categories", "brand_objectives.keyword"]);
    }

    #[test]
    fn seventeen_digits_are_read_exactly() {
        let text = format!(r#"{{"event_id": "{ID}", "engagement_score": 0.12345678901234566}}"#);
        let read = row_from_json_at::<AudienceInsights>(&text, Place::START).unwrap();
        let expected: f64 = "0.12345678901234566".parse().unwrap();
        assert_eq!(read.row.engagement_score.unwrap().get().to_bits(), expected.to_bits());
    }
}
