//! Python objects into the core's types, without JSON in between.

mod scalar;
mod value;

use std::cell::RefCell;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::de::DeserializeOwned;
use sponsorfit::Error;

use value::Value;

/// What is noticed while a row is read.
#[derive(Default)]
pub(crate) struct Notes {
    /// The dotted names of the fields that the type does not have.
    pub(crate) ignored: RefCell<Vec<String>>,
    /// Fields to pass over, because they were blamed already.
    skip: Vec<String>,
}

/// A row and what was noticed in it.
pub(crate) struct Read<T> {
    pub(crate) row: T,
    pub(crate) ignored: Vec<String>,
}

/// Reads a row, a configuration or rules from a mapping; the first error wins.
pub(crate) fn from_mapping<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> Result<Read<T>, Error> {
    read(object, &Notes::default())
}

fn read<T: DeserializeOwned>(object: &Bound<'_, PyAny>, notes: &Notes) -> Result<Read<T>, Error> {
    let row = T::deserialize(Value::root(object, notes))?;
    Ok(Read { row, ignored: notes.ignored.take() })
}

/// Reads a value of any type.
pub(crate) fn from_object<T: DeserializeOwned>(object: &Bound<'_, PyAny>) -> Result<T, Error> {
    from_mapping(object).map(|read| read.row)
}

/// Reads a row from a mapping; every field that is wrong is reported.
pub(crate) fn row_from_mapping<T: DeserializeOwned>(
    object: &Bound<'_, PyAny>,
) -> Result<Read<T>, Vec<Error>> {
    every_error(|skip| read(object, &Notes { skip: skip.to_vec(), ..Notes::default() }))
}

/// Reads again without the fields that were blamed, until nothing more is wrong.
pub(crate) fn every_error<T>(read: impl Fn(&[String]) -> Result<T, Error>) -> Result<T, Vec<Error>> {
    let (mut errors, mut skip): (Vec<Error>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        match read(&skip) {
            Ok(row) if errors.is_empty() => return Ok(row),
            Ok(_) => return Err(errors),
            Err(error) => {
                let field = error.path().split(['.', '[']).next().unwrap_or_default().to_owned();
                // What was left out is missing now; an event's identifier may be called `id`.
                let left_out =
                    skip.contains(&field) || (field == "event_id" && skip.iter().any(|f| f == "id"));
                if !left_out {
                    errors.push(error);
                }
                if left_out || field.is_empty() {
                    return Err(errors);
                }
                skip.push(field);
            }
        }
    }
}

/// Returns a mapping of any kind as a dict: rows of database drivers are mappings of their own.
pub(crate) fn as_dict<'py>(object: &Bound<'py, PyAny>) -> Option<Bound<'py, PyDict>> {
    if let Ok(dict) = object.cast::<PyDict>() {
        return Some(dict.clone());
    }
    if !object.hasattr("keys").unwrap_or(false) {
        return None;
    }
    let dict = PyDict::new(object.py());
    let update = dict.as_any().call_method1("update", (object,));
    update.ok().map(|_| dict)
}
