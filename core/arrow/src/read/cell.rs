//! One value of an array, of whatever type.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use sponsorfit::rows::{self, Source, Value};
use sponsorfit::{Error, ErrorKind, Moment};

use super::Columns;
use super::nested::{Elements, Entries};

/// A row of a batch, or one value of an array.
#[derive(Clone, Copy)]
pub(super) enum Cell<'a> {
    Row {
        columns: &'a Columns,
        index: usize,
    },
    Value {
        array: &'a dyn Array,
        index: usize,
        /// What is said of null, where it is not as absent.
        no_null: Option<&'static str>,
    },
}

fn micros(unit: TimeUnit, array: &dyn Array, index: usize) -> Option<i64> {
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

fn instant<'v, 'de>(micros: Option<i64>, is_date: bool) -> Result<Value<'v, 'de, Cell<'de>>, Error> {
    let out_of_range = || Error::new(ErrorKind::OutOfRange, "a time that no calendar prints");
    let mut text = Moment::from_unix_micros(micros.ok_or_else(out_of_range)?)?.to_string();
    if is_date {
        // A date is printed without its midnight.
        text.truncate(10);
    }
    Ok(Value::Text(Cow::Owned(text)))
}

fn signed<'v, 'de>(value: impl Into<i64>) -> Value<'v, 'de, Cell<'de>> {
    Value::Signed(value.into())
}

fn unsigned<'v, 'de>(value: impl Into<u64>) -> Value<'v, 'de, Cell<'de>> {
    Value::Unsigned(value.into())
}

fn uuid(array: &dyn Array, index: usize) -> Option<u128> {
    let bytes = match array.data_type() {
        DataType::FixedSizeBinary(16) => array.as_fixed_size_binary().value(index),
        DataType::Binary => array.as_binary::<i32>().value(index),
        DataType::LargeBinary => array.as_binary::<i64>().value(index),
        DataType::BinaryView => array.as_binary_view().value(index),
        _ => return None,
    };
    bytes.try_into().ok().map(u128::from_be_bytes)
}

/// Returns the array that holds a list's elements, and where they stand in it.
fn elements(array: &dyn Array, index: usize) -> Option<Elements<'_>> {
    fn at<'a>(
        array: &'a ArrayRef,
        start: impl TryInto<usize>,
        length: impl TryInto<usize>,
    ) -> Option<Elements<'a>> {
        let (start, length) = (start.try_into().ok()?, length.try_into().ok()?);
        Some(Elements { array, rows: start..start + length })
    }
    match array.data_type() {
        DataType::List(_) => {
            let list = array.as_list::<i32>();
            at(list.values(), list.value_offsets()[index], list.value_length(index))
        }
        DataType::LargeList(_) => {
            let list = array.as_list::<i64>();
            at(list.values(), list.value_offsets()[index], list.value_length(index))
        }
        DataType::ListView(_) => {
            let list = array.as_list_view::<i32>();
            at(list.values(), list.value_offset(index), list.value_size(index))
        }
        DataType::LargeListView(_) => {
            let list = array.as_list_view::<i64>();
            at(list.values(), list.value_offset(index), list.value_size(index))
        }
        DataType::FixedSizeList(..) => {
            let list = array.as_fixed_size_list();
            at(list.values(), list.value_offset(index), list.value_length())
        }
        _ => None,
    }
}

impl<'a> Cell<'a> {
    /// A field of a row or a struct.
    pub(super) fn field(array: &'a ArrayRef, index: usize) -> Self {
        Self::Value { array: array.as_ref(), index, no_null: None }
    }

    /// A value inside another, where null is refused.
    pub(super) fn inside(array: &'a ArrayRef, index: usize, no_null: &'static str) -> Self {
        Self::Value { array: array.as_ref(), index, no_null: Some(no_null) }
    }

    pub(super) fn text(self) -> Option<&'a str> {
        let Self::Value { array, index, .. } = self else { return None };
        match array.data_type() {
            DataType::Utf8 => Some(array.as_string::<i32>().value(index)),
            DataType::LargeUtf8 => Some(array.as_string::<i64>().value(index)),
            DataType::Utf8View => Some(array.as_string_view().value(index)),
            _ => None,
        }
    }

    /// Returns the value that a dictionary's key stands for, or else itself.
    pub(super) fn decoded(self) -> Self {
        let Self::Value { array, index, no_null } = self else { return self };
        let Some(dictionary) = array.as_any_dictionary_opt() else { return self };
        let key = Cell::Value { array: dictionary.keys(), index, no_null: None };
        match rows::from_source::<u64, _>(key).map(usize::try_from) {
            Ok(Ok(index)) => Cell::Value { array: dictionary.values().as_ref(), index, no_null },
            _ => self,
        }
    }
}

impl<'a> Source<'a> for Cell<'a> {
    type List = Elements<'a>;
    type Key = Cow<'a, str>;
    type Entries = Entries<'a>;
    type Cell = rows::Cell<'a>;

    fn value(&self) -> Result<Value<'_, 'a, Self>, Error> {
        const DAY: i64 = 86_400_000_000;
        let cell = self.decoded();
        let (array, index, no_null) = match cell {
            Self::Row { columns, index } => return Ok(Value::Object(Entries::row(columns, index))),
            Self::Value { array, index, no_null } => (array, index, no_null),
        };
        if array.is_null(index) {
            return no_null.map_or(Ok(Value::Null), |what| Err(Error::new(ErrorKind::WrongType, what)));
        }
        if let Some(text) = cell.text() {
            return Ok(Value::Cell(rows::cell(text)));
        }
        Ok(match array.data_type() {
            DataType::Boolean => Value::Bool(array.as_boolean().value(index)),
            DataType::Int8 => signed(array.as_primitive::<Int8Type>().value(index)),
            DataType::Int16 => signed(array.as_primitive::<Int16Type>().value(index)),
            DataType::Int32 => signed(array.as_primitive::<Int32Type>().value(index)),
            DataType::Int64 => signed(array.as_primitive::<Int64Type>().value(index)),
            DataType::UInt8 => unsigned(array.as_primitive::<UInt8Type>().value(index)),
            DataType::UInt16 => unsigned(array.as_primitive::<UInt16Type>().value(index)),
            DataType::UInt32 => unsigned(array.as_primitive::<UInt32Type>().value(index)),
            DataType::UInt64 => unsigned(array.as_primitive::<UInt64Type>().value(index)),
            DataType::Float16 => Value::Float(array.as_primitive::<Float16Type>().value(index).to_f64()),
            DataType::Float32 => Value::Float(array.as_primitive::<Float32Type>().value(index).into()),
            DataType::Float64 => Value::Float(array.as_primitive::<Float64Type>().value(index)),
            DataType::Decimal128(..) => {
                let text = array.as_primitive::<Decimal128Type>().value_as_string(index);
                Value::Float(text.parse().unwrap_or(f64::NAN))
            }
            DataType::Timestamp(unit, _) => return instant(micros(*unit, array, index), false),
            DataType::Date32 => {
                let days = i64::from(array.as_primitive::<Date32Type>().value(index));
                return instant(days.checked_mul(DAY), true);
            }
            DataType::Date64 => {
                let days = array.as_primitive::<Date64Type>().value(index).div_euclid(86_400_000);
                return instant(days.checked_mul(DAY), true);
            }
            DataType::Struct(fields) => Value::Object(Entries::of(fields, array.as_struct(), index)),
            DataType::Map(..) => {
                let map = array.as_map();
                let start = usize::try_from(map.value_offsets()[index]).unwrap_or_default();
                let length = usize::try_from(map.value_length(index)).unwrap_or_default();
                Value::Object(Entries::Map { pairs: map.entries(), rows: start..start + length })
            }
            other => match (elements(array, index), uuid(array, index)) {
                (Some(list), _) => Value::List(list),
                (None, Some(uuid)) => Value::Text(Cow::Owned(format!("{uuid:032x}"))),
                (None, None) => Value::Other(format!("a value of Arrow type {other}")),
            },
        })
    }

    fn is_null(&self) -> bool {
        match *self {
            Self::Row { .. } => false,
            Self::Value { array, index, .. } => array.is_null(index) || self.decoded().text() == Some(""),
        }
    }
}
