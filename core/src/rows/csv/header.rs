//! The first record: which columns there are, and what separates them.

use csv::StringRecord;
use serde::de::{Error as _, Unexpected};

use super::records::Records;
use crate::error::{Error, ErrorKind};
use crate::read::missing;
use crate::rows::piece::Piece;

/// In the order in which they win.
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
        let mut records = Records::new(bytes, separator(bytes, fields));
        let mut names = StringRecord::new();
        let (piece, whole) = records.next(&mut names).unwrap_or((Piece::EMPTY, Ok(())));
        whole.map_err(|error| (error, piece))?;
        let columns = names.iter().map(|name| {
            let name = name.trim();
            Column { name: name.to_owned(), field: fields.iter().find(|field| **field == name).copied() }
        });
        let header = Self { columns: columns.collect(), records, piece };
        match header.fault(fields, id) {
            Some(error) => Err((error, header.piece)),
            None => Ok(header),
        }
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
        let names = unknown.map(|column| column.name.as_str());
        Some(missing(id, "required, but not in the header", names))
    }
}

/// Returns the separator that cuts the most known names out of the first line.
fn separator(bytes: &[u8], fields: &[&str]) -> u8 {
    let line =
        bytes.trim_ascii_start().split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let known = |separator: u8| {
        let names = line.split(|byte| *byte == separator);
        let bare = names.map(|name| {
            let name = name.trim_ascii();
            name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")).unwrap_or(name)
        });
        bare.filter(|name| fields.iter().any(|field| field.as_bytes() == *name)).count()
    };
    let [comma, others @ ..] = SEPARATORS;
    others.into_iter().fold(comma, |best, other| if known(other) > known(best) { other } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[&str] = &["event_id", "id", "title", "regions"];

    fn read(text: &str) -> Result<Header<'_>, (Error, Piece<'_>)> {
        Header::read(text.as_bytes(), FIELDS, "event_id")
    }

    fn fields(text: &str) -> Vec<Option<&'static str>> {
        read(text).unwrap().columns.iter().map(|column| column.field).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_yields_known_columns() {
        let expected = [Some("id"), None, Some("title")];
        for text in ["id,slug,title\n", "id;slug;title", "id\tslug\ttitle\r\n", "\"id\";\"slug\";title"] {
            assert_eq!(fields(text), expected, "{text:?}");
        }
        // A name that holds another separator changes nothing.
        assert_eq!(fields("id,\"slug;of\tit\",title"), expected);
        assert_eq!(fields(" id , slug, title "), expected);
        assert_eq!(fields("event_id"), [Some("event_id")]);
    }

    #[test]
    fn faults_of_the_header_are_said_once() {
        for (text, kind, expected) in [
            (
                "garbage",
                ErrorKind::InvalidCsv,
                "`garbage` is not a CSV header with `event_id`, nor the `[` or `{` that JSON begins with",
            ),
            ("id,title,title", ErrorKind::DuplicateField, "title: appears twice in the header"),
            ("title,regions", ErrorKind::MissingField, "event_id: required, but not in the header"),
            (
                "title,eventId",
                ErrorKind::MissingField,
                "event_id: required, but not in the header: is it `eventId`",
            ),
            (
                "id,\"title",
                ErrorKind::InvalidCsv,
                "not CSV: a quoted cell that does not end at column 4; nothing behind it was read",
            ),
        ] {
            let (error, piece) = read(text).unwrap_err();
            assert_eq!((error.kind(), error.to_string().as_str()), (kind, expected));
            assert_eq!(piece.bytes, text.as_bytes());
        }
        // The identifier of a sponsor has one name only.
        assert!(Header::read(b"id,name", &["sponsor_id", "name"], "sponsor_id").is_err());
    }

    #[test]
    fn a_header_without_text_is_none() {
        let (error, _) = Header::read(b"\xef\xbb\xbf", FIELDS, "event_id").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCsv);
        let (error, _) = Header::read(b"id,\xff\n", FIELDS, "event_id").unwrap_err();
        assert_eq!(error.to_string(), "not UTF-8: byte 0xff at column 4");
    }
}
