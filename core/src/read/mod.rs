//! Text into typed values: fast when the text is right, exact about where it is wrong.
//!
//! serde's own errors say where a byte stands, not which field is to blame. So
//! a row is first read the fast way; only when that fails is it read again
//! through [`value`], whose errors carry a kind and a path.

mod fields;
mod object_only;
mod serde_error;
mod value;

use serde::de::DeserializeOwned;
use serde_json::Value;

pub(crate) use fields::nearest_field;
pub(crate) use object_only::ObjectOnly;
pub(crate) use value::from_value;

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
    let mut ignored = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = serde_ignored::deserialize(ObjectOnly(&mut deserializer), |path| ignored.push(dotted(&path)));
    match read.and_then(|row| deserializer.end().map(|()| row)) {
        Ok(row) => Ok(ReadRow { row, ignored }),
        Err(error) => Err(match serde_json::from_str::<Value>(text) {
            Ok(value) => {
                let errors = all_errors::<T>(value);
                if errors.is_empty() { vec![repeated(&error)] } else { errors }
            }
            Err(error) => vec![syntax(&error)],
        }),
    }
}

/// What is wrong with a row, and the fields it has that the type does not.
type BadRow = (Vec<Error>, Vec<String>);

/// Reads one row from parsed JSON; every field that is wrong is reported.
pub(crate) fn row_from_value<T: DeserializeOwned>(value: &Value) -> Result<ReadRow<T>, BadRow> {
    let read = |value: &Value| {
        let mut ignored = Vec::new();
        let row =
            serde_ignored::deserialize(value::ValueDeserializer(value), |path| ignored.push(dotted(&path)));
        (row, ignored)
    };
    let (row, ignored) = read(value);
    match row {
        Ok(row) => Ok(ReadRow { row, ignored }),
        Err(_) => {
            let errors = all_errors::<T>(value.clone());
            // Reading stops at an error: only a row without its wrong fields tells all that it ignores.
            let mut rest = value.clone();
            if let Value::Object(fields) = &mut rest {
                fields.retain(|field, _| errors.iter().all(|error| top_level(error) != field));
            }
            let (_, ignored) = read(&rest);
            Err((errors, ignored))
        }
    }
}

/// Collects the error of each top-level field by leaving out those already blamed.
fn all_errors<T: DeserializeOwned>(mut value: Value) -> Vec<Error> {
    let mut errors: Vec<Error> = Vec::new();
    while let Err(error) = from_value::<T>(&value) {
        let field = top_level(&error).to_owned();
        let removed = match &mut value {
            Value::Object(object) => object.remove(&field).is_some(),
            _ => false,
        };
        if removed || !is_missing_because_removed(&error, &errors) {
            errors.push(error);
        }
        if !removed {
            break;
        }
    }
    errors
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
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = text.strip_suffix(&place).unwrap_or(&text);
    let message = match (error.line(), error.column()) {
        (0, _) | (_, 0) => format!("not JSON: {what}"),
        (1, column) => format!("not JSON: {what} at column {column}"),
        (line, column) => format!("not JSON: {what} at line {line} column {column}"),
    };
    Error::new(ErrorKind::InvalidJson, message)
}

/// Explains what only the fast way notices: a name that an object has twice.
fn repeated(error: &serde_json::Error) -> Error {
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
