//! What makes a row valid, said a second time and without the core.

use serde_json::Value;

fn columns(file: &str) -> &'static str {
    match file {
        "sponsors.ndjson" => {
            "sponsor_id name industry company_size annual_budget_cents brand_objectives \
             target_audience preferred_categories regions reputation_score excluded_categories"
        }
        "events.ndjson" => {
            "event_id id title categories regions country city series start_at min_price_cents \
             objectives"
        }
        "insights.ndjson" => {
            "event_id attendee_count avg_dwell_time_ms geo_distribution age_segments \
             engagement_score ticket_conversion_rate social_mentions sentiment_score"
        }
        other => panic!("{other} is no table"),
    }
}

/// Panics unless the row has the file's columns only, with values of their type and range.
pub(crate) fn assert_valid(file: &str, row: &Value) {
    let known: Vec<&str> = columns(file).split(' ').collect();
    for (column, value) in row.as_object().unwrap() {
        assert!(known.contains(&column.as_str()), "{file}: no column {column}");
        assert!(is_valid(column, value), "{file}: {column}: {value}");
    }
    assert!(is_uuid(&id(row)), "{file}: {row}");
}

/// Returns the row's own id, in small letters.
pub(crate) fn id(row: &Value) -> String {
    let id = ["sponsor_id", "event_id", "id"].into_iter().find_map(|name| row.get(name));
    id.unwrap().as_str().unwrap().to_ascii_lowercase()
}

fn is_valid(column: &str, value: &Value) -> bool {
    match column {
        "annual_budget_cents" | "min_price_cents" | "attendee_count" | "social_mentions" => {
            value.is_null() || is_count(value)
        }
        "avg_dwell_time_ms" => is_within(value, 0.0, f64::MAX),
        "reputation_score" | "engagement_score" | "ticket_conversion_rate" => is_within(value, 0.0, 1.0),
        "sentiment_score" => is_within(value, -1.0, 1.0),
        "preferred_categories" | "excluded_categories" | "categories" | "regions" => is_labels(value),
        "brand_objectives" | "target_audience" | "objectives" => values(value).all(is_labels),
        "geo_distribution" => values(value).all(is_count),
        "age_segments" => {
            let sum: f64 = values(value).filter_map(Value::as_f64).sum();
            values(value).all(|share| !share.is_null() && is_within(share, 0.0, 1.0))
                && (values(value).count() == 0 || (sum - 1.0).abs() < 1e-9)
        }
        "start_at" => value.is_null() || value.as_str().is_some_and(is_time),
        _ => value.is_null() || value.is_string(),
    }
}

fn values(object: &Value) -> impl Iterator<Item = &Value> {
    object.as_object().unwrap().values()
}

fn is_count(value: &Value) -> bool {
    const END: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            number.fract() == 0.0 && (0.0..END).contains(&number)
        }
        Value::String(digits) => digits.parse::<u64>().is_ok_and(|number| number < 1 << 53),
        _ => false,
    }
}

fn is_within(value: &Value, low: f64, high: f64) -> bool {
    value.is_null() || value.as_f64().is_some_and(|number| (low..=high).contains(&number))
}

fn is_labels(value: &Value) -> bool {
    let all_text = |labels: &Vec<Value>| labels.iter().all(Value::is_string);
    value.is_null() || value.as_array().is_some_and(all_text)
}

/// Whether `text` has the shape of `pattern`, in which `9` is a digit and `x` a hex digit.
fn has_shape(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, shape)| match shape {
            b'9' => byte.is_ascii_digit(),
            b'x' => byte.is_ascii_hexdigit(),
            shape => byte == shape,
        })
}

fn is_uuid(text: &str) -> bool {
    has_shape(text, "xxxxxxxx-xxxx-4xxx-xxxx-xxxxxxxxxxxx")
}

/// A date, RFC 3339, or Postgres' own text; no offset is UTC.
fn is_time(text: &str) -> bool {
    let (Some(date), time) = (text.get(..10), &text[10..]) else {
        return false;
    };
    let number = |from: usize| text[from..from + 2].parse::<u8>().unwrap();
    let times = [
        "T99:99:99Z",
        "T99:99:99+99:99",
        "T99:99:99-99:99",
        " 99:99:99",
        " 99:99:99+99",
        " 99:99:99-99",
        " 99:99:99.9-99:99",
    ];
    has_shape(date, "9999-99-99")
        && (1..=12).contains(&number(5))
        && (1..=31).contains(&number(8))
        && (time.is_empty()
            || times.iter().any(|shape| has_shape(time, shape)) && number(11) < 24 && number(14) < 60)
}
