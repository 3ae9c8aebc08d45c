//! JSON as it was written: objects keep every pair, in order.
//!
//! A map would drop a repeated name in silence, and with it the one of two
//! values that was meant.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// Parsed JSON whose objects may have a name twice.
///
/// # Examples
/// ```
/// use sponsorfit::read::Json;
///
/// let json = Json::parse(r#"{"a": 1, "a": 2}"#)?;
/// assert!(matches!(json, Json::Object(pairs) if pairs.len() == 2));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, exact where it is an integer.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Every pair of an object, in order.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Parses a text that holds one value.
    ///
    /// # Errors
    /// Those of `serde_json`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::read::Json;
    ///
    /// assert_eq!(Json::parse("null").unwrap(), Json::Null);
    /// assert!(Json::parse("{} {}").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        // JSON has no other numbers than finite ones.
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Json::Object(pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_an_object_is_kept_in_order() {
        let text = |text: &str| Json::Text(text.to_owned());
        let read = Json::parse(r#"{"b": [null, true, "é"], "a": -1, "b": {"c": 0.5}, "d": 7}"#).unwrap();
        let expected = [
            ("b", Json::List(vec![Json::Null, Json::Bool(true), text("é")])),
            ("a", Json::Number((-1).into())),
            ("b", Json::Object(vec![("c".to_owned(), Json::Number(Number::from_f64(0.5).unwrap()))])),
            ("d", Json::Number(7.into())),
        ];
        assert_eq!(read, Json::Object(expected.map(|(name, value)| (name.to_owned(), value)).to_vec()));
        assert_eq!(Json::parse(r#""\n""#).unwrap(), text("\n"));
        assert!(Json::parse("{} {}").is_err());
    }
}
