//! A deserializer over parsed JSON whose errors know their path, and that notes what is ignored.
//!
//! It is compiled for each type that is read. So a type that asks for one kind of value is
//! offered no other, and what does not depend on the type stands in functions of its own.

use std::cell::RefCell;

use super::Json;
use super::nearest;
use super::serde_error::one_of;
use crate::error::{Error, ErrorKind};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

/// Reads a typed value from parsed JSON.
///
/// # Errors
/// The first thing that is wrong, with the path of its field.
///
/// # Examples
/// ```
/// use sponsorfit::Rules;
/// use sponsorfit::read::{Json, from_value};
///
/// let rules: Rules = from_value(&Json::Object(vec![("price_ceiling".to_owned(), Json::Bool(true))]))?;
/// assert!(rules.price_ceiling);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn from_value<T: DeserializeOwned>(value: &Json) -> Result<T, Error> {
    T::deserialize(ValueDeserializer::new(value))
}

/// A field that the type does not have.
///
/// # Examples
/// ```
/// let (_, ignored) = sponsorfit::read::row_from_value::<sponsorfit::Objectives>(
///     &sponsorfit::read::Json::Object(vec![("goal".to_owned(), sponsorfit::read::Json::Null)]),
/// );
/// assert_eq!((ignored[0].path.as_str(), ignored[0].nearest), ("goal", Some("goals")));
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct IgnoredField {
    /// Its dotted path.
    pub path: String,
    /// The name beside it that is probably meant.
    pub nearest: Option<&'static str>,
}

/// Reads from parsed JSON.
///
/// What a type ignores is noted here rather than by a wrapper, which would have every type compiled twice.
#[derive(Clone, Copy)]
pub(crate) struct ValueDeserializer<'a> {
    value: &'a Json,
    ignored: Option<&'a RefCell<Vec<IgnoredField>>>,
}

impl<'a> ValueDeserializer<'a> {
    pub(crate) fn new(value: &'a Json) -> Self {
        Self { value, ignored: None }
    }

    /// Notes the fields that the type does not have.
    pub(super) fn noting(value: &'a Json, ignored: &'a RefCell<Vec<IgnoredField>>) -> Self {
        Self { value, ignored: Some(ignored) }
    }

    /// Reads what stands at a place inside.
    fn inside<'de, S: DeserializeSeed<'de>>(
        self,
        value: &'a Json,
        place: Place<'_>,
        seed: S,
    ) -> Result<S::Value, Error> {
        let noted = self.noted();
        let read = seed.deserialize(Self { value, ..self });
        self.place_noted(noted, place);
        read.map_err(|error| place.blame(error))
    }

    /// Returns how many ignored fields are noted.
    fn noted(&self) -> usize {
        self.ignored.map_or(0, |ignored| ignored.borrow().len())
    }

    /// Puts a place before the paths of what was ignored inside it.
    fn place_noted(&self, noted: usize, place: Place<'_>) {
        let Some(ignored) = self.ignored else { return };
        for field in ignored.borrow_mut().iter_mut().skip(noted) {
            field.path = match place {
                Place::Field(name, known) if field.path.is_empty() => {
                    field.nearest = nearest(name, known.iter().copied());
                    name.to_owned()
                }
                Place::Field(name, _) if field.path.starts_with('[') => format!("{name}{}", field.path),
                Place::Field(name, _) => format!("{name}.{}", field.path),
                Place::Item(index) if field.path.is_empty() || field.path.starts_with('[') => {
                    format!("[{index}]{}", field.path)
                }
                Place::Item(index) => format!("[{index}].{}", field.path),
            };
        }
    }

    fn wrong_type(&self, expected: &dyn Expected) -> Error {
        Error::invalid_type(self.unexpected(), expected)
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
            Json::List(_) => self.deserialize_seq(visitor),
            Json::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Json::Text(text) => visitor.visit_str(text),
            _ => Err(self.wrong_type(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Json::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.wrong_type(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Json::Number(_) => self.deserialize_any(visitor),
            _ => Err(self.wrong_type(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Json::List(list) => {
                let mut items = List { from: self, rest: list.iter(), index: 0 };
                let read = visitor.visit_seq(&mut items)?;
                items.end(list.len()).map(|()| read)
            }
            _ => Err(self.wrong_type(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
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
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            Json::Object(object) => visitor.visit_map(Object::new(self, object, fields)),
            // serde would also take a list for a struct, which no row ever means.
            _ => Err(self.wrong_type(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.value {
            Json::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Json::Object(object) if object.len() == 1 => visitor
                .visit_enum(serde::de::value::MapAccessDeserializer::new(Object::new(self, object, &[]))),
            Json::Object(object) => {
                let message = format!("an object of {} fields is not one of a single field", object.len());
                Err(Error::new(ErrorKind::WrongType, message))
            }
            _ => Err(self.wrong_type(&one_of(variants).as_str())),
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
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf
        unit unit_struct tuple_struct identifier
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(ignored) = self.ignored {
            ignored.borrow_mut().push(IgnoredField { path: String::new(), nearest: None });
        }
        visitor.visit_unit()
    }
}

/// Where a value stands in the one around it.
#[derive(Clone, Copy)]
enum Place<'a> {
    Item(usize),
    /// Its name, and the names that the type has there.
    Field(&'a str, &'static [&'static str]),
}

impl Place<'_> {
    fn blame(self, error: Error) -> Error {
        match self {
            Self::Item(index) => error.at(index),
            Self::Field(name, _) => error.within(name),
        }
    }
}

struct List<'a> {
    from: ValueDeserializer<'a>,
    rest: std::slice::Iter<'a, Json>,
    index: usize,
}

impl List<'_> {
    /// Refuses items that nobody asked for.
    fn end(&self, length: usize) -> Result<(), Error> {
        match self.rest.as_slice() {
            [] => Ok(()),
            _ => Err(Error::custom(format_args!("a list of {length} is too long"))),
        }
    }
}

impl<'de> SeqAccess<'de> for List<'_> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        self.from.inside(value, Place::Item(index), seed).map(Some)
    }
}

struct Object<'a> {
    from: ValueDeserializer<'a>,
    rest: std::slice::Iter<'a, (String, Json)>,
    entry: Option<(&'a str, &'a Json)>,
    /// The names that the type has.
    known: &'static [&'static str],
}

impl<'a> Object<'a> {
    fn new(
        from: ValueDeserializer<'a>,
        object: &'a [(String, Json)],
        known: &'static [&'static str],
    ) -> Self {
        Self { from, rest: object.iter(), entry: None, known }
    }

    fn next(&mut self) -> Option<&'a str> {
        self.entry = self.rest.next().map(|(key, value)| (key.as_str(), value));
        self.entry.map(|(key, _)| key)
    }

    fn entry(&mut self) -> Result<(Place<'a>, &'a Json), Error> {
        match self.entry.take() {
            Some((key, value)) => Ok((Place::Field(key, self.known), value)),
            None => Err(Error::custom("a value was read before its key")),
        }
    }
}

impl<'de> MapAccess<'de> for Object<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.next() else { return Ok(None) };
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (place, value) = self.entry()?;
        self.from.inside(value, place, seed)
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
        let mut entries = Object::new(ValueDeserializer::new(&Json::Null), &[], &[]);
        assert!(entries.next_value::<u8>().is_err());
    }
}
