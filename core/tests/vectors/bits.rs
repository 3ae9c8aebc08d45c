//! The bits of every float in an answer, in the shape of the answer.

use serde_json::{Map, Value};

/// Returns `value` with sixteen hexadecimal digits in the place of each float, and without what has
/// none: integers are the same in every language. In lists null keeps the place.
pub(crate) fn of(value: &Value) -> Option<Value> {
    match value {
        Value::Number(number) if number.is_f64() => {
            let bits = number.as_f64().map(f64::to_bits).unwrap_or_default();
            Some(format!("{bits:016x}").into())
        }
        Value::Array(list) => {
            let items: Vec<Option<Value>> = list.iter().map(of).collect();
            let has_some = items.iter().any(Option::is_some);
            has_some.then(|| items.into_iter().map(Option::unwrap_or_default).collect())
        }
        Value::Object(fields) => {
            let floats = fields.iter().filter_map(|(name, value)| Some((name.clone(), of(value)?)));
            let floats: Map<String, Value> = floats.collect();
            (!floats.is_empty()).then_some(Value::Object(floats))
        }
        _ => None,
    }
}

/// What stands at a path such as `factors[0].weight` or `[0].changes`.
pub(crate) fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    let steps = path.split(['.', '[', ']']).filter(|step| !step.is_empty());
    let pointer: String = steps.flat_map(|step| ["/", step]).collect();
    value.pointer(&pointer).unwrap_or(&Value::Null)
}
