//! The three kinds of rows as Python objects that hold the parsed core type.

use std::ops::Deref;
use std::sync::Arc;

use pyo3::PyClass;
use pyo3::exceptions::PyAttributeError;
use pyo3::prelude::*;
use pyo3::pyclass::boolean_struct::True;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyList, PyType};
use serde::Serialize;
use sponsorfit::rows::Row;

use crate::error::{OrRaise, raised};
use crate::read;

/// A row, and its fields as Python's values once somebody asked for one.
#[derive(Clone)]
pub(crate) struct Kept<T>(Arc<(T, PyOnceLock<Py<PyDict>>)>);

impl<T> From<T> for Kept<T> {
    fn from(row: T) -> Self {
        Self(Arc::new((row, PyOnceLock::new())))
    }
}

impl<T> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.0
    }
}

impl<T: PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: Serialize> Kept<T> {
    /// Returns a field as an attribute of the class that holds it.
    pub(crate) fn field<'py>(&self, py: Python<'py>, class: &str, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let read = || Ok::<_, PyErr>(to_python(py, &**self)?.cast_into::<PyDict>()?.unbind());
        let fields = self.0.1.get_or_try_init(py, read)?.bind(py);
        fields.get_item(name)?.map_or_else(|| Err(no_attribute(class, name)), |value| copied(&value))
    }
}

/// Returns a value that its holder may change.
fn copied<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = value.py();
    if let Ok(list) = value.cast::<PyList>() {
        let items: Vec<_> = list.iter().map(|item| copied(&item)).collect::<PyResult<_>>()?;
        return Ok(PyList::new(py, items)?.into_any());
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let copy = PyDict::new(py);
        for (name, value) in dict {
            copy.set_item(name, copied(&value)?)?;
        }
        return Ok(copy.into_any());
    }
    Ok(value.clone())
}

fn no_attribute(class: &str, name: &str) -> PyErr {
    PyAttributeError::new_err(format!("`{class}` has no attribute `{name}`"))
}

/// A row that is at hand, or was read from a mapping just now.
pub(crate) enum Given<'py, T, P: PyClass> {
    Typed(Bound<'py, P>),
    Read(T),
}

impl<T, P: PyClass<Frozen = True> + Sync + AsRef<T>> Given<'_, T, P> {
    pub(crate) fn row(&self) -> &T {
        match self {
            Self::Typed(typed) => typed.get().as_ref(),
            Self::Read(row) => row,
        }
    }
}

/// Returns a Python value as its JSON text reads.
pub(crate) fn to_python<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    // Rows and results are plain data with string keys: writing them cannot fail.
    let text = serde_json::to_string(value).unwrap_or_default();
    py.import("json")?.call_method1("loads", (text,))
}

/// Returns the names of an object's methods, and of its fields: `dir`, and completion by Tab.
pub(crate) fn names<'py>(object: &Bound<'py, PyAny>, value: &impl Serialize) -> PyResult<Bound<'py, PyList>> {
    let py = object.py();
    let all = py.get_type::<PyAny>().call_method1("__dir__", (object,))?.cast_into::<PyList>()?;
    all.call_method1("extend", (to_python(py, value)?,))?;
    Ok(all)
}

/// Says once which field of a mapping was ignored, where its name is near a known one.
pub(crate) fn warn_of_ignored<T: Row>(py: Python<'_>, ignored: &[String]) -> PyResult<()> {
    for field in ignored {
        if let Some(nearest) = sponsorfit::rows::nearest_field::<T>(field) {
            py.import("sponsorfit._errors")?.call_method1("warn_of_ignored", (field, nearest))?;
        }
    }
    Ok(())
}

macro_rules! row_class {
    ($(#[$doc:meta])* $name:ident, $part:literal) => {
        $(#[$doc])*
        #[pyclass(frozen, eq, module = "sponsorfit")]
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name(pub(crate) Kept<sponsorfit::$name>);

        impl $name {
            /// Returns the row of an argument that is typed or a mapping.
            pub(crate) fn given<'py>(
                object: &Bound<'py, PyAny>,
            ) -> PyResult<Given<'py, sponsorfit::$name, Self>> {
                if let Ok(typed) = object.cast::<Self>() {
                    return Ok(Given::Typed(typed.clone()));
                }
                let py = object.py();
                let read = read::from_mapping::<sponsorfit::$name>(object)
                    .map_err(|error| raised(py, &error.within($part), None))?;
                if !read.ignored.is_empty() {
                    warn_of_ignored::<sponsorfit::$name>(py, &read.ignored)?;
                }
                Ok(Given::Read(read.row))
            }
        }

        impl AsRef<sponsorfit::$name> for $name {
            fn as_ref(&self) -> &sponsorfit::$name {
                &self.0
            }
        }

        #[pymethods]
        impl $name {
            #[new]
            #[pyo3(signature = (row = None, /, **fields))]
            fn new(row: Option<&Bound<'_, PyAny>>, fields: Option<&Bound<'_, PyDict>>, py: Python<'_>) -> PyResult<Self> {
                let given = match (row, fields) {
                    (Some(row), None) => row.clone(),
                    (None, Some(fields)) => fields.clone().into_any(),
                    (None, None) => PyDict::new(py).into_any(),
                    (Some(_), Some(_)) => {
                        return Err(pyo3::exceptions::PyTypeError::new_err(
                            "give a row or fields by keyword, not both",
                        ));
                    }
                };
                if let Ok(typed) = given.cast::<Self>() {
                    return Ok(typed.get().clone());
                }
                let read = read::from_mapping::<sponsorfit::$name>(&given).or_raise(py)?;
                match (fields, read.ignored.first()) {
                    // A keyword is written by hand: unlike a database's column, it is meant.
                    (Some(_), Some(field)) => {
                        let hint = sponsorfit::rows::nearest_field::<sponsorfit::$name>(field)
                            .map_or_else(String::new, |near| format!(", did you mean `{near}`"));
                        let error = sponsorfit::Error::new(
                            sponsorfit::ErrorKind::UnknownField,
                            format!("unknown field{hint}"),
                        );
                        Err(raised(py, &error.within(field), None))
                    }
                    _ => {
                        warn_of_ignored::<sponsorfit::$name>(py, &read.ignored)?;
                        Ok(Self(read.row.into()))
                    }
                }
            }

            /// Reads a row from JSON text.
            #[classmethod]
            fn from_json(cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
                let py = cls.py();
                let mut rows = sponsorfit::rows::read::<sponsorfit::$name>(format!("[{text}]").as_bytes());
                match (rows.rejects.first().and_then(|reject| reject.problems.first()), rows.rows.len()) {
                    (Some(error), _) => Err(raised(py, error, None)),
                    (None, 1) => Ok(Self(rows.rows.remove(0).row.into())),
                    (None, found) => {
                        let message = format!("{found} rows are not one");
                        let error = sponsorfit::Error::new(sponsorfit::ErrorKind::InvalidJson, message);
                        Err(raised(py, &error, None))
                    }
                }
            }

            /// Returns the row as JSON text.
            fn to_json(&self) -> String {
                serde_json::to_string(&*self.0).unwrap_or_default()
            }

            /// Returns the row as a dict of plain values.
            fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
                to_python(py, &*self.0)
            }

            /// Returns a copy with some fields changed.
            #[pyo3(signature = (**fields))]
            fn replace(&self, py: Python<'_>, fields: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
                let all = self.to_dict(py)?.cast_into::<PyDict>()?;
                if let Some(fields) = fields {
                    all.update(fields.as_mapping())?;
                }
                Self::new(None, Some(&all), py)
            }

            fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
                self.0.field(py, stringify!($name), name)
            }

            fn __dir__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
                names(slf.as_any(), &*slf.get().0)
            }

            fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
                let display = py.import("sponsorfit._display")?;
                display.call_method1("row_repr", (stringify!($name), self.to_dict(py)?))?.extract()
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
                Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(),)))
            }
        }
    };
}

row_class! {
    /// A sponsor's targeting profile: a row of `sponsor_profiles`.
    ///
    /// `None` is unknown; an empty list states no preference. Every range is
    /// checked when the object is made, so scoring it again costs less.
    SponsorProfile, "sponsor"
}

row_class! {
    /// An event as its organiser describes it: a row of `events`.
    ///
    /// `None` and empty lists are unknown.
    Event, "event"
}

row_class! {
    /// Measured behaviour of an event's audience: a row of `event_audience_insights`.
    ///
    /// `None` and empty maps are unknown.
    AudienceInsights, "insights"
}
