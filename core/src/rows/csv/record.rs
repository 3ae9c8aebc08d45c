//! A record as serde reads it: a map of its cells that are not empty.

use csv::StringRecord;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::cell::{Cell, Mode};
use super::header::Column;
use crate::error::Error;
use crate::read::Fields;

/// The cells of one record that fill fields.
#[derive(Clone, Debug)]
pub(super) struct Record<'a> {
    columns: &'a [Column],
    cells: &'a StringRecord,
    mode: Mode,
    left_out: Vec<String>,
}

impl<'a> Record<'a> {
    /// Reads with errors that name the place inside a cell, which takes longer.
    pub(super) fn new(columns: &'a [Column], cells: &'a StringRecord) -> Self {
        Self { columns, cells, mode: Mode::Exact, left_out: Vec::new() }
    }

    /// Reads quickly, with errors that are good for nothing but trying again.
    pub(super) fn fast(&self) -> Self {
        Self { mode: Mode::Fast, ..self.clone() }
    }
}

impl Fields for Record<'_> {
    fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        T::deserialize(self.clone())
    }

    fn leave_out(&mut self, field: &str) -> bool {
        let is_there = self.columns.iter().zip(self.cells).any(|(column, cell)| {
            column.field == Some(field) && !cell.is_empty() && !self.left_out.iter().any(|out| out == field)
        });
        if is_there {
            self.left_out.push(field.to_owned());
        }
        is_there
    }
}

impl<'de> Deserializer<'de> for Record<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Cells { record: self, at: 0, cell: None })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Cells<'a> {
    record: Record<'a>,
    at: usize,
    cell: Option<(&'static str, &'a str)>,
}

impl<'de> MapAccess<'de> for Cells<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Record { columns, cells, left_out, .. } = &self.record;
        while let (Some(column), Some(cell)) = (columns.get(self.at), cells.get(self.at)) {
            self.at += 1;
            match column.field {
                Some(field) if !cell.is_empty() && !left_out.iter().any(|out| out == field) => {
                    self.cell = Some((field, cell));
                    return seed.deserialize(StrDeserializer::new(field)).map(Some);
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (field, cell) =
            self.cell.take().ok_or_else(|| Error::custom("a value was read before its key"))?;
        seed.deserialize(Cell::new(cell, self.record.mode)).map_err(|error| error.within(field))
    }
}
