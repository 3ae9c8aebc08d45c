//! Configuration as a Python object.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyType};

use crate::error::OrRaise;
use crate::read;
use crate::rows::{Kept, names, to_python};

/// Returns the one mapping of a constructor that takes a mapping or keywords.
pub(crate) fn parts<'py>(
    py: Python<'py>,
    given: Option<&Bound<'py, PyAny>>,
    keywords: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    match (given, keywords) {
        (Some(_), Some(_)) => Err(PyTypeError::new_err("give a mapping or keywords, not both")),
        (Some(given), None) => Ok(given.clone()),
        (None, Some(keywords)) => Ok(keywords.clone().into_any()),
        (None, None) => Ok(PyDict::new(py).into_any()),
    }
}

/// Everything about the score that can be turned: weights, blends, readings, policies.
///
/// Takes keywords, a dict or JSON text; every part may be left out, and unknown
/// parts are refused. The default is the formula of the definition, §2.1.
#[pyclass(frozen, eq, module = "sponsorfit")]
#[derive(Clone, PartialEq)]
pub(crate) struct ScoringConfig(pub(crate) Kept<sponsorfit::ScoringConfig>);

impl ScoringConfig {
    /// Returns the configuration of an argument: a `ScoringConfig`, a mapping, JSON text or nothing.
    pub(crate) fn given(
        py: Python<'_>,
        given: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<sponsorfit::ScoringConfig> {
        let Some(given) = given.filter(|given| !given.is_none()) else {
            return Ok(sponsorfit::ScoringConfig::default());
        };
        if let Ok(config) = given.cast::<Self>() {
            return Ok((*config.get().0).clone());
        }
        if let Ok(text) = given.cast::<PyString>() {
            return sponsorfit::ScoringConfig::from_json(text.to_str()?).or_raise(py);
        }
        let config: sponsorfit::ScoringConfig = read::from_object(given).or_raise(py)?;
        config.validate().or_raise(py)?;
        Ok(config)
    }
}

#[pymethods]
impl ScoringConfig {
    #[new]
    #[pyo3(signature = (config = None, /, **parts))]
    fn new(
        py: Python<'_>,
        config: Option<&Bound<'_, PyAny>>,
        parts: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let given = self::parts(py, config, parts)?;
        Ok(Self(Self::given(py, Some(&given))?.into()))
    }

    /// Reads a configuration from JSON text; `{}` is the default.
    #[classmethod]
    fn from_json(cls: &Bound<'_, PyType>, text: &str) -> PyResult<Self> {
        Ok(Self(sponsorfit::ScoringConfig::from_json(text).or_raise(cls.py())?.into()))
    }

    /// Returns the readings and weights that ranked real sponsorships best without their history.
    ///
    /// They were chosen on conferences of one community; `sponsorfit.learn.fit_weights` asks your own outcomes.
    #[classmethod]
    fn recommended(_cls: &Bound<'_, PyType>) -> Self {
        Self(sponsorfit::ScoringConfig::recommended().into())
    }

    /// Returns the whole configuration as JSON text.
    fn to_json(&self) -> String {
        serde_json::to_string(&*self.0).unwrap_or_default()
    }

    /// Returns the whole configuration as a dict.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_python(py, &*self.0)
    }

    /// Returns the SHA-256 that names this configuration, stored with every score.
    #[getter]
    fn fingerprint(&self) -> String {
        self.0.fingerprint().as_str().to_owned()
    }

    fn __getattr__<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        self.0.field(py, "ScoringConfig", name)
    }

    fn __dir__<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyList>> {
        names(slf.as_any(), &*slf.get().0)
    }

    fn __hash__(&self) -> u64 {
        let fingerprint = self.0.fingerprint();
        u64::from_str_radix(fingerprint.as_str().get(..16).unwrap_or_default(), 16).unwrap_or_default()
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        let display = py.import("sponsorfit._display")?;
        let default = to_python(py, &sponsorfit::ScoringConfig::default())?;
        display.call_method1("config_repr", (self.to_dict(py)?, default))?.extract()
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, (String,))> {
        Ok((slf.get_type().getattr("from_json")?, (slf.get().to_json(),)))
    }
}
