//! Values that hold values: the fields of a row or a struct, the elements of a list, the entries of a map.

use std::cell::RefCell;
use std::ops::Range;

use arrow_array::{Array, ArrayRef, StructArray};
use arrow_schema::DataType;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess};
use sponsorfit::{Error, ErrorKind};

use super::cell::Cell;

/// The fields of a row, or of a struct: null is as absent.
pub(super) struct Fields<'a, I> {
    pub(super) columns: I,
    pub(super) index: usize,
    pub(super) entry: Option<(&'a str, &'a ArrayRef)>,
    pub(super) ignored: &'a RefCell<Vec<String>>,
}

impl<'de, I: Iterator<Item = (&'de str, &'de ArrayRef)>> MapAccess<'de> for Fields<'de, I> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let index = self.index;
        self.entry =
            self.columns.find(|(_, column)| column.is_valid(index) && column.data_type() != &DataType::Null);
        match self.entry {
            Some((name, _)) => seed.deserialize(StrDeserializer::<Error>::new(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (name, column) =
            self.entry.take().ok_or_else(|| Error::custom("a value was read before its key"))?;
        seed.deserialize(Cell { array: column.as_ref(), index: self.index, name, ignored: self.ignored })
            .map_err(|error| error.within(name))
    }
}

/// The elements of a list.
pub(super) struct List<'a> {
    pub(super) items: &'a ArrayRef,
    pub(super) rows: Range<usize>,
    pub(super) index: usize,
    pub(super) ignored: &'a RefCell<Vec<String>>,
}

impl<'de> SeqAccess<'de> for List<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(row) = self.rows.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        if self.items.is_null(row) {
            return Err(Error::new(ErrorKind::WrongType, "null is not an element").at(index));
        }
        let cell = Cell { array: self.items.as_ref(), index: row, name: "", ignored: self.ignored };
        seed.deserialize(cell).map(Some).map_err(|error| error.at(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rows.len())
    }
}

/// The entries of a map: structs of a key and a value.
pub(super) struct Entries<'a> {
    pub(super) pairs: &'a StructArray,
    pub(super) rows: Range<usize>,
    pub(super) ignored: &'a RefCell<Vec<String>>,
}

impl<'a> Entries<'a> {
    fn cell(&self, column: usize) -> Cell<'a> {
        let pairs: &'a StructArray = self.pairs;
        let array = pairs.column(column).as_ref();
        Cell { array, index: self.rows.start, name: "", ignored: self.ignored }
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        if self.rows.is_empty() {
            return Ok(None);
        }
        // A key is never a number, however it looks.
        match self.cell(0).text() {
            Some(key) => seed.deserialize(StrDeserializer::new(key)).map(Some),
            None => seed.deserialize(self.cell(0)).map(Some),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, value) = (self.cell(0), self.cell(1));
        self.rows.next();
        let read = if value.array.is_null(value.index) {
            Err(Error::new(ErrorKind::WrongType, "null is not a value"))
        } else {
            seed.deserialize(value)
        };
        read.map_err(|error| error.within(key.text().unwrap_or_default()))
    }
}
