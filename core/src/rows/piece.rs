//! A row as it stands in the file: its bytes, its place, and what it reads as.

use serde_json::Value;

use crate::error::{Error, ErrorKind};
use crate::read::{Place, ReadRow};

/// The line of a row and what it reads as.
pub(super) type Read<T> = (u64, Result<ReadRow<T>, Vec<Error>>);

/// The bytes of a row, and where they start.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) place: Place,
    pub(super) bytes: &'a [u8],
}

impl Piece<'_> {
    /// No bytes, at the beginning.
    pub(super) const EMPTY: Self = Piece { place: Place::START, bytes: &[] };
}

/// Returns the bytes as text, or says which is the first that is none.
pub(super) fn utf8(piece: Piece<'_>) -> Result<&str, Error> {
    std::str::from_utf8(piece.bytes).map_err(|error| {
        let (good, rest) = piece.bytes.split_at_checked(error.valid_up_to()).unwrap_or_default();
        let place = piece.place.after(good).seen_from(piece.place);
        let byte = rest.first().copied().unwrap_or_default();
        Error::new(ErrorKind::InvalidUtf8, format!("not UTF-8: byte 0x{byte:02x}{place}"))
    })
}

/// Returns bytes as text, without the white space around it and with U+FFFD for what is not UTF-8.
pub(super) fn raw_text(bytes: &[u8]) -> Value {
    Value::String(String::from_utf8_lossy(bytes.trim_ascii()).into_owned())
}
