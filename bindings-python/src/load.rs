//! Many rows from frames, files and lists, with the rejects beside them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;
use pyo3_arrow::input::AnyRecordBatch;
use serde::de::DeserializeOwned;
use sponsorfit::rows::{Reader, Row};
use sponsorfit::{Error, ErrorKind};

use crate::arrow_rows::{self, Batch};
use crate::error::raised;
use crate::read;
use crate::work;

/// After how many rows Python is asked whether someone pressed Ctrl-C: some milliseconds of work.
const GLANCE: u64 = 2048;

/// A row that was left out.
pub(crate) struct Reject {
    pub(crate) table: &'static str,
    /// Its position from 0, or its line in a file from 1.
    pub(crate) row: u64,
    pub(crate) error: Error,
}

/// What is kept of the rows while they are read.
pub(crate) struct Loader {
    pub(crate) reader: Reader,
    pub(crate) skip_bad: bool,
    pub(crate) rejects: Vec<Reject>,
    /// Fields that no row type has, with how many rows have them and the name that may be meant.
    pub(crate) ignored: BTreeMap<(&'static str, String), (u64, Option<&'static str>)>,
}

impl Loader {
    /// Reads rows of which each must be right.
    pub(crate) fn strict(reader: Reader) -> Self {
        Self { reader, skip_bad: false, rejects: Vec::new(), ignored: BTreeMap::new() }
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
            for error in &reject.problems {
                self.reject(py, table, reject.line, error.clone())?;
            }
        }
        for field in &read.ignored {
            self.ignored.insert((table, field.name.clone()), (field.count, field.nearest));
        }
        Ok(read.into_rows().collect())
    }

    fn arrow<T: Row + TypedRow>(
        &mut self,
        table: &'static str,
        source: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<T>> {
        let py = source.py();
        let reader = source.extract::<AnyRecordBatch>()?.into_reader()?;
        let mut rows = Rows::new(table);
        let mut unknown: Vec<String> = Vec::new();
        let mut position = 0;
        for batch in reader {
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            for name in &unknown {
                let count = u64::try_from(batch.num_rows()).unwrap_or(u64::MAX);
                self.ignore::<T>(table, name, count);
            }
            let mut columns = Batch::new(&batch, &unknown);
            for index in 0..columns.len() {
                let ignored = RefCell::new(Vec::new());
                let read = read::every_error(|skip| {
                    ignored.borrow_mut().clear();
                    let row = arrow_rows::Row { batch: &columns, index, skip, ignored: &ignored };
                    T::deserialize(row)
                });
                self.keep(py, &mut rows, position, read)?;
                position += 1;
                for name in ignored.take() {
                    // A column is ignored in every row: the others need not find out.
                    let own = batch.column_by_name(&name).is_some();
                    let count =
                        if own { u64::try_from(columns.len() - index).unwrap_or(u64::MAX) } else { 1 };
                    self.ignore::<T>(table, &name, count);
                    if own && !unknown.contains(&name) {
                        unknown.push(name);
                    }
                }
                if index == 0 && !unknown.is_empty() {
                    columns = Batch::new(&batch, &unknown);
                }
            }
        }
        Ok(rows.good)
    }

    fn objects<T: Row + TypedRow>(
        &mut self,
        table: &'static str,
        source: &Bound<'_, PyAny>,
    ) -> PyResult<Vec<T>> {
        let py = source.py();
        let mut rows = Rows::new(table);
        for (position, object) in (0..).zip(source.try_iter()?) {
            let object = object?;
            let read = match T::typed(&object) {
                Some(row) => Ok(row),
                None => read::row_from_mapping::<T>(&object).map(|read| {
                    for name in &read.ignored {
                        self.ignore::<T>(table, name, 1);
                    }
                    read.row
                }),
            };
            self.keep(py, &mut rows, position, read)?;
        }
        Ok(rows.good)
    }

    fn keep<T: Row + TypedRow>(
        &mut self,
        py: Python<'_>,
        rows: &mut Rows<T>,
        position: u64,
        read: Result<T, Vec<Error>>,
    ) -> PyResult<()> {
        if position.is_multiple_of(GLANCE) {
            py.check_signals()?;
        }
        let checked = read.and_then(|row| {
            self.reader.check(&row).map_err(|error| vec![error])?;
            if T::MAY_REPEAT {
                return Ok(row);
            }
            match rows.seen.entry(row.id()) {
                Entry::Vacant(entry) => entry.insert(position),
                Entry::Occupied(first) => {
                    let message = format!("{} is already in row {}", row.id(), first.get());
                    return Err(vec![Error::new(ErrorKind::DuplicateId, message).within(T::ID_FIELD)]);
                }
            };
            Ok(row)
        });
        match checked {
            Ok(row) => rows.good.push(row),
            Err(errors) => {
                for error in errors {
                    self.reject(py, rows.table, position, error)?;
                }
            }
        }
        Ok(())
    }

    fn reject(&mut self, py: Python<'_>, table: &'static str, row: u64, error: Error) -> PyResult<()> {
        if !self.skip_bad {
            return Err(raised(py, &error.within(table), Some(row)));
        }
        self.rejects.push(Reject { table, row, error });
        Ok(())
    }

    fn ignore<T: Row>(&mut self, table: &'static str, name: &str, count: u64) {
        let found = self.ignored.entry((table, name.to_owned()));
        found.or_insert_with(|| (0, sponsorfit::rows::nearest_field::<T>(name))).0 += count;
    }
}

struct Rows<T: Row> {
    table: &'static str,
    good: Vec<T>,
    seen: HashMap<T::Id, u64>,
}

impl<T: Row> Rows<T> {
    fn new(table: &'static str) -> Self {
        Self { table, good: Vec::new(), seen: HashMap::new() }
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
                object.cast::<crate::rows::$name>().ok().map(|typed| typed.get().0.as_ref().clone())
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
