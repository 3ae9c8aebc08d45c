//! Tells the format by what the bytes begin with, and reads rows of it.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::csv::Table;
use super::elements::{Elements, Shape};
use super::lines::Lines;
use super::piece::{Piece, Read, raw_text, utf8};
use crate::error::{Error, ErrorKind};
use crate::read::{Place, ReadRow, row_from_json_at};

/// Where rows come from. It remembers the one read last, for those who reject it.
#[derive(Debug)]
pub(super) enum Text<'a> {
    Lines(Lines<'a>, Option<Piece<'a>>),
    Elements(Elements<'a>, Option<Piece<'a>>),
    Table(Box<Table<'a>>),
    /// One problem with the file as a whole, then nothing.
    Unreadable(Option<Error>, Piece<'a>),
}

impl<'a> Text<'a> {
    /// Tells the format; `fields` and `id` are those of the rows, for CSV's header.
    pub(super) fn open(bytes: &'a [u8], fields: &'static [&'static str], id: &'static str) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let space = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let (before, text) = bytes.split_at(space);
        match text {
            [] => Self::Lines(Lines::new(text), None),
            [b'[', ..] => Self::Elements(Elements::new(text, Place::START.after(before), Shape::Array), None),
            [b'{', rest @ ..] if is_blank_line(rest) => {
                Self::Elements(Elements::new(text, Place::START.after(before), Shape::Sequence), None)
            }
            [b'{', ..] => Self::Lines(Lines::new(bytes), None),
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
                let error =
                    Error::new(ErrorKind::InvalidUtf8, "not UTF-8 but UTF-16: save the file as UTF-8");
                Self::Unreadable(Some(error), Piece::EMPTY)
            }
            _ => match Table::open(bytes, fields, id) {
                Ok(table) => Self::Table(Box::new(table)),
                Err((error, header)) => Self::Unreadable(Some(error), header),
            },
        }
    }

    /// Reads the next row.
    pub(super) fn next<T: DeserializeOwned>(&mut self) -> Option<Read<T>> {
        match self {
            Self::Lines(lines, last) => {
                let piece = *last.insert(lines.next()?);
                Some((piece.place.line, read_piece(piece)))
            }
            Self::Elements(elements, last) => {
                let (piece, fault) = elements.next()?;
                *last = Some(piece);
                let read = match fault {
                    Some(error) => Err(vec![error]),
                    None => read_piece(piece),
                };
                Some((piece.place.line, read))
            }
            Self::Table(table) => table.next(),
            Self::Unreadable(error, piece) => Some((piece.place.line, Err(vec![error.take()?]))),
        }
    }

    /// Returns the row read last as it came, rejected for these problems.
    pub(super) fn raw(&self, problems: &[Error]) -> Value {
        // A value would drop one of two fields with the same name.
        let is_repeated = problems.iter().any(|problem| problem.kind() == ErrorKind::DuplicateField);
        match self {
            Self::Lines(_, Some(piece)) | Self::Elements(_, Some(piece)) if is_repeated => {
                raw_text(piece.bytes)
            }
            Self::Lines(_, last) | Self::Elements(_, last) => last.map_or(Value::Null, raw_json),
            Self::Table(table) => table.raw(),
            Self::Unreadable(_, piece) => raw_text(piece.bytes),
        }
    }

    /// Returns the columns of a CSV header that are no fields.
    pub(super) fn unknown_columns(&self) -> impl Iterator<Item = &str> {
        let table = match self {
            Self::Table(table) => Some(table),
            _ => None,
        };
        table.into_iter().flat_map(|table| table.unknown_columns())
    }
}

fn is_blank_line(text: &[u8]) -> bool {
    text.iter().take_while(|byte| **byte != b'\n').all(u8::is_ascii_whitespace)
}

fn read_piece<T: DeserializeOwned>(piece: Piece<'_>) -> Result<ReadRow<T>, Vec<Error>> {
    let text = utf8(piece).map_err(|error| vec![error])?;
    row_from_json_at(text, piece.place)
}

fn raw_json(piece: Piece<'_>) -> Value {
    serde_json::from_slice(piece.bytes).unwrap_or_else(|_| raw_text(piece.bytes))
}
