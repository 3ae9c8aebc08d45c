//! Objects that are not JSON's own but stand for text, numbers and lists in Python.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyString, PyType};

use super::as_dict;

/// What an object stands for.
pub(super) enum Scalar<'py> {
    Text(String),
    Number(f64),
    Integer(i64),
    List(Bound<'py, PyList>),
    Object(Bound<'py, PyDict>),
}

static UUID: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DATE: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// Tells what a UUID, a Decimal, a date, a set, a scalar or an array of NumPy stands for.
///
/// The error is the object as it prints.
pub(super) fn of<'py>(object: &Bound<'py, PyAny>) -> Result<Scalar<'py>, String> {
    known(object)
        .ok()
        .flatten()
        .ok_or_else(|| object.repr().map_or_else(|_| "this object".to_owned(), |text| text.to_string()))
}

fn known<'py>(object: &Bound<'py, PyAny>) -> PyResult<Option<Scalar<'py>>> {
    let py = object.py();
    if object.is_instance(UUID.import(py, "uuid", "UUID")?)? {
        return Ok(Some(Scalar::Text(object.str()?.to_string())));
    }
    // A datetime is a date too; both print themselves as ISO 8601.
    if object.is_instance(DATE.import(py, "datetime", "date")?)? {
        return Ok(Some(Scalar::Text(object.call_method0("isoformat")?.extract()?)));
    }
    if let Some(dict) = as_dict(object) {
        return Ok(Some(Scalar::Object(dict)));
    }
    // NumPy's integers have an index and no length; its arrays have both.
    if !object.hasattr("__len__")? || object.len().is_err() {
        if object.hasattr("__index__")? {
            return Ok(object.call_method0("__index__")?.extract().ok().map(Scalar::Integer));
        }
        // Decimal, and NumPy's other floats: the nearest double of what is written.
        if object.hasattr("__float__")? {
            return Ok(object.call_method0("__float__")?.extract().ok().map(Scalar::Number));
        }
        return Ok(None);
    }
    if object.is_instance_of::<PyString>() || object.hasattr("decode")? {
        return Ok(None);
    }
    // Sets, arrays and series.
    let list = PyList::empty(py);
    for item in object.try_iter()? {
        list.append(item?)?;
    }
    Ok(Some(Scalar::List(list)))
}
