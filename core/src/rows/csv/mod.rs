//! CSV with a header: records that are read through the same types as JSON.

mod cell;
mod header;
mod number;
mod postgres;
mod quoting;
mod record;
mod records;

pub use self::cell::Cell;
use self::cell::Mode;
use csv::StringRecord;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use self::header::{Column, Header};
use self::record::Record;
use self::records::Records;
use super::piece::{Piece, Read, raw_text};
use crate::error::{Error, ErrorKind};
use crate::read::{ReadRow, all_errors, read_row};

/// Returns text outside a file as a cell whose errors name the place in it.
pub(super) fn exact_cell(text: &str) -> Cell<'_> {
    Cell::new(text, Mode::Exact)
}

/// The rows of a CSV file.
#[derive(Debug)]
pub(super) struct Table<'a> {
    columns: Vec<Column>,
    records: Records<'a>,
    record: StringRecord,
    /// The record read last, as it stands in the file.
    last: Option<Piece<'a>>,
}

impl<'a> Table<'a> {
    /// Reads the header, or returns what is wrong with it and its text.
    pub(super) fn open(
        bytes: &'a [u8],
        fields: &'static [&'static str],
        id: &'static str,
    ) -> Result<Self, (Error, Piece<'a>)> {
        let Header { columns, records, .. } = Header::read(bytes, fields, id)?;
        Ok(Self { columns, records, record: StringRecord::new(), last: None })
    }

    /// Reads the next record that is not blank.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Option<Read<T>> {
        loop {
            let (piece, whole) = self.records.next(&mut self.record)?;
            let read = match whole {
                Ok(()) if self.record.iter().all(str::is_empty) => continue,
                Ok(()) => self.read(),
                Err(error) => {
                    self.record.clear();
                    Err(vec![error])
                }
            };
            self.last = Some(piece);
            return Some((piece.place.line, read));
        }
    }

    fn read<T: DeserializeOwned>(&self) -> Result<ReadRow<T>, Vec<Error>> {
        if self.record.len() != self.columns.len() {
            let (own, header) = (self.record.len(), self.columns.len());
            let message = format!("cell count {own} is not the header's {header}");
            return Err(vec![Error::new(ErrorKind::InvalidCsv, message)]);
        }
        let mut record = Record::new(&self.columns, &self.record);
        read_row(record.fast()).map_err(|error| match all_errors::<T>(&mut record) {
            none if none.is_empty() => vec![error],
            errors => errors,
        })
    }

    /// Returns the record read last: its cells by column, or its text where they do not fit.
    pub(super) fn raw(&self) -> Value {
        if self.record.len() == self.columns.len() {
            let cell = |(column, cell): (&Column, &str)| (column.name.clone(), Value::from(cell));
            Value::Object(self.columns.iter().zip(&self.record).map(cell).collect::<Map<_, _>>())
        } else {
            self.last.map_or(Value::Null, |piece| raw_text(piece.bytes))
        }
    }

    /// Returns the columns that are no fields.
    pub(super) fn unknown_columns(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().filter(|column| column.field.is_none()).map(|column| column.name.as_str())
    }
}
