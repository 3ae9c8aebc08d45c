//! Values that hold values: the fields of a row or a struct, the elements of a list, the entries of a map.

use std::borrow::Cow;
use std::ops::Range;

use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::{DataType, Fields};
use sponsorfit::{Error, ErrorKind};

use super::Columns;
use super::cell::Cell;

/// The elements of a list.
pub(super) struct Elements<'a> {
    pub(super) array: &'a ArrayRef,
    pub(super) rows: Range<usize>,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Cell<'a>;

    fn next(&mut self) -> Option<Cell<'a>> {
        let index = self.rows.next()?;
        Some(Cell::inside(self.array, index, "null is not an element"))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl ExactSizeIterator for Elements<'_> {}

/// The entries of what reads as an object.
pub(super) enum Entries<'a> {
    Row {
        columns: std::slice::Iter<'a, (String, ArrayRef)>,
        index: usize,
    },
    Struct {
        fields: std::iter::Zip<std::slice::Iter<'a, arrow_schema::FieldRef>, std::slice::Iter<'a, ArrayRef>>,
        index: usize,
    },
    /// Structs of a key and a value.
    Map {
        pairs: &'a StructArray,
        rows: Range<usize>,
    },
}

/// Null is as absent.
fn is_there(column: &ArrayRef, index: usize) -> bool {
    column.is_valid(index) && column.data_type() != &DataType::Null
}

impl<'a> Entries<'a> {
    pub(super) fn row(columns: &'a Columns, index: usize) -> Self {
        Self::Row { columns: columns.iter(), index }
    }

    pub(super) fn of(fields: &'a Fields, own: &'a StructArray, index: usize) -> Self {
        Self::Struct { fields: fields.iter().zip(own.columns()), index }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<(Cow<'a, str>, Cell<'a>), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Row { columns, index } => {
                let (name, column) = columns.find(|(_, column)| is_there(column, *index))?;
                Some(Ok((name.as_str().into(), Cell::field(column, *index))))
            }
            Self::Struct { fields, index } => {
                let (field, column) = fields.find(|(_, column)| is_there(column, *index))?;
                Some(Ok((field.name().as_str().into(), Cell::field(column, *index))))
            }
            Self::Map { pairs, rows } => {
                let pairs: &'a StructArray = pairs;
                let index = rows.next()?;
                // A key is never a number, however it looks.
                let key = Cell::field(pairs.column(0), index).decoded();
                let value = Cell::inside(pairs.column(1), index, "null is not a value");
                Some(match key.text() {
                    Some(key) => Ok((key.into(), value)),
                    None => match sponsorfit::rows::from_source::<String, _>(key) {
                        Ok(key) => Ok((key.into(), value)),
                        Err(error) => Err(Error::new(ErrorKind::WrongType, error.message())),
                    },
                })
            }
        }
    }
}
