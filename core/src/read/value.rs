//! A deserializer over parsed JSON whose errors know their path, and that notes what is ignored.

use std::cell::RefCell;

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
    T::deserialize(ValueDeserializer::new(value))
}

/// Reads from parsed JSON.
///
/// What a type ignores is noted here rather than by a wrapper, which would have every type compiled twice.
#[derive(Clone, Copy)]
pub(crate) struct ValueDeserializer<'a> {
    value: &'a Json,
    /// The dotted names of fields that the type does not have.
    ignored: Option<&'a RefCell<Vec<String>>>,
}

impl<'a> ValueDeserializer<'a> {
    pub(crate) fn new(value: &'a Json) -> Self {
        Self { value, ignored: None }
    }

    /// Notes the fields that the type does not have.
    pub(super) fn noting(value: &'a Json, ignored: &'a RefCell<Vec<String>>) -> Self {
        Self { value, ignored: Some(ignored) }
    }

    /// Reads what stands at a place inside, whose name goes before what is ignored there.
    fn inside<'de, S: DeserializeSeed<'de>>(
        self,
        value: &'a Json,
        seed: S,
        name: impl FnOnce() -> String,
    ) -> Result<S::Value, Error> {
        let noted = self.ignored.map(|ignored| ignored.borrow().len());
        let read = seed.deserialize(Self { value, ..self });
        if let (Some(ignored), Some(noted)) = (self.ignored, noted) {
            prefix(ignored.borrow_mut().get_mut(noted..).unwrap_or_default(), name);
        }
        read
    }

    fn unexpected(&self) -> Unexpected<'a> {
        match self.value {
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
        match self.value {
            Json::Null => visitor.visit_unit(),
            Json::Bool(value) => visitor.visit_bool(*value),
            Json::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => visitor.visit_u64(value),
                (None, Some(value)) => visitor.visit_i64(value),
                (None, None) => visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::Text(text) => visitor.visit_str(text),
            Json::List(list) => {
                let mut items = List { from: self, rest: list.iter(), index: 0 };
                let read = visitor.visit_seq(&mut items)?;
                match items.rest.as_slice() {
                    [] => Ok(read),
                    _ => Err(Error::custom(format_args!("a list of {} is too long", list.len()))),
                }
            }
            Json::Object(object) => visitor.visit_map(Object::new(self, object)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
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
        match self.value {
            Json::Object(object) => visitor.visit_map(Object::new(self, object)),
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
        match self.value {
            Json::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Json::Object(object) if object.len() == 1 => {
                visitor.visit_enum(serde::de::value::MapAccessDeserializer::new(Object::new(self, object)))
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
        unit unit_struct seq tuple tuple_struct identifier
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(ignored) = self.ignored {
            ignored.borrow_mut().push(String::new());
        }
        visitor.visit_unit()
    }
}

/// Puts the name of a place before the names of what is ignored inside it.
fn prefix(names: &mut [String], place: impl FnOnce() -> String) {
    if names.is_empty() {
        return;
    }
    let place = place();
    for name in names {
        let dot = if name.is_empty() || name.starts_with('[') { "" } else { "." };
        *name = format!("{place}{dot}{name}");
    }
}

struct List<'a> {
    from: ValueDeserializer<'a>,
    rest: std::slice::Iter<'a, Json>,
    index: usize,
}

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        let read = self.from.inside(value, seed, || format!("[{index}]"));
        read.map(Some).map_err(|error| error.at(index))
    }
}

struct Object<'a> {
    from: ValueDeserializer<'a>,
    rest: std::slice::Iter<'a, (String, Json)>,
    entry: Option<(&'a str, &'a Json)>,
}

impl<'a> Object<'a> {
    fn new(from: ValueDeserializer<'a>, object: &'a [(String, Json)]) -> Self {
        Self { from, rest: object.iter(), entry: None }
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
        self.from.inside(value, seed, || key.to_owned()).map_err(|error| error.within(key))
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
        let mut entries = Object::new(ValueDeserializer::new(&Json::Null), &[]);
        assert!(entries.next_value::<u8>().is_err());
    }
}
