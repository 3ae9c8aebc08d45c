//! A table that Python holds: Arrow batches, exported as they are.

use arrow_array::RecordBatch;
use arrow_schema::ArrowError;
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::PyTable;
use pyo3_arrow::ffi::to_schema_pycapsule;

/// Columns of a result.
#[pyclass(frozen, module = "sponsorfit._lowlevel")]
pub(crate) struct Table(sponsorfit_arrow::Table);

impl Table {
    /// Takes a table that was made, or else raises: columns made here always fit together.
    pub(crate) fn made(table: Result<sponsorfit_arrow::Table, ArrowError>) -> PyResult<Self> {
        table.map(Self).map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }
}

/// Returns the first rows of batches as the JSON text of a list.
pub(crate) fn json(batches: &[RecordBatch], limit: usize) -> PyResult<String> {
    sponsorfit_arrow::json(batches, limit).map_err(|error| PyValueError::new_err(error.to_string()))
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let table = PyTable::try_new(self.0.batches.clone(), self.0.schema.clone())?;
        Bound::new(py, table)?.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.0.schema.as_ref())?)
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.0.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// What holds for the whole table, by name.
    #[getter]
    fn metadata(&self) -> std::collections::BTreeMap<String, String> {
        self.0.schema.metadata().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    fn __len__(&self) -> usize {
        self.0.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Returns the first rows as the JSON text of a list.
    #[pyo3(signature = (limit = None))]
    fn json(&self, limit: Option<usize>) -> PyResult<String> {
        json(&self.0.batches, limit.unwrap_or(usize::MAX))
    }
}
