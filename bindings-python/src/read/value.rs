//! A Python object as serde reads it.

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyNone, PyString, PyTuple};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use sponsorfit::{Error, ErrorKind};

use super::scalar::{self, Scalar};
use super::{Notes, as_dict};

/// The fields that lead to a value, the innermost first.
#[derive(Clone, Copy)]
pub(crate) struct Path<'a> {
    key: &'a str,
    parent: Option<&'a Path<'a>>,
}

impl Path<'_> {
    fn dotted(&self) -> String {
        match self.parent {
            Some(parent) => format!("{}.{}", parent.dotted(), self.key),
            None => self.key.to_owned(),
        }
    }
}

/// A Python object, and where it was found.
#[derive(Clone, Copy)]
pub(crate) struct Value<'a, 'py> {
    object: &'a Bound<'py, PyAny>,
    path: Option<&'a Path<'a>>,
    notes: &'a Notes,
}

impl<'a, 'py> Value<'a, 'py> {
    pub(crate) fn root(object: &'a Bound<'py, PyAny>, notes: &'a Notes) -> Self {
        Self { object, path: None, notes }
    }

    fn list<'de, V: Visitor<'de>>(
        self,
        items: impl ExactSizeIterator<Item = Bound<'py, PyAny>>,
        visitor: V,
    ) -> Result<V::Value, Error> {
        let length = items.len();
        let mut list = List { items, index: 0, path: self.path, notes: self.notes };
        let read = visitor.visit_seq(&mut list)?;
        if list.items.len() > 0 {
            return Err(Error::custom(format_args!("a list of {length} is too long")));
        }
        Ok(read)
    }

    fn object<'de, V: Visitor<'de>>(self, dict: &Bound<'py, PyDict>, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Object { items: dict.iter(), entry: None, path: self.path, notes: self.notes })
    }

    fn other<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match scalar::of(self.object) {
            Ok(Scalar::Text(text)) => visitor.visit_str(&text),
            Ok(Scalar::Number(number)) => visitor.visit_f64(number),
            Ok(Scalar::Integer(number)) => visitor.visit_i64(number),
            Ok(Scalar::List(list)) => self.list(list.iter(), visitor),
            Ok(Scalar::Object(dict)) => self.object(&dict, visitor),
            Err(name) => Err(Error::invalid_type(Unexpected::Other(&name), &visitor)),
        }
    }

    fn not_an_object<'de, V: Visitor<'de>>(self, visitor: &V) -> Error {
        let object = self.object;
        let name;
        let found = if object.is_none() {
            Unexpected::Unit
        } else if let Ok(value) = object.cast::<PyBool>() {
            Unexpected::Bool(value.is_true())
        } else if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
            Unexpected::Seq
        } else if let Ok(text) = object.cast::<PyString>() {
            name = text.to_string();
            Unexpected::Str(&name)
        } else {
            name = object.repr().map_or_else(|_| "this value".to_owned(), |text| text.to_string());
            Unexpected::Other(&name)
        };
        Error::invalid_type(found, visitor)
    }
}

fn text<'a>(object: &'a Bound<'_, PyString>) -> Result<&'a str, Error> {
    object
        .to_str()
        .map_err(|_| Error::new(ErrorKind::InvalidUtf8, "text with a lone surrogate is not Unicode"))
}

impl<'de> Deserializer<'de> for Value<'_, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let object = self.object;
        if let Ok(string) = object.cast::<PyString>() {
            visitor.visit_str(text(string)?)
        } else if let Ok(list) = object.cast::<PyList>() {
            self.list(list.iter(), visitor)
        } else if let Ok(dict) = object.cast::<PyDict>() {
            self.object(dict, visitor)
        } else if let Ok(number) = object.cast::<PyFloat>() {
            visitor.visit_f64(number.value())
        } else if let Ok(truth) = object.cast::<PyBool>() {
            visitor.visit_bool(truth.is_true())
        } else if object.is_instance_of::<PyInt>() {
            match scalar::integer(object) {
                Some(number) => visitor.visit_i64(number),
                // Too large for any count, and told as it is written.
                None => visitor.visit_i128(object.extract().unwrap_or(i128::MAX)),
            }
        } else if object.is_instance_of::<PyNone>() {
            visitor.visit_unit()
        } else if let Ok(tuple) = object.cast::<PyTuple>() {
            self.list(tuple.iter(), visitor)
        } else {
            self.other(visitor)
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let object = self.object;
        if object.is_instance_of::<PyInt>() && scalar::integer(object).is_none() {
            // Every float is read as the nearest double, however long its digits.
            return visitor.visit_f64(object.extract().unwrap_or(f64::INFINITY));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.object.is_none() { visitor.visit_none() } else { visitor.visit_some(self) }
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
        match as_dict(self.object) {
            Some(dict) => self.object(&dict, visitor),
            None => Err(self.not_an_object(&visitor)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Ok(string) = self.object.cast::<PyString>() {
            return visitor.visit_enum(text(string)?.into_deserializer());
        }
        match as_dict(self.object) {
            Some(dict) if dict.len() == 1 => visitor.visit_enum(MapAccessDeserializer::new(Object {
                items: dict.iter(),
                entry: None,
                path: self.path,
                notes: self.notes,
            })),
            Some(dict) => {
                let message = format!("an object of {} fields is not one of a single field", dict.len());
                Err(Error::new(ErrorKind::WrongType, message))
            }
            None => {
                let names: Vec<String> = variants.iter().map(|name| format!("`{name}`")).collect();
                let expected = match names.as_slice() {
                    [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
                    names => names.concat(),
                };
                Err(self.not_an_object_but(&expected))
            }
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(path) = self.path {
            self.notes.ignored.borrow_mut().push(path.dotted());
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct identifier
    }
}

impl Value<'_, '_> {
    fn not_an_object_but(self, expected: &str) -> Error {
        struct Named<'a>(&'a str);
        impl Visitor<'_> for Named<'_> {
            type Value = ();

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.0)
            }
        }
        self.not_an_object(&Named(expected))
    }
}

struct List<'a, I> {
    items: I,
    index: usize,
    path: Option<&'a Path<'a>>,
    notes: &'a Notes,
}

impl<'de, 'py, I: ExactSizeIterator<Item = Bound<'py, PyAny>>> SeqAccess<'de> for List<'_, I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(object) = self.items.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(Value { object: &object, path: self.path, notes: self.notes })
            .map(Some)
            .map_err(|error| error.at(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Object<'a, 'py, I> {
    items: I,
    entry: Option<(Bound<'py, PyString>, Bound<'py, PyAny>)>,
    path: Option<&'a Path<'a>>,
    notes: &'a Notes,
}

impl<'de, 'py, I: Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>> MapAccess<'de>
    for Object<'_, 'py, I>
{
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        loop {
            let Some((key, value)) = self.items.next() else { return Ok(None) };
            let key = key.cast_into::<PyString>().map_err(|error| {
                let key = error.into_inner();
                let shown = key.repr().map_or_else(|_| "a key".to_owned(), |text| text.to_string());
                Error::new(ErrorKind::WrongType, format!("the name {shown} is not text"))
            })?;
            let name = text(&key)?;
            if self.path.is_none() && self.notes.skip.iter().any(|skipped| skipped == name) {
                continue;
            }
            let found = seed.deserialize(StrDeserializer::<Error>::new(name))?;
            self.entry = Some((key, value));
            return Ok(Some(found));
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, object) =
            self.entry.take().ok_or_else(|| Error::custom("a value was read before its key"))?;
        let path = Path { key: text(&key)?, parent: self.path };
        seed.deserialize(Value { object: &object, path: Some(&path), notes: self.notes })
            .map_err(|error| error.within(path.key))
    }
}
