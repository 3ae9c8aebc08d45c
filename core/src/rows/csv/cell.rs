//! A cell as serde reads it: text that a field's type takes for what it wants.

use serde::de::value::StrDeserializer;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::number::{number, visit_number};
use super::postgres::{self, Element, List};
use crate::error::Error;
use crate::read::{Json, ValueDeserializer, repeated, syntax};

/// Whether errors must name the place inside a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// They need not: whoever sees one reads again.
    Fast,
    /// They must, so JSON is parsed to a value first.
    Exact,
}

/// The text of a cell that is not empty, made by [`cell`](crate::rows::cell()).
///
/// # Examples
/// ```
/// use serde::Deserialize;
/// use sponsorfit::rows::{Cell, cell};
///
/// let text: Cell<'_> = cell("0.5");
/// assert_eq!(f64::deserialize(text)?, 0.5);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    text: &'a str,
    mode: Mode,
}

impl<'a> Cell<'a> {
    pub(super) fn new(text: &'a str, mode: Mode) -> Self {
        Self { text, mode }
    }

    fn begins_with(self, bracket: char) -> bool {
        self.text.trim_start().starts_with(bracket)
    }

    fn visit_json<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.mode {
            Mode::Fast => {
                let mut json = serde_json::Deserializer::from_str(self.text);
                let read = json.deserialize_any(visitor).and_then(|read| json.end().map(|()| read));
                read.map_err(|error| repeated(&error))
            }
            Mode::Exact => {
                let value = Json::parse(self.text).map_err(|error| syntax(&error))?;
                ValueDeserializer::new(&value).deserialize_any(visitor)
            }
        }
    }
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    /// Made for types that take several forms: counts, vectors, keys.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(number) = number(self.text) {
            return ValueDeserializer::new(&Json::Number(number)).deserialize_any(visitor);
        }
        // Braces may also stand around a UUID.
        if self.begins_with('{')
            && let Some(elements) = postgres::elements(self.text)
            && elements.iter().all(Element::is_number)
        {
            return visitor.visit_seq(List::new(elements));
        }
        // The fast way leaves a vector's text to the vector, which is quicker still.
        if self.mode == Mode::Exact
            && self.begins_with('[')
            && let Ok(value) = Json::parse(self.text)
        {
            return ValueDeserializer::new(&value).deserialize_any(visitor);
        }
        visitor.visit_str(self.text)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visit_number(self.text, visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.begins_with('[') {
            return self.visit_json(visitor);
        }
        match postgres::elements(self.text) {
            Some(elements) => visitor.visit_seq(List::new(elements)),
            None => visitor.visit_str(self.text),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.begins_with('{') || self.begins_with('[') {
            self.visit_json(visitor)
        } else {
            visitor.visit_str(self.text)
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

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(StrDeserializer::new(self.text))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf
        unit unit_struct newtype_struct tuple tuple_struct identifier ignored_any
    }
}
