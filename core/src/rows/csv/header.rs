//! The first record: which columns there are, and what separates them.

use csv::StringRecord;
use serde::de::{Error as _, Unexpected};

use super::records::Records;
use crate::error::{Error, ErrorKind};
use crate::read::nearest;
use crate::rows::source::Piece;

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A column by its name in the file.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// The field it fills; `None` when the rows have no such field.
    pub(super) field: Option<&'static str>,
}

/// The columns, and the records behind them.
#[derive(Debug)]
pub(super) struct Header<'a> {
    pub(super) columns: Vec<Column>,
    pub(super) records: Records<'a>,
    piece: Piece<'a>,
}

impl<'a> Header<'a> {
    /// Reads the header, or returns what is wrong with it and its text.
    pub(super) fn read(
        bytes: &'a [u8],
        fields: &'static [&'static str],
        id: &'static str,
    ) -> Result<Self, (Error, Piece<'a>)> {
        let [mut best, others @ ..] = SEPARATORS.map(|separator| Self::split(bytes, separator, fields));
        for other in others {
            best = match (best, other) {
                (Ok(best), Ok(other)) if other.known() > best.known() => Ok(other),
                (Err(_), Ok(other)) => Ok(other),
                (best, _) => best,
            };
        }
        let header = best?;
        match header.fault(fields, id) {
            Some(error) => Err((error, header.piece)),
            None => Ok(header),
        }
    }

    fn split(
        bytes: &'a [u8],
        separator: u8,
        fields: &'static [&'static str],
    ) -> Result<Self, (Error, Piece<'a>)> {
        let mut records = Records::new(bytes, separator);
        let mut names = StringRecord::new();
        let (piece, whole) = records.next(&mut names).unwrap_or((Piece::EMPTY, Ok(())));
        whole.map_err(|error| (error, piece))?;
        let columns = names.iter().map(|name| {
            let name = name.trim();
            Column { name: name.to_owned(), field: fields.iter().find(|field| **field == name).copied() }
        });
        Ok(Self { columns: columns.collect(), records, piece })
    }

    fn known(&self) -> usize {
        self.columns.iter().filter(|column| column.field.is_some()).count()
    }

    /// Returns what would make every row a bad one.
    fn fault(&self, fields: &[&str], id: &str) -> Option<Error> {
        if self.known() == 0 {
            let text = String::from_utf8_lossy(self.piece.bytes.trim_ascii());
            let expected = format!("a CSV header with `{id}`, nor the `[` or `{{` that JSON begins with");
            let error = Error::invalid_value(Unexpected::Str(&text), &expected.as_str());
            return Some(error.with_kind(ErrorKind::InvalidCsv));
        }
        let mut seen = Vec::new();
        for field in self.columns.iter().filter_map(|column| column.field) {
            if seen.contains(&field) {
                return Some(
                    Error::new(ErrorKind::DuplicateField, "appears twice in the header").within(field),
                );
            }
            seen.push(field);
        }
        // An event's identifier may be called `id` in its row.
        if seen.contains(&id) || (fields.contains(&"id") && seen.contains(&"id")) {
            return None;
        }
        let unknown = self.columns.iter().filter(|column| column.field.is_none());
        let hint = nearest(id, unknown.map(|column| column.name.as_str()))
            .map_or_else(String::new, |name| format!(", is it `{name}`"));
        let message = format!("required, but not in the header{hint}");
        Some(Error::new(ErrorKind::MissingField, message).within(id))
    }
}
