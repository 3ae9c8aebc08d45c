//! Refuses a list where an object is meant.
//!
//! serde's derived types also read `[a, b]` as the first two fields of a
//! struct. No row means that, and taking it would be a silent guess.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Reads structs from objects only. Made for types that ask for a struct.
///
/// # Examples
/// ```
/// use serde::Deserialize;
/// use sponsorfit::{Objectives, read::ObjectOnly};
///
/// let list = serde_json::json!([["a"], []]);
/// assert!(Objectives::deserialize(&list).is_ok());
/// assert!(Objectives::deserialize(ObjectOnly(&list)).is_err());
/// ```
#[derive(Debug)]
pub struct ObjectOnly<D>(pub D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_struct(name, fields, MapOnly(visitor))
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Answers objects and leaves everything else to be refused as a wrong type.
struct MapOnly<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for MapOnly<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(map)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::model::Objectives;

    #[test]
    fn only_structs_are_bound_to_objects() {
        assert!(Objectives::deserialize(ObjectOnly(json!({"goals": ["a"]}))).is_ok());
        let error = Objectives::deserialize(ObjectOnly(json!([["a"], []]))).unwrap_err();
        assert!(error.to_string().contains("expected struct Objectives"), "{error}");
        assert_eq!(Value::deserialize(ObjectOnly(json!([1]))).unwrap(), json!([1]));
        assert_eq!(Vec::<u8>::deserialize(ObjectOnly(json!([1]))).unwrap(), [1]);
    }
}
