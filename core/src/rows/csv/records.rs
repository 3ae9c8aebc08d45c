//! Records with their places, checked for what the `csv` crate lets pass.

use csv::{ReaderBuilder, StringRecord};

use super::quoting;
use crate::error::{Error, ErrorKind};
use crate::read::Place;
use crate::rows::piece::{Piece, utf8};

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
        let end = if fault.ends_reading { "; nothing behind it was read" } else { "" };
        Err(Error::new(ErrorKind::InvalidCsv, format!("not CSV: {}{place}{end}", fault.what)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::new(text.as_bytes(), b',');
        let mut record = StringRecord::new();
        let mut lines = Vec::new();
        while let Some((piece, whole)) = records.next(&mut record) {
            whole.unwrap();
            lines.push((piece.place.line, record.iter().map(str::to_owned).collect()));
        }
        lines
    }

    #[test]
    fn a_record_has_the_line_it_starts_on() {
        let expected = [(2, "a"), (4, "b\nb"), (6, "c")];
        for end in ["\n", "\r\n"] {
            let text = "\na,1\n\n\"b\nb\",2\nc,3".replace('\n', end);
            let found = lines(&text);
            assert_eq!(found.len(), 3);
            for ((line, cells), (expected, first)) in found.iter().zip(expected) {
                assert_eq!(
                    (*line, cells[0].as_str()),
                    (expected, first.replace('\n', end).as_str()),
                    "{end:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_wrong_is_placed() {
        let mut records = Records::new(b"a,b\n\"c\nd\"e,f\n\"\xff\",g\nh,\"i\n", b',');
        let mut record = StringRecord::new();
        let mut found = Vec::new();
        while let Some((piece, whole)) = records.next(&mut record) {
            found.push((piece.place.line, whole.err().map(|error| error.to_string())));
        }
        let expected = [
            (1, None),
            (2, Some("not CSV: text behind a closing quote at line 3 column 3")),
            (4, Some("not UTF-8: byte 0xff at column 2")),
            (5, Some("not CSV: a quoted cell that does not end at column 3; nothing behind it was read")),
        ];
        assert_eq!(found, expected.map(|(line, error)| (line, error.map(str::to_owned))));
    }
}
