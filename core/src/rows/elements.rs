//! Where JSON values end, in text that may be broken.
//!
//! A parser stops at the first fault; rows want more: a fault inside one value
//! should cost that value alone. So the ends are found by quotes and brackets,
//! and each value is parsed by itself. Quotes are trusted only while what
//! follows them is what may follow a text: one that is missing turns the rest
//! of the file inside out, and nothing there means what it says.

use super::piece::Piece;
use crate::error::{Error, ErrorKind};
use crate::read::Place;

/// How values stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `[value, value]`
    Array,
    /// `value value`
    Sequence,
}

/// Cuts JSON text into the values it holds.
#[derive(Debug)]
pub(super) struct Elements<'a> {
    rest: &'a [u8],
    place: Place,
    shape: Shape,
    is_first: bool,
}

/// A fault: where, counted from the start of the text scanned, and what.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    at: usize,
    what: &'static str,
}

impl<'a> Elements<'a> {
    /// Starts at the first byte that is not white space.
    pub(super) fn new(text: &'a [u8], place: Place, shape: Shape) -> Self {
        let mut elements = Self { rest: text, place, shape, is_first: true };
        if shape == Shape::Array {
            elements.skip(1);
        }
        elements
    }

    /// Returns the next value, or the fault that ends the reading with the text it is in.
    pub(super) fn next(&mut self) -> Option<(Piece<'a>, Option<Error>)> {
        self.skip_space();
        match self.start_of_value() {
            Ok(false) => return None,
            Ok(true) => {}
            Err(what) => return Some(self.give_up(Fault { at: 0, what })),
        }
        match end_of_value(self.rest) {
            Ok(end) => Some((self.skip(end), None)),
            Err(fault) => Some(self.give_up(fault)),
        }
    }

    /// Moves to the next value, and tells whether there is one.
    fn start_of_value(&mut self) -> Result<bool, &'static str> {
        let is_first = std::mem::replace(&mut self.is_first, false);
        match (self.shape, self.rest) {
            (Shape::Sequence, []) => return Ok(false),
            (Shape::Sequence, [b'{', ..]) => return Ok(true),
            (Shape::Sequence, _) => return Err("expected `{`"),
            (Shape::Array, [b']', ..]) => {
                self.skip(1);
                self.skip_space();
                self.shape = Shape::Sequence;
                return if self.rest.is_empty() { Ok(false) } else { Err("text after the list") };
            }
            (Shape::Array, [b',', ..]) if !is_first => {
                self.skip(1);
                self.skip_space();
            }
            (Shape::Array, [_, ..]) if is_first => {}
            (Shape::Array, []) => return Err("the list does not end"),
            (Shape::Array, _) => return Err("expected `,` or `]`"),
        }
        match self.rest {
            [] => Err("the list does not end"),
            [b']' | b',', ..] => Err("expected a value"),
            _ => Ok(true),
        }
    }

    /// Ends the reading: returns what stands from here to the fault's line end.
    fn give_up(&mut self, Fault { at, what }: Fault) -> (Piece<'a>, Option<Error>) {
        let (before, after) = self.rest.split_at_checked(at).unwrap_or((self.rest, &[]));
        let line_end = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
        let place = self.place.after(before).seen_from(self.place);
        let piece = self.skip(before.len() + line_end);
        self.rest = &[];
        self.shape = Shape::Sequence;
        let message = format!("not JSON: {what}{place}; nothing behind it was read");
        (piece, Some(Error::new(ErrorKind::InvalidJson, message)))
    }

    fn skip_space(&mut self) {
        self.skip(space(self.rest));
    }

    /// Takes bytes off the front.
    fn skip(&mut self, count: usize) -> Piece<'a> {
        let (bytes, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        let piece = Piece { place: self.place, bytes };
        self.place = self.place.after(bytes);
        self.rest = rest;
        piece
    }
}

fn space(text: &[u8]) -> usize {
    text.iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Returns the length of the value that `text` begins with.
fn end_of_value(text: &[u8]) -> Result<usize, Fault> {
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => {
                at = end_of_text(text, at)?;
                if open.is_empty() {
                    return Ok(at);
                }
                continue;
            }
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b']' | b',' if open.is_empty() => return Ok(at),
            b'}' | b']' => {
                if open.pop() != Some(byte) {
                    return Err(Fault { at, what: "brackets that do not match" });
                }
                if open.is_empty() {
                    return Ok(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    if open.is_empty() { Ok(at) } else { Err(Fault { at, what: "the text ends inside a value" }) }
}

/// Returns where the text that opens at `start` is closed, just behind its quote.
fn end_of_text(text: &[u8], start: usize) -> Result<usize, Fault> {
    let mut at = start + 1;
    loop {
        match text.get(at) {
            Some(b'\\') => at += 2,
            Some(b'"') => break,
            Some(_) => at += 1,
            None => return Err(Fault { at: start, what: "a text that does not end" }),
        }
    }
    let behind = text.get(at + 1..).unwrap_or_default();
    match behind.get(space(behind)) {
        None | Some(b',' | b':' | b'}' | b']') => Ok(at + 1),
        Some(_) => Err(Fault { at, what: "a quote too many or too few" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, shape: Shape) -> Vec<(u64, String, Option<String>)> {
        let mut elements = Elements::new(text.as_bytes(), Place::START, shape);
        let mut found = Vec::new();
        while let Some((piece, fault)) = elements.next() {
            let bytes = String::from_utf8(piece.bytes.to_vec()).unwrap();
            found.push((piece.place.line, bytes, fault.map(|error| error.message().to_owned())));
            assert!(found.len() < 100, "{text:?} does not end");
        }
        assert!(elements.next().is_none());
        found
    }

    #[test]
    fn values_are_cut_where_they_end() {
        for (text, expected) in [
            ("[]", &[][..]),
            (" [ ] ", &[]),
            ("[1]", &[(1, "1")]),
            (
                "[\n{\"a\": \"}]\\\"\"},\n\n [1, {}] , \"x\"\n]\n",
                &[(2, "{\"a\": \"}]\\\"\"}"), (4, "[1, {}]"), (4, "\"x\"")],
            ),
            ("[{\n\n},{}]", &[(1, "{\n\n}"), (3, "{}")]),
            // What is wrong inside a value is for the parser to say.
            ("[{\"a\": NaN}, {,}, nul l]", &[(1, "{\"a\": NaN}"), (1, "{,}"), (1, "nul l")]),
        ] {
            let expected: Vec<_> =
                expected.iter().map(|(line, text)| (*line, (*text).to_owned(), None)).collect();
            assert_eq!(read(text.trim_start(), Shape::Array), expected, "{text:?}");
        }
        let sequence = read("{\n\"a\": 1\n}\n{} {}", Shape::Sequence);
        assert_eq!(sequence.iter().map(|found| found.0).collect::<Vec<_>>(), [1, 4, 4]);
    }

    #[test]
    fn what_hides_the_ends_ends_the_reading() {
        for (text, before, line, row, message) in [
            ("[", 0, 1, "", "the list does not end at column 2"),
            ("[{},\n", 1, 2, "", "the list does not end at column 1"),
            ("[{}\n,]", 1, 2, "]", "expected a value at column 2"),
            ("[,{}]", 0, 1, ",{}]", "expected a value at column 2"),
            ("[{},,{}]", 1, 1, ",{}]", "expected a value at column 5"),
            ("[{}\n{}]\n", 1, 2, "{}]", "expected `,` or `]` at column 1"),
            ("[{}]\n[]", 1, 2, "[]", "text after the list at column 1"),
            ("[{},\n{\"a\": [}\n]", 1, 2, "{\"a\": [}", "brackets that do not match at column 8"),
            ("[}]", 0, 1, "}]", "brackets that do not match at column 2"),
            ("[{\n\"a\": {}\n,", 0, 1, "{\n\"a\": {}\n,", "the text ends inside a value at line 3 column 2"),
            (
                "[{\"a\": \"x}, {\"b\": 1}]",
                0,
                1,
                "{\"a\": \"x}, {\"b\": 1}]",
                "a quote too many or too few at column 14",
            ),
            ("[\"a\\", 0, 1, "\"a\\", "a text that does not end at column 2"),
        ] {
            let found = read(text, Shape::Array);
            let expected =
                (line, row.to_owned(), Some(format!("not JSON: {message}; nothing behind it was read")));
            assert_eq!((found.len(), found.last()), (before + 1, Some(&expected)), "{text:?}");
        }
        let found = read("{}\n7", Shape::Sequence);
        assert_eq!(
            found[1].2.as_deref(),
            Some("not JSON: expected `{` at column 1; nothing behind it was read")
        );
    }
}
