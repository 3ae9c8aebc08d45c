//! A deserializer over parsed JSON whose errors know their path.

use super::Json;
use super::serde_error::one_of;
use crate::error::{Error, ErrorKind};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

/// Reads a typed value from parsed JSON.
pub(crate) fn from_value<T: DeserializeOwned>(value: &Json) -> Result<T, Error> {
    T::deserialize(ValueDeserializer(value))
}

/// Reads from parsed JSON.
pub(crate) struct ValueDeserializer<'a>(pub(crate) &'a Json);

impl<'a> ValueDeserializer<'a> {
    fn unexpected(&self) -> Unexpected<'a> {
        match self.0 {
            Json::Null => Unexpected::Unit,
            Json::Bool(value) => Unexpected::Bool(*value),
            Json::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => Unexpected::Unsigned(value),
                (None, Some(value)) => Unexpected::Signed(value),
                (None, None) => Unexpected::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::Text(text) => Unexpected::Str(text),
            Json::List(_) => Unexpected::Seq,
            Json::Object(_) => Unexpected::Map,
        }
    }
}

impl<'de> Deserializer<'de> for ValueDeserializer<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (None, Some(value)) => visitor.visit_i64(value),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::Text(text) => visitor.visit_str(text),
            Json::List(list) => {
                let mut items = List { rest: list.iter(), index: 0 };
                let read = visitor.visit_seq(&mut items)?;
                match items.rest.as_slice() {
                    [] => Ok(read),
                    _ => Err(Error::custom(format_args!("a list of {} is too long", list.len()))),
                }
            }
            Json::Object(object) => visitor.visit_map(Object::new(object)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Json::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Json::Object(object) => visitor.visit_map(Object::new(object)),
            // serde would also take a list for a struct, which no row ever means.
            _ => Err(Error::invalid_type(self.unexpected(), &visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Json::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Json::Object(object) if object.len() == 1 => {
                visitor.visit_enum(serde::de::value::MapAccessDeserializer::new(Object::new(object)))
            }
            Json::Object(object) => {
                let message = format!("an object of {} fields is not one of a single field", object.len());
                Err(Error::new(ErrorKind::WrongType, message))
            }
            _ => Err(Error::invalid_type(self.unexpected(), &one_of(variants).as_str())),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct identifier ignored_any
    }
}

struct List<'a> {
    rest: std::slice::Iter<'a, Json>,
    index: usize,
}

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(ValueDeserializer(value)).map(Some).map_err(|error| error.at(index))
    }
}

struct Object<'a> {
    rest: std::slice::Iter<'a, (String, Json)>,
    entry: Option<(&'a str, &'a Json)>,
}

impl<'a> Object<'a> {
    fn new(object: &'a [(String, Json)]) -> Self {
        Self { rest: object.iter(), entry: None }
    }
}

impl<'de> MapAccess<'de> for Object<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.entry = Some((key, value));
        seed.deserialize(key.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, value) =
            self.entry.take().ok_or_else(|| Error::custom("a value was read before its key"))?;
        seed.deserialize(ValueDeserializer(value)).map_err(|error| error.within(key))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    fn parsed<T: DeserializeOwned>(value: &Value) -> Result<T, String> {
        from_value(&Json::parse(&value.to_string()).unwrap()).map_err(|error: Error| error.to_string())
    }

    #[derive(Debug, Deserialize)]
    struct Nested {
        _choice: Choice,
        _list: Vec<Share>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    enum Choice {
        Plain,
        With(u8),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Share(f64);

    #[test]
    fn structs_are_read_from_objects_only() {
        for (value, expected) in [
            (json!(null), "null is not an object"),
            (json!(true), "true is not an object"),
            (json!(7), "7 is not an object"),
            (json!(-7), "-7 is not an object"),
            (json!(0.5), "0.5 is not an object"),
            (json!("x"), "text `x` is not an object"),
            (json!([]), "a list is not an object"),
        ] {
            assert_eq!(parsed::<Nested>(&value).unwrap_err(), expected);
        }
    }

    #[test]
    fn paths_go_through_lists_and_variants() {
        for (value, expected) in [
            (json!({"_choice": {"With": 7}, "_list": [0.5, "x"]}), "_list[1]: text `x` is not a number"),
            (json!({"_choice": {"With": "x"}, "_list": []}), "_choice.With: text `x` is not u8"),
            (
                json!({"_choice": {"With": 7, "Plain": null}}),
                "_choice: an object of 2 fields is not one of a single field",
            ),
        ] {
            assert_eq!(parsed::<Nested>(&value).unwrap_err(), expected);
        }
        assert_eq!(parsed::<Choice>(&json!("Plain")).unwrap(), Choice::Plain);
        assert_eq!(parsed::<Choice>(&json!({"With": 7})).unwrap(), Choice::With(7));
        assert_eq!(parsed::<Vec<Share>>(&json!([0.5])).unwrap(), [Share(0.5)]);
    }

    #[test]
    fn a_value_has_a_key() {
        let mut entries = Object::new(&[]);
        assert!(entries.next_value::<u8>().is_err());
    }
}
