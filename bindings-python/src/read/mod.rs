//! Python objects into the core's types, without JSON in between.

mod scalar;

use std::borrow::Cow;

use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use serde::de::DeserializeOwned;
use sponsorfit::rows::{Never, ReadRow, Source, Value, from_source, row_from_source};
use sponsorfit::{Error, ErrorKind};

use scalar::Scalar;

/// A Python object as the core reads it.
#[derive(Clone)]
struct Object<'py>(Bound<'py, PyAny>);

/// Reads a value of any type; the first error wins.
pub(crate) fn from_object<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> Result<T, Error> {
    from_source(Object(object.clone()))
}

/// Reads a row from a mapping; every field that is wrong is reported.
pub(crate) fn row<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> Result<ReadRow<T>, Vec<Error>> {
    row_from_source(&Object(object.clone()))
}

/// Reads a row from a mapping; the first error wins.
pub(crate) fn from_mapping<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> Result<ReadRow<T>, Error> {
    row(object).map_err(|errors| {
        errors.into_iter().next().unwrap_or_else(|| Error::new(ErrorKind::InvalidValue, "not a row"))
    })
}

/// Returns a mapping of any kind as a dict: rows of database drivers are mappings of their own.
fn as_dict<'py>(object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
    if !object.hasattr("keys").unwrap_or(false) {
        return None;
    }
    let dict = PyDict::new(object.py());
    let update = dict.as_any().call_method1("update", (object,));
    update.ok().map(|_| dict)
}

fn not_unicode() -> Error {
    Error::new(ErrorKind::InvalidUtf8, "text with a lone surrogate is not Unicode")
}

struct Items<'py>(pyo3::types::list::BoundListIterator<'py>);

impl<'py> Iterator for Items<'py> {
    type Item = Object<'py>;

    fn next(&mut self) -> Option<Object<'py>> {
        self.0.next().map(Object)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}

struct Entries<'py>(pyo3::types::dict::BoundDictIterator<'py>);

impl<'py> Iterator for Entries<'py> {
    type Item = Result<(PyBackedStr, Object<'py>), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let (key, value) = self.0.next()?;
        let key = key.cast_into::<PyString>().map_err(|error| {
            let key = error.into_inner();
            let shown = key.repr().map_or_else(|_| "a key".to_owned(), |text| text.to_string());
            Error::new(ErrorKind::WrongType, format!("the name {shown} is not text"))
        });
        let name = key.and_then(|key| PyBackedStr::try_from(key).map_err(|_| not_unicode()));
        Some(name.map(|name| (name, Object(value))))
    }
}

impl<'de, 'py> Source<'de> for Object<'py> {
    type List = Items<'py>;
    type Key = PyBackedStr;
    type Entries = Entries<'py>;
    type Cell = Never;

    fn value(&self) -> Result<Value<'_, 'de, Self>, Error> {
        let object = &self.0;
        Ok(if let Ok(text) = object.cast::<PyString>() {
            Value::Text(Cow::Borrowed(text.to_str().map_err(|_| not_unicode())?))
        } else if let Ok(list) = object.cast::<PyList>() {
            Value::List(Items(list.iter()))
        } else if let Ok(dict) = object.cast::<PyDict>() {
            Value::Object(Entries(dict.iter()))
        } else if let Ok(number) = object.cast::<PyFloat>() {
            Value::Float(number.value())
        } else if let Ok(truth) = object.cast::<PyBool>() {
            Value::Bool(truth.is_true())
        } else if object.is_instance_of::<PyInt>() {
            match object.extract() {
                Ok(number) => Value::Signed(number),
                Err(_) => Value::Large(
                    object.extract().unwrap_or(i128::MAX),
                    object.extract().unwrap_or(f64::INFINITY),
                ),
            }
        } else if object.is_none() {
            Value::Null
        } else if let Ok(tuple) = object.cast::<PyTuple>() {
            Value::List(Items(tuple.to_list().iter()))
        } else {
            match scalar::of(object) {
                Ok(Scalar::Text(text)) => Value::Text(Cow::Owned(text)),
                Ok(Scalar::Number(number)) => Value::Float(number),
                Ok(Scalar::Integer(number)) => Value::Signed(number),
                Ok(Scalar::List(list)) => Value::List(Items(list.iter())),
                Ok(Scalar::Object(dict)) => Value::Object(Entries(dict.iter())),
                Err(name) => Value::Other(name),
            }
        })
    }

    fn is_null(&self) -> bool {
        self.0.is_none()
    }
}
