//! A deserializer over any [`Source`] whose errors know their path, and that notes what is ignored.
//!
//! It is compiled for each type that is read. So a type that asks for one kind of value is
//! offered no other, and what does not depend on the type stands in functions of its own.

use std::cell::RefCell;

use super::nearest;
use super::serde_error::one_of;
use super::source::{Source, Value};
use crate::error::{Error, ErrorKind};
use serde::de::value::MapAccessDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;

/// Reads a typed value from a source; the first error wins.
///
/// # Errors
/// When it is not what `T` takes, with the path of what is wrong.
///
/// # Examples
/// See [`Source`].
pub fn from_source<'de, T: DeserializeOwned, S: Source<'de>>(source: S) -> Result<T, Error> {
    T::deserialize(ValueDeserializer::new(source))
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

/// What is noticed while a row is read, and what is to be passed over.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) ignored: RefCell<Vec<IgnoredField>>,
    /// The fields of the row that are left out.
    pub(super) skip: Vec<String>,
    /// Whether to find the names that ignored ones may mean, which takes longer than to read the row.
    pub(super) names_nearest: bool,
}

/// Reads from a source.
///
/// What a type ignores is noted here rather than by a wrapper, which would have every type compiled twice.
#[derive(Clone, Copy)]
pub(crate) struct ValueDeserializer<'n, S> {
    source: S,
    notes: Option<&'n Notes>,
    is_row: bool,
}

impl<'n, S> ValueDeserializer<'n, S> {
    pub(crate) fn new(source: S) -> Self {
        Self { source, notes: None, is_row: false }
    }

    /// Notes the fields that the type does not have, and passes over those that are left out.
    pub(super) fn noting(source: S, notes: &'n Notes) -> Self {
        Self { source, notes: Some(notes), is_row: true }
    }
}

/// Reads what stands at a place inside.
fn inside<'de, S: Source<'de>, T: DeserializeSeed<'de>>(
    source: S,
    notes: Option<&Notes>,
    place: Place<'_>,
    seed: T,
) -> Result<T::Value, Error> {
    let noted = notes.map_or(0, |notes| notes.ignored.borrow().len());
    let read = seed.deserialize(ValueDeserializer { source, notes, is_row: false });
    if let Some(notes) = notes {
        notes.place(noted, place);
    }
    read.map_err(|error| place.blame(error))
}

impl Notes {
    /// Puts a place before the paths of what was ignored inside it.
    fn place(&self, noted: usize, place: Place<'_>) {
        for field in self.ignored.borrow_mut().iter_mut().skip(noted) {
            field.path = match place {
                Place::Field(name, known) if field.path.is_empty() => {
                    if self.names_nearest {
                        field.nearest = nearest(name, known.iter().copied());
                    }
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
}

impl<'n, S> ValueDeserializer<'n, S> {
    fn list<'de, V: Visitor<'de>>(&self, list: S::List, visitor: V) -> Result<V::Value, Error>
    where
        S: Source<'de>,
    {
        let length = list.len();
        let mut items = List { rest: list, index: 0, notes: self.notes };
        let read = visitor.visit_seq(&mut items)?;
        match items.rest.len() {
            0 => Ok(read),
            _ => Err(too_long(length)),
        }
    }

    fn object<'de>(&self, rest: S::Entries, known: &'static [&'static str]) -> Object<'n, 'de, S>
    where
        S: Source<'de>,
    {
        Object { rest, entry: None, known, notes: self.notes, is_row: self.is_row }
    }
}

fn too_long(length: usize) -> Error {
    Error::custom(format_args!("a list of {length} is too long"))
}

impl<'de, S: Source<'de>> Deserializer<'de> for ValueDeserializer<'_, S> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Unsigned(value) => visitor.visit_u64(value),
            Value::Signed(value) => visitor.visit_i64(value),
            Value::Large(value, _) => visitor.visit_i128(value),
            Value::Float(value) => visitor.visit_f64(value),
            Value::Text(text) => visitor.visit_str(&text),
            Value::List(list) => self.list(list, visitor),
            Value::Object(entries) => visitor.visit_map(self.object(entries, &[])),
            Value::Cell(cell) => cell.deserialize_any(visitor),
            other @ Value::Other(_) => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::Text(text) => visitor.visit_str(&text),
            Value::Cell(cell) => cell.deserialize_str(visitor),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Cell(cell) => cell.deserialize_bool(visitor),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::Unsigned(value) => visitor.visit_u64(value),
            Value::Signed(value) => visitor.visit_i64(value),
            // Every float is read as the nearest double, however long its digits.
            Value::Large(_, value) | Value::Float(value) => visitor.visit_f64(value),
            Value::Cell(cell) => cell.deserialize_f64(visitor),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::List(list) => self.list(list, visitor),
            Value::Cell(cell) => cell.deserialize_seq(visitor),
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _length: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.source.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::Object(entries) => visitor.visit_map(self.object(entries, fields)),
            Value::Cell(cell) => cell.deserialize_map(visitor),
            // serde would also take a list for a struct, which no row ever means.
            other => Err(other.refused(&visitor)),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_struct("", &[], visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.source.value()? {
            Value::Text(text) => visitor.visit_enum((*text).into_deserializer()),
            Value::Cell(cell) => cell.deserialize_enum(name, variants, visitor),
            Value::Object(entries) => match (entries.count(), self.source.value()?) {
                (1, Value::Object(entry)) => {
                    visitor.visit_enum(MapAccessDeserializer::new(self.object(entry, &[])))
                }
                (count, _) => {
                    let message = format!("an object of {count} fields is not one of a single field");
                    Err(Error::new(ErrorKind::WrongType, message))
                }
            },
            other => Err(other.refused(&one_of(variants).as_str())),
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
        if let Some(notes) = self.notes {
            notes.ignored.borrow_mut().push(IgnoredField { path: String::new(), nearest: None });
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

struct List<'n, I> {
    rest: I,
    index: usize,
    notes: Option<&'n Notes>,
}

impl<'de, S: Source<'de>, I: ExactSizeIterator<Item = S>> SeqAccess<'de> for List<'_, I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(value) = self.rest.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        inside(value, self.notes, Place::Item(index), seed).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Object<'n, 'de, S: Source<'de>> {
    rest: S::Entries,
    entry: Option<(S::Key, S)>,
    /// The names that the type has.
    known: &'static [&'static str],
    notes: Option<&'n Notes>,
    is_row: bool,
}

impl<'de, S: Source<'de>> Object<'_, 'de, S> {
    /// Returns the next entry that is not left out.
    fn next(&mut self) -> Result<Option<&str>, Error> {
        let skip = self.notes.filter(|_| self.is_row).map_or(&[][..], |notes| &notes.skip);
        self.entry = loop {
            match self.rest.next().transpose()? {
                Some((key, _)) if skip.iter().any(|skipped| skipped == key.as_ref()) => {}
                entry => break entry,
            }
        };
        Ok(self.entry.as_ref().map(|(key, _)| key.as_ref()))
    }

    fn entry(&mut self) -> Result<(S::Key, S), Error> {
        self.entry.take().ok_or_else(|| Error::custom("a value was read before its key"))
    }
}

impl<'de, S: Source<'de>> MapAccess<'de> for Object<'_, 'de, S> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(key) = self.next()? else { return Ok(None) };
        seed.deserialize(key.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, value) = self.entry()?;
        inside(value, self.notes, Place::Field(key.as_ref(), self.known), seed)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::super::Json;
    use super::*;

    fn parsed<T: DeserializeOwned>(value: &serde_json::Value) -> Result<T, String> {
        from_source(&Json::parse(&value.to_string()).unwrap()).map_err(|error: Error| error.to_string())
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
        let empty = Json::Object(Vec::new());
        let Ok(Value::Object(entries)) = (&empty).value() else { panic!("no object") };
        let mut entries = ValueDeserializer::new(&empty).object(entries, &[]);
        assert!(entries.next_value::<u8>().is_err());
    }
}
