//! Records with their places, checked for what the `csv` crate lets pass.

use csv::{ReaderBuilder, StringRecord};

use super::quoting;
use crate::error::{Error, ErrorKind};
use crate::read::Place;
use crate::rows::source::{Piece, utf8};

/// Cuts CSV into records.
#[derive(Debug)]
pub(super) struct Records<'a> {
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    separator: u8,
    /// The place of the reader, kept here because the reader's own line is one
    /// too few where lines end in CRLF.
    place: Place,
}

impl<'a> Records<'a> {
    pub(super) fn new(bytes: &'a [u8], separator: u8) -> Self {
        let reader =
            ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(bytes);
        Self { bytes, reader, separator, place: Place::START }
    }

    /// Reads the next record, blank lines skipped, or says what is wrong with it.
    pub(super) fn next(&mut self, record: &mut StringRecord) -> Option<(Piece<'a>, Result<(), Error>)> {
        let start = self.offset();
        let read = self.reader.read_record(record);
        if let Ok(false) = read {
            return None;
        }
        let bytes = self.bytes.get(start..self.offset()).unwrap_or_default();
        let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (before, own) = bytes.split_at_checked(blank).unwrap_or_default();
        let piece = Piece { place: self.place.after(before), bytes: own };
        self.place = self.place.after(bytes);
        // Reading from a slice can only fail on what is not UTF-8.
        let whole = utf8(piece).and_then(|_| self.check_quotes(piece)).and_then(|()| {
            read.map(|_| ()).map_err(|error| Error::new(ErrorKind::InvalidCsv, error.to_string()))
        });
        Some((piece, whole))
    }

    fn offset(&self) -> usize {
        usize::try_from(self.reader.position().byte()).unwrap_or(self.bytes.len())
    }

    fn check_quotes(&self, piece: Piece<'a>) -> Result<(), Error> {
        let Some(fault) = quoting::fault(piece.bytes, self.separator) else { return Ok(()) };
        let before = piece.bytes.get(..fault.at).unwrap_or_default();
        let place = piece.place.after(before).seen_from(piece.place);
        Err(Error::new(ErrorKind::InvalidCsv, format!("not CSV: {}{place}", fault.what)))
    }
}
