//! What a reader of typed rows asks of a value, whatever it is made of.

use std::borrow::Cow;

use serde::de::{Deserializer, Expected, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::Json;
use crate::error::Error;

/// A value that can be asked what it is: parsed JSON, an object of Python, a cell of Arrow.
///
/// What serde, paths, ignored fields and refusals need beyond that is written once, over this.
///
/// # Examples
/// ```
/// use sponsorfit::rows::{Never, Source, Value, from_source};
/// use sponsorfit::{Error, UnitInterval};
///
/// struct Share(f64);
///
/// impl<'de> Source<'de> for Share {
///     type List = std::vec::IntoIter<Self>;
///     type Key = &'static str;
///     type Entries = std::iter::Empty<Result<(&'static str, Self), Error>>;
///     type Cell = Never;
///
///     fn value(&self) -> Result<Value<'_, 'de, Self>, Error> {
///         Ok(Value::Float(self.0))
///     }
/// }
///
/// assert_eq!(from_source::<UnitInterval, _>(Share(0.5))?.get(), 0.5);
/// assert_eq!(from_source::<UnitInterval, _>(Share(1.5)).unwrap_err().to_string(), "1.5 is not in 0..=1");
/// # Ok::<(), Error>(())
/// ```
pub trait Source<'de>: Sized {
    /// The values of a list.
    type List: ExactSizeIterator<Item = Self>;
    /// The name of an entry.
    type Key: AsRef<str>;
    /// The entries of an object.
    type Entries: Iterator<Item = Result<(Self::Key, Self), Error>>;
    /// Text that a field's type takes for what it wants; [`Never`] where there is none.
    type Cell: Deserializer<'de, Error = Error>;

    /// Tells what the value is.
    ///
    /// # Errors
    /// When it cannot be said, such as text that is not Unicode.
    fn value(&self) -> Result<Value<'_, 'de, Self>, Error>;

    /// Tells whether the value is unknown.
    fn is_null(&self) -> bool {
        matches!(self.value(), Ok(Value::Null))
    }
}

/// What a value is.
///
/// # Examples
/// ```
/// use sponsorfit::rows::{Never, Source, Value};
///
/// struct Nothing;
///
/// impl<'de> Source<'de> for Nothing {
///     type List = std::vec::IntoIter<Self>;
///     type Key = String;
///     type Entries = std::iter::Empty<Result<(String, Self), sponsorfit::Error>>;
///     type Cell = Never;
///
///     fn value(&self) -> Result<Value<'_, 'de, Self>, sponsorfit::Error> {
///         Ok(Value::Null)
///     }
/// }
///
/// assert!(Nothing.is_null());
/// ```
pub enum Value<'v, 'de, S: Source<'de>> {
    /// Unknown.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number that is not negative.
    Unsigned(u64),
    /// A whole number.
    Signed(i64),
    /// A whole number beyond 64 bits: as it is, or the nearest that fits, and the nearest double.
    Large(i128, f64),
    /// Another number.
    Float(f64),
    /// Text.
    Text(Cow<'v, str>),
    /// A list.
    List(S::List),
    /// An object, a struct or a map.
    Object(S::Entries),
    /// Text that a field's type takes for what it wants.
    Cell(S::Cell),
    /// Something that no field takes, as it is to be named.
    Other(String),
}

impl<'de, S: Source<'de>> Value<'_, 'de, S> {
    /// Says that it is not what was expected.
    pub(super) fn refused(&self, expected: &dyn Expected) -> Error {
        use serde::de::Error as _;
        Error::invalid_type(self.unexpected(), expected)
    }

    fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Bool(value) => Unexpected::Bool(*value),
            Self::Unsigned(value) => Unexpected::Unsigned(*value),
            Self::Signed(value) => Unexpected::Signed(*value),
            Self::Large(_, value) | Self::Float(value) => Unexpected::Float(*value),
            Self::Text(text) => Unexpected::Str(text),
            Self::List(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
            Self::Cell(_) => Unexpected::Other("text"),
            Self::Other(name) => Unexpected::Other(name),
        }
    }
}

/// The cell of a source whose text is text and nothing else.
///
/// # Examples
/// ```
/// assert_eq!(size_of::<sponsorfit::rows::Never>(), 0);
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Never {}

impl<'de> Deserializer<'de> for Never {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        match self {}
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, 'a> Source<'de> for &'a Json {
    type List = std::slice::Iter<'a, Json>;
    type Key = &'a str;
    type Entries = Pairs<'a>;
    type Cell = Never;

    fn value(&self) -> Result<Value<'_, 'de, Self>, Error> {
        Ok(match self {
            Json::Null => Value::Null,
            Json::Bool(value) => Value::Bool(*value),
            Json::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(value), _) => Value::Unsigned(value),
                (None, Some(value)) => Value::Signed(value),
                (None, None) => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::Text(text) => Value::Text(Cow::Borrowed(text)),
            Json::List(list) => Value::List(list.iter()),
            Json::Object(object) => Value::Object(Pairs(object.iter())),
        })
    }

    fn is_null(&self) -> bool {
        **self == Json::Null
    }
}

/// The pairs of a JSON object.
#[derive(Debug)]
pub struct Pairs<'a>(std::slice::Iter<'a, (String, Json)>);

impl<'a> Iterator for Pairs<'a> {
    type Item = Result<(&'a str, &'a Json), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| Ok((name.as_str(), value)))
    }
}
