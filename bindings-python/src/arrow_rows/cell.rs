//! One value of an array, of whatever type.

use std::cell::RefCell;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type,
    Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use sponsorfit::{Error, ErrorKind, Moment};

use super::nested::{Entries, Fields, List};

/// One value of an array.
#[derive(Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) array: &'a dyn Array,
    pub(super) index: usize,
    /// The field it belongs to, empty for an element of a list.
    pub(super) name: &'a str,
    pub(super) ignored: &'a RefCell<Vec<String>>,
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
    pub(super) fn text(self) -> Option<&'a str> {
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
