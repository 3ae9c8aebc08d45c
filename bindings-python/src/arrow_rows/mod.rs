//! Rows of Arrow record batches as serde reads them: columns are read as they come.

mod cell;
mod nested;

use std::cell::RefCell;

use arrow_array::{Array, ArrayRef, RecordBatch};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use sponsorfit::{Error, ErrorKind};

use cell::Cell;
use nested::Fields;

/// The columns of a batch that a row type may know.
pub(crate) struct Batch {
    columns: Vec<(String, ArrayRef)>,
    rows: usize,
}

impl Batch {
    /// Takes the columns but those that no row knows.
    pub(crate) fn new(batch: &RecordBatch, unknown: &[String]) -> Self {
        let columns = batch.schema_ref().fields().iter().zip(batch.columns());
        let columns = columns
            .filter(|(field, _)| !unknown.contains(field.name()))
            .map(|(field, column)| (field.name().clone(), column.clone()));
        Self { columns: columns.collect(), rows: batch.num_rows() }
    }

    pub(crate) fn len(&self) -> usize {
        self.rows
    }
}

/// Returns the first rows of batches as the JSON text of a list; null fields are null.
pub(crate) fn json(batches: &[RecordBatch], limit: usize) -> PyResult<String> {
    let mut rows = Vec::new();
    for batch in batches {
        let columns = Batch::new(batch, &[]);
        for index in 0..columns.len().min(limit - rows.len()) {
            let ignored = RefCell::default();
            let mut fields = serde_json::Map::new();
            for (name, array) in &columns.columns {
                let cell = Cell { array: array.as_ref(), index, name, ignored: &ignored };
                let value = match cell.text() {
                    _ if array.is_null(index) => serde_json::Value::Null,
                    Some(text) => text.into(),
                    None => serde_json::Value::deserialize(cell)
                        .map_err(|error| PyValueError::new_err(error.to_string()))?,
                };
                fields.insert(name.clone(), value);
            }
            rows.push(fields);
        }
    }
    Ok(serde_json::to_string(&rows).unwrap_or_default())
}

/// Returns the named columns of batches as rows of numbers; null is NaN.
pub(crate) fn numbers(batches: &[RecordBatch], names: &[String]) -> Result<Vec<Vec<f64>>, Error> {
    let ignored = RefCell::default();
    let mut rows = Vec::new();
    for batch in batches {
        let column = |name: &String| {
            let missing = || Error::new(ErrorKind::MissingField, "the frame has no such column").within(name);
            batch.column_by_name(name).ok_or_else(missing)
        };
        let columns: Vec<&ArrayRef> = names.iter().map(column).collect::<Result<_, Error>>()?;
        for index in 0..batch.num_rows() {
            let number = |(array, name): (&&ArrayRef, &String)| {
                let cell = Cell { array: array.as_ref(), index, name: "", ignored: &ignored };
                if array.is_null(index) {
                    Ok(f64::NAN)
                } else {
                    f64::deserialize(cell).map_err(|error| error.within(name))
                }
            };
            rows.push(columns.iter().zip(names).map(number).collect::<Result<_, Error>>()?);
        }
    }
    Ok(rows)
}

/// Returns the named columns of batches as rows of text.
pub(crate) fn texts(batches: &[RecordBatch], names: &[String]) -> Result<Vec<Vec<String>>, Error> {
    let ignored = RefCell::default();
    let mut rows = Vec::new();
    for batch in batches {
        for index in 0..batch.num_rows() {
            let text = |name: &String| {
                let missing = || Error::new(ErrorKind::MissingField, "required, but missing").within(name);
                let array =
                    batch.column_by_name(name).filter(|array| array.is_valid(index)).ok_or_else(missing)?;
                let cell = Cell { array: array.as_ref(), index, name: "", ignored: &ignored };
                String::deserialize(cell).map_err(|error| error.within(name))
            };
            rows.push(names.iter().map(text).collect::<Result<_, Error>>()?);
        }
    }
    Ok(rows)
}

/// One row of a batch; fields in `skip` are passed over, fields that the type does not have are noted.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) batch: &'a Batch,
    pub(crate) index: usize,
    pub(crate) skip: &'a [String],
    pub(crate) ignored: &'a RefCell<Vec<String>>,
}

impl<'de> Deserializer<'de> for Row<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let columns = self.batch.columns.iter().map(|(name, column)| (name.as_str(), column));
        visitor.visit_map(Fields {
            columns: columns.filter(|(name, _)| !self.skip.iter().any(|skipped| skipped == name)),
            index: self.index,
            entry: None,
            ignored: self.ignored,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
