//! Text into typed values: fast when the text is right, exact about where it is wrong.
//!
//! serde's own errors say where a byte stands, not which field is to blame. So
//! a row is first read the fast way; only when that fails is it read again
//! through [`value`], whose errors carry a kind and a path.

mod fields;
mod object_only;
mod place;
mod serde_error;
mod value;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) use fields::{known_fields, nearest};
pub(crate) use object_only::ObjectOnly;
pub(crate) use place::Place;
pub(crate) use value::{ValueDeserializer, from_value};

use crate::error::{Error, ErrorKind};

/// A row, and the dotted names of the fields it has that the type does not.
#[derive(Debug)]
pub(crate) struct ReadRow<T> {
    pub(crate) row: T,
    pub(crate) ignored: Vec<String>,
}

/// Reads one small value the exact way at once; the first error wins.
pub(crate) fn strict_from_json<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let value = serde_json::from_str::<Value>(text).map_err(|error| syntax(&error))?;
    from_value(&value)
}

/// Reads one row; every field that is wrong is reported.
pub(crate) fn row_from_json<T: DeserializeOwned>(text: &str) -> Result<ReadRow<T>, Vec<Error>> {
    row_from_json_at(text, Place::START)
}

/// Reads one row of a longer text; what is not JSON is reported by its place in that text.
pub(crate) fn row_from_json_at<T: DeserializeOwned>(
    text: &str,
    place: Place,
) -> Result<ReadRow<T>, Vec<Error>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = read_row(ObjectOnly(&mut deserializer));
    read.and_then(|row| deserializer.end().map(|()| row)).map_err(|error| {
        match serde_json::from_str::<Value>(text) {
            Ok(value) => match all_errors::<T>(value.clone()) {
                none if none.is_empty() => vec![repeated(&error)],
                errors => errors.into_iter().map(|error| name_lookalike(error, &value)).collect(),
            },
            Err(error) => vec![syntax_at(&error, place)],
        }
    })
}

/// Reads one row, and notes the fields that it has and the type has not.
pub(crate) fn read_row<'de, T, D>(deserializer: D) -> Result<ReadRow<T>, D::Error>
where
    T: DeserializeOwned,
    D: serde::Deserializer<'de>,
{
    let mut ignored = Vec::new();
    let row = serde_ignored::deserialize(deserializer, |path| ignored.push(dotted(&path)))?;
    Ok(ReadRow { row, ignored })
}

/// A row whose fields can be left out one by one.
pub(crate) trait Fields {
    /// Reads what is left of the row.
    fn read<T: DeserializeOwned>(&self) -> Result<T, Error>;

    /// Leaves a field out, and tells whether it was there.
    fn leave_out(&mut self, field: &str) -> bool;
}

impl Fields for Value {
    fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        from_value(self)
    }

    fn leave_out(&mut self, field: &str) -> bool {
        match self {
            Self::Object(object) => object.remove(field).is_some(),
            _ => false,
        }
    }
}

/// Collects the error of each top-level field by leaving out those already blamed.
pub(crate) fn all_errors<T: DeserializeOwned>(mut row: impl Fields) -> Vec<Error> {
    let mut errors: Vec<Error> = Vec::new();
    while let Err(error) = row.read::<T>() {
        let removed = row.leave_out(top_level(&error));
        if removed || !is_missing_because_removed(&error, &errors) {
            errors.push(error);
        }
        if !removed {
            break;
        }
    }
    errors
}

/// Adds to a missing field's error the name that may stand in the row for it.
fn name_lookalike(error: Error, row: &Value) -> Error {
    let names = row.as_object().into_iter().flat_map(|object| object.keys().map(String::as_str));
    match error.kind() {
        ErrorKind::MissingField => missing(error.path(), error.message(), names),
        _ => error,
    }
}

/// Says that a required field is missing, and which of the `names` there are may be meant for it.
pub(crate) fn missing<'a>(field: &str, message: &str, names: impl IntoIterator<Item = &'a str>) -> Error {
    let hint = nearest(field, names).map_or_else(String::new, |name| format!(": is it `{name}`"));
    Error::new(ErrorKind::MissingField, format!("{message}{hint}")).within(field)
}

fn top_level(error: &Error) -> &str {
    error.path().split(['.', '[']).next().unwrap_or_default()
}

/// Tells whether a required field is only missing because it was blamed and left out.
fn is_missing_because_removed(error: &Error, earlier: &[Error]) -> bool {
    earlier.iter().map(top_level).any(|blamed| {
        // An event's identifier may be called `id` in its row.
        blamed == error.path() || (blamed == "id" && error.path() == "event_id")
    })
}

/// Writes the path of an ignored field as errors write theirs.
fn dotted(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}[{index}]", dotted(parent)),
        Path::Map { parent, key } => match dotted(parent) {
            root if root.is_empty() => key.clone(),
            parent => format!("{parent}.{key}"),
        },
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            dotted(parent)
        }
    }
}

/// Explains text that is not JSON, without a line number where there is one line.
pub(crate) fn syntax(error: &serde_json::Error) -> Error {
    syntax_at(error, Place::START)
}

/// Explains text that is not JSON by its place in the text around it.
pub(crate) fn syntax_at(error: &serde_json::Error, place: Place) -> Error {
    let text = error.to_string();
    let own = format!(" at line {} column {}", error.line(), error.column());
    let what = text.strip_suffix(&own).unwrap_or(&text);
    let message = match (error.line(), error.column()) {
        (0, _) | (_, 0) => format!("not JSON: {what}"),
        (line, column) => format!("not JSON: {what}{}", place.of(line, column).seen_from(place)),
    };
    Error::new(ErrorKind::InvalidJson, message)
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
    use super::*;
    use crate::model::{AudienceInsights, Event, SponsorProfile};

    const ID: &str = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001";

    fn sponsor_errors(fields: &str) -> Vec<String> {
        let text = format!(r#"{{"sponsor_id": "{ID}", {fields}}}"#);
        let errors = row_from_json::<SponsorProfile>(&text).unwrap_err();
        errors.iter().map(ToString::to_string).collect()
    }

    fn insights_errors(fields: &str) -> Vec<String> {
        let text = format!(r#"{{"event_id": "{ID}", {fields}}}"#);
        let errors = row_from_json::<AudienceInsights>(&text).unwrap_err();
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
        ] {
            assert_eq!(sponsor_errors(fields), [expected]);
        }
        for (fields, expected) in [
            (r#""geo_distribution": {"US": -1}"#, "geo_distribution.US: -1 is not in 0..=9007199254740991"),
            (r#""sentiment_score": -1.5"#, "sentiment_score: -1.5 is not in -1..=1"),
            (r#""avg_dwell_time_ms": -1"#, "avg_dwell_time_ms: -1 is not in 0..=1.7976931348623157e308"),
            (
                r#""age_segments": {"a": 0.1, "A": 0.2}"#,
                "age_segments: `a` is not a bucket of its own: it repeats an earlier one",
            ),
        ] {
            assert_eq!(insights_errors(fields), [expected]);
        }
    }

    #[test]
    fn every_wrong_field_of_a_row_is_reported() {
        let errors = sponsor_errors(r#""annual_budget_cents": -5, "reputation_score": 2, "regions": 1"#);
        assert_eq!(errors.len(), 3, "{errors:?}");
        let missing = row_from_json::<SponsorProfile>(r#"{"sponsor_id": "7", "regions": 1}"#).unwrap_err();
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
            let errors = row_from_json::<Event>(text).unwrap_err();
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
            let error = row_from_json::<Event>(text).unwrap_err().remove(0);
            assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::InvalidJson, expected));
            assert_eq!(strict_from_json::<Event>(text).unwrap_err(), error);
        }
    }

    #[test]
    fn unknown_fields_are_ignored_and_named() {
        let text = format!(
            r#"{{"sponsor_id": "{ID}", "prefered_categories": [], "brand_objectives": {{"keyword": 1}}}}"#
        );
        let read = row_from_json::<SponsorProfile>(&text).unwrap();
        assert_eq!(read.ignored, ["prefered_categories", "brand_objectives.keyword"]);
    }

    #[test]
    fn seventeen_digits_are_read_exactly() {
        let text = format!(r#"{{"event_id": "{ID}", "engagement_score": 0.12345678901234566}}"#);
        let read = row_from_json::<AudienceInsights>(&text).unwrap();
        let expected: f64 = "0.12345678901234566".parse().unwrap();
        assert_eq!(read.row.engagement_score.unwrap().get().to_bits(), expected.to_bits());
    }
}
