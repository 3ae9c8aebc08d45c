//! A table that Python holds: Arrow batches, exported as they are.

use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use pyo3_arrow::PyTable;
use pyo3_arrow::ffi::to_schema_pycapsule;

use crate::arrow_rows;

/// Columns of a result.
#[pyclass(frozen, module = "sponsorfit._lowlevel")]
pub(crate) struct Table {
    batches: Vec<RecordBatch>,
    schema: SchemaRef,
}

impl Table {
    pub(crate) fn new(batches: Vec<RecordBatch>, schema: SchemaRef) -> Self {
        Self { batches, schema }
    }

    pub(crate) fn of(batch: Result<RecordBatch, ArrowError>) -> Result<Self, ArrowError> {
        batch.map(|batch| Self { schema: batch.schema(), batches: vec![batch] })
    }
}

#[pymethods]
impl Table {
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let table = PyTable::try_new(self.batches.clone(), self.schema.clone())?;
        Bound::new(py, table)?.call_method1("__arrow_c_stream__", (requested_schema,))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, self.schema.as_ref())?)
    }

    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|field| field.name().as_str()).collect()
    }

    /// What holds for the whole table, by name.
    #[getter]
    fn metadata(&self) -> std::collections::BTreeMap<String, String> {
        self.schema.metadata().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// Returns the first rows as the JSON text of a list.
    #[pyo3(signature = (limit = None))]
    fn json(&self, limit: Option<usize>) -> PyResult<String> {
        arrow_rows::json(&self.batches, limit.unwrap_or(usize::MAX))
    }
}
