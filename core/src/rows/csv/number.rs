//! Text that is a number in JSON's grammar.

use serde::de::{Deserializer, Visitor};
use serde_json::Number;

use crate::error::Error;
use crate::read::{Json, ValueDeserializer};

/// Visits the number that a text is, or the text for the visitor to refuse.
pub(super) fn visit_number<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    match number(text) {
        Some(number) => ValueDeserializer::new(&Json::Number(number)).deserialize_any(visitor),
        None => visitor.visit_str(text),
    }
}

/// Returns the number that a text is in JSON's grammar.
pub(super) fn number(text: &str) -> Option<Number> {
    let text = text.trim_ascii();
    // A UUID without hyphens may be all digits; no column holds such a number.
    let is_bare_uuid = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_bare_uuid { None } else { text.parse().ok() }
}
