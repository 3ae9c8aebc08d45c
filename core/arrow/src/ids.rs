//! Identifiers as columns of text.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringViewArray};
use arrow_data::ByteView;
use arrow_schema::{ArrowError, DataType, Field};
use uuid::Uuid;
use uuid::fmt::Hyphenated;

/// The bytes of an identifier's text.
pub(crate) const TEXT: usize = Hyphenated::LENGTH;
const LENGTH: u32 = 36;

/// Returns the field of a column that this module makes.
pub(crate) fn field(name: &str) -> Field {
    Field::new(name, DataType::Utf8View, false)
}

/// Writes the text of an identifier, and returns how a row refers to it by its place among the texts.
pub(crate) fn write(id: [u8; 16], text: &mut [u8; TEXT], place: usize) -> u128 {
    Hyphenated::from_uuid(Uuid::from_bytes(id)).encode_lower(text);
    // What is too far for a reference refers to no text, and is refused when the column is made.
    let offset = i32::try_from(place * TEXT).map_or(u32::MAX, i32::cast_unsigned);
    ByteView::new(LENGTH, &text[..4]).with_offset(offset).as_u128()
}

/// A column in the making: an identifier that follows itself is written once.
#[derive(Default)]
struct Texts {
    written: Vec<[u8; TEXT]>,
    rows: Vec<u128>,
    last: Option<[u8; 16]>,
}

impl Texts {
    fn push(&mut self, id: [u8; 16]) {
        let row = match self.rows.last() {
            Some(row) if self.last == Some(id) => *row,
            _ => {
                let mut text = [0; TEXT];
                let row = write(id, &mut text, self.written.len());
                self.written.push(text);
                row
            }
        };
        self.rows.push(row);
        self.last = Some(id);
    }

    fn column(self) -> Result<ArrayRef, ArrowError> {
        let texts = [self.written.into_flattened().into()];
        Ok(Arc::new(StringViewArray::try_new(self.rows.into(), texts, None)?))
    }
}

impl FromIterator<[u8; 16]> for Texts {
    fn from_iter<T: IntoIterator<Item = [u8; 16]>>(ids: T) -> Self {
        let mut texts = Self::default();
        ids.into_iter().for_each(|id| texts.push(id));
        texts
    }
}

/// Returns a column of identifiers.
pub(crate) fn column(ids: impl IntoIterator<Item = [u8; 16]>) -> Result<ArrayRef, ArrowError> {
    ids.into_iter().collect::<Texts>().column()
}

/// Returns a column of all identifiers, time after time.
pub(crate) fn repeated(
    ids: impl IntoIterator<Item = [u8; 16]>,
    times: usize,
) -> Result<ArrayRef, ArrowError> {
    let texts: Texts = ids.into_iter().collect();
    Texts { rows: texts.rows.repeat(times), ..texts }.column()
}
