//! Rows of Arrow record batches as serde reads them: columns are read as they come.

use std::cell::RefCell;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::{DataType, TimeUnit};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use sponsorfit::{Error, ErrorKind, Moment};

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

/// The fields of a row, or of a struct: null is as absent.
struct Fields<'a, I> {
    columns: I,
    index: usize,
    entry: Option<(&'a str, &'a ArrayRef)>,
    ignored: &'a RefCell<Vec<String>>,
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

/// One value of an array.
#[derive(Clone, Copy)]
struct Cell<'a> {
    array: &'a dyn Array,
    index: usize,
    /// The field it belongs to, empty for an element of a list.
    name: &'a str,
    ignored: &'a RefCell<Vec<String>>,
}

fn micros(unit: TimeUnit, cell: Cell<'_>) -> Option<i64> {
    let (array, index) = (cell.array, cell.index);
    match unit {
        TimeUnit::Second => array.as_primitive::<TimestampSecondType>().value(index).checked_mul(1_000_000),
        TimeUnit::Millisecond => {
            array.as_primitive::<TimestampMillisecondType>().value(index).checked_mul(1_000)
        }
        TimeUnit::Microsecond => Some(array.as_primitive::<TimestampMicrosecondType>().value(index)),
        TimeUnit::Nanosecond => {
            Some(array.as_primitive::<TimestampNanosecondType>().value(index).div_euclid(1_000))
        }
    }
}

fn instant<'de, V: Visitor<'de>>(micros: Option<i64>, is_date: bool, visitor: V) -> Result<V::Value, Error> {
    let out_of_range = || Error::new(ErrorKind::OutOfRange, "a time that no calendar prints");
    let text = Moment::from_unix_micros(micros.ok_or_else(out_of_range)?)?.to_string();
    // A date is printed without its midnight.
    visitor.visit_str(if is_date { text.get(..10).unwrap_or(&text) } else { &text })
}

impl<'a> Cell<'a> {
    fn text(self) -> Option<&'a str> {
        let (array, index) = (self.array, self.index);
        match array.data_type() {
            DataType::Utf8 => Some(array.as_string::<i32>().value(index)),
            DataType::LargeUtf8 => Some(array.as_string::<i64>().value(index)),
            DataType::Utf8View => Some(array.as_string_view().value(index)),
            _ => None,
        }
    }

    fn uuid(self) -> Option<&'a [u8]> {
        let (array, index) = (self.array, self.index);
        let bytes = match array.data_type() {
            DataType::FixedSizeBinary(16) => array.as_fixed_size_binary().value(index),
            DataType::Binary => array.as_binary::<i32>().value(index),
            DataType::LargeBinary => array.as_binary::<i64>().value(index),
            DataType::BinaryView => array.as_binary_view().value(index),
            _ => return None,
        };
        (bytes.len() == 16).then_some(bytes)
    }

    /// Returns the array that holds a list's elements, and where they stand in it.
    fn list(self) -> Option<(&'a ArrayRef, Range<usize>)> {
        let (array, index) = (self.array, self.index);
        let (values, start, length) = match array.data_type() {
            DataType::List(_) => {
                let list = array.as_list::<i32>();
                (
                    list.values(),
                    usize::try_from(list.value_offsets()[index]).ok()?,
                    usize::try_from(list.value_length(index)).ok()?,
                )
            }
            DataType::LargeList(_) => {
                let list = array.as_list::<i64>();
                (
                    list.values(),
                    usize::try_from(list.value_offsets()[index]).ok()?,
                    usize::try_from(list.value_length(index)).ok()?,
                )
            }
            DataType::ListView(_) => {
                let list = array.as_list_view::<i32>();
                (
                    list.values(),
                    usize::try_from(list.value_offset(index)).ok()?,
                    usize::try_from(list.value_size(index)).ok()?,
                )
            }
            DataType::LargeListView(_) => {
                let list = array.as_list_view::<i64>();
                (
                    list.values(),
                    usize::try_from(list.value_offset(index)).ok()?,
                    usize::try_from(list.value_size(index)).ok()?,
                )
            }
            DataType::FixedSizeList(..) => {
                let list = array.as_fixed_size_list();
                (
                    list.values(),
                    usize::try_from(list.value_offset(index)).ok()?,
                    usize::try_from(list.value_length()).ok()?,
                )
            }
            _ => return None,
        };
        Some((values, start..start + length))
    }

    /// Returns the value that a dictionary's key stands for.
    fn decoded(self) -> Option<Self> {
        let dictionary = self.array.as_any_dictionary_opt()?;
        let keys = Cell { array: dictionary.keys(), ..self };
        let at = u64::deserialize(keys).ok().and_then(|key| usize::try_from(key).ok())?;
        Some(Cell { array: dictionary.values().as_ref(), index: at, ..self })
    }

    fn visit<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        const DAY: i64 = 86_400_000_000;
        let (array, index) = (self.array, self.index);
        match array.data_type() {
            DataType::Boolean => visitor.visit_bool(array.as_boolean().value(index)),
            DataType::Int8 => visitor.visit_i64(array.as_primitive::<Int8Type>().value(index).into()),
            DataType::Int16 => visitor.visit_i64(array.as_primitive::<Int16Type>().value(index).into()),
            DataType::Int32 => visitor.visit_i64(array.as_primitive::<Int32Type>().value(index).into()),
            DataType::Int64 => visitor.visit_i64(array.as_primitive::<Int64Type>().value(index)),
            DataType::UInt8 => visitor.visit_u64(array.as_primitive::<UInt8Type>().value(index).into()),
            DataType::UInt16 => visitor.visit_u64(array.as_primitive::<UInt16Type>().value(index).into()),
            DataType::UInt32 => visitor.visit_u64(array.as_primitive::<UInt32Type>().value(index).into()),
            DataType::UInt64 => visitor.visit_u64(array.as_primitive::<UInt64Type>().value(index)),
            DataType::Float16 => visitor.visit_f64(array.as_primitive::<Float16Type>().value(index).to_f64()),
            DataType::Float32 => visitor.visit_f64(array.as_primitive::<Float32Type>().value(index).into()),
            DataType::Float64 => visitor.visit_f64(array.as_primitive::<Float64Type>().value(index)),
            DataType::Decimal128(..) => {
                let text = array.as_primitive::<Decimal128Type>().value_as_string(index);
                visitor.visit_f64(text.parse().unwrap_or(f64::NAN))
            }
            DataType::Timestamp(unit, _) => instant(micros(*unit, self), false, visitor),
            DataType::Date32 => {
                let days = i64::from(array.as_primitive::<Date32Type>().value(index));
                instant(days.checked_mul(DAY), true, visitor)
            }
            DataType::Date64 => {
                let days = array.as_primitive::<Date64Type>().value(index).div_euclid(86_400_000);
                instant(days.checked_mul(DAY), true, visitor)
            }
            DataType::Struct(fields) => {
                let own = array.as_struct();
                let columns = fields.iter().map(|field| field.name().as_str()).zip(own.columns());
                visitor.visit_map(Fields { columns, index, entry: None, ignored: self.ignored })
            }
            DataType::Map(..) => {
                let map = array.as_map();
                let start = usize::try_from(map.value_offsets()[index]).unwrap_or_default();
                let length = usize::try_from(map.value_length(index)).unwrap_or_default();
                visitor.visit_map(Entries {
                    pairs: map.entries(),
                    rows: start..start + length,
                    ignored: self.ignored,
                })
            }
            other => {
                if let Some(value) = self.decoded() {
                    return value.deserialize_any(visitor);
                }
                if let Some((items, rows)) = self.list() {
                    return visitor.visit_seq(List { items, rows, index: 0, ignored: self.ignored });
                }
                if let Some(bytes) = self.uuid() {
                    let hex = u128::from_be_bytes(bytes.try_into().unwrap_or_default());
                    return visitor.visit_str(&format!("{hex:032x}"));
                }
                let name = format!("a value of Arrow type {other}");
                Err(Error::invalid_type(Unexpected::Other(&name), &visitor))
            }
        }
    }
}

/// Reads text as a cell of CSV in the way the field asks for, and all else as it is.
macro_rules! text_or_visit {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.text() {
                Some(text) => sponsorfit::rows::cell(text).$method(visitor),
                None => self.visit(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Cell<'de> {
    type Error = Error;

    text_or_visit! { deserialize_any deserialize_f64 deserialize_str deserialize_string deserialize_seq deserialize_map }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.array.is_null(self.index) || self.text() == Some("") {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match (self.text(), self.decoded()) {
            (Some(text), _) => sponsorfit::rows::cell(text).deserialize_enum(name, variants, visitor),
            (None, Some(value)) => value.deserialize_enum(name, variants, visitor),
            (None, None) => self.visit(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if !self.name.is_empty() {
            self.ignored.borrow_mut().push(self.name.to_owned());
        }
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char bytes byte_buf
        unit unit_struct tuple tuple_struct identifier
    }
}

struct List<'a> {
    items: &'a ArrayRef,
    rows: Range<usize>,
    index: usize,
    ignored: &'a RefCell<Vec<String>>,
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
struct Entries<'a> {
    pairs: &'a StructArray,
    rows: Range<usize>,
    ignored: &'a RefCell<Vec<String>>,
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
