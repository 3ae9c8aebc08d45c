//! Rows of record batches: columns are read as they come.

mod cell;
mod nested;

use arrow_array::{Array, ArrayRef, RecordBatch};
use serde_json::{Map, Value};
use sponsorfit::rows::{Intake, Row, from_source, row_from_source};
use sponsorfit::{Error, ErrorKind};

use cell::Cell;

/// The columns of a batch that a row type may know, by name.
type Columns = Vec<(String, ArrayRef)>;

fn columns(batch: &RecordBatch, is_wanted: impl Fn(&str) -> bool) -> Columns {
    let columns = batch.schema_ref().fields().iter().zip(batch.columns());
    let wanted = columns.filter(|(field, _)| is_wanted(field.name()));
    wanted.map(|(field, column)| (field.name().clone(), column.clone())).collect()
}

/// Returns the rows of a batch with their positions, each as it is or with all that is wrong with it.
///
/// One intake takes the batches of one table, so that positions and duplicates are those of the whole.
///
/// # Examples
/// See the crate's first example.
pub fn rows<'a, T: Row>(batch: &'a RecordBatch, intake: &'a mut Intake<T>) -> Rows<'a, T> {
    Rows { columns: columns(batch, |name| !intake.ignores(name)), batch, index: 0, intake }
}

/// The rows of a batch, made by [`rows`].
///
/// # Examples
/// ```
/// use arrow_array::RecordBatch;
/// use sponsorfit::{Event, rows::{Intake, Reader}};
/// use sponsorfit_arrow::Rows;
///
/// let batch = RecordBatch::new_empty(arrow_schema::Schema::empty().into());
/// let mut intake = Intake::new(Reader::new());
/// let mut rows: Rows<'_, Event> = sponsorfit_arrow::rows(&batch, &mut intake);
/// assert!(rows.next().is_none());
/// ```
pub struct Rows<'a, T: Row> {
    batch: &'a RecordBatch,
    columns: Columns,
    index: usize,
    intake: &'a mut Intake<T>,
}

impl<T: Row> Iterator for Rows<'_, T> {
    type Item = (u64, Result<T, Vec<Error>>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.index == self.batch.num_rows() {
            return None;
        }
        let mut read = row_from_source(&Cell::Row { columns: &self.columns, index: self.index });
        if let Ok(row) = &mut read {
            // A column is ignored in every row: the others need not find out.
            let is_column = |name: &String| self.batch.column_by_name(name).is_some();
            for name in row.ignored.extract_if(.., |name| is_column(name)) {
                self.intake.ignore_column(&name);
                self.columns.retain(|(column, _)| *column != name);
            }
        }
        self.index += 1;
        let position = self.intake.taken();
        Some((position, self.intake.take(position, read)))
    }
}

/// Returns the first rows of batches as the JSON text of a list; null is null.
///
/// # Errors
/// When a value cannot be told, such as one of a type that no row has.
///
/// # Examples
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{Int64Array, RecordBatch};
///
/// let batch = RecordBatch::try_from_iter([("n", Arc::new(Int64Array::from(vec![Some(1), None])) as _)])?;
/// assert_eq!(sponsorfit_arrow::json(&[batch], usize::MAX).unwrap(), r#"[{"n":1},{"n":null}]"#);
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
pub fn json(batches: &[RecordBatch], limit: usize) -> Result<String, Error> {
    let mut rows: Vec<Map<String, Value>> = Vec::new();
    for batch in batches {
        let columns = columns(batch, |_| true);
        for index in 0..batch.num_rows().min(limit - rows.len()) {
            let field = |(name, array): &(String, ArrayRef)| {
                let cell = Cell::field(array, index);
                let value = match cell.text() {
                    _ if array.is_null(index) => Value::Null,
                    Some(text) => text.into(),
                    None => from_source(cell)?,
                };
                Ok((name.clone(), value))
            };
            rows.push(columns.iter().map(field).collect::<Result<_, Error>>()?);
        }
    }
    // Plain data with string keys: writing it cannot fail.
    Ok(serde_json::to_string(&rows).unwrap_or_default())
}

/// Returns the named columns of batches as rows of numbers; null is NaN.
///
/// # Errors
/// For a column that is missing, and a value that is no number, with the column as its path.
///
/// # Examples
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{Int64Array, RecordBatch};
///
/// let batch = RecordBatch::try_from_iter([("n", Arc::new(Int64Array::from(vec![1])) as _)])?;
/// let batches = [batch];
/// assert_eq!(sponsorfit_arrow::numbers(&batches, &["n".to_owned()]).unwrap(), [[1.0]]);
/// let error = sponsorfit_arrow::numbers(&batches, &["m".to_owned()]).unwrap_err();
/// assert_eq!(error.to_string(), "m: the frame has no such column");
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
pub fn numbers(batches: &[RecordBatch], names: &[String]) -> Result<Vec<Vec<f64>>, Error> {
    let mut rows = Vec::new();
    for batch in batches {
        let column = |name: &String| {
            let missing = || Error::new(ErrorKind::MissingField, "the frame has no such column").within(name);
            batch.column_by_name(name).ok_or_else(missing)
        };
        let columns: Vec<&ArrayRef> = names.iter().map(column).collect::<Result<_, Error>>()?;
        for index in 0..batch.num_rows() {
            let number = |(array, name): (&&ArrayRef, &String)| match array.is_null(index) {
                true => Ok(f64::NAN),
                false => from_source(Cell::field(array, index)).map_err(|error: Error| error.within(name)),
            };
            rows.push(columns.iter().zip(names).map(number).collect::<Result<_, Error>>()?);
        }
    }
    Ok(rows)
}

/// Returns the named columns of batches as rows of text.
///
/// # Errors
/// For a column that is missing, and a value that is null or no text, with the column as its path.
///
/// # Examples
/// ```
/// use std::sync::Arc;
///
/// use arrow_array::{RecordBatch, StringArray};
///
/// let batch = RecordBatch::try_from_iter([("t", Arc::new(StringArray::from(vec!["a"])) as _)])?;
/// assert_eq!(sponsorfit_arrow::texts(&[batch], &["t".to_owned()]).unwrap(), [["a"]]);
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
pub fn texts(batches: &[RecordBatch], names: &[String]) -> Result<Vec<Vec<String>>, Error> {
    let mut rows = Vec::new();
    for batch in batches {
        for index in 0..batch.num_rows() {
            let text = |name: &String| {
                let missing = || Error::new(ErrorKind::MissingField, "required, but missing").within(name);
                let column = batch.column_by_name(name).filter(|array| array.is_valid(index));
                let cell = Cell::field(column.ok_or_else(missing)?, index);
                from_source(cell).map_err(|error: Error| error.within(name))
            };
            rows.push(names.iter().map(text).collect::<Result<_, Error>>()?);
        }
    }
    Ok(rows)
}
