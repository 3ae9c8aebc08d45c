//! Many rows from frames, files and lists, with the rejects beside them.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use pyo3_arrow::input::AnyRecordBatch;
use serde::de::DeserializeOwned;
use sponsorfit::Error;
use sponsorfit::rows::{IgnoredField, Intake, Reader, Row};
use sponsorfit_arrow::Reject;

use crate::error::raised;
use crate::read;
use crate::work;

/// After how many rows Python is asked whether someone pressed Ctrl-C: some milliseconds of work.
const GLANCE: u64 = 2048;

/// What is kept of the rows while they are read.
pub(crate) struct Loader {
    reader: Reader,
    skip_bad: bool,
    pub(crate) rejects: Vec<Reject>,
    /// The fields that no row type has, by table.
    pub(crate) ignored: Vec<(&'static str, IgnoredField)>,
}

impl Loader {
    /// Reads rows of which each must be right, or else the wrong ones are left out.
    pub(crate) fn new(reader: Reader, skip_bad: bool) -> Self {
        Self { reader, skip_bad, rejects: Vec::new(), ignored: Vec::new() }
    }

    /// Reads the rows of one table from what Python found out about its source.
    pub(crate) fn load<T: Row + TypedRow>(
        &mut self,
        table: &'static str,
        kind: &str,
        source: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<T>> {
        match kind {
            "none" => Ok(Vec::new()),
            "bytes" => self.bytes(table, source),
            "arrow" => self.arrow(table, source),
            "rows" => self.objects(table, source),
            other => Err(PyValueError::new_err(format!("no source is of kind {other}"))),
        }
    }

    fn bytes<T: Row + TypedRow>(
        &mut self,
        table: &'static str,
        source: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<T>> {
        let py = source.py();
        let bytes = PyBackedBytes::from(source.cast::<PyBytes>()?.clone());
        let reader = self.reader;
        let read = work::run(py, None, None, move |_| Ok(reader.read::<T>(&bytes)))?;
        for reject in &read.rejects {
            self.reject(py, table, reject.line, &reject.problems)?;
        }
        self.ignored.extend(read.ignored.iter().map(|field| (table, field.clone())));
        Ok(read.into_rows().collect())
    }

    fn arrow<T: Row + TypedRow>(
        &mut self,
        table: &'static str,
        source: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<T>> {
        let py = source.py();
        let (mut good, mut intake) = (Vec::new(), Intake::new(self.reader));
        for batch in source.extract::<AnyRecordBatch>()?.into_reader()? {
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            for (position, row) in sponsorfit_arrow::rows(&batch, &mut intake) {
                self.keep(py, table, position, row, &mut good)?;
            }
        }
        self.ignored.extend(intake.ignored().into_iter().map(|field| (table, field)));
        Ok(good)
    }

    fn objects<T: Row + TypedRow>(
        &mut self,
        table: &'static str,
        source: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<T>> {
        let py = source.py();
        let (mut good, mut intake) = (Vec::new(), Intake::new(self.reader));
        for (position, object) in (0..).zip(source.try_iter()?) {
            let object = object?;
            let read = T::typed(&object).map_or_else(|| read::row(&object), |row| Ok(row.into()));
            self.keep(py, table, position, intake.take(position, read), &mut good)?;
        }
        self.ignored.extend(intake.ignored().into_iter().map(|field| (table, field)));
        Ok(good)
    }

    fn keep<T>(
        &mut self,
        py: Python<'_>,
        table: &'static str,
        position: u64,
        row: Result<T, Vec<Error>>,
        good: &mut Vec<T>,
    ) -> PyResult<()> {
        if position.is_multiple_of(GLANCE) {
            py.check_signals()?;
        }
        match row {
            Ok(row) => good.push(row),
            Err(problems) => self.reject(py, table, position, &problems)?,
        }
        Ok(())
    }

    fn reject(&mut self, py: Python<'_>, table: &'static str, row: u64, problems: &[Error]) -> PyResult<()> {
        match problems.first() {
            Some(error) if !self.skip_bad => Err(raised(py, &error.clone().within(table), Some(row))),
            _ => {
                let reject = |error: &Error| Reject { table, row, error: error.clone() };
                self.rejects.extend(problems.iter().map(reject));
                Ok(())
            }
        }
    }
}

/// A row type that a Python class holds.
pub(crate) trait TypedRow: DeserializeOwned + Send + 'static {
    /// Returns the row of a typed object.
    fn typed(object: &Bound<'_, PyAny>) -> Option<Self>;
}

macro_rules! typed_row {
    ($($name:ident)*) => {$(
        impl TypedRow for sponsorfit::$name {
            fn typed(object: &Bound<'_, PyAny>) -> Option<Self> {
                object.cast::<crate::rows::$name>().ok().map(|typed| (*typed.get().0).clone())
            }
        }
    )*};
}

typed_row! { SponsorProfile Event AudienceInsights }

impl TypedRow for sponsorfit::PastSponsorship {
    fn typed(_: &Bound<'_, PyAny>) -> Option<Self> {
        None
    }
}
